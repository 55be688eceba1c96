package calc_test

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hostwise/calc"
)

// What no sentence for a manager may hold: a key of the file, a format that went wrong, an infinity, two spaces, a
// doubled sign, or money of no size.
var unreadable = regexp.MustCompile(`[a-z]_[a-z]|%!|NaN|Inf\b|  |\.\.|\$\$|\$0\.00([^0-9]|$)|[0-9]e[-+]?[0-9]|(^|[^.,0-9])1 (calls|attempts|rejected attempts|replicas|sets|dollars)\b|<nil>`)

// readable checks one text; a sentence has to end like one.
func readable(t *testing.T, name, what, text string, sentence bool) {
	t.Helper()
	if bad := unreadable.FindString(text); bad != "" || text == "" {
		t.Errorf("%s, %s: %q holds %q", name, what, text, bad)
	}
	if sentence && !strings.HasSuffix(text, ".") {
		t.Errorf("%s, %s: %q does not end", name, what, text)
	}
}

// checkWords reads every sentence of a verdict.
func checkWords(t *testing.T, name string, s calc.Scenario, res *calc.Assessment) {
	t.Helper()
	v := res.Verdict
	readable(t, name, "headline", v.Headline, true)
	for _, r := range v.Reasons {
		readable(t, name, "reason", r, true)
	}
	for _, f := range v.Flips {
		readable(t, name, "flip", f.Words, true)
		if f.Now == f.At {
			t.Errorf("%s: %s flips where it stands", name, f.Input)
		}
	}
	for _, w := range v.WhatIf {
		readable(t, name, "what if", w, true)
	}
	for _, s := range v.NextSteps {
		readable(t, name, "step", s.What, false)
		readable(t, name, "why", s.Why, true)
	}
	if v.CheaperIfWeaker != nil {
		readable(t, name, "weaker", v.CheaperIfWeaker.Words, true)
		if !strings.HasPrefix(v.CheaperIfWeaker.Words, "If a weaker model will do: ") {
			t.Errorf("%s: %q", name, v.CheaperIfWeaker.Words)
		}
	}
	for _, m := range res.Monitoring {
		readable(t, name, m.Metric, m.ForYou, false)
	}
	readable(t, name, "confidence", v.ConfidenceBecause, false)
	checkWhatIfs(t, name, s, res)
	checkFilled(t, name, res)
}

// checkWhatIfs sees that exactly those what-ifs stand that have to: the two that are always asked, one for each input
// whose least value of its own already changes the route, and one for the hours rented where fewer of them would change
// it although people wait. What changes the route is found by asking again.
func checkWhatIfs(t *testing.T, name string, s calc.Scenario, res *calc.Assessment) {
	t.Helper()
	v := res.Verdict
	want := []string{"If calls fall to half after a year, ", "If API prices fall by 30 %, "}
	if res.Draws > 0 {
		for _, path := range []string{"api.gateway_markup", "api.batch_discount", "finance.rent_hours_per_week"} {
			switch in := calc.InputAt(path); {
			case !in.Relevant(s):
			case path == "finance.rent_hours_per_week":
				if s.Bool("workload.user_facing") && !s.Bool("workload.latency_flexible") && turnsOnHours(t, s, v.Route) {
					want = append(want, "At ")
				}
			case s.Likely(path) == 0 && assess(t, s.With(path, calc.Num(1e-6)), quick).Verdict.Route != v.Route:
				what, _ := in.Subject()
				want = append(want, "If "+what+" is given at all, however small, ")
			}
		}
	}
	left := slices.Clone(v.WhatIf)
	for _, begins := range want {
		i := slices.IndexFunc(left, func(words string) bool { return strings.HasPrefix(words, begins) })
		if i < 0 {
			t.Errorf("%s: no what-if begins with %q: %q", name, begins, v.WhatIf)
			continue
		}
		left = slices.Delete(left, i, i+1)
	}
	if len(left) > 0 {
		t.Errorf("%s: what-ifs that nothing asks for: %q", name, left)
	}
}

// turnsOnHours reports whether another route wins at some number of rented hours a week.
func turnsOnHours(t *testing.T, s calc.Scenario, route string) bool {
	t.Helper()
	hours := make([]float64, 168)
	for i := range hours {
		hours[i] = float64(i + 1)
	}
	rows, err := assessor(t).Sweep(context.Background(), s, "finance.rent_hours_per_week", hours, testDay, nil)
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(rows, func(r calc.SweepRow) bool { return r.Route != route })
}

// checkFilled sees that what the contract wants filled is filled.
func checkFilled(t *testing.T, name string, res *calc.Assessment) {
	t.Helper()
	v := res.Verdict
	priced := slices.ContainsFunc(res.Routes, func(r calc.Route) bool { return r.Monthly != nil && !r.Weaker })
	if priced && res.Draws > 0 && (len(res.Sensitivity) < 8 || len(v.Flips) < 3 && len(v.NoFlip) == 0) {
		t.Errorf("%s: %d sensitivities, %d flips, %d inputs without", name, len(res.Sensitivity), len(v.Flips), len(v.NoFlip))
	}
	if len(v.Reasons) == 0 || len(v.NextSteps) < 2 || v.RuleOfThumb == "" || v.OperationalReading == "" {
		t.Errorf("%s: %d reasons, %d steps", name, len(v.Reasons), len(v.NextSteps))
	}
	if !slices.IsSortedFunc(v.NextSteps, func(a, b calc.NextStep) int { return strings.Compare(a.By, b.By) }) {
		t.Errorf("%s: the steps are not in the order of their dates", name)
	}
	if !slices.IsSortedFunc(v.Recheck, func(a, b calc.Recheck) int { return b.AgeDays - a.AgeDays }) {
		t.Errorf("%s: the facts to recheck are not oldest first", name)
	}
	for _, b := range res.BreakEven {
		if b.Direction == "" || b.Status == "reached" && b.Calls == nil || b.Low != nil && (*b.Low > *b.High || b.Calls != nil && (*b.Low > *b.Calls || *b.Calls > *b.High)) {
			t.Errorf("%s: break-even %+v", name, b)
		}
	}
	for _, r := range res.Routes {
		for what, x := range map[string]*calc.Range{"month": r.Monthly, "call": r.PerCall, "task": r.PerTask, "horizon": r.Horizon, "lead time": r.LeadTime} {
			if x != nil && !(x.Low <= x.Likely && x.Likely <= x.High) {
				t.Errorf("%s, %s of %s: %+v is out of order", name, what, r.ID, *x)
			}
		}
		for _, l := range r.Lines {
			if l.Evidence == "" || l.Source == "" && l.Evidence != "speculation" {
				t.Errorf("%s, line %s of %s: evidence %q, source %q", name, l.ID, r.ID, l.Evidence, l.Source)
			}
		}
		if r.Evidence == "" {
			t.Errorf("%s: %s has no evidence", name, r.ID)
		}
	}
}

func TestTemplatesReadWell(t *testing.T) {
	for _, tpl := range calc.Templates {
		checkWords(t, tpl.Name, tpl.Scenario(), assess(t, tpl.Scenario(), calc.Options{Draws: 100}))
	}
}

// Scenarios that lead to every kind of verdict, and to none.
func TestEveryKindOfVerdictReadsWell(t *testing.T) {
	n, no, yes := calc.Num, calc.No, calc.Yes
	kinds := map[string]bool{}
	for name, answers := range map[string]map[string]calc.Value{
		"own: data stays":         {"rules.data_may_leave_site": no, "workload.calls_per_month": n(50000)},
		"own: spare and growth":   {"rules.data_may_leave_site": no, "rules.spare_replicas": n(1), "workload.calls_per_month": n(3e6), "workload.growth_per_month": n(0.05)},
		"mixed":                   {"workload.calls_per_month": n(4e6), "workload.peak_to_average": n(8)},
		"mixed: a trillion calls": {"workload.calls_per_month": n(1e12)},
		"rent":                    {"workload.calls_per_month": n(2e7), "finance.rent_usd_per_device_hour": n(0.6)},
		"rent: nothing up front":  {"workload.calls_per_month": n(2e7), "rules.upfront_usd_limit": n(1000)},
		"batch":                   {"workload.calls_per_month": n(2e5), "workload.latency_flexible": yes, "api.batch_discount": n(0.5)},
		"cloud: strict, nobody":   {"rules.compliance": calc.Str("strict"), "rules.operations_staff": no},
		"none: no one anywhere":   {"rules.data_may_leave_site": no, "rules.operations_staff": no},
		"none: a dollar":          {"rules.monthly_usd_limit": n(1)},
		"no calls":                {"workload.calls_per_month": n(0)},
		"one call":                {"workload.calls_per_month": n(1), "api.staff_fte": n(0)},
		"review that saves":       {"workload.calls_per_month": n(1e5), "workload.review_minutes_per_call": n(-1), "workload.review_usd_per_hour": n(30)},
		"a weaker model will do":  {"rules.minimum_model": calc.Str("r1-distill-qwen-32b"), "workload.calls_per_month": n(5e6)},
		"no listing":              {"model": calc.Str("deepseek-r1-zero")},
		"the smallest model":      {"model": calc.Str("r1-distill-qwen-1.5b")},
		"before the first price":  {"api.price_date": calc.Str("2024-03-15")},
		"everything exact": {"workload.retry_rate": n(0.1), "workload.peak_to_average": n(4), "finance.residual_share": n(0.1), "finance.staff_fte": n(0.5),
			"api.input_usd_per_mtok": n(1), "api.output_usd_per_mtok": n(2), "finance.server_usd": n(3e5), "finance.rent_usd_per_device_hour": n(3)},
	} {
		s := calc.Scenario{}
		for path, v := range answers {
			s = s.With(path, v)
		}
		res := assess(t, s, calc.Options{Draws: 60})
		checkWords(t, name, s, res)
		kind, _, stated := strings.Cut(name, ":")
		if want := map[string]calc.RouteKind{"own": calc.Own, "mixed": calc.Mixed, "rent": calc.Rent, "batch": calc.API, "cloud": calc.API, "none": ""}; stated || kind == "mixed" || kind == "rent" || kind == "batch" {
			if res.Verdict.Kind != want[kind] {
				t.Errorf("%s: the verdict is %q", name, res.Verdict.Route)
			}
		}
		kinds[string(res.Verdict.Kind)] = true
	}
	if len(kinds) != 5 {
		t.Errorf("verdicts of %d kinds, want all four and none", len(kinds))
	}
}

func TestGeneratedScenariosReadWell(t *testing.T) {
	for seed := range generated(t, 8) {
		s := rapid.Custom(scenarios).Example(seed)
		checkWords(t, "generated", s, assess(t, s, calc.Options{Draws: 20}))
	}
}

// Where the rule of thumb and the verdict differ there is a line that says why; where they agree there is none.
func TestRuleDiffersOnlyWhereItDoes(t *testing.T) {
	routes := map[string][]string{
		"official_free_or_low_cost_route": {"api-direct"}, "direct_vendor_or_cloud_marketplace": {"api-direct", "cloud-endpoint"},
		"batch_or_async_route": {"api-batch"}, "gateway_with_budget_caps": {"api-gateway"}, "direct_api_with_monitoring": {"api-direct"},
	}
	for _, calls := range []float64{500, 5000, 50000, 500000, 5e6} {
		for _, compliance := range []string{"none", "strict"} {
			for _, flexible := range []calc.Value{calc.No, calc.Yes} {
				for _, leaves := range []calc.Value{calc.No, calc.Yes} {
					s := calc.Scenario{}.With("workload.calls_per_month", calc.Num(calls)).With("rules.compliance", calc.Str(compliance)).
						With("workload.latency_flexible", flexible).With("rules.data_may_leave_site", leaves)
					v := assess(t, s, quick).Verdict
					if same := slices.Contains(routes[v.RuleOfThumb], v.Route); same == (v.RuleDiffersBecause != "") {
						t.Errorf("%g calls, %s: rule %s, verdict %s, because %q", calls, compliance, v.RuleOfThumb, v.Route, v.RuleDiffersBecause)
					}
				}
			}
		}
	}
}
