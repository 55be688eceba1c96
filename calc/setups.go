package calc

import (
	"cmp"
	"fmt"
	"math"
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
}

// shortLists keeps the short lists that have been worked out.
type shortLists struct {
	mu sync.Mutex
	of map[shortKey]shortList
}

// shortList is the set-ups of a model worth pricing, cheapest first: to buy and to rent.
type shortList struct{ own, rent []*candidate }

// shortListLength is how many set-ups of a model are taken into the answer. They are those that no other one
// beats in both monthly cost and capacity, and where these are more, the ones spread over the sizes.
const shortListLength = 7

// nominalLoad is the request by which set-ups are ranked for the short list: the table's defaults.
var nominalLoad = serving.Load{Input: 2000, Output: 600, Reasoning: 2000}

// shortList returns the set-ups of a model worth pricing, cheapest first.
func (a *Assessor) shortList(m *catalog.Model, context int, lowestBits float64) shortList {
	key := shortKey{m.ID, context, lowestBits}
	a.short.mu.Lock()
	list, ok := a.short.of[key]
	a.short.mu.Unlock()
	if ok {
		return list
	}
	list = a.search(m, context, lowestBits)
	a.short.mu.Lock()
	defer a.short.mu.Unlock()
	if len(a.short.of) > 512 {
		clear(a.short.of)
	}
	a.short.of[key] = list
	return list
}

// offer is a set-up under consideration, with a rough price and capacity.
type offer struct {
	setup memory.Setup
	key   string
	buy   float64 // a month to own, by straight line; 0 = not priced
	hire  float64 // a month to rent; 0 = not priced
	usd   float64 // the one of the two that is looked at
	worth float64 // first what bandwidth alone would allow, then attempts an hour
	cand  *candidate
}

// search looks at every device that has a price, in every precision that an engine is known to run on it: first
// roughly, then the best of them by the models of memory and speed; once to buy and once to rent.
func (a *Assessor) search(m *catalog.Model, context int, lowestBits float64) shortList {
	var all []offer
	for i := range a.cat.Devices {
		d := &a.cat.Devices[i]
		if d.PriceUSD == nil && len(d.Rent) == 0 || d.Kind == "rack" || d.VisibleBytes == 0 {
			continue
		}
		all = append(all, a.offersOn(m, d, context, lowestBits)...)
	}
	prepared := map[string]*candidate{}
	pick := func(price func(*offer) float64) []*candidate {
		rough := make([]*offer, 0, len(all))
		for i := range all {
			o := all[i] // each list ranks its own copy
			if o.usd = price(&o); o.usd > 0 {
				rough = append(rough, &o)
			}
		}
		var fine []*offer
		for _, o := range frontier(rough, 3*shortListLength) {
			c, seen := prepared[o.key]
			if !seen {
				c = a.tryOut(o.setup)
				prepared[o.key] = c
			}
			if c != nil {
				o.cand, o.worth = c, c.nominalRate()
				fine = append(fine, o)
			}
		}
		var list []*candidate
		for _, o := range frontier(fine, shortListLength) {
			list = append(list, o.cand)
		}
		return list
	}
	return shortList{own: pick(func(o *offer) float64 { return o.buy }), rent: pick(func(o *offer) float64 { return o.hire })}
}

// tryOut sizes a set-up and prepares it, nil when it does not hold the model.
func (a *Assessor) tryOut(s memory.Setup) *candidate {
	plan := memory.Solve(a.cat, s)
	if !plan.Supported || plan.Fit == memory.No {
		return nil
	}
	return a.candidate(plan)
}

// nominalRate is the attempts an hour of one replica at the usual request and wishes. A set-up too slow for the
// usual wishes counts for little, but a patient person may take it.
func (c *candidate) nominalRate() float64 {
	rate := c.perReplicaHour(nominalLoad, serving.Wish{MaxTTFT: defaultMaxTTFT, MinPerUser: defaultMinPerUser}, 0.8)
	if rate > 0 {
		return rate
	}
	return c.perReplicaHour(nominalLoad, serving.Wish{}, 0.8) / 100
}

// offersOn lists what is worth looking at on one device: the smallest number of cards for each precision, and
// twice as many for more room.
func (a *Assessor) offersOn(m *catalog.Model, d *catalog.Device, context int, lowestBits float64) []offer {
	var out []offer
	for _, p := range a.precisionsFor(m, d) {
		prec := a.cat.Precision(p.precision)
		if prec == nil || prec.BitsPerWeight < lowestBits {
			continue
		}
		_, loaded, ok := memory.Weights(a.cat, m, p.precision)
		if !ok {
			continue
		}
		most := max(1, d.MaxPerHost)
		need := int(math.Ceil(loaded * 1.12 / (0.88 * float64(d.VisibleBytes))))
		if need > most { // over several servers it would need a network that no price here includes
			continue
		}
		count := roundCards(need, most)
		for _, n := range []int{count, 2 * count} {
			if n > most {
				continue
			}
			s := memory.Setup{
				Model: m, Precision: p.precision, KV: "bf16", Engine: p.engine, Device: d, Devices: n,
				ContextTokens: context, Sequences: 1, LayersOnDevice: -1, Host: a.cat.HostFor(d, n),
			}
			if !d.WholeMachine && s.Host == nil {
				continue
			}
			speed := d.BandwidthGBs * 1e9 / (loaded * activeShare(m))
			if p.tensor {
				speed *= float64(n)
			}
			s.DataParallelAttention = p.spread
			if p.spread { // the cache is not copied: more room, which counts late
				speed *= 1.5
			}
			pk := packingOf(d, s.Host, n)
			out = append(out, offer{setup: s, worth: speed, key: fmt.Sprint(d.ID, n, p),
				buy: roughOwn(d, pk, s.Host), hire: roughRent(d, pk)})
		}
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

// roundCards rounds a number of cards up to one that servers and tensor parallelism come in.
func roundCards(n, most int) int {
	for _, k := range []int{1, 2, 4, 8} {
		if n <= k {
			return min(k, most)
		}
	}
	return n
}

// way is a precision and the engine that serves it on a device.
type way struct {
	precision, engine string
	tensor            bool
	spread            bool // attention by data parallelism: each device keeps its own requests' cache
}

// precisionsFor lists the usual ways to serve a model on a device, best first: those an engine is known to run.
func (a *Assessor) precisionsFor(m *catalog.Model, d *catalog.Device) []way {
	var ways []way
	for _, w := range []way{
		{"fp8", "vllm", true, false}, {"fp8", "sglang", true, false}, {"fp8", "sglang", true, true},
		{"nvfp4", "sglang", true, false}, {"nvfp4", "sglang", true, true}, {"mxfp4", "vllm", true, false},
		{"awq-int4", "vllm", true, false}, {"bf16", "vllm", true, false},
		{"gguf-q4_k_m", "llama.cpp", false, false}, {"gguf-q8_0", "llama.cpp", false, false},
		{"mlx-4bit", "mlx", false, false}, {"gguf-ud-q2_k_xl", "llama.cpp", false, false},
	} {
		if w.spread && (!m.Architecture.IsMoE() || d.MaxPerHost < 8) {
			continue
		}
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

// frontier keeps the offers that no other one beats in both price and worth, cheapest first; where they are more
// than most, the cheapest, the one with the most worth for its price, and others spread over the rest.
func frontier(offers []*offer, most int) []*offer {
	slices.SortStableFunc(offers, func(x, y *offer) int {
		if c := cmp.Compare(x.usd, y.usd); c != 0 {
			return c
		}
		return cmp.Compare(y.worth, x.worth)
	})
	var front []*offer
	best := 0.0
	for _, o := range offers {
		if o.worth > best*1.02 {
			front, best = append(front, o), o.worth
		}
	}
	if len(front) <= most {
		return front
	}
	value := 0
	for i, o := range front {
		if o.worth/o.usd > front[value].worth/front[value].usd {
			value = i
		}
	}
	keep := map[int]bool{value: true}
	for i := range most {
		keep[i*(len(front)-1)/(most-1)] = true
	}
	var out []*offer
	for i, o := range front {
		if keep[i] {
			out = append(out, o)
		}
	}
	return out
}

// roughOwn is a month's straight-line cost of one replica's machines, for ranking only; 0 = not priced.
func roughOwn(d *catalog.Device, pk cost.Packing, h *catalog.Host) float64 {
	if d.PriceUSD == nil {
		return 0
	}
	usd := d.PriceUSD.Likely * float64(pk.Devices(1))
	if h != nil {
		usd += h.PriceUSD.Likely * float64(pk.Servers(1))
	}
	return usd/48 + d.TDPWatts/1000*float64(pk.Devices(1))*cost.HoursPerMonth*0.1
}

// roughRent is a month's rent of one replica, for ranking only; 0 = not priced on any term.
func roughRent(d *catalog.Device, pk cost.Packing) float64 {
	for _, term := range []string{"on-demand", "1-year", "3-year"} {
		if r := medianRent(d.Rent, term); r.Likely > 0 {
			return r.Likely * float64(pk.Devices(1)) * cost.HoursPerMonth
		}
	}
	return 0
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
