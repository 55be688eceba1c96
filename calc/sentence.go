package calc

import "hostwise/calc/notation"

// A subject is how a sentence names an input that rises or falls.
type subject struct {
	words  string
	plural bool
}

// subjects are the inputs whose label does not read well inside a sentence.
var subjects = map[string]subject{
	"workload.calls_per_month":                {"calls", true},
	"workload.input_tokens_per_call":          {"the length of a question", false},
	"workload.output_tokens_per_call":         {"the length of an answer", false},
	"workload.reasoning_tokens_per_call":      {"thinking", false},
	"workload.cached_input_share":             {"the share of repeated input", false},
	"workload.retry_rate":                     {"retries", true},
	"workload.fallback_rate":                  {"the share answered by the fallback", false},
	"workload.peak_to_average":                {"the ratio of the busiest to the average hour", false},
	"workload.max_ttft_seconds":               {"the wait allowed for the first word", false},
	"workload.min_tokens_per_second_per_user": {"the speed wanted for one user", false},
	"workload.review_minutes_per_call":        {"review time for a call", false},
	"workload.review_usd_per_hour":            {"the cost of a reviewer", false},
	"api.input_usd_per_mtok":                  {"the API's input price", false},
	"api.cached_input_usd_per_mtok":           {"the API's price of repeated input", false},
	"api.output_usd_per_mtok":                 {"the API's output price", false},
	"api.peak_hours_share":                    {"the share of calls in dear hours", false},
	"api.peak_multiplier":                     {"the factor of dear hours", false},
	"api.batch_share":                         {"the share of calls in batches", false},
	"api.batch_discount":                      {"the batch discount", false},
	"api.gateway_markup":                      {"the gateway's markup", false},
	"api.platform_usd_per_month":              {"the platform fee", false},
	"api.logging_usd_per_month":               {"the cost of logging", false},
	"api.staff_fte":                           {"people for the API", true},
	"finance.rent_usd_per_device_hour":        {"the rent for a card", false},
	"finance.rent_hours_per_week":             {"the hours rented a week", true},
	"finance.storage_usd_per_month":           {"the cost of storage", false},
	"finance.egress_usd_per_month":            {"the cost of data traffic", false},
	"finance.server_usd":                      {"the price of a server", false},
	"finance.install_share":                   {"the cost of installation", false},
	"finance.network_share":                   {"the cost of the network", false},
	"finance.residual_share":                  {"the resale value", false},
	"finance.cost_of_capital_per_year":        {"the cost of capital", false},
	"finance.maintenance_share_per_year":      {"maintenance", false},
	"finance.electricity_usd_per_kwh":         {"the price of electricity", false},
	"finance.pue":                             {"the cooling factor", false},
	"finance.server_kw":                       {"the power of a server", false},
	"finance.power_load_share":                {"the mean load", false},
	"finance.space_usd_per_kw_month":          {"the colocation price", false},
	"finance.staff_fte":                       {"people for servers", true},
	"finance.staff_fte_per_extra_server":      {"people for each further server", true},
	"finance.staff_usd_per_month":             {"pay", false},
	"finance.implementation_usd":              {"the cost of the project", false},
	"finance.utilisation_cap":                 {"the share of capacity to be used", false},
	"mixed.base_share":                        {"the share of calls on own devices", false},
}

// subjectOf names a dimension inside a sentence, and says whether the name is a plural.
func subjectOf(d *dimension) (words string, plural bool) {
	if s, ok := subjects[d.path]; ok {
		return s.words, s.plural
	}
	return notation.Lowered(d.label), false
}

// factDigits are the significant digits of what the person typed or the catalogue holds, in a sentence.
const factDigits = 3

// quantity writes a value of a dimension in its unit, to so many significant digits.
func (w *world) quantity(d *dimension, v float64, digits int) string {
	number, unit := w.quantityIn(d, v, digits)
	return number + unit
}

// quantityIn writes a value of a dimension to so many significant digits and, apart from it, the words of its unit.
func (w *world) quantityIn(d *dimension, v float64, digits int) (number, unit string) {
	switch d.unit {
	case UnitShare, UnitSharePerMon, UnitSharePerYr:
		number = notation.Number(v*100, digits) + " %"
	case UnitUSD, UnitUSDMonth:
		number = w.money.MoneyTo(v, digits)
	case UnitUSDPerMTok, UnitUSDHour, UnitUSDPerKWh, UnitUSDKWMonth:
		number = w.money.PriceTo(v, digits)
	default:
		number = notation.CountTo(v, digits)
	}
	if d.path == "workload.calls_per_month" {
		return number, " a month"
	}
	return number, sentenceUnits[d.unit]
}

// sentenceUnits are what stands behind a number in a sentence.
var sentenceUnits = map[Unit]string{
	UnitSharePerMon: " a month", UnitSharePerYr: " a year", UnitUSDMonth: " a month",
	UnitUSDPerMTok: " a million tokens", UnitUSDHour: " an hour", UnitUSDPerKWh: " a kWh", UnitUSDKWMonth: " a kW and month",
	UnitSeconds: " s", UnitTokens: " tokens", UnitTokensSec: " tokens a second", UnitMinutes: " minutes", UnitKW: " kW",
	UnitFTE: " full-time posts",
}
