package calc

import (
	"fmt"
	"maps"
	"strings"
	"unicode/utf8"
)

// maxTyped is the longest text that is kept of what a person typed, in characters.
const maxTyped = 100

// Typed returns the text that the amount at path was typed as, "" where none is kept. With, Without and a change of
// the case's currency drop it when it no longer says what the answer is.
func (s Scenario) Typed(path string) string { return s.typed[path] }

// WithTyped returns the scenario with the text that the amount at path was typed as; an empty text keeps none. The
// amount itself is set by With, before. Text over the limit, or beside no answer, is not kept.
func (s Scenario) WithTyped(path, text string) Scenario {
	in := InputAt(path)
	if !keepsTyped(in) || !s.answered(path) || checkTyped(text) != "" {
		text = ""
	}
	if s.typed[path] == text {
		return s
	}
	c := s
	c.typed = maps.Clone(s.typed)
	if text == "" {
		delete(c.typed, path)
		return c
	}
	if c.typed == nil {
		c.typed = map[string]string{}
	}
	c.typed[path] = text
	return c
}

// keepsTyped reports whether an input is an amount, of which the typed text is kept.
func keepsTyped(in *Input) bool { return in.Kind == Number || in.Kind == Integer }

// checkTyped says what is wrong with a typed text, "" where nothing is.
func checkTyped(text string) string {
	switch n := utf8.RuneCountInString(text); {
	case !utf8.ValidString(text):
		return "the text is not valid UTF-8"
	case n > maxTyped:
		return fmt.Sprintf("the text has %s characters", grouped(float64(n)))
	case strings.ContainsAny(text, "\n\r"):
		return "the text has more than one line"
	}
	return ""
}

var typedAllowed = fmt.Sprintf("one line of at most %d characters", maxTyped)

// forget drops what was typed at path, and with a change of currency every amount of money typed in the old one.
func (s *Scenario) forget(path string) {
	money := path == "currency.code" || path == "currency.per_usd"
	gone := func(at string) bool { return at == path || money && isMoney(InputAt(at).Unit) }
	for at := range s.typed {
		if gone(at) {
			s.typed = maps.Clone(s.typed)
			maps.DeleteFunc(s.typed, func(at, _ string) bool { return gone(at) })
			return
		}
	}
}

// checkTypedTexts checks the kept texts of a scenario that did not come from a file.
func (s Scenario) checkTypedTexts(all *collector) {
	for _, path := range sortedKeys(s.typed) {
		if wrong := checkTyped(s.typed[path]); wrong != "" {
			all.add(0, Problem{Path: keyTyped + "[" + quoted(path) + "]", Problem: wrong, Allowed: typedAllowed})
		}
	}
}

// readTyped reads the kept texts, after the answers that they belong to.
func (p *parser) readTyped(n *node) {
	if n.kind != objectNode {
		p.wrongKind(n, "an object with the path of an amount for every key")
		return
	}
	s := Scenario{values: p.values}
	for _, member := range n.children {
		in := LookupInput(member.key)
		switch {
		case in == nil || !keepsTyped(in):
			if !p.problems.full() {
				p.report(member, "no amount has this path", "the path of a number, such as workload.calls_per_month", nearest(member.key, words(amountPaths())))
			}
		case member.kind != textNode:
			p.wrongKind(member, typedAllowed)
		case member.text == "" || checkTyped(member.text) != "":
			wrong := checkTyped(member.text)
			if wrong == "" {
				wrong = "the text is empty"
			}
			p.report(member, wrong, typedAllowed, "")
		case !s.answered(member.key):
			p.report(member, "no amount is given at "+member.key, "the text of an amount that the file states", "")
		default:
			if p.typed == nil {
				p.typed = map[string]string{}
			}
			p.typed[member.key] = member.text
		}
	}
}

// amountPaths lists the inputs whose typed text is kept.
func amountPaths() []string {
	var paths []string
	for i := range Inputs {
		if keepsTyped(&Inputs[i]) {
			paths = append(paths, Inputs[i].Path)
		}
	}
	return paths
}

func (s Scenario) writeTyped(w *writer) {
	w.open('{')
	for i := range Inputs {
		if text, ok := s.typed[Inputs[i].Path]; ok {
			w.key(Inputs[i].Path)
			w.text(text)
		}
	}
	w.close('}')
}
