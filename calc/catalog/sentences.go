package catalog

// sentences checks the tables that are read rather than computed with.
func (k *checker) sentences() {
	c := k.catalog
	each(k, "claims.json", c.Claims, func(r *Claim) string { return r.ID }, func(r *Claim) {
		k.status(r.Status, r.Fact)
		k.text("topic", r.Topic)
		k.text("text", r.Text)
		oneOf(k, "page", r.Page, pages)
	})
	each(k, "monitoring.json", c.Monitoring, func(r *Monitoring) string { return r.Metric }, func(r *Monitoring) {
		k.status(r.Status, r.Fact)
		k.text("threshold", r.Threshold)
		k.text("why", r.Why)
	})
	each(k, "glossary.json", c.Glossary, func(r *Term) string { return r.Term }, func(r *Term) {
		k.fact("", r.Fact)
		k.text("text", r.Text)
	})
	each(k, "intents.json", c.Intents, func(r *Intent) string { return r.Query }, func(r *Intent) {
		k.status(r.Status, r.Fact)
		k.text("needs", r.Needs)
		k.text("answer", r.Answer)
		oneOf(k, "page", r.Page, pages)
	})
	each(k, "questions.json", c.Questions, func(r *Question) string { return r.ID }, func(r *Question) {
		k.status(r.Status, r.Fact)
		k.text("question", r.Text)
		k.text("answer", r.Answer)
		oneOf(k, "page", r.Page, pages)
	})
	each(k, "sources.json", c.Sources, func(r *Source) string { return r.ID }, func(r *Source) {
		k.fact("", r.Fact)
		k.text("title", r.Title)
		k.text("where", r.Where)
		k.text("holds", r.Holds)
	})
	k.names()
	k.advice()
}

// names refuses a spelling that two hints claim: nobody could say which is meant.
func (k *checker) names() {
	spelt := map[string]string{}
	each(k, "names.json", k.catalog.Names, func(r *NameHint) string { return r.Query }, func(r *NameHint) {
		k.status(r.Status, r.Fact)
		k.text("meaning", r.Meaning)
		k.text("risk", r.Risk)
		if r.Model != "" && k.catalog.Model(r.Model) == nil {
			k.bad("model", "%q is no model; leave it empty for none", r.Model)
		}
		for _, spelling := range append([]string{r.Query}, r.Also...) {
			key := foldName(spelling)
			if other, taken := spelt[key]; taken && other != r.Query {
				k.bad("also", "%q belongs to %q too", spelling, other)
			}
			spelt[key] = r.Query
		}
	})
}

func (k *checker) advice() {
	c := k.catalog
	each(k, "workload-advice.json", c.WorkloadAdvice, func(r *WorkloadAdvice) string { return r.Template }, func(r *WorkloadAdvice) {
		k.status(r.Status, r.Fact)
		k.text("workload", r.Workload)
		oneOf(k, "full_r1", r.FullR1, []string{"no", "usually no", "maybe"})
		k.text("default", r.Default)
		k.text("why", r.Why)
	})
	each(k, "decision-rules.json", c.DecisionRules, func(r *DecisionRule) string { return r.ID }, func(r *DecisionRule) {
		k.status(r.Status, r.Fact)
		k.text("situation", r.Situation)
		k.text("move", r.Move)
		k.text("why", r.Why)
	})
	each(k, "serving-options.json", c.ServingOptions, func(r *ServingOption) string { return r.ID }, func(r *ServingOption) {
		k.status(r.Status, r.Fact)
		k.text("option", r.Option)
		oneOf(k, "route", r.Route, routeKinds)
		k.text("best_for", r.Best)
		k.text("cost_driver", r.Driver)
	})
	each(k, "cost-components.json", c.CostComponents, func(r *CostComponent) string { return r.ID }, func(r *CostComponent) {
		k.status(r.Status, r.Fact)
		k.text("component", r.Component)
		k.text("formula", r.Formula)
		k.text("why", r.Why)
	})
	each(k, "non-claims.json", c.NonClaims, func(r *NonClaim) string { return r.ID }, func(r *NonClaim) {
		k.status(r.Status, r.Fact)
		k.text("text", r.Text)
		k.text("why", r.Why)
	})
	each(k, "caveats.json", c.Caveats, func(r *Caveat) string { return r.ID }, func(r *Caveat) {
		k.status(r.Status, r.Fact)
		k.text("factor", r.Factor)
		k.text("effect", r.Effect)
		k.text("why", r.Why)
	})
	each(k, "volume-readings.json", c.VolumeReadings, func(r *VolumeReading) string { return r.Template }, func(r *VolumeReading) {
		k.status(r.Status, r.Fact)
		positive(k, "calls_per_month", r.CallsPerMonth)
		positive(k, "input_tokens_per_call", r.InputTokens)
		positive(k, "output_tokens_per_call", r.OutputTokens)
		k.text("reading", r.Reading)
	})
}
