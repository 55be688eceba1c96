package compare

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/calc"
)

// mostCases is how many cases can stand side by side.
const mostCases = 6

// column is one case that is compared.
type column struct {
	id         string
	scenario   calc.Scenario
	assessment *calc.Assessment
	err        error
	pending    bool
}

func (c *column) name() string {
	if n := c.scenario.Name(); n != "" {
		return n
	}
	return "Untitled case"
}

// letter names a column: A is the base.
func letter(i int) string { return string(rune('A' + i)) }

// Page compares cases.
type Page struct {
	session *session.Session
	shell   *ui.Shell

	content fyne.CanvasObject
	main    *fyne.Container
	sheet   *sheet // nil where there is nothing to compare
	body    *fyne.Container
	side    *fyne.Container // with the bridge beside the table
	beside  *fyne.Container // its content
	stacked bool            // the bridge stands below the table
	bridge  *bridgePanel
	overlay *overlay
	only    bool // only answers that differ
	columns []*column
	cancel  context.CancelFunc
	shown   bool
}

// New returns the page.
func New(s *session.Session, shell *ui.Shell) *Page {
	p := &Page{session: s, shell: shell, only: true}
	p.bridge = newBridgePanel(p)
	p.overlay = newOverlay(p)
	p.main = container.NewStack()
	p.beside = ui.Column(0)
	p.side = ui.SidePanel(384, ui.Scroll(ui.Inset(18, 24, 24, 24, p.beside)))
	p.body = container.New(sideLayout{p}, p.main, p.side)
	p.content = container.NewStack(p.body)
	s.OnChange(p.heard)
	return p
}

// Title implements ui.Page.
func (p *Page) Title() string { return "Compare" }

// Subtitle implements ui.Subtitled.
func (p *Page) Subtitle() string {
	if len(p.columns) < 2 {
		return ""
	}
	words := fmt.Sprintf("%d cases", len(p.columns))
	if cat := p.session.Catalogue(); cat != nil {
		words += " · same catalogue, " + cat.Date
	}
	return words
}

// Action implements ui.Actor: the pictures and documents of all cases that are compared.
func (p *Page) Action() (string, ui.Glyph, func()) { return "Export", ui.IconExport, p.export }

func (p *Page) export() {
	if len(p.columns) == 0 {
		p.shell.Export()
		return
	}
	p.shell.ExportCases(p.ids()...)
}

// Content implements ui.Page.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Shown implements ui.Page: without cases it begins with the open one and the one edited before it.
func (p *Page) Shown() {
	p.shown = true
	if len(p.columns) == 0 {
		p.begin()
		return
	}
	p.refresh()
}

// TypedKey answers keys while nothing has the focus: a table that is wider than its view moves to the side.
func (p *Page) TypedKey(e *fyne.KeyEvent) {
	scroll, _ := first(p.main.Objects).(*container.Scroll)
	step := ui.Scaled(leastColumn)
	switch {
	case scroll == nil || e.Name != fyne.KeyLeft && e.Name != fyne.KeyRight:
		return
	case e.Name == fyne.KeyLeft:
		step = -step
	}
	most := max(0, scroll.Content.MinSize().Width-scroll.Size().Width)
	scroll.ScrollToOffset(fyne.NewPos(min(max(0, scroll.Offset.X+step), most), scroll.Offset.Y))
}

// Hidden implements ui.Hider.
func (p *Page) Hidden() { p.shown = false }

// GoTo implements ui.Goer: ids with a comma between.
func (p *Page) GoTo(place string) { p.set(strings.Split(place, ",")) }

// heard follows the open case while it is compared.
func (p *Page) heard(e session.Event) {
	if !p.shown {
		return
	}
	switch e.Kind {
	case session.AssessmentChanged:
		for _, c := range p.columns {
			if c.id == p.session.ID() && p.follow(c) {
				p.draw()
			}
		}
		if _, state := p.session.Assessment(); state.Computing == session.Idle {
			p.bridge.ask()
		}
	case session.CasesChanged:
		p.dropGone()
	}
}

// follow takes over the open case's scenario and assessment, and reports whether that changes what is shown.
func (p *Page) follow(c *column) (changed bool) {
	a, state := p.session.Assessment()
	now := column{id: c.id, scenario: p.session.Scenario(), assessment: c.assessment, err: state.Err, pending: state.Computing == session.ComputeBase}
	if a != nil {
		now.assessment = a
	}
	changed = !now.shows(c)
	*c = now
	return changed
}

// shows reports whether two states of a column look the same.
func (c *column) shows(other *column) bool {
	return c.assessment == other.assessment && c.pending == other.pending && errorText(c.err) == errorText(other.err) &&
		c.scenario.Equal(other.scenario)
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// dropGone takes out cases that were deleted.
func (p *Page) dropGone() {
	if len(p.columns) == 0 {
		return
	}
	p.session.ListCases(func(cases []session.Case, err error) {
		if err != nil {
			return // the library says so; here the columns stay
		}
		kept := slices.DeleteFunc(slices.Clone(p.columns), func(c *column) bool {
			return !slices.ContainsFunc(cases, func(x session.Case) bool { return x.ID == c.id })
		})
		if len(kept) != len(p.columns) {
			p.columns = kept
			p.draw()
			p.bridge.ask()
		}
	})
}

// begin chooses the open case and the one edited before it.
func (p *Page) begin() {
	p.session.ListCases(func(cases []session.Case, err error) {
		if err != nil {
			p.session.Notify(session.Notice{Text: "The saved cases could not be listed.", Err: err})
			return
		}
		if len(p.columns) == 0 { // somebody may have chosen since
			p.set(p.firstPair(cases))
		}
	})
}

// firstPair is the open case and the one edited before it. A case without an answer is nobody's choice: where there is
// no other, the page says what it is for.
func (p *Page) firstPair(cases []session.Case) []string {
	var ids []string
	if id := p.session.ID(); id != "" {
		ids = append(ids, id)
	}
	for _, c := range cases {
		if len(ids) == 2 {
			break
		}
		if slices.Contains(ids, c.ID) {
			continue
		}
		if s, err := p.session.CaseScenario(context.Background(), c.ID); err == nil && session.Answered(s) {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// set compares these cases; those that are already there keep their assessment.
func (p *Page) set(ids []string) {
	old := p.columns
	p.columns = nil
	for _, id := range ids {
		if id == "" || len(p.columns) == mostCases || slices.ContainsFunc(p.columns, func(c *column) bool { return c.id == id }) {
			continue
		}
		c := &column{id: id, pending: true}
		if i := slices.IndexFunc(old, func(c *column) bool { return c.id == id }); i >= 0 {
			c = old[i]
		}
		p.columns = append(p.columns, c)
	}
	p.bridge.keepEnds(len(p.columns))
	p.draw()
	p.refresh()
}

// refresh reads the scenarios anew and works out those that changed. What did not change is not drawn again.
func (p *Page) refresh() {
	if p.cancel != nil {
		p.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	p.cancel = cancel
	changed := false
	for _, c := range p.columns {
		if c.id == p.session.ID() {
			changed = p.follow(c) || changed
			continue
		}
		p.work(ctx, c)
	}
	if changed {
		p.draw()
	}
	p.bridge.ask()
	p.shell.Retitle()
}

// outcome is what working a case out gave.
type outcome struct {
	scenario   calc.Scenario
	assessment *calc.Assessment
	err        error // of the assessment; the scenario is there
}

func (p *Page) work(ctx context.Context, c *column) {
	before, had := c.scenario, c.assessment != nil
	session.Work(ctx, p.session, func(ctx context.Context) (outcome, error) {
		s, err := p.session.CaseScenario(ctx, c.id)
		if err != nil {
			return outcome{}, err
		}
		if had && s.Equal(before) {
			return outcome{scenario: s, assessment: c.assessment}, nil
		}
		a, err := p.session.AssessOther(ctx, s)
		return outcome{s, a, err}, nil
	}, func(o outcome, err error) {
		if errors.Is(err, session.ErrNoCase) {
			p.gone(c)
			return
		}
		was := *c
		c.pending, c.scenario, c.err = false, o.scenario, errors.Join(err, o.err)
		if o.assessment != nil {
			if o.assessment != c.assessment {
				p.session.KeepVerdict(c.id, o.scenario, o.assessment)
			}
			c.assessment = o.assessment
		}
		if !c.shows(&was) {
			p.draw()
			p.bridge.ask()
		}
	})
}

// gone takes out a case that was deleted while another page was in view, and offers to bring it back.
func (p *Page) gone(c *column) {
	i := slices.Index(p.columns, c)
	if i < 0 {
		return
	}
	p.remove(i)
	words := "A compared case was deleted"
	if c.assessment != nil {
		words = "“" + c.name() + "” was deleted"
	}
	p.session.Notify(session.Notice{Text: words, Undo: func() {
		if err := p.session.BringBack(c.id); err != nil {
			p.session.Notify(session.Notice{Text: "The case could not be brought back.", Err: err})
			return
		}
		p.set(slices.Insert(p.ids(), min(i, len(p.columns)), c.id))
	}})
}

// remove takes a case out of the comparison.
func (p *Page) remove(i int) {
	p.columns = slices.Delete(slices.Clone(p.columns), i, i+1)
	p.bridge.keepEnds(len(p.columns))
	p.draw()
	p.bridge.ask()
	p.shell.Retitle()
}

// makeBase puts a case first.
func (p *Page) makeBase(i int) {
	if i <= 0 || i >= len(p.columns) {
		return
	}
	c := p.columns[i]
	p.columns = slices.Insert(slices.Delete(slices.Clone(p.columns), i, i+1), 0, c)
	p.draw()
	p.bridge.ask()
}

func (p *Page) ids() []string {
	out := make([]string, len(p.columns))
	for i, c := range p.columns {
		out[i] = c.id
	}
	return out
}

// duplicateBase makes a copy of the first case, to be changed and compared.
func (p *Page) duplicateBase() {
	if len(p.columns) == 0 {
		return
	}
	made, err := p.session.Duplicate(p.columns[0].id)
	if err != nil {
		p.session.Notify(session.Notice{Text: "The case could not be duplicated.", Err: err})
		return
	}
	p.set(append(p.ids(), made...))
}

// sideLayout sets the table beside the bridge where each column of it keeps its width; else the bridge is a part of the
// table, below the outcomes.
type sideLayout struct{ p *Page }

func (sideLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 300) }

func (l sideLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	side := min(o[1].MinSize().Width, max(300, s.Width*0.38))
	needs := labelAndColumns(len(l.p.columns), besideColumn) + sheetLeft + sheetRight
	if stacked := s.Width-side < needs; stacked != l.p.stacked && s.Width > 1 {
		l.p.stacked = stacked
		l.p.draw()
		return // which laid everything out
	}
	if !o[1].Visible() {
		side = 0
	}
	ui.Place(o[0], 0, 0, s.Width-side, s.Height)
	ui.Place(o[1], s.Width-side, 0, side, s.Height)
	if l.p.sheet != nil {
		l.p.sheet.seen(o[0].Size())
	}
}
