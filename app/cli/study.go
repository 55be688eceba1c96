package cli

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"hostwise/app/figure/format"
	"hostwise/calc"
)

// maxSweep is the most values of a sweep.
const maxSweep = 10_000

// study is one of three studies; the other two are null.
type study struct {
	Schema int            `json:"schema"`
	Today  string         `json:"today"`
	Name   string         `json:"scenario_name"`
	Map    *calc.WinMap   `json:"map"`
	Sweep  *sweep         `json:"sweep"`
	Solve  *calc.Solution `json:"solve"`
}

type sweep struct {
	Path string          `json:"path"`
	Rows []calc.SweepRow `json:"rows"`
}

// studyFlags are the three studies as they are asked for.
type studyFlags struct{ axes, sweep, solve, goal string }

func (p *program) studyCommand() *cobra.Command {
	var o settings
	var f studyFlags
	var asJSON bool
	c := &cobra.Command{
		Use:     "study FILE",
		GroupID: groupDecide,
		Short:   "Move one or two inputs: win map, sweep, goal seek",
		Long: "Study how the answer moves with an input, named by its path in the file. One of:\n\n" +
			"  --map X,Y               which route is cheapest over two inputs\n" +
			"  --sweep PATH=a:b:n      the answer at n values from a to b, evenly spaced\n" +
			"  --solve PATH --for OUT=V  the value of an input at which an outcome is V; OUT is monthly_usd,\n" +
			"                          usd_per_successful_call, or a route such as api-direct (its monthly cost)",
		Example: "  hostwise study case.json --map workload.calls_per_month,finance.electricity_usd_per_kwh\n" +
			"  hostwise study case.json --sweep workload.calls_per_month=10000:1000000:20\n" +
			"  hostwise study case.json --solve workload.calls_per_month --for api-direct=5000",
		Args: takes(1, 1, "FILE, a scenario file, or - for standard input"),
		RunE: func(c *cobra.Command, args []string) error {
			if err := f.check(); err != nil {
				return err
			}
			b, err := p.bench(c.Context(), o)
			if err != nil {
				return err
			}
			s, err := b.scenario(c.Context(), args[0])
			if err != nil {
				return err
			}
			result, err := b.study(c.Context(), s, f)
			if err != nil {
				return err
			}
			if asJSON {
				return p.printJSON(result)
			}
			p.printStudy(result)
			return nil
		},
	}
	o.quick = true // a study brings its own draws
	o.day(c)
	c.Flags().StringVar(&f.axes, "map", "", "two inputs, `X,Y`")
	c.Flags().StringVar(&f.sweep, "sweep", "", "an input and its values, `PATH=a:b:n`")
	c.Flags().StringVar(&f.solve, "solve", "", "the `PATH` of the input to find a value of, with --for")
	c.Flags().StringVar(&f.goal, "for", "", "the outcome to reach, `OUT=V`, with --solve")
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

// check wants exactly one study, whole.
func (f studyFlags) check() error {
	const studies = "one of --map X,Y, --sweep PATH=a:b:n, or --solve PATH with --for OUT=V"
	asked := 0
	for _, one := range []string{f.axes, f.sweep, f.solve} {
		if one != "" {
			asked++
		}
	}
	switch {
	case asked == 0 && f.goal == "":
		return wrong("study", "no study is asked for", studies, "")
	case asked > 1:
		return wrong("study", "more than one study is asked for", studies, "")
	case (f.solve == "") != (f.goal == ""):
		return wrong("study", "--solve and --for go together", studies, "")
	}
	return nil
}

func (b *bench) study(ctx context.Context, s calc.Scenario, f studyFlags) (*study, error) {
	result := &study{Schema: calc.AssessmentSchema, Today: b.options.Today.Format("2006-01-02"), Name: s.Name()}
	var err error
	switch {
	case f.axes != "":
		err = b.studyMap(ctx, s, f.axes, result)
	case f.sweep != "":
		err = b.studySweep(ctx, s, f.sweep, result)
	default:
		err = b.studySolve(ctx, s, f, result)
	}
	if err != nil {
		return nil, err
	}
	roundFigures(result)
	return result, nil
}

func (b *bench) studyMap(ctx context.Context, s calc.Scenario, axes string, result *study) error {
	x, y, err := mapAxes(axes)
	if err != nil {
		return err
	}
	result.Map, err = b.assessor.WinMap(ctx, s, x, y, b.options.Today, nil)
	return err
}

// mapAxes reads X,Y.
func mapAxes(text string) (x, y string, err error) {
	x, y, two := strings.Cut(text, ",")
	if !two || strings.Contains(y, ",") {
		return "", "", wrong("--map", fmt.Sprintf("%q does not name two inputs", text), "X,Y: two paths with a comma between", "")
	}
	x, y = strings.TrimSpace(x), strings.TrimSpace(y)
	if x == y {
		return "", "", wrong("--map", "both axes are "+x, "two different inputs", "")
	}
	return x, y, errors.Join(movable(x), movable(y))
}

func (b *bench) studySweep(ctx context.Context, s calc.Scenario, text string, result *study) error {
	path, values, err := b.sweepValues(text)
	if err != nil {
		return err
	}
	result.Sweep = &sweep{Path: path}
	result.Sweep.Rows, err = b.assessor.Sweep(ctx, s, path, values, b.options.Today, nil)
	return err
}

// sweepValues reads PATH=a:b:n.
func (b *bench) sweepValues(text string) (path string, values []float64, err error) {
	const form = "PATH=a:b:n: an input, its first and last value, and how many values"
	path, span, given := strings.Cut(text, "=")
	if err := movable(path); err != nil {
		return "", nil, err
	}
	parts := strings.Split(span, ":")
	if !given || len(parts) != 3 {
		return "", nil, wrong("--sweep", fmt.Sprintf("%q is no sweep", text), form, "")
	}
	first, errFirst := number(parts[0])
	last, errLast := number(parts[1])
	n, errN := strconv.Atoi(parts[2])
	switch {
	case errFirst != nil || errLast != nil:
		return "", nil, wrong("--sweep", fmt.Sprintf("%q does not go from a number to a number", span), form, "")
	case errN != nil || n < 2 || n > maxSweep:
		return "", nil, wrong("--sweep", fmt.Sprintf("%q is no count of values", parts[2]), fmt.Sprintf("2 to %d", maxSweep), "")
	}
	for _, v := range []float64{first, last} {
		if p := calc.CheckValue(path, calc.Num(v), b.assessor.Catalogue()); p != nil {
			return "", nil, calc.Problems{*p}
		}
	}
	values = make([]float64, n)
	for i := range values {
		t := float64(i) / float64(n-1)
		values[i] = digits(first*(1-t) + last*t)
	}
	return path, values, nil
}

// number reads a plain finite number.
func number(text string) (float64, error) {
	v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err == nil && (math.IsNaN(v) || math.IsInf(v, 0)) {
		return 0, strconv.ErrRange
	}
	return v, err
}

// movable refuses a path that no study can move, with the nearest that one can.
func movable(path string) error {
	in := calc.LookupInput(path)
	if in != nil && in.Kind == calc.Number {
		return nil
	}
	var paths []string
	for i := range calc.Inputs {
		if calc.Inputs[i].Kind == calc.Number {
			paths = append(paths, calc.Inputs[i].Path)
		}
	}
	problem := "is no input"
	if in != nil {
		problem = "is not a number that may be a fraction"
	}
	return wrong(path, problem, "the path of a number, such as workload.calls_per_month", nearestPath(path, paths))
}

// nearestPath also finds an input whose last key was typed alone.
func nearestPath(typed string, paths []string) string {
	for _, path := range paths {
		if strings.HasSuffix(path, "."+typed) {
			return path
		}
	}
	if near := nearestWord(typed, paths); near != "" {
		return near
	}
	leaves := make([]string, len(paths))
	for i, path := range paths {
		leaves[i] = path[strings.LastIndexByte(path, '.')+1:]
	}
	if i := slices.Index(leaves, nearestWord(typed[strings.LastIndexByte(typed, '.')+1:], leaves)); i >= 0 {
		return paths[i]
	}
	return ""
}

func (b *bench) studySolve(ctx context.Context, s calc.Scenario, f studyFlags, result *study) error {
	if err := movable(f.solve); err != nil {
		return err
	}
	outcome, text, given := strings.Cut(f.goal, "=")
	target, err := number(text)
	if !given || err != nil {
		return wrong("--for", fmt.Sprintf("%q is no goal", f.goal), "OUT=V: an outcome and the number it should have, such as monthly_usd=5000", "")
	}
	solution, err := b.assessor.Solve(ctx, s, f.solve, outcome, target, b.options.Today)
	result.Solve = &solution
	var problems calc.Problems
	if errors.As(err, &problems) {
		return b.withNearestOutcome(ctx, s, outcome, problems)
	}
	return err
}

// withNearestOutcome adds what was probably meant: only an assessment knows the routes of a case.
func (b *bench) withNearestOutcome(ctx context.Context, s calc.Scenario, outcome string, problems calc.Problems) error {
	quick := b.options
	quick.Quick = true
	a, err := b.assessor.Assess(ctx, s, quick)
	if err != nil {
		return err
	}
	outcomes := []string{"monthly_usd", "usd_per_successful_call"}
	for _, r := range a.Routes {
		outcomes = append(outcomes, r.ID)
	}
	for i := range problems {
		if problems[i].Path == outcome {
			problems[i].Allowed, problems[i].Nearest = strings.Join(outcomes, ", "), nearestWord(outcome, outcomes)
		}
	}
	return problems
}

func (p *program) printStudy(r *study) {
	switch {
	case r.Map != nil:
		p.printMap(r.Map)
	case r.Sweep != nil:
		g := newGrid(">"+r.Sweep.Path, "cheapest", ">a month")
		for _, row := range r.Sweep.Rows {
			g.add(strconv.FormatFloat(row.Value, 'f', -1, 64), orNone(row.Route), money(row.USD))
		}
		p.printGrid(g)
	default:
		p.printLine(r.Solve.Words)
	}
}

func orNone(route string) string {
	if route == "" {
		return "none"
	}
	return route
}

// printMap draws the map with a letter a route, the largest Y on top.
func (p *program) printMap(m *calc.WinMap) {
	letters, routes := map[string]byte{"": '.'}, []string{}
	for _, row := range m.Routes {
		for _, route := range row {
			if _, seen := letters[route]; !seen {
				letters[route] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[len(routes)%52]
				routes = append(routes, route)
			}
		}
	}
	number := func(v float64) string { return format.Number(v, 3) }
	p.printLine("Across:", m.XLabel, "from", number(m.XValues[0]), "to", number(m.XValues[len(m.XValues)-1])+", now", number(m.NowX))
	p.printLine("Up:", m.YLabel, "from", number(m.YValues[0]), "to", number(m.YValues[len(m.YValues)-1])+", now", number(m.NowY))
	for j := len(m.Routes) - 1; j >= 0; j-- {
		line := make([]byte, len(m.Routes[j]))
		for i, route := range m.Routes[j] {
			line[i] = letters[route]
		}
		p.printLine(string(line))
	}
	for _, route := range routes {
		p.printLine(string(letters[route]), route)
	}
	p.printLine(". none is feasible")
}
