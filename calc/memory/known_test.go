package memory

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"hostwise/assets"
	"hostwise/calc/catalog"
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

// close fails unless got is within share of want.
func closeTo(t *testing.T, what string, got, want, share float64) {
	t.Helper()
	if math.Abs(got-want) > share*math.Abs(want) {
		t.Errorf("%s: got %.6g, want %.6g within %.3g %% (off by %.3g %%)", what, got, want, share*100, 100*(got/want-1))
	}
}

// setup is a plain set-up from ids.
func setup(cat *catalog.Catalog, model, precision, engine, version, device string) Setup {
	return Setup{
		Model: cat.Model(model), Precision: precision, KV: "bf16", Engine: engine, EngineVersion: version,
		Device: cat.Device(device), ContextTokens: 8192, Sequences: 1, LayersOnDevice: -1,
	}
}

// Exact counts: the Hugging Face API's and the block scales of the released checkpoint.
func TestR1Checkpoint(t *testing.T) {
	cat := facts(t)
	r1 := cat.Model("deepseek-r1")
	artifact, loaded, ok := Weights(cat, r1, "fp8")
	if !ok {
		t.Fatal("fp8 has no form")
	}
	closeTo(t, "downloaded: file bytes of 163 shards", artifact, 688_586_727_753, 1e-7)
	if loaded != 673_150_611_808 {
		t.Errorf("loaded without the multi-token-prediction layer: got %.0f", loaded)
	}
	v := inventoryOf(r1, cat.Precision("fp8"), "fp8", false)
	if got := v.loaded + v.mtp.sum(); got != 688_574_839_360 {
		t.Errorf("tensor bytes of the whole checkpoint: got %.0f", got)
	}
}

func TestParameterCounts(t *testing.T) {
	cat := facts(t)
	for _, m := range cat.Models {
		var n float64
		for _, x := range tensorsOf(m.Architecture, m.Parameters) {
			n += x.elements()
		}
		if n != float64(m.Parameters) {
			t.Errorf("%s: %.0f parameters by tensors, %d published", m.ID, n, m.Parameters)
		}
	}
}

// Published file sizes: Hugging Face and the ollama registry, as in the measured runs.
func TestPublishedFiles(t *testing.T) {
	cat := facts(t)
	for _, f := range []struct {
		model, precision string
		bytes            float64
	}{
		{"r1-distill-qwen-1.5b", "gguf-q4_k_m", 1117322599},
		{"r1-distill-llama-8b", "gguf-q4_k_m", 4920738407},
		{"r1-distill-qwen-14b", "gguf-q4_k_m", 8988112040},
		{"r1-distill-qwen-32b", "gguf-q4_k_m", 19851335584},
		{"deepseek-r1", "gguf-q4_k_m", 404430188519},
		{"deepseek-r1", "gguf-ud-iq1_s", 140231438464},
		{"r1-distill-qwen-7b", "gguf-q4_k_m", 4683074240},
		{"r1-distill-qwen-7b", "gguf-q5_k_m", 5444831936},
		{"r1-distill-qwen-7b", "gguf-f16", 15237853600},
		{"r1-distill-qwen-7b", "awq-int4", 5570829760},
		{"r1-distill-llama-8b", "gguf-q6_k", 6596011424},
		{"r1-distill-llama-8b", "gguf-q8_0", 8540775840},
		{"r1-distill-llama-8b", "awq-int4", 5727938576},
		{"r1-distill-llama-8b", "fp8-per-channel", 9081287016},
		{"r1-distill-qwen-32b", "gguf-q5_k_m", 23262157696},
		{"r1-distill-qwen-32b", "gguf-q6_k", 26886155136},
		{"r1-distill-qwen-32b", "gguf-q8_0", 34820885376},
		{"r1-distill-qwen-32b", "bf16", 65527841856},
		{"r1-distill-llama-70b", "gguf-q5_k_m", 49949822112},
		{"r1-distill-llama-70b", "gguf-q6_k", 57888148672},
		{"r1-distill-llama-70b", "gguf-q8_0", 74975055008},
		{"r1-distill-llama-70b", "gguf-f16", 141117918624},
		{"r1-distill-llama-70b", "bf16", 141107497872},
		{"r1-distill-llama-70b", "awq-int4", 39767996256},
		{"r1-distill-llama-70b", "fp8-per-channel", 72669954704},
	} {
		got, _, ok := Weights(cat, cat.Model(f.model), f.precision)
		if !ok {
			t.Errorf("%s %s: no form", f.model, f.precision)
			continue
		}
		closeTo(t, f.model+" "+f.precision, got, f.bytes, 5e-4)
	}
}

// Tensor bytes of llama-quantize's mixes in GB, re-derived and matched with 22 published files (memory research 3.2).
func TestMixTable(t *testing.T) {
	cat := facts(t)
	types := []string{"gguf-q2_k", "gguf-q4_k_s", "gguf-q4_k_m", "gguf-q5_k_m", "gguf-q6_k", "gguf-q8_0", "gguf-f16"}
	for model, gb := range map[string][7]float64{
		"r1-distill-qwen-1.5b": {0.747, 1.066, 1.111, 1.280, 1.458, 1.889, 3.554},
		"r1-distill-qwen-7b":   {3.010, 4.452, 4.677, 5.439, 6.248, 8.093, 15.232},
		"r1-distill-llama-8b":  {3.171, 4.685, 4.913, 5.725, 6.588, 8.533, 16.061},
		"r1-distill-qwen-14b":  {5.765, 8.567, 8.982, 10.503, 12.119, 15.696, 29.542},
		"r1-distill-qwen-32b":  {12.307, 18.778, 19.845, 23.256, 26.880, 34.815, 65.530},
		"r1-distill-llama-70b": {26.367, 40.339, 42.513, 49.942, 57.880, 74.967, 141.110},
	} {
		for i, want := range gb {
			_, loaded, _ := Weights(cat, cat.Model(model), types[i])
			if math.Abs(loaded/1e9-want) > 0.00051 {
				t.Errorf("%s %s: %.4f GB, want %.3f", model, types[i], loaded/1e9, want)
			}
		}
	}
	r1 := cat.Model("deepseek-r1")
	// Q3_K_M is no published file but the sum, done apart from this code, by the rules of src/llama-quant.cpp @007dbbf.
	for precision, want := range map[string]float64{"gguf-q3_k_m": 319_193_092_608, "gguf-q4_k_m": 404_424_884_224, "gguf-q8_0": 713_281_210_368} {
		if _, loaded, _ := Weights(cat, r1, precision); loaded != want {
			t.Errorf("R1 %s: %.0f tensor bytes, want %.0f", precision, loaded, want)
		}
	}
}

// Bits a weight of Llama-3.1-8B from llama.cpp's tools/quantize/README.md @311c2c9.
func TestBitsOf8B(t *testing.T) {
	cat := facts(t)
	m := cat.Model("r1-distill-llama-8b")
	for name, want := range map[string]float64{
		"iq1_s": 2.0042, "iq1_m": 2.1460, "iq2_xxs": 2.3824, "iq2_xs": 2.5882, "iq2_s": 2.7403, "iq2_m": 2.9294,
		"iq3_xxs": 3.2548, "iq3_xs": 3.4977, "iq3_s": 3.6606, "iq3_m": 3.7628, "iq4_xs": 4.4597, "iq4_nl": 4.6818,
		"q2_k_s": 2.9697, "q2_k": 3.1593, "q3_k_s": 3.6429, "q3_k_m": 3.9960, "q3_k_l": 4.2979, "q4_k_s": 4.6672, "q4_k_m": 4.8944,
		"q5_k_s": 5.5704, "q5_k_m": 5.7036, "q6_k": 6.5633, "q8_0": 8.5008, "f16": 16.0005,
	} {
		_, loaded, _ := Weights(cat, m, "gguf-"+name)
		if bits := loaded * 8 / float64(m.Parameters); math.Abs(bits-want) > 0.00006 {
			t.Errorf("%s: %.4f bits a weight, want %.4f", name, bits, want)
		}
	}
}

// The article's arithmetic: 671 billion parameters at 32, 16, 8, 4 and 2 bits.
func TestRawViews(t *testing.T) {
	cat := facts(t)
	for precision, want := range map[string]float64{
		"raw-32bit": 2684e9, "raw-16bit": 1342e9, "raw-8bit": 671e9, "raw-4bit": 335.5e9, "raw-2bit": 167.75e9,
	} {
		if _, loaded, ok := Weights(cat, cat.Model("deepseek-r1"), precision); !ok || loaded != want {
			t.Errorf("%s: %.0f, want %.0f", precision, loaded, want)
		}
	}
	if _, loaded, _ := Weights(cat, cat.Model("r1-distill-qwen-7b"), "raw-16bit"); loaded != 2*7_615_616_512 {
		t.Errorf("a distill's raw view uses its exact parameters, got %.0f", loaded)
	}
}

// Bytes a token: engine logs and the regimes of llama.cpp (memory research 5.0).
func TestKVBytesPerToken(t *testing.T) {
	cat := facts(t)
	for _, k := range []struct {
		model, kv, engine, version string
		want                       float64
	}{
		{"deepseek-r1", "bf16", "vllm", "0.11.0", 70272},
		{"deepseek-r1", "fp8", "sglang", "", 35136},
		{"deepseek-r1", "q8_0", "llama.cpp", "", 37332},
		{"deepseek-r1", "bf16", "llama.cpp", "b8244", 70272},
		{"deepseek-r1", "bf16", "llama.cpp", "2025-08", 132736},
		{"deepseek-r1", "bf16", "llama.cpp", "b5200", 132736},
		{"deepseek-r1", "bf16", "llama.cpp", "b4500", 4997120},
		{"deepseek-r1", "bf16", "ollama", "0.5.7", 4997120},
		{"deepseek-r1", "bf16", "mlx", "0.21", 4997120},
		{"deepseek-r1", "bf16", "mlx", "", 70272},
		{"r1-distill-qwen-1.5b", "bf16", "vllm", "", 28672},
		{"r1-distill-qwen-7b", "bf16", "vllm", "", 57344},
		{"r1-distill-llama-8b", "bf16", "vllm", "", 131072},
		{"r1-distill-qwen-14b", "bf16", "vllm", "", 196608},
		{"r1-distill-qwen-32b", "bf16", "vllm", "", 262144},
		{"r1-distill-llama-70b", "bf16", "vllm", "", 327680},
		{"r1-distill-llama-70b", "fp8", "vllm", "", 163840},
		{"r1-distill-qwen-14b", "q8_0", "llama.cpp", "", 104448},
	} {
		if got := KVBytesPerToken(cat.Model(k.model), k.kv, k.engine, k.version); got != k.want {
			t.Errorf("%s %s %s %s: %.0f B a token, want %.0f", k.model, k.kv, k.engine, k.version, got, k.want)
		}
	}
}

// Weights on a device, from run logs and the formulas that reproduce them (memory research 5.1).
func TestWeightsOnADevice(t *testing.T) {
	cat := facts(t)
	for _, w := range []struct {
		name   string
		change func(*Setup)
		gib    float64
		share  float64
	}{
		{"R1 FP8 TP8", func(s *Setup) { s.Devices = 8 }, 79.53, 1e-4},
		{"R1 FP8 TP8 on MI300X", func(s *Setup) { s.Device, s.Devices = cat.Device("mi300x"), 8 }, 81.31, 1e-3},
		{"R1 FP8 data-parallel attention", func(s *Setup) { s.Devices, s.DataParallelAttention = 8, true }, 95.8, 1e-3},
		{"R1 NVFP4 TP4", func(s *Setup) { s.Precision, s.Device, s.Devices = "nvfp4", cat.Device("b200"), 4 }, 94.5, 3e-3},
		{"R1 AWQ TP16", func(s *Setup) {
			s.Precision, s.Device, s.Devices, s.TensorParallel = "awq-int4", cat.Device("rtx3090"), 16, 16
		}, 21.21, 2e-3},
		{"8B first of four stages", func(s *Setup) {
			s.Model, s.Precision, s.Devices, s.TensorParallel, s.PipelineParallel = cat.Model("r1-distill-llama-8b"), "bf16", 4, 1, 4
		}, 4.26, 1e-3},
		{"8B first of two stages", func(s *Setup) {
			s.Model, s.Precision, s.Devices, s.TensorParallel, s.PipelineParallel = cat.Model("r1-distill-llama-8b"), "bf16", 2, 1, 2
		}, 7.51, 1e-3},
		{"8B TP4", func(s *Setup) { s.Model, s.Precision, s.Devices = cat.Model("r1-distill-llama-8b"), "bf16", 4 }, 3.77, 1e-3},
		{"70B BF16 TP4", func(s *Setup) { s.Model, s.Precision, s.Devices = cat.Model("r1-distill-llama-70b"), "bf16", 4 }, 32.885, 1e-4},
		{"70B FP8 TP2", func(s *Setup) {
			s.Model, s.Precision, s.Devices = cat.Model("r1-distill-llama-70b"), "fp8-per-channel", 2
		}, 33.88, 1e-3},
		{"14B TP2", func(s *Setup) { s.Model, s.Precision, s.Devices = cat.Model("r1-distill-qwen-14b"), "bf16", 2 }, 13.9476, 1.2e-2},
	} {
		s := setup(cat, "deepseek-r1", "fp8", "vllm", "0.11.0", "h200-sxm")
		w.change(&s)
		closeTo(t, w.name, Solve(cat, s).PerDevice.Weights/gib, w.gib, w.share)
	}
}

// KV pools that engines logged (measured runs M130, M132, M149, M154, M173, M180, M183).
func TestPools(t *testing.T) {
	cat := facts(t)
	h100 := func(model, version string, fraction float64) Setup {
		s := setup(cat, model, "bf16", "vllm", version, "h100-sxm")
		s.Devices, s.MemoryFraction = 1, fraction
		return s
	}
	closeTo(t, "8B at 0.19", Solve(cat, h100("r1-distill-llama-8b", "0.19.0", 0.95)).PerDevice.KVPool/gib, 58.11, 0.002)
	closeTo(t, "7B at 0.19", Solve(cat, h100("r1-distill-qwen-7b", "0.19.0", 0.95)).PerDevice.KVPool/gib, 58.53, 0.002)
	closeTo(t, "8B at 0.11", Solve(cat, h100("r1-distill-llama-8b", "0.11.0", 0.9)).PerDevice.KVPool/gib, 51.38, 0.002)
	fp8 := h100("r1-distill-qwen-7b", "0.19.0", 0.95)
	closeTo(t, "7B tokens", Solve(cat, fp8).KVCapacityTokens, 1_096_000, 0.002)
	fp8.KV = "fp8"
	closeTo(t, "7B tokens in FP8", Solve(cat, fp8).KVCapacityTokens, 2_192_000, 0.002)

	r1 := setup(cat, "deepseek-r1", "fp8", "sglang", "0.4.10.post1", "b200")
	r1.Devices, r1.MemoryFraction = 8, 0.82
	closeTo(t, "R1 on 8 B200 under SGLang", Solve(cat, r1).KVCapacityTokens, 980_344, 0.01)
}

func TestUnsupportedIsShownNotRefused(t *testing.T) {
	cat := facts(t)
	s := setup(cat, "deepseek-r1", "nvfp4", "vllm", "", "h200-sxm")
	p := Solve(cat, s)
	if p.Supported || p.Runs() || p.Fit == No || p.Why == "" { // 4 bits of it lie well within eight cards
		t.Errorf("NVFP4 on Hopper: supported %v, runs %v, fit %s, why %q", p.Supported, p.Runs(), p.Fit, p.Why)
	}
	if p.Devices == 0 || p.WeightsBytes == 0 || p.Total.Likely == 0 {
		t.Error("its figures are missing")
	}
	if q := Solve(cat, Setup{}); q.Fit != No || q.Why == "" {
		t.Error("an empty set-up needs a reason, not a panic")
	}
	s.Device = nil
	if q := Solve(cat, s); q.Fit != No || q.WeightsBytes == 0 {
		t.Error("without a device the weights are still known")
	}
	for _, precision := range []string{"raw-8bit", "no-such-precision"} {
		s := setup(cat, "deepseek-r1", precision, "vllm", "", "h200-sxm")
		if q := Solve(cat, s); q.Supported || q.Total.Likely < 600e9 {
			t.Errorf("%s: supported %v, total %.0f", precision, q.Supported, q.Total.Likely)
		}
	}
}

func TestByPrecision(t *testing.T) {
	cat := facts(t)
	s := setup(cat, "deepseek-r1", "fp8", "vllm", "", "h200-sxm")
	rows := ByPrecision(cat, s)
	raw := 0
	for _, r := range rows {
		if r.Kind == "raw" {
			raw++
			b, err := json.Marshal(r)
			if err != nil || !strings.Contains(string(b), `"fit":null`) || !strings.Contains(string(b), `"total_bytes":null`) {
				t.Errorf("%s says more than its weights: %s %v", r.Precision, b, err)
			}
			continue
		}
		sum := *r.WeightsBytes + *r.KVBytes + *r.ComputeBytes + *r.RuntimeBytes
		closeTo(t, r.Precision+" parts", sum, r.TotalBytes.Likely, 1e-12)
		if r.Engine == "" || r.Fit == "" || *r.DevicesNeeded < 1 || *r.CopiesBytes > *r.RuntimeBytes {
			t.Errorf("%s is not filled: %+v", r.Precision, r)
		}
		if strings.HasPrefix(r.Precision, "gguf-") && r.Engine != "llama.cpp" {
			t.Errorf("%s is loaded by %s", r.Precision, r.Engine)
		}
	}
	if raw != 5 {
		t.Errorf("%d raw views, want 5", raw)
	}
	if len(rows) < 25 {
		t.Errorf("only %d rows", len(rows))
	}
}

func TestNeighbours(t *testing.T) {
	cat := facts(t)
	p := Solve(cat, setup(cat, "deepseek-r1", "fp8", "vllm", "", "h200-sxm"))
	if p.Devices != 8 || p.Servers != 1 || p.Fit != Fits {
		t.Fatalf("R1 FP8 on H200: %d devices, %s", p.Devices, p.Fit)
	}
	smaller, larger := Neighbours(cat, p)
	if smaller == nil || smaller.Devices != 4 || smaller.Fit != No {
		t.Errorf("smaller: %+v", smaller)
	}
	if larger == nil || larger.Devices != 16 || larger.Servers != 2 || larger.PipelineParallel != 2 {
		t.Errorf("larger: %+v", larger)
	}
	one := Solve(cat, setup(cat, "r1-distill-qwen-7b", "bf16", "vllm", "", "h200-sxm"))
	if smaller, _ := Neighbours(cat, one); smaller != nil {
		t.Error("there is nothing smaller than one card")
	}
}

func TestExplainSumsToTheTotal(t *testing.T) {
	cat := facts(t)
	p := Detail(cat, setup(cat, "deepseek-r1", "fp8", "vllm", "", "h200-sxm"))
	if len(p.Overheads) != 6 {
		t.Fatalf("%d overheads, want the article's six", len(p.Overheads))
	}
	var sum float64
	for _, part := range p.Explain() {
		sum += part.Bytes
		if part.Why == "" || part.Formula == "" {
			t.Errorf("%s has no reason or formula", part.Part)
		}
	}
	closeTo(t, "parts", sum, p.Total.Likely, 1e-12)
}

// The sum that vLLM logs, with its numbers: 79.19 x 0.95 - 14.99 - 1.89 - 0.25 = 58.10 GiB (run M130: 58.11).
func TestDeviceParts(t *testing.T) {
	cat := facts(t)
	s := setup(cat, "r1-distill-llama-8b", "bf16", "vllm", "0.19.0", "h100-sxm")
	s.Devices, s.MemoryFraction = 1, 0.95
	p := Solve(cat, s)
	parts := p.DeviceParts()
	const want = "79.19 GiB x 0.95 - 14.99 GiB weights - 1.89 GiB activation - 0.25 GiB outside PyTorch = 58.10 GiB"
	if parts[1].Formula != want {
		t.Errorf("pool formula\n%s, want\n%s", parts[1].Formula, want)
	}
	for _, engine := range []string{"vllm", "sglang", "tensorrt-llm", "llama.cpp", "mlx"} {
		s := setup(cat, "r1-distill-llama-8b", "bf16", engine, "", "h100-sxm")
		p := Solve(cat, s)
		var used float64
		for _, part := range p.DeviceParts() {
			if part.Part != "reserve" {
				used += part.Bytes
			}
			if part.Why == "" || part.Formula == "" || part.Range.Low > part.Bytes*1.0001 || part.Range.High < part.Bytes*0.9999 {
				t.Errorf("%s %s: %+v", engine, part.Part, part)
			}
		}
		closeTo(t, engine+" used", used, p.PerDevice.Used, 1e-12)
	}
}

func BenchmarkSolve(b *testing.B) {
	cat := facts(b)
	s := setup(cat, "deepseek-r1", "fp8", "vllm", "", "h100-sxm")
	b.ReportAllocs()
	for b.Loop() {
		Solve(cat, s)
	}
}

// The costliest answer: no size holds it, on cards of which two fit a host.
func BenchmarkSolveWorst(b *testing.B) {
	cat := facts(b)
	s := setup(cat, "deepseek-r1", "gguf-q4_k_m", "llama.cpp", "", "rtx3060-12")
	b.ReportAllocs()
	for b.Loop() {
		Solve(cat, s)
	}
}

func BenchmarkByPrecision(b *testing.B) {
	cat := facts(b)
	s := setup(cat, "deepseek-r1", "fp8", "vllm", "", "h200-sxm")
	b.ReportAllocs()
	for b.Loop() {
		ByPrecision(cat, s)
	}
}

// The Hugging Face API's count of the released checkpoint: weights, prediction layer and block scales.
func TestCheckpointCount(t *testing.T) {
	cat := facts(t)
	run := &catalog.MemoryRun{Precision: "FP8 block128 safetensors: tensor params"}
	if got := countOf(cat.Model("deepseek-r1"), run); got != 684_531_386_000 {
		t.Errorf("got %.0f", got)
	}
}

// Speculative tokens load the multi-token-prediction layer: 15.42 GB, and one more layer of cache.
func TestPredictionLayer(t *testing.T) {
	cat := facts(t)
	s := setup(cat, "deepseek-r1", "fp8", "vllm", "", "b200")
	s.Devices = 8
	plain := Solve(cat, s)
	s.SpeculativeTokens = 1
	p := Solve(cat, s)
	closeTo(t, "its weights", p.WeightsBytes-plain.WeightsBytes, 15.42e9, 1e-3)
	closeTo(t, "its cache", p.KVBytesPerToken, 62*576*2, 0)
}

// Offload: what is on the card and what is in host memory.
func TestOffload(t *testing.T) {
	cat := facts(t)
	// ollama put 3 of 62 layers on a card: CUDA0 21,320.01 MiB (run M205).
	s := setup(cat, "deepseek-r1", "gguf-q4_k_m", "ollama", "0.5.7", "rtx4090")
	s.Devices, s.LayersOnDevice, s.ContextTokens = 1, 3, 2048
	closeTo(t, "three layers", Solve(cat, s).PerDevice.Weights/mib, 21320.01, 1e-4)

	// KTransformers: at least 14 GB of a card at 8K context, 139K tokens on 24 GB, about 382 GB of host memory.
	k := setup(cat, "deepseek-r1", "gguf-q4_k_m", "ktransformers", "", "rtx4090")
	p := Solve(cat, k)
	closeTo(t, "card at 8K", p.PerDevice.Used, 14e9, 0.03)
	closeTo(t, "tokens on 24 GB", p.KVCapacityTokens, 139_000, 0.03)
	closeTo(t, "host memory", p.HostBytes, 382e9, 0.05)
	if p.Devices != 1 {
		t.Errorf("%d cards", p.Devices)
	}
	k.Host = cat.Host("server-hopper-8") // two sockets
	if q := Solve(cat, k); q.Fit != Fits || q.HostBytes < 1.9*p.HostBytes || q.CopiesBytes < p.CopiesBytes+370e9 {
		t.Errorf("a copy of the experts on each socket: %.0f in the host, %.0f copied, %s", q.HostBytes, q.CopiesBytes, q.Fit)
	}
	k.Host = cat.Host("server-pcie-8") // two sockets without room for two copies
	if q := Solve(cat, k); q.HostBytes > 2*p.HostBytes || q.Fit != Fits {
		t.Errorf("one or two copies in 824 GB: %.0f, %s", q.HostBytes, q.Fit)
	}
	k.Host = cat.Host("desktop-2")
	if q := Solve(cat, k); q.Fit != No || !strings.Contains(q.Why, "host") {
		t.Errorf("a desktop cannot hold the experts: %s, %q", q.Fit, q.Why)
	}
	k.Host, k.Device = nil, cat.Device("xeon-spr-2s")
	two := Solve(cat, k)
	k.Device = cat.Device("epyc9004-1s")
	if one := Solve(cat, k); two.CopiesBytes < one.CopiesBytes+380e9 {
		t.Errorf("two sockets keep two copies of the experts: %.0f against %.0f", two.CopiesBytes, one.CopiesBytes)
	}
}

// llama.cpp's compute buffers: 307 MiB on the 14B with flash attention, 640 MiB without at 8K (old ollama),
// and R1's under ik_llama.cpp's rule (runs M217, M290, M347).
func TestComputeBuffers(t *testing.T) {
	cat := facts(t)
	s := setup(cat, "r1-distill-qwen-14b", "gguf-q4_k_m", "llama.cpp", "b8244", "rtx4090")
	closeTo(t, "with flash attention", Solve(cat, s).PerDevice.Compute/mib, 307, 1e-4)
	s.Engine, s.EngineVersion = "ollama", "0.5.7"
	closeTo(t, "without", Solve(cat, s).PerDevice.Compute/mib, 640, 1e-4)

	r1 := setup(cat, "deepseek-r1", "gguf-q8_0", "llama.cpp", "", "epyc9005-2s")
	r1.ContextTokens, r1.BatchTokens = 32768, 1024
	closeTo(t, "R1 at 32K", Solve(cat, r1).PerDevice.Compute/mib, 3650, 0.01)
	r1.ContextTokens = 131072
	closeTo(t, "R1 at 128K", Solve(cat, r1).PerDevice.Compute/mib, 11718, 0.05)
}

// Latent KV is on every tensor-parallel rank unless tokens are spread or requests are split.
func TestLatentCopies(t *testing.T) {
	cat := facts(t)
	s := setup(cat, "deepseek-r1", "fp8", "vllm", "", "h200-sxm")
	s.Devices = 8
	tp := Solve(cat, s)
	closeTo(t, "seven further copies", tp.CopiesBytes-(tp.work.weights-tp.WeightsBytes), 7*tp.KVBytes, 1e-9)
	s.ContextParallel = 8
	if cp := Solve(cat, s); cp.KVCapacityTokens < 7.9*tp.KVCapacityTokens {
		t.Errorf("tokens spread over 8 ranks: %.0f against %.0f", cp.KVCapacityTokens, tp.KVCapacityTokens)
	}
	s.ContextParallel, s.DataParallelAttention = 0, true
	if dp := Solve(cat, s); dp.KVCapacityTokens < 4*tp.KVCapacityTokens || dp.PerDevice.Weights < 1.2*tp.PerDevice.Weights {
		t.Errorf("data-parallel attention: %.0f tokens against %.0f, weights %.0f against %.0f",
			dp.KVCapacityTokens, tp.KVCapacityTokens, dp.PerDevice.Weights, tp.PerDevice.Weights)
	}
	two := setup(cat, "r1-distill-qwen-1.5b", "bf16", "vllm", "", "h200-sxm")
	two.Devices, two.TensorParallel = 4, 4
	p := Solve(cat, two)
	closeTo(t, "2 KV heads on 4 ranks", p.work.rank.kvToken, 28672.0/2, 1e-12)
}

// The parallel sizes follow the server and the heads, and a stated one that cannot be is said aloud.
func TestLayouts(t *testing.T) {
	cat := facts(t)
	for _, l := range []struct {
		model           string
		engine, device  string
		devices, tp, pp int
	}{
		{"deepseek-r1", "vllm", "h100-sxm", 16, 8, 2},
		{"r1-distill-qwen-7b", "vllm", "h100-sxm", 8, 4, 2}, // 28 heads
		{"r1-distill-qwen-1.5b", "sglang", "h100-sxm", 4, 4, 1},
		{"r1-distill-llama-70b", "vllm", "h100-sxm", 3, 1, 3},
		{"r1-distill-llama-70b", "llama.cpp", "h100-sxm", 4, 1, 4},
		{"deepseek-r1", "vllm", "gb200", 72, 8, 9},
	} {
		s := setup(cat, l.model, "bf16", l.engine, "", l.device)
		s.Devices = l.devices
		if p := Solve(cat, s); p.TensorParallel != l.tp || p.PipelineParallel != l.pp {
			t.Errorf("%s on %d %s under %s: TP%d PP%d, want TP%d PP%d", l.model, l.devices, l.device, l.engine,
				p.TensorParallel, p.PipelineParallel, l.tp, l.pp)
		}
	}
	s := setup(cat, "r1-distill-qwen-7b", "gguf-q4_k_m", "llama.cpp", "", "rtx4090")
	s.TensorParallel = 2
	if p := Solve(cat, s); p.Devices != 2 || p.PipelineParallel != 2 || len(p.Warnings) == 0 {
		t.Errorf("tensor parallel under llama.cpp means cards: %d devices, PP%d, %q", p.Devices, p.PipelineParallel, p.Warnings)
	}
	three := setup(cat, "r1-distill-qwen-1.5b", "bf16", "vllm", "", "h100-sxm")
	three.TensorParallel = 3 // divides 12 heads
	if p := Solve(cat, three); p.Devices != 3 || p.TensorParallel != 3 || p.PipelineParallel != 1 {
		t.Errorf("a stated group of three: %d devices, TP%d PP%d", p.Devices, p.TensorParallel, p.PipelineParallel)
	}
	h := setup(cat, "r1-distill-qwen-7b", "bf16", "vllm", "", "h100-sxm")
	h.TensorParallel = 8
	if p := Solve(cat, h); !strings.Contains(strings.Join(p.Warnings, " "), "heads") {
		t.Errorf("28 heads on 8 ranks: %q", p.Warnings)
	}
}

// Stages cover every layer once, in order.
func TestStages(t *testing.T) {
	cat := facts(t)
	for _, engine := range []string{"vllm", "llama.cpp"} {
		for pp := 1; pp <= 61; pp++ {
			c := newSolver(cat, setup(cat, "deepseek-r1", "gguf-q8_0", engine, "", "h100-sxm"))
			l := layout{pp, 1, pp, 1}
			at := 0
			for j := range pp {
				from, to := c.stage(l, j)
				if from != at || to < from {
					t.Fatalf("%s: stage %d of %d is layers %d to %d after %d", engine, j, pp, from, to, at)
				}
				at = to
			}
			if at != 61 {
				t.Fatalf("%s: %d stages hold %d layers", engine, pp, at)
			}
		}
	}
	c := newSolver(cat, setup(cat, "deepseek-r1", "fp8", "vllm", "", "h100-sxm"))
	if from, to := c.stage(layout{16, 8, 2, 1}, 0); to-from != 31 {
		t.Errorf("61 layers are cut 31 and 30, not %d", to-from)
	}
}

func TestReleases(t *testing.T) {
	for text, want := range map[string]release{
		"0.11.2+vendor1": {0, 11, 2}, "v0.19.0": {0, 19, 0}, "b8244": {8244, 0, 0}, "2025-02": {2025, 2, 0},
		"0.12.0.dev8+g1": {0, 12, 0}, "~b8244 (2026-03)": {8244, 0, 0}, "1.0": {1, 0, 0}, "0.7.x": {0, 7, 0},
	} {
		if got, ok := parseRelease(text); !ok || got != want {
			t.Errorf("%q: %v %v, want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "nightly", "latest 0.9"} {
		if got, ok := parseRelease(text); ok {
			t.Errorf("%q begins with no version, got %v", text, got)
		}
	}
}

// Every overhead but fragmentation and tokenizer can cite a log for the set-ups that were measured.
func TestSupport(t *testing.T) {
	cat := facts(t)
	s := setup(cat, "r1-distill-llama-8b", "bf16", "vllm", "0.19.0", "h100-sxm")
	for _, o := range Detail(cat, s).Overheads {
		switch o.Part {
		case "runtime buffers", "serving framework", "KV cache":
			if !strings.Contains(o.Support, "H100") || !strings.Contains(o.Support, "vLLM") {
				t.Errorf("%s rests on %q", o.Part, o.Support)
			}
		}
	}
	if run := Supporting(cat, Solve(cat, setup(cat, "deepseek-r1", "gguf-q4_k_m", "mlx", "", "m3ultra-512")), "runtime buffers"); run != nil {
		t.Errorf("another engine's buffers say nothing of this one: %s", run.ID)
	}
}

// Which boxes hold R1 as released at 32K tokens, and what holds it in fewer bits: the research's own list.
func TestWhichBoxesHoldR1(t *testing.T) {
	cat := facts(t)
	for _, b := range []struct {
		device, engine, precision string
		devices                   int
		fits                      bool
	}{
		{"h200-sxm", "vllm", "fp8", 8, true}, {"h200-sxm", "sglang", "fp8", 8, true}, {"h200-sxm", "tensorrt-llm", "fp8", 8, true},
		{"h200-sxm", "vllm", "fp8", 4, false}, {"h100-sxm", "vllm", "fp8", 8, false}, {"h100-sxm", "sglang", "fp8", 8, false},
		{"h100-sxm", "vllm", "fp8", 16, true}, {"h800", "vllm", "fp8", 8, false}, {"h800", "sglang", "fp8", 16, true},
		{"b200", "vllm", "fp8", 8, true}, {"b200", "sglang", "nvfp4", 4, true}, {"mi300x", "vllm", "fp8", 8, true},
		{"h200-sxm", "vllm", "bf16", 8, false}, {"h200-sxm", "vllm", "bf16", 16, true}, {"h100-sxm", "vllm", "awq-int4", 8, true},
		{"a100-80-sxm", "sglang", "int8", 16, true}, {"a100-80-sxm", "vllm", "awq-int4", 8, true},
		{"m3ultra-512", "llama.cpp", "gguf-q4_k_m", 1, true}, {"m3ultra-512", "llama.cpp", "gguf-q8_0", 1, false},
		{"m3ultra-256", "llama.cpp", "gguf-q4_k_m", 1, false}, {"m2ultra-192", "llama.cpp", "gguf-ud-iq1_s", 1, true},
		{"epyc9005-1s", "llama.cpp", "gguf-q8_0", 1, true}, {"trpro-7965wx", "llama.cpp", "gguf-q4_k_m", 1, false},
		{"rtx4090", "ktransformers", "gguf-q4_k_m", 1, true}, {"rtx4090", "llama.cpp", "gguf-q4_k_m", 2, false},
	} {
		s := setup(cat, "deepseek-r1", b.precision, b.engine, "", b.device)
		s.Devices, s.ContextTokens = b.devices, 32768
		if p := Solve(cat, s); (p.Fit != No) != b.fits {
			t.Errorf("%d %s, %s under %s: %s, %s", b.devices, b.device, b.precision, b.engine, p.Fit, p.Why)
		}
	}
}
