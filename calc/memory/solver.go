package memory

import (
	"math"

	"hostwise/calc/catalog"
)

// solver holds what stays the same while the number of devices and their layout are tried out.
type solver struct {
	stated  Setup // as asked
	model   *catalog.Model
	arch    *catalog.Architecture
	prec    *catalog.Precision
	engine  *catalog.Engine
	fam     family
	rel     release
	inv     *inventory
	device  *catalog.Device
	visible float64 // bytes the driver shows
	share   float64 // of visible that the engine may fill, 0 = by its own rule
	batch   float64 // tokens of a prefill chunk or micro-batch
	context float64
	slots   float64 // sequences
	perHost int

	layerKV       float64 // bytes of one token in one layer, one copy
	cells         float64 // tokens of cache reserved, padded to the engine's blocks
	offload       bool    // routed experts in host memory
	onDevice      int     // layers on the device of layer-split engines, -1 = all
	kvSpread      float64 // what a platform adds to the cache
	seconds       int     // further cards of a second kind
	secondVisible float64 // bytes the driver shows of each
	weightPad     float64 // what a platform adds to the weights
}

// defaultContext is the longest request where none is stated, as in the scenario file.
const defaultContext = 32768

func newSolver(cat *catalog.Catalog, s Setup) solver {
	c := solver{stated: s, model: s.Model, arch: &s.Model.Architecture, device: s.Device}
	c.prec = precisionOf(cat, s.Precision)
	if cat != nil {
		c.engine = cat.Engine(s.Engine)
	}
	c.fam = familyOf(s.Engine, c.engine)
	build := buildOf(c.engine, s.EngineVersion)
	c.rel = newest
	if r, ok := parseRelease(s.EngineVersion); ok {
		c.rel = r
	} else if build != nil {
		c.rel, _ = parseRelease(build.Version)
	}
	c.inv = inventoryFor(s, c.prec, c.fam)
	if s.Device != nil {
		c.visible = float64(s.Device.VisibleBytes)
		c.perHost = devicesPerHost(s)
	}
	c.batch = chunk(c.fam, s, build)
	if c.fam == famSGLang && s.BatchTokens == 0 && c.visible > 0 && !c.rel.before(0, 5, 3) {
		c.batch, _ = sglangDefaults(c.visible/gib, 8)
	}
	c.share = shareOf(c.fam, s, build)
	c.setSecond()
	c.setLoad()
	c.setPlacement()
	return c
}

// setLoad works out what the cache must hold.
func (c *solver) setLoad() {
	c.context = float64(c.stated.ContextTokens)
	if c.context <= 0 {
		c.context = defaultContext
	}
	c.slots = math.Max(1, float64(c.stated.Sequences))
	c.layerKV = kvValues(*c.arch, c.fam, c.rel) * kvBytes(c.stated.KV)
	block := blockTokens(c.fam)
	c.cells = math.Ceil(c.context/block) * block * c.slots
}

// setPlacement works out what stays off the devices and what the platform adds.
func (c *solver) setPlacement() {
	s := c.stated
	c.offload = c.arch.IsMoE() && !c.onProcessor() && (s.ExpertsInHostMemory || c.fam == famKTransformers)
	c.onDevice = -1
	if c.fam.layerSplit() && s.LayersOnDevice > 0 && s.LayersOnDevice <= c.arch.Layers && !c.onProcessor() {
		c.onDevice = s.LayersOnDevice
	}
	c.weightPad, c.kvSpread = 1, 1
	if c.amd() && c.arch.IsMoE() && !c.fam.layerSplit() {
		c.kvSpread = 1.005 // 70,61x B a token on MI300X where 70,272 is the sum
		if s.Precision == "fp8" {
			c.weightPad = 1.0224 // 81.31 GiB a device at TP8 for 79.53: ROCm's FP8 layout and padding
		}
	}
}

func (c *solver) amd() bool { return c.device != nil && c.device.Vendor == "AMD" }

func (c *solver) onProcessor() bool { return c.device != nil && c.device.Kind == "cpu" }

// inventoryFor returns the model's inventory in the form the engine loads. A raw view, or a precision without
// a known form, is laid out like the 16-bit checkpoint and scaled.
func inventoryFor(s Setup, p *catalog.Precision, f family) *inventory {
	gguf := f.llamaInside() || f == famKTransformers && s.Precision == "bf16"
	if v := inventoryOf(s.Model, p, s.Precision, gguf && (s.Precision == "bf16" || s.Precision == "fp32")); v != nil {
		return v
	}
	bits := rawBits(s.Precision)
	if bits == 0 && p != nil {
		bits = p.BitsPerWeight
	}
	if bits == 0 {
		bits = 16
	}
	return inventoryOf(s.Model, nil, "bf16", false).scaledBy(rawParameters(s.Model) * bits / 8)
}

// scaledBy returns the inventory as if it took loaded bytes, every tensor alike.
func (v *inventory) scaledBy(loaded float64) *inventory {
	f := loaded / math.Max(v.loaded, 1)
	s := &inventory{artifact: loaded, loaded: loaded, embed: v.embed * f, head: v.head * f, absorbed: v.absorbed}
	s.upTo = make([]layerBytes, len(v.upTo))
	for i, l := range v.upTo {
		s.upTo[i] = layerBytes{l.split * f, l.kvHeads * f, l.copied * f, l.experts * f}
	}
	return s
}

func chunk(f family, s Setup, b *catalog.EngineBuild) float64 {
	switch {
	case s.BatchTokens > 0:
		return float64(s.BatchTokens)
	case b != nil && b.BatchTokens > 0:
		return float64(b.BatchTokens)
	case f.layerSplit():
		return 512
	}
	return 8192
}

// workingSetShare is what the system lets a graphics processor wire of unified memory.
const workingSetShare = 0.75

// shareOf is the part of the visible memory an engine may fill. SGLang's follows the card, see sglangFraction.
func shareOf(f family, s Setup, b *catalog.EngineBuild) float64 {
	if s.MemoryFraction > 0 {
		return s.MemoryFraction
	}
	if f.layerSplit() {
		return layerShare(s.Device)
	}
	if f == famSGLang {
		return 0
	}
	if b != nil && b.MemoryFraction > 0 {
		return b.MemoryFraction
	}
	return 0.9
}

func layerShare(d *catalog.Device) float64 {
	switch {
	case d == nil:
		return 1
	case d.Kind == "unified" && d.Architecture == "blackwell":
		return 0.92 // one pool, the system takes the rest
	case d.Kind == "unified":
		return workingSetShare
	case d.Kind == "cpu":
		return 0.96 // operating system and page tables
	}
	return 1
}

func devicesPerHost(s Setup) int {
	n := s.Device.MaxPerHost
	if s.Host != nil && s.Host.Slots > 0 && !s.Device.WholeMachine {
		if n == 0 || s.Host.Slots < n {
			n = s.Host.Slots
		}
	}
	if n > 0 {
		return n
	}
	if s.Device.WholeMachine || s.Device.Kind == "unified" || s.Device.Kind == "cpu" {
		return 1
	}
	return 8
}

// layout is how a number of devices share a model.
type layout struct {
	devices int
	tp      int // ranks that split attention
	pp      int // stages
	dp      int // attention-data-parallel ranks in a stage
}

// group is the number of devices in a stage.
func (l layout) group() int { return l.tp * l.dp }

// layoutFor lays a number of devices out: tensor parallel inside a server, pipeline between servers; layer-split
// engines put whole layers on each device.
func (c *solver) layoutFor(devices int) layout {
	if c.fam.layerSplit() {
		return layout{devices, 1, c.cards(devices), 1}
	}
	tp, pp := c.stated.TensorParallel, c.stated.PipelineParallel
	parallel := c.spreads()
	switch {
	case parallel && tp == 0 && pp == 0: // experts are spread over all devices, across servers too
		return layout{devices, 1, 1, devices}
	case tp > 0 && pp > 0 && tp*pp == devices:
	case tp > 0 && devices%tp == 0:
		pp = devices / tp
	case pp > 0 && devices%pp == 0:
		tp = devices / pp
	default:
		tp = c.widestSplit(devices)
		pp = devices / tp
	}
	if parallel {
		return layout{devices, 1, pp, tp}
	}
	return layout{devices, tp, pp, 1}
}

// widestGroup is the most ranks that are chosen to split a layer: beyond eight, copies of the cache and of
// what cannot be divided outgrow what splitting saves, even where links are fast, as in a rack.
const widestGroup = 8

// widestSplit is the largest power of two that divides the devices, the server and the model's heads.
func (c *solver) widestSplit(devices int) int {
	tp := 1
	for t := 2; t <= min(devices, c.perHost, widestGroup); t *= 2 {
		if devices%t == 0 && c.splits(t) {
			tp = t
		}
	}
	return tp
}

// splits reports whether the model's heads, and the blocks of its experts, divide by t.
func (c *solver) splits(t int) bool {
	if c.arch.Heads%t != 0 {
		return false
	}
	return !c.arch.IsMoE() || c.stated.ExpertParallel > 1 || c.spreads() || c.arch.MoEFFN/t >= 128
}

// stages are cut as vLLM does: whole layers, the odd ones to the stages before the last.
func (c *solver) stage(l layout, j int) (from, to int) {
	if c.fam.layerSplit() {
		return c.layerStage(l, j), c.layerStage(l, j+1)
	}
	return evenStage(c.arch.Layers, l.pp, j), evenStage(c.arch.Layers, l.pp, j+1)
}

func evenStage(layers, pp, j int) int {
	base, odd := layers/pp, layers%pp
	if j == pp {
		return layers
	}
	return j*base + min(max(j-(pp-1-odd), 0), odd)
}

// layerStage is llama.cpp's cut between equal devices: layers and the output in proportion. With some layers
// kept off the devices the last ones go on them; until the end of 2025 the output was not counted as one.
func (c *solver) layerStage(l layout, j int) int {
	n := c.arch.Layers
	first, placed := 0, n+1
	if c.onDevice >= 0 {
		first, placed = n-c.onDevice, c.onDevice
		if c.outputCounts() {
			first++
		}
	}
	if c.seconds > 0 {
		return min(first+c.unlikeStage(l, j, placed), n)
	}
	return min(first+(j*placed+l.pp-1)/l.pp, n)
}

// outputCounts reports whether the output projection is one of the layers put on a device.
func (c *solver) outputCounts() bool {
	return c.onDevice < 0 || c.fam == famLlama && !c.rel.llamaBefore(7400, 2025, 12)
}

// rank is one device of one stage, in bytes.
type rank struct {
	visible   float64 // what the driver shows of the device
	weights   float64
	parts     weightParts // what weights are the sum of
	kvToken   float64     // of one live token whose cache this rank holds
	tokens    float64     // tokens it must hold
	over      overhead
	pool      float64 // room for KV, likely
	poolLow   float64
	poolHigh  float64
	need      float64 // KV it must hold
	needHigh  float64
	capTokens float64 // tokens the room holds, of the whole replica
}

// shortBy is what is missing on the rank, negative where there is room.
func (r rank) shortBy() float64 { return r.need - r.pool }

// placement is a layout worked through.
type placement struct {
	layout
	worst     rank // the stage with the least room
	heaviest  rank // the stage with the largest weights
	weights   float64
	kv        float64
	overAll   overhead
	capTokens float64
	host      float64
	fit       Fit
}

// place works a layout through, stage by stage.
func (c *solver) place(l layout) placement {
	p := placement{layout: l, capTokens: math.Inf(1)}
	group := float64(l.group())
	for j := range l.pp {
		r := c.rankOf(l, j)
		p.weights += r.weights * group
		p.kv += r.kvToken * c.cells / c.contextParallel(l) * float64(l.tp) // a token lives on one data-parallel rank
		p.overAll = p.overAll.plus(r.over, group)
		if j == 0 || r.shortBy() > p.worst.shortBy() {
			p.worst = r
		}
		if c.fuller(r, p.heaviest) {
			p.heaviest = r
		}
		p.capTokens = math.Min(p.capTokens, r.capTokens)
	}
	p.host = c.hostBytes(p)
	p.fit = c.fits(p)
	return p
}

func (o overhead) plus(r overhead, times float64) overhead {
	return overhead{
		activation: addRange(o.activation, r.activation.Scale(times)),
		graphs:     addRange(o.graphs, r.graphs.Scale(times)),
		framework:  addRange(o.framework, r.framework.Scale(times)),
	}
}

func addRange(a, b catalog.Range) catalog.Range {
	return catalog.Range{Low: a.Low + b.Low, Likely: a.Likely + b.Likely, High: a.High + b.High}
}

// rankOf works out one device of stage j.
func (c *solver) rankOf(l layout, j int) rank {
	from, to := c.stage(l, j)
	last := j == l.pp-1
	parts := c.rankWeights(l, j, from, to)
	r := rank{visible: c.visibleAt(l, j), weights: parts.sum(), parts: parts, over: c.overheadOf(l.tp, l.pp, last)}
	layers := float64(to - from)
	if last && c.speculates() {
		layers++ // the multi-token-prediction layer keeps a cache of its own
	}
	r.kvToken = layers * c.layerKV * c.kvSpread
	if !c.arch.IsMoE() && !c.fam.layerSplit() {
		r.kvToken /= float64(min(l.tp, max(c.arch.KVHeads, 1))) // divided up to the head count, copied beyond
	}
	spread := c.contextParallel(l)
	r.tokens = math.Ceil(c.slots/float64(l.dp)) * (c.cells / c.slots) / spread
	r.need = r.kvToken * r.tokens
	r.needHigh = r.need * 1.005
	c.fillPool(&r, l)
	r.capTokens = math.Inf(1)
	if r.kvToken > 0 {
		growing := c.computePerCell()
		r.capTokens = math.Max(0, (r.pool+growing*c.cells)/(r.kvToken+growing)) * float64(l.dp) * spread
	}
	return r
}

// computePerCell is how much the compute buffer grows with each token of context: under llama.cpp with R1 one
// layer's expanded keys and values, without flash attention the scores of all heads; under KTransformers what
// lies between its 14 GB at 8K and 24 GB at 139K tokens (README @95009ea).
func (c *solver) computePerCell() float64 {
	a := c.arch
	switch {
	case c.fam == famKTransformers && a.IsMoE():
		return 16000
	case !c.fam.llamaInside():
		return 0
	case !c.flashAttention(), a.IsMoE() && latentRegime(c.fam, c.rel) == regimeExpanded:
		return 4 * c.batch * float64(a.Heads)
	case a.IsMoE():
		return 2 * float64(a.Heads*(a.QKNopeHeadDim+a.QKRopeHeadDim+a.VHeadDim))
	}
	return 0
}

// contextParallel is over how many ranks a sequence's tokens are spread. Only ranks that would hold the same KV head
// can share its tokens, so it is at most the tensor-parallel size over the KV heads, of which latent attention has one;
// what is asked for beyond it, or does not divide it, is taken down to the largest size that works.
// (vLLM, docs/serving/context_parallel_deployment.md: "-dcp" from 1 to tp / H.)
func (c *solver) contextParallel(l layout) float64 {
	copies := c.headCopies(l)
	n := min(max(c.stated.ContextParallel, 1), copies)
	for copies%n != 0 {
		n--
	}
	return float64(n)
}

// headCopies is how many ranks of a tensor split hold the same KV head.
func (c *solver) headCopies(l layout) int {
	if c.arch.IsMoE() {
		return l.tp
	}
	return max(1, l.tp/max(c.arch.KVHeads, 1))
}

// spreads reports whether attention is in data-parallel: of the full models only, and not where whole layers are split.
func (c *solver) spreads() bool {
	return c.stated.DataParallelAttention && c.arch.IsMoE() && !c.fam.layerSplit()
}

func (c *solver) speculates() bool {
	return c.stated.SpeculativeTokens > 0 && !c.fam.layerSplit() && c.inv.mtp.sum() > 0
}

// weightParts are the bytes of one device's weights before they are divided, and what divides them.
type weightParts struct {
	divided  float64 // split by the ranks
	experts  float64 // split by all devices of the stage
	heads    float64 // split by at most the KV heads
	copied   float64 // whole on every rank
	absorbed float64 // 16-bit copies that latent attention is multiplied with, split by the ranks
	rope     float64 // table of rotary angles, whole
	ranks    float64 // tensor-parallel ranks
	group    float64 // devices of the stage
	kvHeads  float64 // ranks with KV heads of their own
	pad      float64 // what the platform's layout adds, a factor
	layers   int     // of the stage
}

func (w weightParts) sum() float64 {
	return (w.divided/w.ranks+w.heads/w.kvHeads+w.copied+w.experts/w.group)*w.pad + w.absorbed/w.ranks + w.rope
}

// rankWeights is what one device of stage j holds of layers from..to-1: divided parts, whole copies of what
// tensor parallelism cannot divide, and the 16-bit copies that latent attention is multiplied with.
func (c *solver) rankWeights(l layout, j, from, to int) weightParts {
	v := c.inv
	b := v.layers(from, to)
	if c.fam.layerSplit() {
		w := weightParts{divided: b.sum(), ranks: 1, group: 1, kvHeads: 1, pad: 1, layers: to - from}
		if c.offload {
			w.divided -= b.experts
		}
		if j == l.pp-1 && c.outputCounts() {
			w.copied += v.head
		}
		if c.wholeOnDevice() && j == 0 {
			w.copied += v.embed
		}
		if c.copiesPerSocket() {
			w.experts = b.experts
		}
		return w
	}
	w := weightParts{
		divided: b.split, heads: b.kvHeads, copied: b.copied, ranks: float64(l.tp), group: float64(l.group()),
		kvHeads: float64(min(l.tp, max(c.arch.KVHeads, 1))), pad: c.weightPad, layers: to - from,
	}
	if !c.offload {
		w.experts = b.experts
	}
	if j == 0 {
		w.divided += v.embed
	}
	if j == l.pp-1 {
		w.divided += v.head
		if c.speculates() {
			w.divided += v.mtp.split
			w.copied += v.mtp.copied
			w.experts += v.mtp.experts
		}
	}
	if c.arch.IsMoE() {
		w.absorbed = v.absorbed * float64(to-from)
	} else {
		w.rope = c.ropeTable()
	}
	return w
}

// copiesPerSocket: KTransformers keeps a copy of the experts on each of two sockets (1 TB for 382 GB of Q4_K_M).
func (c *solver) copiesPerSocket() bool {
	return c.fam == famKTransformers && c.onProcessor() && c.device.Sockets == 2
}

// ropeTable is the table of rotary angles that every rank keeps, by the model's longest position.
func (c *solver) ropeTable() float64 { return float64(c.arch.MaxPosition * c.arch.HeadDim * 2) }

// wholeOnDevice reports whether the token embedding is counted on the device: llama.cpp keeps it in host
// memory beside a card; on one pool of memory there is no such split.
func (c *solver) wholeOnDevice() bool {
	return c.device != nil && (c.device.Kind == "unified" || c.device.Kind == "cpu") || c.fam == famMLX
}

// weightSpread is P10 and P90 of a rank's weights as factors: later versions of vLLM load up to 0.44 % more.
func (c *solver) weightSpread() (low, high float64) {
	switch {
	case c.fam.layerSplit():
		return 0.9995, 1.001
	case c.amd():
		return 0.99, 1.01
	}
	return 0.999, 1.0045
}

// fillPool works out the room for KV on a rank, by engine:
//
//	vLLM          visible x fraction - weights - activation - outside PyTorch (- graphs since 0.21)
//	SGLang        free after load - free before load x (1 - static fraction)
//	TensorRT-LLM  fraction x (visible - weights - activation - overhead), 1.5 % of it for blocks
//	layer-split   what is left
func (c *solver) fillPool(r *rank, l layout) {
	low, high := c.weightSpread()
	bad := square(r.weights*(high-1)) + square(0.002*r.visible)
	good := square(r.weights*(1-low)) + square(0.002*r.visible)
	scale := 1.0
	switch c.fam {
	case famSGLang:
		r.pool = c.sglangFree()*c.staticShare(l.devices) - r.weights
		bad += square(0.01 * c.visible)
		good += square(0.005 * c.visible)
	case famTensorRT:
		scale = c.share / 1.015
		r.pool = (c.visible - r.weights - r.over.activation.Likely - r.over.framework.Likely) * scale
	default:
		r.pool = r.visible*c.share - r.weights - r.over.activation.Likely - r.over.framework.Likely
	}
	if c.fam != famSGLang {
		bad += square(r.over.activation.High-r.over.activation.Likely) + square(r.over.framework.High-r.over.framework.Likely)
		good += square(r.over.activation.Likely-r.over.activation.Low) + square(r.over.framework.Likely-r.over.framework.Low)
	}
	if c.graphsInBudget() {
		r.pool -= r.over.graphs.Likely
		bad += square(r.over.graphs.High - r.over.graphs.Likely)
		good += square(r.over.graphs.Likely - r.over.graphs.Low)
	}
	r.poolLow = r.pool - math.Sqrt(bad)*scale
	r.poolHigh = r.pool + math.Sqrt(good)*scale
}

func square(x float64) float64 { return x * x }

// graphsInBudget: vLLM counts captured graphs inside its share since 0.21.
func (c *solver) graphsInBudget() bool { return c.fam == famVLLM && !c.rel.before(0, 21, 0) }

func (c *solver) staticShare(devices int) float64 {
	if c.share > 0 {
		return c.share
	}
	return c.sglangFraction(devices)
}

// hostBytes is what lies in host memory beside the devices: routed experts, layers that stay off the device
// with their cache, and the token embedding of llama.cpp.
func (c *solver) hostBytes(p placement) float64 {
	if c.onProcessor() || c.wholeOnDevice() && c.onDevice < 0 && !c.offload {
		return 0
	}
	var b float64
	if c.offload {
		b += c.inv.all().experts * c.expertCopies()
	}
	if !c.fam.layerSplit() {
		return b
	}
	if !c.wholeOnDevice() {
		b += c.inv.embed
	}
	if !c.outputCounts() {
		b += c.inv.head
	}
	if first := c.layerStage(p.layout, 0); first > 0 {
		off := c.inv.layers(0, first)
		b += off.sum() + float64(first)*c.layerKV*c.cells
		if c.offload {
			b -= off.experts
		}
	}
	return b
}

// expertCopies is how often a host keeps the routed experts: KTransformers puts a copy on each socket where both
// have room (382 GB of Q4_K_M on one socket, a machine of 1 TB on two; its README @95009ea).
func (c *solver) expertCopies() float64 {
	h := c.stated.Host
	if c.fam != famKTransformers || h == nil || h.Sockets < 2 {
		return 1
	}
	if 2*c.inv.all().experts+c.inv.embed > hostShare*float64(h.MemoryBytes) {
		return 1
	}
	return 2
}

// hostTokens is how many tokens fit in the cache of the layers that stay in host memory: what the host has left,
// or where no host is named what was asked for, which it was taken to hold. It is Inf where no layer stays there.
func (c *solver) hostTokens(p placement) float64 {
	first := c.firstOnDevice(p.layout)
	if first == 0 {
		return math.Inf(1)
	}
	if h := c.stated.Host; h != nil && h.MemoryBytes > 0 {
		perToken := float64(first) * c.layerKV
		return math.Max(0, (hostShare*float64(h.MemoryBytes)-c.weightsInHost(p))/perToken)
	}
	if math.IsInf(p.capTokens, 1) {
		return c.cells
	}
	return math.Inf(1)
}

// hostShare is the part of a host's memory that a model may fill.
const hostShare = 0.95

func (c *solver) hostHolds(bytes float64) bool {
	h := c.stated.Host
	return h == nil || h.MemoryBytes == 0 || bytes <= hostShare*float64(h.MemoryBytes)
}

func (c *solver) fits(p placement) Fit {
	switch {
	case p.worst.shortBy() > 0, !c.hostHolds(p.host):
		return No
	case p.worst.needHigh > p.worst.poolLow:
		return Tight
	}
	return Fits
}
