package calc

import (
	"maps"
	"slices"

	"hostwise/calc/catalog"
)

// Range is P10, P50 and P90 of one distribution.
type Range = catalog.Range

// Value is one answer. Which field counts follows from the Kind of its Input.
type Value struct {
	Null    bool      // "from the catalogue"
	Number  Range     // Number and Integer; exact unless the person gave a range
	Bool    bool      // Bool
	Text    string    // Text, Choice, Date and every reference
	Texts   []string  // Strings
	Numbers []float64 // Shape
}

// Num returns an exact number as a value.
func Num(v float64) Value { return Value{Number: catalog.Exact(v)} }

// Between returns a range as a value.
func Between(low, likely, high float64) Value {
	return Value{Number: Range{Low: low, Likely: likely, High: high}}
}

// Yes and No are the two answers to a Bool input.
var (
	Yes = Value{Bool: true}
	No  = Value{}
)

// Str returns text as a value.
func Str(s string) Value { return Value{Text: s} }

// Null is the answer "from the catalogue".
var Null = Value{Null: true}

// Equal reports whether two answers are the same.
func (v Value) Equal(o Value) bool {
	return v.Null == o.Null && v.Number == o.Number && v.Bool == o.Bool && v.Text == o.Text &&
		slices.Equal(v.Texts, o.Texts) && slices.Equal(v.Numbers, o.Numbers)
}

// ModelOverride is what a person knows about one model that differs from the rest.
// A nil field is not given.
type ModelOverride struct {
	RetryRate            *Range `json:"retry_rate,omitempty"`
	SuccessShare         *Range `json:"success_share,omitempty"`
	ReviewMinutesPerCall *Range `json:"review_minutes_per_call,omitempty"`
	OutputTokensPerCall  *Range `json:"output_tokens_per_call,omitempty"`
	ReasoningPerCall     *Range `json:"reasoning_tokens_per_call,omitempty"`
}

// Facts are the person's own rows. They outrank the catalogue by id and travel with the case.
type Facts struct {
	Models   []catalog.Model    `json:"models"`
	Devices  []catalog.Device   `json:"devices"`
	Hosts    []catalog.Host     `json:"hosts"`
	Prices   []catalog.Price    `json:"prices"`
	Measured []catalog.SpeedRun `json:"measured"`
}

// IsEmpty reports whether the person has given no facts.
func (f Facts) IsEmpty() bool {
	return len(f.Models)+len(f.Devices)+len(f.Hosts)+len(f.Prices)+len(f.Measured) == 0
}

// Scenario is the questions' answers: only what the person gave. Everything else has its default.
// It is a value: With and Without return a changed copy, so a scenario may be shared between goroutines
// and kept for undo. The zero Scenario is the default one.
type Scenario struct {
	values   map[string]Value // by Input.Path; never changed in place
	byModel  map[string]ModelOverride
	facts    Facts
	quotes   []Quote           // in the order of the inputs; never changed in place
	typed    map[string]string // by Input.Path, what a number was typed as; never changed in place
	decision *Decision         // nil = none yet; never changed in place
}

// Given returns the person's answer to the input at path, and whether there is one.
func (s Scenario) Given(path string) (Value, bool) {
	v, ok := s.values[path]
	return v, ok
}

// Value returns the person's answer, or the default of the input.
// It panics on a path that is not in Inputs: that is a mistake in the program.
func (s Scenario) Value(path string) Value {
	if v, ok := s.values[path]; ok {
		return v
	}
	return InputAt(path).Default
}

// Number returns the answer to a number input; a null answer is the zero range.
func (s Scenario) Number(path string) Range { return s.Value(path).Number }

// Likely returns the likely value of a number input.
func (s Scenario) Likely(path string) float64 { return s.Value(path).Number.Likely }

// Int returns the answer to an integer input.
func (s Scenario) Int(path string) int { return int(s.Value(path).Number.Likely) }

// Text returns the answer to a text, choice or reference input.
func (s Scenario) Text(path string) string { return s.Value(path).Text }

// Bool returns the answer to a yes-or-no input.
func (s Scenario) Bool(path string) bool { return s.Value(path).Bool }

// IsNull reports whether the input stands at "from the catalogue".
func (s Scenario) IsNull(path string) bool { return s.Value(path).Null }

// With returns the scenario with one answer set. It does not check it: Check does. A quote for the price at path stays
// with a corrected amount and goes with a null; the text that the old amount was typed as goes with it.
func (s Scenario) With(path string, v Value) Scenario {
	InputAt(path) // a wrong path is a mistake in the program
	c := s
	if old, given := s.values[path]; !given || !old.Equal(v) {
		c.forget(path)
	}
	if v.Null && s.quotes != nil {
		c = c.WithoutQuote(path)
	}
	c.values = maps.Clone(s.values)
	if c.values == nil {
		c.values = map[string]Value{}
	}
	c.values[path] = v
	return c
}

// Without returns the scenario with one answer taken back to its default, and with it the quote and the typed text
// that belong to it.
func (s Scenario) Without(path string) Scenario {
	c := s
	if _, given := s.values[path]; given {
		c.forget(path)
	}
	if s.quotes != nil {
		c = c.WithoutQuote(path)
	}
	c.values = maps.Clone(s.values)
	delete(c.values, path)
	return c
}

// ByModel returns what the person said of single models.
func (s Scenario) ByModel() map[string]ModelOverride { return maps.Clone(s.byModel) }

// WithModel returns the scenario with what is known of one model replaced.
func (s Scenario) WithModel(id string, o ModelOverride) Scenario {
	c := s
	c.byModel = maps.Clone(s.byModel)
	if c.byModel == nil {
		c.byModel = map[string]ModelOverride{}
	}
	if o == (ModelOverride{}) {
		delete(c.byModel, id)
	} else {
		c.byModel[id] = o
	}
	return c
}

// Facts returns the person's own rows.
func (s Scenario) Facts() Facts { return s.facts }

// WithFacts returns the scenario with the person's own rows replaced.
func (s Scenario) WithFacts(f Facts) Scenario {
	c := s
	c.facts = f
	return c
}

// Name returns the scenario's name.
func (s Scenario) Name() string { return s.Text("name") }
