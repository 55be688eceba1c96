package calc

import (
	"math"
	"slices"

	"hostwise/calc/cost"
	"hostwise/calc/risk"
	"hostwise/calc/serving"
)

// frame is the world at one state: everything that does not depend on volume is worked out once, so that a
// route's cost at a volume is a few multiplications. A frame is used by one goroutine.
type frame struct {
	w    *world
	p    *point
	base *frame // the likely frame, from which rates are taken where no token moved; nil in itself

	works    []cost.Work // by model
	wish     serving.Wish
	peak     float64
	cap      float64
	perHour  []float64                  // by candidate; NaN = not asked yet
	own      []*cost.OwnTerms           // by candidate; nil = not asked yet
	terms    []cost.OwnTerms            // by candidate, where own points to; nil in frames that are not used again
	rents    []rentAnswer               // by candidate; kept by frames that stand alone, which ask at many volumes
	least    [][]bound                  // by route, of each of its set-ups; kept by frames that stand alone
	last     []int                      // by route, the set-up that was the cheapest when last asked; likewise
	open     [apiRoutes]*apiLine        // of the API routes; nil = not asked yet
	lines    []apiLine                  // of the API routes that are open
	splits   map[*cost.OwnTerms]splitAt // the last best split of each set-up; kept by frames that stand alone
	recover  cost.Recovery
	direct   cost.APITerms
	apis     [apiRoutes]cost.APITerms // in the order of apiIDs
	sameLoad bool
}

// frame returns the world at a state.
func (w *world) frame(p *point, base *frame) *frame {
	f := &frame{}
	f.moveTo(w, p, base)
	return f
}

// moveTo makes the frame the world at a state, in the memory that it has from another one. What was asked of it before
// is no longer valid.
func (f *frame) moveTo(w *world, p *point, base *frame) {
	*f = frame{w: w, p: p, base: base, wish: w.wish(p), peak: w.peak(p), cap: p.x[w.axes.cap],
		works: slices.Grow(f.works[:0], len(w.models)), perHour: slices.Grow(f.perHour[:0], len(w.candidates)),
		own: f.own, terms: f.terms}
	for _, m := range w.models {
		f.works = append(f.works, w.work(m, p))
	}
	for range w.candidates {
		f.perHour = append(f.perHour, math.NaN())
	}
	if len(f.own) != len(w.candidates) {
		f.own = make([]*cost.OwnTerms, len(w.candidates))
	}
	clear(f.own)
	if f.terms != nil && len(f.terms) != len(w.candidates) {
		f.terms = make([]cost.OwnTerms, len(w.candidates))
	}
	f.recover = cost.RecoveryOver(p.x[w.axes.capital], w.months)
	if base != nil {
		f.sameLoad = f.wish == base.wish
	} else {
		f.last = make([]int, len(w.routes))
	}
	for i, id := range apiIDs {
		f.apis[i] = f.apiTerms(id)
	}
	f.direct = f.apis[0]
}

// borrow returns a frame and a state to ask one thing of and give back by w.spares.Put: searches and draws ask
// thousands, and would otherwise leave as many behind.
func (w *world) borrow() *spare {
	if s, ok := w.spares.Get().(*spare); ok {
		return s
	}
	return &spare{frame: frame{terms: make([]cost.OwnTerms, len(w.candidates))}, point: *w.axes.likely()}
}

// spare is a frame and a state whose memory is used again.
type spare struct {
	frame
	point point
}

// apiTerms is what an API route charges at this state.
func (f *frame) apiTerms(id string) cost.APITerms {
	w, a, x := f.w, f.w.axes, f.p.x
	t := cost.APITerms{
		Price:     cost.TokenPrice{Input: x[a.marketIn], Cached: x[a.marketHit], Output: x[a.marketOut]},
		PeakShare: x[a.peakShare], PeakMultiplier: x[a.peakMult],
		BatchShare: x[a.batchShare], BatchDiscount: x[a.batchDisc],
		FallbackRate: x[a.fallback], Platform: x[a.platform], Logging: x[a.logging],
		People: x[a.apiFTE] * x[a.pay],
	}
	if a.given(f.p, a.priceIn) {
		t.Price.Input = x[a.priceIn]
	}
	if a.given(f.p, a.priceOut) {
		t.Price.Output = x[a.priceOut]
	}
	switch {
	case a.given(f.p, a.priceHit):
		t.Price.Cached = x[a.priceHit]
	case w.noHitPrice():
		t.Price.Cached = t.Price.Input // no hit price = the miss price
	}
	switch id {
	case "cloud-endpoint":
		t.Price = cost.TokenPrice{
			Input:  risk.At(w.cloud.Input, f.p.z[a.cloudIn], false),
			Cached: risk.At(w.cloud.Cached, f.p.z[a.cloudHit], false),
			Output: risk.At(w.cloud.Output, f.p.z[a.cloudOut], false),
		}
		if w.cloud.CachedListings == 0 {
			t.Price.Cached = t.Price.Input
		}
		t.BatchShare, t.BatchDiscount = 0, 0
	case "api-gateway":
		t.Markup = x[a.markup]
		if t.Markup == 0 && w.gateway != nil {
			t.Markup = w.gateway.Share
		}
	case "api-batch":
		t.BatchShare, t.AllBatch = 1, true
		if t.BatchDiscount == 0 {
			t.BatchDiscount = w.batchShare
		}
	}
	t.Fallback = t.Price
	if w.fallback != nil {
		t.Fallback = *w.fallback
	}
	if k := f.p.apiTimes; k > 0 {
		t.Price, t.Fallback = t.Price.Times(k), t.Fallback.Times(k)
	}
	return t
}

// noHitPrice reports whether no listing that counts states a price of repeated input.
func (w *world) noHitPrice() bool {
	if w.named != nil {
		return w.named.CachedInput == nil
	}
	return w.market.CachedListings == 0
}

// rate returns the attempts an hour that one replica of a candidate takes.
func (f *frame) rate(c *candidate, modelAt int) float64 {
	if v := f.perHour[c.index]; !math.IsNaN(v) {
		return v
	}
	k := f.works[modelAt]
	var v float64
	if f.base != nil && f.sameLoad && f.cap == f.base.cap && sameTokens(k, f.base.works[modelAt]) {
		v = f.base.rate(c, modelAt) // the base frame stands at the likely speed
	} else {
		v = c.perReplicaHour(loadOf(k), f.wish, f.cap)
	}
	if z := f.p.z[f.w.axes.speed]; z != 0 {
		v *= risk.At(c.server.Spread, z, false) / c.server.Spread.Likely
	}
	f.perHour[c.index] = v
	return v
}

func sameTokens(a, b cost.Work) bool {
	return a.Input == b.Input && a.Output == b.Output && a.Reasoning == b.Reasoning && a.CacheHits == b.CacheHits
}

// loadOf is a request as the devices see it.
func loadOf(k cost.Work) serving.Load {
	return serving.Load{Input: k.Input, Output: k.Output, Reasoning: k.Reasoning, CachedHits: k.CacheHits}
}

// busiest returns the attempts in the busiest hour. Source: contract "Time and demand".
func (f *frame) busiest(modelAt int, calls float64) float64 {
	return calls * (1 + f.works[modelAt].Retry) / cost.HoursPerMonth * f.peak
}

// replicas returns the working replicas for a volume, spares not counted; 0 = the set-up cannot serve.
func (f *frame) replicas(c *candidate, modelAt int, calls float64) int {
	rate := f.rate(c, modelAt)
	if rate <= 0 {
		return 0
	}
	return serving.Replicas(f.busiest(modelAt, calls), rate)
}

// ownTerms is what owning a candidate takes at this state.
func (f *frame) ownTerms(c *candidate) *cost.OwnTerms {
	if t := f.own[c.index]; t != nil {
		return t
	}
	if f.terms == nil {
		f.own[c.index] = f.newOwnTerms(c)
	} else {
		f.terms[c.index] = f.ownTermsOf(c)
		f.terms[c.index].Prepare()
		f.own[c.index] = &f.terms[c.index]
	}
	return f.own[c.index]
}

// newOwnTerms works out what owning a candidate takes, also one that is not among the world's own.
func (f *frame) newOwnTerms(c *candidate) *cost.OwnTerms {
	t := f.ownTermsOf(c)
	t.Prepare()
	return &t
}

// ownTermsOf are the terms before they are prepared.
func (f *frame) ownTermsOf(c *candidate) cost.OwnTerms {
	w, a, x := f.w, f.w.axes, f.p.x
	t := cost.OwnTerms{
		Packing: c.packing, AlreadyOwned: w.ownedOf(c),
		Install: x[a.install], Network: x[a.network], Residual: x[a.residual],
		Months: w.months, CapitalRate: x[a.capital], Recovery: f.recover, Maintenance: x[a.maintenance],
		CardKW: c.cardKW(), ServerKW: x[a.serverKW],
		Colocated: w.colocated, PowerInSpace: w.powerInSpace,
		PUE: x[a.pue], LoadShare: x[a.load], KWhUSD: x[a.kwh], SpaceUSD: x[a.space],
		People: f.people(), Implement: x[a.implement], Horizon: w.horizon,
	}
	z := f.p.z[a.hardware]
	t.CardUSD = c.cardUSD(z)
	if c.host != nil {
		t.HostUSD, t.HostKW = risk.At(c.host.PriceUSD, z, false), c.host.BaseKW
	}
	if f.typedFor(c, a.serverUSD) {
		t.ServerUSD = x[a.serverUSD]
	}
	if !a.given(f.p, a.serverKW) {
		t.ServerKW = 0
	}
	return t
}

// ownedOf is how many of a set-up's devices the person has already: what they own is the device they named.
func (w *world) ownedOf(c *candidate) int {
	if c.plan.Device.ID != w.s.Text("deployment.device") {
		return 0
	}
	return w.owned
}

func (f *frame) people() cost.PeopleTerms {
	a, x := f.w.axes, f.p.x
	return cost.PeopleTerms{FTE: x[a.fte], PerExtra: x[a.ftePer], USD: x[a.pay]}
}

// rentTerms is what renting a candidate takes at this state; ok is false when its term has no price.
func (f *frame) rentTerms(c *candidate) (t cost.RentTerms, ok bool) {
	w, a, x := f.w, f.w.axes, f.p.x
	t = cost.RentTerms{
		Packing: c.packing, HoursPerMonth: cost.HoursPerMonth * x[a.rentHours] / 168,
		Storage: x[a.storage], Egress: x[a.egress], People: f.people(),
		Implement: x[a.implement], Horizon: w.horizon,
	}
	if f.typedFor(c, a.rentUSD) {
		t.DeviceHourUSD = x[a.rentUSD]
		return t, true
	}
	r := c.hour
	if r.Likely <= 0 {
		return t, false
	}
	t.DeviceHourUSD = risk.At(r, f.p.z[a.rent], false)
	return t, true
}

// rentAnswer is what rentTerms said of a candidate.
type rentAnswer struct {
	asked, priced bool
	terms         cost.RentTerms
}

// rentMonth is the cost of a month of renting so many replicas; Inf = its term has no price.
func (f *frame) rentMonth(c *candidate, replicas int) float64 {
	if f.base != nil { // a draw asks once or twice
		t, ok := f.rentTerms(c)
		if !ok {
			return math.Inf(1)
		}
		return t.Monthly(replicas)
	}
	if f.rents == nil {
		f.rents = make([]rentAnswer, len(f.w.candidates))
	}
	r := &f.rents[c.index]
	if !r.asked {
		r.asked = true
		r.terms, r.priced = f.rentTerms(c)
	}
	if !r.priced {
		return math.Inf(1)
	}
	return r.terms.Monthly(replicas)
}

// ownPriced reports whether owning a candidate has a price at all.
func (f *frame) ownPriced(c *candidate) bool {
	return c.cardsPriced() || f.typedFor(c, f.w.axes.serverUSD)
}

// typedFor reports whether a price of machines that the person typed is the price of this set-up.
func (f *frame) typedFor(c *candidate, price int) bool {
	return f.w.axes.given(f.p, price) && f.w.pricedByHand(c)
}

// candidateUSD is the cost of a month on one candidate at a volume, human review left out; Inf = it cannot serve
// or is not priced.
func (f *frame) candidateUSD(r *routeModel, c *candidate, calls float64) float64 {
	n := f.replicas(c, r.modelAt, calls)
	if n == 0 {
		return math.Inf(1)
	}
	n += f.w.spare
	if r.kind == Rent {
		return f.rentMonth(c, n)
	}
	if !f.ownPriced(c) {
		return math.Inf(1)
	}
	return f.ownTerms(c).Monthly(n)
}

// best returns the cheapest candidate of a route at a volume, nil when none serves.
func (f *frame) best(r *routeModel, calls float64) (*candidate, float64) {
	if f.base == nil {
		return f.cheapest(r, calls)
	}
	var pick *candidate
	least := math.Inf(1)
	for _, c := range r.cands {
		if usd := f.candidateUSD(r, c, calls); usd < least {
			pick, least = c, usd
		}
	}
	return pick, least
}

// plain is the cost of a month by a route at a volume, human review left out; anew chooses its set-up again,
// otherwise the one held is kept. Inf = it cannot serve.
func (f *frame) plain(r *routeModel, calls float64, anew bool) float64 {
	switch r.kind {
	case API:
		if !r.priced {
			return math.Inf(1)
		}
		line := f.apiLine(r)
		return line.fixed + calls*line.perCall
	case Mixed:
		_, split := f.split(r, calls, anew)
		return split.USD
	}
	if anew {
		_, usd := f.best(r, calls)
		return usd
	}
	if r.held == nil {
		return math.Inf(1)
	}
	return f.candidateUSD(r, r.held, calls)
}

// apiRoutes is how many routes call an API; they come first among a world's routes.
const apiRoutes = 4

var apiIDs = [apiRoutes]string{"api-direct", "api-gateway", "api-batch", "cloud-endpoint"}

// apiLine is what an API route costs at this state.
func (f *frame) apiLine(r *routeModel) apiLine {
	if f.open[r.at] == nil {
		t := f.apis[r.at]
		f.open[r.at] = &apiLine{t.Fixed(), t.PerCall(f.works[0])}
	}
	return *f.open[r.at]
}

// usd is the cost of a month by a route at a volume, review included.
func (f *frame) usd(r *routeModel, calls float64, anew bool) float64 {
	return f.plain(r, calls, anew) + calls*f.works[r.modelAt].Review
}

// split divides a volume between own devices and the API; the zero split with infinite cost where it cannot.
func (f *frame) split(r *routeModel, calls float64, anew bool) (*candidate, cost.Split) {
	none := cost.Split{USD: math.Inf(1)}
	if !f.w.direct.priced {
		return nil, none
	}
	if anew && f.base == nil {
		return f.cheapestSplit(r, calls)
	}
	cands := r.cands
	if !anew {
		if r.held == nil {
			return nil, none
		}
		cands = []*candidate{r.held}
	}
	var pick *candidate
	best := none
	for _, c := range cands {
		rate := f.rate(c, 0)
		if rate <= 0 || !f.ownPriced(c) {
			continue
		}
		s := f.splitWith(f.ownTerms(c), rate, calls, nil)
		if s.USD < best.USD {
			pick, best = c, s
		}
	}
	return pick, best
}

// splitWith divides a volume between one set-up, taken at so many attempts an hour a replica, and the API. atMost, nil
// for none, lowers the replicas that are looked at.
func (f *frame) splitWith(own *cost.OwnTerms, rate, calls float64, atMost func(int) int) cost.Split {
	perCall, fixed := f.direct.PerCall(f.works[0]), f.direct.Fixed()
	curve := f.loadCurve(calls)
	most := serving.Replicas(f.busiest(0, calls), rate)
	if atMost != nil {
		most = atMost(most)
	}
	ownUSD := func(k int) float64 { return own.Monthly(k + f.w.spare) }
	apiUSD := func(share float64) float64 { return fixed + share*calls*perCall }
	if !f.w.axes.given(f.p, f.w.axes.baseShare) {
		s := cost.BestSplit(curve, rate, most, own.ReplicasPerServer(), f.near(own, calls), ownUSD, apiUSD)
		if f.base == nil && atMost == nil {
			if f.splits == nil {
				f.splits = make(map[*cost.OwnTerms]splitAt, len(f.w.candidates))
			}
			f.splits[own] = splitAt{calls, s.Replicas}
		}
		return s
	}
	return cost.ForcedSplit(curve, rate, most, f.p.x[f.w.axes.baseShare], ownUSD, apiUSD)
}

// splitAt is the best split of one set-up at a volume.
type splitAt struct {
	calls    float64
	replicas int
}

// near is where the best split of a set-up is expected: in proportion to the last one found.
func (f *frame) near(own *cost.OwnTerms, calls float64) int {
	last, ok := f.splits[own]
	if !ok || last.calls <= 0 {
		return 0
	}
	return int(math.Min(float64(last.replicas)*calls/last.calls, math.MaxInt32))
}

// loadCurve is the demand of the scenario's model over the hours of a month.
func (f *frame) loadCurve(calls float64) cost.LoadCurve {
	mean := calls * (1 + f.works[0].Retry) / cost.HoursPerMonth
	if f.w.flexible {
		return cost.LoadCurve{Mean: mean, Peak: 1}
	}
	return cost.LoadCurve{Mean: mean, Peak: f.peak, Weights: f.w.shape}
}

// winner returns the cheapest route that no rule blocks, with its cost; nil when there is none. Mixed counts only
// where it is strictly cheaper than both pure routes. The limits in dollars, kilowatts and weeks are applied by
// within, which may be nil.
func (f *frame) winner(calls float64, anew bool, within func(*routeModel, float64) bool) (*routeModel, float64) {
	var pick *routeModel
	least := math.Inf(1)
	for _, r := range f.w.routes {
		if f.barred(r) {
			continue
		}
		usd := f.usd(r, calls, anew)
		if r.kind == Mixed && !f.mixedPays(r, usd, calls, anew) {
			continue
		}
		if usd < least && (within == nil || within(r, usd)) {
			pick, least = r, usd
		}
	}
	return pick, least
}

// barred reports whether a rule keeps a route out at this state, whatever it costs: batches also need a discount, which
// is an answer like others.
func (f *frame) barred(r *routeModel) bool {
	return len(r.blocked) > 0 || r.id == "api-batch" && f.apis[r.at].BatchDiscount <= 0
}

// mixedPays reports whether mixed is strictly cheaper than its two pure routes.
func (f *frame) mixedPays(r *routeModel, usd, calls float64, anew bool) bool {
	if math.IsInf(usd, 1) {
		return false
	}
	tiny := 1e-9 * usd
	return usd < f.usd(f.w.direct, calls, anew)-tiny && usd < f.usd(f.w.pureOwn, calls, anew)-tiny
}
