package calc

import "slices"

// Template is a ready scenario to start from.
type Template struct {
	Name        string // as “hostwise template” knows it
	Label       string
	Description string
	answers     []answer
}

// answer is one answer of a template.
type answer struct {
	path  string
	value Value
}

// Scenario returns the template's answers as a scenario with the template's label for its name.
func (t Template) Scenario() Scenario {
	s := Scenario{}.With("name", Str(t.Label))
	for _, a := range t.answers {
		s = s.With(a.path, a.value)
	}
	return s
}

// TemplateNamed returns the template with this name.
func TemplateNamed(name string) (Template, bool) {
	i := slices.IndexFunc(Templates, func(t Template) bool { return t.Name == name })
	if i < 0 {
		return Template{}, false
	}
	return Templates[i], true
}

// NearestTemplate returns the template name closest to what was typed, "" where none is close.
func NearestTemplate(typed string) string {
	var spellings []spelling
	for _, t := range Templates {
		spellings = append(spellings, spelling{t.Name, t.Name}, spelling{t.Name, t.Label})
	}
	return nearest(typed, spellings)
}

// Templates are the ready scenarios, in the order in which they are offered: the article's five workloads, then the four
// rows of its volume table (TokenMix Research Lab, 2026-06-08).
var Templates = []Template{
	{
		Name: "weekend-experiment", Label: "Weekend experiment",
		Description: "One person trying a small distill on a card they own, a few hundred calls.",
		answers: append(workload(300, 1000, 500, "prototype"),
			answer{"workload.latency_flexible", Yes},
			answer{"rules.compliance", Str("none")},
			answer{"rules.data_may_leave_site", Yes},
			answer{"rules.minimum_model", Str("r1-distill-qwen-7b")},
			answer{"model", Str("r1-distill-qwen-14b")},
			answer{"api.staff_fte", Num(0)},
			// A card that is already there has to be one: a desktop card that holds this distill in 4 bits.
			answer{"deployment.engine", Str("llama.cpp")},
			answer{"deployment.precision", Str("gguf-q4_k_m")},
			answer{"deployment.device", Str("rtx4090")},
			answer{"finance.devices_already_owned", Num(1)},
			answer{"finance.staff_fte", Num(0)},
			answer{"finance.staff_fte_per_extra_server", Num(0)},
		),
	},
	{
		Name: "private-rag-prototype", Label: "Private RAG prototype",
		Description: "Answers from your own documents for a first team, under a normal data contract.",
		answers: append(workload(10000, 4000, 600, "prototype"),
			answer{"workload.latency_flexible", No},
			answer{"rules.compliance", Str("standard")},
			answer{"rules.data_may_leave_site", Yes},
			answer{"model", Str("r1-distill-qwen-32b")},
		),
	},
	{
		Name: "research-lab", Label: "Research lab",
		Description: "Long reasoning runs that others must be able to repeat, in a queue, on the full model.",
		answers: append(workload(200000, 2000, 2000, "pilot"),
			answer{"workload.latency_flexible", Yes},
			answer{"rules.compliance", Str("none")},
			answer{"rules.data_may_leave_site", Yes},
			answer{"rules.needs_pinned_weights", Yes},
			answer{"model", Str("deepseek-r1")},
		),
	},
	{
		Name: "enterprise-private-inference", Label: "Enterprise private inference",
		Description: "A company-wide service under strict rules, with a spare set of machines.",
		answers: append(workload(1000000, 3000, 800, "production"),
			answer{"workload.latency_flexible", No},
			answer{"rules.compliance", Str("strict")},
			answer{"rules.data_may_leave_site", Yes},
			answer{"rules.spare_replicas", Num(1)},
			answer{"model", Str("deepseek-r1")},
		),
	},
	{
		Name: "saas-app", Label: "SaaS app",
		Description: "A product with paying users, under a normal data contract.",
		answers: append(workload(500000, 2000, 500, "production"),
			answer{"workload.latency_flexible", No},
			answer{"rules.compliance", Str("standard")},
			answer{"rules.data_may_leave_site", Yes},
			answer{"model", Str("deepseek-r1")},
		),
	},
	volume("volume-1k", "1,000 calls a month", "The article's prototype: 1 million tokens in, 0.3 million out.", 1000, 1000, 300, "prototype"),
	volume("volume-10k", "10,000 calls a month", "The article's small app: 20 million tokens in, 6 million out.", 10000, 2000, 600, "pilot"),
	volume("volume-100k", "100,000 calls a month", "The article's production workload: 400 million tokens in, 100 million out.", 100000, 4000, 1000, "production"),
	volume("volume-1m", "1,000,000 calls a month", "The article's procurement problem: 2 billion tokens in, 500 million out.", 1000000, 2000, 500, "production"),
}

// workload is the part that every template states: calls a month, tokens in and out of a call, thinking left to the
// catalogue, and the stage.
func workload(calls, input, output float64, stage string) []answer {
	return []answer{
		{"workload.stage", Str(stage)},
		{"workload.calls_per_month", Num(calls)},
		{"workload.input_tokens_per_call", Num(input)},
		{"workload.output_tokens_per_call", Num(output)},
		{"workload.reasoning_tokens_per_call", Null},
	}
}

// volume is a row of the article's volume table: its token counts hold the thinking, and it counts no retries.
func volume(name, label, description string, calls, input, output float64, stage string) Template {
	return Template{
		Name: name, Label: label, Description: description,
		answers: append(workload(calls, input, output, stage),
			answer{"workload.reasoning_tokens_per_call", Num(0)},
			answer{"workload.retry_rate", Num(0)},
		),
	}
}
