package session

import "hostwise/calc"

// Summarise returns what a list shows of a case, from its assessment.
func Summarise(a *calc.Assessment) Summary {
	sum := Summary{
		Route: a.Verdict.Route, Kind: a.Verdict.Kind, Headline: a.Verdict.Headline,
		Confidence: a.Verdict.Confidence, Known: true,
	}
	if chance, known := a.KindChance(); known {
		sum.Chance = &chance
	}
	if r := a.Route(a.Verdict.Route); r != nil {
		sum.Kind, sum.Monthly = r.Kind, r.Monthly
	}
	return sum
}
