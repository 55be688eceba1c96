package calc

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
	"strconv"
	"strings"
)

// JSON writes the scenario as a file: the keys in the order of the contract, only what the person gave, two spaces
// of indent. The same scenario gives the same bytes, and Parse gives back an equal scenario.
func (s Scenario) JSON() []byte { return s.write(false) }

// FullJSON writes every key, with its default where the person gave none: the form as documentation and template.
// Read back, what was a default is an answer of the person's.
func (s Scenario) FullJSON() []byte { return s.write(true) }

// Equal reports whether two scenarios hold the same answers.
func (s Scenario) Equal(o Scenario) bool { return bytes.Equal(s.JSON(), o.JSON()) }

func (s Scenario) write(all bool) []byte {
	w := &writer{}
	w.open('{')
	w.key(keySchema)
	w.raw(strconv.Itoa(FileSchema))
	layout := fileLayout()
	for _, key := range layout.keys {
		if in := layout.inputs[key]; in != nil {
			s.writeInput(w, in, key, all)
		} else if inner := layout.sections[key]; inner != nil {
			s.writeSection(w, inner, key, all)
		}
	}
	if all || !s.facts.IsEmpty() {
		w.key(keyFacts)
		s.writeFacts(w, all)
	}
	if all || len(s.quotes) > 0 {
		w.key(keyQuotes)
		s.writeQuotes(w)
	}
	if all || len(s.typed) > 0 {
		w.key(keyTyped)
		s.writeTyped(w)
	}
	s.writeDecision(w)
	w.close('}')
	w.buf.WriteByte('\n')
	return w.buf.Bytes()
}

func (s Scenario) writeSection(w *writer, inner *section, name string, all bool) {
	byModel := name == "workload" && (all || len(s.byModel) > 0)
	any := all || byModel
	for _, in := range inner.inputs {
		_, given := s.values[in.Path]
		any = any || given
	}
	if !any {
		return
	}
	w.key(name)
	w.open('{')
	for _, key := range inner.keys {
		if in := inner.inputs[key]; in != nil {
			s.writeInput(w, in, key, all)
		}
	}
	if byModel {
		w.key(keyByModel)
		s.writeOverrides(w)
	}
	w.close('}')
}

func (s Scenario) writeInput(w *writer, in *Input, key string, all bool) {
	v, given := s.values[in.Path]
	if !given {
		if !all {
			return
		}
		v = in.Default
	}
	w.key(key)
	w.value(in, v)
}

func (s Scenario) writeOverrides(w *writer) {
	w.open('{')
	for _, id := range sortedKeys(s.byModel) {
		w.key(id)
		w.open('{')
		o := s.byModel[id]
		for _, f := range overrideFields {
			if r := *f.of(&o); r != nil {
				w.key(f.key)
				w.rangeOf(*r)
			}
		}
		w.close('}')
	}
	w.close('}')
}

func (s Scenario) writeFacts(w *writer, all bool) {
	w.open('{')
	v := reflect.ValueOf(s.facts)
	for _, f := range rowFields(v.Type()) {
		if rows := v.FieldByIndex(f.index); all || rows.Len() > 0 {
			w.key(f.key)
			w.row(rows)
		}
	}
	w.close('}')
}

// writer puts JSON together with stable order and indent.
type writer struct {
	buf   bytes.Buffer
	depth int
	first bool // nothing written yet in the open object or list
}

func (w *writer) open(bracket byte) {
	w.buf.WriteByte(bracket)
	w.depth++
	w.first = true
}

func (w *writer) close(bracket byte) {
	w.depth--
	if !w.first {
		w.line()
	}
	w.buf.WriteByte(bracket)
	w.first = false
}

func (w *writer) line() {
	w.buf.WriteByte('\n')
	w.buf.WriteString(strings.Repeat("  ", w.depth))
}

// item starts a new member or item on a line of its own.
func (w *writer) item() {
	if !w.first {
		w.buf.WriteByte(',')
	}
	w.first = false
	w.line()
}

func (w *writer) key(key string) {
	w.item()
	w.text(key)
	w.buf.WriteString(": ")
}

func (w *writer) raw(s string) { w.buf.WriteString(s) }

func (w *writer) text(s string) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(s); err != nil {
		panic("calc: a text cannot be written: " + err.Error()) // no text makes the encoder fail
	}
	w.buf.Write(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

// number writes the shortest form that reads back as the same number. What is not finite is written as null: a
// file cannot hold it, and Check says so.
func (w *writer) number(v float64) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		w.raw("null")
		return
	}
	if v == 0 {
		v = 0 // −0 is written as a plain zero
	}
	w.raw(fileNumber(v))
}

func (w *writer) rangeOf(r Range) {
	if r.IsExact() {
		w.number(r.Likely)
		return
	}
	w.raw(`{"low": `)
	w.number(r.Low)
	w.raw(`, "likely": `)
	w.number(r.Likely)
	w.raw(`, "high": `)
	w.number(r.High)
	w.raw("}")
}

// value writes one answer; lists stay on one line.
func (w *writer) value(in *Input, v Value) {
	if v.Null {
		w.raw("null")
		return
	}
	switch in.Kind {
	case Number, Integer:
		w.rangeOf(v.Number)
	case Bool:
		w.raw(strconv.FormatBool(v.Bool))
	case Strings:
		w.inline(len(v.Texts), func(i int) { w.text(v.Texts[i]) })
	case Shape:
		w.inline(len(v.Numbers), func(i int) { w.number(v.Numbers[i]) })
	default:
		w.text(v.Text)
	}
}

func (w *writer) inline(n int, item func(int)) {
	w.raw("[")
	for i := range n {
		if i > 0 {
			w.raw(", ")
		}
		item(i)
	}
	w.raw("]")
}

// row writes a value of the person's facts with every key, also the empty ones: a row left out would come back from
// the catalogue when the file is read over it.
func (w *writer) row(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			w.raw("null")
			return
		}
		w.row(v.Elem())
	case reflect.Struct:
		if v.Type() == rangeType {
			w.rangeOf(v.Interface().(Range))
			return
		}
		w.open('{')
		for _, f := range rowFields(v.Type()) {
			w.key(f.key)
			w.row(v.FieldByIndex(f.index))
		}
		w.close('}')
	case reflect.Slice:
		w.rows(v)
	case reflect.Map:
		w.open('{')
		entries := v.Interface().(map[string]float64)
		for _, key := range sortedKeys(entries) {
			w.key(key)
			w.number(entries[key])
		}
		w.close('}')
	case reflect.String:
		w.text(v.String())
	case reflect.Bool:
		w.raw(strconv.FormatBool(v.Bool()))
	case reflect.Float64:
		w.number(v.Float())
	default:
		w.raw(strconv.FormatInt(v.Int(), 10))
	}
}

// rows writes a list: texts on one line, objects one below the other.
func (w *writer) rows(v reflect.Value) {
	if v.Type().Elem().Kind() != reflect.Struct {
		w.inline(v.Len(), func(i int) { w.row(v.Index(i)) })
		return
	}
	w.open('[')
	for i := range v.Len() {
		w.item()
		w.row(v.Index(i))
	}
	w.close(']')
}
