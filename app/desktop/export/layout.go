package export

import (
	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
)

// besideLayout sets what to write beside how it looks, both of one height: what the window leaves, and at least what a
// picture needs to be looked at. Where that is more than the window has, the dialog scrolls.
type besideLayout struct {
	left, gap float32 // at 100 %
	height    float32
}

// leastPicture is the least height of the preview: at large text the rows around it take their room from the window
// and not from the picture.
func leastPicture() float32 { return 100 + ui.Scaled(100) }

// HeightAt implements ui.Flowing's layouts.
func (l *besideLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	_, right := l.widths(width)
	return max(l.height, rowsHeight(o[1].(*fyne.Container).Objects, right)+leastPicture())
}

// widths are those of the two columns.
func (l *besideLayout) widths(width float32) (left, right float32) {
	left = min(ui.Scaled(l.left), width*0.42)
	return left, width - left - l.gap
}

// MinSize implements fyne.Layout.
func (l *besideLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	least := ui.Scaled(l.left) + l.gap + o[1].MinSize().Width
	return fyne.NewSize(least, l.HeightAt(o, least))
}

// Layout implements fyne.Layout.
func (l *besideLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	left, right := l.widths(s.Width)
	ui.Place(o[0], 0, 0, left, s.Height)
	ui.Place(o[1], left+l.gap, 0, right, s.Height)
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

// rowsGap parts the picture from the rows around it.
const rowsGap = 8

// rowsHeight is what the rows around the picture take.
func rowsHeight(o []fyne.CanvasObject, width float32) float32 {
	return ui.HeightAt(o[0], width) + ui.HeightAt(o[2], width) + ui.HeightAt(o[3], width) + 3*rowsGap
}

// Layout implements fyne.Layout.
func (previewLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	top := ui.HeightAt(o[0], s.Width)
	ui.Place(o[0], 0, 0, s.Width, top)
	look, title := ui.HeightAt(o[3], s.Width), ui.HeightAt(o[2], s.Width)
	ui.Place(o[3], 0, s.Height-look, s.Width, look)
	ui.Place(o[2], 0, s.Height-look-rowsGap-title, s.Width, title)
	ui.Place(o[1], 0, top+rowsGap, s.Width, s.Height-rowsHeight(o, s.Width))
}
