package compare

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// cell is one value of a row.
type cell struct {
	text   string
	beside string // against the base, fainter
	faint  bool   // the same as the base
	strong bool
	big    bool
	kind   string     // of a route: a swatch before the text
	mark   *markScale // drawn instead of the text
	route  *calc.Route
}

// defaultMark is how a difference marks an answer that nobody gave.
const defaultMark = " (default)"

// markScale is the scale that the range marks of a row share.
type markScale struct{ min, max float64 }

// row is one line of the table.
type row struct {
	label  string
	beside string
	cells  []cell
}

// draw builds the table anew. It is cheap: a few dozen rows.
func (p *Page) draw() {
	if len(p.columns) < 2 {
		p.drawEmpty()
		return
	}
	ui.SetShown(p.side, !p.stacked)
	sh := newSheet(sheetHead(p.headRow()), len(p.columns))
	changed, differ, total := p.changedRows()
	toggle := ui.NewSwitch("only differences", "", p.only, func(on bool) { p.only = on; p.draw() }).Plain()
	sh.pin(ui.Inset(14, 0, 6, 0, ui.Row(10, ui.NewText(ui.BodyStrong, "What you changed"),
		ui.Grow(ui.NewText(ui.Secondary, fmt.Sprintf("%d of %d answers differ", differ, total)).In(ui.ColorInk3).Cut()), toggle,
		ui.NewIconButton(ui.IconCopy, "Copy as table", p.copyTable))))
	for _, r := range changed {
		sh.row(p.gridRow(r))
	}
	if len(changed) == 0 {
		sh.pin(ui.NewText(ui.Body, "The answers are the same in all cases.").In(ui.ColorInk2))
	}
	sh.pin(ui.Inset(14, 0, 14, 0, ui.NewHairline()))
	sh.pin(ui.Inset(0, 0, 6, 0, ui.Row(10, ui.NewText(ui.BodyStrong, "What it did"), ui.NewText(ui.Secondary, p.againstWords()).In(ui.ColorInk3))))
	for _, r := range p.outcomeRows() {
		sh.row(p.gridRow(r))
	}
	p.overlay.show()
	sh.pin(ui.Inset(14, 0, 14, 0, ui.NewHairline()))
	curves := ui.Fixed(0, 320, p.overlay.chart.View)
	p.beside.Objects = nil
	if p.stacked {
		sh.pin(container.New(pairLayout{}, curves, p.bridge.column))
	} else {
		sh.pin(curves)
		p.beside.Objects = []fyne.CanvasObject{p.bridge.column}
	}
	p.showSheet(sh)
	p.bridge.draw()
}

// showSheet puts a sheet in place of the one before, at the same place of it.
func (p *Page) showSheet(sh *sheet) {
	scroll := container.NewScroll(sh)
	if old, _ := first(p.main.Objects).(*container.Scroll); old != nil {
		scroll.Offset = old.Offset
	}
	p.sheet = sh
	sh.view = p.main.Size()
	p.main.Objects = []fyne.CanvasObject{scroll}
	p.main.Refresh()
	p.beside.Refresh()
	p.body.Refresh()
}

// pairLayout sets the curves and the bridge side by side where both have room, or else one below the other.
type pairLayout struct{}

const pairGap = 40

func (pairLayout) beside(width float32) bool { return width >= ui.Scaled(860) }

// HeightAt implements ui.FlowLayout.
func (l pairLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	if l.beside(width) {
		w := (width - pairGap) / 2
		return max(ui.HeightAt(o[0], w), ui.HeightAt(o[1], w))
	}
	return ui.HeightAt(o[0], width) + pairGap/2 + ui.HeightAt(o[1], width)
}

func (l pairLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(200, l.HeightAt(o, 600))
}

func (l pairLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	if l.beside(s.Width) {
		w := (s.Width - pairGap) / 2
		ui.Place(o[0], 0, 0, w, ui.HeightAt(o[0], w))
		ui.Place(o[1], w+pairGap, 0, w, s.Height)
		return
	}
	h := ui.HeightAt(o[0], s.Width)
	ui.Place(o[0], 0, 0, s.Width, h)
	ui.Place(o[1], 0, h+pairGap/2, s.Width, s.Height-h-pairGap/2)
}

func first(o []fyne.CanvasObject) fyne.CanvasObject {
	if len(o) == 0 {
		return nil
	}
	return o[0]
}

func (p *Page) drawEmpty() {
	p.side.Hide()
	p.sheet = nil
	words := "Comparing needs two cases. Duplicate this one, change an answer in the copy, and this page shows what the change costs."
	actions := []fyne.CanvasObject{
		ui.NewButton(ui.Outline, "Choose in the Library", func() { p.shell.Go(ui.PageLibrary, "") }),
	}
	if len(p.columns) == 1 {
		actions = append(actions, ui.NewButton(ui.Main, "Duplicate "+shortName(p.columns[0].name()), p.duplicateBase))
	}
	p.main.Objects = []fyne.CanvasObject{ui.EmptyState(ui.IconCompare, "Two cases, side by side", words, actions...)}
	p.main.Refresh()
	p.body.Refresh()
}

func shortName(name string) string {
	if r := []rune(name); len(r) > 30 {
		return string(r[:30]) + "…"
	}
	return name
}

// The widths of the table at 100 %.
const (
	labelWidth   = 178
	leastColumn  = 108 // below it the table scrolls from side to side
	besideColumn = 140 // what a column keeps with the bridge beside the table; with less the bridge stands below
)

// labelAndColumns is the width of a table of n columns that are so wide at 100 %.
func labelAndColumns(n int, column float32) float32 { return ui.Scaled(labelWidth + float32(n)*column) }

// headRow names the columns.
func (p *Page) headRow() *fyne.Container {
	add := ui.NewButton(ui.Link, "Add a case", p.add).WithIcon(ui.IconPlus)
	add.SetEnabled(len(p.columns) < mostCases)
	var cells []fyne.CanvasObject
	for i, c := range p.columns {
		beside := ""
		if i == 0 {
			beside = "the base"
		}
		if c.pending {
			beside = "working …"
		}
		tools := ui.Row(0)
		if i > 0 {
			tools.Add(ui.NewIconButton(ui.IconLeft, "Make "+letter(i)+" the base", func() { p.makeBase(i) }))
		}
		if len(p.columns) > 1 {
			tools.Add(ui.NewIconButton(ui.IconClose, "Take "+letter(i)+" out", func() { p.remove(i) }))
		}
		head := ui.Row(6, ui.NewText(ui.BodyStrong, letter(i)), ui.Grow(ui.NewText(ui.Caption, beside).In(ui.ColorInk3)), tools)
		cells = append(cells, ui.Column(0, head, ui.NewText(ui.BodyStrong, c.name()).Wrapped()))
	}
	return newGridRow(ui.Row(0, add), cells...)
}

func (p *Page) gridRow(r row) *fyne.Container {
	label := []ui.Span{{Text: r.label, Color: ui.ColorInk2}}
	if r.beside != "" {
		label = append(label, ui.Span{Text: ", " + r.beside, Color: ui.ColorInk3})
	}
	var cells []fyne.CanvasObject
	for _, c := range r.cells {
		cells = append(cells, p.drawCell(c))
	}
	return newGridRow(ui.NewSpans(ui.Secondary, label...).Wrapped(), cells...)
}

func (p *Page) drawCell(c cell) fyne.CanvasObject {
	if c.mark != nil {
		if c.route == nil || c.route.Monthly == nil {
			return ui.NewText(ui.Secondary, format.Unknown).In(ui.ColorInk3)
		}
		m := c.route.Monthly
		mark := ui.NewRangeMark(string(c.route.Kind), m.Low, m.Likely, m.High, c.mark.min, c.mark.max)
		mark.Axis = true
		return mark
	}
	style, color := ui.Secondary, fyne.ThemeColorName(ui.ColorInk)
	if c.big {
		style = ui.PanelTitle
	} else if c.strong {
		style.Bold = true
	}
	if c.faint {
		color = ui.ColorInk3
	}
	value, isDefault := strings.CutSuffix(c.text, defaultMark)
	spans := []ui.Span{{Text: value}}
	if isDefault {
		spans = append(spans, ui.Span{Text: " default", Color: ui.ColorInk3})
	}
	text := ui.NewSpans(style, spans...).In(color).Wrapped()
	if c.kind != "" {
		return ui.Row(8, ui.NewSwatch(c.kind, false), ui.Grow(text))
	}
	if c.beside == "" {
		return text
	}
	return container.New(halvesLayout{}, text, ui.NewText(ui.Secondary, c.beside).In(ui.ColorInk3).Wrapped())
}

// halvesLayout sets a value and what is beside it in two halves, on one middle line; in a narrow column the second
// stands below the first.
type halvesLayout struct{}

// leastHalf is the width at 100 % under which an amount breaks.
const leastHalf = 62

func (halvesLayout) half(width float32) (half float32, stacked bool) {
	half = width/2 - 4
	return half, half < ui.Scaled(leastHalf)
}

// HeightAt implements ui.FlowLayout.
func (l halvesLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	half, stacked := l.half(width)
	if stacked {
		return ui.HeightAt(o[0], width) + ui.HeightAt(o[1], width)
	}
	return max(ui.HeightAt(o[0], half), ui.HeightAt(o[1], half))
}

func (l halvesLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(80, l.HeightAt(o, 160))
}

func (l halvesLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	half, stacked := l.half(s.Width)
	if stacked {
		h := ui.HeightAt(o[0], s.Width)
		ui.Place(o[0], 0, 0, s.Width, h)
		ui.Place(o[1], 0, h, s.Width, ui.HeightAt(o[1], s.Width))
		return
	}
	for i, c := range o {
		h := ui.HeightAt(c, half)
		ui.Place(c, float32(i)*(half+8), (s.Height-h)/2, half, h)
	}
}

// notCompared are answers that name a case rather than describe it.
var notCompared = []string{"name", "notes", "tags"}

// changedRows lists the answers that differ from A in some column, in the order of the file; with the switch
// off, all that are asked.
func (p *Page) changedRows() (rows []row, differ, total int) {
	base := p.columns[0].scenario
	byPath := map[string]row{}
	var order []string
	for i, c := range p.columns[1:] {
		for _, ch := range calc.Diff(base, c.scenario) {
			if slices.Contains(notCompared, ch.Path) {
				continue
			}
			r, ok := byPath[ch.Path]
			if !ok {
				r = row{label: ch.Label, cells: make([]cell, len(p.columns))}
				r.cells[0] = cell{text: named(p.session.Catalogue(), ch.Input, ch.FromText)}
				for k := 1; k < len(r.cells); k++ {
					r.cells[k] = cell{text: "same", faint: true}
				}
				order = append(order, ch.Path)
			}
			r.cells[i+1] = cell{text: named(p.session.Catalogue(), ch.Input, ch.ToText), strong: true}
			byPath[ch.Path] = r
		}
	}
	sortByFile(order)
	for i := range calc.Inputs {
		in := &calc.Inputs[i]
		if slices.Contains(notCompared, in.Path) {
			continue
		}
		total++
		if _, ok := byPath[in.Path]; !ok && !p.only && in.Relevant(base) {
			byPath[in.Path] = p.sameRow(in)
			order = append(order, in.Path)
		}
	}
	differ = 0
	for _, path := range order {
		r := byPath[path]
		if slices.ContainsFunc(r.cells, func(c cell) bool { return c.strong }) {
			differ++
		}
	}
	sortByFile(order)
	for _, path := range order {
		rows = append(rows, byPath[path])
	}
	return rows, differ, total
}

func (p *Page) sameRow(in *calc.Input) row {
	r := row{label: in.Label, cells: make([]cell, len(p.columns))}
	v := p.columns[0].scenario.Value(in.Path)
	text := calc.FormatEntry(in, v)
	switch {
	case v.Null:
		text = "from the catalogue"
	case text == "":
		text = "none"
	}
	r.cells[0] = cell{text: named(p.session.Catalogue(), in, text)}
	for k := 1; k < len(r.cells); k++ {
		r.cells[k] = cell{text: "same", faint: true}
	}
	return r
}

// unitWords are the units that the text of an answer leaves out.
var unitWords = map[calc.Unit]string{
	calc.UnitTokens: "tokens", calc.UnitSeconds: "s", calc.UnitMinutes: "min", calc.UnitMonths: "months",
	calc.UnitWeeks: "weeks", calc.UnitHoursWeek: "hours a week", calc.UnitTokensSec: "tokens/s",
	calc.UnitTokensMin: "tokens/min", calc.UnitKW: "kW", calc.UnitFTE: "FTE", calc.UnitBits: "bits",
}

// withUnit puts the unit after an answer that is a plain number.
func withUnit(in *calc.Input, text string) string {
	if in == nil || unitWords[in.Unit] == "" {
		return text
	}
	value, isDefault := strings.CutSuffix(text, defaultMark)
	if value == "" || !strings.ContainsAny(value[len(value)-1:], "0123456789") {
		return text
	}
	value += " " + unitWords[in.Unit]
	if isDefault {
		value += defaultMark
	}
	return value
}

// sortByFile puts paths in the order of Inputs; what is no row of it comes last, by name.
func sortByFile(paths []string) {
	place := map[string]int{}
	for i := range calc.Inputs {
		place[calc.Inputs[i].Path] = i + 1
	}
	at := func(path string) int {
		if n := place[path]; n > 0 {
			return n
		}
		return math.MaxInt
	}
	slices.SortStableFunc(paths, func(a, b string) int {
		if d := at(a) - at(b); d != 0 {
			if at(a) < at(b) {
				return -1
			}
			return 1
		}
		return strings.Compare(a, b)
	})
}

// winner is the route of a column's verdict, nil where there is none.
func (c *column) winner() *calc.Route {
	if c.assessment == nil {
		return nil
	}
	return c.assessment.Route(c.assessment.Verdict.Route)
}

// outcomeRows lists what the answers did, each against A.
func (p *Page) outcomeRows() []row {
	verdict := row{label: "Verdict"}
	for _, c := range p.columns {
		verdict.cells = append(verdict.cells, verdictCell(c))
	}
	cur := p.currency()
	signed := func(a, b float64) string { return signedMoney(cur, a, b) }
	rows := []row{verdict,
		p.figures("A month, likely", true, func(c *column) *float64 { return likely(c.winner()) }, cur.Money, signed)}
	rows = append(rows, p.rangeRow())
	rows = append(rows,
		p.figures("Per successful call", false, func(c *column) *float64 { return perCall(c.winner()) }, cur.Money, times),
		p.figures("Money up front", false, func(c *column) *float64 { return upfront(c.winner()) }, cur.Money, signed),
		p.figures("Holds, calls a month", false, holds, format.Count, times),
		p.chanceRow())
	return append(rows, p.qualityRows()...)
}

func verdictCell(c *column) cell {
	switch r := c.winner(); {
	case c.err != nil:
		return cell{text: "cannot be worked out: " + firstLine(c.err.Error()), faint: true}
	case c.assessment == nil:
		return cell{text: "working …", faint: true}
	case r == nil:
		return cell{text: "nothing is feasible", strong: true}
	default:
		return cell{text: r.Label, kind: string(r.Kind), strong: true}
	}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// figures is a row of one number a column, with what it is against A beside it.
func (p *Page) figures(label string, big bool, of func(*column) *float64, write func(float64) string, against func(a, b float64) string) row {
	r := row{label: label}
	base := of(p.columns[0])
	for i, c := range p.columns {
		v := of(c)
		switch {
		case v == nil && label == "Holds, calls a month" && c.winner() != nil:
			r.cells = append(r.cells, cell{text: "no limit"})
		case v == nil:
			r.cells = append(r.cells, cell{text: format.Unknown, faint: true})
		case i == 0 || base == nil:
			r.cells = append(r.cells, cell{text: write(*v), big: big, strong: big})
		default:
			r.cells = append(r.cells, cell{text: write(*v), big: big, strong: big, beside: against(*base, *v)})
		}
	}
	return r
}

func likely(r *calc.Route) *float64 {
	if r == nil || r.Monthly == nil {
		return nil
	}
	return &r.Monthly.Likely
}

func perCall(r *calc.Route) *float64 {
	if r == nil || r.PerCall == nil {
		return nil
	}
	return &r.PerCall.Likely
}

func upfront(r *calc.Route) *float64 {
	if r == nil {
		return nil
	}
	return r.Upfront
}

// holds is the volume that the verdict's own or rented devices can serve; an API has no limit here.
func holds(c *column) *float64 {
	if r := c.winner(); r == nil || r.Kind == calc.API || r.Kind == calc.Mixed {
		return nil
	}
	takes := c.assessment.Throughput.CallsPerMonth
	if takes == nil {
		return nil
	}
	return &takes.Likely
}

func signedMoney(cur format.Currency, a, b float64) string {
	switch d := b - a; {
	case d == 0:
		return "same"
	case d > 0:
		return "+ " + cur.Money(d)
	default:
		return format.Minus + " " + cur.Money(-d)
	}
}

func times(a, b float64) string {
	switch {
	case a == b:
		return "same"
	case a == 0:
		return ""
	}
	return format.Number(b/a, 2) + " ×"
}

// againstWords says what the outcomes stand against, and in which currency where the cases do not all have the same.
func (p *Page) againstWords() string {
	code := currencyOf(p.columns[0]).Code
	for _, c := range p.columns[1:] {
		if currencyOf(c).Code != code {
			return "against A, all amounts in " + code + " as A has it"
		}
	}
	return "against A"
}

// rangeRow draws the ranges of all verdicts on one scale.
func (p *Page) rangeRow() row {
	high := 0.0
	for _, c := range p.columns {
		if r := c.winner(); r != nil && r.Monthly != nil {
			high = max(high, r.Monthly.High)
		}
	}
	scale := &markScale{0, niceCeil(high)}
	r := row{label: "8 of 10 futures", beside: format.Between(p.currency().Money(0), p.currency().Money(scale.max))}
	for _, c := range p.columns {
		r.cells = append(r.cells, cell{mark: scale, route: c.winner()})
	}
	return r
}

// niceCeil rounds up to 1, 2, 2.5, 5 or 10 times a power of ten.
func niceCeil(v float64) float64 {
	if v <= 0 {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(v)))
	for _, f := range []float64{1, 2, 2.5, 5} {
		if v <= f*power {
			return f * power
		}
	}
	return 10 * power
}

func (p *Page) chanceRow() row {
	r := row{label: "Chance it is cheapest"}
	for _, c := range p.columns {
		chance, known := 0.0, false
		if c.assessment != nil {
			chance, known = c.assessment.KindChance()
		}
		if !known {
			r.cells = append(r.cells, cell{text: format.Unknown, faint: true})
			continue
		}
		allowed, all := 0, len(c.assessment.Routes)
		for _, x := range c.assessment.Routes {
			if x.Feasible && !x.Weaker {
				allowed++
			}
		}
		beside := fmt.Sprintf("of %d allowed", allowed)
		if allowed == all {
			beside = fmt.Sprintf("of all %d", all)
		}
		r.cells = append(r.cells, cell{text: format.Chance(chance), beside: beside})
	}
	return r
}

// qualityRows lists the benchmarks that the verdicts' models cite, where any case has another model.
func (p *Page) qualityRows() []row {
	var names []string
	for _, c := range p.columns {
		if r := c.winner(); r != nil {
			for _, q := range r.Quality {
				if !slices.Contains(names, q.Benchmark) {
					names = append(names, q.Benchmark)
				}
			}
		}
	}
	const most = 4
	slices.SortStableFunc(names, func(a, b string) int { return benchmarkRank(a) - benchmarkRank(b) })
	var rows []row
	for _, name := range names[:min(len(names), most)] {
		rows = append(rows, p.figures(benchmarkLabel(name), false, func(c *column) *float64 { return score(c.winner(), name) },
			func(v float64) string { return format.Number(v, 4) }, points))
	}
	return rows
}

// benchmarks names the benchmarks that models are known by, the most telling first.
var benchmarks = []struct{ id, label string }{
	{"aime_2024_pass1", "AIME 2024, pass at 1"},
	{"gpqa_diamond_pass1", "GPQA diamond"},
	{"math_500_pass1", "MATH-500"},
	{"livecodebench_pass1", "LiveCodeBench"},
	{"codeforces_rating", "Codeforces rating"},
	{"aime_2024_cons64", "AIME 2024, vote of 64"},
}

func benchmarkRank(id string) int {
	for i, b := range benchmarks {
		if b.id == id {
			return i
		}
	}
	return len(benchmarks)
}

func benchmarkLabel(id string) string {
	if i := benchmarkRank(id); i < len(benchmarks) {
		return benchmarks[i].label
	}
	return strings.ReplaceAll(id, "_", " ")
}

func score(r *calc.Route, benchmark string) *float64 {
	if r == nil {
		return nil
	}
	for i := range r.Quality {
		if r.Quality[i].Benchmark == benchmark {
			return &r.Quality[i].Score
		}
	}
	return nil
}

func points(a, b float64) string {
	switch d := b - a; {
	case math.Abs(d) < 0.05:
		return "same"
	case d > 0:
		return "+ " + format.Number(d, 3) + " points"
	default:
		return format.Minus + " " + format.Number(-d, 3) + " points"
	}
}

// copyTable puts the table on the clipboard, with tabs between the columns.
func (p *Page) copyTable() {
	if len(p.columns) < 2 {
		p.shell.Toast("There is nothing to copy yet.", nil)
		return
	}
	p.shell.Copy(p.text(), "The table is on the clipboard")
}

// text is the table with tabs between the columns, as a spreadsheet takes it.
func (p *Page) text() string {
	var b strings.Builder
	line := func(cells ...string) { b.WriteString(strings.Join(cells, "\t") + "\n") }
	head := []string{""}
	for i, c := range p.columns {
		head = append(head, letter(i)+" "+c.name())
	}
	line(head...)
	changed, _, _ := p.changedRows()
	for _, r := range append(changed, p.outcomeRows()...) {
		out := []string{r.label}
		for i, c := range r.cells {
			text := c.text
			if c.mark != nil && c.route != nil && c.route.Monthly != nil {
				text = format.Between(p.currency().Money(c.route.Monthly.Low), p.currency().Money(c.route.Monthly.High))
			}
			if text == "same" {
				text = r.cells[0].text
			}
			if c.beside != "" && i > 0 {
				text += " (" + c.beside + ")"
			}
			out = append(out, text)
		}
		line(out...)
	}
	return b.String()
}
