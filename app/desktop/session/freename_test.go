package session

import (
	"strings"
	"testing"

	"hostwise/calc"
)

func TestACopyHasANameOfItsOwn(t *testing.T) {
	w := newWorld(t)
	w.Rename("Support desk")
	if err := w.SaveNow(); err != nil {
		t.Fatal(err)
	}
	id := w.ID()
	for _, want := range []string{"Support desk (copy)", "Support desk (copy 2)", "Support desk (copy 3)"} {
		made, err := w.Duplicate(id)
		if err != nil {
			t.Fatal(err)
		}
		s, err := w.CaseScenario(t.Context(), made[0])
		if err != nil || s.Name() != want {
			t.Errorf("the copy is called %q, want %q, %v", s.Name(), want, err)
		}
		id = made[0] // a copy of a copy
	}
}

func TestANameThatIsTakenIsNumbered(t *testing.T) {
	w := newWorld(t)
	long := strings.Repeat("long", 50)
	for _, name := range []string{"Support desk", "Support desk (2)", "C++ · 50 %", long} {
		if _, err := w.KeepAs(calc.Scenario{}.With("name", calc.Str(name))); err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]string{
		"Support desk": "Support desk (3)", "Support": "Support", "C++ · 50 %": "C++ · 50 % (2)", "": "",
		long: long[:196] + " (2)",
	} {
		if got := w.FreeName(name); got != want {
			t.Errorf("FreeName(%q) = %q, want %q", name, got, want)
		}
	}
}
