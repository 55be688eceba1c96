package calc

import (
	"slices"
	"strings"
	"time"

	"hostwise/calc/catalog"
	"hostwise/calc/cost"
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

// Rechecked counts the rows behind a fact that decides the case, and those of them that are the person's own and fresh:
// confirmed or corrected, and not to be asked about again before they grow old. A market's median has a row for each
// listing, every other fact has one.
func (s Scenario) Rechecked(cat *catalog.Catalog, r Recheck, today time.Time) (checked, of int) {
	if r.Table == "prices" && s.namedPrice(cat, r.ID) == nil {
		return s.marketChecked(cat, r.ID, today)
	}
	if fresh(catalog.Fact{AsOf: r.AsOf}, today) && s.owns(r) {
		return 1, 1
	}
	return 0, 1
}

func fresh(f catalog.Fact, today time.Time) bool { return ageDays(f.Date(), today) <= staleDays }

// namedPrice returns the listing of an id, the person's or the catalogue's, or one of the past.
func (s Scenario) namedPrice(cat *catalog.Catalog, id string) *catalog.Price {
	if p := cat.With(catalog.Rows{Prices: s.facts.Prices}).Price(id); p != nil {
		return p
	}
	return cat.Past(id)
}

// marketChecked counts the listings that make a model's median.
func (s Scenario) marketChecked(cat *catalog.Catalog, id string, today time.Time) (checked, of int) {
	model, cloud := strings.CutSuffix(id, "/cloud")
	filter := s.marketFilter()
	if cloud {
		filter.Kinds = cloudKinds
	}
	for _, p := range cost.Counted(cat.With(catalog.Rows{Prices: s.facts.Prices}).Prices, model, filter) {
		of++
		own := slices.ContainsFunc(s.facts.Prices, func(x catalog.Price) bool { return x.ID == p.ID })
		if own && fresh(p.Fact, today) {
			checked++
		}
	}
	return checked, of
}

// owns reports whether the row behind a fact is the person's own.
func (s Scenario) owns(r Recheck) bool {
	f := s.facts
	switch r.Table {
	case "prices":
		return slices.ContainsFunc(f.Prices, func(p catalog.Price) bool { return p.ID == r.ID })
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
