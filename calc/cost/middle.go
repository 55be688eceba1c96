package cost

import "math"

// middle returns a whole number strictly between two whole numbers that are more than one apart: the geometric
// middle while they are far apart, since volumes span twelve decades, and the plain one when they are close.
func middle(lo, hi float64) float64 {
	m := math.Floor((lo + hi) / 2)
	if hi > 4*lo && lo >= 1 {
		m = math.Floor(math.Sqrt(lo * hi))
	}
	return math.Max(lo+1, math.Min(m, hi-1))
}
