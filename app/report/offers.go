package report

import (
	"fmt"
	"strings"
	"time"

	"hostwise/app/figure/format"
	"hostwise/calc"
)

// This file tells what suppliers offered, what may be tried free of charge, at which rate amounts are shown, and what
// was decided: facts of a case that are no figures of its assessment.

// offer is a quote as documents cite it.
type offer struct {
	what, amount, supplier, date, until, state, note string
	expired                                          bool
}

// offers are the person's quotes, in the order of the questions, as they stood on the day of the assessment.
func (c Case) offers() []offer {
	today, err := time.Parse(time.DateOnly, c.Assessment.Today)
	var out []offer
	for _, q := range c.Scenario.Quotes() {
		o := offer{what: q.Path, amount: format.Unknown, supplier: oneLine(q.Supplier), date: oneLine(q.Date),
			until: orDash(oneLine(q.ValidUntil)), note: oneLine(q.Note)}
		if in := calc.InputAt(q.Path); in != nil {
			o.what = in.Label
		}
		if a := c.assumption(q.Path); a.Text != "" {
			o.amount = oneLine(a.Text)
		}
		if err == nil {
			o.expired = q.Expired(today)
			o.state = validity(q, today)
		}
		out = append(out, o)
	}
	return out
}

// validity says how long a quote still stands.
func validity(q calc.Quote, today time.Time) string {
	days, ok := q.DaysLeft(today)
	switch {
	case !ok:
		return "no last day is named: ask for one"
	case days < 0:
		return "expired " + age(-days) + " ago: ask for a new one"
	case days == 0:
		return "today is its last day"
	}
	return "stands " + age(days) + " more"
}

// cited is an offer in a line, for places without columns.
func (o offer) cited() string {
	s := o.what + " " + o.amount + ": quote from " + o.supplier + " of " + o.date
	if o.until != format.Unknown {
		s += ", valid until " + o.until
	}
	if o.state != "" {
		s += " (" + o.state + ")"
	}
	return s
}

// expiredOffers says in a sentence which quotes have run out, "" where none has.
func (c Case) expiredOffers() string {
	var names []string
	for _, o := range c.offers() {
		if o.expired {
			names = append(names, lowerFirst(o.what)+" from "+o.supplier+", on "+o.until)
		}
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return "A quote has expired: " + names[0] + "."
	}
	return fmt.Sprintf("%d quotes have expired: %s.", len(names), strings.Join(names, "; "))
}

// assumption is how an input was used, empty where the assessment does not hold it.
func (c Case) assumption(path string) calc.Assumption {
	for _, a := range c.Assessment.Assumptions {
		if a.Path == path {
			return a
		}
	}
	return calc.Assumption{}
}

// sourceWords is what an assumption rests on: a quote of the person's with how long it stands; other answers of the
// person need no source.
func (c Case) sourceWords(a assumed) string {
	if a.From != "you" {
		return oneLine(a.Source)
	}
	q, ok := c.Scenario.Quote(a.Path)
	if !ok {
		return ""
	}
	s := oneLine(q.Source())
	if today, err := time.Parse(time.DateOnly, c.Assessment.Today); err == nil && q.Expired(today) {
		s += ", expired"
	}
	return s
}

// trials are the listings of the model that cost nothing: capacity for a test, not a price.
func (c Case) trials() []calc.Quota { return c.Assessment.Quotas }

// trialTitle stands above them.
const trialTitle = "For a test: listed free or as part of a plan, which is capacity and not a price"

// rateWords says at which rate amounts are shown, "" for dollars.
func (c Case) rateWords() string {
	if c.currency().IsDollar() {
		return ""
	}
	s := "1 USD = " + format.Number(c.Scenario.Likely("currency.per_usd"), 6) + " " + c.code()
	if day := oneLine(c.Scenario.Text("currency.as_of")); day != "" {
		return s + " on " + day
	}
	return s + ", a rate without a date"
}

// amountsWords says what all amounts are in.
func (c Case) amountsWords() string {
	s := "All amounts in " + c.code() + " before tax"
	if rate := c.rateWords(); rate != "" {
		s += ", " + rate
	}
	return s + "."
}

// resolved is what was decided, in words.
type resolved struct {
	route, by, date, note string
	asAnswered            bool
}

// resolved returns the decision that is recorded with the case, and whether there is one.
func (c Case) resolved() (resolved, bool) {
	d, ok := c.Scenario.Decision()
	if !ok {
		return resolved{}, false
	}
	r := resolved{route: "none of the routes", by: oneLine(d.By), date: oneLine(d.Date), note: oneLine(d.Note), asAnswered: d.Route == c.Assessment.Verdict.Route}
	if d.Route != "" {
		r.route = oneLine(d.Route)
		if route := c.Assessment.Route(d.Route); route != nil {
			r.route = oneLine(route.Label)
		}
	}
	return r, true
}

// words say whether the decision follows the answer.
func (r resolved) words(c Case) string {
	switch {
	case r.asAnswered:
		return "as answered"
	case c.verdict() == nil:
		return "though no route passes every rule"
	}
	return "otherwise than answered, which was: " + oneLine(c.verdict().Label)
}

// lowerFirst writes the first letter small, unless the word is an abbreviation.
func lowerFirst(s string) string {
	runes := []rune(s)
	if len(runes) > 1 && strings.ToUpper(string(runes[1])) == string(runes[1]) {
		return s
	}
	if len(runes) == 0 {
		return s
	}
	return strings.ToLower(string(runes[0])) + string(runes[1:])
}
