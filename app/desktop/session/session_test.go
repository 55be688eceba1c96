package session

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"hostwise/assets"
	"hostwise/calc"
	"hostwise/calc/catalog"
	"hostwise/storage"
)

// fakeAssessor answers at once with the scenario's name, or refuses.
type fakeAssessor struct {
	mu    sync.Mutex
	asked []string // "quick NAME", "full NAME"
	err   error
	block chan struct{} // the full answer waits for it
	hold  chan struct{} // the base answer waits for it
}

func (f *fakeAssessor) Assess(ctx context.Context, s calc.Scenario, opt calc.Options) (*calc.Assessment, error) {
	kind := "full "
	if opt.Quick {
		kind = "quick "
	}
	f.mu.Lock()
	f.asked = append(f.asked, kind+s.Name())
	err, block := f.err, f.block
	if opt.Quick {
		block = f.hold
	}
	f.mu.Unlock()
	if block != nil {
		select {
		case <-block:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	if err != nil {
		return nil, err
	}
	monthly := calc.Range{Low: 1, Likely: 2, High: 3}
	return &calc.Assessment{ScenarioName: s.Name(), Draws: opt.Draws,
		Routes:  []calc.Route{{ID: "api", Kind: calc.API, Label: "API", Monthly: &monthly}},
		Verdict: calc.Verdict{Route: "api", Kind: calc.API, Headline: "Call an API. It is cheapest."}}, nil
}

// clock is a clock with timers that run when the test says so.
type clock struct {
	now    time.Time
	timers []*timer
}

type timer struct {
	at   time.Time
	f    func()
	dead bool
}

func (c *clock) after(d time.Duration, f func()) func() {
	t := &timer{at: c.now.Add(d), f: f}
	c.timers = append(c.timers, t)
	return func() { t.dead = true }
}

func (c *clock) pass(d time.Duration) {
	c.now = c.now.Add(d)
	for _, t := range c.timers {
		if !t.dead && !t.at.After(c.now) {
			t.dead = true
			t.f()
		}
	}
}

// world is a session over a real database in a temporary folder, with everything inline.
type world struct {
	*Session
	db       *storage.Store
	clock    *clock
	assessor *fakeAssessor
	path     string
	notices  []string
	events   []Kind
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return reopen(t, filepath.Join(t.TempDir(), "cases.db"))
}

func reopen(t *testing.T, path string) *world {
	t.Helper()
	cat := testCatalogue(t)
	w := &world{clock: &clock{now: time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)}, assessor: &fakeAssessor{}, path: path}
	db, err := storage.Open(t.Context(), path, storage.Options{Now: func() time.Time { return w.clock.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	w.db = db
	w.Session = New(Deps{
		Store: NewDatabase(db, cat, "test"), Assessor: w.assessor, Catalogue: cat, Files: ScenarioFiles{Catalogue: cat},
		Now: func() time.Time { return w.clock.now }, Go: func(f func()) { f() }, After: w.clock.after,
	})
	w.OnChange(func(e Event) {
		w.events = append(w.events, e.Kind)
		if e.Notice != nil {
			w.notices = append(w.notices, e.Notice.Text)
		}
	})
	return w
}

func testCatalogue(t *testing.T) *catalog.Catalog {
	t.Helper()
	cat, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	return cat
}

const calls = "workload.calls_per_month"

// stored is the scenario on the disk, read past the session.
func (w *world) stored(t *testing.T) calc.Scenario {
	t.Helper()
	c, err := w.db.Get(t.Context(), w.ID())
	if err != nil {
		t.Fatal(err)
	}
	s, problems := calc.Parse(c.Scenario, nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return s
}

func TestTypingIsOneStepOfUndoUntilTheFieldIsLeft(t *testing.T) {
	w := newWorld(t)
	for _, v := range []float64{1, 12, 120} {
		w.Set(calls, calc.Num(v))
	}
	w.LeaveField()
	w.Set(calls, calc.Num(500))

	w.Undo()
	if got := w.Scenario().Likely(calls); got != 120 {
		t.Errorf("after one undo: %v calls, want 120, what the field held when it was left", got)
	}
	w.Undo()
	if _, given := w.Scenario().Given(calls); given {
		t.Error("after two undos the answer is still given")
	}
	if _, ok := w.CanUndo(); ok {
		t.Error("there is a third step to undo")
	}
	w.Redo()
	w.Redo()
	if got := w.Scenario().Likely(calls); got != 500 {
		t.Errorf("after redo: %v calls, want 500", got)
	}
}

func TestAnotherFieldBeginsAnotherStep(t *testing.T) {
	w := newWorld(t)
	w.Set(calls, calc.Num(5))
	w.Set("workload.retry_rate", calc.Num(0.2))
	w.Set(calls, calc.Num(6))
	w.Undo()
	if got := w.Scenario().Likely(calls); got != 5 {
		t.Errorf("%v calls, want 5: the second visit to the field is a step of its own", got)
	}
	if label, _ := w.CanUndo(); label != calc.InputAt("workload.retry_rate").Label {
		t.Errorf("undo would take back %q", label)
	}
}

func TestAChangeAfterUndoForgetsWhatWasTakenBack(t *testing.T) {
	w := newWorld(t)
	w.Set(calls, calc.Num(5))
	w.LeaveField()
	w.Undo()
	w.Edit("something else", func(s calc.Scenario) calc.Scenario { return s.With("name", calc.Str("x")) })
	if _, ok := w.CanRedo(); ok {
		t.Error("redo would bring back an answer from another branch")
	}
}

func TestHistoryKeepsToItsLimit(t *testing.T) {
	w := newWorld(t)
	for i := range undoLimit + 20 {
		w.Edit("step", func(s calc.Scenario) calc.Scenario { return s.With(calls, calc.Num(float64(i+1))) })
	}
	n := 0
	for _, ok := w.CanUndo(); ok; _, ok = w.CanUndo() {
		w.Undo()
		n++
	}
	if n != undoLimit {
		t.Errorf("%d steps can be undone, want %d", n, undoLimit)
	}
}

func TestAutosaveWaitsForARest(t *testing.T) {
	w := newWorld(t)
	w.Set(calls, calc.Num(1))
	w.clock.pass(Rest / 2)
	w.Set(calls, calc.Num(12))
	w.clock.pass(Rest / 2)
	if w.ID() != "" {
		t.Fatal("saved while still typing")
	}
	w.clock.pass(Rest / 2)
	if w.ID() == "" || w.SaveState().Dirty {
		t.Fatal("not saved after a rest")
	}
	if got := w.stored(t).Likely(calls); got != 12 {
		t.Errorf("on the disk: %v calls, want 12", got)
	}
}

func TestLeavingAFieldSavesAtOnce(t *testing.T) {
	w := newWorld(t)
	w.Set(calls, calc.Num(77))
	w.LeaveField()
	if got := w.stored(t).Likely(calls); got != 77 {
		t.Errorf("on the disk: %v calls, want 77", got)
	}
}

func TestCloseLosesNothing(t *testing.T) {
	w := newWorld(t)
	w.Rename("Support desk")
	w.Set(calls, calc.Num(4321))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	w.clock.pass(time.Hour) // a timer that outlived the session must do no harm
	w.db.Close()

	again := reopen(t, w.path)
	if err := again.OpenLast(); err != nil {
		t.Fatal(err)
	}
	if got := again.Scenario().Likely(calls); got != 4321 || again.Name() != "Support desk" {
		t.Errorf("after a restart: %q with %v calls", again.Name(), got)
	}
}

// slowStore holds a save back until told, and counts what reaches the disk.
type slowStore struct {
	Store
	gate chan struct{}
}

func (s slowStore) Save(ctx context.Context, id string, sc calc.Scenario, sum Summary) (Saved, error) {
	if id != "" {
		<-s.gate
	}
	return s.Store.Save(ctx, id, sc, sum)
}

func TestAnOlderSaveNeverOvertakesANewerOne(t *testing.T) {
	w := newWorld(t)
	w.Set(calls, calc.Num(1))
	w.LeaveField() // the case has its id
	id := w.ID()

	gate := make(chan struct{})
	var late []func()
	w.deps.Store = slowStore{w.deps.Store, gate}
	w.deps.Go = func(f func()) { late = append(late, f) } // a writer that has not begun when the next save is done
	w.Set(calls, calc.Num(2))
	w.saveBehind()
	w.Set(calls, calc.Num(3))
	close(gate)
	if err := w.SaveNow(); err != nil {
		t.Fatal(err)
	}
	for _, f := range late {
		f()
	}
	if got := w.stored(t).Likely(calls); got != 3 {
		t.Errorf("on the disk: %v calls, want 3: the older save came last", got)
	}
	if w.ID() != id {
		t.Error("one case became two")
	}
}

// failingStore refuses to save.
type failingStore struct{ Store }

func (failingStore) Save(context.Context, string, calc.Scenario, Summary) (Saved, error) {
	return Saved{}, errors.New("disk full")
}

func TestAFailedSaveIsToldAndTriedAgain(t *testing.T) {
	w := newWorld(t)
	sound := w.deps.Store
	w.deps.Store = failingStore{sound}
	w.Set(calls, calc.Num(9))
	if err := w.SaveNow(); err == nil {
		t.Fatal("no error")
	}
	if st := w.SaveState(); !st.Dirty || st.Err == nil {
		t.Errorf("state after the failure: %+v", st)
	}
	if len(w.notices) == 0 || !strings.Contains(w.notices[0], "could not be saved") {
		t.Errorf("notices: %q", w.notices)
	}
	if err := w.Close(); err == nil {
		t.Fatal("closing said nothing of what was not saved")
	}
	w.deps.Store = sound
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if got := w.stored(t).Likely(calls); got != 9 {
		t.Errorf("on the disk: %v calls, want 9", got)
	}
}

func TestAConflictKeepsBothWindowsWork(t *testing.T) {
	w := newWorld(t)
	w.Rename("Shared")
	w.LeaveField()
	id := w.ID()
	other := reopen(t, w.path)
	if err := other.OpenCase(id); err != nil {
		t.Fatal(err)
	}
	other.Set(calls, calc.Num(111))
	other.LeaveField()

	w.Set(calls, calc.Num(222))
	w.LeaveField()
	if w.ID() == id {
		t.Fatal("this window wrote over the other's work")
	}
	if got := w.stored(t).Likely(calls); got != 222 || w.Name() != "Shared (this window)" {
		t.Errorf("this window's case: %q with %v calls", w.Name(), got)
	}
	if got := other.stored(t).Likely(calls); got != 111 {
		t.Errorf("the other window's case has %v calls, want 111", got)
	}
}

func TestTheBaseAnswerComesFirst(t *testing.T) {
	w := newWorld(t)
	var phases []Phase
	w.OnChange(func(e Event) {
		if e.Kind == AssessmentChanged {
			_, st := w.Assessment()
			phases = append(phases, st.Computing)
		}
	})
	w.Set("name", calc.Str("n"))
	want := []Phase{ComputeBase, ComputeFull, Idle}
	if len(phases) != 3 || phases[0] != want[0] || phases[1] != want[1] || phases[2] != want[2] {
		t.Errorf("phases %v, want %v", phases, want)
	}
	if a, _ := w.Assessment(); a.Draws != calc.DefaultDraws {
		t.Errorf("the last assessment has %d draws", a.Draws)
	}
}

// A change that waits for its base answer tells of it once, with the answer.
func TestABaseAnswerThatIsWaitedForComesWithTheChange(t *testing.T) {
	w := newWorld(t)
	later := make(chan func(), 16)
	w.deps.Go = func(f func()) { go f() }
	w.deps.Do = func(f func()) { later <- f }
	w.deps.Patience = time.Hour
	var phases []Phase
	w.OnChange(func(e Event) {
		if e.Kind == AssessmentChanged {
			_, st := w.Assessment()
			phases = append(phases, st.Computing)
		}
	})
	w.Set("name", calc.Str("n"))
	if a, _ := w.Assessment(); a == nil || a.ScenarioName != "n" || !slices.Equal(phases, []Phase{ComputeFull}) {
		t.Fatalf("right after the change: %+v, phases %v", a, phases)
	}
	(<-later)() // the base answer, which is there already
	(<-later)()
	if !slices.Equal(phases, []Phase{ComputeFull, Idle}) {
		t.Errorf("phases %v", phases)
	}
}

func TestTheWindowGoesOnWhereTheBaseAnswerTakesLonger(t *testing.T) {
	w := newWorld(t)
	later := make(chan func(), 16)
	w.assessor.hold = make(chan struct{})
	w.deps.Go = func(f func()) { go f() }
	w.deps.Do = func(f func()) { later <- f }
	w.deps.Patience = time.Nanosecond
	w.Set("name", calc.Str("n"))
	if _, st := w.Assessment(); st.Computing != ComputeBase {
		t.Fatalf("computing %v while the base answer is held", st.Computing)
	}
	close(w.assessor.hold)
	(<-later)()
	if a, st := w.Assessment(); a == nil || a.ScenarioName != "n" || st.Computing != ComputeFull {
		t.Errorf("%+v, %v", a, st)
	}
	(<-later)()
	if _, st := w.Assessment(); st.Computing != Idle {
		t.Errorf("at last %v", st.Computing)
	}
}

func TestTheLatestAnswerWins(t *testing.T) {
	w := newWorld(t)
	release := make(chan struct{})
	results := make(chan func(), 16)
	w.assessor.block = release
	w.deps.Go = func(f func()) { go f() }
	w.deps.Do = func(f func()) { results <- f }
	w.Set("name", calc.Str("old"))
	(<-results)() // the old base answer
	w.Set("name", calc.Str("new"))
	close(release)
	for {
		(<-results)()
		if a, st := w.Assessment(); st.Computing == Idle {
			if a.ScenarioName != "new" {
				t.Errorf("the answer of %q is shown", a.ScenarioName)
			}
			return
		}
	}
}

func TestAnErrorIsStateBesideTheLastGoodAnswer(t *testing.T) {
	w := newWorld(t)
	w.Set("name", calc.Str("good"))
	w.assessor.err = errors.New("no such device")
	w.Set("name", calc.Str("bad"))
	a, st := w.Assessment()
	if st.Err == nil || st.Computing != Idle {
		t.Errorf("state %+v", st)
	}
	if a == nil || a.ScenarioName != "good" {
		t.Error("the last good answer is gone")
	}
	w.assessor.err = nil
	w.Set("name", calc.Str("mended"))
	if _, st := w.Assessment(); st.Err != nil {
		t.Errorf("the error stays: %v", st.Err)
	}
}

func TestTheVerdictIsKeptForTheLibrary(t *testing.T) {
	w := newWorld(t)
	w.Rename("Kept")
	cases, err := w.Cases(t.Context(), "")
	if err != nil || len(cases) != 1 {
		t.Fatalf("%d cases, %v", len(cases), err)
	}
	sum := cases[0].Summary
	if !sum.Known || sum.Kind != calc.API || sum.Monthly == nil || sum.Monthly.Likely != 2 {
		t.Errorf("summary %+v", sum)
	}
}

func TestDeleteCanBeUndone(t *testing.T) {
	w := newWorld(t)
	w.Rename("First")
	first := w.ID()
	if err := w.NewCase(""); err != nil {
		t.Fatal(err)
	}
	w.Rename("Second")
	second := w.ID()
	var undo func()
	w.OnChange(func(e Event) {
		if e.Notice != nil && e.Notice.Undo != nil {
			undo = e.Notice.Undo
		}
	})
	if err := w.Delete(second); err != nil {
		t.Fatal(err)
	}
	if w.ID() != first {
		t.Errorf("after the open case was deleted %q is open", w.Name())
	}
	if cases, _ := w.Cases(t.Context(), ""); len(cases) != 1 {
		t.Errorf("%d cases are listed", len(cases))
	}
	undo()
	if w.ID() != second || w.Name() != "Second" {
		t.Errorf("after undo %q is open", w.Name())
	}
}

func TestRestoreIsANewRevisionAndCanBeUndone(t *testing.T) {
	w := newWorld(t)
	w.Set(calls, calc.Num(10))
	w.LeaveField()
	w.Set(calls, calc.Num(20))
	w.LeaveField()
	r, err := w.Revisions(t.Context(), w.ID())
	if err != nil || len(r) != 2 {
		t.Fatalf("%d revisions, %v", len(r), err)
	}
	if err := w.Restore(w.ID(), r[1]); err != nil {
		t.Fatal(err)
	}
	if got := w.stored(t).Likely(calls); got != 10 {
		t.Errorf("restored: %v calls, want 10", got)
	}
	w.Undo()
	if got := w.Scenario().Likely(calls); got != 20 {
		t.Errorf("restore undone: %v calls, want 20", got)
	}
}

func TestImportNamesEveryProblemAndTakesTheRest(t *testing.T) {
	w := newWorld(t)
	folder := t.TempDir()
	good, bad := filepath.Join(folder, "good.json"), filepath.Join(folder, "bad.json")
	write(t, good, `{"schema": 1, "workload": {"calls_per_month": 5}}`)
	write(t, bad, `{"schema": 1, "workload": {"calls_per_mont": 5, "retry_rate": -3}}`)
	got := w.imports(bad, good)
	if got.Cases != 1 || got.Files != 1 || w.Name() != "good" || w.Scenario().Likely(calls) != 5 {
		t.Errorf("%d cases of %d files imported, %q open", got.Cases, got.Files, w.Name())
	}
	if len(got.Refused) != 1 || got.Refused[0].File != "bad.json" {
		t.Fatalf("refused: %v", got.Refused)
	}
	if err := got.Refused[0].Err.Error(); !strings.Contains(err, "calls_per_mont") || !strings.Contains(err, "retry_rate") {
		t.Errorf("the error does not name both problems: %v", err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestExportedCasesComeBack(t *testing.T) {
	for _, ending := range []string{".jsonl", ".zip"} {
		w := newWorld(t)
		w.Rename("Über-Fall / 1")
		one := w.ID()
		if err := w.NewCase("saas-app"); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "cases"+ending)
		if err := w.ExportCases(path, one, w.ID()); err != nil {
			t.Fatal(err)
		}
		scenarios, err := w.deps.Files.Read(path)
		if err != nil || len(scenarios) != 2 {
			t.Fatalf("%s: %d scenarios, %v", ending, len(scenarios), err)
		}
		if scenarios[0].Name() != "Über-Fall / 1" || !scenarios[1].Equal(w.Scenario()) {
			t.Errorf("%s: what came back differs", ending)
		}
	}
}

func TestSettingsSurviveARestart(t *testing.T) {
	w := newWorld(t)
	w.SetTheme(ThemeDark)
	w.SetTextScale(430)
	w.SetWindowSize(1000, 700)
	w.SetExportFolder("/somewhere")
	w.SetExportLook("svg 1200x900 dark")
	w.SetAmountsPer(PerDay)
	w.SetPage("library")
	w.db.Close()
	got := reopen(t, w.path).Settings()
	want := Settings{Theme: ThemeDark, TextScale: MaxTextScale, WindowWidth: 1000, WindowHeight: 700, ExportFolder: "/somewhere",
		ExportLook: "svg 1200x900 dark", Page: "library", AmountsPer: PerDay}
	if got != want {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}

func TestTheCaseSeesItsOwnRows(t *testing.T) {
	w := newWorld(t)
	if err := w.NewCase("saas-app"); err != nil {
		t.Fatal(err)
	}
	if w.CaseCatalogue() != w.Catalogue() {
		t.Error("a case without rows of its own has a catalogue of its own")
	}
	card := *w.Catalogue().Device("h100-sxm")
	card.ID, card.Name = "our-card", "Our card"
	w.Edit("a card", func(s calc.Scenario) calc.Scenario { return s.WithFacts(calc.Facts{Devices: []catalog.Device{card}}) })
	first := w.CaseCatalogue()
	if d := first.Device("our-card"); d == nil || d.Name != "Our card" || first.Device("h100-sxm") == nil {
		t.Error("the case does not see its own card beside the listed ones")
	}
	w.Set("workload.calls_per_month", calc.Num(7))
	if w.CaseCatalogue() != first {
		t.Error("another answer made the catalogue anew")
	}
	w.Undo()
	w.Undo()
	if w.CaseCatalogue().Device("our-card") != nil {
		t.Error("after undo the card is still there")
	}
}

func TestAllTemplatesOpen(t *testing.T) {
	w := newWorld(t)
	if len(w.Templates()) != 9 {
		t.Errorf("%d templates, want 9", len(w.Templates()))
	}
	for _, tpl := range w.Templates() {
		if err := w.NewCase(tpl.Name); err != nil {
			t.Errorf("%s: %v", tpl.Name, err)
		}
		if w.Name() != tpl.Title {
			t.Errorf("%s opens as %q", tpl.Name, w.Name())
		}
	}
}

func TestCopiesKeepWithinTheNamesLimit(t *testing.T) {
	long := strings.Repeat("ä", 200)
	if got := []rune(suffixed(long, " (copy)")); len(got) != 200 || !strings.HasSuffix(string(got), " (copy)") {
		t.Errorf("%d characters", len(got))
	}
}

func TestFileNames(t *testing.T) {
	for name, want := range map[string]string{
		"Support desk, EU": "support-desk-eu", "": "case", "../../etc/passwd": "etc-passwd", "Ünder": "ünder", "a/b\\c:d": "a-b-c-d",
	} {
		if got := FileName(name); got != want {
			t.Errorf("FileName(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestAFolderIsImportedFileByFile(t *testing.T) {
	s := newWorld(t)
	folder := t.TempDir()
	for name, text := range map[string]string{
		"a.json": `{"schema": 1, "name": "A"}`, "b.jsonl": "{\"schema\": 1}\n{\"schema\": 1, \"name\": \"C\"}\n",
		"wrong.json": `{"schema": 1, "nmae": "D"}`, "notes.txt": "not a scenario",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := s.imports(folder)
	if got.Cases != 3 || got.Files != 2 || len(got.Refused) != 1 || got.Refused[0].File != "wrong.json" {
		t.Errorf("%+v", got)
	}
	if s.Name() != "A" {
		t.Errorf("%q is open, want the first", s.Name())
	}
	if got := s.imports(t.TempDir()); len(got.Refused) != 1 || !strings.Contains(got.Refused[0].Err.Error(), "holds no") || got.Undo != nil {
		t.Errorf("an empty folder: %+v", got)
	}
}
