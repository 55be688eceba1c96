package calc

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"hostwise/calc/catalog"
	"hostwise/calc/notation"
)

// Quote is an offer that a person holds for one price of the scenario: who made it, when, and until when it stands.
// The amount is the answer at Path; the quote says where it comes from.
type Quote struct {
	Path       string `json:"path"` // of the price it is for, one of QuotePaths
	Supplier   string `json:"supplier"`
	Date       string `json:"date"`        // of the offer, YYYY-MM-DD
	ValidUntil string `json:"valid_until"` // the last day on which it stands; "" = not said
	Note       string `json:"note"`        // its number, what it includes
}

// The limits of a quote's texts, in characters.
const (
	maxSupplier  = 200
	maxQuoteNote = 2000
)

// quotable are the prices that a supplier can be asked for in writing.
var quotable = []string{
	"api.input_usd_per_mtok", "api.cached_input_usd_per_mtok", "api.output_usd_per_mtok",
	"api.platform_usd_per_month", "api.logging_usd_per_month",
	"finance.rent_usd_per_device_hour", "finance.storage_usd_per_month", "finance.egress_usd_per_month",
	"finance.server_usd", "finance.electricity_usd_per_kwh", "finance.space_usd_per_kw_month", "finance.implementation_usd",
}

// QuotePaths lists the inputs that a quote may be for, in the order of the file.
func QuotePaths() []string { return slices.Clone(quotable) }

// Quotable reports whether a quote may be for the input at path: a price of an API, a card by the hour, a server,
// power, space or a service.
func Quotable(path string) bool { return slices.Contains(quotable, path) }

// Source is the quote as the source of a figure: "Quote from Acme, 2026-11-02, valid until 2026-12-31".
func (q Quote) Source() string {
	text := "Quote from " + q.Supplier + ", " + q.Date
	if q.ValidUntil != "" {
		text += ", valid until " + q.ValidUntil
	}
	return text
}

// Expired reports whether the last day of the quote lies before today.
func (q Quote) Expired(today time.Time) bool {
	return q.ValidUntil != "" && q.ValidUntil < today.Format(time.DateOnly)
}

// fact is the evidence that a quote gives its amount.
func (q Quote) fact() catalog.Fact {
	return catalog.Fact{Evidence: catalog.Yours, Source: q.Source(), AsOf: q.Date, Note: q.Note}
}

// Check says what is wrong with a quote; the paths of the problems are its keys in the file. That an amount is given
// is checked with the scenario.
func (q Quote) Check() (ps Problems) {
	wrong := func(key, problem, allowed, near string) {
		ps = append(ps, Problem{Path: key, Problem: problem, Allowed: allowed, Nearest: near})
	}
	if !Quotable(q.Path) {
		wrong("path", quoted(q.Path)+" is no price that can be quoted", strings.Join(quotable, ", "), nearest(q.Path, words(quotable)))
	}
	for _, t := range []struct {
		key, text string
		most      int
	}{{"supplier", q.Supplier, maxSupplier}, {"note", q.Note, maxQuoteNote}} {
		allowed := fmt.Sprintf("a text of at most %s characters", grouped(float64(t.most)))
		switch n := utf8.RuneCountInString(t.text); {
		case !utf8.ValidString(t.text):
			wrong(t.key, "the text is not valid UTF-8", allowed, "")
		case n > t.most:
			wrong(t.key, fmt.Sprintf("the text has %s characters", grouped(float64(n))), allowed, "")
		case t.key == "supplier" && strings.TrimSpace(t.text) == "":
			wrong(t.key, "nobody is named", "who made the offer", "")
		}
	}
	const day = "a date such as 2026-11-23"
	if _, err := time.Parse(time.DateOnly, q.Date); err != nil {
		wrong("date", quoted(q.Date)+" is not a date", day, "")
	}
	if q.ValidUntil == "" {
		return ps
	}
	if _, err := time.Parse(time.DateOnly, q.ValidUntil); err != nil {
		wrong("valid_until", quoted(q.ValidUntil)+" is not a date", day+", or an empty text", "")
	} else if q.ValidUntil < q.Date {
		wrong("valid_until", q.ValidUntil+" is before the day of the offer", q.Date+" or later", "")
	}
	return ps
}

// Quotes returns the person's quotes in the order of the inputs.
func (s Scenario) Quotes() []Quote { return slices.Clone(s.quotes) }

// Quote returns the quote for the price at path, and whether there is one.
func (s Scenario) Quote(path string) (Quote, bool) {
	for _, q := range s.quotes {
		if q.Path == path {
			return q, true
		}
	}
	return Quote{}, false
}

// WithQuote returns the scenario with a quote added, in place of another one for the same price. It does not check
// it: Check does. The amount is set by With; correcting it keeps the quote, taking it back takes the quote with it.
func (s Scenario) WithQuote(q Quote) Scenario {
	c := s.WithoutQuote(q.Path)
	c.quotes = append(slices.Clone(c.quotes), q)
	sortQuotes(c.quotes)
	return c
}

// WithoutQuote returns the scenario without the quote for the price at path; the amount stays, as the person's own.
func (s Scenario) WithoutQuote(path string) Scenario {
	c := s
	c.quotes = nil
	for _, q := range s.quotes {
		if q.Path != path {
			c.quotes = append(c.quotes, q)
		}
	}
	return c
}

// quoteChecked returns the scenario with a quote that its supplier confirmed today. A last day that has passed is no
// longer known.
func (s Scenario) quoteChecked(path, today string) (Scenario, error) {
	q, ok := s.Quote(path)
	if !ok {
		return s, fmt.Errorf("checking the quote for %q: %w", path, ErrNoFact)
	}
	if q.Date = today; q.ValidUntil < today {
		q.ValidUntil = ""
	}
	return s.WithQuote(q), nil
}

// sortQuotes brings quotes into the order of the inputs; those for unknown paths stand last.
func sortQuotes(list []Quote) {
	place := func(q Quote) int {
		if i := slices.Index(quotable, q.Path); i >= 0 {
			return i
		}
		return len(quotable)
	}
	slices.SortStableFunc(list, func(a, b Quote) int { return place(a) - place(b) })
}

// answered reports whether the person gave a number at path: neither the default nor "from the catalogue".
func (s Scenario) answered(path string) bool {
	v, given := s.values[path]
	return given && !v.Null
}

// checkQuotes checks the quotes of a scenario that did not come from a file.
func (s Scenario) checkQuotes(all *collector) {
	for i, q := range s.quotes {
		at := "quotes[" + strconv.Itoa(i) + "]"
		for _, p := range q.Check() {
			p.Path = joinPath(at, p.Path)
			all.add(0, p)
		}
		if Quotable(q.Path) && !s.answered(q.Path) {
			all.add(0, noAmount(at, q.Path))
		}
	}
}

func noAmount(at, path string) Problem {
	return Problem{Path: joinPath(at, "path"), Problem: "no amount is given at " + path, Allowed: "a quote for a price that the file states"}
}

// quoteKeys are the keys of a quote, the first three of them needed.
var quoteKeys = []string{"path", "supplier", "date", "valid_until", "note"}

const neededQuoteKeys = 3

// readQuotes reads the list of quotes, after the answers that they are for.
func (p *parser) readQuotes(n *node) {
	if n.kind != listNode {
		p.wrongKind(n, "a list of quotes")
		return
	}
	s := Scenario{values: p.values}
	for _, item := range n.children {
		q, ok := p.quote(item)
		if !ok {
			continue
		}
		problems := q.Check()
		for _, problem := range problems {
			problem.Path = joinPath(item.path(), problem.Path)
			p.problems.add(item.at, problem)
		}
		switch _, twice := (Scenario{quotes: p.quotes}).Quote(q.Path); {
		case len(problems) > 0:
		case twice:
			p.report(item, "a second quote for "+q.Path, "one quote for each price", "")
		case !s.answered(q.Path):
			p.problems.add(item.at, noAmount(item.path(), q.Path))
		default:
			p.quotes = append(p.quotes, q)
		}
	}
	sortQuotes(p.quotes)
}

// quote reads the keys of one quote; false where one is missing, unknown or no text.
func (p *parser) quote(n *node) (q Quote, ok bool) {
	if n.kind != objectNode {
		p.wrongKind(n, "an object with the keys "+strings.Join(quoteKeys, ", "))
		return q, false
	}
	ok = true
	into := map[string]*string{"path": &q.Path, "supplier": &q.Supplier, "date": &q.Date, "valid_until": &q.ValidUntil, "note": &q.Note}
	for _, member := range n.children {
		switch to := into[member.key]; {
		case to == nil:
			p.unknownKey(member, quoteKeys, keyQuotes)
			ok = false
		case member.kind != textNode:
			p.wrongKind(member, "a text")
			ok = false
		default:
			*to = member.text
		}
	}
	for _, key := range quoteKeys[:neededQuoteKeys] {
		if n.child(key) == nil {
			p.report(n, "the quote has no "+key, "path, supplier and date; valid_until and note where there are any", "")
			ok = false
		}
	}
	return q, ok
}

func (s Scenario) writeQuotes(w *writer) {
	w.open('[')
	for _, q := range s.quotes {
		w.item()
		w.open('{')
		for i, text := range []string{q.Path, q.Supplier, q.Date, q.ValidUntil, q.Note} {
			if text != "" || i < neededQuoteKeys {
				w.key(quoteKeys[i])
				w.text(text)
			}
		}
		w.close('}')
	}
	w.close(']')
}

// diffQuotes compares the quotes price by price.
func diffQuotes(a, b Scenario) []Change {
	var changes []Change
	for _, path := range quotable {
		x, had := a.Quote(path)
		y, has := b.Quote(path)
		if had != has || x != y {
			changes = append(changes, Change{Path: keyQuotes + "." + path, Label: "Your quote, " + notation.Lowered(InputAt(path).Label),
				FromText: quoteText(x, had), ToText: quoteText(y, has)})
		}
	}
	return changes
}

func quoteText(q Quote, there bool) string {
	switch {
	case !there:
		return nothingSaid
	case q.Note != "":
		return q.Source() + " (" + q.Note + ")"
	}
	return q.Source()
}
