package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"hostwise/calc"
)

// totals are the cells of the sheet Costs that other sheets follow.
type totals struct {
	route                      *calc.Route
	month, perCall, upfront    string // places; "" where there is none
	fixed, review, holds       string
	monthUSD, fixedUSD, perUSD float64
	reviewUSD, upfrontUSD      float64
}

// costSheet writes every route that has a cost as live lines, the answer's first.
func (m *model) costSheet() map[string]totals {
	p := m.book.page(m.sheet(sheetCosts), 46, 18, 16, 18, 18, 18, 14, 14, 54, 64)
	p.title("Costs by route", "Quantity × price each, live. Every route keeps the set-up of the case: Hostwise may find a cheaper one at other prices. A month is 730 hours. "+m.dollars())
	p.head(true, "Line", ">Quantity", "Unit", ">USD each", ">USD a month", ">In the case", ">Difference", "Evidence", "Source", "How")
	out := map[string]totals{}
	for i := range m.c.Assessment.Routes {
		if r := &m.c.Assessment.Routes[i]; calculated(r) {
			out[r.ID] = m.routeBlock(p, r)
		}
	}
	return out
}

// routeLines is a route's block while it is written.
type routeLines struct {
	*model
	p      *page
	r      *calc.Route
	first  int               // row of the first line
	bought string            // place of what the machines cost
	basis  string            // place of what support is paid on
	rows   map[string]string // place of a line's dollars by its id
}

// routeBlock writes a route: what it is, its lines, and what follows from them.
func (m *model) routeBlock(p *page, r *calc.Route) totals {
	t := totals{route: r, monthUSD: r.Monthly.Likely}
	state := "feasible"
	if !r.Feasible && len(r.BlockedBy) > 0 {
		state = "ruled out: " + ruleWords(r.BlockedBy[0])
	}
	p.text(1, r.Label, style{bold: true})
	p.text(3, state, style{soft: true})
	p.text(9, r.SetupLabel, style{soft: true})
	p.row++
	l := &routeLines{model: m, p: p, r: r, rows: map[string]string{}}
	if r.Kind == calc.Own || r.Kind == calc.Mixed {
		l.machines()
	}
	l.first = p.row
	for i := range r.Lines {
		if i > 0 && r.Kind == calc.Mixed && r.Lines[i].ID == "api_input" {
			l.first = p.row // the API's shares are of the API's own tokens
		}
		l.line(&r.Lines[i])
	}
	l.results(&t)
	p.row++
	return t
}

// in is the place of an input.
func (l *routeLines) in(key string) string {
	if at, ok := l.at[key]; ok {
		return at
	}
	return number(l.c.Scenario.Likely(key)) // an input without a place of its own: its value
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

// machines writes what the machines cost: pieces × price. What is already owned has no place among the pieces; it is
// added as a fixed amount.
func (l *routeLines) machines() {
	var terms []string
	sum := 0.0
	for i, it := range l.r.Bill {
		if priced(it) {
			terms = append(terms, l.in(itemKey(l.r, i)+".quantity")+"*"+l.in(itemKey(l.r, i)))
			sum += it.Quantity * it.UnitUSD.Likely
		}
	}
	s := l.c.Scenario
	extra := 1 + s.Likely("finance.install_share") + s.Likely("finance.network_share")
	bought, basis := sum, sum
	if l.r.Upfront != nil {
		bought = settle((*l.r.Upfront-s.Likely("finance.implementation_usd"))/extra, sum)
	}
	if share := s.Likely("finance.maintenance_share_per_year"); share > 0 {
		basis = settle(lineOf(l.r, l.own("maintenance")).USD*12/share, bought)
	}
	expr := strings.Join(terms, "+")
	if expr == "" {
		expr = "0"
	}
	if bought != sum {
		expr += plus(bought - sum)
	}
	l.bought = l.amount("Machines bought, before installation", expr, bought)
	l.basis = l.bought
	if basis != bought {
		l.basis = l.amount("Machines that support is paid on, those already owned included", l.bought+plus(basis-bought), basis)
	}
}

// settle returns the second number where the first differs from it by rounding only.
func settle(v, near float64) float64 {
	if math.Abs(v-near) <= 1e-7*math.Max(1, math.Abs(near)) {
		return near
	}
	return v
}

func plus(v float64) string {
	if v < 0 {
		return number(v)
	}
	return "+" + number(v)
}

// amount writes a row with one amount and returns its place.
func (l *routeLines) amount(label, expr string, now float64) string {
	l.p.text(1, label, style{soft: true})
	l.p.formula(5, expr, now, style{soft: true, format: formatMoney})
	at := l.p.fixed(5, l.p.row)
	l.p.row++
	return at
}

// own is the id of a line of owning: in a mixed route they carry a prefix.
func (l *routeLines) own(id string) string {
	if l.r.Kind == calc.Mixed {
		return "own_" + id
	}
	return id
}

// line writes one line of a cost.
func (l *routeLines) line(of *calc.Line) {
	p := l.p
	quantity, unit := l.formulas(of)
	p.text(1, of.Label, style{})
	p.formula(2, quantity, of.Quantity, style{format: formatCount})
	p.text(3, of.Unit, style{soft: true})
	p.formula(4, unit, of.UnitUSD, style{format: formatPrice})
	p.formula(5, ref(2, p.row)+"*"+ref(4, p.row), of.USD, style{format: formatMoney})
	p.value(6, of.USD, style{soft: true, format: formatMoney})
	p.formula(7, ref(5, p.row)+"-"+ref(6, p.row), 0.0, style{soft: true, format: formatMoney})
	p.text(8, string(of.Evidence), style{soft: true})
	p.text(9, of.Source, style{soft: true})
	p.text(10, of.Formula, style{soft: true})
	l.rows[of.ID] = p.fixed(5, p.row)
	p.row++
}

// formulas are a line's quantity and unit price as formulas over the inputs. Source: contract, "Routes" and "Own".
func (l *routeLines) formulas(of *calc.Line) (quantity, unit string) {
	id, kind := of.ID, l.r.Kind
	if kind == calc.Mixed {
		if rest, ok := strings.CutPrefix(id, "own_"); ok {
			id, kind = rest, calc.Own
		} else if rest, ok := strings.CutPrefix(id, "api_"); ok {
			id, kind = rest, calc.API
		}
	}
	if id == "review" {
		return l.review(of)
	}
	switch kind {
	case calc.API:
		return l.apiLine(id, of)
	case calc.Rent:
		return l.rentLine(id, of)
	}
	return l.ownLine(id, of)
}

// review is people's checking: minutes a call, or what this model has of its own.
func (l *routeLines) review(of *calc.Line) (quantity, unit string) {
	calls, minutes := l.now["workload.calls_per_month"], l.now["workload.review_minutes_per_call"]
	quantity = l.in("workload.calls_per_month") + "*" + l.in("workload.review_minutes_per_call") + "/60"
	if calls > 0 && settle(of.Quantity, calls*minutes/60) != calls*minutes/60 {
		quantity = l.in("workload.calls_per_month") + "*" + number(of.Quantity/calls)
	}
	return quantity, l.in("workload.review_usd_per_hour")
}

// apiCalls is how many calls the API takes: all of them, or in a mixed route its share.
func (l *routeLines) apiCalls() string {
	calls := l.in("workload.calls_per_month")
	if l.r.Kind == calc.Mixed {
		calls += "*" + l.in(l.r.ID+".api_share")
	}
	return calls
}

// price is the place of a token price of this route.
func (l *routeLines) price(id string) string {
	if l.r.ID == "cloud-endpoint" {
		return l.in("cloud-endpoint." + id)
	}
	return l.in("api-direct." + id)
}

func (l *routeLines) apiLine(id string, of *calc.Line) (quantity, unit string) {
	tokens := func(each string) string { return l.apiCalls() + "*" + each + "/1000000" }
	input, cached := l.in("workload.input_tokens_per_call"), l.in("workload.cached_input_share")
	before := fmt.Sprintf("SUM(%s:%s)", ref(5, l.first), ref(5, l.p.row-1)) // everything above, which a share is of
	switch id {
	case "input":
		return tokens(input + "*(1-" + cached + ")"), l.price("input")
	case "cached_input":
		return tokens(input + "*" + cached), l.price("cached_input")
	case "output":
		return tokens(l.in("workload.output_tokens_per_call")), l.price("output")
	case "reasoning":
		return tokens(l.in("workload.reasoning_tokens_per_call")), l.price("output")
	case "retries":
		return l.in("workload.retry_rate"), before
	case "time_bands":
		return l.in("api.peak_hours_share") + "*(" + l.in("api.peak_multiplier") + "-1)", before
	case "batch":
		return l.batch(), before
	case "markup":
		if l.r.ID == "api-gateway" {
			return l.in("gateway"), before
		}
		return "0", before
	case "fallback":
		return l.apiCalls() + "*" + l.in("workload.fallback_rate"), l.fallback(of)
	case "platform":
		return "1", l.in("api.platform_usd_per_month")
	case "logging":
		return "1", l.in("api.logging_usd_per_month")
	case "people":
		return l.in("api.staff_fte"), l.in("finance.staff_usd_per_month")
	}
	return number(of.Quantity), number(of.UnitUSD)
}

// batch is what batches take off, as a share below zero.
func (l *routeLines) batch() string {
	switch l.r.ID {
	case "cloud-endpoint":
		return "0"
	case "api-batch":
		own := l.in("api.batch_discount")
		return fmt.Sprintf("-IF(%[1]s>0,%[1]s,%[2]s)", own, l.in("batch"))
	}
	return "-" + l.in("api.batch_share") + "*" + l.in("api.batch_discount")
}

// fallback is what answering a call again costs: at this route's own prices, unless another price is named; with the
// gateway's markup, and at the discount where everything is a batch.
func (l *routeLines) fallback(of *calc.Line) string {
	if l.c.Scenario.Text("api.fallback_price") != "" {
		return number(of.UnitUSD)
	}
	factor := ""
	switch l.r.ID {
	case "api-gateway":
		factor = "*(1+" + l.in("gateway") + ")"
	case "api-batch":
		factor = "*(1+" + l.batch() + ")"
	}
	return fmt.Sprintf("(%[1]s*((1-%[2]s)*%[3]s+%[2]s*%[4]s)+(%[5]s+%[6]s)*%[7]s)/1000000",
		l.in("workload.input_tokens_per_call"), l.in("workload.cached_input_share"), l.price("input"), l.price("cached_input"),
		l.in("workload.output_tokens_per_call"), l.in("workload.reasoning_tokens_per_call"), l.price("output")) + factor
}

// people is who runs the machines: so many for the first two servers, and more for each further one.
func (l *routeLines) people() string {
	return fmt.Sprintf("%s+%s*MAX(0,%s-2)", l.in("finance.staff_fte"), l.in("finance.staff_fte_per_extra_server"), l.in(l.r.ID+".servers"))
}

func (l *routeLines) rentLine(id string, of *calc.Line) (quantity, unit string) {
	switch id {
	case "devices":
		return l.in(itemKey(l.r, 0)+".quantity") + "*730*" + l.in("finance.rent_hours_per_week") + "/168", l.in(itemKey(l.r, 0))
	case "storage":
		return "1", l.in("finance.storage_usd_per_month")
	case "egress":
		return "1", l.in("finance.egress_usd_per_month")
	case "people":
		return l.people(), l.in("finance.staff_usd_per_month")
	case "implementation":
		return "1", l.implementation()
	}
	return number(of.Quantity), number(of.UnitUSD)
}

func (l *routeLines) implementation() string {
	return l.in("finance.implementation_usd") + "/" + l.in("finance.horizon_months")
}

func (l *routeLines) ownLine(id string, of *calc.Line) (quantity, unit string) {
	servers, kw := l.in(l.r.ID+".servers"), l.in(l.r.ID+".kw")
	colocated := l.c.Scenario.Text("finance.site") == "colocation"
	switch id {
	case "capital":
		return servers, l.capital() + "/" + servers
	case "maintenance":
		return servers, l.in("finance.maintenance_share_per_year") + "/12*" + l.basis + "/" + servers
	case "power":
		hours := kw + "*" + l.in("finance.power_load_share") + "*730"
		switch {
		case !colocated:
			hours += "*" + l.in("finance.pue")
		case l.c.Scenario.Bool("finance.colocation_includes_power"):
			hours = "0"
		}
		return hours, l.in("finance.electricity_usd_per_kwh")
	case "space":
		if !colocated {
			return "0", l.in("finance.space_usd_per_kw_month")
		}
		return kw, l.in("finance.space_usd_per_kw_month")
	case "people":
		return l.people(), l.in("finance.staff_usd_per_month")
	case "implementation":
		return "1", l.implementation()
	}
	return number(of.Quantity), number(of.UnitUSD)
}

// capital is the even monthly payment that recovers what was spent, with what is left at the end taken off: PMT at the
// monthly rate that compounds to the yearly one.
func (l *routeLines) capital() string {
	return fmt.Sprintf("-PMT((1+%s)^(1/12)-1,%s,%s*(1+%s+%s),-%s*%s)", l.in("finance.cost_of_capital_per_year"), l.in("finance.depreciation_months"),
		l.bought, l.in("finance.install_share"), l.in("finance.network_share"), l.in("finance.residual_share"), l.bought)
}

// results writes what follows from the lines: the month, a call, the cash up front, and whether the copied machines
// still hold.
func (l *routeLines) results(t *totals) {
	p, r := l.p, l.r
	var all []string
	for i := range r.Lines {
		at := l.rows[r.Lines[i].ID]
		all = append(all, at[strings.LastIndexByte(at, '!')+1:])
	}
	total := style{bold: true, format: formatMoney}
	p.text(1, "A month", style{bold: true})
	p.formula(5, fmt.Sprintf("SUM(%s)", runs(all)), r.Monthly.Likely, total)
	p.value(6, r.Monthly.Likely, style{soft: true, format: formatMoney})
	p.formula(7, ref(5, p.row)+"-"+ref(6, p.row), 0.0, style{soft: true, format: formatMoney})
	t.month = p.fixed(5, p.row)
	p.row++
	if calls := l.now["workload.calls_per_month"]; r.PerCall != nil && r.PerCall.Likely != 0 && calls > 0 {
		success := settle(r.Monthly.Likely/r.PerCall.Likely/calls, 1)
		p.text(1, "A successful call", style{soft: true})
		t.perCall, t.perUSD = p.fixed(5, p.row), r.PerCall.Likely
		p.formula(5, fmt.Sprintf("%s/(%s*%s)", t.month, l.in("workload.calls_per_month"), number(success)), r.PerCall.Likely, style{format: formatPrice})
		p.row++
	}
	l.upfront(t)
	t.review, t.reviewUSD = l.rows["review"], lineOf(r, "review").USD
	if r.Kind == calc.API {
		t.fixedUSD = lineOf(r, "platform").USD + lineOf(r, "logging").USD + lineOf(r, "people").USD
		t.fixed = l.amount("Due before the first call", l.rows["platform"]+"+"+l.rows["logging"]+"+"+l.rows["people"], t.fixedUSD)
		return
	}
	p.text(1, "Do the copied machines still hold?", style{soft: true})
	p.formula(5, l.check(), "yes", style{bold: true})
	t.holds = p.fixed(5, p.row)
	p.row++
}

// runs writes cells of one column as ranges.
func runs(cells []string) string {
	var out []string
	row := func(cell string) int {
		n, err := strconv.Atoi(cell[strings.LastIndexByte(cell, '$')+1:])
		if err != nil {
			panic("report: no row in " + cell) // the cells are our own
		}
		return n
	}
	for i := 0; i < len(cells); {
		k := i
		for k+1 < len(cells) && row(cells[k+1]) == row(cells[k])+1 {
			k++
		}
		out = append(out, cells[i]+":"+cells[k])
		i = k + 1
	}
	return strings.Join(out, ",")
}

func (l *routeLines) upfront(t *totals) {
	if l.r.Upfront == nil {
		return
	}
	expr := "0"
	switch l.r.Kind {
	case calc.Rent:
		expr = l.in("finance.implementation_usd")
	case calc.Own, calc.Mixed:
		expr = fmt.Sprintf("%s*(1+%s+%s)+%s", l.bought, l.in("finance.install_share"), l.in("finance.network_share"), l.in("finance.implementation_usd"))
	}
	t.upfront, t.upfrontUSD = l.amount("Cash before the first call", expr, *l.r.Upfront), *l.r.Upfront
}

// check says whether the machines that were copied from the case still take the demand: the tokens of a call are as
// they were, and the attempts of the busiest hour stay within the step that the case stands on.
func (l *routeLines) check() string {
	var same []string
	for _, path := range []string{"workload.input_tokens_per_call", "workload.output_tokens_per_call", "workload.reasoning_tokens_per_call", "workload.cached_input_share"} {
		same = append(same, fmt.Sprintf("ABS(%s-%s)<0.000001", l.in(path), number(l.now[path])))
	}
	load := fmt.Sprintf("%s*(1+%s)*%s", l.in("workload.calls_per_month"), l.in("workload.retry_rate"), l.in("workload.peak_to_average"))
	was := "*" + number((1+l.now["workload.retry_rate"])*l.now["workload.peak_to_average"])
	return fmt.Sprintf(`IF(AND(%s,%s<=%s%s*1.000001,%s>=%s%s*0.999999),"yes","recalculate in Hostwise")`, strings.Join(same, ","),
		load, l.in(l.r.ID+".to"), was, load, l.in(l.r.ID+".from"), was)
}
