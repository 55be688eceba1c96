// Package advice holds the article's rules as they are written, and the ordering of models that decides which
// one is good enough.
//
// It promises that PickRoute is the article's function to the letter and that Weaker rests on cited benchmarks
// only. It makes no sentence of its own about a case: the assessment does, from figures.
package advice

import "hostwise/calc/catalog"

// The five answers of the article's rule of thumb.
const (
	OfficialFree = "official_free_or_low_cost_route"
	DirectVendor = "direct_vendor_or_cloud_marketplace"
	BatchOrAsync = "batch_or_async_route"
	Gateway      = "gateway_with_budget_caps"
	DirectAPI    = "direct_api_with_monitoring"
)

// PickRoute is the article's rule of thumb, exactly. Traffic is calls a month.
// Source: TokenMix Research Lab, 2026-06-08, section "Decision Matrix".
func PickRoute(stage string, traffic float64, compliance string, latencyFlexible bool) string {
	switch {
	case stage == "prototype" && traffic < 1000:
		return OfficialFree
	case compliance == "strict":
		return DirectVendor
	case latencyFlexible && traffic > 100000:
		return BatchOrAsync
	case traffic > 10000:
		return Gateway
	}
	return DirectAPI
}

// RuleWords says a rule's answer as a person would.
func RuleWords(rule string) string {
	switch rule {
	case OfficialFree:
		return "use an official free or low-cost route"
	case DirectVendor:
		return "buy from the vendor directly or through a cloud marketplace"
	case BatchOrAsync:
		return "use a batch or asynchronous route"
	case Gateway:
		return "use a gateway with budget caps"
	}
	return "call an API directly, with monitoring"
}

// RuleKinds lists the route ids that follow the rule's answer, or a prefix of them.
func RuleKinds(rule string) []string {
	switch rule {
	case OfficialFree:
		return []string{"api-direct"}
	case DirectVendor:
		return []string{"api-direct", "cloud-endpoint"}
	case BatchOrAsync:
		return []string{"api-batch"}
	case Gateway:
		return []string{"api-gateway"}
	}
	return []string{"api-direct"}
}

// OperationalReading is what the article reads off a month's calls: the row whose volume is nearest from above.
// Source: the same article, section "Cost Per Task Calculator".
func OperationalReading(calls float64) string {
	switch {
	case calls < 10_000:
		return "Prototype"
	case calls < 100_000:
		return "Small app"
	case calls < 1_000_000:
		return "Production workload"
	}
	return "Procurement problem"
}

// Weaker reports whether model a is weaker than b: it loses more of the benchmarks that both cite than it wins.
func Weaker(a, b *catalog.Model) bool {
	lost, won := 0, 0
	for id, x := range a.Quality {
		y, both := b.Quality[id]
		switch {
		case !both || x == y:
		case x < y:
			lost++
		default:
			won++
		}
	}
	return lost > won
}
