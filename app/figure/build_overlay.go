package figure

import (
	"errors"
	"math"
	"strings"

	"hostwise/app/figure/format"
	"hostwise/calc"
)

// Overlaid is one of several cases in one picture: A, B and so on, with its name and its result.
type Overlaid struct {
	Letter, Name string
	Assessment   *calc.Assessment
}

var (
	errFewCases = errors.New("figure overlay: two cases at least are laid over each other")
	errNoCost   = errors.New("figure overlay: no case has a route with a known cost")
)

// BuildOverlay draws the cost of the cheapest feasible route of each case over the volume, each piece in the colour
// of the kind that is cheapest there, and where each case stands. Amounts are in one currency, the options'.
func BuildOverlay(cases []Overlaid, opt BuildOptions) (Figure, error) {
	if len(cases) < 2 {
		return Figure{}, errFewCases
	}
	stories := make([]*story, len(cases))
	low, high := math.Inf(1), 0.0
	for i, c := range cases {
		if c.Assessment == nil {
			return Figure{}, errNoCost
		}
		stories[i] = &story{a: c.Assessment, opt: opt, money: format.Unit{Kind: format.KindMoney, Currency: opt.Currency}}
		l, h := stories[i].volumes(nil)
		low, high = math.Min(low, l), math.Max(high, h)
	}
	f := Figure{
		ID:       "overlay",
		Subtitle: "Cheapest feasible route of each case by calls a month, " + stories[0].currency() + ", both scales log. Colours say which kind is cheapest.",
		X:        Axis{Title: "Calls a month", Scaling: Log, Unit: format.Unit{Kind: format.KindCount}, Min: low, Max: high},
		Y:        Axis{Scaling: Log, Unit: stories[0].money},
	}
	for i, s := range stories {
		f.Layers = append(f.Layers, s.envelope(cases[i].Letter, low, high)...)
	}
	if len(f.Layers) == 0 {
		return Figure{}, errNoCost
	}
	for i, s := range stories {
		if p, ok := s.here(cases[i].Letter); ok {
			f.Layers = append(f.Layers, p)
		}
	}
	f.Title = overlayTitle(cases, stories)
	f.Twin = overlayTwin(cases, stories, low, high)
	f.Foot = overlayFoot(cases)
	stories[0].finish(&f)
	return f, f.Check()
}

// cheapestAt is the cost of the cheapest feasible route at a place of the curve, nil where none can serve.
func (s *story) cheapestAt(i int) (*calc.Route, float64) {
	var best *calc.Route
	least := math.Inf(1)
	for j := range s.a.Routes {
		r := &s.a.Routes[j]
		usd := s.a.Curve.Routes[r.ID]
		if r.Feasible && i < len(usd) && usd[i] != nil && *usd[i] > 0 && *usd[i] < least {
			best, least = r, *usd[i]
		}
	}
	return best, least
}

// envelope is the cost of the cheapest route over the volume, a piece for each stretch of one kind.
func (s *story) envelope(letter string, low, high float64) []Layer {
	var layers []Layer
	var piece []XY
	var kind calc.RouteKind
	end := func() {
		if cut := between(piece, low, high); len(cut) > 1 {
			layers = append(layers, Line{Name: letter + ", " + format.Lowered(noun(kind)), Points: cut, Paint: paintOf(kind)})
		}
		piece = nil
	}
	for i, calls := range s.a.Curve.CallsPerMonth {
		r, usd := s.cheapestAt(i)
		if r == nil {
			end()
			continue
		}
		if r.Kind != kind && len(piece) > 0 {
			piece = append(piece, XY{calls, usd}) // the stretches touch
			end()
		}
		kind = r.Kind
		piece = append(piece, XY{calls, usd})
	}
	end()
	if n := len(layers); n > 0 {
		last := layers[n-1].(Line)
		last.Label = letter
		layers[n-1] = last
	}
	return layers
}

// here is where a case stands.
func (s *story) here(letter string) (Points, bool) {
	v := s.verdict()
	if v == nil || v.Monthly == nil || v.Monthly.Likely <= 0 || s.calls() <= 0 {
		return Points{}, false
	}
	return Points{
		Name: letter + " is here", Paint: paintOf(v.Kind), At: []XY{{s.calls(), v.Monthly.Likely}},
		Labels: []string{letter + ", " + s.usd(v.Monthly.Likely)}, Strong: []bool{true},
	}, true
}

// overlayTitle says which case costs least, each at its own volume.
func overlayTitle(cases []Overlaid, stories []*story) string {
	least, most := -1, -1
	for i, s := range stories {
		v := s.verdict()
		if v == nil || v.Monthly == nil {
			continue
		}
		if least < 0 || v.Monthly.Likely < stories[least].verdict().Monthly.Likely {
			least = i
		}
		if most < 0 || v.Monthly.Likely > stories[most].verdict().Monthly.Likely {
			most = i
		}
	}
	switch {
	case least < 0:
		return "No case has a route that passes its rules"
	case least == most:
		return cases[least].Letter + " costs " + stories[least].usd(stories[least].verdict().Monthly.Likely) + " a month; the others have no route or cost the same"
	}
	a, b := stories[least].verdict().Monthly.Likely, stories[most].verdict().Monthly.Likely
	return cases[least].Letter + " costs " + stories[least].usd(a) + " a month, " + times(a, b) + " " + cases[most].Letter
}

// overlayTwin tells each case's cheapest cost at round volumes.
func overlayTwin(cases []Overlaid, stories []*story, low, high float64) Table {
	t := Table{Headers: []string{"Calls a month"}}
	for _, c := range cases {
		t.Headers = append(t.Headers, c.Letter+" "+c.Name, c.Letter+" by")
	}
	for _, calls := range roundVolumes(low, high, 0) {
		row := []string{format.Whole(calls)}
		for _, s := range stories {
			usd, kind := format.Unknown, ""
			if r, v, ok := s.cheapestNear(calls); ok {
				usd, kind = s.usd(v), noun(r.Kind)
			}
			row = append(row, usd, kind)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// cheapestNear is the cheapest feasible route at a volume, by the drawn lines.
func (s *story) cheapestNear(calls float64) (*calc.Route, float64, bool) {
	var best *calc.Route
	least := math.Inf(1)
	for i := range s.a.Routes {
		r := &s.a.Routes[i]
		if !r.Feasible {
			continue
		}
		if v, ok := s.costAt(r, calls); ok && v < least {
			best, least = r, v
		}
	}
	return best, least, best != nil
}

// overlayFoot names the cases.
func overlayFoot(cases []Overlaid) []Fact {
	facts := make([]Fact, len(cases))
	for i, c := range cases {
		name := strings.TrimSpace(c.Name)
		if name == "" {
			name = "Untitled case"
		}
		facts[i] = Fact{c.Letter, name}
	}
	return facts
}
