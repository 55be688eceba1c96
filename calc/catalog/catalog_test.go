package catalog

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// shipped loads the tables that the program embeds, from where they lie in the source tree.
func shipped(t testing.TB) *Catalog {
	t.Helper()
	c, err := Load(os.DirFS("../../assets"))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestShippedCatalogueIsWhole(t *testing.T) {
	c := shipped(t)
	if c.Version == "" || c.Date != "2026-11-23" {
		t.Errorf("version %q of %q", c.Version, c.Date)
	}
	for _, count := range []struct {
		table     string
		got, want int
	}{
		{"models", len(c.Models), 9}, {"devices", len(c.Devices), 51}, {"engines", len(c.Engines), 7},
		{"prices", len(c.Prices), 245}, {"price history", len(c.PriceHistory), 10}, {"batch discounts", len(c.BatchDiscounts), 6},
		{"memory runs", len(c.MemoryRuns), 184}, {"speed runs", len(c.SpeedRuns), 196},
		{"monitoring", len(c.Monitoring), 7}, {"workload advice", len(c.WorkloadAdvice), 5}, {"decision rules", len(c.DecisionRules), 6},
		{"serving options", len(c.ServingOptions), 5}, {"cost components", len(c.CostComponents), 5}, {"non-claims", len(c.NonClaims), 6},
		{"caveats", len(c.Caveats), 6}, {"volume readings", len(c.VolumeReadings), 4},
	} {
		if count.got != count.want {
			t.Errorf("%d %s, want %d", count.got, count.table, count.want)
		}
	}
	for _, least := range []struct {
		table     string
		got, want int
	}{
		{"claims", len(c.Claims), 45}, {"terms", len(c.Glossary), 40}, {"intents", len(c.Intents), 5},
		{"names", len(c.Names), 14}, {"questions", len(c.Questions), 7}, {"sources", len(c.Sources), 8}, {"hosts", len(c.Hosts), 6},
	} {
		if least.got < least.want {
			t.Errorf("%d %s, want at least %d", least.got, least.table, least.want)
		}
	}
}

func TestEveryPrecisionOfTheContractIsThere(t *testing.T) {
	c := shipped(t)
	for _, id := range []string{
		"fp32", "bf16", "fp8", "fp8-per-channel", "int8", "awq-int4", "gptq-int4", "nvfp4", "mxfp4", "mlx-4bit", "mlx-8bit",
		"gguf-q2_k", "gguf-q3_k_m", "gguf-q4_k_s", "gguf-q4_k_m", "gguf-q5_k_m", "gguf-q6_k", "gguf-q8_0", "gguf-f16",
		"gguf-ud-iq1_s", "gguf-ud-iq1_m", "gguf-ud-iq2_xxs", "gguf-ud-q2_k_xl",
		"raw-32bit", "raw-16bit", "raw-8bit", "raw-4bit", "raw-2bit",
	} {
		p := c.Precision(id)
		if p == nil {
			t.Errorf("%s is missing", id)
			continue
		}
		if p.Kind == "deploy" && p.BitsPerWeight < 4 && p.Evidence != Speculation {
			t.Errorf("%s: %v bits a weight is %s; what answers lose there is speculation", id, p.BitsPerWeight, p.Evidence)
		}
	}
	if got := c.Precision("gguf-ud-iq1_s").Artifacts["deepseek-r1"]; got != 140231438464 {
		t.Errorf("the measured dynamic file is %d bytes, want 140231438464", got)
	}
	for _, id := range []string{"gguf-q4_k_m", "gguf-q3_k_m", "gguf-ud-q2_k_xl", "fp8-per-channel", "gptq-int4"} {
		if loss := c.Precision(id).QualityLoss; !strings.Contains(loss, "2505.02390") && !strings.Contains(loss, "Neural Magic") {
			t.Errorf("%s: the published loss %q names no study", id, loss)
		}
	}
	rows := c.PrecisionsOf(c.Model("deepseek-r1"))
	raw := 0
	for i, p := range rows {
		if p.Kind == "raw" {
			raw++
			if i >= 5 {
				t.Errorf("%s is a raw view in place %d, after a deployment", p.ID, i)
			}
		}
		if p.ID == "fp8-per-channel" {
			t.Error("fp8-per-channel is offered for R1; it is published for distills only")
		}
	}
	if raw != 5 {
		t.Errorf("%d raw views, want 5", raw)
	}
}

func TestLookUps(t *testing.T) {
	c := shipped(t)
	if c.Model("deepseek-r1").Architecture.KVLoraRank != 512 || c.Model("deepseek-v4") != nil {
		t.Error("models are not found by id")
	}
	if c.Device("h200-sxm").MemoryGB != 141 || c.Device("h200") != nil {
		t.Error("devices are not found by id")
	}
	if c.Price("amazon-bedrock/deepseek.r1-v1-0").Output != 5.4 || c.Price("") != nil {
		t.Error("prices are not found by id")
	}
	if c.Host("server-hopper-8").Slots != 8 || c.Host("shed") != nil || c.Engine("vllm").Split != "tensor" || c.Engine("vllm2") != nil {
		t.Error("hosts or engines are not found by id")
	}
	// A catalogue put together by hand, as tests elsewhere do, has no index and is searched.
	byHand := &Catalog{Devices: []Device{{ID: "one"}, {ID: "two"}}}
	if d := byHand.Device("two"); d == nil || d.ID != "two" {
		t.Error("a catalogue without an index finds nothing")
	}
	// A copy with other rows must not answer from the index of the old ones.
	other := *c
	other.Devices = slices.Clone(c.Devices[1:])
	if d := other.Device("h200-sxm"); d == nil || d.ID != "h200-sxm" {
		t.Error("a copy with other rows finds the wrong device")
	}
}

func TestPersonsRowsOutrankTheCatalogue(t *testing.T) {
	c := shipped(t)
	mine := *c.Device("h200-sxm")
	mine.PriceUSD = &Range{1, 1, 1}
	merged := c.With(Rows{Devices: []Device{mine, {ID: "my-card"}}})
	if merged.Device("h200-sxm").PriceUSD.Likely != 1 || merged.Device("my-card") == nil || len(merged.Devices) != 52 {
		t.Error("the person's rows are not in the merged catalogue")
	}
	if c.Device("h200-sxm").PriceUSD.Likely != 35000 || c.Device("my-card") != nil {
		t.Error("merging changed the shipped catalogue")
	}
}

func TestServersCostAndDrawWhatTheSourcesSay(t *testing.T) {
	c := shipped(t)
	for _, server := range []struct {
		device    string
		low, high float64 // of the published range for the whole server
		kw        float64 // published draw of the whole server
	}{
		{"h200-sxm", 300000, 420000, 10.2},
		{"h100-sxm", 250000, 400000, 10.2},
		{"b200", 400000, 550000, 14.3},
		{"mi300x", 180000, 280000, 0},
	} {
		d := c.Device(server.device)
		h := c.HostFor(d, 8)
		usd := 8*d.PriceUSD.Likely + h.PriceUSD.Likely
		if usd < server.low || usd > server.high {
			t.Errorf("8x %s with %s is $%.0f, outside the published %.0f to %.0f", d.ID, h.ID, usd, server.low, server.high)
		}
		if kw := 8*d.TDPWatts/1000 + h.BaseKW; server.kw > 0 && (kw < server.kw-0.05 || kw > server.kw+0.05) {
			t.Errorf("8x %s with %s draws %.2f kW, published %.1f", d.ID, h.ID, kw, server.kw)
		}
	}
	if d := c.Device("h200-sxm"); 8*d.PriceUSD.Likely+c.HostFor(d, 8).PriceUSD.Likely != 350000 {
		t.Error("an 8x H200 server is not at the 350,000 that the worked example uses")
	}
}

func TestHostFor(t *testing.T) {
	c := shipped(t)
	for _, want := range []struct {
		device string
		cards  int
		host   string
	}{
		{"rtx4090", 1, "desktop-1"}, {"rtx4090", 2, "desktop-2"},
		{"rtx4090", 6, "desktop-2"}, // three full desktops
		{"a6000", 1, "workstation-4"}, {"a6000", 4, "workstation-4"},
		{"l40s", 1, "server-pcie-8"}, {"rtxpro6000", 8, "server-pcie-8"},
		{"h200-sxm", 8, "server-hopper-8"}, {"h200-sxm", 16, "server-hopper-8"},
		{"b300", 8, "server-blackwell-8"}, {"mi355x", 4, "server-cdna-8"}, {"a100-80-sxm", 8, "server-ampere-8"},
		{"gb200", 72, "rack-nvl72"},
	} {
		h := c.HostFor(c.Device(want.device), want.cards)
		if h == nil || h.ID != want.host {
			t.Errorf("%d x %s go into %v, want %s", want.cards, want.device, h, want.host)
		}
	}
	for _, id := range []string{"m3ultra-512", "dgx-spark", "strix-halo-128", "epyc9005-2s"} {
		if h := c.HostFor(c.Device(id), 1); h != nil {
			t.Errorf("%s is a whole machine, yet goes into %s", id, h.ID)
		}
	}
	for i := range c.Devices {
		if d := &c.Devices[i]; !d.WholeMachine && c.HostFor(d, d.MaxPerHost) == nil {
			t.Errorf("no host takes %d x %s, which max_per_host allows", d.MaxPerHost, d.ID)
		}
	}
	if c.HostFor(nil, 1) != nil {
		t.Error("no device has a host")
	}
}

func TestBuildIsChosenByLeadingNumbers(t *testing.T) {
	c := shipped(t)
	vllm := c.Engine("vllm")
	newest := vllm.Version[len(vllm.Version)-1].Version
	for asked, want := range map[string]string{
		"": newest, "99": newest, "nightly": newest,
		"0.11.2+vendor1": "0.11.2", "v0.11.2": "0.11.2", "0.11.9": "0.11.2", "0.11": "0.11.0",
		"0.7.3": "0.7.0", "0.10.2.dev8+g12ab": "0.10.0", "0.2.0": "0.7.0",
	} {
		if got := vllm.Build(asked); got.Version != want {
			t.Errorf("version %q builds as %s, want %s", asked, got.Version, want)
		}
	}
	if got := c.Engine("llama.cpp").Build("b6000"); got.Version != "b5080" {
		t.Errorf("b6000 builds as %s, want b5080", got.Version)
	}
	if (&Engine{}).Build("1") != nil {
		t.Error("an engine without builds has one")
	}
}

func TestCompareVersions(t *testing.T) {
	ordered := []string{"dev", "0.7", "0.7.3", "0.11.0", "0.11.2+vendor", "v0.19.0", "1", "b4500"}
	for i, a := range ordered {
		for j, b := range ordered {
			want := 0
			if i < j {
				want = -1
			} else if i > j {
				want = 1
			}
			if got := CompareVersions(a, b); got != want {
				t.Errorf("CompareVersions(%q, %q) = %d, want %d", a, b, got, want)
			}
		}
	}
	if CompareVersions("0.11", "0.11.0") != 0 || CompareVersions("", "nightly") != 0 {
		t.Error("equal versions differ")
	}
}

func TestSupport(t *testing.T) {
	c := shipped(t)
	for _, row := range []struct {
		engine, precision, kv, device, model string
		ok, told                             bool
	}{
		{"vllm", "fp8", "bf16", "h200-sxm", "deepseek-r1", true, true},
		{"vllm", "fp8", "fp8", "mi300x", "deepseek-r1", true, true},
		{"vllm", "fp8", "bf16", "a100-80-sxm", "deepseek-r1", false, false}, // Ampere does not compute in FP8
		{"vllm", "fp8", "bf16", "a100-80-sxm", "r1-distill-llama-70b", true, true},
		{"vllm", "nvfp4", "bf16", "b200", "deepseek-r1", true, true},
		{"vllm", "nvfp4", "bf16", "h200-sxm", "deepseek-r1", false, true},
		{"vllm", "bf16", "bf16", "m3ultra-512", "r1-distill-qwen-32b", false, true},
		{"vllm", "gguf-q4_k_m", "bf16", "h200-sxm", "deepseek-r1", false, true},
		{"vllm", "awq-int4", "bf16", "rtx4090", "r1-distill-qwen-32b", true, true},
		{"sglang", "nvfp4", "fp8", "b300", "deepseek-r1-0528", true, true},
		{"sglang", "fp8", "bf16", "xeon6-2s", "deepseek-r1", true, true},
		{"tensorrt-llm", "bf16", "bf16", "mi300x", "r1-distill-qwen-7b", false, true},
		{"llama.cpp", "gguf-q4_k_m", "q8_0", "m3ultra-512", "deepseek-r1", true, true},
		{"llama.cpp", "gguf-q4_k_m", "fp8", "m3ultra-512", "deepseek-r1", false, false},
		{"ollama", "gguf-q4_k_m", "bf16", "rtx3060-12", "r1-distill-qwen-7b", true, true},
		{"ktransformers", "gguf-q4_k_m", "bf16", "rtx4090", "deepseek-r1", true, true},
		{"ktransformers", "gguf-q4_k_m", "bf16", "rtx4090", "r1-distill-qwen-7b", false, false},
		{"ktransformers", "gguf-q4_k_m", "bf16", "epyc9004-2s", "deepseek-r1", false, true},
		{"mlx", "mlx-4bit", "bf16", "m5ultra-256", "r1-distill-llama-70b", true, true},
		{"mlx", "mlx-4bit", "bf16", "rtx5090", "r1-distill-llama-70b", false, true},
	} {
		ok, why := c.Engine(row.engine).Supports(row.precision, row.kv, c.Device(row.device).Architecture, c.Model(row.model))
		if ok != row.ok || (why != nil) != row.told {
			t.Errorf("%s, %s with %s on %s, %s: %v, told why %v; want %v, %v",
				row.engine, row.precision, row.kv, row.device, row.model, ok, why != nil, row.ok, row.told)
		}
		if !ok && why != nil && why.Note == "" {
			t.Errorf("%s, %s on %s is refused without a reason a person can read", row.engine, row.precision, row.device)
		}
	}
	if ok, _ := c.Engine("vllm").Supports("fp8", "", "hopper", nil); !ok {
		t.Error("an open KV type and model do not match")
	}
}

func TestEveryDeployablePrecisionRunsSomewhere(t *testing.T) {
	c := shipped(t)
	for i := range c.Precisions {
		p := &c.Precisions[i]
		if p.Kind == "raw" {
			continue
		}
		for j := range c.Models {
			if m := &c.Models[j]; p.In(m) && !c.runsSomewhere(p, m) && p.ID != "fp32" && p.ID != "mxfp4" {
				t.Errorf("%s of %s runs under no engine on no device", p.ID, m.ID)
			}
		}
	}
}

func (c *Catalog) runsSomewhere(p *Precision, m *Model) bool {
	for i := range c.Engines {
		for j := range c.Devices {
			if ok, _ := c.Engines[i].Supports(p.ID, "bf16", c.Devices[j].Architecture, m); ok {
				return true
			}
		}
	}
	return false
}

func TestResolve(t *testing.T) {
	c := shipped(t)
	for typed, want := range map[string]string{
		"deepseek-r1:7b":                              "deepseek-r1:7b",
		"`deepseek-r1:70b`":                           "deepseek-r1:70b",
		"ollama run deepseek-r1:70b":                  "deepseek-r1:70b",
		"deepseek-r1:70b-llama-distill-q4_K_M":        "deepseek-r1:70b",
		"deepseek-r1:8b":                              "deepseek-r1:8b",
		"deepseek-r1:8b-llama-distill-q8_0":           "deepseek-r1:8b-llama-distill",
		"deepseek-r1:671b":                            "deepseek-r1:671b",
		"DeepSeek-R1 671B":                            "deepseek-r1:671b",
		"R1   671B":                                   "deepseek-r1:671b",
		"deepseek-ai/DeepSeek-R1":                     "deepseek-r1:671b",
		"deepseek-r1":                                 "deepseek-r1",
		"deepseek-ai/DeepSeek-R1-0528":                "deepseek-r1-0528",
		"bartowski/DeepSeek-R1-Distill-Qwen-32B-GGUF": "deepseek-r1:32b",
		"what does 37B active mean?":                  "37b active",
		"it runs on my laptop":                        "runs on my laptop",
		"deepseek-reasoner":                           "deepseek-reasoner",
		"DeepSeek-R1-0528-Qwen3-8B":                   "deepseek-r1-0528-qwen3-8b",
	} {
		if got := c.Resolve(typed); got == nil || got.Query != want {
			t.Errorf("%q resolves to %+v, want %q", typed, got, want)
		}
	}
	for _, typed := range []string{"", "  ", "llama", "deepseek-r1-mini", "r1"} {
		if got := c.Resolve(typed); got != nil {
			t.Errorf("%q resolves to %q; nothing is known of it", typed, got.Query)
		}
	}
	if m := c.Resolve("deepseek-reasoner").Model; m != "" {
		t.Errorf("deepseek-reasoner is said to be %s; it serves none of the nine", m)
	}
}

func TestPricesAreReadAsTheContractNeeds(t *testing.T) {
	c := shipped(t)
	for _, want := range []struct {
		id                  string
		model               string
		quota, gone, pinned bool
	}{
		{"amazon-bedrock/deepseek.r1-v1-0", "deepseek-r1", false, false, true},
		{"azure/deepseek-r1", "deepseek-r1", false, false, false},
		{"azure/deepseek-r1-0528", "deepseek-r1-0528", false, false, true},
		{"github-models/deepseek-deepseek-r1", "deepseek-r1", true, false, false},
		{"groq/r1-distill-llama-70b", "r1-distill-llama-70b", false, true, true},
		{"deepseek/deepseek-reasoner", "", false, false, false},
		{"openrouter/r1-0528-qwen3-8b", "", false, false, true},
	} {
		p := c.Price(want.id)
		if p == nil {
			t.Errorf("%s is missing", want.id)
			continue
		}
		if p.Model != want.model || p.Quota != want.quota || p.Gone != want.gone || p.Pinned != want.pinned {
			t.Errorf("%s: model %q quota %v gone %v pinned %v; want %+v", p.ID, p.Model, p.Quota, p.Gone, p.Pinned, want)
		}
	}
	for i := range c.Prices {
		if p := &c.Prices[i]; p.Input == 0 && !p.Quota {
			t.Errorf("%s is free and not a quota row", p.ID)
		}
	}
}

// Concurrency over time per token is about the output rate: the proof of how a row's unit was read.
func TestSpeedRunsAreReadInOneUnit(t *testing.T) {
	c := shipped(t)
	checked := 0
	for i := range c.SpeedRuns {
		r := &c.SpeedRuns[i]
		if r.TPOTms == 0 || r.ParsedConcurrency == 0 || r.OutputTokS == 0 || r.ISL > 2048 {
			continue // long prompts hold the output rate below what decoding alone would give
		}
		checked++
		if got := float64(r.ParsedConcurrency) / (r.TPOTms / 1000); got < r.OutputTokS*0.9 || got > r.OutputTokS*1.35 {
			t.Errorf("%s: %d sequences at %.1f ms a token are %.0f tok/s, parsed as %.0f", r.ID, r.ParsedConcurrency, r.TPOTms, got, r.OutputTokS)
		}
	}
	if checked < 15 {
		t.Errorf("only %d runs could be checked", checked)
	}
}

func TestComparableRunsNameWhatTheyMeasured(t *testing.T) {
	c := shipped(t)
	speeds, memories := 0, 0
	for i := range c.SpeedRuns {
		r := &c.SpeedRuns[i]
		if r.NotComparable != "" {
			continue
		}
		speeds++
		if r.ParsedModel == "" || r.ParsedPrecision == "" || r.ParsedEngine == "" || r.ParsedDevice == "" {
			t.Errorf("%s lacks a parsed model, precision, engine or device, and does not say why", r.ID)
		}
		if p, m := c.Precision(r.ParsedPrecision), c.Model(r.ParsedModel); p != nil && m != nil && !p.In(m) {
			t.Errorf("%s: %s is not made in %s", r.ID, m.ID, p.ID)
		}
	}
	for i := range c.MemoryRuns {
		r := &c.MemoryRuns[i]
		if r.NotComparable != "" {
			continue
		}
		memories++
		needsPrecision := isWeights(r.Quantity)
		if r.ParsedModel == "" || needsPrecision && r.ParsedPrecision == "" {
			t.Errorf("%s (%s) lacks a parsed model or precision, and does not say why", r.ID, r.Quantity)
		}
	}
	if speeds < 90 || memories < 90 {
		t.Errorf("%d speed runs and %d memory runs can be compared; want at least 90 of each", speeds, memories)
	}
}

func isWeights(quantity string) bool {
	return quantity == "weights_bytes" || quantity == "gpu_weights_bytes_sum" || quantity == "file_bytes"
}

func BenchmarkLoad(b *testing.B) {
	files := os.DirFS("../../assets")
	for b.Loop() {
		if _, err := Load(files); err != nil {
			b.Fatal(err)
		}
	}
}
