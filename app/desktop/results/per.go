package results

import (
	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/calc"
)

// perChoices are what the amounts of routes can be shown for.
var perChoices = []ui.Choice{{ID: session.PerMonth, Title: "a month"}, {ID: session.PerDay, Title: "a day"}, {ID: session.PerCall, Title: "a successful call"}}

// perWords stand after an amount.
func perWords(per string) string {
	for _, c := range perChoices {
		if c.ID == per {
			return " " + c.Title
		}
	}
	return ""
}

// daysOfMonth turns a month's amount into a day's. Source: contract §2, a month is 30 days where days are asked for.
const daysOfMonth = 30

// costOf is what a route costs for a month, a day or a successful call, nil where it is not priced.
func costOf(r *calc.Route, per string) *calc.Range {
	switch {
	case r == nil || r.Monthly == nil:
		return nil
	case per == session.PerCall:
		return r.PerCall
	case per == session.PerDay:
		day := r.Monthly.Scale(1.0 / daysOfMonth)
		return &day
	}
	return r.Monthly
}

// perSelect lets the person choose what amounts are shown for; the choice is remembered for all cases.
func (t *answerTab) perSelect() *ui.Select {
	return ui.NewSelect(perChoices, t.page.session.Settings().AmountsPer, func(id string) {
		t.page.session.SetAmountsPer(id)
		t.show(t.page.view())
	})
}
