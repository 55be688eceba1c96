package results

import (
	"context"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hostwise/app/desktop/ui"
	"hostwise/calc"
)

func TestAmountsOfAColumnHaveTheSameDigits(t *testing.T) {
	route := func(usd float64) *calc.Route {
		return &calc.Route{Feasible: true, Monthly: &calc.Range{Low: usd, Likely: usd, High: usd}}
	}
	for _, c := range []struct {
		usd  []float64
		want []string
	}{
		{[]float64{4_800, 5_000, 15_000}, []string{"$4.8 k", "$5.0 k", "$15 k"}},
		{[]float64{4_000, 5_000}, []string{"$4 k", "$5 k"}},                      // nothing beside them has a tenth
		{[]float64{750, 2_000_000, 1_500}, []string{"$750", "$2.0 M", "$1.5 k"}}, // and where there is no unit nothing is added
	} {
		var routes []*calc.Route
		for _, usd := range c.usd {
			routes = append(routes, route(usd))
		}
		if got := amountsOf(routes, view{per: "month"}); !slices.Equal(got, c.want) {
			t.Errorf("%v are written %q, wanted %q", c.usd, got, c.want)
		}
	}
	if got := amountsOf([]*calc.Route{{}, {Feasible: true}}, view{}); got[0] != "" || got[1] != "unknown" && got[1] == "" {
		t.Errorf("a route that is ruled out and one without a price: %q", got)
	}
}

// The names of the routes on the first screen stand whole beside their marks at 1280 × 800, for every template.
func TestNoRouteNameIsCutOnTheFirstScreen(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(&ui.Theme{Mode: "light"})
	assessor := calc.NewAssessor(catalogueFor(t))
	for _, tpl := range calc.Templates {
		a, err := assessor.Assess(context.Background(), tpl.Scenario(), calc.Options{Today: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), Quick: true})
		if err != nil {
			t.Fatal(err)
		}
		columns := &routeColumns{}
		tab := &answerTab{}
		for _, r := range routesShown(a) {
			tab.routeRow(view{a: a}, r, "$4.8 k", columns, 1, 10)
		}
		const column = 360 // at 1280
		mark, amount := columns.places(column)
		if amount-mark < 70 {
			t.Errorf("%s: %.0f are left for the marks", tpl.Name, amount-mark)
		}
		for _, n := range columns.names {
			if n.FullWidth()+swatchRoom > mark+0.5 {
				t.Errorf("%s: %q needs %.0f of %.0f", tpl.Name, n.Words(), n.FullWidth()+swatchRoom, mark)
			}
		}
	}
}

// A finding of one line leaves its measure beside the buttons; below one of two the measure has the whole width.
func TestTheMeasureOfAFigureStandsWhole(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	for _, id := range figureOrder {
		caption := d.pane(id).chart.Figure().Subtitle
		if c := d.pane(id).chart.Figure().Caption; c != "" {
			caption = c
		}
		found := false
		visit(d.pane(id), fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
			if x, ok := o.(*ui.Text); ok && x.Words() == caption {
				found = x.Size().Height+0.5 >= x.HeightAt(x.Size().Width)
			}
		})
		if caption == "" || !found {
			t.Errorf("%s: %q does not stand whole", id, caption)
		}
	}
}
