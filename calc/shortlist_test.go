package calc_test

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"hostwise/calc"
)

// spotCases are the templates, and cases spread over loads, shapes and rules.
func spotCases(n int) []calc.Scenario {
	var out []calc.Scenario
	for _, t := range calc.Templates {
		out = append(out, t.Scenario())
	}
	r := rand.New(rand.NewPCG(7, 7))
	pick := func(v ...float64) calc.Value { return calc.Num(v[r.IntN(len(v))]) }
	for range n {
		s := calc.Scenario{}.With("workload.calls_per_month", calc.Num(math.Round(math.Pow(10, 3+4*r.Float64())))).
			With("workload.input_tokens_per_call", pick(500, 2000, 8000)).
			With("workload.output_tokens_per_call", pick(200, 600, 2000)).
			With("workload.peak_to_average", pick(1.5, 4, 8)).
			With("rules.spare_replicas", pick(0, 0, 1))
		if r.IntN(3) == 0 {
			s = s.With("model", calc.Str("r1-distill-qwen-32b"))
		}
		out = append(out, s)
	}
	return out
}

// cheapestFound is the least that owning and renting cost in the search over every set-up, where something measured
// stands near enough.
func cheapestFound(t *testing.T, a *calc.Assessor, s calc.Scenario) (own, rent float64) {
	t.Helper()
	found, err := a.Setups(context.Background(), s, calc.SetupQuery{}, testDay, nil)
	if err != nil {
		t.Fatal(err)
	}
	own, rent = math.Inf(1), math.Inf(1)
	for _, o := range found.Serving {
		if o.Basis == "extrapolated" {
			continue
		}
		if o.OwnUSD != nil && len(o.OwnBlockedBy) == 0 {
			own = math.Min(own, *o.OwnUSD)
		}
		if o.RentUSD != nil && len(o.RentBlockedBy) == 0 {
			rent = math.Min(rent, *o.RentUSD)
		}
	}
	return own, rent
}

// TestTheShortListComesNearTheFullSearch holds the routes, which choose from a short list that depends on nothing
// continuous, to the search over every set-up at the case's own demand.
func TestTheShortListComesNearTheFullSearch(t *testing.T) {
	a := assessor(t)
	over := map[string][]float64{}
	for _, s := range spotCases(8) {
		as, err := a.Assess(context.Background(), s, calc.Options{Today: testDay, Quick: true})
		if err != nil {
			t.Fatal(err)
		}
		own, rent := cheapestFound(t, a, s)
		for kind, best := range map[string]float64{"own": own, "rent": rent} {
			r := as.Route(kind + "-" + s.Text("model"))
			if r == nil || r.Monthly == nil || math.IsInf(best, 1) {
				continue
			}
			ratio := r.Monthly.Likely / best
			if over[kind] = append(over[kind], ratio); ratio < 0.999 {
				t.Errorf("%s: the route costs $%.0f, less than the cheapest of all set-ups, $%.0f", kind, r.Monthly.Likely, best)
			}
		}
	}
	for kind, ratios := range over {
		slices.Sort(ratios)
		if n := len(ratios); n < 14 || ratios[n/2] > 1.02 || ratios[n*3/4] > 1.2 || ratios[n-1] > 1.7 {
			t.Errorf("%s: against the cheapest of all set-ups: %.3f", kind, ratios)
		}
	}
}
