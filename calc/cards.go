package calc

import (
	"fmt"
	"math"
	"strings"

	"hostwise/calc/catalog"
	"hostwise/calc/memory"
	"hostwise/calc/notation"
	"hostwise/calc/risk"
)

// cardsLabel names all cards of a plan: "8 × H200", or "1 × RTX 4090 and 1 × RTX 3090" where they are unlike.
func cardsLabel(p memory.Plan) string {
	label := devicesLabel(p.Device, p.Devices)
	if p.Seconds > 0 {
		label += " and " + devicesLabel(p.Second, p.Seconds)
	}
	return label
}

// cardsInServer names the cards of one server of so many.
func (c *candidate) cardsInServer(devices int) string {
	if c.plan.Seconds > 0 {
		return cardsLabel(c.plan)
	}
	return devicesLabel(c.plan.Device, devices)
}

// cardKinds lists the kinds of card of a set-up: one, or two where they are unlike.
func (c *candidate) cardKinds() []*catalog.Device {
	if c.plan.Seconds > 0 {
		return []*catalog.Device{c.plan.Device, c.plan.Second}
	}
	return []*catalog.Device{c.plan.Device}
}

// cardUSD is what a card of the set-up costs, the mean over all cards of a replica, at a place of its price range;
// 0 where a card has no price.
func (c *candidate) cardUSD(z float64) float64 {
	if !c.cardsPriced() {
		return 0
	}
	usd := risk.At(*c.plan.Device.PriceUSD, z, false)
	if c.plan.Seconds == 0 {
		return usd
	}
	second := risk.At(*c.plan.Second.PriceUSD, z, false)
	return (usd*float64(c.plan.Devices) + second*float64(c.plan.Seconds)) / float64(c.plan.Cards())
}

// cardsPriced reports whether every card of the set-up has a price.
func (c *candidate) cardsPriced() bool {
	return c.plan.Device.PriceUSD != nil && (c.plan.Seconds == 0 || c.plan.Second.PriceUSD != nil)
}

// cardKW is the power of a card of the set-up, the mean over all cards of a replica.
func (c *candidate) cardKW() float64 {
	if c.plan.Seconds == 0 {
		return c.plan.Device.TDPWatts / 1000
	}
	watts := c.plan.Device.TDPWatts*float64(c.plan.Devices) + c.plan.Second.TDPWatts*float64(c.plan.Seconds)
	return watts / float64(c.plan.Cards()) / 1000
}

// rentHour is the listed hour of a card on a term; unlike cards in one machine are not for rent.
func (c *candidate) rentHour(term string) Range {
	if c.plan.Seconds > 0 {
		return Range{}
	}
	return medianRent(c.plan.Device.Rent, term)
}

// cardItems are the cards of a bill of materials. What the person owns already are cards of the kind they named.
func (c *candidate) cardItems(devices, owned int) []Item {
	item := func(d *catalog.Device, n int) Item {
		return Item{What: d.Name, Quantity: float64(n), UnitUSD: copied(d.PriceUSD), Evidence: d.PriceFact.Evidence, Source: d.PriceFact.Source}
	}
	if c.plan.Seconds == 0 {
		return []Item{item(c.plan.Device, max(0, devices-owned))}
	}
	replicas := devices / c.plan.Cards()
	first, second := replicas*c.plan.Devices, replicas*c.plan.Seconds
	return []Item{item(c.plan.Device, max(0, first-owned)), item(c.plan.Second, max(0, second-max(0, owned-first)))}
}

// cardEvidence says how far the prices of a set-up's cards can be relied on.
func (c *candidate) cardEvidence() (catalog.Evidence, string) {
	d := c.plan.Device
	ev, source := d.PriceFact.Evidence, d.PriceFact.Source
	if c.plan.Seconds > 0 {
		ev = weakest(ev, c.plan.Second.PriceFact.Evidence)
		source = fmt.Sprintf("%s: %s; %s: %s", d.ShortName, source, c.plan.Second.ShortName, c.plan.Second.PriceFact.Source)
	}
	return ev, source
}

// cardBytes is what the drivers show of all cards of a plan.
func cardBytes(p memory.Plan) float64 {
	bytes := float64(p.Device.VisibleBytes) * float64(p.Devices)
	if p.Seconds > 0 {
		bytes += float64(p.Second.VisibleBytes) * float64(p.Seconds)
	}
	return bytes
}

// cardsHeld lists what each card holds, in words for a reader: "RTX 4090 44 layers, RTX 3060 20 layers".
func cardsHeld(p memory.Plan) string {
	parts := make([]string, 0, len(p.Shares))
	for _, s := range p.Shares {
		parts = append(parts, fmt.Sprintf("%s %s, %.0f %% full", s.Device.ShortName, notation.Counted(s.Layers, "layer"), math.Round(100*s.Used/s.Capacity)))
	}
	return strings.Join(parts, "; ")
}
