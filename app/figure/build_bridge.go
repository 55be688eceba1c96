package figure

import (
	"errors"
	"math"
	"strings"

	"hostwise/app/figure/format"
	"hostwise/calc"
)

// BridgeID is the id of the figure that leads from one case's cost to another's, which only a comparison has.
const BridgeID = "bridge"

var errNoBridge = errors.New("figure bridge: not every step has a cost")

// BuildBridge draws how one case's month becomes another's: both ends as bars from zero, each change between them from
// where the one before it ended. The assessment is of the case that it leads to. The error says why there is nothing
// to draw.
func BuildBridge(b calc.Bridge, from, to string, a *calc.Assessment, opt BuildOptions) (Figure, error) {
	if a == nil || b.FromUSD == nil || b.ToUSD == nil {
		return Figure{}, errNoBridge
	}
	s := &story{a: a, opt: opt, money: format.Unit{Kind: format.KindMoney, Currency: opt.Currency}}
	f := Figure{
		ID: BridgeID, Title: strings.TrimSuffix(b.Words(), "."),
		Subtitle: "From the first case to the other, " + s.currency() + " a month by the cheapest route, changes made " + b.Order + ".",
		X:        Axis{Unit: s.money},
		Twin:     Table{Headers: []string{"Change", "From", "To", "A month", "Route after it"}},
	}
	spans := Spans{Above: PaintNeutral}
	end := func(name, route string, usd float64, more bool) {
		spans.Bars = append(spans.Bars, FromTo{Row: len(f.Rows), Low: math.Min(0, usd), High: math.Max(0, usd), HighText: s.usd(usd),
			Paint: PaintNeutralStrong, OwnPaint: true, Connect: more})
		f.Rows = append(f.Rows, Row{Label: name, Strong: true})
		f.Twin.Rows = append(f.Twin.Rows, []string{name, "", "", s.usd(usd), s.routeWords(route)})
	}
	end(from, b.FromRoute, *b.FromUSD, true)
	at := *b.FromUSD
	for _, step := range b.Steps {
		if step.USD == nil {
			return Figure{}, errNoBridge
		}
		words := s.usd(*step.USD)
		if *step.USD > 0 {
			words = "+" + words
		}
		row := Row{Label: step.Label}
		if step.From != "" || step.To != "" {
			row.Sub = step.From + " → " + step.To
		}
		next := at + *step.USD
		spans.Bars = append(spans.Bars, FromTo{Row: len(f.Rows), Low: math.Min(at, next), High: math.Max(at, next), HighText: words,
			Connect: true, ConnectLow: next < at})
		f.Rows = append(f.Rows, row)
		f.Twin.Rows = append(f.Twin.Rows, []string{step.Label, step.From, step.To, words, s.routeWords(step.Route)})
		at = next
	}
	end(to, b.ToRoute, *b.ToUSD, false)
	f.Layers = []Layer{spans}
	s.finish(&f)
	return f, f.Check()
}

// routeWords names a route; a bridge passes routes that the case at its end may not have.
func (s *story) routeWords(id string) string {
	if r := s.a.Route(id); r != nil {
		return r.Label
	}
	return id
}
