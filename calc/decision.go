package calc

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Decision is what was decided on a case: which route, by whom, when, and why. It changes no figure; it stands in the
// case's file and in its reports, beside what the figures said on the day.
type Decision struct {
	Route string `json:"route"` // id of the route that was chosen; "" = none of them
	By    string `json:"by"`    // who decided
	Date  string `json:"date"`  // YYYY-MM-DD
	Note  string `json:"note"`  // why, under which conditions
}

// The limits of a decision's texts, in characters.
const (
	maxDecider      = 200
	maxDecisionNote = 4000
)

// decisionKeys are the keys of a decision, the first three of them needed.
var decisionKeys = []string{"route", "by", "date", "note"}

const (
	keyDecision        = "decision"
	neededDecisionKeys = 3
)

// fixedRoutes are the routes that hang on no model.
var fixedRoutes = []string{"api-direct", "api-gateway", "api-batch", "cloud-endpoint", "mixed"}

// checkDecision says what is wrong with a decision; the paths of the problems are its keys in the file.
func checkDecision(d Decision, known knownIDs) (ps Problems) {
	wrong := func(key, problem, allowed string) {
		ps = append(ps, Problem{Path: key, Problem: problem, Allowed: allowed})
	}
	if p := checkRouteID(d.Route, known); p != nil {
		ps = append(ps, *p)
	}
	for _, t := range []struct {
		key, text string
		most      int
	}{{"by", d.By, maxDecider}, {"note", d.Note, maxDecisionNote}} {
		allowed := fmt.Sprintf("a text of at most %s characters", grouped(float64(t.most)))
		switch n := utf8.RuneCountInString(t.text); {
		case !utf8.ValidString(t.text):
			wrong(t.key, "the text is not valid UTF-8", allowed)
		case n > t.most:
			wrong(t.key, fmt.Sprintf("the text has %s characters", grouped(float64(n))), allowed)
		case t.key == "by" && strings.TrimSpace(t.text) == "":
			wrong(t.key, "nobody is named", "who decided")
		}
	}
	if _, err := time.Parse(time.DateOnly, d.Date); err != nil {
		wrong("date", quoted(d.Date)+" is not a date", "a date such as 2026-11-23")
	}
	return ps
}

// checkRouteID returns what is wrong with the id of a route, nil where it can be one. An empty id is the decision for
// none of them.
func checkRouteID(id string, known knownIDs) *Problem {
	if id == "" {
		return nil
	}
	for _, fixed := range fixedRoutes {
		if id == fixed {
			return nil
		}
	}
	for _, kind := range []string{"own-", "rent-"} {
		model, found := strings.CutPrefix(id, kind)
		if !found {
			continue
		}
		p := known.models.check("route", model, false)
		if p != nil && p.Nearest != "" {
			p.Nearest = kind + p.Nearest
		}
		return p
	}
	return &Problem{Path: "route", Problem: quoted(id) + " is no route", Allowed: strings.Join(fixedRoutes, ", ") + ", own- or rent- with a model's id",
		Nearest: nearest(id, words(fixedRoutes))}
}

// Check says what is wrong with a decision, with ids held against no catalogue; the paths of the problems are its keys.
func (d Decision) Check() Problems { return checkDecision(d, knownIDs{}) }

// Decision returns what was decided on the case, and whether anything was.
func (s Scenario) Decision() (Decision, bool) {
	if s.decision == nil {
		return Decision{}, false
	}
	return *s.decision, true
}

// WithDecision returns the scenario with a decision recorded, in place of an earlier one. It does not check it: Check
// does.
func (s Scenario) WithDecision(d Decision) Scenario {
	c := s
	c.decision = &d
	return c
}

// WithoutDecision returns the scenario with the decision taken back.
func (s Scenario) WithoutDecision() Scenario {
	c := s
	c.decision = nil
	return c
}

// readDecision reads the object, after the person's own rows, whose models may be in it.
func (p *parser) readDecision(n *node) {
	if n.kind != objectNode {
		p.wrongKind(n, "an object with the keys "+strings.Join(decisionKeys, ", "))
		return
	}
	var d Decision
	ok := true
	into := map[string]*string{"route": &d.Route, "by": &d.By, "date": &d.Date, "note": &d.Note}
	for _, member := range n.children {
		switch to := into[member.key]; {
		case to == nil:
			p.unknownKey(member, decisionKeys, keyDecision)
			ok = false
		case member.kind != textNode:
			p.wrongKind(member, "a text")
			ok = false
		default:
			*to = member.text
		}
	}
	for _, key := range decisionKeys[:neededDecisionKeys] {
		if n.child(key) == nil {
			p.report(n, "the decision has no "+key, "route, by and date; note where there is one", "")
			ok = false
		}
	}
	if !ok {
		return
	}
	problems := checkDecision(d, p.known)
	for _, problem := range problems {
		problem.Path = joinPath(keyDecision, problem.Path)
		p.problems.add(n.at, problem)
	}
	if len(problems) == 0 {
		p.decision = &d
	}
}

// writeDecision writes the object where there is one: no decision is no answer, and has no default.
func (s Scenario) writeDecision(w *writer) {
	if s.decision == nil {
		return
	}
	w.key(keyDecision)
	w.open('{')
	for i, text := range []string{s.decision.Route, s.decision.By, s.decision.Date, s.decision.Note} {
		if text != "" || i < neededDecisionKeys {
			w.key(decisionKeys[i])
			w.text(text)
		}
	}
	w.close('}')
}

// diffDecision tells one decision from another.
func diffDecision(a, b Scenario) []Change {
	x, had := a.Decision()
	y, has := b.Decision()
	if had == has && x == y {
		return nil
	}
	return []Change{{Path: keyDecision, Label: "Decision", FromText: decisionText(x, had), ToText: decisionText(y, has)}}
}

func decisionText(d Decision, there bool) string {
	if !there {
		return nothingSaid
	}
	route := d.Route
	if route == "" {
		route = "none of the routes"
	}
	text := route + ", by " + d.By + ", " + d.Date
	if d.Note != "" {
		text += " (" + d.Note + ")"
	}
	return text
}
