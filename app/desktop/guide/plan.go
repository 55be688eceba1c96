package guide

import (
	"slices"

	"hostwise/calc"
)

// plan is the order in which questions are asked, given the answers so far.
type plan struct {
	scenario calc.Scenario
	more     map[calc.Step]bool // steps whose experts' questions are open
	brief    bool               // only the essential questions
}

// asked returns the questions of a step in order: the essential ones first, then the rest, then, where they are
// open, the experts'. Questions that do not matter with these answers are left out.
func (p plan) asked(step calc.Step) []*calc.Input {
	var essential, plain, expert []*calc.Input
	for i := range calc.Inputs {
		in := &calc.Inputs[i]
		if in.Step != step || in.AskedWith != "" || !in.Relevant(p.scenario) {
			continue
		}
		switch {
		case in.Essential:
			essential = append(essential, in)
		case in.Expert:
			expert = append(expert, in)
		default:
			plain = append(plain, in)
		}
	}
	switch {
	case p.more[step]:
		return slices.Concat(essential, plain, expert)
	case p.brief:
		return essential
	}
	return append(essential, plain...)
}

// hidden counts the questions of a step that are not open.
func (p plan) hidden(step calc.Step) int {
	open := plan{scenario: p.scenario, more: map[calc.Step]bool{step: true}}
	return len(open.asked(step)) - len(p.asked(step))
}

// all returns every question in the order of the steps.
func (p plan) all() []*calc.Input {
	var out []*calc.Input
	for _, s := range calc.Steps {
		out = append(out, p.asked(s)...)
	}
	return out
}

// essentials are the few questions that a first verdict needs.
func (p plan) essentials() []*calc.Input {
	return slices.DeleteFunc(p.all(), func(in *calc.Input) bool { return !in.Essential })
}

// neighbour returns the question before (-1) or after (+1) the one at path, nil past the ends.
func (p plan) neighbour(path string, by int) *calc.Input {
	all := p.all()
	i := slices.IndexFunc(all, func(in *calc.Input) bool { return in.Path == path })
	if i < 0 || i+by < 0 || i+by >= len(all) {
		return nil
	}
	return all[i+by]
}

// place says where a question stands, from 1, and how many there are: in its step, or where only the essential
// questions are asked among those.
func (p plan) place(path string) (n, of int) {
	list := p.asked(calc.InputAt(path).Step)
	if p.brief {
		list = p.all()
	}
	return slices.IndexFunc(list, func(in *calc.Input) bool { return in.Path == path }) + 1, len(list)
}

// companions are the questions asked on the page of another.
func companions(path string) []*calc.Input {
	var out []*calc.Input
	for i := range calc.Inputs {
		if calc.Inputs[i].AskedWith == path {
			out = append(out, &calc.Inputs[i])
		}
	}
	return out
}
