package cost

import "hostwise/calc/catalog"

// Work is a month of one model's requests. Tokens are means per call.
type Work struct {
	Calls     float64 // successful calls a month
	Retry     float64 // failed attempts per call, billed like the rest
	Input     float64
	Output    float64 // visible answer
	Reasoning float64 // thinking
	CacheHits float64 // share of input billed as cache hits
	// Review is what people's checking adds to (or saves from) each call, in dollars.
	Review float64
}

// Attempts returns the calls that are billed and load the devices: calls × (1 + retry rate).
func (w Work) Attempts() float64 { return w.Calls * (1 + w.Retry) }

// TokenPrice is dollars per million tokens.
type TokenPrice struct{ Input, Cached, Output float64 }

// Times returns the price multiplied by a factor.
func (p TokenPrice) Times(k float64) TokenPrice {
	return TokenPrice{Input: p.Input * k, Cached: p.Cached * k, Output: p.Output * k}
}

// perCall returns what one attempt costs in dollars.
func (p TokenPrice) perCall(w Work) float64 {
	in := w.Input * ((1-w.CacheHits)*p.Input + w.CacheHits*p.Cached)
	return (in + (w.Output+w.Reasoning)*p.Output) / 1e6
}

// APITerms is what a provider charges and what using it takes.
type APITerms struct {
	Price          TokenPrice
	PeakShare      float64 // share of use in dear hours
	PeakMultiplier float64 // price there over the usual price
	BatchShare     float64
	BatchDiscount  float64
	Markup         float64 // a gateway's, on all token money
	AllBatch       bool    // the route takes everything in batches, the fallback too
	FallbackRate   float64 // share of calls answered again elsewhere
	Fallback       TokenPrice
	Platform       float64 // dollars a month
	Logging        float64
	People         float64
}

// tokenFactor is what time bands, batch and markup make of the plain token money.
func (t APITerms) tokenFactor() float64 {
	return (1 + t.PeakShare*(t.PeakMultiplier-1)) * (1 - t.BatchShare*t.BatchDiscount) * (1 + t.Markup)
}

// PerCall returns the dollars that each further successful call costs, review left out.
func (t APITerms) PerCall(w Work) float64 {
	return (1+w.Retry)*t.Price.perCall(w)*t.tokenFactor() + t.FallbackRate*t.FallbackCall(w)
}

// FallbackCall returns what one call costs that the fallback answers again: its tokens, with the gateway's markup, and
// at the batch discount where everything is a batch. Source: contract "Routes".
func (t APITerms) FallbackCall(w Work) float64 {
	usd := t.Fallback.perCall(w) * (1 + t.Markup)
	if t.AllBatch {
		usd *= 1 - t.BatchDiscount
	}
	return usd
}

// Fixed returns the dollars a month that are due before the first call.
func (t APITerms) Fixed() float64 { return t.Platform + t.Logging + t.People }

// Monthly returns the cost of a month without building its lines.
func (t APITerms) Monthly(w Work) float64 {
	return t.Fixed() + w.Calls*(t.PerCall(w)+w.Review)
}

// Line is one named part of a cost: Quantity × UnitUSD. Why fills the formula's words.
type Line struct {
	ID, Label, Unit, Formula string
	Quantity, UnitUSD        float64
	Evidence                 catalog.Evidence
	Source                   string
}

// USD returns the line's dollars a month.
func (l Line) USD() float64 { return l.Quantity * l.UnitUSD }
