package calc

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"hostwise/calc/catalog"
)

// Problem is one thing wrong with a scenario, for the person who can mend it.
type Problem struct {
	Path    string // where: "workload.calls_per_month", or "line 3, column 7" where the syntax is lost
	Problem string // what is wrong
	Allowed string // what is allowed
	Nearest string // the nearest right key or id, "" where none is near
}

// Error is the problem in one line.
func (p Problem) Error() string {
	var b strings.Builder
	if p.Path != "" {
		b.WriteString(p.Path + ": ")
	}
	b.WriteString(p.Problem)
	if p.Allowed != "" {
		b.WriteString("; allowed: " + p.Allowed)
	}
	if p.Nearest != "" {
		b.WriteString("; did you mean " + p.Nearest + "?")
	}
	return b.String()
}

// Problems is everything wrong with a scenario, in the order of the file; empty when nothing is.
type Problems []Problem

// Error is one line a problem.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Err returns the problems as an error, nil when there are none.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	return ps
}

// collector gathers problems with their place, so that they can be told in the order of the file.
type collector struct {
	found   []placed
	dropped int
}

type placed struct {
	Problem
	at int
}

// mostProblems is how many are told of one file: enough to mend it, few enough to read.
const mostProblems = 200

func (c *collector) add(at int, p Problem) {
	if len(c.found) >= mostProblems {
		c.dropped++
		return
	}
	c.found = append(c.found, placed{p, at})
}

// full counts a further problem and reports true once enough are told: looking for the nearest word costs time, and a
// hostile file has many words.
func (c *collector) full() bool {
	if len(c.found) < mostProblems {
		return false
	}
	c.dropped++
	return true
}

func (c *collector) problems() Problems {
	if len(c.found) == 0 {
		return nil
	}
	slices.SortStableFunc(c.found, func(a, b placed) int { return cmp.Compare(a.at, b.at) })
	out := make(Problems, 0, len(c.found)+1)
	for _, p := range c.found {
		out = append(out, p.Problem)
	}
	if c.dropped > 0 {
		out = append(out, Problem{Problem: fmt.Sprintf("and %d more problems", c.dropped), Allowed: "mend these first"})
	}
	return out
}

// Check applies the limits of the file to answers that did not come from one, such as those of the window.
// With a nil catalogue ids are not checked.
func (s Scenario) Check(cat *catalog.Catalog) Problems { return s.checkWith(newKnownIDs(cat, s.facts)) }

// checkWith is Check with the ids that may be named.
func (s Scenario) checkWith(known knownIDs) Problems {
	var all collector
	for i := range Inputs {
		if v, given := s.values[Inputs[i].Path]; given {
			for _, p := range checkValue(&Inputs[i], v, known) {
				all.add(0, p)
			}
		}
	}
	for _, id := range sortedKeys(s.byModel) {
		path := joinPath("workload.by_model", id)
		if p := known.models.check(path, id, false); p != nil {
			all.add(0, *p)
		}
		override := s.byModel[id]
		for _, f := range overrideFields {
			if r := *f.of(&override); r != nil {
				for _, p := range f.limits().checkRange(joinPath(path, f.key), *r) {
					all.add(0, p)
				}
			}
		}
	}
	checkFacts(s.facts, known, &all)
	s.checkQuotes(&all)
	s.checkTypedTexts(&all)
	if d, decided := s.Decision(); decided {
		for _, p := range checkDecision(d, known) {
			p.Path = joinPath(keyDecision, p.Path)
			all.add(0, p)
		}
	}
	return all.problems()
}

// CheckValue checks one answer against the limits of its input, ids against the catalogue alone.
// It returns nil when the answer is right.
func CheckValue(path string, v Value, cat *catalog.Catalog) *Problem {
	return Scenario{}.CheckValue(path, v, cat)
}

// CheckValue checks one answer; ids of the scenario's own facts count as known.
func (s Scenario) CheckValue(path string, v Value, cat *catalog.Catalog) *Problem {
	if ps := checkValue(InputAt(path), v, newKnownIDs(cat, s.facts)); len(ps) > 0 {
		return &ps[0]
	}
	return nil
}

// checkValue returns what is wrong with an answer to an input.
func checkValue(in *Input, v Value, known knownIDs) Problems {
	wrong := func(format string, args ...any) Problems {
		return Problems{{Path: in.Path, Problem: fmt.Sprintf(format, args...), Allowed: in.Allowed()}}
	}
	if v.Null {
		if in.Nullable {
			return nil
		}
		return wrong("null is not an answer here")
	}
	switch in.Kind {
	case Number:
		return in.limits().checkRange(in.Path, v.Number)
	case Integer:
		if !v.Number.IsExact() || v.Number.Likely != math.Trunc(v.Number.Likely) {
			return wrong("not a whole number")
		}
		return in.limits().checkRange(in.Path, v.Number)
	case Text:
		return checkText(in, v.Text)
	case Choice:
		return checkChoice(in, v.Text)
	case Date:
		if _, err := time.Parse(time.DateOnly, v.Text); v.Text != "" && err != nil {
			return wrong("%s is not a date", quoted(v.Text))
		}
	case ModelRef, DeviceRef, EngineRef, PrecisionRef, HostRef, PriceRef:
		if p := known.of(in.Kind).check(in.Path, v.Text, in.MayBeEmpty()); p != nil {
			return Problems{*p}
		}
	case Strings:
		if in.Path == "rules.allowed_providers" {
			return append(checkTexts(in, v.Texts), known.checkProviders(in.Path, v.Texts)...)
		}
		return checkTexts(in, v.Texts)
	case Shape:
		return checkShape(in, v.Numbers)
	}
	return nil
}

func checkText(in *Input, text string) Problems {
	p := Problem{Path: in.Path, Allowed: in.Allowed()}
	switch n := utf8.RuneCountInString(text); {
	case !utf8.ValidString(text):
		p.Problem = "the text is not valid UTF-8"
	case n > in.MaxLen:
		p.Problem = fmt.Sprintf("the text has %s characters", grouped(float64(n)))
	case in.Path == "currency.code" && !isCurrencyCode(text):
		p.Problem = quoted(text) + " is not a currency code"
		p.Nearest = nearestCurrency(text)
	default:
		return nil
	}
	return Problems{p}
}

func checkChoice(in *Input, text string) Problems {
	ids := in.choiceIDs()
	if slices.Contains(ids, text) {
		return nil
	}
	var spellings []spelling
	for _, o := range in.Choices {
		if o.ID != "" {
			spellings = append(spellings, spelling{o.ID, o.ID}, spelling{o.ID, o.Label})
		}
	}
	return Problems{{Path: in.Path, Problem: quoted(text) + " is not one of the answers", Allowed: in.Allowed(), Nearest: nearest(text, spellings)}}
}

func (in *Input) choiceIDs() []string {
	ids := make([]string, len(in.Choices))
	for i, o := range in.Choices {
		ids[i] = o.ID
	}
	return ids
}

func checkTexts(in *Input, texts []string) (ps Problems) {
	if len(texts) > in.MaxItems {
		ps = append(ps, Problem{Path: in.Path, Problem: fmt.Sprintf("the list has %d texts", len(texts)), Allowed: in.Allowed()})
	}
	for i, text := range texts {
		path := in.Path + "[" + strconv.Itoa(i) + "]"
		switch n := utf8.RuneCountInString(text); {
		case !utf8.ValidString(text):
			ps = append(ps, Problem{Path: path, Problem: "the text is not valid UTF-8", Allowed: "UTF-8"})
		case n > in.MaxLen:
			ps = append(ps, Problem{Path: path, Problem: fmt.Sprintf("the text has %d characters", n), Allowed: fmt.Sprintf("at most %d", in.MaxLen)})
		}
	}
	return ps
}

func checkShape(in *Input, weights []float64) (ps Problems) {
	if len(weights) == 0 {
		return nil
	}
	if len(weights) != in.MaxItems {
		ps = append(ps, Problem{Path: in.Path, Problem: fmt.Sprintf("the list has %d weights", len(weights)), Allowed: in.Allowed()})
	}
	sum := 0.0
	for i, w := range weights {
		if !(w >= 0 && w <= in.Max) {
			ps = append(ps, Problem{Path: fmt.Sprintf("%s[%d]", in.Path, i), Problem: fileNumber(w) + " is outside the limits", Allowed: in.limits().words()})
		}
		sum += w
	}
	if sum == 0 {
		ps = append(ps, Problem{Path: in.Path, Problem: "all weights are 0", Allowed: "at least one above 0"})
	}
	return ps
}

// limits are the smallest and the largest number allowed.
type limits struct{ min, max float64 }

func (in *Input) limits() limits { return limits{in.Min, in.Max} }

// words says the limits in a sentence's words.
func (l limits) words() string {
	return "from " + fileNumber(l.min) + " to " + fileNumber(l.max)
}

// checkRange checks the order of a range and each of its points; a plain number has three equal points.
func (l limits) checkRange(path string, r Range) (ps Problems) {
	points := []struct {
		key string
		v   float64
	}{{"low", r.Low}, {"likely", r.Likely}, {"high", r.High}}
	if r.IsExact() || math.IsNaN(r.Likely) { // NaN is not equal to itself
		points = points[1:2]
		points[0].key = ""
	}
	for _, point := range points {
		at := path
		if point.key != "" {
			at = joinPath(path, point.key)
		}
		switch {
		case math.IsNaN(point.v) || math.IsInf(point.v, 0):
			ps = append(ps, Problem{Path: at, Problem: "not a finite number", Allowed: l.words()})
		case point.v < l.min || point.v > l.max:
			ps = append(ps, Problem{Path: at, Problem: fileNumber(point.v) + " is outside the limits", Allowed: l.words()})
		}
	}
	if r.Low > r.Likely || r.Likely > r.High {
		ps = append(ps, Problem{
			Path:    path,
			Problem: fmt.Sprintf("low %s, likely %s and high %s are not in order", fileNumber(r.Low), fileNumber(r.Likely), fileNumber(r.High)),
			Allowed: "low ≤ likely ≤ high",
		})
	}
	return ps
}

// fileNumber writes a number as a file would hold it, short and exact.
func fileNumber(v float64) string {
	if a := math.Abs(v); a != 0 && (a < 1e-6 || a >= 1e21) {
		return strconv.FormatFloat(v, 'e', -1, 64)
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// Allowed says in words what the file may hold for this input.
func (in *Input) Allowed() string {
	words := in.allowedValue()
	if in.Nullable {
		words += ", or null"
	}
	return words
}

func (in *Input) allowedValue() string {
	switch in.Kind {
	case Number:
		return "a number " + in.limits().words() + ", or its low, likely and high"
	case Integer:
		return "a whole number " + in.limits().words()
	case Bool:
		return "true or false"
	case Text:
		if in.Path == "currency.code" {
			return "the three capital letters of a currency in use, such as USD or EUR"
		}
		return fmt.Sprintf("a text of at most %s characters", grouped(float64(in.MaxLen)))
	case Choice:
		return choiceWords(in.choiceIDs())
	case Date:
		return "a date such as 2026-11-23, or an empty text"
	case Strings:
		return fmt.Sprintf("a list of at most %d texts of at most %d characters", in.MaxItems, in.MaxLen)
	case Shape:
		return fmt.Sprintf("no weights, or exactly %d of them, not negative", in.MaxItems)
	}
	words := refNames[in.Kind]
	if in.MayBeEmpty() {
		words += ", or an empty text"
	}
	return words
}

// refNames are the kinds of reference in words.
var refNames = map[Kind]string{
	ModelRef: "the id of a model", DeviceRef: "the id of a device", EngineRef: "the id of an engine",
	PrecisionRef: "the id of a precision", HostRef: "the id of a host", PriceRef: "the id of a price",
}

// choiceWords lists the answers as a sentence does: a, b or c.
func choiceWords(ids []string) string {
	shown := make([]string, len(ids))
	for i, id := range ids {
		if shown[i] = id; id == "" {
			shown[i] = `""`
		}
	}
	if len(shown) < 2 {
		return strings.Join(shown, "")
	}
	last := len(shown) - 1
	return strings.Join(shown[:last], ", ") + " or " + shown[last]
}
