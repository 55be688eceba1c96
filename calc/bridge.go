package calc

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"hostwise/calc/notation"
)

// BridgeStep is what one changed answer does to the cost of the verdict's route, with the changes before it made.
type BridgeStep struct {
	Path  string   `json:"path"`
	Label string   `json:"label"`
	From  string   `json:"from"`
	To    string   `json:"to"`
	USD   *float64 `json:"usd"`   // nil where no route is left after the change
	Route string   `json:"route"` // the verdict's after the change
}

// Bridge leads from one scenario's cost to another's: the steps sum to the difference.
type Bridge struct {
	FromRoute string            `json:"from_route"`
	ToRoute   string            `json:"to_route"`
	FromUSD   *float64          `json:"from_usd"` // a month, by the verdict's route
	ToUSD     *float64          `json:"to_usd"`
	Steps     []BridgeStep      `json:"steps"`
	Order     string            `json:"order"` // which change was made first
	money     notation.Currency // of the case that it leads to
}

// Bridge attributes the difference in cost between two scenarios to each changed answer. The changes are made one
// at a time in the order of the questions; another order would share the difference out otherwise.
func (a *Assessor) Bridge(ctx context.Context, from, to Scenario, today time.Time) (Bridge, error) {
	return a.bridge(ctx, from, to, today, Diff(from, to), "in the order of the questions, one at a time")
}

// BridgeBackwards is Bridge with the last change made first. What a change counts for in both orders is its own; the
// rest belongs to it and others together.
func (a *Assessor) BridgeBackwards(ctx context.Context, from, to Scenario, today time.Time) (Bridge, error) {
	changes := Diff(from, to)
	slices.Reverse(changes)
	return a.bridge(ctx, from, to, today, changes, "in the order of the questions backwards, one at a time")
}

func (a *Assessor) bridge(ctx context.Context, from, to Scenario, today time.Time, changes []Change, order string) (Bridge, error) {
	b := Bridge{Steps: []BridgeStep{}, Order: order, money: CurrencyOf(to)}
	usd, route := a.cheapest(from, today)
	b.FromRoute, b.FromUSD = route, known(usd)
	at := from
	for _, c := range changes {
		if err := ctx.Err(); err != nil {
			return b, err
		}
		at = at.taking(c.Path, to)
		if strings.HasPrefix(c.Path, "name") || strings.HasPrefix(c.Path, "notes") || strings.HasPrefix(c.Path, "tags") || strings.HasPrefix(c.Path, keyQuotes+".") || c.Path == keyDecision {
			continue
		}
		next, winner := a.cheapest(at, today)
		b.Steps = append(b.Steps, BridgeStep{Path: c.Path, Label: c.Label, From: c.FromText, To: c.ToText,
			USD: known(next - usd), Route: winner})
		usd, route = next, winner
	}
	b.ToRoute, b.ToUSD = route, known(usd)
	return b, nil
}

// cheapest returns what a month costs by the verdict's route, and that route; infinity and "" when none is left.
func (a *Assessor) cheapest(s Scenario, today time.Time) (float64, string) {
	a = a.with(s.Facts())
	w := a.newWorld(s, today)
	f := w.frame(w.likely, nil)
	r, usd := f.winner(f.p.x[w.axes.calls], true, f.within)
	if r == nil {
		return math.Inf(1), ""
	}
	return usd, r.id
}

// taking returns the scenario with one changed answer taken over from another.
func (s Scenario) taking(path string, from Scenario) Scenario {
	c := s
	switch {
	case LookupInput(path) != nil:
		v, given := from.values[path]
		if !given {
			return s.Without(path)
		}
		return s.With(path, v)
	case strings.HasPrefix(path, keyQuotes+"."):
		path = strings.TrimPrefix(path, keyQuotes+".")
		if q, ok := from.Quote(path); ok {
			return s.WithQuote(q)
		}
		return s.WithoutQuote(path)
	case strings.HasPrefix(path, "facts"):
		c.facts = from.facts
	default:
		c.byModel = maps.Clone(from.byModel)
	}
	return c
}

// In is the bridge with its words in another currency, such as that of a table beside it.
func (b Bridge) In(c notation.Currency) Bridge {
	b.money = c
	return b
}

// Words says the bridge in a sentence: the largest step and where it leads.
func (b Bridge) Words() string {
	switch {
	case b.FromUSD == nil && b.ToUSD == nil:
		return "Neither has a route that passes its rules."
	case b.FromUSD == nil:
		return "The first has no route that passes its rules, so that there is no cost to start from."
	case b.ToUSD == nil:
		return "With the changes no route is left that passes the rules."
	case len(b.Steps) == 0:
		return "No answer that costs money differs."
	}
	top := b.Steps[0]
	for _, s := range b.Steps {
		if s.USD != nil && (top.USD == nil || math.Abs(*s.USD) > math.Abs(*top.USD)) {
			top = s
		}
	}
	if top.USD == nil || *top.USD == 0 {
		return "The changes cost nothing: the answer is the same."
	}
	verb := "adds"
	if *top.USD < 0 {
		verb = "saves"
	}
	return fmt.Sprintf("%s %s %s a month; all changes together take it from %s to %s.", top.Label, verb,
		b.money.Money(math.Abs(*top.USD)), b.money.Money(*b.FromUSD), b.money.Money(*b.ToUSD))
}
