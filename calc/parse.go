package calc

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"hostwise/calc/catalog"
)

// FileSchema is the version of the scenario file that this program reads and writes.
const FileSchema = 1

// Parse reads a scenario file. It is strict, as the contract says in section 2: every key, type, id and limit is
// checked, and all problems are returned at once in the order of the file. With any problem the scenario is the
// default one. With a nil catalogue ids are not checked and the person's facts have to be complete.
func Parse(data []byte, cat *catalog.Catalog) (Scenario, Problems) {
	p := &parser{cat: cat, values: map[string]Value{}}
	root := readJSON(data, &p.problems)
	if root != nil {
		p.file(root)
	}
	if problems := p.problems.problems(); len(problems) > 0 {
		return Scenario{}, problems
	}
	s := Scenario{facts: p.facts, byModel: p.byModel, quotes: p.quotes, typed: p.typed, decision: p.decision}
	if len(p.values) > 0 {
		s.values = p.values
	}
	return s, nil
}

// parser carries what is being put together.
type parser struct {
	cat      *catalog.Catalog
	known    knownIDs
	problems collector
	values   map[string]Value
	byModel  map[string]ModelOverride
	facts    Facts
	quotes   []Quote
	typed    map[string]string
	decision *Decision
	badRows  []string // paths of rows of facts with problems already reported
}

func (p *parser) report(n *node, problem, allowed, nearest string) {
	p.problems.add(n.at, Problem{Path: n.path(), Problem: problem, Allowed: allowed, Nearest: nearest})
}

// wrongKind reports a value of the wrong type. A broken value has been reported by the reader.
func (p *parser) wrongKind(n *node, allowed string) {
	switch {
	case n.kind == brokenNode:
	case n.parent == nil:
		p.report(n, "the file holds "+n.kind.String(), allowed, "")
	default:
		p.report(n, "the value is "+n.kind.String(), allowed, "")
	}
}

// The keys that are no rows of Inputs.
const (
	keySchema  = "schema"
	keyFacts   = "facts"
	keyByModel = "by_model"
	keyQuotes  = "quotes"
	keyTyped   = "typed"
)

// ownKeys are those at the top of the file that are read apart from the answers.
var ownKeys = []string{keySchema, keyFacts, keyQuotes, keyTyped, keyDecision}

// section is an object of the file: its keys in order, and the input or section that each holds.
type section struct {
	keys     []string
	inputs   map[string]*Input
	sections map[string]*section
}

// fileLayout is the tree of sections that the paths of Inputs make.
var fileLayout = sync.OnceValue(func() *section {
	newSection := func() *section {
		return &section{inputs: map[string]*Input{}, sections: map[string]*section{}}
	}
	root := newSection()
	root.keys = []string{keySchema}
	for i := range Inputs {
		at, key := root, Inputs[i].Path
		if name, leaf, nested := strings.Cut(key, "."); nested {
			if root.sections[name] == nil {
				root.sections[name] = newSection()
				root.keys = append(root.keys, name)
			}
			at, key = root.sections[name], leaf
		}
		at.keys = append(at.keys, key)
		at.inputs[key] = &Inputs[i]
	}
	root.sections["workload"].keys = append(root.sections["workload"].keys, keyByModel)
	root.keys = append(root.keys, keyFacts, keyQuotes, keyTyped, keyDecision)
	return root
})

func (p *parser) file(root *node) {
	if root.kind != objectNode {
		p.wrongKind(root, `an object such as {"schema": 1}`)
		return
	}
	// The person's own rows come first: their ids count as known in the rest of the file.
	if n := root.child(keyFacts); n != nil {
		p.readFacts(n)
	}
	p.known = newKnownIDs(p.cat, p.facts)
	p.checkFactRows(root.child(keyFacts))
	p.schema(root)
	p.section(root, fileLayout(), "")
	// What belongs to an answer comes after the answers.
	if n := root.child(keyQuotes); n != nil {
		p.readQuotes(n)
	}
	if n := root.child(keyTyped); n != nil {
		p.readTyped(n)
	}
	if n := root.child(keyDecision); n != nil {
		p.readDecision(n)
	}
}

func (p *parser) schema(root *node) {
	allowed := fmt.Sprint(FileSchema)
	switch n := root.child(keySchema); {
	case n == nil:
		p.problems.add(root.at, Problem{Path: keySchema, Problem: "the key is missing", Allowed: allowed})
	case n.kind != numberNode:
		p.wrongKind(n, allowed)
	case n.number > FileSchema:
		p.report(n, fileNumber(n.number)+" is a file version that this program does not know", allowed+"; a newer Hostwise may read it", "")
	case n.number != FileSchema:
		p.report(n, fileNumber(n.number)+" is no file version", allowed, "")
	}
}

func (p *parser) section(n *node, s *section, path string) {
	if n.kind != objectNode {
		p.wrongKind(n, "an object with the keys "+strings.Join(s.keys, ", "))
		return
	}
	for _, member := range n.children {
		switch key := member.key; {
		case s.inputs[key] != nil:
			p.input(member, s.inputs[key])
		case s.sections[key] != nil:
			p.section(member, s.sections[key], key)
		case path == "" && slices.Contains(ownKeys, key):
		case path == "workload" && key == keyByModel:
			p.models(member)
		default:
			p.unknownKey(member, s.keys, path)
		}
	}
}

// unknownKey reports a key that is not in the contract, with the one that was probably meant, here or elsewhere.
func (p *parser) unknownKey(n *node, keys []string, section string) {
	if p.problems.full() {
		return
	}
	near := nearest(n.key, words(keys))
	const sameWord = 2 // slips: a key of this section that is so close was meant
	if section != keyFacts && (near == "" || distance(fold(near), fold(n.key)) > sameWord) {
		if elsewhere := leafElsewhere(n.key, section); elsewhere != "" {
			near = elsewhere
		}
	}
	p.report(n, "the key is unknown", strings.Join(keys, ", "), near)
}

// leafElsewhere finds a key that is right but stands in the wrong section.
func leafElsewhere(key, section string) string {
	for i := range Inputs {
		name, leaf, nested := strings.Cut(Inputs[i].Path, ".")
		if !nested {
			name, leaf = "", Inputs[i].Path
		}
		if name != section && fold(leaf) == fold(key) {
			return Inputs[i].Path
		}
	}
	return ""
}

func (p *parser) input(n *node, in *Input) {
	v, ok := p.value(n, in)
	if !ok {
		return
	}
	problems := checkValue(in, v, p.known)
	for _, problem := range problems {
		p.problems.add(n.at, problem)
	}
	if len(problems) == 0 {
		p.values[in.Path] = v
	}
}

// value turns a JSON value into an answer of the input's kind; false where its type is wrong.
func (p *parser) value(n *node, in *Input) (Value, bool) {
	if n.kind == nullNode {
		return Null, true // checkValue says where null is allowed
	}
	switch in.Kind {
	case Number:
		r, ok := p.number(n, in.Allowed())
		return Value{Number: r}, ok
	case Integer:
		if n.kind == numberNode {
			return Num(n.number), true
		}
	case Bool:
		if n.kind == boolNode {
			return Value{Bool: n.truth}, true
		}
	case Strings:
		if n.kind == listNode {
			return p.texts(n)
		}
	case Shape:
		if n.kind == listNode {
			return p.weights(n)
		}
	default:
		if n.kind == textNode {
			return Str(n.text), true
		}
	}
	p.wrongKind(n, in.Allowed())
	return Value{}, false
}

// rangeKeys are the keys of a range, all three of them needed.
var rangeKeys = []string{"low", "likely", "high"}

// number reads a plain number or a range.
func (p *parser) number(n *node, allowed string) (Range, bool) {
	switch n.kind {
	case numberNode:
		return catalog.Exact(n.number), true
	case objectNode:
		return p.rangeOf(n)
	}
	p.wrongKind(n, allowed)
	return Range{}, false
}

func (p *parser) rangeOf(n *node) (r Range, ok bool) {
	points := map[string]*float64{"low": &r.Low, "likely": &r.Likely, "high": &r.High}
	ok = true
	for _, member := range n.children {
		point := points[member.key]
		switch {
		case point == nil:
			p.report(member, "the key is unknown", strings.Join(rangeKeys, ", "), nearest(member.key, words(rangeKeys)))
			ok = false
		case member.kind != numberNode:
			p.wrongKind(member, "a number")
			ok = false
		default:
			*point = member.number
		}
	}
	for _, key := range rangeKeys {
		if n.child(key) == nil {
			p.report(n, "the range has no "+key, "exactly low, likely and high", "")
			ok = false
		}
	}
	return r, ok
}

func (p *parser) texts(n *node) (Value, bool) {
	var v Value
	ok := true
	for _, item := range n.children {
		if item.kind != textNode {
			p.wrongKind(item, "a text")
			ok = false
			continue
		}
		v.Texts = append(v.Texts, item.text)
	}
	return v, ok
}

func (p *parser) weights(n *node) (Value, bool) {
	var v Value
	ok := true
	for _, item := range n.children {
		if item.kind != numberNode {
			p.wrongKind(item, "a number, not negative")
			ok = false
			continue
		}
		v.Numbers = append(v.Numbers, item.number)
	}
	return v, ok
}

// overrideField is one key of workload.by_model and where its value goes.
type overrideField struct {
	key string
	of  func(*ModelOverride) **Range
}

var overrideFields = []overrideField{
	{"retry_rate", func(o *ModelOverride) **Range { return &o.RetryRate }},
	{"success_share", func(o *ModelOverride) **Range { return &o.SuccessShare }},
	{"review_minutes_per_call", func(o *ModelOverride) **Range { return &o.ReviewMinutesPerCall }},
	{"output_tokens_per_call", func(o *ModelOverride) **Range { return &o.OutputTokensPerCall }},
	{"reasoning_tokens_per_call", func(o *ModelOverride) **Range { return &o.ReasoningPerCall }},
}

// limits are those of the input of the same name. A success share has none there: at 0 no number of attempts is
// enough, so it ends at one in a hundred.
func (f overrideField) limits() limits {
	if in := LookupInput("workload." + f.key); in != nil {
		return in.limits()
	}
	return limits{0.01, 1}
}

// models reads workload.by_model.
func (p *parser) models(n *node) {
	if n.kind != objectNode {
		p.wrongKind(n, "an object with a model id for every key")
		return
	}
	for _, member := range n.children {
		if !p.known.models.ids[member.key] && p.problems.full() {
			continue
		}
		if problem := p.known.models.check(member.path(), member.key, false); problem != nil {
			p.problems.add(member.at, *problem)
			continue
		}
		if o := p.override(member); o != (ModelOverride{}) {
			if p.byModel == nil {
				p.byModel = map[string]ModelOverride{}
			}
			p.byModel[member.key] = o
		}
	}
}

func (p *parser) override(n *node) (o ModelOverride) {
	keys := make([]string, len(overrideFields))
	for i, f := range overrideFields {
		keys[i] = f.key
	}
	if n.kind != objectNode {
		p.wrongKind(n, "an object with any of the keys "+strings.Join(keys, ", "))
		return o
	}
	for _, member := range n.children {
		i := slices.Index(keys, member.key)
		if i < 0 {
			p.unknownKey(member, keys, "workload")
			continue
		}
		f := overrideFields[i]
		r, ok := p.number(member, "a number "+f.limits().words()+", or its low, likely and high")
		if !ok {
			continue
		}
		for _, problem := range f.limits().checkRange(member.path(), r) {
			p.problems.add(member.at, problem)
		}
		*f.of(&o) = &r
	}
	return o
}
