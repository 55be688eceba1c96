package risk_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"hostwise/calc/catalog"
	"hostwise/calc/risk"
)

// P10, P50 and P90 of a range are its low, likely and high, on both scales.
func TestARangeIsItsOwnQuantiles(t *testing.T) {
	for _, r := range []catalog.Range{{Low: 2, Likely: 5, High: 20}, {Low: 0, Likely: 5, High: 7}, {Low: -3, Likely: 0, High: 1}} {
		for _, plain := range []bool{false, true} {
			for z, want := range map[float64]float64{-risk.Z90: r.Low, 0: r.Likely, risk.Z90: r.High} {
				if got := risk.At(r, z, plain); math.Abs(got-want) > 1e-12*math.Max(1, math.Abs(want)) {
					t.Errorf("%+v at z %g (plain %v) is %g, want %g", r, z, plain, got, want)
				}
			}
		}
	}
	// Half-way up on the scale of ratios: 5 · (20/5)^(1/2) = 10; on the plain scale 5 + (20 − 5)/2 = 12.5.
	r := catalog.Range{Low: 2, Likely: 5, High: 20}
	if a, b := risk.At(r, risk.Z90/2, false), risk.At(r, risk.Z90/2, true); math.Abs(a-10) > 1e-9 || math.Abs(b-12.5) > 1e-9 {
		t.Errorf("half-way up is %g and %g, want 10 and 12.5", a, b)
	}
}

// summary draws two quantities and returns P10, P50 and P90 of what is made of them.
func summary(t *testing.T, seed uint64, of func(x, y float64) float64) catalog.Range {
	t.Helper()
	rows := risk.Normals(10000, 2, seed)
	v := make([]float64, len(rows))
	for i, row := range rows {
		v[i] = of(row[0], row[1])
	}
	s, ok := risk.Summary(v)
	if !ok {
		t.Fatal("no draws")
	}
	return s
}

// The sum of N(10, 3²) and N(20, 4²) is N(30, 5²): P10 and P90 at 30 ∓ 1.28155 × 5 = 23.592 and 36.408.
func TestSumOfNormals(t *testing.T) {
	s := summary(t, 1, func(x, y float64) float64 { return 10 + 3*x + 20 + 4*y })
	for what, c := range map[string][2]float64{"P10": {s.Low, 23.592}, "P50": {s.Likely, 30}, "P90": {s.High, 36.408}} {
		if math.Abs(c[0]-c[1]) > 0.12 {
			t.Errorf("%s is %.3f, want %.3f", what, c[0], c[1])
		}
	}
}

// The product of lognormals with σ 0.3 and 0.4 has σ 0.5: P10 and P90 at 6 · e^(∓1.28155 × 0.5) = 3.161 and 11.388.
func TestProductOfLognormals(t *testing.T) {
	for seed := range uint64(3) {
		s := summary(t, seed+1, func(x, y float64) float64 { return 2 * math.Exp(0.3*x) * 3 * math.Exp(0.4*y) })
		for what, c := range map[string][2]float64{"P10": {s.Low, 3.161}, "P50": {s.Likely, 6}, "P90": {s.High, 11.388}} {
			if math.Abs(c[0]/c[1]-1) > 0.02 {
				t.Errorf("seed %d: %s is %.3f, want %.3f", seed+1, what, c[0], c[1])
			}
		}
	}
}

// Each column has one draw in each of n equal slices of probability.
func TestLatinHypercubeFillsEverySlice(t *testing.T) {
	const n = 500
	rows := risk.Normals(n, 3, 7)
	for col := range 3 {
		seen := make([]bool, n)
		for _, row := range rows {
			p := 0.5 * math.Erfc(-row[col]/math.Sqrt2)
			seen[min(int(p*n), n-1)] = true
		}
		for i, ok := range seen {
			if !ok {
				t.Errorf("column %d has no draw in slice %d", col, i)
			}
		}
	}
	again := risk.Normals(n, 3, 7)
	for i := range rows {
		for col := range 3 {
			if rows[i][col] != again[i][col] {
				t.Fatal("the same seed gives other draws")
			}
		}
	}
}

func TestSummaryLeavesOutWhatIsNotFinite(t *testing.T) {
	s, ok := risk.Summary([]float64{math.Inf(1), 1, math.NaN(), 2, 3})
	if !ok || s.Likely != 2 {
		t.Errorf("summary %+v, %v", s, ok)
	}
	if _, ok := risk.Summary([]float64{math.Inf(1)}); ok {
		t.Error("a summary of nothing")
	}
}

// The nearest change is found, and the answer differs on its two sides.
func TestNearestIsTrueOnBothSides(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := rapid.Float64Range(1, 100).Draw(t, "now")
		edge := now * rapid.SampledFrom([]float64{0.02, 0.5, 0.9, 1.1, 3, 40}).Draw(t, "edge over now")
		answer := func(x float64) string {
			if x >= edge {
				return "above"
			}
			return "below"
		}
		at, becomes, found := risk.Nearest(risk.Search{Now: now, Min: now / 1e3, Max: now * 1e3, Steps: 18}, answer)
		if !found || math.Abs(at/edge-1) > 1e-9 {
			t.Fatalf("found %v at %g, want %g", found, at, edge)
		}
		near := at + (now-at)*1e-9
		if answer(at) != becomes || becomes == answer(now) || answer(near) != answer(now) {
			t.Fatalf("at %g the answer is %s, nearer %s, now %s", at, answer(at), answer(near), answer(now))
		}
	})
	if _, _, found := risk.Nearest(risk.Search{Now: 5, Min: 0, Max: 9, Plain: true, Steps: 9}, func(float64) string { return "same" }); found {
		t.Error("a change was found where there is none")
	}
}
