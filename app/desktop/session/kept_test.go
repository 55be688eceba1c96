package session

import (
	"slices"
	"testing"
	"time"

	"hostwise/calc"
)

func TestAKeptCaseIsWorkedOutForTheLibrary(t *testing.T) {
	w := newWorld(t)
	w.Rename("Open")
	for _, name := range []string{"Row 1", "Row 2"} {
		if _, err := w.KeepAs(calc.Scenario{}.With("name", calc.Str(name)).With(calls, calc.Num(7))); err != nil {
			t.Fatal(err)
		}
	}
	cases, err := w.Cases(t.Context(), "")
	if err != nil || len(cases) != 3 {
		t.Fatal(len(cases), err)
	}
	for _, c := range cases {
		if c.Name != "Open" && !c.Summary.Known {
			t.Errorf("%s is not worked out", c.Name)
		}
	}
}

func TestAVerdictOfAnOlderStateIsNotKept(t *testing.T) {
	w, ids := three(t)
	old, err := w.CaseScenario(t.Context(), ids[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := w.SetInCases("Calls", calls, map[string]calc.Value{ids[0]: calc.Num(9)}); err != nil {
		t.Fatal(err)
	}
	before := w.summaryOf(t, ids[0])
	w.KeepVerdict(ids[0], old, &calc.Assessment{Verdict: calc.Verdict{Headline: "Of another state"}})
	if got := w.summaryOf(t, ids[0]); got != before {
		t.Errorf("the library says %q", got)
	}
}

// summaryOf is the headline that the library has of a case.
func (w *world) summaryOf(t *testing.T, id string) string {
	t.Helper()
	cases, err := w.Cases(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		if c.ID == id {
			return c.Summary.Headline
		}
	}
	t.Fatalf("no case %s", id)
	return ""
}

func TestANameIsNoAnswer(t *testing.T) {
	blank := calc.Scenario{}.With("name", calc.Str("Untitled case")).With("notes", calc.Str("ask"))
	if Answered(blank) || !Answered(blank.With(calls, calc.Num(3))) {
		t.Error("a blank case counts as answered, or an answered one as blank")
	}
}

func TestTheChanceIsOfTheKind(t *testing.T) {
	offer := 0.47
	a := &calc.Assessment{Verdict: calc.Verdict{Kind: calc.API, Chance: &offer,
		ChanceByKind: map[calc.RouteKind]float64{calc.API: 0.94}}}
	if got := Summarise(a).Chance; got == nil || *got != 0.94 {
		t.Errorf("the library keeps %v", got)
	}
	a.Verdict.Chance = nil
	if got := Summarise(a).Chance; got != nil {
		t.Errorf("a chance of %v without futures", *got)
	}
}

// TestACaseInViewIsWorkedOutOnceItRests imports cases, whose verdicts nobody knows, and shows one of them.
func TestACaseInViewIsWorkedOutOnceItRests(t *testing.T) {
	w := newWorld(t)
	w.imports(folderOf(t, 3))
	w.clock.pass(time.Second)
	cases := w.listed(t)
	last := slices.IndexFunc(cases, func(c Case) bool { return c.Name == "002" })
	before, asked := cases[last], len(w.assessor.asked)
	if before.Summary.Known {
		t.Fatal("the verdict is known already")
	}
	w.Seen(before)
	w.Seen(before)
	if len(w.assessor.asked) != asked {
		t.Error("it is worked out while the list still moves")
	}
	w.clock.pass(Rest)
	after := w.listed(t)
	got := after[slices.IndexFunc(after, func(c Case) bool { return c.ID == before.ID })]
	if !got.Summary.Known || len(w.assessor.asked) != asked+1 {
		t.Errorf("the verdict is known: %v, after %d assessments", got.Summary.Known, len(w.assessor.asked)-asked)
	}
	if !got.Edited.Equal(before.Edited) {
		t.Errorf("working it out counts as an edit: %v became %v", before.Edited, got.Edited)
	}
	w.Seen(before) // a row that has not been drawn anew
	w.clock.pass(Rest)
	if len(w.assessor.asked) != asked+1 {
		t.Error("it is worked out twice")
	}
}
