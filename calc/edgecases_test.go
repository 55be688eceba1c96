package calc_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"hostwise/calc"
	"hostwise/calc/catalog"
)

// What is owned already is not bought: two servers of 8 at $350,000 with 8 devices owned are one server more; with all
// 16 owned nothing is bought. What is bought sums to what is due up front.
func TestBillListsOnlyWhatIsBought(t *testing.T) {
	for _, server := range []calc.Value{calc.Num(350000), calc.Null} {
		for owned, servers := range map[float64]float64{0: 2, 8: 1, 16: 0} {
			s := with(ownCase(), map[string]calc.Value{"rules.spare_replicas": calc.Num(1), "finance.server_usd": server,
				"finance.install_share": calc.Num(0.1), "finance.devices_already_owned": calc.Num(owned)})
			r := assess(t, s, quick).Route("own-deepseek-r1")
			sum := 0.0
			for _, i := range r.Bill {
				if i.Quantity == 0 || i.UnitUSD.Likely == 0 {
					t.Errorf("%v owned: %s is listed and not bought", owned, i.What)
				}
				sum += i.Quantity * i.UnitUSD.Likely
			}
			isNear(t, fmt.Sprintf("%v owned, the bill", owned), sum, *r.Upfront, 1e-6)
			if !server.Null {
				isNear(t, fmt.Sprintf("%v owned, up front", owned), *r.Upfront, servers*350000*1.1, 1e-6)
			}
		}
	}
}

// A goal that cannot be met has no value; one that is stepped over says between what.
func TestGoalSeekSaysWhenItIsNotMet(t *testing.T) {
	a := assessor(t)
	s := ownCase()
	none, err := a.Solve(context.Background(), s, "finance.residual_share", "own-deepseek-r1", 1, testDay)
	if err != nil || none.Found || none.Value != nil {
		t.Errorf("%v: %+v", err, none)
	}
	// One server costs 8,951.80 a month, two 17,903.60: between them there is nothing.
	step, err := a.Solve(context.Background(), s, "workload.calls_per_month", "own-deepseek-r1", 12000, testDay)
	if err != nil || !step.Found || !strings.Contains(step.Words, "jumps from") || !strings.Contains(step.Words, "never $12 k") {
		t.Errorf("%v: %+v", err, step)
	}
	through, err := a.Solve(context.Background(), s, "finance.server_usd", "own-deepseek-r1", 10000, testDay)
	if err != nil || !through.Found || strings.Contains(through.Words, "jumps") {
		t.Errorf("%v: %+v", err, through)
	}
}

// ISO 4217: codes in use pass, whatever their country; test codes, metals, withdrawn and made-up ones do not.
func TestCurrencyCodesAreThoseInUse(t *testing.T) {
	for code, ok := range map[string]bool{"USD": true, "EUR": true, "RWF": true, "XOF": true, "VND": true, "MXN": true, "ZAR": true, "XXQ": false, "XTS": false,
		"XXX": false, "XAU": false, "DEM": false, "ZZZ": false, "usd": false} {
		ps := calc.Scenario{}.With("currency.code", calc.Str(code)).Check(assessor(t).Catalogue())
		if (len(ps) == 0) != ok {
			t.Errorf("%s: %v", code, ps)
		}
		if code == "usd" && (len(ps) == 0 || ps[0].Nearest != "USD") {
			t.Errorf("%s is near %v", code, ps)
		}
	}
	w := assess(t, calc.Scenario{}.With("currency.per_usd", calc.Num(0.92)), quick).Warnings
	if !slices.ContainsFunc(w, func(s string) bool { return strings.Contains(s, "currency.per_usd") }) {
		t.Error("a dollar of 0.92 dollars is not warned of")
	}
}

// A provider nearly as a listing's is misspelt, with the nearest right one; every provider of a listing passes in any
// case; one like none of them may be allowed, and a warning says that it has no price.
func TestAllowedProvidersAreThoseOfListings(t *testing.T) {
	cat := assessor(t).Catalogue()
	allow := func(name string) calc.Problems {
		return calc.Scenario{}.With("rules.allowed_providers", calc.Value{Texts: []string{name}}).Check(cat)
	}
	for _, p := range cat.Prices {
		for _, name := range []string{p.Provider, strings.ToUpper(p.Provider), strings.ToLower(p.Provider)} {
			if ps := allow(name); len(ps) > 0 {
				t.Errorf("%s: %v", name, ps)
			}
		}
	}
	p := cat.Prices[0].Provider
	if ps := allow(p + "x"); len(ps) != 1 || ps[0].Nearest != p || ps[0].Path != "rules.allowed_providers[0]" {
		t.Errorf("%sx: %+v", p, ps)
	}
	if ps := allow("Our own cloud"); len(ps) > 0 {
		t.Errorf("a provider that nobody lists: %v", ps)
	}
	s0 := calc.Scenario{}.With("rules.allowed_providers", calc.Value{Texts: []string{"Our own cloud"}})
	if warned := assess(t, s0, quick).Warnings; !slices.ContainsFunc(warned, func(w string) bool { return strings.Contains(w, "the provider \"Our own cloud\" that you allow") }) {
		t.Errorf("no warning: %q", warned)
	}
	own := cat.Prices[0]
	own.ID, own.Provider = "mine", "Acme Inference"
	s := calc.Scenario{}.With("rules.allowed_providers", calc.Value{Texts: []string{"acme inference"}}).WithFacts(calc.Facts{Prices: []catalog.Price{own}})
	if ps := s.Check(cat); len(ps) > 0 {
		t.Errorf("the provider of an own row: %v", ps)
	}
}

// Contract "Routes": a gateway costs the same × (1 + markup), batches take everything at the discount. 100,000 calls,
// a tenth answered again, 2,000 × $1 + 600 × $2 a million = $0.0032 a call: $32 for the fallback.
func TestFallbackBearsMarkupAndDiscount(t *testing.T) {
	n := calc.Num
	s := with(calc.Scenario{}, map[string]calc.Value{"workload.calls_per_month": n(100000), "workload.output_tokens_per_call": n(600),
		"workload.reasoning_tokens_per_call": n(0), "workload.retry_rate": n(0), "workload.fallback_rate": n(0.1), "workload.latency_flexible": calc.Yes,
		"api.input_usd_per_mtok": n(1), "api.output_usd_per_mtok": n(2), "api.gateway_markup": n(0.05), "api.batch_discount": n(0.5)})
	res := assess(t, s, quick)
	for id, want := range map[string]float64{"api-direct": 32, "api-gateway": 32 * 1.05, "api-batch": 16} {
		isNear(t, id, line(t, res.Route(id), "fallback").USD, want, 1e-9)
	}
	tokens := func(id string) float64 {
		return monthly(t, res, id) - line(t, res.Route(id), "people").USD
	}
	isNear(t, "the gateway's month", tokens("api-gateway"), tokens("api-direct")*1.05, 1e-6)
	isNear(t, "the batches' month", tokens("api-batch"), tokens("api-direct")*0.5, 1e-6)
	if math.IsNaN(tokens("cloud-endpoint")) {
		t.Error("the cloud has no cost")
	}
}

// A rule that bears on both sides of mixed is said once.
func TestMixedSaysItsReasonOnce(t *testing.T) {
	res := assess(t, calc.Scenario{}.With("rules.data_may_leave_site", calc.No).With("rules.operations_staff", calc.No), quick)
	leave := 0
	for _, b := range res.Route("mixed").BlockedBy {
		if strings.Contains(b, "data_may_leave_site") {
			leave++
		}
	}
	if leave != 1 {
		t.Errorf("%q", res.Route("mixed").BlockedBy)
	}
}

// Machines that are switched off do not answer: fewer rented hours are warned of, and are no flip where people wait.
func TestFewerRentedHoursAreNoChoiceWherePeopleWait(t *testing.T) {
	const path = "finance.rent_hours_per_week"
	warned := func(hours float64) bool {
		return slices.ContainsFunc(assess(t, calc.Scenario{}.With(path, calc.Num(hours)), quick).Warnings,
			func(w string) bool { return strings.Contains(w, "switched off") })
	}
	if !warned(60) || warned(168) {
		t.Error("60 hours have to be warned of, 168 not")
	}
	tpl, _ := calc.TemplateNamed("enterprise-private-inference")
	for _, waits := range []bool{true, false} {
		s := tpl.Scenario().With("workload.calls_per_month", calc.Num(2e6)).With("workload.user_facing", calc.No)
		if waits {
			s = s.With("workload.user_facing", calc.Yes)
		}
		v := assess(t, s, calc.Options{Draws: 10}).Verdict
		flips := slices.ContainsFunc(v.Flips, func(f calc.Flip) bool { return f.Input == path })
		said := slices.ContainsFunc(v.WhatIf, func(w string) bool { return strings.Contains(w, "switched off") })
		if flips == waits || said != waits {
			t.Errorf("people wait %v: flip %v, said %v", waits, flips, said)
		}
	}
}

// The article takes the full model for a research lab for control over its weights: an API does not give that.
func TestALabOnAnAPIDiffersFromTheUsualChoice(t *testing.T) {
	tpl, _ := calc.TemplateNamed("research-lab")
	for calls, volume := range []float64{200000, 5e7} {
		res := assess(t, tpl.Scenario().With("workload.calls_per_month", calc.Num(volume)), quick)
		u := res.Verdict.UsualChoice
		api := res.Route(res.Verdict.Route).Kind == calc.API
		if u == nil || u.Agrees == api || api != strings.Contains(u.Because, "control over its weights") {
			t.Errorf("%d: %s, %+v", calls, res.Verdict.Route, u)
		}
	}
}
