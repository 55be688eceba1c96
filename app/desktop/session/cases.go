package session

import (
	"context"
	"errors"
	"fmt"
	"time"

	"hostwise/calc"
)

// saveSoon writes the open case after a rest, or at once where wait is zero.
func (s *Session) saveSoon(wait time.Duration) {
	if s.stopTimer != nil {
		s.stopTimer()
		s.stopTimer = nil
	}
	if s.closed || s.deps.Store == nil {
		return
	}
	if wait == 0 {
		s.saveBehind()
		return
	}
	s.stopTimer = s.deps.After(wait, func() { s.deps.Do(s.saveBehind) })
}

// saveBehind writes off the window's goroutine. A case that has no id yet gets it here and now, so that two
// saves under way can never make two cases of one.
func (s *Session) saveBehind() {
	if !s.save.Dirty || s.closed {
		return
	}
	if s.id == "" {
		s.saved(s.write(s.id, s.scenario, s.summary(), s.sequence), s.sequence)
		return
	}
	id, scenario, sum, sequence := s.id, s.scenario, s.summary(), s.sequence
	s.deps.Go(func() {
		r := s.write(id, scenario, sum, sequence)
		s.deps.Do(func() {
			if s.id == id && !s.closed {
				s.saved(r, sequence)
			}
		})
	})
}

type writeResult struct {
	saved    Saved
	scenario calc.Scenario
	skipped  bool // something newer is on the disk already
	copied   bool // another window had changed the case: this is a new one
	err      error
}

// write puts one state of a case on the disk unless a newer one is there. It may be called from any goroutine.
func (s *Session) write(id string, scenario calc.Scenario, sum Summary, sequence int) writeResult {
	s.writing.Lock()
	defer s.writing.Unlock()
	if id != "" && s.written[id] > sequence {
		return writeResult{skipped: true}
	}
	saved, err := s.deps.Store.Save(context.Background(), id, scenario, sum)
	copied := false
	if errors.Is(err, ErrConflict) {
		// Neither window's work may be lost: this one goes on as a case of its own.
		copied = true
		scenario = scenario.With("name", calc.Str(suffixed(scenario.Name(), " (this window)")))
		saved, err = s.deps.Store.Save(context.Background(), "", scenario, sum)
	}
	if err == nil {
		s.written[saved.ID] = sequence
	}
	return writeResult{saved: saved, scenario: scenario, copied: copied, err: err}
}

// summary returns the verdict of the scenario as it is now, empty while it is being worked out.
func (s *Session) summary() Summary {
	if s.assessment == nil || s.state.Computing == ComputeBase || s.state.Err != nil {
		return Summary{}
	}
	return Summarise(s.assessment)
}

func (s *Session) saved(r writeResult, sequence int) {
	if r.skipped {
		return
	}
	if r.err != nil {
		s.save.Err = r.err
		s.emit(Event{Kind: SaveChanged})
		s.Notify(Notice{Text: "The case could not be saved. Free some space or check the folder; it is tried again at the next change.", Err: r.err})
		return
	}
	s.id = r.saved.ID
	s.touch(s.id)
	if r.copied {
		name, _ := r.scenario.Given("name")
		s.scenario = s.scenario.With("name", name)
		s.emit(Event{Kind: ScenarioChanged, Paths: []string{"name"}})
		s.Notify(Notice{Text: "This case was changed in another window. Yours is kept as a case of its own."})
	}
	s.save.At, s.save.Revision, s.save.Err = r.saved.At, r.saved.Revision, nil
	s.save.Dirty = sequence != s.sequence
	s.emit(Event{Kind: SaveChanged})
	s.emit(Event{Kind: CasesChanged})
	s.saveSummary()
	s.setSetting(keyOpenCase, s.id)
}

// verdictOf names the state that a verdict on the disk belongs to. The revision alone does not: saves of one sitting
// are merged into one revision.
type verdictOf struct{ revision, sequence int }

// saveSummary keeps the verdict of the revision on the disk, once both are final and belong together.
func (s *Session) saveSummary() {
	if s.id == "" || s.save.Dirty || s.save.Revision == 0 || s.assessment == nil || s.state.Computing != Idle ||
		s.state.Err != nil || s.summarised == (verdictOf{s.save.Revision, s.sequence}) {
		return
	}
	s.summarised = verdictOf{s.save.Revision, s.sequence}
	id, revision, sum := s.id, s.save.Revision, Summarise(s.assessment)
	s.deps.Go(func() {
		err := s.deps.Store.Summarise(context.Background(), id, revision, sum)
		s.deps.Do(func() {
			if err != nil {
				s.Notify(Notice{Text: "The verdict could not be kept for the library; it is worked out again next time.", Err: err})
				return
			}
			s.touch(id)
			s.emit(Event{Kind: CasesChanged})
		})
	})
}

// SaveNow writes the open case and waits for it.
func (s *Session) SaveNow() error {
	if s.stopTimer != nil {
		s.stopTimer()
		s.stopTimer = nil
	}
	s.history.seal()
	if s.deps.Store == nil {
		return nil
	}
	if !s.save.Dirty && s.id != "" {
		return nil
	}
	r := s.write(s.id, s.scenario, s.summary(), s.sequence)
	s.saved(r, s.sequence)
	return r.err
}

// Close saves and ends all work. The session must not be used afterwards. On an error nothing was lost that
// had been saved before; the caller says so and may call Close again.
func (s *Session) Close() error {
	if s.closed {
		return nil
	}
	if s.save.Dirty {
		if err := s.SaveNow(); err != nil {
			return err
		}
	}
	s.closed = true
	if s.cancel != nil {
		s.cancel()
	}
	// A save that is still under way holds the lock: wait for it.
	s.writing.Lock()
	defer s.writing.Unlock()
	return nil
}

// open makes a scenario the working one, without the answers of another in its history.
func (s *Session) open(id string, scenario calc.Scenario, saved Saved, dirty bool) {
	if s.stopTimer != nil {
		s.stopTimer()
		s.stopTimer = nil
	}
	s.id, s.scenario, s.history = id, scenario, s.history.actions()
	s.sequence++
	s.save = SaveState{Dirty: dirty, At: saved.At, Revision: saved.Revision}
	s.assessment, s.state, s.summarised = nil, State{}, verdictOf{}
	if id != "" {
		s.setSetting(keyOpenCase, id)
	}
	s.emit(Event{Kind: CaseOpened})
	s.emit(Event{Kind: ScenarioChanged})
	s.emit(Event{Kind: SaveChanged})
	s.assess()
}

// OpenCase saves the open case and opens another.
func (s *Session) OpenCase(id string) error {
	if err := s.leave(); err != nil {
		return err
	}
	scenario, saved, err := s.deps.Store.Open(context.Background(), id)
	if err != nil {
		return fmt.Errorf("open case %s: %w", id, err)
	}
	s.open(id, scenario, saved, false)
	return nil
}

// OpenLast opens the case that was open when the program last ended, or the newest, or a new one.
func (s *Session) OpenLast() error {
	id := s.settings.OpenCase
	if id != "" {
		err := s.OpenCase(id)
		if err == nil || !errors.Is(err, ErrNoCase) {
			return err
		}
	}
	cases, err := s.deps.Store.List(context.Background(), "")
	if err != nil {
		return err
	}
	if len(cases) > 0 {
		return s.OpenCase(cases[0].ID)
	}
	s.open("", calc.Scenario{}, Saved{}, false)
	return nil
}

// leave writes what is not yet saved of the open case.
func (s *Session) leave() error {
	if s.save.Dirty {
		return s.SaveNow()
	}
	return nil
}

// NewCase saves the open case and starts another from a template, or a blank one for "".
func (s *Session) NewCase(template string) error {
	if err := s.leave(); err != nil {
		return err
	}
	scenario := calc.Scenario{}.With("name", calc.Str(Untitled))
	if template != "" {
		var err error
		if scenario, err = s.deps.Files.Template(template); err != nil {
			return err
		}
	}
	return s.adopt(scenario)
}

// adopt saves a scenario as a new case and opens it.
func (s *Session) adopt(scenario calc.Scenario) error {
	saved, err := s.create(scenario)
	if err != nil {
		return err
	}
	s.open(saved.ID, scenario, saved, false)
	s.emit(Event{Kind: CasesChanged})
	return nil
}

func (s *Session) create(scenario calc.Scenario) (Saved, error) {
	saved, err := s.deps.Store.Save(context.Background(), "", scenario, Summary{})
	if err == nil {
		s.touch(saved.ID)
	}
	return saved, err
}

// suffixed adds words to a name within the length that a name may have.
func suffixed(name, suffix string) string {
	const limit = 200
	r := []rune(name)
	if most := limit - len([]rune(suffix)); len(r) > most {
		r = r[:most]
	}
	return string(r) + suffix
}

// Cases lists the saved cases that match the words, all for "", newest edit first.
func (s *Session) Cases(ctx context.Context, words string) ([]Case, error) {
	return s.deps.Store.List(ctx, words)
}

// FindCases returns the ids of the saved cases that match words, for a list that is at hand already. Call it inside
// Work.
func (s *Session) FindCases(ctx context.Context, words string) ([]string, error) {
	return s.deps.Store.Find(ctx, words)
}

// CaseScenario returns the scenario of a saved case without opening it; of the open case, as it is now.
func (s *Session) CaseScenario(ctx context.Context, id string) (calc.Scenario, error) {
	if id == s.id {
		return s.scenario, nil
	}
	scenario, _, err := s.deps.Store.Open(ctx, id)
	return scenario, err
}

// Revisions returns the history of a case, newest first.
func (s *Session) Revisions(ctx context.Context, id string) ([]Revision, error) {
	return s.deps.Store.Revisions(ctx, id)
}

// Restore makes an old revision the newest state of its case, and opens it. It can be undone like an answer.
func (s *Session) Restore(id string, r Revision) error {
	if id != s.id {
		if err := s.OpenCase(id); err != nil {
			return err
		}
	}
	s.Edit(fmt.Sprintf("Restore revision %d", r.Number), func(calc.Scenario) calc.Scenario { return r.Scenario })
	return s.SaveNow()
}

// ExportScenario writes the open scenario to a file, by its ending.
func (s *Session) ExportScenario(path string) error {
	return s.deps.Files.Write(path, []calc.Scenario{s.scenario})
}

// ExportCases writes saved cases to one file, by its ending.
func (s *Session) ExportCases(path string, ids ...string) error {
	scenarios := make([]calc.Scenario, 0, len(ids))
	for _, id := range ids {
		scenario, err := s.CaseScenario(context.Background(), id)
		if err != nil {
			return err
		}
		scenarios = append(scenarios, scenario)
	}
	return s.deps.Files.Write(path, scenarios)
}

// Templates lists the ready scenarios.
func (s *Session) Templates() []Template {
	if s.deps.Files == nil {
		return nil
	}
	return s.deps.Files.Templates()
}

// DatabasePath is where the cases are kept.
func (s *Session) DatabasePath() string { return s.deps.Store.Path() }

// Backup writes a copy of the database and returns where it is.
func (s *Session) Backup(ctx context.Context) (string, error) { return s.deps.Store.Backup(ctx) }
