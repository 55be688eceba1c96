// Package answers turns the catalogue and the questions into what can be asked: questions with their answers, claims,
// words of the field, names that mislead, advice, what is not promised, what each input means, and the models,
// precisions, devices, engines, prices and sources themselves.
//
// It promises that every entry keeps its status, source and date; that its id is its table and its row there, so that
// it stays while the row does; and that a model's name typed as people type it is answered by what it really is. A
// Library is what both the window and the command line ask, so they give the same answers in the same order. It
// knows no screen, and no language but English.
package answers

import (
	"fmt"
	"strings"

	"hostwise/calc"
	"hostwise/calc/catalog"
)

// The kinds of entry, as a person reads them.
const (
	Answer = "answer"
	Claim  = "claim"
	Word   = "word"
	Name   = "name"
	Advice = "advice"
	Cost   = "cost"
	Limit  = "not promised"
	Watch  = "what to watch"
	Input  = "input"
	Row    = "fact"
)

// Entry is one thing that can be said.
type Entry struct {
	ID       string // table and row: "questions/free", "names/deepseek-r1:70b", "inputs/workload.retry_rate"
	Kind     string
	Title    string // what it is about: a question, a word, a name
	Text     string // the answer
	Keywords []string
	Page     string // where in the window it matters, "" = nowhere in particular
	Status   catalog.Evidence
	Source   string
	AsOf     string
	said     []string // phrases that ask for this entry alone
}

// gather collects entries.
type gather struct {
	entries []Entry
}

// add gives an entry its id, its evidence and what people type for it.
func (g *gather) add(table, row string, e Entry, f catalog.Fact) {
	e.ID = table + "/" + row
	if e.Status == "" {
		e.Status = f.Evidence
	}
	e.Source, e.AsOf = f.Source, f.AsOf
	e.said = append(e.said, spoken[e.ID]...)
	e.Keywords = append(e.Keywords, e.said...)
	g.entries = append(g.entries, e)
}

// Of returns the entries of a catalogue and of the inputs, questions and answers first.
func Of(c *catalog.Catalog) []Entry {
	g := &gather{}
	for _, x := range c.Questions {
		g.add("questions", x.ID, Entry{Kind: Answer, Title: x.Text, Text: x.Answer, Page: x.Page, Status: x.Status}, x.Fact)
	}
	for _, x := range c.Intents {
		g.add("intents", x.Query, Entry{Kind: Answer, Title: x.Query, Text: sentences(x.Needs, x.Answer), Page: x.Page, Status: x.Status}, x.Fact)
	}
	for _, x := range c.Names {
		g.add("names", x.Query, Entry{Kind: Name, Title: x.Query, Text: sentences(x.Meaning, x.Risk, x.Note),
			Keywords: append([]string{x.Model}, x.Also...), Page: "guide", Status: x.Status}, x.Fact)
	}
	for _, x := range c.Glossary {
		g.add("glossary", x.Term, Entry{Kind: Word, Title: x.Term, Text: x.Text, Keywords: x.Also}, x.Fact)
	}
	for _, x := range c.Claims {
		g.add("claims", x.ID, Entry{Kind: Claim, Title: x.Text, Text: sentences(x.Text, x.Note), Keywords: []string{x.Topic}, Page: x.Page,
			Status: x.Status}, x.Fact)
	}
	g.advice(c)
	for _, x := range c.Monitoring {
		g.add("monitoring", x.Metric, Entry{Kind: Watch, Title: x.Metric, Text: sentences("Alert: "+x.Threshold, x.Why, x.Note), Page: "results",
			Status: x.Status}, x.Fact)
	}
	for _, x := range c.NonClaims {
		g.add("non-claims", x.ID, Entry{Kind: Limit, Title: "Not promised: " + x.Text, Text: sentences("Not promised: "+x.Text, x.Why, x.Note),
			Page: "help", Status: x.Status}, x.Fact)
	}
	g.inputs()
	g.facts(c)
	return g.entries
}

func (g *gather) advice(c *catalog.Catalog) {
	for _, x := range c.WorkloadAdvice {
		g.add("workload-advice", x.Template, Entry{Kind: Advice, Title: x.Workload, Text: sentences("The full R1: "+x.FullR1,
			"A better default: "+x.Default, x.Why, x.Note), Page: "guide", Status: x.Status}, x.Fact)
	}
	for _, x := range c.DecisionRules {
		g.add("decision-rules", x.ID, Entry{Kind: Advice, Title: x.Situation, Text: sentences(x.Move, x.Why, x.Note), Page: "results",
			Status: x.Status}, x.Fact)
	}
	for _, x := range c.ServingOptions {
		g.add("serving-options", x.ID, Entry{Kind: Advice, Title: x.Option, Text: sentences("Best for: "+x.Best,
			"What drives its cost: "+x.Driver, x.Note), Page: "results", Status: x.Status}, x.Fact)
	}
	for _, x := range c.CostComponents {
		g.add("cost-components", x.ID, Entry{Kind: Cost, Title: x.Component, Text: sentences(x.Formula, x.Why, x.Note), Page: "results",
			Status: x.Status}, x.Fact)
	}
	for _, x := range c.Caveats {
		g.add("caveats", x.ID, Entry{Kind: Advice, Title: x.Factor, Text: sentences(x.Effect, x.Why, x.Note), Page: "results",
			Status: x.Status}, x.Fact)
	}
	for _, x := range c.VolumeReadings {
		g.add("volume-readings", x.Template, Entry{Kind: Advice, Title: fmt.Sprintf("%.0f calls a month", x.CallsPerMonth),
			Text: sentences(x.Reading, x.Note), Page: "guide", Status: x.Status}, x.Fact)
	}
}

// inputs says of every question what is meant, why it matters and how it is written in a file.
func (g *gather) inputs() {
	for i := range calc.Inputs {
		in := &calc.Inputs[i]
		g.add("inputs", in.Path, Entry{Kind: Input, Title: in.Label, Text: sentences(in.Help, in.Why, "In a file: "+in.Path),
			Keywords: []string{in.Question, in.Path, strings.NewReplacer(".", " ", "_", " ").Replace(in.Path)}, Page: "guide"}, in.Fact)
	}
}

// sentences joins parts, each ended by a full stop.
func sentences(parts ...string) string {
	var out []string
	for _, part := range parts {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		if !strings.ContainsAny(part[len(part)-1:], ".!?") {
			part += "."
		}
		out = append(out, part)
	}
	return strings.Join(out, " ")
}
