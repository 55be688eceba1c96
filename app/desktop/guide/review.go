package guide

import (
	"fmt"
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
	r.column.Objects = []fyne.CanvasObject{ui.Column(8, ui.NewText(ui.Question, "Is this how it is?").Wrapped(), ui.NewText(ui.Body, r.summary()).In(ui.ColorInk2).Wrapped())}
	if stale := r.stale(); stale != nil {
		r.column.Add(stale)
	}
	for _, step := range calc.Steps {
		if part := r.stepPart(step); part != nil {
			r.column.Add(part)
		}
	}
	r.column.Refresh()
	r.scroll.Content.Refresh()
	r.scroll.Refresh()
}

// summary counts what is the person's own and what is assumed.
func (r *review) summary() string {
	s := r.page.session.Scenario()
	own, assumed, guesses := 0, 0, 0
	for i := range calc.Inputs {
		in := &calc.Inputs[i]
		if in.Step == "" || !in.Relevant(s) {
			continue
		}
		if _, ok := s.Given(in.Path); ok {
			own++
			continue
		}
		assumed++
		if in.Evidence == catalog.Speculation {
			guesses++
		}
	}
	return fmt.Sprintf("%s yours, %d stand at their default, %d of those with no published source. Press a row to change it.", answers(own), assumed, guesses)
}

func answers(n int) string {
	if n == 1 {
		return "1 answer is"
	}
	return fmt.Sprintf("%d answers are", n)
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
		row := table(30, columns{widths: []float32{0, 130, 84}, drop: []int{1}},
			ui.NewText(ui.Body, x.What).Cut(), ui.NewText(ui.Body, x.Value).Right().Cut(), ui.Row(0, ui.Spring(), ui.NewAgeBadge(x.AgeDays)))
		rows.Add(ui.NewPressable(ui.Pad(2, 8, row), func() { r.page.shell.Go(ui.PageFacts, x.Table) }))
	}
	return ui.Column(6, ends(ui.NewText(ui.PanelTitle, "Facts to check again"), ui.NewText(ui.Caption, "oldest first").In(ui.ColorInk3)),
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
		_, given := s.Given(in.Path)
		if in.Expert && !given {
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
	evidence, ink := string(in.Evidence), ui.ColorInk3
	if given {
		evidence, ink = string(catalog.Yours), ui.ColorInk
	}
	var mark fyne.CanvasObject = ui.Row(0)
	if p.turning()[in.Path] {
		mark = ui.NewSizedIcon(ui.IconSwap, ui.ColorInk2, 12)
	}
	row := table(30, columns{widths: []float32{0, 14, 220, 92}, drop: []int{1}},
		ui.NewText(ui.Body, in.Label).Cut(), mark, ui.NewText(ui.Body, long(in, s, p)).In(ink).Right().Cut(), ui.Row(0, ui.Spring(), ui.NewBadge(evidence)))
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
			return "from the catalogue"
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
