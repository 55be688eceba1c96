package session_test

import (
	"testing"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/session/sessiontest"
	"hostwise/calc"
)

func TestANameFollowsTheAnswersUntilOneIsTyped(t *testing.T) {
	s := sessiontest.New(t)
	if s.Name() != session.Untitled || !s.NameSuggested() {
		t.Errorf("before the first answer the case is called %q", s.Name())
	}
	s.Set("workload.stage", calc.Str("production"))
	if got, want := s.Name(), "Production with R1 671B, 10 k calls a month"; got != want {
		t.Errorf("the case is called %q, want %q", got, want)
	}
	s.Set(volume, calc.Num(500000))
	if got, want := s.Scenario().Name(), "Production with R1 671B, 500 k calls a month"; got != want || !s.NameSuggested() {
		t.Errorf("the case is called %q, want %q", got, want)
	}
	s.Undo()
	if got := s.Name(); got != "Production with R1 671B, 10 k calls a month" {
		t.Errorf("after undo the case is called %q", got)
	}
	s.Rename("Support desk")
	s.Set(volume, calc.Num(2e6))
	if s.Name() != "Support desk" || s.NameSuggested() {
		t.Errorf("a name that was typed becomes %q", s.Name())
	}
	s.Rename("")
	s.Set(volume, calc.Num(3e6))
	if got := s.Name(); got != "Production with R1 671B, 3 M calls a month" {
		t.Errorf("a name taken away is followed by %q", got)
	}
}

// A new case is named as one that was begun at the first start, and what is saved has the name.
func TestANewCaseIsNamedByItsAnswers(t *testing.T) {
	s := sessiontest.New(t)
	if err := s.NewCase(""); err != nil {
		t.Fatal(err)
	}
	s.Set(volume, calc.Num(1200))
	if err := s.SaveNow(); err != nil {
		t.Fatal(err)
	}
	cases, err := s.Cases(t.Context(), "")
	if err != nil || len(cases) != 1 || cases[0].Name != "Prototype with R1 671B, 1,200 calls a month" {
		t.Errorf("the library has %+v, %v", cases, err)
	}
	s.Reset(volume)
	if s.Name() != session.Untitled {
		t.Errorf("with nothing answered the case is called %q", s.Name())
	}
}

func TestATemplateKeepsItsName(t *testing.T) {
	s := sessiontest.New(t)
	if err := s.NewCase("saas-app"); err != nil {
		t.Fatal(err)
	}
	name := s.Name()
	s.Set(volume, calc.Num(7))
	if s.Name() != name || s.NameSuggested() {
		t.Errorf("%q became %q", name, s.Name())
	}
}
