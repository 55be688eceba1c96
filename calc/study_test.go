package calc_test

import (
	"context"
	"math"
	"os"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"hostwise/calc"
)

func TestBridgeStepsSumToTheDifference(t *testing.T) {
	a := assessor(t)
	from, _ := calc.TemplateNamed("saas-app")
	to := from.Scenario().With("workload.calls_per_month", calc.Num(2e6)).With("rules.data_may_leave_site", calc.No).
		With("finance.electricity_usd_per_kwh", calc.Num(0.25))
	b, err := a.Bridge(context.Background(), from.Scenario(), to, testDay)
	if err != nil {
		t.Fatal(err)
	}
	if b.FromUSD == nil || b.ToUSD == nil || len(b.Steps) != 3 {
		t.Fatalf("bridge %+v, want two ends and three steps", b)
	}
	sum := *b.FromUSD
	for _, s := range b.Steps {
		if s.USD == nil {
			t.Fatalf("step %s has no cost", s.Path)
		}
		sum += *s.USD
	}
	if math.Abs(sum-*b.ToUSD) > 0.005 {
		t.Errorf("steps lead to %.2f, the second scenario costs %.2f", sum, *b.ToUSD)
	}
}

func TestWinMapAgreesWithTheVerdictWhereTheScenarioStands(t *testing.T) {
	a := assessor(t)
	tpl, _ := calc.TemplateNamed("saas-app")
	s := tpl.Scenario()
	m, err := a.WinMap(context.Background(), s, "workload.calls_per_month", "api.output_usd_per_mtok", testDay, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []struct{ i, j int }{{0, 0}, {len(m.XValues) - 1, len(m.YValues) - 1}, {len(m.XValues) / 2, len(m.YValues) / 2}} {
		moved := s.With(m.X, calc.Num(m.XValues[at.i])).With(m.Y, calc.Num(m.YValues[at.j]))
		res, err := a.Assess(context.Background(), moved, calc.Options{Today: testDay, Quick: true})
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Routes[at.j][at.i]; got != res.Verdict.Route {
			t.Errorf("map says %q at %g calls and $%g, the assessment says %q", got, m.XValues[at.i], m.YValues[at.j], res.Verdict.Route)
		}
	}
}

func TestStudiesRefuseWhatIsNoNumber(t *testing.T) {
	a := assessor(t)
	ctx := context.Background()
	if _, err := a.WinMap(ctx, calc.Scenario{}, "workload.calls", "api.output_usd_per_mtok", testDay, nil); err == nil {
		t.Error("a map over an unknown input was drawn")
	}
	if _, err := a.Sweep(ctx, calc.Scenario{}, "deployment.devices", []float64{1}, testDay, nil); err == nil {
		t.Error("an integer was swept")
	}
	if _, err := a.Solve(ctx, calc.Scenario{}, "workload.calls_per_month", "happiness", 1, testDay); err == nil {
		t.Error("an unknown outcome was sought")
	}
}

func TestSolveHitsItsTarget(t *testing.T) {
	a := assessor(t)
	s := calc.Scenario{}
	sol, err := a.Solve(context.Background(), s, "workload.calls_per_month", "api-direct", 5000, testDay)
	if err != nil || !sol.Found {
		t.Fatalf("%+v, %v", sol, err)
	}
	res, err := a.Assess(context.Background(), s.With("workload.calls_per_month", calc.Num(*sol.Value)), calc.Options{Today: testDay, Quick: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := res.Route("api-direct").Monthly.Likely; math.Abs(got-5000) > 0.01 {
		t.Errorf("at %g calls the API costs %.4f, want 5000", *sol.Value, got)
	}
}

func TestBudgetIsTheLastCallItPaysFor(t *testing.T) {
	a := assessor(t)
	found, err := a.Budget(context.Background(), calc.Scenario{}, 20000, testDay, nil)
	if err != nil || len(found.Options) == 0 {
		t.Fatalf("%v, %v", found, err)
	}
	for _, o := range found.Options {
		over, err := a.Assess(context.Background(), calc.Scenario{}.With("workload.calls_per_month", calc.Num(o.Calls+1)), calc.Options{Today: testDay, Quick: true})
		if err != nil {
			t.Fatal(err)
		}
		if r := over.Route(o.Route); o.USD > 20000 || r.Monthly != nil && r.Monthly.Likely <= 20000 {
			t.Errorf("%s: %g calls for $%.2f is not the last within $20,000", o.Route, o.Calls, o.USD)
		}
	}
}

// generated is how many scenarios a dear property is tried on: few in a usual run, HOSTWISE_SCENARIOS where more are
// wanted.
func generated(t *testing.T, usual int) int {
	t.Helper()
	text := os.Getenv("HOSTWISE_SCENARIOS")
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("HOSTWISE_SCENARIOS is %q, want a number", text)
	}
	return n
}

// scenarios draws scenarios that move what decides.
func scenarios(t *rapid.T) calc.Scenario {
	s := calc.Scenario{}.
		With("model", calc.Str(rapid.SampledFrom([]string{"deepseek-r1", "r1-distill-llama-70b", "r1-distill-qwen-32b", "r1-distill-qwen-14b"}).Draw(t, "model"))).
		With("workload.calls_per_month", calc.Num(math.Round(math.Pow(10, rapid.Float64Range(2, 8).Draw(t, "calls"))))).
		With("workload.input_tokens_per_call", calc.Num(math.Round(math.Pow(10, rapid.Float64Range(2, 4).Draw(t, "in"))))).
		With("workload.output_tokens_per_call", calc.Num(math.Round(math.Pow(10, rapid.Float64Range(1.5, 3.5).Draw(t, "out"))))).
		With("workload.peak_to_average", calc.Num(rapid.Float64Range(1, 8).Draw(t, "peak"))).
		With("workload.latency_flexible", calc.Value{Bool: rapid.Bool().Draw(t, "flexible")}).
		With("finance.staff_fte", calc.Num(rapid.Float64Range(0, 2).Draw(t, "fte")))
	if rapid.Bool().Draw(t, "stays") {
		s = s.With("rules.data_may_leave_site", calc.No)
	}
	return s
}

func TestEveryFlipHoldsOnBothSides(t *testing.T) {
	a := assessor(t)
	ctx := context.Background()
	verdict := func(s calc.Scenario) string {
		res, err := a.Assess(ctx, s, calc.Options{Today: testDay, Quick: true})
		if err != nil {
			return "error: " + err.Error()
		}
		return res.Verdict.Route
	}
	for seed := range generated(t, 12) {
		s := rapid.Custom(scenarios).Example(seed)
		res, err := a.Assess(ctx, s, calc.Options{Today: testDay, Draws: 2})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range res.Verdict.Flips {
			near, far := f.At-1e-7*(f.At-f.Now), f.At+1e-9*(f.At-f.Now)
			in := calc.InputAt(f.Input)
			if far < in.Min || far > in.Max {
				far = f.At
			}
			if got := verdict(s.With(f.Input, calc.Num(near))); got != res.Verdict.Route {
				t.Errorf("%s just short of %.12g (now %g): %s, want still %s", f.Input, f.At, f.Now, got, res.Verdict.Route)
			}
			if got := verdict(s.With(f.Input, calc.Num(far))); got != f.Becomes {
				t.Errorf("%s at %.12g (now %g): %s, want %s", f.Input, far, f.Now, got, f.Becomes)
			}
		}
	}
}
