package guide

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/calc"
)

// The places of the page that are no question.
const (
	placeStart  = "start"
	placeReview = "review"
	placeAll    = "all"
)

// Page is the Guide page.
type Page struct {
	session *session.Session
	shell   *ui.Shell

	place string // a question's path, or one of the places above
	last  string // the place in view before every input was shown on one page
	more  map[calc.Step]bool
	brief bool
	seen  map[string]bool // essential questions that were in view and gone on from

	typing *typing          // the run of keys under way, nil between runs
	drafts map[string]draft // by input: what was typed and cannot be taken

	list     *stepList
	crumb    *ui.Text
	progress *progress // of the essential questions, beside the crumb
	host     *fyne.Container
	foot     *footer
	side     *side
	body     *fyne.Container
	layout   *pageLayout
	question *question // in view, nil elsewhere
	review   *review
	all      *allInputs
	rows     *allInputs // kept while another place is in view: its hundred rows are dear to make
	effect   effect     // of the question in view

	stale   bool
	shownAt string
}

// New returns the page of a session.
func New(s *session.Session, shell *ui.Shell) *Page {
	p := &Page{session: s, shell: shell, more: map[calc.Step]bool{}, seen: map[string]bool{}, drafts: map[string]draft{}, stale: true}
	p.crumb = ui.NewText(ui.Secondary, "").In(ui.ColorInk3)
	p.progress = newProgress()
	p.host = container.NewStack()
	p.list, p.foot, p.side = newStepList(p), newFooter(p), newSide(p)
	p.layout = &pageLayout{page: p}
	p.body = container.New(p.layout, p.list.view, ui.NewUpright(), p.crumbRow(), p.host, p.foot.view, p.side.view)
	s.OnChange(p.heard)
	return p
}

// Title implements ui.Page.
func (p *Page) Title() string { return wordsTitle }

// Content implements ui.Page.
func (p *Page) Content() fyne.CanvasObject { return p.body }

// Shown implements ui.Page.
func (p *Page) Shown() {
	p.shownAt = p.session.Settings().Page
	p.bindKeys()
	if p.place == "" {
		p.open(p.first())
	} else if p.stale {
		p.update()
	}
	p.focus()
}

// GoTo implements ui.Goer: an input's path, or a place of the page.
func (p *Page) GoTo(place string) {
	in := calc.LookupInput(place)
	switch {
	case place == placeStart || place == placeReview || place == placeAll:
		p.open(place)
	case in != nil && in.AskedWith != "":
		p.open(in.AskedWith)
	case in != nil:
		p.open(place)
	}
	p.focus()
}

// first is where a case begins: with a choice of templates while nothing is answered, with the first open one of the
// essential questions where they were begun, else with the first question.
func (p *Page) first() string {
	if p.blank() {
		return placeStart
	}
	if in := p.resumed(); in != nil {
		p.brief = true
		return in.Path
	}
	return p.plan().all()[0].Path
}

// resumed is the first open essential question of a case in which nothing else was answered, nil in any other case.
func (p *Page) resumed() *calc.Input {
	s := p.session.Scenario()
	if !s.Facts().IsEmpty() || len(s.ByModel()) > 0 {
		return nil
	}
	essentials := p.essentials()
	asked := func(path string) bool {
		return slices.ContainsFunc(essentials, func(in *calc.Input) bool { return in.Path == path })
	}
	for i := range calc.Inputs {
		in := &calc.Inputs[i]
		if _, given := p.own(in); given && in.Step != "" && !asked(in.Path) && !asked(in.AskedWith) && in.Path != "name" {
			return nil
		}
	}
	i := slices.IndexFunc(essentials, func(in *calc.Input) bool { return !p.answered(in) })
	if i < 0 {
		return nil
	}
	return essentials[i]
}

// own is the answer of the person's own to an input. A name that the answers suggest is nobody's.
func (p *Page) own(in *calc.Input) (v calc.Value, given bool) {
	if in.Path == "name" && p.session.NameSuggested() {
		return calc.Value{}, false
	}
	return p.session.Scenario().Given(in.Path)
}

// answered reports whether the person gave an answer to a question or to one asked on the same page.
func (p *Page) answered(in *calc.Input) bool {
	if _, given := p.own(in); given {
		return true
	}
	return slices.ContainsFunc(companions(in.Path), func(c *calc.Input) bool {
		_, given := p.own(c)
		return given
	})
}

// blank reports whether no answer was given yet; a name is no answer.
func (p *Page) blank() bool {
	s := p.session.Scenario()
	for i := range calc.Inputs {
		if _, ok := s.Given(calc.Inputs[i].Path); ok && calc.Inputs[i].Path != "name" {
			return false
		}
	}
	return s.Facts().IsEmpty() && len(s.ByModel()) == 0
}

func (p *Page) plan() plan {
	return plan{scenario: p.session.Scenario(), more: p.more, brief: p.brief}
}

// open brings a place into view.
func (p *Page) open(place string) {
	p.leaveField()
	if place == placeAll && p.place != placeAll {
		p.last = p.place
	}
	p.place, p.question, p.review, p.all = place, nil, nil, nil
	switch place {
	case placeStart:
		p.put(newStart(p))
	case placeReview:
		p.review = newReview(p)
		p.put(p.review.scroll)
	case placeAll:
		if p.rows == nil {
			p.rows = newAllInputs(p)
		}
		p.all = p.rows
		p.put(p.all.view)
	default:
		in := calc.InputAt(place)
		if in.Expert {
			p.more[in.Step] = true
		} else if !in.Essential {
			p.brief = false
		}
		p.question = newQuestion(p, in)
		p.put(p.question.scroll)
	}
	p.update()
	p.body.Refresh()
}

func (p *Page) put(o fyne.CanvasObject) {
	p.host.Objects = []fyne.CanvasObject{o}
	p.host.Refresh()
}

// step is the step in view.
func (p *Page) step() calc.Step {
	if p.question != nil {
		return p.question.in.Step
	}
	if p.place == placeReview {
		return calc.StepReview
	}
	return ""
}

// update shows the newest state in everything that is in view.
func (p *Page) update() {
	p.stale = false
	switch {
	case p.question != nil:
		p.question.refresh()
	case p.review != nil:
		p.review.refresh()
	case p.all != nil:
		p.all.refresh()
	}
	p.crumb.SetText(p.crumbWords())
	p.showProgress()
	p.list.refresh()
	p.foot.refresh()
	p.study()
	p.side.refresh()
}

// heard follows the session. Out of sight it only notes that something changed.
func (p *Page) heard(e session.Event) {
	switch e.Kind {
	case session.CaseOpened:
		p.place, p.question, p.review, p.all, p.rows = "", nil, nil, nil, nil
		p.more, p.seen, p.brief, p.last = map[calc.Step]bool{}, map[string]bool{}, false, ""
		p.typing, p.drafts = nil, map[string]draft{}
		if p.inView() {
			p.open(p.first())
		}
		return
	case session.ScenarioChanged, session.AssessmentChanged:
	default:
		return
	}
	if !p.inView() || p.place == "" {
		p.stale = true
		return
	}
	if e.Kind == session.AssessmentChanged {
		p.assessed()
		return
	}
	p.update()
}

// assessed shows a new assessment; the answers stand as they were.
func (p *Page) assessed() {
	p.list.refresh()
	p.foot.refresh()
	p.side.refresh()
	if p.review != nil {
		p.review.refresh()
	}
}

// inView reports whether the page may be in view. The window notes the page in the settings when it changes; the
// first page is not noted, so that what stood there then counts too.
func (p *Page) inView() bool {
	page := p.session.Settings().Page
	return len(p.host.Objects) > 0 && (page == ui.PageGuide || page == p.shownAt)
}

func (p *Page) canvas() fyne.Canvas {
	if c := p.shell.Canvas(); c != nil {
		return c
	}
	return fyne.CurrentApp().Driver().CanvasForObject(p.body)
}

func (p *Page) focusOn(f fyne.Focusable) {
	if c := p.canvas(); c != nil {
		c.Focus(f)
	}
}

// focus gives the keyboard to where the answer is given.
func (p *Page) focus() {
	if p.question != nil {
		p.question.focus()
	} else if c := p.canvas(); c != nil {
		c.Unfocus()
	}
}
