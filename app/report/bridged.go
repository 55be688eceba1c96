package report

import (
	"math"
	"slices"
	"strings"

	"hostwise/calc"
)

// bridged is the way from one case's cost to another's, as tables show it.
type bridged struct {
	finding, order string
	rows           [][5]string // change, from, to, dollars, route after it; the first and the last are the two ends
}

// shownSteps bounds how many changes a table names; the smaller ones stand in a line together.
const shownSteps = 14

// bridge is how the first case's cost becomes this one's. It has no rows where the two were not bridged.
func (c Case) bridge(first Case) bridged {
	if c.Bridge == nil || c.Bridge.FromUSD == nil {
		return bridged{}
	}
	b := bridged{finding: strings.TrimSuffix(oneLine(c.Bridge.Words()), "."), order: oneLine(c.Bridge.Order)}
	b.rows = append(b.rows, [5]string{cut(first.name(), 60), "", "", c.money(*c.Bridge.FromUSD), first.routeName(c.Bridge.FromRoute)})
	least := stepFrom(c.Bridge.Steps, shownSteps)
	others, count := 0.0, 0
	for _, s := range c.Bridge.Steps {
		switch {
		case s.USD == nil:
			b.rows = append(b.rows, [5]string{oneLine(s.Label), oneLine(s.From), oneLine(s.To), "no route is left", ""})
		case *s.USD == 0 || math.Abs(*s.USD) < least:
			others, count = others+*s.USD, count+1
		default:
			b.rows = append(b.rows, [5]string{oneLine(s.Label), oneLine(s.From), oneLine(s.To), c.change(*s.USD), c.routeName(s.Route)})
		}
	}
	switch {
	case count > 0 && others == 0:
		b.rows = append(b.rows, [5]string{"Other changes", "", "", "cost nothing", ""})
	case count > 0:
		b.rows = append(b.rows, [5]string{"Other changes together", "", "", c.change(others), ""})
	}
	end := "no route is left"
	if c.Bridge.ToUSD != nil {
		end = c.money(*c.Bridge.ToUSD)
	}
	b.rows = append(b.rows, [5]string{cut(c.name(), 60), "", "", end, c.routeName(c.Bridge.ToRoute)})
	return b
}

// stepFrom is the size from which a step is among the largest n.
func stepFrom(steps []calc.BridgeStep, n int) float64 {
	var sizes []float64
	for _, s := range steps {
		if s.USD != nil {
			sizes = append(sizes, math.Abs(*s.USD))
		}
	}
	if len(sizes) <= n {
		return 0
	}
	slices.Sort(sizes)
	return sizes[len(sizes)-n]
}

// change is an amount with its sign.
func (c Case) change(usd float64) string {
	if usd > 0 {
		return "+" + c.money(usd)
	}
	return c.money(usd)
}

// routeName is a route in words; a bridge passes routes that this case may not have.
func (c Case) routeName(id string) string {
	if r := c.Assessment.Route(id); r != nil {
		return oneLine(r.Label)
	}
	return oneLine(id)
}
