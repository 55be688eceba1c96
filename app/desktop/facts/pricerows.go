package facts

import (
	"fmt"
	"slices"
	"strings"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

// prices are the listings of today and, after them, those of the past.
func prices(c *catalog.Catalog, mine map[string]bool) *table {
	t := &table{id: "prices", title: "API prices", unit: "USD a million tokens", checks: true,
		columns: []column{{"Provider", 0, false, false}, {"Listed as", 0, false, true}, {"Input", 58, true, false}, {"Cached", 58, true, true},
			{"Output", 58, true, false}, {"Context", 70, true, true}, {"Until", 92, true, true}}}
	for i, p := range slices.Concat(c.Prices, c.PriceHistory) {
		was := i >= len(c.Prices)
		group := "other models"
		if m := c.Model(p.Model); m != nil {
			group = m.ShortName
		}
		t.records = append(t.records, record{id: p.ID, fact: p.Fact, group: group, value: p.Output, aged: !was, was: was,
			gone: p.Gone || p.Quota || p.ValidTo != "", mine: mine["prices/"+p.ID],
			cells:  []string{p.Provider, p.ModelLabel, rate(p.Input), cachedRate(p), rate(p.Output), tokens(p.Context), until(p)},
			detail: priceDetail(c, p, was), log: lines(wordKey, p.ID, "Model", p.Model)})
	}
	return t
}

func cachedRate(p catalog.Price) string {
	if p.CachedInput == nil {
		return format.Unknown
	}
	return rate(*p.CachedInput)
}

// until is the last day of a listing, as far as it is over.
func until(p catalog.Price) string {
	switch {
	case p.ValidTo != "":
		return ui.Here().Day(p.ValidTo)
	case p.Gone:
		return "withdrawn"
	}
	return "offered"
}

func priceDetail(c *catalog.Catalog, p catalog.Price, was bool) []string {
	kind := p.ProviderKind
	switch {
	case p.Quota:
		kind += ", a free quota: not a price"
	case p.Gone:
		kind += ", no longer sold"
	}
	hours := "all day"
	if p.TimeBand != "" {
		hours = p.TimeBand
	}
	from := p.ValidFrom
	if from == "" {
		from = "not known; listed on " + ui.Here().Day(p.AsOf)
	} else {
		from = ui.Here().Day(from)
	}
	detail := append(lines("Kind of provider", kind), "Country: "+orUnknown(p.Country), "Hours it holds: "+hours,
		"Offered from: "+from, "Offered until: "+until(p), "Batch discount: "+batchWords(c, p.Provider),
		"Fixed version promised: "+yesNo(p.Pinned), "Longest answer: "+orUnknown(strings.Trim(tokens(p.MaxOutput), format.Unknown)))
	if was {
		detail = append(detail, "Past price: a case can choose it, or name a day in its time")
	}
	return detail
}

// batchWords says what is known of a provider's discount for work that may wait.
func batchWords(c *catalog.Catalog, provider string) string {
	b := c.BatchDiscount(provider)
	if b == nil || b.Share == nil {
		return wordUnknown
	}
	return local(format.Share(*b.Share)) + " (" + string(b.Evidence) + ", " + ui.Here().Day(b.AsOf) + ")"
}

// kinWords says that ids of one company may stand in a median twice, and so count twice.
func kinWords(kin [][]string) string {
	if len(kin) == 0 {
		return ""
	}
	var groups []string
	for _, ids := range kin {
		groups = append(groups, strings.Join(ids, " and "))
	}
	return "One company may stand here twice, since each id counts by itself: " + strings.Join(groups, "; ") + "."
}

// marketOf is what the open case would be costed at for a model, by the name the table groups its listings under.
func (p *Page) marketOf(group string) calc.MarketView {
	cat := p.catalogue()
	for i := range cat.Models {
		if m := &cat.Models[i]; m.ShortName == group {
			v, _ := calc.MarketOf(cat, p.session.Scenario(), m.ID)
			return v
		}
	}
	return calc.MarketView{}
}

// marketWords says under the strip what the median counts, and how far all sellers are apart.
func marketWords(v calc.MarketView) string {
	if v.Market.Listings == 0 {
		return "No listing counts for this case: its context, fixed version or providers rule all of them out. Hollow: not counted."
	}
	words := []string{fmt.Sprintf("This case counts the newest listing of %s, input %s and output %s a million tokens in the middle; hollow dots are clouds, resellers and what the case's rules leave out.",
		plural(v.Market.Listings, "provider"), format.Price(v.Market.Input.Likely), format.Price(v.Market.Output.Likely)),
		fmt.Sprintf("All sellers: input %s to %s, %s× apart; output %s to %s, %s×.", format.Price(v.Span.LowInput), format.Price(v.Span.HighInput),
			format.Number(v.Span.InputTimes(), 3), format.Price(v.Span.LowOutput), format.Price(v.Span.HighOutput), format.Number(v.Span.OutputTimes(), 2))}
	return strings.TrimSpace(local(strings.Join(words, " ")) + " " + kinWords(v.Kin))
}

// wordUnknown stands where the catalogue says nothing.
const wordUnknown = "not known"

func orUnknown(words string) string {
	if words == "" {
		return wordUnknown
	}
	return words
}

func plural(n int, thing string) string {
	if n == 1 {
		return "one " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
