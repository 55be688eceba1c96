package calc

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"hostwise/calc/notation"
	"hostwise/calc/risk"
)

// tornado moves each uncertain quantity to its P10 and its P90 and reports the gap between the verdict's route
// and the cheapest feasible route of another kind, widest bar first. Where no route passes the rules, it is the gap
// of the cheapest one that exists. Set-ups are held; what passes the rules is judged anew at each end.
func (w *world) tornado(ctx context.Context, base *frame, verdict *routeModel, res *Assessment) ([]Sensitivity, error) {
	out := []Sensitivity{}
	open := verdict != nil
	if !open {
		r := w.cheapestPriced(res)
		if r == nil {
			return out, nil
		}
		verdict = w.route(r.ID)
	}
	rivals := w.rivals(verdict, res)
	now, ok := rivals.gap(base)
	if !ok {
		return out, nil
	}
	for _, i := range w.axes.uncertain() {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		d := &w.axes.dims[i]
		s := Sensitivity{Input: d.path, Label: d.label, BaseUSD: now, Against: rivals.nearest.id}
		low, high := w.axes.moved(i, -risk.Z90), w.axes.moved(i, risk.Z90)
		atLow, atHigh := w.frame(low, base), w.frame(high, base)
		var okLow, okHigh bool
		s.LowUSD, okLow = rivals.gap(atLow)
		s.HighUSD, okHigh = rivals.gap(atHigh)
		if !okLow || !okHigh {
			continue
		}
		s.LowValue, s.BaseValue, s.HighValue = w.shown(i, low, verdict), w.shown(i, w.likely, verdict), w.shown(i, high, verdict)
		s.ChangesWinner = open && (rivals.overturned(atLow, s.LowUSD) || rivals.overturned(atHigh, s.HighUSD))
		out = append(out, s)
	}
	out = w.withExactInputs(out, now, rivals.nearest.id)
	slices.SortStableFunc(out, func(a, b Sensitivity) int {
		return cmp.Compare(math.Abs(b.HighUSD-b.LowUSD), math.Abs(a.HighUSD-a.LowUSD))
	})
	return out, nil
}

// leastBars is how many quantities a tornado shows at least.
const leastBars = 8

// withExactInputs fills a tornado up with inputs that the person knows exactly: bars without width, which say that
// nothing is left open there.
func (w *world) withExactInputs(bars []Sensitivity, gap float64, against string) []Sensitivity {
	for i := range w.axes.dims {
		d := &w.axes.dims[i]
		if len(bars) >= leastBars {
			break
		}
		if d.input == nil || d.null || !d.input.Uncertain || w.axes.spreads(i) || !d.input.Relevant(w.s) {
			continue
		}
		v := d.r.Likely
		bars = append(bars, Sensitivity{Input: d.path, Label: d.label, LowValue: v, BaseValue: v, HighValue: v,
			LowUSD: gap, HighUSD: gap, BaseUSD: gap, Against: against})
	}
	return bars
}

func finite(v float64) bool { return !math.IsInf(v, 0) && !math.IsNaN(v) }

// rivals are what the verdict's route is held against.
type rivals struct {
	verdict *routeModel
	list    []*routeModel
	judged  bool        // they pass the rules, and have to at each end of a bar
	nearest *routeModel // the cheapest of them at the likely values
}

// rivals are the routes of another kind, where one of them passes the rules; where none does, the other routes of the
// verdict's kind that pass; failing those, the ones of another kind that the rules keep out, which show what the rules
// cost but cannot win.
func (w *world) rivals(verdict *routeModel, res *Assessment) *rivals {
	var other, kept, same []*routeModel
	found := false
	for _, r := range w.routes {
		out := res.Route(r.id)
		switch {
		case r == verdict || out.Monthly == nil || r.weaker:
		case r.kind == verdict.kind:
			if len(r.blocked) == 0 {
				same = append(same, r)
			}
		case len(r.blocked) == 0:
			other, found = append(other, r), found || out.Feasible
			fallthrough
		default:
			if r.kind != Mixed {
				kept = append(kept, r)
			}
		}
	}
	sameOpen := slices.ContainsFunc(same, func(r *routeModel) bool { return res.Route(r.id).Feasible })
	switch {
	case found:
		return &rivals{verdict: verdict, list: other, judged: true}
	case sameOpen:
		return &rivals{verdict: verdict, list: same, judged: true}
	}
	return &rivals{verdict: verdict, list: kept}
}

// gap is what the cheapest rival that passes the rules costs more than the verdict's route; ok is false where one of
// the two has no cost. Where no rival passes, it is the one that was nearest at the likely values, whose limit is
// broken: its cost still says how far the other kind is.
func (v *rivals) gap(f *frame) (usd float64, ok bool) {
	calls := f.p.x[f.w.axes.calls]
	least := math.Inf(1)
	var nearest *routeModel
	for _, r := range v.list {
		usd := f.usd(r, calls, false)
		if usd < least && (!v.judged || f.feasible(r, usd)) {
			least, nearest = usd, r
		}
	}
	switch {
	case v.nearest == nil:
		v.nearest = nearest // the first frame is that of the likely values
	case nearest == nil:
		least = f.usd(v.nearest, calls, false)
	}
	usd = least - f.usd(v.verdict, calls, false)
	return usd, finite(usd)
}

// overturned reports whether the verdict's route does not win in a state in which it stands at this gap.
func (v *rivals) overturned(f *frame, gap float64) bool {
	return v.judged && (gap < 0 || !f.feasible(v.verdict, f.usd(v.verdict, f.p.x[f.w.axes.calls], false)))
}

// feasible reports whether a route that no rule blocks passes what depends on its cost, its set-up held: the four
// limits, and that mixed pays.
func (f *frame) feasible(r *routeModel, usd float64) bool {
	calls := f.p.x[f.w.axes.calls]
	if f.barred(r) || r.kind == Mixed && !f.mixedPays(r, usd, calls, false) {
		return false
	}
	return finite(usd) && f.keepsLimits(r, usd, false)
}

// shown is the figure printed for a dimension: for a fact that stands for many rows, the row of the route at hand.
func (w *world) shown(i int, p *point, verdict *routeModel) float64 {
	d := &w.axes.dims[i]
	c := w.heldFor(verdict)
	z := p.z[i]
	switch d.path {
	case dimServerPrice:
		c = w.catalogueHeld("finance.server_usd", Own, c)
		if c == nil {
			return z
		}
		q := w.axes.moved(w.axes.hardware, z)
		t := w.frame(q, nil).ownTerms(c)
		return t.Purchase(1) / math.Max(1, float64(t.Servers(1)))
	case dimRentPrice:
		if r := w.route("rent-" + w.model.ID); (verdict == nil || verdict.kind != Rent) && r != nil {
			c = r.held
		}
		c = w.catalogueHeld("finance.rent_usd_per_device_hour", Rent, c)
		if c == nil {
			return z
		}
		return risk.At(c.hour, z, false)
	case dimSpeed:
		if c == nil {
			return math.Exp(z * 0.2)
		}
		return risk.At(c.server.Spread, z, false)
	case dimReasoning:
		return risk.At(w.model.ReasoningTokens.Range, z, false)
	}
	return p.x[i]
}

// catalogueHeld is the set-up by which a price of the catalogue is shown: c, unless the person typed that price for its
// device; then the first of the other models' that is not on it.
func (w *world) catalogueHeld(price string, kind RouteKind, c *candidate) *candidate {
	if _, typed := w.typed(price); !typed || c == nil || !w.pricedByHand(c) {
		return c
	}
	for _, r := range w.routes {
		if r.kind == kind && r.held != nil && !w.pricedByHand(r.held) {
			return r.held
		}
	}
	return c
}

// heldFor is the set-up by which shared facts are shown: the verdict's, else the own route of the scenario's model.
func (w *world) heldFor(verdict *routeModel) *candidate {
	if verdict != nil && verdict.held != nil {
		return verdict.held
	}
	for _, id := range []string{"own-" + w.model.ID, "rent-" + w.model.ID} {
		if r := w.route(id); r != nil && r.held != nil {
			return r.held
		}
	}
	return nil
}

// flips finds for each continuous input the nearest value at which the verdict's route changes.
func (w *world) flips(ctx context.Context, base *frame, verdict *routeModel) (found []Flip, searched []string, err error) {
	was := "" // no route passes the rules
	if verdict != nil {
		was = verdict.id
	}
	type ranked struct {
		Flip
		distance float64
	}
	var list []ranked
	for i := range w.axes.dims {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		now, search, ok := w.searchFor(i, base, verdict)
		if !ok {
			continue
		}
		d := &w.axes.dims[i]
		if d.null && w.winnerAt(base, i, now) != was {
			continue // typing the catalogue's own figure for all set-ups alike already changes the answer
		}
		if w.axes.zeroIsCatalogue(i) && now == 0 {
			search.Now = leastShare
			if becomes := w.winnerAt(base, i, leastShare); becomes != was {
				w.atAnyValue = append(w.atAnyValue, w.anyValueWords(d, becomes, verdict != nil))
				continue // it does not turn at a value: 0 stands for the catalogue's, not for the least of them
			}
		}
		at, becomes, found := risk.Nearest(search, func(x float64) string { return w.winnerAt(base, i, x) })
		if !found {
			searched = append(searched, d.path)
			continue
		}
		if i == w.axes.rentHours && w.alwaysWanted() {
			hours, _ := w.quantityIn(d, at, notation.DigitsApart(at, now))
			w.atAnyValue = append(w.atAnyValue, fmt.Sprintf("At %s rented hours a week %s. It is no choice here: your users wait for answers, and machines that are switched off give none.",
				hours, w.thenWords(becomes, verdict != nil)))
			continue
		}
		if math.Abs(at) < 1e-9*math.Max(1e-6, math.Abs(now)) && w.winnerAt(base, i, 0) == becomes {
			at = 0 // the search closes in on it from one side
		}
		list = append(list, ranked{Flip{Input: d.path, Label: d.label, Now: now, At: at, Becomes: becomes,
			Words: w.flipWords(d, now, at, becomes, verdict != nil)}, flipDistance(d, now, at)})
	}
	slices.SortStableFunc(list, func(a, b ranked) int { return cmp.Compare(a.distance, b.distance) })
	for _, r := range list {
		found = append(found, r.Flip)
	}
	return found, searched, nil
}

// alwaysWanted reports whether machines have to answer at every hour: people wait for them.
func (w *world) alwaysWanted() bool { return w.s.Bool("workload.user_facing") && !w.flexible }

// leastShare is the share just above 0 from which inputs are searched whose 0 stands for the catalogue's figure.
const leastShare = 1e-6

// zeroIsCatalogue reports whether 0 is no value of an input, but leaves it to the catalogue. Source: contract "Routes".
func (a *axes) zeroIsCatalogue(i int) bool { return i == a.batchDisc || i == a.markup }

// anyValueWords says that an input changes the answer as soon as it has a value of its own.
func (w *world) anyValueWords(d *dimension, becomes string, passed bool) string {
	what, _ := subjectOf(d)
	return fmt.Sprintf("If %s is given at all, however small, %s.", what, w.thenWords(becomes, passed))
}

// searchFor says where to look for a flip of one dimension; ok is false for those that are no input or cannot move.
func (w *world) searchFor(i int, base *frame, verdict *routeModel) (now float64, s risk.Search, ok bool) {
	d := &w.axes.dims[i]
	if d.input == nil || !d.input.Uncertain || !d.input.Relevant(w.s) || d.max <= d.min || w.outOfReach(i) {
		return 0, s, false
	}
	now = d.r.Likely
	if d.null {
		now = w.nullNow(i, verdict)
		if now <= 0 {
			return 0, s, false
		}
	}
	s = risk.Search{Now: now, Min: d.min, Max: d.max, Plain: now <= 0 || d.unit == UnitShare || d.plain, Steps: 18}
	if !s.Plain {
		s.Min, s.Max = math.Max(s.Min, now/1e4), math.Min(s.Max, now*1e4)
	}
	switch i { // a part of the mean request cannot be longer than the longest one
	case w.axes.input, w.axes.output, w.axes.reasoning:
		s.Max = math.Max(now, math.Min(s.Max, float64(w.s.Int("workload.context_tokens"))))
	}
	return now, s, true
}

// outOfReach reports whether moving an input here would not show what it does in a file: the speed of set-ups is
// prepared once, and the second of the two token prices, once typed, lifts the rules that ask for a listing.
func (w *world) outOfReach(i int) bool {
	a := w.axes
	in, out := w.typedPrice()
	lifts := len(w.direct.blocked) > 0 && (i == a.priceIn && out || i == a.priceOut && in)
	return a.dims[i].path == "deployment.draft_acceptance" || a.dims[i].null && lifts
}

// nullNow is what the catalogue supplies for an input that is left to it.
func (w *world) nullNow(i int, verdict *routeModel) float64 {
	a := w.axes
	switch i {
	case a.priceIn:
		return a.dims[a.marketIn].r.Likely
	case a.priceOut:
		return a.dims[a.marketOut].r.Likely
	case a.priceHit:
		if w.s.Likely("workload.cached_input_share") > 0 {
			return a.dims[a.marketHit].r.Likely
		}
	case a.reasoning:
		return w.model.ReasoningTokens.Likely
	case a.rentUSD:
		w.holdOwnModel()
		return w.shown(a.rent, w.likely, verdict)
	case a.serverUSD:
		w.holdOwnModel()
		if w.heldFor(verdict) != nil {
			return w.shown(a.hardware, w.likely, verdict)
		}
	case a.ttft:
		if !w.flexible {
			return defaultMaxTTFT
		}
	case a.perUser:
		if !w.flexible {
			return defaultMinPerUser
		}
	}
	return 0
}

// holdOwnModel picks the set-ups of the scenario's model whose prices are shown, where no route was priced before.
func (w *world) holdOwnModel() {
	for _, id := range []string{"own-" + w.model.ID, "rent-" + w.model.ID} {
		if r := w.route(id); r != nil && r.held == nil {
			f := w.frame(w.likely, nil)
			r.held, _ = f.best(r, f.p.x[w.axes.calls])
		}
	}
}

// winnerAt names the verdict's route with one input at another value, set-ups chosen anew.
func (w *world) winnerAt(base *frame, i int, x float64) string {
	s := w.borrow()
	defer w.spares.Put(s)
	f := &s.frame
	f.moveTo(w, w.axes.put(w.axes.reset(&s.point), i, x), base)
	r, _ := f.winner(f.p.x[w.axes.calls], true, f.within)
	if r == nil {
		return ""
	}
	return r.id
}

// within applies the four limits to a route at this state, its set-up chosen anew.
func (f *frame) within(r *routeModel, usd float64) bool { return f.keepsLimits(r, usd, true) }

// keepsLimits applies the four limits to a route at this state.
func (f *frame) keepsLimits(r *routeModel, usd float64, anew bool) bool {
	w := f.w
	calls := f.p.x[w.axes.calls]
	l := w.limits
	if l.monthly > 0 && usd > l.monthly*(1+1e-12) {
		return false
	}
	if l.upfront <= 0 && l.kw <= 0 && l.weeks <= 0 || r.kind == API {
		return true
	}
	var out Route
	switch r.kind {
	case Rent:
		once := f.p.x[w.axes.implement]
		out.Upfront, out.LeadTime = &once, &Range{Low: 0, Likely: 1, High: 4}
	case Own:
		c := r.held
		if anew {
			c, _ = f.best(r, calls)
		}
		if c != nil {
			w.fillPurchase(c, f.ownTerms(c), f.replicas(c, r.modelAt, calls)+w.spare, &out)
		}
	case Mixed:
		if c, s := f.split(r, calls, anew); c != nil {
			w.fillPurchase(c, f.ownTerms(c), s.Replicas+w.spare, &out)
		}
	}
	out.Kind = r.kind
	return len(w.costGates(&out)) == 0
}

// flipDistance ranks a flip by how near it is on the input's own range: 1 is the edge of the range; an exact
// number counts as known to within a factor of one and a half.
func flipDistance(d *dimension, now, at float64) float64 {
	if now > 0 && at > 0 {
		step := math.Log(1.5)
		if at > now && d.r.High > now {
			step = math.Log(d.r.High / now)
		} else if at < now && d.r.Low > 0 && d.r.Low < now {
			step = math.Log(now / d.r.Low)
		}
		return math.Abs(math.Log(at/now)) / step
	}
	if now == 0 { // nothing is known of its scale: it stands behind those of which something is
		return 50 + at
	}
	return 2 * math.Abs(at-now) / math.Max(1e-12, math.Max(math.Abs(at), math.Abs(now)))
}

// flipWords says a flip as a sentence.
func (w *world) flipWords(d *dimension, now, at float64, becomes string, passed bool) string {
	what, plural := subjectOf(d)
	verb := "rise"
	if at < now {
		verb = "fall"
	}
	if !plural {
		verb += "s"
	}
	digits := notation.DigitsApart(at, now)
	number, unit := w.quantityIn(d, at, digits)
	before, _ := w.quantityIn(d, now, max(factDigits, digits))
	return fmt.Sprintf("If %s %s to %s%s (now %s), %s.", what, verb, number, unit, before, w.thenWords(becomes, passed))
}

// thenWords says what a flip leads to; passed tells whether a route passes the rules now.
func (w *world) thenWords(becomes string, passed bool) string {
	r := w.route(becomes)
	switch {
	case r == nil:
		return "no route passes your rules"
	case !passed:
		return sentenceRoute(w, r) + " passes your rules"
	}
	return sentenceRoute(w, r) + " becomes the cheapest"
}
