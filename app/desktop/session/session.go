// Package session holds the working state behind every page of the window: the open case, its undo history,
// its latest assessment, the settings, and what is being saved or computed.
//
// It promises that nothing typed is lost: a change is written after a short rest, when an answer is left and at
// close, and the newest state always wins over an older one still on its way to the disk. An assessment that is
// shown always belongs to the newest scenario or is marked as being computed. Problems are delivered as state
// that a page can show, never only logged.
//
// It leaves out every widget: it knows no Fyne. A Session belongs to one goroutine, the window's; background
// work comes back through Deps.Do, which is fyne.Do in the app and a plain call in tests.
package session

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"hostwise/calc"
	"hostwise/calc/catalog"
)

// Rest is how long an answer rests before it is written.
const Rest = 400 * time.Millisecond

// Assessor turns a scenario into an assessment; *calc.Assessor is one.
type Assessor interface {
	Assess(ctx context.Context, s calc.Scenario, opt calc.Options) (*calc.Assessment, error)
}

// Deps is what a session stands on. Store, Assessor and Catalogue are needed; the rest has defaults that suit
// the app, and tests replace them.
type Deps struct {
	Store     Store
	Assessor  Assessor
	Catalogue *catalog.Catalog
	Files     Files

	Draws int    // of the full assessment; 0 = calc.DefaultDraws
	Seed  uint64 // of the sampling; 0 = 1

	// Now is the clock. Default: time.Now.
	Now func() time.Time
	// Do delivers work to the window's goroutine. Default: a plain call.
	Do func(func())
	// Go runs work off the window's goroutine. Default: a new goroutine.
	Go func(func())
	// After runs f once after d unless stopped first. Default: time.AfterFunc.
	After func(d time.Duration, f func()) (stop func())
	// Settle is the pause between the base answer and the start of the draws, so that typing never competes
	// with sampling. Default: none.
	Settle time.Duration
	// Patience is how long a change waits for the base answer before the window goes on without it. Less than a frame
	// takes is never seen, and what was typed and what it does then come in one picture instead of two. Default: not
	// at all.
	Patience time.Duration
}

// Phase says what of an assessment is still being worked out.
type Phase int

// The phases of an assessment.
const (
	Idle        Phase = iota // what is shown is final
	ComputeBase              // the base answer is on its way; what is shown belongs to an older scenario
	ComputeFull              // the base answer is shown; ranges, tornado and flips are on their way
)

// State says how far the latest assessment is.
type State struct {
	Computing Phase
	// Err is why the scenario could not be assessed; the assessment is then the last good one, or nil.
	Err error
	// Took is the time that the last finished assessment needed.
	Took time.Duration
}

// SaveState says what of the case is on the disk.
type SaveState struct {
	Dirty    bool      // something is not yet written
	At       time.Time // of the last save, zero if never
	Revision int       // of the last save
	Err      error     // why the last save failed; it is tried again at the next change and at close
}

// Kind is what an Event tells.
type Kind int

// The kinds of event.
const (
	ScenarioChanged   Kind = iota // an answer changed, also by undo and redo
	AssessmentChanged             // the assessment or its State changed
	SaveChanged                   // the SaveState changed
	CaseOpened                    // another case is open
	CasesChanged                  // the list of saved cases changed
	SettingsChanged               // a setting changed
	Noticed                       // there is a Notice to show
)

// Event is one change of the session. Paths names the inputs that changed, where few did.
type Event struct {
	Kind   Kind
	Paths  []string
	Notice *Notice
}

// Notice is something the person should see once. Undo, if any, takes it back.
type Notice struct {
	Text string
	Err  error // for the developer; Text says what the person can do
	Undo func()
}

// Session is the working state behind all pages.
type Session struct {
	deps Deps

	id       string
	scenario calc.Scenario
	history  history

	own   *catalog.Catalog // the catalogue with the rows ownOf
	ownOf calc.Facts

	assessment *calc.Assessment
	state      State
	generation int
	cancel     context.CancelFunc

	save       SaveState
	stopTimer  func()
	sequence   int // of the newest change, counted across cases
	writing    sync.Mutex
	written    map[string]int // case id -> newest sequence on the disk; guarded by writing
	summarised verdictOf      // state whose summary is on the disk

	kept     []keptCase     // whose verdicts are still to be worked out
	seen     []Case         // that a list shows without a verdict
	asked    map[string]int // revision of each case that was worked out since a list showed it
	stopSeen func()

	shelf shelf // the saved cases at hand

	settings  Settings
	observers []*observer
	closed    bool
}

type observer struct{ notify func(Event) }

// New returns a session with a blank case open. Open or NewCase follow.
func New(d Deps) *Session {
	if d.Now == nil {
		d.Now = time.Now
	}
	if d.Do == nil {
		d.Do = func(f func()) { f() }
	}
	if d.Go == nil {
		d.Go = func(f func()) { go f() }
	}
	if d.After == nil {
		d.After = func(wait time.Duration, f func()) func() {
			t := time.AfterFunc(wait, f)
			return func() { t.Stop() }
		}
	}
	if d.Draws == 0 {
		d.Draws = calc.DefaultDraws
	}
	if d.Seed == 0 {
		d.Seed = 1
	}
	s := &Session{deps: d, written: map[string]int{}}
	s.loadSettings()
	return s
}

// Catalogue returns the facts that the session's assessments rest on.
func (s *Session) Catalogue() *catalog.Catalog { return s.deps.Catalogue }

// Now returns the session's time.
func (s *Session) Now() time.Time { return s.deps.Now() }

// Draws and Seed return how the full assessment is sampled.
func (s *Session) Draws() int { return s.deps.Draws }

// Seed returns the seed of the sampling.
func (s *Session) Seed() uint64 { return s.deps.Seed }

// Options returns the options of a full assessment today, for studies that must agree with it.
func (s *Session) Options() calc.Options {
	return calc.Options{Today: s.deps.Now(), Draws: s.deps.Draws, Seed: s.deps.Seed}
}

// ID returns the id of the open case, "" while it has never been saved.
func (s *Session) ID() string { return s.id }

// Name returns the name of the open case.
func (s *Session) Name() string {
	return NameOf(s.scenario)
}

// Scenario returns the open scenario.
func (s *Session) Scenario() calc.Scenario { return s.scenario }

// Assessment returns the latest assessment, nil before the first, and how far it is.
func (s *Session) Assessment() (*calc.Assessment, State) { return s.assessment, s.state }

// SaveState returns what of the open case is on the disk.
func (s *Session) SaveState() SaveState { return s.save }

// OnChange calls notify on every event until cancelled. Observers are told in the order in which they came.
func (s *Session) OnChange(notify func(Event)) (cancel func()) {
	o := &observer{notify}
	s.observers = append(s.observers, o)
	return func() {
		s.observers = slices.DeleteFunc(slices.Clone(s.observers), func(x *observer) bool { return x == o })
	}
}

func (s *Session) emit(e Event) {
	for _, o := range s.observers {
		o.notify(e)
	}
}

// Notify shows a notice to the person.
func (s *Session) Notify(n Notice) {
	if n.Err != nil {
		slog.Error(n.Text, "err", n.Err)
	}
	s.emit(Event{Kind: Noticed, Notice: &n})
}

// Work runs f off the window's goroutine and delivers its result there. done is not called once ctx is
// cancelled: a result that nobody waits for is dropped.
func Work[T any](ctx context.Context, s *Session, f func(context.Context) (T, error), done func(T, error)) {
	s.deps.Go(func() {
		v, err := f(ctx)
		if ctx.Err() != nil {
			return
		}
		s.deps.Do(func() {
			if ctx.Err() == nil {
				done(v, err)
			}
		})
	})
}

// Set gives an answer. Consecutive answers to one input are one step of undo until LeaveField.
func (s *Session) Set(path string, v calc.Value) {
	if given, ok := s.scenario.Given(path); ok && given.Equal(v) {
		return
	}
	s.change(s.scenario.With(path, v), label(path), path)
}

// Reset takes an answer back to its default.
func (s *Session) Reset(path string) {
	if _, ok := s.scenario.Given(path); !ok {
		return
	}
	s.history.seal()
	s.change(s.scenario.Without(path), "Default for "+label(path), path)
	s.history.seal()
}

// Edit changes several answers as one step of undo, named by label.
func (s *Session) Edit(label string, f func(calc.Scenario) calc.Scenario) {
	s.history.seal()
	s.change(f(s.scenario), label, "")
	s.history.seal()
}

// LeaveField ends a run of typing: the next answer is its own step of undo, and what was typed is saved.
func (s *Session) LeaveField() {
	s.history.seal()
	if s.save.Dirty {
		s.saveSoon(0)
	}
}

// Rename names the open case.
func (s *Session) Rename(name string) {
	if name == s.scenario.Name() {
		return
	}
	s.Set("name", calc.Str(name))
	s.LeaveField()
}

func label(path string) string {
	if in := calc.LookupInput(path); in != nil && in.Label != "" {
		return in.Label
	}
	return path
}

func (s *Session) change(to calc.Scenario, label, path string) {
	to = s.named(to)
	s.history.push(step{from: s.scenario, to: to, label: label, path: path})
	s.become(to, path)
}

// become makes a scenario the open one and starts everything that follows from it.
func (s *Session) become(to calc.Scenario, path string) {
	s.scenario = to
	s.sequence++
	s.save.Dirty = true
	e := Event{Kind: ScenarioChanged}
	if path != "" {
		e.Paths = []string{path}
	}
	s.emit(e)
	s.emit(Event{Kind: SaveChanged})
	s.saveSoon(Rest)
	s.assess()
}

// Undo takes back the last step; Redo does it again.
func (s *Session) Undo() {
	st, ok := s.history.undo()
	switch {
	case ok && st.act != nil:
		s.walk(st, st.act.undo)
	case ok:
		s.become(st.from, st.path)
	}
}

// Redo does the step again that was last taken back.
func (s *Session) Redo() {
	st, ok := s.history.redo()
	switch {
	case ok && st.act != nil:
		s.walk(st, st.act.redo)
	case ok:
		s.become(st.to, st.path)
	}
}

// CanUndo returns the label of the step that Undo would take back.
func (s *Session) CanUndo() (label string, ok bool) { return s.history.next(-1) }

// CanRedo returns the label of the step that Redo would do again.
func (s *Session) CanRedo() (label string, ok bool) { return s.history.next(+1) }

// Reassess works the open scenario out anew, for instance after a fact was corrected.
func (s *Session) Reassess() { s.assess() }

// assess starts the base answer and then the full one, cancelling what was under way.
func (s *Session) assess() {
	if s.cancel != nil {
		s.cancel()
	}
	if s.closed || s.deps.Assessor == nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.cancel = cancel
	s.generation++
	generation, scenario, opt := s.generation, s.scenario, s.Options()
	deliver := func(o outcome, phase Phase) {
		if generation == s.generation && ctx.Err() == nil {
			s.deliver(o, phase)
		}
	}
	base := make(chan outcome, 1)
	if s.deps.Patience <= 0 {
		s.announce()
	}
	s.deps.Go(func() {
		quick := opt
		quick.Quick, quick.Draws = true, 0
		first := s.answer(ctx, scenario, quick)
		base <- first
		s.deps.Do(func() {
			select {
			case o := <-base:
				deliver(o, o.next())
			default: // it was waited for
			}
		})
		if first.err != nil || !pause(ctx, s.deps.Settle) {
			return
		}
		full := s.answer(ctx, scenario, opt)
		s.deps.Do(func() { deliver(full, Idle) })
	})
	if s.deps.Patience <= 0 {
		return
	}
	select {
	case o := <-base:
		deliver(o, o.next())
	case <-time.After(s.deps.Patience):
		s.announce()
	}
}

// announce says that an answer is on its way.
func (s *Session) announce() {
	s.state.Computing = ComputeBase
	s.emit(Event{Kind: AssessmentChanged})
}

// outcome is an assessment or why there is none, and how long it took.
type outcome struct {
	a    *calc.Assessment
	err  error
	took time.Duration
}

// next is what is still to come after a base answer.
func (o outcome) next() Phase {
	if o.err != nil {
		return Idle
	}
	return ComputeFull
}

func (s *Session) answer(ctx context.Context, scenario calc.Scenario, opt calc.Options) outcome {
	start := time.Now()
	a, err := s.deps.Assessor.Assess(ctx, scenario, opt)
	return outcome{a, err, time.Since(start)}
}

// AssessOther works out a scenario that is not the open one, with the same options. Call it inside Work.
func (s *Session) AssessOther(ctx context.Context, scenario calc.Scenario) (*calc.Assessment, error) {
	return s.deps.Assessor.Assess(ctx, scenario, s.Options())
}

// Assessor returns what works scenarios out, for studies beyond an assessment.
func (s *Session) Assessor() Assessor { return s.deps.Assessor }

// pause waits for d, or returns false when ctx ends first.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}

func (s *Session) deliver(o outcome, phase Phase) {
	if errors.Is(o.err, context.Canceled) {
		return
	}
	s.state = State{Computing: phase, Err: o.err, Took: o.took}
	if o.err == nil {
		s.assessment = o.a
	}
	s.emit(Event{Kind: AssessmentChanged})
	if o.err == nil && phase == Idle {
		s.saveSummary()
	}
}
