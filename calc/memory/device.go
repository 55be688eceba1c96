package memory

import (
	"fmt"
	"math"
	"strings"

	"hostwise/calc/catalog"
)

// deviceSupport are the measured runs that speak for the parts of one device, in words.
type deviceSupport struct{ weights, pool, compute, runtime string }

// DeviceParts opens the fullest device: weights, KV pool, compute and runtime, which sum to what is used, and
// the reserve. Replicated bytes are a part of weights and pool, told in their reasons and in DeviceTotals. Parts have
// their supporting run where the plan came from Detail.
func (p Plan) DeviceParts() []Part {
	d, o, by := p.PerDevice, p.work.rank.over, p.work.device
	spread := func(likely float64, r catalog.Range) catalog.Range {
		if r.Likely <= 0 {
			return catalog.Exact(likely)
		}
		return r.Scale(likely / r.Likely)
	}
	return []Part{
		{Part: "weights", Bytes: d.Weights, Range: catalog.Exact(d.Weights), Why: p.splitWords(), Formula: p.shareFormula(), Support: by.weights},
		{Part: "KV pool", Bytes: d.KVPool, Range: p.poolRange(),
			Why:     fmt.Sprintf("Room for live tokens; %s of weights and pool are also on other devices.", binary(d.Replicated)),
			Formula: p.poolFormula(), Support: by.pool},
		{Part: "compute", Bytes: d.Compute, Range: spread(d.Compute, o.activation),
			Why:     "Activations and logits of the largest batch of tokens.",
			Formula: fmt.Sprintf("%s at chunks of %.0f tokens", binary(d.Compute), p.work.batch), Support: by.compute},
		{Part: "runtime", Bytes: d.Runtime, Range: spread(d.Runtime, o.framework),
			Why:     "Driver context, communication buffers and allocator slack.",
			Formula: fmt.Sprintf("%s, engine version %s", binary(d.Runtime), orNewest(p.EngineVersion)), Support: by.runtime},
		{Part: "reserve", Bytes: d.Reserve, Range: catalog.Exact(d.Reserve),
			Why:     "Memory that the engine leaves alone.",
			Formula: fmt.Sprintf("%s - %s = %s", binary(d.Capacity), binary(d.Used), binary(d.Capacity-d.Used))},
	}
}

// DeviceTotals opens the two figures of the fullest device that are no further part of it: what other devices hold
// too, and what the device holds in all.
func (p Plan) DeviceTotals() []Part {
	d := p.PerDevice
	capacity := Part{Part: "capacity", Bytes: d.Capacity, Range: catalog.Exact(d.Capacity),
		Why:     "What the driver shows of the device, which is less than its label.",
		Formula: fmt.Sprintf("%s used + %s left", binary(d.Used), binary(d.Capacity-d.Used))}
	if c := p.fullestCard(); c != nil {
		capacity.Why = fmt.Sprintf("What the driver shows of a device that is sold with %g GB.", c.MemoryGB)
		from := fmt.Sprintf("%s (%s, %s)", binary(float64(c.VisibleBytes)), c.VisibleFact.Source, c.VisibleFact.AsOf)
		if c.VisibleFact.Evidence == catalog.Measured {
			capacity.Support = "Measured: " + from
		} else {
			capacity.Origin = fmt.Sprintf("%s: %s", c.VisibleFact.Evidence, from)
		}
	}
	return []Part{
		{Part: "copies", Bytes: d.Replicated, Range: catalog.Exact(d.Replicated), Why: "A part of the weights and the cache pool that other devices of the group hold as well.",
			Formula: p.replicatedFormula(), Origin: "The sum of what the split cannot divide; no log prints it."},
		capacity,
	}
}

// fullestCard is the device that PerDevice describes.
func (p Plan) fullestCard() *catalog.Device {
	for _, s := range p.Shares {
		if s.Capacity == p.PerDevice.Capacity {
			return s.Device
		}
	}
	return p.Device
}

// replicatedFormula divides what is held more than once into weights and cache.
func (p Plan) replicatedFormula() string {
	d, w := p.PerDevice, p.work
	if w.fam.layerSplit() || w.layout.group() == 1 {
		return "whole layers on one device: 0 B"
	}
	if w.layout.dp > 1 || w.times <= 1 {
		return fmt.Sprintf("%s of weights; every token's cache is on one device alone", binary(d.Replicated))
	}
	pool := d.KVPool * (1 - 1/w.times)
	return fmt.Sprintf("%s of weights + %s of pool \u00d7 (1 \u2212 1 \u00f7 %.0f) = %s", binary(d.Replicated-pool), binary(d.KVPool), w.times, binary(d.Replicated))
}

// shareFormula is the fullest device's weights as a sum with its numbers: (W - R) / TP + R + A / TP, where W are the
// stage's tensors, R what every rank keeps whole, and A the 16-bit copies that latent attention is multiplied with.
func (p Plan) shareFormula() string {
	w := p.work.rank.parts
	if w.ranks == 0 {
		return ""
	}
	if p.work.fam.layerSplit() {
		return p.layersFormula()
	}
	split := w.divided
	var terms []string
	if w.group == w.ranks {
		split += w.experts
	}
	if w.kvHeads == w.ranks {
		split += w.heads
	}
	terms = append(terms, fmt.Sprintf("(%s \u2212 %s) \u00f7 %.0f + %s", inGB(split+w.copied), inGB(w.copied), w.ranks, inGB(w.copied)))
	if w.kvHeads != w.ranks && w.heads > 0 {
		terms = append(terms, fmt.Sprintf("%s \u00f7 %.0f", inGB(w.heads), w.kvHeads))
	}
	if w.group != w.ranks && w.experts > 0 {
		terms = append(terms, fmt.Sprintf("%s \u00f7 %.0f", inGB(w.experts), w.group))
	}
	sum := strings.Join(terms, " + ")
	if w.pad != 1 {
		sum = fmt.Sprintf("(%s) \u00d7 %.4f", sum, w.pad)
	}
	if w.absorbed > 0 {
		sum += fmt.Sprintf(" + %s \u00f7 %.0f", inGB(w.absorbed), w.ranks)
	}
	if w.rope > 0 {
		sum += " + " + inGB(w.rope)
	}
	return fmt.Sprintf("%s = %s GB = %s", sum, inGB(p.PerDevice.Weights), binary(p.PerDevice.Weights))
}

// layersFormula is the same where a device holds whole layers.
func (p Plan) layersFormula() string {
	w := p.work.rank.parts
	sum := fmt.Sprintf("%s %s GB", counted(w.layers, "layer"), inGB(w.divided))
	if p.ExpertsInHostMemory {
		sum = fmt.Sprintf("%s without their routed experts %s GB", counted(w.layers, "layer"), inGB(w.divided))
	}
	if w.copied > 0 {
		sum += fmt.Sprintf(" + output and embedding %s GB", inGB(w.copied))
	}
	if w.experts > 0 {
		sum += fmt.Sprintf(" + the second socket's experts %s GB", inGB(w.experts))
	}
	return fmt.Sprintf("%s = %s GB = %s", sum, inGB(p.PerDevice.Weights), binary(p.PerDevice.Weights))
}

// inGB is a term of a sum in decimal gigabytes, with the digits that the sum needs.
func inGB(b float64) string {
	switch v := math.Abs(b) / 1e9; {
	case v != 0 && v < 0.01:
		return fmt.Sprintf("%.4f", b/1e9)
	case v != 0 && v < 0.1:
		return fmt.Sprintf("%.3f", b/1e9)
	}
	return fmt.Sprintf("%.2f", b/1e9)
}

// blockOrigin says where the size of a block of cache comes from.
func (p Plan) blockOrigin() string {
	switch p.work.fam {
	case famVLLM:
		return "vLLM's block size is 16 by default; half a block a sequence is lost on average. No log prints it."
	case famSGLang:
		return "SGLang pages the cache by single tokens by default (64 with some kernels), so nothing is lost. No log prints it."
	case famTensorRT:
		return "TensorRT-LLM's blocks of 32 tokens, and the 1.5 % that aiconfigurator adds for them. No log prints it."
	case famLlama, famOllama:
		return "llama.cpp pads the cache to 256 tokens with flash attention: 120 of the 122 cache lines in the logs of ik_llama.cpp fit that rule."
	}
	return "This engine reserves exactly what was asked for. No log prints it."
}
