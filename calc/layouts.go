package calc

import (
	"cmp"
	"slices"

	"hostwise/calc/catalog"
	"hostwise/calc/memory"
)

// Layout says how one replica of a model lies on its devices.
type Layout string

// The layouts that the search for set-ups looks at. After the first, four are of engines that split every layer over
// their devices, and three of engines that give each device whole layers.
const (
	LayoutSingle   Layout = "single"   // one device or machine holds all
	LayoutTensor   Layout = "tensor"   // every layer over all devices
	LayoutPipeline Layout = "pipeline" // groups of devices hold whole layers, one group after the other
	LayoutSpread   Layout = "spread"   // attention by request, experts over all devices
	LayoutExperts  Layout = "experts"  // attention over all devices, whole experts on each
	LayoutLayers   Layout = "layers"   // whole layers on each device, one after the other
	LayoutHybrid   Layout = "hybrid"   // attention on the devices, experts in the host's memory
	LayoutSpill    Layout = "spill"    // what the devices do not hold stays in the host's memory
)

// setupFamily is one way to serve a model on a kind of device, in growing sizes.
type setupFamily struct {
	base   memory.Setup // without devices, host and parallel sizes
	layout Layout
	sizes  []int // devices of one replica, rising
	// byLayers says that the engine gives each device whole layers.
	byLayers bool
	groups   int // pipeline: the groups, 0 = as many as devices; over servers, what one server holds works together
	loaded   float64
}

// sizesOfGroup are the devices in one server that engines which split layers are run on; further ones are whole servers.
var sizesOfGroup = []int{1, 2, 4, 8}

// sizesOfLayers are the cards that engines which give each card whole layers are run on.
var sizesOfLayers = []int{1, 2, 3, 4, 6, 8}

// mostLinkedServers is how many servers one replica may span. The models fit in fewer, and what more of them do
// together only published runs tell.
const mostLinkedServers = 4

// weightsKeptOff is the share of the weights that may stay off the devices by itself: embeddings, at most a fifth of
// the smallest distill, with room to spare.
const weightsKeptOff = 0.25

// familiesOn lists every way to serve a model on a device: each precision it is made in, each engine known to run that
// there, each layout of that engine.
func (a *Assessor) familiesOn(m *catalog.Model, d *catalog.Device, kv string, context int, weights map[string]float64) []setupFamily {
	var out []setupFamily
	if d.VisibleBytes == 0 {
		return nil
	}
	for i := range a.cat.Precisions {
		p := &a.cat.Precisions[i]
		loaded, ok := weights[p.ID]
		if !ok {
			continue
		}
		for j := range a.cat.Engines {
			e := &a.cat.Engines[j]
			cache := cacheOn(e, p.ID, kv, d.Architecture, m)
			if cache == "" {
				continue
			}
			base := memory.Setup{Model: m, Precision: p.ID, KV: cache, Engine: e.ID, Device: d,
				ContextTokens: context, Sequences: 1, LayersOnDevice: -1}
			if e.Split == "layer" {
				out = append(out, layerFamilies(base, loaded)...)
			} else {
				out = append(out, splitFamilies(base, loaded)...)
			}
		}
	}
	return out
}

// weightsOf is what a model's weights take by precision, once loaded, for each precision that it is made in.
func (a *Assessor) weightsOf(m *catalog.Model) map[string]float64 {
	out := map[string]float64{}
	for i := range a.cat.Precisions {
		p := &a.cat.Precisions[i]
		if p.Kind != "deploy" || !p.In(m) {
			continue
		}
		if _, loaded, ok := memory.Weights(a.cat, m, p.ID); ok {
			out[p.ID] = loaded
		}
	}
	return out
}

// cacheOn is the cache type an engine is run with: the wished one where it can, else 16 bits; "" where it is not known
// to run this precision here at all.
func cacheOn(e *catalog.Engine, precision, wished, architecture string, m *catalog.Model) string {
	for _, kv := range []string{wished, "bf16"} {
		if kv == "" {
			continue
		}
		if ok, _ := e.Supports(precision, kv, architecture, m); ok {
			return kv
		}
	}
	return ""
}

// mostInServer is how many devices of a kind one machine holds.
func mostInServer(d *catalog.Device) int {
	if d.WholeMachine {
		return 1
	}
	return max(1, d.MaxPerHost)
}

// upTo returns the sizes from least to most, both included.
func upTo(sizes []int, least, most int) []int {
	return slices.DeleteFunc(slices.Clone(sizes), func(n int) bool { return n < least || n > most })
}

// splitFamilies are the layouts of an engine that splits every layer over its devices.
func splitFamilies(base memory.Setup, loaded float64) []setupFamily {
	arch, most := base.Model.Architecture, mostInServer(base.Device)
	group := min(most, sizesOfGroup[len(sizesOfGroup)-1])
	out := []setupFamily{{base: base, layout: LayoutSingle, sizes: []int{1}, loaded: loaded}}
	add := func(layout Layout, groups int, sizes []int) {
		if len(sizes) > 0 {
			out = append(out, setupFamily{base: base, layout: layout, sizes: sizes, groups: groups, loaded: loaded})
		}
	}
	inside := upTo(sizesOfGroup, 2, group)
	var linked []int // a model that one server holds is served by more servers, not by linked ones
	if arch.IsMoE() && group == 8 && linksFast(base.Device) {
		for n := 2 * group; n <= max(most, mostLinkedServers*group); n *= 2 {
			linked = append(linked, n)
		}
	}
	add(LayoutTensor, 1, inside)
	add(LayoutPipeline, 0, inside)
	add(LayoutPipeline, 2, upTo(sizesOfGroup, 4, group))
	if arch.IsMoE() {
		add(LayoutSpread, 1, append(slices.Clone(inside), linked...))
		add(LayoutExperts, 1, inside)
	}
	for _, n := range linked {
		add(LayoutPipeline, n/group, []int{n})
	}
	return out
}

// layerFamilies are the layouts of an engine that gives each device whole layers.
func layerFamilies(base memory.Setup, loaded float64) []setupFamily {
	d := base.Device
	always := base.Engine == "ktransformers" // it always keeps the experts in the host's memory
	var out []setupFamily
	add := func(layout Layout, sizes []int) {
		if len(sizes) > 0 {
			out = append(out, setupFamily{base: base, layout: layout, sizes: sizes, byLayers: true, loaded: loaded})
		}
	}
	most := mostInServer(d)
	if !always {
		add(LayoutSingle, []int{1})
		add(LayoutLayers, upTo(sizesOfLayers, 2, most))
	}
	if d.WholeMachine {
		return out // nothing lies beside its memory
	}
	if base.Model.Architecture.IsMoE() && (always || base.Engine == "llama.cpp") {
		add(LayoutHybrid, upTo(sizesOfLayers, 1, most))
	}
	if !always {
		add(LayoutSpill, upTo(sizesOfGroup, 1, most))
	}
	return out
}

// linksFast reports whether servers of a device are sold with a network of their own between them: those whose boards
// link their devices directly. What PCIe cards do over a network nobody has measured.
func linksFast(d *catalog.Device) bool {
	return d.MemoryClass == "hbm" && d.ScaleUpGBs != nil && *d.ScaleUpGBs >= 200
}

// tooLarge reports whether so many devices cannot hold the weights whatever else they need, so that they need not be
// sized.
func (f *setupFamily) tooLarge(n int) bool {
	if f.layout == LayoutHybrid || f.layout == LayoutSpill {
		return false
	}
	return (1-weightsKeptOff)*f.loaded > float64(n)*float64(f.base.Device.VisibleBytes)
}

// sized places the family on so many devices; false where it does not hold there, or where nothing is sold for it.
func (a *Assessor) sized(f *setupFamily, n int) (memory.Plan, bool) {
	s := f.base
	s.Devices = n
	switch f.layout {
	case LayoutHybrid:
		return a.hybrid(s)
	case LayoutSpill:
		return a.spill(s, f.loaded)
	case LayoutSingle, LayoutLayers:
	default:
		s.TensorParallel, s.PipelineParallel = n, 1
		if f.layout == LayoutPipeline {
			s.PipelineParallel = f.groups
			if f.groups == 0 {
				s.PipelineParallel = n
			}
			s.TensorParallel = n / s.PipelineParallel
		}
		s.DataParallelAttention = f.layout == LayoutSpread
		if f.layout == LayoutExperts || f.layout == LayoutSpread {
			s.ExpertParallel = n
		}
		if !s.DataParallelAttention && s.Model.Architecture.Heads%s.TensorParallel != 0 {
			return memory.Plan{}, false // the engine refuses to start
		}
	}
	if !s.Device.WholeMachine {
		if s.Host = a.cat.HostFor(s.Device, n); s.Host == nil {
			return memory.Plan{}, false
		}
	}
	return holding(a.cat, s)
}

// holding sizes a set-up and reports whether it holds its load and is known to run.
func holding(cat *catalog.Catalog, s memory.Setup) (memory.Plan, bool) {
	p := memory.Solve(cat, s)
	return p, p.Supported && p.Fit != memory.No
}

// hybrid keeps the experts in the host's memory, in the cheapest host whose memory holds them.
func (a *Assessor) hybrid(s memory.Setup) (memory.Plan, bool) {
	s.ExpertsInHostMemory = true
	for _, h := range a.hostsTaking(s.Device, s.Devices) {
		s.Host = h
		if p, ok := holding(a.cat, s); ok {
			return p, true
		}
	}
	return memory.Plan{}, false
}

// hostOffCards is the host for a set-up that keeps experts or layers off its cards and names no host: the cheapest
// whose memory holds them, or where none does, the one with the most memory, so that the plan says what is missing.
// It is nil where nothing lies beside the cards: there the host follows from their number alone.
func (a *Assessor) hostOffCards(s memory.Setup) *catalog.Host {
	if s.Device == nil || s.Device.WholeMachine || !s.ExpertsInHostMemory && s.LayersOnDevice < 0 && s.Engine != "ktransformers" {
		return nil
	}
	bare := memory.Solve(a.cat, s)
	if bare.HostBytes <= 0 {
		return nil
	}
	var most *catalog.Host
	for _, h := range a.hostsTaking(s.Device, min(bare.Cards(), mostInServer(s.Device))) {
		s.Host = h
		if memory.Solve(a.cat, s).Fit != memory.No {
			return h
		}
		if most == nil || h.MemoryBytes > most.MemoryBytes {
			most = h
		}
	}
	return most
}

// spill keeps as many layers on the devices as they hold, in the cheapest host whose memory holds the rest. Where the
// devices hold all there is nothing to spill.
func (a *Assessor) spill(s memory.Setup, loaded float64) (memory.Plan, bool) {
	room := float64(s.Devices) * float64(s.Device.VisibleBytes)
	if room > 1.5*loaded {
		return memory.Plan{}, false
	}
	if s.Host = a.cat.HostFor(s.Device, s.Devices); s.Host == nil {
		return memory.Plan{}, false
	}
	if _, ok := holding(a.cat, s); ok {
		return memory.Plan{}, false
	}
	for _, h := range a.hostsTaking(s.Device, s.Devices) {
		if float64(h.MemoryBytes)+room < (1-weightsKeptOff)*loaded {
			continue
		}
		s.Host = h
		if p, ok := a.mostLayers(s, room, loaded); ok {
			return p, true
		}
	}
	return memory.Plan{}, false
}

// usualRoom is the share of a device's memory that layers usually get: where the search for the most of them begins.
const usualRoom = 0.93

// mostLayers finds the most layers that the devices hold: from about where that should be, in growing steps up or down
// to between one that holds and one that does not, and then by halves.
func (a *Assessor) mostLayers(s memory.Setup, room, loaded float64) (best memory.Plan, ok bool) {
	low, high := 0, s.Model.Architecture.Layers // low holds, high does not
	try := func(n int) {
		s.LayersOnDevice = n
		if p, holds := holding(a.cat, s); holds {
			low, best, ok = n, p, true
		} else {
			high = n
		}
	}
	at := int(float64(high) * usualRoom * room / loaded)
	for step := 1; high-low > 1; step *= 2 {
		was := low
		try(min(max(at, low+1), high-1))
		if low > was {
			at = low + step
		} else {
			at = high - step
		}
	}
	return best, ok
}

// hostsTaking lists the hosts that take so many cards of a device, the cheapest first.
func (a *Assessor) hostsTaking(d *catalog.Device, n int) []*catalog.Host {
	var out []*catalog.Host
	for i := range a.cat.Hosts {
		if h := &a.cat.Hosts[i]; h.Slots >= n && h.Takes(d) {
			out = append(out, h)
		}
	}
	slices.SortStableFunc(out, func(x, y *catalog.Host) int { return cmp.Compare(x.PriceUSD.Likely, y.PriceUSD.Likely) })
	return out
}
