package chart

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"hostwise/app/desktop/ui"
)

// Framed renders a widget that shows a chart and takes the focus: the view, and while the widget has the focus a ring
// around it, this far outside the picture.
func Framed(c *Chart, gap float32, focused func() bool) fyne.WidgetRenderer {
	r := &framed{chart: c, gap: gap, focused: focused, ring: canvas.NewRectangle(color.Transparent)}
	r.ring.StrokeWidth, r.ring.CornerRadius = 2, 6
	r.paint()
	return r
}

type framed struct {
	chart   *Chart
	gap     float32
	focused func() bool
	ring    *canvas.Rectangle
}

func (r *framed) Destroy()           {}
func (r *framed) MinSize() fyne.Size { return r.chart.View.MinSize() }
func (r *framed) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.chart.View, r.ring}
}

func (r *framed) Layout(s fyne.Size) {
	ui.Place(r.chart.View, 0, 0, s.Width, s.Height)
	ui.Place(r.ring, -r.gap, -r.gap, s.Width+2*r.gap, s.Height+2*r.gap)
}

func (r *framed) Refresh() {
	r.paint()
	r.chart.View.Refresh()
	canvas.Refresh(r.ring)
}

func (r *framed) paint() {
	r.ring.StrokeColor = ui.Color(ui.ColorAccent)
	r.ring.Hidden = !r.focused()
}
