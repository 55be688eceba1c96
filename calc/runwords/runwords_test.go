package runwords_test

import (
	"regexp"
	"strings"
	"testing"

	"hostwise/assets"
	"hostwise/calc/catalog"
	"hostwise/calc/runwords"
)

// logTalk is what belongs to a log and not to a sentence: keys, switches, equations, placeholders.
var logTalk = regexp.MustCompile(`[a-z]_[a-z]|=|bpw|\bn/a\b|\bbytes\b|per log|arch-|CUDA device|tok/s|\?|  |, ,|: ,|~|\bGPU\)`)

// The figures are those of the catalogue's rows; the words follow from their fields.
func TestAMeasuredRunIsASentence(t *testing.T) {
	cat := shipped(t)
	speeds := map[string]string{
		"sglang-96h100-prefill-4096": "R1 671B in FP8 on 32 × H100 SXM, SGLang. Reading prompts: 50,302 tokens a second, each server of 8; prompts of 4,096 tokens.",
		"sglang-16h200-mtp-base":     "R1 671B in FP8 on 16 × H200, SGLang. Writing answers: 51 tokens a second, each device; 32 requests at once, prompts of 65,536 tokens, answers of 4,096.",
	}
	for id, want := range speeds {
		found := false
		for i := range cat.SpeedRuns {
			if r := &cat.SpeedRuns[i]; r.ID == id {
				found = true
				if got := runwords.Speed(cat, r).Sentence(); got != want {
					t.Errorf("%s:\n got %s\nwant %s", id, got, want)
				}
			}
		}
		if !found {
			t.Errorf("the catalogue has no run %s", id)
		}
	}
	amounts := map[string]string{
		"M117": "Llama-3.1-8B-Instruct, the shape of the 8B distill, in BF16 on 2 × H100 SXM, vLLM 0.19.0. Outside the framework: 2.07 GiB, each device; context of 8,192 tokens.",
	}
	for i := range cat.MemoryRuns {
		if r := &cat.MemoryRuns[i]; amounts[r.ID] != "" {
			if got := runwords.Memory(cat, r).Sentence(); got != amounts[r.ID] {
				t.Errorf("%s:\n got %s\nwant %s", r.ID, got, amounts[r.ID])
			}
			delete(amounts, r.ID)
		}
	}
	for id := range amounts {
		t.Errorf("the catalogue has no run %s", id)
	}
}

func TestNoSentenceOfARunSpeaksLikeALog(t *testing.T) {
	cat := shipped(t)
	hold := func(id string, w runwords.Words, note string) {
		plain, _ := runwords.PlainNote(note)
		for _, words := range []string{w.Sentence(), plain} {
			words = strings.ReplaceAll(words, "ik_llama.cpp", "the fork") // its name
			if bad := logTalk.FindString(words); bad != "" {
				t.Errorf("%s says %q in: %s", id, bad, words)
			}
		}
		if w.Model == "" || w.What == "" || w.Amount == "" {
			t.Errorf("%s lacks words: %+v", id, w)
		}
	}
	for i := range cat.SpeedRuns {
		r := &cat.SpeedRuns[i]
		hold(r.ID, runwords.Speed(cat, r), r.Note)
	}
	for i := range cat.MemoryRuns {
		r := &cat.MemoryRuns[i]
		hold(r.ID, runwords.Memory(cat, r), r.Note)
	}
}

// A note is parted and never lost: every word of it is in one of the two.
func TestANoteKeepsEveryWord(t *testing.T) {
	cat := shipped(t)
	for i := range cat.MemoryRuns {
		note := cat.MemoryRuns[i].Note
		plain, log := runwords.PlainNote(note)
		if got, want := len(strings.Fields(plain))+len(strings.Fields(log)), len(strings.Fields(note)); got != want {
			t.Errorf("%q has %d words, its parts %d: %q and %q", note, want, got, plain, log)
		}
	}
	plain, log := runwords.PlainNote("F32 incl. Block scales are in it. N_ubatch=512 flash_attn=1. Fully on GPU.")
	if plain != "F32 incl. Block scales are in it. Fully on GPU." || log != "N_ubatch=512 flash_attn=1." {
		t.Errorf("parted into %q and %q", plain, log)
	}
}

func TestAnOwnRunHasWordsToo(t *testing.T) {
	cat := shipped(t)
	r := catalog.SpeedRun{ID: "yours-run", Model: "r1-distill-qwen-32b", ParsedModel: "r1-distill-qwen-32b", ParsedPrecision: "fp8", ParsedEngine: "vllm",
		ParsedDevice: "h200-sxm", GPUs: 2, ParsedConcurrency: 16, Value: 1450, OutputTokS: 1450, Unit: "tok/s", Per: "total", Phase: "mixed"}
	want := "32B distill in FP8 on 2 × H200, vLLM. Answers, with their prompts being read too: 1,450 tokens a second, the whole set-up; 16 requests at once."
	if got := runwords.Speed(cat, &r).Sentence(); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// The row is the catalogue's own: 151.1 tokens a second a device at 32 requests at once.
func TestACitedRunHasItsDateAndSource(t *testing.T) {
	cat := shipped(t)
	for i := range cat.SpeedRuns {
		r := &cat.SpeedRuns[i]
		got := runwords.Cited(cat, r)
		if !strings.HasSuffix(got, " ("+r.AsOf+", "+r.Source+")") || logTalk.MatchString(strings.TrimSuffix(got, r.Source+")")) && !strings.Contains(got, "ik_llama.cpp") {
			t.Errorf("%s is cited as %q", r.ID, got)
		}
	}
}

func shipped(t *testing.T) *catalog.Catalog {
	t.Helper()
	c, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	return c
}
