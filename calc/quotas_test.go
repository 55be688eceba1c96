package calc_test

import (
	"slices"
	"strings"
	"testing"

	"hostwise/calc"
	"hostwise/calc/catalog"
)

func TestQuotasAreShownAndNeverBilled(t *testing.T) {
	res := assess(t, calc.Scenario{}, quick)
	if len(res.Quotas) < 2 {
		t.Fatalf("R1 has %d free listings, the catalogue has two", len(res.Quotas))
	}
	cat := shipped(t)
	for _, q := range res.Quotas {
		p := cat.Price(q.ID)
		if p == nil || !p.Quota || p.Model != "deepseek-r1" || q.Source != p.Source || q.AsOf != p.AsOf || q.Evidence != p.Evidence {
			t.Errorf("%+v is not a free listing of R1: %+v", q, p)
		}
		if q.Provider == "" || q.What == "" || !strings.Contains(q.Limits, "requests a day") {
			t.Errorf("the quota does not say who gives what: %+v", q)
		}
	}
	if i := slices.IndexFunc(res.Quotas, func(q calc.Quota) bool { return q.Provider == "github-models" }); i < 0 ||
		res.Quotas[i].Limits != "65,536 tokens a request, 8,192 of them output; how many requests a day is not listed" {
		t.Errorf("the limits of github-models: %+v", res.Quotas)
	}
	// A free listing more changes no price.
	free := catalog.Price{ID: "mine/free", Provider: "mine", ProviderKind: "host", Model: "deepseek-r1", ModelLabel: "R1", Quota: true,
		Fact: catalog.Fact{Evidence: catalog.Yours, Source: "mine", AsOf: "2026-11-20"}}
	more := assess(t, calc.Scenario{}.WithFacts(calc.Facts{Prices: []catalog.Price{free}}), quick)
	if len(more.Quotas) != len(res.Quotas)+1 {
		t.Errorf("%d quotas, with one of the person's own %d", len(res.Quotas), len(more.Quotas))
	}
	if a, b := monthly(t, res, "api-direct"), monthly(t, more, "api-direct"); a != b {
		t.Errorf("a free listing moves the market from $%g to $%g", a, b)
	}
	if none := assess(t, calc.Scenario{}.With("model", calc.Str("r1-distill-qwen-32b")), quick).Quotas; none == nil {
		t.Error("the list of quotas is null where there are none")
	}
	long := assess(t, calc.Scenario{}.With("workload.context_tokens", calc.Num(100000)), quick).Quotas
	if !slices.ContainsFunc(long, func(q calc.Quota) bool { return strings.Contains(q.Limits, "fewer than your longest") }) {
		t.Errorf("no quota is said to be too short for 100,000 tokens: %+v", long)
	}
}

// A quota chosen as the price rules the route out, with the reason.
func TestAQuotaIsNoPrice(t *testing.T) {
	r := assess(t, calc.Scenario{}.With("api.price", calc.Str("iflowcn/deepseek-r1")), quick).Route("api-direct")
	if r.Feasible || !slices.ContainsFunc(r.BlockedBy, func(b string) bool { return strings.Contains(b, "a quota for testing, not a price") }) {
		t.Errorf("a free quota is a price: %v", r.BlockedBy)
	}
}

func TestOneHostIsWarnedOf(t *testing.T) {
	said := func(s calc.Scenario, words string) bool {
		return slices.ContainsFunc(assess(t, s, quick).Warnings, func(w string) bool { return strings.Contains(w, words) })
	}
	named := calc.Scenario{}.With("api.price", calc.Str(hostListing(t)))
	allowed := calc.Scenario{}.With("rules.allowed_providers", calc.Value{Texts: []string{providerOf(t, hostListing(t))}})
	typed := with(named, map[string]calc.Value{"api.input_usd_per_mtok": calc.Num(1), "api.output_usd_per_mtok": calc.Num(2)})
	for name, c := range map[string]struct {
		s     calc.Scenario
		words string
		want  bool
	}{
		"the market":          {calc.Scenario{}, "no API route has a price", false},
		"a named host":        {named, " alone: if it drops", true},
		"one allowed host":    {allowed, "as you need it: if it drops", true},
		"the person's prices": {typed, " alone: if it drops", false},
		"a day in the past":   {calc.Scenario{}.With("api.price_date", calc.Str("2025-03-15")), "if it drops", false},
		"closed routes":       {named.With("rules.data_may_leave_site", calc.No), " alone: if it drops", false},
	} {
		if got := said(c.s, c.words); got != c.want {
			t.Errorf("%s: warned of one host is %v, want %v", name, got, c.want)
		}
	}
}

// hostListing is the id of a host's listing of R1 that counts.
func hostListing(t *testing.T) string {
	t.Helper()
	for _, p := range shipped(t).Prices {
		if p.Model == "deepseek-r1" && p.ProviderKind == "host" && !p.Quota && !p.Gone && p.Input > 0 && p.Context >= 65536 {
			return p.ID
		}
	}
	t.Fatal("no host lists R1")
	return ""
}

func providerOf(t *testing.T, id string) string {
	t.Helper()
	return shipped(t).Price(id).Provider
}

// On a day without a listing the reason names the nearest days that have one.
func TestADayWithoutAPriceSaysWhichHaveOne(t *testing.T) {
	for day, want := range map[string]string{
		"2024-12-01": "the first listing is of 2025-01-20",
		"2025-10-01": "the last listing before ended on 2025-09-05, the next is of 2026-",
	} {
		r := assess(t, calc.Scenario{}.With("api.price_date", calc.Str(day)), quick).Route("api-direct")
		if !slices.ContainsFunc(r.BlockedBy, func(b string) bool { return strings.Contains(b, want) }) {
			t.Errorf("%s: %v, want %s", day, r.BlockedBy, want)
		}
	}
}
