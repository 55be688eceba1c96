package setups

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// The views of the tab.
const (
	viewOwn    = "own"
	viewSearch = "search"
	viewBudget = "budget"
)

// Searcher finds set-ups; *calc.Assessor is one.
type Searcher interface {
	Setups(ctx context.Context, s calc.Scenario, q calc.SetupQuery, today time.Time, tell calc.Progress) (*calc.SetupSearch, error)
	Budget(ctx context.Context, s calc.Scenario, usd float64, today time.Time, tell calc.Progress) (*calc.BudgetSearch, error)
}

var _ Searcher = (*calc.Assessor)(nil)

// view is one part of the tab. It is told when it comes into view and of every change while it is there.
type view interface {
	content() fyne.CanvasObject
	show()
}

// Page is the tab.
type Page struct {
	session *session.Session
	shell   *ui.Shell

	body   *fyne.Container
	tabs   *ui.SegmentedTabs
	host   *fyne.Container
	views  map[string]view
	own    *ownView
	search *searchView
	budget *budgetView
	seen   bool
}

// New returns the tab of a session.
func New(s *session.Session, shell *ui.Shell) *Page {
	p := &Page{session: s, shell: shell}
	p.tabs = ui.NewTabs([]ui.Tab{
		{ID: viewOwn, Title: "How it feels"}, {ID: viewSearch, Title: "Cheapest set-ups"}, {ID: viewBudget, Title: "Most calls for a budget"},
	}, func(string) { p.update() })
	p.own, p.search, p.budget = newOwnView(p), newSearchView(p), newBudgetView(p)
	p.views = map[string]view{viewOwn: p.own, viewSearch: p.search, viewBudget: p.budget}
	p.host = container.NewStack()
	p.body = container.New(pageLayout{}, ui.Inset(8, margin, 0, margin, p.tabs), p.host)
	s.OnChange(p.heard)
	return p
}

// Title implements ui.Page.
func (p *Page) Title() string { return "Set-ups" }

// Content implements ui.Page.
func (p *Page) Content() fyne.CanvasObject { return p.body }

// Shown implements ui.Page.
func (p *Page) Shown() {
	p.seen = true
	p.update()
}

// Hidden implements ui.Hider.
func (p *Page) Hidden() { p.seen = false }

// GoTo implements ui.Goer: one of the views, by its id.
func (p *Page) GoTo(place string) {
	if p.views[place] != nil {
		p.tabs.Select(place)
		p.update()
	}
}

// TypedKey answers keys while nothing has the focus.
func (p *Page) TypedKey(e *fyne.KeyEvent) {
	switch p.tabs.Current() {
	case viewOwn:
		if e.Name == fyne.KeyC {
			p.own.copyCommand()
		}
	case viewSearch:
		p.search.key(e)
	case viewBudget:
		p.budget.detail.key(e)
	}
}

// heard follows the session. Out of sight nothing is worked out.
func (p *Page) heard(e session.Event) {
	switch e.Kind {
	case session.ScenarioChanged, session.CaseOpened:
		p.search.scenarioChanged()
		p.budget.scenarioChanged(e.Kind == session.CaseOpened)
	case session.AssessmentChanged:
	default:
		return
	}
	if p.seen {
		p.update()
	}
}

// update shows the newest state of what is in view.
func (p *Page) update() {
	v := p.views[p.tabs.Current()]
	if o := v.content(); len(p.host.Objects) != 1 || p.host.Objects[0] != o {
		p.host.Objects = []fyne.CanvasObject{o}
		p.host.Refresh()
	}
	v.show()
}

// searcher is what finds set-ups; nil where the session's assessor does not.
func (p *Page) searcher() Searcher {
	s, _ := p.session.Assessor().(Searcher)
	return s
}

// currency is the case's.
func (p *Page) currency() format.Currency {
	s := p.session.Scenario()
	return figure.CurrencyOf(s)
}

// use puts the case on a set-up, as one step of undo.
func (p *Page) use(o *calc.SetupOption) {
	before := p.session.Scenario()
	p.session.LeaveField()
	p.session.Edit("Use "+o.Label, o.Use)
	if p.session.Scenario().Equal(before) {
		p.shell.Toast("The case is on this set-up already.", nil)
		return
	}
	p.shell.Toast("The case is now on "+o.Label+".", p.session.Undo)
}

// keep saves the case on a set-up as a new case beside the open one.
func (p *Page) keep(o *calc.SetupOption) {
	s := o.Use(p.session.Scenario()).With("name", calc.Str(named(p.session.Name(), o.Label)))
	if _, err := p.session.KeepAs(s); err != nil {
		p.session.Notify(session.Notice{Text: "The new case could not be saved. Free some space or check the folder, and try again.", Err: err})
		return
	}
	p.shell.Toast("Kept as “"+s.Name()+"” in the library.", nil)
}

// mostName is how long a case's name may be.
const mostName = 200

// named is a case's name with the set-up after it.
func named(name, setup string) string {
	r := []rune(name + ", " + setup)
	return string(r[:min(len(r), mostName)])
}

// The tab's measures at 100 %.
const (
	margin    = 24
	sideWidth = 360
)

// pageLayout lays the tab's own tabs above the view.
type pageLayout struct{}

func (pageLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(ui.Scaled(320), 200) }

func (pageLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	y := o[0].MinSize().Height
	ui.Place(o[0], 0, 0, s.Width, y)
	ui.Place(o[1], 0, y, s.Width, s.Height-y)
}

// sideLayout sets a side panel beside the main part, or below it where the window is narrow for the size of its text.
type sideLayout struct{}

// stackBelow is the width at 100 % under which the panel stands below.
const stackBelow = 780

func (sideLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(320, 200) }

func (sideLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	switch {
	case !o[1].Visible():
		ui.Place(o[0], 0, 0, s.Width, s.Height)
	case s.Width < ui.Scaled(stackBelow):
		top := s.Height * 0.5
		ui.Place(o[0], 0, 0, s.Width, top)
		ui.Place(o[1], 0, top, s.Width, s.Height-top)
	default:
		side := min(sideWidth*min(ui.Scale(), 1.3), s.Width*0.42)
		ui.Place(o[0], 0, 0, s.Width-side, s.Height)
		ui.Place(o[1], s.Width-side, 0, side, s.Height)
	}
}
