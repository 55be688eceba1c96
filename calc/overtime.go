package calc

import (
	"math"

	"hostwise/calc/cost"
)

// pathResult is a route's cash over the horizon.
type pathResult struct {
	cumulative []float64 // dollars spent by the end of each month
	total      float64   // with what the machines are worth at the end taken off
	npv        float64   // machines and the project at the start of their month, bills at its end
}

// overTime adds up each route's cash month by month: growth moves the volume, the price trend moves API prices,
// machines are bought when growth fills them, replaced when they are written off, and what they are still worth
// comes back at the end.
func (w *world) overTime(f *frame, routes []Route) OverTime {
	h := w.horizon
	o := OverTime{Months: make([]int, h), Routes: map[string][]float64{}, Payback: []Payback{}}
	for i := range o.Months {
		o.Months[i] = i + 1
	}
	for i := range routes {
		r := &routes[i]
		if r.Monthly == nil {
			continue
		}
		res := w.path(f, w.route(r.ID))
		if math.IsInf(res.total, 0) || math.IsNaN(res.total) {
			continue
		}
		o.Routes[r.ID] = res.cumulative
		npv := res.npv
		r.Horizon, r.NPV = &Range{Low: res.total, Likely: res.total, High: res.total}, &npv
	}
	o.Payback = append(o.Payback, paybacks(routes, o)...)
	return o
}

// paybacks tells for each rent, own and mixed route the month from which it has cost less in all than the
// cheapest API route.
func paybacks(routes []Route, o OverTime) []Payback {
	var from string
	for _, r := range routes {
		if r.Kind == API && r.Feasible {
			from = r.ID
			break
		}
	}
	if from == "" {
		from = "api-direct"
	}
	var out []Payback
	for _, r := range routes {
		if r.Kind == API || o.Routes[r.ID] == nil || o.Routes[from] == nil {
			continue
		}
		p := Payback{From: from, To: r.ID}
		for i, usd := range o.Routes[r.ID] {
			if usd < o.Routes[from][i] {
				month := o.Months[i]
				p.Month = &month
				break
			}
		}
		out = append(out, p)
	}
	return out
}

// path is one route's cash over the horizon with its set-up held.
func (w *world) path(f *frame, r *routeModel) pathResult {
	h := w.horizon
	res := pathResult{cumulative: make([]float64, h)}
	a := w.axes
	growth, change := f.p.x[a.growth], f.p.x[a.apiChange]
	base := f.p.x[a.calls]
	monthly := cost.MonthlyRate(f.p.x[a.capital])
	fleet := fleet{}
	sum, discount := 0.0, 1.0
	for m := range h {
		calls := base * math.Pow(1+growth, float64(m))
		c := w.cashOf(f, r, &fleet, m, calls, math.Pow(1+change, float64(m)/12))
		sum += c.start + c.end
		res.cumulative[m] = sum
		res.npv += c.start * discount
		discount /= 1 + monthly
		res.npv += c.end * discount
	}
	// What comes back is in the totals, not in the line of what was spent.
	left := fleet.worth(h)
	res.total = sum - left
	res.npv -= left * discount
	return res
}

// cash is a month's money: what is paid at its start for machines and the project, and the bills at its end.
type cash struct{ start, end float64 }

// cashOf is one month's cash of a route.
func (w *world) cashOf(f *frame, r *routeModel, fl *fleet, m int, calls, trend float64) cash {
	k := f.works[r.modelAt]
	review := calls * k.Review
	impossible := cash{end: math.Inf(1)}
	switch r.kind {
	case API:
		t := f.apis[r.id]
		return cash{end: t.Fixed() + calls*t.PerCall(k)*trend + review}
	case Rent:
		n := f.replicas(r.held, r.modelAt, calls)
		t, ok := f.rentTerms(r.held)
		if n == 0 || !ok {
			return impossible
		}
		c := cash{end: t.Running(n+w.spare) + review}
		if m == 0 {
			c.start = t.Implement
		}
		return c
	case Own:
		n := f.replicas(r.held, r.modelAt, calls)
		if n == 0 || !f.ownPriced(r.held) {
			return impossible
		}
		t := f.ownTerms(r.held)
		return cash{start: fl.buy(t, n+w.spare, m), end: t.Running(n+w.spare) + review}
	}
	t := f.ownTerms(r.held)
	// The base load is chosen in the first month, and again while growth makes room for more of it.
	if m == 0 || f.p.x[w.axes.growth] > 0 {
		_, s := f.split(r, calls, false)
		fl.split = max(fl.split, s.Replicas)
	}
	k0 := fl.split
	share := f.loadCurve(calls).ShareBelow(float64(k0) * f.rate(r.held, 0))
	if f.w.axes.given(f.p, w.axes.baseShare) {
		share = math.Min(share, f.p.x[w.axes.baseShare])
	}
	api := f.direct
	return cash{start: fl.buy(t, k0+w.spare, m),
		end: t.Running(k0+w.spare) + api.Fixed() + (1-share)*calls*api.PerCall(k)*trend + review}
}

// fleet is the machines bought so far.
type fleet struct {
	batches  []batch
	have     int // replicas the machines hold
	split    int // of a mixed route, chosen in the first month
	months   int // depreciation
	residual float64
}

// batch is machines bought in one month.
type batch struct {
	month int
	price float64 // new, without installation
	usd   float64 // with it
}

// buy returns the cash for machines in a month: new ones when more replicas are needed than they hold, and
// replacements when a batch is written off.
func (fl *fleet) buy(t *cost.OwnTerms, n, month int) float64 {
	fl.months, fl.residual = t.Months, t.Residual
	cash := 0.0
	for i := range fl.batches {
		b := &fl.batches[i]
		if t.Months > 0 && month > b.month && (month-b.month)%t.Months == 0 {
			cash += b.usd - t.Residual*b.price
		}
	}
	if n > fl.have {
		price := t.Purchase(n)*t.BoughtShare(n) - t.Purchase(fl.have)*t.BoughtShare(max(fl.have, 0))
		if fl.have == 0 {
			price = t.Purchase(n) * t.BoughtShare(n)
			cash += t.Implement
		}
		b := batch{month: month, price: price, usd: price * (1 + t.Install + t.Network)}
		fl.batches = append(fl.batches, b)
		fl.have = n
		cash += b.usd
	}
	return cash
}

// worth is what the machines are still worth after so many months: along a straight line from the price to the
// residual at the end of depreciation.
func (fl *fleet) worth(months int) float64 {
	sum := 0.0
	for _, b := range fl.batches {
		age := months - b.month
		if fl.months > 0 {
			age = (age-1)%fl.months + 1
		}
		used := 1.0
		if fl.months > 0 {
			used = math.Min(1, float64(age)/float64(fl.months))
		}
		sum += b.price * (1 - (1-fl.residual)*used)
	}
	return sum
}
