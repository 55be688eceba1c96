package advice_test

import (
	"testing"

	"hostwise/calc/advice"
	"hostwise/calc/catalog"
)

// pickRoute is the article's function as it is printed there, kept apart from the one under test.
// Source: TokenMix Research Lab, 2026-06-08, section "Decision Matrix".
func pickRoute(stage string, traffic float64, compliance string, latencyFlexible bool) string {
	if stage == "prototype" && traffic < 1000 {
		return "official_free_or_low_cost_route"
	}
	if compliance == "strict" {
		return "direct_vendor_or_cloud_marketplace"
	}
	if latencyFlexible && traffic > 100000 {
		return "batch_or_async_route"
	}
	if traffic > 10000 {
		return "gateway_with_budget_caps"
	}
	return "direct_api_with_monitoring"
}

// The full grid of its inputs, with both sides of every threshold.
func TestPickRouteOnItsWholeGrid(t *testing.T) {
	seen := map[string]int{}
	for _, stage := range []string{"prototype", "pilot", "production"} {
		for _, calls := range []float64{0, 1, 999, 999.5, 1000, 1001, 9999, 10000, 10000.5, 10001, 99999, 100000, 100001, 1e6, 1e12} {
			for _, compliance := range []string{"none", "standard", "strict"} {
				for _, flexible := range []bool{false, true} {
					got, want := advice.PickRoute(stage, calls, compliance, flexible), pickRoute(stage, calls, compliance, flexible)
					if got != want {
						t.Errorf("%s, %g calls, %s, flexible %v: %s, want %s", stage, calls, compliance, flexible, got, want)
					}
					seen[got]++
					if advice.RuleWords(got) == "" || len(advice.RuleKinds(got)) == 0 {
						t.Errorf("%s has no words or no route", got)
					}
				}
			}
		}
	}
	if len(seen) != 5 {
		t.Errorf("the grid reaches %d of the five answers", len(seen))
	}
}

func TestOperationalReadingFollowsTheArticlesRows(t *testing.T) {
	for calls, want := range map[float64]string{0: "Prototype", 1000: "Prototype", 9999: "Prototype", 10000: "Small app",
		99999: "Small app", 100000: "Production workload", 999999: "Production workload", 1e6: "Procurement problem", 1e9: "Procurement problem"} {
		if got := advice.OperationalReading(calls); got != want {
			t.Errorf("%g calls read as %q, want %q", calls, got, want)
		}
	}
}

func TestWeakerCountsOnlyBenchmarksThatBothCite(t *testing.T) {
	model := func(q map[string]float64) *catalog.Model { return &catalog.Model{Quality: q} }
	full := model(map[string]float64{"a": 80, "b": 70, "c": 90})
	for what, c := range map[string]struct {
		m    *catalog.Model
		want bool
	}{
		"loses two of three":           {model(map[string]float64{"a": 70, "b": 60, "c": 95}), true},
		"wins two of three":            {model(map[string]float64{"a": 90, "b": 90, "c": 10}), false},
		"one each":                     {model(map[string]float64{"a": 90, "b": 60}), false},
		"nothing in common":            {model(map[string]float64{"z": 1}), false},
		"loses the only one they cite": {model(map[string]float64{"b": 69.9, "z": 100}), true},
		"the same":                     {full, false},
	} {
		if got := advice.Weaker(c.m, full); got != c.want {
			t.Errorf("%s: weaker is %v", what, got)
		}
	}
}
