package facts

import (
	"fmt"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
)

// strip draws prices as dots over a logarithmic scale: each dot is a listing, equal ones are stacked. The
// median is a line; the price at which the verdict turns is a dashed line in the accent.
type strip struct {
	widget.BaseWidget
	values  []float64 // above zero, sorted
	flip    float64   // 0 = none
	becomes string
}

func newStrip() *strip {
	s := &strip{}
	s.ExtendBaseWidget(s)
	return s
}

// show draws prices; those that are zero or unknown have no place on the scale and are left out.
func (s *strip) show(values []float64, flip float64, becomes string) {
	s.values = s.values[:0]
	for _, v := range values {
		if v > 0 && !math.IsInf(v, 0) {
			s.values = append(s.values, v)
		}
	}
	slices.Sort(s.values)
	s.flip, s.becomes = flip, becomes
	s.Refresh()
}

// leastValues is the number of prices below which a distribution says nothing.
const leastValues = 5

// median is the middle price.
func (s *strip) median() float64 {
	n := len(s.values)
	if n == 0 {
		return 0
	}
	return (s.values[(n-1)/2] + s.values[n/2]) / 2
}

// span is the range of the scale, with a little room at both ends.
func (s *strip) span() (low, high float64) {
	low, high = s.values[0], s.values[len(s.values)-1]
	if s.flip > 0 && s.flip < high*4 && s.flip > low/4 {
		low, high = min(low, s.flip), max(high, s.flip)
	}
	return low / 1.12, high * 1.12
}

func (s *strip) CreateRenderer() fyne.WidgetRenderer {
	r := &stripRenderer{s: s}
	r.draw(s.Size())
	return r
}

type stripRenderer struct {
	s       *strip
	objects []fyne.CanvasObject
}

func (r *stripRenderer) Destroy()                     {}
func (r *stripRenderer) MinSize() fyne.Size           { return fyne.NewSize(200, ui.Scaled(84)) }
func (r *stripRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *stripRenderer) Layout(size fyne.Size)        { r.draw(size) }
func (r *stripRenderer) Refresh()                     { r.draw(r.s.Size()); canvas.Refresh(r.s) }

func (r *stripRenderer) draw(size fyne.Size) {
	r.objects = nil
	s := r.s
	if len(s.values) < leastValues || size.Width < 80 {
		return
	}
	low, high := s.span()
	at := func(v float64) float32 { return size.Width * float32(math.Log(v/low)/math.Log(high/low)) }
	foot := size.Height - ui.Scaled(20)
	r.rect(ui.ColorControlBorder, 0, foot, size.Width, 1)
	r.ticks(low, high, at, foot)

	m := s.median()
	r.rect(ui.ColorInk, at(m), ui.Scaled(4), 1.5, foot-ui.Scaled(4))
	r.label(ui.NewText(ui.Caption, "median "+format.Price(m)), ui.ColorInk, at(m), size.Width)
	if s.flip > low && s.flip < high {
		for y := ui.Scaled(2); y < foot; y += 6 {
			r.rect(ui.ColorAccent, at(s.flip), y, 1.5, 3)
		}
		r.label(ui.NewText(ui.Caption, fmt.Sprintf("%s wins from %s", s.becomes, format.Price(s.flip))), ui.ColorAccent, at(s.flip), size.Width)
	}
	r.dots(at, foot)
}

// dots stacks what falls into the same few pixels; a stack that would leave the strip is drawn closer.
func (r *stripRenderer) dots(at func(float64) float32, foot float32) {
	const size = 6
	counts, most := map[int]int{}, 1
	for _, v := range r.s.values {
		bin := int(at(v) / (size + 1))
		counts[bin]++
		most = max(most, counts[bin])
	}
	stepUp := min(float32(size+0.5), (foot-ui.Scaled(20))/float32(most))
	stacked := map[int]int{}
	for _, v := range r.s.values {
		bin := int(at(v) / (size + 1))
		stacked[bin]++
		dot := canvas.NewCircle(ui.Color(ui.ColorBarStrong))
		ui.Place(dot, float32(bin)*(size+1), foot-2-float32(stacked[bin])*stepUp, size, size)
		r.objects = append(r.objects, dot)
	}
}

// ticks labels 1, 2 and 5 times the powers of ten.
func (r *stripRenderer) ticks(low, high float64, at func(float64) float32, foot float32) {
	for power := math.Pow(10, math.Floor(math.Log10(low))); power <= high; power *= 10 {
		for _, f := range []float64{1, 2, 5} {
			v := f * power
			if v < low || v > high {
				continue
			}
			r.rect(ui.ColorControlBorder, at(v), foot, 1, 4)
			t := ui.NewText(ui.Caption, "$"+format.Number(v, 2)).In(ui.ColorInk3)
			w := t.FullWidth()
			ui.Place(t, at(v)-w/2, foot+4, w, ui.Scaled(16))
			r.objects = append(r.objects, t)
		}
	}
}

// label stands beside a line at its upper end, on the side that has room.
func (r *stripRenderer) label(t *ui.Text, ink fyne.ThemeColorName, x, width float32) {
	t.SetColor(ink)
	w := t.FullWidth()
	left := x + 6
	if left+w > width {
		left = x - w - 6
	}
	ui.Place(t, left, 0, w, ui.Scaled(16))
	r.objects = append(r.objects, t)
}

func (r *stripRenderer) rect(role fyne.ThemeColorName, x, y, w, h float32) {
	o := canvas.NewRectangle(ui.Color(role))
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
	r.objects = append(r.objects, o)
}
