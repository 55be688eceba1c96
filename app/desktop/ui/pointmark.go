package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"hostwise/app/figure"
)

// PointMark is the mark of a figure's points, for the name that stands beside it in a list.
type PointMark struct {
	widget.BaseWidget
	shape  figure.Shape
	hollow bool
}

// NewPointMark returns the mark of a shape, in ink.
func NewPointMark(shape figure.Shape, hollow bool) *PointMark {
	m := &PointMark{shape: shape, hollow: hollow}
	m.ExtendBaseWidget(m)
	return m
}

// outlines of the shapes on a 10 by 10 field.
var outlines = map[figure.Shape]string{
	figure.ShapeCircle:   "M1.5 5a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z",
	figure.ShapeSquare:   "M1.8 1.8h6.400v6.400h-6.400z",
	figure.ShapeDiamond:  "M5 .9L9.100 5L5 9.100L.9 5z",
	figure.ShapeTriangle: "M5 1.200L9 8.500H1z",
}

func (m *PointMark) picture() fyne.Resource {
	ink := hexOf(Color(ColorInk))
	fill := ink
	if m.hollow {
		fill = "none"
	}
	return cached(fmt.Sprintf("mark-%d-%s-%s", m.shape, fill, ink), func() string {
		return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" viewBox="0 0 10 10">`+
			`<path d="%s" fill="%s" stroke="%s" stroke-width="1.2" stroke-linejoin="round"/></svg>`, orNothing(outlines[m.shape]), fill, ink)
	})
}

// CreateRenderer implements fyne.Widget.
func (m *PointMark) CreateRenderer() fyne.WidgetRenderer {
	img := canvas.NewImageFromResource(m.picture())
	img.FillMode = canvas.ImageFillContain
	return newPainter(&painter{
		objects: []fyne.CanvasObject{img},
		min:     func() fyne.Size { return fyne.NewSquareSize(Scaled(10)) },
		layout:  func(s fyne.Size) { place(img, 0, 0, s.Width, s.Height) },
		refresh: func() { img.Resource = m.picture(); img.Refresh() },
	})
}
