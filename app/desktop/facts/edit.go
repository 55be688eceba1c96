package facts

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

// editor offers to put the person's own figure in place of a listed one, or to take it back.
func (p *Page) editor(table, id string, mine bool) fyne.CanvasObject {
	row := ui.Wrap(8, 8, ui.NewButton(ui.Outline, "Use my own figure", func() { p.edit(table, id) }).WithIcon(ui.IconPencil).Small())
	if mine {
		row.Add(ui.NewButton(ui.Outline, "Use the listed figure", func() { p.reset(table, id) }).WithIcon(ui.IconRestore).Small())
	}
	return row
}

// figure is one number that can be the person's own.
type figure struct {
	label string
	value *float64 // nil = not listed
	set   func(v *float64)
	field *ui.Field
	empty bool // may be left empty
}

// edit asks for the person's own figures and the reason.
func (p *Page) edit(table, id string) {
	f := p.session.Scenario().Facts()
	own := catalog.Rows{Models: f.Models, Devices: f.Devices, Hosts: f.Hosts, Prices: f.Prices, Runs: f.Measured}
	cat := p.session.Catalogue().With(own)
	fact := catalog.Fact{Evidence: catalog.Yours, AsOf: p.session.Now().Format("2006-01-02")}
	switch table {
	case "prices":
		listed := cat.Price(id)
		if listed == nil {
			return
		}
		row := *listed
		p.ask(row.Provider+", USD a million tokens", []*figure{
			{label: "Input", value: &row.Input, set: func(v *float64) { row.Input = *v }},
			{label: "Cached input, empty = none", value: row.CachedInput, set: func(v *float64) { row.CachedInput = v }, empty: true},
			{label: "Output", value: &row.Output, set: func(v *float64) { row.Output = *v }},
		}, func(reason string) {
			row.Fact = fact
			row.Source = reason
			f.Prices = replace(f.Prices, row, func(x catalog.Price) string { return x.ID })
			p.keep("Own price: "+row.Provider, f)
		})
	case "devices":
		listed := cat.Device(id)
		if listed == nil {
			return
		}
		row := *listed
		var price *float64
		if row.PriceUSD != nil {
			price = &row.PriceUSD.Likely
		}
		p.ask(row.Name+", USD", []*figure{
			{label: "Price", value: price, set: func(v *float64) { exact := catalog.Exact(*v); row.PriceUSD = &exact }},
		}, func(reason string) {
			// The figures of the card stay the catalogue's; only its price is the person's.
			row.PriceFact = fact
			row.PriceFact.Source = reason
			row.Evidence, row.AsOf = catalog.Yours, fact.AsOf
			f.Devices = replace(f.Devices, row, func(x catalog.Device) string { return x.ID })
			p.keep("Own price: "+row.Name, f)
		})
	}
}

// replace returns the rows with one of the same id replaced, or added at the end.
func replace[T any](rows []T, row T, id func(T) string) []T {
	out := slices.Clone(rows)
	for i := range out {
		if id(out[i]) == id(row) {
			out[i] = row
			return out
		}
	}
	return append(out, row)
}

func (p *Page) keep(label string, f calc.Facts) {
	p.session.Edit(label, func(s calc.Scenario) calc.Scenario { return s.WithFacts(f) })
	p.shell.Toast("The case now uses your figure", p.session.Undo)
}

// reset takes the person's own row back.
func (p *Page) reset(table, id string) {
	f := p.session.Scenario().Facts()
	switch table {
	case "prices":
		f.Prices = slices.DeleteFunc(slices.Clone(f.Prices), func(x catalog.Price) bool { return x.ID == id })
	case "devices":
		f.Devices = slices.DeleteFunc(slices.Clone(f.Devices), func(x catalog.Device) bool { return x.ID == id })
	}
	p.session.Edit("Listed figure", func(s calc.Scenario) calc.Scenario { return s.WithFacts(f) })
	p.shell.Toast("The case uses the listed figure again", p.session.Undo)
}

// ask shows the form: a field for each figure and the reason, which becomes the source.
func (p *Page) ask(title string, figures []*figure, done func(reason string)) {
	c := p.shell.Canvas()
	if c == nil {
		return
	}
	body := ui.Column(12)
	for _, f := range figures {
		f.field = ui.NewField("", nil)
		if f.value != nil {
			f.field.Replace(strconv.FormatFloat(*f.value, 'f', -1, 64))
		}
		body.Add(ui.Column(4, ui.NewText(ui.BodyStrong, f.label), f.field))
	}
	reason := ui.NewField("", nil)
	reason.SetPlaceholder("Quote by mail, 20 November, valid 90 days")
	body.Add(ui.Column(4, ui.NewText(ui.BodyStrong, "Where it comes from"), reason))
	var d *ui.Dialog
	save := func() {
		if readAll(figures, reason) {
			d.Close()
			done(strings.TrimSpace(reason.Text()))
			return
		}
		d.Refresh()
	}
	for _, f := range figures {
		f.field.OnSubmit = save
	}
	reason.OnSubmit = save
	d = ui.ShowDialog(c, 420, title, body, func(d *ui.Dialog) []fyne.CanvasObject {
		return []fyne.CanvasObject{
			ui.NewButton(ui.Outline, "Cancel", d.Close).WithKey("Esc"),
			ui.NewButton(ui.Main, "Use it in this case", save).WithKey("Enter"),
		}
	})
	c.Focus(figures[0].field.Focusable())
}

// readAll reads every field, says what is wrong beside it, and gives the figures their values if nothing is.
func readAll(figures []*figure, reason *ui.Field) bool {
	values := make([]*float64, len(figures))
	ok := true
	for i, f := range figures {
		text := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(f.field.Text()), "$"))
		v, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", ""), 64)
		f.field.SetProblem("")
		switch {
		case text == "" && f.empty:
		case err != nil || v < 0 || v > 1e9:
			f.field.SetProblem("Type an amount in dollars, such as 1.90.")
			ok = false
		default:
			values[i] = &v
		}
	}
	reason.SetProblem("")
	if strings.TrimSpace(reason.Text()) == "" {
		reason.SetProblem("Say where it comes from, so that others can check it.")
		ok = false
	}
	if ok {
		for i, f := range figures {
			f.set(values[i])
		}
	}
	return ok
}
