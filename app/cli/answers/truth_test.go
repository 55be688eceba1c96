package answers_test

import (
	"testing"

	"hostwise/calc/memory"
)

// What the answers say holds a model, holds it by package memory too, and what they say does not, does not.
func TestAnswersAgreeWithTheMemoryModel(t *testing.T) {
	cat := facts(t)
	for _, x := range []struct {
		model, precision, engine, device string
		devices                          int
		fits                             bool
	}{
		{"deepseek-r1", "fp8", "vllm", "h200-sxm", 8, true},
		{"deepseek-r1", "fp8", "vllm", "b200", 8, true},
		{"deepseek-r1", "fp8", "vllm", "mi300x", 8, true},
		{"deepseek-r1", "fp8", "vllm", "h100-sxm", 16, true},
		{"deepseek-r1", "fp8", "vllm", "h100-sxm", 8, false},
		{"deepseek-r1", "gguf-q4_k_m", "llama.cpp", "h100-sxm", 8, true},
		{"deepseek-r1", "gguf-q4_k_m", "llama.cpp", "rtx4090", 8, false},
		{"deepseek-r1", "gguf-q4_k_m", "llama.cpp", "m3ultra-512", 1, true},
		{"deepseek-r1", "gguf-q4_k_m", "llama.cpp", "m3ultra-256", 1, false},
		{"r1-distill-qwen-14b", "gguf-q4_k_m", "llama.cpp", "rtx4090", 1, true},
		{"r1-distill-qwen-32b", "gguf-q4_k_m", "llama.cpp", "rtx4090", 1, true},
		{"r1-distill-llama-70b", "gguf-q4_k_m", "llama.cpp", "rtx4090", 1, false},
		{"r1-distill-llama-70b", "gguf-q4_k_m", "llama.cpp", "a6000", 1, true},
	} {
		plan := memory.Solve(cat, memory.Setup{Model: cat.Model(x.model), Precision: x.precision, KV: "bf16", Engine: x.engine,
			Device: cat.Device(x.device), Devices: x.devices, ContextTokens: 8192, Sequences: 1, LayersOnDevice: -1})
		if fits := plan.Fit != memory.No; fits != x.fits {
			t.Errorf("%s in %s on %d %s: %s (%s), and the answers say otherwise", x.model, x.precision, x.devices, x.device, plan.Fit, plan.Why)
		}
	}
}
