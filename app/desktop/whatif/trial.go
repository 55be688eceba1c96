package whatif

import (
	"context"
	"maps"
	"slices"
	"time"

	"hostwise/app/desktop/session"
	"hostwise/app/figure"
	"hostwise/calc"
)

// Rest is how long a slider rests before ranges, chances, flips and the tornado are worked out.
const Rest = 150 * time.Millisecond

// trial holds the answers that a person tries on top of the open case, and the newest answer to them. It belongs to the
// window's goroutine and is shared by the tabs of the package.
type trial struct {
	session *session.Session
	after   func(d time.Duration, f func()) (stop func())

	order []string           // of what is tried, the oldest first
	tried map[string]float64 // likely values by path
	saved map[string]float64 // where the case stands, as far as it was looked up

	a      *calc.Assessment // to the newest answers that were worked out; nil = none of the trial's own yet
	cost   costFigure
	full   bool  // a holds ranges, chances and flips
	err    error // why the newest answers have none
	stamp  int   // counts changes
	shown  int   // the stamp that a belongs to
	asked  int   // the stamp under way
	busy   bool
	cancel context.CancelFunc // of the full answer
	stop   func()             // of the rest

	watched bool // somebody looks: answers are worked out
	due     bool // something changed while nobody looked

	observers []func(what change)
}

// change says what of a trial changed.
type change int

// The changes of a trial.
const (
	answersMoved change = iota // a value, or the whole trial
	answerCame                 // a newer assessment
)

// costFigure is the figure of monthly cost that goes with an assessment.
type costFigure struct {
	fig figure.Figure
	err error
}

func newTrial(s *session.Session, do func(func())) *trial {
	t := &trial{session: s, tried: map[string]float64{}, saved: map[string]float64{}}
	t.after = func(d time.Duration, f func()) func() {
		timer := time.AfterFunc(d, func() { do(f) })
		return func() { timer.Stop() }
	}
	s.OnChange(t.heard)
	return t
}

func (t *trial) onChange(f func(change)) { t.observers = append(t.observers, f) }

func (t *trial) tell(c change) {
	for _, f := range t.observers {
		f(c)
	}
}

// heard follows the session: another case ends the trial, other answers of the same case lie under it.
func (t *trial) heard(e session.Event) {
	switch e.Kind {
	case session.CaseOpened:
		t.clear()
		t.saved = map[string]float64{}
	case session.ScenarioChanged:
		for _, path := range e.Paths {
			delete(t.saved, path)
		}
		if len(e.Paths) == 0 {
			t.saved = map[string]float64{}
		}
		if len(t.order) > 0 {
			t.moved()
		}
	}
}

// count is how many answers differ from the case.
func (t *trial) count() int { return len(t.order) }

// scenario is the case with the answers that are tried.
func (t *trial) scenario() calc.Scenario {
	s := t.session.Scenario()
	for _, path := range t.order {
		s = s.With(path, s.MovedTo(path, t.tried[path]))
	}
	return s
}

// value is the likely value that is tried for an input, if any.
func (t *trial) value(path string) (v float64, ok bool) {
	v, ok = t.tried[path]
	return v, ok
}

// note remembers where the case stands, so that an answer moved back there counts as unchanged.
func (t *trial) note(path string, now float64) { t.saved[path] = now }

// set tries a value.
func (t *trial) set(path string, v float64) {
	if now, ok := t.saved[path]; ok && now == v {
		t.drop(path)
		return
	}
	if old, ok := t.tried[path]; ok && old == v {
		return
	}
	if _, ok := t.tried[path]; !ok {
		t.order = append(t.order, path)
	}
	t.tried[path] = v
	t.moved()
}

// setAll tries several values at once.
func (t *trial) setAll(paths []string, values []float64) {
	for i, path := range paths {
		if _, ok := t.tried[path]; !ok {
			t.order = append(t.order, path)
		}
		t.tried[path] = values[i]
	}
	t.moved()
}

// drop takes one answer back to the case's.
func (t *trial) drop(path string) {
	if _, ok := t.tried[path]; !ok {
		return
	}
	delete(t.tried, path)
	t.order = slices.DeleteFunc(slices.Clone(t.order), func(p string) bool { return p == path })
	t.moved()
}

// snapshot is what a trial tries, to bring it back after Reset.
type snapshot struct {
	order []string
	tried map[string]float64
}

func (t *trial) snapshot() snapshot { return snapshot{slices.Clone(t.order), maps.Clone(t.tried)} }

func (t *trial) restore(s snapshot) {
	t.order, t.tried = slices.Clone(s.order), maps.Clone(s.tried)
	t.moved()
}

// clear ends the trial.
func (t *trial) clear() {
	t.order, t.tried = nil, map[string]float64{}
	t.moved()
}

// moved works the newest answers out: the base answer as fast as it can, the rest when nothing moves any more.
func (t *trial) moved() {
	t.stamp++
	if t.cancel != nil {
		t.cancel()
		t.cancel = nil
	}
	if t.stop != nil {
		t.stop()
		t.stop = nil
	}
	if t.count() == 0 {
		t.a, t.err, t.full, t.shown = nil, nil, false, t.stamp
		t.tell(answersMoved)
		return
	}
	t.tell(answersMoved)
	if t.due = !t.watched; t.due {
		return
	}
	t.base()
	t.stop = t.after(Rest, t.rest)
}

// watch says whether anybody looks: out of sight nothing is worked out.
func (t *trial) watch(on bool) {
	t.watched = on
	if on && t.due {
		t.moved()
	}
}

// result is an assessment with the figure that is drawn with it.
type result struct {
	a    *calc.Assessment
	cost costFigure
}

// work assesses a scenario off the window's goroutine, and describes its figure of cost beside the case's own.
func (t *trial) work(ctx context.Context, opt calc.Options, done func(result, error)) {
	s := t.scenario()
	saved, _ := t.session.Assessment()
	assessor := t.session.Assessor()
	session.Work(ctx, t.session, func(ctx context.Context) (result, error) {
		a, err := assessor.Assess(ctx, s, opt)
		if err != nil {
			return result{}, err
		}
		return result{a, describeCost(a, saved, figure.BuildOptions{Currency: figure.CurrencyOf(s)})}, nil
	}, done)
}

func describeCost(a, saved *calc.Assessment, opt figure.BuildOptions) costFigure {
	fig, err := figure.Build("monthly-cost", a, opt)
	if err == nil && saved != a {
		fig = figure.WithSaved(fig, a, saved, opt)
	}
	return costFigure{fig, err}
}

// base asks for the base answer. One is under way at a time, so that a slider in motion shows an answer at every step
// that can be worked out, and not only the last.
func (t *trial) base() {
	if t.busy || t.count() == 0 || t.asked == t.stamp {
		return
	}
	t.busy, t.asked = true, t.stamp
	stamp := t.stamp
	opt := t.session.Options()
	opt.Quick, opt.Draws = true, 0
	t.work(context.Background(), opt, func(r result, err error) {
		t.busy = false
		t.took(r, err, stamp, false)
		t.base()
	})
}

// rest asks for the whole answer once nothing moves.
func (t *trial) rest() {
	if t.count() == 0 {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	t.cancel = cancel
	stamp := t.stamp
	t.work(ctx, t.session.Options(), func(r result, err error) { t.took(r, err, stamp, true) })
}

// took takes in an answer, unless a newer or fuller one is there already or the trial has ended.
func (t *trial) took(r result, err error, stamp int, full bool) {
	if t.count() == 0 || stamp < t.shown || stamp == t.shown && t.full && !full {
		return
	}
	t.shown, t.full, t.err = stamp, full && err == nil, err
	if err == nil {
		t.a, t.cost = r.a, r.cost
	}
	t.tell(answerCame)
}

// assessment is the newest answer: the trial's, or the case's own where nothing is tried. settled reports whether it
// belongs to the newest answers with ranges and chances.
func (t *trial) assessment() (a *calc.Assessment, cost costFigure, settled bool) {
	if t.count() > 0 {
		if t.a != nil {
			return t.a, t.cost, t.full && t.shown == t.stamp
		}
		a, _ = t.session.Assessment()
		return a, costFigure{}, false
	}
	a, state := t.session.Assessment()
	return a, costFigure{}, a != nil && state.Computing == session.Idle
}
