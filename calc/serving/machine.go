package serving

import (
	"math"
	"strings"

	"hostwise/calc/catalog"
	"hostwise/calc/memory"
)

// machine names the ways in which a step spends its time. They are different machines, not one with other
// constants: two cards in a layer split take turns, two cards in a tensor split work at once.
type machine int

const (
	tensorCards machine = iota // vLLM, SGLang, TensorRT-LLM on accelerators
	layerCards                 // llama.cpp, ollama, ktransformers, mlx on cards or unified memory
	processor                  // a layer engine on processors alone
	matrixCPU                  // a tensor engine on processors (matrix units)
	hybrid                     // experts in host memory, the rest on cards
	spill                      // some layers on cards, the others in host memory
	cluster                    // wide expert parallelism: from the measured table only
)

// largestStepDevices is the most devices the step model is stretched to: two servers of eight. Past it engines
// overlap links with arithmetic in ways that the model does not know, and only measurements speak.
const largestStepDevices = 16

// isLayerEngine reports whether an engine gives each card whole layers.
func isLayerEngine(engine string) bool {
	switch engine {
	case "llama.cpp", "ollama", "ktransformers", "mlx":
		return true
	}
	return false
}

func machineOf(p *memory.Plan) machine {
	layer := isLayerEngine(p.Engine)
	switch {
	case p.Device.Kind == "cpu" && layer:
		return processor
	case p.Device.Kind == "cpu":
		return matrixCPU
	case p.ExpertsInHostMemory && p.Model.Architecture.IsMoE():
		return hybrid
	case p.Device.MemoryClass != "unified" && spilledBytes(p) > 0:
		return spill
	case layer:
		return layerCards
	case p.Devices > largestStepDevices && p.Model.Architecture.IsMoE() && !isChain(p):
		return cluster
	}
	return tensorCards
}

// isChain reports servers that were asked to hand on to each other, each of a size that the step model knows.
func isChain(p *memory.Plan) bool {
	return p.Chain && p.Devices/max(1, p.PipelineParallel) <= largestStepDevices
}

// spilledBytes is the weight that lies in host memory because it does not fit on the cards.
func spilledBytes(p *memory.Plan) float64 {
	layers := p.Model.Architecture.Layers
	if p.LayersOnDevice >= 0 && p.LayersOnDevice < layers && p.HostBytes > 0 {
		return weightBytes(p) * (1 - float64(p.LayersOnDevice)/float64(layers))
	}
	return 0
}

// storage says how a precision lies in memory and what unpacking it costs.
type storage struct {
	expertBytes float64 // bytes a routed parameter, scales included
	trunkBytes  float64 // bytes of any other read parameter
	embedBytes  float64
	arithmetic  int  // bits of the arithmetic a tensor engine uses with it: 4, 8 or 16
	full        bool // 16 bits or more, nothing to unpack
}

// expertBits are nominal sizes of a routed parameter with its scales, in bits. (memory research, block layouts)
var expertBits = map[string]float64{
	"fp32": 32, "bf16": 16, "fp8": 8, "fp8-per-channel": 8, "int8": 8,
	"awq-int4": 4.156, "gptq-int4": 4.156, "nvfp4": 4.5, "mxfp4": 4.25, "mlx-4bit": 4.5, "mlx-8bit": 8.5,
}

// weightBytes is what is loaded, from the plan; where a plan does not say, from the nominal bits.
func weightBytes(p *memory.Plan) float64 {
	if p.WeightsBytes > 0 {
		return p.WeightsBytes
	}
	s := shapeOf(p.Model)
	bits, known := expertBits[p.Precision]
	switch {
	case !known:
		return s.total * ggufBits(p.Precision) / 8
	case s.moe && p.Precision == "nvfp4":
		return s.experts*bits/8 + (s.trunk+s.embed)*2
	case s.moe:
		return s.experts*bits/8 + s.trunk*bits/8 + s.embed*2
	}
	head := s.embed // as large as the embedding, and 16-bit like it in every safetensors precision
	if strings.HasPrefix(p.Precision, "mlx") {
		return s.total * bits / 8
	}
	return (s.trunk-head)*bits/8 + 2*head + s.embed*2
}

func storageOf(p *memory.Plan, s shape) storage {
	weights := weightBytes(p)
	average := weights / s.total
	st := storage{expertBytes: average, trunkBytes: average, embedBytes: average, arithmetic: 16}
	bits, known := expertBits[p.Precision]
	switch p.Precision {
	case "fp8", "fp8-per-channel", "int8":
		st.arithmetic = 8
	case "nvfp4", "mxfp4":
		st.arithmetic = 4
	}
	st.full = p.Precision == "bf16" || p.Precision == "fp32" || strings.HasPrefix(p.Precision, "gguf-f16") ||
		strings.HasPrefix(p.Precision, "gguf-bf16") || strings.HasPrefix(p.Precision, "gguf-f32")
	if !s.moe {
		if known && !strings.HasPrefix(p.Precision, "mlx") && bits <= 16 {
			st.embedBytes = 2
			st.trunkBytes = (weights - 2*s.embed) / s.trunk
		}
		return st
	}
	if known {
		st.expertBytes = bits / 8
	} else {
		// Dynamic mixes keep attention and shared layers at four bits or more and squeeze the experts.
		keep := max(average, 0.5625)
		st.expertBytes = max((weights-keep*(s.trunk+s.embed))/s.experts, average/2)
	}
	if rest := (weights - st.expertBytes*s.experts) / (s.trunk + s.embed); rest > 0 {
		st.trunkBytes, st.embedBytes = rest, rest
	}
	return st
}

// ggufBits is the size of a parameter in a GGUF mix by the name of its type, for plans that state no bytes.
func ggufBits(precision string) float64 {
	name := strings.TrimPrefix(strings.TrimPrefix(precision, "gguf-"), "ud-")
	for _, t := range []struct {
		prefix string
		bits   float64
	}{
		{"f32", 32}, {"f16", 16}, {"bf16", 16}, {"q8", 8.5}, {"q6", 6.56}, {"q5", 5.68}, {"q4_0", 4.6}, {"q4_k_s", 4.67}, {"q4", 4.85},
		{"iq4", 4.46}, {"q3", 3.9}, {"iq3", 3.5}, {"q2", 2.7}, {"iq2", 2.4}, {"iq1_m", 2.0}, {"iq1", 1.67},
	} {
		if strings.HasPrefix(name, t.prefix) {
			return t.bits
		}
	}
	return 4.85
}

// peakOps is the dense arithmetic rate of a device at a width, in operations a second, with the next wider unit
// where the device has no such unit, and a guess by bandwidth where nothing is listed.
func peakOps(d *catalog.Device, bits int) float64 {
	const tera = 1e12
	if bits <= 4 && d.FP4TFLOPS != nil {
		return *d.FP4TFLOPS * tera
	}
	if bits <= 8 && d.FP8TFLOPS != nil {
		return *d.FP8TFLOPS * tera
	}
	if d.BF16TFLOPS != nil {
		return *d.BF16TFLOPS * tera
	}
	// Apple's listed chips do 35 to 62 operations a byte of bandwidth (hardware table): the middle.
	return d.BandwidthGBs * 1e9 * 45
}

// bandwidth in bytes a second.
func bandwidth(d *catalog.Device) float64 { return d.BandwidthGBs * 1e9 }

// isApple reports a device on which kernels pay Apple's launch cost.
func isApple(d *catalog.Device) bool {
	return d.Architecture == "apple" || strings.EqualFold(d.Vendor, "apple")
}

// isSpark reports a GB10-class device: unified memory behind an NVIDIA processor.
func isSpark(d *catalog.Device) bool {
	return d.MemoryClass == "unified" && strings.EqualFold(d.Vendor, "nvidia")
}

// contextParallelShare is the share of the cache that each device reads.
func contextParallelShare(p *memory.Plan) float64 {
	return 1 / math.Max(1, float64(p.ContextParallel))
}
