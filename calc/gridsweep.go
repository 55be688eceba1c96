package calc

import (
	"context"
	"math"

	"hostwise/calc/notation"
	"hostwise/calc/risk"
)

// SweepAxis is one input of a sweep and the values to try.
type SweepAxis struct {
	Path   string
	Values []float64
}

// SweepCase is the answer at one combination of values.
type SweepCase struct {
	Values []float64 // one an axis, in their order
	Route  string    // what wins; "" = no route is left
	Kind   RouteKind
	USD    *float64 // of the winner, a month
	// ByKind is the cheapest open route of each kind; a kind that no rule leaves open is not in it.
	ByKind map[RouteKind]float64
	// Chance is the share of draws in which the winner's kind is the cheapest; nil where none were drawn.
	Chance *float64
}

// SweepScenario is the scenario at one row of a sweep: each input moved to its value, a range along with it.
func SweepScenario(s Scenario, axes []SweepAxis, values []float64) Scenario {
	for i, axis := range axes {
		s = s.With(axis.Path, s.MovedTo(axis.Path, values[i]))
	}
	return s
}

// SweepCases gives the answer at every combination of the values of one or more inputs, the first input slowest, with
// set-ups chosen anew. Whole numbers can be swept too. With draws it says how sure each answer is.
func (a *Assessor) SweepCases(ctx context.Context, s Scenario, axes []SweepAxis, opt Options, tell Progress) ([]SweepCase, error) {
	var problems Problems
	n := 1
	for _, axis := range axes {
		in := LookupInput(axis.Path)
		if in == nil || in.Kind != Number && in.Kind != Integer {
			problems = append(problems, Problem{Path: axis.Path, Problem: "cannot be swept", Allowed: "the path of a number input, such as workload.calls_per_month"})
			continue
		}
		for _, v := range axis.Values {
			if math.IsNaN(v) || v < in.Min || v > in.Max {
				problems = append(problems, Problem{Path: axis.Path, Problem: notation.Formula(v) + " is outside its limits", Allowed: notation.Formula(in.Min) + " to " + notation.Formula(in.Max)})
			}
		}
		n *= len(axis.Values)
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	a = a.with(s.Facts())
	if opt.Seed == 0 {
		opt.Seed = 1
	}
	rows := make([]SweepCase, n)
	err := eachRow(ctx, n, tell, func(j int) { rows[j] = a.sweepCase(ctx, s, axes, valuesAt(axes, j), opt) })
	return rows, err
}

// valuesAt are the values of one row: the last axis runs fastest.
func valuesAt(axes []SweepAxis, row int) []float64 {
	out := make([]float64, len(axes))
	for i := len(axes) - 1; i >= 0; i-- {
		k := len(axes[i].Values)
		out[i] = axes[i].Values[row%k]
		row /= k
	}
	return out
}

func (a *Assessor) sweepCase(ctx context.Context, s Scenario, axes []SweepAxis, values []float64, opt Options) SweepCase {
	w := a.newWorld(SweepScenario(s, axes, values), opt.Today)
	base := w.frame(w.likely, nil)
	w.priceRoutes(base)
	e := base.effect("", Value{})
	row := SweepCase{Values: values, Route: e.Route, Kind: e.Kind, USD: e.USD, ByKind: e.ByKind}
	if e.Route != "" && opt.Draws > 0 && !opt.Quick {
		row.Chance = w.kindChance(ctx, base, e.Kind, opt)
	}
	return row
}

// kindChance is the share of draws in which a kind of route is the cheapest, among the routes that are open at the
// likely values.
func (w *world) kindChance(ctx context.Context, base *frame, kind RouteKind, opt Options) *float64 {
	calls := base.p.x[w.axes.calls]
	open := map[*routeModel]bool{}
	for _, r := range w.routes {
		open[r] = !base.barred(r) && base.within(r, base.usd(r, calls, true))
	}
	cols := w.axes.uncertain()
	p := w.axes.likely()
	wins := 0
	for i, row := range risk.Normals(opt.Draws, len(cols), opt.Seed) {
		if i%16 == 0 && ctx.Err() != nil {
			return nil
		}
		w.axes.draw(p, cols, row)
		f := w.frame(p, base)
		if r, _ := f.winner(p.x[w.axes.calls], false, func(r *routeModel, _ float64) bool { return open[r] }); r != nil && r.kind == kind {
			wins++
		}
	}
	return known(float64(wins) / float64(opt.Draws))
}

// SweepValues are n values from one number to another, with equal ratios between them where byRatio, rounded to three
// digits between the ends. Values that fall together are given once.
func SweepValues(in *Input, from, to float64, n int, byRatio bool) []float64 {
	var out []float64
	for i := range n {
		t := float64(i) / float64(max(1, n-1))
		v := from + (to-from)*t
		if byRatio && from > 0 && to > 0 {
			v = from * math.Pow(to/from, t)
		}
		switch {
		case i == 0:
			v = from
		case i == n-1:
			v = to
		default:
			v = threeDigits(v)
		}
		if in.Kind == Integer {
			v = math.Round(v)
		}
		if len(out) == 0 || out[len(out)-1] != v {
			out = append(out, v)
		}
	}
	return out
}

// threeDigits rounds to three significant digits.
func threeDigits(v float64) float64 {
	if v == 0 {
		return 0
	}
	power := math.Floor(math.Log10(math.Abs(v))) - 2
	if power < 0 { // dividing by a whole power keeps the decimal digits exact
		unit := math.Pow(10, -power)
		return math.Round(v*unit) / unit
	}
	unit := math.Pow(10, power)
	return math.Round(v/unit) * unit
}
