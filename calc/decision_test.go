package calc_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hostwise/calc"
)

func TestADecisionComesBackFromTheFile(t *testing.T) {
	cat := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		d := calc.Decision{
			Route: rapid.SampledFrom([]string{"", "api-direct", "api-gateway", "api-batch", "cloud-endpoint", "mixed", "own-deepseek-r1", "rent-r1-distill-qwen-32b"}).Draw(t, "route"),
			By:    rapid.StringMatching(`[A-Za-zé ]{0,40}[a-z]`).Draw(t, "by"),
			Date:  rapid.SampledFrom([]string{"2026-11-23", "2024-02-29"}).Draw(t, "date"),
			Note:  rapid.StringN(0, 60, 400).Draw(t, "note"),
		}
		if len(d.Check()) > 0 {
			t.Skip("a note that cannot be written")
		}
		s := calc.Scenario{}.WithDecision(d)
		again, problems := calc.Parse(s.JSON(), cat)
		if len(problems) > 0 {
			t.Fatalf("%v in %s", problems, s.JSON())
		}
		if got, ok := again.Decision(); !ok || got != d || !again.Equal(s) {
			t.Fatalf("%+v came back as %+v", d, got)
		}
		if bytes.Contains(s.WithoutDecision().JSON(), []byte("decision")) {
			t.Fatal("a decision that was taken back is still in the file")
		}
	})
}

func TestAWrongDecisionSaysWhatIsAllowed(t *testing.T) {
	cat := shipped(t)
	for _, c := range []struct{ file, path, problem, nearest string }{
		{`{"by": "Ana", "date": "2026-11-23"}`, "decision", "no route", ""},
		{`{"route": "own-deepseek-r2", "by": "Ana", "date": "2026-11-23"}`, "decision.route", "no model has the id", "own-deepseek-r1"},
		{`{"route": "api-drect", "by": "Ana", "date": "2026-11-23"}`, "decision.route", "no route", "api-direct"},
		{`{"route": "mixed", "by": " ", "date": "2026-11-23"}`, "decision.by", "nobody", ""},
		{`{"route": "mixed", "by": "Ana", "date": "yesterday"}`, "decision.date", "not a date", ""},
		{`{"route": "mixed", "by": "Ana", "date": "2026-11-23", "notes": ""}`, "decision.notes", "unknown", "note"},
		{`{"route": 1, "by": "Ana", "date": "2026-11-23"}`, "decision.route", "a number", ""},
		{`{"route": "mixed", "by": "` + strings.Repeat("a", 201) + `", "date": "2026-11-23"}`, "decision.by", "201 characters", ""},
		{`"own"`, "decision", "a text", ""},
		{`null`, "decision", "null", ""},
	} {
		_, problems := calc.Parse([]byte(`{"schema": 1, "decision": `+c.file+`}`), cat)
		if len(problems) == 0 {
			t.Errorf("%s passes", c.file)
			continue
		}
		p := problems[0]
		if p.Path != c.path || !strings.Contains(p.Problem, c.problem) || p.Nearest != c.nearest {
			t.Errorf("%s: %+v", c.file, p)
		}
	}
}

func TestADecisionOfTheWindowIsCheckedToo(t *testing.T) {
	s := calc.Scenario{}.WithDecision(calc.Decision{Route: "own-nothing", By: "", Date: "2026"})
	problems := s.Check(shipped(t))
	for _, path := range []string{"decision.route", "decision.by", "decision.date"} {
		found := false
		for _, p := range problems {
			found = found || p.Path == path
		}
		if !found {
			t.Errorf("nothing is said of %s: %v", path, problems)
		}
	}
}

// A decision is a note on the case: it moves no figure, and stands among the differences.
func TestADecisionMovesNoFigure(t *testing.T) {
	cat := shipped(t)
	a := calc.NewAssessor(cat)
	today := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	from := calc.Scenario{}
	to := from.WithDecision(calc.Decision{Route: "mixed", By: "Ana", Date: "2026-11-23", Note: "for a year"})
	x, err := a.Assess(context.Background(), from, calc.Options{Today: today, Quick: true})
	if err != nil {
		t.Fatal(err)
	}
	y, err := a.Assess(context.Background(), to, calc.Options{Today: today, Quick: true})
	if err != nil {
		t.Fatal(err)
	}
	if x.Verdict.Headline != y.Verdict.Headline || *x.Routes[0].Monthly != *y.Routes[0].Monthly {
		t.Error("the decision moved the answer")
	}
	changes := calc.Diff(from, to)
	if len(changes) != 1 || changes[0].Label != "Decision" || changes[0].FromText != "not stated" || changes[0].ToText != "mixed, by Ana, 2026-11-23 (for a year)" {
		t.Errorf("the difference is %+v", changes)
	}
	b, err := a.Bridge(context.Background(), from, to, today)
	if err != nil || len(b.Steps) != 0 {
		t.Errorf("the bridge has %d steps, %v", len(b.Steps), err)
	}
}
