package calc_test

import (
	"testing"

	"hostwise/calc"
)

func TestACaseIsNamedByWhatTellsItFromOthers(t *testing.T) {
	cat := assessor(t).Catalogue()
	s := calc.Scenario{}
	for _, x := range []struct {
		s    calc.Scenario
		want string
	}{
		{s, "Prototype with R1 671B, 10 k calls a month"},
		{s.With("workload.stage", calc.Str("pilot")).With("model", calc.Str("r1-distill-qwen-32b")), "Pilot with 32B distill, 10 k calls a month"},
		{s.With("workload.calls_per_month", calc.Num(1)), "Prototype with R1 671B, one call a month"},
		{s.With("workload.calls_per_month", calc.Num(1830092)), "Prototype with R1 671B, 1.8 M calls a month"},
		{s.With("workload.calls_per_month", calc.Between(1e5, 3e5, 9e5)), "Prototype with R1 671B, 300 k calls a month"},
	} {
		if got := calc.SuggestedName(cat, x.s); got != x.want {
			t.Errorf("a case is called %q, want %q", got, x.want)
		}
	}
}
