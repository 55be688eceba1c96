package cli

import (
	"slices"
	"strings"

	"hostwise/app/figure/format"
	"hostwise/calc/catalog"
)

// listing is a price as it is printed: every key is there, and null where nothing is known.
type listing struct {
	catalog.Price
	Country   *string        `json:"country"`
	ValidFrom *string        `json:"valid_from"`
	ValidTo   *string        `json:"valid_to"`
	TimeBand  *string        `json:"time_band"`
	BandsUTC  []catalog.Band `json:"time_bands_utc"` // empty = all day
	Was       bool           `json:"was"`            // of the price history: what a day in the past cost
	Batch     *batchDiscount `json:"batch_discount"` // null = nothing is known of one
}

// batchDiscount is what a provider takes off for work that may wait.
type batchDiscount struct {
	Share *float64 `json:"share"`
	catalog.Fact
}

// listings are the prices of today and, after them, those of the past.
func listings(c *catalog.Catalog) []listing {
	var out []listing
	for i, p := range slices.Concat(c.Prices, c.PriceHistory) {
		bands, _ := p.Bands()
		l := listing{Price: p, Country: known(p.Country), ValidFrom: known(p.ValidFrom), ValidTo: known(p.ValidTo), TimeBand: known(p.TimeBand),
			BandsUTC: append([]catalog.Band{}, bands...), Was: i >= len(c.Prices)}
		if b := c.BatchDiscount(p.Provider); b != nil {
			l.Batch = &batchDiscount{Share: b.Share, Fact: b.Fact}
		}
		out = append(out, l)
	}
	return out
}

// known is a text, nil where it is empty.
func known(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func pricesGrid(c *catalog.Catalog) *grid {
	g := newGrid("id", "provider", "country", "model", ">input", ">hit", ">output", ">context", ">most output", "hours UTC", ">batch", "pinned",
		"from", "to", "note", "evidence", "as of")
	for _, l := range listings(c) {
		p := l.Price
		hit, batch, pinned := format.Unknown, format.Unknown, "no"
		if p.CachedInput != nil {
			hit = format.Price(*p.CachedInput)
		}
		if l.Batch != nil && l.Batch.Share != nil {
			batch = format.Share(*l.Batch.Share)
		}
		if p.Pinned {
			pinned = "yes"
		}
		g.add(p.ID, p.Provider, orUnknown(p.Country), p.ModelLabel, format.Price(p.Input), hit, format.Price(p.Output), tokensText(p.Context),
			tokensText(p.MaxOutput), hoursText(p.TimeBand), batch, pinned, orUnknown(p.ValidFrom), orUnknown(p.ValidTo), listingNote(l),
			string(p.Evidence), p.AsOf)
	}
	return g
}

func orUnknown(text string) string {
	if text == "" {
		return format.Unknown
	}
	return text
}

// hoursText is when a price holds; the column says that it is UTC.
func hoursText(band string) string {
	if band == "" {
		return "all"
	}
	return strings.TrimSuffix(band, " UTC")
}

// listingNote says in a word why a listing is no plain price of today.
func listingNote(l listing) string {
	switch {
	case l.Was && (l.Gone || l.Price.ValidTo != ""):
		return "was"
	case l.Gone:
		return "withdrawn"
	case l.Quota:
		return "free quota"
	case l.Was:
		return "history, still offered"
	}
	return ""
}
