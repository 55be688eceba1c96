package report

import (
	"fmt"
	"strings"

	"hostwise/calc"
)

// model is one case's sheets and where its inputs stand on them.
type model struct {
	book   *workbook
	c      Case
	suffix string
	inputs *page
	at     map[string]string // place of an input, by its path or by a name of ours
	now    map[string]float64
}

// sheet is the name of one of the case's sheets.
func (m *model) sheet(name string) string { return name + m.suffix }

// caseSheets writes the sheets of a case.
func (b *workbook) caseSheets(of int) {
	m := &model{book: b, c: b.job.cases[of], at: map[string]string{}, now: map[string]float64{}}
	if of > 0 {
		m.suffix = fmt.Sprintf(" %d", of+1)
	}
	for _, name := range sheetNames { // so that they stand in this order
		_, err := b.file.NewSheet(m.sheet(name))
		b.keep(err)
	}
	m.inputSheet()
	totals := m.costSheet()
	m.answerSheet(totals)
	m.assumptionSheet()
	m.memorySheet()
	m.capacitySheet()
	m.curveSheet(totals)
	m.breakEvenSheet(totals)
	m.overTimeSheet()
	m.sourceSheet()
	if b.err == nil {
		b.keep(b.job.step())
	}
}

// demand is the scenario's demand as the routes were priced with it. It is read from the lines of the costs, so that
// what one model has of its own is in it.
type demand struct {
	calls, input, cached, output, reasoning, retry float64
}

func (c Case) demand() demand {
	s := c.Scenario
	d := demand{calls: s.Likely("workload.calls_per_month"), input: s.Likely("workload.input_tokens_per_call"), cached: s.Likely("workload.cached_input_share"),
		output: s.Likely("workload.output_tokens_per_call"), reasoning: s.Likely("workload.reasoning_tokens_per_call"), retry: s.Likely("workload.retry_rate")}
	for _, id := range []string{"api-direct", "cloud-endpoint"} {
		r := c.Assessment.Route(id)
		if r == nil || len(r.Lines) == 0 || d.calls <= 0 {
			continue
		}
		miss, hit := lineOf(r, "input"), lineOf(r, "cached_input")
		d.input = (miss.Quantity + hit.Quantity) * 1e6 / d.calls
		if d.input > 0 {
			d.cached = hit.Quantity / (miss.Quantity + hit.Quantity)
		}
		d.output = lineOf(r, "output").Quantity * 1e6 / d.calls
		d.reasoning = lineOf(r, "reasoning").Quantity * 1e6 / d.calls
		d.retry = lineOf(r, "retries").Quantity
		break
	}
	return d
}

// lineOf is a line of a route, empty where it has none.
func lineOf(r *calc.Route, id string) calc.Line {
	for _, l := range r.Lines {
		if l.ID == id {
			return l
		}
	}
	return calc.Line{}
}

// inputSheet lists what may be changed, and what is copied from the case.
func (m *model) inputSheet() {
	p := m.book.page(m.sheet(sheetInputs), 44, 18, 20, 14, 14, 60)
	m.inputs = p
	p.title("Inputs", "Coloured cells may be changed: every total of this workbook follows. Grey ones need Hostwise. "+m.dollars())
	p.head(true, "Input", ">Value", "Unit", "From", "Evidence", "Source")
	if !m.c.currency().IsDollar() {
		m.section("Currency")
		a := m.c.assumption(ratePath)
		if day := m.c.Scenario.Text("currency.as_of"); day != "" {
			a.Source = "rate of " + oneLine(day)
		}
		m.put(ratePath, m.c.code()+" for one dollar", m.c.Scenario.Likely(ratePath), m.c.code(), true, formatCount, a)
	}
	d := m.c.demand()
	m.section("Demand")
	m.live("workload.calls_per_month", d.calls)
	m.live("workload.input_tokens_per_call", d.input)
	m.live("workload.output_tokens_per_call", d.output)
	m.live("workload.reasoning_tokens_per_call", d.reasoning)
	m.live("workload.cached_input_share", d.cached)
	m.live("workload.retry_rate", d.retry)
	for _, path := range []string{"workload.fallback_rate", "workload.peak_to_average", "workload.review_minutes_per_call", "workload.review_usd_per_hour", "workload.calls_per_task"} {
		m.liveInput(path)
	}
	m.priceInputs()
	m.section("Rent")
	for _, path := range []string{"finance.rent_hours_per_week", "finance.storage_usd_per_month", "finance.egress_usd_per_month"} {
		m.liveInput(path)
	}
	m.section("Own")
	for _, path := range []string{"finance.install_share", "finance.network_share", "finance.depreciation_months", "finance.residual_share",
		"finance.cost_of_capital_per_year", "finance.maintenance_share_per_year", "finance.electricity_usd_per_kwh", "finance.pue",
		"finance.power_load_share", "finance.space_usd_per_kw_month"} {
		m.liveInput(path)
	}
	m.section("People and project")
	for _, path := range []string{"finance.staff_fte", "finance.staff_fte_per_extra_server", "finance.staff_usd_per_month", "finance.implementation_usd", "finance.horizon_months"} {
		m.liveInput(path)
	}
	m.machineInputs()
	m.copiedInputs()
	p.protect()
}

// dollars says what the amounts are in.
func (m *model) dollars() string {
	s := "Amounts in US dollars before tax"
	if !m.c.currency().IsDollar() {
		s += "; " + m.c.rateWords() + ", and the sheet Answer has the totals in " + m.c.code() + " too"
	}
	return s + "."
}

func (m *model) section(name string) {
	m.inputs.row++
	m.inputs.text(1, name, style{bold: true})
	m.inputs.row++
}

// liveInput writes an input of the scenario at its likely value.
func (m *model) liveInput(path string) { m.live(path, m.c.Scenario.Likely(path)) }

// live writes an input that may be changed.
func (m *model) live(path string, v float64) {
	in := calc.InputAt(path)
	label, unit := path, ""
	if in != nil {
		label, unit = in.Label, unitWords(in.Unit)
	}
	a := m.c.assumption(path)
	m.put(path, label, v, unit, true, formatOf(unit), a)
}

// put writes a row of the sheet and remembers where its value stands.
func (m *model) put(key, label string, v float64, unit string, live bool, format string, a calc.Assumption) {
	p := m.inputs
	p.text(1, label, style{})
	p.value(2, v, style{live: live, soft: !live, format: format})
	p.text(3, unit, style{soft: true})
	p.text(4, a.From, style{soft: true})
	p.text(5, string(a.Evidence), style{soft: true})
	p.text(6, a.Source, style{soft: true})
	m.at[key] = p.fixed(2, p.row)
	m.now[key] = v
	p.row++
}

// unitWords writes an input's unit for a cell.
func unitWords(u calc.Unit) string {
	switch u {
	case calc.UnitShare, calc.UnitSharePerMon, calc.UnitSharePerYr:
		return strings.Replace(string(u), "share", "share of 1", 1)
	case calc.UnitUSDPerMTok:
		return "USD a million tokens"
	}
	return strings.Replace(strings.ReplaceAll(string(u), "usd", "USD"), "/", " a ", 1)
}

func formatOf(unit string) string {
	if strings.HasPrefix(unit, "share") {
		return formatShare
	}
	return formatCount
}

// priceInputs are the token prices of the API routes: the case's own, and the clouds'.
func (m *model) priceInputs() {
	for _, one := range []struct{ id, title string }{{"api-direct", "API prices"}, {"cloud-endpoint", "Cloud endpoint prices"}} {
		r := m.c.Assessment.Route(one.id)
		if r == nil || len(r.Lines) == 0 {
			continue
		}
		m.section(one.title)
		for _, line := range []struct{ id, label string }{{"input", "Input price"}, {"cached_input", "Repeated input price"}, {"output", "Output price"}} {
			l := lineOf(r, line.id)
			m.put(one.id+"."+line.id, line.label, l.UnitUSD, "USD a million tokens", true, formatPrice, calc.Assumption{From: "catalogue", Evidence: l.Evidence, Source: l.Source})
		}
	}
	m.section("Using an API")
	for _, path := range []string{"api.peak_hours_share", "api.peak_multiplier", "api.batch_share", "api.batch_discount"} {
		m.liveInput(path)
	}
	for _, one := range []struct{ key, id, line, label string }{
		{"gateway", "api-gateway", "markup", "Gateway fee"},
	} {
		if r := m.c.Assessment.Route(one.id); r != nil && len(r.Lines) > 0 {
			l := lineOf(r, one.line)
			m.put(one.key, one.label, l.Quantity, "share of 1", true, formatShare, calc.Assumption{From: "catalogue", Evidence: l.Evidence, Source: l.Source})
		}
	}
	if r := m.c.Assessment.Route("api-batch"); r != nil && len(r.Lines) > 0 {
		l := lineOf(r, "batch")
		m.put("batch", "Batch discount of the provider, where none is typed", -l.Quantity, "share of 1", true, formatShare, calc.Assumption{Evidence: l.Evidence, Source: l.Source})
	}
	for _, path := range []string{"api.platform_usd_per_month", "api.logging_usd_per_month", "api.staff_fte"} {
		m.liveInput(path)
	}
}

// calculated reports whether a route is worked out live: one that has a cost, on a model that may win.
func calculated(r *calc.Route) bool {
	return r.Monthly != nil && len(r.Lines) > 0 && (!r.Weaker || r.Feasible)
}

// hosted are the routes on devices that are worked out live.
func (c Case) hosted() []*calc.Route {
	var out []*calc.Route
	for i := range c.Assessment.Routes {
		if r := &c.Assessment.Routes[i]; r.Kind != calc.API && calculated(r) {
			out = append(out, r)
		}
	}
	return out
}

// itemKey names the price of a route's i-th item among the inputs.
func itemKey(r *calc.Route, i int) string { return fmt.Sprintf("%s.item%d", r.ID, i) }

// priced reports whether an item of a bill is a machine with a price: the share for installation and network has inputs
// of its own.
func priced(it calc.Item) bool { return it.UnitUSD != nil && it.What != "Installation and network" }

// machineInputs are the prices of what each route on devices is made of.
func (m *model) machineInputs() {
	for _, r := range m.c.hosted() {
		m.section("Machines of: " + r.Label)
		for i, it := range r.Bill {
			if !priced(it) {
				continue
			}
			unit := "USD each, " + plural(it.Quantity)
			if r.Kind == calc.Rent {
				unit = "USD a device hour, " + plural(it.Quantity)
			}
			m.put(itemKey(r, i), it.What, it.UnitUSD.Likely, unit, true, formatPrice, calc.Assumption{From: "catalogue", Evidence: it.Evidence, Source: it.Source})
		}
	}
}

func plural(n float64) string {
	if n == 1 {
		return "1 of it"
	}
	return fmt.Sprintf("%g of them", n)
}

// copiedInputs are what the serving model says; they are locked.
func (m *model) copiedInputs() {
	p := m.inputs
	m.section("Copied from the case: recalculate in Hostwise when demand or machines change")
	note := calc.Assumption{From: "Hostwise", Source: "recalculate in Hostwise: this needs the serving model"}
	for _, r := range m.c.hosted() {
		p.text(1, r.Label, style{soft: true})
		p.row++
		m.put(r.ID+".replicas", "  Replicas, spares included", float64(r.Replicas), "replicas", false, formatCount, note)
		m.put(r.ID+".servers", "  Servers", float64(r.Servers), "servers", false, formatCount, note)
		for i, it := range r.Bill {
			if priced(it) {
				m.put(itemKey(r, i)+".quantity", "  "+it.What, it.Quantity, "pieces", false, formatCount, note)
			}
		}
		if r.PowerKW != nil && r.Kind != calc.Rent {
			m.put(r.ID+".kw", "  Power at full load, without cooling", *r.PowerKW, "kW", false, formatCount, note)
		}
		m.capacityRange(r, note)
		if r.Kind == calc.Mixed {
			m.put(r.ID+".api_share", "  Share of calls that goes to the API", m.c.apiShare(r), "share of 1", false, formatShare, note)
		}
	}
}

// apiShare is the share of a mixed route's calls that the API takes.
func (c Case) apiShare(r *calc.Route) float64 {
	direct := c.Assessment.Route("api-direct")
	if direct == nil {
		return 0
	}
	for _, id := range []string{"input", "output", "cached_input", "reasoning"} {
		if all := lineOf(direct, id).Quantity; all > 0 {
			return lineOf(r, "api_"+id).Quantity / all
		}
	}
	return 0
}

// capacityRange writes between which volumes the copied machines are the right ones: the step of the cost curve that
// the case stands on. Where the curve has no such step, only the case's own volume is sure.
func (m *model) capacityRange(r *calc.Route, note calc.Assumption) {
	low, high := m.c.step(r)
	m.put(r.ID+".from", "  Right from this many calls a month", low, "calls", false, formatCount, note)
	m.put(r.ID+".to", "  Right up to this many calls a month", high, "calls", false, formatCount, note)
}

// step is the stretch of the curve around the case's volume in which a route on devices costs the same, human review
// left out: in it the same machines serve.
func (c Case) step(r *calc.Route) (low, high float64) {
	a, calls := c.Assessment, c.demand().calls
	low, high = calls, calls
	curve := a.Curve.Routes[r.ID]
	if r.Kind == calc.Mixed || r.Monthly == nil || len(curve) != len(a.Curve.CallsPerMonth) || calls <= 0 {
		return low, high
	}
	perCall := lineOf(r, "review").USD / calls
	flat := r.Monthly.Likely - perCall*calls
	same := func(i int) bool {
		if curve[i] == nil {
			return false
		}
		usd := *curve[i] - perCall*a.Curve.CallsPerMonth[i]
		return usd-flat < 1e-6*flat && flat-usd < 1e-6*flat
	}
	for i, at := range a.Curve.CallsPerMonth {
		if at >= calls {
			if !same(i) {
				break
			}
			high = max(high, at)
		}
	}
	for i := len(curve) - 1; i >= 0; i-- {
		if at := a.Curve.CallsPerMonth[i]; at <= calls {
			if !same(i) {
				break
			}
			low = min(low, at)
		}
	}
	return low, high
}
