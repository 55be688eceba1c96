package facts

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/export"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// The three things whose accuracy is shown.
const (
	showSpeed      = string(calc.SpeedAccuracy)
	showMemory     = string(calc.MemoryAccuracy)
	showArithmetic = "arithmetic"
)

// namedSmall is how many of the furthest estimates are named in a small picture.
const namedSmall = 3

// mostWorst is how many of the furthest estimates are listed.
const mostWorst = 10

// accuracyView is "How accurate is this?": estimate beside measurement for every run of the catalogue, as a picture, by
// group, and where it fails. The comparison is made once, off the window's goroutine, when it is first looked at.
type accuracyView struct {
	page    *Page
	content fyne.CanvasObject

	chips   map[string]*ui.Chip
	finding *ui.Text
	measure *ui.Text
	filters *fyne.Container
	group   *ui.Select
	engine  *ui.Select
	device  *ui.Select
	by      *ui.Select
	every   *ui.Button
	reading *ui.Text
	scatter *scatter
	right   *fyne.Container
	sums    *fyne.Container // the arithmetic

	shows   string
	rows    []calc.AccuracyRow // of the whole catalogue
	asked   bool
	ready   bool
	waiting string // id of the run to mark once the rows are there
}

func newAccuracyView(p *Page) *accuracyView {
	v := &accuracyView{page: p, shows: showSpeed, chips: map[string]*ui.Chip{}}
	chip := func(id, words string) *ui.Chip {
		v.chips[id] = ui.NewChip(words, "", func() { v.show(id) })
		return v.chips[id]
	}
	head := ui.Row(8, ui.Grow(ui.NewText(ui.Secondary, "How accurate is this?").In(ui.ColorInk3).Cut()),
		chip(showSpeed, "Speed"), chip(showMemory, "Memory"), chip(showArithmetic, "Arithmetic"))
	v.finding = ui.NewText(ui.Finding, "").Wrapped()
	v.measure = ui.NewText(ui.Secondary, "").In(ui.ColorInk2).Wrapped()
	refill := func(string) { v.page.fill() }
	v.group = ui.NewSelect([]ui.Choice{{Title: "every kind"}}, "", refill)
	v.engine = ui.NewSelect([]ui.Choice{{Title: "every engine"}}, "", refill)
	v.device = ui.NewSelect([]ui.Choice{{Title: "every device"}}, "", refill)
	v.by = ui.NewSelect([]ui.Choice{{ID: "group", Title: "by kind"}, {ID: "engine", Title: "by engine"}, {ID: "device", Title: "by device"}}, "group", refill)
	v.every = ui.NewButton(ui.Outline, "", func() { p.choose(listRuns) }).Small()
	v.filters = ui.Wrap(8, 8, v.group, v.engine, v.device, v.every, ui.NewIconButton(ui.IconCopy, "Copy the numbers", v.copy),
		ui.NewIconButton(ui.IconImport, "Save the picture", v.save))

	v.scatter = newScatter(p.shell.Run)
	v.scatter.mark = v.marked
	v.scatter.open = func(r *calc.AccuracyRow) { v.openRow(r) }
	v.reading = ui.NewText(ui.Secondary, "").In(ui.ColorInk2).Wrapped()
	v.right = ui.Column(20)
	v.sums = ui.Column(24)
	l := &accuracyLayout{}
	scroll := ui.Scroll(container.New(l, ui.Column(8, head, v.finding, v.measure, v.filters), v.scatter, v.reading, v.right, v.sums))
	v.content = container.New(&roomLayout{l, func() bool { return v.content != nil && !v.content.(*fyne.Container).Hidden }}, scroll)
	return v
}

// show switches between speed, memory and arithmetic.
func (v *accuracyView) show(id string) {
	v.turn(id)
	v.page.fill()
}

// turn is show without drawing.
func (v *accuracyView) turn(id string) {
	if v.chips[id] == nil {
		return
	}
	if id != v.shows {
		v.group.SetChosen("")
		v.engine.SetChosen("")
		v.device.SetChosen("")
		v.scatter.at = -1
	}
	v.shows = id
}

// aim turns to a place, to be shown next: "", a kind, or a kind and a run's id.
func (v *accuracyView) aim(place string) {
	kind, id, _ := strings.Cut(place, "/")
	v.waiting = id
	v.turn(kind)
}

// load compares once.
func (v *accuracyView) load() {
	if v.asked {
		return
	}
	v.asked = true
	cat := v.page.session.Catalogue()
	v.page.shell.Run.Go(func() {
		rows := calc.AccuracyOf(cat)
		v.page.shell.Run.Do(func() {
			v.rows, v.ready = rows, true
			if v.page.current == listAccuracy || v.page.current == listRuns {
				v.page.fill()
			}
		})
	})
}

// picked are the rows of the kind in view that pass the filters.
func (v *accuracyView) picked() []calc.AccuracyRow {
	f := calc.AccuracyFilter{Kind: calc.AccuracyKind(v.shows), Group: v.group.Chosen(), Engine: v.engine.Chosen(), Device: v.device.Chosen()}
	return f.Pick(v.rows)
}

func (v *accuracyView) key() calc.AccuracyKey {
	switch v.by.Chosen() {
	case "engine":
		return calc.ByEngine
	case "device":
		return calc.ByDevice
	}
	return calc.ByGroup
}

// fill shows what the choices ask for; the page lays it out.
func (v *accuracyView) fill() {
	for id, c := range v.chips {
		c.SetChosen(id == v.shows)
	}
	sums := v.shows == showArithmetic
	v.filters.Hidden, v.right.Hidden, v.reading.Hidden, v.scatter.Hidden, v.sums.Hidden = sums, sums, sums, sums, !sums
	if sums {
		v.fillSums()
		return
	}
	v.load()
	if !v.ready {
		v.finding.SetText("")
		v.measure.SetText("Comparing every estimate with its measurement …")
		v.filters.Hidden = true
		v.right.Objects = nil
		v.reading.SetText("")
		v.scatter.show(figure.Figure{}, nil, "")
		return
	}
	of := calc.AccuracyFilter{Kind: calc.AccuracyKind(v.shows)}.Pick(v.rows)
	options(v.group, "every kind", of, calc.ByGroup)
	options(v.engine, "every engine", of, calc.ByEngine)
	options(v.device, "every device", of, calc.ByDevice)
	rows := v.picked()
	v.finding.SetText(figure.AccuracyTitle(rows))
	v.every.SetWords(fmt.Sprintf("All %d rows", len(rows)))
	v.markWaiting(rows)
	v.draw(rows)
	v.fillRight(rows)
}

// options offers the values of a key that the rows have.
func options(s *ui.Select, all string, rows []calc.AccuracyRow, by calc.AccuracyKey) {
	list := []ui.Choice{{Title: all}}
	chosen := ""
	for _, g := range calc.GroupAccuracy(rows, by) {
		list = append(list, ui.Choice{ID: g.Name, Title: g.Name})
		if g.Name == s.Chosen() {
			chosen = g.Name
		}
	}
	if by != calc.ByGroup { // names to be found, kinds to be read in their order
		slices.SortFunc(list[1:], func(a, b ui.Choice) int { return cmp.Compare(a.Title, b.Title) })
	}
	s.SetOptions(list, chosen)
}

// draw draws the picture, with the marked run in it.
func (v *accuracyView) draw(rows []calc.AccuracyRow) {
	selected := ""
	if s := v.scatter; s.at >= 0 && s.at < len(s.rows) {
		selected = s.rows[s.at].ID
	}
	fig, err := figure.BuildAccuracy(rows, figure.AccuracyOptions{By: v.key(), Selected: selected})
	if err != nil {
		v.measure.SetText("")
		v.scatter.show(figure.Figure{}, nil, "No estimate can be set beside these runs; the table says why.")
		return
	}
	v.measure.SetText(fig.Subtitle + " " + fig.Caption)
	v.scatter.show(fig, rows, "")
	if small, err := figure.BuildAccuracy(rows, figure.AccuracyOptions{By: v.key(), Selected: selected, Named: namedSmall}); err == nil {
		v.scatter.showSmall(small)
	}
	if selected == "" {
		v.reading.SetText("Point at a mark, or walk from run to run with the arrow keys. Speeds are computed with their own run left out.")
		if v.shows == showMemory {
			v.reading.SetText("Point at a mark, or walk from run to run with the arrow keys. Memory is computed from the model's tensors and the engine's rules.")
		}
	}
}

// markWaiting marks the run that somebody was sent to.
func (v *accuracyView) markWaiting(rows []calc.AccuracyRow) {
	if v.waiting == "" {
		return
	}
	v.scatter.show(figure.Figure{}, rows, "")
	for i := range v.scatter.rows {
		if r := &v.scatter.rows[i]; r.ID == v.waiting {
			v.scatter.at = i
			v.reading.SetText(strings.Join(rowReading(r), " · "))
		}
	}
	v.waiting = ""
}

// marked says which run the arrows have come to.
func (v *accuracyView) marked(r *calc.AccuracyRow) {
	v.reading.SetText(strings.Join(rowReading(r), " · "))
	rows := v.picked()
	at := v.scatter.at
	v.draw(rows)
	v.scatter.at = at
	v.content.Refresh()
}

// openRow shows a run in the table of all runs, with its source beside it.
func (v *accuracyView) openRow(r *calc.AccuracyRow) {
	v.page.choose(listRuns)
	v.page.pick(runID(r))
	for i, row := range v.page.grid.rows {
		if row.id == runID(r) {
			v.page.grid.list.ScrollTo(i)
		}
	}
}

// runID tells the rows of the table apart: one run can state two quantities.
func runID(r *calc.AccuracyRow) string { return r.ID + "/" + r.Quantity }

func (v *accuracyView) copy() {
	if !v.ready {
		return
	}
	fig, err := figure.BuildAccuracy(v.picked(), figure.AccuracyOptions{})
	if err != nil {
		v.page.shell.Toast("There are no numbers to copy here.", nil)
		return
	}
	clean := strings.NewReplacer("\t", " ", "\n", " ")
	var b strings.Builder
	for _, line := range append([][]string{fig.Twin.Headers}, fig.Twin.Rows...) {
		for i, cell := range line {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(clean.Replace(cell))
		}
		b.WriteByte('\n')
	}
	v.page.shell.Copy(b.String(), "The numbers are on the clipboard; paste them into a sheet.")
}

// save writes the picture for a deck.
func (v *accuracyView) save() {
	fig, err := figure.BuildAccuracy(v.picked(), figure.AccuracyOptions{By: v.key(), Version: "Hostwise, catalogue " + v.page.session.Catalogue().Date})
	if err != nil {
		v.page.shell.Toast("There is no picture to save here.", nil)
		return
	}
	export.SaveFigure(v.page.session, v.page.shell, "accuracy-"+v.shows, fig)
}

// fillRight fills the column beside the picture.
func (v *accuracyView) fillRight(rows []calc.AccuracyRow) {
	v.right.Objects = nil
	s := calc.SummariseAccuracy("", rows)
	if s.Compared > 0 {
		v.right.Add(v.groups(rows))
	}
	if s.Apart > 0 {
		v.right.Add(leftOut(s))
	}
	if s.Compared > 0 {
		v.right.Add(v.worst(rows))
	}
	if s.Left > 0 {
		v.right.Add(v.uncompared(rows, s.Left))
	}
	v.right.Add(ui.Wrap(8, 8, ui.NewButton(ui.Outline, "Add your own run", func() { v.page.GoTo("measured/add") }).WithIcon(ui.IconPlus).Small()))
	v.right.Refresh()
}

// groups lists the error of each group with its strip; a press narrows the view to the group.
func (v *accuracyView) groups(rows []calc.AccuracyRow) fyne.CanvasObject {
	list := calc.GroupAccuracy(rows, v.key())
	worst := 0.0
	for _, g := range list {
		worst = math.Max(worst, g.P90)
	}
	reach := stripReach(worst)
	drawn, _ := figure.AccuracyDrawn(rows)
	marks := map[string]int{}
	for i, g := range calc.GroupAccuracy(drawn, v.key()) {
		marks[g.Name] = i
	}
	caption := func(words string, right bool) *ui.Text {
		t := ui.NewText(ui.Caption, words).In(ui.ColorInk3)
		t.SetAlign(right)
		return t
	}
	col := ui.Column(2, ui.Row(8, ui.NewText(ui.BodyStrong, "How far off"), ui.Spring(), v.by),
		container.New(groupLayout{head: true}, ui.Spring(), caption("", false), caption("runs", true), caption("too low, high", false), caption("median", true), caption("90 %", true)))
	for _, g := range list {
		mark := ui.Spring()
		if i, ok := marks[g.Name]; ok {
			mark = ui.NewPointMark(figure.AccuracyMark(i))
		}
		row := container.New(groupLayout{}, mark, ui.NewText(ui.Secondary, g.Name).Cut(), numbers(fmt.Sprint(g.Compared), ui.ColorInk3),
			newErrorStrip(g.Errors, reach), numbers(plain(g.Median), ui.ColorInk), numbers(plain(g.P90), ui.ColorInk2))
		press := ui.NewPressable(row, func() { v.narrow(g.Name) })
		press.SetTip(fmt.Sprintf("%s: %d of %d within 10 %%, %d in our range, worst %s", g.Name, g.Near, g.Compared, g.Inside, figure.SignedShare(g.Worst)))
		col.Add(press)
	}
	foot := caption(fmt.Sprintf("The strip runs from −%s to +%s; what lies beyond stands at its end, hollow.", format.Share(reach), format.Share(reach)), false)
	col.Add(foot.Wrapped())
	return col
}

func numbers(words string, ink fyne.ThemeColorName) *ui.Text {
	return ui.NewText(ui.Secondary, words).In(ink).Right()
}

// plain is an error without its direction.
func plain(share float64) string { return strings.TrimPrefix(figure.SignedShare(share), "+") }

// narrow shows one group, or all again where it was shown alone.
func (v *accuracyView) narrow(name string) {
	s := v.group
	switch v.key() {
	case calc.ByEngine:
		s = v.engine
	case calc.ByDevice:
		s = v.device
	}
	if s.Chosen() == name {
		name = ""
	}
	s.SetChosen(name)
	v.scatter.at = -1
	v.page.fill()
}

// leftOut says what the estimates are worth where no run of the same source helps.
func leftOut(s calc.AccuracySummary) fyne.CanvasObject {
	return ui.Section("Left out on purpose, then predicted", "", ui.Column(6,
		ui.NewText(ui.Secondary, fmt.Sprintf("Each run is predicted without itself: median error %s, nine in ten within %s, %d of %d measurements in our range.",
			plain(s.Median), plain(s.P90), s.Inside, s.Compared)).In(ui.ColorInk2).Wrapped(),
		ui.NewText(ui.Secondary, fmt.Sprintf("Without every run of the same source: median error %s, nine in ten within %s, %d of %d in our range. That is what a set-up far from any published one gets.",
			plain(s.ApartMedian), plain(s.ApartP90), s.ApartInside, s.Apart)).In(ui.ColorInk2).Wrapped()))
}

// worst lists the estimates that are furthest off; a press opens the run.
func (v *accuracyView) worst(rows []calc.AccuracyRow) fyne.CanvasObject {
	list := calc.WorstAccuracy(rows, mostWorst)
	col := ui.Column(0)
	for i := range list {
		r := list[i]
		name := r.Device
		if r.Device == "not stated" {
			name = r.Model
		}
		words := ui.Pad(4, 6, ui.Column(0,
			ui.Row(8, ui.Grow(ui.NewText(ui.Secondary, name+", "+r.Engine+", "+r.Quantity).Cut()), numbers(figure.SignedShare(r.Error), ui.ColorInk)),
			ui.NewText(ui.Caption, "estimate "+figure.AccuracyAmount(r.Estimate.Likely, r.Unit)+", measured "+figure.AccuracyAmount(r.Measured, r.Unit)+insideWords(r.Inside)).In(ui.ColorInk3).Cut()))
		col.Add(ui.NewPressable(words, func() { v.openRow(&r) }))
	}
	return ui.Section("Where it fails", fmt.Sprintf("the worst %d", len(list)), col)
}

func insideWords(inside bool) string {
	if inside {
		return ", in our range"
	}
	return ", outside our range"
}

// mostReasons is how many reasons are listed; the table has them all.
const mostReasons = 6

// uncompared says which rows have no estimate, and why.
func (v *accuracyView) uncompared(rows []calc.AccuracyRow, left int) fyne.CanvasObject {
	col := ui.Column(2)
	others := 0
	for i, c := range calc.Uncompared(rows) {
		if i >= mostReasons {
			others += c.Rows
			continue
		}
		col.Add(ui.Row(8, ui.Fixed(24, 16, numbers(fmt.Sprint(c.Rows), ui.ColorInk3)), ui.Grow(ui.NewText(ui.Caption, c.Reason).In(ui.ColorInk2).Wrapped())))
	}
	if others > 0 {
		col.Add(ui.NewText(ui.Caption, fmt.Sprintf("and %d rows for other reasons, each in the table", others)).In(ui.ColorInk3).Wrapped())
	}
	return ui.Section("Not compared", fmt.Sprintf("%d rows, and why", left), col)
}

// groupLayout sets out one line of the groups: mark, name, count, strip, median and P90; where there is no room beside
// it the name has a line of its own.
type groupLayout struct{ head bool }

// roomForNames is the width at 100 % from which a group's name stands beside its strip.
const roomForNames = 370

func (l groupLayout) twoLines(width float32) bool { return !l.head && width < ui.Scaled(roomForNames) }

// HeightAt implements ui.FlowLayout.
func (l groupLayout) HeightAt(_ []fyne.CanvasObject, width float32) float32 {
	if l.twoLines(width) {
		return ui.Scaled(42)
	}
	return ui.Scaled(24)
}

func (l groupLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(200, l.HeightAt(o, ui.Scaled(roomForNames)))
}

func (l groupLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	const edge, gap = 18, 8
	k := min(ui.Scale(), 1.5)
	line, count, share := ui.Scaled(18), 26*k, 46*k
	strip := min(88*k, s.Width*0.24)
	name := max(0, s.Width-edge-count-strip-2*share-gap-4)
	y := (s.Height - line) / 2
	ui.Place(o[0], 3, (min(s.Height, ui.Scaled(24))-10)/2, 10, 10)
	if s.Width < ui.Scaled(roomForNames) { // the header keeps to the columns of the second line
		strip, name = max(20, s.Width-edge-count-2*share-gap-4), 0
	}
	ui.Place(o[1], edge, y, name, line)
	if l.twoLines(s.Width) {
		ui.Place(o[1], edge, 2, s.Width-edge-4, line)
		y = s.Height - line - 2
	}
	x := edge + name
	ui.Place(o[2], x, y, count, line)
	x += count + gap
	ui.Place(o[3], x, y, strip, line)
	x += strip
	ui.Place(o[4], x, y, share, line)
	ui.Place(o[5], x+share, y, share, line)
}

// accuracyLayout sets the head over the picture with its reading and, beside them or where there is no room below them,
// the groups. The picture is as high as the window leaves, and the whole scrolls.
type accuracyLayout struct{ room float32 } // room: the height in view

// Widths and heights at 100 %: below the first the groups stand under the picture; the second is the least picture.
const (
	roomForTwo   = 560
	leastPicture = 240
)

// HeightAt implements ui.FlowLayout.
func (l *accuracyLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	return l.place(o, width, func(fyne.CanvasObject, float32, float32, float32, float32) {})
}

func (l *accuracyLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(320, l.HeightAt(o, 320))
}

func (l *accuracyLayout) Layout(o []fyne.CanvasObject, s fyne.Size) { l.place(o, s.Width, ui.Place) }

func (l *accuracyLayout) place(o []fyne.CanvasObject, width float32, put func(o fyne.CanvasObject, x, y, w, h float32)) float32 {
	const margin, gap = 24, 24
	w := width - 2*margin
	h := ui.HeightAt(o[0], w)
	put(o[0], margin, 16, w, h)
	y := 16 + h + 12
	if o[4].Visible() { // the arithmetic
		h = ui.HeightAt(o[4], w)
		put(o[4], margin, y, w, h)
		return y + h + gap
	}
	left, right, across := w, w, w >= ui.Scaled(roomForTwo)
	if across {
		right = min(420*min(ui.Scale(), 1.3), w*0.44)
		left = w - right - gap
	}
	words := ui.HeightAt(o[2], left)
	picture := max(min(l.room-y-words-24, left*1.1), ui.Scaled(leastPicture))
	put(o[1], margin, y, left, picture)
	put(o[2], margin, y+picture+8, left, words)
	end := y + picture + 8 + words + 16
	h = ui.HeightAt(o[3], right)
	if across {
		put(o[3], margin+left+gap, y, right, h)
		return max(end, y+h+16)
	}
	put(o[3], margin, end, right, h)
	return end + h + 16
}

// roomLayout tells the layout inside a scroll how high the view is. What nobody sees is laid out when it is shown: the
// page does that on every change, and the picture is drawn at each new size.
type roomLayout struct {
	inside *accuracyLayout
	seen   func() bool
}

func (l *roomLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(320, 240) }

func (l *roomLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	if !l.seen() {
		return
	}
	l.inside.room = s.Height
	ui.Place(o[0], 0, 0, s.Width, s.Height)
	o[0].Refresh()
}

// belowHead puts a body under a head that is as high as it needs.
type belowHead struct{}

func newBelowHead(head, body fyne.CanvasObject) *fyne.Container {
	return container.New(belowHead{}, head, body)
}

func (belowHead) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(320, 240) }

func (belowHead) Layout(o []fyne.CanvasObject, s fyne.Size) {
	const margin = 24
	w := s.Width - margin
	h := ui.HeightAt(o[0], w-margin)
	ui.Place(o[0], margin, 16, w-margin, h)
	ui.Place(o[1], margin, 16+h+12, w, max(0, s.Height-h-28))
}

// table is every measured run of the kind in view beside our estimate, with its source and the quoted line.
func (v *accuracyView) table() *table {
	t := &table{id: listRuns, title: "Every run", unit: v.shows + ", measured beside our estimate",
		columns: []column{{"Hardware", 0, false, false}, {"Engine", 84, false, true}, {"Quantity", 130, false, true}, {"Measured", 92, true, false}, {"Estimate", 92, true, false}, {"Error", 62, true, false}}}
	v.load()
	rows := v.picked()
	for i := range rows {
		r := &rows[i]
		x := record{id: runID(r), fact: r.Fact, group: r.Group, value: -1}
		if r.Reason != "" {
			x.gone = true
			x.cells = []string{r.Hardware, r.Engine, r.Quantity, format.Unknown, format.Unknown, format.Unknown}
			x.detail = lines("Not compared because", r.Reason)
		} else {
			x.value = math.Abs(r.Error)
			amount := func(v float64) string { return figure.AccuracyAmount(v, r.Unit) }
			x.cells = []string{r.Hardware, r.Engine, r.Quantity, amount(r.Measured), amount(r.Estimate.Likely), figure.SignedShare(r.Error)}
			x.detail = lines("Measured", amount(r.Measured), "Estimate", amount(r.Estimate.Likely), "Our range", format.Between(amount(r.Estimate.Low), amount(r.Estimate.High)),
				"Measurement in our range", yesNo(r.Inside), "How the estimate was reached", r.Basis)
			if r.Kind == calc.SpeedAccuracy {
				x.detail = append(x.detail, lines("Without this source", amount(r.Apart.Likely)+", "+figure.SignedShare(r.ApartError))...)
			}
		}
		x.detail = append(x.detail, lines("Run", r.ID, "Model", r.Model, "Precision", r.Precision, "At once", r.AtOnce, "Kind", r.Group, "Quoted line", r.Quote)...)
		t.records = append(t.records, x)
	}
	return t
}
