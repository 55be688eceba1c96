package calc_test

import (
	"context"
	"math"
	"strings"
	"testing"
	"time"

	"hostwise/calc"
	"hostwise/calc/catalog"
	"hostwise/calc/cost"
)

// with returns a scenario with answers given by path.
func with(s calc.Scenario, answers map[string]calc.Value) calc.Scenario {
	for path, v := range answers {
		s = s.With(path, v)
	}
	return s
}

// plainAPI is 100,000 calls of 1,000 tokens in and 500 out at $1 and $2 a million, and nothing beside.
// Tokens: 100 M in × $1 + 50 M out × $2 = $200.
func plainAPI() calc.Scenario {
	return with(calc.Scenario{}, map[string]calc.Value{
		"workload.calls_per_month": calc.Num(100000), "workload.input_tokens_per_call": calc.Num(1000),
		"workload.output_tokens_per_call": calc.Num(500), "workload.reasoning_tokens_per_call": calc.Num(0),
		"workload.retry_rate": calc.Num(0), "api.staff_fte": calc.Num(0),
		"api.input_usd_per_mtok": calc.Num(1), "api.output_usd_per_mtok": calc.Num(2),
	})
}

func monthly(t *testing.T, res *calc.Assessment, id string) float64 {
	t.Helper()
	r := res.Route(id)
	if r == nil || r.Monthly == nil {
		t.Fatalf("%s has no cost: %v", id, r.BlockedBy)
	}
	return r.Monthly.Likely
}

func isNear(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s is %.6f, want %.6f", what, got, want)
	}
}

func TestAPIKnownAnswers(t *testing.T) {
	n, yes := calc.Num, calc.Yes
	for _, c := range []struct {
		what    string
		answers map[string]calc.Value
		route   string
		want    float64
	}{
		{"tokens", nil, "api-direct", 200},
		{"thinking is billed as output: 100,000 × 300 × $2 / 1 M more", map[string]calc.Value{"workload.reasoning_tokens_per_call": n(300)}, "api-direct", 260},
		{"a tenth retried: 200 × 1.1", map[string]calc.Value{"workload.retry_rate": n(0.1)}, "api-direct", 220},
		{"40 % hits at $0.10: 60 × $1 + 40 × $0.10 + 50 × $2",
			map[string]calc.Value{"workload.cached_input_share": n(0.4), "api.cached_input_usd_per_mtok": n(0.1)}, "api-direct", 164},
		{"a quarter in dear hours at double: 200 × (1 + 0.25 × 1)", map[string]calc.Value{"api.peak_hours_share": n(0.25), "api.peak_multiplier": n(2)}, "api-direct", 250},
		{"half in batches at half price: 200 × (1 − 0.25)", map[string]calc.Value{"api.batch_share": n(0.5), "api.batch_discount": n(0.5)}, "api-direct", 150},
		{"everything in batches: 200 × 0.5", map[string]calc.Value{"api.batch_discount": n(0.5), "workload.latency_flexible": yes}, "api-batch", 100},
		{"a gateway's 10 %: 200 × 1.1", map[string]calc.Value{"api.gateway_markup": n(0.1)}, "api-gateway", 220},
		{"the catalogue's gateway fee of 5.5 %", nil, "api-gateway", 211},
		{"5 % answered again at the same price: 200 × 1.05", map[string]calc.Value{"workload.fallback_rate": n(0.05)}, "api-direct", 210},
		{"platform, logging and a tenth of a person at $15,000", map[string]calc.Value{"api.platform_usd_per_month": n(30),
			"api.logging_usd_per_month": n(20), "api.staff_fte": n(0.1)}, "api-direct", 1750},
		{"review, half a minute at $60 an hour: 100,000 × $0.50", map[string]calc.Value{"workload.review_minutes_per_call": n(0.5),
			"workload.review_usd_per_hour": n(60)}, "api-direct", 50200},
		{"review that saves: −50,000 + 200", map[string]calc.Value{"workload.review_minutes_per_call": n(-0.5),
			"workload.review_usd_per_hour": n(60)}, "api-direct", -49800},
		{"all together: 200 × 1.1 × 1.25 × 0.75", map[string]calc.Value{"workload.retry_rate": n(0.1), "api.peak_hours_share": n(0.25),
			"api.peak_multiplier": n(2), "api.batch_share": n(0.5), "api.batch_discount": n(0.5)}, "api-direct", 206.25},
	} {
		isNear(t, c.what, monthly(t, assess(t, with(plainAPI(), c.answers), quick), c.route), c.want, 1e-6)
	}
}

// A stated fallback is billed at its own listing: 10,000 of the 100,000 calls at $3 and $7 a million,
// 10,000 × (1,000 × 3 + 500 × 7) / 1 M = $65 more.
func TestFallbackAtItsOwnPrice(t *testing.T) {
	s := with(plainAPI(), map[string]calc.Value{"workload.fallback_rate": calc.Num(0.1), "api.fallback_price": calc.Str("togetherai/deepseek-ai-deepseek-r1")})
	isNear(t, "with the fallback", monthly(t, assess(t, s, quick), "api-direct"), 265, 1e-6)
}

// What R1 would have cost in March 2025: DeepSeek's own $0.55 and $2.19. The cloud and rent of today are no part of it.
func TestPriceDateReadsHistory(t *testing.T) {
	s := with(plainAPI(), map[string]calc.Value{"api.input_usd_per_mtok": calc.Null, "api.output_usd_per_mtok": calc.Null, "api.price_date": calc.Str("2025-03-15")})
	res := assess(t, s, quick)
	isNear(t, "March 2025", monthly(t, res, "api-direct"), 100*0.55+50*2.19, 1e-6)
	if !strings.Contains(strings.Join(res.Warnings, " "), "2025-03-15") {
		t.Error("no warning says that the prices are old on purpose")
	}
	// Before the first listing nothing has a price; DeepSeek's ended on 2025-09-05.
	for _, day := range []string{"2024-12-01", "2025-10-01"} {
		r := assess(t, s.With("api.price_date", calc.Str(day)), quick).Route("api-direct")
		if r.Monthly != nil || r.Feasible {
			t.Errorf("on %s R1 costs %v by API, but nothing was listed", day, r.Monthly)
		}
	}
}

func TestCloudIgnoresTypedPrices(t *testing.T) {
	isNear(t, "cloud", monthly(t, assess(t, plainAPI(), quick), "cloud-endpoint"), 100*1.35+50*5.4, 1e-6)
}

func TestNamedListingIsHeldToTheRules(t *testing.T) {
	named := with(plainAPI(), map[string]calc.Value{"api.input_usd_per_mtok": calc.Null, "api.output_usd_per_mtok": calc.Null,
		"api.price": calc.Str("novita-ai/deepseek-deepseek-r1-turbo")})
	isNear(t, "the listing", monthly(t, assess(t, named, quick), "api-direct"), 100*0.7+50*2.5, 1e-6)
	for what, answers := range map[string]map[string]calc.Value{
		"needs_pinned_weights": {"rules.needs_pinned_weights": calc.Yes},
		"context_tokens":       {"workload.context_tokens": calc.Num(100000)},
		"allowed_providers":    {"rules.allowed_providers": calc.Value{Texts: []string{"togetherai"}}},
	} {
		r := assess(t, with(named, answers), quick).Route("api-direct")
		if r.Feasible || !strings.HasPrefix(strings.Join(r.BlockedBy, "\n"), what) || r.Monthly == nil {
			t.Errorf("%s: blocked by %q, month %v", what, r.BlockedBy, r.Monthly)
		}
	}
	hits := named.With("workload.cached_input_share", calc.Num(0.5))
	res := assess(t, hits, quick)
	isNear(t, "hits without a price of their own", monthly(t, res, "api-direct"), 195, 1e-6)
	if !strings.Contains(strings.Join(res.Warnings, " "), "hits are billed as misses") {
		t.Error("no warning says that hits are billed as misses")
	}
}

// ownCase is a scenario whose own route has every figure typed: one H200 server of 8.
func ownCase() calc.Scenario {
	n := calc.Num
	return with(calc.Scenario{}, map[string]calc.Value{
		"workload.calls_per_month": n(50000), "deployment.device": calc.Str("h200-sxm"), "deployment.devices": n(8),
		"finance.server_usd": n(350000), "finance.server_kw": n(10.2), "finance.residual_share": n(0.1),
		"finance.depreciation_months": n(48), "finance.cost_of_capital_per_year": n(0.09), "finance.maintenance_share_per_year": n(0),
		"finance.electricity_usd_per_kwh": n(0.146), "finance.pue": n(1.4), "finance.power_load_share": n(0.6), "finance.staff_fte": n(0),
		"finance.staff_fte_per_extra_server": n(0),
	})
}

func line(t *testing.T, r *calc.Route, id string) calc.Line {
	t.Helper()
	for _, l := range r.Lines {
		if l.ID == id {
			return l
		}
	}
	t.Fatalf("%s has no line %s", r.ID, id)
	return calc.Line{}
}

func TestOwnKnownAnswersThroughTheDoor(t *testing.T) {
	n := calc.Num
	own := func(answers map[string]calc.Value) *calc.Route {
		r := assess(t, with(ownCase(), answers), quick).Route("own-deepseek-r1")
		if r.Monthly == nil || r.Servers < 1 {
			t.Fatalf("own has no cost: %v", r.BlockedBy)
		}
		return r
	}
	one := own(nil)
	if one.Servers != 1 {
		t.Fatalf("%d servers, want one", one.Servers)
	}
	isNear(t, "capital", line(t, one, "capital").USD, 8038.62, 0.005)
	isNear(t, "power", line(t, one, "power").USD, 913.18, 0.005)
	isNear(t, "the month", one.Monthly.Likely, 8038.62+913.18, 0.01)
	isNear(t, "up front", *one.Upfront, 350000, 1e-6)
	isNear(t, "power drawn", *one.PowerKW, 10.2, 1e-9)
	// Without interest: (350,000 − 35,000) / 48 = 6,562.50.
	isNear(t, "r = 0", line(t, own(map[string]calc.Value{"finance.cost_of_capital_per_year": n(0)}), "capital").USD, 6562.5, 1e-6)
	// 5 % installation and 10 % network are spent and not got back: (350,000 × 1.15 − 35,000) / 48 = 7,656.25.
	isNear(t, "installed, r = 0", line(t, own(map[string]calc.Value{"finance.cost_of_capital_per_year": n(0),
		"finance.install_share": n(0.05), "finance.network_share": n(0.1)}), "capital").USD, 7656.25, 1e-6)
	// A spare: twice everything but the people of the first two servers, 2 × 0.5 × 15,000 would be wrong.
	spare := own(map[string]calc.Value{"rules.spare_replicas": n(1), "finance.staff_fte": n(0.5)})
	isNear(t, "with a spare", spare.Monthly.Likely, 2*(8038.62+913.18)+7500, 0.02)
	// Three servers: a tenth of a person more for the third.
	third := own(map[string]calc.Value{"rules.spare_replicas": n(2), "finance.staff_fte": n(0.5), "finance.staff_fte_per_extra_server": n(0.1)})
	isNear(t, "people of three servers", line(t, third, "people").USD, 0.6*15000, 1e-6)
	// Colocation at $184 a kW: 10.2 × 184 = 1,876.80, electricity inside; outside 10.2 × 0.6 × 730 × 0.146 = 652.27, no PUE.
	colo := map[string]calc.Value{"finance.site": calc.Str("colocation"), "finance.space_usd_per_kw_month": n(184)}
	inside := own(colo)
	isNear(t, "space", line(t, inside, "space").USD, 1876.8, 1e-6)
	isNear(t, "electricity inside", line(t, inside, "power").USD, 0, 0)
	colo["finance.colocation_includes_power"] = calc.No
	isNear(t, "electricity outside", line(t, own(colo), "power").USD, 10.2*0.6*730*0.146, 1e-6)
	// Six of the eight cards are there already: a quarter of the server is bought. Support still covers all of it.
	owned := own(map[string]calc.Value{"finance.devices_already_owned": n(6), "finance.maintenance_share_per_year": n(0.12)})
	isNear(t, "capital, six cards owned", line(t, owned, "capital").USD, 8038.62/4, 0.005)
	isNear(t, "up front, six cards owned", *owned.Upfront, 87500, 1e-6)
	isNear(t, "support", line(t, owned, "maintenance").USD, 3500, 1e-6)
	// A project of $36,000 over a horizon of 36 months is $1,000 a month.
	isNear(t, "project", line(t, own(map[string]calc.Value{"finance.implementation_usd": n(36000)}), "implementation").USD, 1000, 1e-9)
}

// Over a horizon as long as the service life, without growth, what is paid month by month is worth today what the
// even monthly charge is: the definition of capital recovery.
func TestNPVOverTheServiceLifeIsThatOfTheMonthlyCharge(t *testing.T) {
	for _, perYear := range []float64{0, 0.09, 0.2} {
		s := with(ownCase(), map[string]calc.Value{"finance.horizon_months": calc.Num(48), "finance.cost_of_capital_per_year": calc.Num(perYear)})
		r := assess(t, s, quick).Route("own-deepseek-r1")
		even := make([]float64, 48)
		for i := range even {
			even[i] = r.Monthly.Likely
		}
		isNear(t, "NPV", *r.NPV, cost.NPV(even, perYear), 0.01)
		// Cash: 350,000 out, 48 × 913.18 for power, 35,000 back.
		isNear(t, "horizon", r.Horizon.Likely, 350000-35000+48*10.2*1.4*0.6*730*0.146, 0.01)
	}
}

// Shorter than the service life, the machines are still worth what a straight line says: after 12 of 48 months
// 350,000 × (1 − 0.9 × 12/48) = 271,250. Longer, they are bought again: after 60 months two purchases, 35,000 for
// the first and 271,250 for the second.
func TestHorizonShorterAndLongerThanTheServiceLife(t *testing.T) {
	power := 10.2 * 1.4 * 0.6 * 730 * 0.146
	for months, want := range map[float64]float64{12: 350000 - 271250 + 12*power, 60: 700000 - 35000 - 271250 + 60*power, 96: 700000 - 70000 + 96*power} {
		res := assess(t, ownCase().With("finance.horizon_months", calc.Num(months)), quick)
		isNear(t, "horizon", res.Route("own-deepseek-r1").Horizon.Likely, want, 0.01)
		if len(res.OverTime.Months) != int(months) {
			t.Errorf("%d months, want %g", len(res.OverTime.Months), months)
		}
	}
}

// Growth of 2 % a month and prices falling by 20 % a year, added up by hand: Σ 200 × 1.02^m × 0.8^(m/12).
func TestGrowthAndPriceTrend(t *testing.T) {
	s := with(plainAPI(), map[string]calc.Value{"workload.growth_per_month": calc.Num(0.02), "api.change_per_year": calc.Num(-0.2), "finance.horizon_months": calc.Num(24)})
	want := 0.0
	for m := range 24 {
		want += 200 * math.Pow(1.02, float64(m)) * math.Pow(0.8, float64(m)/12)
	}
	res := assess(t, s, quick)
	isNear(t, "24 months", res.Route("api-direct").Horizon.Likely, want, 1e-6)
	isNear(t, "the first month", monthly(t, res, "api-direct"), 200, 1e-6)
}

func TestRentKnownAnswers(t *testing.T) {
	n := calc.Num
	s := with(ownCase(), map[string]calc.Value{"finance.rent_usd_per_device_hour": n(2), "finance.rent_hours_per_week": n(84),
		"finance.storage_usd_per_month": n(100), "finance.egress_usd_per_month": n(50), "rules.spare_replicas": n(1), "finance.staff_fte": n(0.5)})
	// Two sets of 8 for half the hours: 16 × 365 × $2 = 11,680; storage 100, egress 50, people 7,500.
	isNear(t, "rent", monthly(t, assess(t, s, quick), "rent-deepseek-r1"), 19330, 1e-6)
	// Whole hosts: a set of 4 SXM cards still pays for the server of 8.
	small := with(calc.Scenario{}, map[string]calc.Value{"model": calc.Str("r1-distill-llama-70b"), "deployment.device": calc.Str("h200-sxm"),
		"deployment.devices": n(4), "finance.rent_usd_per_device_hour": n(2), "finance.staff_fte": n(0), "workload.calls_per_month": n(1000)})
	isNear(t, "half a host", monthly(t, assess(t, small, quick), "rent-r1-distill-llama-70b"), 8*730*2, 1e-6)
	for term, months := range map[string]float64{"on-demand": 0, "1-year": 12, "3-year": 36} {
		if r := assess(t, s.With("finance.rent_term", calc.Str(term)), quick).Route("rent-deepseek-r1"); r.Commitment != months {
			t.Errorf("%s commits for %g months, want %g", term, r.Commitment, months)
		}
	}
}

// A base share that is stated is used: the lines of own and API sum to it.
func TestStatedBaseShare(t *testing.T) {
	s := with(ownCase(), map[string]calc.Value{"workload.calls_per_month": calc.Num(500000), "mixed.base_share": calc.Num(0.5), "api.staff_fte": calc.Num(0),
		"workload.retry_rate": calc.Num(0), "workload.reasoning_tokens_per_call": calc.Num(0), "api.input_usd_per_mtok": calc.Num(1), "api.output_usd_per_mtok": calc.Num(2)})
	res := assess(t, s, quick)
	isNear(t, "own share", res.Mix.OwnShare, 0.5, 1e-12)
	// The API's half: 250,000 × (2,000 × 1 + 600 × 2) / 1 M = $800; one server of our own.
	isNear(t, "mixed", monthly(t, res, "mixed"), 800+8038.62+913.18, 0.01)
}

func TestByModelAnswers(t *testing.T) {
	half, third, out := catalog.Exact(0.5), catalog.Exact(0.3), catalog.Exact(1000)
	s := plainAPI().WithModel("deepseek-r1", calc.ModelOverride{SuccessShare: &half, RetryRate: &third, OutputTokensPerCall: &out})
	r := assess(t, s, quick).Route("api-direct")
	// 1.3 × (100 M × $1 + 100 M × $2) = $390; half of 100,000 answers are good: $0.0078 for each.
	isNear(t, "month", r.Monthly.Likely, 390, 1e-9)
	isNear(t, "a good answer", r.PerCall.Likely, 0.0078, 1e-12)
	isNear(t, "a task of 3 calls", assess(t, s.With("workload.calls_per_task", calc.Num(3)), quick).Route("api-direct").PerTask.Likely, 0.0234, 1e-12)
	// A range for one model is sampled although the common answer is exact.
	wide := calc.Range{Low: 0.1, Likely: 0.3, High: 0.9}
	res := assess(t, plainAPI().WithModel("deepseek-r1", calc.ModelOverride{RetryRate: &wide}), calc.Options{Draws: 400})
	m := res.Route("api-direct").Monthly
	isNear(t, "P10", m.Low, 220, 2)
	isNear(t, "P90", m.High, 380, 4)
}

// A person's own row outranks the catalogue's by id.
func TestOwnFactsOutrankTheCatalogue(t *testing.T) {
	cat := assessor(t).Catalogue()
	mine := *cat.Price("togetherai/deepseek-ai-deepseek-r1")
	mine.Input, mine.Output = 0.25, 0.5
	s := plainAPI().With("api.input_usd_per_mtok", calc.Null).With("api.output_usd_per_mtok", calc.Null).With("api.price", calc.Str(mine.ID))
	isNear(t, "the catalogue's", monthly(t, assess(t, s, quick), "api-direct"), 100*3+50*7, 1e-6)
	isNear(t, "the person's", monthly(t, assess(t, s.WithFacts(calc.Facts{Prices: []catalog.Price{mine}}), quick), "api-direct"), 100*0.25+50*0.5, 1e-6)
}

func TestCurrencyTouchesNoFigure(t *testing.T) {
	a := assess(t, plainAPI(), quick)
	b := assess(t, with(plainAPI(), map[string]calc.Value{"currency.code": calc.Str("JPY"), "currency.per_usd": calc.Num(150), "currency.as_of": calc.Str("2026-11-01")}), quick)
	for i := range a.Routes {
		if (a.Routes[i].Monthly == nil) != (b.Routes[i].Monthly == nil) || a.Routes[i].Monthly != nil && *a.Routes[i].Monthly != *b.Routes[i].Monthly {
			t.Errorf("%s differs with another currency", a.Routes[i].ID)
		}
	}
}

// A fall of all API prices reaches the cloud endpoint and the fallback too.
func TestFallingPricesReachEveryAPI(t *testing.T) {
	tpl, _ := calc.TemplateNamed("enterprise-private-inference")
	res := assess(t, tpl.Scenario().With("workload.calls_per_month", calc.Num(200_000)), quick)
	if res.Verdict.Route != "cloud-endpoint" || len(res.Verdict.WhatIf) != 2 {
		t.Fatalf("verdict %s, what if %q", res.Verdict.Route, res.Verdict.WhatIf)
	}
	now := res.Verdict.Headline[strings.Index(res.Verdict.Headline, "$"):]
	now, _, _ = strings.Cut(now, ",")
	if strings.Contains(res.Verdict.WhatIf[1], now) {
		t.Errorf("%q: a fall of API prices leaves the cloud at %s", res.Verdict.WhatIf[1], now)
	}
}

// Ten thousand draws stop soon after they are told to.
func TestCancelDuringDraws(t *testing.T) {
	a := assessor(t)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		_, err := a.Assess(ctx, calc.Scenario{}, calc.Options{Today: testDay, Draws: 10000})
		done <- err
	}()
	time.Sleep(30 * time.Millisecond)
	cancel()
	if err := <-done; err != context.Canceled {
		t.Errorf("error %v, want cancelled", err)
	}
}

// The price of clouds keeps its spread where the person named another provider or typed a price.
func TestCloudKeepsItsSpread(t *testing.T) {
	res := assess(t, plainAPI(), calc.Options{Draws: 200})
	if m := res.Route("cloud-endpoint").Monthly; m == nil || m.IsExact() {
		t.Errorf("the cloud costs %+v beside a typed price, want a range", m)
	}
	if m := res.Route("api-direct").Monthly; !m.IsExact() {
		t.Errorf("a typed price gives %+v, want it exact", *m)
	}
}

// No figure is a negative zero, which the file would show as -0.
func TestNoNegativeZero(t *testing.T) {
	for _, r := range assess(t, plainAPI(), quick).Routes {
		for _, l := range r.Lines {
			if l.Quantity == 0 && math.Signbit(l.Quantity) || l.USD == 0 && math.Signbit(l.USD) {
				t.Errorf("%s, %s is minus zero", r.ID, l.ID)
			}
		}
	}
}
