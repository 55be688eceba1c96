package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// List is Fyne's list, of which only the rows in view exist, with a ring around it while it has the focus: Fyne marks
// the row that its arrows are on by a faint tint alone, and the tint of a chosen row hides that.
type List struct {
	widget.List
	ring *listRing
}

// NewList returns a list without lines between its rows. Ring is stacked over it.
func NewList(length func() int, create func() fyne.CanvasObject, update func(widget.ListItemID, fyne.CanvasObject)) *List {
	l := &List{}
	l.Init(l, length, create, update)
	return l
}

// Init makes a list of a widget that embeds List by value; outer is that widget.
func (l *List) Init(outer fyne.Widget, length func() int, create func() fyne.CanvasObject, update func(widget.ListItemID, fyne.CanvasObject)) {
	l.Length, l.CreateItem, l.UpdateItem, l.HideSeparators = length, create, update, true
	l.ring = &listRing{}
	l.ring.ExtendBaseWidget(l.ring)
	l.ExtendBaseWidget(outer)
}

// Ring is what shows the focus.
func (l *List) Ring() fyne.CanvasObject { return l.ring }

// FocusGained implements fyne.Focusable.
func (l *List) FocusGained() {
	l.List.FocusGained()
	l.ring.show(true)
}

// FocusLost implements fyne.Focusable.
func (l *List) FocusLost() {
	l.List.FocusLost()
	l.ring.show(false)
}

// listRing lies over the list and takes no part in it.
type listRing struct {
	widget.BaseWidget
	shown bool
}

func (r *listRing) show(on bool) {
	if r.shown != on {
		r.shown = on
		r.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (r *listRing) CreateRenderer() fyne.WidgetRenderer {
	ring := newRing(4)
	return newPainter(&painter{
		objects: []fyne.CanvasObject{ring},
		min:     func() fyne.Size { return fyne.Size{} },
		layout: func(s fyne.Size) { // inside, since nothing is painted beyond what scrolls
			place(ring, ringWidth, ringWidth, s.Width-2*ringWidth, s.Height-2*ringWidth)
		},
		refresh: func() { paintRing(ring, r.shown) },
	})
}
