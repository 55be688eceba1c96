package serving

import (
	"strings"
	"testing"

	"hostwise/calc/memory"
)

// R1's draft layer exists in the full models alone, and layer engines do not load it: where nothing drafts, asking for
// speculative tokens changes no speed and a warning says so.
func TestSpeculationWithoutADraftGivesNoSpeed(t *testing.T) {
	cat := facts(t)
	model := New(cat)
	load := Load{Input: 2000, Output: 600}
	for _, c := range []struct{ model, precision, engine, device string }{
		{"r1-distill-llama-8b", "bf16", "vllm", "h100-sxm"},
		{"r1-distill-qwen-32b", "awq-int4", "sglang", "h100-sxm"},
		{"deepseek-r1", "gguf-q4_k_m", "llama.cpp", "m3ultra-512"},
	} {
		at := func(drafts int, kept float64) (*Server, Speed) {
			p := solved(cat, c.model, c.precision, c.engine, c.device, 1, func(s *memory.Setup) { s.SpeculativeTokens = drafts })
			s := model.PrepareWith(p, Options{DraftAcceptance: kept})
			return s, s.At(load, 1)
		}
		_, plain := at(0, 0)
		ignored, speed := at(2, 0)
		if speed != plain {
			t.Errorf("%s under %s: %+v with two drafts, %+v without", c.model, c.engine, speed, plain)
		}
		if !strings.Contains(strings.Join(ignored.Why, "\n"), "no draft model is in the catalogue") {
			t.Errorf("%s: nothing says that drafts were ignored: %q", c.model, ignored.Why)
		}
		stated, speed := at(2, 0.7)
		if gain := speed.Output / plain.Output; gain <= 1 || gain >= keptTokens(0.7, 2) {
			t.Errorf("%s: a stated acceptance gains %.2f times, want less than the %.2f tokens a step for what the draft costs", c.model, gain, keptTokens(0.7, 2))
		}
		if basis := stated.BasisAt(load, 1); basis != ExtrapolatedBasis {
			t.Errorf("%s with a draft model that nobody measured is %s", c.model, basis)
		}
	}
}
