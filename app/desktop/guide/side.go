package guide

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/chart"
	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// side is the live answer beside the question: the verdict now, how sure it is, what each route costs, and what
// this question does to it.
type side struct {
	page    *Page
	head    *fyne.Container
	verdict *fyne.Container
	stands  *ui.Text // which answers stand while others are typed
	routes  *fyne.Container
	cost    *chart.Chart
	doing   *fyne.Container
	column  *fyne.Container
	scroll  *container.Scroll
	view    fyne.CanvasObject

	shown *calc.Assessment // what the parts were made from
	drawn string           // what is said below the title of the figure
}

func newSide(p *Page) *side {
	s := &side{page: p, head: ui.Column(6), verdict: ui.Column(6), routes: ui.Column(0), doing: ui.Column(0),
		stands: ui.NewText(ui.Secondary, "").In(ui.ColorInk2).Wrapped()}
	s.stands.Hide()
	s.cost = chart.New(fyne.NewSize(ui.Scaled(200), ui.Scaled(190)), p.shell.Run)
	s.cost.Transparent = true
	s.cost.Drew = s.showDrawn
	s.column = ui.Column(18, ui.Column(8, s.head, s.stands, s.verdict), s.routes, s.doing, s.cost.View)
	s.scroll = ui.Scroll(ui.Inset(16, 24, 24, 24, s.column))
	s.view = ui.On(ui.ColorPanel, 0, s.scroll)
	return s
}

// refresh shows the latest assessment. Before the first one it says what is going on.
func (s *side) refresh() {
	a, state := s.page.session.Assessment()
	s.showHead(state)
	cur := figure.CurrencyOf(s.page.session.Scenario())
	s.verdict.Objects, s.routes.Objects = nil, nil
	if state.Err != nil {
		s.verdict.Add(hanging(20, ui.NewSizedIcon(ui.IconWarning, ui.ColorWarning, 13),
			ui.NewText(ui.Body, wordsCannotWork+firstLine(state.Err.Error())).In(ui.ColorWarning).Wrapped()))
	}
	if a != nil {
		s.showVerdict(a)
		s.showRoutes(a, cur)
		s.describe(a, cur)
	}
	ui.SetShown(s.cost.View, a != nil && s.cost.Has())
	s.showDrawn()
	ui.SetShown(s.routes, len(s.routes.Objects) > 0)
	s.stand()
	s.showEffect()
}

// stand says quietly which answers stand although something else is typed that cannot be taken.
func (s *side) stand() {
	s.stands.SetText(strings.Join(s.page.standing(), " "))
	ui.SetShown(s.stands, s.stands.Words() != "")
}

// showStanding says it in view.
func (s *side) showStanding() {
	s.stand()
	s.scroll.Refresh()
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return format.Sentence(line)
}

func (s *side) showHead(state session.State) {
	p := s.page
	words := wordsAnswerSoFar
	switch state.Computing {
	case session.ComputeBase:
		words = wordsWorkingBase
	case session.ComputeFull:
		words = wordsWorkingRanges
	}
	link := ui.NewButton(ui.Link, wordsResults, func() { p.shell.Go(ui.PageResults, "") }).WithAfter(ui.IconRight).Styled(ui.Secondary)
	right := ui.Row(12, link)
	if p.layout != nil && p.layout.over && p.layout.narrow() {
		right = ui.Row(12, link, ui.NewButton(ui.Outline, wordsBackToQuestion, func() { p.showAnswer(false) }).Small())
	}
	s.head.Objects = []fyne.CanvasObject{ui.Ends(10, ui.NewText(ui.Secondary, words).In(ui.ColorInk3).Cut(), right)}
	s.head.Refresh()
}

// showVerdict is the verdict as a sentence and the chance of each kind of route.
func (s *side) showVerdict(a *calc.Assessment) {
	v := a.Verdict
	s.verdict.Add(ui.NewText(ui.SideVerdict, held(v.Headline)).Wrapped())
	if v.Route == "" || a.Draws == 0 {
		return
	}
	var bar []ui.Share
	var words []string
	for _, k := range figure.KindOrder {
		if c := v.ChanceByKind[k]; c > 0 {
			bar = append(bar, ui.Share{Kind: string(k), Share: c})
			words = append(words, figure.KindNames[k]+" "+format.Chance(min(1, c)))
		}
	}
	chance, _ := a.KindChance() // futures were drawn and a route is left: it is known
	s.verdict.Add(ui.Inset(4, 0, 0, 0, besideOrBelow(
		ui.NewSpans(ui.Secondary, ui.Span{Text: wordsCheapestIn}, ui.Span{Text: fmt.Sprintf("%.0f of 100", chance*100), Strong: true, Color: ui.ColorInk}, ui.Span{Text: wordsFutures}).In(ui.ColorInk2).Cut(),
		ui.NewText(ui.Secondary, format.Capital(v.Confidence)+" confidence").In(ui.ColorInk2))))
	s.verdict.Add(ui.NewChanceBar(10, bar...))
	s.verdict.Add(ui.NewText(ui.Caption, strings.Join(words, " · ")).In(ui.ColorInk3).Wrapped())
}

// describe draws up the figure of monthly cost.
func (s *side) describe(a *calc.Assessment, cur format.Currency) {
	if a == s.shown {
		return
	}
	s.shown = a
	fig, err := figure.Build("monthly-cost", a, figure.BuildOptions{Currency: cur})
	s.cost.Set(fig, err)
}

// showDrawn says for which volume the figure is drawn, or that it is being drawn anew: what is shown until then belongs
// to an answer before.
func (s *side) showDrawn() {
	words := wordsRedrawing
	if _, state := s.page.session.Assessment(); state.Computing != session.ComputeBase {
		if _, _, drawn := s.cost.Layout(); drawn || !s.cost.Has() {
			words = drawnFor(s.page.session.Scenario())
		}
	}
	if s.drawn != words {
		s.drawn = words
		s.cost.View.SetTitle(wordsCostFigure, words)
	}
}
