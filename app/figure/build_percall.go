package figure

import (
	"math"
	"slices"
	"strings"

	"hostwise/calc"
)

// callParts are what a successful call pays for: the lines of a route in five heaps, so that routes of unlike
// kinds can be compared.
var callParts = []Part{
	{"tokens", PaintWeights, false}, {"servers", PaintCache, false}, {"power and upkeep", PaintCompute, false},
	{"people", PaintRuntime, false}, {"the rest", PaintCache, true},
}

// heapOf is the part that a line of cost belongs to.
func heapOf(line string) int {
	line = strings.TrimPrefix(strings.TrimPrefix(line, "own_"), "api_")
	switch line {
	case "input", "cached_input", "output", "reasoning", "retries", "time_bands", "batch", "fallback":
		return 0
	case "capital", "devices", "implementation":
		return 1
	case "maintenance", "power", "space", "storage", "egress":
		return 2
	case "people", "review":
		return 3
	}
	return 4
}

// wideRatio is the ratio of the dearest call to the cheapest from which bars from zero would hide the cheapest.
const wideRatio = 40

// costPerCall shows what one successful call costs by route: where the money goes as bars from zero, or as ranges
// on a log axis where that is asked for or the routes lie too far apart.
func (s *story) costPerCall() (Figure, error) {
	routes := s.callRoutes()
	if len(routes) == 0 {
		return Figure{}, errNoRoute
	}
	f := Figure{
		Title: s.perCallTitle(),
		X:     Axis{Unit: s.money},
		Twin:  Table{Headers: []string{"Route", "Set-up", "A successful call", "P10 to P90", "A month", "P10 to P90", "Feasible"}},
	}
	for _, part := range callParts {
		f.Twin.Headers = append(f.Twin.Headers, "Of it "+part.Name)
	}
	month := Column{Title: "a month"}
	for _, r := range routes {
		verdict := r.ID == s.a.Verdict.Route
		f.Rows = append(f.Rows, Row{Label: r.Label, Sub: routeSub(r), Swatch: paintOf(r.Kind), Strong: verdict, Muted: !r.Feasible})
		month.Cells = append(month.Cells, Cell{s.usd(r.Monthly.Likely), verdict})
		row := []string{r.Label, r.SetupLabel, s.usd(r.PerCall.Likely), s.usdRange(*r.PerCall), s.usd(r.Monthly.Likely), s.usdRange(*r.Monthly), feasible(r)}
		for _, v := range perCallHeaps(r) {
			row = append(row, s.usd(v))
		}
		f.Twin.Rows = append(f.Twin.Rows, row)
	}
	f.Columns = []Column{month}
	if s.opt.LogScale || !heapsShow(routes) {
		s.callRanges(&f, routes)
	} else {
		s.callBars(&f, routes)
	}
	return f, nil
}

// callRoutes are the routes with a known cost a call: the seven cheapest feasible ones and the weaker model that
// would be cheaper; where nothing is feasible, the cheapest blocked one of each kind.
func (s *story) callRoutes() []*calc.Route {
	var routes []*calc.Route
	for i := range s.a.Routes {
		r := &s.a.Routes[i]
		if r.PerCall == nil || r.Monthly == nil {
			continue
		}
		if s.opt.AllRoutes || (r.Feasible && len(routes) < 7) || (s.a.Verdict.CheaperIfWeaker != nil && r.ID == s.a.Verdict.CheaperIfWeaker.Route) {
			routes = append(routes, r)
		}
	}
	if len(routes) == 0 {
		routes = slices.DeleteFunc(s.shown(), func(r *calc.Route) bool { return r.PerCall == nil })
	}
	return routes
}

// perCallHeaps shares the cost of a call among the parts as the month's lines do.
func perCallHeaps(r *calc.Route) []float64 {
	heaps := make([]float64, len(callParts))
	if r.Monthly.Likely == 0 {
		return heaps
	}
	for _, line := range r.Lines {
		heaps[heapOf(line.ID)] += line.USD / r.Monthly.Likely * r.PerCall.Likely
	}
	for i, v := range heaps { // what is left of whole cents is nothing
		if math.Abs(v) < 1e-9*r.PerCall.Likely {
			heaps[i] = 0
		}
	}
	return heaps
}

// heapsShow reports whether bars from zero are true and can be read: no part is below zero, as a review that saves
// time is, and the cheapest route can be seen beside the dearest.
func heapsShow(routes []*calc.Route) bool {
	least, most := math.Inf(1), 0.0
	for _, r := range routes {
		if slices.Min(perCallHeaps(r)) < 0 {
			return false
		}
		most = math.Max(most, r.PerCall.Likely)
		if r.PerCall.Likely > 0 {
			least = math.Min(least, r.PerCall.Likely)
		}
	}
	return most <= least*wideRatio
}

func (s *story) callBars(f *Figure, routes []*calc.Route) {
	f.Subtitle = "Where the money of one successful call goes, " + s.currency() + ". Bars likely, whiskers 8 of 10 futures."
	bars := Stacks{Parts: callParts}
	used := map[int]bool{}
	for i, r := range routes {
		bar := Bar{Row: i, Values: perCallHeaps(r), Label: s.usd(r.PerCall.Likely), Strong: r.ID == s.a.Verdict.Route, Faint: !r.Feasible}
		if r.PerCall.Low < r.PerCall.High {
			bar.Range = &Span{r.PerCall.Low, r.PerCall.High}
		}
		for k, v := range bar.Values {
			used[k] = used[k] || v > 0
		}
		bars.Bars = append(bars.Bars, bar)
	}
	for k, part := range callParts {
		if used[k] {
			f.Keys = append(f.Keys, Key{Paint: part.Paint, Hatch: part.Hatch, Text: part.Name})
		}
	}
	f.Layers = []Layer{bars}
}

func (s *story) callRanges(f *Figure, routes []*calc.Route) {
	f.X.Scaling = Log
	scale := ", log"
	for _, r := range routes {
		if r.PerCall.Low <= 0 { // a free call has no place on a log axis
			f.X.Scaling, scale = Linear, ""
		}
	}
	f.Subtitle = "Cost of one successful call, " + s.currency() + scale + ". Marks likely, bars 8 of 10 futures."
	call := Column{Title: "a call"}
	var marks []RangeMark
	for i, r := range routes {
		marks = append(marks, RangeMark{Row: i, Low: r.PerCall.Low, Likely: r.PerCall.Likely, High: r.PerCall.High, Paint: paintOf(r.Kind), Hollow: !r.Feasible, Faint: !r.Feasible})
		call.Cells = append(call.Cells, Cell{s.usd(r.PerCall.Likely), r.ID == s.a.Verdict.Route})
	}
	f.Columns = append([]Column{call}, f.Columns...)
	f.Layers = []Layer{RangeMarks{marks}}
}

func feasible(r *calc.Route) string {
	if r.Feasible {
		return "yes"
	}
	return "no: " + why(r)
}

// routeSub is the second line of a route: its set-up, or what rules it out.
func routeSub(r *calc.Route) string {
	if !r.Feasible {
		return why(r)
	}
	return shortPrecisionIn(r.SetupLabel)
}

// shortPrecisionIn cuts remarks in brackets out of a set-up's label.
func shortPrecisionIn(label string) string {
	for {
		before, rest, ok := strings.Cut(label, " (")
		if !ok {
			return label
		}
		_, after, _ := strings.Cut(rest, ")")
		label = before + after
	}
}

func (s *story) perCallTitle() string {
	v, rival := s.verdict(), s.rival()
	if v == nil || v.PerCall == nil {
		return "No route passes your rules"
	}
	text := "A successful call costs " + s.usd(v.PerCall.Likely) + " by " + doing(v.Kind)
	if rival != nil && rival.PerCall != nil && v.PerCall.Likely > 0 {
		text += ", " + times(v.PerCall.Likely, rival.PerCall.Likely) + " " + doing(rival.Kind)
	}
	return text
}
