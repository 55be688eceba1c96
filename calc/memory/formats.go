package memory

import (
	"math"
	"strings"

	"hostwise/calc/catalog"
)

// mtpStored lists the formats whose published files of the full model hold the multi-token-prediction layer:
// the released checkpoint and straight conversions of it.
func mtpStored(precision string) bool {
	switch precision {
	case "fp32", "bf16", "fp8", "fp8-per-channel", "int8":
		return true
	}
	return false
}

// build works an inventory out, nil where the precision has no known form.
func build(key inventoryKey, p *catalog.Precision) *inventory {
	if name, ok := strings.CutPrefix(key.precision, "gguf-"); ok {
		return buildGGUF(key, name)
	}
	if key.gguf && (key.precision == "bf16" || key.precision == "fp32") {
		name := map[string]string{"bf16": "f16", "fp32": "f32"}[key.precision]
		return buildGGUF(key, name)
	}
	if strings.HasPrefix(key.precision, "raw-") {
		return nil
	}
	return buildCheckpoint(key, p)
}

// buildGGUF works out a GGUF file: by llama-quantize's rules, or by its measured size where it is a mix of its own.
func buildGGUF(key inventoryKey, name string) *inventory {
	a := key.arch
	mix, known := mixFor(name, a.Layers, a.Heads, a.KVHeads)
	if !known {
		if key.artifact == 0 {
			return nil
		}
		return buildMeasuredGGUF(key, name)
	}
	v := fold(tensorsOf(a, key.parameters), a.Layers, func(t tensor) float64 { return mix.typeOf(t).size(t.elements()) })
	v.artifact = v.loaded + ggufHeader(a)
	if key.artifact > 0 {
		return v.scaledTo(float64(key.artifact), ggufHeader(a))
	}
	return v
}

// buildMeasuredGGUF lays out a dynamic mix: everything that is not a routed expert is kept near four bits or
// more by its makers, and the experts take what is left of the measured file.
func buildMeasuredGGUF(key inventoryKey, name string) *inventory {
	a := key.arch
	mix, _ := mixFor("q4_k_m", a.Layers, a.Heads, a.KVHeads)
	v := fold(tensorsOf(a, key.parameters), a.Layers, func(t tensor) float64 { return mix.typeOf(t).size(t.elements()) })
	return v.scaledTo(float64(key.artifact), ggufHeader(a))
}

// scaledTo returns the inventory with its routed experts, or all layers of a model without, scaled so that
// the file has the measured size.
func (v *inventory) scaledTo(artifact, header float64) *inventory {
	target := artifact - header
	experts := v.all().experts
	s := &inventory{artifact: artifact, loaded: target, embed: v.embed, head: v.head, absorbed: v.absorbed}
	s.upTo = make([]layerBytes, len(v.upTo))
	if experts > 0 && target > v.loaded-experts {
		f := (target - (v.loaded - experts)) / experts
		for i, l := range v.upTo {
			l.experts *= f
			s.upTo[i] = l
		}
		return s
	}
	f := target / math.Max(v.loaded, 1)
	for i, l := range v.upTo {
		s.upTo[i] = layerBytes{l.split * f, l.kvHeads * f, l.copied * f, l.experts * f}
	}
	s.embed *= f
	s.head *= f
	return s
}

// ggufHeader is a GGUF file's size beyond its tensors: mostly the tokenizer. 22 published files agree within
// 20 KB per tokenizer; R1's is that of the Q4_K_M file.
func ggufHeader(a catalog.Architecture) float64 {
	switch {
	case a.IsMoE():
		return 5.304e6
	case a.Vocab == llamaVocab:
		return 7.826e6 + ggufPerTensor*9*float64(a.Layers)
	default:
		return 5.93e6 + ggufPerTensor*12*float64(a.Layers)
	}
}

const (
	llamaVocab    = 128256 // Llama 3's tokenizer; the other distills have Qwen's
	ggufPerTensor = 55     // bytes of one tensor's entry in a GGUF header
)

// buildCheckpoint works out a safetensors or MLX checkpoint.
func buildCheckpoint(key inventoryKey, p *catalog.Precision) *inventory {
	a := key.arch
	size := checkpointSize(key.precision, a.IsMoE())
	if size == nil {
		return nil
	}
	list := tensorsOf(a, key.parameters)
	v := fold(list, a.Layers, size)
	files, count := v.loaded, tensorCount(list)
	v.mtp = layerBytes{}
	extra := mtpTensors(a)
	for _, t := range extra {
		v.mtp.add(t.place, size(t))
	}
	if mtpStored(key.precision) {
		files += v.mtp.sum()
		count += tensorCount(extra)
	}
	if key.precision == "fp8" && !a.IsMoE() { // quantised by the engine at load from the 16-bit checkpoint
		files = fold(list, a.Layers, func(t tensor) float64 { return t.elements() * 2 }).loaded
	}
	v.artifact = files + checkpointHeader(key.precision, a.IsMoE(), count)
	if key.artifact > 0 {
		v.artifact = float64(key.artifact)
	}
	return v
}

func tensorCount(list []tensor) int {
	n := 0
	for _, t := range list {
		n += t.n
	}
	return n
}

// checkpointHeader is what safetensors headers take: 116 bytes a tensor in the published 32B (771 tensors,
// 89,048 bytes) and 70B files; R1's longer names take 129 (11,888,393 bytes in 163 files).
func checkpointHeader(precision string, moe bool, matrices int) float64 {
	per := 1.0 // tensors stored for one matrix
	switch precision {
	case "fp8", "fp8-per-channel", "int8":
		per = 2
	case "awq-int4", "nvfp4", "mlx-4bit", "mlx-8bit":
		per = 3
	case "gptq-int4":
		per = 4
	}
	if moe {
		return 129 * per * float64(matrices)
	}
	return 116 * per * float64(matrices)
}

// checkpointSize returns the bytes of a tensor in a safetensors or MLX format, nil for an unknown one.
// Bits a weight: FP8 128x128 blocks 8 + 32/16384; per channel 8 + 16/in; AWQ and GPTQ in groups of 128
// 4 + (16 + 4)/128; NVFP4 4 + 8/16; MXFP4 4 + 8/32; MLX groups of 64 with scale and bias n + 32/64.
func checkpointSize(precision string, moe bool) func(tensor) float64 {
	linear := func(f func(tensor) float64) func(tensor) float64 {
		return func(t tensor) float64 {
			if t.linear() {
				return f(t)
			}
			return unquantised(t)
		}
	}
	switch precision {
	case "fp32":
		return func(t tensor) float64 { return 4 * t.elements() }
	case "bf16":
		return unquantised
	case "fp8":
		if moe {
			return linear(blockFP8)
		}
		return linear(func(t tensor) float64 { return t.elements() + 4*float64(t.n) })
	case "fp8-per-channel", "int8":
		return linear(func(t tensor) float64 { return t.elements() + 2*float64(t.out)*float64(t.n) })
	case "awq-int4":
		return linear(groups128)
	case "gptq-int4":
		return linear(func(t tensor) float64 { return groups128(t) + 4*float64(t.in)*float64(t.n) })
	case "nvfp4":
		return linear(func(t tensor) float64 {
			if moe && !t.feedForward() { // NVIDIA's R1 keeps attention in 16 bits
				return unquantised(t)
			}
			return t.elements()*4.5/8 + 8*float64(t.n)
		})
	case "mxfp4":
		return linear(func(t tensor) float64 { return t.elements() * 4.25 / 8 })
	case "mlx-4bit":
		return mlxSize(4.5)
	case "mlx-8bit":
		return mlxSize(8.5)
	}
	return nil
}

// unquantised is a tensor in 16 bits; the router's correction bias is FP32 in every format.
func unquantised(t tensor) float64 {
	if t.role == roleRouterBias {
		return 4 * t.elements()
	}
	return 2 * t.elements()
}

// blockFP8 is DeepSeek's released format: e4m3 with one FP32 scale for each 128x128 block.
func blockFP8(t tensor) float64 {
	blocks := math.Ceil(float64(t.in)/128) * math.Ceil(float64(t.out)/128)
	return t.elements() + 4*blocks*float64(t.n)
}

func groups128(t tensor) float64 { return t.elements() * (4 + 20.0/128) / 8 }

// mlxSize quantises embedding and head too; norms, biases and routers stay 16-bit.
func mlxSize(bits float64) func(tensor) float64 {
	return func(t tensor) float64 {
		if t.linear() || t.role == roleEmbed || t.role == roleHead {
			return t.elements() * bits / 8
		}
		return unquantised(t)
	}
}

// absorbedBytes is what one layer's 16-bit copies of kv_b take. Tensor-split engines make them at load, to
// multiply in the latent space; they keep the originals.
func absorbedBytes(a catalog.Architecture) float64 {
	return 2 * float64(a.KVLoraRank*a.Heads*(a.QKNopeHeadDim+a.VHeadDim))
}

// fold sums tensors into an inventory.
func fold(list []tensor, layers int, size func(tensor) float64) *inventory {
	v := &inventory{upTo: make([]layerBytes, layers+1)}
	for _, t := range list {
		bytes := size(t)
		v.loaded += bytes
		switch {
		case t.layer != outsideLayers:
			v.upTo[t.layer+1].add(t.place, bytes)
		case t.role == roleEmbed:
			v.embed += bytes
		default:
			v.head += bytes
		}
	}
	for i := 1; i <= layers; i++ {
		v.upTo[i] = v.upTo[i].plus(v.upTo[i-1])
	}
	return v
}
