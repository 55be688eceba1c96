package export

import (
	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
)

// besideLayout sets what to write beside how it looks, both of one height.
type besideLayout struct {
	left, gap float32 // at 100 %
	height    float32
}

// HeightAt implements ui.Flowing's layouts.
func (l *besideLayout) HeightAt([]fyne.CanvasObject, float32) float32 { return l.height }

// MinSize implements fyne.Layout.
func (l *besideLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(ui.Scaled(l.left)+l.gap+o[1].MinSize().Width, l.height)
}

// Layout implements fyne.Layout.
func (l *besideLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	left := min(ui.Scaled(l.left), s.Width*0.42)
	ui.Place(o[0], 0, 0, left, s.Height)
	ui.Place(o[1], left+l.gap, 0, s.Width-left-l.gap, s.Height)
}

// previewLayout gives the picture the height that the rows around it leave: above it which figure it is, below it
// its title and its look.
type previewLayout struct{}

// MinSize implements fyne.Layout.
func (previewLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, x := range o {
		m := x.MinSize()
		s = fyne.NewSize(max(s.Width, m.Width), s.Height+m.Height+8)
	}
	return s
}

// Layout implements fyne.Layout.
func (previewLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	const gap = 8
	top := ui.HeightAt(o[0], s.Width)
	ui.Place(o[0], 0, 0, s.Width, top)
	look, title := ui.HeightAt(o[3], s.Width), ui.HeightAt(o[2], s.Width)
	ui.Place(o[3], 0, s.Height-look, s.Width, look)
	ui.Place(o[2], 0, s.Height-look-gap-title, s.Width, title)
	ui.Place(o[1], 0, top+gap, s.Width, s.Height-look-title-top-3*gap)
}
