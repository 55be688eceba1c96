package risk

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"hostwise/calc/catalog"
)

// Below returns the chance that a quantity given as a range lies below v: 0.1 at low, one half at likely, 0.9 at
// high. It is At turned round. Where low or high is the likely value itself, half of the chance stands at that point.
func Below(r catalog.Range, v float64, plain bool) float64 {
	far := r.High
	if v < r.Likely {
		far = r.Low
	}
	switch {
	case far == r.Likely && v < r.Likely:
		return 0
	case far == r.Likely && v > r.Likely:
		return 1
	case v == r.Likely:
		return 0.5
	}
	t := (v - r.Likely) / (far - r.Likely)
	if !plain && r.Low > 0 {
		if v <= 0 {
			return 0
		}
		t = math.Log(v/r.Likely) / math.Log(far/r.Likely)
	}
	if v < r.Likely {
		t = -t
	}
	return distuv.UnitNormal.CDF(t * Z90)
}
