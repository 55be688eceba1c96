package cost

import (
	"slices"
	"strings"
	"time"

	"hostwise/calc/catalog"
)

// Market is what a million tokens of one model costs over all providers that count.
type Market struct {
	Input, Cached, Output catalog.Range
	Listings              int    // one per provider
	CachedListings        int    // of those, how many price cache hits
	Newest, Oldest        string // dates of the listings
	Providers             []string
	Source                string
}

// Filter says which listings count.
type Filter struct {
	Kinds     []string  // provider kinds
	Context   int       // tokens a listing has to hold; one that states no context counts
	Pinned    bool      // only listings that promise a fixed version
	Providers []string  // only these; empty = all
	On        time.Time // the day of the price; zero = now: the newest listings
}

// Counts reports whether a listing of this model may be used as a price.
func (f Filter) Counts(p *catalog.Price, model string) bool {
	switch {
	case p.Model != model, p.Quota, p.Input <= 0, p.Output <= 0:
		return false
	case !slices.Contains(f.Kinds, p.ProviderKind):
		return false
	case f.Context > 0 && p.Context > 0 && p.Context < f.Context:
		return false
	case f.Pinned && !p.Pinned:
		return false
	case len(f.Providers) > 0 && !containsFold(f.Providers, p.Provider):
		return false
	}
	return f.valid(p)
}

// valid reports whether the listing stood on the day asked for.
func (f Filter) valid(p *catalog.Price) bool {
	if f.On.IsZero() {
		return !p.Gone && p.ValidTo == ""
	}
	from := p.Date()
	if p.ValidFrom != "" {
		from = catalog.Fact{AsOf: p.ValidFrom}.Date()
	}
	if from.After(f.On) {
		return false
	}
	return p.ValidTo == "" || !catalog.Fact{AsOf: p.ValidTo}.Date().Before(f.On)
}

func containsFold(list []string, s string) bool {
	return slices.ContainsFunc(list, func(x string) bool { return strings.EqualFold(x, s) })
}

// Counted returns the listings that make the market of a model: the newest that counts of every provider.
func Counted(listings []catalog.Price, model string, f Filter) map[string]*catalog.Price {
	newest := map[string]*catalog.Price{}
	for i := range listings {
		p := &listings[i]
		if !f.Counts(p, model) || p.TimeBand != "" {
			continue
		}
		if old := newest[p.Provider]; old == nil || betterListing(p, old) {
			newest[p.Provider] = p
		}
	}
	return newest
}

// MarketPrice returns the market of a model: for input, hit and output each the median over the newest
// non-zero listing of every provider, with P10 and P90 over the same set. ok is false when nothing is listed.
func MarketPrice(listings []catalog.Price, model string, f Filter) (m Market, ok bool) {
	newest := Counted(listings, model, f)
	if len(newest) == 0 {
		return Market{}, false
	}
	var in, hit, out []float64
	for name, p := range newest {
		in, out = append(in, p.Input), append(out, p.Output)
		if p.CachedInput != nil && *p.CachedInput > 0 {
			hit = append(hit, *p.CachedInput)
		}
		m.Providers = append(m.Providers, name)
		if m.Newest == "" || p.AsOf > m.Newest {
			m.Newest = p.AsOf
		}
		if m.Oldest == "" || p.AsOf < m.Oldest {
			m.Oldest = p.AsOf
		}
	}
	slices.Sort(m.Providers)
	m.Input, m.Output, m.Listings = spread(in), spread(out), len(in)
	m.CachedListings = len(hit)
	m.Cached = m.Input
	if len(hit) > 0 {
		m.Cached = spread(hit)
	}
	return m, true
}

// betterListing prefers the newer listing of one provider; of two of the same day the dearer one, so that a
// price is not understated, and then the smaller id, so that the choice does not depend on order.
func betterListing(p, old *catalog.Price) bool {
	switch {
	case p.AsOf != old.AsOf:
		return p.Date().After(old.Date())
	case p.Input+p.Output != old.Input+old.Output:
		return p.Input+p.Output > old.Input+old.Output
	}
	return p.ID < old.ID
}

// spread returns P10, median and P90 of a sample.
func spread(v []float64) catalog.Range {
	slices.Sort(v)
	return catalog.Range{Low: Quantile(v, 0.1), Likely: Quantile(v, 0.5), High: Quantile(v, 0.9)}
}

// Quantile returns the q-quantile of sorted values by linear interpolation (type 7 of Hyndman and Fan 1996).
// It is 0 for no values.
func Quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	x := q * float64(len(sorted)-1)
	i := int(x)
	if i >= len(sorted)-1 {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (x-float64(i))*(sorted[i+1]-sorted[i])
}
