package calc

import (
	"fmt"
	"slices"
	"strings"

	"hostwise/calc/catalog"
)

// Quota is a listing of the scenario's model that is free or part of a plan: capacity to test with, never a price, so
// no route is billed at it.
type Quota struct {
	ID       string           `json:"id"` // of the listing
	Provider string           `json:"provider"`
	Model    string           `json:"model"` // as listed
	What     string           `json:"what"`
	Limits   string           `json:"limits"` // as far as they are listed
	Source   string           `json:"source"`
	AsOf     string           `json:"as_of"`
	Evidence catalog.Evidence `json:"evidence"`
}

// quotas lists the free and plan-included listings of the scenario's model, by provider.
func (w *world) quotas() []Quota {
	out := []Quota{}
	for i := range w.cat.Prices {
		p := &w.cat.Prices[i]
		if !p.Quota || p.Gone || p.Model != w.model.ID {
			continue
		}
		out = append(out, Quota{ID: p.ID, Provider: p.Provider, Model: p.ModelLabel,
			What:   "listed at no charge, free or as part of a plan: capacity for a test, not a price",
			Limits: quotaLimits(p, w.s.Int("workload.context_tokens")), Source: p.Source, AsOf: p.AsOf, Evidence: p.Evidence})
	}
	slices.SortStableFunc(out, func(a, b Quota) int { return strings.Compare(a.Provider, b.Provider) })
	return out
}

// quotaLimits says what a listing allows in one request. How many requests it allows is listed nowhere.
func quotaLimits(p *catalog.Price, context int) string {
	var parts []string
	if p.Context > 0 {
		text := grouped(float64(p.Context)) + " tokens a request"
		if p.Context < context {
			text += ", fewer than your longest"
		}
		parts = append(parts, text)
	}
	if p.MaxOutput > 0 {
		parts = append(parts, grouped(float64(p.MaxOutput))+" of them output")
	}
	if len(parts) == 0 {
		return "none are listed: ask how many requests a day it allows"
	}
	return strings.Join(parts, ", ") + "; how many requests a day is not listed"
}

// warnAboutHosts says where an open API route stands on one provider alone.
func (w *world) warnAboutHosts(res *Assessment) {
	open := func(ids ...string) bool {
		return slices.ContainsFunc(ids, func(id string) bool { r := res.Route(id); return r.Monthly != nil && r.Feasible })
	}
	if w.s.Text("api.price_date") != "" {
		return // what a day in the past had is no advice for today
	}
	in, out := w.typedPrice()
	if open("api-direct", "api-gateway", "api-batch", "mixed") && !(in && out) {
		switch {
		case w.named != nil && w.named.ProviderKind != "first-party":
			w.warn("The API routes depend on %s alone: if it drops %s, nothing else is priced here. Hosts drop models; name a fallback.", w.named.Provider, w.model.ShortName)
		case w.named == nil && w.market.Listings == 1:
			w.warn("Only %s lists %s as you need it: if it drops the model, no API route has a price. Hosts drop models; name a fallback.", w.market.Providers[0], w.model.ShortName)
		}
	}
	if open("cloud-endpoint") && w.cloud.Listings == 1 {
		w.warn("Only %s lists %s as a cloud endpoint: if it drops the model, that route has no price.", w.cloud.Providers[0], w.model.ShortName)
	}
}

// listedSpans says between which days the catalogue has prices of the scenario's model, as far as the rules allow
// them: a day outside them has no price, which is not a price of zero.
func (w *world) listedSpans() string {
	filter := w.s.marketFilter()
	day := filter.On.Format("2006-01-02")
	before, after := "", ""
	for _, p := range slices.Concat(w.cat.PriceHistory, w.cat.Prices) {
		from := p.ValidFrom
		if from == "" {
			from = p.AsOf
		}
		filter.On = catalog.Fact{AsOf: from}.Date()
		if !filter.Counts(&p, w.model.ID) || p.TimeBand != "" {
			continue
		}
		if p.ValidTo != "" && p.ValidTo < day && p.ValidTo > before {
			before = p.ValidTo
		}
		if from > day && (after == "" || from < after) {
			after = from
		}
	}
	switch {
	case before != "" && after != "":
		return fmt.Sprintf("the last listing before ended on %s, the next is of %s", before, after)
	case before != "":
		return "the last listing ended on " + before
	case after != "":
		return "the first listing is of " + after
	}
	return "no day has a listing"
}
