package cost

import (
	"math"
	"slices"
)

// LoadCurve is demand over the hours of a month, busiest first, in attempts an hour.
// Without weights it is L(u) = mean · P · (1 − u)^(P − 1) over the share u of hours, P = peak over average:
// its mean is the mean and its first hour the peak. With weights it is the sorted weekly shape.
type LoadCurve struct {
	Mean    float64
	Peak    float64   // P, at least 1
	Weights []float64 // sorted, busiest first, with mean 1; nil = the formula
}

// SortedShape returns weights sorted busiest first and scaled to a mean of 1, and their peak.
func SortedShape(shape []float64) (weights []float64, peak float64) {
	if len(shape) == 0 {
		return nil, 1
	}
	weights = slices.Clone(shape)
	slices.SortFunc(weights, func(a, b float64) int {
		switch {
		case a > b:
			return -1
		case a < b:
			return 1
		}
		return 0
	})
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	for i := range weights {
		weights[i] *= float64(len(weights)) / sum
	}
	return weights, weights[0]
}

// At returns the load at share u of the hours, busiest first.
func (c LoadCurve) At(u float64) float64 {
	if len(c.Weights) > 0 {
		i := min(int(u*float64(len(c.Weights))), len(c.Weights)-1)
		return c.Mean * c.Weights[i]
	}
	return c.Mean * c.Peak * math.Pow(1-u, c.Peak-1)
}

// ShareBelow returns the share of all attempts that a ceiling of q attempts an hour serves.
// For the formula: with ρ = q / (mean·P) and x = ρ^(1/(P−1)) it is (q·(1 − x) + mean·x^P) / mean, and since x^P is
// x·ρ, that is ρ·(P − (P − 1)·x).
func (c LoadCurve) ShareBelow(q float64) float64 {
	switch {
	case c.Mean <= 0 || q >= c.Mean*c.peak()*(1-Rounding):
		return 1
	case q <= 0:
		return 0
	case len(c.Weights) > 0:
		served := 0.0
		for _, w := range c.Weights {
			served += math.Min(w*c.Mean, q)
		}
		return served / (c.Mean * float64(len(c.Weights)))
	case c.Peak <= 1+Rounding: // even load: the formula would divide by nothing
		return math.Min(1, q/c.Mean)
	}
	rho := q / (c.Mean * c.Peak)
	return min(1, rho*(c.Peak-(c.Peak-1)*root(rho, c.Peak-1)))
}

// root is the n-th root; the third, that of the default peak, is asked for most.
func root(v, n float64) float64 {
	if n == 3 {
		return math.Cbrt(v)
	}
	return math.Pow(v, 1/n)
}

func (c LoadCurve) peak() float64 {
	if len(c.Weights) > 0 {
		return c.Weights[0]
	}
	return c.Peak
}

// Split is own devices for a base load and an API for the rest.
type Split struct {
	Replicas int     // working, spares not counted
	OwnShare float64 // of calls
	USD      float64 // a month
}

// BestSplit tries k replicas from 1 to most and returns the cheapest; own gives the monthly cost of k working
// replicas (with their spares), api the monthly cost of sending a share of the calls to the API, and block is the
// replicas that fill one server.
//
// Where most is large it does not try them all. What each further replica takes off the API falls as more of the
// load is served, so over counts that are a whole number of servers apart the cost falls and then rises: its least
// is found by bisection. It lies within two servers of the same place for every remainder, so those are tried there.
//
// Of one server its last replica is tried; the others only where the own cost of the first with the API's beside the
// last, which none of them can undercut, is less than the best so far.
//
// near is where the best count is expected, 0 where nothing is known: it saves looks and changes nothing.
func BestSplit(curve LoadCurve, perReplicaHour float64, most, block, near int, own func(k int) float64, api func(share float64) float64) Split {
	best := Split{USD: math.Inf(1)}
	try := func(k int) (usd, share float64) {
		share = curve.ShareBelow(float64(k) * perReplicaHour)
		usd = own(k) + api(1-share)
		if usd < best.USD {
			best = Split{Replicas: k, OwnShare: share, USD: usd}
		}
		return usd, share
	}
	server := func(first, last int) {
		if first > last {
			return
		}
		if _, share := try(last); own(first)+api(1-share) >= best.USD {
			return
		}
		for k := first; k < last; k++ {
			try(k)
		}
	}
	block = max(1, block)
	try(1)
	if most <= max(16, 4*block) {
		for k := 1; k <= most; k += block {
			server(k, min(most, k+block-1))
		}
		return best
	}
	servers := (most - 1) / block // counts 1, 1 + block, 1 + 2 · block, …
	at := sortSearchNear(servers, near/block, func(i int) bool {
		more, _ := try(1 + (i+1)*block)
		less, _ := try(1 + i*block)
		return more >= less
	})
	end := min(most, 1+(at+2)*block)
	for k := 1 + max(0, at-2)*block; k <= end; k += block {
		server(k, min(end, k+block-1))
	}
	try(most)
	return best
}

// ForcedSplit returns the split in which own devices take exactly this share of the calls: the fewest replicas
// that can.
func ForcedSplit(curve LoadCurve, perReplicaHour float64, most int, share float64, own func(k int) float64, api func(share float64) float64) Split {
	k := 1 + sortSearch(most-1, func(i int) bool {
		return curve.ShareBelow(float64(i+1)*perReplicaHour) >= share-1e-12
	})
	return Split{Replicas: k, OwnShare: share, USD: own(k) + api(1-share)}
}

// sortSearchNear is sortSearch that first looks around a place, in steps that double.
func sortSearchNear(n, near int, ok func(int) bool) int {
	if near <= 0 || near >= n {
		return sortSearch(n, ok)
	}
	lo, hi := 0, n // the answer is in [lo, hi]
	if ok(near) {
		hi = near
		for step := 1; hi-step > 0; step *= 2 {
			if !ok(hi - step) {
				lo = hi - step + 1
				break
			}
			hi -= step
		}
	} else {
		lo = near + 1
		for step := 1; lo+step < n; step *= 2 {
			if ok(lo + step) {
				hi = lo + step
				break
			}
			lo += step + 1
		}
	}
	return lo + sortSearch(hi-lo, func(i int) bool { return ok(lo + i) })
}

// sortSearch returns the first i in [0, n) for which ok holds, or n; ok turns from false to true once.
func sortSearch(n int, ok func(int) bool) int {
	lo, hi := 0, n
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if ok(mid) {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return lo
}
