package compare

import (
	"errors"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/chart"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
)

// overlay shows the cheapest routes of all cases over the volume, one over the other.
type overlay struct {
	page  *Page
	chart *chart.Chart
}

func newOverlay(p *Page) *overlay {
	o := &overlay{page: p, chart: chart.New(fyne.NewSize(ui.Scaled(320), ui.Scaled(260)), p.shell.Run)}
	o.chart.View.SetActions(nil, func() { o.chart.Copy(p.shell) }, func() { o.chart.Save(p.session, p.shell, "compared") })
	return o
}

var errTwoRoutes = errors.New("the curves need two cases that have been worked out and have a route")

// show draws the cases that have been worked out.
func (o *overlay) show() {
	var cases []figure.Overlaid
	for i, c := range o.page.columns {
		if c.assessment != nil && c.err == nil {
			cases = append(cases, figure.Overlaid{Letter: letter(i), Name: c.name(), Assessment: c.assessment})
		}
	}
	fig, err := figure.BuildOverlay(cases, figure.BuildOptions{Currency: o.page.currency()})
	if err != nil {
		o.chart.View.SetTitle("Monthly cost over the volume", "")
		o.chart.Set(figure.Figure{}, errTwoRoutes)
		return
	}
	o.chart.View.SetTitle(fig.Title, fig.Subtitle)
	o.chart.Set(fig, nil)
}

// currency is the first case's: amounts side by side are in one currency.
func (p *Page) currency() format.Currency {
	if len(p.columns) == 0 {
		return format.Currency{}
	}
	return currencyOf(p.columns[0])
}

// currencyOf is a case's own currency.
func currencyOf(c *column) format.Currency { return figure.CurrencyOf(c.scenario) }
