package guide

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/ui"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

// allInputs is every input on one page, with a filter, each to be edited in its row.
type allInputs struct {
	page   *Page
	filter *ui.Field
	kinds  []*ui.Chip // which inputs, in the order of filterKinds
	kind   int
	rows   []*inputRow
	heads  map[calc.Step]fyne.CanvasObject
	column *fyne.Container
	none   fyne.CanvasObject
	count  *ui.Text
	scroll *container.Scroll
	view   fyne.CanvasObject
	shown  []*inputRow // in order, for the arrow keys
}

// filterKinds are the ready filters: each says which inputs it leaves.
var filterKinds = []struct {
	words string
	keeps func(p *Page, in *calc.Input) bool
}{
	{wordsAllOfThem, func(*Page, *calc.Input) bool { return true }},
	{wordsMine, func(p *Page, in *calc.Input) bool { _, given := p.own(in); return given }},
	{wordsTurning, func(p *Page, in *calc.Input) bool { return p.turning()[in.Path] }},
	{wordsGuesses, func(p *Page, in *calc.Input) bool {
		_, given := p.session.Scenario().Given(in.Path)
		return !given && in.Evidence == catalog.Speculation
	}},
	{wordsPrices, func(_ *Page, in *calc.Input) bool { return calc.Quotable(in.Path) }},
}

// allWidth is the most that a row of the page takes, at 100 %.
const allWidth = middleMost + 120

func newAllInputs(p *Page) *allInputs {
	a := &allInputs{page: p, column: ui.Column(0), count: ui.NewText(ui.Caption, "").In(ui.ColorInk3), heads: map[calc.Step]fyne.CanvasObject{}}
	a.filter = ui.NewSearchField(wordsFilter, func(string) { a.show() })
	a.filter.OnKey = a.filterKey
	a.filter.OnSubmit = func() { a.enter(0) }
	kinds := ui.Wrap(6, 6)
	for i, k := range filterKinds {
		chip := ui.NewChip(k.words, "", func() { a.pickKind(i) })
		a.kinds = append(a.kinds, chip)
		kinds.Add(chip)
	}
	a.none = ui.Pad(24, 0, ui.NewText(ui.Body, wordsNoInput).In(ui.ColorInk2).Wrapped())
	for _, step := range calc.Steps {
		a.heads[step] = ui.Inset(14, 0, 4, 0, ui.NewText(ui.PanelTitle, string(step)))
		for i := range calc.Inputs {
			if in := &calc.Inputs[i]; in.Step == step {
				a.rows = append(a.rows, newInputRow(a, in))
			}
		}
	}
	a.scroll = ui.Scroll(ui.Inset(0, margin, 24, margin, ui.NarrowColumn(allWidth, a.column)))
	head := ui.Column(8, ui.Ends(10, a.filter, a.count), kinds, ui.NewText(ui.Caption, wordsHowToType).In(ui.ColorInk3).Wrapped())
	a.view = container.New(&headLayout{}, ui.Inset(0, margin, 8, margin, ui.NarrowColumn(allWidth, head)), a.scroll)
	a.show()
	return a
}

// headLayout lays what stays in view at the top above what scrolls.
type headLayout struct{}

func (headLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (headLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	h := ui.HeightAt(o[0], s.Width)
	ui.Place(o[0], 0, 0, s.Width, h)
	ui.Place(o[1], 0, h, s.Width, s.Height-h)
}

// words are the words that the filter asks for. A stroke at the start is the key that leads to the field.
func (a *allInputs) words() []string {
	return strings.Fields(strings.TrimPrefix(strings.ToLower(a.filter.Text()), "/"))
}

func (a *allInputs) pickKind(i int) {
	a.kind = i
	a.show()
}

// show lists the inputs that the filter leaves, by step.
func (a *allInputs) show() {
	words := a.words()
	var column []fyne.CanvasObject
	counts := make([]int, len(filterKinds))
	last := calc.Step("")
	a.shown = nil
	for _, r := range a.rows {
		if !r.matches(words) {
			continue
		}
		for i, k := range filterKinds {
			if k.keeps(a.page, r.in) {
				counts[i]++
			}
		}
		if !filterKinds[a.kind].keeps(a.page, r.in) {
			continue
		}
		if r.in.Step != last {
			last = r.in.Step
			column = append(column, a.heads[last])
		}
		column = append(column, r.view)
		a.shown = append(a.shown, r)
	}
	for i, chip := range a.kinds {
		chip.SetChosen(i == a.kind)
		chip.SetHint(countOf(counts[i]))
	}
	a.count.SetText(inputs(len(a.shown)))
	if len(a.shown) == 0 {
		column = append(column, a.none)
	}
	if slices.Equal(column, a.column.Objects) {
		return
	}
	a.column.Objects = column
	a.relay()
	a.scroll.ScrollToTop()
}

// refresh follows the scenario. The list itself stays while a row is edited, so that no row is pulled away from
// under the hand.
func (a *allInputs) refresh() {
	editing, changed := false, false
	for _, r := range a.rows {
		was := r.state
		r.refresh()
		changed = changed || r.state != was
		editing = editing || r.focused()
	}
	if !editing {
		a.show()
	}
	if changed {
		a.relay()
	}
}

func (a *allInputs) relay() {
	a.scroll.Refresh()
}

// filterKey goes from the filter to the rows.
func (a *allInputs) filterKey(e *fyne.KeyEvent) bool {
	if e.Name != fyne.KeyDown {
		return false
	}
	a.enter(0)
	return true
}

// enter gives the keyboard to a row of the list; before the first one it goes back to the filter.
func (a *allInputs) enter(i int) {
	switch {
	case i < 0:
		a.page.focusOn(a.filter.Focusable())
	case i < len(a.shown):
		a.page.focusOn(a.shown[i].focusable())
		a.reveal(a.shown[i].view)
	}
}

// move goes from one row to a neighbour.
func (a *allInputs) move(from *inputRow, by int) {
	if i := slices.Index(a.shown, from); i >= 0 {
		a.enter(i + by)
	}
}

// reveal scrolls a row into view.
func (a *allInputs) reveal(o fyne.CanvasObject) {
	top, bottom := o.Position().Y, o.Position().Y+o.Size().Height
	offset := a.scroll.Offset
	switch {
	case top < offset.Y:
		offset.Y = max(0, top-40)
	case bottom > offset.Y+a.scroll.Size().Height-24:
		offset.Y = bottom - a.scroll.Size().Height + 48
	default:
		return
	}
	a.scroll.ScrollToOffset(offset)
}
