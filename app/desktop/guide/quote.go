package guide

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

// quotePart is the offer that a person holds for a price: a link to enter one, the form, or what it says and how long
// it stands.
type quotePart struct {
	w    *ways
	link *ui.Button
	form *quoteForm // while it is being entered
	view *fyne.Container
}

func newQuotePart(w *ways) *quotePart {
	p := &quotePart{w: w, view: ui.Column(8)}
	p.link = ui.NewButton(ui.Link, wordsHaveQuote, p.open).Styled(ui.Secondary)
	p.view.Hide()
	return p
}

func (p *quotePart) refresh() {
	quote, held := p.w.q.scenario().Quote(p.w.in.Path)
	ui.SetShown(p.link, p.form == nil && !held)
	ui.SetShown(p.view, p.form != nil || held)
	if p.form != nil {
		return // what is being typed stays
	}
	p.view.Objects = nil
	if held {
		p.view.Objects = []fyne.CanvasObject{p.w.q.page.quoteLine(quote, p.open, p.remove)}
	}
	p.view.Refresh()
}

// open shows the form with what is known.
func (p *quotePart) open() {
	p.form = newQuoteForm(p)
	p.view.Objects = []fyne.CanvasObject{p.form.view}
	p.refresh()
	p.w.q.relay()
	p.w.q.page.foot.refresh()
	p.w.q.page.focusOn(p.form.first().Focusable())
	p.w.q.reveal(p.form.view)
}

// close leaves the form.
func (p *quotePart) close() {
	p.form = nil
	p.refresh()
	p.w.q.relay()
	p.w.q.page.foot.refresh()
	p.w.q.focus()
}

// keep gives the amount as the answer with where it comes from, as one step of undo.
func (p *quotePart) keep(v calc.Value, typed string, quote calc.Quote) {
	page, in := p.w.q.page, p.w.in
	undo := page.wayBack(in)
	page.session.Edit(quoteStep(in), func(s calc.Scenario) calc.Scenario {
		return s.With(in.Path, v).WithTyped(in.Path, typed).WithQuote(quote)
	})
	p.close()
	page.shell.Toast(quoteKept(quote), undo)
}

// remove takes the quote away; its amount stays as the person's own.
func (p *quotePart) remove() {
	page, in := p.w.q.page, p.w.in
	quote, _ := p.w.q.scenario().Quote(in.Path)
	undo := page.wayBack(in)
	page.session.Edit(quoteRemovedStep(in), func(s calc.Scenario) calc.Scenario { return s.WithoutQuote(in.Path) })
	p.w.q.focus()
	page.shell.Toast(quoteRemoved(quote), undo)
}

// wayBack brings the answer and the quote of an input back to what they are now, whatever else changes until then.
func (p *Page) wayBack(in *calc.Input) func() {
	before := p.session.Scenario()
	return func() {
		p.session.Edit(quoteBackStep(in), func(s calc.Scenario) calc.Scenario {
			v, given := before.Given(in.Path)
			if !given {
				return s.Without(in.Path)
			}
			s = s.With(in.Path, v).WithTyped(in.Path, before.Typed(in.Path))
			if quote, held := before.Quote(in.Path); held {
				return s.WithQuote(quote)
			}
			return s.WithoutQuote(in.Path)
		})
	}
}

// quoteLine says who offers a price and how long, loudly where it no longer stands.
func (p *Page) quoteLine(quote calc.Quote, edit, remove func()) fyne.CanvasObject {
	days, dated := quote.DaysLeft(p.session.Now())
	expired := quote.Expired(p.session.Now())
	link := func(words, name string, press func()) fyne.CanvasObject {
		return ui.NewButton(ui.Link, words, press).Styled(ui.Secondary).Titled(name)
	}
	if expired {
		body := ui.Column(4,
			ui.NewText(ui.BodyStrong, quoteExpired(quote, -days)).In(ui.ColorWarning).Wrapped(),
			ui.NewText(ui.Body, quoteExpiredAdvice(quote)).Wrapped(),
			ui.Inset(0, 0, 0, -4, ui.Row(12, link(wordsNewQuote, wordsNewQuote, edit), link(wordsRemove, wordsRemoveQuote, remove))))
		return ui.On(ui.ColorWarningGround, 6, ui.Pad(10, 14, hanging(24, ui.NewSizedIcon(ui.IconWarning, ui.ColorWarning, 14), body)))
	}
	row := ui.Wrap(8, 4, ui.NewBadge(string(catalog.Yours)), ui.NewText(ui.Body, quoteFrom(quote)))
	if dated {
		row.Add(ui.NewText(ui.Body, quoteStands(quote, days)).In(ui.ColorInk2))
	}
	column := ui.Column(2, row)
	if quote.Note != "" {
		column.Add(ui.NewText(ui.Secondary, quote.Note).In(ui.ColorInk2).Wrapped())
	}
	column.Add(ui.Inset(0, 0, 0, -4, ui.Row(12, link(wordsEdit, wordsEditQuote, edit), link(wordsRemove, wordsRemoveQuote, remove))))
	return column
}

// quoteForm asks for an offer: how much, from whom, of when, until when.
type quoteForm struct {
	part                                *quotePart
	amount, supplier, date, until, note *ui.Field
	view                                fyne.CanvasObject
}

func newQuoteForm(p *quotePart) *quoteForm {
	f := &quoteForm{part: p}
	page, in := p.w.q.page, p.w.in
	s := page.session.Scenario()
	field := func(unit, placeholder string) *ui.Field {
		x := ui.NewField(unit, nil)
		x.SetPlaceholder(placeholder)
		x.OnSubmit, x.OnEscape = f.submit, p.close
		return x
	}
	f.amount = field(unitWords[in.Unit], amountExample(in, page.entryOptions()))
	f.supplier, f.date = field("", wordsSupplierExample), field("", wordsDateExample)
	f.until, f.note = field("", wordsUntilExample), field("", wordsNoteExample)
	f.date.Replace(ui.Here().Day(page.session.Now().Format(time.DateOnly)))
	if _, given := s.Given(in.Path); given {
		f.amount.Replace(page.answerText(in))
	}
	if quote, held := s.Quote(in.Path); held {
		f.supplier.Replace(quote.Supplier)
		f.date.Replace(ui.Here().Day(quote.Date))
		f.until.Replace(ui.Here().Day(quote.ValidUntil))
		f.note.Replace(quote.Note)
	}
	part := func(title string, x *ui.Field) fyne.CanvasObject {
		return ui.Column(4, ui.NewText(ui.Secondary, title).In(ui.ColorInk2), x)
	}
	body := ui.Column(12,
		ui.NewText(ui.BodyStrong, quoteTitle(in)),
		ui.Columns(16, part(wordsAmount, f.amount), part(wordsSupplier, f.supplier)),
		ui.Columns(16, part(wordsQuoteDate, f.date), part(wordsQuoteUntil, f.until)),
		part(wordsQuoteNote, f.note),
		ui.Row(10, ui.NewButton(ui.Main, wordsKeepQuote, f.submit).WithKey("Enter").Small(), ui.NewButton(ui.Quiet, wordsCancel, p.close).WithKey("Esc").Small()))
	f.view = ui.On(ui.ColorPanel, 6, ui.Pad(14, 16, body))
	return f
}

// first is the field to begin with: the first one that is empty.
func (f *quoteForm) first() *ui.Field {
	for _, x := range []*ui.Field{f.amount, f.supplier, f.date, f.until} {
		if x.Text() == "" {
			return x
		}
	}
	return f.amount
}

// submit keeps the quote, or says beside each field what is wrong with it and goes to the first such field.
func (f *quoteForm) submit() {
	page, in := f.part.w.q.page, f.part.w.in
	amount, amountProblem := f.readAmount(page, in)
	quote, problems := f.read(in)
	f.amount.SetProblem(amountProblem)
	var wrong *ui.Field
	for _, x := range []struct {
		field *ui.Field
		words string
	}{{f.amount, amountProblem}, {f.supplier, problems["supplier"]}, {f.date, problems["date"]}, {f.until, problems["valid_until"]}, {f.note, problems["note"]}} {
		x.field.SetProblem(x.words)
		if x.words != "" && wrong == nil {
			wrong = x.field
		}
	}
	if wrong != nil {
		f.part.w.q.relay()
		page.focusOn(wrong.Focusable())
		return
	}
	f.part.keep(amount, strings.TrimSpace(f.amount.Text()), quote)
}

func (f *quoteForm) readAmount(page *Page, in *calc.Input) (v calc.Value, problem string) {
	text := f.amount.Text()
	if calc.Unsure(text) {
		return v, wordsNoAmount
	}
	v, err := calc.ParseEntry(in, text, page.entryOptions())
	if err != nil {
		return v, format.Sentence(err.Error())
	}
	return v, ""
}

// read makes a quote of the fields; problems are by the key of the file.
func (f *quoteForm) read(in *calc.Input) (calc.Quote, map[string]string) {
	problems := map[string]string{}
	quote := calc.Quote{Path: in.Path, Supplier: strings.TrimSpace(f.supplier.Text()), Note: strings.TrimSpace(f.note.Text())}
	var err error
	if quote.Date, err = calc.ParseDay(f.date.Text()); err != nil {
		problems["date"] = format.Sentence(err.Error())
	}
	if quote.ValidUntil, err = calc.ParseValidity(quote.Date, f.until.Text()); err != nil {
		problems["valid_until"] = format.Sentence(err.Error())
	}
	for _, x := range quote.Check() {
		if problems[x.Path] == "" {
			problems[x.Path] = quoteProblem(x)
		}
	}
	return quote, problems
}
