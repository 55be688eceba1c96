package serving

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"hostwise/calc/catalog"

	"pgregory.net/rapid"
)

// ownRun is a run as a person types it, of a 32B on two RTX 4090.
func ownRun(id string, c int, value float64, isl, osl int) catalog.SpeedRun {
	return catalog.SpeedRun{
		ID: id, Model: "r1-distill-qwen-32b", Precision: "awq-int4", Engine: "vllm", Hardware: "rtx4090", GPUs: 2,
		Concurrency: fmt.Sprint(c), ISL: isl, OSL: osl, Value: value, Unit: "tok/s", Per: "total",
		Fact: catalog.Fact{Evidence: catalog.Yours, Source: "mine", AsOf: "2026-11-01"},
	}
}

// At the very point of an own run the answer is that run, within its range and measured, however far the model is
// off; and total speed still never falls with concurrency, nor rises a user's.
func TestAnOwnRunIsTheAnswerWhereItWasMeasured(t *testing.T) {
	cat := facts(t)
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.Float64Range(3, 3000).Draw(t, "tokens a second")
		c := rapid.IntRange(1, 40).Draw(t, "concurrency")
		load := Load{Input: float64(rapid.IntRange(50, 4000).Draw(t, "input")), Output: float64(rapid.IntRange(50, 2000).Draw(t, "output"))}
		with := cat.With(catalog.Rows{Runs: []catalog.SpeedRun{ownRun("own", c, value, int(load.Input), int(load.Output))}})
		s := NewOver(cat, with).Prepare(solved(with, "r1-distill-qwen-32b", "awq-int4", "vllm", "rtx4090", 2, nil))
		speed := s.At(load, float64(c))
		got := speed.Output
		if c == 1 { // one user's run without a phase is of decoding alone
			got = speed.Decode
		}
		if math.Abs(got/value-1) > 1e-6 {
			t.Fatalf("measured %.4g, answered %.4g", value, got)
		}
		if r := s.Spread.Scale(got); r.Low > value || r.High < value {
			t.Fatalf("the own run %.4g is outside %.4g to %.4g", value, r.Low, r.High)
		}
		if basis := s.BasisAt(load, float64(c)); basis != MeasuredBasis {
			t.Fatalf("basis %s", basis)
		}
		before := s.At(load, 1)
		for n := 1.25; n < 300; n *= 1.25 {
			after := s.At(load, n)
			if after.Output < before.Output*(1-1e-9) || after.PerUser > before.PerUser*(1+1e-9) || !(after.TTFT > 0) || !(after.TPOT > 0) {
				t.Fatalf("at %.3g sequences %+v, fewer %+v", n, after, before)
			}
			before = after
		}
	})
}

func TestAnOwnRunFarFromThePhysicsIsPointedOut(t *testing.T) {
	cat := facts(t)
	warned := func(value float64) bool {
		with := cat.With(catalog.Rows{Runs: []catalog.SpeedRun{ownRun("own", 8, value, 2000, 600)}})
		s := NewOver(cat, with).Prepare(solved(with, "r1-distill-qwen-32b", "awq-int4", "vllm", "rtx4090", 2, nil))
		return strings.Contains(strings.Join(s.Why, "\n"), "check its units")
	}
	for value, want := range map[float64]bool{2000: true, 5: true, 250: false} {
		if warned(value) != want {
			t.Errorf("%g tokens a second: warned %v, want %v", value, !want, want)
		}
	}
}

// Where a run of the very set-up is outside the range that is stated at its point, nothing there is measured and a
// warning says which run was set aside. Two of them stand here by name; that none is left is asked of every run.
func TestARunOutsideItsRangeIsNotMeasured(t *testing.T) {
	cat := facts(t)
	model := New(cat)
	set := 0
	for i := range cat.SpeedRuns {
		run := &cat.SpeedRuns[i]
		found, _ := observe(cat, run, &physics)
		for j := range found {
			o := &found[j]
			if o.quantity == PromptQuantity {
				continue
			}
			plan := o.plan
			plan.Supported = true
			s := model.prepare(plan, Options{DraftAcceptance: keptIn(run)}, o.setup)
			r := s.Spread.Scale(s.quantity(o))
			inside := r.Low <= o.measured && o.measured <= r.High
			if inside {
				continue
			}
			set++
			others := 0 // other runs of the same point may still bear the word
			for _, same := range s.trusted {
				if near(same.c, o.c, 0.05) && (same.quantity == DecodeQuantity || likeness(same.load, o.load) > 0.9) {
					others++
				}
			}
			if s.BasisAt(o.load, o.c) == MeasuredBasis && others == 0 {
				t.Errorf("%s: measured %.4g, answered %.4g to %.4g as measured", run.ID, o.measured, r.Low, r.High)
			}
			if len(s.same) > 0 && !strings.Contains(strings.Join(s.Why, "\n"), "set aside") {
				t.Errorf("%s is outside its range and nothing says so: %q", run.ID, s.Why)
			}
		}
	}
	if set == 0 {
		t.Error("no run is set aside: the test shows nothing")
	}
	t.Logf("%d runs are outside the range stated at their point", set)
}
