package calc

import (
	"context"
	"fmt"
	"math"

	"hostwise/calc/notation"
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

// say puts what a goal seek found in words, jumps of the outcome included.
func (w *world) say(sol *Solution, d *dimension) {
	input, _ := subjectOf(d)
	if !sol.Found {
		sol.Words = fmt.Sprintf("No value of %s brings %s to %s.", input, sol.measured(), w.outcomeText(sol, sol.Target, factDigits+1))
		return
	}
	digits := max(factDigits, notation.DigitsApart(*sol.Value, sol.Now))
	value, unit := w.quantityIn(d, *sol.Value, digits)
	now, _ := w.quantityIn(d, sol.Now, digits)
	sol.Words = fmt.Sprintf("With %s at %s%s (now %s), %s comes to %s.", input, value, unit, now, sol.measured(), w.outcomeText(sol, sol.Target, factDigits+1))
	at, before := sol.OutcomeAt, sol.OutcomeBefore
	if at == nil || before == nil || math.Abs(*at-*before) <= 1e-4*math.Max(math.Abs(*at), math.Abs(*before)) {
		return // it goes through the target
	}
	digits = max(factDigits, notation.DigitsApart(*before, *at))
	sol.Words = fmt.Sprintf("With %s at %s%s (now %s), %s jumps from %s to %s: it is never %s.", input, value, unit, now, sol.measured(),
		w.outcomeText(sol, *before, digits), w.outcomeText(sol, *at, digits), w.outcomeText(sol, sol.Target, factDigits+1))
}

// measured names the outcome of a goal seek inside a sentence.
func (sol *Solution) measured() string {
	switch sol.Outcome {
	case "usd_per_successful_call":
		return "the cost of a successful call"
	case "break_even_calls":
		return "the break-even"
	case "payback_months":
		return "the payback"
	}
	return "the cost of a month"
}

// outcomeText writes a value of the outcome of a goal seek to so many significant digits.
func (w *world) outcomeText(sol *Solution, v float64, digits int) string {
	switch sol.Outcome {
	case "break_even_calls":
		return notation.CountTo(v, digits) + " calls a month"
	case "payback_months":
		return notation.CountTo(v, digits) + " months"
	}
	return w.money.MoneyTo(v, digits)
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
		found, _ := w.crossings(f, w.route(r.ID), from, func(float64) string { return "" }, true)
		for _, b := range found {
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
