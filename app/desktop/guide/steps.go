package guide

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/calc"
)

// stepList is the left of the page: the six steps, and the questions of the open one with their answers.
type stepList struct {
	page   *Page
	column *fyne.Container
	scroll *container.Scroll
	view   fyne.CanvasObject
	shows  string // what the rows say, so that they are made anew only where that changed
}

func newStepList(p *Page) *stepList {
	l := &stepList{page: p, column: ui.Column(0)}
	l.scroll = ui.Scroll(ui.Inset(16, 8, 8, 12, l.column))
	l.view = container.New(listLayout{}, l.scroll, ui.Inset(8, 12, 12, 20, legend()))
	return l
}

// legend says what the marks before the questions mean.
func legend() fyne.CanvasObject {
	line := func(icon ui.Glyph, c fyne.ThemeColorName, words string) fyne.CanvasObject {
		return ui.Row(10, ui.Fixed(12, 0, ui.NewSizedIcon(icon, c, 11)), ui.Grow(ui.NewText(ui.Caption, words).In(ui.ColorInk3).Cut()))
	}
	return ui.Column(2, line(ui.IconPencil, ui.ColorAccent, wordsByYou), line(ui.IconDot, ui.ColorInk3, wordsDefault),
		line(ui.IconSwap, ui.ColorInk2, wordsCanChange))
}

// listRow is one row of the list before it is drawn.
type listRow struct {
	eight    bool // the way to the essential questions alone
	step     calc.Step
	in       *calc.Input
	text     string
	given    bool
	turns    bool
	current  bool
	more     bool
	number   int
	finished bool
}

func (l *stepList) refresh() {
	rows := l.rows()
	if shows := fmt.Sprintf("%v %v", rows, ui.Scale()); shows == l.shows {
		return
	} else {
		l.shows = shows
	}
	l.column.Objects = nil
	for _, r := range rows {
		l.column.Add(l.draw(r))
	}
	l.scroll.Refresh()
}

func (l *stepList) rows() []listRow {
	p, pl := l.page, l.page.plan()
	turning := p.turning()
	n, of := p.answeredEssentials()
	rows := []listRow{{eight: true, text: fmt.Sprintf("%d of %d", n, of), current: p.brief && p.question != nil, finished: n == of}}
	for i, step := range calc.Steps {
		open := step == p.step()
		rows = append(rows, listRow{step: step, number: i + 1, current: open, text: p.stepWords(step), finished: p.finished(step)})
		if !open || step == calc.StepReview {
			continue
		}
		for _, in := range pl.asked(step) {
			rows = append(rows, listRow{step: step, in: in, text: p.shortAnswer(in), given: p.answered(in),
				turns: turning[in.Path], current: in.Path == p.place})
		}
		if n := pl.hidden(step); n > 0 {
			rows = append(rows, listRow{step: step, more: true, text: moreQuestions(n)})
		} else if p.more[step] {
			rows = append(rows, listRow{step: step, more: true, text: wordsFewer})
		}
	}
	return rows
}

func (l *stepList) draw(r listRow) fyne.CanvasObject {
	p := l.page
	switch {
	case r.eight:
		return l.drawEight(r)
	case r.more:
		return ui.Inset(4, 0, 8, 22, ui.Row(0, ui.NewButton(ui.Link, r.text, func() { p.showMore(r.step) }).Styled(ui.Secondary)))
	case r.in == nil:
		return l.drawStep(r)
	}
	icon, tint, ink := ui.IconDot, ui.ColorInk3, ui.ColorInk3
	if r.given {
		icon, tint, ink = ui.IconPencil, ui.ColorAccent, ui.ColorInk
	}
	size := float32(7)
	if r.given {
		size = 11
	}
	style := ui.Secondary
	if r.current {
		style = ui.Style{Size: ui.Secondary.Size, Line: ui.Secondary.Line, Bold: true}
		if !r.given {
			ink = ui.ColorInk2 // third ink is too faint on the accent's ground
		}
	}
	label := ui.NewText(style, r.in.Label).Cut()
	var mark fyne.CanvasObject = ui.Row(0)
	if r.turns {
		mark = ui.NewSizedIcon(ui.IconSwap, ui.ColorInk2, 11)
	}
	row := ui.NewPressable(container.New(listRowLayout{}, ui.NewSizedIcon(icon, tint, size), label, mark, ui.NewText(style, r.text).In(ink).Cut()),
		func() { p.open(r.in.Path); p.focus() })
	row.SetChosen(r.current)
	return row
}

// drawEight is the row that asks the essential questions alone, with how many of them are answered.
func (l *stepList) drawEight(r listRow) fyne.CanvasObject {
	p := l.page
	_, of := p.answeredEssentials()
	style := ui.Style{Size: 13, Line: 20, Bold: r.current}
	icon := ui.NewSizedIcon(ui.IconDot, ui.ColorAccent, 9)
	if r.finished {
		icon = ui.NewSizedIcon(ui.IconCheck, ui.ColorAccent, 12)
	}
	row := ui.NewPressable(container.New(stepRowLayout{}, ui.Fixed(18, 18, centred(icon)), ui.NewText(style, eightWords(of)),
		ui.NewText(ui.Caption, r.text).In(ui.ColorInk3).Cut()), p.openEssentials)
	return ui.Column(6, ui.Inset(2, 0, 2, 0, row), ui.NewHairline())
}

func (l *stepList) drawStep(r listRow) fyne.CanvasObject {
	p := l.page
	mark := newStepMark(r.number, r.current, r.finished)
	style := ui.Style{Size: 13, Line: 20, Bold: r.current}
	row := ui.NewPressable(container.New(stepRowLayout{}, mark, ui.NewText(style, string(r.step)),
		ui.NewText(ui.Caption, r.text).In(ui.ColorInk3).Cut()), func() { p.openStep(r.step) })
	return ui.Inset(2, 0, 2, 0, row)
}

// turning are the questions that can change the verdict: those with a flip, and those whose range changes it.
func (p *Page) turning() map[string]bool {
	out := map[string]bool{}
	a, _ := p.session.Assessment()
	if a == nil {
		return out
	}
	for i, f := range a.Verdict.Flips {
		if i < mostTurning {
			out[f.Input] = true
		}
	}
	for _, s := range a.Sensitivity {
		if s.ChangesWinner {
			out[s.Input] = true
		}
	}
	return out
}

// mostTurning is how many of the nearest flips are marked: beyond these a flip is too far off to matter.
const mostTurning = 6

// finished reports whether every essential question of a step has an answer of the person's own.
func (p *Page) finished(step calc.Step) bool {
	s := p.session.Scenario()
	any := false
	for i := range calc.Inputs {
		in := &calc.Inputs[i]
		if in.Step != step || in.AskedWith != "" || !in.Relevant(s) {
			continue
		}
		given := p.answered(in)
		if in.Essential && !given {
			return false
		}
		any = any || given
	}
	return any
}

// stepWords say a step's answers in a few words, while it is closed.
func (p *Page) stepWords(step calc.Step) string {
	s := p.session.Scenario()
	if step == p.step() {
		return ""
	}
	of := func(path string) string { return p.shortAnswer(calc.InputAt(path)) }
	switch step {
	case calc.StepWorkload:
		return estimate(calc.InputAt("workload.calls_per_month"), s.Likely("workload.calls_per_month"), figure.CurrencyOf(s)) + " " + unitWords[calc.UnitCalls]
	case calc.StepModel:
		return of("model")
	case calc.StepRules:
		return p.ruleWords()
	case calc.StepHardware:
		return of("deployment.device")
	case calc.StepMoney:
		return of("finance.horizon_months") + " " + unitWords[calc.UnitMonths]
	}
	return ""
}

// ruleWords names the one rule that cuts deepest.
func (p *Page) ruleWords() string {
	s := p.session.Scenario()
	switch {
	case !s.Bool("rules.data_may_leave_site"):
		return wordsDataStays
	case !s.Bool("rules.operations_staff"):
		return wordsNoServers
	case s.Text("rules.compliance") != "none":
		return s.Text("rules.compliance")
	}
	return wordsNoLimits
}
