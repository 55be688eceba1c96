package memory

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Tokens are spread over the ranks that hold copies of one KV head: up to tp / H of them, and a size that divides
// it (vLLM, docs/serving/context_parallel_deployment.md). The 70B has 8 KV heads, the 7B 4, R1's latent 1.
func TestContextParallelNeverGoesBeyondTheCopiesOfAHead(t *testing.T) {
	cat := facts(t)
	for _, c := range []struct {
		model, precision string
		tp, asked, want  int
	}{
		{"r1-distill-llama-70b", "bf16", 8, 8, 1},
		{"r1-distill-qwen-7b", "bf16", 8, 2, 2},
		{"r1-distill-qwen-7b", "bf16", 8, 8, 2},
		{"r1-distill-qwen-1.5b", "bf16", 8, 3, 2}, // 4 copies: 3 does not divide them
		{"deepseek-r1", "fp8", 8, 8, 8},
		{"deepseek-r1", "fp8", 8, 3, 2},
		{"deepseek-r1", "fp8", 8, 16, 8},
	} {
		s := setup(cat, c.model, c.precision, "vllm", "", "b300")
		s.Devices, s.TensorParallel, s.ContextParallel = c.tp, c.tp, c.asked
		p := Solve(cat, s)
		if p.ContextParallel != c.want {
			t.Errorf("%s at tensor parallel %d: context parallel %d became %d, want %d", c.model, c.tp, c.asked, p.ContextParallel, c.want)
		}
		warned := strings.Contains(strings.Join(p.Warnings, "\n"), "Context parallel")
		if warned != (c.asked != c.want) {
			t.Errorf("%s, %d asked and %d taken: warnings %q", c.model, c.asked, c.want, p.Warnings)
		}
	}
}

// No split makes cache out of nothing: what a replica holds is at most what its pools hold.
func TestTheCacheIsNeverMoreThanThePools(t *testing.T) {
	cat := facts(t)
	rapid.Check(t, func(t *rapid.T) {
		model := rapid.SampledFrom([]string{"deepseek-r1", "r1-distill-qwen-1.5b", "r1-distill-qwen-7b", "r1-distill-llama-70b"}).Draw(t, "model")
		s := setup(cat, model, "fp8", rapid.SampledFrom([]string{"vllm", "sglang", "tensorrt-llm"}).Draw(t, "engine"), "", "b300")
		s.TensorParallel = rapid.SampledFrom([]int{1, 2, 4, 8}).Draw(t, "tensor parallel")
		s.Devices = s.TensorParallel
		s.ContextParallel = rapid.IntRange(0, 20).Draw(t, "context parallel")
		s.DataParallelAttention = rapid.Bool().Draw(t, "data-parallel attention")
		p := Solve(cat, s)
		held, room := p.KVCapacityTokens*p.KVBytesPerToken, p.PerDevice.KVPool*float64(p.Devices)
		if held > room*1.001 {
			t.Fatalf("%.0f GB of cache in pools of %.0f GB", held/1e9, room/1e9)
		}
	})
}

// What memory ignores, the resolved set-up does not ask of the speed either.
func TestDataParallelAttentionOfADistillIsNotInTheResolvedSetup(t *testing.T) {
	cat := facts(t)
	s := setup(cat, "r1-distill-llama-8b", "bf16", "vllm", "", "h100-sxm")
	s.Devices = 4
	plain := Solve(cat, s)
	s.DataParallelAttention = true
	asked := Solve(cat, s)
	if asked.DataParallelAttention {
		t.Error("the resolved set-up of a distill keeps data-parallel attention")
	}
	if asked.PerDevice != plain.PerDevice || asked.TensorParallel != plain.TensorParallel {
		t.Errorf("an ignored wish moved bytes: %+v, %+v", asked.PerDevice, plain.PerDevice)
	}
	if !strings.Contains(strings.Join(asked.Warnings, "\n"), "ignored for memory and speed") {
		t.Errorf("warnings %q", asked.Warnings)
	}
}
