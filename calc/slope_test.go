package calc_test

import (
	"math"
	"testing"

	"hostwise/calc"
)

// A step says what the assessment says before and after it, for every kind of route.
func TestAStepIsTheDifferenceOfTwoAssessments(t *testing.T) {
	a := assessor(t)
	tpl, _ := calc.TemplateNamed("saas-app")
	s := tpl.Scenario().With("workload.calls_per_month", calc.Between(700e3, 1.2e6, 2e6))
	for path, to := range map[string]calc.Value{
		"workload.calls_per_month":         calc.Num(2.4e6),
		"workload.output_tokens_per_call":  calc.Num(1000), // the template's 500, twice
		"workload.cached_input_share":      calc.Num(0.1),  // none, and ten points more
		"finance.depreciation_months":      calc.Num(96),   // a whole number
		"finance.cost_of_capital_per_year": calc.Num(0.19),
	} {
		step := effect(t, a, s, path).Step
		if step == nil {
			t.Errorf("%s has no step", path)
			continue
		}
		if !step.Value.Equal(to) {
			t.Errorf("%s steps to %v, want %v", path, step.Value, to)
		}
		before, after := cheapestByKind(baseAnswer(t, a, s)), cheapestByKind(baseAnswer(t, a, s.With(path, to)))
		for kind, change := range step.ByKind {
			if want := after[kind] - before[kind]; math.Abs(want-change) > 1e-6*before[kind] {
				t.Errorf("%s: the step changes %s by %g, the assessments by %g", path, kind, change, want)
			}
		}
		if len(step.ByKind) == 0 {
			t.Errorf("%s: the step says nothing of any route", path)
		}
		if got := baseAnswer(t, a, s.With(path, to)).Verdict.Route; step.Route != got {
			t.Errorf("%s: %q wins after the step, the assessment says %q", path, step.Route, got)
		}
	}
}

// cheapestByKind is the likely month of the cheapest open route of each kind; weaker models are shown apart.
func cheapestByKind(a *calc.Assessment) map[calc.RouteKind]float64 {
	out := map[calc.RouteKind]float64{}
	for _, r := range a.Routes {
		if !r.Feasible || r.Monthly == nil {
			continue
		}
		if least, ok := out[r.Kind]; !ok || r.Monthly.Likely < least {
			out[r.Kind] = r.Monthly.Likely
		}
	}
	return out
}

func TestAStepThatHasNoRoomOrNoScaleIsLeftOut(t *testing.T) {
	a := assessor(t)
	for path, v := range map[string]calc.Value{
		"workload.cached_input_share": calc.Num(0.95), // ten points more is more than all
		"api.platform_usd_per_month":  calc.Num(0),    // twice nothing is nothing
		"workload.calls_per_month":    calc.Num(6e11), // twice that is over the limit
	} {
		if step := effect(t, a, calc.Scenario{}.With(path, v), path).Step; step != nil {
			t.Errorf("%s at %v has the step %+v", path, v, step)
		}
	}
	if step := effect(t, a, calc.Scenario{}, "rules.compliance").Step; step != nil {
		t.Errorf("a choice has the step %+v", step)
	}
}

func TestMoves(t *testing.T) {
	e := calc.EffectStep{ByKind: map[calc.RouteKind]float64{calc.API: -0.6, calc.Own: 0.4}}
	if !e.Moves(calc.API) || e.Moves(calc.Own) || e.Moves(calc.Rent) {
		t.Error("sixty cents less move a month, forty cents more and nothing at all do not")
	}
}

func TestSubjectsReadInsideASentence(t *testing.T) {
	for path, want := range map[string]string{"workload.output_tokens_per_call": "the length of an answer", "rules.spare_replicas": "spare sets"} {
		if got, _ := calc.InputAt(path).Subject(); got != want {
			t.Errorf("%s reads %q, want %q", path, got, want)
		}
	}
	if _, plural := calc.InputAt("workload.calls_per_month").Subject(); !plural {
		t.Error("calls are many")
	}
}

// A price that is left to the catalogue stands at the price of the set-up that would be bought, never at nothing.
func TestAPriceFromTheCatalogueIsNotZero(t *testing.T) {
	a := assessor(t)
	tpl, _ := calc.TemplateNamed("saas-app")
	s := tpl.Scenario()
	for _, path := range []string{"finance.server_usd", "finance.rent_usd_per_device_hour", "api.input_usd_per_mtok"} {
		e := effect(t, a, s, path)
		for _, row := range e.Rows {
			if row.Now && !(row.Value.Number.Likely > 0) {
				t.Errorf("%s stands at %v, want what the catalogue supplies", path, row.Value.Number)
			}
		}
		if e.Step == nil {
			t.Errorf("%s has no step from what the catalogue supplies", path)
		}
	}
	e := effect(t, a, s, "finance.server_usd")
	for _, row := range e.Rows {
		if !row.Now {
			continue
		}
		// Said outright, the same price gives the same month of owning.
		said := effect(t, a, s.With("finance.server_usd", row.Value), "finance.server_usd")
		for _, r := range said.Rows {
			if r.Now && math.Abs(r.ByKind[calc.Own]-row.ByKind[calc.Own]) > 1e-6*row.ByKind[calc.Own] {
				t.Errorf("owning costs %g at the catalogue's price and %g at the same price said", row.ByKind[calc.Own], r.ByKind[calc.Own])
			}
		}
	}
}
