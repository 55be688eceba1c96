package whatif

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// mapPage is the Win map tab: which route wins over two answers, and how surely.
type mapPage struct {
	session *session.Session
	shell   *ui.Shell
	trial   *trial

	inView bool
	stale  bool // the map does not belong to the case as it is
	x, y   string
	mine   bool // the person chose the axes
	m      *calc.WinMap
	of     calc.Scenario // what m belongs to
	cancel context.CancelFunc

	title   *ui.Text
	caption *ui.Text
	tools   *fyne.Container
	state   *ui.Working
	halt    *ui.Button
	again   *ui.Button
	note    *ui.Text
	pane    *pane
	view    *mapView
	side    *fyne.Container
	across  *ui.Button
	up      *ui.Button
	body    *container.Scroll
}

var (
	_ ui.Page  = (*mapPage)(nil)
	_ ui.Goer  = (*mapPage)(nil)
	_ ui.Hider = (*mapPage)(nil)
)

func newMapPage(s *session.Session, shell *ui.Shell, t *trial) *mapPage {
	p := &mapPage{session: s, shell: shell, trial: t, stale: true}
	p.title = ui.NewText(ui.Finding, "Who wins where").Wrapped()
	p.caption = ui.NewText(ui.Secondary, "").In(ui.ColorInk3).Wrapped()
	p.pane = newPane(s, shell, fyne.NewSize(grown(300), grown(240)), explainMap)
	p.view = newMapView(p.pane, shell)
	p.view.words, p.view.chosen, p.view.opened = p.cellWords, func(cell) { p.showSide() }, p.try
	p.tools = ui.Row(2, ui.NewIconButton(ui.IconFormula, "Explain this figure", p.pane.explained),
		ui.NewIconButton(ui.IconCopy, "Copy the numbers", p.pane.copy), ui.NewIconButton(ui.IconImport, "Save this figure", p.pane.save))
	p.state, p.note = ui.NewWorking(), ui.NewText(ui.Secondary, "").In(ui.ColorInk2).Wrapped()
	p.halt = ui.NewButton(ui.Quiet, "Cancel", p.stop).Small()
	p.again = ui.NewButton(ui.Outline, "Draw the map", p.run).Small()
	for _, o := range []fyne.CanvasObject{p.state, p.halt, p.again, p.note} {
		o.Hide()
	}
	head := ui.Column(4, ui.Ends(10, p.title, p.tools), p.caption, ui.Row(8, ui.Grow(p.state), p.halt), p.note, ui.Row(0, p.again))
	main := ui.Inset(16, margin, 16, margin, ui.Headed(0, ui.Inset(0, 0, 10, 0, head), p.view))
	p.across = ui.NewButton(ui.Outline, "", func() { p.choose(true) }).WithAfter(ui.IconDown).Titled("Across")
	p.up = ui.NewButton(ui.Outline, "", func() { p.choose(false) }).WithAfter(ui.IconDown).Titled("Up")
	p.side = ui.Column(12)
	p.body = ui.Scroll(container.New(besideLayout{}, main, ui.SidePanel(sideWidth, ui.Scroll(ui.Pad(16, 24, p.side)))))
	s.OnChange(p.heard)
	return p
}

// Title implements ui.Page.
func (p *mapPage) Title() string { return "Win map" }

// Content implements ui.Page.
func (p *mapPage) Content() fyne.CanvasObject { return p.body }

// Shown implements ui.Page.
func (p *mapPage) Shown() {
	p.inView = true
	p.follow()
}

// Hidden implements ui.Hider: a map that nobody sees is not worked out.
func (p *mapPage) Hidden() {
	p.inView = false
	if p.cancel != nil {
		p.stop()
		p.stale = true
	}
}

// GoTo implements ui.Goer: the input of a path goes up the map.
func (p *mapPage) GoTo(path string) {
	if !slices.ContainsFunc(continuous(p.session.Scenario()), func(in *calc.Input) bool { return in.Path == path }) {
		return
	}
	p.chooseAxes()
	if path == p.x {
		p.x = p.y
	}
	p.y, p.mine = path, true
	p.run()
}

// heard follows the session. What is only said of the case, such as its name, leaves the map as it is.
func (p *mapPage) heard(e session.Event) {
	switch e.Kind {
	case session.CaseOpened:
		p.stop()
		p.m, p.mine, p.stale = nil, false, true
		p.view.set(nil)
		p.pane.Set(figure.Figure{}, nil)
	case session.ScenarioChanged:
		if len(e.Paths) == 1 && slices.Contains([]string{"name", "notes", "tags"}, e.Paths[0]) {
			return
		}
		p.stop()
		p.stale = true
	case session.AssessmentChanged:
		if p.inView {
			p.follow()
		}
	}
}

// follow draws the map of the newest answers, once they are worked out.
func (p *mapPage) follow() {
	a, state := p.session.Assessment()
	if a != nil && state.Computing == session.Idle && state.Err == nil && p.stale {
		p.run()
		return
	}
	p.showSide()
}

func (p *mapPage) chooseAxes() {
	if a, _ := p.session.Assessment(); a != nil && !p.mine {
		p.x, p.y = a.MapAxes()
	}
}

// choose opens the search for an axis.
func (p *mapPage) choose(across bool) {
	other := p.x
	title := "What goes up the map?"
	if across {
		other, title = p.y, "What goes across the map?"
	}
	pickInput(p.shell, title, continuous(p.session.Scenario()), func(path string) string {
		if path == other {
			return "is on the other axis"
		}
		return ""
	}, func(path string) {
		p.mine = true
		if across {
			p.x = path
		} else {
			p.y = path
		}
		p.run()
	})
}

func (p *mapPage) swap() {
	p.x, p.y, p.mine = p.y, p.x, true
	p.run()
}

// run works the map out. The one before stays until the new one is there.
func (p *mapPage) run() {
	studies, ok := p.session.Assessor().(studies)
	if !ok {
		return
	}
	p.chooseAxes()
	p.stop()
	ctx, cancel := context.WithCancel(context.Background())
	p.cancel, p.stale = cancel, false
	s, x, y, today := p.session.Scenario(), p.x, p.y, p.session.Now()
	ui.SetShown(p.again, false)
	ui.SetShown(p.note, false)
	ui.SetShown(p.state, true)
	ui.SetShown(p.halt, true)
	p.state.Say(wordsMapping, 0)
	p.showSide()
	tell := progress(ctx, p.shell.Run.Do, func(share float64) { p.state.Say(wordsMapping, share) })
	session.Work(ctx, p.session, func(ctx context.Context) (*calc.WinMap, error) {
		return studies.WinMap(ctx, s, x, y, today, tell)
	}, func(m *calc.WinMap, err error) {
		p.stop()
		if err != nil {
			p.say(format.Sentence(ui.Reason(err)))
			return
		}
		p.m, p.of = m, s
		p.showMap()
	})
}

const wordsMapping = "Finding the winner at each place of the map …"

// say puts words, and the way to try again, in place of progress.
func (p *mapPage) say(words string) {
	p.note.SetText(words)
	ui.SetShown(p.note, true)
	ui.SetShown(p.again, true)
	p.body.Refresh()
}

// stop ends a map that is under way.
func (p *mapPage) stop() {
	running := p.cancel != nil
	if running {
		p.cancel()
		p.cancel = nil
	}
	ui.SetShown(p.state, false)
	ui.SetShown(p.halt, false)
	if running && p.m == nil && p.inView {
		p.say("The map was not finished.")
	}
	p.body.Refresh()
}

// showMap shows the newest map.
func (p *mapPage) showMap() {
	a, _ := p.session.Assessment()
	fig, err := figure.Build("win-map", a, figure.BuildOptions{Currency: figure.CurrencyOf(p.of), WinMap: p.m})
	if err == nil {
		p.title.SetText(fig.Title)
		p.caption.SetText(fig.Subtitle)
	}
	ui.SetShown(p.note, false)
	ui.SetShown(p.again, false)
	p.pane.Set(fig, err)
	p.view.set(p.m)
	p.showSide()
	p.body.Refresh()
}

// cellValues are the values of a cell with the digits that a map can mean.
func (p *mapPage) cellValues(c cell) []float64 {
	return []float64{format.ThreeDigits(p.m.XValues[c.i]), format.ThreeDigits(p.m.YValues[c.j])}
}

func (p *mapPage) cellAxes() []calc.SweepAxis {
	return []calc.SweepAxis{{Path: p.m.X}, {Path: p.m.Y}}
}

// placeWords say where a cell lies: "2 M calls, output price $0.90".
func (p *mapPage) placeWords(c cell) string {
	cur := figure.CurrencyOf(p.of)
	return at(calc.InputAt(p.m.X), p.m.XValues[c.i], cur) + ", " + at(calc.InputAt(p.m.Y), p.m.YValues[c.j], cur)
}

// winnerWords say who wins in a cell, what it costs and how sure it is.
func (p *mapPage) winnerWords(c cell) string {
	a, _ := p.session.Assessment()
	route := p.m.Routes[c.j][c.i]
	if route == "" || p.m.USD[c.j][c.i] == nil {
		return "No route passes your rules"
	}
	return fmt.Sprintf("%s, %s a month, %s", routeName(a, route), figure.CurrencyOf(p.of).Money(*p.m.USD[c.j][c.i]), chanceOf(p.m.Chance[c.j][c.i]))
}

func (p *mapPage) cellWords(c cell) []string {
	return []string{"At " + p.placeWords(c), p.winnerWords(c)}
}

// try opens a cell on the sliders.
func (p *mapPage) try(c cell) {
	p.trial.setAll([]string{p.m.X, p.m.Y}, p.cellValues(c))
	p.shell.Go(ui.PageResults, TabWhatIf+"/"+p.m.X)
}

// keep saves a cell as a case.
func (p *mapPage) keep(c cell) {
	s := calc.SweepScenario(p.of, p.cellAxes(), p.cellValues(c))
	keepScenario(p.session, p.shell, named(p.session, s, []string{p.m.X, p.m.Y}), func() {})
}

func explainMap() []paragraph {
	return []paragraph{
		{words: "At every place of a grid both answers are set, all others stay at their likely value, set-ups are chosen anew, and the cheapest route that passes your rules takes the place."},
		{title: "Colour and depth", words: "The colour is the kind of route that wins. The depth is the share of futures, drawn from the ranges of all other answers, in which that kind is the cheapest: where a colour is pale, the border may lie elsewhere."},
		{title: "You are here", words: "The mark is your answer. Where you gave a range, its arms reach from the tenth to the ninetieth part in a hundred."},
	}
}
