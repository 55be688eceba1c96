package calc_test

import (
	"context"
	"errors"
	"math"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"hostwise/calc"
)

func saas(t testing.TB) calc.Scenario {
	t.Helper()
	tpl, ok := calc.TemplateNamed("saas-app")
	if !ok {
		t.Fatal("no template saas-app")
	}
	return tpl.Scenario()
}

func TestMovableHoldsTheAnswerItsReadyAnswersAndItsFlip(t *testing.T) {
	a := assessor(t)
	s := saas(t)
	res := assess(t, s, calc.Options{Draws: 40})
	var paths []string
	for _, in := range calc.Inputs {
		paths = append(paths, in.Path)
	}
	seen := map[string]calc.Movable{}
	for _, m := range a.Movable(s, paths, res.Verdict.Flips, testDay) {
		in := calc.InputAt(m.Path)
		seen[m.Path] = m
		if m.Low >= m.High || m.Now < m.Low || m.Now > m.High || m.Low < in.Min || m.High > in.Max {
			t.Errorf("%s runs from %g to %g with %g in it; its limits are %g to %g", m.Path, m.Low, m.High, m.Now, in.Min, in.Max)
		}
		if m.Log && m.Low <= 0 {
			t.Errorf("%s is laid out by ratio from %g", m.Path, m.Low)
		}
		for _, end := range []float64{m.Low, m.High} {
			if short, err := strconv.ParseFloat(strconv.FormatFloat(end, 'g', 3, 64), 64); err == nil && end != short && end != m.Now && end != in.Min && end != in.Max {
				t.Errorf("%s ends at %v, which nobody would type", m.Path, end)
			}
		}
		if m.Whole != (in.Kind == calc.Integer) {
			t.Errorf("%s: whole %v", m.Path, m.Whole)
		}
		for _, f := range res.Verdict.Flips {
			if f.Input == m.Path && f.At < m.Now*1e3 && f.At > m.Now/1e3 && (f.At < m.Low || f.At > m.High) {
				t.Errorf("%s flips at %g, outside %g to %g", m.Path, f.At, m.Low, m.High)
			}
		}
	}
	if m := seen["workload.calls_per_month"]; !m.Log || m.Now != 500_000 || m.High < 5e6 {
		t.Errorf("calls a month: %+v, want a scale by ratio a decade beyond 500,000", m)
	}
	if m := seen["finance.depreciation_months"]; m.Log || !m.Whole || m.Now != 48 {
		t.Errorf("life of a server: %+v, want an even scale of whole months from 48", m)
	}
	if m := seen["workload.cached_input_share"]; m.Low != 0 || m.High != 1 {
		t.Errorf("a share runs from %g to %g, want 0 to 1", m.Low, m.High)
	}
	if m, ok := seen["api.output_usd_per_mtok"]; !ok || m.Now <= 0 {
		t.Errorf("the output price stands at %g, want the catalogue's", m.Now)
	}
	for _, path := range []string{"model", "rules.compliance", "rules.data_may_leave_site"} {
		if _, ok := seen[path]; ok {
			t.Errorf("%s is no number and was laid out", path)
		}
	}
}

func TestAMovedAnswerKeepsItsDoubt(t *testing.T) {
	s := calc.Scenario{}.With("workload.calls_per_month", calc.Between(1000, 2000, 6000))
	if got, want := s.MovedTo("workload.calls_per_month", 4000), calc.Between(2000, 4000, 12000); !got.Equal(want) {
		t.Errorf("2,000 of 1,000 to 6,000 moved to 4,000 is %+v, want %+v", got, want)
	}
	s = calc.Scenario{}.With("workload.calls_per_month", calc.Num(2000))
	if got := s.MovedTo("workload.calls_per_month", 4000); !got.Equal(calc.Num(4000)) {
		t.Errorf("an exact answer moved is %+v, want exact", got)
	}
	if got := s.MovedTo("finance.depreciation_months", 36.4); !got.Equal(calc.Num(36)) {
		t.Errorf("36.4 months is %+v, want the whole number", got)
	}
	if got := s.MovedTo("api.output_usd_per_mtok", 3.2); !got.Equal(calc.Num(3.2)) {
		t.Errorf("a price from the catalogue moved is %+v, want the number", got)
	}
}

func TestEveryMovedAnswerIsValid(t *testing.T) {
	cat := assessor(t).Catalogue()
	rapid.Check(t, func(t *rapid.T) {
		in := &calc.Inputs[rapid.IntRange(0, len(calc.Inputs)-1).Draw(t, "input")]
		if in.Kind != calc.Number && in.Kind != calc.Integer {
			t.Skip("no number")
		}
		s := calc.Scenario{}
		lowest, highest := math.Max(in.Min, -1e6), math.Min(in.Max, 1e9)
		if in.Kind == calc.Number && rapid.Bool().Draw(t, "ranged") {
			v := []float64{rapid.Float64Range(lowest, highest).Draw(t, "a"), rapid.Float64Range(lowest, highest).Draw(t, "b"), rapid.Float64Range(lowest, highest).Draw(t, "c")}
			low, high := math.Min(v[0], math.Min(v[1], v[2])), math.Max(v[0], math.Max(v[1], v[2]))
			middle := math.Max(math.Min(v[0], v[1]), math.Min(math.Max(v[0], v[1]), v[2]))
			s = s.With(in.Path, calc.Between(low, middle, high))
		}
		if len(s.Check(cat)) > 0 {
			t.Skip("not a scenario to begin with")
		}
		to := rapid.Float64Range(lowest*2-1, highest*2).Draw(t, "to")
		v := s.MovedTo(in.Path, to)
		if problems := s.With(in.Path, v).Check(cat); len(problems) > 0 && (v.Null || v.Number.Low < in.Min || v.Number.High > in.Max || v.Number.Low > v.Number.Likely || v.Number.Likely > v.Number.High) {
			t.Errorf("%s moved to %g is %+v: %v", in.Path, to, v, problems)
		}
	})
}

func TestDecidingBeginsWithTheCallsAndNamesEachInputOnce(t *testing.T) {
	res := assess(t, saas(t), calc.Options{Draws: 40})
	list := calc.Deciding(res)
	if len(list) < 8 || list[0] != "workload.calls_per_month" {
		t.Fatalf("the deciding inputs are %v", list)
	}
	seen := map[string]bool{}
	for _, path := range list {
		if calc.LookupInput(path) == nil || seen[path] {
			t.Errorf("%s is no input or stands there twice", path)
		}
		seen[path] = true
	}
	for _, f := range res.Verdict.Flips {
		if !seen[f.Input] {
			t.Errorf("%s turns the verdict and is not listed", f.Input)
		}
	}
	if got := calc.Deciding(assess(t, saas(t), quick)); len(got) != 0 {
		t.Errorf("a quick answer knows no deciding inputs, and lists %v", got)
	}
}

func TestSweepCasesAreWhatTheAssessmentSays(t *testing.T) {
	a := assessor(t)
	s := saas(t)
	axes := []calc.SweepAxis{{Path: "workload.calls_per_month", Values: []float64{1e4, 1e7, 1e9}}, {Path: "finance.depreciation_months", Values: []float64{24, 60}}}
	rows, err := a.SweepCases(context.Background(), s, axes, calc.Options{Today: testDay, Draws: 60}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 6 || rows[1].Values[0] != 1e4 || rows[1].Values[1] != 60 || rows[5].Values[0] != 1e9 {
		t.Fatalf("the rows are %+v", rows)
	}
	for _, row := range rows {
		res, err := a.Assess(context.Background(), calc.SweepScenario(s, axes, row.Values), calc.Options{Today: testDay, Draws: 60, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		if row.Route != res.Verdict.Route || row.Kind != res.Verdict.Kind {
			t.Errorf("%v: %s, the assessment says %s", row.Values, row.Route, res.Verdict.Route)
		}
		if want := res.Route(row.Route).Monthly.Likely; math.Abs(*row.USD-want) > 1e-6*want {
			t.Errorf("%v: $%.2f, the assessment says $%.2f", row.Values, *row.USD, want)
		}
		if want := res.Verdict.ChanceByKind[row.Kind]; row.Chance == nil || math.Abs(*row.Chance-want) > 0.021 {
			t.Errorf("%v: chance %v, the assessment says %.3f", row.Values, row.Chance, want)
		}
	}
}

func TestSweepCasesRefuseAndStop(t *testing.T) {
	a := assessor(t)
	ctx := context.Background()
	var problems calc.Problems
	if _, err := a.SweepCases(ctx, calc.Scenario{}, []calc.SweepAxis{{Path: "model", Values: []float64{1}}}, quick, nil); !errors.As(err, &problems) {
		t.Errorf("sweeping a model gives %v", err)
	}
	if _, err := a.SweepCases(ctx, calc.Scenario{}, []calc.SweepAxis{{Path: "workload.peak_to_average", Values: []float64{0.5}}}, quick, nil); !errors.As(err, &problems) {
		t.Errorf("a value outside the limits gives %v", err)
	}
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := a.SweepCases(stopped, calc.Scenario{}, []calc.SweepAxis{{Path: "workload.calls_per_month", Values: []float64{1, 2}}}, quick, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled sweep gives %v", err)
	}
}

func TestBordersHoldOnBothSides(t *testing.T) {
	a := assessor(t)
	s := saas(t)
	m, err := a.WinMap(context.Background(), s, "workload.calls_per_month", "finance.staff_fte", testDay, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Borders) != 4 {
		t.Fatalf("there are %d borders, want one each way along each axis", len(m.Borders))
	}
	winner := func(path string, v float64) string {
		res, err := a.Assess(context.Background(), s.With(path, calc.Num(v)), calc.Options{Today: testDay, Quick: true})
		if err != nil {
			t.Fatal(err)
		}
		return res.Verdict.Route
	}
	here, found := winner(m.X, m.NowX), 0
	for _, b := range m.Borders {
		if b.At == nil {
			continue
		}
		found++
		now := s.Likely(b.Input)
		if b.Up != (*b.At > now) {
			t.Errorf("%s: up %v at %g from %g", b.Input, b.Up, *b.At, now)
		}
		if got := winner(b.Input, *b.At-1e-6*(*b.At-now)); got != here {
			t.Errorf("%s just short of %g: %s, want still %s", b.Input, *b.At, got, here)
		}
		if got := winner(b.Input, *b.At+1e-6*(*b.At-now)); got != b.Becomes {
			t.Errorf("%s just beyond %g: %s, want %s", b.Input, *b.At, got, b.Becomes)
		}
	}
	if found == 0 {
		t.Error("no border was found for a case whose verdict flips with its calls")
	}
	for j := range m.YValues {
		for i := range m.XValues {
			if (m.Routes[j][i] == "") != (m.USD[j][i] == nil) {
				t.Fatalf("at %g, %g: %q costs %v", m.XValues[i], m.YValues[j], m.Routes[j][i], m.USD[j][i])
			}
		}
	}
}

func TestSolveReachesABreakEvenAndAPayback(t *testing.T) {
	a := assessor(t)
	s := saas(t)
	ctx := context.Background()
	sol, err := a.Solve(ctx, s, "api.output_usd_per_mtok", "break_even_calls", 1e6, testDay)
	if err != nil {
		t.Fatal(err)
	}
	if !sol.Found || sol.OutcomeAt == nil || sol.OutcomeBefore == nil {
		t.Fatalf("%+v", sol)
	}
	res, err := a.Assess(ctx, s.With("api.output_usd_per_mtok", calc.Num(*sol.Value)), calc.Options{Today: testDay, Quick: true})
	if err != nil {
		t.Fatal(err)
	}
	least := math.Inf(1)
	for _, b := range res.BreakEven {
		if r := res.Route(b.To); len(r.BlockedBy) == 0 && b.Calls != nil && b.Direction == "cheaper_above" {
			least = math.Min(least, *b.Calls)
		}
	}
	if math.Abs(least-*sol.OutcomeAt) > 1e-6*least {
		t.Errorf("at $%g the first break-even of the assessment is %g calls, the goal seek says %g", *sol.Value, least, *sol.OutcomeAt)
	}
	if (*sol.OutcomeAt > 1e6) == (*sol.OutcomeBefore > 1e6) {
		t.Errorf("the million is not between %g and %g", *sol.OutcomeBefore, *sol.OutcomeAt)
	}
	if sol, err = a.Solve(ctx, s.With("workload.calls_per_month", calc.Num(10)), "finance.electricity_usd_per_kwh", "payback_months", 12, testDay); err != nil || sol.Found {
		t.Errorf("ten calls a month pay no server back, whatever power costs: %+v, %v", sol, err)
	}
	if sol.From >= sol.To || sol.Words == "" {
		t.Errorf("what was looked through is not said: %+v", sol)
	}
}
