package serving

import (
	"math"
	"strings"
	"testing"

	"hostwise/calc/catalog"
	"hostwise/calc/memory"
)

// A measured set-up answers with its measurement where it was measured.
func TestMeasuredPointsAreAnswered(t *testing.T) {
	cat := facts(t)
	model := New(cat)
	checked := 0
	for i := range cat.SpeedRuns {
		found, _ := observe(cat, &cat.SpeedRuns[i], &physics)
		for j := range found {
			o := &found[j]
			if o.quantity != OutputQuantity {
				continue
			}
			plan := o.plan
			plan.Supported = true
			s := model.prepare(plan, Options{}, o.setup)
			got := s.At(o.load, o.c).Output
			if math.Abs(got/o.measured-1) > 0.25 {
				continue // contradicted by its neighbours, and so not an anchor
			}
			checked++
			within(t, o.run.ID, got, o.measured, 0.03)
			if basis := s.BasisAt(o.load, o.c); basis != MeasuredBasis {
				t.Errorf("%s: basis %s at its own point", o.run.ID, basis)
			}
		}
	}
	if checked < 35 {
		t.Errorf("only %d measured points are answered with their measurement", checked)
	}
}

func TestLadder(t *testing.T) {
	cat := facts(t)
	model := New(cat)
	b300 := solved(cat, "deepseek-r1-0528", "fp8", "sglang", "b300", 8, nil)
	s := model.Prepare(b300)
	load := Load{Input: 1024, Output: 1024}
	for c, want := range map[float64]Basis{16: MeasuredBasis, 24: InterpolatedBasis, 4000: ScaledBasis} {
		if got := s.BasisAt(load, c); got != want {
			t.Errorf("at %g: %s, want %s", c, got, want)
		}
	}
	for _, word := range []string{"B300", "2026", "InferenceX"} {
		if !strings.Contains(s.Nearest, word) {
			t.Errorf("nearest run %q does not name %s", s.Nearest, word)
		}
	}
	if s.Run == nil || s.Run.ParsedDevice != "b300" {
		t.Errorf("nearest run %+v", s.Run)
	}
	near := model.Prepare(solved(cat, "deepseek-r1", "fp8", "vllm", "b200", 8, nil))
	if near.Basis != ScaledBasis {
		t.Errorf("B200 FP8 under vLLM: %s, want scaled from its neighbours", near.Basis)
	}
	far := model.Prepare(solved(cat, "r1-distill-qwen-1.5b", "bf16", "tensorrt-llm", "l4", 1, nil))
	if far.Basis != ModelledBasis {
		t.Errorf("a 1.5B on an L4 under TensorRT-LLM: %s, want modelled", far.Basis)
	}
	if far.Spread.High <= s.Spread.High {
		t.Errorf("a range with no run near (%.2f) is not wider than one with many (%.2f)", far.Spread.High, s.Spread.High)
	}
	odd := solved(cat, "r1-distill-llama-8b", "bf16", "vllm", "rtx4090", 1, nil)
	odd.Supported = false
	if got := model.Prepare(odd); got.Basis != ExtrapolatedBasis || len(got.Why) == 0 {
		t.Errorf("an unsupported combination: %s %v", got.Basis, got.Why)
	}
}

// A person's own runs outrank the catalogue's on the same set-up, and pull its neighbours along.
func TestOwnRunsOutrank(t *testing.T) {
	cat := facts(t)
	plan := solved(cat, "r1-distill-llama-8b", "gguf-q4_k_m", "llama.cpp", "rtx4090", 1, nil)
	load := Load{Input: 64, Output: 512}
	before := New(cat).Prepare(plan).At(load, 1).Decode
	own := catalog.SpeedRun{
		ID: "mine", Model: "r1-distill-llama-8b", Precision: "gguf-q4_k_m", Engine: "llama.cpp", Hardware: "rtx4090",
		GPUs: 1, Concurrency: "1", OSL: 512, Phase: "decode", Value: 100, Unit: "tok/s", Per: "total",
		Fact: catalog.Fact{Evidence: catalog.Yours, Source: "measured here", AsOf: "2026-11-20"},
	}
	with := New(cat.With(catalog.Rows{Runs: []catalog.SpeedRun{own}}))
	s := with.Prepare(plan)
	within(t, "own run", s.At(load, 1).Decode, 100, 0.03)
	if s.Run == nil || s.Run.ID != "mine" {
		t.Errorf("nearest run %+v, want the own one", s.Run)
	}
	if before < 110 {
		t.Fatalf("%.1f without the own run: the test shows nothing", before)
	}
	other := solved(cat, "r1-distill-qwen-14b", "gguf-q4_k_m", "llama.cpp", "rtx4090", 1, nil)
	if a, b := New(cat).Prepare(other).At(load, 1).Decode, with.Prepare(other).At(load, 1).Decode; b >= a {
		t.Errorf("a 14B on the same card: %.1f with the slower own run, %.1f without", b, a)
	}
}

// A run left out does not reach its own estimate.
func TestLeftOutIsOut(t *testing.T) {
	cat := facts(t)
	wrong := *cat
	wrong.SpeedRuns = append([]catalog.SpeedRun(nil), cat.SpeedRuns...)
	at := -1
	for i := range wrong.SpeedRuns {
		if wrong.SpeedRuns[i].ID == "ifx3175-b300-fp8-1k1k-g8-c16" {
			at = i
		}
	}
	if at < 0 {
		t.Fatal("the run is gone from the catalogue")
	}
	estimate := func(c *catalog.Catalog) float64 {
		for _, x := range Accuracy(c) {
			if x.Run.ID == "ifx3175-b300-fp8-1k1k-g8-c16" {
				return x.Beside.Rate.Likely
			}
		}
		return math.NaN()
	}
	before := estimate(cat)
	wrong.SpeedRuns[at].OutputTokS *= 1.5
	within(t, "estimate after its own measurement changed", estimate(&wrong), before, 1e-12)
}

// Wide clusters come from the table, with a warning, and never claim more than it.
func TestWideClusters(t *testing.T) {
	cat := facts(t)
	model := New(cat)
	plan := solved(cat, "deepseek-r1", "fp8", "sglang", "gb200", 48, func(s *memory.Setup) { s.DataParallelAttention = true })
	s := model.Prepare(plan)
	within(t, "48 GB200 at the measured load", s.At(Load{Input: 2000, Output: 1000}, 36864).Decode, 48*7583, 0.25)
	if len(s.Why) == 0 || s.Run == nil {
		t.Errorf("no warning or no run: %v %v", s.Why, s.Run)
	}
	quoted := false
	for _, why := range s.Why {
		quoted = quoted || strings.Contains(why, "73.7k") && strings.Contains(why, "14.8k")
	}
	if !quoted {
		t.Error("DeepSeek's own day is not quoted")
	}
	none := model.Prepare(solved(cat, "deepseek-r1", "fp8", "vllm", "mi300x", 64, nil))
	if none.Basis != ExtrapolatedBasis {
		t.Errorf("64 MI300X, which nobody published: %s", none.Basis)
	}
	// It is a row of the table taken down, never more than the row a device, and far less sure.
	load := Load{Input: 2000, Output: 1000}
	if none.Run == nil || !isWide(none.Run) || none.Nearest == "" || none.Spread.High < 2 {
		t.Errorf("64 MI300X rest on %v, ±%.2f", none.Run, none.Spread.High)
	}
	rate := none.Run.OutputTokS / float64(none.Run.GPUs)
	for _, c := range []float64{1, 64, 4096, 64 * fullLoad} {
		if got := none.At(load, c).Decode / 64; got > rate*1.0001 {
			t.Errorf("%.0f tokens a second a device at %.0f requests, %.0f in the table", got, c, rate)
		}
	}
	old := model.Prepare(solved(cat, "deepseek-r1", "awq-int4", "vllm", "a100-80-sxm", 64, nil))
	if a, b := old.At(load, 4096).Output, none.At(load, 4096).Output; a <= 0 || a > b {
		t.Errorf("64 A100 give %.0f tokens a second, 64 MI300X %.0f", a, b)
	}
	// Asked for as a chain of servers it is no wide cluster: each server is worked out as one, and three of them do
	// not give more than three times what one of two gives.
	chain := func(n int) *Server {
		return model.Prepare(solved(cat, "deepseek-r1", "fp8", "vllm", "h100-sxm", 8*n, func(s *memory.Setup) {
			s.TensorParallel, s.PipelineParallel = 8, n
		}))
	}
	two, three := chain(2), chain(3)
	for _, c := range []float64{1, 64, 1024} {
		a, b := two.At(load, c).Output, three.At(load, c).Output
		if b > 1.5*a || c == 1 && b > a {
			t.Errorf("%.0f requests: %.0f tokens a second on two servers, %.0f on three", c, a, b)
		}
	}
	if three.Basis != ExtrapolatedBasis || len(three.Why) == 0 {
		t.Errorf("three servers in a chain: %s", three.Basis)
	}
	// Without a single run of a wide cluster there is no figure, not a stretched one.
	bare := *cat
	bare.SpeedRuns = nil
	if got := New(&bare).Prepare(none.Plan); got.At(load, 64) != (Speed{}) || len(got.Why) == 0 {
		t.Errorf("a speed from nowhere: %+v, %v", got.At(load, 64), got.Why)
	}
}

func TestLaunchCommands(t *testing.T) {
	cat := facts(t)
	for _, c := range []struct {
		plan memory.Plan
		want []string
	}{
		{solved(cat, "deepseek-r1", "fp8", "vllm", "h200-sxm", 8, nil), []string{"vllm serve deepseek-ai/DeepSeek-R1", "--tensor-parallel-size 8", "--max-model-len 4096", "--max-num-seqs 1"}},
		{solved(cat, "deepseek-r1", "fp8", "sglang", "h200-sxm", 8, func(s *memory.Setup) { s.DataParallelAttention, s.SpeculativeTokens = true, 2 }),
			[]string{"sglang.launch_server", "--tp-size 8", "--dp-size 8 --enable-dp-attention", "--speculative-num-draft-tokens 3"}},
		{solved(cat, "deepseek-r1", "fp8", "tensorrt-llm", "h200-sxm", 8, nil), []string{"trtllm-serve", "--tp_size 8", "--max_seq_len 4096"}},
		{solved(cat, "r1-distill-llama-70b", "gguf-q4_k_m", "llama.cpp", "rtx3090", 2, func(s *memory.Setup) { s.Sequences = 4 }),
			[]string{"llama-server", "--ctx-size 16384 --parallel 4", "--split-mode layer", "Q4_K_M.gguf"}},
		{solved(cat, "r1-distill-qwen-14b", "gguf-q4_k_m", "ollama", "rtx4090", 1, nil), []string{"OLLAMA_CONTEXT_LENGTH=4096", "deepseek-r1:14b-qwen-distill-q4_K_M"}},
		{solved(cat, "deepseek-r1", "gguf-q4_k_m", "ktransformers", "rtx4090", 1, nil), []string{"ktransformers.local_chat", "--gguf_path"}},
		{solved(cat, "deepseek-r1", "mlx-4bit", "mlx", "m3ultra-512", 1, nil), []string{"mlx_lm.server"}},
	} {
		got := LaunchCommand(c.plan, Slots{c.plan.Sequences, 1000})
		for _, part := range c.want {
			if !strings.Contains(got, part) {
				t.Errorf("%s: %q lacks %q", c.plan.Engine, got, part)
			}
		}
	}
	if got := LaunchCommand(memory.Plan{}, Slots{}); got != "" {
		t.Errorf("no engine: %q", got)
	}
}

func BenchmarkNew(b *testing.B) {
	cat := facts(b)
	for b.Loop() {
		New(cat)
	}
}

func BenchmarkPrepare(b *testing.B) {
	cat := facts(b)
	model := New(cat)
	for name, plan := range map[string]memory.Plan{
		"measured": solved(cat, "deepseek-r1", "fp8", "sglang", "b300", 8, nil),
		"modelled": solved(cat, "r1-distill-qwen-32b", "fp8", "vllm", "l40s", 2, nil),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				model.Prepare(plan)
			}
		})
	}
}

func BenchmarkAt(b *testing.B) {
	cat := facts(b)
	s := New(cat).Prepare(solved(cat, "deepseek-r1", "fp8", "sglang", "b300", 8, nil))
	for name, load := range map[string]Load{"measured shape": {Input: 1024, Output: 1024}, "other shape": {Input: 3000, Output: 300}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				s.At(load, 24)
			}
		})
	}
}

func BenchmarkSequences(b *testing.B) {
	cat := facts(b)
	s := New(cat).Prepare(solved(cat, "deepseek-r1", "fp8", "sglang", "b300", 8, nil))
	for b.Loop() {
		s.Sequences(Load{Input: 3000, Output: 300}, Wish{MinPerUser: 40, MaxTTFT: 10})
	}
}

// A speed costs no memory.
func TestAtDoesNotAllocate(t *testing.T) {
	cat := facts(t)
	s := New(cat).Prepare(solved(cat, "deepseek-r1", "fp8", "sglang", "b300", 8, nil))
	if n := testing.AllocsPerRun(100, func() { s.At(Load{Input: 1024, Output: 1024}, 24) }); n != 0 {
		t.Errorf("At allocates %g times", n)
	}
}

// A person who corrects a device's bandwidth upward never makes it slower: the catalogue's runs stay with the
// device as it was when it was measured.
func TestEditedDevice(t *testing.T) {
	cat := facts(t)
	own := *cat.Device("h200-sxm")
	own.BandwidthGBs *= 2
	own.Evidence = catalog.Yours
	with := cat.With(catalog.Rows{Devices: []catalog.Device{own}})
	before := New(cat).Prepare(solved(cat, "deepseek-r1", "fp8", "sglang", "h200-sxm", 8, nil))
	after := NewOver(cat, with).Prepare(solved(with, "deepseek-r1", "fp8", "sglang", "h200-sxm", 8, nil))
	for _, load := range []Load{{Input: 1024, Output: 1024}, {Input: 100, Output: 4000}, {Input: 30000, Output: 100}} {
		for _, c := range []float64{1, 4, 30, 64, 500} {
			a, b := before.At(load, c), after.At(load, c)
			if b.Output < a.Output*(1-1e-9) {
				t.Errorf("%+v at %g: %.1f tokens a second, %.1f with twice the bandwidth", load, c, a.Output, b.Output)
			}
		}
	}
}

func TestPoints(t *testing.T) {
	cat := facts(t)
	s := New(cat).Prepare(solved(cat, "deepseek-r1", "fp8", "sglang", "b300", 8, nil))
	points := s.Points(Load{Input: 1024, Output: 1024})
	if len(points) < 5 {
		t.Fatalf("%d points of eight B300 in FP8 at 1k and 1k, the catalogue has five", len(points))
	}
	for _, p := range points {
		within(t, "a point is on the curve", s.At(p.Load, p.Concurrency).Output, p.Output, 0.03)
		if p.Words == "" {
			t.Error("a point without a source")
		}
	}
	if far := s.Points(Load{Input: 100000, Output: 10}); len(far) != 0 {
		t.Errorf("%d points for a request shape nobody measured", len(far))
	}
}

// A plan that names nothing gives no speed and says why; it never panics.
func TestNothingToComputeFrom(t *testing.T) {
	cat := facts(t)
	model := New(cat)
	blank := *cat.Device("rtx4090")
	blank.BandwidthGBs = 0
	for name, plan := range map[string]memory.Plan{
		"empty":        {},
		"no device":    memory.Solve(cat, memory.Setup{Model: cat.Model("deepseek-r1"), Precision: "fp8", Engine: "vllm"}),
		"no bandwidth": {Setup: memory.Setup{Model: cat.Model("deepseek-r1"), Precision: "fp8", Engine: "vllm", Device: &blank, Devices: 1}},
	} {
		s := model.Prepare(plan)
		if got := s.At(Load{Input: 1, Output: 1}, 1); got != (Speed{}) {
			t.Errorf("%s: %+v", name, got)
		}
		if n, _ := s.Sequences(Load{Input: 1, Output: 1}, Wish{MinPerUser: 1}); n != 0 {
			t.Errorf("%s: %g sequences", name, n)
		}
		if c := s.Capacity(Load{Input: 1, Output: 1}, Wish{}, 0.8); c.AttemptsPerHour != 0 {
			t.Errorf("%s: %+v", name, c)
		}
		if s.Basis != ExtrapolatedBasis || len(s.Why) == 0 {
			t.Errorf("%s: %s %v", name, s.Basis, s.Why)
		}
	}
}

// With no runs at all the physics stands alone, and says so.
func TestNoRuns(t *testing.T) {
	cat := facts(t)
	bare := *cat
	bare.SpeedRuns = nil
	s := New(&bare).Prepare(solved(cat, "deepseek-r1", "fp8", "sglang", "h200-sxm", 8, nil))
	if s.Basis != ModelledBasis || s.Run != nil || s.Nearest != "" {
		t.Errorf("%s, %q", s.Basis, s.Nearest)
	}
	with := New(cat).Prepare(s.Plan)
	if s.Spread.High <= with.Spread.High {
		t.Errorf("without runs ±%.2f, with runs ±%.2f", s.Spread.High, with.Spread.High)
	}
	within(t, "physics alone against physics corrected", s.At(Load{Input: 1024, Output: 1024}, 32).Output, with.At(Load{Input: 1024, Output: 1024}, 32).Output, 0.15)
}

// A closed-loop run as a person types it: ids in the plain columns, no phase, a rate of all requests.
func TestTypedRun(t *testing.T) {
	cat := facts(t)
	own := catalog.SpeedRun{
		ID: "ours", Model: "r1-distill-qwen-32b", Precision: "awq-int4", Engine: "vllm 0.11.2", Hardware: "h100-sxm", GPUs: 1,
		Concurrency: "16", ISL: 2000, OSL: 600, Value: 850, Unit: "tok/s",
		Fact: catalog.Fact{Evidence: catalog.Yours, Source: "yours", AsOf: "2026-11-20"},
	}
	s := New(cat.With(catalog.Rows{Runs: []catalog.SpeedRun{own}})).Prepare(solved(cat, "r1-distill-qwen-32b", "awq-int4", "vllm", "h100-sxm", 1, nil))
	load := Load{Input: 2000, Output: 600}
	within(t, "at its own point", s.At(load, 16).Output, 850, 0.02)
	if got := s.BasisAt(load, 16); got != MeasuredBasis {
		t.Errorf("basis %s, want measured", got)
	}
	perUser := own
	perUser.ID, perUser.Value, perUser.Per = "each", 850.0/16, "user"
	s = New(cat.With(catalog.Rows{Runs: []catalog.SpeedRun{perUser}})).Prepare(s.Plan)
	within(t, "stated a user", s.At(load, 16).Output, 850, 0.02)
	for _, bad := range []catalog.SpeedRun{{ID: "a", Precision: "fp9"}, {ID: "b", Engine: "mine"}, {ID: "c", Hardware: "abacus"}, {ID: "d", Model: "gpt"}} {
		run := own
		run.ID = bad.ID
		run.Precision, run.Engine, run.Hardware, run.Model = pick(bad.Precision, own.Precision), pick(bad.Engine, own.Engine), pick(bad.Hardware, own.Hardware), pick(bad.Model, own.Model)
		if found, reason := observe(cat, &run, &physics); len(found) != 0 || reason == "" {
			t.Errorf("%+v: %d observations, reason %q", bad, len(found), reason)
		}
	}
}

func pick(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// One sizing from end to end: memory, speed, what a replica takes, how many are needed and how long an answer takes.
// The target is 0.2 ms.
func BenchmarkSizing(b *testing.B) {
	cat := facts(b)
	model := New(cat)
	for name, s := range map[string]memory.Setup{
		"measured R1":     {Model: cat.Model("deepseek-r1"), Precision: "fp8", KV: "bf16", Engine: "sglang", Device: cat.Device("b300")},
		"R1 on two hosts": {Model: cat.Model("deepseek-r1"), Precision: "fp8", KV: "bf16", Engine: "vllm", Device: cat.Device("h100-sxm")},
		"unlike cards": {Model: cat.Model("r1-distill-llama-70b"), Precision: "gguf-q4_k_m", KV: "bf16", Engine: "llama.cpp",
			Device: cat.Device("rtx4090"), Devices: 1, Second: cat.Device("rtx5090"), Seconds: 1},
	} {
		s.ContextTokens, s.Sequences, s.LayersOnDevice = 32768, 1, -1
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			load, wish := Load{Input: 2000, Output: 600, Reasoning: 2000}, Wish{MaxTTFT: 10, MinPerUser: 15}
			busiest := Demand{Calls: 1e6, PeakToAverage: 4}.BusiestHour()
			for b.Loop() {
				server := model.Prepare(memory.Solve(cat, s))
				n := Replicas(busiest, server.Capacity(load, wish, 0.8).AttemptsPerHour)
				server.Steady(load, wish, busiest, max(1, n))
			}
		})
	}
}
