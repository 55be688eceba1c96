package guide

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/calc"
)

// newStart is what a case without answers shows: a ready workload to begin with, or the eight questions.
func newStart(p *Page) *container.Scroll {
	n := len((plan{scenario: p.session.Scenario()}).essentials())
	column := ui.Column(20,
		ui.Column(8, ui.NewText(ui.Question, wordsDecide).Wrapped(),
			ui.NewText(ui.Body, startWords(n)).In(ui.ColorInk2).Wrapped()),
		ui.Row(8, ui.NewButton(ui.Main, startButton(n), p.startQuestions).WithKey("Enter")),
		ui.NewHairline(),
		ui.NewText(ui.PanelTitle, wordsOrTemplate),
		ui.Inset(0, 0, 0, -12, templateRows(p)))
	return ui.Scroll(ui.Inset(4, margin, 24, margin, ui.NarrowColumn(middleMost, column)))
}

// startQuestions asks the essential questions alone.
func (p *Page) startQuestions() {
	p.brief = true
	p.open(p.plan().all()[0].Path)
	p.focus()
}

func templateRows(p *Page) fyne.CanvasObject {
	rows := ui.Column(2)
	for _, t := range calc.Templates {
		s := t.Scenario()
		side := ui.NewText(ui.Secondary, short(calc.InputAt("model"), calc.Str(s.Text("model")), p.session.CaseCatalogue(), figure.CurrencyOf(s))).In(ui.ColorInk3)
		words := ui.Column(0, ui.NewText(ui.BodyStrong, t.Label), ui.NewText(ui.Secondary, t.Description).In(ui.ColorInk2).Wrapped())
		rows.Add(ui.NewPressable(ui.Pad(8, 12, ui.Ends(10, words, side)), func() { p.startFrom(t) }))
	}
	return rows
}

// startFrom fills the case with a template's answers, as one step of undo.
func (p *Page) startFrom(t calc.Template) {
	p.session.Edit(startStep(t), func(s calc.Scenario) calc.Scenario {
		to := t.Scenario()
		if name := s.Name(); name != "" {
			to = to.With("name", calc.Str(name))
		}
		return to
	})
	p.open(p.plan().all()[0].Path)
	p.focus()
}
