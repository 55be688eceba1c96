package calc

import (
	"strings"

	"hostwise/calc/notation"
)

// figureWords are the name and unit of a figure of the assessment.
type figureWords struct {
	label string
	unit  Unit
}

// sectionNames are the parts of the assessment as a list of all its figures heads them.
var sectionNames = map[string]string{
	"schema": "About this assessment", "draws": "About this assessment", "seed": "About this assessment", "catalogue": "About this assessment",
	"break_even": "Break-even", "over_time": "Over time", "mix": "Mixed route", "alternatives": "Other models", "curve": "Cost by volume",
	"sensitivity": "What moves the answer",
}

func sectionWords(key string) string {
	if words, ok := sectionNames[key]; ok {
		return words
	}
	return notation.Capital(strings.ReplaceAll(key, "_", " "))
}

// figureNames are looked up by the whole path first, then by the last key. What is in neither is named after its key.
var figureNames = map[string]figureWords{
	"schema": {"Version of the form", UnitNone}, "draws": {"Draws", UnitNone}, "seed": {"Seed of the draws", UnitNone},
	"newest_price_days": {"Age of the newest API price", UnitDays}, "measured_runs": {"Measured runs of speed in the catalogue", UnitNone},

	"artifact_bytes": {"To download", UnitBytes}, "weights_bytes": {"Weights", UnitBytes}, "kv_bytes": {"Cache", UnitBytes},
	"copies_bytes": {"Copies on other devices", UnitBytes}, "compute_bytes": {"Compute buffers", UnitBytes}, "runtime_bytes": {"Runtime", UnitBytes},
	"total_bytes": {"Memory in all", UnitBytes}, "devices_needed": {"Devices that hold it", UnitDevices}, "servers_needed": {"Servers that hold it", UnitNone},
	"memory.context_tokens": {"Longest request", UnitTokens}, "memory.concurrent_sequences": {"Requests at once", UnitSequences},
	"memory.capacities[].bytes": {"What the devices hold", UnitBytes},

	"devices": {"Devices", UnitDevices}, "replicas": {"Replicas", UnitReplicas}, "servers": {"Servers", UnitNone},
	"tensor_parallel": {"Tensor-parallel ranks", UnitNone}, "pipeline_parallel": {"Pipeline stages", UnitNone},
	"expert_parallel": {"Expert-parallel ranks", UnitNone}, "context_parallel": {"Context-parallel ranks", UnitNone},
	"kv_bytes_per_token":                     {"Cache a token", UnitBytes},
	"deployment.per_device.weights_bytes":    {"Weights on the fullest device", UnitBytes},
	"deployment.per_device.kv_pool_bytes":    {"Cache pool of the fullest device", UnitBytes},
	"deployment.per_device.compute_bytes":    {"Compute buffers of the fullest device", UnitBytes},
	"deployment.per_device.runtime_bytes":    {"Runtime on the fullest device", UnitBytes},
	"deployment.per_device.replicated_bytes": {"Of the fullest device, copies of what others hold", UnitBytes},
	"deployment.per_device.reserve_bytes":    {"Kept free on the fullest device", UnitBytes},
	"deployment.per_device.used_bytes":       {"Used on the fullest device", UnitBytes},
	"deployment.per_device.capacity_bytes":   {"What one device holds", UnitBytes},
	"deployment.overheads[].bytes":           {"Bytes", UnitBytes},
	"deployment.overheads[].range":           {"Range", UnitBytes},
	"deployment.parts[].bytes":               {"Bytes over all devices", UnitBytes}, "deployment.parts[].range": {"Range over all devices", UnitBytes},
	"deployment.device_parts[].bytes": {"Bytes on the fullest device", UnitBytes}, "deployment.device_parts[].range": {"Range on the fullest device", UnitBytes},
	"capacity_bytes":                          {"What the devices hold", UnitBytes},
	"deployment.host_bytes":                   {"In host memory", UnitBytes},
	"deployment.kv_capacity_tokens":           {"Tokens that the cache of one replica holds", UnitTokens},
	"sequences_per_replica":                   {"Requests that one replica takes at once", UnitSequences},
	"throughput.concurrent_sequences":         {"Requests at once of one replica", UnitSequences},
	"output_tokens_per_second":                {"Output of one replica", UnitTokensSec},
	"decode_tokens_per_second":                {"Output without new prompts", UnitTokensSec},
	"prefill_tokens_per_second":               {"Reading of one prompt", UnitTokensSec},
	"tokens_per_second_per_user":              {"Speed for one person", UnitTokensSec},
	"tpot_seconds":                            {"Time a token", UnitSeconds},
	"ttft_seconds":                            {"Time to the first token, no queue", UnitSeconds},
	"calls_per_month_capacity":                {"Calls a month that all replicas take", UnitCalls},
	"concurrency":                             {"Requests at once", UnitSequences},
	"attempts_busiest_hour":                   {"Attempts in the busiest hour", UnitCalls},
	"sequences":                               {"Requests at once in the busiest hour", UnitSequences},
	"spare":                                   {"Spare replicas", UnitReplicas},
	"busy_share":                              {"Busy", UnitShare},
	"headroom_share":                          {"Room left in the busiest hour", UnitShare},
	"full_in_month":                           {"Month in which it is full", UnitMonths},
	"capacity.answer_seconds.p50":             {"Whole answer, half of them within", UnitSeconds},
	"capacity.answer_seconds.p90":             {"Whole answer, nine of ten within", UnitSeconds},
	"capacity.max_ttft_seconds":               {"Longest wait wished for the first token", UnitSeconds},
	"capacity.min_tokens_per_second_per_user": {"Least speed wished for one person", UnitTokensSec},
	"monthly_usd":                             {"Cost of the first month", UnitUSDMonth},
	"usd_per_successful_call":                 {"Cost of a successful call", UnitUSD},
	"usd_per_task":                            {"Cost of a task", UnitUSD},
	"floor_usd_per_month":                     {"Cost of a month before the first call", UnitUSDMonth},
	"usd_per_month":                           {"Cost a month", UnitUSDMonth},
	"unit_usd":                                {"Price of one", UnitUSD},
	"quantity":                                {"Quantity", UnitNone},
	"chance_cheapest":                         {"Chance of being the cheapest", UnitShare},
	"upfront_usd":                             {"Up front", UnitUSD},
	"monthly_cash_usd":                        {"Paid each month", UnitUSDMonth},
	"commitment_months":                       {"Commitment", UnitMonths},
	"horizon_usd":                             {"Cost over the horizon", UnitUSD},
	"npv_usd":                                 {"Present value of the cost over the horizon", UnitUSD},
	"power_kw":                                {"Power", UnitKW},
	"lead_time_weeks":                         {"Lead time", UnitWeeks},
	"routes[].speed.concurrent_sequences":     {"Requests at once of one replica", UnitSequences},
	"score":                                   {"Benchmark result", UnitDataPercent},
	"own_share":                               {"Share of calls on own devices", UnitShare},
	"saving_usd":                              {"Saving against the cheaper pure route", UnitUSDMonth},
	"share_of_hours":                          {"Share of hours", UnitShare},
	"calls_per_hour":                          {"Calls asked for", UnitCallsHour},
	"own_calls_per_hour":                      {"Calls on own devices", UnitCallsHour},
	"curve.calls_per_month":                   {"Volume of the curve", UnitCalls},
	"curve.routes.*":                          {"Cost a month", UnitUSDMonth},
	"curve.bands[].low_usd":                   {"Cost a month, low end", UnitUSDMonth}, "curve.bands[].high_usd": {"Cost a month, high end", UnitUSDMonth},
	"curve.bands[].calls_per_month": {"Volume of the band", UnitCalls},
	"low_usd":                       {"At the low end", UnitUSDMonth},
	"high_usd":                      {"At the high end", UnitUSDMonth},
	"base_usd":                      {"As it is", UnitUSDMonth},
	"low_value":                     {"Low end of the answer", UnitNone},
	"base_value":                    {"The answer", UnitNone},
	"high_value":                    {"High end of the answer", UnitNone},
	"break_even[].calls_per_month":  {"Calls a month at which it crosses", UnitCalls},
	"break_even[].low":              {"Crossing, low end", UnitCalls},
	"break_even[].high":             {"Crossing, high end", UnitCalls},
	"share_reached":                 {"Share of futures that cross", UnitShare},
	"over_time.months":              {"Month", UnitMonths},
	"over_time.routes.*":            {"Spent in all", UnitUSD},
	"over_time.bands[].months":      {"Month of the band", UnitMonths}, "over_time.bands[].low_usd": {"Spent in all, low end", UnitUSD}, "over_time.bands[].high_usd": {"Spent in all, high end", UnitUSD},
	"over_time.payback[].low": {"Month in which it has paid for itself, low end", UnitMonths}, "over_time.payback[].high": {"Month in which it has paid for itself, high end", UnitMonths},
	"over_time.payback[].month": {"Month in which it has paid for itself", UnitMonths},
	"verdict.chance_cheapest":   {"Chance that the verdict's route is the cheapest", UnitShare},
	"verdict.chance_by_kind.*":  {"Chance that this kind is the cheapest", UnitShare},
	"now":                       {"Answer now", UnitNone},
	"at":                        {"Answer at which the verdict changes", UnitNone},
	"age_days":                  {"Age of the fact", UnitDays},
	"parameters":                {"Parameters", UnitNone},
}

// unitEndings are the units that the keys of the assessment carry, longest first.
var unitEndings = []struct {
	ending string
	unit   Unit
}{
	{"tokens_per_second_per_user", UnitTokensSec}, {"tokens_per_second", UnitTokensSec}, {"tokens_per_minute", UnitTokensMin},
	{"usd_per_mtok", UnitUSDPerMTok}, {"usd_per_month", UnitUSDMonth}, {"usd_per_device_hour", UnitUSDHour}, {"usd", UnitUSD}, {"bytes", UnitBytes},
	{"tokens", UnitTokens}, {"seconds", UnitSeconds}, {"share", UnitShare}, {"months", UnitMonths}, {"weeks", UnitWeeks}, {"days", UnitDays},
	{"calls_per_month", UnitCalls}, {"calls_per_hour", UnitCallsHour}, {"calls", UnitCalls}, {"kw", UnitKW},
}

// wordsOf names a figure: by its path, by its key, or from its key.
func wordsOf(at scope) figureWords {
	pattern := strings.TrimSuffix(at.pattern, "[]")
	field := strings.TrimSuffix(at.field, "[]")
	for _, key := range []string{pattern, field} {
		if w, ok := figureNames[key]; ok {
			return w
		}
	}
	w := figureWords{label: notation.Capital(strings.ReplaceAll(field, "_", " "))}
	for _, e := range unitEndings {
		if field == e.ending || strings.HasSuffix(field, "_"+e.ending) {
			w.unit = e.unit
			if rest := strings.TrimSuffix(strings.TrimSuffix(field, e.ending), "_"); rest != "" {
				w.label = notation.Capital(strings.ReplaceAll(rest, "_", " "))
			}
			break
		}
	}
	return w
}
