package answers_test

import (
	"strings"
	"testing"
)

// Every way in which shops, registries and people write one of the nine models leads to that model.
func TestNamesOfTheNineAreResolved(t *testing.T) {
	cat := facts(t)
	distills := []struct{ size, base, model string }{
		{"1.5B", "Qwen", "r1-distill-qwen-1.5b"}, {"7B", "Qwen", "r1-distill-qwen-7b"}, {"8B", "Llama", "r1-distill-llama-8b"},
		{"14B", "Qwen", "r1-distill-qwen-14b"}, {"32B", "Qwen", "r1-distill-qwen-32b"}, {"70B", "Llama", "r1-distill-llama-70b"},
	}
	want := map[string]string{}
	for _, d := range distills {
		name := "DeepSeek-R1-Distill-" + d.base + "-" + d.size
		tag := "deepseek-r1:" + strings.ToLower(d.size+"-"+d.base) + "-distill"
		for _, spelling := range []string{
			name, "deepseek-ai/" + name, "https://huggingface.co/deepseek-ai/" + name, "unsloth/" + name + "-GGUF", "unsloth/" + name + "-bnb-4bit",
			"bartowski/" + name + "-GGUF", "lmstudio-community/" + name + "-GGUF", "mlx-community/" + name + "-4bit",
			"RedHatAI/" + name + "-FP8-dynamic", "neuralmagic/" + name + "-quantized.w4a16", "hf.co/unsloth/" + name + "-GGUF:Q4_K_M",
			"@cf/deepseek-ai/" + strings.ToLower(name), tag + "-fp16", tag + "-q4_K_M", tag + "-q8_0", "ollama run " + tag + "-q4_K_M",
			"deepseek-r1:" + strings.ToLower(d.size), "ollama pull deepseek-r1:" + strings.ToLower(d.size), "r1 " + d.size, "DeepSeek R1 " + d.size,
			"r1-" + strings.ToLower(d.size), d.size + " distill", d.model,
		} {
			want[spelling] = d.model
		}
	}
	for spelling, model := range map[string]string{
		"deepseek-ai/DeepSeek-R1": "deepseek-r1", "unsloth/DeepSeek-R1-GGUF": "deepseek-r1", "unsloth/DeepSeek-R1-BF16": "deepseek-r1",
		"bartowski/DeepSeek-R1-GGUF": "deepseek-r1", "cognitivecomputations/DeepSeek-R1-AWQ": "deepseek-r1", "nvidia/DeepSeek-R1-FP4": "deepseek-r1",
		"mlx-community/DeepSeek-R1-4bit": "deepseek-r1", "deepseek-r1:671b": "deepseek-r1", "deepseek-r1:671b-q4_K_M": "deepseek-r1",
		"deepseek-r1:671b-q8_0": "deepseek-r1", "deepseek-r1:671b-fp16": "deepseek-r1", "R1 671B": "deepseek-r1", "DeepSeek R1 671B": "deepseek-r1",
		"37B active": "deepseek-r1", "37b activated": "deepseek-r1", "deepseek/deepseek-r1": "deepseek-r1", "deepseek/deepseek-r1:free": "deepseek-r1",
		"deepseek-r1": "deepseek-r1", "deepseek-r1:latest": "deepseek-r1", "us.deepseek.r1-v1:0": "deepseek-r1", "full R1": "deepseek-r1",
		"deepseek-ai/DeepSeek-R1-0528": "deepseek-r1-0528", "unsloth/DeepSeek-R1-0528-GGUF": "deepseek-r1-0528",
		"deepseek-r1:671b-0528-q4_K_M": "deepseek-r1-0528", "nvidia/DeepSeek-R1-0528-FP4": "deepseek-r1-0528", "R1 0528": "deepseek-r1-0528",
		"deepseek-ai/DeepSeek-R1-Zero": "deepseek-r1-zero", "unsloth/DeepSeek-R1-Zero-GGUF": "deepseek-r1-zero", "deepseek r1 zero": "deepseek-r1-zero",
		"runs on my laptop": "r1-distill-qwen-7b", "can I run on my laptop": "r1-distill-qwen-7b",
	} {
		want[spelling] = model
	}
	for spelling, model := range want {
		if model == "r1-distill-llama-8b" && isBareEight(spelling) {
			continue // one tag for two models: the hint says so, and names the Llama
		}
		hint := cat.Resolve(spelling)
		if hint == nil || hint.Model != model {
			t.Errorf("%q resolves to %+v, want %s", spelling, hint, model)
		}
	}
	t.Logf("%d spellings", len(want))
}

// isBareEight reports a name that ends in 8b and does not say which of the two models of that tag is meant.
func isBareEight(spelling string) bool {
	return !strings.Contains(strings.ToLower(spelling), "llama") && !strings.Contains(spelling, "distill")
}

// A name that none of the nine has is explained, and never taken for one of them.
func TestNamesOfOtherModelsAreNotR1(t *testing.T) {
	cat := facts(t)
	for spelling, query := range map[string]string{
		"deepseek-reasoner": "deepseek-reasoner", "model=deepseek-reasoner": "deepseek-reasoner", "deepseek-chat": "deepseek-chat", "deepseek r1 lite": "deepseek r1 lite",
		"DeepSeek-R1-Lite-Preview": "deepseek r1 lite", "deepseek-r1:8b-0528-qwen3-q4_K_M": "deepseek-r1-0528-qwen3-8b",
		"unsloth/DeepSeek-R1-0528-Qwen3-8B-GGUF": "deepseek-r1-0528-qwen3-8b", "deepseek-ai/DeepSeek-V3": "deepseek-v3", "deepseek-v3.1": "deepseek-v3.1",
		"deepseek-v4-flash": "deepseek-v4", "perplexity-ai/r1-1776": "perplexity-ai/r1-1776", "tngtech/DeepSeek-R1T-Chimera": "tngtech/deepseek-r1t-chimera",
		"deepseek-r2": "deepseek-r2", "deepseek-r1-distill": "deepseek-r1-distill",
	} {
		if hint := cat.Resolve(spelling); hint == nil || hint.Query != query || hint.Model != "" {
			t.Errorf("%q resolves to %+v, want %q and none of the nine", spelling, hint, query)
		}
	}
	if hint := cat.Resolve("deepseek-r1:8b"); hint == nil || !strings.Contains(hint.Meaning, "Qwen3") || !strings.Contains(hint.Meaning, "Llama") {
		t.Errorf("deepseek-r1:8b does not say that it was two models: %+v", hint)
	}
}

// The plan holds the article's seven metrics, each with what to log for it, and the log fields answer its four questions.
func TestTheMonitoringPlanIsWhole(t *testing.T) {
	cat := facts(t)
	if len(cat.Monitoring) != 7 {
		t.Errorf("%d metrics, want 7", len(cat.Monitoring))
	}
	for _, m := range cat.Monitoring {
		if !strings.Contains(m.Note, "Log") {
			t.Errorf("%s does not say what to log for it", m.Metric)
		}
	}
	for _, c := range cat.Claims {
		if c.ID != "log-fields" {
			continue
		}
		for _, field := range []string{"model", "user", "route", "attempt number", "request id", "cost", "status"} {
			if !strings.Contains(c.Text, field) {
				t.Errorf("the log fields leave out the %s", field)
			}
		}
		return
	}
	t.Error("no claim names the log fields")
}
