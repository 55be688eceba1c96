package calc_test

import (
	"math"
	"slices"
	"testing"

	"hostwise/calc"
)

// Where it is drawn, a band holds its line, starts in the first month, ends with the horizon and never falls.
func TestBandsOverTimeHoldTheirLines(t *testing.T) {
	for _, months := range []float64{1, 7, 36, 120} {
		res := assess(t, calc.Scenario{}.With("finance.horizon_months", calc.Num(months)), calc.Options{Draws: 60})
		if len(res.OverTime.Bands) == 0 {
			t.Fatalf("no bands over %g months", months)
		}
		for _, b := range res.OverTime.Bands {
			line := res.OverTime.Routes[b.Route]
			if n := len(b.Months); n == 0 || n > 13 || b.Months[0] != 1 || b.Months[n-1] != int(months) || !slices.IsSorted(b.Months) || len(b.Low) != n || len(b.High) != n {
				t.Errorf("%s over %g months has its band at %v", b.Route, months, b.Months)
				continue
			}
			for i, m := range b.Months {
				if !(b.Low[i] <= line[m-1] && line[m-1] <= b.High[i]) {
					t.Errorf("%s, month %d: %g is not within %g and %g", b.Route, m, line[m-1], b.Low[i], b.High[i])
				}
			}
		}
	}
	if bands := assess(t, calc.Scenario{}, quick).OverTime.Bands; bands == nil || len(bands) > 0 {
		t.Errorf("a quick answer has bands: %v", bands)
	}
}

// A price known to within a factor of two either way, and nothing else unknown: by the end of month n the API has cost
// n × 200 × price, so P10 is n × 100 and P90 n × 400 (plainAPI costs $200 at its price; output is given away here).
func TestABandOverTimeIsThatOfItsInput(t *testing.T) {
	s := with(plainAPI(), map[string]calc.Value{"api.input_usd_per_mtok": calc.Between(1, 2, 4), "api.output_usd_per_mtok": calc.Num(0),
		"finance.horizon_months": calc.Num(12)})
	for _, b := range assess(t, s, calc.Options{Draws: 1000}).OverTime.Bands {
		if b.Route != "api-direct" {
			continue
		}
		for i, m := range b.Months {
			isNear(t, "P10", b.Low[i]/float64(m), 100, 5) // one draw in five is carried over the months
			isNear(t, "P90", b.High[i]/float64(m), 400, 20)
		}
		return
	}
	t.Fatal("the API has no band")
}

// Payback by hand. The server costs $350,000 at the start of month 1 and $913.18 for power at the end of every month
// (10.2 kW × 1.4 × 0.6 × 730 h × $0.146). An API that costs $20,000 a month has cost more from the month n in which
// 20,000 n > 350,000 + 913.18 n, n > 350,000 / 19,086.82 = 18.34: by the end of month 19. At $2,000 a month it takes
// n > 350,000 / 1,086.82 = 322.0 months: not within 36.
func TestPaybackByHand(t *testing.T) {
	for usd, want := range map[float64]int{20000: 19, 2000: 0, 350000: 2, 351000: 1} {
		res := assess(t, boughtFor(usd), quick)
		isNear(t, "the API", monthly(t, res, "api-direct"), usd, 1e-6)
		i := slices.IndexFunc(res.OverTime.Payback, func(p calc.Payback) bool { return p.To == "own-deepseek-r1" })
		if i < 0 {
			t.Fatal("owning has no payback entry")
		}
		switch p := res.OverTime.Payback[i]; {
		case want == 0 && p.Month != nil:
			t.Errorf("beside $%g a month owning pays back in month %d, by hand it does not", usd, *p.Month)
		case want > 0 && (p.Month == nil || *p.Month != want):
			t.Errorf("beside $%g a month owning pays back in month %v, by hand in %d", usd, p.Month, want)
		}
	}
}

// boughtFor is ownCase beside an API that costs so much a month: 50,000 calls of 2,000 tokens in, all else free.
func boughtFor(usd float64) calc.Scenario {
	return with(ownCase(), map[string]calc.Value{"workload.retry_rate": calc.Num(0), "api.staff_fte": calc.Num(0), "workload.reasoning_tokens_per_call": calc.Num(0),
		"api.input_usd_per_mtok": calc.Num(usd / 100), "api.output_usd_per_mtok": calc.Num(0), "rules.allowed_providers": calc.Value{Texts: []string{"302ai"}}})
}

// The range of a payback holds its month, and says how often there is one: beside an API whose price is known to within
// a factor of ten, owning pays back in some draws and not in others.
func TestPaybackHasARange(t *testing.T) {
	s := boughtFor(20000).With("api.input_usd_per_mtok", calc.Between(20, 200, 2000))
	for _, p := range assess(t, s, calc.Options{Draws: 400}).OverTime.Payback {
		if p.To != "own-deepseek-r1" {
			continue
		}
		if p.Month == nil || p.Low == nil || p.High == nil || p.ShareReached == nil || !(*p.Low <= *p.Month && *p.Month <= *p.High) {
			t.Fatalf("the payback is %+v", p)
		}
		// The price of $20 makes the API $2,000 a month: see above. It pays back within 36 months where the API costs more
		// than 350,000/36 + 913.18 = 10,635 a month: 0.53 of the likely price, z = −0.274 × 1.2816 = −0.351, 64 % of draws.
		isNear(t, "share reached", *p.ShareReached, 0.637, 0.03)
		// P90 of the price is $2,000, P10 of the month that of a price of about that: 200,000 n > 350,000, month 2.
		if *p.Low > 2 {
			t.Errorf("P10 is month %d, want 2 at most", *p.Low)
		}
		return
	}
	t.Fatal("owning has no payback entry")
}

// Growth that fills a server by hand. With every further replica a server is bought at the start of its month; what it
// is still worth at the end comes back along a straight line to 10 % after 48 months.
func TestServersAddedByGrowthByHand(t *testing.T) {
	base := ownCase().With("finance.horizon_months", calc.Num(24)).With("finance.cost_of_capital_per_year", calc.Num(0))
	one := assess(t, base, quick)
	capacity := one.Throughput.CallsPerMonth.Likely
	// The volume starts at 0.9 of what one replica takes: 0.9 × 1.06^m passes 1 in month index 2
	// (0.9 × 1.06² = 1.0112) and 2 in month index 14 (0.9 × 1.06^14 = 2.0348); 3 would be month index 21 (3.0596).
	s := base.With("workload.calls_per_month", calc.Num(0.9*capacity)).With("workload.growth_per_month", calc.Num(0.06))
	res := assess(t, s, quick)
	r := res.Route("own-deepseek-r1")
	if r.Servers != 1 {
		t.Fatalf("%d servers in the first month, want one", r.Servers)
	}
	const power = 10.2 * 1.4 * 0.6 * 730 * 0.146
	spent, bought := 0.0, 0
	line := res.OverTime.Routes[r.ID]
	worth := 0.0
	for m := range 24 {
		for need := int(math.Ceil(0.9 * math.Pow(1.06, float64(m)) * (1 - 1e-9))); bought < need; bought++ {
			spent += 350000
			worth += 350000 * (1 - 0.9*float64(24-m)/48)
		}
		spent += float64(bought) * power
		isNear(t, "spent by the end of a month", line[m], spent, 0.01)
	}
	if bought != 4 {
		t.Fatalf("by hand %d servers are bought, want 4", bought)
	}
	isNear(t, "the horizon, residual back", r.Horizon.Likely, spent-worth, 0.01)
}
