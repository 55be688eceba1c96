package memory

import (
	"math"

	"hostwise/calc/catalog"
)

// overhead is what one device needs beside weights and KV, with the spread between versions, drivers and logs.
type overhead struct {
	activation catalog.Range // the peak of a forward pass: activations, logits, compute buffers
	graphs     catalog.Range // captured graphs, inside the engine's budget or beside it
	framework  catalog.Range // contexts, communication buffers, allocator slack
}

func likelyOf(v, low, high float64) catalog.Range {
	return catalog.Range{Low: low, Likely: v, High: high}
}

func around(v, down, up float64) catalog.Range { return likelyOf(v, v*down, v*up) }

// overheadOf returns what one rank of a stage needs. last tells the stage that computes logits.
func (c *solver) overheadOf(tp, pp int, last bool) overhead {
	switch c.fam {
	case famVLLM:
		return c.vllmOverhead(tp, pp, last)
	case famSGLang:
		return c.sglangOverhead(tp)
	case famTensorRT:
		return c.tensorRTOverhead(tp)
	case famKTransformers:
		return overhead{
			activation: around(2.7*gib+c.computePerCell()*c.cells, 0.85, 1.25),
			framework:  likelyOf(0.45*gib, 0.3*gib, 0.6*gib),
		}
	case famMLX:
		return c.mlxOverhead()
	}
	return c.llamaOverhead()
}

// mlxOverhead: logits of a prefill step and, for the full model, what mlx-lm expands of one layer for the whole
// context while a prompt is read: keys and values of all heads, and the rotary scores of the step
// (deepseek_v3.py @04e6af1). No run in the catalogue checks it, hence the wide range.
func (c *solver) mlxOverhead() overhead {
	a := c.arch
	activation := c.logitsBuffer() + 0.4*gib
	if a.IsMoE() && latentRegime(c.fam, c.rel) == regimeLatent {
		activation += c.context * 2 * float64(a.Heads) * (float64(a.QKNopeHeadDim+a.VHeadDim) + c.batch)
	}
	return overhead{activation: around(activation, 0.7, 1.6), framework: likelyOf(0.5*gib, 0.3*gib, 1*gib)}
}

// Peak of vLLM's sampler: logits in FP32 for every sequence it may hold, held several times over. Measured
// 1.89 GiB for 128,256 words and 2.21-2.23 for 152,064 since 0.17, and 4.76 GiB before, at every size,
// split and context (llm-d planner and benchmark reports).
const (
	samplerCopies      = 3.87 // since 0.17
	samplerCopiesOlder = 9.73 // V1 engine up to 0.16
	bigCardBytes       = 70 * gib
)

// vllmOverhead follows vLLM's memory profile: activation peak and memory outside PyTorch, by version.
func (c *solver) vllmOverhead(tp, pp int, last bool) overhead {
	if c.arch.IsMoE() {
		return c.vllmLatentOverhead(tp, pp)
	}
	a := c.samplerPeak()
	if c.rel.before(0, 8, 0) {
		a = around(c.vllmV0Peak(), 0.85, 1.2)
	}
	if pp > 1 && !last {
		a = a.Scale(0.57) // 1.05-1.10 GiB on a first stage, which computes no logits
	}
	o := overhead{activation: a, framework: c.vllmOutsideTorch(tp, pp)}
	o.graphs = c.vllmGraphs()
	return o
}

// samplerPeak is the V1 engine's peak: the sampler's or, with very large chunks, the feed-forward block's.
func (c *solver) samplerPeak() catalog.Range {
	sequences := 1024.0
	if c.visible < bigCardBytes || c.device != nil && c.device.Architecture == "ampere" {
		sequences = 256 // vLLM holds 1,024 sequences by default only on cards of 70 GiB and more, A100 excepted
	}
	copies := samplerCopies
	if c.rel.before(0, 17, 0) {
		copies = samplerCopiesOlder
	}
	sampler := copies * 4 * sequences * float64(c.arch.Vocab)
	chunk := c.batch * float64(2*c.arch.FFN+6*c.arch.Hidden) * 2
	return around(math.Max(sampler, chunk), 0.98, 1.04)
}

// vllmV0Peak: with chunked prefill (contexts over 32K) a chunk of 2,048 tokens, 0.19-0.22 GiB; without it the
// whole prompt and the logits of 256 sequences, 1.40 GiB on the 7B.
func (c *solver) vllmV0Peak() float64 {
	if c.context > 32768 {
		return c.batch*float64(c.arch.FFN)*2*2 + 0.1*gib
	}
	return samplerCopies*4*256*float64(c.arch.Vocab) + c.batch*float64(2*c.arch.FFN+6*c.arch.Hidden)*2 + 0.57*gib
}

// vllmOutsideTorch is what vLLM's log calls non_torch_memory.
func (c *solver) vllmOutsideTorch(tp, pp int) catalog.Range {
	switch {
	case tp == 1 && pp > 1:
		return likelyOf(0.07*gib, 0.05*gib, 0.25*gib)
	case tp == 1 && c.rel.before(0, 8, 0):
		return likelyOf(0.07*gib, 0.05*gib, 0.13*gib)
	case tp == 1 && c.rel.before(0, 18, 0):
		return likelyOf(0.13*gib, 0.07*gib, 0.25*gib)
	case tp == 1:
		return likelyOf(0.25*gib, 0.13*gib, 0.35*gib)
	case c.rel.before(0, 8, 0):
		return likelyOf(0.25*gib, 0.2*gib, 0.5*gib)
	case c.rel.before(0, 11, 1):
		return likelyOf(0.55*gib, 0.4*gib, 0.8*gib)
	case c.rel.before(0, 20, 0):
		return likelyOf(2.1*gib, 1.6*gib, 2.4*gib)
	}
	return likelyOf(0.8*gib, 0.55*gib, 1.6*gib)
}

// vllmGraphs are captured after the pool is sized until 0.20, and counted inside the budget from 0.21.
func (c *solver) vllmGraphs() catalog.Range {
	return likelyOf(0.7*gib, 0.3*gib, 1.2*gib)
}

// vllmLatentOverhead is what the full model needs beside weights and KV, divided between PyTorch's peak and the
// rest. The V0 engine logged 0.24 + 2.53 GiB on H20 and 0.37 + 0.20 on 3090s; later logs give only the sum.
func (c *solver) vllmLatentOverhead(tp, pp int) overhead {
	total := c.vllmLatentTotal().Scale(gib)
	old, small := c.rel.before(0, 9, 0), c.visible < bigCardBytes
	outside := 0.35 // of it outside PyTorch
	switch {
	case old && !small:
		outside = 0.9
	case tp == 1:
		outside = 0.1
	}
	framework := total.Scale(outside)
	if c.stated.Precision == "fp8" && !c.amd() && !c.rel.before(0, 11, 1) && !c.spreads() {
		loaded := laterLayout * c.leastOnDevices() / float64(tp*pp)
		framework = addRange(framework, likelyOf(loaded, 0.7*loaded, 1.3*loaded))
	}
	// Chunks beyond the default: eight 16-bit values of the hidden size a token, an estimate.
	more := math.Max(0, c.batch-8192) * float64(c.arch.Hidden) * 2 * 8
	return overhead{
		activation: addRange(total.Scale(1-outside), likelyOf(more, more, 1.3*more)),
		framework:  framework,
		graphs:     likelyOf(1.2*gib, 0.6*gib, 2.2*gib),
	}
}

// laterLayout is what vLLM loads of the FP8 checkpoint beyond its tensors since 0.11.1, as a share of them: logs of
// eight H200 show 79.74 to 79.88 GiB a device where 0.11.0 showed 79.58 and the tensors are 79.53. It is counted
// outside the weights, which stay the sum of the tensors.
const laterLayout = 0.0035

// vllmLatentTotal is that sum in GiB, read back from logs as visible x fraction - weights - pool on 8 H200:
// 2.8 at 0.11.0, 5.8-7.5 from 0.11.2 to 0.16, 6.1 at 0.18 and 0.19, 4.8 at 0.20; 7-10 on MI300X. Cards under
// 70 GiB hold a quarter of the sequences by default; that they need 0.6 of it is an estimate.
func (c *solver) vllmLatentTotal() catalog.Range {
	small := c.visible < bigCardBytes
	var total catalog.Range
	switch {
	case c.rel.before(0, 9, 0) && small:
		return likelyOf(0.57, 0.5, 0.8)
	case c.rel.before(0, 9, 0):
		return likelyOf(2.77, 2.4, 3.2)
	case c.amd():
		total = likelyOf(8.5, 7, 10)
	case c.rel.before(0, 11, 1):
		total = likelyOf(2.8, 2.4, 3.6)
	case c.rel.before(0, 17, 0):
		total = likelyOf(6.6, 5.8, 7.5)
	case c.rel.before(0, 20, 0):
		total = likelyOf(6.1, 5.4, 6.9)
	default:
		total = likelyOf(4.8, 4.2, 5.8)
	}
	if small {
		return catalog.Range{Low: total.Low * 0.4, Likely: total.Likely * 0.6, High: total.High * 0.9}
	}
	return total
}

// sglangOverhead: activations and graphs live in the part of the card that the static fraction leaves free.
// Graphs took 6.37 GiB on B200 (log of 0.4.10); the documentation asks for 5-8 GB left in all.
func (c *solver) sglangOverhead(tp int) overhead {
	o := overhead{framework: around(c.visible-c.sglangFree(), 0.6, 1.3)}
	if c.arch.IsMoE() {
		o.activation = around(c.batch/8192*2.2*gib+0.6*gib, 0.8, 1.3)
		o.graphs = likelyOf(3.5*gib, 2*gib, 6.4*gib)
		return o
	}
	o.activation = around(c.batch*float64(2*c.arch.FFN/tp+6*c.arch.Hidden)*2+4*256*float64(c.arch.Vocab)*2, 0.8, 1.4)
	o.graphs = likelyOf(1*gib, 0.5*gib, 2*gib)
	return o
}

// sglangFree is a card's memory before loading: contexts and NCCL are already there. Logs of B200-class cards
// start at 174.8-175.3 of 178.35 GiB; 0.9 GiB elsewhere is an estimate.
func (c *solver) sglangFree() float64 {
	if c.device != nil && c.device.Architecture == "blackwell" && c.visible > 150*gib {
		return c.visible - 3.2*gib
	}
	return c.visible - math.Min(0.9*gib, c.visible*0.03)
}

// sglangFraction is SGLang's default static share. It has had three rules: by tensor-parallel size alone (until
// 0.4.5), by card (until 0.5.2), and by prefill chunk and captured batches.
func (c *solver) sglangFraction(devices int) float64 {
	if c.visible <= 0 {
		return 0.88
	}
	if c.rel.before(0, 4, 6) {
		return sglangShareByRanks(devices)
	}
	shown := c.visible / 0.996 // the rules read nvidia-smi, which counts what the driver keeps
	reserved := c.sglangReservedMiB(devices)
	if c.rel.before(0, 5, 3) {
		reserved = c.sglangReservedByCard(devices)
	}
	f := 1 - reserved*mib/shown
	if f < 0.3 {
		return 0.88
	}
	return f
}

// sglangShareByRanks is the first rule (server_args of 0.4.1).
func sglangShareByRanks(ranks int) float64 {
	switch {
	case ranks >= 16:
		return 0.79
	case ranks >= 8:
		return 0.81
	case ranks >= 4:
		return 0.85
	case ranks >= 2:
		return 0.87
	}
	return 0.88
}

// sglangReservedByCard is the second rule, in MiB. It gives 0.82 on 8 B200, where a log of 0.4.10 has 980,344
// tokens for R1: 0.1 % from what 0.82 gives.
func (c *solver) sglangReservedByCard(ranks int) float64 {
	n := float64(ranks)
	var g float64
	switch size := c.visible / gib; {
	case size < 35:
		g = 2.8 + n/10
	case size < 89:
		g = 9.5 + n/2
	case size < 160:
		g = 12 + n/2
	default:
		g = 32
	}
	if c.stated.SpeculativeTokens > 0 {
		g += 2
	}
	if c.spreads() {
		g += 4
	}
	return g * 1024
}

// sglangReservedMiB is the third rule (server_args at 0.5.16, mirrored by aiconfigurator): 512 MiB, 1.5 MiB a
// token of the prefill chunk, 1 GiB for every 8 ranks and 2 MiB a captured batch; at least 10 GiB on big cards.
func (c *solver) sglangReservedMiB(ranks int) float64 {
	chunk, graphs := sglangDefaults(c.visible/gib, ranks)
	if c.stated.BatchTokens > 0 {
		chunk = float64(c.stated.BatchTokens)
	}
	n := float64(ranks)
	reserved := 512 + 1.5*chunk + n/8*1024 + 2*graphs
	if c.spreads() {
		reserved += 3 * graphs * n
		if graphs > 300 {
			reserved += 1.5 * graphs * n
		}
	}
	if c.visible > 60*gib {
		return math.Max(reserved, 10*1024)
	}
	return reserved
}

// sglangDefaults are the prefill chunk and the largest captured batch by card size in GiB.
func sglangDefaults(size float64, ranks int) (chunk, graphs float64) {
	wide := ranks >= 4
	pick := func(narrow, wider float64) float64 {
		if wide {
			return wider
		}
		return narrow
	}
	switch {
	case size < 20:
		return 2048, 8
	case size < 35:
		return 2048, pick(24, 80)
	case size < 60:
		return 4096, pick(32, 160)
	case size < 160:
		return 8192, pick(256, 512)
	}
	return 16384, 512
}

// tensorRTOverhead is aiconfigurator's model: activations of the largest batch of tokens, NCCL, and a reserve
// for what it does not name.
func (c *solver) tensorRTOverhead(tp int) overhead {
	a := c.arch
	coefficient := 10.0
	nccl := 392.0
	switch {
	case tp == 1:
		coefficient, nccl = 22, 0
	case tp < 4:
		coefficient, nccl = 13, 342
	}
	width := a.Heads * a.HeadDim
	if a.IsMoE() {
		width = a.Heads * a.VHeadDim
	}
	activation := 2 * c.batch * float64(width) * coefficient
	if a.IsMoE() {
		activation += c.batch * float64(a.Hidden) * float64(a.RoutedExperts*a.ActiveExperts) / float64(max(tp, 1)) / 128 * 4
	}
	activation = math.Max(activation, 70*mib)
	return overhead{
		activation: around(activation, 0.8, 1.15),
		framework:  likelyOf(nccl*mib+2.5*gib, nccl*mib+1.5*gib, nccl*mib+3.5*gib),
		graphs:     likelyOf(0.5*gib, 0.2*gib, 1*gib),
	}
}

// logitsBuffer is llama.cpp's compute buffer where attention does not dominate: 4 B for every word and every
// hidden value of a micro-batch. Exact on the 7B, 14B and 32B (304.0 and 307.0 MiB at 512).
func (c *solver) logitsBuffer() float64 {
	return 4 * c.batch * float64(c.arch.Vocab+c.arch.Hidden)
}

// llamaOverhead is a llama.cpp or ollama device: compute buffer and the driver's context.
func (c *solver) llamaOverhead() overhead {
	o := overhead{framework: likelyOf(0.45*gib, 0.3*gib, 0.6*gib)}
	if c.onProcessor() {
		o.framework = likelyOf(0.1*gib, 0.05*gib, 0.3*gib)
	}
	if c.arch.IsMoE() {
		o.activation = c.llamaLatentBuffer()
		return o
	}
	// With flash attention the buffer stays at the logits' size to 32K tokens and is about 400 MiB from 48K on
	// (14B sweep on a 4090: 307, 317, 307, 398 MiB at 8K, 16K, 32K, 48K).
	longer := math.Min(math.Max(c.cells-32768, 0)/16384, 1) * 91 * mib * c.batch / 512
	v := c.logitsBuffer() + longer
	if !c.flashAttention() {
		v = math.Max(v, c.computePerCell()*c.cells) // 640 MiB on the 14B at 8K
	}
	o.activation = likelyOf(v, v*0.99, v*1.1)
	return o
}

// flashAttention: llama.cpp chooses it by itself where the card can, and so does ollama since it starts
// llama-server; before, ollama left it off.
func (c *solver) flashAttention() bool {
	return c.fam != famOllama || !c.rel.before(0, ollamaLatentMinor, 12)
}

// llamaLatentBuffer is R1's compute buffer: one layer's keys and values of the whole context, expanded to all
// heads in 16 bits (81,920 B a token), and a part that grows with the micro-batch. 19 logs of ik_llama.cpp
// with flash attention fit within 7 % up to a micro-batch of 1,024 and 20 % above. Without flash attention
// (builds before the latent cache) the scores of all heads take 4 B x micro-batch x heads a token.
func (c *solver) llamaLatentBuffer() catalog.Range {
	fixed := 620*mib + 0.47*mib*c.batch
	growing := c.computePerCell() * c.cells
	if latentRegime(c.fam, c.rel) == regimeExpanded {
		return around(growing+c.logitsBuffer(), 0.85, 1.15)
	}
	v := growing + fixed
	if c.batch > 1024 {
		return around(v, 0.82, 1.18)
	}
	return around(v, 0.93, 1.06)
}
