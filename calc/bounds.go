package calc

import (
	"math"

	"hostwise/calc/cost"
)

// bound is the least that a month on a set-up can cost: what the fewest replicas cost, and a line below the cost of any
// number of them. A route asks its set-ups for their cost at hundreds of volumes; one whose bound is above the best so
// far is not asked.
type bound struct {
	least float64 // of the fewest replicas; Inf = it serves nothing or has no price
	// The line: base + each × (calls × replicas + spare), up to the most replicas there can be.
	base, each, replicas float64
}

// margin keeps a bound below a cost that was rounded otherwise. It is far above the rounding of a dozen operations and
// far below what tells one set-up from another.
const margin = 1 - 1e-6

// noBound is of a set-up whose cost is not known to rise with its replicas.
var noBound = bound{least: math.Inf(-1), base: math.Inf(-1)}

// at is no more than a month costs at a volume.
func (b *bound) at(calls float64, spare int) float64 {
	n := math.Min(calls*b.replicas, math.MaxInt32)
	return math.Max(b.least, b.base+b.each*(n+float64(spare)))
}

// slopes are the parts of a month's cost that a bound is made of: what is there before the first machine, and what a
// device and a server add.
type slopes struct{ fixed, device, server float64 }

// boundOf is the bound of a set-up whose cost is made of slopes: perCall is the replicas that one call a month keeps
// busy, month the cost of so many replicas.
func boundOf(p cost.Packing, s slopes, people cost.PeopleTerms, perCall float64, month func(replicas int) float64, fewest int) bound {
	extra := people.PerExtra * people.USD
	if s.device < 0 || s.server < 0 || extra < 0 {
		return noBound
	}
	// No fewer servers hold n replicas than n times this, and no fewer devices.
	servers := 1 / float64(p.ReplicasPerServer())
	if p.DevicesPerReplica >= p.SlotsPerServer {
		servers = float64(p.Servers(1))
	}
	devices := float64(p.DevicesPerReplica)
	if p.SoldWhole {
		devices = servers * float64(p.SlotsPerServer)
	}
	return bound{
		least:    month(fewest),
		base:     s.fixed + people.FTE*people.USD - 2*extra, // the first two servers need no more people
		each:     (devices*s.device + servers*(s.server+extra)) * margin,
		replicas: perCall * margin,
	}
}

// bounds are those of a route's set-ups at a state, worked out when they are first asked for.
func (f *frame) bounds(r *routeModel) []bound {
	if f.least == nil {
		f.least = make([][]bound, len(f.w.routes))
	}
	if b := f.least[r.at]; b != nil {
		return b
	}
	out := make([]bound, len(r.cands))
	for i, c := range r.cands {
		out[i] = f.boundOn(r, c)
	}
	f.least[r.at] = out
	return out
}

// ready asks everything of the state that routes have in common. From then on what a route is asked for changes
// nothing that another route reads, so that routes can be asked on several cores.
func (f *frame) ready() {
	f.rents = make([]rentAnswer, len(f.w.candidates))
	f.splits = make(map[*cost.OwnTerms]splitAt, len(f.w.candidates))
	for _, r := range f.w.routes {
		if r.kind == API {
			f.apiLine(r)
		} else {
			f.bounds(r)
		}
	}
}

// boundOn is the bound of one set-up of a route.
func (f *frame) boundOn(r *routeModel, c *candidate) bound {
	none := bound{least: math.Inf(1)}
	each := f.callsPerReplica(c, r.modelAt)
	if each <= 0 {
		return none
	}
	fewest := 1 + f.w.spare
	if r.kind == Rent {
		t, ok := f.rentTerms(c)
		if !ok {
			return none
		}
		s := slopes{fixed: t.Storage + t.Egress + t.ImplementUSD(), device: t.HoursPerMonth * t.DeviceHourUSD}
		return boundOf(c.packing, s, t.People, 1/each, t.Monthly, fewest)
	}
	if !f.ownPriced(c) {
		return none
	}
	t := f.ownTerms(c)
	device, server, ok := t.Slopes()
	if !ok {
		return noBound
	}
	return boundOf(c.packing, slopes{t.ImplementUSD(), device, server}, t.People, 1/each, t.Monthly, fewest)
}

// cheapest is best for a frame that stands alone and is asked at many volumes: the set-up that was the cheapest last
// time is asked first, and the others only where their bound is not above it.
func (f *frame) cheapest(r *routeModel, calls float64) (*candidate, float64) {
	if len(r.cands) == 0 {
		return nil, math.Inf(1)
	}
	bounds := f.bounds(r)
	last := f.last[r.at]
	pick, least := -1, math.Inf(1)
	if usd := f.candidateUSD(r, r.cands[last], calls); !math.IsInf(usd, 1) {
		pick, least = last, usd
	}
	for i := range bounds {
		if i == last || bounds[i].at(calls, f.w.spare) > least {
			continue
		}
		// Of two that cost the same the first one counts, as best has it.
		if usd := f.candidateUSD(r, r.cands[i], calls); usd < least || usd == least && i < pick {
			pick, least = i, usd
		}
	}
	if pick < 0 {
		return nil, math.Inf(1)
	}
	f.last[r.at] = pick
	return r.cands[pick], least
}

// cheapestSplit is split for a frame that stands alone, in the same way.
func (f *frame) cheapestSplit(r *routeModel, calls float64) (*candidate, cost.Split) {
	best := cost.Split{USD: math.Inf(1)}
	if len(r.cands) == 0 {
		return nil, best
	}
	bounds, direct := f.bounds(r), f.apiLine(f.w.direct)
	pick, last := -1, f.last[r.at]
	try := func(i int) {
		c := r.cands[i]
		if math.IsInf(bounds[i].least, 1) {
			return
		}
		s := f.splitWith(f.ownTerms(c), f.rate(c, 0), calls, nil)
		if s.USD < best.USD || s.USD == best.USD && i < pick {
			pick, best = i, s
		}
	}
	try(last)
	for i := range bounds {
		if i != last && bounds[i].besides(direct, calls, f.peak, f.w.spare) <= best.USD {
			try(i)
		}
	}
	if pick < 0 {
		return nil, best
	}
	f.last[r.at] = pick
	return r.cands[pick], best
}

// besides is no more than a month costs of which any share is served on the set-up and the rest by an API. At best a
// replica is busy in every hour of the month, and then takes the calls that it takes in the busiest hour's proportion
// times the peak; each of them costs what is cheaper, a part of a replica or the API.
func (b *bound) besides(api apiLine, calls, peak float64, spare int) float64 {
	each := math.Min(api.perCall*margin, b.each*b.replicas/peak)
	return api.fixed + math.Max(b.least, b.base+b.each*float64(spare)+calls*each)
}
