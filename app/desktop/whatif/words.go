package whatif

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"hostwise/app/figure/format"
	"hostwise/calc"
)

// turnsTo says in a sentence what the verdict turns to.
var turnsTo = map[calc.RouteKind]string{calc.API: "the API", calc.Rent: "renting", calc.Own: "owning", calc.Mixed: "mixed"}

// zeroMeans are the inputs whose 0 says that the program chooses or that there is no limit.
var zeroMeans = map[string]string{
	"rules.upfront_usd_limit": "no limit", "rules.monthly_usd_limit": "no limit", "rules.site_kw_limit": "no limit",
	"rules.needed_within_weeks": "no limit", "api.tokens_per_minute_limit": "no limit",
	"workload.max_ttft_seconds": "no limit", "workload.min_tokens_per_second_per_user": "no limit",
	"deployment.devices": "fewest that fit", "deployment.memory_fraction": "the engine's", "deployment.max_context_tokens": "as asked",
	"deployment.concurrent_sequences": "from demand", "deployment.batch_tokens": "the engine's",
	"deployment.tensor_parallel": "chosen", "deployment.pipeline_parallel": "chosen", "deployment.expert_parallel": "chosen",
	"deployment.context_parallel": "chosen", "api.gateway_markup": "the catalogue's", "api.batch_discount": "the provider's",
}

// quantity writes a number of an input with its unit, to the three digits that a slider can point at: "1.25 M",
// "$3.20", "38 %", "48 months".
func quantity(in *calc.Input, v float64, cur format.Currency) string {
	if words, ok := zeroMeans[in.Path]; ok && v == 0 {
		return words
	}
	if in.Path == "deployment.layers_on_device" && v < 0 {
		return "all that fit"
	}
	switch in.Unit {
	case calc.UnitUSD, calc.UnitUSDMonth:
		return cur.Total(v)
	case calc.UnitUSDPerMTok, calc.UnitUSDHour, calc.UnitUSDPerKWh, calc.UnitUSDKWMonth:
		return cur.Price(format.ThreeDigits(v))
	case calc.UnitShare, calc.UnitSharePerYr, calc.UnitSharePerMon:
		return format.Number(v*100, 3) + " %"
	case calc.UnitCalls, calc.UnitTokens, calc.UnitTokensMin:
		return count(v)
	case calc.UnitFactor:
		return format.Number(v, 3) + " ×"
	case calc.UnitFTE:
		return format.Number(v, 3) + " FTE"
	case calc.UnitMonths, calc.UnitWeeks, calc.UnitSeconds, calc.UnitMinutes, calc.UnitKW, calc.UnitDevices, calc.UnitBits:
		return format.Number(v, 3) + " " + string(in.Unit)
	case calc.UnitHoursWeek:
		return format.Number(v, 3) + " h a week"
	case calc.UnitTokensSec:
		return format.Number(v, 3) + " tokens/s"
	}
	return format.Number(v, 3)
}

// count writes a number of things to three digits: "8,400", "1.25 M".
func count(v float64) string {
	v = format.ThreeDigits(v)
	switch size := math.Abs(v); {
	case size >= 1e9:
		return format.Number(v/1e9, 3) + " B"
	case size >= 1e6:
		return format.Number(v/1e6, 3) + " M"
	case size >= 1e4:
		return format.Number(v/1e3, 3) + " k"
	}
	return format.Number(v, 4)
}

// plural is "1 answer" or "3 answers".
func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// brief names an input in a case's name: "calls", "output price".
func brief(in *calc.Input) string {
	switch in.Path {
	case "workload.calls_per_month":
		return "calls"
	case "api.output_usd_per_mtok":
		return "output price"
	case "api.input_usd_per_mtok":
		return "input price"
	}
	return format.Lowered(in.Label)
}

// at says that an input stands at a value: "2 M calls", "output price $0.90".
func at(in *calc.Input, v float64, cur format.Currency) string {
	if in.Unit == calc.UnitCalls {
		return quantity(in, v, cur) + " " + brief(in)
	}
	return brief(in) + " " + quantity(in, v, cur)
}

// chanceOf writes a chance as a count of a hundred futures: "72 of 100".
func chanceOf(p float64) string {
	switch n := int(math.Round(p * 100)); {
	case n == 0 && p > 0:
		return "under 1 of 100"
	case n == 100 && p < 1:
		return "over 99 of 100"
	default:
		return fmt.Sprintf("%d of 100", n)
	}
}

// routeName is a route's label, also for one that the assessment does not list.
func routeName(a *calc.Assessment, id string) string {
	if a != nil {
		if r := a.Route(id); r != nil {
			return r.Label
		}
	}
	if id == "" {
		return "no route is left"
	}
	return id
}

// movable are the inputs that can be tried: numbers that matter given the other answers.
func movable(s calc.Scenario) []*calc.Input {
	var out []*calc.Input
	for i := range calc.Inputs {
		in := &calc.Inputs[i]
		if (in.Kind == calc.Number || in.Kind == calc.Integer) && in.Step != "" && in.Relevant(s) && !strings.HasPrefix(in.Path, "currency.") {
			out = append(out, in)
		}
	}
	return out
}

// continuous are those that a map and a goal seek can move.
func continuous(s calc.Scenario) []*calc.Input {
	return slices.DeleteFunc(movable(s), func(in *calc.Input) bool { return in.Kind != calc.Number })
}
