package calc_test

import (
	"context"
	"math"
	"testing"

	"hostwise/calc"
)

// The curve ends where memory is full, holds the stated speed, and its ranges are those of the speed itself; the
// spread of each crossing sums to the share of futures that reach it.
func TestSpeedCurveAndSpreadAgreeWithTheAssessment(t *testing.T) {
	a := assessor(t)
	for _, tpl := range calc.Templates {
		res, err := a.Assess(context.Background(), tpl.Scenario(), calc.Options{Today: testDay, Draws: 100})
		if err != nil {
			t.Fatal(err)
		}
		curve := res.Throughput.Curve
		last := curve[len(curve)-1].Concurrency
		if want := math.Max(res.Deployment.SequencesPerReplica, res.Throughput.ConcurrentSequences); math.Abs(last/want-1) > 1e-9 {
			t.Errorf("%s: the curve ends at %g, memory is full at %g", tpl.Name, last, want)
		}
		ratio := res.Throughput.OutputTokS.High / res.Throughput.OutputTokS.Likely
		for i, p := range curve {
			if p.OutputRange == nil || p.PerUserRange == nil || p.Basis == "" {
				t.Fatalf("%s: point %d lacks a part: %+v", tpl.Name, i, p)
			}
			if got := p.OutputRange.High / p.OutputTokS; math.Abs(got/ratio-1) > 1e-6 || p.OutputRange.Low > p.OutputTokS {
				t.Errorf("%s: point %d reaches %g times up, the speed %g", tpl.Name, i, got, ratio)
			}
			if i > 0 && (p.Concurrency <= curve[i-1].Concurrency || p.PerUserTokS > curve[i-1].PerUserTokS*(1+1e-9)) {
				t.Errorf("%s: more requests at once are faster for each at point %d", tpl.Name, i)
			}
		}
		for _, b := range res.BreakEven {
			if b.Spread == nil {
				continue
			}
			sum := 0.0
			for _, share := range b.Spread.Shares {
				sum += share
			}
			if b.ShareReached == nil || math.Abs(sum-*b.ShareReached) > 1e-6 {
				t.Errorf("%s: the spread of %s sums to %g, reached %v", tpl.Name, b.To, sum, b.ShareReached)
			}
		}
	}
}
