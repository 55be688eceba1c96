package guide

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// strip draws along an answer which kind of route wins where, where the answer stands and where the verdict
// turns; above it, where the person gave a range, how much they believe in each value.
type strip struct {
	widget.BaseWidget
	in     *calc.Input
	effect calc.QuestionEffect
	belief calc.Range // exact where the person is sure
	given  bool
	cur    format.Currency
	render *stripRenderer
}

func newStrip(in *calc.Input) *strip {
	s := &strip{in: in}
	s.ExtendBaseWidget(s)
	return s
}

// set shows a study and the answer it belongs to.
func (s *strip) set(e calc.QuestionEffect, belief calc.Range, given bool, cur format.Currency) {
	s.effect, s.belief, s.given, s.cur = e, belief, given, cur
	s.Refresh()
}

// at is where a value stands on the strip, 0..1.
func (s *strip) at(v float64) float64 {
	lo, hi := s.effect.StripLow, s.effect.StripHigh
	if s.effect.StripLog {
		if v <= 0 {
			return 0
		}
		v, lo, hi = math.Log(v), math.Log(lo), math.Log(hi)
	}
	return min(max((v-lo)/(hi-lo), 0), 1)
}

// value is the value at a place of the strip.
func (s *strip) value(t float64) float64 {
	lo, hi := s.effect.StripLow, s.effect.StripHigh
	if s.effect.StripLog {
		return lo * math.Pow(hi/lo, t)
	}
	return lo + (hi-lo)*t
}

func (s *strip) ranged() bool { return !s.belief.IsExact() }

// CreateRenderer implements fyne.Widget.
func (s *strip) CreateRenderer() fyne.WidgetRenderer {
	s.render = &stripRenderer{strip: s}
	s.render.build()
	return s.render
}

// stripPart is a part of the picture and where it lies.
type stripPart struct {
	object fyne.CanvasObject
	place  func(o fyne.CanvasObject, s fyne.Size)
}

type stripRenderer struct {
	strip *strip
	parts []stripPart
	size  fyne.Size
}

func (r *stripRenderer) Destroy() {}
func (r *stripRenderer) Objects() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(r.parts))
	for i, p := range r.parts {
		out[i] = p.object
	}
	return out
}

// The heights of the picture at 100 %: a line of words above, the belief or a short stem, the bar, ticks, words.
const (
	stripWords  = 18
	beliefHigh  = 62
	stemHigh    = 12
	stripBar    = 7
	stripMargin = 1
)

func (r *stripRenderer) stem() float32 {
	if r.strip.ranged() {
		return ui.Scaled(beliefHigh)
	}
	return ui.Scaled(stemHigh)
}

func (r *stripRenderer) MinSize() fyne.Size {
	if len(r.strip.effect.Strip) == 0 {
		return fyne.NewSize(ui.Scaled(120), 0)
	}
	return fyne.NewSize(ui.Scaled(120), ui.Scaled(3*stripWords)+r.stem()+stripBar)
}

func (r *stripRenderer) Layout(s fyne.Size) {
	r.size = s
	for _, p := range r.parts {
		p.place(p.object, s)
	}
}

func (r *stripRenderer) Refresh() {
	r.build()
	r.Layout(r.size)
	canvas.Refresh(r.strip)
}

func (r *stripRenderer) add(o fyne.CanvasObject, place func(o fyne.CanvasObject, s fyne.Size)) {
	r.parts = append(r.parts, stripPart{o, place})
}

// x is where a value stands in a picture of a width.
func (r *stripRenderer) x(v float64, width float32) float32 {
	return stripMargin + float32(r.strip.at(v))*(width-2*stripMargin)
}

// build makes the parts anew.
func (r *stripRenderer) build() {
	r.parts = nil
	e := r.strip.effect
	if len(e.Strip) == 0 {
		return
	}
	words, top := ui.Scaled(stripWords), ui.Scaled(stripWords)+r.stem()
	if r.strip.ranged() {
		r.add(&canvas.Image{FillMode: canvas.ImageFillStretch}, func(o fyne.CanvasObject, s fyne.Size) { r.placeBelief(o, s, words) })
	}
	for _, span := range e.Strip {
		bar := canvas.NewRectangle(ui.Color(ui.RouteColor(string(span.Kind))))
		bar.CornerRadius = 1
		r.add(bar, func(o fyne.CanvasObject, s fyne.Size) {
			from, to := r.x(span.From, s.Width), r.x(span.To, s.Width)
			ui.Place(o, from, top, max(1, to-from-1), stripBar)
		})
		r.addWinner(span, top+stripBar+words)
	}
	r.addTicks(top + stripBar)
	if e.Flip != nil {
		r.addFlip(e.Flip, words, top)
	}
	r.addNow(words, top)
}

// addWinner names the kind of route below a span that has room for the words.
func (r *stripRenderer) addWinner(span calc.StripSpan, top float32) {
	name := figure.KindNames[span.Kind] + " is cheapest"
	if span.Route == "" {
		name = wordsNoRouteLeft
	}
	brief := figure.KindNames[span.Kind]
	label := ui.NewText(ui.Caption, name).In(ui.ColorInk3).Centred()
	long, short := label.FullWidth(), ui.NewText(ui.Caption, brief).FullWidth()
	r.add(label, func(o fyne.CanvasObject, s fyne.Size) {
		from, to := r.x(span.From, s.Width), r.x(span.To, s.Width)
		if to-from >= long {
			label.SetText(name)
		} else {
			label.SetText(brief)
		}
		ui.SetShown(o, to-from >= short+2)
		ui.Place(o, from, top, to-from, ui.Scaled(16))
	})
}

// addNow marks the answer in force.
func (r *stripRenderer) addNow(words, top float32) {
	v := r.strip.belief.Likely
	name := "now "
	switch {
	case r.strip.ranged():
		name = "likely "
	case !r.strip.given:
		name = "default "
	}
	line := canvas.NewRectangle(ui.Color(ui.ColorAccent))
	r.add(line, func(o fyne.CanvasObject, s fyne.Size) {
		ui.Place(o, r.x(v, s.Width)-0.75, words, 1.5, top-words+stripBar)
	})
	label := ui.NewText(ui.Style{Size: 11, Line: 16, Bold: true}, name+estimate(r.strip.in, v, r.strip.cur))
	r.add(label, func(o fyne.CanvasObject, s fyne.Size) { r.putLabel(label, r.x(v, s.Width), 0, s) })
}

// addFlip marks where the verdict turns. Its words keep off those of the answer in force.
func (r *stripRenderer) addFlip(f *calc.EffectFlip, words, top float32) {
	line := canvas.NewRectangle(ui.Color(ui.ColorInk))
	r.add(line, func(o fyne.CanvasObject, s fyne.Size) {
		ui.Place(o, r.x(f.At, s.Width)-0.5, words, 1, top-words+stripBar)
	})
	direction := " from "
	if f.At < r.strip.belief.Likely {
		direction = " below "
	}
	text := winnerName(f.Becomes, f.Kind, nowKind(r.strip.effect.Rows)) + direction + estimate(r.strip.in, f.At, r.strip.cur)
	if f.Becomes == "" {
		text = "nothing is left" + direction + estimate(r.strip.in, f.At, r.strip.cur)
	}
	label := ui.NewText(ui.Caption, text).In(ui.ColorInk2)
	r.add(label, func(o fyne.CanvasObject, s fyne.Size) {
		x, now := r.x(f.At, s.Width), r.x(r.strip.belief.Likely, s.Width)
		wide := label.FullWidth() + 2
		const room = 50
		at := x
		switch {
		case x >= now && x-wide/2 < now+room:
			at = now + room + wide/2
		case x < now && x+wide/2 > now-room:
			at = now - room - wide/2
		}
		ui.SetShown(o, at-wide/2 >= 0 && at+wide/2 <= s.Width || at == x)
		r.putLabel(label, at, 0, s)
	})
}

// putLabel centres words at a place and keeps them inside the picture.
func (r *stripRenderer) putLabel(label *ui.Text, x, y float32, s fyne.Size) {
	w := label.FullWidth() + 2
	left := min(max(0, x-w/2), max(0, s.Width-w))
	ui.Place(label, left, y, w, ui.Scaled(16))
}

// addTicks writes round values below the bar.
func (r *stripRenderer) addTicks(top float32) {
	ticks := roundValues(r.strip.effect.StripLow, r.strip.effect.StripHigh, r.strip.effect.StripLog)
	for _, v := range ticks {
		line := canvas.NewRectangle(ui.Color(ui.ColorControlBorder))
		r.add(line, func(o fyne.CanvasObject, s fyne.Size) { ui.Place(o, r.x(v, s.Width)-0.5, top, 1, 4) })
		label := ui.NewText(ui.Caption, estimate(r.strip.in, v, r.strip.cur)).In(ui.ColorInk3)
		r.add(label, func(o fyne.CanvasObject, s fyne.Size) {
			r.putLabel(label, r.x(v, s.Width), top+3, s)
		})
	}
}

// roundValues are at most six round values within a scale.
func roundValues(lo, hi float64, log bool) []float64 {
	const most = 6
	var out []float64
	if !log {
		step := math.Pow(10, math.Floor(math.Log10((hi-lo)/2)))
		for _, k := range []float64{1, 2, 5, 10} {
			if (hi-lo)/(step*k) <= most-1 {
				step *= k
				break
			}
		}
		for v := math.Ceil(lo/step) * step; v <= hi*(1+1e-9); v += step {
			out = append(out, v)
		}
		return out
	}
	for _, steps := range [][]float64{{1, 2, 5}, {1, 3}, {1}} {
		out = nil
		for decade := math.Pow(10, math.Floor(math.Log10(lo))); decade <= hi; decade *= 10 {
			for _, k := range steps {
				if v := decade * k; v >= lo*(1-1e-9) && v <= hi*(1+1e-9) {
					out = append(out, v)
				}
			}
		}
		if len(out) <= most {
			return out
		}
	}
	n := (len(out) + most - 1) / most
	var thin []float64
	for i := 0; i < len(out); i += n {
		thin = append(thin, out[i])
	}
	return thin
}

// believe shows another range on the same strip.
func (s *strip) believe(r calc.Range) {
	if s.belief != r {
		s.belief = r
		s.Refresh()
	}
}

// placeBelief lays the picture of how much the person believes in each value, drawn for its size.
func (r *stripRenderer) placeBelief(o fyne.CanvasObject, s fyne.Size, top float32) {
	const sharp = 2 // pixels for a point, so that the curve stays smooth on a fine screen
	picture := o.(*canvas.Image)
	at := func(t float64) float64 { // the bar begins and ends a little inside
		inside := (float32(t)*s.Width - stripMargin) / max(1, s.Width-2*stripMargin)
		return r.strip.value(float64(inside))
	}
	if w, h := int(s.Width*sharp), int(r.stem()*sharp); w > 0 && (picture.Image == nil || picture.Image.Bounds().Dx() != w || picture.Image.Bounds().Dy() != h) {
		picture.Image = ui.BeliefImage(w, h, r.strip.belief, r.strip.in.Min < 0, at)
	}
	ui.Place(o, 0, top, s.Width, r.stem())
}
