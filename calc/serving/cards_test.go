package serving

import (
	"math"
	"testing"

	"hostwise/calc/memory"
	"pgregory.net/rapid"
)

// Unlike cards take turns: the time of a step is what each card takes for its layers, so that two halves of a
// model on two cards run at the harmonic mean of the cards' own speeds, less the hop.
func TestUnlikeCardsAddTheirTimes(t *testing.T) {
	cat := facts(t)
	m := New(cat)
	step := func(first, second string, n, of int) engineModel {
		s := memory.Setup{Model: cat.Model("r1-distill-llama-8b"), Precision: "gguf-q4_k_m", KV: "bf16", Engine: "llama.cpp",
			Device: cat.Device(first), Devices: n, Second: cat.Device(second), Seconds: of, ContextTokens: 8192, LayersOnDevice: -1}
		p := memory.Solve(cat, s)
		return m.PrepareWith(p, Options{}).model
	}
	physicsOf := func(first, second string, n, of int) float64 {
		s := memory.Setup{Model: cat.Model("r1-distill-llama-8b"), Precision: "gguf-q4_k_m", KV: "bf16", Engine: "llama.cpp",
			Device: cat.Device(first), Devices: n, Second: cat.Device(second), Seconds: of, ContextTokens: 8192, LayersOnDevice: -1}
		p := memory.Solve(cat, s)
		e := stepOf(&p, Options{}, &physics)
		return e.fixed - float64(p.Cards()-1)*physics.hop
	}
	fast, slow := physicsOf("rtx4090", "", 1, 0), physicsOf("rtx3060-12", "", 1, 0)
	mixed := physicsOf("rtx4090", "rtx3060-12", 1, 1)
	share := 22.0 / 32 // of 33 places the first card takes 0.6657, that is 22 layers
	want := share*fast + (1-share)*slow
	if math.Abs(mixed/want-1) > 1e-9 {
		t.Errorf("a step takes %.6f s, want %.6f", mixed, want)
	}
	if a, b := step("rtx4090", "rtx3060-12", 1, 1).fixed, step("rtx4090", "", 1, 0).fixed; a <= b {
		t.Errorf("a slower card beside a fast one cannot be faster: %.6f and %.6f", a, b)
	}
}

// A set-up with a second kind of card is never taken for the measured one without.
func TestUnlikeCardsAreNoMeasuredSetUp(t *testing.T) {
	cat := facts(t)
	s := memory.Setup{Model: cat.Model("r1-distill-llama-8b"), Precision: "gguf-q4_k_m", KV: "bf16", Engine: "llama.cpp",
		Device: cat.Device("rtx4090"), Devices: 1, Second: cat.Device("rtx3090"), Seconds: 1, ContextTokens: 8192, LayersOnDevice: -1}
	server := New(cat).Prepare(memory.Solve(cat, s))
	if server.Basis == MeasuredBasis || server.Basis == InterpolatedBasis || len(server.same) > 0 {
		t.Errorf("%s by %q", server.Basis, server.Nearest)
	}
}

// A faster second card never slows the set-up.
func TestAFasterSecondCardNeverSlows(t *testing.T) {
	cat := facts(t)
	m := New(cat)
	rapid.Check(t, func(t *rapid.T) {
		second := *cat.Device(rapid.SampledFrom([]string{"rtx3060-12", "rtx3090", "a6000", "l40s"}).Draw(t, "second"))
		s := memory.Setup{Model: cat.Model("r1-distill-qwen-32b"), Precision: "gguf-q4_k_m", KV: "bf16", Engine: "llama.cpp",
			Device: cat.Device("rtx4090"), Devices: 1, Second: &second, Seconds: rapid.IntRange(1, 3).Draw(t, "how many"),
			ContextTokens: 8192, LayersOnDevice: -1}
		load := Load{Input: rapid.Float64Range(1, 8000).Draw(t, "input"), Output: rapid.Float64Range(1, 4000).Draw(t, "output")}
		at := func() float64 { return m.Prepare(memory.Solve(cat, s)).At(load, 1).Output }
		before := at()
		second.BandwidthGBs *= rapid.Float64Range(1, 4).Draw(t, "faster")
		if after := at(); after < before*(1-1e-9) {
			t.Fatalf("%.3f tokens a second after %.3f", after, before)
		}
	})
}
