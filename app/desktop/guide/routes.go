package guide

import (
	"math"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// oneOfEachKind are the cheapest feasible route of each kind, then for a kind that has none the cheapest one that
// a rule keeps out; weaker models are left out.
func oneOfEachKind(a *calc.Assessment) []*calc.Route {
	var out []*calc.Route
	for _, feasible := range []bool{true, false} {
		for i := range a.Routes {
			r := &a.Routes[i]
			has := slices.ContainsFunc(out, func(x *calc.Route) bool { return x.Kind == r.Kind })
			if r.Feasible == feasible && r.Monthly != nil && !r.Weaker && !has {
				out = append(out, r)
			}
		}
	}
	slices.SortStableFunc(out, func(x, y *calc.Route) int {
		switch {
		case x.Feasible != y.Feasible && x.Feasible:
			return -1
		case x.Feasible != y.Feasible:
			return 1
		case x.Monthly.Likely < y.Monthly.Likely:
			return -1
		}
		return 1
	})
	return out
}

// showRoutes lists the routes with their ranges on one scale.
func (s *side) showRoutes(a *calc.Assessment, cur format.Currency) {
	list := oneOfEachKind(a)
	if len(list) == 0 {
		return
	}
	beside := "likely"
	if a.Draws > 0 {
		beside = "likely, and 8 of 10 futures"
	}
	s.routes.Add(ui.Row(8, ui.NewText(ui.BodyStrong, "A month"), ui.Grow(ui.NewText(ui.Caption, beside).In(ui.ColorInk3).Cut())))
	low, high := math.Inf(1), 0.0
	for _, r := range list {
		for _, v := range []float64{r.Monthly.Low, r.Monthly.Likely, r.Monthly.High} {
			if v > 0 {
				low, high = math.Min(low, v), math.Max(high, v)
			}
		}
	}
	lay := routeLayout{}
	for _, r := range list {
		lay.name = max(lay.name, ui.NewText(ui.BodyStrong, routeName(r)).FullWidth())
	}
	for _, r := range list {
		s.routes.Add(s.routeRow(a, r, lay, low/1.1, high*1.1, cur))
	}
}

func (s *side) routeRow(a *calc.Assessment, r *calc.Route, lay routeLayout, low, high float64, cur format.Currency) fyne.CanvasObject {
	best := r.ID == a.Verdict.Route
	mark := ui.NewRangeMark(string(r.Kind), r.Monthly.Low, r.Monthly.Likely, r.Monthly.High, low, high)
	mark.Log, mark.Hollow = true, !r.Feasible
	style, ink := ui.Body, ui.ColorInk
	if best {
		style = ui.BodyStrong
	}
	words := money(cur, r.Monthly.Likely)
	if !r.Feasible {
		words, ink = wordsRuledOut, ui.ColorInk3
		if r.Kind == calc.Mixed && slices.ContainsFunc(r.BlockedBy, func(b string) bool { return strings.HasPrefix(b, "mixed costs") }) {
			words = wordsNoGain
		}
	}
	return container.New(lay, ui.RouteName(string(r.Kind), routeName(r), best, !r.Feasible), mark,
		ui.NewText(style, words).In(ink).Right().Cut())
}

// routeName is a route's name where there is little room.
func routeName(r *calc.Route) string {
	switch r.ID {
	case "api-gateway":
		return "API, gateway"
	case "api-batch":
		return "API, batches"
	case "mixed":
		return wordsMixedRoute
	}
	name, _, _ := strings.Cut(strings.NewReplacer(" times ", " × ", " SXM", "", " PCIe", "").Replace(r.Label), ",")
	if r.Kind == calc.API {
		return strings.NewReplacer(" SXM", "").Replace(r.Label)
	}
	return name
}

// routeLayout lays a route: name, mark, amount. The names have what the longest of them needs. Where that leaves the marks,
// which stand on one scale, too little room to be told apart, they stand below.
type routeLayout struct{ name float32 }

// The measures of a route at 100 %: the swatch before the name, the least that a mark takes, the amount.
const (
	routeSwatch = 24
	routeMark   = 62
	routeAmount = 64
	routeLine   = 26
	routeBelow  = 16 // what a mark below its name adds
)

func (routeLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(ui.Scaled(200), ui.Scaled(routeLine))
}

// HeightAt implements ui.FlowLayout.
func (l routeLayout) HeightAt(_ []fyne.CanvasObject, width float32) float32 {
	if l.stacked(width) {
		return ui.Scaled(routeLine + routeBelow)
	}
	return ui.Scaled(routeLine)
}

func (l routeLayout) nameWidth() float32 { return l.name + routeSwatch + 10 }

func (l routeLayout) stacked(width float32) bool {
	return l.nameWidth() > width-ui.Scaled(routeAmount+routeMark)
}

func (l routeLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	amount := ui.Scaled(routeAmount)
	name, line := l.nameWidth(), ui.Scaled(routeLine)
	if l.stacked(s.Width) {
		name = s.Width - amount
		ui.Place(o[1], routeSwatch-4, line-4, s.Width-routeSwatch, ui.Scaled(routeBelow))
	} else {
		ui.Place(o[1], name, 0, s.Width-amount-name-6, line)
	}
	h := o[0].MinSize().Height
	ui.Place(o[0], 0, (line-h)/2, name-8, h)
	h = o[2].MinSize().Height
	ui.Place(o[2], s.Width-amount, (line-h)/2, amount, h)
}
