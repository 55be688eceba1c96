package ui

import (
	"cmp"
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// SearchRow is one thing that a SearchList offers.
type SearchRow struct {
	Title  string
	Detail string // a second line, fainter; "" = none
	Tag    string // what kind of thing it is, at the right end; "" = none
	WhyNot string // why it cannot be taken; it then stands in place of Detail, and the row stays in view. "" = it can be
	Take   func() // what taking it does
}

// SearchList is a field with the rows that it finds below: the way to go to, add or choose one of many things.
//
// The focus stays in the field, so that typing goes on. The arrows, PgUp, PgDn, Home and End move the mark, Enter takes
// the marked row, Escape leaves; a press takes a row, and Tab walks through them. A row that cannot be taken says why
// and does nothing. The list is as high as its rows, up to a limit from which it scrolls; where nothing is found it says
// so.
type SearchList struct {
	widget.BaseWidget
	field  *Field
	empty  string
	rows   *fyne.Container
	scroll *container.Scroll
	foot   *Text
	column *fyne.Container
	most   float32       // the height from which the rows scroll
	lines  []*searchLine // those with a row
	made   []*searchLine // all there were; a line that is dropped stays in Fyne's caches for a minute
	at     int           // the marked row; -1 = none
	find   func(typed string)
	leave  func() // ends the search, before a row is taken and at Escape
	laid   func() // after the rows changed
	over   bool
}

// searchRowsInView are how many rows of two lines are in view before the list scrolls.
const searchRowsInView = 9

// searchRowHeight is the height of a row of two lines at 100 %, with the gap to the next.
const searchRowHeight = 46

// NewSearchList returns a list that says in its field what to type, and where nothing is found says so. find is called
// at each key with what is typed, and answers with Offer, at once or later.
func NewSearchList(placeholder, empty string, find func(typed string)) *SearchList {
	l := &SearchList{empty: empty, find: find, rows: Column(2), at: -1}
	l.field = NewSearchField(placeholder, func(text string) { l.find(text) })
	l.field.OnSubmit = func() { l.take(l.at) }
	l.field.OnKey = l.key
	l.field.OnEscape = l.end
	l.scroll = Scroll(l.rows)
	l.foot = NewText(Caption, "There are more: type on to find them.").In(ColorInk3)
	l.foot.Hide()
	l.column = Column(10, l.field, container.New(&atMostLayout{list: l}, l.scroll), l.foot)
	l.ExtendBaseWidget(l)
	return l
}

// Typed is what stands in the field.
func (l *SearchList) Typed() string { return l.field.Text() }

// Offer shows what was found, and marks the first row that can be taken. more says that others match too.
func (l *SearchList) Offer(rows []SearchRow, more bool) {
	if l.over {
		return
	}
	l.rows.Objects, l.at = nil, -1
	for i, r := range rows {
		if i == len(l.made) {
			line := newSearchLine(func() { l.take(i) })
			line.refuse = l.focus
			l.made = append(l.made, line)
		}
		line := l.made[i]
		line.set(r)
		l.rows.Objects = append(l.rows.Objects, line)
		if l.at < 0 && r.WhyNot == "" {
			l.at = i
		}
	}
	l.lines = l.made[:len(rows)]
	if len(rows) == 0 {
		l.rows.Add(Pad(4, 10, NewText(Body, l.empty).In(ColorInk3).Wrapped()))
	}
	SetShown(l.foot, more)
	l.mark()
	l.scroll.ScrollToTop()
	l.rows.Refresh()
	l.column.Refresh()
	if l.laid != nil {
		l.laid()
	}
}

// mark tints the row that Enter takes.
func (l *SearchList) mark() {
	for i, line := range l.lines {
		line.SetChosen(i == l.at)
	}
}

// key moves the mark.
func (l *SearchList) key(e *fyne.KeyEvent) bool {
	to := l.at
	page := max(1, int(l.scroll.Size().Height/Scaled(searchRowHeight)))
	switch e.Name {
	case fyne.KeyDown:
		to++
	case fyne.KeyUp:
		to--
	case fyne.KeyPageDown:
		to += page
	case fyne.KeyPageUp:
		to -= page
	case fyne.KeyHome:
		to = 0
	case fyne.KeyEnd:
		to = len(l.lines) - 1
	default:
		return false
	}
	if len(l.lines) > 0 {
		l.at = min(max(to, 0), len(l.lines)-1)
		l.mark()
		Reveal(l.lines[l.at])
	}
	return true
}

// take takes a row, once.
func (l *SearchList) take(i int) {
	if l.over || i < 0 || i >= len(l.lines) || l.lines[i].row.WhyNot != "" {
		return
	}
	l.end()
	l.lines[i].row.Take()
}

// focus puts the cursor back into the field.
func (l *SearchList) focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil && !l.over {
		c.Focus(l.field.Focusable())
	}
}

// end leaves the search.
func (l *SearchList) end() {
	if l.over {
		return
	}
	l.over = true
	if l.leave != nil {
		l.leave()
	}
}

// HeightAt implements Flowing.
func (l *SearchList) HeightAt(width float32) float32 { return HeightAt(l.column, width) }

// Parts implements Parted.
func (l *SearchList) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{l.column} }

// CreateRenderer implements fyne.Widget.
func (l *SearchList) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.column) }

// atMostLayout makes what scrolls as high as its rows, up to the list's limit.
type atMostLayout struct {
	list  *SearchList
	width float32
}

// HeightAt implements FlowLayout.
func (a *atMostLayout) HeightAt(_ []fyne.CanvasObject, width float32) float32 {
	most := Scaled(searchRowHeight) * searchRowsInView
	if a.list.most > 0 {
		most = min(most, a.list.most)
	}
	return min(HeightAt(a.list.rows, width), most)
}

func (a *atMostLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(Scaled(160), a.HeightAt(o, max(a.width, Scaled(160))))
}

func (a *atMostLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	a.width = s.Width
	place(o[0], 0, 0, s.Width, s.Height)
}

// searchLine is one row in view.
type searchLine struct {
	Pressable
	row           SearchRow
	title, detail *Text
	tag           *Badge
	refuse        func() // instead of taking a row that cannot be taken
}

var _ fyne.Accessible = (*searchLine)(nil)

func newSearchLine(take func()) *searchLine {
	l := &searchLine{title: NewText(Body, "").Cut(), detail: NewText(Caption, "").In(ColorInk3).Cut(), tag: NewTag("")}
	l.Init(l, Pad(4, 10, Row(10, Grow(Column(0, l.title, l.detail)), l.tag)), take)
	return l
}

// set gives the line another row.
func (l *searchLine) set(r SearchRow) {
	l.row, l.disabled = r, r.WhyNot != ""
	ink := fyne.ThemeColorName(ColorInk)
	if l.disabled {
		ink = ColorInk3
	}
	l.title.SetText(r.Title)
	l.title.SetColor(ink)
	detail := cmp.Or(r.WhyNot, r.Detail)
	l.detail.SetText(detail)
	SetShown(l.detail, detail != "")
	l.tag.SetTag(r.Tag)
	SetShown(l.tag, r.Tag != "")
	l.Refresh()
}

// Tapped implements fyne.Tappable. A press takes the focus from the field, so a row that cannot be taken gives it back.
func (l *searchLine) Tapped(e *fyne.PointEvent) {
	if l.disabled {
		l.refuse()
		return
	}
	l.Pressable.Tapped(e)
}

// AccessibilityLabel says the row in one sentence.
func (l *searchLine) AccessibilityLabel() string {
	words := l.row.Title
	if l.row.Tag != "" {
		words += ", " + l.row.Tag
	}
	switch {
	case l.row.WhyNot != "":
		words += ": " + l.row.WhyNot
	case l.row.Detail != "":
		words += ": " + l.row.Detail
	}
	return words
}

// AccessibilityRole implements fyne.Accessible.
func (l *searchLine) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Search says how a SearchList is opened as a dialog.
type Search struct {
	Title       string
	Placeholder string // what to type
	Empty       string // said where nothing is found
	Width       float32
	// Find is called once at the beginning, and at each key with what is typed; it answers with the list's Offer.
	Find func(l *SearchList, typed string)
	// Buttons stand before Close; each closes the search by itself. nil = none.
	Buttons func(d *Dialog) []fyne.CanvasObject
}

// ShowSearch opens a search over the window, with the cursor in its field. It stands near the top, so that the field
// stays where it is while the rows below it come and go. It does nothing where another dialog is open.
func ShowSearch(c fyne.Canvas, s Search) {
	if c == nil || c.Overlays().Top() != nil {
		return
	}
	var l *SearchList
	l = NewSearchList(s.Placeholder, s.Empty, func(typed string) { s.Find(l, typed) })
	d := openDialog(c, s.Width, s.Title, l, func(d *Dialog) []fyne.CanvasObject {
		var buttons []fyne.CanvasObject
		if s.Buttons != nil {
			buttons = s.Buttons(d)
		}
		return append(buttons, NewButton(Outline, "Close", d.Close).WithKey("Esc"))
	}, true)
	l.leave, l.laid = d.Close, d.Refresh
	l.most = d.room() - HeightAt(l.field, Scaled(s.Width)) - 2*10 - Scaled(Caption.Line)
	d.OnClose(func() { l.over = true })
	s.Find(l, "")
	c.Focus(l.field.Focusable())
}
