package calc

import "math"

// CrossingSpread counts the futures drawn by the volume at which a crossing lies.
type CrossingSpread struct {
	Edges  []float64 `json:"edges_calls_per_month"` // one more than Shares, ascending by equal ratios
	Shares []float64 `json:"shares"`                // of all futures drawn; they sum to share_reached
}

// Bins of a crossing's spread: eight a decade where they are few, and never so many that a bin holds a handful.
const (
	spreadPerDecade = 8
	mostSpreadBins  = 32
)

// crossingSpread sorts the crossings of the futures into bins of equal ratio; nil where there is none.
func crossingSpread(crossings []float64, futures int) *CrossingSpread {
	low, high := math.Inf(1), 0.0
	for _, v := range crossings {
		if v > 0 && !math.IsInf(v, 0) {
			low, high = math.Min(low, v), math.Max(high, v)
		}
	}
	if high == 0 || futures == 0 {
		return nil
	}
	perDecade := float64(spreadPerDecade)
	first, last := math.Floor(math.Log10(low)*perDecade), math.Floor(math.Log10(high)*perDecade)
	for last-first >= mostSpreadBins {
		perDecade /= 2
		first, last = math.Floor(math.Log10(low)*perDecade), math.Floor(math.Log10(high)*perDecade)
	}
	n := int(last-first) + 1
	s := &CrossingSpread{Edges: make([]float64, n+1), Shares: make([]float64, n)}
	for i := range s.Edges {
		s.Edges[i] = math.Pow(10, (first+float64(i))/perDecade)
	}
	for _, v := range crossings {
		if v > 0 && !math.IsInf(v, 0) {
			s.Shares[min(n-1, max(0, int(math.Floor(math.Log10(v)*perDecade)-first)))] += 1 / float64(futures)
		}
	}
	return s
}
