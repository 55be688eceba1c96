package serving

import "math"

// QueueModel names the queue that waiting times are computed with.
const QueueModel = "M/M/c"

// Queue is the answer time of half and of nine in ten requests, waiting included, in seconds: arrivals a second
// at random (Poisson), service times at random around their mean (exponential), as many servers as slots.
// It returns infinities where the slots cannot keep up, and is stable for thousands of slots.
func Queue(arrivals, service float64, slots int) (p50, p90 float64) {
	if slots < 1 || service <= 0 || arrivals < 0 || math.IsNaN(arrivals) || math.IsNaN(service) {
		return math.Inf(1), math.Inf(1)
	}
	if arrivals*service >= float64(slots) {
		return math.Inf(1), math.Inf(1)
	}
	wait := WaitChance(arrivals*service, slots)
	leave := float64(slots)/service - arrivals // rate at which a waiting queue empties
	return sojourn(0.5, wait, 1/service, leave), sojourn(0.9, wait, 1/service, leave)
}

// WaitChance is Erlang's C formula: the chance that an arrival finds every slot busy, for an offered load in
// slots. Computed from Erlang's B by its recursion on the inverse, which neither overflows nor cancels.
func WaitChance(load float64, slots int) float64 {
	switch {
	case load <= 0:
		return 0
	case load >= float64(slots):
		return 1
	}
	if slots > mostCounted {
		return halfinWhitt(load, slots)
	}
	inverse := 1.0 // 1/B for no slots
	for i := 1; i <= slots; i++ {
		inverse = 1 + inverse*float64(i)/load
		if inverse > 1e300 {
			return 0
		}
	}
	busy := load / float64(slots)
	return 1 / (inverse*(1-busy) + busy)
}

// mostCounted is the most slots that Erlang's recursion is run over; past it the limit for many slots is as good.
const mostCounted = 20000

// halfinWhitt is Erlang's C in the limit of many slots: with b = (1 - load/slots) sqrt(slots),
// 1 / (1 + b Phi(b) / phi(b)). (Halfin and Whitt, Operations Research 29(3), 1981.)
func halfinWhitt(load float64, slots int) float64 {
	c := float64(slots)
	b := (1 - load/c) * math.Sqrt(c)
	below := 0.5 * math.Erfc(-b/math.Sqrt2)
	return 1 / (1 + b*below*math.Sqrt(2*math.Pi)*math.Exp(b*b/2))
}

// sojourn is the time that a share of requests is answered within: the wait (none, or exponential with the rate
// of leaving) plus the service (exponential).
func sojourn(share, wait, rate, leave float64) float64 {
	late := func(t float64) float64 {
		if math.Abs(leave-rate) < 1e-9*rate {
			return math.Exp(-rate*t) * (1 + wait*rate*t)
		}
		// P(W+S > t) with W = 0 with chance 1-wait, else exponential.
		return (1-wait)*math.Exp(-rate*t) + wait*(leave*math.Exp(-rate*t)-rate*math.Exp(-leave*t))/(leave-rate)
	}
	high := 1 / min(rate, leave)
	for late(high) > 1-share {
		high *= 2
	}
	low := 0.0
	for range 60 {
		if mid := (low + high) / 2; late(mid) > 1-share {
			low = mid
		} else {
			high = mid
		}
	}
	return high
}
