package calc_test

import (
	"testing"

	"hostwise/calc"
)

// Where an answer cannot be doubled, the nearest other answer that was tried says what it changes.
func TestSensitivityFindsAnotherStep(t *testing.T) {
	a := assessor(t)
	for _, x := range []struct {
		path  string
		value calc.Value
		name  string
		to    float64
	}{
		{"finance.rent_hours_per_week", calc.Num(168), calc.HalfStep, 84}, // a week has no more hours
		{"api.platform_usd_per_month", calc.Num(0), calc.ReadyStep, 500},
		{"rules.spare_replicas", calc.Num(0), calc.ReadyStep, 1},
		{"workload.output_tokens_per_call", calc.Num(500), calc.DoubleStep, 1000},
		{"workload.cached_input_share", calc.Num(0), calc.PointsStep, 0.1},
	} {
		s := calc.Scenario{}.With(x.path, x.value)
		step := effect(t, a, s, x.path).Sensitivity()
		if step == nil || step.Name != x.name || step.Value.Number.Likely != x.to {
			t.Errorf("%s at %v steps to %+v, want %s to %g", x.path, x.value, step, x.name, x.to)
			continue
		}
		before, after := cheapestByKind(baseAnswer(t, a, s)), cheapestByKind(baseAnswer(t, a, s.With(x.path, calc.Num(x.to))))
		for kind, change := range step.ByKind {
			if want := after[kind] - before[kind]; want-change > 1e-6*before[kind] || change-want > 1e-6*before[kind] {
				t.Errorf("%s: the step changes %s by %g, the assessments by %g", x.path, kind, change, want)
			}
		}
	}
	if step := effect(t, a, calc.Scenario{}, "rules.compliance").Sensitivity(); step != nil {
		t.Errorf("a choice has the step %+v", step)
	}
}
