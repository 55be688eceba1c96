package calc

import (
	"context"
	"math"
	"runtime"
	"slices"

	"hostwise/calc/risk"
)

// subset is how many of the draws are used for what is dear to work out a draw: cost over the horizon, the bands
// of the curve and the break-even of mixed.
const subset = 200

// sample carries the ranges through the model and fills in P10 and P90, chances and break-even ranges.
// Each route keeps its set-up; demand, replicas and cost are worked out anew in every draw.
func (w *world) sample(ctx context.Context, base *frame, res *Assessment, draws int, seed uint64) error {
	cols := w.axes.uncertain()
	rows := risk.Normals(draws, len(cols), seed)
	parts := make([]*tally, min(runtime.GOMAXPROCS(0), 1+draws/leastPart))
	together(len(parts), func(k int) {
		from, to := k*draws/len(parts), (k+1)*draws/len(parts)
		t := newTally(w, res, draws, to-from)
		s := w.borrow()
		defer w.spares.Put(s)
		p := w.axes.reset(&s.point)
		for i := from; i < to; i++ {
			if i%16 == 0 && ctx.Err() != nil {
				return
			}
			w.axes.draw(p, cols, rows[i])
			s.moveTo(w, p, base)
			t.add(&s.frame, i%max(1, draws/subset) == 0)
		}
		parts[k] = t
	})
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, part := range parts[1:] {
		parts[0].take(part)
	}
	return parts[0].fill(ctx, res)
}

// leastPart is how many draws are worth a core of their own.
const leastPart = 32

// tally gathers the draws of every route.
type tally struct {
	w        *world
	draws    int
	usd      [][]float64 // by route
	horizon  [][]float64
	crossing [][]float64
	tried    []int
	eligible []bool
	apis     []*routeModel
	wins     map[string]int
	bands    []bandDraws
	spent    []*spentDraws // by route; nil where no band is drawn
	paybacks []*paybackDraws
	perCalls [][2][]float64
}

// bandDraws gathers one route's cost over a few volumes.
type bandDraws struct {
	r     *routeModel
	calls []float64
	usd   [][]float64
}

// newTally is a tally of so many draws, of which it will take in a part.
func newTally(w *world, res *Assessment, draws, part int) *tally {
	n := len(w.routes)
	t := &tally{w: w, draws: draws, usd: make([][]float64, n), horizon: make([][]float64, n),
		crossing: make([][]float64, n), tried: make([]int, n), eligible: make([]bool, n),
		apis: w.openAPIs(), wins: map[string]int{}, perCalls: make([][2][]float64, n), spent: make([]*spentDraws, n)}
	for i, r := range w.routes {
		t.usd[i] = make([]float64, 0, part)
		out := res.Route(r.id)
		// Mixed may lose at the likely values only because it does not pay there: in a draw it may.
		t.eligible[i] = out.Feasible || r.kind == Mixed && len(r.blocked) == 0 && len(w.costGates(out)) == 0
	}
	for _, r := range w.bandRoutes(res) {
		b := bandDraws{r: r}
		for e := 2.0; e <= 9.01; e += 0.25 {
			b.calls = append(b.calls, math.Pow(10, e))
		}
		b.usd = make([][]float64, len(b.calls))
		t.bands = append(t.bands, b)
		if res.OverTime.Routes[r.id] != nil {
			t.spent[slices.Index(w.routes, r)] = newSpentDraws(w.horizon)
		}
	}
	at := func(id string) int { return slices.IndexFunc(w.routes, func(r *routeModel) bool { return r.id == id }) }
	for _, p := range res.OverTime.Payback {
		t.paybacks = append(t.paybacks, &paybackDraws{from: at(p.From), to: at(p.To)})
	}
	return t
}

// bandRoutes are the routes whose spread is drawn: the verdict's, and the cheapest feasible one of each kind.
func (w *world) bandRoutes(res *Assessment) []*routeModel {
	var out []*routeModel
	seen := map[RouteKind]bool{}
	for _, r := range res.Routes {
		if r.Feasible && !seen[r.Kind] {
			seen[r.Kind] = true
			out = append(out, w.route(r.ID))
		}
	}
	return out
}

// take takes in another tally of the same routes, whose draws follow on this one's: the order of the draws is kept, so
// that the result does not depend on how many cores there are.
func (t *tally) take(next *tally) {
	for j := range t.usd {
		t.usd[j] = append(t.usd[j], next.usd[j]...)
		t.horizon[j] = append(t.horizon[j], next.horizon[j]...)
		t.crossing[j] = append(t.crossing[j], next.crossing[j]...)
		t.tried[j] += next.tried[j]
		for k := range t.perCalls[j] {
			t.perCalls[j][k] = append(t.perCalls[j][k], next.perCalls[j][k]...)
		}
		if t.spent[j] != nil {
			for m := range t.spent[j].usd {
				t.spent[j].usd[m] = append(t.spent[j].usd[m], next.spent[j].usd[m]...)
			}
		}
	}
	for id, n := range next.wins {
		t.wins[id] += n
	}
	for b := range t.bands {
		for k := range t.bands[b].usd {
			t.bands[b].usd[k] = append(t.bands[b].usd[k], next.bands[b].usd[k]...)
		}
	}
	for i, d := range t.paybacks {
		d.months = append(d.months, next.paybacks[i].months...)
		d.tried += next.paybacks[i].tried
	}
}

// add takes in one draw; deep adds what only a subset of the draws is used for.
func (t *tally) add(f *frame, deep bool) {
	calls := f.p.x[t.w.axes.calls]
	winner, least := -1, math.Inf(1)
	for j, r := range t.w.routes {
		usd := f.usd(r, calls, false)
		t.usd[j] = append(t.usd[j], usd)
		if good := calls * t.w.success(r.model); good > 0 {
			t.perCalls[j][0] = append(t.perCalls[j][0], usd/good)
			t.perCalls[j][1] = append(t.perCalls[j][1], usd/good*f.p.x[t.w.axes.perTask])
		}
		if t.eligible[j] && usd < least && (r.kind != Mixed || f.mixedPays(r, usd, calls, false)) {
			winner, least = j, usd
		}
		if r.kind == Own || r.kind == Rent {
			t.cross(f, j, r)
		}
	}
	if winner >= 0 {
		t.wins[t.w.routes[winner].id]++
	}
	if deep {
		t.deep(f)
	}
}

// deep takes in what is dear to work out.
func (t *tally) deep(f *frame) {
	paths := make([][]float64, len(t.w.routes))
	for j, r := range t.w.routes {
		if !math.IsInf(t.usd[j][len(t.usd[j])-1], 1) {
			path := t.w.path(f, r)
			t.horizon[j] = append(t.horizon[j], path.total)
			paths[j] = path.cumulative
			if t.spent[j] != nil {
				t.spent[j].add(path.cumulative)
			}
		}
	}
	for _, d := range t.paybacks {
		d.add(paths)
	}
	for _, b := range t.bands {
		for k, v := range b.calls {
			b.usd[k] = append(b.usd[k], f.usd(b.r, v, false))
		}
	}
	for j, r := range t.w.routes {
		if r.kind == Mixed && r.held != nil {
			t.tried[j]++
			if v, ok := t.firstMixed(f, r); ok {
				t.crossing[j] = append(t.crossing[j], v)
			}
		}
	}
}

// cross notes the volume from which a route with its set-up held is cheaper than the cheapest API route.
func (t *tally) cross(f *frame, j int, r *routeModel) {
	if r.held == nil || len(t.apis) == 0 {
		return
	}
	t.tried[j]++
	if v, ok := t.first(f, r); ok {
		t.crossing[j] = append(t.crossing[j], v)
	}
}

// apiLine is the cost of an API route: a fixed part and dollars a call.
type apiLine struct{ fixed, perCall float64 }

// openLines are the cost lines of the open API routes at this state.
func (t *tally) openLines(f *frame) []apiLine {
	if f.lines == nil {
		for _, a := range t.apis {
			terms := f.apis[a.at]
			f.lines = append(f.lines, apiLine{terms.Fixed(), terms.PerCall(f.works[0])})
		}
	}
	return f.lines
}

// reaches returns the volume at which every API line has reached an amount; Inf where one never does.
func reaches(lines []apiLine, usd, review float64) float64 {
	v := 0.0
	for _, l := range lines {
		if l.perCall <= review {
			return math.Inf(1)
		}
		v = math.Max(v, (usd-l.fixed)/(l.perCall-review))
	}
	return v
}

// first finds the smallest volume at which the route is cheaper: on each step of replicas the cost stands still
// while the API's grows along a line, so the crossing on a step is where the line reaches it. The first servers
// are looked at one replica at a time; beyond them cost grows evenly, and the step is found by bisection.
func (t *tally) first(f *frame, r *routeModel) (float64, bool) {
	each := f.callsPerReplica(r.held, r.modelAt)
	if each <= 0 {
		return 0, false
	}
	monthly := t.monthlyOf(f, r)
	if monthly == nil {
		return 0, false
	}
	lines, spare := t.openLines(f), t.w.spare
	review := f.works[r.modelAt].Review - f.works[0].Review
	reached := func(n int) (float64, bool) {
		v := reaches(lines, monthly(n+spare), review)
		return math.Max(math.Max(1, float64(n-1)*each), v), v <= float64(n)*each
	}
	const few = 16
	for n := 1; n <= few; n++ {
		if v, ok := reached(n); ok {
			return v, true
		}
	}
	far := few
	for {
		if far > 1<<24 {
			return 0, false // each further replica costs what it earns, or more
		}
		far *= 4
		if _, ok := reached(far); ok {
			break
		}
	}
	near := far / 4
	for far-near > 1 {
		m := (near + far) / 2
		if _, ok := reached(m); ok {
			far = m
		} else {
			near = m
		}
	}
	v, _ := reached(far)
	return v, true
}

// monthlyOf returns the cost of n replicas of a route with its set-up held, nil when it is not priced.
func (t *tally) monthlyOf(f *frame, r *routeModel) func(n int) float64 {
	if r.kind == Own {
		if !f.ownPriced(r.held) {
			return nil
		}
		return f.ownTerms(r.held).Monthly
	}
	terms, ok := f.rentTerms(r.held)
	if !ok {
		return nil
	}
	return terms.Monthly
}

// firstMixed finds the volume from which mixed beats the API, by bisection on the scale of ratios.
func (t *tally) firstMixed(f *frame, r *routeModel) (float64, bool) {
	api := t.w.direct
	pays := func(v float64) bool { return f.plain(r, v, false) < f.plain(api, v, false) }
	lo, hi := 1.0, 1e10
	if !pays(hi) {
		return 0, false
	}
	for range 22 {
		m := math.Sqrt(lo * hi)
		if pays(m) {
			hi = m
		} else {
			lo = m
		}
	}
	return hi, true
}

// fill writes ranges, chances and break-even spreads into the assessment.
func (t *tally) fill(ctx context.Context, res *Assessment) error {
	together(len(t.w.routes), func(j int) {
		r := t.w.routes[j]
		out := res.Route(r.id)
		if out.Monthly != nil {
			widen(out.Monthly, t.usd[j])
			widen(out.PerCall, t.perCalls[j][0])
			widen(out.PerTask, t.perCalls[j][1])
			widen(out.Horizon, t.horizon[j])
		}
		if len(t.usd[j]) > 0 {
			chance := float64(t.wins[r.id]) / float64(t.draws)
			out.Chance = &chance
		}
		t.fillCrossing(res, j, r)
	})
	if err := ctx.Err(); err != nil {
		return err
	}
	for i, d := range t.paybacks {
		d.fill(&res.OverTime.Payback[i])
	}
	for _, b := range t.bands {
		band := CurveBand{Route: b.r.id}
		for k, v := range b.calls {
			if s, ok := risk.Summary(b.usd[k]); ok {
				band.Calls, band.Low, band.High = append(band.Calls, v), append(band.Low, s.Low), append(band.High, s.High)
			}
		}
		res.Curve.Bands = append(res.Curve.Bands, band)
		if s := t.spent[slices.Index(t.w.routes, b.r)]; s != nil {
			res.OverTime.Bands = append(res.OverTime.Bands, s.band(b.r.id, res.OverTime.Routes[b.r.id]))
		}
	}
	return nil
}

// fillCrossing gives the first crossing upwards of a route the spread of its draws.
func (t *tally) fillCrossing(res *Assessment, j int, r *routeModel) {
	if t.tried[j] == 0 {
		return
	}
	share := float64(len(t.crossing[j])) / float64(t.tried[j])
	spread, ok := risk.Summary(t.crossing[j])
	for i := range res.BreakEven {
		b := &res.BreakEven[i]
		if b.To != r.id || b.Direction == "cheaper_below" {
			continue
		}
		b.ShareReached = &share
		b.Spread = crossingSpread(t.crossing[j], t.tried[j])
		if ok {
			b.Median = known(spread.Likely)
			if b.Calls != nil {
				spread = risk.Around(*b.Calls, spread)
			}
			b.Low, b.High = known(spread.Low), known(spread.High)
		}
		return
	}
}

// widen sets a range's low and high to P10 and P90 of the draws, kept around the likely value.
func widen(r *Range, draws []float64) {
	if r == nil {
		return
	}
	if s, ok := risk.Summary(draws); ok {
		*r = risk.Around(r.Likely, s)
	}
}
