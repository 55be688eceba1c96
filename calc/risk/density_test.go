package risk_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"hostwise/calc/catalog"
	"hostwise/calc/risk"
)

// By hand, on the plain scale: low and high 10 and 20 away from 50. At low z is −1.28155, so the left half has
// e^(−0.82119) = 0.43990 of its own peak, which is the highest: 1. The right half is twice as wide and half as high.
func TestDensityByHand(t *testing.T) {
	r := catalog.Range{Low: 40, Likely: 50, High: 70}
	for v, want := range map[float64]float64{40: 0.43990, 50: 0.5, 70: 0.21995, 49.999999: 1} {
		if got := risk.Density(r, v, true); math.Abs(got-want) > 1e-4 {
			t.Errorf("the density at %g is %.5f, want %.5f", v, got, want)
		}
	}
}

func TestDensityOfOneSidedAndExactRanges(t *testing.T) {
	one := catalog.Range{Low: 5, Likely: 5, High: 20}
	if got := risk.Density(one, 4.9, false); got != 0 {
		t.Errorf("below a low that is the likely value the density is %g, want none", got)
	}
	if got := risk.Density(one, 5, false); got != 1 {
		t.Errorf("at the likely value it is %g, want 1", got)
	}
	if got := risk.Density(catalog.Exact(5), 5, false); got != 0 {
		t.Errorf("an exact number has the density %g, want none: it is no range", got)
	}
	if got := risk.Density(catalog.Range{Low: 1, Likely: 2, High: 3}, -1, false); got != 0 {
		t.Errorf("a negative value of a range by ratio has the density %g", got)
	}
}

// Half of the area lies below the likely value, and eight tenths between low and high, for every range.
func TestDensityHasTheRangesOwnShares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		likely := rapid.Float64Range(0.1, 1000).Draw(t, "likely")
		r := catalog.Range{Low: likely / rapid.Float64Range(1.05, 8).Draw(t, "down"), Likely: likely, High: likely * rapid.Float64Range(1.05, 8).Draw(t, "up")}
		area := func(from, to float64) (sum float64) { // the middle of each of many slices, by ratio
			const n = 4000
			step := math.Log(to/from) / n
			for i := range n {
				sum += step * risk.Density(r, from*math.Exp((float64(i)+0.5)*step), false)
			}
			return sum
		}
		least, most := r.Likely*math.Pow(r.Low/r.Likely, 5), r.Likely*math.Pow(r.High/r.Likely, 5)
		left, right := area(least, r.Likely), area(r.Likely, most)
		middle := area(r.Low, r.Likely) + area(r.Likely, r.High)
		if got := left / (left + right); math.Abs(got-0.5) > 1e-3 {
			t.Fatalf("%v has %.4f of its area below the likely value, want 0.5", r, got)
		}
		if got := middle / (left + right); math.Abs(got-0.8) > 1e-3 {
			t.Fatalf("%v has %.4f of its area between low and high, want 0.8", r, got)
		}
	})
}
