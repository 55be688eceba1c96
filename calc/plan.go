package calc

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"hostwise/calc/cost"
)

// option prices one set-up for a demand; nil when it does not serve.
func (w *world) option(f *frame, c *candidate, calls float64) *SetupOption {
	mine := *c
	mine.index, mine.hour = 0, medianRent(c.plan.Device.Rent, w.rentTerm)
	f.perHour, f.own = []float64{math.NaN()}, nil
	f.grow()
	n := f.replicas(&mine, 0, calls)
	if n == 0 {
		return nil
	}
	n += w.spare
	p := c.plan
	o := &SetupOption{Model: w.model.ID, Label: c.label, Device: p.Device.ID, Devices: p.Devices, Precision: p.Precision,
		Engine: p.Engine, Replicas: n, Servers: c.packing.Servers(n), Basis: string(c.server.Basis)}
	t := f.ownTerms(&mine)
	o.PowerKW = t.KW(n)
	if f.ownPriced(&mine) {
		o.OwnUSD, o.Upfront = known(t.Monthly(n)), known(t.Upfront(n))
	}
	if r, ok := f.rentTerms(&mine); ok {
		o.RentUSD = known(r.Monthly(n))
	}
	if one := f.busiest(0, 1); one > 0 {
		o.Calls = f.rate(&mine, 0) * float64(n-w.spare) / one
	}
	o.PerUser = c.server.Steady(loadOf(f.works[0]), f.wish, f.busiest(0, calls), n-w.spare).Speed.PerUser
	return o
}

// grow makes room for set-ups that are not among the world's own.
func (f *frame) grow() {
	if len(f.own) < len(f.perHour) {
		f.own = append(f.own, make([]*cost.OwnTerms, len(f.perHour)-len(f.own))...)
	}
}

func sortedOptions(list []*SetupOption) []SetupOption {
	out := []SetupOption{}
	for _, o := range list {
		if o != nil && (o.OwnUSD != nil || o.RentUSD != nil) {
			out = append(out, *o)
		}
	}
	slices.SortStableFunc(out, func(a, b SetupOption) int { return cmp.Compare(a.least(), b.least()) })
	return out
}

// least is the cheaper of owning and renting.
func (o *SetupOption) least() float64 {
	v := math.Inf(1)
	if o.OwnUSD != nil {
		v = *o.OwnUSD
	}
	if o.RentUSD != nil {
		v = math.Min(v, *o.RentUSD)
	}
	return v
}

// BudgetOption is how many calls a route serves for an amount a month.
type BudgetOption struct {
	Route string  `json:"route"`
	Label string  `json:"label"`
	Calls float64 `json:"calls_per_month"`
	USD   float64 `json:"usd_per_month"`
}

// Budget finds for each open route the most calls a month that an amount pays for, to the call.
func (a *Assessor) Budget(ctx context.Context, s Scenario, usd float64, today time.Time) ([]BudgetOption, error) {
	a = a.with(s.Facts())
	w := a.newWorld(s, today)
	f := w.frame(w.likely, nil)
	w.priceRoutes(f)
	out := []BudgetOption{}
	for _, r := range w.routes {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if len(r.blocked) > 0 || !(f.usd(r, 1, true) <= usd) {
			continue
		}
		lo, hi := 1.0, 2.0
		for hi < crossingsTo && f.usd(r, hi, true) <= usd {
			lo, hi = hi, hi*2
		}
		for hi-lo > 1 {
			if m := math.Floor((lo + hi) / 2); f.usd(r, m, true) <= usd {
				lo = m
			} else {
				hi = m
			}
		}
		out = append(out, BudgetOption{Route: r.id, Label: r.label, Calls: lo, USD: f.usd(r, lo, true)})
	}
	slices.SortStableFunc(out, func(a, b BudgetOption) int { return cmp.Compare(b.Calls, a.Calls) })
	return out, nil
}
