package facts

import (
	"cmp"
	"fmt"
	"image/color"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
)

// strip draws prices as dots over a logarithmic scale: each dot is a listing, equal ones are stacked, and those that
// the case counts are dark. Their median is a line; the price at which the verdict turns is a dashed line in the accent.
type strip struct {
	widget.BaseWidget
	values  []offer // above zero, sorted
	middle  float64 // the median that the case is costed at, 0 = none
	of      int     // providers it is made of
	flip    float64 // 0 = none
	becomes string
}

// offer is one listing's price.
type offer struct {
	usd     float64
	counted bool // in the case's median
}

func newStrip() *strip {
	s := &strip{}
	s.ExtendBaseWidget(s)
	return s
}

// show draws prices and the median of those counted; what is zero or unknown has no place on the scale and is left out.
func (s *strip) show(values []offer, middle float64, of int, flip float64, becomes string) {
	s.values = s.values[:0]
	for _, v := range values {
		if v.usd > 0 && !math.IsInf(v.usd, 0) {
			s.values = append(s.values, v)
		}
	}
	slices.SortStableFunc(s.values, func(a, b offer) int {
		if a.counted != b.counted && a.usd == b.usd {
			if a.counted {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.usd, b.usd)
	})
	s.middle, s.of, s.flip, s.becomes = middle, of, flip, becomes
	s.Refresh()
}

// take shows what another strip shows.
func (s *strip) take(from *strip) {
	s.values, s.middle, s.of, s.flip, s.becomes = slices.Clone(from.values), from.middle, from.of, from.flip, from.becomes
	s.Refresh()
}

// drawn reports whether there are enough prices for a picture.
func (s *strip) drawn() bool { return len(s.values) >= leastValues }

// leastValues is the number of prices below which a distribution says nothing.
const leastValues = 5

// medianWords says what the line is the median of.
func (s *strip) medianWords() string {
	if s.of == 1 {
		return "the one provider that counts, " + local(format.Price(s.middle))
	}
	return fmt.Sprintf("median of %d providers %s", s.of, local(format.Price(s.middle)))
}

// span is the range of the scale, with a little room at both ends.
func (s *strip) span() (low, high float64) {
	low, high = s.values[0].usd, s.values[len(s.values)-1].usd
	if s.middle > 0 {
		low, high = min(low, s.middle), max(high, s.middle)
	}
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
func (r *stripRenderer) MinSize() fyne.Size           { return fyne.NewSize(200, ui.Scaled(r.s.height())) }
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

	var taken []extent
	if m := s.middle; m > 0 {
		r.rect(ui.ColorInk, at(m), ui.Scaled(4), 1.5, foot-ui.Scaled(4))
		taken = append(taken, r.label(ui.NewText(ui.Caption, s.medianWords()), ui.ColorInk, at(m), size.Width, taken))
	}
	if s.flips(low, high) {
		for y := ui.Scaled(2); y < foot; y += 6 {
			r.rect(ui.ColorAccent, at(s.flip), y, 1.5, 3)
		}
		r.label(ui.NewText(ui.Caption, fmt.Sprintf("%s wins from %s", s.becomes, local(format.Price(s.flip)))), ui.ColorAccent, at(s.flip), size.Width, taken)
	}
	r.dots(at, foot)
}

// flips reports whether the price at which the verdict turns is on the scale.
func (s *strip) flips(low, high float64) bool { return s.flip > low && s.flip < high }

// labelLines is how many lines the labels above the dots may take.
func (s *strip) labelLines() float32 {
	if len(s.values) < leastValues {
		return 1
	}
	if low, high := s.span(); s.middle > 0 && s.flips(low, high) {
		return 2 // side by side where there is room, else one below the other
	}
	return 1
}

func (s *strip) height() float32 { return 68 + 16*s.labelLines() }

// dots stacks what falls into the same few pixels; a stack that would leave the strip is drawn closer.
func (r *stripRenderer) dots(at func(float64) float32, foot float32) {
	const size = 6
	counts, most := map[int]int{}, 1
	for _, v := range r.s.values {
		bin := int(at(v.usd) / (size + 1))
		counts[bin]++
		most = max(most, counts[bin])
	}
	stepUp := min(float32(size+0.5), (foot-ui.Scaled(4+16*r.s.labelLines()))/float32(most))
	stacked := map[int]int{}
	for _, v := range r.s.values {
		bin := int(at(v.usd) / (size + 1))
		stacked[bin]++
		dot := canvas.NewCircle(ui.Color(ui.ColorBarStrong))
		if !v.counted { // hollow: no part of the median
			dot.FillColor, dot.StrokeColor, dot.StrokeWidth = color.Transparent, ui.Color(ui.ColorBarStrong), 1
		}
		ui.Place(dot, float32(bin)*(size+1), foot-2-float32(stacked[bin])*stepUp, size, size)
		r.objects = append(r.objects, dot)
	}
}

// ticks labels 1, 2 and 5 times the powers of ten.
func (r *stripRenderer) ticks(low, high float64, at func(float64) float32, foot float32) {
	free := float32(0)
	for power := math.Pow(10, math.Floor(math.Log10(low))); power <= high; power *= 10 {
		for _, f := range []float64{1, 2, 5} {
			v := f * power
			if v < low || v > high {
				continue
			}
			r.rect(ui.ColorControlBorder, at(v), foot, 1, 4)
			t := ui.NewText(ui.Caption, local("$"+format.Number(v, 2))).In(ui.ColorInk3)
			w := t.FullWidth()
			x := max(0, min(at(v)-w/2, at(high)-w))
			if x < free { // the mark stays, its number has no room
				continue
			}
			free = x + w + ui.Scaled(6)
			ui.Place(t, x, foot+4, w, ui.Scaled(16))
			r.objects = append(r.objects, t)
		}
	}
}

// extent is what a label takes of the strip's width, on which line.
type extent struct{ left, right, line float32 }

// label stands beside a line at its upper end, on the side that has room, and below the labels that are in its way.
func (r *stripRenderer) label(t *ui.Text, ink fyne.ThemeColorName, x, width float32, taken []extent) extent {
	const gap = 6
	t.SetColor(ink)
	w := min(t.FullWidth(), width)
	left := x + gap
	if left+w > width {
		left = max(0, x-w-gap)
	}
	at := extent{left, left + w, 0}
	for _, o := range taken {
		if at.left < o.right+gap && o.left < at.right+gap {
			at.line = o.line + 1
		}
	}
	ui.Place(t.Cut(), left, at.line*ui.Scaled(16), w, ui.Scaled(16))
	r.objects = append(r.objects, t)
	return at
}

func (r *stripRenderer) rect(role fyne.ThemeColorName, x, y, w, h float32) {
	o := canvas.NewRectangle(ui.Color(role))
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
	r.objects = append(r.objects, o)
}
