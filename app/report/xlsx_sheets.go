package report

import (
	"fmt"
	"math"
	"slices"

	"github.com/xuri/excelize/v2"

	"hostwise/app/figure/format"
	"hostwise/calc"
)

// answerSheet says the verdict; the routes' costs follow the inputs.
func (m *model) answerSheet(t map[string]totals) {
	c, v := m.c, m.c.Assessment.Verdict
	p := m.book.page(m.sheet(sheetAnswer), 44, 18, 18, 18, 18, 14, 18, 60, 18)
	p.title(c.headline(), c.rangeLine())
	_, sure := c.certainty()
	rows := [][2]string{{"Question", c.question()}, {"Case", c.name()}, {"How sure", sure}}
	for _, r := range c.reasons() {
		rows = append(rows, [2]string{"Why", oneLine(r.Title) + ". " + oneLine(r.Text)})
	}
	for _, s := range c.asides() {
		rows = append(rows, [2]string{"Beside it", s})
	}
	for _, r := range rows {
		p.text(1, r[0], style{soft: true})
		p.text(2, r[1], style{})
		p.row++
	}
	if r, ok := c.resolved(); ok {
		p.text(1, "Decision", style{soft: true})
		p.text(2, r.route+", "+r.words(c)+". "+r.by+", "+r.date+". "+r.note, style{})
		p.row++
	}
	p.row++
	titles := []string{"Route", ">USD a month", ">In the case", ">Low (P10)", ">High (P90)", ">Chance", ">Up front USD", "Rule, or check of the machines"}
	if m.rate() != "" {
		titles = append(titles, ">"+c.code()+" a month")
	}
	p.head(false, titles...)
	for i := range c.Assessment.Routes {
		r := &c.Assessment.Routes[i]
		if _, ok := t[r.ID]; ok {
			m.answerRow(p, r, t[r.ID])
		}
	}
	for i := range c.Assessment.Routes {
		if r := &c.Assessment.Routes[i]; !calculated(r) && r.Monthly != nil {
			m.copiedRow(p, r)
		}
	}
	p.row++
	words := "Low, high, chance and the words above are as the case was assessed; the amounts in the first column are live. All before tax."
	if rate := c.rateWords(); rate != "" {
		words += " The words above are in " + c.code() + ": " + rate + "; the rate is among the inputs."
	}
	p.text(1, words, style{soft: true})
	p.row += 2
	m.listed(p, "What would change the answer", flipWords(v))
	m.listed(p, "Warnings", c.Assessment.Warnings)
}

func flipWords(v calc.Verdict) []string {
	var out []string
	for _, f := range v.Flips {
		out = append(out, f.Words)
	}
	return out
}

func (m *model) answerRow(p *page, r *calc.Route, t totals) {
	bold := r.ID == m.c.Assessment.Verdict.Route
	money := style{format: formatMoney, bold: bold}
	p.text(1, r.Label, style{bold: bold})
	p.formula(2, t.month, t.monthUSD, money)
	p.value(3, t.monthUSD, style{soft: true, format: formatMoney})
	p.value(4, r.Monthly.Low, style{soft: true, format: formatMoney})
	p.value(5, r.Monthly.High, style{soft: true, format: formatMoney})
	if r.Chance != nil {
		p.value(6, *r.Chance, style{soft: true, format: `0%`})
	}
	if t.upfront != "" {
		p.formula(7, t.upfront, t.upfrontUSD, style{format: formatMoney})
	}
	if rate := m.rate(); rate != "" {
		p.formula(9, t.month+"*"+rate, t.monthUSD*m.now[ratePath], money)
	}
	switch {
	case !r.Feasible && len(r.BlockedBy) > 0:
		p.text(8, "ruled out: "+ruleWords(r.BlockedBy[0]), style{soft: true})
	case t.holds != "":
		p.formula(8, `IF(`+t.holds+`="yes","machines as in the case","recalculate in Hostwise")`, "machines as in the case", style{soft: true})
	}
	p.row++
}

// ratePath is the input that says how many units of the case's currency one dollar is.
const ratePath = "currency.per_usd"

// rate is the place of the rate of exchange among the inputs, "" where the case is in dollars.
func (m *model) rate() string {
	if m.c.currency().IsDollar() {
		return ""
	}
	return m.at[ratePath]
}

// copiedRow is a route on a weaker model, which cannot win here: its figures are copied.
func (m *model) copiedRow(p *page, r *calc.Route) {
	p.text(1, r.Label, style{soft: true})
	for i, v := range []float64{r.Monthly.Likely, r.Monthly.Low, r.Monthly.High} {
		p.value(3+i, v, style{soft: true, format: formatMoney})
	}
	if len(r.BlockedBy) > 0 {
		p.text(8, "copied; ruled out: "+ruleWords(r.BlockedBy[0]), style{soft: true})
	}
	p.row++
}

func (m *model) listed(p *page, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	p.text(1, title, style{head: true})
	p.row++
	for _, s := range lines {
		p.text(1, s, style{})
		p.row++
	}
	p.row++
}

// assumptionSheet lists every input as it was used.
func (m *model) assumptionSheet() {
	p := m.book.page(m.sheet(sheetAssumptions), 40, 44, 14, 14, 14, 70, 44)
	p.title("Assumptions", "Every input as the case used it: your answers first, then what moves the answer most, then the rest.")
	p.head(true, "Assumption", "Value", "From", "Evidence", "As of", "Source", "Key in the scenario file")
	for _, a := range m.c.assumptions() {
		p.text(1, a.label, style{})
		p.text(2, a.text, style{})
		p.text(3, fromWords(a), style{soft: true})
		p.text(4, string(a.Evidence), style{soft: true})
		p.text(5, a.AsOf, style{soft: true})
		p.text(6, a.Source, style{soft: true})
		p.text(7, a.Path, style{soft: true})
		p.row++
	}
}

// gb turns bytes into decimal gigabytes; nil stays nil.
func gb(v *float64) *float64 {
	if v == nil {
		return nil
	}
	x := *v / 1e9
	return &x
}

// memorySheet lists memory by precision, with a chart.
func (m *model) memorySheet() {
	p := m.book.page(m.sheet(sheetMemory), 34, 14, 14, 14, 14, 14, 14, 14, 12, 12, 16, 60)
	mem := m.c.Assessment.Memory
	p.title("Memory by precision", fmt.Sprintf("Decimal GB over all devices of one replica, %s requests of %s tokens at once. Copied from the case.",
		format.Whole(float64(mem.Sequences)), format.Whole(float64(mem.ContextTokens))))
	p.head(true, "Precision", ">Weights", ">Cache", ">Compute", ">Runtime", ">Total", ">Low", ">High", ">Devices", "Fit", "Evidence", "Source")
	first := p.row
	for _, r := range mem.ByPrecision {
		if r.Kind != "deploy" || r.TotalBytes == nil {
			continue
		}
		n := style{format: formatGB}
		p.text(1, r.Label, style{})
		for i, v := range []*float64{r.WeightsBytes, r.KVBytes, r.ComputeBytes, r.RuntimeBytes} {
			p.number(2+i, gb(v), n)
		}
		p.formula(6, fmt.Sprintf("SUM(%s:%s)", ref(2, p.row), ref(5, p.row)), r.TotalBytes.Likely/1e9, style{format: formatGB, bold: true})
		p.value(7, r.TotalBytes.Low/1e9, style{soft: true, format: formatGB})
		p.value(8, r.TotalBytes.High/1e9, style{soft: true, format: formatGB})
		if r.DevicesNeeded != nil {
			p.value(9, float64(*r.DevicesNeeded), style{})
		}
		p.text(10, string(r.Fit), style{})
		p.text(11, string(r.Evidence), style{soft: true})
		p.text(12, r.Source, style{soft: true})
		p.row++
	}
	last := p.row - 1
	p.row++
	p.text(1, "Raw views: weights only", style{head: true})
	p.row++
	for _, r := range mem.ByPrecision {
		if r.Kind == "raw" {
			p.text(1, r.Label, style{})
			p.number(2, gb(r.WeightsBytes), style{format: formatGB})
			p.row++
		}
	}
	if last < first {
		return
	}
	colours := []string{"3A4458", "7B879D", "AFB8C8", "D6DCE6"}
	var series []excelize.ChartSeries
	for i := range colours {
		series = append(series, excelize.ChartSeries{Name: p.fixed(2+i, first-1), Categories: p.span(1, first, last), Values: p.span(2+i, first, last),
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colours[i]}}})
	}
	m.book.keep(m.book.file.InsertPageBreak(p.name, ref(1, p.row)))
	m.chart(p, ref(1, p.row+1), &excelize.Chart{Type: excelize.BarStacked, Series: series, YAxis: excelize.ChartAxis{MajorGridLines: true}, XAxis: excelize.ChartAxis{ReverseOrder: true}},
		"Memory over all devices, GB", uint(160+26*(last-first+1)))
}

// span is a stretch of a column as a reference.
func (p *page) span(col, first, last int) string {
	from, to := p.fixed(col, first), p.fixed(col, last)
	return from + ":" + to[len("'"+p.name+"'!"):]
}

// chart puts a native chart beside a table.
func (m *model) chart(p *page, cell string, c *excelize.Chart, title string, height uint) {
	c.Title = excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: title, Font: &excelize.Font{Bold: true, Size: 12, Color: "14171F"}}}}
	c.Legend = excelize.ChartLegend{Position: "bottom"}
	c.Dimension = excelize.ChartDimension{Width: 860, Height: height}
	c.ShowBlanksAs = "gap"
	c.XAxis.Font, c.YAxis.Font = excelize.Font{Size: 9, Color: "4A5162"}, excelize.Font{Size: 9, Color: "4A5162"}
	p.book.keep(p.book.file.AddChart(p.name, cell, c))
}

// estimated is how an estimate is shown: with no more digits than it carries. The cell keeps the whole number.
func estimated(v *float64) string {
	switch {
	case v == nil:
		return ""
	case math.Abs(*v) >= 100, *v == math.Trunc(*v):
		return `#,##0`
	case math.Abs(*v) >= 1:
		return `0.0`
	}
	return `0.00`
}

// capacitySheet says what the deployment takes; all of it is copied.
func (m *model) capacitySheet() {
	a := m.c.Assessment
	p := m.book.page(m.sheet(sheetCapacity), 46, 28, 28, 16, 70)
	p.title("Capacity", "Copied from the case: to change any of it, recalculate in Hostwise.")
	p.head(true, "What", ">Likely", ">Low", ">High", "Note")
	words := func(label, text string) {
		p.text(1, label, style{})
		p.text(2, orDash(oneLine(text)), style{})
		p.row++
	}
	one := func(label string, v *float64, note string) {
		p.text(1, label, style{})
		p.number(2, v, style{format: estimated(v)})
		p.text(5, note, style{soft: true})
		p.row++
	}
	three := func(label string, r calc.Range, note string) {
		p.text(1, label, style{})
		for i, v := range []float64{r.Likely, r.Low, r.High} {
			p.value(2+i, v, style{format: estimated(&v)})
		}
		p.text(5, note, style{soft: true})
		p.row++
	}
	d, t, k := a.Deployment, a.Throughput, a.Capacity
	words("One replica", d.DeviceLabel)
	words("Engine", d.Engine+" "+d.EngineVersion)
	words("Precision, cache", d.Precision+", "+d.KVPrecision)
	words("Fit", string(d.Fit)+". "+d.Why)
	one("Sequences a replica holds", &d.SequencesPerReplica, "limited by "+d.Binds)
	one("Sequences that keep the wishes", d.SequencesAtWishes, d.SequencesWords)
	one("Requests at once", &t.ConcurrentSequences, "what the speeds below are for")
	three("Tokens a second, all together", t.OutputTokS, "prefill and decode sharing the devices; "+string(t.Basis))
	three("Tokens a second, each person", t.PerUserTokS, "")
	three("Seconds to the first token", t.TTFT, "without queue")
	if t.CallsPerMonth != nil {
		three("Calls a month, all replicas", *t.CallsPerMonth, "spares not counted")
	} else {
		one("Calls a month, all replicas", nil, "none can be served as wished: "+k.CannotServe)
	}
	one("Attempts in the busiest hour", &k.AttemptsBusiestHour, "")
	replicas, spare := float64(k.Replicas), float64(k.Spare)
	one("Replicas", &replicas, "spares not counted")
	one("Spare replicas", &spare, "")
	share := func(label string, v *float64) {
		p.text(1, label, style{})
		p.number(2, v, style{format: `0%`})
		p.row++
	}
	share("Busy share over the month", k.BusyShare)
	share("Headroom in the busiest hour", k.HeadroomShare)
	one("Seconds for an answer, half of them", k.AnswerSeconds.P50, k.QueueModel)
	one("Seconds for an answer, nine of ten", k.AnswerSeconds.P90, "")
	words("Nearest measurement", t.Nearest)
	p.row++
	p.head(false, ">Requests at once", ">All together, tokens a second", ">Each person, tokens a second")
	first := p.row
	for _, s := range t.Curve {
		p.value(1, s.Concurrency, style{format: formatGB})
		p.value(2, s.OutputTokS, style{format: formatGB})
		p.value(3, s.PerUserTokS, style{format: formatGB})
		p.row++
	}
	if last := p.row - 1; last > first {
		m.book.keep(m.book.file.InsertPageBreak(p.name, ref(1, p.row)))
		m.chart(p, ref(1, p.row+1), &excelize.Chart{Type: excelize.Scatter, XAxis: excelize.ChartAxis{LogBase: 10}, YAxis: excelize.ChartAxis{MajorGridLines: true},
			Series: []excelize.ChartSeries{m.line(p, 1, 2, first, last, "3A4458"), m.line(p, 1, 3, first, last, "5A52D5")}}, "Speed of one replica by requests at once", 380)
	}
}

// line is a series without marks.
func (m *model) line(p *page, x, y, first, last int, colour string) excelize.ChartSeries {
	return excelize.ChartSeries{Name: p.fixed(y, first-1), Categories: p.span(x, first, last), Values: p.span(y, first, last),
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}, Line: excelize.LineOptions{Width: 2, Type: excelize.LineSolid}, Marker: excelize.ChartMarker{Symbol: "none"}}
}

// drawn are the routes of the curve: the verdict's and the cheapest of each kind.
func (c Case) drawn() []*calc.Route {
	var out []*calc.Route
	if v := c.verdict(); v != nil {
		out = append(out, v)
	}
	for _, kind := range []calc.RouteKind{calc.API, calc.Own, calc.Rent, calc.Mixed} {
		r := firstRoute(c.Assessment, kind)
		if r != nil && (len(out) == 0 || r.ID != out[0].ID) {
			out = append(out, r)
		}
	}
	return out
}

// curveSheet is monthly cost by volume: the API's columns follow its prices, those of machines are copied.
func (m *model) curveSheet(t map[string]totals) {
	p := m.book.page(m.sheet(sheetCurve), 18, 24, 24, 24, 24, 24)
	p.title("Monthly cost by calls a month", "US dollars before tax. Columns of an API are live. Columns with machines are copied from the case: at each volume Hostwise chooses the machines anew.")
	curve, routes := m.c.Assessment.Curve, m.c.drawn()
	titles := []string{">Calls a month"}
	for _, r := range routes {
		titles = append(titles, ">"+r.Label)
	}
	p.head(true, titles...)
	first := p.row
	for i, calls := range curve.CallsPerMonth {
		p.value(1, calls, style{format: formatCount})
		for k, r := range routes {
			values := curve.Routes[r.ID]
			if i >= len(values) || values[i] == nil {
				continue
			}
			of := t[r.ID]
			if r.Kind == calc.API && of.month != "" && m.now["workload.calls_per_month"] > 0 {
				p.formula(2+k, fmt.Sprintf("%s+(%s-%s)/%s*%s", of.fixed, of.month, of.fixed, m.at["workload.calls_per_month"], ref(1, p.row)), *values[i], style{format: formatMoney})
				continue
			}
			p.value(2+k, *values[i], style{format: formatMoney})
		}
		p.row++
	}
	last := p.row - 1
	if last <= first {
		return
	}
	var series []excelize.ChartSeries
	for k, r := range routes {
		series = append(series, m.line(p, 1, 2+k, first, last, hexColour(routeColour(r.Kind))))
	}
	m.chart(p, ref(len(routes)+3, 4), &excelize.Chart{Type: excelize.Scatter, Series: series,
		XAxis: excelize.ChartAxis{LogBase: 10, NumFmt: excelize.ChartNumFmt{CustomNumFmt: `#,##0`}}, YAxis: excelize.ChartAxis{LogBase: 10, MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: `$#,##0`}}},
		"Monthly cost by calls a month, USD, both scales log", 480)
}

// breakEvenSheet lists every crossing, and works out the one with the case's machines live.
func (m *model) breakEvenSheet(t map[string]totals) {
	p := m.book.page(m.sheet(sheetBreakEven), 34, 40, 22, 22, 20, 20, 20, 18)
	p.title("Break-even", "Live: the volume at which the API costs as much as the machines of the case, which is right while they hold. Below: every crossing that Hostwise found, machines chosen anew at each volume.")
	p.head(false, "From", "To", ">Crossing, live", ">In the case", ">Machines hold up to", "Check")
	from := m.breakFrom()
	calls := m.at["workload.calls_per_month"]
	for _, r := range m.c.hosted() {
		api, own := t[from], t[r.ID]
		if r.Kind == calc.Mixed || api.fixed == "" || m.now["workload.calls_per_month"] <= 0 {
			continue
		}
		now := crossing(api, own, m.now["workload.calls_per_month"])
		p.text(1, api.route.Label, style{})
		p.text(2, r.Label, style{})
		slope := fmt.Sprintf("(%s-%s-%s)/%s", api.month, api.fixed, own.review, calls)
		expr := fmt.Sprintf(`IF(%[1]s>0,MAX(0,(%[2]s-%[3]s-%[4]s)/(%[1]s)),"never")`, slope, own.month, own.review, api.fixed)
		if now == nil {
			p.formula(3, expr, "never", style{})
		} else {
			p.formula(3, expr, *now, style{format: `#,##0`})
			p.value(4, *now, style{soft: true, format: `#,##0`})
		}
		p.formula(5, m.at[r.ID+".to"], m.now[r.ID+".to"], style{soft: true, format: `#,##0`})
		holds := "at this volume more machines are needed"
		if now != nil && *now <= m.now[r.ID+".to"] {
			holds = "the machines hold at the crossing"
		}
		p.formula(6, fmt.Sprintf(`IF(ISNUMBER(%[1]s),IF(%[1]s<=%[2]s,"the machines hold at the crossing","at this volume more machines are needed"),"at this volume more machines are needed")`, ref(3, p.row), ref(5, p.row)), holds, style{soft: true})
		p.row++
	}
	p.row++
	p.head(false, "From", "To", "Status", ">Calls a month", ">Low (P10)", ">High (P90)", "Cheaper", ">Futures that cross")
	for _, b := range m.c.Assessment.BreakEven {
		p.text(1, m.label(b.From), style{})
		p.text(2, m.label(b.To), style{})
		p.text(3, map[string]string{"reached": "reached", "not_reached": "not reached", "not_verified": "not verified"}[b.Status], style{})
		for i, v := range []*float64{b.Calls, b.Low, b.High} {
			if v != nil {
				p.value(4+i, *v, style{format: `#,##0`})
			}
		}
		p.text(7, map[string]string{"cheaper_above": "above", "cheaper_below": "below"}[b.Direction], style{})
		if b.ShareReached != nil {
			p.value(8, *b.ShareReached, style{format: `0%`})
		}
		p.row++
	}
}

// breakFrom is the API route that crossings are against.
func (m *model) breakFrom() string {
	for _, b := range m.c.Assessment.BreakEven {
		return b.From
	}
	return "api-direct"
}

// crossing is the volume at which an API route costs as much as the machines of another, nil where it never does.
func crossing(api, own totals, calls float64) *float64 {
	slope := (api.monthUSD - api.fixedUSD - own.reviewUSD) / calls
	if slope <= 0 {
		return nil
	}
	v := max(0, (own.monthUSD-own.reviewUSD-api.fixedUSD)/slope)
	return &v
}

// label names a route in words.
func (m *model) label(id string) string {
	if r := m.c.Assessment.Route(id); r != nil {
		return r.Label
	}
	return id
}

// overTimeSheet is the money spent by month.
func (m *model) overTimeSheet() {
	o, routes := m.c.Assessment.OverTime, m.c.drawn()
	p := m.book.page(m.sheet(sheetOverTime), 12, 26, 26, 26, 26, 26, 26, 26, 26, 26, 26, 26, 26)
	p.title("Money spent over time", "US dollars before tax since the start, with growth and price changes. Copied from the case; low and high hold eight of ten futures, where they were drawn.")
	titles := []string{">Month"}
	for _, r := range routes {
		titles = append(titles, ">"+r.Label)
	}
	bands := bandsOf(o, routes)
	for _, b := range bands {
		titles = append(titles, ">"+m.label(b.Route)+", low (P10)", ">"+m.label(b.Route)+", high (P90)")
	}
	p.head(true, titles...)
	first := p.row
	for i, month := range o.Months {
		p.value(1, float64(month), style{})
		for k, b := range bands {
			if at := slices.Index(b.Months, month); at >= 0 {
				p.value(2+len(routes)+2*k, b.Low[at], style{soft: true, format: formatMoney})
				p.value(3+len(routes)+2*k, b.High[at], style{soft: true, format: formatMoney})
			}
		}
		for k, r := range routes {
			if values := o.Routes[r.ID]; i < len(values) {
				p.value(2+k, values[i], style{format: formatMoney})
			}
		}
		p.row++
	}
	last := p.row - 1
	if last > first {
		var series []excelize.ChartSeries
		for k, r := range routes {
			series = append(series, m.line(p, 1, 2+k, first, last, hexColour(routeColour(r.Kind))))
		}
		m.chart(p, ref(len(titles)+2, 4), &excelize.Chart{Type: excelize.Line, Series: series, YAxis: excelize.ChartAxis{MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: `$#,##0`}}},
			"Money spent since the start, USD", 420)
	}
	p.row++
	p.head(false, "", "From", "To", ">Pays back in month", ">Low (P10)", ">High (P90)", ">Futures that pay back")
	for _, b := range o.Payback {
		p.text(2, m.label(b.From), style{})
		p.text(3, m.label(b.To), style{})
		if b.Month != nil {
			p.value(4, float64(*b.Month), style{})
		} else {
			p.text(4, "not within the horizon", style{soft: true})
		}
		for i, v := range []*int{b.Low, b.High} {
			if v != nil {
				p.value(5+i, float64(*v), style{soft: true})
			}
		}
		if b.ShareReached != nil {
			p.value(7, *b.ShareReached, style{soft: true, format: `0%`})
		}
		p.row++
	}
}

// bandsOf are the ranges over time of the routes that are drawn.
func bandsOf(o calc.OverTime, routes []*calc.Route) []calc.TimeBand {
	var out []calc.TimeBand
	for _, r := range routes {
		for _, b := range o.Bands {
			if b.Route == r.ID && len(b.Low) == len(b.Months) && len(b.High) == len(b.Months) {
				out = append(out, b)
			}
		}
	}
	return out
}

// sourceSheet lists every source, the facts to recheck and the claims that bear on the case.
func (m *model) sourceSheet() {
	p := m.book.page(m.sheet(sheetSources), 90, 14, 16, 90)
	p.title("Sources", "What the facts of this workbook rest on, what to recheck first, and what is said about the matter.")
	p.head(true, "Source", "As of", "Evidence", "What rests on it")
	for _, r := range m.c.references() {
		p.text(1, r.source, style{})
		p.text(2, r.asOf, style{soft: true})
		p.text(3, string(r.evidence), style{soft: true})
		p.text(4, r.supportWords(50), style{soft: true})
		p.row++
	}
	m.offerRows(p)
	p.row++
	p.head(false, "Recheck before procurement, oldest first", ">Age, days", "Evidence", "Value, source and why")
	for _, r := range m.c.rechecks() {
		p.text(1, r.What, style{})
		p.value(2, float64(r.AgeDays), style{})
		p.text(3, string(r.Evidence), style{soft: true})
		p.text(4, oneLine(r.Value)+" · "+oneLine(r.Source)+" · "+oneLine(r.Why), style{soft: true})
		p.row++
	}
	p.row++
	p.head(false, "What to watch once it runs", "", "Evidence", "Act when, in this case, what to log, why")
	for _, k := range m.c.monitors() {
		p.text(1, k.Metric+": "+k.Threshold, style{})
		p.text(3, string(k.Evidence), style{soft: true})
		p.text(4, upperFirst(oneLine(k.ForYou))+". "+oneLine(k.Log)+" "+oneLine(k.Why), style{soft: true})
		p.row++
	}
	p.row++
	p.head(false, "Claims", "As of", "Status", "Source")
	for _, k := range m.c.Assessment.Claims {
		p.text(1, k.Text, style{})
		p.text(2, k.AsOf, style{soft: true})
		p.text(3, string(k.Status), style{soft: true})
		p.text(4, k.Source, style{soft: true})
		p.row++
	}
}

// offerRows list the quotes that the case holds, and where a test costs nothing.
func (m *model) offerRows(p *page) {
	if offers := m.c.offers(); len(offers) > 0 {
		p.row++
		p.head(false, "Your quotes, on "+oneLine(m.c.Assessment.Today), "Of", "Valid until", "State and note")
		for _, o := range offers {
			p.text(1, o.what+" "+o.amount+", "+o.supplier, style{bold: o.expired})
			p.text(2, o.date, style{soft: true})
			p.text(3, o.until, style{soft: true})
			words := upperFirst(o.state)
			if o.note != "" {
				words += ". " + o.note
			}
			p.text(4, words, style{bold: o.expired, soft: !o.expired})
			p.row++
		}
	}
	if trials := m.c.trials(); len(trials) > 0 {
		p.row++
		p.head(false, trialTitle, "As of", "Evidence", "What one request may hold, and source")
		for _, q := range trials {
			p.text(1, q.Provider+", "+q.Model, style{})
			p.text(2, q.AsOf, style{soft: true})
			p.text(3, string(q.Evidence), style{soft: true})
			p.text(4, oneLine(q.Limits)+". "+oneLine(q.Source), style{soft: true})
			p.row++
		}
	}
}
