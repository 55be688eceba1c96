package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// painter is a renderer made of three functions: what a widget draws, where, and in which colours.
type painter struct {
	objects []fyne.CanvasObject
	min     func() fyne.Size
	layout  func(fyne.Size)
	refresh func()
}

func (p *painter) Destroy()                     {}
func (p *painter) MinSize() fyne.Size           { return p.min() }
func (p *painter) Objects() []fyne.CanvasObject { return p.objects }
func (p *painter) Layout(s fyne.Size)           { p.layout(s) }

func (p *painter) Refresh() {
	if p.refresh != nil {
		p.refresh()
	}
	for _, o := range p.objects {
		o.Refresh() // not canvas.Refresh: a widget inside has to lay itself out anew
	}
}

func newPainter(p *painter) *painter {
	if p.refresh != nil {
		p.refresh()
	}
	return p
}

func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// middle places an object at its least size, centred on a line of this height.
func middle(o fyne.CanvasObject, x, height float32) float32 {
	m := o.MinSize()
	place(o, x, (height-m.Height)/2, m.Width, m.Height)
	return x + m.Width
}

func rectangle(fill fyne.ThemeColorName, radius float32) *canvas.Rectangle {
	r := canvas.NewRectangle(Color(fill))
	r.CornerRadius = radius
	return r
}

// ringWidth is the width of the ring around a focused control, and its distance from it.
const ringWidth = 2

// newRing returns the focus ring; it is shown by paintRing and placed by placeRing.
func newRing(radius float32) *canvas.Rectangle {
	r := canvas.NewRectangle(color.Transparent)
	r.StrokeWidth = ringWidth
	r.CornerRadius = radius + ringWidth
	return r
}

func paintRing(r *canvas.Rectangle, focused bool) {
	r.StrokeColor = Color(ColorAccent)
	r.Hidden = !focused
}

func placeRing(r *canvas.Rectangle, size fyne.Size) {
	place(r, -ringWidth, -ringWidth, size.Width+2*ringWidth, size.Height+2*ringWidth)
}
