package results

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// numbersTab lists every figure of the assessment in one searchable list: value, range, formula, evidence, source
// and date. The list is gathered off the window's goroutine; the latest assessment wins.
type numbersTab struct {
	page    *Page
	body    *fyne.Container
	frame   *fyne.Container // the tools above the list
	search  *ui.Field
	section *ui.Select
	count   *ui.Text
	head    *numberRow
	list    *ui.List
	empty   *fyne.Container
	side    *fyne.Container
	panel   *container.Scroll

	of     *calc.Assessment // that the rows belong to, or are being gathered of
	cancel context.CancelFunc
	cur    format.Currency
	all    []numberLine
	shown  []int  // places in all
	chosen string // key of the row that is opened
}

// numberLine is a figure and what the search looks through.
type numberLine struct {
	calc.LedgerRow
	name string // what it is, and of what
	text string
}

func newNumbersTab(p *Page) *numbersTab {
	t := &numbersTab{page: p}
	t.search = ui.NewSearchField(wordsFindNumber, func(string) { t.fromTop() })
	t.section = ui.NewSelect([]ui.Choice{{ID: "", Title: wordsAllParts}}, "", func(string) { t.fromTop() })
	t.count = ui.NewText(ui.Secondary, "").In(ui.ColorInk3)
	t.head = newNumberRow()
	t.head.heading()
	t.empty = container.NewStack()
	t.list = ui.NewList(func() int { return len(t.shown) },
		func() fyne.CanvasObject { return newNumberRow() },
		func(i widget.ListItemID, o fyne.CanvasObject) {
			if i < len(t.shown) {
				r := t.all[t.shown[i]]
				o.(*numberRow).set(r.LedgerRow, t.cur, r.Key == t.chosen)
			}
		})
	t.list.OnSelected = func(i widget.ListItemID) {
		t.list.UnselectAll()
		if i < len(t.shown) {
			t.open(t.all[t.shown[i]].Key)
		}
	}
	t.side = ui.Column(14)
	t.panel = ui.Scroll(ui.Pad(20, 24, t.side))
	tools := ui.Column(10, ui.Wrap(10, 8, ui.Fixed(300, 32, t.search), ui.Inset(3, 0, 3, 0, ui.Row(10, t.section, t.count,
		ui.NewButton(ui.Outline, wordsCopyList, t.copyAll).WithIcon(ui.IconCopy).Small()))), t.head)
	t.frame = ui.Headed(12, tools, container.NewStack(t.list, t.list.Ring(), t.empty))
	main := ui.Inset(16, margin-8, 0, margin-8, t.frame)
	t.body = container.New(&sideLayout{least: 420, wanted: func() bool { return t.chosen != "" }}, main, ui.SidePanel(340, t.panel))
	return t
}

func (t *numbersTab) content() fyne.CanvasObject { return t.body }

// show gathers the figures of an assessment that is not the one at hand.
func (t *numbersTab) show(v view) {
	if t.of == v.a && t.cur == v.cur {
		return
	}
	if t.cancel != nil {
		t.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	t.cancel, t.of = cancel, v.a
	session.Work(ctx, t.page.session, func(context.Context) ([]numberLine, error) {
		return linesOf(v.a), nil
	}, func(lines []numberLine, _ error) {
		t.all, t.cur = lines, v.cur
		t.showSections()
		t.filter()
	})
}

// release lets the figures go while the tab is out of view: they are as large as the rest of the window. They are
// gathered again when it comes back.
func (t *numbersTab) release() {
	if t.cancel != nil {
		t.cancel()
	}
	t.of, t.all, t.shown = nil, nil, nil
}

// The parts of the assessment that stand first in the list, and those that stand last: the points of curves, which are
// most of the figures, and how the assessment was made.
var (
	firstParts = []string{"Verdict", "Routes", "Break-even", "Deployment", "Throughput", "Capacity", "Memory"}
	lastParts  = []string{"Cost by volume", "Over time", "About this assessment"}
)

// placeOf is where a part stands in the list.
func placeOf(section string) int {
	if i := slices.Index(firstParts, section); i >= 0 {
		return i
	}
	return len(firstParts) + 1 + slices.Index(lastParts, section)
}

// linesOf are the figures of an assessment with the text that the search looks through.
func linesOf(a *calc.Assessment) []numberLine {
	rows := calc.Ledger(a)
	slices.SortStableFunc(rows, func(x, y calc.LedgerRow) int { return cmp.Compare(placeOf(x.Section), placeOf(y.Section)) })
	lines := make([]numberLine, len(rows))
	for i, r := range rows {
		lines[i] = numberLine{r, strings.ToLower(r.Label + " " + r.Of), strings.ToLower(strings.Join([]string{r.Label, r.Of, r.Section, string(r.Evidence), r.Formula, r.Source, r.AsOf, r.Key}, " "))}
	}
	return lines
}

func (t *numbersTab) showSections() {
	options := []ui.Choice{{ID: "", Title: wordsAllParts}}
	for _, l := range t.all {
		if !slices.ContainsFunc(options, func(c ui.Choice) bool { return c.ID == l.Section }) {
			options = append(options, ui.Choice{ID: l.Section, Title: l.Section})
		}
	}
	chosen := t.section.Chosen()
	if !slices.ContainsFunc(options, func(c ui.Choice) bool { return c.ID == chosen }) {
		chosen = ""
	}
	t.section.SetOptions(options, chosen)
}

// fromTop filters anew and shows the first of what is left.
func (t *numbersTab) fromTop() {
	t.filter()
	if t.list.Size().Height > 0 { // before it is drawn a list cannot scroll
		t.list.ScrollToTop()
	}
}

// filter shows the figures in which every word occurs.
func (t *numbersTab) filter() {
	words := strings.Fields(strings.ToLower(t.search.Text()))
	section := t.section.Chosen()
	t.shown = t.shown[:0]
	phrase := strings.Join(words, " ")
	var named, mentioned []int // the words are in the name, though not so; only in the formula, source or key
	for i := range t.all {
		l := &t.all[i]
		switch {
		case section != "" && l.Section != section || !holdsAll(l.text, words):
		case strings.Contains(l.name, phrase):
			t.shown = append(t.shown, i)
		case holdsAll(l.name, words):
			named = append(named, i)
		default:
			mentioned = append(mentioned, i)
		}
	}
	t.shown = append(append(t.shown, named...), mentioned...)
	if words := countOf(len(t.shown), len(t.all)); words != t.count.Words() {
		t.count.SetText(words)
		t.frame.Layout.Layout(t.frame.Objects, t.frame.Size()) // a longer count may take the tools to another line
	}
	t.empty.Objects = nil
	if len(t.shown) == 0 && len(t.all) > 0 {
		t.empty.Objects = []fyne.CanvasObject{ui.EmptyState(ui.IconSearch, "No figure matches", "Every word has to occur in a figure's name, formula, source or key.",
			ui.NewButton(ui.Outline, "Show all", func() { t.search.Replace(""); t.section.SetChosen(""); t.fromTop() }))}
	}
	t.empty.Refresh()
	t.list.Refresh()
	t.showSide()
}

func holdsAll(text string, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
}

func countOf(shown, all int) string {
	if shown == all {
		return format.Whole(float64(all)) + " figures"
	}
	return format.Whole(float64(shown)) + " of " + format.Whole(float64(all)) + " figures"
}

// find shows the figures in which the words occur.
func (t *numbersTab) find(words string) {
	t.search.Replace(words)
	t.fromTop()
}

func (t *numbersTab) focusable() fyne.Focusable { return t.search.Focusable() }

// open shows one figure with all that is known of it.
func (t *numbersTab) open(key string) {
	t.chosen = key
	t.body.Layout.Layout(t.body.Objects, t.body.Size())
	t.list.Refresh()
	t.showSide()
}

// showSide opens the chosen figure, or says how to choose one.
func (t *numbersTab) showSide() {
	t.side.Objects = nil
	at := slices.IndexFunc(t.all, func(l numberLine) bool { return l.Key == t.chosen })
	if at < 0 {
		t.side.Add(ui.NewText(ui.Secondary, "Choose a figure: its formula with the numbers filled in, its evidence and its source stand here.").In(ui.ColorInk3).Wrapped())
		renewed(t.panel)
		return
	}
	r := t.all[at].LedgerRow
	t.side.Add(ui.Column(2, ui.Ends(12, ui.NewText(ui.PanelTitle, r.Label).Wrapped(),
		ui.Row(2, ui.NewIconButton(ui.IconCopy, "Copy this figure", func() { t.copyOne(r) }), ui.NewIconButton(ui.IconClose, "Close this figure", func() { t.open("") }))),
		ui.NewText(ui.Secondary, cmp.Or(r.Of, r.Section)).In(ui.ColorInk3).Wrapped()))
	t.side.Add(ui.NewText(ui.Question, valueText(r, t.cur)).Wrapped())
	if words := spanText(r, t.cur); words != "" {
		t.side.Add(ui.NewText(ui.Secondary, "8 times in 10 "+words).In(ui.ColorInk2).Wrapped())
	}
	t.side.Add(ui.Row(0, ui.NewBadge(string(r.Evidence)), ui.Spring()))
	if r.Formula != "" {
		t.side.Add(ui.Column(2, ui.NewText(ui.Caption, "Formula").In(ui.ColorInk3), ui.NewText(ui.Code, r.Formula).In(ui.ColorInk2).Wrapped()))
	}
	facts := []fact{{"Part", r.Section}, {"Source", cmp.Or(r.Source, wordsWorkedOut)}, {"As of", ui.Here().Day(r.AsOf)}, {"In the file", r.Key}}
	for _, f := range facts {
		if f.value != "" {
			t.side.Add(ui.Column(0, ui.NewText(ui.Caption, f.name).In(ui.ColorInk3), ui.NewText(ui.Secondary, f.value).In(ui.ColorInk2).Wrapped()))
		}
	}
	renewed(t.panel)
}

// valueText is a figure's likely value with its unit.
func valueText(r calc.LedgerRow, cur format.Currency) string {
	if r.Value == nil {
		return format.Unknown
	}
	return figure.Quantity(r.Unit, r.Value.Likely, cur)
}

// spanText is between what a figure lies, "" where it has no range.
func spanText(r calc.LedgerRow, cur format.Currency) string {
	if r.Value == nil || r.Value.IsExact() {
		return ""
	}
	return figure.QuantityBetween(r.Unit, r.Value.Low, r.Value.High, cur)
}

// tableOf is figures as a table for a sheet.
func (t *numbersTab) tableOf(rows []calc.LedgerRow) figure.Table {
	table := figure.Table{Headers: []string{"Part", "Of", "Figure", "Value", "8 times in 10", "Formula", "Evidence", "Source", "As of", "Key"}}
	for _, r := range rows {
		table.Rows = append(table.Rows, []string{r.Section, r.Of, r.Label, valueText(r, t.cur), spanText(r, t.cur), r.Formula,
			string(r.Evidence), r.Source, r.AsOf, r.Key})
	}
	return table
}

func (t *numbersTab) copyOne(r calc.LedgerRow) {
	t.page.shell.Copy(t.tableOf([]calc.LedgerRow{r}).Tabbed(), "The figure is on the clipboard.")
}

// copyAll copies what is listed.
func (t *numbersTab) copyAll() {
	rows := make([]calc.LedgerRow, len(t.shown))
	for i, at := range t.shown {
		rows[i] = t.all[at].LedgerRow
	}
	if len(rows) == 0 {
		t.page.shell.Toast("There is nothing to copy.", nil)
		return
	}
	t.page.shell.Copy(t.tableOf(rows).Tabbed(), fmt.Sprintf("%s are on the clipboard; paste them into a sheet.", countOf(len(rows), len(rows))))
}

// numberRow is one figure of the list. Pressing it opens it at the side.
type numberRow struct {
	widget.BaseWidget
	label, of, value, span, formula, date *ui.Text
	badge                                 *ui.Badge
	ground                                *ui.Ground
	line                                  *ui.Hairline
	box                                   *fyne.Container
}

func newNumberRow() *numberRow {
	r := &numberRow{
		label: ui.NewText(ui.Body, "").Cut(), of: ui.NewText(ui.Caption, "").In(ui.ColorInk3).Cut(),
		value: ui.NewText(ui.BodyStrong, "").Right().Cut(), span: ui.NewText(ui.Caption, "").In(ui.ColorInk3).Right().Cut(),
		formula: ui.NewText(ui.Caption, "").In(ui.ColorInk2).Cut(), date: ui.NewText(ui.Caption, "").In(ui.ColorInk3).Cut(),
		badge: ui.NewBadge("likely"), ground: ui.NewGround(ui.ColorPage, 6), line: ui.NewHairline(),
	}
	r.box = container.New(numberLayout{}, r.ground, r.label, r.of, r.value, r.span, r.badge, r.formula, r.date, r.line)
	r.ExtendBaseWidget(r)
	return r
}

func (r *numberRow) set(x calc.LedgerRow, cur format.Currency, chosen bool) {
	r.label.SetText(x.Label)
	r.of.SetText(cmp.Or(x.Of, x.Section))
	r.value.SetText(valueText(x, cur))
	r.span.SetText(spanText(x, cur))
	r.formula.SetText(cmp.Or(x.Formula, x.Source, wordsWorkedOut))
	r.date.SetText(x.AsOf)
	if x.Formula != "" && x.Source != "" {
		r.date.SetText(x.AsOf + ", " + x.Source)
	}
	r.badge.Set(string(x.Evidence))
	role := fyne.ThemeColorName(ui.ColorPage)
	if chosen {
		role = ui.ColorAccentGround
	}
	r.ground.Set(role)
	r.box.Refresh()
}

// heading makes the row the names of the columns.
func (r *numberRow) heading() {
	for t, words := range map[*ui.Text]string{r.label: "Figure", r.value: "Value, and 8 times in 10", r.formula: "Formula or source", r.of: "", r.span: "", r.date: ""} {
		t.SetStyle(ui.Caption)
		t.SetColor(ui.ColorInk3)
		t.SetText(words)
	}
	r.badge.Hide()
}

// CreateRenderer implements fyne.Widget.
func (r *numberRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.box) }

// numberLayout sets the columns of a figure, two lines high.
type numberLayout struct{}

func (numberLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	if !o[5].Visible() { // the names of the columns
		return fyne.NewSize(ui.Scaled(300), ui.Scaled(22))
	}
	return fyne.NewSize(ui.Scaled(300), ui.Scaled(42))
}

func (l numberLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	ui.Place(o[0], 0, 1, s.Width, s.Height-2)
	inner := s.Width - 16
	badge := ui.Scaled(94)
	rest := inner - badge
	narrow := rest < ui.Scaled(520) // gives up the formula: the side has it
	name, value := rest*0.34, rest*0.27
	if narrow {
		name, value = rest*0.52, rest*0.48
	}
	two := func(first, second fyne.CanvasObject, x, w float32) {
		a, b := first.MinSize().Height, second.MinSize().Height
		if second.(*ui.Text).Words() == "" {
			b = 0
		}
		top := (s.Height - a - b) / 2
		ui.Place(first, x, top, w, a)
		ui.Place(second, x, top+a, w, second.MinSize().Height)
	}
	x := float32(8)
	two(o[1], o[2], x, name-10)
	x += name
	two(o[3], o[4], x, value-14)
	x += value
	m := o[5].MinSize()
	ui.Place(o[5], x, (s.Height-m.Height)/2, m.Width, m.Height)
	x += badge
	ui.SetShown(o[6], !narrow)
	ui.SetShown(o[7], !narrow)
	if !narrow {
		two(o[6], o[7], x, inner+8-x)
	}
	ui.Place(o[8], 8, s.Height-1, inner, 1)
}
