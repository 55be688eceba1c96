package serving

import (
	"math"
	"testing"

	"hostwise/assets"
	"hostwise/calc/catalog"
	"hostwise/calc/memory"
)

// facts is the embedded catalogue.
func facts(t testing.TB) *catalog.Catalog {
	t.Helper()
	cat, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	return cat
}

// within fails unless got is within a share of want.
func within(t *testing.T, what string, got, want, share float64) {
	t.Helper()
	if !(math.Abs(got-want) <= share*math.Abs(want)) {
		t.Errorf("%s: got %.6g, want %.6g within %.3g %% (off by %+.3g %%)", what, got, want, share*100, 100*(got/want-1))
	}
}

// solved is a set-up as the memory solver lays it out.
func solved(cat *catalog.Catalog, model, precision, engine, device string, devices int, change func(*memory.Setup)) memory.Plan {
	s := memory.Setup{
		Model: cat.Model(model), Precision: precision, KV: "bf16", Engine: engine, Device: cat.Device(device), Devices: devices,
		ContextTokens: 4096, Sequences: 1, LayersOnDevice: -1,
	}
	s.Host = cat.HostFor(s.Device, max(1, devices))
	if change != nil {
		change(&s)
	}
	return memory.Solve(cat, s)
}

// The table of the research: how many of 256 experts a batch touches when each token picks eight.
func TestDistinctExperts(t *testing.T) {
	for batch, want := range map[float64]float64{1: 8, 4: 30.5, 8: 57, 16: 102, 32: 163, 64: 222, 128: 251} {
		if got := DistinctExperts(256, 8, batch); math.Abs(got-want) > 0.8 {
			t.Errorf("D(%g) = %.2f, want %.1f", batch, got, want)
		}
	}
	if got := DistinctExperts(0, 0, 8); got != 0 {
		t.Errorf("a dense model touches %g experts, want 0", got)
	}
}

// R1's parameters by part, as counted in the research from its configuration.
func TestShapeOfR1(t *testing.T) {
	cat := facts(t)
	s := shapeOf(cat.Model("deepseek-r1"))
	within(t, "routed parameters", s.experts, 653.9e9, 0.001)
	within(t, "parameters of a token without embedding", s.active(), 36.63e9, 0.003)
	within(t, "attention operations of a generated token at 1,000 of context", s.decodeOps*1000, 61*2*128*1088*1000, 1e-9)
	dense := shapeOf(cat.Model("r1-distill-llama-70b"))
	within(t, "70B parameters read", dense.active(), 70.553706496e9-128256*8192, 1e-9)
}

// Tokens a step with drafts: (1 - p^(g+1)) / (1 - p), and R1's own draft layer as measured.
func TestKeptTokens(t *testing.T) {
	within(t, "p 0.8, 2 drafts", keptTokens(0.8, 2), 1+0.8+0.64, 1e-12)
	within(t, "every draft kept", keptTokens(1, 3), 4, 1e-12)
	cat := facts(t)
	for drafts, want := range map[int][2]float64{1: {1.85, 1.95}, 2: {2.3, 2.6}, 3: {2.5, 2.9}} {
		p := solved(cat, "deepseek-r1", "fp8", "sglang", "h200-sxm", 8, func(s *memory.Setup) { s.SpeculativeTokens = drafts })
		got := stepOf(&p, Options{}, &physics).accepted
		if got < want[0] || got > want[1] {
			t.Errorf("%d drafts keep %.2f tokens a step, want %.2f to %.2f", drafts, got, want[0], want[1])
		}
	}
}

// Output of eight H200 in FP8 at 1k in and 2k out, the better of a tensor split and attention in data-parallel:
// the research's table, whose last point was checked against 11,489 measured under TensorRT-LLM.
func TestEightH200(t *testing.T) {
	cat := facts(t)
	model := New(cat)
	load := Load{Input: 1024, Output: 2048}
	split := model.Prepare(solved(cat, "deepseek-r1", "fp8", "sglang", "h200-sxm", 8, nil))
	apart := model.Prepare(solved(cat, "deepseek-r1", "fp8", "tensorrt-llm", "h200-sxm", 8, func(s *memory.Setup) { s.DataParallelAttention = true }))
	for c, want := range map[float64]float64{16: 903, 32: 1297, 64: 2025, 128: 3426, 256: 5714, 512: 8672, 1024: 11702} {
		got := max(split.At(load, c).Output, apart.At(load, c).Output)
		within(t, "best of both", got, want, 0.12)
	}
	within(t, "against the measurement", apart.At(load, 1024).Output, 11489, 0.08)
	if split.At(load, 1024).Output > apart.At(load, 1024).Output/2 {
		t.Error("at 1,024 requests a tensor split, which copies the cache on every device, should be far below")
	}
}

// A run outside the rows that the constants were fitted on: eight B200 in FP4 under TensorRT-LLM, 1k in and 2k out.
func TestEightB200(t *testing.T) {
	cat := facts(t)
	p := solved(cat, "deepseek-r1", "nvfp4", "tensorrt-llm", "b200", 8, func(s *memory.Setup) { s.DataParallelAttention, s.KV = true, "fp8" })
	m := stepOf(&p, Options{}, &physics)
	for c, want := range map[float64]float64{3072: 4548, 7168: 5393} {
		_, answer := m.cycle(Load{Input: 1024, Output: 2048}, c)
		within(t, "tokens a second a device", c*2048/answer/8, want, 0.15)
	}
}

// Cards in a layer split take turns: two 4090 served an 8B at 122.6 tokens a second, one at 127.7.
func TestLayerSplitTakesTurns(t *testing.T) {
	cat := facts(t)
	model := New(cat)
	load := Load{Input: 512, Output: 512}
	one := model.Prepare(solved(cat, "r1-distill-llama-8b", "gguf-q4_k_m", "llama.cpp", "rtx4090", 1, nil)).At(load, 1)
	two := model.Prepare(solved(cat, "r1-distill-llama-8b", "gguf-q4_k_m", "llama.cpp", "rtx4090", 2, nil)).At(load, 1)
	within(t, "one card", one.Decode, 127.7, 0.05)
	within(t, "two cards", two.Decode, 122.6, 0.05)
	if two.Prefill <= one.Prefill {
		t.Error("a second card gains some prompt speed")
	}
}

// The same two cards in a tensor split work at once.
func TestTensorSplitWorksAtOnce(t *testing.T) {
	cat := facts(t)
	model := New(cat)
	load := Load{Input: 512, Output: 512}
	one := model.Prepare(solved(cat, "r1-distill-llama-70b", "fp8", "vllm", "h200-sxm", 1, nil)).At(load, 1)
	two := model.Prepare(solved(cat, "r1-distill-llama-70b", "fp8", "vllm", "h200-sxm", 2, nil)).At(load, 1)
	if gain := two.Decode / one.Decode; gain < 1.3 || gain > 2 {
		t.Errorf("two cards are %.2f times one, want 1.3 to 2", gain)
	}
}

// Small systems of the research: tokens a second for one user.
func TestSmallSystems(t *testing.T) {
	cat := facts(t)
	model := New(cat)
	at := func(p memory.Plan) float64 { return model.Prepare(p).At(Load{Input: 64, Output: 256}, 1).Decode }
	within(t, "R1 Q8_0 on one Xeon 6980P", at(solved(cat, "deepseek-r1", "gguf-q8_0", "llama.cpp", "xeon6-1s", 1, nil)), 7.52, 0.1)
	within(t, "R1 UD-Q2_K_XL on one Xeon 6980P", at(solved(cat, "deepseek-r1", "gguf-ud-q2_k_xl", "llama.cpp", "xeon6-1s", 1, nil)), 9.94, 0.1)
	two := at(solved(cat, "deepseek-r1", "gguf-q8_0", "llama.cpp", "xeon6-2s", 1, nil))
	within(t, "R1 Q8_0 on two", two, 5.81, 0.1)
	within(t, "R1 INT8 on the matrix units of two", at(solved(cat, "deepseek-r1", "int8", "sglang", "xeon6-2s", 1, nil)), 14.71, 0.15)
	hybrid := solved(cat, "deepseek-r1", "gguf-q4_k_m", "ktransformers", "rtx4090", 1, func(s *memory.Setup) {
		s.Host = &catalog.Host{ID: "epyc", BandwidthGBs: 460.8, MemoryBytes: 768 << 30, Slots: 1}
		s.ExpertsInHostMemory = true
	})
	within(t, "R1 Q4_K_M, experts on an EPYC 9654", at(hybrid), 14, 0.15)
	low := solved(cat, "deepseek-r1", "gguf-ud-iq1_s", "llama.cpp", "h100-sxm", 2, nil)
	if got := at(low); got > 14.1 {
		t.Errorf("1.58 bits on two H100: %.1f tokens a second, but unpacking was measured to allow 14", got)
	}
	within(t, "70B on a DGX Spark", at(solved(cat, "r1-distill-llama-70b", "gguf-q4_k_m", "ollama", "dgx-spark", 1, nil)), 4.71, 0.08)
}

// Layers that spill are read at the host's speed, one after the other: a 32B on a 12 GB card, 4.1 tokens a second
// where a 14B that fits does 56.
func TestSpillIsSerial(t *testing.T) {
	cat := facts(t)
	model := New(cat)
	host := &catalog.Host{ID: "desktop", BandwidthGBs: 83, MemoryBytes: 64 << 30, Slots: 1}
	fits := model.Prepare(solved(cat, "r1-distill-qwen-14b", "gguf-q4_k_m", "llama.cpp", "rtx5070", 1, nil)).At(Load{Output: 300}, 1).Decode
	p := solved(cat, "r1-distill-qwen-32b", "gguf-q4_k_m", "llama.cpp", "rtx5070", 1, func(s *memory.Setup) {
		s.Host, s.LayersOnDevice = host, 32
	})
	if p.HostBytes <= 0 {
		t.Fatalf("the solver puts nothing in host memory: %+v", p.Setup)
	}
	spills := model.Prepare(p).At(Load{Output: 300}, 1).Decode
	within(t, "14B that fits", fits, 56.4, 0.08)
	if spills < 2.5 || spills > 7 {
		t.Errorf("32B that spills half: %.1f tokens a second, measured 4.1", spills)
	}
}

// Speculative decoding: what one step checks is read for all of its tokens, so drafts help one user most.
func TestDraftsHelpOneUserMost(t *testing.T) {
	cat := facts(t)
	plain := solved(cat, "deepseek-r1", "fp8", "sglang", "b300", 8, nil)
	drafts := plain
	drafts.SpeculativeTokens = 3
	load := Load{Input: 1024, Output: 1024}
	gain := func(c float64) float64 {
		a, b := stepOf(&plain, Options{}, &physics), stepOf(&drafts, Options{}, &physics)
		_, slow := a.cycle(load, c)
		_, fast := b.cycle(load, c)
		return slow / fast
	}
	if one, many := gain(1), gain(512); one < 1.8 || many > one*0.8 {
		t.Errorf("three drafts gain %.2f times for one user and %.2f times at 512", one, many)
	}
}

// Stages of a pipeline work on different requests: one user gains nothing from a second server, many do.
func TestPipelineBetweenServers(t *testing.T) {
	cat := facts(t)
	one := solved(cat, "deepseek-r1", "fp8", "vllm", "h100-sxm", 16, func(s *memory.Setup) { s.TensorParallel, s.PipelineParallel = 8, 2 })
	m := stepOf(&one, Options{}, &physics)
	if m.stages != 2 {
		t.Fatalf("stages %g, want 2", m.stages)
	}
	within(t, "two users cost one step", m.step(2, 1000), m.step(1, 1000), 1e-12)
	if m.step(64, 1000) <= m.step(2, 1000) {
		t.Error("past one request a stage the step grows")
	}
}

// Speed falls with context: R1 on an M3 Ultra to about 6 tokens a second at 13k (research, section 3), and from 14
// at 1k to 10 at 10k with its experts on an EPYC 9654 (the run's own words).
func TestSpeedFallsWithContext(t *testing.T) {
	cat := facts(t)
	model := New(cat)
	mac := model.Prepare(solved(cat, "deepseek-r1", "gguf-q4_k_m", "llama.cpp", "m3ultra-512", 1, nil))
	if near, far := mac.At(Load{Input: 100, Output: 200}, 1).Decode, mac.At(Load{Input: 13000, Output: 200}, 1).Decode; near < 14 || far < 4.5 || far > 8.5 {
		t.Errorf("M3 Ultra: %.1f tokens a second at once, %.1f at 13k", near, far)
	}
	p := solved(cat, "deepseek-r1", "gguf-q4_k_m", "ktransformers", "rtx4090", 1, func(s *memory.Setup) {
		s.Host = &catalog.Host{ID: "epyc", BandwidthGBs: 460.8, MemoryBytes: 768 << 30, Slots: 1}
	})
	s := model.Prepare(p)
	within(t, "10k over 1k", s.At(Load{Input: 10000, Output: 2}, 1).Decode/s.At(Load{Input: 1000, Output: 2}, 1).Decode, 10.0/14, 0.15)
}

// Prompt rates a device of five published prefill pools, 1k to 4k prompts: from H20, short of arithmetic, to
// GB300, short of bandwidth. One share of arithmetic and one traffic a token hold for all.
func TestPublishedPromptRates(t *testing.T) {
	cat := facts(t)
	for _, c := range []struct {
		device, precision string
		prompt, want      float64
	}{
		{"h100-sxm", "fp8", 1024, 57674.0 / 8}, {"h100-sxm", "fp8", 4096, 50302.0 / 8}, {"h20", "fp8", 4096, 16500.0 / 8},
		{"gb200", "fp8", 2000, 18471}, {"gb200", "nvfp4", 2000, 26156}, {"gb300", "nvfp4", 2048, 22476},
	} {
		p := solved(cat, "deepseek-r1", c.precision, "sglang", c.device, 8, func(s *memory.Setup) { s.DataParallelAttention = true })
		m := stepOf(&p, Options{}, &physics)
		within(t, c.device+" "+c.precision, c.prompt/m.promptWork(Load{Input: c.prompt})/8, c.want, 0.3)
	}
}
