package catalog_test

import (
	"testing"

	"hostwise/assets"
)

func TestShortNamesOfModels(t *testing.T) {
	cat, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]string{
		"r1": "deepseek-r1", "R1": "deepseek-r1", "671": "deepseek-r1", "671 B": "deepseek-r1", "0528": "deepseek-r1-0528", "zero": "deepseek-r1-zero",
		"70b": "r1-distill-llama-70b", "llama 70b": "r1-distill-llama-70b", "32b": "r1-distill-qwen-32b", "Qwen 32B": "r1-distill-qwen-32b",
		"qwen14b": "r1-distill-qwen-14b", "1.5b": "r1-distill-qwen-1.5b", "8": "r1-distill-llama-8b", "distill llama 8b": "r1-distill-llama-8b",
		"R1-Distill-Qwen-7B": "r1-distill-qwen-7b", "7b distill": "r1-distill-qwen-7b",
		"deepseek-ai/DeepSeek-R1-Zero": "deepseek-r1-zero", "r1-distill-qwen-32b": "r1-distill-qwen-32b",
	} {
		m := cat.ShortFor(typed)
		switch {
		case m == nil:
			t.Errorf("%q is short for nothing, want %s", typed, want)
		case m.ID != want:
			t.Errorf("%q is short for %s, want %s", typed, m.ID, want)
		}
	}
	for _, typed := range []string{"", "q", "qwen", "distill", "llama", "13b", "llama 32b", "qwen 70b", "gpt-4", "v4", "free", "banana 32b", "5b"} {
		if m := cat.ShortFor(typed); m != nil {
			t.Errorf("%q is short for %s, want nothing: it is not one model", typed, m.ID)
		}
	}
}
