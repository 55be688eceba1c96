package memory

import (
	"fmt"
	"math"
	"strings"

	"hostwise/calc/catalog"
	"hostwise/calc/runwords"
)

// Detail is Solve with the six overheads written out, each with the measured run that speaks for it.
func Detail(cat *catalog.Catalog, s Setup) Plan {
	p := Solve(cat, s)
	p.Overheads = p.overheads()
	p.work.support = cited(cat, p, "weights")
	for i := range p.Overheads {
		o := &p.Overheads[i]
		o.Support = cited(cat, p, o.Part)
	}
	p.work.device = deviceSupport{
		weights: cited(cat, p, "device weights"), pool: cited(cat, p, "KV cache"),
		compute: cited(cat, p, "runtime buffers"), runtime: cited(cat, p, "serving framework"),
	}
	return p
}

// Explain opens a plan to its parts, each with its bytes, range, reason and formula. The parts sum to Total.
// Parts have their supporting run where the plan came from Detail.
func (p Plan) Explain() []Part {
	if p.Overheads != nil {
		return append([]Part{p.weightsPart()}, p.Overheads...)
	}
	return append([]Part{p.weightsPart()}, p.overheads()...)
}

// Supporting returns the measured run that is nearest to a part of the plan, nil where the catalogue has none: of the
// same quantity and kind of model, first the same architecture and precision, then engine, version, split and device.
// Parts are those of Explain, and "device weights", what one device holds.
func Supporting(cat *catalog.Catalog, p Plan, part string) *catalog.MemoryRun {
	if cat == nil || p.Model == nil {
		return nil
	}
	var best *catalog.MemoryRun
	bestScore := 0
	for i := range cat.MemoryRuns {
		run := &cat.MemoryRuns[i]
		if !speaksFor(run, part) {
			continue
		}
		if score := nearness(cat, run, p, part); score > bestScore {
			best, bestScore = run, score
		}
	}
	return best
}

// speaksFor reports whether a run measured what a part estimates.
func speaksFor(run *catalog.MemoryRun, part string) bool {
	if run.Kind == "engine_estimate" {
		return false
	}
	switch part {
	case "weights":
		return run.Quantity == "weights_bytes" || run.Quantity == "file_bytes"
	case "KV cache":
		return run.Quantity == "kv_bytes" || run.Quantity == "kv_tokens_capacity" || run.Quantity == "kv_pool_bytes"
	case "runtime buffers":
		return run.Quantity == "activation_peak_bytes" || run.Quantity == "compute_buffer_bytes_max_gpu" || run.Quantity == "cuda_graph_bytes"
	case "device weights":
		return run.Quantity == "weights_bytes" && strings.HasPrefix(run.Scope, "per ") && run.ParsedPrecision != ""
	case "tensor-parallel copies": // the share of the weights beyond an equal split is copies
		return run.Quantity == "weights_bytes" && strings.HasPrefix(run.Scope, "per ") && run.ParsedTP != 1 && run.ParsedPrecision != ""
	case "serving framework":
		return run.Quantity == "non_torch_bytes" || run.Quantity == "unaccounted_runtime_bytes"
	}
	return false
}

// nearness scores a run against a plan; 0 is too far to cite. Engine buffers of another engine say nothing. Each
// thing in which they agree outweighs all that come after it.
func nearness(cat *catalog.Catalog, run *catalog.MemoryRun, p Plan, part string) int {
	m := cat.Model(run.ParsedModel)
	if m == nil {
		return 0
	}
	score := 1
	sameEngine := run.ParsedEngine == p.Engine
	buffers := part == "runtime buffers" || part == "serving framework"
	if !sameEngine && buffers {
		return 0
	}
	sameKind := m.Architecture.Kind == p.Model.Architecture.Kind
	if !sameKind && part != "serving framework" {
		return 0
	}
	for _, hit := range [...]struct {
		yes   bool
		worth int
	}{
		{sameKind, 512}, {m.Architecture == p.Model.Architecture, 256}, {sameStored(run, p, part), 128}, {sameEngine, 64},
		{max(run.ParsedTP, 1) == p.TensorParallel, 8}, {p.Device != nil && run.ParsedDevice == p.Device.ID, 6},
		{sameClass(cat.Device(run.ParsedDevice), p.Device), 4},
	} {
		if hit.yes {
			score += hit.worth
		}
	}
	if sameEngine {
		score += 4 * versionNearness(run.ParsedVersion, p.EngineVersion)
	}
	return score
}

// sameStored reports whether the bytes of a part are stored in the same precision: those of the cache in its own.
func sameStored(run *catalog.MemoryRun, p Plan, part string) bool {
	if part == "KV cache" {
		return run.ParsedKV == p.KV
	}
	return run.ParsedPrecision == p.Precision
}

// sameClass reports whether two devices are of one kind of memory and vendor.
func sameClass(a, b *catalog.Device) bool {
	return a != nil && b != nil && a.MemoryClass == b.MemoryClass && a.Vendor == b.Vendor
}

// differing says in what a cited run is not the set-up, "" where it is.
func differing(cat *catalog.Catalog, run *catalog.MemoryRun, p Plan, part string) string {
	var in []string
	if m := cat.Model(run.ParsedModel); m != nil && m.Architecture != p.Model.Architecture {
		in = append(in, "a model of another size")
	}
	weights := part != "KV cache" && part != "serving framework"
	precision := weights && run.ParsedPrecision != p.Precision
	if precision {
		in = append(in, "another precision ("+orUnstated(precisionLabel(cat, run.ParsedPrecision))+")")
	}
	if part == "KV cache" && run.ParsedKV != p.KV {
		in = append(in, "another precision of the cache ("+orUnstated(run.ParsedKV)+")")
	}
	switch {
	case run.ParsedEngine != p.Engine:
		in = append(in, "another engine ("+orUnstated(run.ParsedEngine)+")")
	case run.ParsedVersion != p.EngineVersion:
		in = append(in, "another version ("+orUnstated(run.ParsedVersion)+")")
	}
	if p.Device != nil && run.ParsedDevice != p.Device.ID {
		in = append(in, "another device")
	}
	if run.ParsedTP > 0 && run.ParsedTP != p.TensorParallel {
		in = append(in, fmt.Sprintf("tensor parallel %d", run.ParsedTP))
	}
	if len(in) == 0 {
		return ""
	}
	words := " Not this very set-up: " + strings.Join(in, ", ") + "."
	if precision && (part == "weights" || part == "device weights" || part == "tensor-parallel copies") {
		words += " It supports the rule, not this figure."
	}
	return words
}

// precisionLabel names a precision as people do.
func precisionLabel(cat *catalog.Catalog, id string) string {
	if p := cat.Precision(id); p != nil {
		return p.Label
	}
	return id
}

func orUnstated(s string) string {
	if s == "" {
		return "not stated"
	}
	return s
}

// versionNearness is up to 8 for versions of the same minor number, less with every two between them.
func versionNearness(a, b string) int {
	x, known := parseRelease(a)
	y, stated := parseRelease(b)
	if !known || !stated || x.major != y.major {
		return 0
	}
	return max(0, 8-max(x.minor-y.minor, y.minor-x.minor)/2)
}

// cited is the nearest run to a part in words: what was measured, on what, in what it differs, from where.
func cited(cat *catalog.Catalog, p Plan, part string) string {
	run := Supporting(cat, p, part)
	if run == nil {
		return ""
	}
	return fmt.Sprintf("Measured: %s%s \u201c%s\u201d (%s, %s)",
		runwords.Memory(cat, run).Sentence(), differing(cat, run, p, part), run.Quote, run.Source, run.AsOf)
}

// counted writes a number with its noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// overheads are the six that stand beside the weights in every account of memory, in that order.
func (p Plan) overheads() []Part {
	w := p.work
	graphs := w.over.graphs
	buffers := addRange(w.over.activation, graphs)
	return []Part{
		p.kvPart(),
		{Part: "runtime buffers", Bytes: buffers.Likely, Range: buffers,
			Why: "Activations of the largest batch of tokens, logits, and captured graphs.",
			Formula: fmt.Sprintf("%s activation + %s graphs over %s, chunks of %.0f tokens",
				gigabytes(w.over.activation.Likely), gigabytes(graphs.Likely), p.cardWords(), w.batch)},
		p.copiesPart(),
		{Part: "fragmentation", Bytes: w.padding, Range: catalog.Range{Low: 0, Likely: w.padding, High: 2 * w.padding},
			Why:     fmt.Sprintf("The cache is handed out in blocks of %.0f tokens; the last block of a sequence is partly empty.", blockTokens(w.fam)),
			Formula: fmt.Sprintf("%s at the end of %s", gigabytes(w.padding), counted(p.Sequences, "sequence")),
			Origin:  p.blockOrigin()},
		{Part: "tokenizer", Bytes: w.tokenizer, Range: around(w.tokenizer, 0.5, 10),
			Why:     "Vocabulary tables in host memory, once a replica.",
			Formula: fmt.Sprintf("%d words x 96 B + 5 MiB = %s", p.vocab(), gigabytes(w.tokenizer)),
			Origin:  "The footprint that gguf-parser-go counts for a vocabulary (file_estimate__llamacpp.go @8dc7a62); no log prints it."},
		{Part: "serving framework", Bytes: w.over.framework.Likely, Range: w.over.framework,
			Why: "Driver contexts, communication buffers and allocator slack of the engine's processes.",
			Formula: fmt.Sprintf("%s a device x %s, engine version %s",
				gigabytes(w.over.framework.Likely/math.Max(1, float64(p.Cards()))), p.cardWords(), orNewest(p.EngineVersion))},
	}
}

func (p Plan) splitWords() string {
	l := p.work.layout
	switch {
	case p.work.fam.layerSplit():
		return fmt.Sprintf("Whole layers: the fullest of %s.", p.cardWords())
	case l.dp > 1:
		return fmt.Sprintf("All attention weights, and one of %d shares of the experts.", l.group())
	case l.pp > 1:
		return fmt.Sprintf("One of %d ranks of the fullest of %d stages.", l.tp, l.pp)
	case l.tp > 1:
		return fmt.Sprintf("One of %d ranks, with what each of them holds whole.", l.tp)
	}
	return "The whole model on one device."
}

func (p Plan) poolRange() catalog.Range {
	r := p.work.rank
	if p.work.fam.layerSplit() || r.pool <= 0 {
		return catalog.Exact(p.PerDevice.KVPool)
	}
	return catalog.Range{Low: math.Max(0, r.poolLow), Likely: r.pool, High: r.poolHigh}
}

// poolFormula is the engine's own sum for its pool, in the unit that its log prints.
func (p Plan) poolFormula() string {
	d, o := p.PerDevice, p.work.rank.over
	switch p.work.fam {
	case famSGLang:
		return fmt.Sprintf("%s free before loading x %.3f - %s weights = %s", binary(d.Capacity-d.Runtime), p.MemoryFraction, binary(d.Weights), binary(d.KVPool))
	case famTensorRT:
		return fmt.Sprintf("%.2f x (%s - %s weights - %s activation - %s overhead) / 1.015 = %s", p.MemoryFraction,
			binary(d.Capacity), binary(d.Weights), binary(d.Compute), binary(d.Runtime), binary(d.KVPool))
	case famVLLM:
		graphs := ""
		if d.Runtime > o.framework.Likely {
			graphs = fmt.Sprintf(" - %s graphs", binary(d.Runtime-o.framework.Likely))
		}
		return fmt.Sprintf("%s x %.2f - %s weights - %s activation - %s outside PyTorch%s = %s", binary(d.Capacity), p.MemoryFraction,
			binary(d.Weights), binary(d.Compute), binary(o.framework.Likely), graphs, binary(d.KVPool))
	}
	return fmt.Sprintf("reserved for %d tokens x %s: %s", p.ContextTokens, counted(p.Sequences, "sequence"), binary(d.KVPool))
}

func (p Plan) vocab() int {
	if p.Model == nil {
		return 0
	}
	return p.Model.Architecture.Vocab
}

func (p Plan) weightsPart() Part {
	return Part{Part: "weights", Bytes: p.WeightsBytes, Range: catalog.Exact(p.WeightsBytes),
		Why: "Every tensor of the model in this precision, once.", Support: p.work.support,
		Formula: fmt.Sprintf("sum over tensors = %s; %s downloaded; %s on the fullest device",
			gigabytes(p.WeightsBytes), gigabytes(p.ArtifactBytes), gigabytes(p.PerDevice.Weights))}
}

func (p Plan) kvPart() Part {
	why := "What attention keeps of every live token, reserved for the longest request of every sequence."
	return Part{Part: "KV cache", Bytes: p.KVBytes, Range: catalog.Range{Low: p.KVBytes, Likely: p.KVBytes, High: p.KVBytes * 1.005},
		Why:     why,
		Formula: fmt.Sprintf("%s x %d tokens x %s = %s", p.kvFormula(), p.ContextTokens, counted(p.Sequences, "sequence"), gigabytes(p.KVBytes))}
}

// kvFormula spells a token's bytes out.
func (p Plan) kvFormula() string {
	if p.Model == nil {
		return "0 B"
	}
	a := p.Model.Architecture
	per := kvBytes(p.KV)
	if a.IsMoE() {
		return fmt.Sprintf("%d layers x %.0f values x %.4g B (%.0f B a token)", a.Layers, p.work.layerKV/per, per, p.KVBytesPerToken)
	}
	return fmt.Sprintf("2 x %d layers x %d KV heads x %d x %.4g B (%.0f B a token)", a.Layers, a.KVHeads, a.HeadDim, per, p.KVBytesPerToken)
}

func (p Plan) copiesPart() Part {
	part := Part{Part: "tensor-parallel copies", Bytes: p.CopiesBytes, Range: catalog.Exact(p.CopiesBytes)}
	l := p.work.layout
	switch {
	case p.work.fam.layerSplit():
		part.Why = "Layers are split between devices; nothing is copied."
		part.Formula = "0 B"
		return part
	case p.Model != nil && p.Model.Architecture.IsMoE() && l.tp > 1:
		part.Why = "Latent attention has one KV head: every tensor-parallel rank keeps the whole cache, and whole copies of the latent projections, routers and norms."
	case l.dp > 1:
		part.Why = "With data-parallel attention every rank keeps all attention weights and the cache of its own requests."
	case l.tp > 1:
		part.Why = "Norms and rotary tables are whole on every rank; KV heads are copied where there are more ranks than heads."
	default:
		part.Why = "One rank: only the engine's own tables and 16-bit copies."
	}
	weights := p.work.weights - p.WeightsBytes
	part.Formula = fmt.Sprintf("weights %s + KV %s over %d ranks", gigabytes(weights), gigabytes(p.CopiesBytes-weights), l.group())
	return part
}

func orNewest(version string) string {
	if version == "" {
		return "not stated, newest known"
	}
	return version
}

// binary writes bytes in GiB, as engines print a device's memory.
func binary(b float64) string { return fmt.Sprintf("%.2f GiB", b/gib) }

// gigabytes writes bytes in decimal units, as files are sold.
func gigabytes(b float64) string {
	switch {
	case math.Abs(b) < 1e6:
		return fmt.Sprintf("%.0f B", b)
	case math.Abs(b) < 1e9:
		return fmt.Sprintf("%.1f MB", b/1e6)
	case math.Abs(b) < 1e12:
		return fmt.Sprintf("%.2f GB", b/1e9)
	}
	return fmt.Sprintf("%.3f TB", b/1e12)
}
