package session

import (
	"testing"

	"hostwise/calc"
)

// names lists the saved cases' names, newest edit first.
func (w *world) names(t *testing.T) map[string]bool {
	t.Helper()
	cases, err := w.Cases(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for _, c := range cases {
		out[c.Name] = true
	}
	return out
}

// three returns a world with the cases First, Second and Third, of which the third is open, and their ids.
func three(t *testing.T) (*world, []string) {
	t.Helper()
	w := newWorld(t)
	var ids []string
	for i, name := range []string{"First", "Second", "Third"} {
		if i > 0 {
			if err := w.NewCase(""); err != nil {
				t.Fatal(err)
			}
		}
		w.Rename(name)
		ids = append(ids, w.ID())
	}
	return w, ids
}

func TestTheLastThingDoneIsTheFirstTakenBack(t *testing.T) {
	w, ids := three(t)
	w.Set(calls, calc.Num(10))
	w.LeaveField()
	if err := w.Delete(ids[0]); err != nil {
		t.Fatal(err)
	}
	w.Set(calls, calc.Num(20))
	w.LeaveField()
	if err := w.Delete(ids[1]); err != nil {
		t.Fatal(err)
	}
	if label, _ := w.CanUndo(); label != "Delete “Second”" {
		t.Errorf("undo says %q", label)
	}
	w.Undo()
	if n := w.names(t); !n["Second"] || n["First"] || w.Scenario().Likely(calls) != 20 {
		t.Errorf("first undo: %v, %v calls", n, w.Scenario().Likely(calls))
	}
	w.Undo()
	if n := w.names(t); n["First"] || w.Scenario().Likely(calls) != 10 {
		t.Errorf("second undo: %v, %v calls", n, w.Scenario().Likely(calls))
	}
	w.Undo()
	if n := w.names(t); !n["First"] || w.Scenario().Likely(calls) != 10 {
		t.Errorf("third undo: %v, %v calls", n, w.Scenario().Likely(calls))
	}
	w.Redo()
	if n := w.names(t); n["First"] {
		t.Errorf("redo: %v", n)
	}
}

func TestADeletedOpenCaseComesBackWithItsHistory(t *testing.T) {
	w, ids := three(t)
	w.Set(calls, calc.Num(10))
	w.LeaveField()
	if err := w.Delete(ids[2]); err != nil {
		t.Fatal(err)
	}
	w.Undo()
	if w.ID() != ids[2] {
		t.Fatalf("%q is open", w.Name())
	}
	w.Undo()
	if _, given := w.Scenario().Given(calls); given {
		t.Errorf("the answer before the deletion was not taken back: %v", w.Scenario().Likely(calls))
	}
	w.Redo()
	w.Redo()
	if n := w.names(t); n["Third"] || w.ID() == ids[2] {
		t.Errorf("redo: %v, %q is open", n, w.Name())
	}
}

func TestTheToastsUndoCountsOnce(t *testing.T) {
	w, ids := three(t)
	var undo func()
	w.OnChange(func(e Event) {
		if e.Notice != nil && e.Notice.Undo != nil {
			undo = e.Notice.Undo
		}
	})
	if err := w.Delete(ids[0]); err != nil {
		t.Fatal(err)
	}
	w.Set(calls, calc.Num(20))
	undo()
	if n := w.names(t); !n["First"] || w.Scenario().Likely(calls) != 20 {
		t.Errorf("after the toast's undo: %v, %v calls", n, w.Scenario().Likely(calls))
	}
	undo()
	w.Undo()
	if _, given := w.Scenario().Given(calls); given {
		t.Error("Ctrl+Z took the deletion back a second time instead of the answer")
	}
}

func TestADeletionOutlivesTheOpeningOfAnotherCase(t *testing.T) {
	w, ids := three(t)
	if err := w.Delete(ids[0]); err != nil {
		t.Fatal(err)
	}
	if err := w.OpenCase(ids[1]); err != nil {
		t.Fatal(err)
	}
	w.Undo()
	if n := w.names(t); !n["First"] || w.ID() != ids[1] {
		t.Errorf("%v, %q is open", n, w.Name())
	}
	if err := w.Delete(ids[0]); err != nil {
		t.Fatal(err)
	}
	if err := w.BringBack(ids[0]); err != nil {
		t.Fatal(err)
	}
	if label, ok := w.CanUndo(); ok || !w.names(t)["First"] {
		t.Errorf("after BringBack undo would take back %q", label)
	}
}

func TestNamesAndCopiesOfOtherCasesAreTakenBack(t *testing.T) {
	w, ids := three(t)
	for _, typed := range []string{"O", "Of", "Office"} {
		if err := w.SetInCases("Name", "name", map[string]calc.Value{ids[0]: calc.Str(typed)}); err != nil {
			t.Fatal(err)
		}
	}
	w.LeaveField()
	made, err := w.Duplicate(ids[0])
	if err != nil || len(made) != 1 {
		t.Fatal(made, err)
	}
	if n := w.names(t); !n["Office (copy)"] {
		t.Fatalf("%v", n)
	}
	// An answer given to the renamed case meanwhile stays.
	if err := w.OpenCase(ids[0]); err != nil {
		t.Fatal(err)
	}
	w.Set(calls, calc.Num(44))
	if err := w.OpenCase(made[0]); err != nil {
		t.Fatal(err)
	}
	w.Undo()
	if n := w.names(t); n["Office (copy)"] || w.ID() != ids[2] {
		t.Errorf("copy undone: %v, %q is open", n, w.Name())
	}
	w.Undo()
	first, err := w.CaseScenario(t.Context(), ids[0])
	if err != nil || first.Name() != "First" || first.Likely(calls) != 44 {
		t.Errorf("name undone: %q, %v calls, %v", first.Name(), first.Likely(calls), err)
	}
	w.Redo()
	w.Redo()
	if n := w.names(t); !n["Office"] || !n["Office (copy)"] {
		t.Errorf("redo: %v", n)
	}
}

func TestACopyOfAnUntitledCaseIsNamedSo(t *testing.T) {
	w := newWorld(t)
	w.Set("notes", calc.Str("to be asked")) // no answer, so that there is nothing to name the case by
	w.LeaveField()
	if _, err := w.Duplicate(w.ID()); err != nil {
		t.Fatal(err)
	}
	if n := w.names(t); !n["Untitled case (copy)"] {
		t.Errorf("%v", n)
	}
}
