package calc

import (
	"slices"
	"time"

	"hostwise/calc/catalog"
)

// staleDays is the age from which a confirmed fact has to be checked again.
const staleDays = 30

// FactEffect is what a change of facts does to an answer. Amounts are USD a month, likely; nil = no route is open.
type FactEffect struct {
	RouteBefore, RouteAfter string // labels of the verdict's route; "" = none is open
	Changes                 bool   // another route wins
	USDBefore, USDAfter     *float64
	SpeedBefore, SpeedAfter float64 // output tokens a second of one replica
	BasisBefore, BasisAfter string
}

// EffectOf compares two assessments of one scenario under different facts.
func EffectOf(before, after *Assessment) FactEffect {
	e := FactEffect{Changes: before.Verdict.Route != after.Verdict.Route,
		SpeedBefore: before.Throughput.OutputTokS.Likely, SpeedAfter: after.Throughput.OutputTokS.Likely,
		BasisBefore: string(before.Throughput.Basis), BasisAfter: string(after.Throughput.Basis)}
	side := func(a *Assessment) (label string, usd *float64) {
		r := a.Route(a.Verdict.Route)
		if r == nil {
			return "", nil
		}
		if r.Monthly != nil {
			usd = &r.Monthly.Likely
		}
		return r.Label, usd
	}
	e.RouteBefore, e.USDBefore = side(before)
	e.RouteAfter, e.USDAfter = side(after)
	return e
}

// Rechecked reports whether a fact that decides the case is the person's own, and fresh: it was confirmed or corrected
// and need not be asked about again before it grows old.
func (s Scenario) Rechecked(r Recheck, today time.Time) bool {
	if ageDays(catalog.Fact{AsOf: r.AsOf}.Date(), today) > staleDays {
		return false
	}
	f := s.facts
	switch r.Table {
	case "prices":
		return slices.ContainsFunc(f.Prices, func(p catalog.Price) bool {
			return p.ID == r.ID || (p.Model == r.ID || p.Model+"/cloud" == r.ID) && p.AsOf == r.AsOf
		})
	case "devices":
		return slices.ContainsFunc(f.Devices, func(d catalog.Device) bool { return d.ID == r.ID && d.PriceFact.Evidence == catalog.Yours })
	case "rents":
		return slices.ContainsFunc(f.Devices, func(d catalog.Device) bool {
			return slices.ContainsFunc(d.Rent, func(p catalog.RentPrice) bool {
				return d.ID+"/"+p.Provider == r.ID && p.Evidence == catalog.Yours
			})
		})
	case "hosts":
		return slices.ContainsFunc(f.Hosts, func(h catalog.Host) bool { return h.ID == r.ID })
	case "quotes":
		return slices.ContainsFunc(s.quotes, func(q Quote) bool { return q.Path == r.ID })
	case "measured":
		return slices.ContainsFunc(f.Measured, func(m catalog.SpeedRun) bool { return m.ID == r.ID })
	}
	return false
}
