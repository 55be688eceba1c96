package ui

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
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
func (r *RangeEntry) SetRange(low, likely, high float64) { r.picture.set(low, likely, high) }

// HidePicture leaves the drawing out, where the page draws a better one.
func (r *RangeEntry) HidePicture() { r.picture.Hide() }

// OnLeave sets what happens when any of the three loses focus.
func (r *RangeEntry) OnLeave(f func()) { r.Low.OnLeave, r.Likely.OnLeave, r.High.OnLeave = f, f, f }

// OnSubmit sets what Enter does in any of the three.
func (r *RangeEntry) OnSubmit(f func()) { r.Low.OnSubmit, r.Likely.OnSubmit, r.High.OnSubmit = f, f, f }

// HeightAt implements Flowing.
func (r *RangeEntry) HeightAt(width float32) float32 { return HeightAt(r.column, width) }

// CreateRenderer implements fyne.Widget.
func (r *RangeEntry) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.column) }

// beliefCurve draws the density that three points say, with the middle eight tenths tinted.
type beliefCurve struct {
	widget.BaseWidget
	low, likely, high float64
}

func newBeliefCurve() *beliefCurve {
	b := &beliefCurve{}
	b.ExtendBaseWidget(b)
	return b
}

func (b *beliefCurve) set(low, likely, high float64) {
	if b.low != low || b.likely != likely || b.high != high {
		b.low, b.likely, b.high = low, likely, high
		b.Refresh()
	}
}

func (b *beliefCurve) CreateRenderer() fyne.WidgetRenderer {
	raster := canvas.NewRaster(b.draw)
	return newPainter(&painter{
		objects: []fyne.CanvasObject{raster},
		min:     func() fyne.Size { return fyne.NewSize(60, 48) },
		layout:  func(s fyne.Size) { place(raster, 0, 0, s.Width, s.Height) },
		refresh: func() { canvas.Refresh(raster) },
	})
}

// draw paints the two half normals that meet at the likely value: z = 1.2816 at low and at high. The picture
// is a few thousand pixels, cheap enough for the painting itself.
func (b *beliefCurve) draw(w, h int) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	if !(b.low <= b.likely && b.likely <= b.high) || w < 2 || h < 2 {
		return img
	}
	const z10 = 1.2815515655446004
	line := color.NRGBAModel.Convert(Color(ColorAccent)).(color.NRGBA)
	tint := color.NRGBAModel.Convert(Faded(Color(ColorAccent), 0.22)).(color.NRGBA)
	base := color.NRGBAModel.Convert(Color(ColorHairline)).(color.NRGBA)
	left, right := (b.likely-b.low)/z10, (b.high-b.likely)/z10
	span := max(left, right)
	if span == 0 {
		span = 1
	}
	from, to := b.likely-3.2*max(left, span*0.15), b.likely+3.2*max(right, span*0.15)
	for x := range w {
		v := from + (to-from)*float64(x)/float64(w-1)
		s := right
		if v < b.likely {
			s = left
		}
		y := 0.0
		if s > 0 {
			z := (v - b.likely) / s
			y = math.Exp(-z * z / 2)
		}
		top := float64(h-2) * (1 - 0.94*y)
		for py := int(top); py < h-1; py++ {
			switch {
			case float64(py) < top+1.5:
				img.SetNRGBA(x, py, line)
			case v >= b.low && v <= b.high:
				img.SetNRGBA(x, py, tint)
			}
		}
		img.SetNRGBA(x, h-1, base)
	}
	return img
}
