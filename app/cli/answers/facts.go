package answers

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hostwise/calc/catalog"
	"hostwise/calc/memory"
)

// facts adds the rows that are computed with, told as sentences, since people ask for a card or a host by its name.
func (g *gather) facts(c *catalog.Catalog) {
	for i := range c.Models {
		g.model(c, &c.Models[i])
	}
	for i := range c.Precisions {
		g.precision(c, &c.Precisions[i])
	}
	for i := range c.Devices {
		g.device(c, &c.Devices[i])
	}
	for _, x := range c.Hosts {
		g.add("hosts", x.ID, Entry{Kind: Row, Title: x.Name, Page: "facts", Keywords: []string{x.ID},
			Text: sentences(fmt.Sprintf("Takes up to %d cards", x.Slots), fmt.Sprintf("Without cards about $%s and %s kW",
				thousands(x.PriceUSD.Likely), short(x.BaseKW)), x.Note)}, x.Fact)
	}
	for _, x := range c.Engines {
		g.add("engines", x.ID, Entry{Kind: Row, Title: x.Name, Page: "facts", Keywords: []string{x.ID, "engine runtime server software"},
			Text: sentences("An engine that serves models from "+strings.Join(x.Formats, " and ")+" files", "Started with: "+x.Launch, x.Note)}, x.Fact)
	}
	g.prices(c)
	for _, x := range c.Sources {
		g.add("sources", x.ID, Entry{Kind: Row, Title: x.Title, Page: "facts", Keywords: []string{x.ID, "source"},
			Text: sentences("A source: "+x.Holds, "Found at "+x.Where, x.Note)}, x.Fact)
	}
}

func (g *gather) model(c *catalog.Catalog, m *catalog.Model) {
	parts := []string{fmt.Sprintf("%s billion parameters, %s active for each token", short(float64(m.Parameters)/1e9), m.ActiveParameters)}
	if file, loaded, ok := memory.Weights(c, m, m.ReleasedPrecision); ok {
		parts = append(parts, fmt.Sprintf("As released %s to download and %s to load", size(file), size(loaded)))
	}
	if m.PublishedContext > 0 {
		parts = append(parts, fmt.Sprintf("Published context %s tokens", thousands(float64(m.PublishedContext))))
	}
	parts = append(parts, "Licence: "+m.Licence)
	var tests []string
	for _, key := range sorted(m.Quality) {
		tests = append(tests, strings.ReplaceAll(key, "_", " ")+" "+short(m.Quality[key]))
	}
	if len(tests) > 0 {
		parts = append(parts, "Scores: "+strings.Join(tests, ", "))
	}
	g.add("models", m.ID, Entry{Kind: Row, Title: m.Name, Text: sentences(append(parts, m.Note)...), Page: "facts",
		Keywords: []string{m.ShortName, "benchmark score quality licence size"}}, m.Fact)
}

// precision tells the size of a file for every model it is made for: the full model first.
func (g *gather) precision(c *catalog.Catalog, p *catalog.Precision) {
	var sizes []string
	for i := range c.Models {
		m := &c.Models[i]
		if !p.In(m) || m.Family == "full" && m.ID != "deepseek-r1" {
			continue // the other full models are of the same size
		}
		if file, _, ok := memory.Weights(c, m, p.ID); ok && file > 0 {
			sizes = append(sizes, m.ShortName+" "+size(file))
		}
	}
	parts := []string{short(p.BitsPerWeight) + " bits a weight"}
	if len(sizes) > 0 {
		parts = append(parts, "Size by model: "+strings.Join(sizes, ", "))
	}
	g.add("precisions", p.ID, Entry{Kind: Row, Title: p.Label, Text: sentences(append(parts, p.QualityLoss, p.Note)...), Page: "facts",
		Keywords: []string{p.ID, strings.TrimPrefix(p.ID, "gguf-"), "quant file size precision"}}, p.Fact)
}

// device says what fits: the question that is asked of a card.
func (g *gather) device(c *catalog.Catalog, d *catalog.Device) {
	parts := []string{fmt.Sprintf("%s GB of memory at %s GB a second", short(d.MemoryGB), thousands(d.BandwidthGBs)), holds(c, d)}
	if d.PriceUSD != nil {
		parts = append(parts, fmt.Sprintf("About $%s, from $%s to $%s (%s, %s)", thousands(d.PriceUSD.Likely), thousands(d.PriceUSD.Low),
			thousands(d.PriceUSD.High), d.PriceFact.Evidence, d.PriceFact.AsOf))
	} else {
		parts = append(parts, "No price is known here")
	}
	if hour, ok := perHour(d); ok {
		parts = append(parts, hour)
	}
	status := d.Evidence
	if status == catalog.Confirmed || status == catalog.Measured {
		status = catalog.Likely // what it holds is worked out, whatever is known of the card
	}
	gb := strconv.FormatFloat(d.MemoryGB, 'f', -1, 64)
	g.add("devices", d.ID, Entry{Kind: Row, Title: d.Name, Text: sentences(append(parts, d.Note)...), Page: "facts", Status: status,
		Keywords: []string{d.ID, gb + "gb", gb + " gb", d.Kind, d.Architecture, "price cost per hour rent"}, said: []string{d.ShortName}}, d.Fact)
}

// perHour says what an hour of a device without a term is listed at, and of which days the listings are.
func perHour(d *catalog.Device) (string, bool) {
	var low, high float64
	var oldest, newest string
	n := 0
	for _, r := range d.Rent {
		if r.Term != "on-demand" {
			continue
		}
		if n++; n == 1 {
			low, high, oldest, newest = r.USD.Low, r.USD.High, r.AsOf, r.AsOf
		}
		low, high, oldest, newest = min(low, r.USD.Low), max(high, r.USD.High), min(oldest, r.AsOf), max(newest, r.AsOf)
	}
	if n == 0 {
		return "", false
	}
	price, when := "$"+short(low), newest
	if high > low {
		price += " to $" + short(high)
	}
	if oldest != newest {
		when = oldest + " to " + newest
	}
	return fmt.Sprintf("Rented without a term it is listed at %s an hour (%s)", price, when), true
}

// holds says which models one device holds in 4 bits with 8,192 tokens for one request, worked out by package memory.
func holds(c *catalog.Catalog, d *catalog.Device) string {
	var fit []string
	for i := range c.Models {
		m := &c.Models[i]
		if m.Family == "full" && m.ID != "deepseek-r1" {
			continue
		}
		plan := memory.Solve(c, memory.Setup{Model: m, Precision: "gguf-q4_k_m", KV: "bf16", Engine: "llama.cpp", Device: d, Devices: 1,
			ContextTokens: 8192, Sequences: 1, LayersOnDevice: -1})
		if plan.Runs() {
			fit = append(fit, m.ShortName)
		}
	}
	if len(fit) == 0 {
		return "One alone holds none of the models in 4 bits (Q4_K_M)"
	}
	words := "One holds in 4 bits (Q4_K_M, one request of 8,192 tokens, worked out): " + strings.Join(fit, ", ")
	if !slices.Contains(fit, "R1 671B") {
		words += "; not the full R1"
	}
	return words
}

// prices tells what a provider asks for R1 and its distills; rows of other models are on the facts page only.
func (g *gather) prices(c *catalog.Catalog) {
	for _, x := range c.Prices {
		if x.Model == "" || x.Gone {
			continue
		}
		text := fmt.Sprintf("$%s a million input tokens and $%s a million output tokens", short(x.Input), short(x.Output))
		if x.Quota {
			text = "Free or included in a plan: capacity for tests, not a price"
		}
		g.add("prices", x.ID, Entry{Kind: Row, Title: x.ModelLabel + " at " + x.Provider, Text: sentences(text, x.Note), Page: "facts",
			Keywords: []string{x.ProviderKind, "price listing"}}, x.Fact)
	}
	for _, x := range c.BatchDiscounts {
		text := "How much a batch job saves is not known"
		if x.Share != nil {
			text = fmt.Sprintf("A batch job costs %s %% less", short(*x.Share*100))
		}
		g.add("batch-discounts", x.Provider, Entry{Kind: Row, Title: "Batch discount at " + x.Provider, Text: sentences(text, x.Note),
			Page: "facts"}, x.Fact)
	}
	for _, x := range c.GatewayFees {
		g.add("gateway-fees", x.Gateway, Entry{Kind: Row, Title: "Gateway fee of " + x.Gateway,
			Text: sentences(short(x.Share*100)+" % on top of the provider's price", x.Note), Page: "facts"}, x.Fact)
	}
}

func sorted(m map[string]float64) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// short writes a number with at most two decimals.
func short(v float64) string {
	text := strconv.FormatFloat(v, 'f', 2, 64)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

func thousands(v float64) string {
	digits := strconv.FormatFloat(v, 'f', 0, 64)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// size writes a size in decimal units, as files are labelled.
func size(v float64) string {
	if v >= 1e12 {
		return short(v/1e12) + " TB"
	}
	return strconv.FormatFloat(v/1e9, 'f', 1, 64) + " GB"
}
