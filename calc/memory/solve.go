package memory

import (
	"fmt"
	"math"

	"hostwise/calc/catalog"
)

// working is what a plan was made of, kept for Explain and Detail.
type working struct {
	over      overhead // over all devices
	rank      rank     // the fullest device
	layout    layout
	padding   float64 // KV beyond the last token, to the engine's block
	tokenizer float64
	weights   float64 // over all devices and the host
	share     float64
	batch     float64
	layerKV   float64
	fam       family
	support   string // the measured run that speaks for the weights; only Detail looks it up
	device    deviceSupport
	times     float64 // devices that hold the same cache
	fits      bool    // the placement holds the load, whether or not the combination is known to run
}

// mostServers bounds the search for the fewest devices.
const mostServers = 32

// Solve resolves every choice of a set-up and says where each byte lies. It never refuses: what is not known
// to run has Supported false, what memory does not hold has Fit No, and Why says the reason. It leaves Overheads empty
// and writes no formulas, so that it can be called by the thousand; Detail and Plan.Explain add them.
func Solve(cat *catalog.Catalog, s Setup) Plan {
	if s.Model == nil {
		return Plan{Setup: s, Fit: No, Why: "Choose a model first."}
	}
	c := newSolver(cat, s)
	if s.Device == nil || c.visible <= 0 {
		return c.withoutDevice()
	}
	return c.plan(c.fewest())
}

// fewest tries the real sizes in order and returns the first that fits, or the stated one.
func (c *solver) fewest() placement {
	if n := c.statedDevices(); n > 0 {
		return c.place(c.layoutFor(n))
	}
	step := max(c.stated.TensorParallel, 1)
	if c.fam.layerSplit() {
		step = 1
	}
	if c.stated.PipelineParallel > 0 && !c.fam.layerSplit() {
		step *= c.stated.PipelineParallel
	}
	limit := c.perHost * mostServers
	least := c.leastOnDevices()
	last := step // the largest size worth showing when none holds it
	next := c.nextSize
	if step > 1 { // a stated group is bought whole
		next = func(n int) int { return n + step }
	}
	for n := next(0); n <= max(limit, step); n = next(n) {
		last = n
		l := c.layoutFor(n)
		if float64(n)*c.visible+float64(c.seconds)*c.secondVisible >= least && c.fullestHolds(l) {
			if p := c.place(l); p.fit != No || !c.hostHolds(p.host) {
				return p
			}
		}
		if l.pp >= c.arch.Layers { // every layer stands alone: more devices cannot help
			break
		}
	}
	return c.place(c.layoutFor(last))
}

// fullestHolds looks at one stage only, the last of those with the most layers, where nearly every size that is
// too small fails.
func (c *solver) fullestHolds(l layout) bool {
	fullest, most := l.pp-1, 0
	for j := l.pp - 1; j >= 0; j-- {
		if from, to := c.stage(l, j); to-from > most {
			fullest, most = j, to-from
		}
	}
	return c.rankOf(l, fullest).shortBy() <= 0
}

// leastOnDevices is what the devices must hold together at the very least: the weights once.
func (c *solver) leastOnDevices() float64 {
	if c.onDevice >= 0 {
		return 0
	}
	least := c.inv.loaded - c.inv.embed
	if c.offload {
		least -= c.inv.all().experts
	}
	return least
}

// statedDevices is the number of devices the person fixed, 0 where it is to be found.
func (c *solver) statedDevices() int {
	s := c.stated
	switch {
	case s.Devices > 0:
		return s.Devices
	case c.fam.layerSplit() && s.TensorParallel > 0:
		return s.TensorParallel
	case c.fam.layerSplit() && s.PipelineParallel > 0:
		return max(1, s.PipelineParallel-c.seconds)
	case s.TensorParallel > 0 && s.PipelineParallel > 0:
		return s.TensorParallel * s.PipelineParallel
	}
	return 0
}

// nextSize is the next size that is really bought: 1, 2, 4, 8 cards of a tensor-split server and further eights
// of a rack, any number of a layer-split one, then whole servers.
func (c *solver) nextSize(n int) int {
	switch {
	case n >= c.perHost:
		return (n/c.perHost + 1) * c.perHost
	case n == 0:
		return 1
	case c.fam.layerSplit():
		return n + 1
	case n >= widestGroup:
		return min(n+widestGroup, c.perHost)
	}
	return min(n*2, c.perHost)
}

// previousSize is the size before n, 0 where there is none.
func (c *solver) previousSize(n int) int {
	previous := 0
	for m := c.nextSize(0); m < n; m = c.nextSize(m) {
		previous = m
	}
	return previous
}

// plan writes a placement out.
func (c *solver) plan(p placement) Plan {
	plan := Plan{Setup: c.resolved(p.layout), Fit: p.fit, HostBytes: p.host}
	plan.Chain = c.stated.PipelineParallel > 1 && p.pp == c.stated.PipelineParallel && p.dp == 1 && c.stated.ExpertParallel <= p.tp
	plan.Servers = (c.cards(p.devices) + c.perHost - 1) / c.perHost
	plan.ArtifactBytes = c.inv.artifact
	plan.WeightsBytes = c.inv.loaded
	layers := float64(c.arch.Layers)
	if c.speculates() {
		plan.WeightsBytes += c.inv.mtp.sum()
		layers++
	}
	plan.KVBytesPerToken = layers * c.layerKV
	plan.KVBytes = plan.KVBytesPerToken * c.context * c.slots
	w := working{over: p.overAll, rank: p.heaviest, layout: p.layout, share: c.share, batch: c.batch, layerKV: c.layerKV, fam: c.fam, fits: p.fit != No}
	w.weights = p.weights + c.weightsInHost(p)
	halfBlocks := blockTokens(c.fam) / 2 * c.slots // lost on average once sequences end where they like
	w.padding = plan.KVBytesPerToken * math.Max(c.cells-c.context*c.slots, halfBlocks)
	if c.fam == famTensorRT {
		w.padding += 0.015 * plan.KVBytes
	}
	w.tokenizer = tokenizerBytes(c.arch.Vocab)
	kvOnHost := 0.0
	if first := c.firstOnDevice(p.layout); first > 0 {
		kvOnHost = float64(first) * c.layerKV * c.cells
	}
	copies := (w.weights - plan.WeightsBytes) + (p.kv + kvOnHost - plan.KVBytesPerToken*c.cells)
	plan.CopiesBytes = math.Max(0, copies)
	plan.ComputeBytes = w.over.activation.Likely
	plan.RuntimeBytes = w.over.graphs.Likely + w.over.framework.Likely + w.padding + w.tokenizer
	plan.Total = c.total(plan, w)
	plan.work = w
	plan.PerDevice = c.perDevice(p)
	plan.work.times = float64(c.headCopies(p.layout)) / c.contextParallel(p.layout)
	plan.Shares = c.cardShares(p.layout)
	if capTokens := math.Min(p.capTokens, c.hostTokens(p)); !math.IsInf(capTokens, 1) {
		p.capTokens = capTokens
		plan.KVCapacityTokens = math.Floor(p.capTokens/blockTokens(c.fam)) * blockTokens(c.fam)
	}
	c.judge(&plan, p)
	return plan
}

func (c *solver) firstOnDevice(l layout) int {
	if !c.fam.layerSplit() || c.onDevice < 0 {
		return 0
	}
	return c.layerStage(l, 0)
}

// weightsInHost is the part of host memory that is weights.
func (c *solver) weightsInHost(p placement) float64 {
	return p.host - float64(c.firstOnDevice(p.layout))*c.layerKV*c.cells
}

// tokenizerBytes is a tokenizer's tables in host memory: 96 bytes a word and 5 MiB (gguf-parser-go's footprint).
func tokenizerBytes(vocab int) float64 { return float64(vocab)*96 + 5*mib }

// total adds the parts. Each part's spread is its own, so spreads add by squares.
func (c *solver) total(p Plan, w working) catalog.Range {
	likely := p.WeightsBytes + p.KVBytes + p.CopiesBytes + p.ComputeBytes + p.RuntimeBytes
	low, high := c.weightSpread()
	up := square(w.weights*(high-1)) + square(0.005*p.KVBytes)
	down := square(w.weights * (1 - low))
	for _, r := range [...]catalog.Range{w.over.activation, w.over.graphs, w.over.framework} {
		up += square(r.High - r.Likely)
		down += square(r.Likely - r.Low)
	}
	return catalog.Range{Low: likely - math.Sqrt(down), Likely: likely, High: likely + math.Sqrt(up)}
}

// perDevice describes the fullest device. Engines with a pool fill their share of the card; layer-split
// engines reserve what was asked for.
func (c *solver) perDevice(p placement) PerDevice {
	r := p.heaviest
	d := PerDevice{
		Weights: r.weights, Capacity: r.visible,
		Compute: r.over.activation.Likely, Runtime: r.over.framework.Likely,
	}
	if c.graphsInBudget() {
		d.Runtime += r.over.graphs.Likely
	}
	if c.fam.layerSplit() {
		d.KVPool = r.need
	} else {
		d.KVPool = math.Max(0, r.pool)
	}
	switch c.fam {
	case famSGLang:
		kept := c.sglangFree() * (1 - c.staticShare(p.devices))
		d.Compute = math.Min(r.over.activation.Likely+r.over.graphs.Likely, kept)
		d.Reserve = kept - d.Compute
	case famTensorRT:
		d.Reserve = math.Max(0, c.visible-r.weights-d.Compute-d.Runtime) * (1 - c.share/1.015)
	default:
		d.Reserve = r.visible * (1 - c.share)
	}
	d.Replicated = c.replicated(p.layout, r, d.KVPool)
	d.Used = d.Weights + d.KVPool + d.Compute + d.Runtime
	return d
}

// replicated is the part of a device's weights and KV that other devices hold too.
func (c *solver) replicated(l layout, r rank, pool float64) float64 {
	if c.fam.layerSplit() || l.group() == 1 {
		return 0
	}
	group := float64(l.group())
	unique := c.inv.loaded / float64(l.devices)
	copied := math.Max(0, r.weights-unique)
	if l.pp > 1 { // stages differ: count what the stage itself repeats
		b := c.inv.all()
		copied = (b.copied/float64(l.pp) + c.inv.absorbed*float64(c.arch.Layers)/float64(l.pp)/float64(l.tp)) * (1 - 1/group)
	}
	if l.dp > 1 {
		return copied
	}
	times := float64(c.headCopies(l)) / c.contextParallel(l)
	return copied + pool*(1-1/times)
}

// resolved is the set-up with every choice made.
func (c *solver) resolved(l layout) Setup {
	s := c.stated
	s.Devices, s.TensorParallel, s.PipelineParallel = l.devices, l.tp, l.pp
	if l.dp > 1 {
		s.TensorParallel = l.dp * l.tp // the group that shares the experts
		s.ExpertParallel = l.dp * l.tp
	}
	s.ExpertParallel = max(s.ExpertParallel, 1)
	s.ContextParallel = int(c.contextParallel(l))
	s.DataParallelAttention = c.spreads()
	s.ContextTokens, s.Sequences, s.BatchTokens = int(c.context), int(c.slots), int(c.batch)
	s.MemoryFraction = c.share
	if c.fam == famSGLang {
		s.MemoryFraction = c.staticShare(l.devices)
	}
	if s.EngineVersion == "" {
		if b := buildOf(c.engine, ""); b != nil {
			s.EngineVersion = b.Version
		}
	}
	if s.KV == "" {
		s.KV = "bf16"
	}
	s.ExpertsInHostMemory = c.offload
	if c.seconds == 0 {
		s.Second, s.Seconds = nil, 0
	}
	s.LayersOnDevice = c.onDevice
	return s
}

// withoutDevice is the plan of a set-up that names no device: weights and KV are known, nothing is placed.
func (c *solver) withoutDevice() Plan {
	p := Plan{Setup: c.stated, Fit: No, Why: "No device is chosen, so nothing is placed."}
	p.ArtifactBytes, p.WeightsBytes = c.inv.artifact, c.inv.loaded
	p.KVBytesPerToken = float64(c.arch.Layers) * c.layerKV
	p.KVBytes = p.KVBytesPerToken * c.context * c.slots
	p.Total = catalog.Exact(p.WeightsBytes + p.KVBytes)
	p.Devices, p.TensorParallel, p.PipelineParallel = 1, 1, 1
	p.Servers = 1
	return p
}

// judge says what binds, why, and what to beware of.
func (c *solver) judge(p *Plan, at placement) {
	c.support(p)
	p.Binds = c.binds(at)
	c.warn(p, at)
	if p.Why != "" {
		return
	}
	switch {
	case at.fit != No && p.pastLimit():
		p.Why = p.limitWords()
	case at.fit == Fits:
		p.Why = c.fitsWhy(p)
	case !c.hostHolds(at.host):
		p.Why = fmt.Sprintf("The host needs %s for what stays off the devices and has %s.",
			shortWords(at.host), shortWords(float64(c.stated.Host.MemoryBytes)))
	case at.fit == No:
		p.Why = fmt.Sprintf("The fullest device is %s short: %s do not leave room.", shortWords(at.worst.shortBy()), bindWords(p.Binds))
	default:
		p.Why = tightWhy
	}
}

// fitsWhy says what runs out first in a set-up that fits.
func (c *solver) fitsWhy(p *Plan) string {
	switch {
	case p.Binds == "kv":
		return "It fits. More sequences or longer requests would run out of room for the KV cache first."
	case p.Devices > 1 && c.statedDevices() == 0 && c.seconds == 0:
		return "It fits with room to spare. The next smaller size does not hold it."
	}
	return "It fits with room to spare."
}

const tightWhy = "The likely need fits; the high end of the range does not."

func bindWords(binds string) string {
	switch binds {
	case "weights":
		return "the weights"
	case "kv":
		return "the KV cache and the weights"
	}
	return "the engine's buffers and the weights"
}

// binds names what limits the set-up: what is too large, or where it fits, what would run out first.
func (c *solver) binds(p placement) string {
	r := p.worst
	if p.fit == No && p.host > 0 && !c.hostHolds(p.host) {
		return "weights"
	}
	if r.pool <= 0 {
		if r.weights > r.visible*math.Max(c.share, 0.5) {
			return "weights"
		}
		return "compute"
	}
	if p.fit == No {
		return "kv"
	}
	if r.need < 0.25*r.pool {
		return "devices" // room to spare: the next smaller size does not hold the weights
	}
	return "kv"
}

// support asks the catalogue whether the engine is known to run this.
func (c *solver) support(p *Plan) {
	if c.engine == nil {
		p.Why = "This engine is not in the catalogue."
		return
	}
	if c.prec != nil && c.prec.Kind == "raw" || rawBits(c.stated.Precision) > 0 {
		p.Why = "A raw view is parameters times bytes, not something that an engine loads."
		return
	}
	ok, row := c.engine.Supports(c.stated.Precision, p.KV, c.device.Architecture, c.model)
	if !ok {
		p.Why = unsupportedWhy(row)
		return
	}
	if c.prec != nil && !c.prec.In(c.model) {
		p.Why = "This model is not published in this precision."
		return
	}
	if c.offload && !c.fam.layerSplit() {
		p.Why = "This engine is not known to keep experts in host memory; llama.cpp and KTransformers do."
		return
	}
	p.Supported = true
}

func unsupportedWhy(row *catalog.EngineSupport) string {
	if row != nil && row.Note != "" {
		return row.Note
	}
	return "This engine is not known to run this precision and KV type on this device."
}

// warn collects what the person should know about a set-up that was taken as it stands.
func (c *solver) warn(p *Plan, at placement) {
	c.warnOfLayout(p, at)
	c.warnOfCards(p)
	c.warnOfWishes(p, at)
	if p.pastLimit() {
		p.add("%s", p.limitWords())
	}
	if p.Supported && c.arch.IsMoE() && latentRegime(c.fam, c.rel) == regimeExpanded {
		p.add("This version keeps every head's keys and values: 71 times the cache of a current one.")
	}
	if at.fit == No && c.device.Architecture == "apple" && c.stated.MemoryFraction == 0 {
		p.add("macOS lets the GPU use about three quarters of the memory; the limit can be raised, and the memory fraction here with it.")
	}
}

func (p *Plan) add(format string, values ...any) {
	p.Warnings = append(p.Warnings, fmt.Sprintf(format, values...))
}

// warnOfLayout: parallel sizes that the engine will refuse, or that were read otherwise than written.
func (c *solver) warnOfLayout(p *Plan, at placement) {
	s := c.stated
	if c.fam.layerSplit() {
		if s.ContextParallel > 1 || s.DataParallelAttention {
			p.add("This engine gives each device whole layers: context parallel and data-parallel attention were ignored.")
		}
		if s.TensorParallel > 1 {
			p.add("This engine splits by layers: tensor parallel is read as the number of devices.")
		}
		if p.Servers > 1 {
			p.add("Layers are spread over several machines; this needs the engine's network mode and is slow.")
		}
		return
	}
	c.warnOfContext(p, at)
	if at.tp > 1 && c.arch.Heads%at.tp != 0 {
		p.add("%d attention heads do not divide by tensor parallel %d; the engine will refuse to start.", c.arch.Heads, at.tp)
	}
	if at.tp > c.perHost {
		p.add("Tensor parallel reaches across servers; links between servers are slow.")
	}
	if s.PipelineParallel > 1 && at.pp != s.PipelineParallel && s.TensorParallel > 0 {
		p.add("Tensor parallel %d × pipeline parallel %d needs %d devices and there are %d: pipeline parallel %d was taken instead.",
			s.TensorParallel, s.PipelineParallel, s.TensorParallel*s.PipelineParallel, at.devices, at.pp)
		return
	}
	asked := s.TensorParallel * max(s.PipelineParallel, 1)
	if s.Devices > 0 && asked > 0 && asked != s.Devices && at.tp*at.dp != s.TensorParallel {
		p.add("The parallel sizes do not multiply to the number of devices; they were chosen anew.")
	}
}

// warnOfContext: tokens can only be spread over ranks that would hold copies of the same KV head.
func (c *solver) warnOfContext(p *Plan, at placement) {
	asked, took := c.stated.ContextParallel, int(c.contextParallel(at.layout))
	if asked <= 1 || asked == took {
		return
	}
	if at.dp > 1 {
		p.add("With data-parallel attention no rank holds a copy of another's cache: context parallel %d was read as 1.", asked)
		return
	}
	heads := max(c.arch.KVHeads, 1)
	if c.arch.IsMoE() {
		heads = 1
	}
	p.add("Context parallel %d was read as %d: %s over tensor parallel %d leave %s of each to share tokens, and the size must divide that.",
		asked, took, counted(heads, "KV head"), at.tp, counted(c.headCopies(at.layout), "rank"))
}

// warnOfWishes: what was asked for and cannot be had here.
func (c *solver) warnOfWishes(p *Plan, at placement) {
	s := c.stated
	if s.ExpertsInHostMemory && !c.arch.IsMoE() {
		p.add("This model has no experts to keep in host memory; the wish was ignored.")
	}
	if c.offload && s.Host == nil {
		p.add("The host needs %.0f GB of memory for the experts; a machine with two sockets may keep two copies.", at.host/1e9)
	}
	if c.offload && c.expertCopies() > 1 {
		p.add("KTransformers keeps a copy of the experts on each of the host's two sockets: %.0f GB in all.", at.host/1e9)
	}
	if s.DataParallelAttention && !c.arch.IsMoE() && !c.fam.layerSplit() {
		p.add("Data-parallel attention is for the full model; it was ignored for memory and speed.")
	}
	if s.SpeculativeTokens > 0 && !c.speculates() {
		p.add("No multi-token-prediction layer is loaded here, so speculative tokens add no memory.")
	}
	if s.EngineOffloads {
		p.add("The devices do not hold the whole model: %s puts %d of %d layers on them by itself and keeps the rest in host memory, which is much slower.",
			s.Engine, s.LayersOnDevice, c.arch.Layers)
	}
	if s.LayersOnDevice > 0 && !c.fam.layerSplit() {
		p.add("This engine keeps all layers on the devices; the number of layers was ignored.")
	}
}

// Neighbours returns the next smaller and the next larger size of a plan, nil where there is none.
// Parallel sizes are chosen anew.
func Neighbours(cat *catalog.Catalog, p Plan) (smaller, larger *Plan) {
	if p.Model == nil || p.Device == nil {
		return nil, nil
	}
	s := p.Setup
	s.TensorParallel, s.PipelineParallel, s.ExpertParallel, s.ContextParallel = 0, 0, 0, 0
	if s.EngineOffloads { // of another size the engine would choose anew
		s.EngineOffloads, s.LayersOnDevice = false, -1
	}
	c := newSolver(cat, s)
	at := func(n int) *Plan {
		s.Devices = n
		q := Solve(cat, s)
		return &q
	}
	if n := c.previousSize(p.Devices); n > 0 {
		smaller = at(n)
	}
	if n := c.nextSize(p.Devices); n <= c.perHost*mostServers {
		larger = at(n)
	}
	return smaller, larger
}
