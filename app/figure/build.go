package figure

import (
	"fmt"
	"slices"
	"strings"

	"hostwise/app/figure/format"
	"hostwise/calc"
)

// IDs are the figures of the product, in the order in which a deck shows them.
var IDs = []string{
	"monthly-cost", "cost-per-call", "break-even", "over-time", "tornado", "win-map", "memory", "capacity", "quality-cost",
}

// builders draws up each figure; names says what it shows, for menus and file lists.
var builders = map[string]struct {
	name  string
	build func(*story) (Figure, error)
}{
	"memory":        {"Memory by precision", (*story).memory},
	"monthly-cost":  {"Monthly cost by calls a month", (*story).monthlyCost},
	"over-time":     {"Money spent over time", (*story).overTime},
	"cost-per-call": {"Cost of a successful call", (*story).costPerCall},
	"tornado":       {"What moves the answer", (*story).tornado},
	"break-even":    {"Where each route breaks even", (*story).breakEven},
	"win-map":       {"Who wins where", (*story).winMap},
	"capacity":      {"Speed by requests at once", (*story).capacity},
	"quality-cost":  {"Quality by cost", (*story).qualityCost},
}

// Name returns what a figure shows, in a few words: "Memory by precision". It returns "" for an unknown id.
func Name(id string) string { return builders[id].name }

// BuildOptions say how an assessment becomes a figure.
type BuildOptions struct {
	Currency format.Currency // amounts are shown in it; the zero value is US dollars
	Version  string          // of the product, for the brand line
	WinMap   *calc.WinMap    // the study behind win-map, which no assessment holds
	// AllRoutes draws the other routes too, the ruled-out ones in grey with the reason; lines leave weaker
	// models out and stop at ten. Otherwise a figure shows the verdict's route and the cheapest feasible route
	// of each kind.
	AllRoutes bool
	// AllPrecisions draws every precision and the five raw views; otherwise the ones in common use.
	AllPrecisions bool
	// Precision marks one row of the memory figure as chosen; empty marks none.
	Precision string
	// LogScale draws the memory figure on a true log axis: totals as marks with their ranges, since a bar has no
	// true length there, and the parts in columns.
	LogScale bool
	// Models draws the memory figure by model, the distills beside full R1, each in the person's precision where it
	// is made in it, else as released.
	Models bool
}

// Build turns an assessment into one of the figures named in IDs. The title is the finding. The error names
// what the assessment lacks.
func Build(id string, a *calc.Assessment, opt BuildOptions) (Figure, error) {
	builder, ok := builders[id]
	if !ok {
		return Figure{}, fmt.Errorf("there is no figure %q; there are %s", id, strings.Join(IDs, ", "))
	}
	if a == nil {
		return Figure{}, fmt.Errorf("figure %s: there is no assessment", id)
	}
	s := &story{a: a, opt: opt, money: format.Unit{Kind: format.KindMoney, Currency: opt.Currency}}
	f, err := builder.build(s)
	if err != nil {
		return Figure{}, fmt.Errorf("figure %s: %w", id, err)
	}
	f.ID = id
	s.finish(&f)
	return f, f.Check()
}

// story is an assessment being told in figures.
type story struct {
	a     *calc.Assessment
	opt   BuildOptions
	money format.Unit
}

// finish adds what every figure carries: assumptions, sources, brand and the picture in words.
func (s *story) finish(f *Figure) {
	if f.Foot == nil {
		f.Foot = s.foot()
	}
	if f.Source == "" {
		f.Source = s.source()
	}
	f.Brand = strings.TrimSpace("Hostwise "+s.opt.Version) + " · catalogue " + s.a.Catalogue.Date
	if f.Alt == "" {
		f.Alt = f.dataWords()
	}
}

// dataWords tells the first rows of the figure's data in sentences.
func (f *Figure) dataWords() string {
	parts := []string{f.Subtitle}
	for i, row := range f.Twin.Rows {
		if i == 8 {
			parts = append(parts, fmt.Sprintf("And %d more rows.", len(f.Twin.Rows)-i))
			break
		}
		var cells []string
		for j, cell := range row[1:] {
			if cell != "" && cell != format.Unknown {
				cells = append(cells, f.Twin.Headers[j+1]+" "+cell)
			}
		}
		parts = append(parts, row[0]+": "+strings.Join(cells, ", ")+".")
	}
	return strings.Join(parts, " ")
}

// currency is the code of the currency that amounts are shown in.
func (s *story) currency() string {
	if s.opt.Currency.Code == "" {
		return "USD"
	}
	return s.opt.Currency.Code
}

func (s *story) usd(v float64) string { return s.opt.Currency.Money(v) }

func (s *story) usdRange(r calc.Range) string {
	return format.Between(s.usd(r.Low), s.usd(r.High))
}

// assumption returns an input as it was used.
func (s *story) assumption(path string) (calc.Assumption, bool) {
	for _, a := range s.a.Assumptions {
		if a.Path == path {
			return a, true
		}
	}
	return calc.Assumption{}, false
}

// number returns an input's value, and whether the assessment holds one.
func (s *story) number(path string) (calc.Range, bool) {
	a, ok := s.assumption(path)
	if !ok {
		return calc.Range{}, false
	}
	switch v := a.Value.(type) {
	case float64:
		return calc.Range{Low: v, Likely: v, High: v}, true
	case int:
		f := float64(v)
		return calc.Range{Low: f, Likely: f, High: f}, true
	case calc.Range:
		return v, true
	}
	return calc.Range{}, false
}

// ownRange is the range that the person gave for an input, nil where it is exact or a default.
func (s *story) ownRange(path string) *Span {
	a, ok := s.assumption(path)
	if !ok || a.From != "you" {
		return nil
	}
	if r, ok := a.Value.(calc.Range); ok && r.Low < r.High {
		return &Span{r.Low, r.High}
	}
	return nil
}

// calls is the volume of the case.
func (s *story) calls() float64 {
	r, _ := s.number("workload.calls_per_month")
	return r.Likely
}

// foot is the strip of assumptions that costs rest on.
func (s *story) foot() []Fact {
	var facts []Fact
	in, okIn := s.number("workload.input_tokens_per_call")
	out, okOut := s.number("workload.output_tokens_per_call")
	if okIn && okOut {
		text := format.Count(in.Likely) + " tokens in, " + format.Count(out.Likely) + " out"
		if thinking, ok := s.thinking(); ok {
			text += ", " + format.Count(thinking) + " thinking"
		}
		facts = append(facts, Fact{"A call", text})
	}
	if calls := s.calls(); calls > 0 {
		facts = append(facts, Fact{"Calls", format.Count(calls) + " a month"})
	}
	if r, ok := s.number("workload.retry_rate"); ok {
		facts = append(facts, Fact{"Retries", format.Share(r.Likely)})
	}
	if r, ok := s.number("workload.peak_to_average"); ok {
		facts = append(facts, Fact{"Peak hour", format.Number(r.Likely, 3) + " × the average"})
	}
	if r, ok := s.number("finance.depreciation_months"); ok {
		facts = append(facts, Fact{"Servers", "over " + format.Number(r.Likely, 4) + " months"})
	}
	if s.a.Draws > 0 {
		facts = append(facts, Fact{"Futures", format.Whole(float64(s.a.Draws)) + " drawn"})
	}
	return append(facts, Fact{"Amounts", s.currency() + " before tax"})
}

// thinking is the reasoning tokens of a call: the person's number, or the catalogue's for the model.
func (s *story) thinking() (float64, bool) {
	for _, path := range []string{"workload.reasoning_tokens_per_call", "catalogue.reasoning_tokens"} {
		if r, ok := s.number(path); ok {
			return r.Likely, true
		}
	}
	return 0, false
}

// source is the line of sources with their age.
func (s *story) source() string {
	c := s.a.Catalogue
	text := "Sources: catalogue " + c.Version
	if c.NewestPrice != "" {
		text += fmt.Sprintf("; newest API listing %s (%d days old)", c.NewestPrice, c.NewestPriceDays)
	}
	if c.MeasuredRuns > 0 {
		text += fmt.Sprintf("; speed from %d measured runs", c.MeasuredRuns)
	}
	if s.a.ScenarioName != "" {
		text += ". Case: " + s.a.ScenarioName
	}
	return text + "."
}

// Routes.

// paintOf returns the paint of a kind of route.
func paintOf(kind calc.RouteKind) Paint {
	switch kind {
	case calc.Rent:
		return PaintRent
	case calc.Own:
		return PaintOwn
	case calc.Mixed:
		return PaintMixed
	}
	return PaintAPI
}

// doing names a kind of route as the subject of a sentence.
func doing(kind calc.RouteKind) string {
	switch kind {
	case calc.Rent:
		return "renting"
	case calc.Own:
		return "owning"
	case calc.Mixed:
		return "owning a base load"
	}
	return "the API"
}

// noun names a kind in a word.
func noun(kind calc.RouteKind) string {
	switch kind {
	case calc.Rent:
		return "Rent"
	case calc.Own:
		return "Own"
	case calc.Mixed:
		return "Mixed"
	}
	return "API"
}

// verdict is the route of the verdict, nil when nothing is feasible.
func (s *story) verdict() *calc.Route { return s.a.Route(s.a.Verdict.Route) }

// cheapest is the cheapest feasible route of a kind, nil where there is none.
func (s *story) cheapest(kind calc.RouteKind) *calc.Route {
	for i := range s.a.Routes {
		if r := &s.a.Routes[i]; r.Kind == kind && r.Feasible && r.Monthly != nil {
			return r
		}
	}
	return nil
}

// rival is the cheapest feasible route of another kind than the verdict's.
func (s *story) rival() *calc.Route {
	v := s.verdict()
	if v == nil {
		return nil
	}
	for i := range s.a.Routes {
		if r := &s.a.Routes[i]; r.Feasible && r.Monthly != nil && r.Kind != v.Kind {
			return r
		}
	}
	return nil
}

// mostLines is the most lines that a figure shows on request.
const mostLines = 10

// shown are the routes of a figure of lines: the verdict's, then the cheapest feasible one of each kind; with
// AllRoutes the others too. Where nothing is feasible, the cheapest blocked one of each kind.
func (s *story) shown() []*calc.Route {
	var out []*calc.Route
	add := func(r *calc.Route) {
		if r != nil && r.Monthly != nil && !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	add(s.verdict())
	for _, kind := range []calc.RouteKind{calc.API, calc.Own, calc.Rent, calc.Mixed} {
		add(s.cheapest(kind))
	}
	if len(out) == 0 || s.opt.AllRoutes {
		kinds := map[calc.RouteKind]bool{}
		for i := range s.a.Routes {
			r := &s.a.Routes[i]
			if len(out) < mostLines && !r.Weaker && (s.opt.AllRoutes || !kinds[r.Kind]) {
				add(r)
				kinds[r.Kind] = kinds[r.Kind] || r.Monthly != nil
			}
		}
	}
	return out
}

// linePaint is the paint of a route's line: grey where a rule blocks it.
func linePaint(r *calc.Route) Paint {
	if !r.Feasible {
		return PaintMuted
	}
	return paintOf(r.Kind)
}

// why is the first rule that blocks a route, in words.
func why(r *calc.Route) string {
	if len(r.BlockedBy) == 0 {
		return ""
	}
	_, words, ok := strings.Cut(r.BlockedBy[0], ": ")
	if !ok {
		return r.BlockedBy[0]
	}
	return words
}

// times says how two amounts compare: "a third of", "3.1 times".
func times(small, large float64) string {
	if small <= 0 || large <= 0 {
		return ""
	}
	switch ratio := large / small; {
	case ratio < 1.05:
		return "about as much as"
	case ratio < 1.45:
		return format.Share((large-small)/large) + " less than"
	default:
		return format.Number(ratio, 2) + " times less than"
	}
}

// modelName is a model's name in the labels of its routes, which carry it for every model but the case's own.
func (s *story) modelName(id string) string {
	for i := range s.a.Routes {
		r := &s.a.Routes[i]
		if at := strings.LastIndex(r.Label, ", "); r.Model == id && at > 0 && (r.Kind == calc.Own || r.Kind == calc.Rent) {
			return r.Label[at+2:]
		}
	}
	switch {
	case id == "deepseek-r1":
		return "R1 671B"
	case strings.HasPrefix(id, "deepseek-r1-"):
		return "R1-" + format.Capital(strings.TrimPrefix(id, "deepseek-r1-")) + " 671B"
	case strings.HasPrefix(id, "r1-distill-"):
		return strings.ToUpper(id[strings.LastIndexByte(id, '-')+1:]) + " distill"
	}
	return id
}

// model is the name of the case's own model.
func (s *story) model() string {
	a, ok := s.assumption("model")
	if !ok {
		return "The model"
	}
	return s.modelName(a.Text)
}

// engineName is an engine as its makers write it.
func engineName(id string) string {
	if name, ok := engineNames[id]; ok {
		return name
	}
	return id
}

var engineNames = map[string]string{
	"vllm": "vLLM", "sglang": "SGLang", "tensorrt-llm": "TensorRT-LLM", "ollama": "Ollama", "ktransformers": "KTransformers", "mlx": "MLX",
}

// Quantities.

// unitOf returns how the values of an input are written on an axis.
func (s *story) unitOf(path string) format.Unit {
	in := calc.LookupInput(path)
	if in == nil {
		return format.Unit{}
	}
	switch in.Unit {
	case calc.UnitCalls, calc.UnitTokens, calc.UnitDevices, calc.UnitReplicas, calc.UnitSequences, calc.UnitTokensMin:
		return format.Unit{Kind: format.KindCount}
	case calc.UnitShare, calc.UnitSharePerMon, calc.UnitSharePerYr:
		return format.Unit{Kind: format.KindShare}
	case calc.UnitMonths:
		return format.Unit{Kind: format.KindMonths}
	case calc.UnitSeconds:
		return format.Unit{Kind: format.KindSeconds}
	}
	if strings.HasPrefix(string(in.Unit), "usd") {
		return s.money
	}
	return format.Unit{}
}

// inputOf returns the input that stands for a figure of the catalogue, so that both are found under one name.
func inputOf(path string) string {
	switch path {
	case "catalogue.api_input_price":
		return "api.input_usd_per_mtok"
	case "catalogue.api_output_price":
		return "api.output_usd_per_mtok"
	case "catalogue.reasoning_tokens":
		return "workload.reasoning_tokens_per_call"
	case "catalogue.server_price":
		return "finance.server_usd"
	case "catalogue.rent_price":
		return "finance.rent_usd_per_device_hour"
	}
	return path
}

// quantity writes a value of an input with its unit, as short as a label has to be.
func (s *story) quantity(path string, v float64) string {
	digits := 2 // of an estimate
	if in := calc.LookupInput(inputOf(path)); in == nil || path != "catalogue.speed" && (in.Unit == calc.UnitFactor || isRate(in.Unit) || s.unitOf(in.Path) == (format.Unit{}) && in.Unit != calc.UnitFTE) {
		digits = 3 // of what is typed or listed
	}
	return s.quantityTo(path, v, digits)
}

// quantityTo writes a value of an input with its unit, to so many significant digits.
func (s *story) quantityTo(path string, v float64, digits int) string {
	number := format.Number(v, digits)
	if path == "catalogue.speed" {
		return number + " ×"
	}
	in := calc.LookupInput(inputOf(path))
	switch {
	case in == nil:
		return number
	case in.Unit == calc.UnitFTE:
		return number + " FTE"
	case in.Unit == calc.UnitFactor:
		return number + " ×"
	case in.Unit == calc.UnitMonths || in.Unit == calc.UnitWeeks || in.Unit == calc.UnitKW:
		return number + " " + string(in.Unit)
	case isRate(in.Unit):
		return s.opt.Currency.PriceTo(v, digits)
	}
	switch u := s.unitOf(in.Path); {
	case u == (format.Unit{}):
		return number
	case u.Kind == format.KindMoney:
		return u.Currency.MoneyTo(v, digits)
	case u.Kind == format.KindCount:
		return format.CountTo(v, digits)
	case u.Kind == format.KindShare:
		return format.ShareTo(v, digits)
	default:
		return u.Value(v)
	}
}

// isRate reports whether a unit is money for one of something.
func isRate(u calc.Unit) bool {
	return u == calc.UnitUSDPerMTok || u == calc.UnitUSDHour || u == calc.UnitUSDPerKWh
}
