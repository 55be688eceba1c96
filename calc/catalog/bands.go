package catalog

import (
	"regexp"
	"strings"
)

// Band is a stretch of the day in which a price holds, by the clock in UTC. One that ends before it starts runs over
// midnight.
type Band struct {
	From string `json:"from"` // "16:30"
	To   string `json:"to"`   // "00:30"
}

// bandForm is one stretch as a listing writes it.
var bandForm = regexp.MustCompile(`^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$`)

// Bands returns the hours in which the listing holds, in UTC; none = all day. ok is false where its text is not of the
// form "16:30-00:30 UTC", or several such stretches with "and" between them.
func (p *Price) Bands() (bands []Band, ok bool) {
	if p.TimeBand == "" {
		return nil, true
	}
	hours, utc := strings.CutSuffix(p.TimeBand, " UTC")
	if !utc {
		return nil, false
	}
	for stretch := range strings.SplitSeq(hours, " and ") {
		if !bandForm.MatchString(stretch) {
			return nil, false
		}
		from, to, _ := strings.Cut(stretch, "-")
		bands = append(bands, Band{From: from, To: to})
	}
	return bands, true
}

// Past returns the listing of the price history with this id, nil when there is none.
func (c *Catalog) Past(id string) *Price {
	for i := range c.PriceHistory {
		if c.PriceHistory[i].ID == id {
			return &c.PriceHistory[i]
		}
	}
	return nil
}

// BatchDiscount returns what is known of a provider's discount for asynchronous work, nil when nothing is.
func (c *Catalog) BatchDiscount(provider string) *BatchDiscount {
	for i := range c.BatchDiscounts {
		if strings.EqualFold(c.BatchDiscounts[i].Provider, provider) {
			return &c.BatchDiscounts[i]
		}
	}
	return nil
}
