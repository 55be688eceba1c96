package serving

import (
	"testing"

	"hostwise/calc/catalog"
	"hostwise/calc/memory"

	"pgregory.net/rapid"
)

// hosted is a set-up whose experts or last layers lie in the memory of a host of its own.
func hosted(cat *catalog.Catalog, engine string, sockets int, gbs float64) *Server {
	model, precision, spilled := "deepseek-r1", "gguf-q4_k_m", engine == "ollama"
	if spilled {
		model = "r1-distill-qwen-32b"
	}
	return New(cat).Prepare(solved(cat, model, precision, engine, "rtx4090", 1, func(s *memory.Setup) {
		s.ContextTokens = 8192
		s.Host = &catalog.Host{ID: "own", BandwidthGBs: gbs, Sockets: sockets, MemoryBytes: 1 << 40, Slots: 1}
		s.ExpertsInHostMemory = !spilled
		if spilled {
			s.LayersOnDevice = 40
		}
	}))
}

// More host memory bandwidth never answers slower, on one socket or on two: how many sockets there are is the row's to
// say, not the bandwidth's.
func TestMoreHostBandwidthIsNeverSlower(t *testing.T) {
	cat := facts(t)
	rapid.Check(t, func(t *rapid.T) {
		engine := rapid.SampledFrom([]string{"ktransformers", "llama.cpp", "ollama"}).Draw(t, "engine")
		sockets := rapid.IntRange(0, 2).Draw(t, "sockets")
		gbs := rapid.Float64Range(20, 1500).Draw(t, "GB/s")
		more := gbs * rapid.Float64Range(1, 3).Draw(t, "times")
		load := Load{Input: 200, Output: 200}
		for _, c := range []float64{1, 4} {
			slow, fast := hosted(cat, engine, sockets, gbs).At(load, c), hosted(cat, engine, sockets, more).At(load, c)
			if fast.Output < slow.Output*(1-1e-9) || fast.Prefill < slow.Prefill*(1-1e-9) {
				t.Fatalf("%.0f GB/s: %+v; %.0f GB/s: %+v", gbs, slow, more, fast)
			}
		}
	})
}

// A row that says nothing has one socket; two of the same memory in all are slower than one, as 5.81 and 7.52 tokens a
// second of llama.cpp on Xeon 6 show.
func TestSocketsAreTheRowsToSay(t *testing.T) {
	cat := facts(t)
	load := Load{Input: 200, Output: 200}
	for _, engine := range []string{"ktransformers", "llama.cpp", "ollama"} {
		unsaid, one, two := hosted(cat, engine, 0, 900).At(load, 1), hosted(cat, engine, 1, 900).At(load, 1), hosted(cat, engine, 2, 900).At(load, 1)
		if unsaid != one {
			t.Errorf("%s: %+v where nothing is said, %+v on one socket", engine, unsaid, one)
		}
		if two.Output >= one.Output {
			t.Errorf("%s: two sockets that share 900 GB/s answer at %.1f, one at %.1f", engine, two.Output, one.Output)
		}
	}
	if p := hosted(cat, "ktransformers", 2, 600).Plan; p.HostBytes < 1.9*hosted(cat, "ktransformers", 1, 1200).Plan.HostBytes {
		t.Errorf("two sockets hold %.0f GB, a copy of the experts each", p.HostBytes/1e9)
	}
}
