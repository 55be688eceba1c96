package whatif

import (
	"context"
	"fmt"
	"math"
	"slices"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// goal asks what one answer would have to be for an outcome to reach a number.
type goal struct {
	page    *page
	path    string
	pick    *ui.Button
	outcome *ui.Select
	target  *ui.Field
	unit    calc.Unit
	find    *ui.Button
	halt    *ui.Button
	state   *ui.Working

	now    *ui.Text // what the outcome is without any change
	answer *ui.Text
	more   *ui.Text
	try    *ui.Button
	view   *fyne.Container

	cancel context.CancelFunc
	found  calc.Solution
	laid   bool
}

// outcomes are what can be fixed, beside the cost of each route.
var outcomes = []struct {
	id, title string
	unit      calc.Unit
}{
	{"monthly_usd", "the cheapest route to cost, a month", calc.UnitUSDMonth},
	{"usd_per_successful_call", "a successful call to cost", calc.UnitUSD},
	{"break_even_calls", "renting or owning to pay from, calls a month", calc.UnitCalls},
	{"payback_months", "renting or owning to be paid back within, months", calc.UnitMonths},
}

func newGoal(p *page) *goal {
	g := &goal{page: p, unit: calc.UnitUSDMonth}
	g.pick = ui.NewButton(ui.Outline, "Choose", g.choose).WithAfter(ui.IconDown).Titled("What would have to change")
	g.outcome = ui.NewSelect(nil, "", func(id string) { g.setUnit(); g.target.Replace(""); g.forgetAnswer() })
	g.target = ui.NewField("", func(string) { g.forgetAnswer() })
	g.target.OnSubmit = g.start
	g.find = ui.NewButton(ui.Outline, "Find it", g.start).WithIcon(ui.IconSearch)
	g.halt = ui.NewButton(ui.Quiet, "Cancel", g.stop).Small()
	g.state = ui.NewWorking()
	g.halt.Hide()
	g.state.Hide()
	g.now = ui.NewText(ui.Caption, "").In(ui.ColorInk3)
	g.answer = ui.NewText(ui.Finding, "").Wrapped()
	g.more = ui.NewText(ui.Body, "").In(ui.ColorInk2).Wrapped()
	g.try = ui.NewButton(ui.Outline, "Try it on the sliders", g.tryIt)
	question := ui.Column(8,
		ui.NewText(ui.PanelTitle, "What would have to change?"),
		ui.NewText(ui.Secondary, "Fix an outcome and let one answer be found for it. All other answers stay as they are on the sliders.").In(ui.ColorInk2).Wrapped())
	line := func(o fyne.CanvasObject) fyne.CanvasObject { return ui.Fixed(0, 32, o) } // all on one line of the sentence
	asked := ui.Wrap(8, 8, line(ui.NewText(ui.Body, "What would")), line(g.pick), line(ui.NewText(ui.Body, "have to be for")), line(g.outcome), ui.Fixed(170, 0, g.target))
	g.view = ui.Inset(20, margin, 20, margin, ui.NarrowColumn(760, ui.Column(18, question, ui.Column(6, asked, g.now), ui.Row(8, g.find, g.halt), g.state, g.answer, g.more, ui.Row(0, g.try))))
	g.showAnswer()
	return g
}

// choose opens the search for the answer to be found.
func (g *goal) choose() {
	pickInput(g.page.shell, "Which answer may change?", continuous(g.page.session.Scenario()), func(string) string { return "" }, g.use)
}

// use takes an input as the one to be found.
func (g *goal) use(path string) {
	in := calc.InputAt(path)
	if in.Kind != calc.Number {
		g.page.shell.Toast(in.Label+" is a whole number; a sweep shows each of its values.", nil)
		return
	}
	g.laid = true
	g.path = path
	g.pick.SetWords(format.Lowered(in.Label))
	g.offer()
	g.forgetAnswer()
}

// offer lists the outcomes: the general ones, and the cost of each route that has one.
func (g *goal) offer() {
	var options []ui.Choice
	for _, o := range outcomes {
		options = append(options, ui.Choice{ID: o.id, Title: o.title})
	}
	if a, _, _ := g.page.trial.assessment(); a != nil {
		for _, r := range a.Routes {
			if r.Monthly != nil && r.Feasible {
				options = append(options, ui.Choice{ID: r.ID, Title: r.Label + " to cost, a month"})
			}
		}
	}
	chosen := g.outcome.Chosen()
	if !slices.ContainsFunc(options, func(o ui.Choice) bool { return o.ID == chosen }) {
		chosen = outcomes[0].id
	}
	g.outcome.SetOptions(options, chosen)
	g.setUnit()
	g.view.Refresh()
}

// setUnit reads the target in the unit of the outcome.
func (g *goal) setUnit() {
	g.unit = calc.UnitUSDMonth
	for _, o := range outcomes {
		if o.id == g.outcome.Chosen() {
			g.unit = o.unit
		}
	}
	hint := "$5,000"
	switch g.unit {
	case calc.UnitUSD:
		hint = "$0.005"
	case calc.UnitCalls:
		hint = "500k"
	case calc.UnitMonths:
		hint = "24"
	}
	g.target.SetPlaceholder(hint)
	g.now.SetText(g.nowWords())
	g.view.Refresh()
}

// nowWords say what the outcome is as things stand, where the assessment holds it.
func (g *goal) nowWords() string {
	a, _, _ := g.page.trial.assessment()
	if a == nil {
		return ""
	}
	r := a.Route(g.outcome.Chosen())
	if r == nil {
		r = a.Route(a.Verdict.Route)
	}
	switch {
	case r == nil || r.Monthly == nil:
		return ""
	case g.unit == calc.UnitUSDMonth:
		return "It is " + g.outcomeWords(&r.Monthly.Likely) + " a month now, with " + r.Label + "."
	case g.unit == calc.UnitUSD && r.PerCall != nil:
		return "It is " + g.outcomeWords(&r.PerCall.Likely) + " now, with " + r.Label + "."
	}
	return ""
}

// asked describes the target as an input, so that it is read and written as every other number.
func (g *goal) asked() *calc.Input {
	return &calc.Input{Path: "target", Label: "Target", Kind: calc.Number, Unit: g.unit, Min: 0, Max: 1e12}
}

// shown offers the calls and the cost where nothing is chosen yet.
func (g *goal) shown() {
	if !g.laid {
		g.use("workload.calls_per_month")
	}
	g.offer()
}

// start looks for the answer.
func (g *goal) start() {
	s := g.page.trial.scenario()
	v, err := calc.ParseEntry(g.asked(), g.target.Text(), calc.EntryOptionsOf(s))
	studies, can := g.page.session.Assessor().(studies)
	switch {
	case g.path == "" || !can:
		return
	case err != nil:
		g.target.SetProblem(format.Sentence(err.Error()))
	case v.Null || calc.Unsure(g.target.Text()) || !v.Number.IsExact():
		g.target.SetProblem("Give one number here.")
	default:
		g.target.SetProblem("")
	}
	g.view.Refresh()
	if g.target.Problem() != "" {
		return
	}
	g.stop()
	ctx, cancel := context.WithCancel(context.Background())
	g.cancel = cancel
	path, outcome, target, today := g.path, g.outcome.Chosen(), v.Number.Likely, g.page.session.Now()
	ui.SetShown(g.halt, true)
	ui.SetShown(g.state, true)
	g.state.Say("Trying values of "+format.Lowered(calc.InputAt(path).Label)+" …", -1)
	g.view.Refresh()
	session.Work(ctx, g.page.session, func(ctx context.Context) (calc.Solution, error) {
		return studies.Solve(ctx, s, path, outcome, target, today)
	}, func(sol calc.Solution, err error) {
		g.stop()
		if err != nil {
			g.answer.SetText("")
			g.more.SetText(format.Sentence(ui.Reason(err)))
			return
		}
		g.found = sol
		g.showAnswer()
	})
}

// stop ends a search that is under way.
func (g *goal) stop() {
	if g.cancel != nil {
		g.cancel()
		g.cancel = nil
	}
	ui.SetShown(g.halt, false)
	ui.SetShown(g.state, false)
	g.view.Refresh()
}

// forget begins anew: another case is open.
func (g *goal) forget() {
	g.laid, g.path = false, ""
	g.target.Replace("")
	g.forgetAnswer()
}

// outdate takes an answer away that belongs to other answers of the case.
func (g *goal) outdate() { g.forgetAnswer() }

func (g *goal) forgetAnswer() {
	g.stop()
	g.found = calc.Solution{}
	g.target.SetProblem("")
	g.showAnswer()
}

// outcomeWords writes a value of the outcome.
func (g *goal) outcomeWords(v *float64) string {
	if v == nil {
		return "none"
	}
	return quantity(g.asked(), *v, figure.CurrencyOf(g.page.session.Scenario()))
}

// showAnswer says what was found, and what it does there; or honestly that no value does.
func (g *goal) showAnswer() {
	ui.SetShown(g.try, g.found.Found)
	g.answer.SetText("")
	g.more.SetText("")
	if g.found.Path != "" {
		g.answer.SetText(g.finding())
		g.more.SetText(g.around())
	}
	g.view.Refresh()
}

func (g *goal) finding() string {
	sol, in, cur := g.found, calc.InputAt(g.found.Path), figure.CurrencyOf(g.page.session.Scenario())
	if !sol.Found {
		return fmt.Sprintf("No value of %s in its range does", format.Lowered(in.Label))
	}
	return fmt.Sprintf("%s would have to be %s, now %s", in.Label, quantity(in, *sol.Value, cur), quantity(in, sol.Now, cur))
}

// around says what the outcome is near what was found, or between which ends it was sought.
func (g *goal) around() string {
	sol, in, cur := g.found, calc.InputAt(g.found.Path), figure.CurrencyOf(g.page.session.Scenario())
	if !sol.Found {
		return fmt.Sprintf("Looked from %s to %s. The outcome is %s at the one end, %s at the other, and %s now.",
			quantity(in, sol.From, cur), quantity(in, sol.To, cur), g.outcomeWords(sol.OutcomeFrom), g.outcomeWords(sol.OutcomeTo), g.outcomeWords(sol.OutcomeNow))
	}
	at, before := sol.OutcomeAt, sol.OutcomeBefore
	switch {
	case at == nil || before == nil:
		return fmt.Sprintf("There it goes from %s to %s. It is %s now.", g.outcomeWords(before), g.outcomeWords(at), g.outcomeWords(sol.OutcomeNow))
	case math.Abs(*at-*before) > 0.01*math.Max(math.Abs(*at), math.Abs(*before)):
		return fmt.Sprintf("There the outcome steps from %s to %s, since devices are bought and rented whole; %s itself is never reached. It is %s now.",
			g.outcomeWords(before), g.outcomeWords(at), g.outcomeWords(&sol.Target), g.outcomeWords(sol.OutcomeNow))
	}
	return fmt.Sprintf("The outcome is %s there, and %s now. It is the nearest such value; all other answers stay.", g.outcomeWords(at), g.outcomeWords(sol.OutcomeNow))
}

// tryIt puts what was found on its slider.
func (g *goal) tryIt() {
	if !g.found.Found {
		return
	}
	path, v := g.found.Path, *g.found.Value
	g.page.trial.setAll([]string{path}, []float64{v})
	g.page.choose(partSliders)
	g.page.addPath(path)
}
