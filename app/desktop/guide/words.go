package guide

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"hostwise/app/figure/format"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

// kindNames are the kinds of route as they stand beside a swatch, and kindOrder their order side by side.
var (
	kindNames = map[calc.RouteKind]string{calc.API: "API", calc.Rent: "Rent", calc.Own: "Own", calc.Mixed: "Mixed"}
	kindOrder = []calc.RouteKind{calc.API, calc.Rent, calc.Own, calc.Mixed}
)

// unitWords stand inside the field, after the number.
var unitWords = map[calc.Unit]string{
	calc.UnitCalls: "calls", calc.UnitTokens: "tokens", calc.UnitUSDMonth: "a month", calc.UnitUSDPerMTok: "a million tokens",
	calc.UnitUSDHour: "an hour", calc.UnitUSDPerKWh: "a kWh", calc.UnitUSDKWMonth: "a kW and month", calc.UnitSeconds: "seconds",
	calc.UnitMinutes: "minutes", calc.UnitMonths: "months", calc.UnitWeeks: "weeks", calc.UnitHoursWeek: "hours a week",
	calc.UnitTokensSec: "tokens a second", calc.UnitTokensMin: "tokens a minute", calc.UnitKW: "kW", calc.UnitFTE: "people",
	calc.UnitBits: "bits", calc.UnitDevices: "devices", calc.UnitReplicas: "sets", calc.UnitSequences: "requests",
	calc.UnitLayers: "layers", calc.UnitSharePerMon: "a month", calc.UnitSharePerYr: "a year",
}

// estimate writes a number of an input's unit with the digits that an estimate carries: "2.2 M", "$5.92", "38 %".
func estimate(in *calc.Input, v float64, cur format.Currency) string {
	switch in.Unit {
	case calc.UnitUSD, calc.UnitUSDMonth:
		return cur.Money(v)
	case calc.UnitUSDPerMTok, calc.UnitUSDHour, calc.UnitUSDPerKWh, calc.UnitUSDKWMonth:
		return cur.Price(threeDigits(v))
	case calc.UnitShare, calc.UnitSharePerYr, calc.UnitSharePerMon:
		return format.Share(v)
	case calc.UnitCalls, calc.UnitTokens, calc.UnitTokensMin:
		return format.Count(v)
	case calc.UnitFactor:
		return format.Number(v, 2) + " ×"
	case calc.UnitKW:
		return format.Number(v, 2) + " kW"
	case calc.UnitFTE, calc.UnitNone:
		return format.Number(v, 3)
	}
	return format.Number(v, 3)
}

// threeDigits cuts a price that was found by search.
func threeDigits(v float64) float64 {
	var r float64
	if _, err := fmt.Sscanf(fmt.Sprintf("%.2e", v), "%g", &r); err != nil {
		return v
	}
	return r
}

// zeroMeans are the inputs whose 0 says that the program chooses or that there is no limit.
var zeroMeans = map[string]string{
	"rules.upfront_usd_limit": "no limit", "rules.monthly_usd_limit": "no limit", "rules.site_kw_limit": "no limit",
	"rules.needed_within_weeks": "no limit", "api.tokens_per_minute_limit": "no limit",
	"deployment.devices": "fewest", "deployment.memory_fraction": "engine's", "deployment.max_context_tokens": "as asked",
	"deployment.concurrent_sequences": "from demand", "deployment.batch_tokens": "engine's", "deployment.tensor_parallel": "chosen",
	"deployment.pipeline_parallel": "chosen", "deployment.expert_parallel": "chosen", "deployment.context_parallel": "chosen",
	"api.gateway_markup": "catalogue", "api.batch_discount": "provider's", "workload.max_ttft_seconds": "no limit",
	"workload.min_tokens_per_second_per_user": "no limit",
}

// emptyMeans are the inputs whose empty answer leaves the choice to the program or asks for nothing.
var emptyMeans = map[string]string{
	"api.price": "market median", "api.fallback_price": "none", "rules.minimum_model": "this model", "deployment.engine": "cheapest",
	"deployment.precision": "cheapest", "deployment.host": "chosen", "deployment.second_device": "none", "deployment.engine_version": "newest", "api.price_date": "newest",
	"rules.allowed_providers": "all", "workload.weekly_shape": "none", "tags": "none", "notes": "none", "name": "none", "currency.as_of": "none",
}

// shortAnswer writes the answer in force for a list. As long as no part of the set-up is stated, the program
// chooses all of it, whatever the defaults say.
func (p *Page) shortAnswer(in *calc.Input) string {
	s := p.session.Scenario()
	if in.Step == calc.StepHardware && in.Path != "deployment.second_device" && !setupStated(s, "") {
		switch in.Kind {
		case calc.DeviceRef, calc.EngineRef, calc.PrecisionRef, calc.HostRef:
			return "chosen"
		}
	}
	return short(in, s.Value(in.Path), p.session.Catalogue(), currencyOf(s))
}

// short writes an answer for a list, in a few characters.
func short(in *calc.Input, v calc.Value, cat *catalog.Catalog, cur format.Currency) string {
	switch {
	case v.Null:
		return "catalogue"
	case in.Kind == calc.Number || in.Kind == calc.Integer:
		if words, ok := zeroMeans[in.Path]; ok && v.Number.Likely == 0 {
			return words
		}
		if in.Path == "deployment.layers_on_device" && v.Number.Likely < 0 {
			return "all"
		}
		return estimate(in, v.Number.Likely, cur)
	case in.Kind == calc.Bool:
		return strings.ToLower(calc.FormatEntry(in, v))
	case in.Kind == calc.Choice:
		return strings.ToLower(calc.FormatEntry(in, v))
	case in.Kind == calc.Strings && len(v.Texts) > 0:
		return strings.Join(v.Texts, ", ")
	case in.Kind == calc.Shape && len(v.Numbers) > 0:
		return fmt.Sprintf("%d hours", len(v.Numbers))
	case v.Text == "" || in.Kind == calc.Strings || in.Kind == calc.Shape:
		return emptyMeans[in.Path]
	}
	return refName(in, v.Text, cat)
}

// refName is the catalogue's name of an id.
func refName(in *calc.Input, id string, cat *catalog.Catalog) string {
	if name := calc.NameOf(cat, in.Kind, id); name != "" {
		return name
	}
	return id
}

// currencyOf is the case's currency as figures write it.
func currencyOf(s calc.Scenario) format.Currency {
	return format.Currency{Code: s.Text("currency.code"), PerUSD: s.Likely("currency.per_usd")}
}

// sentence writes words with a capital and a full stop.
func sentence(words string) string {
	if words == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(words)
	words = string(unicode.ToUpper(first)) + words[size:]
	if !strings.ContainsAny(words[len(words)-1:], ".!?") {
		words += "."
	}
	return words
}

// evidenceMeaning says what each word of evidence promises.
var evidenceMeaning = map[catalog.Evidence]string{
	catalog.Confirmed:   "Confirmed: the source itself was read and says so.",
	catalog.Likely:      "Likely: a published source or a sound rule stands behind it, but it was not measured here.",
	catalog.Speculation: "Speculation: no published source stands behind it. Give your own number where you can.",
	catalog.False:       "False: later facts speak against it.",
	catalog.Measured:    "Measured: it was read from a run.",
	catalog.Yours:       "Yours: you gave it.",
}

// lowerLabel writes a label inside a sentence; names such as API keep their capitals.
func lowerLabel(label string) string {
	if len(label) > 1 && label[1] >= 'A' && label[1] <= 'Z' {
		return label
	}
	return strings.ToLower(label[:1]) + label[1:]
}

func countOf(n int) string { return format.Whole(float64(n)) }

// unitAfter finds a number with its unit, which a line must not part.
var unitAfter = regexp.MustCompile(`(\d) (k|M|B|GB|TB|%|×)([\s.,;:)]|$)`)

// held keeps every number on one line with its unit.
func held(words string) string { return unitAfter.ReplaceAllString(words, "$1\u00a0$2$3") }

// winnerName names what wins in a word: its kind, or its route where another route of the same kind wins now.
func winnerName(route string, kind, now calc.RouteKind) string {
	if kind == now {
		switch route {
		case "api-direct":
			return "API direct"
		case "api-gateway":
			return "Gateway"
		case "api-batch":
			return "API batch"
		case "cloud-endpoint":
			return "Cloud"
		}
	}
	return kindNames[kind]
}
