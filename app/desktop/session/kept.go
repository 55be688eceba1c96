package session

import (
	"context"
	"slices"

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
	s.queue(keptCase{saved.ID, &scenario})
	return saved.ID, nil
}

// keptCase is a case whose verdict is still to be worked out.
type keptCase struct {
	id       string
	scenario *calc.Scenario // nil = as it is saved
}

func (s *Session) queue(c keptCase) {
	s.kept = append(s.kept, c)
	if len(s.kept) == 1 {
		s.workOutKept()
	}
}

// mostSeen is how many of the cases that a list has shown are worked out: what is in view, and not all that went by.
const mostSeen = 24

// Seen says that a list shows a case. Where its verdict is not known it is worked out behind, once for each of its
// states, when the list has come to rest.
func (s *Session) Seen(c Case) {
	if at, asked := s.asked[c.ID]; c.Summary.Known || c.ID == s.id || asked && at == c.Revision || s.deps.Assessor == nil {
		return
	}
	s.seen = append(slices.DeleteFunc(s.seen, func(x Case) bool { return x.ID == c.ID }), c)
	if len(s.seen) > mostSeen {
		s.seen = s.seen[1:]
	}
	if s.stopSeen != nil {
		s.stopSeen()
	}
	s.stopSeen = s.deps.After(Rest, func() { s.deps.Do(s.workOutSeen) })
}

func (s *Session) workOutSeen() {
	if s.asked == nil {
		s.asked = map[string]int{}
	}
	for _, c := range s.seen {
		s.asked[c.ID] = c.Revision
		s.queue(keptCase{id: c.ID})
	}
	s.seen = nil
}

// workOutKept works out the first case of those that were kept, then the next: one at a time, so that many kept at once
// leave the open case its share of the machine.
func (s *Session) workOutKept() {
	if s.closed || s.deps.Assessor == nil {
		s.kept = nil
		return
	}
	next := s.kept[0]
	Work(context.Background(), s, func(ctx context.Context) (a *calc.Assessment, err error) {
		if next.scenario == nil {
			scenario, _, err := s.deps.Store.Open(ctx, next.id)
			if err != nil {
				return nil, err
			}
			next.scenario = &scenario
		}
		return s.AssessOther(ctx, *next.scenario)
	}, func(a *calc.Assessment, err error) {
		if err == nil { // one that cannot be assessed says so when it is opened
			s.KeepVerdict(next.id, *next.scenario, a)
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
