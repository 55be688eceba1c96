// Package entries turns the catalogue's words into what help can find: claims, questions and answers, words of
// the field, names that mislead, advice for workloads, and what is not promised.
//
// It promises that every entry keeps its status, source and date, and that ids are unique. It knows no screen:
// the window's help and the command line can both search the same entries.
package entries

import (
	"fmt"
	"strings"

	"hostwise/calc/catalog"
	"hostwise/storage/search"
)

// The kinds of entry, as a person reads them.
const (
	Answer   = "answer"
	Claim    = "claim"
	Word     = "word"
	Name     = "name"
	Advice   = "advice"
	Limit    = "not promised"
	Watch    = "what to watch"
	CostPart = "cost"
)

// Entry is one thing that help can say.
type Entry struct {
	ID       string
	Kind     string
	Title    string // what it is about: a question, a word, a name
	Text     string // the answer
	Keywords []string
	Page     string // where in the window it matters, "" = nowhere in particular
	Status   catalog.Evidence
	Source   string
	AsOf     string
}

// Doc is the entry as the index takes it.
func (e Entry) Doc() search.Doc {
	return search.Doc{ID: e.ID, Title: e.Title, Body: e.Text, Keywords: e.Keywords, Kind: e.Kind}
}

// gather collects entries and gives each an id of its own.
type gather struct {
	entries []Entry
	count   map[string]int
}

func (g *gather) add(e Entry, f catalog.Fact) {
	if strings.TrimSpace(e.Title) == "" {
		return
	}
	if e.Status == "" {
		e.Status = f.Evidence
	}
	e.Source, e.AsOf = f.Source, f.AsOf
	g.count[e.Kind]++
	e.ID = fmt.Sprintf("%s-%d", strings.ReplaceAll(e.Kind, " ", "-"), g.count[e.Kind])
	g.entries = append(g.entries, e)
}

// Of returns the entries of a catalogue, questions and answers first.
func Of(c *catalog.Catalog) []Entry {
	g := &gather{count: map[string]int{}}
	for _, x := range c.Questions {
		g.add(Entry{Kind: Answer, Title: x.Text, Text: x.Answer, Page: x.Page, Status: x.Status}, x.Fact)
	}
	for _, x := range c.Intents {
		g.add(Entry{Kind: Answer, Title: x.Query, Text: x.Answer, Keywords: []string{x.Needs}, Page: x.Page, Status: x.Status}, x.Fact)
	}
	for _, x := range c.Names {
		g.add(Entry{Kind: Name, Title: x.Query, Text: x.Meaning + " " + x.Risk, Keywords: append([]string{x.Model}, x.Also...), Page: "guide", Status: x.Status}, x.Fact)
	}
	for _, x := range c.Glossary {
		g.add(Entry{Kind: Word, Title: x.Term, Text: x.Text, Keywords: x.Also}, x.Fact)
	}
	for _, x := range c.Claims {
		g.add(Entry{Kind: Claim, Title: x.Text, Text: x.Note, Keywords: []string{x.Topic}, Page: x.Page, Status: x.Status}, x.Fact)
	}
	g.advice(c)
	for _, x := range c.Monitoring {
		g.add(Entry{Kind: Watch, Title: x.Metric, Text: x.Threshold + ". " + x.Why, Page: "results", Status: x.Status}, x.Fact)
	}
	for _, x := range c.NonClaims {
		g.add(Entry{Kind: Limit, Title: x.Text, Text: x.Why, Status: x.Status}, x.Fact)
	}
	return g.entries
}

func (g *gather) advice(c *catalog.Catalog) {
	for _, x := range c.WorkloadAdvice {
		g.add(Entry{Kind: Advice, Title: x.Workload, Text: "Full R1: " + x.FullR1 + ". Better default: " + x.Default + ". " + x.Why,
			Page: "guide", Status: x.Status}, x.Fact)
	}
	for _, x := range c.DecisionRules {
		g.add(Entry{Kind: Advice, Title: x.Situation, Text: x.Move + ". " + x.Why, Page: "results", Status: x.Status}, x.Fact)
	}
	for _, x := range c.ServingOptions {
		g.add(Entry{Kind: Advice, Title: x.Option, Text: "Best for " + x.Best + ". What drives its cost: " + x.Driver, Page: "results", Status: x.Status}, x.Fact)
	}
	for _, x := range c.CostComponents {
		g.add(Entry{Kind: CostPart, Title: x.Component, Text: x.Formula + ". " + x.Why, Page: "results", Status: x.Status}, x.Fact)
	}
	for _, x := range c.Caveats {
		g.add(Entry{Kind: Advice, Title: x.Factor, Text: x.Effect + " " + x.Why, Page: "results", Status: x.Status}, x.Fact)
	}
	for _, x := range c.VolumeReadings {
		g.add(Entry{Kind: Advice, Title: fmt.Sprintf("%.0f calls a month", x.CallsPerMonth), Text: x.Reading, Page: "guide", Status: x.Status}, x.Fact)
	}
}

// Docs are the entries as the index takes them.
func Docs(all []Entry) []search.Doc {
	docs := make([]search.Doc, len(all))
	for i, e := range all {
		docs[i] = e.Doc()
	}
	return docs
}
