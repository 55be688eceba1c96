package serving

import (
	"math"
	"sync"
	"testing"

	"hostwise/assets"
	"hostwise/calc/catalog"
	"hostwise/calc/memory"
	"pgregory.net/rapid"
)

var modelOnce = sync.OnceValue(func() *Model {
	cat, err := assets.Catalogue()
	if err != nil {
		panic(err)
	}
	return New(cat)
})

// anySetup draws a set-up of the catalogue, sensible or not.
func anySetup(t *rapid.T, cat *catalog.Catalog) memory.Setup {
	model := &cat.Models[rapid.IntRange(0, len(cat.Models)-1).Draw(t, "model")]
	var made []string
	for i := range cat.Precisions {
		if p := &cat.Precisions[i]; p.Kind == "deploy" && p.In(model) {
			made = append(made, p.ID)
		}
	}
	device := &cat.Devices[rapid.IntRange(0, len(cat.Devices)-1).Draw(t, "device")]
	s := memory.Setup{
		Model: model, Device: device, LayersOnDevice: -1, Sequences: 1,
		Precision:     rapid.SampledFrom(made).Draw(t, "precision"),
		KV:            rapid.SampledFrom([]string{"bf16", "fp8", "q8_0"}).Draw(t, "kv"),
		Engine:        rapid.SampledFrom([]string{"vllm", "sglang", "tensorrt-llm", "llama.cpp", "ollama", "ktransformers", "mlx"}).Draw(t, "engine"),
		Devices:       rapid.SampledFrom([]int{1, 2, 4, 8, 16, 24, 72}).Draw(t, "devices"),
		ContextTokens: rapid.SampledFrom([]int{2048, 32768}).Draw(t, "context"),
	}
	s.Host = cat.HostFor(device, s.Devices)
	s.DataParallelAttention = rapid.Bool().Draw(t, "spread")
	s.SpeculativeTokens = rapid.IntRange(0, 4).Draw(t, "drafts")
	s.ExpertsInHostMemory = rapid.Bool().Draw(t, "hybrid")
	if rapid.Bool().Draw(t, "spill") {
		s.LayersOnDevice = model.Architecture.Layers / 2
	}
	return s
}

func anyLoad(t *rapid.T) Load {
	return Load{
		Input:      rapid.Float64Range(1, 60000).Draw(t, "input"),
		Output:     rapid.Float64Range(1, 8000).Draw(t, "output"),
		Reasoning:  rapid.SampledFrom([]float64{0, 0, 500, 5000}).Draw(t, "reasoning"),
		CachedHits: rapid.SampledFrom([]float64{0, 0, 0.5, 1}).Draw(t, "hits"),
	}
}

// measuredLoad draws a request near the shapes that were measured, where the anchors act.
func measuredLoad(t *rapid.T) Load {
	shape := rapid.SampledFrom([][2]float64{{1024, 1024}, {1024, 8192}, {8192, 1024}, {217, 253}, {1024, 256}}).Draw(t, "shape")
	off := rapid.Float64Range(0.5, 2).Draw(t, "off")
	return Load{Input: shape[0] * off, Output: shape[1]}
}

// More concurrency never lowers the total, never raises a user's speed, and never shortens an answer.
func TestConcurrencyKeepsItsOrder(t *testing.T) {
	model := modelOnce()
	rapid.Check(t, func(t *rapid.T) {
		server := model.Prepare(memory.Solve(model.cat, anySetup(t, model.cat)))
		keepsOrder(t, server, anyLoad(t))
	})
}

// The same where measured points pull the curve.
func TestMeasuredCurvesKeepTheirOrder(t *testing.T) {
	model := modelOnce()
	var plans []memory.Plan
	for i := range model.cat.SpeedRuns {
		if found, _ := observe(model.cat, &model.cat.SpeedRuns[i], &physics); len(found) > 0 {
			plans = append(plans, found[0].plan)
		}
	}
	if len(plans) < 50 {
		t.Fatalf("only %d measured set-ups", len(plans))
	}
	rapid.Check(t, func(t *rapid.T) {
		plan := rapid.SampledFrom(plans).Draw(t, "plan")
		plan.Supported = true
		keepsOrder(t, model.Prepare(plan), measuredLoad(t))
	})
}

func keepsOrder(t *rapid.T, server *Server, load Load) {
	c := math.Exp(rapid.Float64Range(-1, 8).Draw(t, "log concurrency"))
	more := c * (1 + rapid.Float64Range(0.0001, 3).Draw(t, "more"))
	a, b := server.At(load, c), server.At(load, more)
	const rounding = 1 + 1e-9
	for what, bad := range map[string]bool{
		"total falls":            b.Output*rounding < a.Output,
		"a user's speed rises":   b.PerUser > a.PerUser*rounding,
		"an answer gets shorter": b.Answer*rounding < a.Answer,
		"not a number":           math.IsNaN(a.Output + a.Decode + a.Prefill + a.TTFT + a.TPOT + a.Answer),
		"nothing comes out":      !(a.Output > 0 && a.PerUser > 0 && a.Answer > 0 && !math.IsInf(a.Answer, 1)),
	} {
		if bad {
			t.Fatalf("%s: at %g %+v, at %g %+v, step %+v", what, c, a, more, b, server.model)
		}
	}
	if math.Abs(a.Answer-(a.TTFT+load.Decoded()*a.TPOT)) > 1e-9*a.Answer {
		t.Fatalf("answer %g is not first token %g plus %g x %g", a.Answer, a.TTFT, load.Decoded(), a.TPOT)
	}
}

// A device with more bandwidth, all else the same, is never slower.
func TestBandwidthNeverSlows(t *testing.T) {
	model := modelOnce()
	rapid.Check(t, func(t *rapid.T) {
		setup := anySetup(t, model.cat)
		load := anyLoad(t)
		c := math.Exp(rapid.Float64Range(0, 7).Draw(t, "log concurrency"))
		plan := memory.Solve(model.cat, setup)
		before := model.Prepare(plan).At(load, c)
		better := *setup.Device
		better.BandwidthGBs *= 1 + rapid.Float64Range(0.01, 3).Draw(t, "more")
		plan.Device = &better
		after := model.Prepare(plan).At(load, c)
		if after.Output < before.Output*(1-1e-9) || after.Prefill < before.Prefill*(1-1e-9) {
			t.Fatalf("from %g to %g GB/s: %+v, then %+v", setup.Device.BandwidthGBs, better.BandwidthGBs, before, after)
		}
	})
}

// The replicas that a demand is given can take it.
func TestReplicasTakeTheDemand(t *testing.T) {
	model := modelOnce()
	rapid.Check(t, func(t *rapid.T) {
		server := model.Prepare(memory.Solve(model.cat, anySetup(t, model.cat)))
		load := anyLoad(t)
		limit := rapid.Float64Range(0.05, 1).Draw(t, "cap")
		wish := Wish{MinPerUser: rapid.SampledFrom([]float64{0, 5, 30}).Draw(t, "wish")}
		demand := Demand{
			Calls:         math.Exp(rapid.Float64Range(0, 22).Draw(t, "log calls")),
			PeakToAverage: rapid.Float64Range(1, 10).Draw(t, "peak"),
		}
		each := server.Capacity(load, wish, limit).AttemptsPerHour
		n := Replicas(demand.BusiestHour(), each)
		if each <= 0 {
			if n != 0 {
				t.Fatalf("a replica that takes nothing: %d replicas", n)
			}
			return
		}
		if float64(n)*each < demand.BusiestHour()*(1-1e-8) && n < math.MaxInt32 {
			t.Fatalf("%d replicas of %g take less than %g", n, each, demand.BusiestHour())
		}
		if n > 1 && float64(n-1)*each >= demand.BusiestHour() {
			t.Fatalf("%d replicas where %d of %g take %g", n, n-1, each, demand.BusiestHour())
		}
	})
}

// Wider wishes never give fewer sequences.
func TestWishesOrder(t *testing.T) {
	model := modelOnce()
	rapid.Check(t, func(t *rapid.T) {
		server := model.Prepare(memory.Solve(model.cat, anySetup(t, model.cat)))
		load := anyLoad(t)
		strict := Wish{MinPerUser: rapid.Float64Range(1, 100).Draw(t, "per user"), MaxTTFT: rapid.Float64Range(0.1, 100).Draw(t, "first token")}
		loose := Wish{MinPerUser: strict.MinPerUser / 2, MaxTTFT: strict.MaxTTFT * 2}
		few, _ := server.Sequences(load, strict)
		many, _ := server.Sequences(load, loose)
		if many < few*(1-1e-8) {
			t.Fatalf("%g sequences within %+v, %g within %+v", few, strict, many, loose)
		}
	})
}

// The measured ladder has no steps: where a request or the concurrency moves a millionth away, near a measured
// point or not, speed moves by less than a thousandth.
func TestLadderIsContinuous(t *testing.T) {
	model := modelOnce()
	var runs []observation
	for i := range model.cat.SpeedRuns {
		found, _ := observe(model.cat, &model.cat.SpeedRuns[i], &physics)
		runs = append(runs, found...)
	}
	rapid.Check(t, func(t *rapid.T) {
		o := rapid.SampledFrom(runs).Draw(t, "run")
		plan := o.plan
		plan.Supported = true
		server := model.Prepare(plan)
		around := func(name string, v float64) float64 {
			return math.Max(1, v*rapid.SampledFrom([]float64{1, 1, 0.5, 2, 0.97, 1.03}).Draw(t, name))
		}
		load := Load{Input: around("input", o.load.Input), Output: around("output", o.load.Output)}
		c := around("concurrency", o.c)
		near := load
		moved := c
		step := 1 + rapid.SampledFrom([]float64{-1e-6, 1e-6}).Draw(t, "step")
		switch rapid.IntRange(0, 2).Draw(t, "what moves") {
		case 0:
			near.Input *= step
		case 1:
			near.Output *= step
		default:
			moved *= step
		}
		a, b := server.At(load, c), server.At(near, moved)
		for what, r := range map[string]float64{"output": b.Output / a.Output, "a user's speed": b.PerUser / a.PerUser, "prompts": b.Prefill / a.Prefill} {
			if math.Abs(r-1) > 1e-3 {
				t.Fatalf("%s jumps by %.2f %% from %+v at %g to %+v at %g", what, 100*(r-1), load, c, near, moved)
			}
		}
	})
}
