package session

import (
	"strings"

	"hostwise/calc"
)

// Summarise returns what a list shows of a case, from its assessment.
func Summarise(s calc.Scenario, a *calc.Assessment) Summary {
	sum := Summary{
		Model: s.Text("model"), Headline: a.Verdict.Headline, Kind: a.Verdict.Kind,
		Chance: a.Verdict.Chance, Confidence: a.Verdict.Confidence, Known: true,
	}
	if r := a.Route(a.Verdict.Route); r != nil {
		sum.Route, sum.Kind, sum.Monthly = r.Label, r.Kind, r.Monthly
	}
	return sum
}

// Matches reports whether every word of a search is in the case's name, notes, tags or summary.
func (c Case) Matches(words string) bool {
	text := strings.ToLower(c.Name + "\n" + c.Notes + "\n" + strings.Join(c.Tags, "\n") + "\n" +
		c.Summary.Model + "\n" + c.Summary.Detail + "\n" + c.Summary.Route)
	for _, w := range strings.Fields(strings.ToLower(words)) {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
