package calc_test

import (
	"math"
	"testing"

	"hostwise/calc"
)

// At 10,000 draws the middle of a break-even is the same to 1 % whatever the seed, and that of the arithmetic. One
// server costs $8,038.62 and $913.18 a month; the API costs nothing but 2,000 tokens in a call, at $20 a million known
// to within a factor of three, and one retry for ten calls known to within a factor of two: 8,951.80 / (0.002 × 20 × 1.1)
// is some 203,450 calls. The median of a price over another is the ratio of their medians.
func TestBreakEvenIsStableBetweenSeeds(t *testing.T) {
	s := with(boughtFor(2000), map[string]calc.Value{"api.input_usd_per_mtok": calc.Between(20.0/3, 20, 60),
		"workload.retry_rate": calc.Between(0.05, 0.1, 0.2), "workload.peak_to_average": calc.Num(1)})
	var first float64
	for seed := uint64(1); seed <= 3; seed++ {
		found := false
		for _, b := range assess(t, s, calc.Options{Draws: 10000, Seed: seed}).BreakEven {
			if b.To != "own-deepseek-r1" || b.Median == nil {
				continue
			}
			found = true
			isNear(t, "calls at the likely values", *b.Calls, math.Ceil(8951.80/0.044), 2)
			if first == 0 {
				first = *b.Median
			}
			if ratio := *b.Median / first; ratio < 0.99 || ratio > 1.01 {
				t.Errorf("P50 is %.6g with one seed and %.6g with another", first, *b.Median)
			}
			if ratio := *b.Median / *b.Calls; ratio < 0.98 || ratio > 1.02 {
				t.Errorf("P50 is %.6g, by the arithmetic %.6g", *b.Median, *b.Calls)
			}
			t.Logf("seed %d: P50 %.6g, P10 %.6g, P90 %.6g, reached %.3f", seed, *b.Median, *b.Low, *b.High, *b.ShareReached)
			break
		}
		if !found {
			t.Fatal("owning has no break-even with a middle")
		}
	}
}
