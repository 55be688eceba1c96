package help

import (
	"maps"
	"slices"
	"strings"

	"hostwise/app/cli/answers"
	"hostwise/app/desktop/ui"
	"hostwise/calc"
)

// Place is where in the window an answer matters.
type Place struct {
	Page string // as Shell.Go takes it
	At   string // the place in it
	Name string // on the button
}

// The places that answers lead to, by a short name of our own.
var places = map[string]Place{
	"guide":       {ui.PageGuide, "", "Guide"},
	"start":       {ui.PageGuide, "start", "Guide: templates"},
	"inputs":      {ui.PageGuide, "all", "Guide: all inputs"},
	"answer":      {ui.PageResults, "answer", "Results: answer"},
	"whatif":      {ui.PageResults, "whatif", "Results: what if"},
	"sweep":       {ui.PageResults, "whatif/sweep", "Results: sweep"},
	"winmap":      {ui.PageResults, "winmap", "Results: win map"},
	"setups":      {ui.PageResults, "setups", "Results: set-ups"},
	"search":      {ui.PageResults, "setups/search", "Results: cheapest set-ups"},
	"budget":      {ui.PageResults, "setups/budget", "Results: most calls for a budget"},
	"memory":      {ui.PageResults, "memory", "Results: memory"},
	"costs":       {ui.PageResults, "costs", "Results: cost lines"},
	"assumptions": {ui.PageResults, "assumptions", "Results: assumptions"},
	"numbers":     {ui.PageResults, "numbers", "Results: all numbers"},
	"next":        {ui.PageResults, "next", "Results: next steps"},
	"tornado":     {ui.PageResults, "tornado", "Results: what moves the answer"},
	"break-even":  {ui.PageResults, "break-even", "Results: break-even"},
	"over-time":   {ui.PageResults, "over-time", "Results: cost over time"},
	"capacity":    {ui.PageResults, "capacity", "Results: capacity"},
	"quality":     {ui.PageResults, "quality-cost", "Results: quality and cost"},
	"compare":     {ui.PageCompare, "", "Compare"},
	"library":     {ui.PageLibrary, "", "Library"},
	"facts":       {ui.PageFacts, "", "Facts"},
	"prices":      {ui.PageFacts, "prices", "Facts: API prices"},
	"models":      {ui.PageFacts, "models", "Facts: models"},
	"devices":     {ui.PageFacts, "devices", "Facts: devices"},
	"precisions":  {ui.PageFacts, "precisions", "Facts: precisions"},
	"accuracy":    {ui.PageFacts, "accuracy", "Facts: how accurate is this?"},
	"recheck":     {ui.PageFacts, "recheck", "Facts: what to recheck"},
	"servers":     {ui.PageFacts, "hosts", "Facts: servers"},
	"engines":     {ui.PageFacts, "engines", "Facts: engines"},
	"rents":       {ui.PageFacts, "rents", "Facts: rental prices"},
	"claims":      {ui.PageFacts, "claims", "Facts: claims"},
	"sources":     {ui.PageFacts, "sources", "Facts: sources"},
	"speed":       {ui.PageFacts, "measured", "Facts: measured speed"},
	"loads":       {ui.PageFacts, "memory", "Facts: measured memory"},
	"yours":       {ui.PageFacts, "yours", "Facts: your figures"},
	"old":         {ui.PageFacts, "stale", "Facts: old prices"},
	"settings":    {ui.PageSettings, "", "Settings"},
}

// byEntry names the place of an answer, by its id: the name of a place or an input's path.
var byEntry = map[string]string{
	"questions/parameters": "model", "questions/active-memory": "memory", "questions/how-much-memory": "memory",
	"questions/70b-full": "model", "questions/laptop": "search", "questions/trust-tables": "accuracy",
	"questions/which-precision": "deployment.precision", "questions/when-own": "break-even", "questions/easiest": "answer",
	"questions/host-memory": "deployment.experts_in_host_memory", "questions/rtx4090": "search",
	"questions/how-many-gpus": "search", "questions/only-active-experts": "memory", "questions/mac": "search",
	"questions/cpu-only": "search", "questions/api-price": "prices", "questions/cheapest-provider": "prices",
	"questions/cloud-price": "costs", "questions/own-or-api": "winmap", "questions/monthly-bill": "costs",
	"questions/context-memory": "memory", "questions/context-exceeded": "workload.context_tokens",
	"questions/dynamic-quants": "precisions", "questions/which-distill": "quality", "questions/distill-or-full": "quality",
	"questions/slow": "setups", "questions/concurrent-users": "capacity", "questions/electricity": "finance.electricity_usd_per_kwh",
	"questions/privacy": "rules.data_may_leave_site", "questions/licence": "models", "questions/monitoring": "next",
	"questions/trace-cost": "next", "questions/ready-to-scale": "next", "questions/estimate-high": "accuracy",
	"questions/accuracy": "accuracy", "questions/bedrock-batch": "api.batch_share", "questions/cache-price": "workload.cached_input_share",
	"questions/newer-model": "answer", "questions/two-servers": "deployment.devices", "questions/download": "memory",
	"questions/distill-memory": "memory", "questions/buy-or-rent": "over-time", "questions/seven-day-sample": "workload.token_shape_known",
	"questions/spend-cap": "next", "questions/best-model": "quality", "questions/how-export": "answer", "questions/how-compare": "compare",
	"questions/how-range": "workload.calls_per_month", "questions/how-own-price": "prices", "questions/how-currency": "currency.code",
	"questions/how-saved": "settings", "questions/reduce-api-cost": "costs", "questions/mixed-route": "winmap",
	"questions/kv-quant": "deployment.kv_precision", "questions/lead-time": "rules.needed_within_weeks",
	"questions/price-changed": "recheck", "questions/space-cooling": "finance.pue",
	"questions/deepseek-own-throughput": "accuracy", "questions/npv": "over-time", "questions/capex-opex": "costs",
	"questions/confidence": "answer", "questions/insurance": "costs", "questions/vendor-lock": "answer",

	"intents/deepseek r1 671b requirements": "search", "intents/deepseek r1 671b requirements pricing": "costs",
	"intents/deepseek r1 671b requirements alternative": "compare", "intents/deepseek r1 vram": "memory",
	"intents/deepseek r1 self host cost": "costs", "intents/deepseek r1 gpu": "search", "intents/deepseek r1 local": "search",
	"intents/deepseek r1 api price": "prices", "intents/deepseek r1 tokens per second": "setups",
	"intents/deepseek r1 break even": "break-even", "intents/deepseek r1 hardware": "search", "intents/deepseek r1 tco": "over-time",

	"glossary/scenario": "inputs", "glossary/case": "library", "glossary/assessment": "numbers", "glossary/route": "costs",
	"glossary/deployment": "setups", "glossary/device": "devices", "glossary/precision": "precisions", "glossary/flip": "answer",
	"glossary/gate": "costs", "glossary/evidence": "assumptions", "glossary/context": "workload.context_tokens",
	"glossary/reasoning tokens": "workload.reasoning_tokens_per_call", "glossary/KV cache": "memory", "glossary/latent attention": "memory",
	"glossary/replica": "setups", "glossary/offload": "deployment.experts_in_host_memory", "glossary/prefill": "setups",
	"glossary/decode": "setups", "glossary/time to first token": "setups", "glossary/time per output token": "setups",
	"glossary/throughput": "setups", "glossary/speculative decoding": "deployment.speculative_tokens",
	"glossary/batch service": "api.batch_share", "glossary/cached input": "workload.cached_input_share",
	"glossary/gateway": "api.gateway_markup", "glossary/pinned weights": "rules.needs_pinned_weights",
	"glossary/retry rate": "workload.retry_rate", "glossary/utilisation": "finance.utilisation_cap",
	"glossary/peak to average": "workload.peak_to_average", "glossary/break-even": "break-even",
	"glossary/total cost of ownership": "over-time", "glossary/capital recovery": "costs",
	"glossary/residual value": "finance.residual_share", "glossary/PUE": "finance.pue", "glossary/colocation": "finance.site",
	"glossary/range": "whatif", "glossary/tornado": "tornado", "glossary/win map": "winmap", "glossary/FP8": "precisions",
	"glossary/NVFP4": "precisions", "glossary/GGUF": "precisions", "glossary/extrapolated": "accuracy",
	"glossary/tensor parallel": "deployment.tensor_parallel", "glossary/pipeline parallel": "deployment.pipeline_parallel",
	"glossary/expert parallel": "deployment.expert_parallel", "glossary/attention data parallel": "deployment.data_parallel_attention",

	"caveats/quantisation": "quality", "caveats/context": "memory", "caveats/offload": "deployment.experts_in_host_memory",
	"caveats/tensor-parallel": "memory", "caveats/engine": "deployment.engine", "caveats/batch": "setups",
}

// byTable names the place of whatever else a table holds.
var byTable = map[string]string{
	"names": "model", "monitoring": "next", "workload-advice": "start", "volume-readings": "start", "decision-rules": "answer",
	"serving-options": "costs", "cost-components": "costs", "batch-discounts": "api.batch_discount", "gateway-fees": "api.gateway_markup",
}

// byTopic names the place of a claim on a page, by what it is about.
var byTopic = map[string]string{
	"results memory": "memory", "guide model": "model", "results cost": "costs", "guide names": "model", "results names": "answer",
	"results decision": "answer", "guide decision": "start", "guide serving": "deployment.engine", "results serving": "setups",
	"facts truth": "accuracy", "results prices": "costs", "facts prices": "prices", "facts cost": "recheck", "results operations": "next",
}

// factTables are the tables of answers whose rows the Facts page shows under the same id.
var factTables = map[string]bool{
	"models": true, "precisions": true, "devices": true, "hosts": true, "engines": true, "prices": true, "sources": true,
}

// Places returns every place that answers lead to, by name.
func Places() []Place {
	out := slices.Collect(maps.Values(places))
	slices.SortFunc(out, func(a, b Place) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// PlaceOf returns where an answer matters; ok is false where that is nowhere in particular.
func PlaceOf(e answers.Entry) (p Place, ok bool) {
	table, row, _ := strings.Cut(e.ID, "/")
	if factTables[table] {
		return Place{ui.PageFacts, e.ID, "Facts: this row"}, true
	}
	name := byEntry[e.ID]
	switch {
	case name != "":
	case table == "inputs":
		name = row
	case table == "claims" && len(e.Keywords) > 0:
		name = byTopic[e.Page+" "+e.Keywords[0]]
	default:
		name = byTable[table]
	}
	if name == "" {
		name = e.Page
	}
	if in := calc.LookupInput(name); in != nil {
		return Place{ui.PageGuide, in.Path, "Guide: " + in.Label}, true
	}
	p, ok = places[name]
	return p, ok
}
