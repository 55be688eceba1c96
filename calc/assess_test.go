package calc_test

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hostwise/assets"
	"hostwise/calc"
)

var testDay = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

func assessor(t testing.TB) *calc.Assessor {
	t.Helper()
	cat, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	return calc.NewAssessor(cat)
}

func assess(t testing.TB, s calc.Scenario, opt calc.Options) *calc.Assessment {
	t.Helper()
	opt.Today = testDay
	res, err := assessor(t).Assess(context.Background(), s, opt)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

var quick = calc.Options{Quick: true}

func TestAssessFillsEverything(t *testing.T) {
	res := assess(t, calc.Scenario{}, calc.Options{Draws: 200})
	for what, n := range map[string]struct{ got, least int }{
		"sensitivities": {len(res.Sensitivity), 8}, "monitoring rows": {len(res.Monitoring), 7}, "claims": {len(res.Claims), 12},
		"reasons": {len(res.Verdict.Reasons), 3}, "months": {len(res.OverTime.Months), 36}, "overheads": {len(res.Deployment.Overheads), 6},
		"recheck rows": {len(res.Verdict.Recheck), 3}, "next steps": {len(res.Verdict.NextSteps), 3}, "alternatives": {len(res.Alternatives), 2},
		"flips or inputs searched": {len(res.Verdict.Flips) + len(res.Verdict.NoFlip), 3}, "curve points": {len(res.Curve.CallsPerMonth), 113},
	} {
		if n.got < n.least {
			t.Errorf("%d %s, want at least %d", n.got, what, n.least)
		}
	}
	crossing := map[string]bool{}
	for _, b := range res.BreakEven {
		crossing[b.To] = true
	}
	for _, r := range res.Routes {
		if r.Kind != calc.API && !crossing[r.ID] {
			t.Errorf("no break-even entry for %s", r.ID)
		}
		if line := res.Curve.Routes[r.ID]; len(line) != len(res.Curve.CallsPerMonth) {
			t.Errorf("%s has %d points on the curve, want %d", r.ID, len(line), len(res.Curve.CallsPerMonth))
		}
	}
}

// The article's raw weights of 671 billion parameters, in bytes.
func TestArticleRawMemory(t *testing.T) {
	want := map[string]float64{"raw-32bit": 2.684e12, "raw-16bit": 1.342e12, "raw-8bit": 671e9, "raw-4bit": 335.5e9, "raw-2bit": 167.75e9}
	seen := 0
	for _, row := range assess(t, calc.Scenario{}, quick).Memory.ByPrecision {
		bytes, raw := want[row.Precision]
		if !raw {
			if row.Kind != "deploy" || row.TotalBytes == nil || row.TotalBytes.Likely <= *row.WeightsBytes {
				t.Errorf("%s: deployment memory has to be more than its weights", row.Precision)
			}
			continue
		}
		seen++
		if row.Kind != "raw" || *row.WeightsBytes != bytes || row.TotalBytes != nil {
			t.Errorf("%s: %v bytes of kind %s, want %v of raw weights and no total", row.Precision, *row.WeightsBytes, row.Kind, bytes)
		}
	}
	if seen != 5 {
		t.Errorf("%d raw views, want 5", seen)
	}
}

// The article's volumes through the whole door, at a typed price: tokens only.
func TestArticleVolumesThroughTheDoor(t *testing.T) {
	for name, want := range map[string][2]float64{"volume-1k": {1, 0.3}, "volume-10k": {20, 6}, "volume-100k": {400, 100}, "volume-1m": {2000, 500}} {
		tpl, ok := calc.TemplateNamed(name)
		if !ok {
			t.Fatalf("no template %s", name)
		}
		s := tpl.Scenario().With("api.input_usd_per_mtok", calc.Num(0.55)).With("api.output_usd_per_mtok", calc.Num(2.19)).
			With("api.staff_fte", calc.Num(0))
		r := assess(t, s, quick).Route("api-direct")
		usd := want[0]*0.55 + want[1]*2.19
		if math.Abs(r.Monthly.Likely-usd) > 1e-6*usd {
			t.Errorf("%s costs $%.4f, want $%.4f", name, r.Monthly.Likely, usd)
		}
		with := assess(t, s.With("workload.retry_rate", calc.Num(0.1)), quick).Route("api-direct")
		if math.Abs(with.Monthly.Likely-1.1*usd) > 1e-6*usd {
			t.Errorf("%s with a tenth retried costs $%.4f, want $%.4f", name, with.Monthly.Likely, 1.1*usd)
		}
	}
}

func TestActiveParametersNeverShrinkStorage(t *testing.T) {
	d := assess(t, calc.Scenario{}, quick).Deployment
	if d.WeightsBytes < 671e9 {
		t.Errorf("R1 in FP8 is loaded with %.0f bytes, less than its 671 billion parameters", d.WeightsBytes)
	}
}

func TestQuickIsLikelyWithoutRange(t *testing.T) {
	res := assess(t, calc.Scenario{}, quick)
	for _, r := range res.Routes {
		if r.Monthly != nil && !r.Monthly.IsExact() || r.Chance != nil {
			t.Errorf("%s has a range or a chance in a quick answer", r.ID)
		}
	}
	if len(res.Sensitivity) != 0 || len(res.Verdict.Flips) != 0 || res.Draws != 0 {
		t.Error("a quick answer drew samples")
	}
}

// No line, curve, crossing, flip or verdict depends on sampling.
func TestLikelyDoesNotDependOnSampling(t *testing.T) {
	a, b := assess(t, calc.Scenario{}, quick), assess(t, calc.Scenario{}, calc.Options{Draws: 50, Seed: 7})
	if a.Verdict.Route != b.Verdict.Route {
		t.Errorf("verdict %s without draws, %s with", a.Verdict.Route, b.Verdict.Route)
	}
	for _, r := range a.Routes {
		if o := b.Route(r.ID); r.Monthly != nil && r.Monthly.Likely != o.Monthly.Likely {
			t.Errorf("%s: likely %v without draws, %v with", r.ID, r.Monthly.Likely, o.Monthly.Likely)
		}
	}
}

func TestSameInputsSameBytes(t *testing.T) {
	one, err1 := json.Marshal(assess(t, calc.Scenario{}, calc.Options{Draws: 100}))
	two, err2 := json.Marshal(assess(t, calc.Scenario{}, calc.Options{Draws: 100}))
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	if string(one) != string(two) {
		t.Error("two assessments of the same scenario differ")
	}
}

func TestCancelledWorkStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := assessor(t).Assess(ctx, calc.Scenario{}, calc.Options{Today: testDay, Draws: 100000}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want cancelled", err)
	}
}

func TestWrongScenarioIsRefusedWithItsPath(t *testing.T) {
	_, err := assessor(t).Assess(context.Background(), calc.Scenario{}.With("workload.peak_to_average", calc.Num(0.5)), calc.Options{Today: testDay, Quick: true})
	if err == nil || !strings.Contains(err.Error(), "workload.peak_to_average") {
		t.Errorf("error %v, want one that names the path", err)
	}
}

func TestGates(t *testing.T) {
	blocked := func(s calc.Scenario, id string) bool {
		t.Helper()
		r := assess(t, s, quick).Route(id)
		return !r.Feasible && len(r.BlockedBy) > 0
	}
	base := calc.Scenario{}
	for what, c := range map[string]struct {
		s  calc.Scenario
		id string
	}{
		"data stays: API":        {base.With("rules.data_may_leave_site", calc.No), "api-direct"},
		"data stays: rent":       {base.With("rules.data_may_leave_site", calc.No), "rent-deepseek-r1"},
		"data stays: mixed":      {base.With("rules.data_may_leave_site", calc.No), "mixed"},
		"strict: gateway":        {base.With("rules.compliance", calc.Str("strict")), "api-gateway"},
		"strict: market median":  {base.With("rules.compliance", calc.Str("strict")), "api-direct"},
		"weaker model":           {base, "own-r1-distill-llama-70b"},
		"nobody to run it":       {base.With("rules.operations_staff", calc.No), "own-deepseek-r1"},
		"batch, answers at once": {base, "api-batch"},
		"money up front":         {base.With("rules.upfront_usd_limit", calc.Num(1000)), "own-deepseek-r1"},
		"a month":                {base.With("rules.monthly_usd_limit", calc.Num(100)), "api-direct"},
		"power":                  {base.With("rules.site_kw_limit", calc.Num(0.1)), "own-deepseek-r1"},
		"lead time":              {base.With("rules.needed_within_weeks", calc.Num(0.5)), "own-deepseek-r1"},
		"bits":                   {base.With("deployment.precision", calc.Str("gguf-ud-iq1_s")).With("deployment.engine", calc.Str("llama.cpp")), "own-deepseek-r1"},
		"no term":                {base.With("finance.rent_term", calc.Str("1-year")).With("deployment.device", calc.Str("rtx4090")).With("model", calc.Str("r1-distill-qwen-7b")), "rent-r1-distill-qwen-7b"},
	} {
		if !blocked(c.s, c.id) {
			t.Errorf("%s: %s is not blocked", what, c.id)
		}
	}
	typed := base.With("rules.compliance", calc.Str("strict")).With("api.input_usd_per_mtok", calc.Num(0.6)).With("api.output_usd_per_mtok", calc.Num(2))
	if blocked(typed, "api-direct") {
		t.Error("strict rules block a price that the person named")
	}
	stays := assess(t, base.With("rules.data_may_leave_site", calc.No), quick)
	if stays.Verdict.Kind != calc.Own || stays.Route("api-direct").Monthly == nil {
		t.Errorf("with data on site the verdict is %s; the blocked API has to keep its figure", stays.Verdict.Route)
	}
}

func TestLinesSumToTheMonth(t *testing.T) {
	for seed := range generated(t, 10) {
		res := assess(t, rapid.Custom(scenarios).Example(seed), calc.Options{Draws: 20})
		for _, r := range res.Routes {
			if r.Monthly == nil {
				continue
			}
			sum := 0.0
			for _, l := range r.Lines {
				sum += l.USD
				if math.Abs(l.Quantity*l.UnitUSD-l.USD) > 1e-6*math.Max(1, math.Abs(l.USD)) {
					t.Errorf("%s, %s: %g × %g is not %g", r.ID, l.ID, l.Quantity, l.UnitUSD, l.USD)
				}
			}
			if math.Abs(sum-r.Monthly.Likely) > 0.005 {
				t.Errorf("%s: lines sum to %.4f, the month is %.4f", r.ID, sum, r.Monthly.Likely)
			}
			if r.Monthly.Low > r.Monthly.Likely || r.Monthly.High < r.Monthly.Likely {
				t.Errorf("%s: range %+v is out of order", r.ID, *r.Monthly)
			}
		}
	}
}

func TestCostNeverFallsAsVolumeGrows(t *testing.T) {
	for seed := range generated(t, 10) {
		c := assess(t, rapid.Custom(scenarios).Example(seed), quick).Curve
		for id, line := range c.Routes {
			last := 0.0
			for i, usd := range line {
				if usd == nil {
					continue
				}
				if *usd < last*(1-1e-8) {
					t.Errorf("scenario %d: %s falls from %.4f to %.4f at %g calls", seed, id, last, *usd, c.CallsPerMonth[i])
					break
				}
				last = *usd
			}
		}
	}
}

func TestMixedIsFeasibleOnlyWhereStrictlyCheaper(t *testing.T) {
	for seed := range generated(t, 20) {
		res := assess(t, rapid.Custom(scenarios).Example(seed), quick)
		m := res.Route("mixed")
		if !m.Feasible {
			continue
		}
		for _, id := range []string{"api-direct", "own-" + m.Model} {
			if r := res.Route(id); r.Monthly != nil && m.Monthly.Likely >= r.Monthly.Likely {
				t.Errorf("scenario %d: mixed at %.2f is called feasible beside %s at %.2f", seed, m.Monthly.Likely, id, r.Monthly.Likely)
			}
		}
	}
}

func TestBreakEvenIsTrueOnBothSides(t *testing.T) {
	for _, name := range []string{"saas-app", "enterprise-private-inference", "volume-1m"} {
		tpl, _ := calc.TemplateNamed(name)
		s := tpl.Scenario()
		n := 0
		for _, b := range assess(t, s, quick).BreakEven {
			if b.Status != "reached" || n >= 6 {
				continue
			}
			n++
			at := func(calls float64) float64 {
				res := assess(t, s.With("workload.calls_per_month", calc.Num(calls)), quick)
				from := math.Inf(1)
				for _, r := range res.Routes {
					if r.Kind == calc.API && r.Feasible {
						from = math.Min(from, r.Monthly.Likely)
					}
				}
				return res.Route(b.To).Monthly.Likely - from
			}
			below, above := at(*b.Calls-1), at(*b.Calls)
			if (above < 0) != (b.Direction == "cheaper_above") || (below < 0) == (above < 0) {
				t.Errorf("%s, %s at %.0f calls (%s): %.4f a call before, %.4f there", name, b.To, *b.Calls, b.Direction, below, above)
			}
		}
	}
}

func TestDeepSeeksPublishedDay(t *testing.T) {
	// 226.75 nodes × 8 devices × 24 h × $2 = $87,072 a day: our rent buys whole nodes by the hour.
	if got := 226.75 * 8 * 24 * 2; got != 87072 {
		t.Fatalf("the arithmetic gives %v", got)
	}
	s := calc.Scenario{}.With("deployment.device", calc.Str("h800")).With("finance.rent_usd_per_device_hour", calc.Num(2)).
		With("deployment.devices", calc.Num(16)).With("finance.staff_fte", calc.Num(0))
	r := assess(t, s, quick).Route("rent-deepseek-r1")
	if r.Monthly == nil {
		t.Fatal("the stated set-up does not serve")
	}
	want := float64(r.Servers) * 8 * 730 * 2
	if math.Abs(r.Monthly.Likely-want) > 0.005 {
		t.Errorf("%d nodes cost $%.2f a month, want $%.2f", r.Servers, r.Monthly.Likely, want)
	}
}
