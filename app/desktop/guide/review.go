package guide

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/ui"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

// review is the last step: every answer by step with what it rests on, and the facts that have grown old.
type review struct {
	page   *Page
	column *fyne.Container
	scroll *container.Scroll
}

func newReview(p *Page) *review {
	r := &review{page: p, column: ui.Column(20)}
	r.scroll = ui.Scroll(ui.Inset(4, margin, 24, margin, ui.NarrowColumn(middleMost+80, r.column)))
	return r
}

func (r *review) refresh() {
	r.column.Objects = []fyne.CanvasObject{ui.Column(8, ui.NewText(ui.Question, wordsReview).Wrapped(), ui.NewText(ui.Body, r.summary()).In(ui.ColorInk2).Wrapped())}
	if drafts := r.drafts(); drafts != nil {
		r.column.Add(drafts)
	}
	if odd := r.odd(); odd != nil {
		r.column.Add(odd)
	}
	if expired := r.expired(); expired != nil {
		r.column.Add(expired)
	}
	if next := r.worthAnswering(); next != nil {
		r.column.Add(next)
	}
	if stale := r.stale(); stale != nil {
		r.column.Add(stale)
	}
	for _, step := range calc.Steps {
		if part := r.stepPart(step); part != nil {
			r.column.Add(part)
		}
	}
	r.scroll.Refresh()
}

// summary counts what is the person's own and what is assumed.
func (r *review) summary() string {
	p := r.page
	s := p.session.Scenario()
	own, assumed, guesses := 0, 0, 0
	for i := range calc.Inputs {
		in := &calc.Inputs[i]
		if in.Step == "" || !in.Relevant(s) {
			continue
		}
		if _, ok := p.own(in); ok {
			own++
			continue
		}
		assumed++
		if in.Evidence == catalog.Speculation {
			guesses++
		}
	}
	return reviewWords(own, assumed, guesses)
}

// drafts lists what was typed and could not be taken.
func (r *review) drafts() fyne.CanvasObject {
	p, rows := r.page, ui.Column(0)
	for i := range calc.Inputs {
		in := &calc.Inputs[i]
		if d, held := p.draftOf(in); held {
			rows.Add(r.remark(in, draftWords(in, d)+" "+p.stillUsing(in)))
		}
	}
	return r.remarks(wordsNotUnderstood, rows)
}

// odd lists the answers that lie far outside what is known.
func (r *review) odd() fyne.CanvasObject {
	p, rows := r.page, ui.Column(0)
	for i := range calc.Inputs {
		in := &calc.Inputs[i]
		if !in.Relevant(p.session.Scenario()) {
			continue
		}
		if words := p.cautionOf(in); words != "" {
			rows.Add(r.remark(in, in.Label+", "+long(in, p.session.Scenario(), p)+": "+words))
		}
	}
	return r.remarks(wordsLookAgain, rows)
}

// remark is a sentence about one answer; pressed, it opens the question.
func (r *review) remark(in *calc.Input, words string) fyne.CanvasObject {
	return ui.NewPressable(ui.Pad(5, 8, hanging(20, ui.NewSizedIcon(ui.IconWarning, ui.ColorInk2, 12),
		ui.NewText(ui.Body, words).Wrapped())), func() { r.page.GoTo(in.Path) })
}

// remarks are such sentences under a title, nil where there are none.
func (r *review) remarks(title string, rows *fyne.Container) fyne.CanvasObject {
	if len(rows.Objects) == 0 {
		return nil
	}
	return ui.Column(6, ui.NewText(ui.PanelTitle, title), ui.Inset(0, 0, 0, -8, rows))
}

// mostWorth is how many questions are named as worth an answer.
const mostWorth = 4

// worthAnswering lists the defaults that can change the verdict, nearest flip first: the questions whose answer tells
// most.
func (r *review) worthAnswering() fyne.CanvasObject {
	p := r.page
	a, _ := p.session.Assessment()
	if a == nil {
		return nil
	}
	var paths []string
	for i, f := range a.Verdict.Flips {
		if i < mostTurning {
			paths = append(paths, f.Input)
		}
	}
	for _, x := range a.Sensitivity {
		if x.ChangesWinner {
			paths = append(paths, x.Input)
		}
	}
	s := p.session.Scenario()
	rows, n := ui.Column(0), 0
	for i, path := range paths {
		in := calc.LookupInput(path)
		if in == nil || slices.Contains(paths[:i], path) || n == mostWorth {
			continue
		}
		if _, given := s.Given(path); !given && in.Relevant(s) {
			rows.Add(r.row(in, false))
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return ui.Column(6, ui.NewText(ui.PanelTitle, wordsWorth), ui.NewText(ui.Secondary, wordsWorthWhy).In(ui.ColorInk2).Wrapped(), ui.Inset(0, 0, 0, -8, rows))
}

// expired lists the quotes that no longer stand.
func (r *review) expired() fyne.CanvasObject {
	p := r.page
	rows := ui.Column(8)
	for _, quote := range p.session.Scenario().Quotes() {
		if !quote.Expired(p.session.Now()) {
			continue
		}
		in := calc.InputAt(quote.Path)
		rows.Add(p.quoteLine(quote, func() { p.GoTo(in.Path) }, func() {
			undo := p.wayBack(in)
			p.session.Edit(quoteRemovedStep(in), func(s calc.Scenario) calc.Scenario { return s.WithoutQuote(in.Path) })
			p.shell.Toast(quoteRemoved(quote), undo)
		}))
	}
	if len(rows.Objects) == 0 {
		return nil
	}
	return rows
}

// stale lists the facts to check again before money is spent, the oldest first.
func (r *review) stale() fyne.CanvasObject {
	a, _ := r.page.session.Assessment()
	if a == nil {
		return nil
	}
	list := slices.DeleteFunc(slices.Clone(a.Verdict.Recheck), func(x calc.Recheck) bool { return x.AgeDays <= staleAfterDays })
	if len(list) == 0 {
		return nil
	}
	slices.SortStableFunc(list, func(x, y calc.Recheck) int { return y.AgeDays - x.AgeDays })
	rows := ui.Column(0)
	for _, x := range list {
		row := ui.TableColumns{Widths: []float32{0, 196, 84}, Drop: []int{1}}.Row(30,
			ui.NewText(ui.Body, x.What).Wrapped(), ui.NewText(ui.Body, x.Value).Right().Wrapped(), ui.Row(0, ui.Spring(), ui.NewAgeBadge(x.AgeDays)))
		rows.Add(ui.NewPressable(ui.Pad(2, 8, row), func() { r.page.shell.Go(ui.PageFacts, x.Table) }))
	}
	return ui.Column(6, ui.Ends(10, ui.NewText(ui.PanelTitle, wordsStale), ui.NewText(ui.Caption, wordsOldest).In(ui.ColorInk3)),
		ui.Inset(0, 0, 0, -8, rows))
}

// staleAfterDays is the age from which a fact is called out.
const staleAfterDays = 30

// stepPart lists the answers of one step.
func (r *review) stepPart(step calc.Step) fyne.CanvasObject {
	p := r.page
	s := p.session.Scenario()
	rows := ui.Column(0)
	for i := range calc.Inputs {
		in := &calc.Inputs[i]
		if in.Step != step || !in.Relevant(s) {
			continue
		}
		_, given := p.own(in)
		if in.Expert && !given && in.Path != "name" {
			continue
		}
		rows.Add(r.row(in, given))
	}
	if len(rows.Objects) == 0 {
		return nil
	}
	return ui.Column(6, ui.NewText(ui.PanelTitle, string(step)), ui.Inset(0, 0, 0, -8, rows))
}

func (r *review) row(in *calc.Input, given bool) fyne.CanvasObject {
	p := r.page
	s := p.session.Scenario()
	badge, ink := ui.NewBadge(string(in.Evidence)), ui.ColorInk3
	if given {
		badge, ink = ui.NewBadge(string(catalog.Yours)), ui.ColorInk
	}
	if quote, held := s.Quote(in.Path); held && quote.Expired(p.session.Now()) {
		badge = ui.NewWarningBadge(wordsExpired)
	}
	rests := ui.Row(0, ui.Spring(), badge)
	if in.Path == "name" && !given {
		rests = ui.Row(0, ui.Spring(), ui.NewText(ui.Caption, wordsSuggested).In(ui.ColorInk3))
	}
	var mark fyne.CanvasObject = ui.Row(0)
	if p.turning()[in.Path] {
		mark = ui.NewSizedIcon(ui.IconSwap, ui.ColorInk2, 12)
	}
	row := ui.TableColumns{Widths: []float32{0, 14, 240, 92}, Drop: []int{1}}.Row(30,
		ui.NewText(ui.Body, in.Label).Wrapped(), mark, ui.NewText(ui.Body, long(in, s, p)).In(ink).Right().Wrapped(), rests)
	return ui.NewPressable(ui.Pad(2, 8, row), func() { p.GoTo(in.Path) })
}

// long writes an answer with all its digits, and its name where it is a row of the catalogue.
func long(in *calc.Input, s calc.Scenario, p *Page) string {
	v := s.Value(in.Path)
	switch in.Kind {
	case calc.Number, calc.Integer:
		if words, ok := zeroMeans[in.Path]; ok && !v.Null && v.Number.Likely == 0 {
			return words
		}
		if v.Null {
			return wordsFromCatalogue
		}
		words := calc.FormatEntryWith(in, v, p.entryOptions())
		if unit := unitWords[in.Unit]; unit != "" {
			words += " " + unit
		}
		return words
	case calc.Bool, calc.Choice:
		return calc.FormatEntry(in, v)
	}
	return p.shortAnswer(in)
}
