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
	return container.New(EndsLayout{gap}, left, right)
}

// EndsLayout is the layout of Ends, for one that has another way where the room is too small.
type EndsLayout struct{ Gap float32 }

// HeightAt implements FlowLayout.
func (l EndsLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	r := o[1].MinSize()
	return max(HeightAt(o[0], width-r.Width-l.Gap), r.Height)
}

// MinSize implements fyne.Layout.
func (l EndsLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(min(a.Width, Scaled(40))+b.Width+l.Gap, max(a.Height, b.Height))
}

// Layout implements fyne.Layout.
func (l EndsLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	r := o[1].MinSize()
	left := s.Width - r.Width - l.Gap // below 0 before the first layout: text is then one line, and costs nothing
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
