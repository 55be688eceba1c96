package facts

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"hostwise/app/desktop/ui"
	"hostwise/calc"
)

// errorStrip draws errors as dots on a level line: too low at the left, too high at the right, a band of 10 % about
// nothing in the middle. What lies beyond the strip's range stands at its end, hollow.
type errorStrip struct {
	widget.BaseWidget
	errors []float64
	reach  float64 // the error at the ends
}

func newErrorStrip(errors []float64, reach float64) *errorStrip {
	s := &errorStrip{errors: errors, reach: reach}
	s.ExtendBaseWidget(s)
	return s
}

// stripReach is the smallest of a few round ranges that holds nine in ten of the errors.
func stripReach(p90 float64) float64 {
	for _, reach := range []float64{0.05, 0.15, 0.25, 0.5} {
		if p90 <= reach {
			return reach
		}
	}
	return 1
}

func (s *errorStrip) CreateRenderer() fyne.WidgetRenderer {
	r := &errorStripRenderer{s: s}
	r.draw(s.Size())
	return r
}

type errorStripRenderer struct {
	s       *errorStrip
	objects []fyne.CanvasObject
}

func (r *errorStripRenderer) Destroy()                     {}
func (r *errorStripRenderer) MinSize() fyne.Size           { return fyne.NewSize(60, ui.Scaled(18)) }
func (r *errorStripRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *errorStripRenderer) Layout(size fyne.Size)        { r.draw(size) }
func (r *errorStripRenderer) Refresh()                     { r.draw(r.s.Size()); canvas.Refresh(r.s) }

func (r *errorStripRenderer) draw(size fyne.Size) {
	r.objects = nil
	if size.Width < 20 {
		return
	}
	const dot = 5
	middle, half := size.Height/2, (size.Width-dot)/2
	at := func(e float64) float32 {
		return size.Width/2 + half*float32(math.Max(-1, math.Min(1, e/r.s.reach)))
	}
	left, right := at(-calc.NearError), at(calc.NearError)
	r.rect(ui.ColorChip, left, 1, right-left, size.Height-2)
	r.rect(ui.ColorHairline, 0, middle-0.5, size.Width, 1)
	r.rect(ui.ColorInk3, size.Width/2-0.5, 2, 1, size.Height-4)
	for _, e := range r.s.errors {
		c := canvas.NewCircle(ui.Color(ui.ColorInk))
		if math.Abs(e) > r.s.reach {
			c.FillColor, c.StrokeColor, c.StrokeWidth = ui.Color(ui.ColorPage), ui.Color(ui.ColorInk), 1
		}
		ui.Place(c, at(e)-dot/2, middle-dot/2, dot, dot)
		r.objects = append(r.objects, c)
	}
}

func (r *errorStripRenderer) rect(role fyne.ThemeColorName, x, y, w, h float32) {
	o := canvas.NewRectangle(ui.Color(role))
	ui.Place(o, x, y, w, h)
	r.objects = append(r.objects, o)
}
