package calc

import (
	"bytes"
	"reflect"
	"strings"
)

// Change is one answer in which two scenarios differ.
type Change struct {
	Path  string // "workload.calls_per_month", "workload.by_model.deepseek-r1.retry_rate", "facts.prices.my-quote"
	Label string // as lists and tables name it
	Input *Input // nil where the change is no row of Inputs: one model's own figures, or the person's facts
	From  Value  // the answer or default before; not used where Input is nil
	To    Value
	// FromText and ToText are both sides as a person reads them; a default is marked as one.
	FromText string
	ToText   string
}

// Diff lists what differs from a to b: inputs in the order of the file, then what is said of single models, then the
// person's facts and quotes, and what was decided. A default that becomes an answer of the same value is a change only where the default has a range: then
// it is a range no more.
func Diff(a, b Scenario) []Change {
	var changes []Change
	for i := range Inputs {
		in := &Inputs[i]
		_, givenA := a.values[in.Path]
		_, givenB := b.values[in.Path]
		from, to := a.Value(in.Path), b.Value(in.Path)
		if from.Equal(to) && (givenA == givenB || in.Spread == nil) {
			continue
		}
		changes = append(changes, Change{
			Path: in.Path, Label: in.Label, Input: in, From: from, To: to,
			FromText: answerText(in, from, givenA, EntryOptionsOf(a)), ToText: answerText(in, to, givenB, EntryOptionsOf(b)),
		})
	}
	changes = append(changes, diffModels(a.byModel, b.byModel)...)
	changes = append(changes, diffFacts(a.facts, b.facts)...)
	changes = append(changes, diffQuotes(a, b)...)
	return append(changes, diffDecision(a, b)...)
}

// answerText is an answer as a person reads it, in the currency of its case.
func answerText(in *Input, v Value, given bool, opt EntryOptions) string {
	text := FormatEntryWith(in, v, opt)
	switch {
	case v.Null:
		text = "from the catalogue"
	case text == "":
		text = "none"
	}
	if !given && !v.Null {
		text += " (default)"
	}
	return text
}

const nothingSaid = "not stated"

func diffModels(a, b map[string]ModelOverride) []Change {
	ids := map[string]bool{}
	for id := range a {
		ids[id] = true
	}
	for id := range b {
		ids[id] = true
	}
	var changes []Change
	for _, id := range sortedKeys(ids) {
		from, to := a[id], b[id]
		for _, f := range overrideFields {
			x, y := *f.of(&from), *f.of(&to)
			if x == nil && y == nil || x != nil && y != nil && *x == *y {
				continue
			}
			changes = append(changes, Change{
				Path: "workload." + keyByModel + "." + id + "." + f.key, Label: f.label() + ", " + id,
				FromText: f.text(x), ToText: f.text(y),
			})
		}
	}
	return changes
}

// input is the row of Inputs that asks the same of all models, nil where there is none.
func (f overrideField) input() *Input { return LookupInput("workload." + f.key) }

func (f overrideField) label() string {
	if in := f.input(); in != nil {
		return in.Label
	}
	return "Good answers"
}

func (f overrideField) text(r *Range) string {
	if r == nil {
		return nothingSaid
	}
	in := f.input()
	if in == nil {
		in = &Input{Kind: Number, Unit: UnitShare}
	}
	return FormatEntry(in, Value{Number: *r})
}

// factLabels name the lists of facts in the singular.
var factLabels = map[string]string{
	"models": "Your model", "devices": "Your device", "hosts": "Your host", "prices": "Your price", "measured": "Your measurement",
}

// diffFacts compares the person's rows by id, key by key where both sides have the row.
func diffFacts(a, b Facts) []Change {
	var changes []Change
	va, vb := reflect.ValueOf(a), reflect.ValueOf(b)
	for _, f := range rowFields(va.Type()) {
		before, after := rowsByID(va.FieldByIndex(f.index)), rowsByID(vb.FieldByIndex(f.index))
		ids := map[string]bool{}
		for id := range before {
			ids[id] = true
		}
		for id := range after {
			ids[id] = true
		}
		for _, id := range sortedKeys(ids) {
			path, label := "facts."+f.key+"."+id, factLabels[f.key]+" "+id
			x, hadIt := before[id]
			y, hasIt := after[id]
			switch {
			case !hadIt:
				changes = append(changes, Change{Path: path, Label: label, FromText: nothingSaid, ToText: "added"})
			case !hasIt:
				changes = append(changes, Change{Path: path, Label: label, FromText: "stated", ToText: "taken out"})
			default:
				changes = append(changes, diffRow(path, label, x, y)...)
			}
		}
	}
	return changes
}

func rowsByID(rows reflect.Value) map[string]reflect.Value {
	byID := make(map[string]reflect.Value, rows.Len())
	for i := range rows.Len() {
		byID[rows.Index(i).FieldByName("ID").String()] = rows.Index(i)
	}
	return byID
}

func diffRow(path, label string, x, y reflect.Value) []Change {
	var changes []Change
	for _, f := range rowFields(x.Type()) {
		from, to := rowText(x.FieldByIndex(f.index)), rowText(y.FieldByIndex(f.index))
		if from != to {
			changes = append(changes, Change{
				Path: path + "." + f.key, Label: label + ", " + strings.ReplaceAll(f.key, "_", " "), FromText: from, ToText: to,
			})
		}
	}
	return changes
}

// rowText is one value of a row on one line.
func rowText(v reflect.Value) string {
	w := &writer{}
	w.row(v)
	return string(bytes.Join(bytes.Fields(w.buf.Bytes()), []byte(" ")))
}
