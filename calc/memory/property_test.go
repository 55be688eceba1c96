package memory

import (
	"math"
	"slices"
	"testing"

	"hostwise/calc/catalog"
	"pgregory.net/rapid"
)

// anySetup draws a set-up from the catalogue, with a number of devices or without.
func anySetup(t *rapid.T, cat *catalog.Catalog) Setup {
	model := &cat.Models[rapid.IntRange(0, len(cat.Models)-1).Draw(t, "model")]
	var deploy []string
	for _, p := range cat.PrecisionsOf(model) {
		if p.Kind == "deploy" {
			deploy = append(deploy, p.ID)
		}
	}
	return Setup{
		Model:         model,
		Precision:     rapid.SampledFrom(deploy).Draw(t, "precision"),
		KV:            rapid.SampledFrom([]string{"bf16", "fp8", "q8_0", "q4_0"}).Draw(t, "kv"),
		Engine:        cat.Engines[rapid.IntRange(0, len(cat.Engines)-1).Draw(t, "engine")].ID,
		Device:        &cat.Devices[rapid.IntRange(0, len(cat.Devices)-1).Draw(t, "device")],
		Devices:       rapid.SampledFrom([]int{0, 0, 1, 2, 4, 8, 16}).Draw(t, "devices"),
		ContextTokens: rapid.IntRange(1, 163840).Draw(t, "context"),
		Sequences:     rapid.IntRange(1, 256).Draw(t, "sequences"),

		SpeculativeTokens:     rapid.IntRange(0, 1).Draw(t, "speculative"),
		DataParallelAttention: rapid.Bool().Draw(t, "data parallel"),
		ExpertsInHostMemory:   rapid.Bool().Draw(t, "offload"),
		LayersOnDevice:        rapid.SampledFrom([]int{-1, -1, -1, 10, 28}).Draw(t, "layers"),
	}
}

// statedSetup draws a set-up in which more is stated than a person should: sizes that do not multiply, old versions.
func statedSetup(t *rapid.T, cat *catalog.Catalog) Setup {
	s := anySetup(t, cat)
	s.TensorParallel = rapid.SampledFrom([]int{0, 0, 1, 2, 3, 4, 8, 16}).Draw(t, "tensor parallel")
	s.PipelineParallel = rapid.SampledFrom([]int{0, 0, 1, 2, 3}).Draw(t, "pipeline parallel")
	s.ContextParallel = rapid.SampledFrom([]int{0, 0, 2, 8}).Draw(t, "context parallel")
	s.MemoryFraction = rapid.SampledFrom([]float64{0, 0, 0.5, 0.95}).Draw(t, "memory fraction")
	s.BatchTokens = rapid.SampledFrom([]int{0, 0, 512, 4096, 32768}).Draw(t, "batch tokens")
	if builds := cat.Engine(s.Engine).Version; len(builds) > 0 && rapid.Bool().Draw(t, "old") {
		s.EngineVersion = rapid.SampledFrom(builds).Draw(t, "version").Version
	}
	if rapid.Bool().Draw(t, "in a host") {
		s.Host = cat.HostFor(s.Device, max(s.Devices, 1))
	}
	return s
}

// needsMore fails where a demand that asks for more is given less.
func needsMore(t *rapid.T, what string, less, more Plan) {
	const rounding = 1 - 1e-12
	if more.Total.Likely < less.Total.Likely*rounding {
		t.Fatalf("%s needs less: %.0f after %.0f (%d devices after %d)", what, more.Total.Likely, less.Total.Likely, more.Devices, less.Devices)
	}
	if more.Devices < less.Devices {
		t.Fatalf("%s needs fewer devices: %d after %d", what, more.Devices, less.Devices)
	}
}

func TestMoreNeverNeedsLess(t *testing.T) {
	cat := facts(t)
	rapid.Check(t, func(t *rapid.T) {
		s := anySetup(t, cat)
		base := Solve(cat, s)
		longer := s
		longer.ContextTokens += rapid.IntRange(1, 100000).Draw(t, "longer")
		needsMore(t, "more context", base, Solve(cat, longer))
		wider := s
		wider.Sequences += rapid.IntRange(1, 300).Draw(t, "wider")
		needsMore(t, "more sequences", base, Solve(cat, wider))
		finer := s
		finer.KV = "bf16"
		needsMore(t, "a finer cache", base, Solve(cat, finer))
		predicting := s
		predicting.SpeculativeTokens++
		needsMore(t, "speculation", base, Solve(cat, predicting))
	})
}

// Precisions of one engine, in order of their loaded weights.
func TestMoreBitsNeverNeedLess(t *testing.T) {
	cat := facts(t)
	rapid.Check(t, func(t *rapid.T) {
		s := anySetup(t, cat)
		if s.Device.Vendor == "AMD" {
			t.Skip("FP8 alone is padded there, as measured")
		}
		if s.Engine == "ktransformers" {
			t.Skip("only what is not an expert is on the device, and dynamic mixes keep that finer")
		}
		type row struct {
			loaded float64
			id     string
		}
		var rows []row
		for _, p := range cat.PrecisionsOf(s.Model) {
			if _, loaded, ok := Weights(cat, s.Model, p.ID); ok && p.Kind == "deploy" && p.ID != "bf16" && p.ID != "fp32" {
				rows = append(rows, row{loaded, p.ID})
			}
		}
		slices.SortFunc(rows, func(a, b row) int {
			if a.loaded < b.loaded {
				return -1
			}
			return 1
		})
		i := rapid.IntRange(0, len(rows)-2).Draw(t, "fewer bits")
		j := rapid.IntRange(i+1, len(rows)-1).Draw(t, "more bits")
		s.SpeculativeTokens = 0 // a GGUF file has no prediction layer to load
		s.DataParallelAttention, s.ExpertsInHostMemory, s.LayersOnDevice = false, false, -1
		if rows[j].loaded < 1.05*rows[i].loaded || s.Devices == 0 && rows[j].loaded < 1.3*rows[i].loaded {
			t.Skip("formats that differ by less keep embedding, attention and first layers in unlike precisions")
		}
		less, more := s, s
		less.Precision, more.Precision = rows[i].id, rows[j].id
		a, b := Solve(cat, less), Solve(cat, more)
		if b.WeightsBytes < a.WeightsBytes || b.Devices < a.Devices {
			t.Fatalf("%s needs less than %s", more.Precision, less.Precision)
		}
		// What every rank copies is not the same share of every format, hence the tolerance.
		if b.Total.Likely < a.Total.Likely*(1-0.02) {
			t.Fatalf("%s needs %.0f, %s needs %.0f", more.Precision, b.Total.Likely, less.Precision, a.Total.Likely)
		}
	})
}

func TestTensorParallelNeverRaisesWeights(t *testing.T) {
	cat := facts(t)
	rapid.Check(t, func(t *rapid.T) {
		s := anySetup(t, cat)
		s.Engine = rapid.SampledFrom([]string{"vllm", "sglang", "tensorrt-llm"}).Draw(t, "tensor engine")
		s.DataParallelAttention, s.PipelineParallel = false, 1
		previous := 0.0
		for _, tp := range []int{1, 2, 4, 8, 16} {
			s.TensorParallel, s.Devices = tp, tp
			w := Solve(cat, s).PerDevice.Weights
			if previous > 0 && w > previous {
				t.Fatalf("tensor parallel %d holds %.0f a device, more than %.0f", tp, w, previous)
			}
			previous = w
		}
	})
}

func TestPartsSumToTheTotal(t *testing.T) {
	cat := facts(t)
	rapid.Check(t, func(t *rapid.T) {
		s := statedSetup(t, cat)
		p := Detail(cat, s)
		sum := p.WeightsBytes + p.KVBytes + p.CopiesBytes + p.ComputeBytes + p.RuntimeBytes
		if !near(sum, p.Total.Likely) {
			t.Fatalf("amounts sum to %.0f, total %.0f", sum, p.Total.Likely)
		}
		parts := p.WeightsBytes
		for _, o := range p.Overheads {
			parts += o.Bytes
			if o.Bytes < 0 || o.Range.Low > o.Range.Likely || o.Range.Likely > o.Range.High {
				t.Fatalf("%s is out of order: %+v", o.Part, o)
			}
		}
		if !near(parts, p.Total.Likely) {
			t.Fatalf("parts sum to %.0f, total %.0f", parts, p.Total.Likely)
		}
		if p.Total.Low > p.Total.Likely || p.Total.Likely > p.Total.High {
			t.Fatalf("range out of order: %+v", p.Total)
		}
		d := p.PerDevice
		if !near(d.Weights+d.KVPool+d.Compute+d.Runtime, d.Used) {
			t.Fatalf("device parts do not sum to what is used: %+v", d)
		}
		if p.Fit == Fits && d.Used+d.Reserve > d.Capacity*1.0001 {
			t.Fatalf("fits, and yet %.0f + %.0f of %.0f", d.Used, d.Reserve, d.Capacity)
		}
		if d.Replicated < 0 || d.Replicated > d.Weights+d.KVPool {
			t.Fatalf("replicated %.0f of %.0f", d.Replicated, d.Weights+d.KVPool)
		}
	})
}

// A resolved plan, solved again, is the same plan.
func TestSolveIsStable(t *testing.T) {
	cat := facts(t)
	rapid.Check(t, func(t *rapid.T) {
		s := statedSetup(t, cat)
		p := Solve(cat, s)
		if p.Devices < 1 || p.TensorParallel < 1 || p.PipelineParallel < 1 || p.Servers < 1 {
			t.Fatalf("a choice is not resolved: %+v", p.Setup)
		}
		if p.Why == "" && p.Fit != Fits {
			t.Fatalf("%s without a reason", p.Fit)
		}
		q := Solve(cat, p.Setup)
		if q.Total.Likely != p.Total.Likely && !near(q.Total.Likely, p.Total.Likely) || q.Devices != p.Devices || q.Fit != p.Fit {
			t.Fatalf("solved again it differs: %.0f on %d (%s), then %.0f on %d (%s)",
				p.Total.Likely, p.Devices, p.Fit, q.Total.Likely, q.Devices, q.Fit)
		}
	})
}

// A person may type in any model and card: nothing panics, and every amount is a number.
func TestAnyModelHasAPlan(t *testing.T) {
	cat := facts(t)
	rapid.Check(t, func(t *rapid.T) {
		s := anySetup(t, cat)
		model, device := *s.Model, *s.Device
		size := func(name string, most int) int { return rapid.IntRange(0, most).Draw(t, name) }
		model.ID = "own"
		model.Parameters = int64(size("parameters", 1<<40))
		a := &model.Architecture
		a.Layers, a.Hidden, a.Heads, a.Vocab = size("layers", 130), size("hidden", 20000), size("heads", 200), size("vocab", 300000)
		a.KVHeads, a.HeadDim, a.FFN = size("kv heads", 64), size("head dim", 256), size("ffn", 60000)
		a.RoutedExperts, a.MoEFFN, a.DenseLayers = size("experts", 512), size("moe ffn", 5000), size("dense layers", 5)
		device.VisibleBytes = int64(size("visible", 1<<40))
		device.MaxPerHost = size("per host", 16)
		s.Model, s.Device = &model, &device
		s.Precision = rapid.SampledFrom([]string{s.Precision, "raw-4bit", "unknown", "gguf-ud-iq1_s"}).Draw(t, "any precision")
		p := Solve(cat, s)
		d := p.PerDevice
		for name, v := range map[string]float64{
			"total": p.Total.Likely, "low": p.Total.Low, "high": p.Total.High, "weights": p.WeightsBytes, "kv": p.KVBytes,
			"copies": p.CopiesBytes, "compute": p.ComputeBytes, "runtime": p.RuntimeBytes, "host": p.HostBytes,
			"capacity": p.KVCapacityTokens, "used": d.Used, "pool": d.KVPool, "replicated": d.Replicated,
		} {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Fatalf("%s is %f", name, v)
			}
		}
		p.Explain()
		Neighbours(cat, p)
	})
}

func near(a, b float64) bool {
	d := a - b
	return d <= 1e-9*b && -d <= 1e-9*b
}
