package cost_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"pgregory.net/rapid"

	"hostwise/calc/catalog"
	"hostwise/calc/cost"
)

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if math.Abs(got-want) > tolerance {
		t.Errorf("%s is %.6f, want %.6f", what, got, want)
	}
}

// server is the contract's known answer: C 350,000, S 35,000, 9 %, 48 months; 10.2 kW, PUE 1.4, load 0.6, $0.146.
func server() cost.OwnTerms {
	return cost.OwnTerms{
		Packing: cost.Packing{DevicesPerReplica: 8, SlotsPerServer: 8, SoldWhole: true}, CardUSD: 35000, HostUSD: 70000,
		Residual: 0.1, Months: 48, CapitalRate: 0.09, Recovery: cost.RecoveryOver(0.09, 48), CardKW: 0.7, HostKW: 4.6,
		PUE: 1.4, LoadShare: 0.6, KWhUSD: 0.146, People: cost.PeopleTerms{FTE: 0.5, PerExtra: 0.1, USD: 15000},
		Maintenance: 0.08, Horizon: 36,
	}
}

func TestOwnKnownAnswers(t *testing.T) {
	own := server()
	near(t, "capital", own.Capital(1), 8038.62, 0.005)
	near(t, "power", own.Power(1), 913.18, 0.005)
	near(t, "power draw", own.KW(1), 10.2, 1e-9)
	near(t, "maintenance", own.MaintenanceUSD(1), 0.08/12*350000, 1e-9)
	near(t, "people, two servers", own.PeopleUSD(2), 0.5*15000, 1e-9)
	near(t, "people, five servers", own.PeopleUSD(5), 0.8*15000, 1e-9)
}

func TestCapitalRecovery(t *testing.T) {
	// Without interest it is straight line: (350,000 − 35,000) / 48 = 6,562.50.
	near(t, "r = 0", cost.CapitalRecovery(350000, 35000, 0, 48), 6562.5, 1e-9)
	// A payment recovered over n months has the present value of what was spent: the definition, checked by summing.
	pay := cost.CapitalRecovery(350000, 35000, 0.09, 48)
	flows := make([]float64, 48)
	for i := range flows {
		flows[i] = pay
	}
	flows[47] += 35000 // the residual comes back in the last month
	near(t, "present value", cost.NPV(flows, 0.09), 350000, 0.001)
	// NPV(0.7207…% ; 100; 100; 100) = 295.71…: the first flow is a month away, as in a spreadsheet's NPV.
	r := cost.MonthlyRate(0.09)
	near(t, "NPV", cost.NPV([]float64{100, 100, 100}, 0.09), 100/(1+r)+100/math.Pow(1+r, 2)+100/math.Pow(1+r, 3), 1e-9)
}

// What a spreadsheet's NPV and PMT give, with the arithmetic written out beside each.
func TestSpreadsheetFunctions(t *testing.T) {
	data, err := os.ReadFile("testdata/spreadsheet.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows []struct {
		What             string
		Rate             float64 `json:"rate_per_period"`
		Flows            []float64
		Capital, Salvage float64
		Periods          int
		Result           float64
	}
	if err := json.Unmarshal(data, &rows); err != nil || len(rows) == 0 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, r := range rows {
		perYear := math.Pow(1+r.Rate, 12) - 1
		got := cost.NPV(r.Flows, perYear)
		if r.Periods > 0 {
			got = cost.CapitalRecovery(r.Capital, r.Salvage, perYear, r.Periods)
		}
		near(t, r.What, got, r.Result, 0.005)
	}
}

func TestPreparedTermsGiveTheSameMonth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		own := server()
		own.Install, own.Network = rapid.Float64Range(0, 0.3).Draw(t, "install"), rapid.Float64Range(0, 0.3).Draw(t, "network")
		own.AlreadyOwned = rapid.IntRange(0, 20).Draw(t, "owned")
		own.ServerUSD = rapid.SampledFrom([]float64{0, 410000}).Draw(t, "server")
		own.ServerKW = rapid.SampledFrom([]float64{0, 9.1}).Draw(t, "kW")
		own.Colocated, own.PowerInSpace = rapid.Bool().Draw(t, "colocated"), rapid.Bool().Draw(t, "power in space")
		own.SpaceUSD = rapid.Float64Range(0, 300).Draw(t, "space")
		n := rapid.IntRange(1, 40).Draw(t, "replicas")
		plain := own.Monthly(n)
		own.Prepare()
		if got := own.Monthly(n); math.Abs(got-plain) > 1e-6*plain {
			t.Fatalf("prepared %.6f, plain %.6f", got, plain)
		}
	})
}

// The article's four volumes at the R1 list price of January 2025: $0.55 in, $2.19 out a million tokens.
func TestArticleVolumes(t *testing.T) {
	price := cost.TokenPrice{Input: 0.55, Cached: 0.14, Output: 2.19}
	for _, v := range []struct{ calls, in, out, mIn, mOut float64 }{
		{1000, 1000, 300, 1, 0.3}, {10000, 2000, 600, 20, 6}, {100000, 4000, 1000, 400, 100}, {1000000, 2000, 500, 2000, 500},
	} {
		w := cost.Work{Calls: v.calls, Input: v.in, Output: v.out}
		api := cost.APITerms{Price: price, PeakMultiplier: 1}
		want := v.mIn*0.55 + v.mOut*2.19
		near(t, "tokens of the month", api.Monthly(w), want, 1e-6*want)
		w.Retry = 0.1
		near(t, "with a tenth retried", api.Monthly(w), 1.1*want, 1e-6*want)
	}
}

func TestZeroDiscountsChangeNothing(t *testing.T) {
	w := cost.Work{Calls: 1000, Retry: 0.1, Input: 2000, Output: 600, CacheHits: 0.3}
	plain := cost.APITerms{Price: cost.TokenPrice{Input: 0.7, Cached: 0.2, Output: 2.5}, PeakMultiplier: 1}
	with := plain
	with.BatchShare, with.BatchDiscount, with.PeakShare, with.PeakMultiplier = 1, 0, 1, 1
	near(t, "cost", with.Monthly(w), plain.Monthly(w), 1e-12)
}

func TestMarketIsOneListingAProvider(t *testing.T) {
	row := func(id, provider, kind, asOf string, in, out float64) catalog.Price {
		return catalog.Price{ID: id, Provider: provider, ProviderKind: kind, Model: "m", Input: in, Output: out, Context: 64000,
			Fact: catalog.Fact{Evidence: catalog.Likely, Source: "test", AsOf: asOf}}
	}
	free := row("free", "f", "host", "2026-08-01", 0.1, 0.1)
	free.Quota = true
	gone := row("gone", "g", "host", "2026-08-01", 0.1, 0.1)
	gone.Gone = true
	short := row("short", "s", "host", "2026-08-01", 0.1, 0.1)
	short.Context = 8000
	list := []catalog.Price{row("a-old", "a", "host", "2026-01-01", 9, 9), row("a", "a", "host", "2026-08-01", 1, 2),
		row("b", "b", "host", "2026-08-01", 2, 4), row("c", "c", "first-party", "2026-08-01", 3, 6),
		row("x", "x", "reseller", "2026-08-01", 100, 100), free, gone, short}
	m, ok := cost.MarketPrice(list, "m", cost.Filter{Kinds: []string{"host", "first-party"}, Context: 32768})
	if !ok || m.Listings != 3 {
		t.Fatalf("%d listings, want 3", m.Listings)
	}
	near(t, "median input", m.Input.Likely, 2, 1e-12)
	near(t, "P90 output", m.Output.High, 5.6, 1e-12)
	near(t, "hit price, none listed", m.Cached.Likely, 2, 1e-12)
	if _, ok := cost.MarketPrice(list, "other", cost.Filter{Kinds: []string{"host"}}); ok {
		t.Error("a model without listings has a market")
	}
}

func TestLoadCurveKeepsItsMeanAndPeak(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := cost.LoadCurve{Mean: rapid.Float64Range(1, 1e6).Draw(t, "mean"), Peak: rapid.Float64Range(1, 12).Draw(t, "peak")}
		const n = 20000
		q := rapid.Float64Range(0.05, 1.2).Draw(t, "ceiling") * c.Mean * c.Peak
		sum, below := 0.0, 0.0
		for i := range n {
			l := c.At((float64(i) + 0.5) / n)
			sum += l / n
			below += math.Min(l, q) / n
		}
		if math.Abs(sum-c.Mean) > 2e-3*c.Mean {
			t.Fatalf("mean of the curve is %g, want %g", sum, c.Mean)
		}
		if got := c.ShareBelow(q); math.Abs(got-below/c.Mean) > 3e-3 {
			t.Fatalf("share below %g is %g, summed %g", q, got, below/c.Mean)
		}
	})
}

func TestBestSplitAgainstEveryCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := cost.LoadCurve{Mean: rapid.Float64Range(10, 1e5).Draw(t, "mean"), Peak: rapid.Float64Range(1.5, 9).Draw(t, "peak")}
		rate := c.Mean * c.Peak / rapid.Float64Range(1, 900).Draw(t, "replicas at the peak")
		most := int(math.Ceil(c.Mean * c.Peak / rate))
		each := rapid.Float64Range(100, 20000).Draw(t, "a replica")
		bill := rapid.Float64Range(100, 5e6).Draw(t, "the whole bill")
		block := rapid.IntRange(1, 8).Draw(t, "replicas in a server")
		machine := rapid.Float64Range(0, 60000).Draw(t, "a server")
		heads := rapid.Float64Range(0, 3000).Draw(t, "people for each server beyond two")
		own := func(k int) float64 {
			servers := math.Ceil(float64(k) / float64(block))
			return 7500 + each*float64(k) + machine*servers + heads*math.Max(0, servers-2)
		}
		api := func(share float64) float64 { return 750 + share*bill }
		got := cost.BestSplit(c, rate, most, block, 0, own, api)
		if hinted := cost.BestSplit(c, rate, most, block, rapid.IntRange(0, most).Draw(t, "expected"), own, api); hinted != got {
			t.Fatalf("with a hint the split is %+v, without %+v", hinted, got)
		}
		best := math.Inf(1)
		for k := 1; k <= most; k++ {
			best = math.Min(best, own(k)+api(1-c.ShareBelow(float64(k)*rate)))
		}
		if got.USD > best*(1+1e-9) {
			t.Fatalf("split costs %.2f, the best of %d costs %.2f", got.USD, most, best)
		}
	})
}

func TestCrossingsAreFoundToTheCall(t *testing.T) {
	// An API at $0.01 a call against a machine of $1,000 that holds 150,000 calls: cheaper from call 100,001, dearer
	// when the second one is bought at call 150,001, cheaper again from 200,001, and so on to 3 × 150,000 = 4,500 > 3,000.
	api := func(v float64) float64 { return 0.01 * v }
	own := func(v float64) float64 { return 1000 * math.Ceil(v/150000) }
	found, complete := cost.Crossings(api, own, 0, 0, 1, 1e6, 100000)
	want := []cost.Crossing{{100001, true}, {150001, false}, {200001, true}}
	if !complete || len(found) < 3 {
		t.Fatalf("found %v", found)
	}
	for i, w := range want {
		if found[i] != w {
			t.Errorf("crossing %d is %+v, want %+v", i, found[i], w)
		}
	}
}

func TestCrossingsAgainstBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fixed, slope := rapid.Float64Range(0, 500).Draw(t, "fixed"), rapid.Float64Range(0.01, 2).Draw(t, "slope")
		step, holds := rapid.Float64Range(10, 900).Draw(t, "step"), rapid.Float64Range(20, 900).Draw(t, "holds")
		api := func(v float64) float64 { return fixed + slope*v }
		own := func(v float64) float64 { return step * math.Ceil(v/holds) }
		found, complete := cost.Crossings(api, own, 0, 0, 1, 3000, 1<<20)
		var brute []cost.Crossing
		for v := 2.0; v <= 3000; v++ {
			before, now := own(v-1) < api(v-1), own(v) < api(v)
			if before != now {
				brute = append(brute, cost.Crossing{Calls: v, ToCheaper: now})
			}
		}
		if !complete {
			if len(found) < cost.MostCrossings {
				t.Fatalf("gave up after %d crossings", len(found))
			}
			brute = brute[:len(found)]
		}
		if len(found) != len(brute) {
			t.Fatalf("found %d, brute force %d", len(found), len(brute))
		}
		for i := range found {
			if found[i] != brute[i] {
				t.Fatalf("crossing %d is %+v, want %+v", i, found[i], brute[i])
			}
		}
	})
}

// A week of 100 hours at weight 1 and 68 at weight 3: mean (100 + 204) / 168 = 1.80952, peak 3 / 1.80952 = 1.65789.
// A ceiling of the mean serves 100 × 0.55263 + 68 × 1 of 168: 73.31 %.
func TestWeeklyShape(t *testing.T) {
	week := make([]float64, 168)
	for i := range week {
		week[i] = 1
		if i >= 100 {
			week[i] = 3
		}
	}
	weights, peak := cost.SortedShape(week)
	near(t, "peak", peak, 3/(304.0/168), 1e-12)
	c := cost.LoadCurve{Mean: 1000, Peak: 99, Weights: weights}
	near(t, "the busiest hour", c.At(0), 1000*peak, 1e-9)
	near(t, "share below the mean", c.ShareBelow(1000), (100/(304.0/168)+68)/168, 1e-12)
	near(t, "share below the peak", c.ShareBelow(1000*peak), 1, 1e-12)
	near(t, "share below nothing", c.ShareBelow(0), 0, 0)
}

// A load-duration optimum by hand: mean 100 an hour, P = 2, so L(u) = 200 (1 − u), a triangle. A replica takes 20 an
// hour and costs $1,000; the API takes $14,600 for everything (73,000 attempts). The k-th replica serves the slice of the triangle between
// 20 (k − 1) and 20 k: of 100 it takes 20 (1 − (20k − 10) / 200), worth $146 each: k = 1: 19 × 146 = 2,774;
// k = 6: 9 × 146 = 1,314; k = 7: 7 × 146 = 1,022 > 1,000; k = 8: 5 × 146 = 730 < 1,000. So seven, which serve
// 19 + 17 + 15 + 13 + 11 + 9 + 7 = 91 %, and the month is 7,000 + 0.09 × 14,600 = 8,314.
func TestLoadDurationOptimumByHand(t *testing.T) {
	c := cost.LoadCurve{Mean: 100, Peak: 2}
	s := cost.BestSplit(c, 20, 10, 1, 0, func(k int) float64 { return 1000 * float64(k) }, func(share float64) float64 { return 14600 * share })
	if s.Replicas != 7 {
		t.Errorf("%d replicas, want 7", s.Replicas)
	}
	near(t, "own share", s.OwnShare, 0.91, 1e-12)
	near(t, "month", s.USD, 8314, 1e-9)
	forced := cost.ForcedSplit(c, 20, 10, 0.5, func(k int) float64 { return 1000 * float64(k) }, func(share float64) float64 { return 14600 * share })
	// 19 + 17 = 36 %, + 15 = 51 %: three replicas are the fewest that can take half.
	if forced.Replicas != 3 {
		t.Errorf("half of the calls takes %d replicas, want 3", forced.Replicas)
	}
	near(t, "half and half", forced.USD, 3000+7300, 1e-9)
}

func TestPackingFillsServers(t *testing.T) {
	for _, c := range []struct {
		what                               string
		p                                  cost.Packing
		replicas, servers, devices, inEach int
	}{
		{"four cards each in a server of eight, sold whole", cost.Packing{DevicesPerReplica: 4, SlotsPerServer: 8, SoldWhole: true}, 3, 2, 16, 2},
		{"the same, cards bought singly", cost.Packing{DevicesPerReplica: 4, SlotsPerServer: 8}, 3, 2, 12, 2},
		{"a replica over two servers", cost.Packing{DevicesPerReplica: 16, SlotsPerServer: 8, SoldWhole: true}, 3, 6, 48, 1},
		{"six cards leave two slots empty", cost.Packing{DevicesPerReplica: 6, SlotsPerServer: 8}, 2, 2, 12, 1},
		{"whole machines", cost.Packing{DevicesPerReplica: 1, SlotsPerServer: 1}, 5, 5, 5, 1},
		{"nothing", cost.Packing{DevicesPerReplica: 8, SlotsPerServer: 8, SoldWhole: true}, 0, 0, 0, 1},
	} {
		if s, d, n := c.p.Servers(c.replicas), c.p.Devices(c.replicas), c.p.ReplicasPerServer(); s != c.servers || d != c.devices || n != c.inEach {
			t.Errorf("%s: %d servers, %d devices, %d in each; want %d, %d, %d", c.what, s, d, n, c.servers, c.devices, c.inEach)
		}
	}
}
