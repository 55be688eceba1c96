package whatif

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/results"
	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// The ids of the tabs, and of the parts of the What if tab.
const (
	TabWhatIf = "whatif"
	TabMap    = "winmap"

	partSliders = "sliders"
	partSweep   = "sweep"
	partGoal    = "goal"
)

// Parts are the tabs of the package for the Results page; they share one trial. Their places are an input's path, which
// gets a slider and the focus or is put on the map, and in What if also "sweep", "sweep/<path>", "goal" and
// "goal/<path>".
func Parts(s *session.Session, shell *ui.Shell) []results.Part {
	t := newTrial(s, shell.Run.Do)
	return []results.Part{
		{ID: TabWhatIf, Title: "What if", Make: func() ui.Page { return newPage(s, shell, t) }},
		{ID: TabMap, Title: "Win map", Make: func() ui.Page { return newMapPage(s, shell, t) }},
	}
}

// rowsAtFirst is how many sliders a case begins with.
const rowsAtFirst = 8

// page is the What if tab.
type page struct {
	session *session.Session
	shell   *ui.Shell
	trial   *trial

	inView  bool
	stale   bool
	chosen  string   // the part in view
	paths   []string // of the sliders, in order
	added   []string // those that the person asked for
	decided bool     // paths come from the case's own tornado and flips
	asking  context.CancelFunc
	wanted  string // the slider to focus once it is there

	rows    []*sliderRow
	list    *fyne.Container
	legend  *ui.Text
	outcome *outcome
	sweep   *sweep
	goal    *goal

	parts  map[string]*ui.Chip
	count  *ui.Text
	tally  *fyne.Container // the count, as high as the buttons
	kept   *ui.Button
	link   *fyne.Container // the same for the way to the case that was kept
	reset  *ui.Button
	keep   *ui.Button
	apply  *ui.Button
	bar    *fyne.Container
	host   *fyne.Container
	split  *container.Scroll
	body   *fyne.Container
	keptID string
	shows  barState
}

var (
	_ ui.Page  = (*page)(nil)
	_ ui.Goer  = (*page)(nil)
	_ ui.Hider = (*page)(nil)
)

func newPage(s *session.Session, shell *ui.Shell, t *trial) *page {
	p := &page{session: s, shell: shell, trial: t, chosen: partSliders, stale: true}
	p.buildBar()
	p.list = ui.Column(8)
	p.legend = ui.NewText(ui.Caption, "").In(ui.ColorInk3).Wrapped()
	add := ui.NewButton(ui.Outline, "Try another answer", p.addRow).WithIcon(ui.IconPlus).Small()
	legend := ui.Column(2, ui.NewText(ui.Caption, "| saved answer").In(ui.ColorInk3), p.legend)
	left := ui.Scroll(ui.Inset(16, 24, 20, margin, ui.Column(14, p.list, ui.Row(0, add), legend)))
	p.outcome = newOutcome(p)
	p.split = ui.Scroll(container.New(splitLayout{}, left, ui.NewUpright(), p.outcome.view))
	p.sweep, p.goal = newSweep(p), newGoal(p)
	p.host = container.NewStack(p.split)
	p.body = ui.Headed(0, p.bar, p.host)
	t.onChange(p.heardTrial)
	s.OnChange(p.heard)
	return p
}

// buildBar makes the line on top: what to do here, what was tried, and what can be done with it.
func (p *page) buildBar() {
	p.parts = map[string]*ui.Chip{}
	chips := ui.Row(8)
	for _, x := range []struct{ id, words string }{{partSliders, "Sliders"}, {partSweep, "Sweep"}, {partGoal, "Goal seek"}} {
		chip := ui.NewChip(x.words, "", func() { p.choose(x.id) })
		p.parts[x.id] = chip
		chips.Add(chip)
	}
	p.parts[partSliders].SetChosen(true)
	p.shows.count = -1 // nothing is shown yet
	p.count = ui.NewText(ui.Secondary, "").In(ui.ColorInk2)
	p.tally = ui.Fixed(0, 26, p.count)
	p.kept = ui.NewButton(ui.Link, "", p.openKept)
	p.link = ui.Fixed(0, 26, p.kept)
	p.reset = ui.NewButton(ui.Quiet, "Reset", p.resetAll).WithIcon(ui.IconRestore).Small()
	p.keep = ui.NewButton(ui.Outline, "Keep as new case", p.keepCase).Small()
	p.apply = ui.NewButton(ui.Main, "Apply to this case", p.applyCase).Small()
	p.bar = ui.Inset(8, margin, 8, margin, container.New(&barLayout{}, chips, ui.Wrap(barItemGap, 6, p.tally, p.link, p.reset, p.keep, p.apply)))
	p.bar = ui.Column(0, p.bar, ui.NewHairline())
}

// Title implements ui.Page.
func (p *page) Title() string { return "What if" }

// Content implements ui.Page.
func (p *page) Content() fyne.CanvasObject { return p.body }

// Shown implements ui.Page.
func (p *page) Shown() {
	p.inView = true
	p.trial.watch(true)
	if p.stale {
		p.refresh()
	}
}

// Hidden implements ui.Hider.
func (p *page) Hidden() {
	p.inView = false
	p.stale = true
	p.trial.watch(false)
	p.sweep.stop()
	p.goal.stop()
}

// GoTo implements ui.Goer.
func (p *page) GoTo(place string) {
	part, rest, _ := strings.Cut(place, "/")
	switch part {
	case partSweep:
		p.choose(partSweep)
		if tryable(p.session.Scenario(), rest) {
			p.sweep.use(0, rest)
		}
	case partGoal:
		p.choose(partGoal)
		if tryable(p.session.Scenario(), rest) {
			p.goal.use(rest)
		}
	default:
		p.choose(partSliders)
		if tryable(p.session.Scenario(), place) {
			p.addPath(place)
		}
	}
}

// tryable reports whether a path is a number of the case that can be tried.
func tryable(s calc.Scenario, path string) bool {
	return slices.ContainsFunc(movable(s), func(in *calc.Input) bool { return in.Path == path })
}

// choose brings a part into view.
func (p *page) choose(id string) {
	p.chosen = id
	for part, chip := range p.parts {
		chip.SetChosen(part == id)
	}
	var show fyne.CanvasObject = p.split
	switch id {
	case partSweep:
		show = p.sweep.view
		p.sweep.shown()
	case partGoal:
		show = p.goal.view
		p.goal.shown()
	}
	p.host.Objects = []fyne.CanvasObject{show}
	p.host.Refresh()
	if id == partSliders && p.inView {
		p.refresh()
	}
}

// heard follows the session.
func (p *page) heard(e session.Event) {
	switch e.Kind {
	case session.CaseOpened:
		p.paths, p.added, p.decided, p.keptID = nil, nil, false, ""
		p.rows, p.list.Objects = nil, nil
		p.sweep.forget()
		p.goal.forget()
	case session.ScenarioChanged:
		p.decided = p.decided && p.trial.count() > 0 // other answers decide now, but nothing moves under the hand
		p.sweep.outdate()
		p.goal.outdate()
	case session.AssessmentChanged:
	default:
		return
	}
	if !p.inView {
		p.stale = true
		return
	}
	if e.Kind == session.AssessmentChanged {
		p.refresh()
	}
}

// heardTrial follows the trial.
func (p *page) heardTrial(c change) {
	if !p.inView {
		p.stale = true
		return
	}
	if c == answersMoved {
		p.keptID = "" // what was kept is no longer what the sliders say
		p.showBar()
		p.showRows(nil)
		if p.trial.count() == 0 {
			p.refresh()
		}
		return
	}
	p.outcome.show()
	if a, _, settled := p.trial.assessment(); settled {
		p.showRows(a)
	}
}

// refresh shows everything anew.
func (p *page) refresh() {
	p.stale = false
	p.choosePaths()
	p.layRows()
	p.showBar()
	p.outcome.show()
}

// choosePaths lists the answers worth trying: those that decide the case, once that is known. A list that is in use
// stays as it is.
func (p *page) choosePaths() {
	a, state := p.session.Assessment()
	if a == nil {
		return
	}
	known := state.Computing == session.Idle && a.Draws > 0
	if !p.decided && (known || len(p.paths) == 0) {
		p.paths = nil
		candidates := calc.Deciding(a)
		if !known {
			candidates = usualPaths
		}
		for _, path := range candidates {
			if len(p.paths) < rowsAtFirst && tryable(p.session.Scenario(), path) {
				p.paths = append(p.paths, path)
			}
		}
		p.decided = known
	}
	for _, path := range append(slices.Clone(p.added), p.trial.order...) {
		if !slices.Contains(p.paths, path) {
			p.paths = append(p.paths, path)
		}
	}
}

// usualPaths stand there until the case's own are known.
var usualPaths = []string{"workload.calls_per_month", "workload.output_tokens_per_call", "workload.input_tokens_per_call", "workload.peak_to_average"}

// layRows asks where each answer can be moved, and makes the sliders.
func (p *page) layRows() {
	a, _ := p.session.Assessment()
	if a == nil || len(p.paths) == 0 {
		return
	}
	if p.asking != nil {
		p.asking()
	}
	ctx, cancel := context.WithCancel(context.Background())
	p.asking = cancel
	s, paths, flips, today := p.session.Scenario(), slices.Clone(p.paths), a.Verdict.Flips, p.session.Now()
	mover, ok := p.session.Assessor().(studies)
	if !ok {
		return
	}
	session.Work(ctx, p.session, func(context.Context) ([]calc.Movable, error) {
		return mover.Movable(s, paths, flips, today), nil
	}, func(list []calc.Movable, _ error) { p.gotRows(list) })
}

// gotRows puts the sliders in place; those that stay are the same ones, so that neither focus nor typing is lost.
func (p *page) gotRows(list []calc.Movable) {
	var rows []*sliderRow
	for _, m := range list {
		p.trial.note(m.Path, m.Now)
		i := slices.IndexFunc(p.rows, func(r *sliderRow) bool { return r.in.Path == m.Path })
		if i >= 0 {
			p.rows[i].at = m
			rows = append(rows, p.rows[i])
			continue
		}
		rows = append(rows, newSliderRow(p, m, slices.Contains(p.added, m.Path)))
	}
	changed := !slices.Equal(rows, p.rows)
	p.rows = rows
	if changed {
		p.list.Objects = nil
		for _, r := range rows {
			p.list.Add(r.box)
		}
		p.list.Refresh()
		p.split.Refresh()
	}
	a, _, _ := p.trial.assessment()
	p.showRows(a)
	if p.wanted != "" {
		p.focusRow(p.wanted)
	}
}

func (p *page) showRows(a *calc.Assessment) {
	if a != nil && a.Draws == 0 {
		a = nil // a base answer knows no flips: the marks of the last whole one stay
	}
	for _, r := range p.rows {
		r.show(a)
	}
	if a != nil {
		p.legend.SetText("▲ " + legendWords(a))
	}
}

// focusRow puts the focus on the slider of an input.
func (p *page) focusRow(path string) {
	for _, r := range p.rows {
		if r.in.Path == path {
			p.wanted = ""
			p.focusOn(r.slider)
		}
	}
}

func (p *page) focusOn(f fyne.Focusable) {
	if c := p.shell.Canvas(); c != nil {
		c.Focus(f)
	}
}

// addRow opens the search for another answer.
func (p *page) addRow() {
	pickInput(p.shell, "Try another answer", movable(p.session.Scenario()), func(string) string { return "" }, p.addPath)
}

// addPath gives an answer a slider and the focus.
func (p *page) addPath(path string) {
	if !slices.Contains(p.paths, path) {
		p.added = append(p.added, path)
		p.paths = append(p.paths, path)
	}
	p.wanted = path
	p.layRows()
}

// removeRow takes a slider off the list, and its answer back.
func (p *page) removeRow(path string) {
	gone := func(x string) bool { return x == path }
	p.added, p.paths = slices.DeleteFunc(p.added, gone), slices.DeleteFunc(p.paths, gone)
	p.trial.drop(path)
	p.layRows()
}

// barState is what the line on top shows; it is laid out anew only where that changes, since a slider in motion asks at
// every step.
type barState struct {
	count int
	kept  string // id of the case that was kept, until something moves again
}

// showBar says how many answers differ, and offers what can be done with them.
func (p *page) showBar() {
	now := barState{p.trial.count(), p.keptID}
	if p.shows == now {
		return
	}
	p.shows = now
	p.count.SetText("")
	switch {
	case now.count > 0 && now.kept != "":
		p.count.SetText(plural(now.count, "answer") + " changed, kept as a case")
	case now.count > 0:
		p.count.SetText(plural(now.count, "answer") + " changed, not saved")
	}
	ui.SetShown(p.tally, now.count > 0)
	ui.SetShown(p.link, now.kept != "")
	for _, b := range []*ui.Button{p.reset, p.keep, p.apply} {
		b.SetEnabled(now.count > 0)
	}
	p.keep.SetEnabled(now.count > 0 && now.kept == "")
	p.bar.Refresh()
	p.body.Refresh()
}

// resetAll takes every answer back, and offers to bring them again.
func (p *page) resetAll() {
	was := p.trial.snapshot()
	p.trial.clear()
	p.shell.Toast(format.Sentence(plural(len(was.order), "answer")+" taken back to the case"), func() { p.trial.restore(was) })
}

// applyCase makes what was tried the case's own answers, as one step of undo.
func (p *page) applyCase() {
	n, s := p.trial.count(), p.trial.scenario()
	if n == 0 {
		return
	}
	p.session.LeaveField()
	p.trial.clear()
	p.decided = false
	p.session.Edit("What if: "+plural(n, "answer"), func(calc.Scenario) calc.Scenario { return s })
	p.session.LeaveField()
	p.shell.Toast(format.Sentence(plural(n, "answer")+" applied to this case"), p.session.Undo)
}

// keepCase saves what was tried beside the case, which stays open.
func (p *page) keepCase() {
	if p.trial.count() == 0 {
		return
	}
	s := named(p.session, p.trial.scenario(), p.trial.order)
	id, ok := keepScenario(p.session, p.shell, s, func() {
		p.keptID = ""
		p.showBar()
	})
	if !ok {
		return
	}
	p.keptID = id
	p.kept.SetWords("Open “" + s.Name() + "”")
	p.showBar()
}

func (p *page) openKept() { openCase(p.session, p.keptID) }
