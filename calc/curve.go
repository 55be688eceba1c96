package calc

import (
	"fmt"
	"math"
	"slices"

	"hostwise/calc/cost"
	"hostwise/calc/notation"
	"hostwise/calc/serving"
)

// The volumes of the curve: seven decades, sixteen points each, from 10² to 10⁹ calls a month.
const (
	curveFrom     = 2
	curveTo       = 9
	curveADecade  = 16
	mostSteps     = 16 // steps drawn of each route; beyond that they are narrower than a pen stroke
	crossingsFrom = 1.0
	crossingsTo   = 1e12
)

// curve prices every route over the volumes, with both sides of every step and crossing.
func (w *world) curve(f *frame, crossings []BreakEven) Curve {
	volumes := w.volumes(f, crossings)
	c := Curve{CallsPerMonth: volumes, Routes: make(map[string][]*float64, len(w.routes)), Bands: []CurveBand{}}
	lines := make([][]*float64, len(w.routes))
	together(len(lines), func(j int) {
		line, usd := make([]*float64, len(volumes)), make([]float64, len(volumes))
		for i, v := range volumes {
			if usd[i] = f.usd(w.routes[j], v, true); finite(usd[i]) {
				line[i] = &usd[i]
			}
		}
		lines[j] = line
	})
	for j, r := range w.routes {
		c.Routes[r.id] = lines[j]
	}
	return c
}

// volumes are the grid, the scenario's own volume, and both sides of each step and crossing.
func (w *world) volumes(f *frame, crossings []BreakEven) []float64 {
	var v []float64
	for i := 0; i <= (curveTo-curveFrom)*curveADecade; i++ {
		v = append(v, math.Round(math.Pow(10, curveFrom+float64(i)/curveADecade)))
	}
	lo, hi := v[0], v[len(v)-1]
	both := func(at float64, of *[]float64) {
		below := math.Floor(at)
		if below >= lo && below+1 <= hi {
			*of = append(*of, below, below+1)
		}
	}
	steps := make([][]float64, len(w.routes))
	together(len(steps), func(j int) {
		r := w.routes[j]
		tell := func(at float64) { both(at, &steps[j]) }
		switch {
		case r.kind == API || r.kind == Mixed || r.held == nil:
		case r.weaker:
			f.steps(r, r.held, 2, tell)
		default:
			for _, c := range r.cands {
				f.steps(r, c, mostSteps, tell)
			}
		}
	})
	for _, of := range steps {
		v = append(v, of...)
	}
	for _, b := range crossings {
		if b.Calls != nil && !w.route(b.To).weaker {
			both(*b.Calls-1, &v)
		}
	}
	if now := f.p.x[w.axes.calls]; now >= lo && now <= hi {
		v = append(v, now)
	}
	slices.Sort(v)
	return slices.Compact(v)
}

// steps tells the volumes at which a set-up of a route is full while the route runs on it: there the line steps up,
// to one replica more or to another set-up.
func (f *frame) steps(r *routeModel, c *candidate, most int, tell func(float64)) {
	each := f.callsPerReplica(c, r.modelAt)
	for n := 1; n <= most && each > 0; n++ {
		at := float64(n) * each
		if on, _ := f.best(r, math.Floor(at)); on == c {
			tell(at)
		}
	}
}

// callsPerReplica is the successful calls a month that fill one replica in the busiest hour.
func (f *frame) callsPerReplica(c *candidate, modelAt int) float64 {
	one := f.busiest(modelAt, 1)
	if one <= 0 {
		return 0
	}
	return f.rate(c, modelAt) / one
}

// breakEven finds every volume at which a rent, own or mixed route becomes cheaper or dearer than the cheapest
// feasible API route.
func (w *world) breakEven(f *frame, quick bool) []BreakEven {
	apis := w.openAPIs()
	from := func(v float64) float64 {
		least := math.Inf(1)
		for _, r := range apis {
			least = math.Min(least, f.plain(r, v, true))
		}
		return least
	}
	nameFrom := func(v float64) string {
		name, least := "api-direct", math.Inf(1)
		for _, r := range apis {
			if usd := f.plain(r, v, true); usd < least {
				name, least = r.id, usd
			}
		}
		return name
	}
	found, more := make([][]BreakEven, len(w.routes)), make([]string, len(w.routes))
	together(len(found), func(i int) {
		j := len(found) - 1 - i // mixed stands last and takes longest
		if r := w.routes[j]; r.kind != API {
			found[j], more[j] = w.crossings(f, r, from, nameFrom, quick)
		}
	})
	for _, words := range more {
		if words != "" {
			w.warn("%s", words)
		}
	}
	return slices.Concat(found...)
}

// openAPIs are the API routes that no rule blocks; all priced ones where every one is blocked, so that the
// question what the rules cost can be answered.
func (w *world) openAPIs() []*routeModel {
	var open, priced []*routeModel
	for _, r := range w.routes {
		if r.kind != API || !r.priced {
			continue
		}
		priced = append(priced, r)
		if len(r.blocked) == 0 && r.unmet == "" {
			open = append(open, r)
		}
	}
	if len(open) > 0 {
		return open
	}
	return priced
}

// crossings finds one route's break-even points, and says where they are more than it lists.
func (w *world) crossings(f *frame, r *routeModel, from func(float64) float64, nameFrom func(float64) string, quick bool) (out []BreakEven, more string) {
	here := f.p.x[w.axes.calls]
	none := func(status, direction string) ([]BreakEven, string) {
		return []BreakEven{{From: nameFrom(here), To: r.id, Status: status, Direction: direction}}, ""
	}
	if math.IsInf(from(1), 1) || math.IsInf(f.plain(r, 1, true), 1) && r.kind != Mixed {
		return none("not_verified", "unknown")
	}
	to := func(v float64) float64 { return f.plain(r, v, true) }
	budget := 16000
	if r.kind == Mixed { // each look splits the load anew
		budget = 4000
	}
	slopeFrom, slopeTo := f.works[0].Review, f.works[r.modelAt].Review
	found, complete := cost.Crossings(from, to, slopeFrom, slopeTo, crossingsFrom, crossingsTo, budget)
	if !complete && len(found) > 0 {
		more = fmt.Sprintf("%s and %s cross more often than is listed: the first %s.", r.id, nameFrom(here), crossingsText(len(found)))
	}
	if len(found) == 0 {
		if !complete {
			return none("not_verified", "unknown")
		}
		if to(crossingsFrom)+slopeTo < from(crossingsFrom)+slopeFrom {
			return none("not_reached", "always_cheaper")
		}
		return none("not_reached", "never_cheaper")
	}
	out = make([]BreakEven, 0, len(found))
	for _, x := range found {
		b := BreakEven{From: nameFrom(x.Calls), To: r.id, Status: "reached", Calls: known(x.Calls), Direction: "cheaper_below"}
		if quick { // no range was asked for: low = likely = high
			b.Low, b.Median, b.High = known(x.Calls), known(x.Calls), known(x.Calls)
		}
		if x.ToCheaper {
			b.Direction = "cheaper_above"
		}
		if w.unsure(f, r, x.Calls) {
			b.Status = "not_verified"
		}
		out = append(out, b)
	}
	return out, more
}

func crossingsText(n int) string {
	if n == 1 {
		return "volume is there"
	}
	return notation.Whole(float64(n)) + " volumes are there"
}

// unsure reports whether the set-up at a volume is extrapolated, so that a crossing there is not verified.
func (w *world) unsure(f *frame, r *routeModel, calls float64) bool {
	var c *candidate
	if r.kind == Mixed {
		c, _ = f.split(r, calls, true)
	} else {
		c, _ = f.best(r, calls)
	}
	return c == nil || c.server.Basis == serving.ExtrapolatedBasis
}
