package session

import (
	"context"

	"hostwise/calc"
)

// Answered reports whether anything of a scenario was answered. A name, notes and tags describe a case and answer
// nothing.
func Answered(s calc.Scenario) bool {
	return !s.Without("name").Without("notes").Without("tags").Equal(calc.Scenario{})
}

// KeepAs saves a scenario as a new case beside the open one, which stays open. It returns the new case's id. Its verdict
// is worked out behind, so that the library need not say that it is not.
func (s *Session) KeepAs(scenario calc.Scenario) (id string, err error) {
	saved, err := s.create(scenario)
	if err != nil {
		return "", err
	}
	s.emit(Event{Kind: CasesChanged})
	s.kept = append(s.kept, keptCase{saved.ID, scenario})
	if len(s.kept) == 1 {
		s.workOutKept()
	}
	return saved.ID, nil
}

// keptCase is a case whose verdict is still to be worked out.
type keptCase struct {
	id       string
	scenario calc.Scenario
}

// workOutKept works out the first case of those that were kept, then the next: one at a time, so that many kept at once
// leave the open case its share of the machine.
func (s *Session) workOutKept() {
	if s.closed || s.deps.Assessor == nil {
		s.kept = nil
		return
	}
	next := s.kept[0]
	Work(context.Background(), s, func(ctx context.Context) (*calc.Assessment, error) {
		return s.AssessOther(ctx, next.scenario)
	}, func(a *calc.Assessment, err error) {
		if err == nil { // one that cannot be assessed says so when it is opened
			s.KeepVerdict(next.id, next.scenario, a)
		}
		if s.kept = s.kept[1:]; len(s.kept) > 0 {
			s.workOutKept()
		}
	})
}

// KeepVerdict writes what was worked out of a saved case that is not open, unless the case has changed since.
func (s *Session) KeepVerdict(id string, scenario calc.Scenario, a *calc.Assessment) {
	if id == s.id || s.closed {
		return
	}
	Work(context.Background(), s, func(ctx context.Context) (bool, error) {
		now, saved, err := s.deps.Store.Open(ctx, id)
		if err != nil || !now.Equal(scenario) {
			return false, nil // deleted or changed: the verdict is of nobody's case
		}
		return true, s.deps.Store.Summarise(ctx, id, saved.Revision, Summarise(a))
	}, func(wrote bool, err error) {
		switch {
		case err != nil:
			s.Notify(Notice{Text: "The verdict could not be kept for the library; it is worked out again next time.", Err: err})
		case wrote:
			s.touch(id)
			s.emit(Event{Kind: CasesChanged})
		}
	})
}
