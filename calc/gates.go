package calc

import (
	"fmt"
	"slices"
	"strings"

	"hostwise/calc/catalog"
	"hostwise/calc/notation"
)

// staticGates applies the rules that do not depend on what a route costs. A blocked route keeps its figures.
// Source: contract "Gates".
func (w *world) staticGates(r *routeModel) {
	block := func(format string, args ...any) { r.blocked = append(r.blocked, fmt.Sprintf(format, args...)) }
	if !w.s.Bool("rules.data_may_leave_site") && r.kind != Own {
		block("data_may_leave_site: your data may not leave the site")
	}
	if r.weaker {
		block("minimum_model: %s scores below %s", r.model.ShortName, w.minimum.ShortName)
	}
	if r.kind != API && !w.s.Bool("rules.operations_staff") {
		block("operations_staff: nobody is there to run it")
	}
	if r.kind == API {
		w.apiGates(r, block)
		return
	}
	w.deviceGates(r, block)
}

func (w *world) apiGates(r *routeModel, block func(string, ...any)) {
	if r.id == "cloud-endpoint" {
		if !w.cloudOK {
			r.priced = false
			block("no listed price: no cloud lists %s%s", w.model.ShortName, w.listingLimits())
		}
		return
	}
	in, out := w.typedPrice()
	if !w.marketOK && w.named == nil && !(in && out) {
		r.priced = false
		block("no listed price: no provider lists %s%s", w.model.ShortName, w.listingLimits())
	}
	if w.named != nil && !(in && out) {
		w.namedGates(block)
	}
	strict := w.s.Text("rules.compliance") == "strict"
	if strict && r.id == "api-gateway" {
		block("compliance: strict rules leave out gateways")
	}
	if strict && r.id != "api-gateway" && w.named == nil && !(in && out) {
		block("compliance: strict rules need a named provider, and the price is the market's median")
	}
	if r.id == "api-batch" {
		if !w.flexible {
			block("latency_flexible: answers are needed at once")
		}
		if w.s.Likely("api.batch_discount") <= 0 && w.batchShare <= 0 {
			r.unmet = "no batch discount is known for this price: name a provider that grants one, or type the discount"
		}
	}
}

// namedGates checks the listing that the person chose.
func (w *world) namedGates(block func(string, ...any)) {
	if n := w.s.Int("workload.context_tokens"); w.named.Context > 0 && w.named.Context < n {
		block("context_tokens: %s holds %s tokens, %s are needed", w.named.ID, notation.Whole(float64(w.named.Context)), notation.Whole(float64(n)))
	}
	if list := w.s.Value("rules.allowed_providers").Texts; len(list) > 0 && !slices.ContainsFunc(list, func(p string) bool { return strings.EqualFold(p, w.named.Provider) }) {
		block("allowed_providers: %s is not among the providers you allow", w.named.Provider)
	}
	if w.s.Bool("rules.needs_pinned_weights") && !w.named.Pinned {
		block("needs_pinned_weights: %s promises no fixed version", w.named.ID)
	}
	if w.named.Quota {
		block("%s is free or part of a plan: a quota for testing, not a price", w.named.ID)
	}
}

// typedPrice reports whether the person typed the input and the output price.
func (w *world) typedPrice() (in, out bool) {
	_, in = w.typed("api.input_usd_per_mtok")
	_, out = w.typed("api.output_usd_per_mtok")
	return in, out
}

// listingLimits says which rules narrowed the listings.
func (w *world) listingLimits() string {
	text := fmt.Sprintf(" with %s tokens of context", notation.Whole(float64(w.s.Int("workload.context_tokens"))))
	if w.s.Bool("rules.needs_pinned_weights") {
		text += ", at a fixed version"
	}
	if len(w.s.Value("rules.allowed_providers").Texts) > 0 {
		text += ", among the allowed providers"
	}
	if d := w.s.Text("api.price_date"); d != "" {
		text += ", on " + d + ": " + w.listedSpans()
	}
	return text
}

func (w *world) deviceGates(r *routeModel, block func(string, ...any)) {
	context := w.maxContext()
	if context > r.model.Architecture.MaxPosition {
		block("context_tokens: %s reads at most %s tokens", r.model.ShortName, notation.Whole(float64(r.model.Architecture.MaxPosition)))
	}
	if len(r.cands) == 0 {
		block("no set-up of the catalogue holds %s with %s tokens of context at %g bits or more",
			r.model.ShortName, notation.Whole(float64(context)), w.s.Likely("rules.lowest_bits_per_weight"))
		return
	}
	lowest := w.s.Likely("rules.lowest_bits_per_weight")
	for _, c := range r.cands {
		if c.stated && c.bits > 0 && c.bits < lowest {
			block("lowest_bits_per_weight: %s stores %.3g bits a weight, below %g: how good its answers are is a guess",
				c.plan.Precision, c.bits, lowest)
		}
		if c.stated && !c.plan.Supported {
			block("the stated set-up is not known to run: %s", c.plan.Why)
		} else if c.stated && c.plan.Fit == "no" {
			block("context_tokens: the stated set-up does not hold it: %s", c.plan.Why)
		}
	}
	if r.kind == Mixed {
		for _, b := range w.direct.blocked {
			if !slices.Contains(r.blocked, b) { // said already: it bears on both sides
				block("mixed needs the API: %s", b)
			}
		}
	}
}

// costGates applies the four limits, at the likely values of a priced route.
func (w *world) costGates(r *Route) []string {
	var out []string
	over := func(path string, limit float64, v *float64, format string) {
		if limit > 0 && v != nil && *v > limit*(1+1e-12) {
			write := notation.Number
			if isMoney(InputAt(path).Unit) {
				write = w.money.MoneyTo
			}
			is, most := apart(*v, limit, write)
			out = append(out, fmt.Sprintf("%s: "+format, InputAt(path).Label, is, most))
		}
	}
	over("rules.upfront_usd_limit", w.limits.upfront, r.Upfront, "it takes %s up front, the limit is %s")
	if r.Monthly != nil {
		over("rules.monthly_usd_limit", w.limits.monthly, &r.Monthly.Likely, "a month costs %s, the limit is %s")
	}
	if r.Kind == Own || r.Kind == Mixed {
		over("rules.site_kw_limit", w.limits.kw, r.PowerKW, "it draws %s kW, the limit is %s kW")
	}
	if r.LeadTime != nil {
		over("rules.needed_within_weeks", w.limits.weeks, &r.LeadTime.Likely, "it takes %s weeks to arrive, the limit is %s weeks")
	}
	return out
}

// weakest returns the worse of two kinds of evidence: a result is never better than its worst decisive input.
func weakest(a, b catalog.Evidence) catalog.Evidence {
	if evidenceRank(b) > evidenceRank(a) {
		return b
	}
	return a
}

func evidenceRank(e catalog.Evidence) int {
	switch e {
	case catalog.Confirmed:
		return 0
	case catalog.Measured, catalog.Yours:
		return 1
	case catalog.Likely:
		return 2
	case catalog.Speculation:
		return 3
	}
	return 4
}
