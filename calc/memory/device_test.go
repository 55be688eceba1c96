package memory

import (
	"strings"
	"testing"
)

// R1 FP8 on eight ranks by the rule of the memory research (5.1): (W - R) / TP + R + A / TP = (673.15 - 1.14) / 8 +
// 1.14 + 2.05 / 8 GB = 79.53 GiB; vLLM 0.11.0 logged 79.58.
func TestADevicesWeightsAreASumWithItsNumbers(t *testing.T) {
	cat := facts(t)
	s := setup(cat, "deepseek-r1", "fp8", "vllm", "0.21.0", "h200-sxm")
	s.Devices = 8
	p := Detail(cat, s)
	weights := p.DeviceParts()[0]
	if want := "(673.15 − 1.14) ÷ 8 + 1.14 + 2.05 ÷ 8 = 85.40 GB = 79.53 GiB"; weights.Formula != want {
		t.Errorf("got %q, want %q", weights.Formula, want)
	}
	// The log line of R1 FP8 comes before any of another precision: M166, on Gaudi.
	if !strings.Contains(weights.Support, "79.41 GiB") || !strings.Contains(weights.Support, "Gaudi") || !strings.Contains(weights.Support, "Not this very set-up: another engine (not stated), another device.") {
		t.Errorf("supported by %q", weights.Support)
	}
	for _, part := range append(p.Explain(), p.DeviceParts()...) {
		if strings.Contains(part.Support, "AWQ") && !strings.Contains(part.Support, "another precision (AWQ") ||
			strings.Contains(part.Support, "3090") && !strings.Contains(part.Support, "another device") {
			t.Errorf("%s of an FP8 set-up rests on %q", part.Part, part.Support)
		}
	}
}

// A figure of another precision is never shown as support for this one without saying so.
func TestALogLineOfAnotherPrecisionSaysSo(t *testing.T) {
	cat := facts(t)
	s := setup(cat, "deepseek-r1", "int8", "sglang", "", "a100-80-sxm")
	s.Devices = 16
	weights := Detail(cat, s).DeviceParts()[0]
	if weights.Support == "" || !strings.Contains(weights.Support, "another precision") || !strings.Contains(weights.Support, "supports the rule, not this figure") {
		t.Errorf("INT8, which nobody logged, rests on %q", weights.Support)
	}
}

// Every part and total of a device has a formula, and says what supports it or where its rule is from.
func TestEveryPartOpens(t *testing.T) {
	cat := facts(t)
	for _, c := range []struct {
		model, precision, engine, device string
		devices                          int
		change                           func(*Setup)
	}{
		{"deepseek-r1", "fp8", "vllm", "h200-sxm", 8, nil},
		{"deepseek-r1", "fp8", "sglang", "h200-sxm", 16, func(s *Setup) { s.DataParallelAttention = true }},
		{"deepseek-r1", "fp8", "vllm", "mi300x", 8, nil},
		{"r1-distill-qwen-7b", "bf16", "tensorrt-llm", "h100-sxm", 8, nil},
		{"r1-distill-llama-70b", "gguf-q4_k_m", "llama.cpp", "rtx4090", 2, nil},
		{"deepseek-r1", "gguf-q4_k_m", "ktransformers", "rtx4090", 1, nil},
		{"deepseek-r1", "mlx-4bit", "mlx", "m3ultra-512", 1, nil},
	} {
		s := setup(cat, c.model, c.precision, c.engine, "", c.device)
		s.Devices = c.devices
		if c.change != nil {
			c.change(&s)
		}
		p := Detail(cat, s)
		totals := p.DeviceTotals()
		if len(totals) != 2 || totals[0].Bytes != p.PerDevice.Replicated || totals[1].Bytes != p.PerDevice.Capacity {
			t.Fatalf("%s: totals %+v", c.engine, totals)
		}
		for _, part := range append(append(p.Explain(), p.DeviceParts()...), totals...) {
			if part.Formula == "" || part.Why == "" {
				t.Errorf("%s under %s: %s does not open: %+v", c.model, c.engine, part.Part, part)
			}
			switch part.Part {
			case "fragmentation", "tokenizer", "copies", "capacity":
				if part.Origin == "" && part.Support == "" {
					t.Errorf("%s under %s: %s has no origin", c.model, c.engine, part.Part)
				}
			}
		}
	}
}

// KTransformers' README (@95009ea): at least 14 GB of a card at 8K tokens, and 139K on a card of 24 GB, which shows
// 23.6 GiB. So both fit likely, the second with nothing to spare.
func TestKTransformersReachesWhatItsMakersReached(t *testing.T) {
	cat := facts(t)
	s := setup(cat, "deepseek-r1", "gguf-q4_k_m", "ktransformers", "", "rtx4090")
	s.Devices = 1
	closeTo(t, "a card's bytes at 8K", Solve(cat, s).PerDevice.Used, 14e9, 0.01)
	s.ContextTokens = 139_000
	if p := Solve(cat, s); p.Fit != Tight {
		t.Errorf("at 139,000 tokens on 24 GB: %s, %s", p.Fit, p.Why)
	}
	s.ContextTokens = 145_000
	if p := Solve(cat, s); p.Fit != No {
		t.Errorf("at 145,000 tokens on 24 GB: %s", p.Fit)
	}
}
