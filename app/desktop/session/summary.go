package session

import "hostwise/calc"

// Summarise returns what a list shows of a case, from its assessment.
func Summarise(a *calc.Assessment) Summary {
	sum := Summary{
		Route: a.Verdict.Route, Kind: a.Verdict.Kind, Headline: a.Verdict.Headline,
		Chance: a.Verdict.Chance, Confidence: a.Verdict.Confidence, Known: true,
	}
	if r := a.Route(a.Verdict.Route); r != nil {
		sum.Kind, sum.Monthly = r.Kind, r.Monthly
	}
	return sum
}
