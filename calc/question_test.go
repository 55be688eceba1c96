package calc_test

import (
	"context"
	"errors"
	"math"
	"testing"

	"hostwise/calc"
)

func baseAnswer(t *testing.T, a *calc.Assessor, s calc.Scenario) *calc.Assessment {
	t.Helper()
	res, err := a.Assess(context.Background(), s, calc.Options{Today: testDay, Quick: true})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func effect(t *testing.T, a *calc.Assessor, s calc.Scenario, path string) calc.QuestionEffect {
	t.Helper()
	e, err := a.Question(context.Background(), s, path, calc.Options{Today: testDay})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestEffectsAgreeWithTheAssessment(t *testing.T) {
	a := assessor(t)
	tpl, _ := calc.TemplateNamed("saas-app")
	s := tpl.Scenario().With("workload.calls_per_month", calc.Between(700e3, 1.2e6, 2e6))
	for _, path := range []string{"workload.calls_per_month", "workload.input_tokens_per_call", "rules.data_may_leave_site",
		"rules.compliance", "finance.depreciation_months", "deployment.device", "model"} {
		e := effect(t, a, s, path)
		if len(e.Rows) < 2 {
			t.Errorf("%s has %d rows, want at least two", path, len(e.Rows))
		}
		for _, row := range e.Rows {
			at := s.With(path, row.Value)
			if in := calc.InputAt(path); row.Now && in.Kind == calc.Number {
				at = s
			}
			res := baseAnswer(t, a, at)
			if row.Route != res.Verdict.Route {
				t.Errorf("%s at %s: the effect says %q, the assessment %q", path, row.Name, row.Route, res.Verdict.Route)
				continue
			}
			if r := res.Route(row.Route); r != nil && math.Abs(*row.USD-r.Monthly.Likely) > 1e-6*r.Monthly.Likely {
				t.Errorf("%s at %s: the effect says $%g, the assessment $%g", path, row.Name, *row.USD, r.Monthly.Likely)
			}
		}
	}
}

func TestAnEffectsFlipIsTrueOnBothSides(t *testing.T) {
	a := assessor(t)
	tpl, _ := calc.TemplateNamed("saas-app")
	s := tpl.Scenario()
	e := effect(t, a, s, "workload.calls_per_month")
	if e.Flip == nil {
		t.Fatal("no volume changes the verdict of the SaaS app")
	}
	was := baseAnswer(t, a, s).Verdict.Route
	near := e.Flip.At * (1 - 1e-6)
	if e.Flip.At < s.Likely("workload.calls_per_month") {
		near = e.Flip.At * (1 + 1e-6)
	}
	if got := baseAnswer(t, a, s.With("workload.calls_per_month", calc.Num(near))).Verdict.Route; got != was {
		t.Errorf("just before the flip %q wins, want %q still", got, was)
	}
	if got := baseAnswer(t, a, s.With("workload.calls_per_month", calc.Num(e.Flip.At))).Verdict.Route; got != e.Flip.Becomes {
		t.Errorf("at the flip %q wins, want %q", got, e.Flip.Becomes)
	}
}

func TestAStripHasNoGapsAndPaintsTheWinner(t *testing.T) {
	a := assessor(t)
	tpl, _ := calc.TemplateNamed("saas-app")
	for _, path := range []string{"workload.calls_per_month", "workload.cached_input_share", "finance.staff_fte", "api.output_usd_per_mtok"} {
		e := effect(t, a, tpl.Scenario(), path)
		if len(e.Strip) == 0 {
			t.Errorf("%s has no strip", path)
			continue
		}
		at := e.StripLow
		for _, span := range e.Strip {
			if math.Abs(span.From-at) > 1e-9*math.Max(1, at) || !(span.To > span.From) {
				t.Errorf("%s: a span from %g to %g after %g", path, span.From, span.To, at)
			}
			middle := (span.From + span.To) / 2
			res := baseAnswer(t, a, tpl.Scenario().With(path, calc.Num(middle)))
			if res.Verdict.Kind != span.Kind {
				t.Errorf("%s at %g is painted %q, the assessment says %q", path, middle, span.Kind, res.Verdict.Kind)
			}
			at = span.To
		}
		if at != e.StripHigh {
			t.Errorf("%s: the strip ends at %g, want %g", path, at, e.StripHigh)
		}
	}
}

func TestADeviceThatDoesNotHoldTheModelSaysWhy(t *testing.T) {
	e := effect(t, assessor(t), calc.Scenario{}.With("deployment.devices", calc.Num(1)), "deployment.device")
	fails := 0
	for _, row := range e.Rows {
		if row.Setup == nil {
			t.Fatalf("%s has no set-up", row.Name)
		}
		if row.Setup.Fit == "no" {
			fails++
			if row.Setup.Why == "" {
				t.Errorf("%s does not fit and does not say why", row.Name)
			}
			if row.Setup.Replicas != 0 || row.Setup.OwnUSD != nil {
				t.Errorf("%s does not fit and still has a cost", row.Name)
			}
		}
	}
	if fails < 5 {
		t.Errorf("%d single devices do not hold R1 in FP8, want most", fails)
	}
}

func TestAQuestionThatMovesNothingHasNoRows(t *testing.T) {
	if e := effect(t, assessor(t), calc.Scenario{}, "notes"); len(e.Rows) != 0 || e.Flip != nil || len(e.Strip) != 0 {
		t.Errorf("notes move the answer: %+v", e)
	}
}

func TestQuestionRefusesWhatItCannotRead(t *testing.T) {
	a := assessor(t)
	var problems calc.Problems
	if _, err := a.Question(context.Background(), calc.Scenario{}, "workload.call", calc.Options{Today: testDay}); !errors.As(err, &problems) {
		t.Errorf("an unknown input gives %v, want problems", err)
	}
	wrong := calc.Scenario{}.With("model", calc.Str("no-such-model"))
	if _, err := a.Question(context.Background(), wrong, "workload.calls_per_month", calc.Options{Today: testDay}); !errors.As(err, &problems) {
		t.Errorf("a wrong scenario gives %v, want problems", err)
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := a.Question(gone, calc.Scenario{}, "workload.calls_per_month", calc.Options{Today: testDay}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled question gives %v", err)
	}
}

// BenchmarkQuestion is what a keystroke costs beside the base answer.
func BenchmarkQuestion(b *testing.B) {
	a := assessor(b)
	for _, path := range []string{"workload.calls_per_month", "workload.output_tokens_per_call", "rules.data_may_leave_site", "model",
		"deployment.device", "deployment.precision"} {
		b.Run(path, func(b *testing.B) {
			for b.Loop() {
				if _, err := a.Question(context.Background(), calc.Scenario{}, path, calc.Options{Today: testDay}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
