package calc

import (
	"math"

	"hostwise/calc/cost"
	"hostwise/calc/risk"
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
	o := OverTime{Months: make([]int, h), Routes: map[string][]float64{}, Payback: []Payback{}, Bands: []TimeBand{}}
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
		if m := paidBack(o.Routes[from], o.Routes[r.ID]); m > 0 {
			p.Month, p.Low, p.High = &m, &m, &m // until draws widen it
		}
		out = append(out, p)
	}
	return out
}

// paidBack is the first month by whose end to has cost less in all than from, 0 where there is none.
func paidBack(from, to []float64) int {
	for i := range to {
		if to[i] < from[i] {
			return i + 1
		}
	}
	return 0
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
		t := f.apis[r.at]
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

// timeBandMonths is how many months of a band are drawn, besides the first.
const timeBandMonths = 12

// bandMonths are the months at which a band over the horizon is drawn: the first, the last and even steps between.
func bandMonths(horizon int) []int {
	months := []int{1}
	for i := 1; i <= timeBandMonths; i++ {
		if m := (horizon*i + timeBandMonths - 1) / timeBandMonths; m > months[len(months)-1] {
			months = append(months, m)
		}
	}
	return months
}

// spentDraws gathers one route's cumulative cost at a few months.
type spentDraws struct {
	months []int
	usd    [][]float64
}

func newSpentDraws(horizon int) *spentDraws {
	months := bandMonths(horizon)
	return &spentDraws{months: months, usd: make([][]float64, len(months))}
}

func (s *spentDraws) add(cumulative []float64) {
	for i, m := range s.months {
		s.usd[i] = append(s.usd[i], cumulative[m-1])
	}
}

// band is P10 and P90 at each month, kept around the likely line.
func (s *spentDraws) band(route string, likely []float64) TimeBand {
	b := TimeBand{Route: route, Months: []int{}, Low: []float64{}, High: []float64{}}
	for i, m := range s.months {
		if spread, ok := risk.Summary(s.usd[i]); ok {
			spread = risk.Around(likely[m-1], spread)
			b.Months, b.Low, b.High = append(b.Months, m), append(b.Low, spread.Low), append(b.High, spread.High)
		}
	}
	return b
}

// paybackDraws gathers the months in which one payback falls.
type paybackDraws struct {
	from, to int // places of the routes
	months   []float64
	tried    int
}

func (d *paybackDraws) add(paths [][]float64) {
	if paths[d.from] == nil || paths[d.to] == nil {
		return
	}
	d.tried++
	if m := paidBack(paths[d.from], paths[d.to]); m > 0 {
		d.months = append(d.months, float64(m))
	}
}

// fill gives a payback the spread of its draws, kept around the likely month.
func (d *paybackDraws) fill(p *Payback) {
	if d.tried == 0 {
		return
	}
	share := float64(len(d.months)) / float64(d.tried)
	p.ShareReached = &share
	s, ok := risk.Summary(d.months)
	if !ok {
		return
	}
	if p.Month != nil {
		s = risk.Around(float64(*p.Month), s)
	}
	low, high := int(math.Round(s.Low)), int(math.Round(s.High))
	p.Low, p.High = &low, &high
}
