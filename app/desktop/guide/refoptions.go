package guide

import (
	"fmt"
	"slices"
	"strings"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

// refKey names everything that the rows of a question were made from: where it changes they are made anew.
func refKey(p *Page) string {
	return fmt.Sprintf("%s %p", p.session.Scenario().Text("model"), p.session.CaseCatalogue())
}

// refOptions are the rows of the catalogue that a question offers.
func refOptions(p *Page, in *calc.Input) []option {
	cat := p.session.CaseCatalogue()
	var out []option
	if in.MayBeEmpty() || in.Kind == calc.DeviceRef {
		out = append(out, option{id: "", title: emptyTitle(in), detail: emptyDetail(in)})
	}
	switch in.Kind {
	case calc.ModelRef:
		out = append(out, modelOptions(cat)...)
	case calc.EngineRef:
		for i := range cat.Engines {
			e := &cat.Engines[i]
			out = append(out, option{id: e.ID, title: e.Name, detail: splitWords(e)})
		}
	case calc.HostRef:
		for i := range cat.Hosts {
			h := &cat.Hosts[i]
			out = append(out, option{id: h.ID, title: h.Name, badge: string(h.Evidence)})
		}
	case calc.PriceRef:
		out = append(out, priceOptions(cat, p.session.Scenario())...)
	case calc.PrecisionRef, calc.DeviceRef:
		if !tabled(in) {
			return append(out, cardOptions(cat)...)
		}
		out = append(out, p.setupOptions(in)...)
	}
	return out
}

func emptyTitle(in *calc.Input) string {
	if in.Kind == calc.DeviceRef && tabled(in) {
		return wordsCheapestDevice
	}
	switch in.Path {
	case "api.price":
		return wordsMarket
	case "api.fallback_price":
		return wordsNoFallback
	case "rules.minimum_model":
		return wordsThisModel
	case "deployment.second_device":
		return wordsCardsAlike
	}
	return wordsChoose
}

func emptyDetail(in *calc.Input) string {
	switch in.Path {
	case "api.price":
		return wordsMarketMeans
	case "api.fallback_price":
		return wordsNoFallbackMeans
	case "rules.minimum_model":
		return wordsThisModelMeans
	case "deployment.host":
		return wordsUsualHost
	case "deployment.second_device":
		return wordsCardsAlikeMeans
	}
	if in.Kind == calc.DeviceRef {
		return wordsChosenTogether
	}
	return wordsCheapestServes
}

func splitWords(e *catalog.Engine) string {
	if e.Split == "layer" {
		return wordsByLayers
	}
	return wordsByTensors
}

func modelOptions(cat *catalog.Catalog) []option {
	out := make([]option, 0, len(cat.Models))
	for i := range cat.Models {
		m := &cat.Models[i]
		out = append(out, option{id: m.ID, title: m.Name, detail: modelDetail(m), badge: string(m.Evidence)})
	}
	return out
}

// priceOptions are the listings of exactly the chosen model; one that is chosen already stays in the list.
func priceOptions(cat *catalog.Catalog, s calc.Scenario) []option {
	cur := figure.CurrencyOf(s)
	var out []option
	for i := range cat.Prices {
		p := &cat.Prices[i]
		if p.Model != s.Text("model") && p.ID != s.Text("api.price") || p.Quota || p.Input <= 0 {
			continue
		}
		o := option{id: p.ID, title: listingName(cat, p), badge: string(p.Evidence),
			detail: fmt.Sprintf("%s in, %s out for a million tokens · as of %s", cur.Price(p.Input), cur.Price(p.Output), ui.Here().Day(p.AsOf))}
		if p.Gone {
			o.problem = wordsWithdrawn
		}
		out = append(out, o)
	}
	return out
}

// listingName names a listing by its provider, and where that one lists the model more than once by the provider's own
// name for it too.
func listingName(cat *catalog.Catalog, p *catalog.Price) string {
	alike := func(x catalog.Price) bool {
		return x.ID != p.ID && x.Provider == p.Provider && x.Model == p.Model && !x.Quota
	}
	if own, found := strings.CutPrefix(p.ID, p.Provider+"/"); found && slices.ContainsFunc(cat.Prices, alike) {
		return p.Provider + ", " + own
	}
	return p.Provider
}

// cardOptions are the devices that are put into a machine, for a second kind beside the first.
func cardOptions(cat *catalog.Catalog) []option {
	var out []option
	for i := range cat.Devices {
		d := &cat.Devices[i]
		if d.WholeMachine || d.Kind == "rack" || d.Kind == "cpu" {
			continue
		}
		out = append(out, option{id: d.ID, title: d.Name, detail: format.Number(d.MemoryGB, 4) + " GB", badge: string(d.Evidence)})
	}
	return out
}

// plainOptions are the rows of the catalogue without the figures of this case, for a short menu.
func plainOptions(p *Page, in *calc.Input) []option {
	if !tabled(in) {
		return refOptions(p, in)
	}
	cat := p.session.CaseCatalogue()
	var out []option
	if in.MayBeEmpty() {
		out = append(out, option{title: emptyTitle(in)})
	}
	for i := range cat.Devices {
		if in.Kind == calc.DeviceRef {
			out = append(out, option{id: cat.Devices[i].ID, title: cat.Devices[i].Name})
		}
	}
	for i := range cat.Precisions {
		if q := &cat.Precisions[i]; in.Kind == calc.PrecisionRef && q.Kind != "raw" {
			out = append(out, option{id: q.ID, title: q.Label})
		}
	}
	return out
}
