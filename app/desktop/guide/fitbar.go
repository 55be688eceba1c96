package guide

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"hostwise/app/desktop/ui"
	"hostwise/calc"
	"hostwise/calc/memory"
)

// fitBar is the memory of one device of a set-up: weights, cache, compute and runtime in one ramp of grey, with a
// tick where the device is full. What goes beyond the tick is in the warning's colour.
type fitBar struct {
	widget.BaseWidget
	setup *calc.EffectSetup
}

func newFitBar(s *calc.EffectSetup) *fitBar {
	b := &fitBar{setup: s}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer implements fyne.Widget.
func (b *fitBar) CreateRenderer() fyne.WidgetRenderer {
	r := &fitRenderer{bar: b, track: canvas.NewRectangle(color.Transparent), over: canvas.NewRectangle(color.Transparent), tick: canvas.NewRectangle(color.Transparent)}
	for range fitParts {
		r.parts = append(r.parts, canvas.NewRectangle(color.Transparent))
	}
	r.Refresh()
	return r
}

var fitParts = []fyne.ThemeColorName{ui.ColorMemoryWeights, ui.ColorMemoryCache, ui.ColorMemoryCompute, ui.ColorMemoryRuntime}

type fitRenderer struct {
	bar               *fitBar
	track, over, tick *canvas.Rectangle
	parts             []*canvas.Rectangle
}

func (r *fitRenderer) Destroy()           {}
func (r *fitRenderer) MinSize() fyne.Size { return fyne.NewSize(60, ui.Scaled(14)) }
func (r *fitRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.track}
	for _, p := range r.parts {
		out = append(out, p)
	}
	return append(out, r.over, r.tick)
}

// amounts are the parts in the order of fitParts, in bytes.
func amounts(m memory.PerDevice) []float64 {
	return []float64{m.Weights + m.Replicated, m.KVPool, m.Compute, m.Runtime}
}

func (r *fitRenderer) Layout(s fyne.Size) {
	m := r.bar.setup.Memory
	h := ui.Scaled(10)
	top := (s.Height - h) / 2
	full := max(m.Capacity, m.Used)
	if full <= 0 {
		return
	}
	width := s.Width - 2
	scale := width / float32(full)
	capacity := scale * float32(m.Capacity)
	ui.Place(r.track, 0, top, capacity, h)
	x := float32(0)
	for i, v := range amounts(m) {
		w := min(scale*float32(v), max(0, width-x))
		ui.Place(r.parts[i], x, top, w, h)
		x += w
	}
	ui.Place(r.over, capacity, top, max(0, x-capacity), h)
	ui.Place(r.tick, capacity, top-2, 2, h+4)
}

func (r *fitRenderer) Refresh() {
	r.track.FillColor, r.track.StrokeColor, r.track.StrokeWidth = ui.Color(ui.ColorPage), ui.Color(ui.ColorHairline), 1
	for i, p := range r.parts {
		p.FillColor = ui.Color(fitParts[i])
	}
	r.over.FillColor = ui.Faded(ui.Color(ui.ColorWarning), 0.7)
	r.tick.FillColor = ui.Color(ui.ColorInk)
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
