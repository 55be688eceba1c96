package guide

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"hostwise/app/desktop/ui"
)

// option is one answer to choose.
type option struct {
	id, title, detail string
	badge             string            // evidence word, "" = none
	problem           string            // why it will not do; it stays visible and can still be chosen
	faded             bool              // it fails here
	cells             fyne.CanvasObject // what stands at the right, such as a bar and figures; nil = nothing
}

// optionList offers answers as rows of which one is chosen. Arrows move the choice, digits choose a row, Space
// chooses the row in focus and Enter goes on from the chosen one.
type optionList struct {
	rows   []*ui.Pressable
	dots   []*radio
	ids    []string
	first  int // how many keys 1 to 9 the lists above on this page have taken; negative where the rows have none
	chosen string
	column *fyne.Container
	pick   func(id string)
	// typing takes letters and digits to a field that reads the answer by name; then no row has a digit of its own.
	typing func() bool
	q      *question
}

func newOptionList(q *question, options []option, first int, chosen string, pick func(id string)) *optionList {
	l := &optionList{q: q, first: first, chosen: chosen, pick: pick, column: ui.Column(2)}
	for i, o := range options {
		dot := newRadio(o.id == chosen)
		row := ui.NewPressable(optionRow(dot, first+i, o), func() { l.choose(o.id) })
		row.SetChosen(o.id == chosen)
		row.SetKey(func(e *fyne.KeyEvent) bool { return l.key(i, e) })
		l.rows, l.dots, l.ids = append(l.rows, row), append(l.dots, dot), append(l.ids, o.id)
		l.column.Add(row)
	}
	return l
}

// optionRow lays one answer: the mark, the words, why it will not do, the badge and the key that chooses it.
func optionRow(dot *radio, i int, o option) fyne.CanvasObject {
	title := ui.NewText(ui.BodyStrong, o.title).Wrapped()
	if o.problem != "" || o.faded {
		title.In(ui.ColorInk3)
	}
	words := ui.Column(0, title)
	if o.detail != "" {
		words.Add(ui.NewText(ui.Secondary, o.detail).In(ui.ColorInk2).Wrapped())
	}
	right := ui.Row(8)
	if o.cells != nil {
		right.Add(o.cells)
	}
	if o.badge != "" {
		right.Add(ui.NewBadge(o.badge))
	}
	if i >= 0 && i < 9 && o.cells == nil {
		right.Add(ui.NewKeyHint(string(rune('1' + i))))
	}
	body := ui.Column(2, ui.Ends(10, words, right))
	if o.cells != nil {
		body = ui.Column(2, besideOrBelow(words, right))
	}
	if o.problem != "" {
		body.Add(ui.Row(5, ui.NewSizedIcon(ui.IconClose, ui.ColorWarning, 10), ui.Grow(ui.NewText(ui.Secondary, o.problem).In(ui.ColorWarning).Wrapped())))
	}
	return ui.Pad(8, 12, hanging(28, dot, body))
}

// choose takes an answer as a press does.
func (l *optionList) choose(id string) {
	l.setChosen(id)
	l.pick(id)
}

// setChosen marks a row without telling anyone.
func (l *optionList) setChosen(id string) {
	l.chosen = id
	for i := range l.rows {
		l.rows[i].SetChosen(l.ids[i] == id)
		l.dots[i].set(l.ids[i] == id)
	}
}

func (l *optionList) key(i int, e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyUp:
		l.moveTo(i - 1)
	case fyne.KeyDown:
		l.moveTo(i + 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		if l.ids[i] != l.chosen {
			l.choose(l.ids[i])
			return true
		}
		l.q.enter()
	default:
		return l.q.digit(e)
	}
	return true
}

func (l *optionList) moveTo(i int) {
	if i < 0 || i >= len(l.rows) {
		return
	}
	l.choose(l.ids[i])
	l.focus()
}

// digit chooses a row by its number; the numbers go on from one list of a page to the next.
func (l *optionList) digit(e *fyne.KeyEvent) bool {
	if l.typing != nil {
		return len(e.Name) == 1 && l.typing()
	}
	if len(e.Name) != 1 || e.Name < "1" || e.Name > "9" {
		return false
	}
	i := int(e.Name[0]-'1') - l.first
	if i < 0 || i >= len(l.ids) {
		return false
	}
	l.choose(l.ids[i])
	l.focus()
	return true
}

// focus gives the keyboard to the chosen row, or to the first.
func (l *optionList) focus() {
	if len(l.rows) == 0 {
		return
	}
	at := l.rows[0]
	for i, id := range l.ids {
		if id == l.chosen {
			at = l.rows[i]
		}
	}
	l.q.page.focusOn(at)
	l.q.reveal(at)
}

// radio is the round mark before an answer.
type radio struct {
	widget.BaseWidget
	on bool
}

func newRadio(on bool) *radio {
	r := &radio{on: on}
	r.ExtendBaseWidget(r)
	return r
}

func (r *radio) set(on bool) {
	if r.on != on {
		r.on = on
		r.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (r *radio) CreateRenderer() fyne.WidgetRenderer {
	p := &radioRenderer{radio: r, outer: canvas.NewCircle(color.Transparent), inner: canvas.NewCircle(color.Transparent)}
	p.outer.StrokeWidth = 1.5
	p.Refresh()
	return p
}

type radioRenderer struct {
	radio        *radio
	outer, inner *canvas.Circle
}

func (p *radioRenderer) Destroy()                     {}
func (p *radioRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{p.outer, p.inner} }
func (p *radioRenderer) MinSize() fyne.Size           { return fyne.NewSquareSize(16) }
func (p *radioRenderer) Layout(s fyne.Size) {
	top := (s.Height - 16) / 2
	ui.Place(p.outer, 0, top, 16, 16)
	ui.Place(p.inner, 5, top+5, 6, 6)
}

func (p *radioRenderer) Refresh() {
	p.outer.StrokeColor, p.outer.FillColor, p.inner.FillColor = ui.Color(ui.ColorControlEdge), ui.Color(ui.ColorPage), color.Transparent
	if p.radio.on {
		p.outer.StrokeColor, p.outer.FillColor, p.inner.FillColor = ui.Color(ui.ColorAccent), ui.Color(ui.ColorAccent), ui.Color(ui.ColorOnAccent)
	}
	p.outer.Refresh()
	p.inner.Refresh()
}
