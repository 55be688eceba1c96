// Package answers turns the catalogue and the questions into what can be asked: questions with their answers, claims,
// words of the field, names that mislead, advice, what is not promised, and what each input means.
//
// It promises that every entry keeps its status, source and date, that ids are unique and do not change while the
// catalogue does not, and that a model's name that is typed as people type it is answered first by what it really is.
// It knows no screen: whoever shows help can search the same entries.
package answers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"hostwise/calc"
	"hostwise/calc/catalog"
	"hostwise/storage/search"
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
)

// Entry is one thing that can be said.
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

// gather collects entries and gives each an id of its own.
type gather struct {
	entries []Entry
	count   map[string]int
}

func (g *gather) add(e Entry, f catalog.Fact) {
	if e.Status == "" {
		e.Status = f.Evidence
	}
	e.Source, e.AsOf = f.Source, f.AsOf
	g.count[e.Kind]++
	e.ID = fmt.Sprintf("%s-%d", strings.ReplaceAll(e.Kind, " ", "-"), g.count[e.Kind])
	g.entries = append(g.entries, e)
}

// Of returns the entries of a catalogue and of the inputs, questions and answers first.
func Of(c *catalog.Catalog) []Entry {
	g := &gather{count: map[string]int{}}
	for _, x := range c.Questions {
		g.add(Entry{Kind: Answer, Title: x.Text, Text: x.Answer, Page: x.Page, Status: x.Status}, x.Fact)
	}
	for _, x := range c.Intents {
		g.add(Entry{Kind: Answer, Title: x.Query, Text: x.Answer, Keywords: []string{x.Needs}, Page: x.Page, Status: x.Status}, x.Fact)
	}
	for _, x := range c.Names {
		g.add(Entry{Kind: Name, Title: x.Query, Text: sentences(x.Meaning, x.Risk), Keywords: append([]string{x.Model}, x.Also...),
			Page: "guide", Status: x.Status}, x.Fact)
	}
	for _, x := range c.Glossary {
		g.add(Entry{Kind: Word, Title: x.Term, Text: x.Text, Keywords: x.Also}, x.Fact)
	}
	for _, x := range c.Claims {
		g.add(Entry{Kind: Claim, Title: x.Text, Text: sentences(x.Text, x.Note), Keywords: []string{x.Topic}, Page: x.Page, Status: x.Status}, x.Fact)
	}
	g.advice(c)
	for _, x := range c.Monitoring {
		g.add(Entry{Kind: Watch, Title: x.Metric, Text: sentences(x.Threshold, x.Why), Page: "results", Status: x.Status}, x.Fact)
	}
	for _, x := range c.NonClaims {
		g.add(Entry{Kind: Limit, Title: "Not promised: " + x.Text, Text: sentences("Not promised: "+x.Text, x.Why), Page: "help", Status: x.Status}, x.Fact)
	}
	g.inputs()
	return g.entries
}

func (g *gather) advice(c *catalog.Catalog) {
	for _, x := range c.WorkloadAdvice {
		g.add(Entry{Kind: Advice, Title: x.Workload, Text: sentences("The full R1: "+x.FullR1, "A better default: "+x.Default, x.Why),
			Page: "guide", Status: x.Status}, x.Fact)
	}
	for _, x := range c.DecisionRules {
		g.add(Entry{Kind: Advice, Title: x.Situation, Text: sentences(x.Move, x.Why), Page: "results", Status: x.Status}, x.Fact)
	}
	for _, x := range c.ServingOptions {
		g.add(Entry{Kind: Advice, Title: x.Option, Text: sentences("Best for: "+x.Best, "What drives its cost: "+x.Driver, x.Note),
			Page: "results", Status: x.Status}, x.Fact)
	}
	for _, x := range c.CostComponents {
		g.add(Entry{Kind: Cost, Title: x.Component, Text: sentences(x.Formula, x.Why), Page: "results", Status: x.Status}, x.Fact)
	}
	for _, x := range c.Caveats {
		g.add(Entry{Kind: Advice, Title: x.Factor, Text: sentences(x.Effect, x.Why, x.Note), Page: "results", Status: x.Status}, x.Fact)
	}
	for _, x := range c.VolumeReadings {
		g.add(Entry{Kind: Advice, Title: fmt.Sprintf("%.0f calls a month", x.CallsPerMonth), Text: sentences(x.Reading, x.Note),
			Page: "guide", Status: x.Status}, x.Fact)
	}
}

// inputs says of every question what is meant, why it matters and how it is written in a file.
func (g *gather) inputs() {
	for i := range calc.Inputs {
		in := &calc.Inputs[i]
		g.add(Entry{Kind: Input, Title: in.Label, Text: sentences(in.Help, in.Why, "In a file: "+in.Path),
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

// Found is what was found for words.
type Found struct {
	Entries   []Entry // best first
	Match     search.Match
	Corrected map[string]string // what was looked for in place of misspelt words
}

// Find searches a catalogue's entries; most = 0 finds 20. Where the words name a model, what the name really means
// comes first.
func Find(ctx context.Context, c *catalog.Catalog, words string, most int) (Found, error) {
	all := Of(c)
	byID := make(map[string]Entry, len(all))
	docs := make([]search.Doc, len(all))
	for i, e := range all {
		byID[e.ID] = e
		docs[i] = search.Doc{ID: e.ID, Title: e.Title, Body: e.Text, Keywords: e.Keywords, Kind: e.Kind}
	}
	index, err := search.New(ctx, docs)
	if err != nil {
		return Found{}, err
	}
	hits, err := index.Find(ctx, words, most)
	if err = errors.Join(err, index.Close()); err != nil {
		return Found{}, err
	}
	var found Found
	if hint := c.Resolve(words); hint != nil {
		found.Entries = append(found.Entries, named(all, hint.Query))
	}
	slices.SortStableFunc(hits, func(a, b search.Hit) int { return cmp.Compare(rank(a), rank(b)) })
	for i, hit := range hits {
		if i == 0 {
			found.Match, found.Corrected = hit.Match, hit.Corrected
		}
		if len(found.Entries) == 0 || hit.ID != found.Entries[0].ID {
			found.Entries = append(found.Entries, byID[hit.ID])
		}
	}
	if most > 0 && len(found.Entries) > most {
		found.Entries = found.Entries[:most]
	}
	return found, nil
}

// rank puts what is not promised behind what is, among entries that fit the words equally well.
func rank(h search.Hit) int {
	r := 2 * int(h.Match)
	if h.Kind == Limit {
		r++
	}
	return r
}

func named(all []Entry, query string) Entry {
	for _, e := range all {
		if e.Kind == Name && e.Title == query {
			return e
		}
	}
	return Entry{}
}
