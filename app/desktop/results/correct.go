package results

import (
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// confirm makes a fact the person's own as of today, as one step of undo.
func (p *Page) confirm(r calc.Recheck) {
	s := p.session
	if err := s.Checked(r.Table, r.ID); err != nil {
		words := "It could not be confirmed. Open it on the Facts page and check it there."
		if errors.Is(err, calc.ErrPastFact) {
			words = "This case asks for prices of a day in the past; they cannot be confirmed as of today."
		}
		s.Notify(session.Notice{Text: r.What + ": " + words, Err: err})
		return
	}
	p.shell.Toast(r.What+" is confirmed as of today.", s.Undo)
}

// correct asks for what the person found in place of a fact, or opens it where no figure of its own can be typed here.
func (p *Page) correct(v view, r calc.Recheck) {
	if r.Table == "quotes" {
		p.openFact(r)
		return
	}
	figures := v.scenario.Corrections(p.session.Catalogue(), r.Table, r.ID)
	c := p.shell.Canvas()
	if len(figures) == 0 || c == nil {
		p.openFact(r)
		return
	}
	form := newCorrection(v, r, figures)
	var d *ui.Dialog
	save := func() {
		values, ok := form.read()
		if !ok {
			d.Refresh()
			return
		}
		if err := p.session.Corrected(r.Table, r.ID, values, form.source()); err != nil {
			form.reason.SetProblem("This fact cannot be corrected here: open it on the Facts page.")
			p.session.Notify(session.Notice{Text: r.What + " could not be corrected. Open it on the Facts page.", Err: err})
			d.Refresh()
			return
		}
		d.Close()
		p.shell.Toast(r.What+" is corrected; the case now uses your figure.", p.session.Undo)
	}
	for _, f := range append(form.fields, form.reason) {
		f.OnSubmit = save
	}
	d = ui.ShowDialog(c, 440, "Correct: "+r.What, form.body, func(d *ui.Dialog) []fyne.CanvasObject {
		return []fyne.CanvasObject{
			ui.NewButton(ui.Outline, "Cancel", d.Close).WithKey("Esc"),
			ui.NewButton(ui.Main, "Use it in this case", save).WithKey("Enter"),
		}
	})
	c.Focus(form.fields[0].Focusable())
}

// openFact shows a fact on its page.
func (p *Page) openFact(r calc.Recheck) {
	if r.Table == "quotes" { // the id of a quote is the question that it answers
		p.ask(r.ID)
		return
	}
	p.shell.Go(ui.PageFacts, r.Table+"/"+r.ID)
}

// correction is the form of a fact: a field for each figure and where it was found.
type correction struct {
	figures []calc.Correction
	opt     calc.EntryOptions
	fields  []*ui.Field
	reason  *ui.Field
	body    *fyne.Container
}

func newCorrection(v view, r calc.Recheck, figures []calc.Correction) *correction {
	f := &correction{figures: figures, opt: entryOptions(v), body: ui.Column(12)}
	f.body.Add(ui.NewText(ui.Secondary, "Now "+r.Value+", as of "+ui.Here().Day(r.AsOf)+".").In(ui.ColorInk2).Wrapped())
	for _, x := range figures {
		field := ui.NewField("", nil)
		if x.Now != nil {
			field.Replace(calc.FormatEntryWith(calc.InputAt(x.Path), calc.Num(*x.Now), f.opt))
		}
		f.fields = append(f.fields, field)
		f.body.Add(ui.Column(4, ui.NewText(ui.BodyStrong, x.Label), field))
	}
	f.reason = ui.NewField("", nil)
	f.reason.SetPlaceholder("Price page of the provider, read today")
	f.body.Add(ui.Column(4, ui.NewText(ui.BodyStrong, "Where you found it"), f.reason))
	return f
}

// entryOptions is how the person writes amounts in this case.
func entryOptions(v view) calc.EntryOptions {
	opt := calc.EntryOptionsOf(v.scenario)
	opt.DecimalComma = ui.Here().DecimalComma
	return opt
}

func (f *correction) source() string { return strings.TrimSpace(f.reason.Text()) }

// read takes the figures from the fields, or says beside each what is wrong with it.
func (f *correction) read() ([]*float64, bool) {
	values := make([]*float64, len(f.fields))
	ok := true
	for i, field := range f.fields {
		field.SetProblem("")
		text := strings.TrimSpace(field.Text())
		if text == "" && f.figures[i].Empty {
			continue
		}
		v, problem := f.amount(f.figures[i].Path, text)
		if problem != "" {
			field.SetProblem(problem)
			ok = false
			continue
		}
		values[i] = &v
	}
	f.reason.SetProblem("")
	if f.source() == "" {
		f.reason.SetProblem("Say where you found it, so that others can check it.")
		ok = false
	}
	return values, ok
}

// amount reads one amount above zero in the case's currency.
func (f *correction) amount(path, text string) (float64, string) {
	in := calc.InputAt(path)
	if text == "" {
		return 0, "Type an amount, such as 1.90."
	}
	v, err := calc.ParseEntry(in, text, f.opt)
	switch {
	case err != nil:
		return 0, format.Capital(err.Error()) + "."
	case v.Null, v.Number.Likely <= 0, !v.Number.IsExact():
		return 0, "Type one amount above zero, such as 1.90."
	}
	return v.Number.Likely, ""
}
