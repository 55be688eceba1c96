package calc

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"hostwise/calc/advice"
	"hostwise/calc/catalog"
	"hostwise/calc/memory"
	"hostwise/calc/notation"
	"hostwise/calc/serving"
)

// SetupOption is one set-up, what the demand needs of it, what that costs and how it feels. A figure that is not known,
// or that there is none of because the set-up cannot serve, is nil.
type SetupOption struct {
	ID           string  `json:"id"`
	Model        string  `json:"model"`
	Label        string  `json:"label"`
	Maker        string  `json:"maker"` // of the device
	Device       string  `json:"device"`
	DeviceLabel  string  `json:"device_label"` // of one replica: "8 × H200"
	Devices      int     `json:"devices"`
	Precision    string  `json:"precision"`
	Bits         float64 `json:"bits_per_weight"`
	KVPrecision  string  `json:"kv_precision"`
	Engine       string  `json:"engine"`
	Layout       Layout  `json:"layout"`
	LayoutWords  string  `json:"layout_words"`
	Tensor       int     `json:"tensor_parallel"`
	Pipeline     int     `json:"pipeline_parallel"`
	Experts      int     `json:"expert_parallel"`
	Spread       bool    `json:"data_parallel_attention"`
	HostExperts  bool    `json:"experts_in_host_memory"`
	DeviceLayers int     `json:"layers_on_device"` // -1 = all
	Host         string  `json:"host"`

	Fit      memory.Fit `json:"fit"`
	Replicas int        `json:"replicas"` // spares included; 0 = it cannot serve
	Servers  int        `json:"servers"`
	OwnUSD   *float64   `json:"own_usd_per_month"`
	RentUSD  *float64   `json:"rent_usd_per_month"`
	Upfront  *float64   `json:"upfront_usd"` // to own
	PowerKW  float64    `json:"power_kw"`
	LeadTime *Range     `json:"lead_time_weeks"` // to own

	Calls   float64  `json:"calls_per_month_capacity"`
	PerUser float64  `json:"tokens_per_second_per_user"` // at this demand; of a request alone where it cannot serve
	TTFT    float64  `json:"ttft_seconds"`               // without queue
	Answer  P50P90   `json:"answer_seconds"`             // with queue
	Busy    *float64 `json:"busy_share"`
	Binds   string   `json:"binds"`

	Basis    string           `json:"basis"`
	Evidence catalog.Evidence `json:"evidence"` // of the speed
	Nearest  string           `json:"nearest_measurement"`

	// BlockedBy keeps the set-up out however it is paid for; the other two keep it from being bought or rented.
	BlockedBy     []string `json:"blocked_by"`
	OwnBlockedBy  []string `json:"own_blocked_by"`
	RentBlockedBy []string `json:"rent_blocked_by"`
	Notes         []string `json:"notes"`
}

// Serves reports whether the set-up can be had and no rule or wish keeps it out.
func (o *SetupOption) Serves() bool { return !math.IsInf(o.Least(), 1) }

// Least is the cheaper of owning and renting among what no rule keeps out; infinite where there is neither.
func (o *SetupOption) Least() float64 {
	v := math.Inf(1)
	if len(o.BlockedBy) > 0 {
		return v
	}
	if o.OwnUSD != nil && len(o.OwnBlockedBy) == 0 {
		v = *o.OwnUSD
	}
	if o.RentUSD != nil && len(o.RentBlockedBy) == 0 {
		v = math.Min(v, *o.RentUSD)
	}
	return v
}

// Reasons are why the set-up is kept out, each once; none where it serves.
func (o *SetupOption) Reasons() []string {
	if o.Serves() {
		return nil
	}
	out := slices.Clone(o.BlockedBy)
	for _, reason := range slices.Concat(o.OwnBlockedBy, o.RentBlockedBy) {
		if !slices.Contains(out, reason) {
			out = append(out, reason)
		}
	}
	return out
}

// Use returns a scenario on this set-up: what was stated of another deployment gives way, with the devices of it that
// are already owned; how long requests may be does not.
func (o *SetupOption) Use(s Scenario) Scenario {
	if o.Device != s.Text("deployment.device") && s.Int("finance.devices_already_owned") > 0 {
		s = s.With("finance.devices_already_owned", Num(0)) // they were of the device that gives way
	}
	for i := range Inputs {
		path := Inputs[i].Path
		if strings.HasPrefix(path, "deployment.") && path != "deployment.max_context_tokens" {
			s = s.Without(path)
		}
	}
	if s.Int("deployment.max_context_tokens") <= s.Int("workload.context_tokens") {
		s = s.Without("deployment.max_context_tokens")
	}
	s = s.With("model", Str(o.Model)).
		With("deployment.device", Str(o.Device)).With("deployment.devices", Num(float64(o.Devices))).
		With("deployment.precision", Str(o.Precision)).With("deployment.kv_precision", Str(o.KVPrecision)).
		With("deployment.engine", Str(o.Engine)).
		With("deployment.tensor_parallel", Num(float64(o.Tensor))).With("deployment.pipeline_parallel", Num(float64(o.Pipeline)))
	if o.Host != "" {
		s = s.With("deployment.host", Str(o.Host))
	}
	if o.Experts > 1 {
		s = s.With("deployment.expert_parallel", Num(float64(o.Experts)))
	}
	if o.Spread {
		s = s.With("deployment.data_parallel_attention", Yes)
	}
	if o.HostExperts {
		s = s.With("deployment.experts_in_host_memory", Yes)
	}
	if o.DeviceLayers >= 0 {
		s = s.With("deployment.layers_on_device", Num(float64(o.DeviceLayers)))
	}
	return s
}

// SetupQuery narrows or widens the search for set-ups.
type SetupQuery struct {
	// Models are the ids of the models to look at; none = the scenario's own. Those that score below the scenario's
	// minimum are kept apart.
	Models []string
	// EverySize also lists sizes larger than this demand needs. Without it the search goes on to more devices only
	// while fewer do not serve: what it leaves out is never cheaper than what it lists.
	EverySize bool
}

// SetupSearch is what a search for set-ups found.
type SetupSearch struct {
	Serving []SetupOption // cheapest first
	Apart   []SetupOption // they hold the model, but a rule or a wish keeps them out
	Looked  int           // set-ups that were sized, also those that do not hold the model
}

// Setups searches every device of the catalogue, in every precision the model is made in, under every engine known to
// run it there and in every layout, for what serves this demand with these wishes.
func (a *Assessor) Setups(ctx context.Context, s Scenario, q SetupQuery, today time.Time, tell Progress) (*SetupSearch, error) {
	a = a.with(s.Facts())
	w := a.newWorld(s, today)
	jobs := w.planJobs(q)
	found := make([]planned, len(jobs))
	err := eachRow(ctx, len(jobs), tell, func(j int) { found[j] = jobs[j].run(ctx, q.EverySize) })
	if err != nil {
		return nil, err
	}
	out := &SetupSearch{}
	var serving, apart []ranked
	for _, f := range found {
		out.Looked += f.looked
		for _, o := range f.options {
			if o.Serves() {
				serving = append(serving, ranked{o, o.Least()})
			} else {
				apart = append(apart, ranked{o, o.listed()})
			}
		}
	}
	out.Serving, out.Apart = inOrder(serving), inOrder(apart)
	return out, nil
}

// ranked is a set-up with what it is sorted by.
type ranked struct {
	o   *SetupOption
	usd float64
}

// inOrder returns set-ups by cost, what costs the same in the order of the catalogue.
func inOrder(list []ranked) []SetupOption {
	slices.SortStableFunc(list, func(x, y ranked) int { return cmp.Compare(x.usd, y.usd) })
	out := make([]SetupOption, len(list))
	for i, r := range list {
		out[i] = *r.o
	}
	return out
}

// listed is the cheaper of what owning and renting would cost, whatever keeps the set-up out.
func (o *SetupOption) listed() float64 {
	v := math.Inf(1)
	for _, usd := range []*float64{o.OwnUSD, o.RentUSD} {
		if usd != nil {
			v = math.Min(v, *usd)
		}
	}
	return v
}

// planner sizes and prices the set-ups of one model on one kind of device.
type planner struct {
	w       *world
	f       *frame // only read: planners share it, and each is used by one goroutine
	model   *catalog.Model
	modelAt int
	weaker  bool
	device  *catalog.Device
	load    serving.Load
	calls   float64
	busiest float64
	one     float64             // attempts in the busiest hour that one call a month brings
	hour    Range               // of a rented device, on the scenario's term
	rules   map[string][]string // by kind of route and precision
	loaded  map[string]float64  // bytes of the weights by precision the model is made in
}

// planned is what one planner found.
type planned struct {
	options []*SetupOption
	looked  int
}

// planJobs lists a planner for each model and device.
func (w *world) planJobs(q SetupQuery) []*planner {
	models := q.Models
	if len(models) == 0 {
		models = []string{w.model.ID}
	}
	f := w.frame(w.likely, nil)
	calls := f.p.x[w.axes.calls]
	var jobs []*planner
	for at, m := range w.models {
		if !slices.Contains(models, m.ID) {
			continue
		}
		loaded := w.a.weightsOf(m)
		for i := range w.cat.Devices {
			jobs = append(jobs, &planner{loaded: loaded, hour: medianRent(w.cat.Devices[i].Rent, w.rentTerm), w: w, f: f, model: m, modelAt: at, device: &w.cat.Devices[i],
				weaker: m.ID != w.minimum.ID && advice.Weaker(m, w.minimum), load: loadOf(f.works[at]),
				calls: calls, busiest: f.busiest(at, calls), one: f.busiest(at, 1), rules: map[string][]string{}})
		}
	}
	return jobs
}

// run sizes the device's families, each from its smallest size up.
func (p *planner) run(ctx context.Context, everySize bool) planned {
	var out planned
	var seen ruledOut
	for _, family := range p.families() {
		if ctx.Err() != nil {
			break
		}
		seen.begin(&family)
		if !everySize && family.layout == LayoutSpill && p.spillsTooSlow(&family, &out) {
			continue
		}
		for _, n := range family.sizes {
			if !everySize && (family.tooLarge(n) || seen.needless(&family, n)) {
				continue
			}
			o, plan := p.try(&family, n, &out)
			if o != nil && !everySize {
				p.learn(&seen, &family, o, plan)
			}
		}
	}
	return out
}

// try sizes one set-up and notes what it is; nil where it does not hold the model.
func (p *planner) try(f *setupFamily, n int, out *planned) (*SetupOption, *memory.Plan) {
	out.looked++
	plan, ok := p.w.a.sized(f, n)
	if !ok {
		return nil, nil
	}
	o := p.option(p.w.a.candidate(plan), f.layout)
	out.options = append(out.options, &o)
	return &o, &plan
}

// spillsTooSlow reports whether even the most devices that leave something to spill are too slow for one request:
// with fewer of them more lies in the host's memory, which is slower still.
func (p *planner) spillsTooSlow(f *setupFamily, out *planned) bool {
	for _, n := range slices.Backward(f.sizes) {
		if plan, ok := p.w.a.sized(f, n); ok {
			out.looked++
			o := p.option(p.w.a.candidate(plan), f.layout)
			if o.Replicas > 0 || o.Binds != "latency" {
				return false
			}
			out.options = append(out.options, &o)
			return true
		}
	}
	return true
}

// ruledOut is what the sizes seen so far of one precision and engine say of those to come.
type ruledOut struct {
	precision, engine string
	enough            int         // devices of which one replica takes the whole demand; 0 = not found
	slow              map[int]int // by way of working in turn: devices that are too slow for one request
}

// begin forgets what was seen of another precision or engine.
func (r *ruledOut) begin(f *setupFamily) {
	if r.precision != f.base.Precision || r.engine != f.base.Engine {
		*r = ruledOut{precision: f.base.Precision, engine: f.base.Engine, slow: map[int]int{}}
	}
}

// inTurn names the way a family's devices work one after the other, 0 where they work together: then more of them add
// room and no speed. One device of an engine that gives each device whole layers is the smallest of those.
func (f *setupFamily) inTurn() int {
	switch {
	case f.layout == LayoutHybrid:
		return 1
	case f.layout == LayoutLayers, f.layout == LayoutSingle && f.byLayers:
		return 2
	}
	return 0
}

// needless reports whether a size costs no less than one that takes the whole demand, or cannot be faster than one that
// is too slow.
func (r *ruledOut) needless(f *setupFamily, n int) bool {
	if way := f.inTurn(); way > 0 && r.slow[way] > 0 {
		return true
	}
	if f.layout == LayoutHybrid || f.layout == LayoutSpill {
		return false // their hosts differ from those of the other layouts
	}
	return r.enough > 0 && n > r.enough
}

// learn notes what a size says of larger ones. One replica that takes the whole demand within the wishes is the
// cheapest of its engine and precision: more devices are never fewer machines, and cost no less to buy or to rent.
func (p *planner) learn(r *ruledOut, f *setupFamily, o *SetupOption, plan *memory.Plan) {
	switch {
	case o.Replicas == 0:
		if way := f.inTurn(); way > 0 && o.Binds == "latency" {
			r.slow[way] = o.Devices
		}
	case o.Replicas > 1+p.w.spare || f.layout == LayoutSpill:
	case f.layout == LayoutHybrid:
		r.slow[f.inTurn()] = o.Devices // none larger is needed
	case p.noCheaperHost(plan) && (r.enough == 0 || o.Devices < r.enough):
		r.enough = o.Devices
	}
}

// noCheaperHost reports whether no host that more of the devices need is cheaper, draws less or comes sooner.
func (p *planner) noCheaperHost(plan *memory.Plan) bool {
	if plan.Host == nil {
		return true
	}
	for n := plan.Devices + 1; n <= mostInServer(p.device); n++ {
		h := p.w.cat.HostFor(p.device, n)
		if h != nil && h != plan.Host && (h.PriceUSD.Likely < plan.Host.PriceUSD.Likely || h.BaseKW < plan.Host.BaseKW ||
			h.LeadTimeWeeks.Likely < plan.Host.LeadTimeWeeks.Likely) {
			return false
		}
	}
	return true
}

func (p *planner) families() []setupFamily {
	return p.w.a.familiesOn(p.model, p.device, p.w.s.Text("deployment.kv_precision"), p.w.maxContext(), p.loaded)
}

// option works out what the demand needs of a set-up, what it costs and what keeps it out.
func (p *planner) option(c *candidate, layout Layout) SetupOption {
	return p.optionWith(c, layout, -1, p.busiest)
}

// optionWith is a set-up with a stated number of working replicas, under 0 for what the demand needs, and an hour's
// attempts on them.
func (p *planner) optionWith(c *candidate, layout Layout, working int, busiest float64) SetupOption {
	o := p.described(c, layout)
	takes := c.server.Capacity(p.load, p.f.wish, p.f.cap)
	o.Binds = takes.Binds
	if working < 0 {
		working = serving.Replicas(busiest, takes.AttemptsPerHour)
	}
	p.serve(c, &o, takes, working, busiest)
	p.gate(c, &o)
	return o
}

// described is a set-up by its names.
func (p *planner) described(c *candidate, layout Layout) SetupOption {
	plan := &c.plan
	c.hour = p.hour
	o := SetupOption{
		Model: plan.Model.ID, Maker: plan.Device.Vendor, Device: plan.Device.ID, DeviceLabel: devicesLabel(plan.Device, plan.Devices),
		Devices: plan.Devices, Precision: plan.Precision, Bits: c.bits, KVPrecision: plan.KV, Engine: plan.Engine,
		Layout: layout, LayoutWords: layoutWords(plan, layout),
		Tensor: plan.TensorParallel, Pipeline: plan.PipelineParallel, Experts: plan.ExpertParallel, Spread: plan.DataParallelAttention,
		HostExperts: plan.ExpertsInHostMemory, DeviceLayers: plan.LayersOnDevice,
		Fit: plan.Fit, Nearest: c.server.Nearest, BlockedBy: []string{}, OwnBlockedBy: []string{}, RentBlockedBy: []string{}, Notes: c.server.Why,
	}
	if o.Notes == nil {
		o.Notes = []string{}
	}
	o.ID = plan.Device.ID + "/" + strconv.Itoa(plan.Devices) + "/" + plan.Precision + "/" + plan.Engine + "/" + string(layout)
	if layout == LayoutPipeline {
		o.ID += strconv.Itoa(plan.PipelineParallel)
	}
	o.Label = c.label
	if layout != LayoutSingle && layout != LayoutTensor && layout != LayoutLayers && layout != LayoutSpread {
		o.Label += ", " + o.LayoutWords
	}
	if p.modelAt != 0 {
		o.ID = o.Model + "/" + o.ID
	}
	if c.host != nil {
		o.Host = c.host.ID
	}
	if plan.Servers > 1 {
		o.Notes = append(slices.Clone(o.Notes), linkedServers)
	}
	return o
}

// linkedServers says what no price of the catalogue has in it.
const linkedServers = "Linked servers need a fast network between them, which no price of the catalogue includes: state it as the network's share of the price."

// serve fills the demand's side: replicas, cost, capacity and speed.
func (p *planner) serve(c *candidate, o *SetupOption, takes serving.Capacity, working int, busiest float64) {
	w, f := p.w, p.f
	concurrent := 1.0
	if working == 0 {
		alone := c.server.At(p.load, 1)
		o.PerUser, o.TTFT = alone.PerUser, alone.TTFT
		o.BlockedBy = append(o.BlockedBy, p.w.unmet(p.f.wish, takes.Binds, alone))
	} else {
		o.Replicas = working + w.spare
		o.Servers = c.packing.Servers(o.Replicas)
		o.Calls = takes.AttemptsPerHour * float64(working) / p.one
		run := c.server.Steady(p.load, f.wish, busiest, working)
		o.PerUser, o.TTFT, concurrent = run.Speed.PerUser, run.Speed.TTFT, run.PerReplica
		o.Answer = P50P90{P50: known(run.P50), P90: known(run.P90)}
		o.Busy = known(math.Min(1, run.BusyShare/f.peak))
		p.price(c, o)
	}
	basis := c.server.BasisAt(p.load, math.Max(1, math.Ceil(concurrent-1e-9)))
	o.Basis, o.Evidence = string(basis), c.restsOn(evidenceOf(basis))
}

// evidenceOf is how far a speed can be relied on, by the rung of the ladder it stands on.
func evidenceOf(b serving.Basis) catalog.Evidence {
	switch b {
	case serving.MeasuredBasis:
		return catalog.Measured
	case serving.InterpolatedBasis, serving.ScaledBasis:
		return catalog.Likely
	}
	return catalog.Speculation
}

// unmet says which wish a set-up cannot keep, or what it has no room for.
func (w *world) unmet(wish serving.Wish, binds string, alone serving.Speed) string {
	switch {
	case binds != "latency":
		return fmt.Sprintf("context_tokens: no room for one request of %s tokens", notation.Whole(float64(w.maxContext())))
	case wish.MaxTTFT > 0 && alone.TTFT > wish.MaxTTFT:
		is, most := apart(alone.TTFT, wish.MaxTTFT, notation.Number)
		return fmt.Sprintf("max_ttft_seconds: the first token takes %s s, %s s is wished", is, most)
	}
	is, least := apart(alone.PerUser, wish.MinPerUser, notation.Number)
	return fmt.Sprintf("min_tokens_per_second_per_user: a request alone gets %s tokens a second, %s are wished", is, least)
}

// price fills what owning and renting cost, as the routes of an assessment on this set-up would.
func (p *planner) price(c *candidate, o *SetupOption) {
	f := p.f
	review := p.calls * f.works[p.modelAt].Review
	t := f.newOwnTerms(c)
	o.PowerKW = t.KW(o.Replicas)
	lead := ownLeadTime(c)
	o.LeadTime = &lead
	if f.ownPriced(c) {
		o.OwnUSD, o.Upfront = known(t.Monthly(o.Replicas)+review), known(t.Upfront(o.Replicas))
	}
	if r, ok := f.rentTerms(c); ok {
		o.RentUSD = known(r.Monthly(o.Replicas) + review)
	}
}

// gate applies the rules, by the same code as the routes.
func (p *planner) gate(c *candidate, o *SetupOption) {
	own, rent := p.ruled(Own, c), p.ruled(Rent, c)
	if o.Replicas > 0 && p.w.limits != (caps{}) {
		own = append(own, p.w.costGates(&Route{Kind: Own, Upfront: o.Upfront, Monthly: rangeOf(o.OwnUSD), PowerKW: &o.PowerKW, LeadTime: o.LeadTime})...)
		implement := p.f.p.x[p.w.axes.implement]
		rent = append(rent, p.w.costGates(&Route{Kind: Rent, Upfront: &implement, Monthly: rangeOf(o.RentUSD), LeadTime: rentLeadTime()})...)
	}
	if o.Replicas > 0 {
		if o.OwnUSD == nil {
			own = append(own, "not priced: "+p.device.ShortName+" has no price")
		}
		if o.RentUSD == nil {
			rent = append(rent, "not priced: no "+p.w.rentTerm+" rent of "+p.device.ShortName+" is listed")
		}
	}
	for _, reason := range own {
		if slices.Contains(rent, reason) {
			o.BlockedBy = append(o.BlockedBy, reason)
		} else {
			o.OwnBlockedBy = append(o.OwnBlockedBy, reason)
		}
	}
	for _, reason := range rent {
		if !slices.Contains(own, reason) {
			o.RentBlockedBy = append(o.RentBlockedBy, reason)
		}
	}
}

// ruled are the rules that keep a kind of route off a set-up, whatever it costs. They look at its precision and at
// nothing else of it that differs among set-ups that hold the model.
func (p *planner) ruled(kind RouteKind, c *candidate) []string {
	key := string(kind) + c.plan.Precision
	if rules, ok := p.rules[key]; ok {
		return rules
	}
	rules := slices.Clip(p.rulesOf(kind, c))
	p.rules[key] = rules
	return rules
}

func (p *planner) rulesOf(kind RouteKind, c *candidate) []string {
	stated := *c
	stated.stated = true
	r := routeModel{kind: kind, model: p.model, modelAt: p.modelAt, cands: []*candidate{&stated}, weaker: p.weaker}
	p.w.staticGates(&r)
	return r.blocked
}

func rangeOf(v *float64) *Range {
	if v == nil {
		return nil
	}
	return exactly(*v)
}

// layoutWords says how a replica lies on its devices.
func layoutWords(p *memory.Plan, layout Layout) string {
	switch layout {
	case LayoutTensor:
		return fmt.Sprintf("tensor parallel %d", p.TensorParallel)
	case LayoutPipeline:
		if p.TensorParallel <= 1 {
			return fmt.Sprintf("pipeline of %d", p.PipelineParallel)
		}
		return fmt.Sprintf("pipeline of %d groups of %d", p.PipelineParallel, p.TensorParallel)
	case LayoutSpread:
		return fmt.Sprintf("attention by request, experts over %d", p.Devices)
	case LayoutExperts:
		return fmt.Sprintf("tensor parallel %d, whole experts on each", p.TensorParallel)
	case LayoutLayers:
		return fmt.Sprintf("whole layers on each of %d", p.Devices)
	case LayoutHybrid:
		return "experts in host memory"
	case LayoutSpill:
		return fmt.Sprintf("%d of %d layers on the devices, the rest in host memory", p.LayersOnDevice, p.Model.Architecture.Layers)
	}
	return "one device"
}
