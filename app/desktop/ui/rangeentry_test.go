package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hostwise/calc/catalog"
)

// heights are how high the painted curve stands in each column, in pixels.
func heights(b *beliefCurve, w, h int) []int {
	value, _ := b.axis()
	img := BeliefImage(w, h, b.belief, b.plain, value)
	out := make([]int, w)
	for x := range w {
		for y := range h {
			if _, _, _, a := img.At(x, y).RGBA(); a > 0 {
				out[x] = h - y
				break
			}
		}
	}
	return out
}

// 300, 1200, 4800 is four times either way: by ratio the sides are alike and the peak stands in the middle; on the
// plain scale the right side is 3600/900 = 4 times as wide, and the peak stands at 1/5 of the picture.
func TestABeliefStandsOnTheScaleOfItsRange(t *testing.T) {
	window(t, NewText(Body, ""))
	const w, h = 300, 1000 // high enough to tell the top from what is beside it
	for plain, want := range map[bool]int{false: w / 2, true: w / 5} {
		b := newBeliefCurve()
		b.plain = plain
		b.set(catalog.Range{Low: 300, Likely: 1200, High: 4800})
		best, high := 0, heights(b, w, h)
		for x := range high {
			if high[x] > high[best] {
				best = x
			}
		}
		if best < want-3 || best > want+3 {
			t.Errorf("plain %v: the peak is at %d, want about %d", plain, best, want)
		}
	}
}

// Chances are areas: half of the painted pixels lie on each side of the likely value, however lopsided the range.
func TestABeliefHasHalfOfItsAreaOnEachSide(t *testing.T) {
	window(t, NewText(Body, ""))
	const w, h = 800, 400
	b := newBeliefCurve()
	b.set(catalog.Range{Low: 1000, Likely: 1200, High: 3000})
	_, place := b.axis()
	left, all := 0, 0
	for x, y := range heights(b, w, h) {
		if all += y; float64(x) < place(1200)*w {
			left += y
		}
	}
	if share := float64(left) / float64(all); share < 0.47 || share > 0.53 {
		t.Errorf("%.2f of the area lies below the likely value, want one half", share)
	}
}

func TestABeliefWithoutASpreadDrawsNothing(t *testing.T) {
	window(t, NewText(Body, ""))
	for _, r := range []catalog.Range{{Low: 5, Likely: 5, High: 5}, {Low: 9, Likely: 5, High: 6}} {
		b := newBeliefCurve()
		b.set(r)
		for x, y := range heights(b, 50, 20) {
			if y > 0 {
				t.Fatalf("%v is painted at %d", r, x)
			}
		}
	}
}

func TestARangeEntryMarksLowLikelyAndHigh(t *testing.T) {
	r := NewRangeEntry("", nil)
	w := window(t, r)
	w.Resize(fyne.NewSize(600, 240))
	r.SetRange(700, 1200, 2000)
	words := func() (out []string) {
		for _, o := range test.WidgetRenderer(r.picture).Objects() {
			if text, ok := o.(*Text); ok && o.Visible() {
				out = append(out, text.Words())
			}
		}
		return out
	}
	if got := words(); len(got) != 3 {
		t.Errorf("the ticks say %v, want low, likely and high", got)
	}
	r.SetRange(1199, 1200, 20000)
	if got := words(); len(got) != 2 || got[0] != "likely" {
		t.Errorf("with low beside likely the ticks say %v, want likely and high", got)
	}
	r.ShowPicture(false)
	if r.picture.Visible() {
		t.Error("the picture is not left out")
	}
}
