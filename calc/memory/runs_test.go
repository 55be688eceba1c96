package memory

import (
	"strings"
	"testing"
)

// TestShortWords: three digits, in the unit that suits.
func TestShortWords(t *testing.T) {
	for bytes, want := range map[float64]string{
		230221.3e9: "230 TB", 999.4e9: "999 GB", 999.6e9: "1.00 TB", 875.1e9: "875 GB", 46.12e9: "46.1 GB", 1.5e9: "1.50 GB", 99.96e9: "100 GB",
		54e6: "54.0 MB", 4.2e6: "4.20 MB", 0.3e6: "0.30 MB", 1e3: "under 0.01 MB",
	} {
		if got := shortWords(bytes); got != want {
			t.Errorf("%g bytes: %q, want %q", bytes, got, want)
		}
	}
}

// TestFitIsOfMemoryAndRunsOfAll: what an engine is not known to run may well have room, and so may a request longer than
// the model reads; what has no room does not run, whoever supports it.
func TestFitIsOfMemoryAndRunsOfAll(t *testing.T) {
	cat := facts(t)
	for _, c := range []struct {
		name, model, precision, device string
		context                        int
		fit                            Fit
		runs                           bool
		why                            string
	}{
		{"known to run", "deepseek-r1", "fp8", "h200-sxm", 32768, Fits, true, "It fits"},
		{"no units for it", "deepseek-r1", "nvfp4", "h200-sxm", 32768, Fits, false, "4-bit"},
		{"a raw view", "deepseek-r1", "raw-8bit", "h200-sxm", 32768, Fits, false, "raw view"},
		{"past the model's limit", "deepseek-r1", "fp8", "h200-sxm", 200000, Fits, false, "163840 tokens at most"},
		{"past a distill's limit", "r1-distill-llama-70b", "bf16", "h200-sxm", 163840, Fits, false, "131072 tokens at most"},
		{"no room", "deepseek-r1", "fp8", "a100-80-sxm", 32768, No, false, ""},
	} {
		s := setup(cat, c.model, c.precision, "vllm", "", c.device)
		s.Devices, s.ContextTokens, s.Sequences = 8, c.context, 1
		p := Solve(cat, s)
		if p.Fit != c.fit || p.Runs() != c.runs || !strings.Contains(p.Why, c.why) || p.Why == "" {
			t.Errorf("%s: fit %s, runs %v, %q", c.name, p.Fit, p.Runs(), p.Why)
		}
		for _, r := range ByPrecision(cat, s) {
			if r.Precision == c.precision && r.Kind == "deploy" && r.Engine == s.Engine && (r.Fit != c.fit || r.Fits != c.runs) {
				t.Errorf("%s: the row says fit %s, fits %v", c.name, r.Fit, r.Fits)
			}
		}
	}
}

// TestWhatDoesNotFitBindsByItsCause: eight H200 hold the weights with 42.8 GiB a card to spare (139.8 less 97), so what
// 40 requests of 32,768 tokens lack is room for the cache; eight A100 of 80 GB do not hold 673 GB of weights.
func TestWhatDoesNotFitBindsByItsCause(t *testing.T) {
	cat := facts(t)
	for device, want := range map[string]string{"h200-sxm": "kv", "a100-80-sxm": "weights"} {
		s := setup(cat, "deepseek-r1", "fp8", "vllm", "", device)
		s.Devices, s.ContextTokens, s.Sequences = 8, 32768, 40
		if p := Solve(cat, s); p.Fit != No || p.Binds != want {
			t.Errorf("%s: fit %s, %s binds: %s", device, p.Fit, p.Binds, p.Why)
		}
	}
}

// TestDroppedStagesAreSaid: 8 x 2 needs sixteen devices.
func TestDroppedStagesAreSaid(t *testing.T) {
	cat := facts(t)
	for devices, said := range map[int]bool{8: true, 16: false} {
		s := setup(cat, "deepseek-r1", "fp8", "vllm", "", "h200-sxm")
		s.Devices, s.TensorParallel, s.PipelineParallel = devices, 8, 2
		p := Solve(cat, s)
		if all := strings.Join(p.Warnings, "\n"); strings.Contains(all, "needs 16 devices and there are 8") != said {
			t.Errorf("%d devices, pipeline parallel %d: %q", devices, p.PipelineParallel, all)
		}
	}
}
