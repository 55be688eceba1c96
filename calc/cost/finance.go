// Package cost says what a month costs by each route: calling an API, renting devices, owning them, or owning a
// base load and sending the rest to an API; and where two routes cost the same.
//
// It promises that a cost is a list of named lines, quantity × unit price, whose sum is the total, and that no
// route gets cheaper as volume grows (human review that saves time aside). All money is in US dollars before
// tax, a month is 730 hours. It knows nothing of memory or speed: how much one replica serves is given to it.
package cost

import "math"

// HoursPerMonth is the length of a month in hours (8,760 / 12).
const HoursPerMonth = 730.0

// Rounding is the part of a demand by which it may go over what serves it before that counts: a sum that comes out a
// billionth high in the last digits of its numbers neither buys a machine nor sends calls to an API.
const Rounding = 1e-9

// MonthlyRate turns a yearly cost of capital into the monthly rate that compounds to it.
func MonthlyRate(perYear float64) float64 { return math.Pow(1+perYear, 1.0/12) - 1 }

// Recovery is what an even monthly payment is of a dollar spent at the start and of a dollar received at the end.
type Recovery struct{ Capital, Salvage float64 }

// RecoveryOver returns the factors for n months at a yearly cost of capital: r/(1−(1+r)^−n) and r/((1+r)^n−1);
// without interest both are 1/n.
func RecoveryOver(perYear float64, n int) Recovery {
	if n <= 0 {
		return Recovery{1, 1}
	}
	r := MonthlyRate(perYear)
	if math.Abs(r) < 1e-12 {
		return Recovery{1 / float64(n), 1 / float64(n)}
	}
	growth := math.Pow(1+r, float64(n))
	return Recovery{r / (1 - 1/growth), r / (growth - 1)}
}

// CapitalRecovery returns the even monthly payment that recovers capital c with salvage s over n months at a
// yearly cost of capital: C·r/(1−(1+r)^−n) − S·r/((1+r)^n−1). Without interest it is (C − S)/n.
// Source: the capital recovery factor of engineering economics, contract "Own".
func CapitalRecovery(c, s, perYear float64, n int) float64 {
	f := RecoveryOver(perYear, n)
	return c*f.Capital - s*f.Salvage
}

// NPV returns the present value of monthly cash flows, the first one month from now, at a yearly cost of capital.
func NPV(flows []float64, perYear float64) float64 {
	r := MonthlyRate(perYear)
	v, d := 0.0, 1.0
	for _, f := range flows {
		d /= 1 + r
		v += f * d
	}
	return v
}
