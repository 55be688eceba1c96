package session

import (
	"context"
	"fmt"
	"slices"

	"hostwise/calc"
)

// action is a step of the history that is not an answer of the open case: cases deleted, copied, or described in the
// library. It stands in one line with the answers, so that the last thing done is the first taken back, and it outlives
// the opening of another case, which ends the line of answers.
type action struct {
	undo, redo func() error
	deleted    []string // ids of the cases that were put away, if that was it
	grows      *caseEdit
}

// did puts an action on the line that Undo takes back.
func (s *Session) did(label, path string, a *action) {
	s.history.push(step{label: label, path: path, act: a})
}

// walk runs one direction of an action. One that cannot be walked leaves the line, or it would bar the way to the
// steps before it.
func (s *Session) walk(st step, run func() error) {
	if err := run(); err != nil {
		s.history.drop(st.act)
		s.Notify(Notice{Text: "“" + st.label + "” could not be taken back or done again.", Err: err})
	}
	s.emit(Event{Kind: CasesChanged})
}

// Delete puts cases away and offers to bring them back. Deleting the open case opens the newest other one.
func (s *Session) Delete(ids ...string) error {
	if err := s.leave(); err != nil {
		return err
	}
	ids = slices.Clone(ids)
	what := fmt.Sprintf("%d cases", len(ids))
	if len(ids) == 1 {
		scenario, _, err := s.deps.Store.Open(context.Background(), ids[0])
		if err != nil {
			return err
		}
		what = "“" + NameOf(scenario) + "”"
	}
	openID := ""
	if slices.Contains(ids, s.id) {
		openID = s.id
	}
	before := s.history
	if err := s.discard(ids, ""); err != nil {
		return err
	}
	act := &action{deleted: ids}
	act.undo = func() error {
		if err := s.undelete(ids, openID); err != nil {
			return err
		}
		if openID != "" {
			s.history.precede(before)
		}
		return nil
	}
	act.redo = func() error { return s.discard(ids, "") }
	s.did("Delete "+what, "", act)
	s.emit(Event{Kind: CasesChanged})
	was := " was deleted"
	if len(ids) > 1 {
		was = " were deleted"
	}
	s.Notify(Notice{Text: what + was, Undo: func() {
		if err := s.takeBack(act); err != nil {
			s.Notify(Notice{Text: "The cases could not be brought back.", Err: err})
		}
	}})
	return nil
}

// BringBack undoes the deletion that put a case away, whatever has been done since.
func (s *Session) BringBack(id string) error {
	for _, st := range s.history.steps[:s.history.at] {
		if st.act != nil && slices.Contains(st.act.deleted, id) {
			return s.takeBack(st.act)
		}
	}
	if err := s.undelete([]string{id}, ""); err != nil {
		return err
	}
	s.emit(Event{Kind: CasesChanged})
	return nil
}

// takeBack undoes an action out of its turn, once: it is Undo where the action is the last step.
func (s *Session) takeBack(a *action) error {
	if !s.history.holds(a) {
		return nil
	}
	if n := s.history.at; n > 0 && s.history.steps[n-1].act == a {
		s.Undo()
		return nil
	}
	if err := s.undelete(a.deleted, ""); err != nil {
		return err
	}
	s.history.drop(a)
	s.emit(Event{Kind: CasesChanged})
	return nil
}

// discard puts cases away. Where the open one is among them, next is opened, or the newest other one for "".
func (s *Session) discard(ids []string, next string) error {
	if err := s.leave(); err != nil {
		return err
	}
	s.touch(ids...)
	if err := s.deps.Store.Delete(context.Background(), ids); err != nil {
		return err
	}
	if slices.Contains(ids, s.id) {
		s.settings.OpenCase = next
		return s.OpenLast()
	}
	return nil
}

// undelete brings cases back, and opens the one that was open.
func (s *Session) undelete(ids []string, openID string) error {
	s.touch(ids...)
	if err := s.deps.Store.Undelete(context.Background(), ids); err != nil {
		return err
	}
	if openID == "" {
		return nil
	}
	return s.OpenCase(openID)
}

// Duplicate saves copies of cases and returns their ids. It opens none.
func (s *Session) Duplicate(ids ...string) ([]string, error) {
	if err := s.leave(); err != nil {
		return nil, err
	}
	var made []string
	var failed error
	for _, id := range ids {
		var scenario calc.Scenario
		var saved Saved
		if scenario, _, failed = s.deps.Store.Open(context.Background(), id); failed != nil {
			break
		}
		copied := scenario.With("name", calc.Str(s.copyName(NameOf(scenario))))
		if saved, failed = s.create(copied); failed != nil {
			break
		}
		made = append(made, saved.ID)
	}
	if len(made) > 0 {
		s.didCopy(made, s.id)
	}
	s.emit(Event{Kind: CasesChanged})
	return made, failed
}

// didCopy lets the making of copies be undone; open is the case that was open by then.
func (s *Session) didCopy(made []string, open string) {
	label := "Duplicate"
	if len(made) > 1 {
		label = fmt.Sprintf("Duplicate %d cases", len(made))
	}
	s.did(label, "", &action{
		undo: func() error { return s.discard(made, open) },
		redo: func() error { return s.undelete(made, "") },
	})
}

// caseEdit is one answer of saved cases before and after, by case.
type caseEdit struct {
	path     string
	from, to map[string]*calc.Value // nil = not given
}

// SetInCases gives one answer of saved cases a value each, without opening them: their name, notes or tags. It is one
// step of undo, and typing in one case's field is one step until LeaveField.
func (s *Session) SetInCases(label, path string, values map[string]calc.Value) error {
	edit := &caseEdit{path: path, from: map[string]*calc.Value{}, to: map[string]*calc.Value{}}
	for id, v := range values {
		old, err := s.CaseScenario(context.Background(), id)
		if err != nil {
			return err
		}
		if given, ok := old.Given(path); ok {
			edit.from[id] = &given
		} else {
			edit.from[id] = nil
		}
		edit.to[id] = &v
	}
	if err := s.describe(path, edit.to); err != nil {
		return err
	}
	field := ""
	if len(values) == 1 {
		for id := range values {
			field = id + " " + path
		}
	}
	s.did(label, field, &action{
		undo:  func() error { return s.describe(path, edit.from) },
		redo:  func() error { return s.describe(path, edit.to) },
		grows: edit,
	})
	s.emit(Event{Kind: CasesChanged})
	return nil
}

// describe writes one answer of cases; the open one is changed as it stands, with what is not yet saved of it.
func (s *Session) describe(path string, values map[string]*calc.Value) error {
	for id, v := range values {
		scenario, err := s.CaseScenario(context.Background(), id)
		if err != nil {
			return err
		}
		if v == nil {
			scenario = scenario.Without(path)
		} else {
			scenario = scenario.With(path, *v)
		}
		if id == s.id {
			s.become(scenario, path)
			continue
		}
		if _, err := s.deps.Store.Save(context.Background(), id, scenario, Summary{}); err != nil {
			return err
		}
		s.touch(id)
	}
	return nil
}

// NameOf is the name of a scenario as it is shown.
func NameOf(scenario calc.Scenario) string {
	if n := scenario.Name(); n != "" {
		return n
	}
	return Untitled
}

// Untitled is what a case without a name is called.
const Untitled = "Untitled case"
