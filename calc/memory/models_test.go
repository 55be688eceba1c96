package memory

import (
	"reflect"
	"testing"
)

// The set-up's own model says the same here as among its precisions: two figures of one case cannot disagree.
func TestByModelAgreesWithByPrecision(t *testing.T) {
	cat := facts(t)
	for _, own := range []string{"deepseek-r1", "r1-distill-qwen-32b"} {
		m := cat.Model(own)
		s := Solve(cat, Setup{Model: m, Precision: m.ReleasedPrecision, KV: "bf16", Engine: "vllm", Device: cat.Device("h200-sxm"), ContextTokens: 32768, Sequences: 4, LayersOnDevice: -1}).Setup
		rows := ByModel(cat, s, "")
		if len(rows) != len(cat.Models) {
			t.Fatalf("%d rows for %d models", len(rows), len(cat.Models))
		}
		for _, r := range rows {
			if !r.Released || r.Row.TotalBytes == nil || r.Row.TotalBytes.Likely <= 0 {
				t.Errorf("%s stands in %s, released: %v", r.Model, r.Row.Precision, r.Released)
			}
			if r.Model != own {
				continue
			}
			for _, p := range ByPrecision(cat, s) {
				if p.Precision == s.Precision && p.Kind == "deploy" && !reflect.DeepEqual(p, r.Row) {
					t.Errorf("%s is %+v among models and %+v among precisions", own, r.Row, p)
				}
			}
		}
	}
}

// A precision that the person named holds for every model made in it; the rest stand as released.
func TestByModelTakesTheNamedPrecisionWhereItIsMade(t *testing.T) {
	cat := facts(t)
	m := cat.Model("deepseek-r1")
	s := Solve(cat, Setup{Model: m, Precision: "gguf-ud-iq1_s", KV: "bf16", Engine: "llama.cpp", Device: cat.Device("h200-sxm"), ContextTokens: 8192, Sequences: 1, LayersOnDevice: -1}).Setup
	for _, r := range ByModel(cat, s, "gguf-q4_k_m") {
		want := "gguf-q4_k_m"
		if r.Model == m.ID {
			want = "gguf-ud-iq1_s" // its own stays the set-up's
		}
		if r.Row.Precision != want {
			t.Errorf("%s stands in %s, want %s", r.Model, r.Row.Precision, want)
		}
	}
	for _, r := range ByModel(cat, s, "gguf-ud-iq1_s") { // no such mix of a distill was published
		if r.Family == "distill" && (r.Row.Precision != "bf16" || !r.Released) {
			t.Errorf("%s stands in %s", r.Model, r.Row.Precision)
		}
	}
	// More parameters in one format never need less.
	last := 0.0
	for _, id := range []string{"r1-distill-qwen-1.5b", "r1-distill-qwen-7b", "r1-distill-qwen-14b", "r1-distill-qwen-32b", "r1-distill-llama-70b"} {
		for _, r := range ByModel(cat, s, "gguf-q4_k_m") {
			if r.Model == id {
				if *r.Row.WeightsBytes <= last {
					t.Errorf("%s has %g bytes of weights, the smaller one before it %g", id, *r.Row.WeightsBytes, last)
				}
				last = *r.Row.WeightsBytes
			}
		}
	}
	if ByModel(cat, Setup{}, "") != nil || ByModel(nil, s, "") != nil {
		t.Error("rows of no model")
	}
}

func BenchmarkByModel(b *testing.B) {
	cat := facts(b)
	s := Solve(cat, Setup{Model: cat.Model("deepseek-r1"), Precision: "fp8", KV: "bf16", Engine: "vllm", Device: cat.Device("h200-sxm"), ContextTokens: 32768, Sequences: 4, LayersOnDevice: -1}).Setup
	for b.Loop() {
		ByModel(cat, s, "")
	}
}
