package whatif

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// showSide shows what stands beside the map: its axes, the place being read, who wins where the case stands, and how
// far the borders are.
func (p *mapPage) showSide() {
	p.across.SetWords(labelOf(p.x))
	p.up.SetWords(labelOf(p.y))
	axis := ui.TableColumns{Widths: []float32{44, 0}}
	p.side.Objects = []fyne.CanvasObject{
		ui.NewText(ui.BodyStrong, "Axes"),
		axis.Row(32, ui.NewText(ui.Secondary, "across").In(ui.ColorInk3), p.across),
		axis.Row(32, ui.NewText(ui.Secondary, "up").In(ui.ColorInk3), p.up),
		ui.Row(0, ui.NewButton(ui.Link, "Swap", p.swap).WithIcon(ui.IconSwap)),
	}
	if p.m != nil {
		p.side.Add(ui.NewHairline())
		p.side.Add(p.reading())
		p.side.Add(ui.NewHairline())
		p.side.Add(p.here())
		p.side.Add(ui.NewHairline())
		p.side.Add(p.far())
	}
	p.side.Refresh()
	p.body.Refresh()
}

func labelOf(path string) string {
	if in := calc.LookupInput(path); in != nil {
		return in.Label
	}
	return "Choose"
}

// reading is the cell that the arrows or a press chose.
func (p *mapPage) reading() fyne.CanvasObject {
	hint := ui.NewText(ui.Caption, "Press a place, or use the arrows on the map; Enter or a double click tries it, Home comes back to you.").In(ui.ColorInk3).Wrapped()
	if !p.view.reading {
		return ui.Column(8, ui.NewText(ui.BodyStrong, "A place on the map"), hint)
	}
	c := p.view.at
	kind := ""
	if a, _ := p.session.Assessment(); a != nil {
		if r := a.Route(p.m.Routes[c.j][c.i]); r != nil {
			kind = string(r.Kind)
		}
	}
	return ui.Column(8,
		ui.NewText(ui.BodyStrong, "A place on the map"),
		ui.NewText(ui.Body, "At "+p.placeWords(c)).Wrapped(),
		ui.Row(8, ui.NewSwatch(kind, false), ui.Grow(ui.NewText(ui.Body, p.winnerWords(c)).In(ui.ColorInk2).Wrapped())),
		ui.Wrap(8, 6, ui.NewButton(ui.Main, "Try it", func() { p.try(p.view.at) }).Small().Titled("Try this place on the sliders"),
			ui.NewButton(ui.Outline, "Keep as new case", func() { p.keep(p.view.at) }).Small()),
		hint)
}

// here is the cheapest route of each kind where the case stands.
func (p *mapPage) here() fyne.CanvasObject {
	shape := ui.TableColumns{Widths: []float32{0, 62, 44}}
	small := func(words string) *ui.Text { return ui.NewText(ui.Caption, words).In(ui.ColorInk3).Right() }
	list := ui.Column(0, shape.Row(22, ui.NewText(ui.BodyStrong, "Here"), small("a month"), small("of 100")))
	a, _ := p.session.Assessment()
	if a == nil {
		return list
	}
	seen := map[calc.RouteKind]bool{}
	for _, r := range a.Routes {
		if !r.Feasible || r.Monthly == nil || seen[r.Kind] {
			continue
		}
		seen[r.Kind] = true
		of := format.Unknown
		if a.Draws > 0 {
			of = strings.TrimSuffix(format.Chance(a.Verdict.ChanceByKind[r.Kind]), " %")
		}
		list.Add(shape.Row(24, ui.RouteName(string(r.Kind), r.Label, r.ID == a.Verdict.Route, false),
			ui.NewText(ui.Body, figure.CurrencyOf(p.of).Money(r.Monthly.Likely)).Right(), ui.NewText(ui.Body, of).In(ui.ColorInk2).Right()))
	}
	if len(seen) == 0 {
		list.Add(ui.NewText(ui.Secondary, "No route passes your rules.").In(ui.ColorInk2))
	}
	return list
}

// far says in each direction how far the nearest border is.
func (p *mapPage) far() fyne.CanvasObject {
	shape := ui.TableColumns{Widths: []float32{14, 0, 56, 66}}
	list := ui.Column(0, ui.TableColumns{Widths: []float32{0}}.Row(24, ui.NewText(ui.BodyStrong, "How far to a border")))
	cur := figure.CurrencyOf(p.of)
	for i, b := range p.m.Borders {
		in := calc.InputAt(b.Input)
		icon := []ui.Glyph{ui.IconRight, ui.IconLeft, ui.IconUp, ui.IconDown}[min(i, 3)]
		toward, becomes := ui.NewText(ui.Body, format.Unknown).Right(), fyne.CanvasObject(ui.NewText(ui.Secondary, "never").In(ui.ColorInk3))
		if b.At != nil {
			toward = ui.NewText(ui.BodyStrong, quantity(in, *b.At, cur)).Right()
			becomes = ui.RouteName(string(b.Kind), kindOrNone(b.Kind), false, false)
		}
		list.Add(shape.Row(25, ui.NewSizedIcon(icon, ui.ColorInk2, 12),
			ui.NewText(ui.Secondary, direction(in, b.Up)+" "+brief(in)).In(ui.ColorInk2).Cut(), toward, becomes))
	}
	return list
}

// direction says which way an answer moves: more of what is counted, higher for a price or a share.
func direction(in *calc.Input, up bool) string {
	counted := slices.Contains([]calc.Unit{calc.UnitCalls, calc.UnitTokens, calc.UnitFTE, calc.UnitMonths, calc.UnitMinutes, calc.UnitSeconds, calc.UnitKW}, in.Unit)
	switch {
	case counted && up:
		return "more"
	case up:
		return "higher"
	case in.Unit == calc.UnitCalls || in.Unit == calc.UnitFTE:
		return "fewer"
	case counted:
		return "less"
	}
	return "lower"
}
