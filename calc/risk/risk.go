// Package risk carries ranges through the model: how a quantity given as low, likely and high is drawn, how a
// result is read off its draws, and where an input has to go for an answer to change.
//
// It promises that the same seed gives the same draws, that P10 and P90 of a drawn quantity are its low and its
// high, and that a root it reports has a different answer on each side. It knows nothing of what it samples.
package risk

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distmv"
	"gonum.org/v1/gonum/stat/distuv"
	"gonum.org/v1/gonum/stat/samplemv"

	"hostwise/calc/catalog"
)

// Z90 is the standard normal's 90th percentile: a range's low and high lie at ∓Z90.
const Z90 = 1.2815515655446004

// At returns the value of a range at z of a standard normal: likely·(high/likely)^(z/Z90) above the middle and
// likely·(low/likely)^(−z/Z90) below it; on the plain scale where the low is not positive or plain is set.
// Source: contract "Ranges".
func At(r catalog.Range, z float64, plain bool) float64 {
	if r.IsExact() || z == 0 {
		return r.Likely
	}
	far, t := r.High, z/Z90
	if z < 0 {
		far, t = r.Low, -t
	}
	if plain || r.Low <= 0 {
		return r.Likely + (far-r.Likely)*t
	}
	return r.Likely * math.Pow(far/r.Likely, t)
}

// Normals returns n draws of k independent standard normals by Latin hypercube: each column has exactly one draw
// in each of n equal slices of probability. Source: McKay, Beckman and Conover 1979, as in gonum's samplemv.
func Normals(n, k int, seed uint64) [][]float64 {
	if n <= 0 || k <= 0 {
		return nil
	}
	src := rand.NewPCG(seed, 0x9E3779B97F4A7C15)
	batch := mat.NewDense(n, k, nil)
	samplemv.LatinHypercube{Q: distmv.NewUnitUniform(k, src), Src: src}.Sample(batch)
	rows := make([][]float64, n)
	for i := range rows {
		row := batch.RawRowView(i)
		for j, u := range row {
			row[j] = distuv.UnitNormal.Quantile(math.Min(math.Max(u, 1e-9), 1-1e-9))
		}
		rows[i] = row
	}
	return rows
}

// Summary returns P10, P50 and P90 of draws, leaving out those that are not finite. ok is false when none is left.
func Summary(draws []float64) (r catalog.Range, ok bool) {
	v := make([]float64, 0, len(draws))
	for _, x := range draws {
		if !math.IsInf(x, 0) && !math.IsNaN(x) {
			v = append(v, x)
		}
	}
	if len(v) == 0 {
		return r, false
	}
	slices.Sort(v)
	return catalog.Range{Low: quantile(v, 0.1), Likely: quantile(v, 0.5), High: quantile(v, 0.9)}, true
}

// quantile is type 7 of Hyndman and Fan on sorted values.
func quantile(v []float64, q float64) float64 {
	x := q * float64(len(v)-1)
	i := int(x)
	if i >= len(v)-1 {
		return v[len(v)-1]
	}
	return v[i] + (x-float64(i))*(v[i+1]-v[i])
}

// Around widens the spread of draws so that it holds the likely result: low ≤ likely ≤ high.
func Around(likely float64, draws catalog.Range) catalog.Range {
	return catalog.Range{Low: math.Min(draws.Low, likely), Likely: likely, High: math.Max(draws.High, likely)}
}

// Search is a hunt for the nearest value at which an answer changes.
type Search struct {
	Now, Min, Max float64
	Plain         bool // step evenly; otherwise by ratio
	Steps         int  // looks on each side before closing in
}

// Nearest returns the value nearest to Now, by steps on the search's scale, at which answer differs from what it
// is at Now, together with that answer. The value returned is on the far side: answer(at) is becomes, and a
// relative 1e-9 nearer to Now it still is the old one.
func Nearest(s Search, answer func(x float64) string) (at float64, becomes string, found bool) {
	was := answer(s.Now)
	up, down := s.grid(s.Max), s.grid(s.Min)
	prevUp, prevDown := s.Now, s.Now
	for i := 0; i < len(up) || i < len(down); i++ {
		if i < len(up) {
			if got := answer(up[i]); got != was {
				at, becomes = closeIn(prevUp, up[i], was, got, answer)
				return at, becomes, true
			}
			prevUp = up[i]
		}
		if i < len(down) {
			if got := answer(down[i]); got != was {
				at, becomes = closeIn(prevDown, down[i], was, got, answer)
				return at, becomes, true
			}
			prevDown = down[i]
		}
	}
	return 0, "", false
}

// grid returns the looks from Now to one end.
func (s Search) grid(end float64) []float64 {
	if end == s.Now {
		return nil
	}
	n := max(s.Steps, 1)
	ratio := !s.Plain && s.Now > 0
	last := end
	if ratio && end <= 0 {
		last = s.Now / 1e6
	}
	g := make([]float64, 0, n+1)
	for i := 1; i <= n; i++ {
		t := float64(i) / float64(n)
		x := s.Now + (end-s.Now)*t
		if ratio {
			x = s.Now * math.Pow(last/s.Now, t*t) // fine near Now, coarse far away
		}
		g = append(g, x)
	}
	if ratio && end <= 0 {
		g = append(g, end)
	}
	return g
}

// closeIn bisects between a value with the old answer and one with another until they are neighbours to 1e-12.
func closeIn(old, other float64, was, got string, answer func(float64) string) (float64, string) {
	for range 64 {
		m := (old + other) / 2
		if old > 0 && other > 0 && (other > 4*old || old > 4*other) {
			m = math.Sqrt(old * other)
		}
		if math.Abs(other-old) <= 1e-12*math.Max(math.Abs(old), math.Abs(other)) || m == old || m == other {
			break
		}
		if a := answer(m); a == was {
			old = m
		} else {
			other, got = m, a
		}
	}
	return other, got
}
