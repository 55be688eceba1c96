package calc

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"hostwise/calc/catalog"
	"hostwise/calc/cost"
	"hostwise/calc/notation"
)

// priceRoutes prices every route at the likely state and the scenario's volume. The set-up that is cheapest there
// is held for the draws.
func (w *world) priceRoutes(f *frame) []Route {
	calls := f.p.x[w.axes.calls]
	for _, r := range w.routes {
		switch r.kind {
		case Rent, Own:
			r.held, _ = f.best(r, calls)
			if r.held == nil {
				r.held = w.unserved(f, r)
			}
			r.label = w.deviceRouteLabel(f, r, calls)
		case Mixed:
			if r.held, _ = f.split(r, calls, true); r.held == nil && len(r.blocked) == 0 {
				r.unmet = "mixed needs a set-up that serves and has a price"
			}
			r.label = "Own a base load, the rest to the API"
		}
	}
	routes := make([]Route, 0, len(w.routes))
	for _, r := range w.routes {
		routes = append(routes, w.priceRoute(f, r, calls))
	}
	slices.SortStableFunc(routes, func(a, b Route) int {
		switch {
		case a.Feasible != b.Feasible:
			if a.Feasible {
				return -1
			}
			return 1
		case likelyOr(a.Monthly, math.Inf(1)) < likelyOr(b.Monthly, math.Inf(1)):
			return -1
		case likelyOr(a.Monthly, math.Inf(1)) > likelyOr(b.Monthly, math.Inf(1)):
			return 1
		}
		return 0
	})
	return routes
}

func likelyOr(r *Range, or float64) float64 {
	if r == nil {
		return or
	}
	return r.Likely
}

// unserved returns the set-up to show for a route that cannot serve or has no price, and notes why.
func (w *world) unserved(f *frame, r *routeModel) *candidate {
	if len(r.cands) == 0 {
		return nil
	}
	serves := slices.ContainsFunc(r.cands, func(c *candidate) bool { return f.rate(c, r.modelAt) > 0 })
	switch {
	case !serves:
		r.unmet = fmt.Sprintf("no set-up of %s answers as fast as wished", r.model.ShortName)
	case r.kind == Rent:
		r.unmet = fmt.Sprintf("not priced: no %s rent is listed for it", w.rentTerm)
	default:
		r.unmet = "not priced: its devices have no price"
	}
	return nil
}

func (w *world) deviceRouteLabel(f *frame, r *routeModel, calls float64) string {
	verb := "Own"
	if r.kind == Rent {
		verb = "Rent"
	}
	if r.held == nil {
		return verb + " " + r.model.ShortName
	}
	label := verb + " " + setupCount(f.replicas(r.held, r.modelAt, calls)+w.spare, r.held)
	if r.modelAt != 0 {
		label += ", " + r.model.ShortName
	}
	return label
}

// setupCount names so many replicas of a set-up: "8 × H200", "2 sets of 8 × H200".
func setupCount(n int, c *candidate) string {
	label := cardsLabel(c.plan)
	if n > 1 {
		return notation.Whole(float64(n)) + " sets of " + label
	}
	return label
}

// priceRoute fills a route's figures at the likely state.
func (w *world) priceRoute(f *frame, r *routeModel, calls float64) Route {
	out := Route{
		ID: r.id, Kind: r.kind, Label: r.label, Model: r.model.ID, Weaker: r.weaker,
		BlockedBy: slices.Clone(r.blocked), Lines: []Line{}, Bill: []Item{}, Quality: w.quality(r.model),
		Evidence: catalog.Speculation, // of what is not priced; fillCosts knows better
	}
	if r.unmet != "" {
		out.BlockedBy = append(out.BlockedBy, r.unmet)
	}
	if !math.IsInf(f.plain(r, calls, false), 1) {
		w.fillCosts(f, r, calls, &out)
	}
	out.BlockedBy = append(out.BlockedBy, w.costGates(&out)...)
	if r.kind == Mixed && out.Monthly != nil && !f.mixedPays(r, out.Monthly.Likely, calls, true) {
		out.BlockedBy = append(out.BlockedBy, "mixed costs no less than the better of owning and the API alone")
	}
	out.Feasible = out.Monthly != nil && len(out.BlockedBy) == 0
	if out.BlockedBy == nil {
		out.BlockedBy = []string{}
	}
	return out
}

func (w *world) fillCosts(f *frame, r *routeModel, calls float64, out *Route) {
	zero := 0.0
	var lines []cost.Line
	switch r.kind {
	case API:
		lines = w.apiLines(f, r, calls)
		out.Upfront, out.LeadTime = &zero, &Range{Low: 0, Likely: 0, High: 1}
		floor := f.apis[r.at].Fixed()
		out.Floor, out.PowerKW = &floor, &zero
	case Rent:
		lines = w.rentRoute(f, r, calls, out)
	case Own:
		lines = w.ownRoute(f, r, calls, out)
	case Mixed:
		lines = w.mixedRoute(f, r, calls, out)
	}
	if r.held != nil && r.held.fewBits() {
		for i := range lines {
			if r.kind != Mixed || strings.HasPrefix(lines[i].ID, "own_") {
				lines[i].Evidence = r.held.restsOn(lines[i].Evidence)
			}
		}
	}
	lines = append(lines, w.reviewLine(f, r, calls))
	total := 0.0
	out.Evidence = catalog.Confirmed
	for _, l := range lines {
		out.Lines = append(out.Lines, Line{
			ID: l.ID, Label: l.Label, Quantity: l.Quantity, Unit: l.Unit, UnitUSD: l.UnitUSD, USD: l.USD(),
			Formula: l.Formula, Evidence: l.Evidence, Source: l.Source,
		})
		total += l.USD()
	}
	for _, l := range lines {
		if math.Abs(l.USD()) >= 0.05*math.Abs(total) && l.USD() != 0 {
			out.Evidence = weakest(out.Evidence, l.Evidence)
		}
	}
	out.Evidence = r.held.restsOn(out.Evidence)
	out.Monthly = &Range{Low: total, Likely: total, High: total}
	cash := total
	for _, l := range lines {
		if paidUpFront(l.ID) {
			cash -= l.USD()
		}
	}
	out.Cash = &cash
	w.perCall(out, r.model, calls, f)
}

// paidUpFront reports whether a line stands for money that is paid before the first call.
func paidUpFront(line string) bool {
	line = strings.TrimPrefix(line, "own_")
	return line == "capital" || line == "implementation"
}

// perCall derives the cost of a successful call and of a task from the month's.
func (w *world) perCall(out *Route, m *catalog.Model, calls float64, f *frame) {
	good := calls * w.success(m)
	if good <= 0 {
		return
	}
	per := out.Monthly.Scale(1 / good)
	task := per.Scale(f.p.x[w.axes.perTask])
	out.PerCall, out.PerTask = &per, &task
}

func (w *world) quality(m *catalog.Model) []Score {
	out := make([]Score, 0, len(m.Quality))
	for id, v := range m.Quality {
		out = append(out, Score{Benchmark: id, Score: v, Source: m.QualitySource})
	}
	slices.SortFunc(out, func(a, b Score) int {
		if a.Benchmark < b.Benchmark {
			return -1
		}
		return 1
	})
	return out
}

// inputLine is a line whose unit price is an input of the person's.
func (w *world) inputLine(id, label string, quantity float64, unit string, unitUSD float64, path, formula string) cost.Line {
	fact := w.axes.dims[w.axes.of[path]].fact
	return cost.Line{
		ID: id, Label: label, Quantity: quantity, Unit: unit, UnitUSD: unitUSD, Formula: formula,
		Evidence: fact.Evidence, Source: fact.Source,
	}
}

// apiLines are an API route's named costs. Each states its formula with the numbers filled in.
func (w *world) apiLines(f *frame, r *routeModel, calls float64) []cost.Line {
	t, k := f.apis[r.at], f.works[0]
	tokens := func(id, label string, each, usd float64) cost.Line {
		m := calls * each / 1e6
		ev, src := w.priceEvidence(r, tokenPaths[id])
		return cost.Line{ID: id, Label: label, Quantity: m, Unit: "M tokens", UnitUSD: usd, Evidence: ev, Source: src,
			Formula: fmt.Sprintf("%s calls × %s tokens / 1,000,000 × %s", notation.Formula(calls), notation.Formula(each), w.money.Formula(usd))}
	}
	lines := []cost.Line{
		tokens("input", "Input tokens", k.Input*(1-k.CacheHits), t.Price.Input),
		tokens("cached_input", "Input tokens found in the cache", k.Input*k.CacheHits, t.Price.Cached),
		tokens("output", "Answer tokens", k.Output, t.Price.Output),
		tokens("reasoning", "Thinking tokens", k.Reasoning, t.Price.Output),
	}
	sum := total(lines)
	share := func(id, label string, q float64, path, words string) {
		l := w.inputLine(id, label, q, "share", sum, path, fmt.Sprintf("%s × %s %s", notation.Formula(q), w.money.Formula(sum), words))
		lines = append(lines, l)
		sum += l.USD()
	}
	share("retries", "Failed attempts", k.Retry, "workload.retry_rate", "of tokens")
	share("time_bands", "Dear hours", t.PeakShare*(t.PeakMultiplier-1), "api.peak_multiplier", "of tokens and retries")
	share("batch", "Batch discount", 0-t.BatchShare*t.BatchDiscount, "api.batch_discount", "of tokens, retries and dear hours")
	if d := w.batchFact; d != nil && t.BatchDiscount > 0 && w.s.Likely("api.batch_discount") == 0 {
		lines[len(lines)-1].Evidence, lines[len(lines)-1].Source = d.Evidence, d.Source
	}
	share("markup", "Gateway fee", t.Markup, "api.gateway_markup", "of all token money")
	if r.id == "api-gateway" && w.gateway != nil && w.s.Likely("api.gateway_markup") == 0 {
		lines[len(lines)-1].Evidence, lines[len(lines)-1].Source = w.gateway.Evidence, w.gateway.Source
	}
	backup := t.FallbackCall(k)
	with := ""
	if t.Markup != 0 {
		with += ", the gateway's fee in it"
	}
	if t.AllBatch {
		with += ", at the batch discount"
	}
	lines = append(lines,
		w.inputLine("fallback", "Answered again by the fallback", calls*t.FallbackRate, "calls", backup, "workload.fallback_rate",
			fmt.Sprintf("%s calls × %s × %s a call%s", notation.Formula(calls), notation.Formula(t.FallbackRate), w.money.Formula(backup), with)),
		w.inputLine("platform", "Platform", 1, "month", t.Platform, "api.platform_usd_per_month", "stated"),
		w.inputLine("logging", "Logging", 1, "month", t.Logging, "api.logging_usd_per_month", "stated"),
		w.peopleLine("people", "People who look after the API", f.p.x[w.axes.apiFTE], f))
	return lines
}

func total(lines []cost.Line) float64 {
	sum := 0.0
	for _, l := range lines {
		sum += l.USD()
	}
	return sum
}

// tokenPaths are the inputs that give the price of a line of tokens.
var tokenPaths = map[string]string{
	"input": "api.input_usd_per_mtok", "cached_input": "api.cached_input_usd_per_mtok",
	"output": "api.output_usd_per_mtok", "reasoning": "api.output_usd_per_mtok",
}

// priceEvidence says how far a token price of a route can be relied on.
func (w *world) priceEvidence(r *routeModel, path string) (catalog.Evidence, string) {
	_, typed := w.typed(path)
	if path == "api.cached_input_usd_per_mtok" && !typed && w.noHitPrice() {
		path = "api.input_usd_per_mtok" // hits are billed as misses
		_, typed = w.typed(path)
	}
	switch {
	case r.id == "cloud-endpoint":
		return catalog.Likely, fmt.Sprintf("median of %d cloud listings, newest %s", w.cloud.Listings, w.cloud.Newest)
	case typed:
		return w.yours(path)
	case w.named != nil:
		return w.named.Evidence, w.named.Source
	}
	return catalog.Likely, w.marketSource()
}

// yours is the evidence of a price that the person gave: their quote, else their word.
func (w *world) yours(path string) (catalog.Evidence, string) {
	if q, ok := w.s.Quote(path); ok {
		return catalog.Yours, q.Source()
	}
	return catalog.Yours, "your price"
}

func (w *world) peopleLine(id, label string, heads float64, f *frame) cost.Line {
	pay := f.p.x[w.axes.pay]
	return w.inputLine(id, label, heads, "people", pay, "finance.staff_usd_per_month",
		fmt.Sprintf("%s full-time × %s a month", notation.Formula(heads), w.money.Formula(pay)))
}

func (w *world) reviewLine(f *frame, r *routeModel, calls float64) cost.Line {
	k, rate := f.works[r.modelAt], f.p.x[w.axes.reviewUSD]
	hours := 0.0
	if rate != 0 {
		hours = calls * k.Review / rate
	}
	return w.inputLine("review", "Human review", hours, "hours", rate, "workload.review_minutes_per_call",
		fmt.Sprintf("%s hours × %s", notation.Formula(hours), w.money.Formula(rate)))
}

// rentRoute fills a rent route and returns its lines.
func (w *world) rentRoute(f *frame, r *routeModel, calls float64, out *Route) []cost.Line {
	c := r.held
	n := f.replicas(c, r.modelAt, calls) + w.spare
	t, _ := f.rentTerms(c)
	hours := t.DeviceHours(n)
	ev, src := catalog.Likely, fmt.Sprintf("listed %s rents of %s", w.rentTerm, c.plan.Device.ShortName)
	if !w.s.IsNull("finance.rent_usd_per_device_hour") && w.pricedByHand(c) {
		ev, src = w.yours("finance.rent_usd_per_device_hour")
	}
	lines := []cost.Line{
		{ID: "devices", Label: "Rented devices", Quantity: hours, Unit: "device hours", UnitUSD: t.DeviceHourUSD, Evidence: ev, Source: src,
			Formula: fmt.Sprintf("%d devices × %s h × %s", t.Devices(n), notation.Formula(t.HoursPerMonth), w.money.Formula(t.DeviceHourUSD))},
		w.inputLine("storage", "Storage", 1, "month", t.Storage, "finance.storage_usd_per_month", "stated"),
		w.inputLine("egress", "Data leaving the cloud", 1, "month", t.Egress, "finance.egress_usd_per_month", "stated"),
		w.peopleLine("people", "People who run it", t.People.Heads(t.Servers(n)), f),
		w.implementLine(t.Implement, t.ImplementUSD(), t.Horizon),
	}
	w.fillSetupFacts(f, r, n, calls, out)
	zero, floor, up := 0.0, t.Monthly(1+w.spare), t.Implement
	out.Floor, out.Upfront, out.PowerKW = &floor, &up, &zero
	out.Commitment = map[string]float64{"1-year": 12, "3-year": 36}[w.rentTerm]
	out.LeadTime = rentLeadTime()
	out.Bill = []Item{{What: c.plan.Device.Name + ", rented, " + w.rentTerm, Quantity: float64(t.Devices(n)),
		UnitUSD: exactly(t.DeviceHourUSD), Evidence: ev, Source: src}}
	return lines
}

// rentLeadTime is how many weeks a rented machine takes to be there.
func rentLeadTime() *Range { return &Range{Low: 0, Likely: 1, High: 4} }

// ownLeadTime is how many weeks a bought set-up takes to arrive.
func ownLeadTime(c *candidate) Range {
	if c.host != nil {
		return c.host.LeadTimeWeeks
	}
	return Range{Low: 1, Likely: 2, High: 6} // a machine or card from stock
}

// copied keeps a figure of the catalogue from being rounded with the assessment's.
func copied(r *Range) *Range {
	if r == nil {
		return nil
	}
	c := *r
	return &c
}

func exactly(v float64) *Range {
	r := catalog.Exact(v)
	return &r
}

func (w *world) implementLine(once, monthly float64, horizon int) cost.Line {
	return w.inputLine("implementation", "Implementation", 1, "month", monthly, "finance.implementation_usd",
		fmt.Sprintf("%s / %d months", w.money.Formula(once), horizon))
}

// ownLines are the named costs of owning n replicas.
func (w *world) ownLines(f *frame, c *candidate, t *cost.OwnTerms, n int) []cost.Line {
	servers := float64(t.Servers(n))
	price := t.Purchase(n) * t.BoughtShare(n)
	ev, src := w.serverEvidence(c)
	each := func(v float64) float64 { return v / servers }
	kw := t.KW(n)
	kwh := kw * t.LoadShare * cost.HoursPerMonth
	power := cost.Line{Quantity: kwh * t.PUE, UnitUSD: t.KWhUSD}
	words := fmt.Sprintf("%s kW × PUE %s × load %s × 730 h × %s", notation.Formula(kw), notation.Formula(t.PUE), notation.Formula(t.LoadShare), w.money.Formula(t.KWhUSD))
	if t.Colocated {
		power.Quantity = kwh
		words = fmt.Sprintf("%s kW × load %s × 730 h × %s", notation.Formula(kw), notation.Formula(t.LoadShare), w.money.Formula(t.KWhUSD))
		if t.PowerInSpace {
			power.Quantity, words = 0, "included in the colocation price"
		}
	}
	space := 0.0
	if t.Colocated {
		space = kw
	}
	return []cost.Line{
		{ID: "capital", Label: "Servers, paid back with interest", Quantity: servers, Unit: "servers", UnitUSD: each(t.Capital(n)), Evidence: ev, Source: src,
			Formula: fmt.Sprintf("%s bought × (1 + %s) over %d months at %s a year, %s back at the end", w.money.Formula(price),
				notation.Formula(t.Install+t.Network), t.Months, notation.Formula(100*t.CapitalRate)+" %", w.money.Formula(t.Residual*price))},
		w.inputLine("maintenance", "Support and spare parts", servers, "servers", each(t.MaintenanceUSD(n)), "finance.maintenance_share_per_year",
			fmt.Sprintf("%s a year / 12 × %s", notation.Formula(100*t.Maintenance)+" %", w.money.Formula(t.Purchase(n)))),
		w.inputLine("power", "Electricity", power.Quantity, "kWh", power.UnitUSD, "finance.electricity_usd_per_kwh", words),
		w.inputLine("space", "Colocation space", space, "kW", t.SpaceUSD, "finance.space_usd_per_kw_month",
			fmt.Sprintf("%s kW × %s", notation.Formula(space), w.money.Formula(t.SpaceUSD))),
		w.peopleLine("people", "People who run it", t.People.Heads(t.Servers(n)), f),
		w.implementLine(t.Implement, t.ImplementUSD(), t.Horizon),
	}
}

// serverEvidence says how far the price of a candidate's machines can be relied on.
func (w *world) serverEvidence(c *candidate) (catalog.Evidence, string) {
	if !w.s.IsNull("finance.server_usd") && w.pricedByHand(c) {
		return w.yours("finance.server_usd")
	}
	ev, src := c.cardEvidence()
	if c.host != nil {
		ev = weakest(ev, c.host.Evidence)
		src += "; host: " + c.host.Source
	}
	return ev, src
}

func (w *world) ownRoute(f *frame, r *routeModel, calls float64, out *Route) []cost.Line {
	c := r.held
	n := f.replicas(c, r.modelAt, calls) + w.spare
	t := f.ownTerms(c)
	w.fillSetupFacts(f, r, n, calls, out)
	w.fillPurchase(c, t, n, out)
	floor := t.Monthly(1 + w.spare)
	out.Floor = &floor
	return w.ownLines(f, c, t, n)
}

// fillPurchase says what would be bought.
func (w *world) fillPurchase(c *candidate, t *cost.OwnTerms, n int, out *Route) {
	up, kw := t.Upfront(n), t.KW(n)
	out.Upfront, out.PowerKW = &up, &kw
	out.Commitment = float64(t.Months)
	lead := ownLeadTime(c)
	out.LeadTime = &lead
	if t.ServerUSD > 0 {
		ev, src := w.yours("finance.server_usd")
		out.Bill = []Item{{What: "Server with " + c.cardsInServer(t.Devices(n)/max(1, t.Servers(n))),
			Quantity: float64(t.Servers(n)) * t.BoughtShare(n), UnitUSD: exactly(t.ServerUSD), Evidence: ev, Source: src}}
	} else {
		out.Bill = c.cardItems(t.Devices(n), t.AlreadyOwned)
		if c.host != nil {
			host := c.host.PriceUSD
			out.Bill = append(out.Bill, Item{What: c.host.Name, Quantity: float64(t.Servers(n)) * t.BoughtShare(n),
				UnitUSD: &host, Evidence: c.host.Evidence, Source: c.host.Source})
		}
	}
	out.Bill = slices.DeleteFunc(out.Bill, func(i Item) bool { return i.Quantity == 0 }) // owned already
	if extra := (t.Install + t.Network) * t.BoughtShare(n); extra > 0 {
		out.Bill = append(out.Bill, Item{What: "Installation and network", Quantity: 1,
			UnitUSD: exactly(t.Purchase(n) * extra), Evidence: catalog.Likely, Source: "share of the machines' price"})
	}
}

// fillSetupFacts says on what a route runs and how fast its cost was taken.
func (w *world) fillSetupFacts(f *frame, r *routeModel, n int, calls float64, out *Route) {
	c := r.held
	out.SetupLabel, out.Replicas, out.Servers = c.label, n, c.packing.Servers(n)
	run := c.server.Steady(loadOf(f.works[r.modelAt]), f.wish, f.busiest(r.modelAt, calls), max(1, n-w.spare))
	out.Speed = RouteSpeed{PerUserTokS: known(run.Speed.PerUser), ConcurrentSequences: known(run.PerReplica), BusyShare: known(math.Min(1, run.BusyShare/f.peak))}
}

// known returns a pointer to a figure, nil when it is not finite.
func known(v float64) *float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

func (w *world) mixedRoute(f *frame, r *routeModel, calls float64, out *Route) []cost.Line {
	c, split := f.split(r, calls, false)
	n := split.Replicas + w.spare
	t := f.ownTerms(c)
	lines := w.ownLines(f, c, t, n)
	for i := range lines {
		lines[i].ID, lines[i].Label = "own_"+lines[i].ID, "Own: "+lines[i].Label
	}
	api := w.apiLines(f, w.direct, calls*(1-split.OwnShare))
	for i := range api {
		api[i].ID, api[i].Label = "api_"+api[i].ID, "API: "+api[i].Label
	}
	out.SetupLabel, out.Replicas, out.Servers = c.label, n, t.Servers(n)
	w.fillPurchase(c, t, n, out)
	floor := t.Monthly(1+w.spare) + f.direct.Fixed()
	out.Floor = &floor
	perHour := f.rate(c, 0)
	run := c.server.Steady(loadOf(f.works[0]), f.wish, math.Min(perHour*float64(split.Replicas), f.busiest(0, calls)), max(1, split.Replicas))
	out.Speed = RouteSpeed{PerUserTokS: known(run.Speed.PerUser), ConcurrentSequences: known(run.PerReplica), BusyShare: known(math.Min(1, split.OwnShare*f.busiest(0, calls)/f.peak/(perHour*float64(max(1, split.Replicas)))))}
	return append(lines, api...)
}
