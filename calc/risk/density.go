package risk

import (
	"math"

	"hostwise/calc/catalog"
)

// Density returns how thickly a range's values lie around v, as a share of where they lie thickest: 1 there, 0 far
// off. Half of the values lie on each side of the likely one, so that the narrower side stands higher and the curve
// steps at the likely value where the sides differ. It is the density by ratio, and on the plain scale where At
// draws on it, so that a picture with that axis has equal areas for equal chances.
func Density(r catalog.Range, v float64, plain bool) float64 {
	below, above := sides(r, plain)
	far, side := above, above
	if v < r.Likely {
		far, side = below, below
	}
	if far <= 0 {
		return 0
	}
	z := (v - r.Likely) / far * Z90
	if byRatio(r, plain) {
		if v <= 0 {
			return 0
		}
		z = math.Log(v/r.Likely) / far * Z90
	}
	return math.Exp(-z*z/2) * narrower(below, above) / side
}

// byRatio reports whether a range is drawn by ratio, and not on the plain scale.
func byRatio(r catalog.Range, plain bool) bool { return !plain && r.Low > 0 }

// sides are how far low and high lie from the likely value, on the range's own scale.
func sides(r catalog.Range, plain bool) (below, above float64) {
	if byRatio(r, plain) {
		return math.Log(r.Likely / r.Low), math.Log(r.High / r.Likely)
	}
	return r.Likely - r.Low, r.High - r.Likely
}

// narrower is the smaller of two widths, of which one may be nothing.
func narrower(a, b float64) float64 {
	switch {
	case a <= 0:
		return b
	case b <= 0:
		return a
	}
	return math.Min(a, b)
}
