package calc

import (
	"cmp"
	"math"
	"slices"

	"hostwise/calc/catalog"
	"hostwise/calc/cost"
	"hostwise/calc/memory"
	"hostwise/calc/runwords"
	"hostwise/calc/serving"
)

// AccuracyKind is what an estimate is of.
type AccuracyKind string

// The two kinds of estimate that published runs can be set beside.
const (
	SpeedAccuracy  AccuracyKind = "speed"
	MemoryAccuracy AccuracyKind = "memory"
)

// AccuracyRow is one measured figure beside our estimate of it. A speed is estimated with its own run left out, so
// that it is a prediction; memory is computed from the architecture and the engine's rules and knows no run.
type AccuracyRow struct {
	Kind      AccuracyKind
	ID        string // of the run
	Quantity  string // what was measured
	Group     string // the kind of run whose accuracy is stated together
	Unit      string // "tok/s", "bytes", "tokens" or "parameters"
	Words     runwords.Words
	Model     string // as published
	Precision string
	Hardware  string
	Engine    string // our name of it; "none" for a file, "another" for one that is not ours
	Device    string // our short name; "not stated" where the run names none of ours
	AtOnce    string // requests, as published

	Measured float64
	Estimate Range
	Error    float64 // estimate over measurement, less 1
	Inside   bool    // the measurement lies in P10..P90
	Basis    string  // of a speed: how the estimate was reached

	// Apart is a speed's estimate with every run of the same source left out.
	Apart       Range
	ApartError  float64
	ApartInside bool

	Reason string // why nothing is compared; "" where something is
	Quote  string
	catalog.Fact
}

// AccuracyOf sets every measured run of a catalogue beside our estimate, speeds first, in the catalogue's order. A run
// that cannot be compared has its reason.
func AccuracyOf(cat *catalog.Catalog) []AccuracyRow {
	if cat == nil {
		return nil
	}
	var rows []AccuracyRow
	for _, c := range serving.Accuracy(cat) {
		r := c.Run
		rows = append(rows, AccuracyRow{
			Kind: SpeedAccuracy, ID: r.ID, Quantity: speedQuantity(c.Quantity), Group: string(c.Group), Unit: "tok/s", Words: runwords.Speed(cat, r),
			Model: r.Model, Precision: r.Precision, Hardware: r.Hardware, AtOnce: r.Concurrency,
			Engine: engineName(cat, r.ParsedEngine, "another"), Device: deviceName(cat, r.ParsedDevice),
			Measured: c.Measured, Estimate: c.Beside.Rate, Error: c.Beside.Error, Inside: c.Beside.Holds(c.Measured), Basis: string(c.Beside.Basis),
			Apart: c.Apart.Rate, ApartError: c.Apart.Error, ApartInside: c.Apart.Holds(c.Measured),
			Reason: c.Reason, Quote: r.Quote, Fact: r.Fact,
		})
	}
	for _, c := range memory.Accuracy(cat) {
		r := c.Run
		rows = append(rows, AccuracyRow{
			Kind: MemoryAccuracy, ID: r.ID, Quantity: runwords.MemoryQuantity(r.Quantity), Group: c.Group, Unit: c.Unit, Words: runwords.Memory(cat, r),
			Model: r.Model, Precision: r.Precision, Hardware: r.Hardware, AtOnce: r.Sequences,
			Engine: engineName(cat, r.ParsedEngine, "none"), Device: deviceName(cat, r.ParsedDevice),
			Measured: c.Measured, Estimate: c.Estimate, Error: c.Error, Inside: c.Inside,
			Reason: c.Reason, Quote: r.Quote, Fact: r.Fact,
		})
	}
	return rows
}

func speedQuantity(q serving.Quantity) string {
	switch q {
	case serving.OutputQuantity:
		return "prompts and answers together"
	case serving.DecodeQuantity:
		return "answers alone"
	case serving.PromptQuantity:
		return "prompts alone"
	}
	return ""
}

func engineName(cat *catalog.Catalog, id, none string) string {
	if e := cat.Engine(id); e != nil {
		return e.Name
	}
	return none
}

func deviceName(cat *catalog.Catalog, id string) string {
	if d := cat.Device(id); d != nil {
		return d.ShortName
	}
	return "not stated"
}

// AccuracyKey is what rows can be told apart by.
type AccuracyKey int

// The keys.
const (
	ByGroup AccuracyKey = iota
	ByEngine
	ByDevice
)

// Key returns the row's group, engine or device.
func (r *AccuracyRow) Key(k AccuracyKey) string {
	switch k {
	case ByEngine:
		return r.Engine
	case ByDevice:
		return r.Device
	}
	return r.Group
}

// AccuracyFilter picks rows; an empty text picks all.
type AccuracyFilter struct {
	Kind                  AccuracyKind
	Group, Engine, Device string
}

// Pick returns the rows that the filter lets through.
func (f AccuracyFilter) Pick(rows []AccuracyRow) []AccuracyRow {
	var out []AccuracyRow
	for _, r := range rows {
		fits := func(want, is string) bool { return want == "" || want == is }
		if fits(string(f.Kind), string(r.Kind)) && fits(f.Group, r.Group) && fits(f.Engine, r.Engine) && fits(f.Device, r.Device) {
			out = append(out, r)
		}
	}
	return out
}

// Errors within which an estimate counts as near.
const (
	NearError  = 0.10
	RoughError = 0.25
)

// AccuracySummary is how far off the estimates of some rows are. Errors are shares; the plain ones are absolute.
type AccuracySummary struct {
	Name                   string
	Compared, Left         int // rows with and without an estimate
	Near, Rough            int // within NearError, within RoughError
	Inside                 int // measurements in the estimate's range
	Median, P90            float64
	Worst                  float64   // signed
	Errors                 []float64 // signed, in the rows' order
	Apart                  int       // rows with an estimate from other sources alone
	ApartMedian, ApartP90  float64
	ApartNear, ApartInside int
}

// SummariseAccuracy condenses rows to one line.
func SummariseAccuracy(name string, rows []AccuracyRow) AccuracySummary {
	s := AccuracySummary{Name: name}
	var off, apart []float64
	count := func(n *int, yes bool) {
		if yes {
			*n++
		}
	}
	for i := range rows {
		r := &rows[i]
		if r.Reason != "" {
			s.Left++
			continue
		}
		miss := math.Abs(r.Error)
		s.Compared++
		s.Errors = append(s.Errors, r.Error)
		off = append(off, miss)
		count(&s.Near, miss <= NearError)
		count(&s.Rough, miss <= RoughError)
		count(&s.Inside, r.Inside)
		if miss > math.Abs(s.Worst) {
			s.Worst = r.Error
		}
		if r.Kind == SpeedAccuracy {
			s.Apart++
			apart = append(apart, math.Abs(r.ApartError))
			count(&s.ApartNear, math.Abs(r.ApartError) <= NearError)
			count(&s.ApartInside, r.ApartInside)
		}
	}
	slices.Sort(off)
	slices.Sort(apart)
	s.Median, s.P90 = cost.Quantile(off, 0.5), cost.Quantile(off, 0.9)
	s.ApartMedian, s.ApartP90 = cost.Quantile(apart, 0.5), cost.Quantile(apart, 0.9)
	return s
}

// GroupAccuracy condenses rows to one line for each value of a key, those with most comparisons first. Values of which
// nothing could be compared are left out.
func GroupAccuracy(rows []AccuracyRow, by AccuracyKey) []AccuracySummary {
	byName := map[string][]AccuracyRow{}
	for i := range rows {
		name := rows[i].Key(by)
		byName[name] = append(byName[name], rows[i])
	}
	var out []AccuracySummary
	for name, of := range byName {
		if s := SummariseAccuracy(name, of); s.Compared > 0 {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b AccuracySummary) int {
		return cmp.Or(cmp.Compare(b.Compared, a.Compared), cmp.Compare(a.Name, b.Name))
	})
	return out
}

// WorstAccuracy returns the compared rows that are furthest off, at most n.
func WorstAccuracy(rows []AccuracyRow, n int) []AccuracyRow {
	out := slices.DeleteFunc(slices.Clone(rows), func(r AccuracyRow) bool { return r.Reason != "" })
	slices.SortStableFunc(out, func(a, b AccuracyRow) int { return cmp.Compare(math.Abs(b.Error), math.Abs(a.Error)) })
	return out[:min(n, len(out))]
}

// Uncompared counts the reasons for which rows are not compared, the most frequent first.
func Uncompared(rows []AccuracyRow) []CountedReason {
	var reasons []string
	for i := range rows {
		if r := rows[i].Reason; r != "" {
			reasons = append(reasons, r)
		}
	}
	return CountReasons(reasons)
}

// CountReasons counts how often each reason is given, the most frequent first.
func CountReasons(reasons []string) []CountedReason {
	counts := map[string]int{}
	for _, r := range reasons {
		counts[r]++
	}
	out := make([]CountedReason, 0, len(counts))
	for reason, n := range counts {
		out = append(out, CountedReason{reason, n})
	}
	slices.SortFunc(out, func(a, b CountedReason) int {
		return cmp.Or(cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Reason, b.Reason))
	})
	return out
}

// CountedReason is a reason, and of how many rows it is given.
type CountedReason struct {
	Reason string
	Rows   int
}
