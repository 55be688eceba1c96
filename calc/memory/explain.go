package memory

import (
	"fmt"
	"math"

	"hostwise/calc/catalog"
)

// Detail is Solve with the six overheads written out.
func Detail(cat *catalog.Catalog, s Setup) Plan {
	p := Solve(cat, s)
	p.Overheads = p.overheads()
	return p
}

// Explain opens a plan to its parts, each with its bytes, range, reason and formula. The parts sum to Total.
func (p Plan) Explain() []Part {
	return append([]Part{p.weightsPart()}, p.overheads()...)
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
			Formula: fmt.Sprintf("%s activation + %s graphs over %d devices, chunks of %.0f tokens",
				gigabytes(w.over.activation.Likely), gigabytes(graphs.Likely), p.Devices, w.batch)},
		p.copiesPart(),
		{Part: "fragmentation", Bytes: w.padding, Range: catalog.Range{Low: 0, Likely: w.padding, High: 2 * w.padding},
			Why:     fmt.Sprintf("The cache is handed out in blocks of %.0f tokens; the last block of a sequence is partly empty.", blockTokens(w.fam)),
			Formula: fmt.Sprintf("%s to fill %d sequences up to whole blocks", gigabytes(w.padding), p.Sequences)},
		{Part: "tokenizer", Bytes: w.tokenizer, Range: around(w.tokenizer, 0.5, 10),
			Why:     "Vocabulary tables in host memory, once a replica.",
			Formula: fmt.Sprintf("%d words x 96 B + 5 MiB = %s", p.vocab(), gigabytes(w.tokenizer))},
		{Part: "serving framework", Bytes: w.over.framework.Likely, Range: w.over.framework,
			Why: "Driver contexts, communication buffers and allocator slack of the engine's processes.",
			Formula: fmt.Sprintf("%s a device x %d devices, engine version %s",
				gigabytes(w.over.framework.Likely/math.Max(1, float64(p.Devices))), p.Devices, orNewest(p.EngineVersion))},
	}
}

func (p Plan) vocab() int {
	if p.Model == nil {
		return 0
	}
	return p.Model.Architecture.Vocab
}

func (p Plan) weightsPart() Part {
	return Part{Part: "weights", Bytes: p.WeightsBytes, Range: catalog.Exact(p.WeightsBytes),
		Why: "Every tensor of the model in this precision, once.",
		Formula: fmt.Sprintf("sum over tensors = %s; %s downloaded; %s on the fullest device",
			gigabytes(p.WeightsBytes), gigabytes(p.ArtifactBytes), gigabytes(p.PerDevice.Weights))}
}

func (p Plan) kvPart() Part {
	why := "What attention keeps of every live token, reserved for the longest request of every sequence."
	return Part{Part: "KV cache", Bytes: p.KVBytes, Range: catalog.Range{Low: p.KVBytes, Likely: p.KVBytes, High: p.KVBytes * 1.005},
		Why:     why,
		Formula: fmt.Sprintf("%s x %d tokens x %d sequences = %s", p.kvFormula(), p.ContextTokens, p.Sequences, gigabytes(p.KVBytes))}
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
