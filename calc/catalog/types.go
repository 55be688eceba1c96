// Package catalog holds the facts that every answer rests on, and the evidence for each.
//
// It promises that a loaded Catalog is consistent: every row has evidence, a source and a date, every
// reference points at a row, every range is in order, and a price without a date did not load. It reads
// nothing itself: Load takes the bytes that package assets embeds. It does no arithmetic on the facts
// beyond looking them up; what follows from them is the work of memory, serving, cost, risk and advice.
package catalog

import "time"

// Evidence says how far a statement can be relied on.
type Evidence string

// The six kinds of evidence, from design §2. Measured and Yours rank above Likely.
const (
	Confirmed   Evidence = "confirmed"
	Measured    Evidence = "measured"
	Yours       Evidence = "yours"
	Likely      Evidence = "likely"
	Speculation Evidence = "speculation"
	False       Evidence = "false"
)

// Range is a quantity that is not known exactly: P10, P50 and P90 of one distribution.
// An exact quantity has all three equal.
type Range struct {
	Low    float64 `json:"low"`
	Likely float64 `json:"likely"`
	High   float64 `json:"high"`
}

// Exact returns the range of a quantity that is known exactly.
func Exact(v float64) Range { return Range{v, v, v} }

// IsExact reports whether the three points coincide.
func (r Range) IsExact() bool { return r.Low == r.Likely && r.Likely == r.High }

// Scale returns the range with every point multiplied by f, f >= 0.
func (r Range) Scale(f float64) Range { return Range{r.Low * f, r.Likely * f, r.High * f} }

// Fact is what every row of the catalogue carries: how sure, from where, as of when.
type Fact struct {
	Evidence Evidence `json:"evidence"`
	Source   string   `json:"source"`
	AsOf     string   `json:"as_of"` // YYYY-MM-DD; a partial date counts as its first day
	Note     string   `json:"note,omitempty"`
}

// Date returns AsOf as a time in UTC, the zero time when it cannot be read.
func (f Fact) Date() time.Time {
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(layout, f.AsOf); err == nil {
			return t
		}
	}
	return time.Time{}
}

// Architecture is the shape of a model: what its memory and speed follow from.
type Architecture struct {
	Kind   string `json:"kind"` // "moe-mla" (R1 671B) or "dense-gqa" (the distills)
	Layers int    `json:"layers"`
	Hidden int    `json:"hidden"`
	Heads  int    `json:"heads"`
	Vocab  int    `json:"vocab"`

	// moe-mla only
	DenseLayers   int `json:"dense_layers,omitempty"`
	MoELayers     int `json:"moe_layers,omitempty"`
	QLoraRank     int `json:"q_lora_rank,omitempty"`
	KVLoraRank    int `json:"kv_lora_rank,omitempty"`
	QKNopeHeadDim int `json:"qk_nope_head_dim,omitempty"`
	QKRopeHeadDim int `json:"qk_rope_head_dim,omitempty"`
	VHeadDim      int `json:"v_head_dim,omitempty"`
	DenseFFN      int `json:"dense_ffn,omitempty"`
	MoEFFN        int `json:"moe_ffn,omitempty"`
	RoutedExperts int `json:"routed_experts,omitempty"`
	ActiveExperts int `json:"active_experts,omitempty"`
	SharedExperts int `json:"shared_experts,omitempty"`
	MTPLayers     int `json:"mtp_layers,omitempty"`

	// dense-gqa only
	KVHeads int `json:"kv_heads,omitempty"`
	HeadDim int `json:"head_dim,omitempty"`
	FFN     int `json:"ffn,omitempty"`

	MaxPosition    int  `json:"max_position"`
	TiedEmbeddings bool `json:"tied_embeddings"`
}

// IsMoE reports whether the model is the full mixture-of-experts model with latent attention.
func (a Architecture) IsMoE() bool { return a.Kind == "moe-mla" }

// Model is one of the nine models a person can choose.
type Model struct {
	ID                  string       `json:"id"`
	Name                string       `json:"name"`
	ShortName           string       `json:"short_name"` // "R1 671B", "32B distill": for labels
	Family              string       `json:"family"`     // "full" or "distill"
	Base                string       `json:"base,omitempty"`
	HuggingFace         string       `json:"hugging_face,omitempty"`
	Parameters          int64        `json:"parameters"`
	PublishedParameters string       `json:"published_parameters,omitempty"`
	ActiveParameters    string       `json:"active_parameters,omitempty"`
	PublishedContext    int          `json:"published_context,omitempty"`
	ReleasedPrecision   string       `json:"released_precision"`
	Architecture        Architecture `json:"architecture"`
	// Quality maps a benchmark id to its score; a benchmark that is not cited is not in the map.
	Quality         map[string]float64 `json:"quality"`
	QualitySource   string             `json:"quality_source"`
	Licence         string             `json:"licence"`
	ReasoningTokens struct {
		Range
		Fact
	} `json:"reasoning_tokens"`
	Fact
}

// Precision is one way in which a model's weights are stored.
type Precision struct {
	ID            string   `json:"id"`
	Label         string   `json:"label"`
	Kind          string   `json:"kind"`            // "deploy" or "raw"
	Format        string   `json:"format"`          // "safetensors", "gguf", "mlx" or "raw"
	BitsPerWeight float64  `json:"bits_per_weight"` // nominal, for gates and labels; the exact size comes from package memory
	Models        []string `json:"models"`          // ids or families ("full", "distill") it is made in
	// Artifacts holds measured file sizes in bytes by model id, for mixes that no rule gives (dynamic quants).
	Artifacts   map[string]int64 `json:"artifacts,omitempty"`
	QualityLoss string           `json:"quality_loss,omitempty"` // what quantising costs, as published, or "" = unknown
	Fact
}

// Device is something that holds weights and computes: a card, a Mac, a processor server.
// A nil pointer is an unknown figure, never zero.
type Device struct {
	ID           string   `json:"id"`
	Name         string   `json:"name"`
	ShortName    string   `json:"short_name"` // "H200", "RTX 4090": for labels
	Vendor       string   `json:"vendor"`
	Kind         string   `json:"kind"`         // "datacenter", "workstation", "consumer", "unified", "cpu", "rack"
	MemoryClass  string   `json:"memory_class"` // "hbm", "gddr", "unified", "ddr"
	Architecture string   `json:"architecture"` // "hopper", "blackwell", "ada", "ampere", "turing", "cdna3", "cdna4", "rdna3", "apple", "x86", ...
	MemoryGB     float64  `json:"memory_gb"`    // the vendor's label
	VisibleBytes int64    `json:"visible_bytes"`
	VisibleFact  Fact     `json:"visible_fact"` // evidence for VisibleBytes
	BandwidthGBs float64  `json:"bandwidth_gbs"`
	BF16TFLOPS   *float64 `json:"bf16_tflops"`
	FP8TFLOPS    *float64 `json:"fp8_tflops"`
	FP4TFLOPS    *float64 `json:"fp4_tflops"`
	TDPWatts     float64  `json:"tdp_w"`
	Interconnect string   `json:"interconnect"`
	ScaleUpGBs   *float64 `json:"scaleup_gbs"` // one direction, per device
	Sockets      int      `json:"sockets,omitempty"`
	MaxPerHost   int      `json:"max_per_host"` // cards of this kind in one host
	// PriceUSD is the bare card, or the whole machine where WholeMachine is set; nil = not priced.
	PriceUSD     *Range      `json:"price_usd"`
	PriceFact    Fact        `json:"price_fact"`
	WholeMachine bool        `json:"whole_machine"`
	Rent         []RentPrice `json:"rent"`
	Fact
}

// RentPrice is one published price for an hour of one device.
type RentPrice struct {
	Provider string `json:"provider"`
	Term     string `json:"term"` // "on-demand", "1-year", "3-year"
	USD      Range  `json:"usd_per_device_hour"`
	Fact
}

// Host is what cards are put in: a desktop, a workstation, an 8-GPU server.
type Host struct {
	ID            string   `json:"id"`
	Name          string   `json:"name"`
	Slots         int      `json:"slots"`             // most cards it takes
	DeviceKinds   []string `json:"device_kinds"`      // device kinds it takes
	Devices       []string `json:"devices"`           // device ids it is made for; empty = any of the kinds
	PriceUSD      Range    `json:"price_usd"`         // without cards
	BaseKW        float64  `json:"base_kw"`           // without cards, at full load
	MemoryBytes   int64    `json:"memory_bytes"`      // host memory, for offload
	BandwidthGBs  float64  `json:"bandwidth_gbs"`     // of that memory, over all sockets
	Sockets       int      `json:"sockets,omitempty"` // processors that share it; 0 = one
	LeadTimeWeeks Range    `json:"lead_time_weeks"`
	Fact
}

// Engine is a program that serves a model.
type Engine struct {
	ID      string        `json:"id"`
	Name    string        `json:"name"`
	Split   string        `json:"split"`   // "tensor" or "layer"
	Formats []string      `json:"formats"` // precision formats it loads
	Version []EngineBuild `json:"versions"`
	// Support lists what is known to run; a combination that is not listed is unsupported, not refused.
	Support []EngineSupport `json:"support"`
	// Launch is a template of the launch command, for reading. Its placeholders are {model}, {file}, {folder}, {tag},
	// {tp}, {pp}, {context}, {fraction}, {sequences}, {batch}, {layers} and {cores}.
	Launch string `json:"launch"`
	Fact
}

// EngineBuild is one released version of an engine with the defaults that memory and speed depend on.
type EngineBuild struct {
	Version string `json:"version"`
	// MemoryFraction is the share the engine takes by default: of the whole device (vLLM; SGLang's weights and cache),
	// of what is free after loading (TensorRT-LLM), of unified memory (MLX). 1 = what it needs (llama.cpp, ollama).
	MemoryFraction float64 `json:"memory_fraction"`
	BatchTokens    int     `json:"batch_tokens"` // tokens of one prefill step; ubatch under llama.cpp and ollama
	Fact
}

// EngineSupport says that an engine runs a precision on a device architecture.
type EngineSupport struct {
	Precisions    []string `json:"precisions"`    // ids, or a prefix ending in "*"
	Architectures []string `json:"architectures"` // device architectures
	KV            []string `json:"kv"`
	Models        []string `json:"models"` // ids or families; empty = all
	Fact
}

// Price is one dated listing of one model at one provider, in dollars per million tokens.
type Price struct {
	ID           string   `json:"id"`
	Provider     string   `json:"provider"`
	ProviderKind string   `json:"provider_kind"` // "first-party", "host", "cloud", "reseller"
	Country      string   `json:"country,omitempty"`
	Model        string   `json:"model"`       // our model id, or "" for a model outside the nine
	ModelLabel   string   `json:"model_label"` // as listed
	Input        float64  `json:"input_usd_per_mtok"`
	CachedInput  *float64 `json:"cached_input_usd_per_mtok"` // nil = no cache price
	Output       float64  `json:"output_usd_per_mtok"`
	Context      int      `json:"context_tokens"` // 0 = not stated
	MaxOutput    int      `json:"max_output_tokens"`
	// Pinned says that the listing names one set of weights: a name that only one set has (R1-0528, a distill), the
	// full repository name, or the provider's own version number. An alias and a bare "deepseek-r1" are not pinned:
	// the weights behind them can change. It is a reading of names; no contract was read.
	Pinned    bool   `json:"pinned"`
	Quota     bool   `json:"quota"` // free or plan-included: testing capacity, never a price
	Gone      bool   `json:"gone"`  // withdrawn by the provider
	ValidFrom string `json:"valid_from,omitempty"`
	ValidTo   string `json:"valid_to,omitempty"`
	TimeBand  string `json:"time_band,omitempty"` // "" or e.g. "16:30-00:30 UTC"
	Fact
}

// BatchDiscount is what a provider takes off for asynchronous work, as a share.
type BatchDiscount struct {
	Provider string   `json:"provider"`
	Share    *float64 `json:"share"` // nil = not known
	Fact
}

// GatewayFee is what a gateway adds to the listed price, as a share.
type GatewayFee struct {
	Gateway string  `json:"gateway"`
	Share   float64 `json:"share"`
	Fact
}

// Claim is a sentence with a status and a source, from the article or found since.
type Claim struct {
	ID     string   `json:"id"`
	Topic  string   `json:"topic"`
	Text   string   `json:"text"`
	Status Evidence `json:"status"`
	Fact
	Page string `json:"page"` // where in the window it matters: guide, results, compare, library, facts, help
}

// Monitoring is one metric to watch after the choice is made.
type Monitoring struct {
	Metric    string   `json:"metric"`
	Threshold string   `json:"threshold"`
	Why       string   `json:"why"`
	Status    Evidence `json:"status"`
	Fact
}

// Term explains a word of the field in one or two sentences.
type Term struct {
	Term string   `json:"term"`
	Also []string `json:"also,omitempty"`
	Text string   `json:"text"`
	Fact
}

// Intent is what somebody types and what they need to know.
type Intent struct {
	Query  string   `json:"query"`
	Needs  string   `json:"needs"`
	Answer string   `json:"answer"`
	Status Evidence `json:"status"`
	Page   string   `json:"page"`
	Fact
}

// MemoryRun is a measured amount of memory, as published.
type MemoryRun struct {
	ID            string   `json:"id"`
	Model         string   `json:"model"`
	Precision     string   `json:"precision_quant"`
	Engine        string   `json:"engine"`
	EngineVersion string   `json:"engine_version"`
	Hardware      string   `json:"hardware"`
	GPUs          int      `json:"gpus"`
	ContextTokens int      `json:"context_tokens"`
	Sequences     string   `json:"batch_or_sequences"`
	KV            string   `json:"kv_dtype"`
	Quantity      string   `json:"quantity"`
	Value         float64  `json:"measured_value"`
	Unit          string   `json:"unit"`
	Bytes         *float64 `json:"measured_bytes"`
	Scope         string   `json:"scope"`
	Kind          string   `json:"kind"`
	Quote         string   `json:"quote"`
	Fact

	// Parsed, where the text allows it; empty or 0 where it states nothing.
	ParsedModel          string  `json:"parsed_model"`
	ParsedPrecision      string  `json:"parsed_precision"`
	ParsedKV             string  `json:"parsed_kv"`
	ParsedEngine         string  `json:"parsed_engine"`
	ParsedVersion        string  `json:"parsed_version"` // of the engine whose layout the run has
	ParsedFork           string  `json:"parsed_fork,omitempty"`
	ParsedDevice         string  `json:"parsed_device"`
	ParsedTP             int     `json:"parsed_tp,omitempty"`
	ParsedPP             int     `json:"parsed_pp,omitempty"`
	ParsedEP             int     `json:"parsed_ep,omitempty"`
	ParsedSequences      int     `json:"parsed_sequences,omitempty"`
	ParsedBatchTokens    int     `json:"parsed_batch_tokens,omitempty"`    // prefill chunk or ubatch
	ParsedMemoryFraction float64 `json:"parsed_memory_fraction,omitempty"` // share of memory the engine was given
	ParsedVisibleBytes   int64   `json:"parsed_visible_bytes,omitempty"`   // what the log says the device holds
	DataParallel         bool    `json:"data_parallel,omitempty"`          // attention is data parallel
	ExpertsInHost        bool    `json:"experts_in_host,omitempty"`
	FlashAttention       bool    `json:"flash_attention,omitempty"`
	MLAMode              *int    `json:"mla_mode,omitempty"` // the fork's -mla switch, nil = not logged
	// NotComparable says why no estimate can be set beside the run; "" means one can.
	NotComparable string `json:"not_comparable,omitempty"`
}

// SpeedRun is a measured speed, as published, with what was made of its free text.
type SpeedRun struct {
	ID          string  `json:"id"`
	Model       string  `json:"model"`
	Precision   string  `json:"precision"`
	Engine      string  `json:"engine"`
	Hardware    string  `json:"hardware"`
	GPUs        int     `json:"gpus"`
	Concurrency string  `json:"concurrency_or_batch"`
	ISL         int     `json:"isl"`
	OSL         int     `json:"osl"`
	Phase       string  `json:"phase"`
	Value       float64 `json:"value"`
	Unit        string  `json:"unit"`
	Per         string  `json:"per"`
	TTFTms      float64 `json:"ttft_ms"`
	TPOTms      float64 `json:"tpot_ms"`
	PrefillTokS float64 `json:"prefill_tok_s"`
	PowerW      float64 `json:"power_w"`
	Quote       string  `json:"quote"`
	// MeasuredOn is the day or month of the run where AsOf is another day, such as that on which a person confirmed
	// it; "" = AsOf.
	MeasuredOn string `json:"measured_on,omitempty"`
	Fact

	// Parsed, where the text allows it; ParsedModel is "" where the run is of none of ours.
	ParsedModel       string `json:"parsed_model"`
	ParsedPrecision   string `json:"parsed_precision"`
	ParsedKV          string `json:"parsed_kv"`
	ParsedEngine      string `json:"parsed_engine"`
	ParsedVersion     string `json:"parsed_version"`
	ParsedDevice      string `json:"parsed_device"`
	ParsedConcurrency int    `json:"parsed_concurrency"`
	DataParallel      bool   `json:"data_parallel"`
	DraftTokens       int    `json:"draft_tokens"`
	// OutputTokS is the output rate of the whole set-up in tokens a second, 0 where the row states none.
	OutputTokS float64 `json:"output_tok_s"`

	ParsedFork     string  `json:"parsed_fork,omitempty"`
	ParsedHost     string  `json:"parsed_host,omitempty"` // device id of the processor server that holds experts
	ParsedTP       int     `json:"parsed_tp,omitempty"`
	ParsedPP       int     `json:"parsed_pp,omitempty"`
	ParsedEP       int     `json:"parsed_ep,omitempty"`
	ExpertsInHost  bool    `json:"experts_in_host,omitempty"`
	AcceptedTokens float64 `json:"accepted_tokens,omitempty"` // tokens a step with drafts, as published
	Proxy          bool    `json:"proxy,omitempty"`           // measured on another model of the same shape or size
	// NotComparable says why no estimate can be set beside the run; "" means one can.
	NotComparable string `json:"not_comparable,omitempty"`
}
