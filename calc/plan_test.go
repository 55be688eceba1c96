package calc_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hostwise/calc"
)

func searched(t testing.TB, s calc.Scenario, q calc.SetupQuery) *calc.SetupSearch {
	t.Helper()
	found, err := assessor(t).Setups(context.Background(), s, q, testDay, nil)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// planned draws scenarios whose rules and limits keep part of the set-ups out.
func planned(t *rapid.T) calc.Scenario {
	s := scenarios(t)
	limit := func(path string, from, to float64) {
		if rapid.Bool().Draw(t, path) {
			s = s.With(path, calc.Num(math.Round(rapid.Float64Range(from, to).Draw(t, path+" at"))))
		}
	}
	limit("rules.upfront_usd_limit", 10e3, 900e3)
	limit("rules.monthly_usd_limit", 8e3, 90e3)
	limit("rules.site_kw_limit", 1, 30)
	limit("rules.spare_replicas", 0, 2)
	limit("finance.devices_already_owned", 0, 8)
	limit("workload.context_tokens", 4096, 131072)
	return s
}

// The search leaves sizes out that larger demand would need. What it leaves out is never cheaper, for any device,
// precision and engine, than what it lists.
func TestWhatTheSearchLeavesOutIsNeverCheaper(t *testing.T) {
	for seed := range generated(t, 2) {
		s := rapid.Custom(planned).Example(seed)
		pruned, all := searched(t, s, calc.SetupQuery{}), searched(t, s, calc.SetupQuery{EverySize: true})
		family := func(o *calc.SetupOption) string {
			name := fmt.Sprint(o.Device, o.Precision, o.Engine)
			if o.Layout == calc.LayoutHybrid || o.Layout == calc.LayoutSpill {
				name += string(o.Layout) // in another host
			}
			return name
		}
		least := map[string]float64{}
		for i := range pruned.Serving {
			o := &pruned.Serving[i]
			if v, ok := least[family(o)]; !ok || o.Least() < v {
				least[family(o)] = o.Least()
			}
		}
		for i := range all.Serving {
			o := &all.Serving[i]
			v, ok := least[family(o)]
			if !ok {
				t.Fatalf("seed %d: %s serves for %.0f and its family is left out", seed, o.ID, o.Least())
			}
			if o.Least() < v*(1-1e-12) {
				t.Fatalf("seed %d: %s costs %.2f, the search lists no cheaper of its family than %.2f", seed, o.ID, o.Least(), v)
			}
		}
		if len(all.Serving) > 0 && pruned.Serving[0].Least() != all.Serving[0].Least() {
			t.Errorf("seed %d: cheapest %.2f, of all %.2f", seed, pruned.Serving[0].Least(), all.Serving[0].Least())
		}
	}
}

// A row of the table is what an assessment of the case on that set-up says: the same money, replicas and speed.
func TestARowIsWhatItsAssessmentSays(t *testing.T) {
	a := assessor(t)
	for seed := range generated(t, 3) {
		s := rapid.Custom(planned).Example(seed)
		found := searched(t, s, calc.SetupQuery{})
		rows := slices.Concat(found.Serving, found.Apart)
		for k := range 25 {
			if len(rows) == 0 {
				break
			}
			o := &rows[(k*7919+seed)%len(rows)]
			res, err := a.Assess(context.Background(), o.Use(s), calc.Options{Today: testDay, Quick: true})
			if err != nil {
				t.Fatalf("seed %d: %s: %v", seed, o.ID, err)
			}
			own, rent := res.Route("own-"+o.Model), res.Route("rent-"+o.Model)
			sameUSD(t, o.ID+" to own", o.OwnUSD, own.Monthly)
			sameUSD(t, o.ID+" to rent", o.RentUSD, rent.Monthly)
			if o.Serves() != (own.Feasible || rent.Feasible) {
				t.Errorf("seed %d: %s serves: %v; the assessment: own %v %v, rent %v %v; the row: %v", seed, o.ID, o.Serves(), own.Feasible, own.BlockedBy, rent.Feasible, rent.BlockedBy, o.Reasons())
			}
			if o.Replicas > 0 && res.Deployment.Replicas != o.Replicas {
				t.Errorf("%s: %d replicas, the assessment says %d", o.ID, o.Replicas, res.Deployment.Replicas)
			}
			if o.Replicas > 0 && math.Abs(res.Throughput.CallsPerMonth.Likely/o.Calls-1) > 1e-9 {
				t.Errorf("%s: takes %g, the assessment says %g", o.ID, o.Calls, res.Throughput.CallsPerMonth.Likely)
			}
			if d := res.Deployment; d.Fit != o.Fit && d.Fits != (o.Fit != "no") {
				t.Errorf("%s: %s, the assessment says %s: %s", o.ID, o.Fit, d.Fit, d.Why)
			}
		}
	}
}

func sameUSD(t *testing.T, what string, row *float64, route *calc.Range) {
	t.Helper()
	switch {
	case row == nil && route == nil:
	case row == nil || route == nil:
		t.Errorf("%s: the row says %v, the route %v", what, row, route)
	case math.Abs(*row-route.Likely) > 0.01+1e-9*math.Abs(*row):
		t.Errorf("%s: the row says %.4f, the route %.4f", what, *row, route.Likely)
	}
}

// The search covers what issue and catalogue name: every engine, every layout, every kind of device.
func TestTheSearchCoversEveryEngineLayoutAndKindOfDevice(t *testing.T) {
	flexible := calc.Scenario{}.With("workload.latency_flexible", calc.Yes).With("workload.context_tokens", calc.Num(4096))
	found := searched(t, flexible, calc.SetupQuery{EverySize: true})
	engines, layouts, kinds, precisions := map[string]bool{}, map[calc.Layout]bool{}, map[string]bool{}, map[string]bool{}
	cat := assessor(t).Catalogue()
	for _, o := range slices.Concat(found.Serving, found.Apart) {
		engines[o.Engine], layouts[o.Layout], kinds[cat.Device(o.Device).Kind], precisions[o.Precision] = true, true, true, true
	}
	for i := range cat.Engines {
		if !engines[cat.Engines[i].ID] {
			t.Errorf("no set-up runs %s", cat.Engines[i].ID)
		}
	}
	for _, l := range []calc.Layout{calc.LayoutSingle, calc.LayoutTensor, calc.LayoutPipeline, calc.LayoutSpread, calc.LayoutExperts,
		calc.LayoutLayers, calc.LayoutHybrid, calc.LayoutSpill} {
		if !layouts[l] {
			t.Errorf("no set-up is laid out as %s", l)
		}
	}
	for _, kind := range []string{"datacenter", "workstation", "unified", "cpu", "rack"} {
		if !kinds[kind] {
			t.Errorf("no set-up is on a %s device", kind)
		}
	}
	small := searched(t, flexible.With("model", calc.Str("r1-distill-qwen-14b")), calc.SetupQuery{})
	for _, o := range slices.Concat(small.Serving, small.Apart) {
		precisions[o.Precision] = true
	}
	for i := range cat.Precisions {
		if p := &cat.Precisions[i]; p.Kind == "deploy" && !precisions[p.ID] {
			t.Errorf("no set-up is in %s", p.ID)
		}
	}
	if !slices.ContainsFunc(small.Serving, func(o calc.SetupOption) bool { return cat.Device(o.Device).Kind == "consumer" }) {
		t.Error("no consumer card serves a 14B distill")
	}
}

// What keeps a set-up out is said, and what is below four bits stands apart by default.
func TestWhatIsKeptOutSaysWhy(t *testing.T) {
	found := searched(t, calc.Scenario{}, calc.SetupQuery{})
	if len(found.Apart) == 0 {
		t.Fatal("nothing is kept out")
	}
	below := 0
	for i := range found.Apart {
		o := &found.Apart[i]
		if len(o.Reasons()) == 0 {
			t.Fatalf("%s is kept out for no reason", o.ID)
		}
		if o.Bits < 4 {
			below++
		}
	}
	for i := range found.Serving {
		if o := &found.Serving[i]; o.Bits < 4-1e-9 || len(o.Reasons()) > 0 {
			t.Errorf("%s serves with %g bits, kept out by %v", o.ID, o.Bits, o.Reasons())
		}
	}
	if below == 0 {
		t.Error("nothing below four bits is shown")
	}
	none := searched(t, calc.Scenario{}.With("rules.operations_staff", calc.No), calc.SetupQuery{})
	if len(none.Serving) > 0 || len(none.Apart) == 0 {
		t.Errorf("with nobody to run it %d serve and %d stand apart", len(none.Serving), len(none.Apart))
	}
	stays := searched(t, calc.Scenario{}.With("rules.data_may_leave_site", calc.No), calc.SetupQuery{})
	for i := range stays.Serving {
		if o := &stays.Serving[i]; len(o.RentBlockedBy) == 0 || o.OwnUSD == nil || *o.OwnUSD != o.Least() {
			t.Errorf("%s could be rented although data may not leave", o.ID)
		}
	}
}

func TestASearchStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := assessor(t).Setups(ctx, calc.Scenario{}, calc.SetupQuery{}, testDay, nil); err == nil {
		t.Error("a cancelled search answered")
	}
	if _, err := assessor(t).Budget(ctx, calc.Scenario{}, 1e4, testDay, nil); err == nil {
		t.Error("a cancelled budget answered")
	}
}

// At one call more than the most, every set-up of the catalogue in every size is over the amount or a limit, or kept
// out; at the most, the set-up named is within both.
func TestABudgetServesTheMostOfEverySetup(t *testing.T) {
	a := assessor(t)
	ctx := context.Background()
	for seed := range generated(t, 4) {
		s := rapid.Custom(planned).Example(seed)
		if seed%2 == 1 {
			s = s.With("workload.review_minutes_per_call", calc.Num([]float64{0.02, -0.001}[seed/2%2])).With("workload.review_usd_per_hour", calc.Num(60))
		}
		usd := math.Round(math.Pow(10, rapid.Float64Range(3.2, 5.3).Example(seed)))
		found, err := a.Budget(ctx, s, usd, testDay, nil)
		if err != nil {
			t.Fatal(err)
		}
		if m := s.Likely("rules.monthly_usd_limit"); m > 0 {
			usd = math.Min(usd, m)
		}
		most := map[string]float64{}
		for _, o := range found.Options {
			most[o.Route] = o.Calls
			if o.USD > usd*(1+1e-12) {
				t.Errorf("seed %d: %s costs %.2f of %.2f", seed, o.Route, o.USD, usd)
			}
			if o.Setup == nil || o.Kind == calc.Mixed || o.Calls >= 1e12 {
				continue
			}
			at := o.Setup.Use(s).With("workload.calls_per_month", calc.Num(o.Calls))
			res, err := a.Assess(ctx, at.With("rules.minimum_model", calc.Str(s.Text("model"))), calc.Options{Today: testDay, Quick: true})
			if err != nil {
				t.Fatal(err)
			}
			r := res.Route(o.Route)
			if r.Monthly == nil || r.Monthly.Likely > usd*(1+1e-9) || !r.Feasible {
				t.Errorf("seed %d: %s at %g calls: %v, blocked by %v; budget %.2f", seed, o.Route, o.Calls, r.Monthly, r.BlockedBy, usd)
			}
		}
		for route, kind := range map[string]calc.RouteKind{"own-" + s.Text("model"): calc.Own, "rent-" + s.Text("model"): calc.Rent} {
			if most[route] >= 1e12 {
				continue
			}
			more := s.With("workload.calls_per_month", calc.Num(most[route]+1))
			all := searched(t, more, calc.SetupQuery{EverySize: true})
			for _, o := range slices.Concat(all.Serving, all.Apart) {
				v, blocked := o.OwnUSD, o.OwnBlockedBy
				if kind == calc.Rent {
					v, blocked = o.RentUSD, o.RentBlockedBy
				}
				if v != nil && len(blocked) == 0 && len(o.BlockedBy) == 0 && *v <= usd {
					t.Errorf("seed %d: %s is said to serve %g calls for %.2f at most; %s serves one more for %.2f", seed, route, most[route], usd, o.ID, *v)
					break
				}
			}
		}
	}
}

// The cost of a month never falls as its calls grow, on any set-up: what the search for the most rests on.
func TestCostNeverFallsAsCallsGrow(t *testing.T) {
	for seed := range generated(t, 1) {
		s := rapid.Custom(planned).Example(seed)
		var before map[string]*calc.SetupOption
		for _, calls := range []float64{100, 3000, 40e3, 41e3, 900e3, 5e7} {
			found := searched(t, s.With("workload.calls_per_month", calc.Num(calls)), calc.SetupQuery{EverySize: true})
			now := map[string]*calc.SetupOption{}
			for _, list := range [][]calc.SetupOption{found.Serving, found.Apart} {
				for i := range list {
					now[list[i].ID] = &list[i]
				}
			}
			for id, x := range now {
				y := before[id]
				if y == nil {
					continue
				}
				for _, pair := range [][2]*float64{{y.OwnUSD, x.OwnUSD}, {y.RentUSD, x.RentUSD}, {y.Upfront, x.Upfront}, {&y.PowerKW, &x.PowerKW}} {
					if pair[0] != nil && pair[1] != nil && *pair[1] < *pair[0]*(1-1e-12) {
						t.Fatalf("%s costs %.2f at fewer calls and %.2f at %g", id, *pair[0], *pair[1], calls)
					}
				}
			}
			before = now
		}
	}
}

// BenchmarkSetups is the full search for the default case: every device, precision, engine and layout.
func BenchmarkSetups(b *testing.B) {
	a := assessor(b)
	for b.Loop() {
		if _, err := a.Setups(context.Background(), calc.Scenario{}, calc.SetupQuery{}, testDay, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSetupsEverySize is the search that leaves nothing out.
func BenchmarkSetupsEverySize(b *testing.B) {
	a := assessor(b)
	for b.Loop() {
		if _, err := a.Setups(context.Background(), calc.Scenario{}, calc.SetupQuery{EverySize: true}, testDay, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBudget fills every set-up of every model that is not weaker to an amount.
func BenchmarkBudget(b *testing.B) {
	a := assessor(b)
	for b.Loop() {
		if _, err := a.Budget(context.Background(), calc.Scenario{}, 20e3, testDay, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// Mixed is the most of every base: at one call more, no own set-up with the rest on the API is within the amount.
func TestABudgetServesTheMostOfEveryMix(t *testing.T) {
	a := assessor(t)
	ctx := context.Background()
	for i, s := range []calc.Scenario{
		calc.Scenario{}.With("workload.peak_to_average", calc.Num(6)),
		calc.Scenario{}.With("workload.peak_to_average", calc.Num(2)).With("rules.spare_replicas", calc.Num(1)).With("workload.output_tokens_per_call", calc.Num(900)),
	} {
		usd := []float64{30e3, 64e3}[i]
		found, err := a.Budget(ctx, s, usd, testDay, nil)
		if err != nil {
			t.Fatal(err)
		}
		at := slices.IndexFunc(found.Options, func(o calc.BudgetOption) bool { return o.Kind == calc.Mixed })
		if at < 0 {
			t.Fatalf("mixed serves nothing more for %.0f", usd)
		}
		mixed := found.Options[at]
		month := func(o *calc.SetupOption, calls float64) float64 {
			res, err := a.Assess(ctx, o.Use(s).With("workload.calls_per_month", calc.Num(calls)), calc.Options{Today: testDay, Quick: true})
			if err != nil {
				t.Fatal(err)
			}
			if r := res.Route("mixed"); r.Monthly != nil {
				return r.Monthly.Likely
			}
			return math.Inf(1)
		}
		if got := month(mixed.Setup, mixed.Calls); got > usd*(1+1e-9) || math.Abs(got-mixed.USD) > 0.01 {
			t.Errorf("mixed at %g calls costs %.2f, said to be %.2f of %.0f", mixed.Calls, got, mixed.USD, usd)
		}
		all := searched(t, s.With("workload.calls_per_month", calc.Num(mixed.Calls)), calc.SetupQuery{EverySize: true})
		for k := 0; k < len(all.Serving); k += 1 + len(all.Serving)/60 {
			if got := month(&all.Serving[k], mixed.Calls+1); got <= usd {
				t.Errorf("%s with the API serves one call more than %g for %.2f", all.Serving[k].ID, mixed.Calls, got)
			}
		}
	}
}
