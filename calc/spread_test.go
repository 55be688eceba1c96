package calc

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Four crossings among ten futures, two of them in one bin: eight bins a decade begin at powers of 10^(1/8), so 1.0
// and 1.2 million share the first bin (10^6 to 1.334×10^6) and 3 and 9 million lie in the fourth (2.371 to 3.162) and
// the eighth (7.499 to 10).
func TestCrossingSpreadCountsByEqualRatios(t *testing.T) {
	s := crossingSpread([]float64{3e6, 1.0000001e6, 9e6, 1.2e6, math.Inf(1), 0}, 10)
	want := []float64{0.2, 0, 0, 0.1, 0, 0, 0, 0.1}
	if len(s.Shares) != len(want) || len(s.Edges) != len(want)+1 {
		t.Fatalf("%d bins with %d edges, want %d", len(s.Shares), len(s.Edges), len(want))
	}
	for i, share := range s.Shares {
		if math.Abs(share-want[i]) > 1e-12 {
			t.Errorf("bin %d holds %g, want %g", i, share, want[i])
		}
	}
	if math.Abs(s.Edges[0]-1e6) > 1 || math.Abs(s.Edges[8]-1e7) > 1 {
		t.Errorf("the bins reach from %g to %g", s.Edges[0], s.Edges[8])
	}
	if crossingSpread(nil, 10) != nil || crossingSpread([]float64{math.Inf(1)}, 10) != nil || crossingSpread([]float64{5}, 0) != nil {
		t.Error("a spread of nothing")
	}
}

// However far the crossings lie apart, every one is counted once, the bins are few and of equal ratio.
func TestCrossingSpreadLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		logs := rapid.SliceOfN(rapid.Float64Range(0, 12), 1, 60).Draw(t, "logs")
		values := make([]float64, len(logs))
		for i, l := range logs {
			values[i] = math.Pow(10, l)
		}
		futures := len(values) + rapid.IntRange(0, 40).Draw(t, "others")
		s := crossingSpread(values, futures)
		sum := 0.0
		for _, share := range s.Shares {
			sum += share
		}
		if math.Abs(sum-float64(len(values))/float64(futures)) > 1e-9 {
			t.Fatalf("%d of %d futures sum to %g", len(values), futures, sum)
		}
		if len(s.Shares) > mostSpreadBins || len(s.Edges) != len(s.Shares)+1 {
			t.Fatalf("%d bins with %d edges", len(s.Shares), len(s.Edges))
		}
		for i, v := range values {
			if v < s.Edges[0]*(1-1e-9) || v > s.Edges[len(s.Edges)-1]*(1+1e-9) {
				t.Fatalf("crossing %d at %g lies outside %g to %g", i, v, s.Edges[0], s.Edges[len(s.Edges)-1])
			}
		}
		for i := 2; i < len(s.Edges); i++ {
			if a, b := s.Edges[i-1]/s.Edges[i-2], s.Edges[i]/s.Edges[i-1]; math.Abs(a/b-1) > 1e-9 {
				t.Fatalf("bins of ratio %g and %g", a, b)
			}
		}
	})
}
