package calc

import (
	"strings"

	"hostwise/calc/catalog"
)

// SuggestedName is a name for a case from what tells it from others: what it is for, the model, and how much work it is,
// such as "Production with R1 671B, 500 k calls a month". It is the same for the same answers.
func SuggestedName(cat *catalog.Catalog, s Scenario) string {
	var b strings.Builder
	stage := s.Text("workload.stage")
	for _, o := range InputAt("workload.stage").Choices {
		if o.ID == stage {
			b.WriteString(o.Label)
		}
	}
	if name := NameOf(cat, ModelRef, s.Text("model")); name != "" {
		b.WriteString(" with " + name)
	}
	return b.String() + ", " + callsText(s.Likely("workload.calls_per_month")) + " a month"
}
