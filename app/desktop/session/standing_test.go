package session_test

import (
	"testing"

	"hostwise/app/desktop/session/sessiontest"
	"hostwise/calc"
)

const volume = "workload.calls_per_month"

// What is typed and cannot be read leaves the answer, its text and its quote as they were, and no step of undo.
func TestWhatCannotBeReadPutsTheAnswerBack(t *testing.T) {
	s := sessiontest.New(t)
	s.SetTyped(serverPrice, calc.Num(350000), "350 k$")
	s.LeaveField()
	s.Edit("a quote", func(c calc.Scenario) calc.Scenario {
		return c.WithQuote(calc.Quote{Path: serverPrice, Supplier: "Acme", Date: "2026-11-02"})
	})
	earlier, label := s.Scenario(), undoLabel(s)
	s.ClearTyped(serverPrice)
	s.SetTyped(serverPrice, calc.Num(4), "4")
	s.SetTyped(serverPrice, calc.Num(40), "40")
	s.PutBack(serverPrice, earlier)
	if !s.Scenario().Equal(earlier) || s.Scenario().Typed(serverPrice) != "350 k$" {
		t.Errorf("put back is %g, typed %q", s.Scenario().Likely(serverPrice), s.Scenario().Typed(serverPrice))
	}
	if q, held := s.Scenario().Quote(serverPrice); !held || q.Supplier != "Acme" {
		t.Errorf("the quote is %+v, held %t", q, held)
	}
	if got := undoLabel(s); got != label {
		t.Errorf("undo offers %q, want the step before the typing, %q", got, label)
	}
	s.SetTyped(serverPrice, calc.Num(500), "500")
	s.Undo()
	if !s.Scenario().Equal(earlier) {
		t.Error("undo of what was typed after that does not lead back")
	}
}

func TestADefaultIsPutBackToo(t *testing.T) {
	s := sessiontest.New(t)
	earlier := s.Scenario()
	s.SetTyped(volume, calc.Num(4), "4")
	s.LeaveField()
	s.PutBack(volume, earlier)
	if _, given := s.Scenario().Given(volume); given {
		t.Error("the answer is still given")
	}
	s.Undo()
	if got := s.Scenario().Likely(volume); got != 4 {
		t.Errorf("a finished run of typing is undone to %g, want its 4", got)
	}
}

// A number that is emptied and typed anew is one step of undo.
func TestEmptyingAFieldIsPartOfTheTyping(t *testing.T) {
	s := sessiontest.New(t)
	s.SetTyped(volume, calc.Num(500), "500")
	s.LeaveField()
	s.SetTyped(volume, calc.Num(5), "5")
	s.ClearTyped(volume)
	s.SetTyped(volume, calc.Num(7), "7")
	s.Undo()
	if got := s.Scenario().Likely(volume); got != 500 {
		t.Errorf("undo leads to %g, want 500", got)
	}
}

func undoLabel(s interface{ CanUndo() (string, bool) }) string {
	label, _ := s.CanUndo()
	return label
}
