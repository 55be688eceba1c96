package ui

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"hostwise/calc/catalog"
	"hostwise/calc/risk"
)

// RangeEntry asks for low, likely and high, and draws the belief that the three say.
type RangeEntry struct {
	widget.BaseWidget
	Low, Likely, High *Field
	picture           *beliefCurve
	column            *fyne.Container
}

// NewRangeEntry returns three fields. changed is called at every key with the three texts.
func NewRangeEntry(unit string, changed func(low, likely, high string)) *RangeEntry {
	r := &RangeEntry{}
	tell := func(string) {
		if changed != nil {
			changed(r.Low.Text(), r.Likely.Text(), r.High.Text())
		}
	}
	r.Low, r.Likely, r.High = NewField(unit, tell), NewField(unit, tell), NewField(unit, tell)
	r.picture = newBeliefCurve()
	part := func(title, hint string, f *Field) fyne.CanvasObject {
		return Column(6, NewText(BodyStrong, title), f, NewText(Caption, hint).In(ColorInk3))
	}
	r.column = Column(12,
		Columns(16,
			part("Low", "1 in 10 that it is less", r.Low),
			part("Likely", "your best guess", r.Likely),
			part("High", "1 in 10 that it is more", r.High)),
		r.picture)
	r.ExtendBaseWidget(r)
	return r
}

// SetTexts shows three values; a field that is being typed in is left alone.
func (r *RangeEntry) SetTexts(low, likely, high string) {
	r.Low.SetText(low)
	r.Likely.SetText(likely)
	r.High.SetText(high)
}

// SetRange draws the belief: P10, P50 and P90 of one distribution, as the scenario file defines it.
func (r *RangeEntry) SetRange(low, likely, high float64) {
	r.picture.set(catalog.Range{Low: low, Likely: likely, High: high})
}

// SetPlain draws the belief on the plain scale, as for a number that may be negative.
func (r *RangeEntry) SetPlain(on bool) { r.picture.plain = on }

// ShowPicture draws the belief below the fields, or leaves it out where the page draws a better one.
func (r *RangeEntry) ShowPicture(on bool) {
	if r.picture.Visible() != on {
		r.picture.Hidden = !on
		r.column.Refresh()
	}
}

// OnLeave sets what happens when any of the three loses focus.
func (r *RangeEntry) OnLeave(f func()) { r.Low.OnLeave, r.Likely.OnLeave, r.High.OnLeave = f, f, f }

// OnSubmit sets what Enter does in any of the three.
func (r *RangeEntry) OnSubmit(f func()) { r.Low.OnSubmit, r.Likely.OnSubmit, r.High.OnSubmit = f, f, f }

// HeightAt implements Flowing.
func (r *RangeEntry) HeightAt(width float32) float32 { return HeightAt(r.column, width) }

// CreateRenderer implements fyne.Widget.
func (r *RangeEntry) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.column) }

// beliefCurve draws the density that three points say, each marked by a tick with its word.
type beliefCurve struct {
	widget.BaseWidget
	belief catalog.Range
	plain  bool
}

func newBeliefCurve() *beliefCurve {
	b := &beliefCurve{}
	b.ExtendBaseWidget(b)
	return b
}

func (b *beliefCurve) set(r catalog.Range) {
	if b.belief != r {
		b.belief = r
		b.Refresh()
	}
}

// ordered reports whether three numbers are a range with a spread that can be drawn.
func ordered(r catalog.Range) bool {
	return r.Low <= r.Likely && r.Likely <= r.High && r.Low < r.High && !math.IsInf(r.High-r.Low, 0)
}

// The heights of the picture at 100 %: the curve, and below it the ticks with their words.
const (
	beliefHeight = 44
	beliefWords  = 20
)

// beliefReach is how far the picture goes beyond low and high, in steps of a standard normal: 1 in 1,000 lies beyond.
const beliefReach = 3.1

// axis maps 0..1 along the picture to values, and values back.
func (b *beliefCurve) axis() (value func(t float64) float64, place func(v float64) float64) {
	from, to := risk.At(b.belief, -beliefReach, b.plain), risk.At(b.belief, beliefReach, b.plain)
	if b.plain || b.belief.Low <= 0 {
		return func(t float64) float64 { return from + (to-from)*t }, func(v float64) float64 { return (v - from) / (to - from) }
	}
	return func(t float64) float64 { return from * math.Pow(to/from, t) }, func(v float64) float64 { return math.Log(v/from) / math.Log(to/from) }
}

// CreateRenderer implements fyne.Widget.
func (b *beliefCurve) CreateRenderer() fyne.WidgetRenderer {
	curve := &canvas.Image{FillMode: canvas.ImageFillStretch}
	base := canvas.NewRectangle(color.Transparent)
	objects := []fyne.CanvasObject{curve, base}
	var ticks [3]*canvas.Rectangle
	var names [3]*Text
	for i, name := range []string{"low", "likely", "high"} {
		ticks[i], names[i] = canvas.NewRectangle(color.Transparent), NewText(Caption, name).In(ColorInk3).Centred()
		objects = append(objects, ticks[i], names[i])
	}
	var size fyne.Size
	layout := func(s fyne.Size) {
		size = s
		high := Scaled(beliefHeight)
		place(curve, 0, 0, s.Width, high)
		place(base, 0, high, s.Width, 1)
		drawn := ordered(b.belief)
		if drawn {
			value, _ := b.axis()
			const sharp = 2 // pixels for a point, so that the curve stays smooth on a fine screen
			curve.Image = BeliefImage(int(s.Width*sharp), int(high*sharp), b.belief, b.plain, value)
		}
		curve.Hidden = !drawn
		b.placeTicks(ticks, names, s.Width, high, drawn)
	}
	return newPainter(&painter{
		objects: objects,
		min:     func() fyne.Size { return fyne.NewSize(60, Scaled(beliefHeight+beliefWords)) },
		layout:  layout,
		refresh: func() {
			base.FillColor = Color(ColorHairline)
			for i, role := range []fyne.ThemeColorName{ColorInk3, ColorAccent, ColorInk3} {
				ticks[i].FillColor = Color(role)
			}
			if size.Width > 0 {
				layout(size)
			}
		},
	})
}

// placeTicks sets the three ticks under the curve, and their words where they have room.
func (b *beliefCurve) placeTicks(ticks [3]*canvas.Rectangle, names [3]*Text, width, top float32, drawn bool) {
	var at [3]float32
	for i, v := range []float64{b.belief.Low, b.belief.Likely, b.belief.High} {
		ticks[i].Hidden, names[i].Hidden = !drawn, !drawn
		if !drawn {
			continue
		}
		_, where := b.axis()
		at[i] = width * float32(where(v))
		place(ticks[i], at[i]-0.5, top, 1, 4)
		w := names[i].FullWidth() + 2
		place(names[i], at[i]-w/2, top+4, w, Scaled(16))
	}
	if !drawn {
		return
	}
	near := func(i, j int) bool { return at[j]-at[i] < (names[i].FullWidth()+names[j].FullWidth())/2+4 }
	names[0].Hidden, names[2].Hidden = near(0, 1), near(1, 2)
}

// BeliefImage paints how the chance of a range lies along an axis, in the accent's tint: equal areas are equal
// chances. The middle eight tenths are deeper, with a line at low, likely and high. value is what stands at a place
// of the picture, 0 at the left and 1 at the right.
func BeliefImage(w, h int, r catalog.Range, plain bool, value func(t float64) float64) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
	if w < 2 || h < 4 || !ordered(r) {
		return img
	}
	accent := func(opacity float64) color.NRGBA {
		return color.NRGBAModel.Convert(Faded(Color(ColorAccent), opacity)).(color.NRGBA)
	}
	line, edge, inner, outer := accent(1), accent(0.55), accent(0.2), accent(0.07)
	thick := max(1.5, float64(h)/44)
	shape := chances(w, r, plain, value)
	was := float64(h)
	for x, y := range shape {
		top := float64(h) * (1 - 0.95*y)
		if y < 0.004 {
			was = float64(h)
			continue
		}
		left, right := value((float64(x)-0.5)/float64(w)), value((float64(x)+1.5)/float64(w))
		crosses := func(at float64) bool { return left <= at && at < right }
		fill := outer
		switch {
		case crosses(r.Likely):
			fill = line
		case crosses(r.Low) || crosses(r.High):
			fill = edge
		case left >= r.Low && right <= r.High:
			fill = inner
		}
		for py := max(0, int(min(top, was))); py < h; py++ { // where the curve is steep its line reaches from column to column
			if float64(py)-top < thick {
				img.SetNRGBA(x, py, line)
			} else {
				img.SetNRGBA(x, py, fill)
			}
		}
		was = top
	}
	return img
}

// chances are how much of the chance lies in each column, as a share of the fullest. Chance that stands at a single
// point has no width and does not count for the fullest.
func chances(w int, r catalog.Range, plain bool, value func(t float64) float64) []float64 {
	shape := make([]float64, w)
	from, most := value(0), 0.0
	point := r.Low == r.Likely || r.High == r.Likely
	for x := range shape {
		to := value(float64(x+1) / float64(w))
		shape[x] = max(0, risk.Below(r, to, plain)-risk.Below(r, from, plain))
		if !point || r.Likely < from || r.Likely > to {
			most = max(most, shape[x])
		}
		from = to
	}
	for x := range shape {
		shape[x] = min(1, shape[x]/max(most, 1e-300))
	}
	return shape
}
