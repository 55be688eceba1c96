package calc_test

import (
	"context"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hostwise/calc"
)

// Where a batch discount is all that batches need, any discount makes them the cheapest: it is no input of which no
// value changes the answer. Origin: a batch at a discount d costs (1 − d) of what calling directly does.
func TestBatchDiscountIsSearchedFromJustAboveZero(t *testing.T) {
	s := calc.Scenario{}.With("workload.latency_flexible", calc.Yes).With("workload.calls_per_month", calc.Num(20000))
	res := assess(t, s, calc.Options{Draws: 20})
	if res.Verdict.Route != "api-direct" || assess(t, s.With("api.batch_discount", calc.Num(0.01)), quick).Verdict.Route != "api-batch" {
		t.Fatalf("the case has to be won by the API, in batches at 1 %%: %s", res.Verdict.Route)
	}
	for _, path := range res.Verdict.NoFlip {
		if path == "api.batch_discount" {
			t.Error("the batch discount is said to change nothing")
		}
	}
	if all := strings.Join(res.Verdict.WhatIf, " "); !strings.Contains(all, "batch") {
		t.Errorf("nothing is said of batches: %q", all)
	}
}

// No value of an input that is said to change nothing changes the route.
func TestWhatIsSaidToChangeNothingChangesNothing(t *testing.T) {
	a := assessor(t)
	opt := calc.Options{Today: testDay, Quick: true}
	tried := 0
	for seed := range 6 {
		s := rapid.Custom(generatedCase).Example(seed)
		res, err := a.Assess(context.Background(), s, calc.Options{Today: testDay, Draws: 1})
		if err != nil {
			continue
		}
		for k, path := range res.Verdict.NoFlip {
			in := calc.LookupInput(path)
			if in == nil || k%4 != seed%4 && path != "api.batch_discount" {
				continue
			}
			for _, x := range valuesAround(in, s.Likely(path)) {
				if strings.HasSuffix(path, "_tokens_per_call") && x > s.Likely("workload.context_tokens") {
					continue // a part of the mean request is not longer than the longest one
				}
				tried++
				there, err := a.Assess(context.Background(), s.With(path, calc.Num(x)), opt)
				if err == nil && there.Verdict.Route != res.Verdict.Route {
					t.Errorf("case %d, %s at %v: %q, not %q", seed, path, x, there.Verdict.Route, res.Verdict.Route)
				}
			}
		}
	}
	if tried < 80 {
		t.Errorf("only %d values were tried", tried)
	}
}

// valuesAround are values of an input near to and far from where it stands.
func valuesAround(in *calc.Input, now float64) (out []float64) {
	for _, k := range []float64{0.1, 0.5, 2, 20} {
		x := now * k
		if now == 0 {
			x = k * 0.05
		}
		if x >= in.Min && x <= in.Max {
			out = append(out, x)
		}
	}
	return out
}
