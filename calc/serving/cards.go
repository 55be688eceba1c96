package serving

import (
	"hostwise/calc/catalog"
	"hostwise/calc/memory"
)

// overCards is the mean of a card's figure over the layers: cards of unlike kind take turns, each for the layers
// that it holds, so that the times of their shares add up.
func overCards(p *memory.Plan, of func(*catalog.Device) float64) float64 {
	layers, sum := 0, 0.0
	for i := range p.Shares {
		layers += p.Shares[i].Layers
		sum += float64(p.Shares[i].Layers) * of(p.Shares[i].Device)
	}
	if layers == 0 {
		return of(p.Device)
	}
	return sum / float64(layers)
}

// byteSeconds is what a layer engine takes to read one byte of weights, over all cards.
func byteSeconds(p *memory.Plan, full bool, k *constants) float64 {
	return overCards(p, func(d *catalog.Device) float64 {
		share, _ := cardRates(d, full, k)
		return 1 / (bandwidth(d) * share)
	})
}

// launchSeconds is what a layer costs a step whatever the batch, over all cards.
func launchSeconds(p *memory.Plan, full bool, k *constants) float64 {
	return overCards(p, func(d *catalog.Device) float64 {
		_, layer := cardRates(d, full, k)
		return layer
	})
}

// promptRateOver is promptRate over all cards.
func promptRateOver(p *memory.Plan, k *constants) float64 {
	return 1 / overCards(p, func(d *catalog.Device) float64 { return 1 / promptRate(d, k) })
}
