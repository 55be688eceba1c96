package results

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

// The tabs of the page, by the place that Shell.Go takes.
const (
	TabAnswer      = "answer"
	TabMemory      = "memory"
	TabCosts       = "costs"
	TabAssumptions = "assumptions"
	TabNumbers     = "numbers"
	TabNext        = "next"
)

// Part is a tab that another package makes. It follows the session by itself; Shown is called each time it comes
// into view; where it is a ui.Hider it is told when it leaves it. Where it is a ui.Goer it is told the rest of a place that begins with its id: "whatif/model".
type Part struct {
	ID, Title string
	Make      func() ui.Page
}

// tab is one part of the page. It is built when it is first shown, and told of every new assessment while it is
// in view.
type tab interface {
	content() fyne.CanvasObject
	show(v view)
}

// view is what the tabs show: the latest assessment, whether it is final, and the case's currency.
type view struct {
	a        *calc.Assessment
	state    session.State
	cur      format.Currency
	scenario calc.Scenario
	per      string // what amounts of routes are shown for
}

// shown is what a tab was filled with: one that is opened again with nothing new is left as it is.
type shown struct {
	a         *calc.Assessment
	computing session.Phase
	cur       format.Currency
	per       string
}

func shownOf(v view) shown { return shown{v.a, v.state.Computing, v.cur, v.per} }

// Page is the Results page.
type Page struct {
	session *session.Session
	shell   *ui.Shell
	build   Builder

	parts   []Part
	order   []string           // of all tabs
	opened  map[string]ui.Page // parts that were in view before
	showing ui.Page            // the part in view, nil while none is
	body    *fyne.Container    // banner, tabs and the tab in view
	banner  *banner
	tabs    *ui.SegmentedTabs
	host    *fyne.Container
	made    map[string]tab
	filled  map[string]shown // what each made tab shows
	full    *fullView        // the figure at full size, nil while a tab is in view
	stale   bool             // something changed while the page was out of sight
	shownAt string           // the settings' page when this one came into view
}

// New returns the page of a session; parts stand between the answer and the memory.
func New(s *session.Session, shell *ui.Shell, parts ...Part) *Page {
	p := &Page{session: s, shell: shell, build: figure.Build, made: map[string]tab{}, filled: map[string]shown{}, stale: true,
		parts: parts, opened: map[string]ui.Page{}}
	tabs := []ui.Tab{{ID: TabAnswer, Title: "Answer"}}
	for _, part := range parts {
		tabs = append(tabs, ui.Tab{ID: part.ID, Title: part.Title})
	}
	tabs = append(tabs, ui.Tab{ID: TabMemory, Title: "Memory"}, ui.Tab{ID: TabCosts, Title: "Cost lines"},
		ui.Tab{ID: TabAssumptions, Title: "Assumptions"}, ui.Tab{ID: TabNumbers, Title: "All numbers"}, ui.Tab{ID: TabNext, Title: "Next steps"})
	for _, t := range tabs {
		p.order = append(p.order, t.ID)
	}
	p.tabs = ui.NewTabs(tabs, func(string) { p.openTab() }).Wraps()
	p.banner = newBanner(p)
	p.host = container.NewStack()
	p.body = container.New(pageLayout{}, ui.TabBar(ui.Pad(0, margin, p.tabs)), p.banner.box, p.host)
	s.OnChange(p.heard)
	return p
}

// Title implements ui.Page.
func (p *Page) Title() string { return "Results" }

// Content implements ui.Page.
func (p *Page) Content() fyne.CanvasObject { return p.body }

// Shown implements ui.Page.
func (p *Page) Shown() {
	p.shownAt = p.session.Settings().Page
	if p.stale || len(p.host.Objects) == 0 {
		p.update()
	}
	if p.showing != nil {
		p.showing.Shown()
	}
}

// Hidden implements ui.Hider: the part in view is told, and a tab that is large to keep lets go what it can gather
// again.
func (p *Page) Hidden() {
	if t, ok := p.made[TabNumbers].(*numbersTab); ok && len(p.host.Objects) == 1 && p.host.Objects[0] == t.content() {
		t.release()
		delete(p.filled, TabNumbers)
		p.stale = true
	}
	if h, ok := p.showing.(ui.Hider); ok {
		h.Hidden()
	}
}

// GoTo implements ui.Goer: a tab, or a figure to show at full size.
func (p *Page) GoTo(place string) {
	id, rest, _ := strings.Cut(place, "/")
	if slices.Contains(p.order, id) {
		p.full = nil
		p.tabs.Select(id)
		p.update()
		if g, ok := p.opened[id].(ui.Goer); ok && rest != "" {
			g.GoTo(rest)
		}
		if t, ok := p.made[id].(*numbersTab); ok && rest != "" {
			t.find(rest)
		}
		return
	}
	if knownFigure(place) {
		p.openFigure(place)
	}
}

// TypedKey answers keys while nothing has the focus: Escape leaves the full size, and arrows change the tab.
func (p *Page) TypedKey(e *fyne.KeyEvent) {
	switch {
	case e.Name == fyne.KeyEscape && p.full != nil:
		p.closeFigure()
	case e.Name == fyne.KeyLeft:
		p.step(-1)
	case e.Name == fyne.KeyRight:
		p.step(+1)
	default:
		if k, ok := p.showing.(interface{ TypedKey(*fyne.KeyEvent) }); ok {
			k.TypedKey(e)
		}
	}
}

func (p *Page) step(by int) {
	at := slices.Index(p.order, p.tabs.Current()) + by
	if at >= 0 && at < len(p.order) {
		p.tabs.Select(p.order[at])
		p.openTab()
	}
}

// heard follows the session. Out of sight it only notes that something changed, so that answering questions in
// the guide is not slowed down by a page that nobody sees.
func (p *Page) heard(e session.Event) {
	switch e.Kind {
	case session.AssessmentChanged, session.CaseOpened:
	default:
		return
	}
	if !p.inView() {
		p.stale = true
		return
	}
	if v := p.view(); e.Kind == session.AssessmentChanged && v.state.Computing == session.ComputeBase && v.a != nil {
		return // what is shown stays until there is an answer to the new question; the status line says that it is on its way
	}
	p.update()
}

// inView reports whether the page may be in view. The window notes the page in the settings when it changes; the
// first page is not noted, so that what stood there then counts too.
func (p *Page) inView() bool {
	if len(p.host.Objects) == 0 {
		return false
	}
	page := p.session.Settings().Page
	return page == ui.PageResults || page == p.shownAt
}

// view gathers what there is to show.
func (p *Page) view() view {
	v := view{scenario: p.session.Scenario(), per: p.session.Settings().AmountsPer}
	v.a, v.state = p.session.Assessment()
	v.cur = figure.CurrencyOf(v.scenario)
	return v
}

func (p *Page) openTab() {
	p.full = nil
	p.update()
}

// update shows the newest state in what is in view.
func (p *Page) update() {
	p.stale = false
	v := p.view()
	p.banner.show(v)
	p.tabs.SetCount(TabAssumptions, "")
	if v.a != nil {
		p.tabs.SetCount(TabAssumptions, fmt.Sprint(len(assumed(v.a))))
	}
	if v.a == nil {
		p.put(p.nothing(v))
		return
	}
	if p.full != nil {
		p.full.show(v)
		p.put(p.full.content())
		return
	}
	id := p.tabs.Current()
	if part := p.part(id); part != nil {
		if p.put(part.Content()) {
			p.showing = part
			part.Shown()
		}
		return
	}
	t, ok := p.made[id]
	if !ok {
		t = p.makeTab(id)
		p.made[id] = t
	}
	if now := shownOf(v); p.filled[id] != now || v.state.Err != nil {
		t.show(v)
		p.filled[id] = now
	}
	p.put(t.content())
}

// part returns the tab of another package with this id, made when it is first in view, or nil.
func (p *Page) part(id string) ui.Page {
	if made := p.opened[id]; made != nil {
		return made
	}
	i := slices.IndexFunc(p.parts, func(x Part) bool { return x.ID == id })
	if i < 0 {
		return nil
	}
	p.opened[id] = p.parts[i].Make()
	return p.opened[id]
}

// put brings an object into view, and reports whether another one was there.
func (p *Page) put(o fyne.CanvasObject) bool {
	if len(p.host.Objects) == 1 && p.host.Objects[0] == o {
		return false
	}
	p.Hidden()
	p.showing = nil
	p.host.Objects = []fyne.CanvasObject{o}
	p.host.Refresh()
	return true
}

func (p *Page) makeTab(id string) tab {
	switch id {
	case TabMemory:
		return newMemoryTab(p)
	case TabCosts:
		return newCostsTab(p)
	case TabAssumptions:
		return newAssumptionsTab(p)
	case TabNumbers:
		return newNumbersTab(p)
	case TabNext:
		return newNextTab(p)
	}
	return newAnswerTab(p)
}

// nothing is what stands there before the first answer.
func (p *Page) nothing(v view) fyne.CanvasObject {
	if v.state.Err != nil {
		return ui.EmptyState(ui.IconWarning, wordsNoAnswer, wordsNoAnswerHelp,
			ui.NewButton(ui.Outline, "Open the guide", func() { p.shell.Go(ui.PageGuide, "") }).WithIcon(ui.IconGuide))
	}
	if v.state.Computing == session.Idle {
		return ui.EmptyState(ui.IconResults, "Answer the first question", "The answer appears here as soon as there is a case to work out.",
			ui.NewButton(ui.Main, "Open the guide", func() { p.shell.Go(ui.PageGuide, "") }).WithIcon(ui.IconGuide))
	}
	working := ui.NewWorking()
	working.Say(wordsWorking, -1)
	return ui.Pad(24, margin, ui.Column(0, working))
}

// FocusSearch puts the cursor into the search field of the tab in view, where it has one.
func (p *Page) FocusSearch() {
	t, ok := p.made[p.tabs.Current()].(interface{ focusable() fyne.Focusable })
	if c := p.shell.Canvas(); ok && c != nil && p.full == nil {
		c.Focus(t.focusable())
	}
}

// ask opens a question in the guide.
func (p *Page) ask(path string) { p.shell.Go(ui.PageGuide, path) }

// openFigure shows a figure at full size.
func (p *Page) openFigure(id string) {
	p.full = newFullView(p, id)
	p.update()
}

func (p *Page) closeFigure() {
	p.full = nil
	p.update()
}

// pageLayout lays the tabs, the banner where it is shown, and the tab in view.
type pageLayout struct{}

func (pageLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(ui.Scaled(320), o[0].MinSize().Height+120)
}

func (pageLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	y := ui.HeightAt(o[0], s.Width)
	ui.Place(o[0], 0, 0, s.Width, y)
	if o[1].Visible() {
		h := ui.HeightAt(o[1], s.Width)
		ui.Place(o[1], 0, y, s.Width, h)
		y += h
	}
	ui.Place(o[2], 0, y, s.Width, s.Height-y)
}
