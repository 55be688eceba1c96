// Package memory says what has to be in memory to serve a model, where each byte lies, and how sure that is.
//
// Solve is its door: a Setup goes in with as many choices made as the person made, a Plan comes out with all of
// them made and every byte placed: exact weights from the tensor inventory of the format, the cache as the
// engine's version lays it out, and the engine's own needs as its logs show them. Weights, KVBytesPerToken,
// ByPrecision and Neighbours are narrower questions to the same model; Detail and Plan.Explain write the
// reasons and formulas out; Accuracy sets the catalogue's measured runs beside the estimates.
//
// It promises that the parts of a plan sum to its total, that every total is a range, that a longer context or
// more sequences on the same set-up never need less (vLLM's V0 engine excepted, which starts to chunk prompts
// beyond 32K), and that no combination is refused: what is not known to run says so and is worked out all the same.
//
// It leaves out memory that other programs hold, and everything about speed.
package memory

import "hostwise/calc/catalog"

// Setup is one replica: a model in a precision on devices under an engine. It is what a person buys once
// and may buy several times. Zero values mean "choose for me".
type Setup struct {
	Model         *catalog.Model
	Precision     string // precision id
	KV            string // "bf16", "fp8", "q8_0", "q4_0"
	Engine        string // engine id
	EngineVersion string // "" = the newest the catalogue knows
	Device        *catalog.Device
	Devices       int // 0 = the fewest that fit
	Host          *catalog.Host
	Second        *catalog.Device // a second kind of card in the same machine, which layer-split engines can use; nil = none
	Seconds       int             // how many of them

	TensorParallel        int
	PipelineParallel      int
	ExpertParallel        int
	ContextParallel       int
	DataParallelAttention bool

	MemoryFraction      float64 // 0 = the engine's default
	ContextTokens       int     // longest request
	Sequences           int     // concurrent sequences to hold, at least 1
	BatchTokens         int     // prefill chunk / ubatch, 0 = default
	SpeculativeTokens   int
	ExpertsInHostMemory bool
	LayersOnDevice      int  // -1 = all
	EngineOffloads      bool // LayersOnDevice is the engine's own choice, because the devices do not hold all
}

// Fit says whether a set-up holds its load.
type Fit string

// Fits: the whole range is within capacity. Tight: the likely total is within, the high one is not. No: the likely total is over.
const (
	Fits  Fit = "fits"
	Tight Fit = "tight"
	No    Fit = "no"
)

// Part is a named amount of memory and the reason for it.
type Part struct {
	Part    string        `json:"part"`
	Bytes   float64       `json:"bytes"`
	Range   catalog.Range `json:"range"`
	Why     string        `json:"why"`
	Formula string        `json:"formula"` // with the numbers filled in
	Support string        `json:"support"` // the measured run that speaks for it, in words; "" where none does
	Origin  string        `json:"origin"`  // where the rule comes from, in words; "" where Why says it
}

// PerDevice is the fullest device of the fullest stage, in bytes.
type PerDevice struct {
	Weights    float64 `json:"weights_bytes"`
	KVPool     float64 `json:"kv_pool_bytes"`
	Compute    float64 `json:"compute_bytes"`
	Runtime    float64 `json:"runtime_bytes"`
	Replicated float64 `json:"replicated_bytes"`
	Reserve    float64 `json:"reserve_bytes"`
	Used       float64 `json:"used_bytes"`
	Capacity   float64 `json:"capacity_bytes"`
}

// Plan is where everything lies for one replica. All amounts are in bytes.
type Plan struct {
	Setup // with every choice resolved: Devices and the parallel sizes are never 0

	Supported bool   // the engine is known to run this precision on this device
	Chain     bool   // stages were asked for: servers that hand on to each other, not one wide cluster
	Why       string // why it does not fit or is unsupported; or what binds

	ArtifactBytes   float64       // downloaded
	WeightsBytes    float64       // loaded, whole model once
	KVBytesPerToken float64       // whole model, one copy
	KVBytes         float64       // per token x context x sequences
	CopiesBytes     float64       // over all devices: what tensor parallelism holds more than once, of weights and KV
	ComputeBytes    float64       // over all devices
	RuntimeBytes    float64       // over all devices: context, allocator, graphs, framework
	Total           catalog.Range // likely = weights + KV + copies + compute + runtime

	PerDevice        PerDevice
	Shares           []CardShare // what each card holds, where the cards are unlike; else nil
	Overheads        []Part      // the six of the contract, in its order; only Detail fills them
	KVCapacityTokens float64
	HostBytes        float64 // in host memory, when something is offloaded
	Servers          int     // hosts or whole machines that the devices fill
	Binds            string  // what limits: "weights", "kv", "compute" or "devices"

	Fit      Fit
	Warnings []string

	work working // what Explain and Detail need again
}

// PrecisionRow is one precision of a model on a set-up's device, in bytes over all devices of one replica. A raw
// view has weights only; the rest is nil. Weights, cache, compute and runtime sum to the likely total; copies are a part of runtime.
type PrecisionRow struct {
	Precision string           `json:"precision"`
	Kind      string           `json:"kind"` // "raw" or "deploy"
	Label     string           `json:"label"`
	Engine    string           `json:"engine"`
	KV        string           `json:"kv_precision"`
	Evidence  catalog.Evidence `json:"evidence"`
	Source    string           `json:"source"`

	ArtifactBytes *float64       `json:"artifact_bytes"`
	WeightsBytes  *float64       `json:"weights_bytes"`
	KVBytes       *float64       `json:"kv_bytes"`
	CopiesBytes   *float64       `json:"copies_bytes"` // of RuntimeBytes: what tensor parallelism holds more than once
	ComputeBytes  *float64       `json:"compute_bytes"`
	RuntimeBytes  *float64       `json:"runtime_bytes"`
	TotalBytes    *catalog.Range `json:"total_bytes"`

	DevicesNeeded *int   `json:"devices_needed"`
	ServersNeeded *int   `json:"servers_needed"`
	Fits          bool   `json:"fits"` // memory holds it and it is known to run; Fit speaks of memory alone
	Fit           Fit    `json:"fit"`
	Why           string `json:"why"`
}
