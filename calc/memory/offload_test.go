package memory

import (
	"strings"
	"testing"
)

// A 32B in Q4_K_M (19.8 GB) is more than an RTX 5070's 12 GB: ollama puts there what fits and keeps the rest in host
// memory, as its log of layers offloaded says; one layer more would not fit.
func TestOllamaKeepsWhatDoesNotFitInHostMemory(t *testing.T) {
	cat := facts(t)
	s := setup(cat, "r1-distill-qwen-32b", "gguf-q4_k_m", "ollama", "", "rtx5070")
	s.Devices, s.ContextTokens = 1, 2048
	own := Offloaded(cat, s)
	p := Solve(cat, own)
	if !own.EngineOffloads || p.Fit == No || p.HostBytes < 5e9 {
		t.Fatalf("%d layers on the card, %.1f GB in the host, %s: %s", own.LayersOnDevice, p.HostBytes/1e9, p.Fit, p.Why)
	}
	if !strings.Contains(strings.Join(p.Warnings, "\n"), "keeps the rest in host memory") {
		t.Errorf("not said: %q", p.Warnings)
	}
	own.LayersOnDevice++
	if more := Solve(cat, own); more.Fit != No {
		t.Errorf("%d layers would fit too", own.LayersOnDevice)
	}
	for _, same := range []Setup{
		setup(cat, "r1-distill-qwen-32b", "gguf-q4_k_m", "ollama", "", "rtx4090"),
		setup(cat, "r1-distill-qwen-32b", "awq-int4", "vllm", "", "rtx5070"),
	} {
		same.Devices = 1
		if got := Offloaded(cat, same); got.EngineOffloads || got.LayersOnDevice != -1 {
			t.Errorf("%s on %s: %d layers", same.Engine, same.Device.ID, got.LayersOnDevice)
		}
	}
}
