package calc

import (
	"context"
	"fmt"
	"math"

	"hostwise/calc/risk"
)

// MapBorder is the nearest value of one input, one way along it, at which another route wins.
type MapBorder struct {
	Input   string    `json:"input"`
	Up      bool      `json:"up"`
	At      *float64  `json:"at"`      // null = the same route wins to the end of the map
	Becomes string    `json:"becomes"` // "" = no route is left, where At is not null
	Kind    RouteKind `json:"kind"`
}

// borderLooks is how many values are tried to each end of a map before closing in.
const borderLooks = 40

// borders looks both ways along one input, from where it stands to the ends of the map.
func (w *world) borders(ctx context.Context, base *frame, i int, now float64, values []float64) []MapBorder {
	d := &w.axes.dims[i]
	win := func(x float64) string {
		if ctx.Err() != nil {
			return ""
		}
		return w.winnerAt(base, i, x)
	}
	look := func(up bool) MapBorder {
		b := MapBorder{Input: d.path, Up: up}
		s := risk.Search{Now: now, Min: now, Max: now, Plain: now <= 0 || d.unit == UnitShare || d.plain, Steps: borderLooks}
		if up {
			s.Max = math.Max(now, values[len(values)-1])
		} else {
			s.Min = math.Min(now, values[0])
		}
		if at, becomes, found := risk.Nearest(s, win); found && ctx.Err() == nil {
			b.At, b.Becomes, b.Kind = known(twelveDigits(at)), becomes, w.kindOf(becomes)
		}
		return b
	}
	return []MapBorder{look(true), look(false)}
}

// fillSolution says what the outcome is now, at the ends of the search, and on both sides of what was found.
func (w *world) fillSolution(sol *Solution, i int, s risk.Search, measure func(*frame) float64) {
	at := func(x float64) *float64 {
		if v := measure(w.frame(w.axes.set(i, x), nil)); finite(v) {
			return known(twelveDigits(v))
		}
		return nil
	}
	sol.Now, sol.From, sol.To = s.Now, s.Min, s.Max
	sol.OutcomeFrom, sol.OutcomeTo = at(s.Min), at(s.Max)
	if v := measure(w.frame(w.likely, nil)); finite(v) { // not by set: what the catalogue supplies may differ by device
		sol.OutcomeNow = known(twelveDigits(v))
	}
	if sol.Found {
		v := *sol.Value
		sol.OutcomeAt, sol.OutcomeBefore = at(v), at(v-1e-7*(v-s.Now))
	}
}

// jumpWords says that an outcome steps over the target, "" where it goes through it.
func (sol *Solution) jumpWords() string {
	at, before := sol.OutcomeAt, sol.OutcomeBefore
	if at == nil || before == nil || math.Abs(*at-*before) <= 1e-4*math.Max(math.Abs(*at), math.Abs(*before)) {
		return ""
	}
	from, to := apart(*before, *at)
	what := "The cost"
	switch sol.Outcome {
	case "break_even_calls":
		what = "The break-even"
	case "payback_months":
		what = "The payback"
	}
	return fmt.Sprintf(" %s jumps from %s to %s there; it is never %s.", what, from, to, plainNumber(sol.Target))
}

// firstBreakEven is the least volume from which a feasible route undercuts the cheapest API, +Inf where none does.
func (w *world) firstBreakEven(f *frame) float64 {
	apis := w.openAPIs()
	from := func(v float64) float64 {
		least := math.Inf(1)
		for _, r := range apis {
			least = math.Min(least, f.plain(r, v, true))
		}
		return least
	}
	first := math.Inf(1)
	for _, r := range w.priceRoutes(f) {
		if !r.Feasible || r.Kind == API {
			continue
		}
		for _, b := range w.crossings(f, w.route(r.ID), from, func(float64) string { return "" }, true) {
			switch {
			case b.Direction == "always_cheaper":
				return crossingsFrom
			case b.Direction == "cheaper_above" && b.Calls != nil:
				first = math.Min(first, *b.Calls)
			}
		}
	}
	return first
}

// firstPayback is the first month after which a feasible route has cost less in all than the cheapest API, +Inf where none
// has within the horizon. Set-ups are chosen anew.
func (w *world) firstPayback(f *frame) float64 {
	var routes []Route
	for _, r := range w.priceRoutes(f) {
		if r.Feasible && r.Monthly != nil {
			routes = append(routes, r)
		}
	}
	first := math.Inf(1)
	for _, p := range w.overTime(f, routes).Payback {
		if p.Month != nil {
			first = math.Min(first, float64(*p.Month))
		}
	}
	return first
}
