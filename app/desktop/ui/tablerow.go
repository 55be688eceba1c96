package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Place sets an object at a place in a size, which is never less than nothing.
func Place(o fyne.CanvasObject, x, y, w, h float32) { place(o, x, y, max(0, w), max(0, h)) }

// SetShown shows or hides an object; one that is so already is left alone, and not drawn again.
func SetShown(o fyne.CanvasObject, on bool) {
	if o.Visible() == on {
		return
	}
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

// Ends sets one object at the left, shortened where it must be, and one at the right at its own width, both in the
// middle of the height.
func Ends(gap float32, left, right fyne.CanvasObject) *fyne.Container {
	return container.New(endsLayout{gap}, left, right)
}

type endsLayout struct{ gap float32 }

// HeightAt implements FlowLayout.
func (l endsLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	r := o[1].MinSize()
	return max(HeightAt(o[0], max(1, width-r.Width-l.gap)), r.Height)
}

func (l endsLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(min(a.Width, Scaled(40))+b.Width+l.gap, max(a.Height, b.Height))
}

func (l endsLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	r := o[1].MinSize()
	left := max(1, s.Width-r.Width-l.gap)
	h := min(HeightAt(o[0], left), s.Height)
	Place(o[0], 0, (s.Height-h)/2, left, h)
	Place(o[1], s.Width-r.Width, (s.Height-r.Height)/2, r.Width, r.Height)
}

// Headed gives a head the height that it needs, and the rest to what is below it.
func Headed(gap float32, head, body fyne.CanvasObject) *fyne.Container {
	return container.New(headedLayout{gap}, head, body)
}

type headedLayout struct{ gap float32 }

// HeightAt implements FlowLayout.
func (l headedLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	return HeightAt(o[0], width) + l.gap + o[1].MinSize().Height
}

func (l headedLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), a.Height+l.gap+b.Height)
}

func (l headedLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	h := HeightAt(o[0], s.Width)
	Place(o[0], 0, 0, s.Width, h)
	Place(o[1], 0, h+l.gap, s.Width, s.Height-h-l.gap)
}

// TableColumns are the columns of a small table whose rows are laid out one by one.
type TableColumns struct {
	Widths []float32 // at 100 %; the column of width 0 takes what is left
	Drop   []int     // the columns that a narrow window gives up, the first one first
	Gap    float32   // between the columns
	Least  float32   // what the growing column keeps, at 100 %, as long as there is a column to give up
}

// Row sets objects into the columns, all in the middle of a row that is at least so high at 100 %.
func (c TableColumns) Row(height float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&tableRowLayout{height: height, columns: c}, objects...)
}

// at returns the width of each column in a row of this width; a negative one is given up.
func (c TableColumns) at(width float32) []float32 {
	out, grow := make([]float32, len(c.Widths)), -1
	for i, w := range c.Widths {
		out[i] = Scaled(w)
		if w == 0 {
			grow = i
		}
	}
	left := func() float32 {
		rest, shown := width, 0
		for _, w := range out {
			if w >= 0 {
				rest -= w
				shown++
			}
		}
		return rest - c.Gap*float32(max(0, shown-1))
	}
	for _, i := range c.Drop {
		if left() >= Scaled(c.Least) {
			break
		}
		out[i] = -1
	}
	if grow >= 0 {
		out[grow] = max(Scaled(40), left())
	}
	return out
}

type tableRowLayout struct {
	height  float32
	columns TableColumns
}

// HeightAt implements FlowLayout.
func (l *tableRowLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	h := Scaled(l.height)
	for i, w := range l.columns.at(width) {
		if w >= 0 {
			h = max(h, HeightAt(o[i], w))
		}
	}
	return h
}

func (l *tableRowLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(Scaled(l.columns.Least), Scaled(l.height))
}

func (l *tableRowLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	x := float32(0)
	for i, w := range l.columns.at(s.Width) {
		SetShown(o[i], w >= 0)
		if w < 0 {
			continue
		}
		h := min(HeightAt(o[i], w), s.Height)
		Place(o[i], x, (s.Height-h)/2, w, h)
		x += w + l.columns.Gap
	}
}
