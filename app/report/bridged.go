package report

import (
	"math"
	"slices"
	"strings"

	"hostwise/app/figure"
	"hostwise/calc"
)

// shownSteps bounds how many changes of a bridge are named; the smaller ones stand in a step together, the last.
const shownSteps = 12

// way is the bridge from the first case to this one with its largest steps, nil where the two were not bridged or
// there is no cost to start from.
func (c Case) way() *calc.Bridge {
	if c.Bridge == nil || c.Bridge.FromUSD == nil {
		return nil
	}
	b := *c.Bridge
	b.Steps = nil
	least := stepFrom(c.Bridge.Steps, shownSteps)
	others, count := 0.0, 0
	for _, s := range c.Bridge.Steps {
		if s.USD != nil && (*s.USD == 0 || math.Abs(*s.USD) < least) {
			others, count = others+*s.USD, count+1
			continue
		}
		b.Steps = append(b.Steps, s)
	}
	if count > 0 && others != 0 {
		b.Steps = append(b.Steps, calc.BridgeStep{Label: "Other changes together", USD: &others, Route: b.ToRoute})
	}
	return &b
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

// bridgeFigure draws the bridge to the i-th case; ok is false where there is none, or where a change leaves no route.
func (j *job) bridgeFigure(i int) (f figure.Figure, ok bool) {
	key := figureKey{i, figure.BridgeID}
	if f, ok = j.figures[key]; ok {
		return f, true
	}
	c := j.cases[i]
	b := c.way()
	if i == 0 || b == nil || len(b.Steps) == 0 {
		return f, false
	}
	f, err := figure.BuildBridge(*b, letter(0)+", "+cut(j.cases[0].name(), 40), letter(i)+", "+cut(c.name(), 40), c.Assessment,
		figure.BuildOptions{Currency: c.currency(), Version: j.opt.Version})
	if err != nil {
		return f, false
	}
	f.Title = bridgeTitle(i, *b)
	j.figures[key] = f
	return f, true
}

// bridgeTitle says from where to where, and the finding.
func bridgeTitle(i int, b calc.Bridge) string {
	return "From " + letter(0) + " to " + letter(i) + ": " + lowerFirst(strings.TrimSuffix(oneLine(b.Words()), "."))
}

// bridgeRows are the steps as a table: change, from, to, a month, route after it. The first and the last are the ends.
func (c Case) bridgeRows(first Case, b calc.Bridge) [][5]string {
	rows := [][5]string{{cut(first.name(), 60), "", "", c.money(*b.FromUSD), first.routeName(b.FromRoute)}}
	for _, s := range b.Steps {
		row := [5]string{oneLine(s.Label), oneLine(s.From), oneLine(s.To), "no route is left", ""}
		if s.USD != nil {
			row[3], row[4] = c.change(*s.USD), c.routeName(s.Route)
		}
		rows = append(rows, row)
	}
	end := "no route is left"
	if b.ToUSD != nil {
		end = c.money(*b.ToUSD)
	}
	return append(rows, [5]string{cut(c.name(), 60), "", "", end, c.routeName(b.ToRoute)})
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
