package calc

import (
	"fmt"
	"slices"

	"hostwise/calc/catalog"
)

// Kind says what an answer is made of.
type Kind int

// The kinds of answer.
const (
	Number       Kind = iota // may be a range
	Integer                  // a whole number, never a range
	Bool                     // yes or no
	Text                     // free text
	Choice                   // one of Choices
	Date                     // YYYY-MM-DD or empty
	ModelRef                 // a model id
	DeviceRef                // a device id
	EngineRef                // an engine id, may be empty
	PrecisionRef             // a precision id, may be empty
	HostRef                  // a host id, may be empty
	PriceRef                 // a price id, may be empty
	Strings                  // a list of texts
	Shape                    // 168 weights or none
)

// Step is the part of the guide in which a question is asked.
type Step string

// The six steps of the guide. Review asks nothing: it shows every answer.
const (
	StepWorkload Step = "Workload"
	StepModel    Step = "Model"
	StepRules    Step = "Rules"
	StepHardware Step = "Hardware"
	StepMoney    Step = "Money"
	StepReview   Step = "Review"
)

// Steps lists the steps in the order in which they are asked.
var Steps = []Step{StepWorkload, StepModel, StepRules, StepHardware, StepMoney, StepReview}

// Unit names what a number counts; it decides how it is typed and shown.
type Unit string

// The units of the inputs.
const (
	UnitNone        Unit = ""
	UnitCalls       Unit = "calls"
	UnitTokens      Unit = "tokens"
	UnitShare       Unit = "share" // 0..1, shown as per cent
	UnitFactor      Unit = "×"
	UnitUSD         Unit = "usd"
	UnitUSDMonth    Unit = "usd/month"
	UnitUSDPerMTok  Unit = "usd/mtok"
	UnitUSDHour     Unit = "usd/hour"
	UnitUSDPerKWh   Unit = "usd/kwh"
	UnitUSDKWMonth  Unit = "usd/kw-month"
	UnitSeconds     Unit = "seconds"
	UnitMinutes     Unit = "minutes"
	UnitMonths      Unit = "months"
	UnitWeeks       Unit = "weeks"
	UnitHoursWeek   Unit = "hours/week"
	UnitTokensSec   Unit = "tokens/second"
	UnitTokensMin   Unit = "tokens/minute"
	UnitKW          Unit = "kW"
	UnitFTE         Unit = "FTE"
	UnitBits        Unit = "bits"
	UnitDevices     Unit = "devices"
	UnitReplicas    Unit = "replicas"
	UnitSequences   Unit = "sequences"
	UnitLayers      Unit = "layers"
	UnitGB          Unit = "GB" // 10^9 bytes; no input has it, the person's own devices do
	UnitSharePerMon Unit = "share/month"
	UnitSharePerYr  Unit = "share/year"
)

// Option is one allowed answer to a Choice, in the file's word and in the screen's.
type Option struct {
	ID    string
	Label string
	Help  string
}

// HoursOfWeek is how many weights a weekly shape has, from Monday 00:00.
const HoursOfWeek = 168

// Preset is a ready answer offered as a chip beside the field.
type Preset struct {
	Label string // "100,000"
	Hint  string // "production"
	Value Value
}

// Input is one question: a row of the table that drives the guide, validation, the file format, the
// sensitivity run and the comparison. Adding a question is adding a row.
type Input struct {
	Path     string // "workload.calls_per_month", as in the scenario file
	Label    string // "Calls a month": in lists and tables
	Question string // "How many calls a month?": in the guide
	Help     string // what is meant, in one or two sentences
	Why      string // why it matters to the answer
	Kind     Kind
	Unit     Unit
	Step     Step // where it is asked
	// Essential marks the eight questions that a person who knows nothing answers.
	Essential bool
	// Expert marks questions that the guide shows only under "more questions" of its step.
	Expert bool

	Default  Value
	Nullable bool    // null = from the catalogue
	Min, Max float64 // limits of a number, both allowed
	MaxLen   int     // characters of a text, or of each text of a list
	MaxItems int     // most texts of a list; the exact number of weights of a shape
	// Spread is the P10..P90 range of the default where it is not exact; it does not apply to the person's own numbers.
	Spread  *Range
	Choices []Option
	Presets []Preset
	// AskedWith is the path of the question on whose page this one is asked too; "" = on its own.
	AskedWith string
	// Asked says whether the question matters given the other answers; nil = always.
	Asked func(Scenario) bool
	// Uncertain marks inputs that enter sampling and the tornado.
	Uncertain bool

	catalog.Fact // evidence for the default
}

// Ranged reports whether the answer may be a range.
func (in Input) Ranged() bool { return in.Kind == Number }

// MayBeEmpty reports whether an empty text is an answer: "choose for me", "none" or "not said".
func (in Input) MayBeEmpty() bool {
	switch in.Kind {
	case EngineRef, PrecisionRef, HostRef, PriceRef:
		return true
	case Choice:
		return slices.ContainsFunc(in.Choices, func(o Option) bool { return o.ID == "" })
	}
	return in.Default.Text == ""
}

// Relevant reports whether the question matters given the other answers.
func (in Input) Relevant(s Scenario) bool { return in.Asked == nil || in.Asked(s) }

// inputIndex finds a row of Inputs by its path. It is filled at start-up and not by an initialiser: the rows'
// Asked functions read a Scenario, which reads the index, and Go refuses that circle among initialisers.
var inputIndex map[string]*Input

func init() {
	inputIndex = make(map[string]*Input, len(Inputs))
	for i := range Inputs {
		inputIndex[Inputs[i].Path] = &Inputs[i]
	}
}

// InputAt returns the row of a path. It panics on a path that is not in the table.
func InputAt(path string) *Input {
	in, ok := inputIndex[path]
	if !ok {
		panic(fmt.Sprintf("calc: no input %q", path))
	}
	return in
}

// LookupInput returns the row of a path, or nil.
func LookupInput(path string) *Input { return inputIndex[path] }
