package calc

import (
	"context"
	"math"
	"runtime"
	"slices"
	"sync"
	"time"

	"hostwise/calc/risk"
)

// Progress is told how much of a study is done, 0..1. It may be called from several goroutines.
type Progress func(done float64)

// WinMap says which route is the cheapest feasible one over two inputs.
type WinMap struct {
	X       string      `json:"x"`
	Y       string      `json:"y"`
	XLabel  string      `json:"x_label"`
	YLabel  string      `json:"y_label"`
	XValues []float64   `json:"x_values"`
	YValues []float64   `json:"y_values"`
	Routes  [][]string  `json:"routes"` // [y][x], "" = none feasible
	Chance  [][]float64 `json:"chance"` // [y][x], of the winner in a small set of draws
	NowX    float64     `json:"now_x"`
	NowY    float64     `json:"now_y"`
	// USD is what the winner costs a month, [y][x]; null where no route is left.
	USD [][]*float64 `json:"usd_per_month"`
	// Borders are the nearest changes of the winner from where the scenario stands, one each way along each axis.
	Borders []MapBorder `json:"borders"`
}

// The size of a win map and the draws behind each point's chance.
const (
	mapColumns = 36
	mapRows    = 24
	mapDraws   = 24
)

// WinMap prices every route over a grid of two inputs, around where the scenario stands.
func (a *Assessor) WinMap(ctx context.Context, s Scenario, x, y string, today time.Time, tell Progress) (*WinMap, error) {
	a = a.with(s.Facts())
	w := a.newWorld(s, today)
	ix, nowX, err := w.studyAxis(x)
	if err != nil {
		return nil, err
	}
	iy, nowY, err := w.studyAxis(y)
	if err != nil {
		return nil, err
	}
	base := w.frame(w.likely, nil)
	w.priceRoutes(base)
	m := &WinMap{X: x, Y: y, XLabel: w.axes.dims[ix].label, YLabel: w.axes.dims[iy].label, NowX: nowX, NowY: nowY,
		XValues: studyGrid(&w.axes.dims[ix], nowX, mapColumns), YValues: studyGrid(&w.axes.dims[iy], nowY, mapRows)}
	m.Routes, m.Chance, m.USD = make([][]string, len(m.YValues)), make([][]float64, len(m.YValues)), make([][]*float64, len(m.YValues))
	cols := w.otherUncertain(ix, iy)
	rows := risk.Normals(mapDraws, len(cols), 1)
	err = eachRow(ctx, len(m.YValues), tell, func(j int) {
		routes, chance, usd := make([]string, len(m.XValues)), make([]float64, len(m.XValues)), make([]*float64, len(m.XValues))
		for i := range m.XValues {
			if ctx.Err() != nil {
				return
			}
			routes[i], chance[i], usd[i] = w.winnerOn(ix, iy, m.XValues[i], m.YValues[j], cols, rows)
		}
		m.Routes[j], m.Chance[j], m.USD[j] = routes, chance, usd
	})
	if err != nil {
		return nil, err
	}
	m.Borders = slices.Concat(w.borders(ctx, base, ix, nowX, m.XValues), w.borders(ctx, base, iy, nowY, m.YValues))
	return m, ctx.Err()
}

// otherUncertain are the uncertain dimensions that are not on an axis of the map.
func (w *world) otherUncertain(ix, iy int) []int {
	var cols []int
	for _, c := range w.axes.uncertain() {
		if c != ix && c != iy {
			cols = append(cols, c)
		}
	}
	return cols
}

// winnerOn names the winner at a point of the map, the share of draws in which it wins, and what it costs a month.
func (w *world) winnerOn(ix, iy int, x, y float64, cols []int, rows [][]float64) (string, float64, *float64) {
	p := w.axes.put(w.axes.set(ix, x), iy, y)
	f := w.frame(p, nil)
	r, usd := f.winner(p.x[w.axes.calls], true, f.within)
	if r == nil {
		return "", 0, nil
	}
	wins := 0
	for _, row := range rows {
		q := w.axes.likely()
		w.axes.draw(q, cols, row)
		q.x[ix], q.x[iy], q.forced = x, y, p.forced
		g := w.frame(q, f)
		if other, _ := g.winner(q.x[w.axes.calls], false, nil); other != nil && other.kind == r.kind {
			wins++
		}
	}
	return r.id, float64(wins) / float64(len(rows)), known(usd)
}

// together does n things that do not touch each other's state on all cores.
func together(n int, do func(i int)) {
	_ = eachRow(context.Background(), n, nil, do) // nothing cancels it
}

// eachRow does the rows of a study on all cores, tells progress, and stops when the context does.
func eachRow(ctx context.Context, n int, tell Progress, row func(j int)) error {
	var wg sync.WaitGroup
	var mu sync.Mutex
	next, done := 0, 0
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for {
				mu.Lock()
				j := next
				next++
				mu.Unlock()
				if j >= n || ctx.Err() != nil {
					return
				}
				row(j)
				mu.Lock()
				done++
				share := float64(done) / float64(n)
				mu.Unlock()
				if tell != nil {
					tell(share)
				}
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

// studyAxis finds an input that a study may move, and where it stands.
func (w *world) studyAxis(path string) (i int, now float64, err error) {
	in := LookupInput(path)
	if in == nil {
		return 0, 0, Problems{{Path: path, Problem: "is no input", Allowed: "the path of a number input, such as workload.calls_per_month"}}
	}
	i, ok := w.axes.of[path]
	if !ok {
		return 0, 0, Problems{{Path: path, Problem: "cannot be moved in a study", Allowed: "a number that may be a fraction"}}
	}
	now = w.axes.dims[i].r.Likely
	if w.axes.dims[i].null {
		now = w.nullNow(i, w.pureOwn)
	}
	return i, now, nil
}

// studyGrid spreads values around where an input stands: two decades each way by ratio, a share evenly over 0..1.
func studyGrid(d *dimension, now float64, n int) []float64 {
	g := make([]float64, n)
	lo, hi, ratio := now/100, now*100, true
	switch {
	case d.unit == UnitShare:
		lo, hi, ratio = d.min, math.Min(d.max, math.Max(1, 2*now)), false
	case now <= 0:
		lo, hi, ratio = d.min, math.Min(d.max, 10000), false
	case d.input != nil && d.input.Path == "workload.calls_per_month":
		lo, hi = math.Min(1e3, now/10), math.Max(1e8, now*10)
	}
	lo, hi = math.Max(lo, d.min), math.Min(hi, d.max)
	for i := range g {
		t := float64(i) / float64(n-1)
		if ratio && lo > 0 {
			g[i] = lo * math.Pow(hi/lo, t)
		} else {
			g[i] = lo + (hi-lo)*t
		}
	}
	return g
}

// SweepRow is the answer at one value of a swept input.
type SweepRow struct {
	Value  float64             `json:"value"`
	Route  string              `json:"route"`
	USD    *float64            `json:"usd_per_month"`
	Routes map[string]*float64 `json:"routes"`
}

// Sweep gives the answer at each of a list of values of one input, set-ups chosen anew.
func (a *Assessor) Sweep(ctx context.Context, s Scenario, path string, values []float64, today time.Time, tell Progress) ([]SweepRow, error) {
	a = a.with(s.Facts())
	w := a.newWorld(s, today)
	i, _, err := w.studyAxis(path)
	if err != nil {
		return nil, err
	}
	rows := make([]SweepRow, len(values))
	err = eachRow(ctx, len(values), tell, func(j int) {
		p := w.axes.set(i, values[j])
		f := w.frame(p, nil)
		calls := p.x[w.axes.calls]
		row := SweepRow{Value: values[j], Routes: map[string]*float64{}}
		for _, r := range w.routes {
			row.Routes[r.id] = known(f.usd(r, calls, true))
		}
		if r, usd := f.winner(calls, true, f.within); r != nil {
			row.Route, row.USD = r.id, known(usd)
		}
		rows[j] = row
	})
	return rows, err
}

// Solution is what a goal seek found.
type Solution struct {
	Path    string   `json:"path"`
	Outcome string   `json:"outcome"`
	Target  float64  `json:"target"`
	Value   *float64 `json:"value"` // nil where no value reaches the target
	Found   bool     `json:"found"`
	Words   string   `json:"words"`
	Now     float64  `json:"now"` // the input as the scenario has it
	// From and To are the values that were looked through.
	From float64 `json:"from"`
	To   float64 `json:"to"`
	// The outcome now, at both ends of what was looked through, and at Value with what it is a hair nearer to Now: they
	// differ where the outcome steps over the target. Null where there is none, as for a payback that never comes.
	OutcomeNow    *float64 `json:"outcome_now"`
	OutcomeFrom   *float64 `json:"outcome_from"`
	OutcomeTo     *float64 `json:"outcome_to"`
	OutcomeAt     *float64 `json:"outcome_at"`
	OutcomeBefore *float64 `json:"outcome_before"`
}

// Solve finds the value of one input, nearest to where it stands, at which an outcome reaches a target. Outcomes are
// "monthly_usd" (the verdict's route), "usd_per_successful_call", "break_even_calls" and "payback_months" (of the first
// open route of another kind that undercuts the API), or a route's id for its monthly cost.
func (a *Assessor) Solve(ctx context.Context, s Scenario, path, outcome string, target float64, today time.Time) (Solution, error) {
	a = a.with(s.Facts())
	w := a.newWorld(s, today)
	sol := Solution{Path: path, Outcome: outcome, Target: target}
	i, now, err := w.studyAxis(path)
	if err != nil {
		return sol, err
	}
	measure, err := w.outcome(outcome)
	if err != nil {
		return sol, err
	}
	d := &w.axes.dims[i]
	search := risk.Search{Now: now, Min: d.min, Max: d.max, Plain: now <= 0 || d.unit == UnitShare || d.plain, Steps: 60}
	if !search.Plain {
		search.Min, search.Max = math.Max(d.min, now/1e6), math.Min(d.max, now*1e6)
	}
	at, _, found := risk.Nearest(search, func(x float64) string {
		if ctx.Err() != nil {
			return ""
		}
		if measure(w.frame(w.axes.set(i, x), nil)) > target {
			return "above"
		}
		return "below"
	})
	if err := ctx.Err(); err != nil {
		return sol, err
	}
	if sol.Found = found; found {
		sol.Value = &at
	}
	w.fillSolution(&sol, i, search, measure)
	w.say(&sol, d)
	return sol, nil
}

// outcome returns what a goal seek measures.
func (w *world) outcome(name string) (func(*frame) float64, error) {
	switch r := w.route(name); {
	case r != nil:
		return func(f *frame) float64 { return f.usd(r, f.p.x[w.axes.calls], true) }, nil
	case name == "monthly_usd":
		return func(f *frame) float64 { _, usd := f.winner(f.p.x[w.axes.calls], true, f.within); return usd }, nil
	case name == "usd_per_successful_call":
		return func(f *frame) float64 {
			calls := f.p.x[w.axes.calls]
			r, usd := f.winner(calls, true, f.within)
			if r == nil {
				return usd
			}
			return usd / (calls * w.success(r.model))
		}, nil
	case name == "break_even_calls":
		return w.firstBreakEven, nil
	case name == "payback_months":
		return w.firstPayback, nil
	}
	return nil, Problems{{Path: name, Problem: "is no outcome", Allowed: "monthly_usd, usd_per_successful_call, break_even_calls, payback_months, or the id of a route"}}
}
