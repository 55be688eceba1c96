package cost

import (
	"slices"
	"strings"

	"hostwise/calc/catalog"
)

// Span is how far the prices of one model lie apart, over every listing that counts.
type Span struct {
	LowInput, HighInput   float64 // dollars per million tokens
	LowOutput, HighOutput float64
	Listings              int
}

// InputTimes is how many times the dearest input costs the cheapest.
func (s Span) InputTimes() float64 { return s.HighInput / s.LowInput }

// OutputTimes is how many times the dearest output costs the cheapest.
func (s Span) OutputTimes() float64 { return s.HighOutput / s.LowOutput }

// MarketSpan returns the extremes of what a model is listed at. Unlike the median it counts every listing of a
// provider, since each of them is on offer. ok is false where nothing is listed.
func MarketSpan(listings []catalog.Price, model string, f Filter) (s Span, ok bool) {
	for i := range listings {
		p := &listings[i]
		if !f.Counts(p, model) || p.TimeBand != "" {
			continue
		}
		if s.Listings == 0 {
			s = Span{LowInput: p.Input, HighInput: p.Input, LowOutput: p.Output, HighOutput: p.Output}
		}
		s.Listings++
		s.LowInput, s.HighInput = min(s.LowInput, p.Input), max(s.HighInput, p.Input)
		s.LowOutput, s.HighOutput = min(s.LowOutput, p.Output), max(s.HighOutput, p.Output)
	}
	return s, s.Listings > 0
}

// Kin groups provider ids that may be one company: alike but for a marketplace in brackets and an ending such as -cn
// or -ai. It is a reading of names, so nothing is merged by it: a median counts ids as the listings name them.
func Kin(providers []string) [][]string {
	groups := map[string][]string{}
	var order []string
	for _, id := range providers {
		name := stem(id)
		if groups[name] == nil {
			order = append(order, name)
		}
		if !slices.Contains(groups[name], id) {
			groups[name] = append(groups[name], id)
		}
	}
	var out [][]string
	for _, name := range order {
		if len(groups[name]) > 1 {
			out = append(out, groups[name])
		}
	}
	return out
}

// stem is a provider's id without what marketplaces and regions add to it.
func stem(id string) string {
	name, _, _ := strings.Cut(strings.ToLower(id), " (")
	for _, ending := range []string{"-cn", "-ai", "ai"} {
		if short := strings.TrimSuffix(name, ending); len(short) > 3 {
			name = short
		}
	}
	return name
}
