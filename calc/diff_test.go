package calc_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"hostwise/calc"
	"hostwise/calc/catalog"
)

func TestDiff(t *testing.T) {
	low, high := calc.Num(0.1).Number, calc.Num(0.2).Number
	price := catalog.Price{ID: "quote", Provider: "x", Model: "deepseek-r1", Input: 1, Output: 2}
	dearer := price
	dearer.Output = 3
	a := calc.Scenario{}.
		With("workload.calls_per_month", calc.Num(1000)).
		With("finance.pue", calc.Num(1.2)).
		With("model", calc.Str("deepseek-r1")).
		WithModel("deepseek-r1", calc.ModelOverride{RetryRate: &low}).
		WithModel("r1-distill-qwen-7b", calc.ModelOverride{SuccessShare: &high}).
		WithFacts(calc.Facts{Prices: []catalog.Price{price}, Hosts: []catalog.Host{{ID: "old"}}})
	b := calc.Scenario{}.
		With("workload.calls_per_month", calc.Between(1000, 2000, 4000)).
		With("finance.electricity_usd_per_kwh", calc.Num(0.146)). // the default's likely value, now exact
		With("finance.staff_usd_per_month", calc.Num(9000)).
		WithModel("deepseek-r1", calc.ModelOverride{RetryRate: &high}).
		WithFacts(calc.Facts{Prices: []catalog.Price{dearer}, Hosts: []catalog.Host{{ID: "new"}}})
	var got []string
	for _, c := range calc.Diff(a, b) {
		got = append(got, c.Path+": "+c.FromText+" → "+c.ToText)
		if c.Label == "" || (c.Input != nil) != (calc.LookupInput(c.Path) != nil) {
			t.Errorf("%+v has no label or the wrong row", c)
		}
	}
	want := []string{
		"workload.calls_per_month: 1,000 → 1,000 – 2,000 – 4,000",
		"finance.electricity_usd_per_kwh: $0.146 (default) → $0.146",
		"finance.pue: 1.2 × → 1.4 × (default)",
		"finance.staff_usd_per_month: $15,000 (default) → $9,000",
		"workload.by_model.deepseek-r1.retry_rate: 10 % → 20 %",
		"workload.by_model.r1-distill-qwen-7b.success_share: 20 % → not stated",
		"facts.hosts.new: not stated → added",
		"facts.hosts.old: stated → taken out",
		"facts.prices.quote.output_usd_per_mtok: 2 → 3",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the changes are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if changes := calc.Diff(a, a); len(changes) > 0 {
		t.Errorf("a scenario differs from itself: %+v", changes)
	}
}

func TestCheckFindsWhatTheWindowMaySet(t *testing.T) {
	cat := shipped(t)
	rate := calc.Num(11).Number
	s := calc.Scenario{}.
		With("workload.calls_per_month", calc.Num(math.NaN())).
		With("workload.retry_rate", calc.Between(0.3, 0.2, math.Inf(1))).
		With("name", calc.Str("\xff")).
		With("model", calc.Str("nothing")).
		With("deployment.devices", calc.Num(1.5)).
		With("finance.pue", calc.Null).
		WithModel("nobody", calc.ModelOverride{RetryRate: &rate}).
		WithFacts(calc.Facts{Prices: []catalog.Price{{ID: "p"}}})
	ps := s.Check(cat)
	for _, path := range []string{
		"workload.calls_per_month", "workload.retry_rate", "workload.retry_rate.high", "name", "model", "deployment.devices", "finance.pue",
		"workload.by_model.nobody", "workload.by_model.nobody.retry_rate", "facts.prices[0].as_of", "facts.prices[0].provider",
	} {
		if !slices.ContainsFunc(ps, func(p calc.Problem) bool { return p.Path == path }) {
			t.Errorf("nothing is said of %s:\n%v", path, ps)
		}
	}
	if err := ps.Err(); err == nil || strings.Count(err.Error(), "\n") != len(ps)-1 {
		t.Error("the error is not one line a problem")
	}
	if (calc.Scenario{}).Check(cat).Err() != nil {
		t.Error("the default scenario has problems")
	}
	if len(s.JSON()) == 0 {
		t.Error("a wrong scenario is not written")
	}
}

func TestCheckValueKnowsTheScenariosOwnRows(t *testing.T) {
	cat := shipped(t)
	own := calc.Scenario{}.WithFacts(calc.Facts{Devices: []catalog.Device{{ID: "mine"}}})
	if p := own.CheckValue("deployment.device", calc.Str("mine"), cat); p != nil {
		t.Error(p)
	}
	if p := calc.CheckValue("deployment.device", calc.Str("mine"), cat); p == nil {
		t.Error("an unknown device passed")
	}
}
