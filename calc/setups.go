package calc

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"hostwise/calc/catalog"
	"hostwise/calc/cost"
	"hostwise/calc/memory"
	"hostwise/calc/serving"
)

// candidate is one set-up on which a model can be served, ready to be asked for its speed and its cost.
type candidate struct {
	plan    memory.Plan
	server  *serving.Server
	host    *catalog.Host // nil for a whole machine or where no host is known
	packing cost.Packing
	bits    float64
	index   int // place among the world's candidates
	label   string
	stated  bool  // the person named it
	hour    Range // of a rented device on the scenario's term; zero = not priced
}

// shortKey is what a model's short list depends on: nothing that moves continuously, so that the list is the
// same on both sides of a flip.
type shortKey struct {
	model   string
	context int
	bits    float64
	term    string // of the rent
}

// shortLists keeps the short lists that have been worked out.
type shortLists struct {
	mu sync.Mutex
	of map[shortKey]shortList
}

// shortList is the set-ups of a model worth pricing, cheapest first: to buy and to rent.
type shortList struct{ own, rent []*candidate }

// shortListLength is how many set-ups of a model are taken into the answer: those that together serve the usual
// demands most cheaply.
const shortListLength = 9

// shortList returns the set-ups of a model worth pricing, cheapest first.
func (a *Assessor) shortList(m *catalog.Model, context int, lowestBits float64, term string) shortList {
	key := shortKey{m.ID, context, lowestBits, term}
	a.short.mu.Lock()
	list, ok := a.short.of[key]
	a.short.mu.Unlock()
	if ok {
		return list
	}
	list = a.search(m, context, lowestBits, term)
	a.short.mu.Lock()
	defer a.short.mu.Unlock()
	if len(a.short.of) > 512 {
		clear(a.short.of)
	}
	a.short.of[key] = list
	return list
}

// offer is a set-up under consideration, with what it roughly costs and does.
type offer struct {
	family setupFamily
	n      int
	pk     cost.Packing
	buy    float64 // a month of the smallest purchase, by straight line; 0 = not priced
	hire   float64 // a month of the smallest rent; 0 = not priced
	worth  float64 // answers that the memory's bandwidth would allow the smallest purchase, in no unit
}

// The classes of offers: each is looked through by itself, since what bandwidth alone says compares only within one.
const (
	classSplit   = iota // engines that split every layer
	classLayers         // engines that give each device whole layers
	classOffload        // a part of the model stays in the host's memory
	classes
)

// mostTried is how many offers of each class are sized and prepared.
var mostTried = [classes]int{32, 8, 10}

// search looks at every device that has a price, in the usual ways to serve the model there: first roughly, then the
// best of them by the models of memory and speed; once to buy and once to rent on a term.
func (a *Assessor) search(m *catalog.Model, context int, lowestBits float64, term string) shortList {
	var all [classes][]*offer
	for i := range a.cat.Devices {
		d := &a.cat.Devices[i]
		if d.PriceUSD == nil && len(d.Rent) == 0 || d.Kind == "rack" || d.VisibleBytes == 0 {
			continue
		}
		for _, o := range a.offersOn(m, d, context, lowestBits, term) {
			all[o.class()] = append(all[o.class()], o)
		}
	}
	tried := map[*offer]*rated{}
	pick := func(price func(*offer) float64, month func(*rated) func(int) float64) []*candidate {
		var fine []*rated
		for class, offers := range all {
			for _, o := range frontier(offers, price, mostTried[class]) {
				r, seen := tried[o]
				if !seen {
					r = a.tryOut(o)
					tried[o] = r
				}
				if r != nil {
					fine = append(fine, r)
				}
			}
		}
		return cover(fine, month)
	}
	own := pick(func(o *offer) float64 { return o.buy }, (*rated).owned)
	rented := func(r *rated) func(int) float64 { return r.rented(term) }
	return shortList{own: own, rent: pick(func(o *offer) float64 { return o.hire }, rented)}
}

func (o *offer) class() int {
	switch {
	case o.family.layout == LayoutHybrid || o.family.layout == LayoutSpill:
		return classOffload
	case o.family.byLayers:
		return classLayers
	}
	return classSplit
}

// offersOn lists what is worth looking at on one device: each usual way, in the sizes that may hold the model.
func (a *Assessor) offersOn(m *catalog.Model, d *catalog.Device, context int, lowestBits float64, term string) []*offer {
	var out []*offer
	hour := medianRent(d.Rent, term).Likely
	for _, p := range a.precisionsFor(m, d) {
		prec := a.cat.Precision(p.precision)
		if prec == nil || prec.BitsPerWeight < lowestBits {
			continue
		}
		_, loaded, ok := memory.Weights(a.cat, m, p.precision)
		if !ok {
			continue
		}
		base := memory.Setup{Model: m, Precision: p.precision, KV: "bf16", Engine: p.engine, Device: d,
			ContextTokens: context, Sequences: 1, LayersOnDevice: -1}
		families := splitFamilies(base, loaded)
		if e := a.cat.Engine(p.engine); e != nil && e.Split == "layer" {
			families = layerFamilies(base, loaded)
		}
		for i := range families {
			out = append(out, a.offersOf(&families[i], hour)...)
		}
	}
	return out
}

// offersOf are the sizes of a family that may hold the model, with what they roughly cost and do; hour is the rent of
// a device, 0 where none is listed. Pipelines and linked
// servers are left to the search for set-ups: for the usual demands something simpler is cheaper or as cheap.
func (a *Assessor) offersOf(f *setupFamily, hour float64) []*offer {
	if f.layout == LayoutPipeline || f.layout == LayoutExperts {
		return nil
	}
	d, m := f.base.Device, f.base.Model
	var out []*offer
	for _, n := range f.sizes {
		if n > mostInServer(d) || f.tooLarge(n) {
			continue
		}
		host := a.cat.HostFor(d, n)
		if !d.WholeMachine && host == nil {
			continue
		}
		pk := packingOf(d, host, n)
		o := &offer{family: *f, n: n, pk: pk, buy: roughOwn(d, pk, host), worth: d.BandwidthGBs * 1e9 / (f.loaded * activeShare(m))}
		if hour > 0 {
			o.hire = hour * float64(pk.Devices(1)) * cost.HoursPerMonth
		}
		if !f.byLayers {
			o.worth *= float64(n)
		}
		if f.layout == LayoutSpread { // the cache is not copied: more room, which counts late
			o.worth *= 1.5
		}
		// What is sold whole takes as many replicas as it has room for.
		o.worth *= float64(pk.Devices(1) / max(1, n))
		out = append(out, o)
	}
	return out
}

// activeShare is the share of the weights that one token of one request reads.
func activeShare(m *catalog.Model) float64 {
	if m.Architecture.IsMoE() {
		return 0.055 // 37 of 671 billion
	}
	return 1
}

// way is a precision and the engine that serves it on a device.
type way struct{ precision, engine string }

// precisionsFor lists the usual ways to serve a model on a device, best first: those an engine is known to run.
func (a *Assessor) precisionsFor(m *catalog.Model, d *catalog.Device) []way {
	var ways []way
	for _, w := range []way{
		{"fp8", "vllm"}, {"fp8", "sglang"}, {"nvfp4", "vllm"}, {"nvfp4", "sglang"}, {"mxfp4", "vllm"},
		{"awq-int4", "vllm"}, {"bf16", "vllm"}, {"gguf-q4_k_m", "llama.cpp"}, {"gguf-q4_k_m", "ktransformers"},
		{"gguf-q8_0", "llama.cpp"}, {"mlx-4bit", "mlx"}, {"gguf-ud-q2_k_xl", "llama.cpp"},
	} {
		e, p := a.cat.Engine(w.engine), a.cat.Precision(w.precision)
		if e == nil || p == nil || !p.In(m) {
			continue
		}
		if ok, _ := e.Supports(w.precision, "bf16", d.Architecture, m); ok {
			ways = append(ways, w)
		}
	}
	return ways
}

// frontier keeps the offers that no other one beats in both price and worth by much, cheapest first; where they are
// more than most, those with the most worth for their price among the cheap, the middling and the dear.
func frontier(offers []*offer, price func(*offer) float64, most int) []*offer {
	var priced []*offer
	for _, o := range offers {
		if price(o) > 0 {
			priced = append(priced, o)
		}
	}
	slices.SortStableFunc(priced, func(x, y *offer) int {
		return cmp.Or(cmp.Compare(price(x), price(y)), cmp.Compare(y.worth, x.worth))
	})
	var front []*offer
	best := 0.0
	for _, o := range priced {
		// Bandwidth says little of room and of the engine: what comes near the best of its price is looked at too.
		if o.worth > best*0.6 {
			front, best = append(front, o), max(best, o.worth)
		}
	}
	if len(front) <= most {
		return front
	}
	out := make([]*offer, 0, most)
	for i := range most {
		from, to := i*len(front)/most, (i+1)*len(front)/most
		out = append(out, slices.MaxFunc(front[from:to], func(x, y *offer) int {
			return cmp.Compare(x.worth/price(x), y.worth/price(y))
		}))
	}
	return out
}

// roughKWhUSD is what an hour of a device's full power costs, roughly: the table's price, load and cooling come to 12 cents.
const roughKWhUSD = 0.1

// roughOwn is a month's straight-line cost of one replica's machines, for ranking offers before they are sized; 0 = not
// priced. What is sized is compared by usualMonth.
func roughOwn(d *catalog.Device, pk cost.Packing, h *catalog.Host) float64 {
	if d.PriceUSD == nil {
		return 0
	}
	usd := d.PriceUSD.Likely * float64(pk.Devices(1))
	if h != nil {
		usd += h.PriceUSD.Likely * float64(pk.Servers(1))
	}
	return usd/usual("finance.depreciation_months") + d.TDPWatts/1000*float64(pk.Devices(1))*cost.HoursPerMonth*roughKWhUSD
}

// candidate prepares a sized set-up.
func (a *Assessor) candidate(plan memory.Plan) *candidate {
	return a.candidateWith(plan, serving.Options{})
}

// candidateWith prepares a sized set-up with what a plan does not hold.
func (a *Assessor) candidateWith(plan memory.Plan, o serving.Options) *candidate {
	if plan.Host == nil && !plan.Device.WholeMachine {
		plan.Host = a.cat.HostFor(plan.Device, plan.Cards())
	}
	host := plan.Host
	c := &candidate{
		plan: plan, server: a.serving.PrepareWith(plan, o), host: host,
		packing: packingOf(plan.Device, host, plan.Cards()),
		label:   setupLabel(a.cat, plan),
	}
	if p := a.cat.Precision(plan.Precision); p != nil {
		c.bits = p.BitsPerWeight
	}
	return c
}

// packingOf says how replicas fill machines. SXM and OAM boards are sold with every slot filled.
func packingOf(d *catalog.Device, h *catalog.Host, devices int) cost.Packing {
	slots := max(1, d.MaxPerHost)
	if h != nil {
		slots = max(1, h.Slots)
	}
	if d.WholeMachine {
		slots = 1
	}
	whole := h != nil && d.MemoryClass == "hbm" && d.ScaleUpGBs != nil && *d.ScaleUpGBs >= 200 && slots >= 8
	return cost.Packing{DevicesPerReplica: max(1, devices), SlotsPerServer: slots, SoldWhole: whole}
}

// perReplicaHour returns the attempts an hour that one replica takes at its allowed concurrency; 0 = it cannot.
func (c *candidate) perReplicaHour(load serving.Load, wish serving.Wish, utilisationCap float64) float64 {
	return c.server.Capacity(load, wish, utilisationCap).AttemptsPerHour
}

// setupLabel names a set-up in words: "8 × H200, FP8, vLLM".
func setupLabel(cat *catalog.Catalog, p memory.Plan) string {
	parts := []string{cardsLabel(p)}
	if name := NameOf(cat, PrecisionRef, p.Precision); name != "" {
		parts = append(parts, name)
	}
	if e := cat.Engine(p.Engine); e != nil {
		parts = append(parts, e.Name)
	}
	if p.DataParallelAttention {
		parts = append(parts, "attention by request")
	}
	return strings.Join(parts, ", ")
}

// devicesLabel names a number of devices: "8 × H200".
func devicesLabel(d *catalog.Device, n int) string {
	if d.WholeMachine && n == 1 {
		return d.ShortName
	}
	return fmt.Sprintf("%d × %s", n, d.ShortName)
}

// medianRent returns the median listed hour of a device on a term, with the lowest and highest of the listings
// as its range; the zero range when the term has no price.
func medianRent(rows []catalog.RentPrice, term string) Range {
	var lows, likely, highs []float64
	for _, r := range rows {
		if r.Term == term {
			lows, likely, highs = append(lows, r.USD.Low), append(likely, r.USD.Likely), append(highs, r.USD.High)
		}
	}
	if len(likely) == 0 {
		return Range{}
	}
	slices.Sort(lows)
	slices.Sort(likely)
	slices.Sort(highs)
	m := cost.Quantile(likely, 0.5)
	return Range{Low: min(m, cost.Quantile(lows, 0.1)), Likely: m, High: max(m, cost.Quantile(highs, 0.9))}
}
