package risk_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"hostwise/calc/catalog"
	"hostwise/calc/risk"
)

// By hand: half-way from 5 up to a high of 20 is 10 by ratio and 12.5 on the plain scale; z is then 0.64078, below
// which 0.73917 of a standard normal lie (Abramowitz and Stegun, table 26.1).
func TestBelowByHand(t *testing.T) {
	r := catalog.Range{Low: 2, Likely: 5, High: 20}
	for _, c := range []struct {
		v     float64
		plain bool
		want  float64
	}{{2, false, 0.1}, {5, false, 0.5}, {20, false, 0.9}, {10, false, 0.73917}, {12.5, true, 0.73917}, {3.5, true, 1 - 0.73917}, {0, false, 0}, {-1, false, 0}} {
		if got := risk.Below(r, c.v, c.plain); math.Abs(got-c.want) > 1e-4 {
			t.Errorf("below %g (plain %v) lies %.5f, want %.5f", c.v, c.plain, got, c.want)
		}
	}
}

func TestBelowOfOneSidedAndExactRanges(t *testing.T) {
	one := catalog.Range{Low: 5, Likely: 5, High: 20}
	for v, want := range map[float64]float64{4.99: 0, 5: 0.5, 20: 0.9} {
		if got := risk.Below(one, v, false); math.Abs(got-want) > 1e-9 {
			t.Errorf("below %g lies %g, want %g", v, got, want)
		}
	}
	for v, want := range map[float64]float64{4.99: 0, 5: 0.5, 5.01: 1} {
		if got := risk.Below(catalog.Exact(5), v, false); got != want {
			t.Errorf("below %g of an exact 5 lies %g, want %g", v, got, want)
		}
	}
}

// Below and At undo each other, on both scales and for every shape of range.
func TestBelowIsAtTurnedRound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		likely := rapid.Float64Range(-100, 1000).Draw(t, "likely")
		r := catalog.Range{Low: likely - rapid.Float64Range(0.01, 90).Draw(t, "down"), Likely: likely, High: likely + rapid.Float64Range(0.01, 900).Draw(t, "up")}
		plain := rapid.Bool().Draw(t, "plain")
		z := rapid.Float64Range(-3, 3).Draw(t, "z")
		want := 0.5 * math.Erfc(-z/math.Sqrt2)
		if got := risk.Below(r, risk.At(r, z, plain), plain); math.Abs(got-want) > 1e-6 {
			t.Fatalf("%v at z %g: below it lies %g, want %g", r, z, got, want)
		}
	})
}
