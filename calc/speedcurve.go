package calc

import "math"

// speedCurve is the speed of one replica from one request at once to the most: half a doubling a point, and the
// most itself.
func (s *sized) speedCurve(most float64) []SpeedPoint {
	var at []float64
	for c := 1.0; c < most*0.97 && len(at) < 63; c *= math.Sqrt2 {
		at = append(at, c)
	}
	server := s.candidate.server
	curve := make([]SpeedPoint, 0, len(at)+1)
	for _, c := range append(at, most) {
		sp := server.At(s.load, c)
		p := SpeedPoint{
			Concurrency: c, OutputTokS: sp.Output, PerUserTokS: sp.PerUser, Basis: server.BasisAt(s.load, c),
			OutputRange:  &Range{Low: sp.Output * server.Spread.Low, Likely: sp.Output, High: sp.Output * server.Spread.High},
			PerUserRange: &Range{Low: sp.PerUser * server.Spread.Low, Likely: sp.PerUser, High: sp.PerUser * server.Spread.High},
			TTFT:         known(sp.TTFT),
		}
		curve = append(curve, p)
	}
	return curve
}
