package compare

import (
	"context"
	"image"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/export"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
)

// overlay shows the cheapest routes of all cases over the volume, one over the other.
type overlay struct {
	page *Page
	view *ui.FigureView
	fig  figure.Figure
	have bool
}

func newOverlay(p *Page) *overlay {
	o := &overlay{page: p}
	o.view = ui.NewFigureView(fyne.NewSize(ui.Scaled(320), ui.Scaled(260)), p.shell.Run, nil)
	o.view.SetActions(nil, o.copy, o.save)
	return o
}

// show draws the cases that have been worked out.
func (o *overlay) show() {
	var cases []figure.Overlaid
	for i, c := range o.page.columns {
		if c.assessment != nil && c.err == nil {
			cases = append(cases, figure.Overlaid{Letter: letter(i), Name: c.name(), Assessment: c.assessment})
		}
	}
	fig, err := figure.BuildOverlay(cases, figure.BuildOptions{Currency: o.page.currency()})
	o.fig, o.have = fig, err == nil
	if err != nil {
		o.view.SetTitle("Monthly cost over the volume", "")
		o.view.SetNote("The curves need two cases that have been worked out and have a route.")
		o.view.SetRender(func(context.Context, int, int, float32) (image.Image, error) { return nil, nil })
		return
	}
	o.view.SetTitle(fig.Title, fig.Subtitle)
	o.view.SetRender(func(ctx context.Context, width, height int, scale float32) (image.Image, error) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		theme := &figure.Light
		if ui.IsDark() {
			theme = &figure.Dark
		}
		drawn, err := figure.Render(fig, figure.Options{Width: width, Height: height, Theme: theme, Compact: true, Scale: float64(scale)})
		if err != nil {
			return nil, err
		}
		return drawn.Image, nil
	})
}

func (o *overlay) copy() {
	if o.have {
		o.page.shell.Copy(o.fig.Twin.Tabbed(), "The numbers are on the clipboard")
	}
}

func (o *overlay) save() {
	if !o.have {
		o.page.shell.Toast("There is no picture to save yet.", nil)
		return
	}
	export.SaveFigure(o.page.session, o.page.shell, "compared", o.fig)
}

// currency is the first case's: amounts side by side are in one currency.
func (p *Page) currency() format.Currency {
	if len(p.columns) == 0 {
		return format.Currency{}
	}
	s := p.columns[0].scenario
	return format.Currency{Code: s.Text("currency.code"), PerUSD: s.Likely("currency.per_usd")}
}
