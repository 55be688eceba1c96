package whatif

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// outcome is the answer to what is tried: the verdict and the figure of cost, which follow every move, and the chances
// and the tornado, which follow at rest.
type outcome struct {
	page     *page
	headline *ui.Text
	saved    *ui.Text
	working  *ui.Text
	bar      *ui.ChanceBar
	barTitle *ui.Text
	barWords *ui.Text
	cost     *pane
	tornado  *pane
	stack    *fyne.Container
	least    float32 // the height that the stack needed when it was laid out last
	view     *container.Scroll
}

func newOutcome(p *page) *outcome {
	o := &outcome{page: p}
	o.headline = ui.NewText(ui.Finding, "").Wrapped()
	o.saved = ui.NewText(ui.Secondary, "").In(ui.ColorInk2).Wrapped()
	o.working = ui.NewText(ui.Secondary, "").In(ui.ColorInk3)
	o.bar = ui.NewChanceBar(10)
	o.barTitle = ui.NewText(ui.Secondary, "").In(ui.ColorInk2).Wrapped()
	o.barWords = ui.NewText(ui.Caption, "").In(ui.ColorInk3).Wrapped()
	o.cost = newPane(p.session, p.shell, fyne.NewSize(ui.Scaled(280), ui.Scaled(190)), explainCost).withActions()
	o.tornado = newPane(p.session, p.shell, fyne.NewSize(ui.Scaled(280), ui.Scaled(190)), explainTornado).withActions()
	o.tornado.Trim = func(f *figure.Figure, _ float32) { f.Columns = nil } // the triangles on the sliders say where it flips
	head := container.New(&outcomeHead{}, ui.Column(2, o.headline, o.saved, o.working), ui.Column(4, o.barTitle, o.bar, o.barWords))
	o.stack = container.New(&figuresLayout{gap: 18}, head, o.cost.View, o.tornado.View)
	o.view = ui.Scroll(ui.Inset(16, margin, 20, margin, o.stack))
	return o
}

// show shows the newest answer and says what of it is still on its way.
func (o *outcome) show() {
	t := o.page.trial
	a, cost, settled := t.assessment()
	if a == nil {
		return
	}
	saved, state := o.page.session.Assessment()
	o.headline.SetText(a.Verdict.Headline)
	o.saved.SetText(o.savedWords(saved))
	switch {
	case t.count() > 0 && t.err != nil:
		o.working.SetText(format.Sentence(ui.Reason(t.err)) + " What stands here belongs to the answers before.")
	case !settled && (t.count() > 0 || state.Computing != session.Idle):
		o.working.SetText("Ranges, chances and flips follow …")
	default:
		o.working.SetText("")
	}
	ui.SetShown(o.working, o.working.Words() != "")
	o.showChances(a)
	if t.count() == 0 {
		cost = describeCost(a, a, figure.BuildOptions{Currency: figure.CurrencyOf(o.page.session.Scenario())})
	}
	if cost.err != nil || len(cost.fig.Layers) > 0 {
		o.cost.View.SetTitle(cost.fig.Title, "monthly cost by calls a month, "+o.currency()+", both scales log")
		o.cost.Set(cost.fig, cost.err)
	}
	if settled {
		o.showTornado(a)
	}
	if least := ui.HeightAt(o.stack, o.stack.Size().Width); least != o.least {
		o.least = least // the words take another number of lines
		o.stack.Refresh()
	}
}

func (o *outcome) currency() string {
	if code := o.page.session.Scenario().Text("currency.code"); code != "" {
		return code
	}
	return "USD"
}

func (o *outcome) showTornado(a *calc.Assessment) {
	fig, err := figure.Build("tornado", a, figure.BuildOptions{Currency: figure.CurrencyOf(o.page.session.Scenario())})
	title := fig.Title
	if err != nil {
		title = figure.Name("tornado")
	}
	o.tornado.View.SetTitle(title, "how much cheaper the verdict is than another kind, "+o.currency()+" a month")
	o.tornado.Set(fig, err)
}

// savedWords say what the case itself answers.
func (o *outcome) savedWords(a *calc.Assessment) string {
	if a == nil {
		return ""
	}
	if o.page.trial.count() == 0 {
		return "Your saved answer. Move a slider to try another one; the case does not change."
	}
	r := a.Route(a.Verdict.Route)
	if r == nil || r.Monthly == nil {
		return "Saved answer: no route is left."
	}
	words := "Saved answer: " + r.Label + ", " + figure.CurrencyOf(o.page.session.Scenario()).Money(r.Monthly.Likely) + " a month"
	if chance, known := a.KindChance(); known {
		words += ", " + chanceOf(chance)
	}
	return words + "."
}

// showChances shows how often each kind is the cheapest; while it is not yet known the bar is empty.
func (o *outcome) showChances(a *calc.Assessment) {
	if a.Draws == 0 {
		o.barTitle.SetText("Cheapest, of 100")
		o.barWords.SetText("…")
		o.bar.SetShares()
		return
	}
	o.barTitle.SetText("Cheapest, of 100 · " + a.Verdict.Confidence + " confidence")
	kinds := slices.Clone(figure.KindOrder)
	slices.SortStableFunc(kinds, func(x, y calc.RouteKind) int {
		switch d := a.Verdict.ChanceByKind[x] - a.Verdict.ChanceByKind[y]; {
		case d > 0:
			return -1
		case d < 0:
			return 1
		}
		return 0
	})
	var shares []ui.Share
	var words []string
	for _, k := range kinds {
		if p := a.Verdict.ChanceByKind[k]; p > 0 {
			shares = append(shares, ui.Share{Kind: string(k), Share: p})
			words = append(words, figure.KindNames[k]+"\u00a0"+strings.ReplaceAll(strings.TrimSuffix(format.Chance(p), " %"), " ", "\u00a0"))
		}
	}
	o.bar.SetShares(shares...)
	o.barWords.SetText(strings.Join(words, " · "))
}

func explainCost() []paragraph {
	return []paragraph{
		{words: "Every line is worked out anew for what the sliders say: whole servers and replicas for the busiest hour, every token of every attempt for an API. Dotted lines are your saved answer, drawn only where it differs."},
		{title: "While a slider moves", words: "The lines are the likely values. Bands follow when the slider rests: between their edges lie 8 of 10 futures."},
	}
}

func explainTornado() []paragraph {
	return []paragraph{
		{words: "Each bar moves one answer from the low end of its range to the high end and leaves all others at what the sliders say."},
		{title: "What is measured", formula: "cheapest route of another kind − the verdict's route, dollars a month", words: "Beyond zero the verdict changes."},
	}
}

// outcomeHead sets the sentence at the left and the chances at the right, or below it where there is no room.
type outcomeHead struct{ width float32 }

func (l *outcomeHead) side(width float32) (float32, bool) {
	side := min(ui.Scaled(260), width*0.36)
	return side, width-side-24 < ui.Scaled(280)
}

// HeightAt implements ui.FlowLayout.
func (l *outcomeHead) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	side, stacked := l.side(width)
	if stacked {
		return ui.HeightAt(o[0], width) + 10 + ui.HeightAt(o[1], width)
	}
	return max(ui.HeightAt(o[0], width-side-24), ui.HeightAt(o[1], side))
}

func (l *outcomeHead) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(ui.Scaled(240), l.HeightAt(o, max(l.width, ui.Scaled(240))))
}

func (l *outcomeHead) Layout(o []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	side, stacked := l.side(s.Width)
	if stacked {
		h := ui.HeightAt(o[0], s.Width)
		ui.Place(o[0], 0, 0, s.Width, h)
		ui.Place(o[1], 0, h+10, s.Width, ui.HeightAt(o[1], s.Width))
		return
	}
	ui.Place(o[0], 0, 0, s.Width-side-24, ui.HeightAt(o[0], s.Width-side-24))
	ui.Place(o[1], s.Width-side, 4, side, ui.HeightAt(o[1], side))
}

// legendWords say what the marks on the sliders mean, from the verdicts that they turn to.
func legendWords(a *calc.Assessment) string {
	var kinds []string
	for _, f := range a.Verdict.Flips {
		if r := a.Route(f.Becomes); r != nil && !slices.Contains(kinds, turnsTo[r.Kind]) {
			kinds = append(kinds, turnsTo[r.Kind])
		}
	}
	if len(kinds) == 1 {
		return fmt.Sprintf("the verdict turns to %s here", kinds[0])
	}
	return "the verdict turns here, to the route of that colour"
}
