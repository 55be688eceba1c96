package calc

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"hostwise/calc/catalog"
	"hostwise/calc/notation"
)

// LedgerRow is one figure of an assessment with all that is known of it.
type LedgerRow struct {
	Key      string           `json:"key"`     // where it stands in the assessment: "routes[3].monthly_usd"
	Section  string           `json:"section"` // the part of the assessment: "Routes"
	Of       string           `json:"of"`      // what it is a figure of: "API, market median"; "" where the label says it
	Label    string           `json:"label"`   // what it is: "Cost a month"
	Unit     Unit             `json:"unit"`
	Value    *Range           `json:"value"` // nil = unknown; low = likely = high where it has no range
	Formula  string           `json:"formula"`
	Evidence catalog.Evidence `json:"evidence"`
	Source   string           `json:"source"`
	AsOf     string           `json:"as_of"`
}

// Units that no input has, but figures of an assessment do.
const (
	UnitBytes       Unit = "bytes"
	UnitDays        Unit = "days"
	UnitCallsHour   Unit = "calls/hour"
	UnitDataPercent Unit = "points" // of a benchmark
)

// Ledger lists every number of an assessment, in the order of its file: label, value with unit and range, the
// formula with the numbers filled in where there is one, evidence, source and date. It walks the whole assessment,
// so that no figure is left out; a figure that is not in the table of words is named after its key.
func Ledger(a *Assessment) []LedgerRow {
	l := &ledger{a: a}
	for _, r := range a.Memory.ByPrecision {
		l.guessed = l.guessed || r.Precision == a.Deployment.Precision && r.Evidence == catalog.Speculation
	}
	v := reflect.ValueOf(a).Elem()
	for _, f := range rowFields(v.Type()) {
		at := scope{key: f.key, field: f.key, pattern: f.key, section: sectionWords(f.key), asOf: a.Today}
		l.walk(v.FieldByIndex(f.index), at)
	}
	return l.rows
}

// ledger gathers the rows.
type ledger struct {
	a       *Assessment
	rows    []LedgerRow
	guessed bool // the deployment's precision is a guess, and with it all that is built on it
}

// scope is what is known of a place in the assessment: its path, and what the objects around it say of it.
type scope struct {
	key     string // with indices
	pattern string // without: "routes[].monthly_usd"
	field   string // the last key
	section string
	of      string
	unit    Unit   // of what is inside, where it is not its own key that says it
	label   string // as unit
	formula string

	evidence catalog.Evidence
	source   string
	asOf     string

	axis *numbersAxis // what a list of numbers runs along
}

// numbersAxis are the places along which a list of numbers runs: "at 1,000 calls a month".
type numbersAxis struct {
	values []float64
	words  func(float64) string
}

func (l *ledger) walk(v reflect.Value, at scope) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			if holdsNumber(v.Type().Elem()) {
				l.add(nil, at)
			}
			return
		}
		l.walk(v.Elem(), at)
	case reflect.Interface:
		if !v.IsNil() {
			l.walk(v.Elem(), at)
		}
	case reflect.Struct:
		if r, ok := v.Interface().(Range); ok {
			l.add(&r, at)
			return
		}
		l.object(v, at)
	case reflect.Slice:
		l.list(v, at)
	case reflect.Map:
		l.named(v, at)
	default:
		if x, ok := numberOf(v); ok {
			r := catalog.Exact(x)
			l.add(&r, at)
		}
	}
}

// holdsNumber reports whether a value of the type is one figure.
func holdsNumber(t reflect.Type) bool {
	if t == rangeType {
		return true
	}
	switch t.Kind() {
	case reflect.Float64, reflect.Float32, reflect.Int, reflect.Int64, reflect.Int32, reflect.Uint64, reflect.Uint, reflect.Uint32:
		return true
	}
	return false
}

func numberOf(v reflect.Value) (float64, bool) {
	switch {
	case !holdsNumber(v.Type()):
		return 0, false
	case v.CanFloat():
		return v.Float(), true
	case v.CanInt():
		return float64(v.Int()), true
	case v.CanUint():
		return float64(v.Uint()), true
	}
	return 0, false
}

// object walks a struct: what it says of itself holds for its figures.
func (l *ledger) object(v reflect.Value, at scope) {
	at = l.described(v, at)
	for _, f := range rowFields(v.Type()) {
		in := at
		in.key, in.pattern, in.field = at.key+"."+f.key, at.pattern+"."+f.key, f.key
		in.unit, in.label = l.inside(v, f.key)
		l.walk(v.FieldByIndex(f.index), in)
	}
}

// described lays what an object says of itself over its scope: name, formula, evidence, source and date.
func (l *ledger) described(v reflect.Value, at scope) scope {
	text := func(names ...string) string {
		for _, name := range names {
			if f := v.FieldByName(name); f.IsValid() && f.Kind() == reflect.String && f.String() != "" {
				return f.String()
			}
		}
		return ""
	}
	if name := text("Label", "What", "Part", "Metric", "Benchmark", "Words", "ShortName"); name != "" {
		at.of = ofWhat(at.of, name)
	} else if from, to := text("From"), text("To"); from != "" && to != "" {
		at.of = l.routeName(to) + " against " + notation.Lowered(l.routeName(from))
	} else if r := text("Route"); r != "" && at.pattern != "verdict" {
		at.of = l.routeName(r)
	}
	at.formula = text("Formula")
	if s := text("Source", "Support"); s != "" {
		at.source = s
	}
	if e := text("Evidence", "Status"); e != "" {
		at.evidence = catalog.Evidence(e)
	}
	if d := text("AsOf"); d != "" {
		at.asOf = d
	}
	switch x := v.Interface().(type) {
	case Curve:
		at.axis = &numbersAxis{x.CallsPerMonth, atCalls}
	case CurveBand:
		at.axis = &numbersAxis{x.Calls, atCalls}
	case OverTime:
		at.axis = monthsAxis(x.Months)
	case TimeBand:
		at.axis = monthsAxis(x.Months)
	case SpeedPoint:
		at.of = ofWhat(at.of, "at "+notation.Formula(x.Concurrency)+" requests at once")
	case LoadPoint:
		at.of = notation.ShareTo(x.ShareOfHours, 3) + " of hours"
	case Assumption:
		at.of = ""
	case Throughput:
		at.source = x.Nearest
		at.evidence = basisEvidence(string(x.Basis))
	}
	return at
}

func monthsAxis(months []int) *numbersAxis {
	values := make([]float64, len(months))
	for i, m := range months {
		values[i] = float64(m)
	}
	return &numbersAxis{values, func(m float64) string { return "after month " + notation.Formula(m) }}
}

func atCalls(calls float64) string { return "at " + callsText(calls) + " a month" }

// basisEvidence is how sure a speed is by where it comes from.
func basisEvidence(basis string) catalog.Evidence {
	switch basis {
	case "measured":
		return catalog.Measured
	case "extrapolated":
		return catalog.Speculation
	}
	return catalog.Likely
}

func ofWhat(of, name string) string {
	if of == "" {
		return name
	}
	return of + ", " + name
}

func (l *ledger) routeName(id string) string {
	if r := l.a.Route(id); r != nil {
		return r.Label
	}
	return id
}

// inside is the unit and name of a figure that its own key does not say: those of the answer it is a value of.
func (l *ledger) inside(v reflect.Value, key string) (Unit, string) {
	input := func(path string) Unit {
		if in := LookupInput(path); in != nil {
			return in.Unit
		}
		return factUnit(path)
	}
	switch x := v.Interface().(type) {
	case Assumption:
		return input(x.Path), x.Label
	case Sensitivity:
		if strings.HasSuffix(key, "_value") {
			return input(x.Input), ""
		}
	case Flip:
		if key == "now" || key == "at" {
			return input(x.Input), ""
		}
	case Line:
		if key == "quantity" {
			return Unit(x.Unit), ""
		}
	}
	return "", ""
}

// factUnit is the unit of a fact that stands for many rows of the catalogue.
func factUnit(path string) Unit {
	switch path {
	case dimReasoning:
		return UnitTokens
	case dimServerPrice:
		return UnitUSD
	case dimRentPrice:
		return UnitUSDHour
	case dimSpeed:
		return UnitTokensSec
	}
	return UnitUSDPerMTok
}

// list walks a slice. Numbers run along their axis; texts hold no figures.
func (l *ledger) list(v reflect.Value, at scope) {
	for i := range v.Len() {
		in := at
		in.key = at.key + "[" + strconv.Itoa(i) + "]"
		in.pattern = at.pattern + "[]"
		if e := v.Index(i); at.axis != nil && len(at.axis.values) == v.Len() && isNumber(e) {
			in.of = ofWhat(at.of, at.axis.words(at.axis.values[i]))
		} else if isNumber(e) {
			in.of = ofWhat(at.of, strconv.Itoa(i+1))
		}
		l.walk(v.Index(i), in)
	}
}

func isNumber(v reflect.Value) bool {
	t := v.Type()
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return holdsNumber(t)
}

// named walks a map, its keys in order. Keys are routes and kinds of route.
func (l *ledger) named(v reflect.Value, at scope) {
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	for _, k := range keys {
		in := at
		in.key, in.pattern = at.key+"."+k.String(), at.pattern+".*"
		in.of = ofWhat(at.of, l.routeName(k.String()))
		l.walk(v.MapIndex(k), in)
	}
}

func (l *ledger) add(r *Range, at scope) {
	w := wordsOf(at)
	row := LedgerRow{Key: at.key, Section: at.section, Of: at.of, Label: w.label, Unit: w.unit, Value: r,
		Formula: at.formula, Evidence: at.evidence, Source: at.source, AsOf: at.asOf}
	if at.unit != "" {
		row.Unit = at.unit
	}
	if at.label != "" {
		row.Label = at.label
	}
	if text, result, ok := l.worked(at); ok && r != nil && agrees(result, r.Likely) {
		row.Formula = text
	}
	if row.Evidence == "" {
		row.Evidence = l.evidenceOf(at)
	}
	if l.guessed && (at.section == "Deployment" || at.section == "Throughput" || at.section == "Capacity") {
		row.Evidence = catalog.Speculation
	}
	l.rows = append(l.rows, row)
}

// evidenceOf is how sure a figure is that carries no evidence of its own: what follows from the set-up is as sure as
// its precision, what follows from the routes as sure as a likely value.
func (l *ledger) evidenceOf(at scope) catalog.Evidence {
	switch top, _, _ := strings.Cut(at.pattern, "."); top {
	case "schema", "draws", "seed", "catalogue":
		return catalog.Confirmed
	case "deployment", "capacity":
		for _, r := range l.a.Memory.ByPrecision {
			if r.Precision == l.a.Deployment.Precision {
				return r.Evidence
			}
		}
	}
	return catalog.Likely
}

// worked is a figure that follows from others of the same assessment: the formula with the numbers filled in, and
// what it comes to.
func (l *ledger) worked(at scope) (formula string, result float64, ok bool) {
	f := derived[at.pattern]
	if f == nil {
		return "", 0, false
	}
	return f(l.a, at.key)
}

// indexOf is the first index in a key: 3 of "routes[3].monthly_usd".
func indexOf(key string) int {
	_, rest, _ := strings.Cut(key, "[")
	number, _, _ := strings.Cut(rest, "]")
	i, err := strconv.Atoi(number)
	if err != nil {
		return 0
	}
	return i
}

// agrees reports whether a formula comes to the figure it stands beside, as far as twelve digits of both can tell. One
// that does not is not shown: something bears on the figure that the formula leaves out, such as one model's own
// success.
func agrees(result, figure float64) bool {
	return math.Abs(result-figure) <= 1e-6*math.Max(1e-3, math.Abs(figure))
}

// derived are the figures whose formula is short enough to fill in from the assessment itself.
var derived = map[string]func(a *Assessment, key string) (string, float64, bool){
	"routes[].monthly_usd": func(a *Assessment, key string) (string, float64, bool) {
		r := &a.Routes[indexOf(key)]
		sum, parts := 0.0, []string{}
		for _, line := range r.Lines {
			sum += line.USD
			if line.USD != 0 {
				parts = append(parts, fmt.Sprintf("%s %s", notation.Lowered(line.Label), a.money().Formula(line.USD)))
			}
		}
		return strings.Join(parts, " + ") + " = " + a.money().Formula(sum), sum, r.Monthly != nil && len(parts) > 0
	},
	"routes[].usd_per_task": func(a *Assessment, key string) (string, float64, bool) {
		r := &a.Routes[indexOf(key)]
		n := a.numberOf("workload.calls_per_task")
		if r.PerCall == nil {
			return "", 0, false
		}
		return fmt.Sprintf("%s a call × %s calls a task", a.money().Formula(r.PerCall.Likely), notation.Formula(n)), r.PerCall.Likely * n, true
	},
	"routes[].usd_per_successful_call": func(a *Assessment, key string) (string, float64, bool) {
		r, calls := &a.Routes[indexOf(key)], a.numberOf("workload.calls_per_month")
		if r.Monthly == nil || calls <= 0 {
			return "", 0, false
		}
		return fmt.Sprintf("%s / %s successful calls", a.money().Formula(r.Monthly.Likely), notation.Formula(calls)), r.Monthly.Likely / calls, true
	},
	"routes[].monthly_cash_usd": func(a *Assessment, key string) (string, float64, bool) {
		r := &a.Routes[indexOf(key)]
		if r.Monthly == nil {
			return "", 0, false
		}
		text, cash := a.money().Formula(r.Monthly.Likely), r.Monthly.Likely
		for _, line := range r.Lines {
			if paidUpFront(line.ID) && line.USD != 0 {
				text += " − " + notation.Lowered(line.Label) + " " + a.money().Formula(line.USD)
				cash -= line.USD
			}
		}
		return text, cash, cash != r.Monthly.Likely
	},
	"over_time.routes.*[]": func(a *Assessment, key string) (string, float64, bool) {
		id, at := between(key, "routes.", "["), indexOf(key)
		r := a.Route(id)
		if r == nil || r.Cash == nil || r.Upfront == nil || at >= len(a.OverTime.Months) {
			return "", 0, false
		}
		months := float64(a.OverTime.Months[at])
		return fmt.Sprintf("%s up front + %s months × %s", a.money().Formula(*r.Upfront), notation.Formula(months), a.money().Formula(*r.Cash)), *r.Upfront + months**r.Cash, true
	},
	"capacity.attempts_busiest_hour": func(a *Assessment, _ string) (string, float64, bool) {
		calls, retry, peak := a.numberOf("workload.calls_per_month"), a.numberOf("workload.retry_rate"), a.numberOf("workload.peak_to_average")
		return fmt.Sprintf("%s calls × (1 + %s) / 730 h × %s", notation.Formula(calls), notation.Formula(retry), notation.Formula(peak)), calls * (1 + retry) / 730 * peak, true
	},
	"deployment.total_bytes": func(a *Assessment, _ string) (string, float64, bool) {
		sum, parts := 0.0, []string{}
		for _, p := range a.Deployment.Parts {
			sum += p.Bytes
			parts = append(parts, fmt.Sprintf("%s %s", p.Part, byteWords(p.Bytes)))
		}
		return strings.Join(parts, " + "), sum, len(parts) > 0
	},
	"deployment.per_device.reserve_bytes": func(a *Assessment, _ string) (string, float64, bool) {
		p := a.Deployment.PerDevice
		return fmt.Sprintf("%s − %s used", byteWords(p.Capacity), byteWords(p.Used)), p.Capacity - p.Used, true
	},
	"memory.by_precision[].total_bytes": func(a *Assessment, key string) (string, float64, bool) {
		r := &a.Memory.ByPrecision[indexOf(key)]
		if r.WeightsBytes == nil || r.KVBytes == nil || r.ComputeBytes == nil || r.RuntimeBytes == nil {
			return "", 0, false
		}
		return fmt.Sprintf("weights %s + cache %s + compute %s + runtime and copies %s", byteWords(*r.WeightsBytes), byteWords(*r.KVBytes), byteWords(*r.ComputeBytes), byteWords(*r.RuntimeBytes)),
			*r.WeightsBytes + *r.KVBytes + *r.ComputeBytes + *r.RuntimeBytes, true
	},
	"deployment.kv_bytes": func(a *Assessment, _ string) (string, float64, bool) {
		d, m := a.Deployment, a.Memory
		return fmt.Sprintf("%s B a token × %s tokens × %s requests", notation.Formula(d.KVBytesPerToken), notation.Formula(float64(m.ContextTokens)), notation.Formula(float64(m.Sequences))),
			d.KVBytesPerToken * float64(m.ContextTokens) * float64(m.Sequences), true
	},
	"deployment.per_device.used_bytes": func(a *Assessment, _ string) (string, float64, bool) {
		p := a.Deployment.PerDevice
		return fmt.Sprintf("weights %s + cache %s + compute %s + runtime %s", byteWords(p.Weights), byteWords(p.KVPool), byteWords(p.Compute), byteWords(p.Runtime)),
			p.Weights + p.KVPool + p.Compute + p.Runtime, true
	},
	"capacity.replicas": func(a *Assessment, _ string) (string, float64, bool) {
		c := a.Capacity
		return fmt.Sprintf("%d at work + %d to spare", c.Replicas-c.Spare, c.Spare), float64(c.Replicas), true
	},
	"mix.load_duration[].own_calls_per_hour": func(a *Assessment, key string) (string, float64, bool) {
		p, most := a.Mix.LoadDuration[indexOf(key)], 0.0
		for _, x := range a.Mix.LoadDuration {
			most = max(most, x.OwnCalls)
		}
		return fmt.Sprintf("the smaller of %s asked for and %s that own devices take", notation.Formula(p.CallsPerHour), notation.Formula(most)), min(p.CallsPerHour, most), true
	},
}

// between is what stands between two words of a key.
func between(key, before, after string) string {
	_, rest, _ := strings.Cut(key, before)
	inside, _, _ := strings.Cut(rest, after)
	return inside
}

// byteWords writes bytes as the vendors of files and memory do.
func byteWords(b float64) string {
	for _, u := range []struct {
		size float64
		name string
	}{{1e12, "TB"}, {1e9, "GB"}, {1e6, "MB"}, {1e3, "kB"}} {
		if math.Abs(b) >= u.size {
			return notation.Formula(notation.Round(b/u.size, 4)) + " " + u.name
		}
	}
	return notation.Formula(b) + " B"
}

// money is how the amounts of the assessment's words are written: in the currency of its scenario.
func (a *Assessment) money() notation.Currency {
	for _, x := range a.Assumptions {
		if x.Path == "currency.code" {
			opt := EntryOptions{PerUSD: a.numberOf("currency.per_usd")}
			opt.Code, _ = x.Value.(string)
			return opt.currency()
		}
	}
	return notation.USD
}

// numberOf is the likely value of an answer as it was used.
func (a *Assessment) numberOf(path string) float64 {
	for _, x := range a.Assumptions {
		if x.Path != path {
			continue
		}
		switch v := x.Value.(type) {
		case float64:
			return v
		case int:
			return float64(v)
		case Range:
			return v.Likely
		}
	}
	return 0
}
