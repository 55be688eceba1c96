package memory

import (
	"math"
	"strings"
	"testing"

	"hostwise/calc/catalog"
	"pgregory.net/rapid"
)

// unlike is a set-up on cards of two kinds.
func unlike(cat *catalog.Catalog, model, precision, engine, first string, n int, second string, m int) Setup {
	s := setup(cat, model, precision, engine, "", first)
	s.Devices, s.Second, s.Seconds = n, cat.Device(second), m
	return s
}

// llama.cpp's default split: 23.6 and 11.85 GiB are 0.6657 of the memory, so that of 65 layers (64 and the output)
// the first card takes those below 43.27, that is 44, and the second one 20 and the output.
func TestUnlikeCardsShareByMemory(t *testing.T) {
	cat := facts(t)
	p := Solve(cat, unlike(cat, "r1-distill-qwen-32b", "gguf-q4_k_m", "llama.cpp", "rtx4090", 1, "rtx3060-12", 1))
	if len(p.Shares) != 2 || p.Shares[0].Layers != 44 || p.Shares[1].Layers != 20 {
		t.Fatalf("shares: %+v", p.Shares)
	}
	if p.Shares[0].ID != "rtx4090" || p.Shares[1].ID != "rtx3060-12" || p.PipelineParallel != 2 || p.Devices != 1 || p.Cards() != 2 {
		t.Errorf("%d devices, %d stages, %+v", p.Devices, p.PipelineParallel, p.Shares)
	}
	closeTo(t, "weights on the cards", p.Shares[0].Weights+p.Shares[1].Weights+p.HostBytes, p.WeightsBytes, 1e-12)
	closeTo(t, "cache on the cards", p.Shares[0].KV+p.Shares[1].KV, p.KVBytes, 1e-12)
	fullest := p.Shares[0]
	if q := p.Shares[1]; q.Used/q.Capacity > fullest.Used/fullest.Capacity {
		fullest = q
	}
	closeTo(t, "the fullest card is the one described", p.PerDevice.Used, fullest.Used, 1e-12)
	if p.PerDevice.Capacity != fullest.Capacity || p.Fit != Fits {
		t.Errorf("capacity %.0f of %.0f, %s", p.PerDevice.Capacity, fullest.Capacity, p.Fit)
	}
}

// Cards of two names and one size are the same as that many of one.
func TestUnlikeNamesOfOneSizeAreAlike(t *testing.T) {
	cat := facts(t)
	mixed := Solve(cat, unlike(cat, "r1-distill-llama-70b", "gguf-q4_k_m", "llama.cpp", "rtx4090", 1, "rtx3090", 1))
	alike := setup(cat, "r1-distill-llama-70b", "gguf-q4_k_m", "llama.cpp", "", "rtx4090")
	alike.Devices = 2
	p := Solve(cat, alike)
	closeTo(t, "total", mixed.Total.Likely, p.Total.Likely, 1e-12)
	closeTo(t, "room", mixed.KVCapacityTokens, p.KVCapacityTokens, 0.01)
	if mixed.Fit != p.Fit || p.Shares != nil {
		t.Errorf("%s and %s; shares %v", mixed.Fit, p.Fit, p.Shares)
	}
}

// A 70B in four bits is too large for one card of 24 GB and fits with a second of 32 GB beside it.
func TestASecondCardMakesItFit(t *testing.T) {
	cat := facts(t)
	one := setup(cat, "r1-distill-llama-70b", "gguf-q4_k_m", "llama.cpp", "", "rtx4090")
	one.Devices = 1
	if p := Solve(cat, one); p.Fit != No {
		t.Fatalf("one card: %s", p.Fit)
	}
	p := Solve(cat, unlike(cat, "r1-distill-llama-70b", "gguf-q4_k_m", "ollama", "rtx4090", 1, "rtx5090", 1))
	if p.Fit != Fits || !strings.Contains(strings.Join(p.Warnings, " "), "work in turn") {
		t.Errorf("two: %s, %q", p.Fit, p.Warnings)
	}
	for _, row := range ByPrecision(cat, p.Setup) {
		if row.Precision == "gguf-q4_k_m" && (*row.DevicesNeeded != 1 || row.Fit != Fits) {
			t.Errorf("beside the second card one is enough: %d, %s", *row.DevicesNeeded, row.Fit)
		}
	}
}

// Where unlike cards cannot add up the second kind is left out, and that is said.
func TestSecondCardsAreLeftOutAloud(t *testing.T) {
	cat := facts(t)
	for _, s := range []Setup{
		unlike(cat, "r1-distill-qwen-32b", "awq-int4", "vllm", "rtx4090", 1, "rtx3090", 1),
		unlike(cat, "r1-distill-qwen-32b", "gguf-q4_k_m", "llama.cpp", "m3ultra-512", 1, "rtx3090", 1),
		unlike(cat, "r1-distill-qwen-32b", "gguf-q4_k_m", "llama.cpp", "rtx4090", 1, "dgx-spark", 1),
		unlike(cat, "r1-distill-qwen-32b", "gguf-q4_k_m", "llama.cpp", "rtx4090", 1, "rtx3090", 0),
	} {
		p := Solve(cat, s)
		plain := s
		plain.Second, plain.Seconds = nil, 0
		if p.Shares != nil || p.Second != nil || p.Cards() != p.Devices || p.Total != Solve(cat, plain).Total {
			t.Errorf("%s on %s with %s: taken on", s.Engine, s.Device.ID, s.Second.ID)
		}
		if !strings.Contains(strings.Join(p.Warnings, " "), "left out") {
			t.Errorf("%s on %s with %s: not said: %q", s.Engine, s.Device.ID, s.Second.ID, p.Warnings)
		}
	}
}

// Whatever the cards: every layer is on one of them, the parts sum, and a further card of the second kind never
// makes the fullest card fuller than a layer and its own needs explain.
func TestUnlikeCardsHoldEveryLayer(t *testing.T) {
	cat := facts(t)
	var cards []*catalog.Device
	for i := range cat.Devices {
		if isCard(&cat.Devices[i]) {
			cards = append(cards, &cat.Devices[i])
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := anySetup(t, cat)
		s.Engine = rapid.SampledFrom([]string{"llama.cpp", "ollama", "ktransformers"}).Draw(t, "layer engine")
		s.Device = rapid.SampledFrom(cards).Draw(t, "first")
		s.Second = rapid.SampledFrom(cards).Draw(t, "second")
		s.Devices, s.Seconds = rapid.IntRange(0, 6).Draw(t, "firsts"), rapid.IntRange(1, 6).Draw(t, "seconds")
		p := Solve(cat, s)
		if len(p.Shares) != p.Cards() || p.Seconds != s.Seconds {
			t.Fatalf("%d shares of %d cards", len(p.Shares), p.Cards())
		}
		layers, weights := 0, 0.0
		for _, c := range p.Shares {
			if c.Layers < 0 || c.Used < c.Weights || math.IsNaN(c.Used) {
				t.Fatalf("a share is wrong: %+v", c)
			}
			layers += c.Layers
			weights += c.Weights
			if p.Fit == Fits && c.Used > c.Capacity {
				t.Fatalf("fits, and yet a card is over: %+v", c)
			}
		}
		if want := s.Model.Architecture.Layers; layers > want || p.LayersOnDevice < 0 && layers != want {
			t.Fatalf("%d of %d layers are placed", layers, want)
		}
		if weights > p.WeightsBytes*1.0001 {
			t.Fatalf("cards hold %.0f of %.0f", weights, p.WeightsBytes)
		}
		q := Solve(cat, p.Setup)
		if q.Total != p.Total || q.Devices != p.Devices || q.Fit != p.Fit {
			t.Fatalf("solved again it differs: %+v, %+v", p.Total, q.Total)
		}
		longer := s
		longer.ContextTokens += 5000
		needsMore(t, "more context on unlike cards", p, Solve(cat, longer))
	})
}
