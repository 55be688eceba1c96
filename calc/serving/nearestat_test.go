package serving

import (
	"strings"
	"testing"

	"hostwise/calc/memory"
)

// TestTheNearestRunIsNearestWhereItIsAsked: the catalogue has runs of R1-0528 under SGLang 0.5.7 on eight H200 at 4 and
// at 32 requests at once, and the one named is that of the concurrency asked for.
func TestTheNearestRunIsNearestWhereItIsAsked(t *testing.T) {
	cat := facts(t)
	s := New(cat).Prepare(solved(cat, "deepseek-r1-0528", "fp8", "sglang", "h200-sxm", 8, func(s *memory.Setup) { s.EngineVersion = "0.5.7" }))
	found := 0
	for _, o := range s.same {
		if o.quantity != OutputQuantity {
			continue
		}
		found++
		got := s.NearestAt(o.load, o.c)
		if want := "; " + o.run.Concurrency + " requests at once"; !strings.Contains(got, want) {
			t.Errorf("at %g requests of %g in and %g out: %q, want %s", o.c, o.load.Input, o.load.Decoded(), got, want)
		}
	}
	if found < 2 {
		t.Fatalf("only %d runs of the set-up: the test sees nothing", found)
	}
}

// TestAFarRunIsNamedWithItsDistance: a 7B model on eight H100 has no run near, but a nearest one.
func TestAFarRunIsNamedWithItsDistance(t *testing.T) {
	cat := facts(t)
	load := Load{Input: 2000, Output: 600}
	m := New(cat)
	s := m.Prepare(solved(cat, "r1-distill-qwen-7b", "bf16", "vllm", "h100-sxm", 8, nil))
	if got := s.NearestAt(load, 8); got == "" || s.Nearest == "" && !strings.Contains(got, "far from this set-up: ") {
		t.Errorf("%q", got)
	}
	bare := *cat
	bare.SpeedRuns = nil
	if got := New(&bare).Prepare(s.Plan).NearestAt(load, 8); got != NoNearRun {
		t.Errorf("without a run: %q", got)
	}
}

// TestEverySetupNamesARun: each class of machine, measured or not.
func TestEverySetupNamesARun(t *testing.T) {
	cat := facts(t)
	m := New(cat)
	for _, device := range []string{"h100-sxm", "mi300x", "rtx4090", "m3ultra-512", "epyc9005-2s", "dgx-spark"} {
		for _, engine := range []string{"vllm", "sglang", "llama.cpp"} {
			s := m.Prepare(solved(cat, "r1-distill-qwen-7b", "bf16", engine, device, 1, nil))
			if got := s.NearestAt(Load{Input: 500, Output: 500}, 1); got == "" || s.Nearest != "" && strings.Contains(got, "far from") {
				t.Errorf("%s on %s: %q", engine, device, got)
			}
		}
	}
}
