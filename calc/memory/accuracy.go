package memory

import (
	"math"
	"slices"
	"strings"
	"time"

	"hostwise/calc/catalog"
)

// Comparison is a measured run beside our estimate of the same quantity. All amounts are in Unit.
type Comparison struct {
	Run      *catalog.MemoryRun `json:"run"`
	Group    string             `json:"group"` // what is compared, see Groups
	Unit     string             `json:"unit"`  // "bytes", "tokens" or "parameters"
	Measured float64            `json:"measured"`
	Estimate catalog.Range      `json:"estimate"`
	Error    float64            `json:"error_share"` // estimate over measured - 1
	Inside   bool               `json:"inside"`      // the measured value lies in the estimate's range
	Reason   string             `json:"reason"`      // why nothing is compared, "" where something is
}

// The groups of quantities, in the order they are reported.
const (
	GroupFiles      = "files"
	GroupCounts     = "parameters"
	GroupWeights    = "whole-model weights"
	GroupDevice     = "weights per device"
	GroupKV         = "KV bytes"
	GroupPools      = "KV pools and token capacities"
	GroupBuffers    = "compute buffers and overheads"
	GroupTotals     = "totals"
	groupUnassigned = ""
)

// Groups lists the groups in the order they are reported.
func Groups() []string {
	return []string{GroupFiles, GroupCounts, GroupWeights, GroupDevice, GroupKV, GroupPools, GroupBuffers, GroupTotals}
}

// Accuracy sets every measured run of the catalogue beside our estimate. A run that cannot be expressed as a
// set-up is listed with the reason.
func Accuracy(cat *catalog.Catalog) []Comparison {
	if cat == nil {
		return nil
	}
	list := make([]Comparison, 0, len(cat.MemoryRuns))
	for i := range cat.MemoryRuns {
		list = append(list, compare(cat, &cat.MemoryRuns[i]))
	}
	return list
}

// GroupAccuracy is how far off the estimates of one group are. Errors are absolute shares.
type GroupAccuracy struct {
	Group       string  `json:"group"`
	Rows        int     `json:"rows"`
	Median      float64 `json:"median_error_share"`
	P90         float64 `json:"p90_error_share"`
	InsideShare float64 `json:"inside_share"`  // rows whose measured value lies in the range
	Spread      float64 `json:"median_spread"` // median of high over low
	Worst       string  `json:"worst_run"`     // the run with the largest error
	WorstError  float64 `json:"worst_error"`   // signed
}

// SummariseAccuracy condenses comparisons to one line a group; groups without rows are left out.
func SummariseAccuracy(list []Comparison) []GroupAccuracy {
	var out []GroupAccuracy
	for _, group := range Groups() {
		if g, ok := summarise(group, list); ok {
			out = append(out, g)
		}
	}
	return out
}

func summarise(group string, list []Comparison) (GroupAccuracy, bool) {
	g := GroupAccuracy{Group: group}
	var errs, spreads []float64
	inside := 0
	for _, c := range list {
		if c.Group != group || c.Reason != "" {
			continue
		}
		errs = append(errs, math.Abs(c.Error))
		if c.Estimate.Low > 0 {
			spreads = append(spreads, c.Estimate.High/c.Estimate.Low)
		}
		if c.Inside {
			inside++
		}
		if g.Worst == "" || math.Abs(c.Error) > math.Abs(g.WorstError) {
			g.Worst, g.WorstError = c.Run.ID, c.Error
		}
	}
	if len(errs) == 0 {
		return g, false
	}
	slices.Sort(errs)
	slices.Sort(spreads)
	g.Rows, g.Median, g.P90 = len(errs), quantile(errs, 0.5), quantile(errs, 0.9)
	g.Spread = quantile(spreads, 0.5)
	g.InsideShare = float64(inside) / float64(len(errs))
	return g, true
}

// quantile interpolates between the sorted values.
func quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	at := q * float64(len(sorted)-1)
	i := int(at)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}

func compare(cat *catalog.Catalog, run *catalog.MemoryRun) Comparison {
	c := Comparison{Run: run, Unit: "bytes", Group: groupOf(run)}
	if run.Bytes != nil {
		c.Measured = *run.Bytes
	}
	switch c.Group {
	case GroupCounts:
		c.Unit, c.Measured = "parameters", run.Value
	case GroupPools:
		if run.Quantity == "kv_tokens_capacity" {
			c.Unit, c.Measured = "tokens", run.Value
		}
	}
	if c.Reason = objection(run, c); c.Reason != "" {
		return c
	}
	estimate, reason := estimateOf(cat, run, c.Group)
	if reason != "" {
		c.Reason = reason
		return c
	}
	c.Estimate = estimate
	c.Error = estimate.Likely/c.Measured - 1
	const rounding = 5e-4 // logs print three or four digits
	c.Inside = c.Measured >= estimate.Low*(1-rounding) && c.Measured <= estimate.High*(1+rounding)
	return c
}

// groupOf sorts a quantity into its group.
func groupOf(run *catalog.MemoryRun) string {
	switch run.Quantity {
	case "file_bytes":
		return GroupFiles
	case "param_count":
		return GroupCounts
	case "weights_bytes":
		if strings.HasPrefix(run.Scope, "per ") {
			return GroupDevice
		}
		return GroupWeights
	case "gpu_weights_bytes_sum":
		return GroupDevice
	case "kv_bytes":
		return GroupKV
	case "kv_pool_bytes", "kv_tokens_capacity":
		return GroupPools
	case "activation_peak_bytes", "non_torch_bytes", "cuda_graph_bytes", "compute_buffer_bytes_max_gpu":
		return GroupBuffers
	case "total_vram_bytes", "dram_bytes":
		return GroupTotals
	}
	return groupUnassigned
}

// objection says why a run is not compared, "" where it is. The catalogue's own objection stands unless this
// package can do what it doubts.
func objection(run *catalog.MemoryRun, c Comparison) string {
	switch {
	case c.Group == groupUnassigned && run.NotComparable != "":
		return run.NotComparable
	case c.Group == groupUnassigned:
		return "not an amount of memory that a plan has"
	case run.Kind == "engine_estimate":
		return "the engine's own estimate, not a measurement"
	case c.Measured <= 0:
		return "no measured value in bytes"
	case run.NotComparable == "", overruled(run, c.Group):
		return ""
	}
	return run.NotComparable
}

// overruled reports that the estimate covers a case in spite of the catalogue's doubt: files that hold the
// extra prediction layer, a share of memory left at the engine's default, and buffers of ik_llama.cpp under
// flash attention with the usual limit on attention buffers, whose rule is the one used here.
func overruled(run *catalog.MemoryRun, group string) bool {
	switch group {
	case GroupFiles, GroupCounts:
		return strings.HasPrefix(run.Precision, "FP8 block128")
	case GroupPools, GroupTotals:
		return run.ParsedEngine == "sglang" && run.ParsedDevice != "" && run.ParsedPrecision != "" && run.ParsedMemoryFraction == 0
	case GroupBuffers:
		latent := run.MLAMode != nil && *run.MLAMode >= 2
		return run.Quantity == "compute_buffer_bytes_max_gpu" && latent && run.FlashAttention &&
			run.ContextTokens > 0 && run.ParsedBatchTokens > 0 && strings.Contains(run.Note, "amb=512")
	}
	return false
}

// estimateOf works the run's quantity out, or says why it cannot.
func estimateOf(cat *catalog.Catalog, run *catalog.MemoryRun, group string) (catalog.Range, string) {
	model := cat.Model(run.ParsedModel)
	if model == nil {
		return catalog.Range{}, "none of our models"
	}
	switch group {
	case GroupCounts:
		return catalog.Exact(countOf(model, run)), ""
	case GroupFiles, GroupWeights:
		return sizeOf(cat, model, run, group)
	case GroupKV:
		if run.ContextTokens == 0 {
			return catalog.Range{}, "the context is not stated"
		}
		return catalog.Exact(kvOf(model, run)), ""
	}
	return placedOf(cat, model, run, group)
}

// versionOn is the newest version the catalogue knows to be out on a date, for logs that give only that.
func versionOn(e *catalog.Engine, date string) string {
	if e == nil || !strings.HasPrefix(date, "20") {
		return ""
	}
	day := catalog.Fact{AsOf: date}.Date()
	if day.IsZero() {
		return ""
	}
	var version string
	var last time.Time
	for _, b := range e.Version {
		if at := b.Date(); !at.After(day) && at.After(last) {
			version, last = b.Version, at
		}
	}
	return version
}

// countOf is a published parameter count: of the whole checkpoint with its scales where it is R1's.
func countOf(m *catalog.Model, run *catalog.MemoryRun) float64 {
	if !m.Architecture.IsMoE() || run.ParsedPrecision != "fp8" && !strings.Contains(run.Precision, "FP8") {
		return float64(m.Parameters)
	}
	var n float64
	for _, t := range append(tensorsOf(m.Architecture, m.Parameters), mtpTensors(m.Architecture)...) {
		n += t.elements()
		if t.linear() {
			n += (blockFP8(t) - t.elements()) / 4
		}
	}
	return n
}

func sizeOf(cat *catalog.Catalog, m *catalog.Model, run *catalog.MemoryRun, group string) (catalog.Range, string) {
	if run.ParsedPrecision == "" {
		return catalog.Range{}, "the precision is not one of ours"
	}
	gguf := run.ParsedPrecision == "bf16" && familyOf(run.ParsedEngine, nil).llamaInside() && run.ParsedEngine != ""
	v := inventoryOf(m, cat.Precision(run.ParsedPrecision), run.ParsedPrecision, gguf)
	if v == nil {
		return catalog.Range{}, "the precision has no known form"
	}
	if group == GroupFiles {
		return around(v.artifact, 0.9995, 1.0005), ""
	}
	return around(v.loaded, 0.9995, 1.0005), ""
}

func kvOf(m *catalog.Model, run *catalog.MemoryRun) float64 {
	f := familyOf(run.ParsedEngine, nil)
	version := run.ParsedVersion
	block := blockTokens(f)
	cells := math.Ceil(float64(run.ContextTokens)/block) * block * float64(max(run.ParsedSequences, 1))
	return KVBytesPerToken(m, run.ParsedKV, run.ParsedEngine, version) * cells
}

// placedOf is a quantity that follows from a layout on devices.
func placedOf(cat *catalog.Catalog, m *catalog.Model, run *catalog.MemoryRun, group string) (catalog.Range, string) {
	if group != GroupBuffers && run.ParsedPrecision == "" {
		return catalog.Range{}, "the precision is not one of ours"
	}
	s, reason := setupOf(cat, m, run)
	if reason != "" {
		return catalog.Range{}, reason
	}
	c := newSolver(cat, s)
	p := c.place(c.layoutFor(s.Devices))
	r := p.heaviest
	low, high := c.weightSpread()
	switch run.Quantity {
	case "weights_bytes":
		return around(r.weights, low, high), ""
	case "gpu_weights_bytes_sum":
		return around(p.weights, low, high), ""
	case "kv_pool_bytes":
		return catalog.Range{Low: r.poolLow, Likely: r.pool, High: r.poolHigh}, ""
	case "kv_tokens_capacity":
		return catalog.Range{Low: p.capTokens * r.poolLow / r.pool, Likely: p.capTokens, High: p.capTokens * r.poolHigh / r.pool}, ""
	case "activation_peak_bytes", "compute_buffer_bytes_max_gpu":
		return r.over.activation, ""
	case "non_torch_bytes":
		return r.over.framework, ""
	case "cuda_graph_bytes":
		return r.over.graphs, ""
	case "dram_bytes":
		return around(p.host, 0.93, 1.1), ""
	}
	return c.deviceTotal(r), ""
}

// deviceTotal is what a running device shows as used.
func (c *solver) deviceTotal(r rank) catalog.Range {
	t := addRange(addRange(r.over.activation, r.over.graphs), r.over.framework)
	rest := r.weights
	if c.fam.layerSplit() {
		rest += r.need
	} else {
		rest += math.Max(0, r.pool)
	}
	total := addRange(t, catalog.Exact(rest))
	if !c.fam.layerSplit() {
		total.High += keptByAllocator * math.Max(0, c.visible-total.High)
	}
	return total
}

// keptByAllocator is the share of what an engine with a pool leaves free that its allocator may hold once requests
// have passed: it gives nothing back that they took beside the pool. A third is an estimate; at the least it is none.
const keptByAllocator = 1.0 / 3

// setupOf reads a run as a set-up. A log that states what the device holds overrides the catalogue.
func setupOf(cat *catalog.Catalog, m *catalog.Model, run *catalog.MemoryRun) (Setup, string) {
	s := Setup{
		Model: m, Precision: run.ParsedPrecision, KV: run.ParsedKV, Engine: run.ParsedEngine, EngineVersion: run.ParsedVersion,
		Devices: max(run.GPUs, 1), TensorParallel: run.ParsedTP, PipelineParallel: run.ParsedPP, ExpertParallel: run.ParsedEP,
		DataParallelAttention: run.DataParallel, MemoryFraction: run.ParsedMemoryFraction, ContextTokens: run.ContextTokens,
		Sequences: max(run.ParsedSequences, 1), BatchTokens: run.ParsedBatchTokens, ExpertsInHostMemory: run.ExpertsInHost,
		LayersOnDevice: -1,
	}
	engine := cat.Engine(s.Engine)
	f := familyOf(s.Engine, engine)
	if s.EngineVersion == "" && run.ParsedFork == "" {
		s.EngineVersion = versionOn(engine, run.EngineVersion)
	}
	if !f.layerSplit() {
		if s.TensorParallel == 0 && s.PipelineParallel > 0 {
			s.TensorParallel = 1
		}
		if s.TensorParallel > 0 {
			s.Devices = s.TensorParallel * max(s.PipelineParallel, 1)
		}
	} else {
		s.TensorParallel, s.PipelineParallel = 0, 0
	}
	if d := cat.Device(run.ParsedDevice); d != nil {
		device := *d
		s.Device = &device
	} else if run.ParsedVisibleBytes > 0 || f.layerSplit() {
		s.Device = &catalog.Device{ID: "as-logged", Kind: "datacenter", Vendor: "NVIDIA", Architecture: "hopper", VisibleBytes: 24 * gib, MaxPerHost: 8}
	} else {
		return s, "the devices are not named"
	}
	if run.ParsedVisibleBytes > 0 {
		s.Device.VisibleBytes = run.ParsedVisibleBytes
		if f == famSGLang { // SGLang logs what is free before loading: put back what its contexts hold
			c := newSolver(cat, s)
			s.Device.VisibleBytes += int64(c.visible - c.sglangFree())
		}
	}
	return s, ""
}
