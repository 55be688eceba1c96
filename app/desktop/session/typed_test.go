package session_test

import (
	"testing"

	"hostwise/app/desktop/session/sessiontest"
	"hostwise/calc"
)

const serverPrice = "finance.server_usd"

func TestTypedTextStaysWithItsAmount(t *testing.T) {
	s := sessiontest.New(t)
	s.SetTyped(serverPrice, calc.Num(3), "3")
	s.SetTyped(serverPrice, calc.Num(350000), "350 k$")
	if got := s.Scenario().Typed(serverPrice); got != "350 k$" {
		t.Errorf("the amount was typed as %q", got)
	}
	s.LeaveField()
	s.SetTyped(serverPrice, calc.Num(350000), "$350,000")
	if got := s.Scenario().Typed(serverPrice); got != "$350,000" {
		t.Errorf("the same amount typed anew reads %q", got)
	}
	s.Undo()
	if got := s.Scenario().Typed(serverPrice); got != "350 k$" {
		t.Errorf("undo shows %q, want what was typed before", got)
	}
	s.Undo()
	if _, given := s.Scenario().Given(serverPrice); given {
		t.Error("the keys of one run of typing are more than one step of undo")
	}
}

func TestAnotherWayToTheAmountDropsTheText(t *testing.T) {
	s := sessiontest.New(t)
	s.SetTyped(serverPrice, calc.Num(350000), "350 k$")
	s.LeaveField()
	s.Set(serverPrice, calc.Num(400000))
	if got := s.Scenario().Typed(serverPrice); got != "" {
		t.Errorf("a new amount keeps the old text %q", got)
	}
}

func TestTheSameTextAgainIsNoChange(t *testing.T) {
	s := sessiontest.New(t)
	s.SetTyped(serverPrice, calc.Num(350000), "350 k$")
	s.LeaveField()
	s.SetTyped(serverPrice, calc.Num(350000), "350 k$")
	s.Undo()
	if _, given := s.Scenario().Given(serverPrice); given {
		t.Error("typing the same again is a step of its own")
	}
}
