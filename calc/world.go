package calc

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"hostwise/calc/advice"
	"hostwise/calc/catalog"
	"hostwise/calc/cost"
	"hostwise/calc/memory"
	"hostwise/calc/notation"
	"hostwise/calc/risk"
	"hostwise/calc/serving"
)

// world is a scenario met with the catalogue: every route that could be taken, the gates that bear on it, and
// the dimensions that move its cost. It is built once an assessment and not changed after.
type world struct {
	a      *Assessor
	cat    *catalog.Catalog
	s      Scenario
	today  time.Time
	money  notation.Currency // amounts in words
	axes   *axes
	spares sync.Pool // of *spare
	likely *point

	model   *catalog.Model
	minimum *catalog.Model
	models  []*catalog.Model // the scenario's first, then the rest in the catalogue's order

	market       cost.Market
	marketOK     bool
	cloud        cost.Market
	cloudOK      bool
	named        *catalog.Price // the listing the person chose
	fallback     *cost.TokenPrice
	batchShare   float64 // the named provider's discount, 0 = not known
	batchFact    *catalog.Fact
	gateway      *catalog.GatewayFee
	retryOf      map[string]ModelOverride
	shapePeak    float64 // of a weekly shape; 0 = none
	shape        []float64
	flexible     bool
	spare        int
	owned        int
	rentTerm     string
	candidates   []*candidate
	routes       []*routeModel
	warnings     []string
	atAnyValue   []string // what would change the answer and is no flip, in words
	statedSetup  bool
	direct       *routeModel // api-direct
	pureOwn      *routeModel // own, of the scenario's model
	months       int         // depreciation
	horizon      int
	colocated    bool
	powerInSpace bool
	limits       caps
}

// caps are the four limits a person may set; 0 = none.
type caps struct{ upfront, monthly, kw, weeks float64 }

// routeModel is a route before it is priced.
type routeModel struct {
	id      string
	at      int // place among world.routes
	kind    RouteKind
	label   string
	model   *catalog.Model
	modelAt int          // place among world.models
	cands   []*candidate // set-ups it may choose from; nil for an API
	held    *candidate   // the one chosen at the likely values
	blocked []string     // gates that do not depend on its cost
	unmet   string       // why it has no cost at the likely values, "" where it has one; elsewhere it may have one
	weaker  bool
	priced  bool // a price exists for it
}

// newWorld meets a scenario with the catalogue.
func (a *Assessor) newWorld(s Scenario, today time.Time) *world {
	w := &world{a: a, cat: a.cat, s: s, today: today, money: CurrencyOf(s), axes: newAxes(s), retryOf: s.ByModel()}
	w.model = a.cat.Model(s.Text("model"))
	w.minimum = w.model
	if m := a.cat.Model(s.Text("rules.minimum_model")); m != nil {
		w.minimum = m
	}
	w.models = append(w.models, w.model)
	for i := range a.cat.Models {
		if m := &a.cat.Models[i]; m.ID != w.model.ID {
			w.models = append(w.models, m)
		}
	}
	w.flexible = s.Bool("workload.latency_flexible")
	w.spare, w.owned = s.Int("rules.spare_replicas"), s.Int("finance.devices_already_owned")
	w.rentTerm = s.Text("finance.rent_term")
	w.months, w.horizon = s.Int("finance.depreciation_months"), s.Int("finance.horizon_months")
	w.colocated, w.powerInSpace = s.Text("finance.site") == "colocation", s.Bool("finance.colocation_includes_power")
	w.limits = caps{s.Likely("rules.upfront_usd_limit"), s.Likely("rules.monthly_usd_limit"),
		s.Likely("rules.site_kw_limit"), s.Likely("rules.needed_within_weeks")}
	if shape := s.Value("workload.weekly_shape").Numbers; len(shape) > 0 {
		w.shape, w.shapePeak = cost.SortedShape(shape)
		if _, given := s.Given("workload.peak_to_average"); given {
			w.warn("The weekly shape is used; the peak to average that was also given is not.")
		}
	}
	w.readPrices()
	w.addCatalogueAxes()
	w.addRoutes()
	w.likely = w.axes.likely()
	return w
}

func (w *world) warn(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !slices.Contains(w.warnings, text) {
		w.warnings = append(w.warnings, text)
	}
}

// cloudKinds are the providers of the cloud endpoint.
var cloudKinds = []string{"cloud"}

// marketFilter says which listings make the price of the API routes in this case.
func (s Scenario) marketFilter() cost.Filter {
	return cost.Filter{
		Kinds: []string{"host", "first-party"}, Context: s.Int("workload.context_tokens"),
		Pinned: s.Bool("rules.needs_pinned_weights"), Providers: s.Value("rules.allowed_providers").Texts,
		On: (catalog.Fact{AsOf: s.Text("api.price_date")}).Date(),
	}
}

// readPrices finds what the API routes cost: the named listing, else the market of exactly this model.
func (w *world) readPrices() {
	filter := w.s.marketFilter()
	listings := listingsOn(w.cat, filter)
	w.market, w.marketOK = cost.MarketPrice(listings, w.model.ID, filter)
	filter.Kinds = cloudKinds
	w.cloud, w.cloudOK = cost.MarketPrice(listings, w.model.ID, filter)
	w.named = w.priceNamed(w.s.Text("api.price"))
	if p := w.priceNamed(w.s.Text("api.fallback_price")); p != nil {
		t := tokenPrice(p)
		w.fallback = &t
		w.warnAboutPast("api.fallback_price", p)
	}
	if w.named != nil {
		if w.named.Model != w.model.ID {
			w.warn("The chosen price %s is for %s, not for %s: a change of model is not a cheaper price.",
				w.named.ID, w.named.ModelLabel, w.model.ShortName)
		}
		for i := range w.cat.BatchDiscounts {
			if b := &w.cat.BatchDiscounts[i]; b.Share != nil && strings.EqualFold(b.Provider, w.named.Provider) {
				w.batchShare, w.batchFact = *b.Share, &b.Fact
			}
		}
		w.warnAboutPast("api.price", w.named)
	}
	if len(w.cat.GatewayFees) > 0 {
		w.gateway = &w.cat.GatewayFees[0]
	}
	w.warnAboutHits()
	w.warnAboutBands(filter.On)
	w.warnAboutSpan()
}

// warnAboutHits says where repeated input is billed as if it were new, because no price of it is known.
func (w *world) warnAboutHits() {
	if w.s.Likely("workload.cached_input_share") <= 0 {
		return
	}
	_, typed := w.typed("api.cached_input_usd_per_mtok")
	switch {
	case typed:
	case w.named != nil && w.named.CachedInput == nil:
		w.warn("%s states no cache-hit price: hits are billed as misses.", w.named.ID)
	case w.named == nil && w.marketOK && w.market.CachedListings == 0:
		w.warn("No listing of %s states a cache-hit price: hits are billed as misses.", w.model.ShortName)
	}
	if w.cloudOK && w.cloud.CachedListings == 0 {
		w.warn("No cloud listing of %s states a cache-hit price: there hits are billed as misses.", w.model.ShortName)
	}
}

// priceNamed finds a listing by id among those of today and those of the past.
func (w *world) priceNamed(id string) *catalog.Price {
	if id == "" {
		return nil
	}
	if p := w.cat.Price(id); p != nil {
		return p
	}
	return w.cat.Past(id)
}

func tokenPrice(p *catalog.Price) cost.TokenPrice {
	t := cost.TokenPrice{Input: p.Input, Cached: p.Input, Output: p.Output}
	if p.CachedInput != nil {
		t.Cached = *p.CachedInput
	}
	return t
}

// addCatalogueAxes adds the spreads of the facts: market prices, machine prices, rents, speed and thinking.
func (w *world) addCatalogueAxes() {
	a := w.axes
	market := catalog.Fact{Evidence: catalog.Likely, Source: w.marketSource(), AsOf: w.market.Newest}
	priced := func(path, label string, r Range) int {
		return a.add(dimension{path: path, label: label, unit: UnitUSDPerMTok, r: r, from: "catalogue", fact: market})
	}
	in, hit, out := w.market.Input, w.market.Cached, w.market.Output
	if w.named != nil {
		t := tokenPrice(w.named)
		in, hit, out = catalog.Exact(t.Input), catalog.Exact(t.Cached), catalog.Exact(t.Output)
		market = w.named.Fact
	}
	if _, typed := w.typed("api.input_usd_per_mtok"); typed {
		in = catalog.Exact(in.Likely)
	}
	if _, typed := w.typed("api.cached_input_usd_per_mtok"); typed || w.s.Likely("workload.cached_input_share") == 0 {
		hit = catalog.Exact(hit.Likely)
	}
	if _, typed := w.typed("api.output_usd_per_mtok"); typed {
		out = catalog.Exact(out.Likely)
	}
	a.marketIn = priced(dimMarketInput, "API input price", in)
	a.marketHit = priced(dimMarketCached, "API cache-hit price", hit)
	a.marketOut = priced(dimMarketOutput, "API output price", out)
	w.addCloudAxes(hit.IsExact() && w.s.Likely("workload.cached_input_share") == 0)
	normal := Range{Low: -1.2815515655446004, High: 1.2815515655446004}
	shared := func(path, label string, unit Unit, source string, known bool) int {
		d := dimension{path: path, label: label, unit: unit, r: normal, plain: true, from: "catalogue",
			fact: catalog.Fact{Evidence: catalog.Likely, Source: source, AsOf: w.cat.Date}}
		if known {
			d.r = Range{}
		}
		return a.add(d)
	}
	_, server := w.typed("finance.server_usd")
	_, rent := w.typed("finance.rent_usd_per_device_hour")
	if w.statedDevice() != nil { // the price is that of one device: the others keep their ranges
		server, rent = false, false
	}
	_, thinking := w.typed("workload.reasoning_tokens_per_call")
	a.hardware = shared(dimServerPrice, "Server price", UnitUSD, "devices and hosts of the catalogue, each with its own range", server)
	a.rent = shared(dimRentPrice, "Rent per device hour", UnitUSDHour, "rent listings of the catalogue", rent)
	a.speed = shared(dimSpeed, "Speed of the devices", UnitFactor, "measured runs of the catalogue and the distance to them", false)
	defer w.markModels()
	a.thinking = shared(dimReasoning, "Thinking tokens a call", UnitTokens, "models of the catalogue, each with its own range", thinking)
}

// addCloudAxes says which draws move the prices of clouds: those of the market, so that all API prices rise and fall
// together; where the person named or typed the other price, ones of their own.
func (w *world) addCloudAxes(noHits bool) {
	a := w.axes
	fact := catalog.Fact{Evidence: catalog.Likely, Source: fmt.Sprintf("%d cloud listings of %s", w.cloud.Listings, w.model.ShortName), AsOf: w.cloud.Newest}
	own := func(market int, path, label string, r Range) int {
		if a.dims[market].uncertain() || r.IsExact() {
			return market
		}
		return a.add(dimension{path: path, label: label, unit: UnitUSDPerMTok, r: r, from: "catalogue", fact: fact})
	}
	a.cloudIn = own(a.marketIn, dimCloudInput, "Cloud input price", w.cloud.Input)
	a.cloudOut = own(a.marketOut, dimCloudOutput, "Cloud output price", w.cloud.Output)
	a.cloudHit = a.marketHit
	if !noHits {
		a.cloudHit = own(a.marketHit, dimCloudCached, "Cloud cache-hit price", w.cloud.Cached)
	}
}

// markModels notes which dimensions vary for single models although the common answer may be exact.
func (w *world) markModels() {
	a := w.axes
	for _, o := range w.retryOf {
		for dim, r := range map[int]*Range{a.retry: o.RetryRate, a.output: o.OutputTokensPerCall,
			a.thinking: o.ReasoningPerCall, a.reviewMinutes: o.ReviewMinutesPerCall} {
			if r != nil && !r.IsExact() {
				a.dims[dim].ofModel = true
			}
		}
	}
}

// typed returns the person's number for an input that may come from the catalogue.
func (w *world) typed(path string) (Range, bool) {
	v, given := w.s.Given(path)
	return v.Number, given && !v.Null
}

func (w *world) marketSource() string {
	if w.named != nil {
		return w.named.Source
	}
	if !w.marketOK {
		return "no listing of this model counts"
	}
	return fmt.Sprintf("%d listings of %s, one a provider, newest %s", w.market.Listings, w.model.ShortName, w.market.Newest)
}

// addRoutes lists every route of the contract.
func (w *world) addRoutes() {
	for i, label := range [apiRoutes]string{w.directLabel(), "API through a gateway", "API in batches", "Cloud endpoint"} {
		w.routes = append(w.routes, &routeModel{id: apiIDs[i], kind: API, label: label, model: w.model, priced: true})
	}
	w.statedSetup = w.setupStated()
	context := w.maxContext()
	lowest := w.s.Likely("rules.lowest_bits_per_weight")
	together(len(w.models), func(i int) { // so that those which are not known yet are looked for on all cores
		if i > 0 || !w.statedSetup {
			w.a.shortList(w.models[i], context, lowest, w.rentTerm)
		}
	})
	for i, m := range w.models {
		owned, rented := w.setupsFor(m, context, lowest, i == 0)
		weaker := m.ID != w.minimum.ID && advice.Weaker(m, w.minimum)
		w.routes = append(w.routes,
			&routeModel{id: "rent-" + m.ID, kind: Rent, model: m, modelAt: i, cands: rented, weaker: weaker},
			&routeModel{id: "own-" + m.ID, kind: Own, model: m, modelAt: i, cands: owned, weaker: weaker})
	}
	w.direct, w.pureOwn = w.route("api-direct"), w.route("own-"+w.model.ID)
	w.routes = append(w.routes, &routeModel{id: "mixed", kind: Mixed, model: w.model, cands: w.pureOwn.cands})
	weakAPI := w.model.ID != w.minimum.ID && advice.Weaker(w.model, w.minimum)
	for i, r := range w.routes {
		r.at = i
		if r.kind == API || r.kind == Mixed {
			r.weaker = weakAPI
		}
		w.staticGates(r)
	}
}

func (w *world) directLabel() string {
	if w.named != nil {
		return "API, " + w.named.Provider
	}
	return "API, market median"
}

// setupStated reports whether the person named any part of the deployment.
func (w *world) setupStated() bool {
	for i := range Inputs {
		if p := Inputs[i].Path; strings.HasPrefix(p, "deployment.") {
			if _, given := w.s.Given(p); given {
				return true
			}
		}
	}
	return false
}

// statedDevice is the device that the person named, nil where they left it open.
func (w *world) statedDevice() *catalog.Device {
	v, given := w.s.Given("deployment.device")
	if !given || v.Text == "" {
		return nil
	}
	return w.cat.Device(v.Text)
}

// pricedByHand reports whether a price that the person types for a server or for a device's hour is a price of this
// set-up: of the device they named, of every one where they named none. A quote for one machine prices no other.
func (w *world) pricedByHand(c *candidate) bool {
	d := w.statedDevice()
	return d == nil || c.plan.Device.ID == d.ID
}

// maxContext is the longest request a set-up has to hold, in tokens.
func (w *world) maxContext() int {
	return max(w.s.Int("workload.context_tokens"), w.s.Int("deployment.max_context_tokens"))
}

// setupsFor returns the set-ups a model's own and rent routes may choose from: the stated one for the scenario's
// model, else the short lists.
func (w *world) setupsFor(m *catalog.Model, context int, lowest float64, scenarios bool) (owned, rented []*candidate) {
	if scenarios && w.statedSetup {
		setup := w.statedMemorySetup()
		setup.Sequences = 1
		c := w.a.candidateWith(memory.Solve(w.cat, setup), w.servingOptions())
		c.stated = true
		list := w.take([]*candidate{c})
		return list, list
	}
	short := w.a.shortList(m, context, lowest, w.rentTerm)
	return w.take(short.own), w.take(short.rent)
}

// take copies set-ups into this world: the short list is shared, the place among this world's candidates is not.
func (w *world) take(list []*candidate) []*candidate {
	out := make([]*candidate, len(list))
	for i, c := range list {
		mine := *c
		mine.index, mine.hour = len(w.candidates), c.rentHour(w.rentTerm)
		w.candidates = append(w.candidates, &mine)
		out[i] = &mine
	}
	return out
}

// statedMemorySetup is the scenario's deployment, defaults included.
func (w *world) statedMemorySetup() memory.Setup {
	s := w.s
	layers := s.Int("deployment.layers_on_device")
	setup := memory.Setup{
		Model: w.model, Precision: s.Text("deployment.precision"), KV: s.Text("deployment.kv_precision"),
		Engine: s.Text("deployment.engine"), EngineVersion: s.Text("deployment.engine_version"),
		Device: w.cat.Device(s.Text("deployment.device")), Devices: s.Int("deployment.devices"),
		TensorParallel: s.Int("deployment.tensor_parallel"), PipelineParallel: s.Int("deployment.pipeline_parallel"),
		ExpertParallel: s.Int("deployment.expert_parallel"), ContextParallel: s.Int("deployment.context_parallel"),
		DataParallelAttention: s.Bool("deployment.data_parallel_attention"),
		MemoryFraction:        s.Likely("deployment.memory_fraction"),
		ContextTokens:         w.maxContext(), Sequences: max(1, s.Int("deployment.concurrent_sequences")),
		BatchTokens: s.Int("deployment.batch_tokens"), SpeculativeTokens: s.Int("deployment.speculative_tokens"),
		ExpertsInHostMemory: s.Bool("deployment.experts_in_host_memory"), LayersOnDevice: layers,
		Host:   w.cat.Host(s.Text("deployment.host")),
		Second: w.cat.Device(s.Text("deployment.second_device")), Seconds: s.Int("deployment.second_devices"),
	}
	if n := s.Int("deployment.max_context_tokens"); n > 0 {
		setup.ContextTokens = n
	}
	w.fillSetup(&setup)
	setup = memory.Offloaded(w.cat, setup)
	if setup.Host == nil {
		setup.Host = w.a.hostOffCards(setup)
	}
	return setup
}

// fillSetup chooses what the person left empty: the cheapest set-up that serves, as far as it agrees with what
// they did name.
func (w *world) fillSetup(s *memory.Setup) {
	if s.Device != nil && s.Precision != "" && s.Engine != "" && s.KV != "" {
		return
	}
	if s.KV == "" {
		s.KV = "bf16"
	}
	pick := func(c *candidate) bool {
		return (s.Device == nil || s.Device.ID == c.plan.Device.ID) &&
			(s.Precision == "" || s.Precision == c.plan.Precision) && (s.Engine == "" || s.Engine == c.plan.Engine)
	}
	list := w.a.shortList(w.model, s.ContextTokens, w.s.Likely("rules.lowest_bits_per_weight"), w.rentTerm).own
	at := slices.IndexFunc(list, pick)
	if at >= 0 {
		p := list[at].plan
		s.Device, s.Precision, s.Engine = p.Device, p.Precision, p.Engine
		return
	}
	if s.Device == nil {
		s.Device = w.cat.Device("h200-sxm")
	}
	for _, way := range w.a.precisionsFor(w.model, s.Device) {
		if (s.Precision == "" || s.Precision == way.precision) && (s.Engine == "" || s.Engine == way.engine) {
			s.Precision, s.Engine = way.precision, way.engine
			return
		}
	}
	if s.Engine == "" {
		s.Engine = engineFor(s.Precision)
	}
	if s.Precision == "" {
		s.Precision = w.model.ReleasedPrecision
	}
}

// engineFor names the usual engine of a precision.
func engineFor(precision string) string {
	switch {
	case strings.HasPrefix(precision, "gguf-"):
		return "llama.cpp"
	case strings.HasPrefix(precision, "mlx-"):
		return "mlx"
	}
	return "vllm"
}

// route returns the route with this id, or nil.
func (w *world) route(id string) *routeModel {
	for _, r := range w.routes {
		if r.id == id {
			return r
		}
	}
	return nil
}

// wish is the slowest answer a person takes, at this state of the world.
func (w *world) wish(p *point) serving.Wish {
	wish := serving.Wish{MaxTTFT: p.x[w.axes.ttft], MinPerUser: p.x[w.axes.perUser]}
	if !w.axes.given(p, w.axes.ttft) && !w.flexible {
		wish.MaxTTFT = defaultMaxTTFT
	}
	if !w.axes.given(p, w.axes.perUser) && !w.flexible {
		wish.MinPerUser = defaultMinPerUser
	}
	return wish
}

// The wishes of a person who waits for the answer, where none are given. Source: contract "workload".
const (
	defaultMaxTTFT    = 10.0 // seconds
	defaultMinPerUser = 15.0 // tokens a second
)

// peak is the busiest hour over the average hour.
func (w *world) peak(p *point) float64 {
	switch {
	case w.flexible:
		return 1
	case w.shapePeak > 0:
		return w.shapePeak
	}
	return p.x[w.axes.peak]
}

// work is a month's requests of one model at this state, calls left at zero.
func (w *world) work(m *catalog.Model, p *point) cost.Work {
	a := w.axes
	k := cost.Work{
		Retry: p.x[a.retry], Input: p.x[a.input], Output: p.x[a.output], CacheHits: p.x[a.cached],
		Review: p.x[a.reviewMinutes] / 60 * p.x[a.reviewUSD],
	}
	if a.given(p, a.reasoning) {
		k.Reasoning = p.x[a.reasoning]
	} else {
		k.Reasoning = risk.At(m.ReasoningTokens.Range, p.z[a.thinking], false)
	}
	o, ok := w.retryOf[m.ID]
	if !ok {
		return k
	}
	at := func(r *Range, dim int, v *float64) {
		if r != nil {
			d := dimension{r: *r, plain: a.dims[dim].plain}
			*v = d.at(p.z[dim])
		}
	}
	at(o.RetryRate, a.retry, &k.Retry)
	at(o.OutputTokensPerCall, a.output, &k.Output)
	at(o.ReasoningPerCall, a.thinking, &k.Reasoning)
	if o.ReviewMinutesPerCall != nil {
		minutes := 0.0
		at(o.ReviewMinutesPerCall, a.reviewMinutes, &minutes)
		k.Review = minutes / 60 * p.x[a.reviewUSD]
	}
	return k
}

// success is the share of a model's answers that are good enough, 1 where nobody said otherwise.
func (w *world) success(m *catalog.Model) float64 {
	if o, ok := w.retryOf[m.ID]; ok && o.SuccessShare != nil && o.SuccessShare.Likely > 0 {
		return math.Min(1, o.SuccessShare.Likely)
	}
	return 1
}
