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

// ChanceOf is the chance that the verdict's kind of route is the cheapest, 0..1: the one chance that every page says of
// a verdict. The route's own, that this exact offer is the cheapest, is smaller where offers of a kind lie close. It is
// 0 while no futures are drawn.
func ChanceOf(a *calc.Assessment) float64 {
	return min(1, a.Verdict.ChanceByKind[a.Verdict.Kind])
}
