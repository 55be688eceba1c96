package calc

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"hostwise/calc/catalog"
	"hostwise/calc/cost"
	"hostwise/calc/notation"
)

// KnownRange is what is known of how large an answer can be: from the least to the most that the catalogue lists, or
// that the row of the input calls usual.
type KnownRange struct {
	Low  float64 `json:"low"` // in the input's unit
	High float64 `json:"high"`
	// Of says what the range is of: "23 listings of R1 671B".
	Of string `json:"of"`
	// LowOf and HighOf name what stands at the ends, such as a provider or a card; "" where nothing does.
	LowOf  string `json:"low_of"`
	HighOf string `json:"high_of"`
	// Listed is true for a range of the catalogue's own rows, false for what is usual.
	Listed bool   `json:"listed"`
	Source string `json:"source"` // of both ends
	AsOf   string `json:"as_of"`  // of the newer end
	// times is how often an answer may go past either end before it is far off.
	times float64
}

// How often an answer may go past what is known before it is called far off. A price three times the dearest of a whole
// market is no discount and no small provider; the size of one's own work is anyone's own, so that only a slip of the
// pen, a nought too many, is called out.
const (
	farPrice = 3
	farWork  = 10
)

// KnownRangeOf returns what is known of how large an answer to the input at path can be, in a scenario: its model, its
// device, its term. ok is false where nothing is known, and for inputs that are no number.
func KnownRangeOf(cat *catalog.Catalog, s Scenario, path string) (k KnownRange, ok bool) {
	in := LookupInput(path)
	if in == nil || in.Kind != Number && in.Kind != Integer {
		return KnownRange{}, false
	}
	switch path {
	case "api.input_usd_per_mtok":
		k, ok = listedPrices(cat, s, func(p *catalog.Price) *float64 { return &p.Input })
	case "api.output_usd_per_mtok":
		k, ok = listedPrices(cat, s, func(p *catalog.Price) *float64 { return &p.Output })
	case "api.cached_input_usd_per_mtok":
		k, ok = listedPrices(cat, s, func(p *catalog.Price) *float64 { return p.CachedInput })
	case "finance.rent_usd_per_device_hour":
		k, ok = listedRents(cat, s)
	case "finance.server_usd":
		k, ok = knownServers(cat, s)
	case "workload.reasoning_tokens_per_call":
		k, ok = knownThinking(cat, s)
	default:
		return usualRange(in)
	}
	k.Listed = true
	return k, ok && k.High > 0
}

// Far reports whether a value lies far outside the range, and by how many times it goes past the nearer end: 10 is ten
// times the most, 0.1 a tenth of the least. Nothing at all is no slip: 0 stands for what is not counted.
func (k KnownRange) Far(v float64) (times float64, far bool) {
	switch {
	case v > 0 && k.Low > 0 && v < k.Low/k.times:
		return v / k.Low, true
	case k.High > 0 && v > k.High*k.times:
		return v / k.High, true
	}
	return 1, false
}

// rangeEnd is one row of the catalogue that may stand at an end.
type rangeEnd struct {
	value float64
	of    string
	fact  catalog.Fact
}

// reach gathers the ends of a range over the rows of the catalogue.
type reach struct {
	low, high rangeEnd
	rows      int
}

func (a *reach) add(low, high float64, of string, fact catalog.Fact) {
	if !(low > 0) || math.IsInf(high, 0) || high < low {
		return
	}
	if a.rows == 0 || low < a.low.value {
		a.low = rangeEnd{low, of, fact}
	}
	if a.rows == 0 || high > a.high.value {
		a.high = rangeEnd{high, of, fact}
	}
	a.rows++
}

// known is the range that was gathered, of so many rows in these words.
func (a *reach) known(one, many string) (KnownRange, bool) {
	of := "1 " + one
	if a.rows != 1 {
		of = fmt.Sprintf("%d %s", a.rows, many)
	}
	source := a.low.fact.Source
	if other := a.high.fact.Source; other != source {
		source += "; " + other
	}
	return KnownRange{Low: twelveDigits(a.low.value), High: twelveDigits(a.high.value), Of: of, LowOf: a.low.of, HighOf: a.high.of,
		Source: source, AsOf: max(a.low.fact.AsOf, a.high.fact.AsOf), times: farPrice}, a.rows > 0
}

// listedPrices is what all providers together list for a million tokens of the scenario's model, whatever they are: a
// typed price may be of any of them. The date asked for counts.
func listedPrices(cat *catalog.Catalog, s Scenario, of func(*catalog.Price) *float64) (KnownRange, bool) {
	f := cost.Filter{Kinds: sellerKinds, On: s.marketFilter().On}
	model := s.Text("model")
	rows := listingsOn(cat, f)
	var all reach
	for i := range rows {
		p := &rows[i]
		if v := of(p); v != nil && f.Counts(p, model) {
			all.add(*v, *v, p.Provider, p.Fact)
		}
	}
	name := NameOf(cat, ModelRef, model)
	return all.known("listing of "+name, "listings of "+name)
}

// listedRents is what an hour of the scenario's device is listed at for its term; of every device where none is named.
func listedRents(cat *catalog.Catalog, s Scenario) (KnownRange, bool) {
	stated := statedDeviceOf(cat, s)
	term := s.Text("finance.rent_term")
	gather := func(counts func(r *catalog.RentPrice) bool) (all reach) {
		for i := range cat.Devices {
			d := &cat.Devices[i]
			if stated != nil && d.ID != stated.ID {
				continue
			}
			for j := range d.Rent {
				if r := &d.Rent[j]; counts(r) {
					all.add(r.USD.Low, r.USD.High, d.ShortName, r.Fact)
				}
			}
		}
		return all
	}
	all := gather(func(r *catalog.RentPrice) bool { return r.Term == term })
	if all.rows == 0 {
		all = gather(func(*catalog.RentPrice) bool { return true })
	}
	if stated != nil {
		all.low.of, all.high.of = "", ""
		return all.known("listed rent of "+stated.ShortName, "listed rents of "+stated.ShortName)
	}
	return all.known("listed rent", "listed rents")
}

// knownServers is what a server of the scenario's device costs, from one card in the cheapest machine that takes it to
// a full one; of every device where none is named.
func knownServers(cat *catalog.Catalog, s Scenario) (KnownRange, bool) {
	stated := statedDeviceOf(cat, s)
	var all reach
	for i := range cat.Devices {
		d := &cat.Devices[i]
		if d.PriceUSD == nil || stated != nil && d.ID != stated.ID {
			continue
		}
		if d.WholeMachine {
			all.add(d.PriceUSD.Low, d.PriceUSD.High, d.ShortName, d.PriceFact)
			continue
		}
		for j := range cat.Hosts {
			h := &cat.Hosts[j]
			if n := cardsIn(h, d); n > 0 {
				all.add(d.PriceUSD.Low+h.PriceUSD.Low, float64(n)*d.PriceUSD.High+h.PriceUSD.High, d.ShortName, d.PriceFact)
			}
		}
	}
	if stated != nil {
		all.low.of, all.high.of = "", ""
		return all.known("kind of server with "+stated.ShortName, "kinds of server with "+stated.ShortName)
	}
	return all.known("kind of server", "kinds of server")
}

// cardsIn is how many cards of a device a host takes, 0 where it is not made for them.
func cardsIn(h *catalog.Host, d *catalog.Device) int {
	if !slices.Contains(h.DeviceKinds, d.Kind) || len(h.Devices) > 0 && !slices.Contains(h.Devices, d.ID) {
		return 0
	}
	return min(h.Slots, cmp.Or(d.MaxPerHost, h.Slots))
}

// knownThinking is how long the scenario's model is known to think.
func knownThinking(cat *catalog.Catalog, s Scenario) (KnownRange, bool) {
	m := cat.Model(s.Text("model"))
	if m == nil {
		return KnownRange{}, false
	}
	r := &m.ReasoningTokens
	return KnownRange{Low: r.Low, High: r.High, Of: m.ShortName, Source: r.Source, AsOf: r.AsOf, times: farWork}, r.Low > 0
}

// usualRange is what the row of an input calls usual: the spread of its default, and its ready answers.
func usualRange(in *Input) (KnownRange, bool) {
	if in.Spread == nil {
		return KnownRange{}, false
	}
	k := KnownRange{Low: in.Spread.Low, High: in.Spread.High, Of: notation.Lowered(in.Label), Source: in.Source, AsOf: in.AsOf, times: farPrice}
	if in.Step == StepWorkload {
		k.times = farWork
	}
	for _, p := range in.Presets {
		if x := p.Value.Number.Likely; !p.Value.Null && x > 0 {
			k.Low, k.High = math.Min(k.Low, x), math.Max(k.High, x)
		}
	}
	return k, k.High > 0
}

// statedDeviceOf is the device that the person named, nil where they left it open.
func statedDeviceOf(cat *catalog.Catalog, s Scenario) *catalog.Device {
	v, given := s.Given("deployment.device")
	if !given || v.Text == "" {
		return nil
	}
	return cat.Device(v.Text)
}
