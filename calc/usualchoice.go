package calc

import (
	"fmt"

	"hostwise/calc/catalog"
	"hostwise/calc/notation"
)

// UsualChoice is what the article recommends for work like this case's, beside what the verdict comes to.
type UsualChoice struct {
	Workload string           `json:"workload"` // "Research lab"
	FullR1   string           `json:"full_r1"`  // whether to run the full model: "no", "usually no", "maybe"
	Default  string           `json:"default"`  // the better default
	Why      string           `json:"why"`
	Agrees   bool             `json:"agrees"`
	Because  string           `json:"because"` // where the two differ, why; else ""
	Evidence catalog.Evidence `json:"evidence"`
	Source   string           `json:"source"`
	AsOf     string           `json:"as_of"`
}

// fewCalls is the volume up to which a prototype is an experiment of one person.
const fewCalls = 1000

// workloadOf names the row of the article's table that a case is most like, by the ready scenario of that row; "" where
// it is like none of them.
func workloadOf(s Scenario) string {
	stage := s.Text("workload.stage")
	switch {
	case s.Bool("rules.needs_pinned_weights"):
		return "research-lab"
	case stage == "production" && (s.Text("rules.compliance") == "strict" || !s.Bool("rules.data_may_leave_site")):
		return "enterprise-private-inference"
	case stage == "production" && s.Bool("workload.user_facing"):
		return "saas-app"
	case stage == "prototype" && s.Likely("workload.calls_per_month") < fewCalls:
		return "weekend-experiment"
	case stage == "prototype":
		return "private-rag-prototype"
	}
	return ""
}

// usualChoice sets the verdict beside the article's better default; nil where the article has none for such work.
func (w *world) usualChoice(best *Route) *UsualChoice {
	like := workloadOf(w.s)
	for i := range w.cat.WorkloadAdvice {
		a := &w.cat.WorkloadAdvice[i]
		if a.Template != like {
			continue
		}
		u := &UsualChoice{Workload: a.Workload, FullR1: a.FullR1, Default: a.Default, Why: a.Why,
			Evidence: a.Evidence, Source: a.Source, AsOf: a.AsOf}
		if best == nil {
			u.Because = "No route passes every rule you set, so there is nothing to compare it with."
			return u
		}
		if u.Agrees = w.followsAdvice(like, best); !u.Agrees {
			u.Because = w.adviceDiffers(like, a, best)
		}
		return u
	}
	return nil
}

// followsAdvice reports whether a route is what the article recommends for a workload.
func (w *world) followsAdvice(workload string, r *Route) bool {
	m := w.cat.Model(r.Model)
	full := m.Family != "distill"
	switch workload {
	case "weekend-experiment":
		return m.ID == "r1-distill-qwen-7b" || m.ID == "r1-distill-qwen-14b"
	case "private-rag-prototype":
		return r.Kind == API || m.ID == "r1-distill-qwen-32b"
	case "research-lab": // for control over the weights, which an API does not give
		return full && r.Kind != API
	case "enterprise-private-inference":
		return full || r.ID == "cloud-endpoint"
	}
	return r.Kind == API
}

// adviceDiffers says why the verdict is another one.
func (w *world) adviceDiffers(workload string, a *catalog.WorkloadAdvice, best *Route) string {
	chosen := w.cat.Model(best.Model)
	if workload == "research-lab" && chosen.Family != "distill" {
		return fmt.Sprintf("The article suggests %s on your own machines, for control over its weights; %s serves it for less at your volume, but the provider holds the weights and may drop the model.",
			notation.Lowered(a.Default), inSentence(best.Label))
	}
	switch workload {
	case "weekend-experiment", "research-lab", "enterprise-private-inference":
		if best.Model == w.model.ID {
			return fmt.Sprintf("The article suggests %s; your case asks for %s.", notation.Lowered(a.Default), chosen.ShortName)
		}
		return fmt.Sprintf("The article suggests %s; under your rules %s is good enough, and it costs less.", notation.Lowered(a.Default), chosen.ShortName)
	}
	if !w.s.Bool("rules.data_may_leave_site") {
		return fmt.Sprintf("The article suggests %s; your data may not leave the site.", notation.Lowered(a.Default))
	}
	return fmt.Sprintf("The article suggests %s for its small upkeep; at your volume %s costs less, people included.", notation.Lowered(a.Default), inSentence(best.Label))
}
