package calc

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"hostwise/calc/catalog"
	"hostwise/calc/cost"
	"hostwise/calc/notation"
)

// warnAboutPast says of a named listing that it is no longer offered, and that its price holds in some hours only.
func (w *world) warnAboutPast(path string, p *catalog.Price) {
	if p.Gone || p.ValidTo != "" {
		until := ""
		if p.ValidTo != "" {
			until = " (it ended on " + p.ValidTo + ")"
		}
		w.warn("%s: %s is no longer offered%s: its price is history.", InputAt(path).Label, p.ID, until)
	}
	if p.TimeBand != "" {
		w.warn("%s: %s holds at %s only, and every call is costed at it.", InputAt(path).Label, p.ID, p.TimeBand)
	}
}

// warnAboutBands tells of the prices that held in some hours of the day the person asked about: they are on offer
// beside the median, and no part of it.
func (w *world) warnAboutBands(on time.Time) {
	if on.IsZero() || w.named != nil {
		return
	}
	filter := w.s.marketFilter()
	for i := range w.cat.PriceHistory {
		p := &w.cat.PriceHistory[i]
		if p.TimeBand == "" || !filter.Counts(p, w.model.ID) {
			continue
		}
		w.warn("On %s %s also sold %s at %s for %s input and %s output a million tokens. To cost every call at it, choose the price %s.",
			w.s.Text("api.price_date"), p.Provider, w.model.ShortName, p.TimeBand, w.money.Price(p.Input), w.money.Price(p.Output), p.ID)
	}
}

// MarketView is what the API price of a case rests on, and how far apart its sellers are.
type MarketView struct {
	Market cost.Market     // the set the case counts
	Counts map[string]bool // ids of the listings in it
	Span   cost.Span       // all sellers of the model: hosts, clouds, the maker and resellers
	Kin    [][]string      // providers of the set that may be one company
}

// MarketOf returns the market of a model as a case counts it. ok is false where no listing of it counts.
func MarketOf(cat *catalog.Catalog, s Scenario, model string) (v MarketView, ok bool) {
	filter := s.marketFilter()
	listings := listingsOn(cat, filter)
	if v.Market, ok = cost.MarketPrice(listings, model, filter); !ok {
		return MarketView{}, false
	}
	v.Counts = map[string]bool{}
	for _, p := range cost.Counted(listings, model, filter) {
		v.Counts[p.ID] = true
	}
	v.Span, _ = cost.MarketSpan(listings, model, cost.Filter{Kinds: sellerKinds, On: filter.On})
	v.Kin = cost.Kin(v.Market.Providers)
	return v, true
}

// sellerKinds are all who sell a model.
var sellerKinds = []string{"first-party", "host", "cloud", "reseller"}

// wideMarket is from how many times the cheapest price the dearest one is worth a word beside the median.
const wideMarket = 2

// warnAboutSpan says that the median stands for a range, where the case rests on it.
func (w *world) warnAboutSpan() {
	in, out := w.typedPrice()
	if w.named != nil || in && out || !w.marketOK || w.s.Text("api.price_date") != "" {
		return
	}
	span, ok := cost.MarketSpan(w.cat.Prices, w.model.ID, cost.Filter{Kinds: sellerKinds})
	if !ok {
		return
	}
	var apart []string
	if v := span.InputTimes(); v >= wideMarket {
		apart = append(apart, notation.Number(v, factDigits)+" times for input")
	}
	if v := span.OutputTimes(); v >= wideMarket {
		apart = append(apart, notation.Number(v, factDigits)+" times for output")
	}
	if len(apart) > 0 {
		w.warn("The API price is the median of %s. Of all who sell %s the dearest asks %s what the cheapest asks: name your provider before you sign.",
			providersText(w.market.Listings), w.model.ShortName, strings.Join(apart, " and "))
	}
}

func providersText(n int) string {
	if n == 1 {
		return "one provider"
	}
	return fmt.Sprintf("%d providers", n)
}

// listingsOn are the listings a filter is asked of: those of the past too where a day is named.
func listingsOn(cat *catalog.Catalog, f cost.Filter) []catalog.Price {
	if f.On.IsZero() {
		return cat.Prices
	}
	return slices.Concat(cat.PriceHistory, cat.Prices)
}
