package serving

import (
	"math"
	"strings"

	"hostwise/calc/catalog"
	"hostwise/calc/memory"
)

// Options are what a step depends on and a plan does not hold.
type Options struct {
	// DraftAcceptance is the chance that a drafted token is kept, 0..1; 0 = as measured for R1's own draft layer.
	DraftAcceptance float64
}

// stepOf is the physics: the constants of a set-up's step, before any measurement corrects them.
func stepOf(p *memory.Plan, o Options, k *constants) engineModel {
	s := shapeOf(p.Model)
	st := storageOf(p, s)
	m := engineModel{stages: 1, verify: 1, accepted: 1, promptShared: 1, promptMix: 1}
	if s.routed > 0 {
		m.missLog = math.Log1p(-s.chosen / s.routed)
	}
	switch machineOf(p) {
	case processor:
		processorStep(&m, p, s, st, k)
	case matrixCPU:
		matrixStep(&m, p, s, st, k)
	case hybrid:
		hybridStep(&m, p, s, st, k)
	case spill:
		spillStep(&m, p, s, st, k)
	case layerCards:
		layerStep(&m, p, s, st, k)
	default:
		tensorStep(&m, p, s, st, k)
	}
	speculate(&m, p, o, k)
	return m.bounded()
}

// bounded keeps the step's promise where one sequence's arithmetic hides behind the reading of weights: what a
// further sequence adds is never more than what a step costs anyway, or total speed would fall with concurrency.
func (m engineModel) bounded() engineModel {
	if m.free > 0 {
		m.perSequence = min(m.perSequence, m.fixed)
	}
	return m
}

// draftKept is the chance that R1's own draft layer's first, second, ... token is kept, where those before it
// were: 1.9 tokens a step with one draft, 2.4 to 2.6 with two, 2.6 to 2.9 with three (research section 2). The
// layer is trained for the next token alone, so that each further draft is a worse one.
var draftKept = []float64{0.9, 0.6, 0.4, 0.3}

// speculate applies multi-token prediction: a step checks the drafts of every sequence and keeps some. A stated
// acceptance p keeps (1 - p^(g+1)) / (1 - p).
func speculate(m *engineModel, p *memory.Plan, o Options, k *constants) {
	drafts := draftsOf(p, o)
	if drafts <= 0 {
		return
	}
	if !hasDraftLayer(p) {
		// The smallest draft there is: one layer for each token, read before the step that checks it.
		more := 1 + float64(drafts)/float64(max(1, p.Model.Architecture.Layers))
		m.fixed *= more
		m.experts *= more
	}
	if o.DraftAcceptance > 0 {
		m.accepted = keptTokens(min(o.DraftAcceptance, 1), float64(drafts))
	} else {
		chance := 1.0
		for i := range drafts {
			chance *= draftKept[min(i, len(draftKept)-1)]
			m.accepted += chance
		}
	}
	m.verify = 1 + k.draftCount*float64(drafts)
	m.perSequence *= 1 + float64(drafts)
}

// hasDraftLayer reports whether the engine loads a draft layer with the model: the full models come with one, which
// the files and kernels of layer engines leave out.
func hasDraftLayer(p *memory.Plan) bool {
	return p.Model.Architecture.MTPLayers > 0 && !isLayerEngine(p.Engine)
}

// draftsOf is how many tokens a step drafts: what is asked for, where there is a draft layer or the person says how
// often a draft model's tokens are kept; else none, since a draft model that is not known gives no speed.
func draftsOf(p *memory.Plan, o Options) int {
	if hasDraftLayer(p) || o.DraftAcceptance > 0 {
		return max(0, p.SpeculativeTokens)
	}
	return 0
}

// keptTokens is the expected tokens a step with g drafts, each kept with chance p while all before it were.
func keptTokens(p, g float64) float64 {
	if p >= 1 {
		return g + 1
	}
	return (1 - math.Pow(p, g+1)) / (1 - p)
}

// tensorStep is research section 2: every device reads its part of every layer at the same time.
func tensorStep(m *engineModel, p *memory.Plan, s shape, st storage, k *constants) {
	d := p.Device
	stages := max(1, float64(p.PipelineParallel))
	n := max(1, float64(p.Devices)/stages)
	bw := bandwidth(d) * k.memory
	if d.MemoryClass == "unified" {
		share, _ := cardRates(d, st.full, k)
		bw = bandwidth(d) * share
	}
	m.stages = stages

	spread := n // devices that share the reading of the trunk, and of a sequence's cache
	cacheShare := 1.0
	if p.DataParallelAttention {
		// Every device holds the whole trunk and the cache of its own requests.
		spread, cacheShare = 1, 1/n
	} else if !s.moe {
		// Grouped heads are divided; past the number of heads they are copied.
		cacheShare = 1 / min(n, max(1, float64(p.Model.Architecture.KVHeads)))
	}
	cacheShare *= contextParallelShare(p)
	m.fixed = s.trunk * st.trunkBytes / (spread * bw)
	m.experts = s.experts * st.expertBytes / (n * bw)
	peak, wide := peakOps(d, st.arithmetic), peakOps(d, 16)
	if listsDoubleRate(d) && d.Architecture != "blackwell" {
		// An L40S in FP8 and an A40 in 16 bits reach a quarter of what is listed, other cards about half.
		peak, wide = peak/2, wide/2
	}
	decodePeak, promptPeak := k.decodePeak, k.promptPeak
	link, promptLink := k.link, k.promptLink
	if !s.moe {
		decodePeak, promptPeak = k.densePeak, k.densePrompt
		link, promptLink = k.denseLink, k.densePromptLink
	}
	m.perContext = cacheBytes(p, s)*cacheShare/bw + s.decodeOps/(n*wide*decodePeak)
	ops := 2 * s.active()
	m.perSequence = ops/(n*peak*decodePeak) + linkSeconds(p, s, n, link, k)
	m.promptToken = ops/(n*peak*promptPeak) + linkSeconds(p, s, n, promptLink, k)
	m.promptContext = s.prefillOps / (n * wide * promptPeak)
	m.promptShared = 1 / stages
	if s.moe {
		m.promptMix = k.promptMix
		m.promptToken += s.layers * s.hidden * k.promptTraffic / (n * bw)
	}
	m.fixed += s.layers*layerSeconds(p, s, n, k) + (stages-1)*k.hop
}

// crossesServers reports whether one layer's devices are in more than one server.
func crossesServers(p *memory.Plan, n float64) bool {
	perHost := float64(p.Device.MaxPerHost)
	if perHost <= 0 {
		perHost = 8
	}
	return n > perHost
}

// linkSeconds is what links add for each token a step carries: two all-reduces a layer in a tensor split; with
// attention in data-parallel, sending a token to its experts in 8 bits and the sum back in 16.
func linkSeconds(p *memory.Plan, s shape, n, share float64, k *constants) float64 {
	if n <= 1 {
		return 0
	}
	spread := p.DataParallelAttention && s.moe
	if spread {
		share = max(share, k.spreadLink)
	}
	rate := 32e9 * share // a card with no listed link talks over its slot
	if p.Device.ScaleUpGBs != nil {
		rate = *p.Device.ScaleUpGBs * 1e9 * share
	}
	if crossesServers(p, n) {
		rate = k.nodeLink
	}
	if spread {
		moeLayers := float64(p.Model.Architecture.MoELayers)
		return moeLayers / n * s.chosen * s.hidden * 3 * (n - 1) / n / rate
	}
	if p.DataParallelAttention {
		return 0
	}
	return s.layers * 2 * s.hidden * 2 * 2 * (n - 1) / n / rate
}

// layerSeconds is what a layer costs a step whatever the batch: launches, latencies, waiting.
func layerSeconds(p *memory.Plan, s shape, n float64, k *constants) float64 {
	if !s.moe {
		t := k.denseLayer
		if n > 1 && !p.DataParallelAttention {
			t += 2 * k.denseReduce * math.Sqrt(n/2)
		}
		return t
	}
	if crossesServers(p, n) {
		return k.layerNodes
	}
	table := k.layer
	if p.Precision == "nvfp4" || p.Precision == "mxfp4" {
		if t, ok := k.layerFP4[p.Device.Architecture]; ok {
			return t
		}
	}
	if t, ok := table[p.Device.Architecture]; ok {
		return t
	}
	return k.layerOther
}

// cacheBytes is one token's cache, one copy.
func cacheBytes(p *memory.Plan, s shape) float64 {
	if p.KVBytesPerToken > 0 {
		return p.KVBytesPerToken
	}
	values := 0.0
	a := p.Model.Architecture
	if s.moe {
		values = s.layers * float64(a.KVLoraRank+a.QKRopeHeadDim)
	} else {
		values = s.layers * 2 * float64(a.KVHeads) * float64(a.HeadDim)
	}
	switch p.KV {
	case "fp8":
		return values
	case "q8_0":
		return values * 34 / 32
	case "q4_0":
		return values * 18 / 32
	}
	return values * 2
}

// cardRates are a card's constants under a layer engine.
func cardRates(d *catalog.Device, full bool, k *constants) (share, layer float64) {
	switch {
	case isApple(d):
		return k.appleShare, k.appleLayer
	case isSpark(d):
		return k.sparkShare, k.sparkLayer
	case d.MemoryClass == "unified":
		return k.apuShare, k.cardLayer
	case d.MemoryClass == "hbm" && d.Architecture == "ampere" && full:
		return k.hbmFullShare, k.hbmLayer
	case d.MemoryClass == "hbm" && d.Architecture == "ampere":
		return k.hbmShare, k.hbmLayer
	case d.MemoryClass == "hbm" && full:
		return k.hopperFullShare, k.hbmLayer
	case d.MemoryClass == "hbm":
		return k.hopperShare, k.hbmLayer
	}
	return k.cardShare, k.cardLayer
}

// promptRate is the arithmetic one card brings to a prompt under a layer engine, in operations a second.
// Workstation cards list twice the rate of the same die on a consumer card and reach about the same speed.
func promptRate(d *catalog.Device, k *constants) float64 {
	peak := peakOps(d, 16)
	switch {
	case isApple(d):
		return peak * k.applePrompt
	case isSpark(d), d.MemoryClass == "unified":
		return peak * k.sparkPrompt
	case d.MemoryClass == "hbm" && d.Architecture == "ampere":
		return peak * k.hbmPrompt
	case d.MemoryClass == "hbm":
		return peak * k.hopperPrompt
	}
	if listsDoubleRate(d) {
		peak /= 2
	}
	return peak * k.cardPrompt
}

// listsDoubleRate reports whether a GDDR card's listed 16-bit rate accumulates in 16 bits.
func listsDoubleRate(d *catalog.Device) bool {
	if d.Kind == "consumer" || d.MemoryClass != "gddr" || !strings.EqualFold(d.Vendor, "nvidia") {
		return false
	}
	return d.Architecture == "ada" || d.Architecture == "ampere" || strings.HasPrefix(d.Architecture, "blackwell")
}

// contextSeconds is the arithmetic that a generated token spends on one token of its context under a layer engine.
// Latent attention (R1) does 128 heads' work on it, and those kernels reach little of the rate.
func contextSeconds(p *memory.Plan, s shape, k *constants) float64 {
	rate := promptRateOver(p, k)
	if s.moe {
		rate *= k.latentShare
	}
	return s.decodeOps / rate
}

// layerStep is research section 3.1: cards hold whole layers and take turns, so capacity adds up and bandwidth
// does not. Unlike cards each take their own time for their own layers.
func layerStep(m *engineModel, p *memory.Plan, s shape, st storage, k *constants) {
	perByte, layer := byteSeconds(p, st.full, k), launchSeconds(p, st.full, k)
	cards := max(1, float64(p.Cards()))
	m.fixed = s.trunk*st.trunkBytes*perByte + s.layers*layer + (cards-1)*k.hop
	m.experts = s.experts*st.expertBytes*perByte + float64(p.Model.Architecture.MoELayers)*s.routed*k.expertLaunch
	m.perContext = cacheBytes(p, s)*perByte + contextSeconds(p, s, k)
	rate := promptRateOver(p, k)
	m.perSequence = 2 * s.active() / (rate * k.batchShare)
	if s.moe {
		rate *= k.expertPrompt
	}
	layerPrompt(m, s, rate*(1+k.promptSpread*(cards-1)/cards*2))
	m.free = 1
}

func layerPrompt(m *engineModel, s shape, rate float64) {
	m.promptToken = 2 * s.active() / rate
	m.promptContext = s.prefillOps / rate
}

// processorStep: processors do not hide the unpacking of weights behind their reading, so both are added.
// Unaware of where memory lies, llama.cpp is slower on two sockets than on one.
func processorStep(m *engineModel, p *memory.Plan, s shape, st storage, k *constants) {
	sockets := max(1, float64(p.Device.Sockets))
	bw := bandwidth(p.Device) / sockets
	gain := 1.0
	if sockets > 1 {
		gain = k.secondSocket
		if p.Engine == "ktransformers" {
			gain = k.secondNode
		}
	}
	read := bw * k.processorShare * gain
	unpack := k.unpack / gain
	m.fixed = s.trunk*st.trunkBytes/read + s.active()*unpack
	m.experts = s.experts * st.expertBytes / read
	m.perContext = cacheBytes(p, s)/read + s.decodeOps/(bw*k.plainPrompt)
	ops := bw * k.plainPrompt * max(1, gain)
	if p.Engine == "ktransformers" {
		ops = bw * k.hybridPrompt * gain
	}
	layerPrompt(m, s, ops)
	m.perSequence = s.active() * unpack
	m.free = 1
}

// matrixStep: engines on a processor's matrix units use the bandwidth of all sockets.
func matrixStep(m *engineModel, p *memory.Plan, s shape, st storage, k *constants) {
	bw := bandwidth(p.Device)
	read := bw * k.matrixShare
	m.fixed = s.trunk * st.trunkBytes / read
	if s.moe {
		m.fixed += s.layers * k.matrixLayer
	}
	m.experts = s.experts * st.expertBytes / read
	m.perContext = cacheBytes(p, s)/read + s.decodeOps/(bw*k.matrixPrompt)
	layerPrompt(m, s, bw*k.matrixPrompt)
	m.perSequence = m.promptToken
	m.free = 1
}

// hostBandwidth is the memory bandwidth that the part in host memory is read with, and how many sockets share it. It
// reports assumed where the plan names no host, or one whose memory cannot hold that part: then it is a
// desktop's for a spilled distill, and a one-socket server's with twelve channels of DDR5-4800 for R1's experts.
func hostBandwidth(p *memory.Plan) (bytesPerSecond, sockets float64, assumed bool) {
	h := p.Host
	if h != nil && h.BandwidthGBs > 0 && (h.MemoryBytes <= 0 || float64(h.MemoryBytes) >= p.HostBytes) {
		return h.BandwidthGBs * 1e9, max(1, float64(h.Sockets)), false
	}
	if p.Model.Architecture.IsMoE() {
		return 460.8e9, 1, true
	}
	return 83e9, 1, true
}

// hybridStep: the trunk is read on the cards, then routed experts from host memory.
func hybridStep(m *engineModel, p *memory.Plan, s shape, st storage, k *constants) {
	host, sockets, _ := hostBandwidth(p)
	read := host * k.hybridHost
	if sockets > 1 {
		read = host / sockets * k.secondNode * k.hybridHost
	}
	card := k.hybridCard / overCards(p, func(d *catalog.Device) float64 { return 1 / bandwidth(d) })
	m.fixed = s.trunk * st.trunkBytes / card
	m.experts = s.experts * st.expertBytes / read
	if p.Engine != "ktransformers" {
		// Plain kernels on the processor: unpacking is added, as in processorStep.
		node, gain := host, 1.0
		if sockets > 1 {
			node, gain = host/sockets, k.secondSocket
		}
		m.fixed += (s.active() - s.trunk) * k.unpack / gain
		m.experts = s.experts * st.expertBytes / (node * k.processorShare * gain)
	}
	m.perContext = cacheBytes(p, s)/card + contextSeconds(p, s, k)
	ops := read / k.hybridHost * k.hybridPrompt
	routed := s.active() - s.trunk
	prompt := promptRateOver(p, k)
	m.promptToken = 2*s.trunk/prompt + 2*routed/ops
	m.promptContext = s.prefillOps / prompt
	m.perSequence = 2 * routed / ops / 4
	m.free = 1
}

// spillStep: what fits is read on the card, the rest by the processor, one after the other.
func spillStep(m *engineModel, p *memory.Plan, s shape, st storage, k *constants) {
	layerStep(m, p, s, st, k)
	share := spilledBytes(p) / weightBytes(p)
	host, sockets, _ := hostBandwidth(p)
	read := host / sockets * k.spillHost
	m.fixed = m.fixed*(1-share) + share*s.trunk*st.trunkBytes/read
	m.experts = m.experts*(1-share) + share*s.experts*st.expertBytes/read
	m.perContext = m.perContext*(1-share) + share*cacheBytes(p, s)/read
	// Prompts send the spilled layers through the card once a chunk: the slot's speed, not the processor's.
	const slot, chunk = 20e9, 512
	m.promptToken += share * weightBytes(p) / slot / chunk
	m.perSequence += share * s.active() * k.unpack
}
