package calc

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"sync"
	"time"

	"hostwise/calc/cost"
	"hostwise/calc/notation"
	"hostwise/calc/serving"
)

// BudgetOption is the most calls a month that a route serves for an amount, on the best set-up for it.
type BudgetOption struct {
	Route   string       `json:"route"`
	Kind    RouteKind    `json:"kind"`
	Label   string       `json:"label"`
	Model   string       `json:"model"`
	Setup   *SetupOption `json:"setup"` // as needed at that volume; nil for an API
	Calls   float64      `json:"calls_per_month"`
	USD     float64      `json:"usd_per_month"`
	PerUser *float64     `json:"tokens_per_second_per_user"` // at that volume; nil where an API answers
	Share   *float64     `json:"own_share"`                  // of mixed: of the calls on own devices
	Limit   string       `json:"limit"`                      // what stops it: "budget" or the path of a limit, "" = nothing
	Stops   string       `json:"stops"`                      // the same in words
}

// BudgetApart is a route that serves nothing for the amount, and why.
type BudgetApart struct {
	Route   string    `json:"route"`
	Kind    RouteKind `json:"kind"`
	Label   string    `json:"label"`
	Reasons []string  `json:"reasons"`
}

// BudgetSearch is what an amount a month buys, by route.
type BudgetSearch struct {
	USD     float64        // the amount, or the limit on a month where that is lower
	Options []BudgetOption // most calls first
	Apart   []BudgetApart
}

// What stops a route other than a limit of the person's.
const limitBudget = "budget"

// Budget finds for each route the most calls a month that an amount pays for, to the call. Own and rented routes are
// looked for among every set-up that the search for set-ups knows, in every size, within the limits on money, power and
// time; the cost of a month never falls as its calls grow, unless review saves money, so that what is found for a
// set-up is its most.
func (a *Assessor) Budget(ctx context.Context, s Scenario, usd float64, today time.Time, tell Progress) (*BudgetSearch, error) {
	a = a.with(s.Facts())
	w := a.newWorld(s, today)
	f := w.frame(w.likely, nil)
	b := &budget{w: w, f: f, usd: usd, limit: limitBudget, best: map[string]*bought{}}
	if m := w.limits.monthly; m > 0 && m < usd {
		b.usd, b.limit = m, "rules.monthly_usd_limit"
	}
	w.priceRoutes(f)
	var models []string
	for _, r := range w.routes {
		if (r.kind == Own || r.kind == Rent) && !r.weaker && !slices.Contains(models, r.model.ID) {
			models = append(models, r.model.ID)
		}
	}
	jobs := w.planJobs(SetupQuery{Models: models})
	if err := eachRow(ctx, len(jobs), tell, func(j int) { b.search(ctx, jobs[j]) }); err != nil {
		return nil, err
	}
	return b.result(ctx)
}

// budget is a search under way.
type budget struct {
	w     *world
	f     *frame // only read
	usd   float64
	limit string

	mu    sync.Mutex
	best  map[string]*bought // by route
	bases []base             // own set-ups that mixed may stand on
}

// bought is a set-up filled to the amount.
type bought struct {
	p       *planner
	c       *candidate
	layout  Layout
	kind    RouteKind
	working int
	calls   float64
	usd     float64
}

// base is an own set-up under a mixed route.
type base struct {
	p      *planner
	c      *candidate
	layout Layout
	terms  *cost.OwnTerms
	rate   float64
	most   float64 // no split of it serves more calls for the amount
}

// search fills every set-up of one model on one kind of device to the amount.
func (b *budget) search(ctx context.Context, p *planner) {
	review := b.f.works[p.modelAt].Review
	for _, family := range p.families() {
		if ctx.Err() != nil {
			return
		}
		for _, n := range family.sizes {
			if family.tooLarge(n) || review >= 0 && b.tooDear(p, &family, n) {
				continue
			}
			plan, ok := b.w.a.sized(&family, n)
			if !ok {
				continue
			}
			c := b.w.a.candidate(plan)
			takes := c.server.Capacity(p.load, b.f.wish, b.f.cap)
			if takes.AttemptsPerHour <= 0 {
				if family.inTurn() > 0 && takes.Binds == "latency" {
					break
				}
				continue
			}
			b.fill(p, c, family.layout, takes.AttemptsPerHour)
		}
	}
}

// tooDear reports whether one replica on so many devices costs more than the amount both to own and to rent, whatever
// it can do. It is asked only where the host is known before sizing.
func (b *budget) tooDear(p *planner, f *setupFamily, n int) bool {
	if f.layout == LayoutHybrid || f.layout == LayoutSpill {
		return false
	}
	c := &candidate{}
	c.plan.Device, c.plan.Devices = p.device, n
	if !p.device.WholeMachine {
		if c.host = b.w.cat.HostFor(p.device, n); c.host == nil {
			return true
		}
	}
	c.packing, c.hour = packingOf(p.device, c.host, n), p.hour
	if b.f.ownPriced(c) && b.f.newOwnTerms(c).Monthly(1+b.w.spare) <= b.usd {
		return false
	}
	t, ok := b.f.rentTerms(c)
	return !ok || t.Monthly(1+b.w.spare) > b.usd
}

// fill fills one set-up to the amount, bought and rented.
func (b *budget) fill(p *planner, c *candidate, layout Layout, rate float64) {
	w, f := b.w, b.f
	c.hour = p.hour
	if f.ownPriced(c) && len(p.ruled(Own, c)) == 0 && w.inTime(ownLeadTime(c)) {
		t := f.newOwnTerms(c)
		within := func(n int) bool {
			return (w.limits.upfront <= 0 || t.Upfront(n+w.spare) <= w.limits.upfront*(1+1e-12)) &&
				(w.limits.kw <= 0 || t.KW(n+w.spare) <= w.limits.kw*(1+1e-12))
		}
		b.keep("own-"+p.model.ID, b.filled(p, c, layout, Own, rate, t.Monthly, within))
		if p.modelAt == 0 {
			b.stand(p, c, layout, t, rate)
		}
	}
	if t, ok := f.rentTerms(c); ok && len(p.ruled(Rent, c)) == 0 && w.inTime(*rentLeadTime()) &&
		(w.limits.upfront <= 0 || t.Implement <= w.limits.upfront) {
		b.keep("rent-"+p.model.ID, b.filled(p, c, layout, Rent, rate, t.Monthly, func(int) bool { return true }))
	}
}

func (w *world) inTime(lead Range) bool { return w.limits.weeks <= 0 || lead.Likely <= w.limits.weeks }

// filled finds the most calls of one set-up; nil where not one call is within the amount.
func (b *budget) filled(p *planner, c *candidate, layout Layout, kind RouteKind, rate float64, monthly func(int) float64, within func(int) bool) *bought {
	perCall := b.f.works[p.modelAt].Review
	cost := func(n int, calls float64) float64 { return monthly(n+b.w.spare) + calls*perCall }
	holds := func(n int) float64 { return p.heldBy(n, rate) }
	limit := largest(func(n int) bool { return within(n) && holds(n-1) < crossingsTo })
	var n int
	if perCall >= 0 {
		n = min(limit, largest(func(n int) bool { return cost(n, holds(n-1)+1) <= b.usd }))
	} else {
		n = largestSaving(limit, c.packing.ReplicasPerServer(), func(n int) float64 { return cost(n, holds(n)) }, b.usd)
	}
	if n == 0 {
		return nil
	}
	calls := math.Min(holds(n), crossingsTo)
	if perCall > 0 {
		calls = math.Min(calls, math.Floor((b.usd-cost(n, 0))/perCall*(1+1e-12)))
		for calls > 0 && cost(n, calls) > b.usd {
			calls--
		}
	}
	if calls < 1 {
		return nil
	}
	return &bought{p: p, c: c, layout: layout, kind: kind, working: n, calls: calls, usd: cost(n, calls)}
}

// heldBy is the most whole calls a month that so many replicas take, by the same rounding as the demand's replicas.
func (p *planner) heldBy(n int, rate float64) float64 {
	if n <= 0 {
		return 0
	}
	calls := math.Floor(float64(n) * rate / p.one)
	for serving.Replicas((calls+1)*p.one, rate) <= n && calls < crossingsTo {
		calls++
	}
	for calls > 0 && serving.Replicas(calls*p.one, rate) > n {
		calls--
	}
	return calls
}

// mostReplicas bounds the search: no case buys more.
const mostReplicas = 1 << 30

// largest is the largest n from 1 for which ok holds, where it holds up to some n and not beyond; 0 = for none.
func largest(ok func(n int) bool) int {
	if !ok(1) {
		return 0
	}
	low, high := 1, 2
	for high < mostReplicas && ok(high) {
		low, high = high, high*2
	}
	for high-low > 1 {
		if mid := low + (high-low)/2; ok(mid) {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}

// largestSaving is the largest number of replicas up to limit whose month, filled, is within an amount, where each call
// saves money. From the third server on a further full server always adds the same, so that the last full one within
// the amount follows; the rest is one server's replicas.
func largestSaving(limit, perServer int, month func(n int) float64, usd float64) int {
	from := min(limit, 4*perServer)
	step := month(from+perServer) - month(from)
	top := limit
	if step > 0 {
		if more := (usd - month(from)) / step; more < float64((limit-from)/perServer) {
			top = min(limit, from+(max(0, int(more))+2)*perServer)
		}
	}
	for n := top; n > max(0, top-4*perServer) || n > 0 && n <= 4*perServer; n-- {
		if month(n) <= usd {
			return n
		}
	}
	return 0
}

// keep notes a filled set-up where it is the best of its route: the most calls, then the least money.
func (b *budget) keep(route string, x *bought) {
	if x == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if y := b.best[route]; y == nil || x.calls > y.calls || x.calls == y.calls && x.before(y) {
		b.best[route] = x
	}
}

// before orders equal set-ups, so that the answer does not depend on which was looked at first.
func (x *bought) before(y *bought) bool {
	if c := cmp.Compare(x.usd, y.usd); c != 0 {
		return c < 0
	}
	return x.c.label+string(x.layout) < y.c.label+string(y.layout)
}

// stand notes an own set-up as a base for mixed, with a bound on what any split of it serves: k replicas busy at every
// hour of the month, and the rest of the amount spent on the API.
func (b *budget) stand(p *planner, c *candidate, layout Layout, t *cost.OwnTerms, rate float64) {
	f, w := b.f, b.w
	perCall := f.direct.PerCall(f.works[0]) + f.works[0].Review
	if !w.direct.priced || perCall <= 0 {
		return
	}
	full := rate * cost.HoursPerMonth / (1 + f.works[0].Retry)
	rest := func(k int) float64 { return b.usd - f.direct.Fixed() - t.Monthly(k+w.spare) }
	last := largest(func(k int) bool { return rest(k) >= 0 && float64(k)*full < crossingsTo })
	if last == 0 {
		return
	}
	bound, block := 0.0, c.packing.ReplicasPerServer()
	for k := 1; k <= last; k++ {
		// The bound is linear in whole servers from the third on: its highest is near an end.
		if k > 4*block && k < last-2*block {
			k = last - 2*block
		}
		bound = math.Max(bound, float64(k)*full+rest(k)/perCall)
	}
	b.mu.Lock()
	b.bases = append(b.bases, base{p, c, layout, t, rate, bound})
	b.mu.Unlock()
}

// result gathers the routes.
func (b *budget) result(ctx context.Context) (*BudgetSearch, error) {
	out := &BudgetSearch{USD: b.usd, Options: []BudgetOption{}, Apart: []BudgetApart{}}
	var pure float64 // most of the two routes that mixed is made of
	var mixed *routeModel
	for _, r := range b.w.routes {
		var o *BudgetOption
		switch {
		case r.kind == Mixed:
			mixed = r
			continue
		case r.kind == API && !b.f.barred(r):
			o = b.api(r)
		case r.kind != API:
			if x := b.best[r.id]; x != nil {
				o = b.option(r, x)
			}
		}
		if o == nil {
			out.Apart = append(out.Apart, b.apart(r))
			continue
		}
		if r == b.w.direct || r == b.w.pureOwn {
			pure = math.Max(pure, o.Calls)
		}
		out.Options = append(out.Options, *o)
	}
	if o := b.mixed(ctx, mixed, pure); o != nil {
		out.Options = append(out.Options, *o)
	} else {
		out.Apart = append(out.Apart, b.apart(mixed))
	}
	slices.SortStableFunc(out.Options, func(x, y BudgetOption) int { return cmp.Compare(y.Calls, x.Calls) })
	return out, ctx.Err()
}

// apart says why a route serves nothing for the amount.
func (b *budget) apart(r *routeModel) BudgetApart {
	x := BudgetApart{Route: r.id, Kind: r.kind, Label: r.label, Reasons: slices.Clone(r.blocked)}
	switch r.kind { // no set-up of it is meant
	case Own:
		x.Label = "Own " + r.model.ShortName
	case Rent:
		x.Label = "Rent " + r.model.ShortName
	}
	switch {
	case len(x.Reasons) > 0:
	case r.kind == Mixed:
		x.Reasons = []string{"mixed serves no more than the better of owning and the API alone"}
	case r.kind == API:
		x.Reasons = []string{"budget: the first call already costs " + b.w.money.Money(b.f.usd(r, 1, true)) + " a month"}
	default:
		x.Reasons = []string{"budget: no set-up that serves with these wishes and limits costs as little as that"}
	}
	return x
}

// api finds the most calls of a route by API: what is left after its fixed costs, by the cost of a call.
func (b *budget) api(r *routeModel) *BudgetOption {
	usd := func(calls float64) float64 { return b.f.usd(r, calls, true) }
	if !(usd(1) <= b.usd) {
		return nil
	}
	o := &BudgetOption{Route: r.id, Kind: r.kind, Label: r.label, Model: r.model.ID}
	each := usd(2) - usd(1)
	if !(each > 0) || usd(crossingsTo) <= b.usd {
		o.Calls, o.USD, o.Stops = crossingsTo, usd(crossingsTo), "Nothing within a trillion calls."
		return o
	}
	low, high := 1.0, crossingsTo
	for high-low > 1 {
		if mid := math.Floor((low + high) / 2); usd(mid) <= b.usd {
			low = mid
		} else {
			high = mid
		}
	}
	o.Calls, o.USD, o.Limit = low, usd(low), b.limit
	o.Stops = b.spent(each)
	return o
}

// spent says that the amount is used up to the last call.
func (b *budget) spent(each float64) string {
	what := "The budget"
	if b.limit != limitBudget {
		what = "Your limit on a month"
	}
	return fmt.Sprintf("%s is spent: each further call costs %s.", what, b.w.money.Money(each))
}

func (b *budget) limitWords() string {
	if b.limit == limitBudget {
		return "the budget is"
	}
	return "your limit on a month is"
}

// option writes a filled set-up out as it stands at its volume.
func (b *budget) option(r *routeModel, x *bought) *BudgetOption {
	at := *x.p
	at.calls, at.busiest = x.calls, b.f.busiest(x.p.modelAt, x.calls)
	s := at.option(x.c, x.layout)
	verb := "Own "
	if x.kind == Rent {
		verb = "Rent "
	}
	o := &BudgetOption{Route: r.id, Kind: r.kind, Label: verb + setupCount(s.Replicas, x.c), Model: r.model.ID, Setup: &s,
		Calls: x.calls, USD: x.usd, PerUser: known(s.PerUser)}
	if x.p.modelAt != 0 {
		o.Label += ", " + x.p.model.ShortName
	}
	if x.calls >= crossingsTo {
		o.Stops = "Nothing within a trillion calls."
		return o
	}
	at.calls, at.busiest = x.calls+1, b.f.busiest(x.p.modelAt, x.calls+1)
	next := at.option(x.c, x.layout)
	o.Limit, o.Stops = b.stops(&s, &next, x.kind)
	return o
}

// stops says which limit one call more goes over.
func (b *budget) stops(now, next *SetupOption, kind RouteKind) (limit, words string) {
	lead := "One call more"
	if next.Replicas > now.Replicas {
		lead += " needs " + notation.Whole(float64(next.Replicas)) + " replicas"
	}
	l := b.w.limits
	usd := next.OwnUSD
	if kind == Rent {
		usd = next.RentUSD
	}
	over := func(v *float64, most float64) bool { return most > 0 && v != nil && *v > most*(1+1e-12) }
	switch {
	case usd != nil && *usd > b.usd:
		is, most := apart(*usd, b.usd, b.w.money.MoneyTo)
		return b.limit, fmt.Sprintf("%s: %s a month, %s %s.", lead, is, b.limitWords(), most)
	case kind != Rent && over(next.Upfront, l.upfront):
		is, most := apart(*next.Upfront, l.upfront, b.w.money.MoneyTo)
		return "rules.upfront_usd_limit", fmt.Sprintf("%s: %s up front, your limit is %s.", lead, is, most)
	case kind != Rent && over(&next.PowerKW, l.kw):
		is, most := apart(next.PowerKW, l.kw, notation.Number)
		return "rules.site_kw_limit", fmt.Sprintf("%s: %s kW, your limit is %s kW.", lead, is, most)
	}
	return b.limit, lead + "."
}

// mixed finds the most calls of a base load on own devices with the rest on the API; nil where that is no more than
// either alone serves. Bases are tried in the order of their bounds, until no bound is above the best found.
func (b *budget) mixed(ctx context.Context, r *routeModel, pure float64) *BudgetOption {
	if r == nil || len(r.blocked) > 0 {
		return nil
	}
	slices.SortStableFunc(b.bases, func(x, y base) int {
		if c := cmp.Compare(y.most, x.most); c != 0 {
			return c
		}
		return cmp.Compare(x.c.label+string(x.layout), y.c.label+string(y.layout))
	})
	best, on := pure, -1
	for i := range b.bases {
		x := &b.bases[i]
		if x.most <= best || ctx.Err() != nil {
			break
		}
		if calls := b.mixedCalls(x, best); calls > best {
			best, on = calls, i
		}
	}
	if on < 0 {
		return nil
	}
	x := &b.bases[on]
	split := b.splitOn(x, best)
	s := x.p.optionWith(x.c, x.layout, split.Replicas, math.Min(x.rate*float64(split.Replicas), b.f.busiest(0, best)))
	o := &BudgetOption{Route: r.id, Kind: r.kind, Label: "Own " + setupCount(s.Replicas, x.c) + " for a base load, the rest to the API",
		Model: r.model.ID, Setup: &s, Calls: best, USD: split.USD + best*b.f.works[0].Review, PerUser: known(s.PerUser), Share: &split.OwnShare, Limit: b.limit}
	o.Stops = b.spent(b.splitOn(x, best+1).USD - split.USD + b.f.works[0].Review)
	return o
}

// mixedCalls is the most calls of one base within the amount, 0 where it is no more than a number.
func (b *budget) mixedCalls(x *base, moreThan float64) float64 {
	usd := func(calls float64) float64 { return b.splitOn(x, calls).USD + calls*b.f.works[0].Review }
	low := math.Max(1, moreThan+1)
	if !(usd(low) <= b.usd) {
		return 0
	}
	high := math.Min(crossingsTo, math.Ceil(x.most)+2)
	for high-low > 1 {
		if mid := math.Floor((low + high) / 2); usd(mid) <= b.usd {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}

// splitOn divides a volume between one base and the API, within the limits on money and power.
func (b *budget) splitOn(x *base, calls float64) cost.Split {
	w := b.w
	return b.f.splitWith(x.terms, x.rate, calls, func(most int) int {
		if w.limits.upfront <= 0 && w.limits.kw <= 0 {
			return most
		}
		return min(most, largest(func(n int) bool {
			return n <= most && (w.limits.upfront <= 0 || x.terms.Upfront(n+w.spare) <= w.limits.upfront*(1+1e-12)) &&
				(w.limits.kw <= 0 || x.terms.KW(n+w.spare) <= w.limits.kw*(1+1e-12))
		}))
	})
}
