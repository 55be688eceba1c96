package calc

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"hostwise/calc/catalog"
	"hostwise/calc/cost"
	"hostwise/calc/serving"
)

// rated is a set-up that holds the model, with the attempts an hour that one replica takes of each usual load.
type rated struct {
	cand  *candidate
	rates [usualLoadCount]float64
}

// usualLoad is a request by which set-ups are compared for the short list.
type usualLoad struct {
	load serving.Load
	wish serving.Wish
}

// The wishes of a person who waits, and of one who does not.
var (
	usualWish   = serving.Wish{MaxTTFT: defaultMaxTTFT, MinPerUser: defaultMinPerUser}
	patientWish = serving.Wish{}
)

// usualThinking is the tokens that R1 thinks where nothing is known, from its row of the catalogue. It is one number for
// all models, so that they are compared by the same request.
const usualThinking = 2000

// usualLoads are the table's defaults, a short question, a long document, and the defaults where nobody waits.
var usualLoads = sync.OnceValue(func() [usualLoadCount]usualLoad {
	byDefault := serving.Load{Input: usual("workload.input_tokens_per_call"), Output: usual("workload.output_tokens_per_call"), Reasoning: usualThinking}
	return [usualLoadCount]usualLoad{
		{byDefault, usualWish},
		{serving.Load{Input: 500, Output: 300}, usualWish},
		{serving.Load{Input: 8000, Output: 1000, Reasoning: usualThinking}, usualWish},
		{byDefault, patientWish},
	}
})

const usualLoadCount = 4

// usual is the default of a number of the table.
func usual(path string) float64 { return InputAt(path).Default.Number.Likely }

// usualHours are the attempts in the busiest hour by which set-ups are compared: from a person's to a large service's.
var usualHours = [...]float64{1, 30, 100, 300, 1e3, 3e3, 1e4, 3e4, 1e5, 1e6}

// usualSpares are the replicas kept spare.
var usualSpares = [...]int{0, 1}

// tryOut sizes an offer and prepares it, nil when it does not hold the model.
func (a *Assessor) tryOut(o *offer) *rated {
	plan, ok := a.sized(&o.family, o.n)
	if !ok {
		return nil
	}
	r := &rated{cand: a.candidate(plan)}
	if r.cand.server.Basis == serving.ExtrapolatedBasis {
		return nil // nothing measured is near enough to spend money on its word
	}
	for i, u := range usualLoads() {
		r.rates[i] = r.cand.perReplicaHour(u.load, u.wish, usual("finance.utilisation_cap"))
	}
	return r
}

// replicasFor is how many replicas a usual demand needs, 0 where the set-up cannot serve it.
func (r *rated) replicasFor(load int, hour float64, spare int) int {
	if n := serving.Replicas(hour, r.rates[load]); n > 0 {
		return n + spare
	}
	return 0
}

// usualOwn is what owning takes by the table's defaults, the machines left out.
var usualOwn = sync.OnceValue(func() cost.OwnTerms {
	months := int(usual("finance.depreciation_months"))
	return cost.OwnTerms{
		Install: usual("finance.install_share"), Network: usual("finance.network_share"), Residual: usual("finance.residual_share"),
		Recovery: cost.RecoveryOver(usual("finance.cost_of_capital_per_year"), months), Maintenance: usual("finance.maintenance_share_per_year"),
		PUE: usual("finance.pue"), LoadShare: usual("finance.power_load_share"), KWhUSD: usual("finance.electricity_usd_per_kwh"),
		People: usualPeople(),
	}
})

// usualPeople are those that a further server takes. Who runs the first ones costs the same on every set-up.
func usualPeople() cost.PeopleTerms {
	return cost.PeopleTerms{PerExtra: usual("finance.staff_fte_per_extra_server"), USD: usual("finance.staff_usd_per_month")}
}

// owned is what a month of owning so many replicas costs by the table's defaults, for comparing only; 0 = not priced.
func (r *rated) owned() func(replicas int) float64 {
	c := r.cand
	if c.plan.Device.PriceUSD == nil {
		return func(int) float64 { return 0 }
	}
	return usualMonth(c.packing, c.plan.Device.PriceUSD.Likely, c.cardKW(), c.host)
}

// usualMonth is what a month of owning so many replicas costs on machines of this kind.
func usualMonth(p cost.Packing, cardUSD, cardKW float64, host *catalog.Host) func(replicas int) float64 {
	t := usualOwn()
	t.Packing, t.CardUSD, t.CardKW = p, cardUSD, cardKW
	if host != nil {
		t.HostUSD, t.HostKW = host.PriceUSD.Likely, host.BaseKW
	}
	t.Prepare()
	return t.Monthly
}

// rented is what a month of renting so many replicas on a term costs, for comparing only; 0 = not priced.
func (r *rated) rented(term string) func(replicas int) float64 {
	hour := medianRent(r.cand.plan.Device.Rent, term).Likely
	if hour <= 0 {
		return func(int) float64 { return 0 }
	}
	t := cost.RentTerms{Packing: r.cand.packing, DeviceHourUSD: hour, HoursPerMonth: cost.HoursPerMonth, People: usualPeople()}
	return t.Monthly
}

// unserved stands for what a demand costs that nothing serves, dollars a month: more than any set-up.
const unserved = 1e12

// cover picks the set-ups that together serve the usual demands most cheaply: one after the other the one that lowers
// their costs most, until little is left to gain. The cheapest to have one of comes first.
func cover(fine []*rated, monthOf func(*rated) func(replicas int) float64) []*candidate {
	const demands = usualLoadCount * len(usualHours) * len(usualSpares)
	costs := make([][demands]float64, 0, len(fine))
	var priced []*rated
	one := map[*rated]float64{} // a month of one replica
	for _, r := range fine {
		month := monthOf(r)
		if one[r] = month(1); one[r] <= 0 {
			continue
		}
		var row [demands]float64
		at := 0
		last, lastLog := 0, 0.0 // neighbouring demands often need as many
		for load := range usualLoadCount {
			for _, hour := range usualHours {
				for _, spare := range usualSpares {
					row[at] = math.Log(unserved)
					if n := r.replicasFor(load, hour, spare); n > 0 {
						if n != last {
							last, lastLog = n, math.Log(month(n))
						}
						row[at] = lastLog
					}
					at++
				}
			}
		}
		priced, costs = append(priced, r), append(costs, row)
	}
	least := [demands]float64{}
	for i := range least {
		least[i] = math.Log(unserved)
	}
	var chosen []*rated
	for len(chosen) < shortListLength {
		best, gain := -1, leastGain
		for i := range priced {
			var g float64
			for j, c := range costs[i] {
				if saved := least[j] - c; saved > 0 {
					g += saved
				}
			}
			if g > gain {
				best, gain = i, g
			}
		}
		if best < 0 {
			break
		}
		chosen = append(chosen, priced[best])
		for j, c := range costs[best] {
			least[j] = math.Min(least[j], c)
		}
	}
	slices.SortStableFunc(chosen, func(x, y *rated) int { return cmp.Compare(one[x], one[y]) })
	out := make([]*candidate, len(chosen))
	for i, r := range chosen {
		out[i] = r.cand
	}
	return out
}

// leastGain is the sum over the usual demands of the share saved below which another set-up is not worth its time.
const leastGain = 0.15
