package facts

import (
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"strings"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

// fieldKind is how a figure of a row is given.
type fieldKind int

const (
	amountField fieldKind = iota // a number
	rangeField                   // a number or a range
	wholeField
	textField
	dayField
	choiceField
	switchField
)

// fieldSpec is one question of a form: a key of the row, its words, and how it is answered.
type fieldSpec struct {
	key   string // in the row as the file has it
	label string
	hint  string // in the empty field
	note  string // below the label
	unit  string // inside the field, for what is no unit of the questions
	kind  fieldKind
	in    calc.Unit
	times float64 // the row's number for one of the field's: 10^9 where the row counts bytes; 0 = 1
	need  bool
	among func(cat *catalog.Catalog) []ui.Choice
	fresh bool // asked only of a new row
}

func (s *fieldSpec) factor() float64 {
	if s.times == 0 {
		return 1
	}
	return s.times
}

// input is the question as the reader of typed answers takes it.
func (s *fieldSpec) input() *calc.Input {
	in := &calc.Input{Path: s.key, Kind: calc.Number, Unit: s.in, Max: maxFigure / s.factor()}
	switch s.kind {
	case wholeField:
		in.Kind = calc.Integer
	case dayField:
		in.Kind = calc.Date
	}
	return in
}

// maxFigure is the largest number that a row may hold, as the file's reader has it.
const maxFigure = 1e15

const gigabyte = 1e9

// form words of one table: what a new row is called, and its questions.
type formSpec struct {
	add, title string
	intro      string // above the questions of a new row
	fields     []fieldSpec
}

func some(pairs ...string) func(*catalog.Catalog) []ui.Choice {
	return func(*catalog.Catalog) []ui.Choice {
		var out []ui.Choice
		for i := 0; i+1 < len(pairs); i += 2 {
			out = append(out, ui.Choice{ID: pairs[i], Title: pairs[i+1]})
		}
		return out
	}
}

func anyModel(cat *catalog.Catalog) (out []ui.Choice) {
	for _, m := range cat.Models {
		out = append(out, ui.Choice{ID: m.ID, Title: m.ShortName})
	}
	return out
}

func anyDevice(cat *catalog.Catalog) (out []ui.Choice) {
	for _, d := range cat.Devices {
		out = append(out, ui.Choice{ID: d.ID, Title: d.ShortName})
	}
	return out
}

func anyEngine(cat *catalog.Catalog) (out []ui.Choice) {
	for _, e := range cat.Engines {
		out = append(out, ui.Choice{ID: e.ID, Title: e.Name})
	}
	return out
}

func anyPrecision(cat *catalog.Catalog) (out []ui.Choice) {
	seen := map[string]bool{}
	for _, p := range cat.Precisions {
		if p.Kind == "raw" {
			continue
		}
		title, _, _ := strings.Cut(p.Label, " (") // what stands in brackets explains, and has no room here
		if seen[title] {
			title = p.Label
		}
		seen[title] = true
		out = append(out, ui.Choice{ID: p.ID, Title: title})
	}
	return out
}

func anyArchitecture(cat *catalog.Catalog) (out []ui.Choice) {
	seen := map[string]bool{}
	for _, d := range cat.Devices {
		if !seen[d.Architecture] {
			seen[d.Architecture] = true
			out = append(out, ui.Choice{ID: d.Architecture, Title: d.Architecture})
		}
	}
	return out
}

// forms are the tables that a person can add to or correct.
var forms = map[string]formSpec{
	"prices": {add: "Add a price", title: "API price", intro: "It joins the listings that make the market of its model. To be billed at it alone, choose it for this case from its row.", fields: []fieldSpec{
		{key: "provider", label: "Provider", kind: textField, need: true, hint: "Nebius", fresh: true},
		{key: "model", label: "Model", kind: choiceField, among: anyModel, fresh: true},
		{key: "provider_kind", label: "Kind of provider", kind: choiceField, among: some("host", "host", "cloud", "cloud", "first-party", "first party", "reseller", "reseller"), fresh: true},
		{key: "input_usd_per_mtok", label: "Input", in: calc.UnitUSDPerMTok, hint: "$0.55", unit: "a million tokens", need: true},
		{key: "cached_input_usd_per_mtok", label: "Cached input, empty = none", in: calc.UnitUSDPerMTok, hint: "none", unit: "a million tokens"},
		{key: "output_usd_per_mtok", label: "Output", in: calc.UnitUSDPerMTok, hint: "$2.19", unit: "a million tokens", need: true},
		{key: "context_tokens", label: "Context, empty = not stated", kind: wholeField, in: calc.UnitTokens, hint: "128k", unit: "tokens"},
		{key: "pinned", label: "A fixed version is promised", kind: switchField},
	}},
	"rents": {add: "Add a rental price", title: "Rental price", fields: []fieldSpec{
		{key: "device", label: "Device", kind: choiceField, among: anyDevice, fresh: true},
		{key: "provider", label: "Provider", kind: textField, need: true, hint: "Lambda", fresh: true},
		{key: "term", label: "Term", kind: choiceField, among: some("on-demand", "on demand", "1-year", "1 year", "3-year", "3 years"), fresh: true},
		{key: "usd_per_device_hour", label: "Price of one device for an hour", kind: rangeField, in: calc.UnitUSDHour, hint: "$2.50, or 2 to 3", unit: "an hour", need: true},
	}},
	"devices": {add: "Add a device", title: "Device", intro: "Once it is here, choose it for this case from its row.", fields: []fieldSpec{
		{key: "name", label: "Name", kind: textField, need: true, hint: "RTX 7090 32 GB", fresh: true},
		{key: "kind", label: "Kind", kind: choiceField, fresh: true, among: some("datacenter", "data centre", "workstation", "workstation", "consumer", "consumer", "unified", "unified memory", "cpu", "processor", "rack", "rack")},
		{key: "memory_class", label: "Memory", kind: choiceField, fresh: true, among: some("hbm", "HBM", "gddr", "GDDR", "unified", "unified", "ddr", "DDR")},
		{key: "architecture", label: "Architecture", kind: choiceField, fresh: true, among: anyArchitecture},
		{key: "memory_gb", label: "Memory on the label", in: calc.UnitGB, hint: "80", unit: "GB", need: true},
		{key: "bandwidth_gbs", label: "Memory bandwidth", hint: "3,350", unit: "GB/s", need: true},
		{key: "bf16_tflops", label: "16-bit compute, empty = not known", hint: "989", unit: "TFLOPS"},
		{key: "fp8_tflops", label: "FP8 compute, empty = none", hint: "1,979", unit: "TFLOPS"},
		{key: "tdp_w", label: "Power", hint: "700", unit: "W", need: true},
		{key: "max_per_host", label: "Most in one server", kind: wholeField, hint: "8", unit: "devices", need: true},
		{key: "price_usd", label: "Price of one, empty = not priced", kind: rangeField, in: calc.UnitUSD, hint: "$30k, or 28k to 35k"},
	}},
	"hosts": {add: "Add a server", title: "Server without cards", fields: []fieldSpec{
		{key: "name", label: "Name", kind: textField, need: true, hint: "8-slot PCIe server"},
		{key: "device_kinds", label: "Takes", kind: choiceField, fresh: true, among: some("datacenter", "data-centre cards", "workstation", "workstation cards", "consumer", "consumer cards", "rack", "a rack's cards")},
		{key: "slots", label: "Most cards", kind: wholeField, hint: "8", unit: "cards", need: true},
		{key: "price_usd", label: "Price without cards", kind: rangeField, in: calc.UnitUSD, hint: "$60k", need: true},
		{key: "base_kw", label: "Power without cards", in: calc.UnitKW, hint: "2.5", unit: "kW", need: true},
		{key: "memory_bytes", label: "Memory of the server, empty = not known", in: calc.UnitGB, times: gigabyte, hint: "2,000", unit: "GB"},
		{key: "bandwidth_gbs", label: "Its bandwidth, empty = not known", hint: "600", unit: "GB/s"},
		{key: "sockets", label: "Processors that share it, empty = one", kind: wholeField, hint: "2"},
		{key: "lead_time_weeks", label: "Delivery", kind: rangeField, in: calc.UnitWeeks, hint: "6 to 12", unit: "weeks", need: true},
	}},
	"models": {add: "Add a model", title: "Model", intro: "Once it is here, choose it for this case from its row.", fields: []fieldSpec{
		{key: "name", label: "Name", kind: textField, need: true, hint: "Our fine-tune of the 32B", fresh: true},
		{key: "shape", label: "Same shape as", kind: choiceField, among: anyModel, fresh: true, note: "Layers, heads and parameters are taken from it."},
		{key: "reasoning_tokens", label: "Thinking tokens an answer", kind: rangeField, in: calc.UnitTokens, hint: "500 to 2k to 6k", unit: "tokens", need: true},
		{key: "published_context", label: "Longest context", kind: wholeField, in: calc.UnitTokens, hint: "128k", unit: "tokens"},
		{key: "quality.aime_2024_pass1", label: "AIME 2024, empty = not measured", unit: "% pass@1"},
		{key: "quality.math_500_pass1", label: "MATH-500, empty = not measured", unit: "% pass@1"},
		{key: "quality.gpqa_diamond_pass1", label: "GPQA Diamond, empty = not measured", unit: "% pass@1"},
		{key: "quality.livecodebench_pass1", label: "LiveCodeBench, empty = not measured", unit: "% pass@1"},
	}},
	"measured": {add: "Add a run", title: "Measured run", intro: "A run of your own outranks every published one of the same set-up. This case's set-up is filled in.", fields: []fieldSpec{
		{key: "parsed_model", label: "Model", kind: choiceField, among: anyModel, fresh: true},
		{key: "parsed_precision", label: "Precision", kind: choiceField, among: anyPrecision, fresh: true},
		{key: "parsed_engine", label: "Engine", kind: choiceField, among: anyEngine, fresh: true},
		{key: "parsed_version", label: "Engine version, empty = today's", kind: textField, hint: "0.11.2", fresh: true},
		{key: "parsed_device", label: "Device", kind: choiceField, among: anyDevice, fresh: true},
		{key: "gpus", label: "How many devices", kind: wholeField, hint: "8", unit: "devices", need: true},
		{key: "parsed_concurrency", label: "Requests at once", kind: wholeField, hint: "16", unit: "at once", need: true},
		{key: "isl", label: "Tokens in, each request", kind: wholeField, in: calc.UnitTokens, hint: "2k", unit: "tokens"},
		{key: "osl", label: "Tokens out, thinking included", kind: wholeField, in: calc.UnitTokens, hint: "1k", unit: "tokens"},
		{key: "output_tok_s", label: "Speed of the whole set-up", hint: "1,450", unit: "output tokens a second", need: true},
		{key: "ttft_ms", label: "Time to the first token, empty = not measured", in: calc.UnitSeconds, times: 1000, hint: "0.8", unit: "seconds"},
		{key: "draft_tokens", label: "Draft tokens a step, empty = none", kind: wholeField, hint: "none", unit: "tokens"},
		{key: "data_parallel", label: "Attention in data-parallel", kind: switchField},
	}},
}

// number reads a JSON number, or the points of a range.
func number(v any) (catalog.Range, bool) {
	switch x := v.(type) {
	case json.Number:
		f, err := x.Float64()
		return catalog.Exact(f), err == nil
	case float64:
		return catalog.Exact(x), true
	case map[string]any:
		low, a := number(x["low"])
		likely, b := number(x["likely"])
		high, c := number(x["high"])
		return catalog.Range{Low: low.Likely, Likely: likely.Likely, High: high.Likely}, a && b && c
	}
	return catalog.Range{}, false
}

// words writes a row's value as a person would type it; what is not known is empty.
func (s *fieldSpec) words(v any, opt calc.EntryOptions) string {
	switch s.kind {
	case textField, dayField:
		text, _ := v.(string)
		return text
	}
	r, ok := number(v)
	if !ok || r.Likely == 0 {
		return ""
	}
	return calc.FormatEntryWith(s.input(), calc.Value{Number: r.Scale(1 / s.factor())}, opt)
}

// read turns what was typed into a value for the row; nil for what is left out. problem says what is wrong.
func (s *fieldSpec) read(text string, opt calc.EntryOptions) (v any, problem string) {
	text = strings.TrimSpace(text)
	switch {
	case text == "" && s.need:
		return nil, "This is needed" + s.example()
	case text == "":
		return nil, ""
	case s.kind == textField:
		return text, ""
	}
	value, err := calc.ParseEntry(s.input(), text, opt)
	switch {
	case err != nil:
		return nil, s.refusal(err)
	case s.kind == dayField:
		return value.Text, ""
	case s.kind != rangeField && !value.Number.IsExact():
		return nil, "One number, please; this figure has no range."
	}
	r := value.Number.Scale(s.factor())
	if s.factor() != 1 {
		r = catalog.Range{Low: math.Round(r.Low), Likely: math.Round(r.Likely), High: math.Round(r.High)}
	}
	if r.IsExact() {
		return json.Number(strconv.FormatFloat(r.Likely, 'f', -1, 64)), ""
	}
	return map[string]any{"low": r.Low, "likely": r.Likely, "high": r.High}, ""
}

// refusal says why what was typed cannot be taken, with the form's own example.
func (s *fieldSpec) refusal(err error) string {
	var e *calc.EntryError
	if errors.As(err, &e) && strings.ContainsAny(s.hint, "0123456789") {
		return format.Sentence(e.Why + "; try " + s.hint)
	}
	return format.Sentence(err.Error())
}

func (s *fieldSpec) example() string {
	if s.hint == "" {
		return "."
	}
	return ": such as " + s.hint + "."
}
