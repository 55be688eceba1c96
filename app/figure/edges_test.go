package figure

import (
	"math"
	"strings"
	"testing"

	"hostwise/app/figure/format"
	"hostwise/calc"
	"hostwise/calc/catalog"
	"hostwise/calc/memory"
)

// rangeAround is a likely value with a range of a factor each way.
func rangeAround(v, factor float64) *calc.Range {
	return &calc.Range{Low: v / factor, Likely: v, High: v * factor}
}

func ptr[T any](v T) *T { return &v }

// edgeRoute is a route of a synthetic case: a fixed amount and so much a call.
func edgeRoute(id string, kind calc.RouteKind, label string, fixed, perCall, calls float64) calc.Route {
	month := fixed + perCall*calls
	r := calc.Route{
		ID: id, Kind: kind, Label: label, Model: "deepseek-r1", Feasible: true, Monthly: rangeAround(month, 1.5), PerCall: rangeAround(month/calls, 1.5),
		Horizon: rangeAround(month*24, 1.4), Quality: []calc.Score{{Benchmark: "gpqa_diamond_pass1", Score: 71.5}},
	}
	if kind == calc.API {
		r.Lines = []calc.Line{{ID: "input", USD: perCall * calls * 0.3}, {ID: "output", USD: perCall * calls * 0.7}, {ID: "people", USD: fixed}}
	} else {
		r.SetupLabel, r.Upfront = "8 × H200, FP8, vLLM", ptr(fixed*10)
		r.Lines = []calc.Line{{ID: "capital", USD: fixed * 0.5}, {ID: "power", USD: fixed*0.1 + perCall*calls}, {ID: "people", USD: fixed * 0.4}}
	}
	return r
}

// edgeCase is a synthetic assessment of an API and an owned route that cross at two million calls, at 500,000
// calls a month. It is made by hand so that its pictures change only when the drawing does.
func edgeCase() *calc.Assessment {
	const calls = 500_000
	a := &calc.Assessment{
		Catalogue: calc.CatalogueInfo{Version: "2026.11", Date: "2026-11-23", NewestPrice: "2026-08-21", NewestPriceDays: 94, MeasuredRuns: 195},
		Draws:     1000, ScenarioName: "Support desk",
		Assumptions: []calc.Assumption{
			{Path: "model", Text: "deepseek-r1"}, {Path: "workload.calls_per_month", Value: float64(calls)}, {Path: "workload.input_tokens_per_call", Value: 2000.0},
			{Path: "workload.output_tokens_per_call", Value: 500.0}, {Path: "workload.retry_rate", Value: 0.1}, {Path: "workload.peak_to_average", Value: 4.0},
		},
		Routes: []calc.Route{
			edgeRoute("api-direct", calc.API, "API, market median", 750, 0.008, calls), edgeRoute("own-deepseek-r1", calc.Own, "Own 8 × H200", 15_000, 0.0009, calls),
			edgeRoute("rent-deepseek-r1", calc.Rent, "Rent 8 × H200", 22_000, 0.0009, calls),
		},
		Verdict: calc.Verdict{Route: "api-direct"},
		Curve:   calc.Curve{Routes: map[string][]*float64{}}, OverTime: calc.OverTime{Routes: map[string][]float64{}},
		BreakEven: []calc.BreakEven{
			{From: "api-direct", To: "own-deepseek-r1", Status: "reached", Calls: ptr(2.007e6), Direction: "cheaper_above", Low: ptr(1.1e6), High: ptr(4.6e6), ShareReached: ptr(0.82), Spread: edgeSpread(1e6, 0.82)},
			{From: "api-direct", To: "rent-deepseek-r1", Status: "not_reached", Direction: "never_cheaper", ShareReached: ptr(0.31), Spread: edgeSpread(4e6, 0.31)},
		},
		Sensitivity: []calc.Sensitivity{
			{Input: "workload.output_tokens_per_call", Label: "Output tokens a call", LowValue: 200, BaseValue: 500, HighValue: 6000, LowUSD: 14_000, BaseUSD: 10_700, HighUSD: -2_500, ChangesWinner: true, Against: "own-deepseek-r1"},
			{Input: "finance.staff_fte", Label: "People for servers", LowValue: 0.25, BaseValue: 0.5, HighValue: 1, LowUSD: 6_900, BaseUSD: 10_700, HighUSD: 18_200, Against: "own-deepseek-r1"},
		},
	}
	for i := range 97 {
		v := math.Pow(10, 2+float64(i)/16)
		a.Curve.CallsPerMonth = append(a.Curve.CallsPerMonth, v)
		for k, r := range a.Routes {
			fixed, perCall := [...]float64{750, 15_000, 22_000}[k], [...]float64{0.008, 0.0009, 0.0009}[k]
			steps := 1.0
			if k > 0 {
				steps = math.Ceil(v / 3e6)
			}
			a.Curve.Routes[r.ID] = append(a.Curve.Routes[r.ID], ptr(fixed*steps+perCall*v))
		}
	}
	for m := range 36 {
		a.OverTime.Months = append(a.OverTime.Months, m+1)
		for _, r := range a.Routes {
			spent := float64(m+1) * r.Monthly.Likely
			if r.Upfront != nil {
				spent = *r.Upfront + float64(m+1)*r.Monthly.Likely*0.5
				if m >= 20 {
					spent += *r.Upfront // a second server
				}
			}
			a.OverTime.Routes[r.ID] = append(a.OverTime.Routes[r.ID], spent)
		}
	}
	a.Memory = edgeMemory()
	a.Deployment = calc.Deployment{Engine: "vllm", EngineVersion: "0.11", Precision: "fp8", KVPrecision: "bf16", DeviceLabel: "8 × H200", SequencesPerReplica: 150}
	a.Throughput = edgeSpeed()
	a.Capacity = calc.Capacity{Sequences: ptr(40.0), Replicas: 1, MaxTTFT: 10, MinPerUser: 15}
	return a
}

func edgeSpread(from, share float64) *calc.CrossingSpread {
	s := &calc.CrossingSpread{Edges: []float64{from}}
	for i, weight := range []float64{0.1, 0.25, 0.3, 0.2, 0.1, 0.05} {
		s.Edges = append(s.Edges, from*math.Pow(10, float64(i+1)/8))
		s.Shares = append(s.Shares, weight*share)
	}
	return s
}

func edgeRow(precision, label string, gb float64, devices int) memory.PrecisionRow {
	part := func(share float64) *float64 { return ptr(gb * 1e9 * share) }
	return memory.PrecisionRow{Precision: precision, Kind: "deploy", Label: label, Engine: "vllm", Evidence: catalog.Confirmed, WeightsBytes: part(0.8), KVBytes: part(0.1), CopiesBytes: part(0.02),
		ComputeBytes: part(0.05), RuntimeBytes: part(0.05), TotalBytes: rangeAround(gb*1e9, 1.04), DevicesNeeded: &devices, Fits: true, Fit: memory.Fits}
}

func edgeMemory() calc.MemoryResult {
	m := calc.MemoryResult{ContextTokens: 32768, Sequences: 8, Capacities: []calc.CapacityLine{{Label: "8 × H200", Bytes: 1.2e12}, {Label: "4 × H200", Bytes: 6e11}}}
	m.ByPrecision = []memory.PrecisionRow{edgeRow("bf16", "BF16", 1660, 16), edgeRow("fp8", "FP8", 900, 8), edgeRow("awq-int4", "AWQ 4-bit", 480, 4), edgeRow("gguf-ud-iq1_s", "GGUF UD-IQ1_S", 160, 2)}
	m.ByModel = []memory.ModelRow{
		{Model: "deepseek-r1", Label: "R1 671B", Family: "full", Released: true, Row: edgeRow("fp8", "FP8", 900, 8)},
		{Model: "deepseek-r1-zero", Label: "R1-Zero 671B", Family: "full", Released: true, Row: edgeRow("fp8", "FP8", 900, 8)},
		{Model: "r1-distill-llama-70b", Label: "70B distill", Family: "distill", Released: true, Row: edgeRow("bf16", "BF16", 260, 2)},
		{Model: "r1-distill-qwen-1.5b", Label: "1.5B distill", Family: "distill", Released: true, Row: edgeRow("bf16", "BF16", 9, 1)},
	}
	return m
}

func edgeSpeed() calc.Throughput {
	t := calc.Throughput{Basis: "interpolated", Nearest: "1,130 tok/s, DeepSeek-R1, FP8, 8 × H200, concurrency 32"}
	for c := 1.0; c < 160; c *= math.Sqrt2 {
		speed := 80 / (1 + c/40)
		t.Curve = append(t.Curve, calc.SpeedPoint{Concurrency: c, OutputTokS: speed * c, PerUserTokS: speed, OutputRange: rangeAround(speed*c, 1.25), PerUserRange: rangeAround(speed, 1.25), TTFT: ptr(c / 8)})
	}
	for _, c := range []float64{4, 32} {
		speed := 78 / (1 + c/40)
		t.Measured = append(t.Measured, calc.MeasuredPoint{SpeedPoint: calc.SpeedPoint{Concurrency: c, OutputTokS: speed * c, PerUserTokS: speed}, Words: "a published run"})
	}
	return t
}

// edgeFigures are the figures that a person meets seldom, each with what makes it odd.
var edgeFigures = map[string]struct {
	id    string
	opt   BuildOptions
	theme *Theme
	odd   func(*calc.Assessment)
}{
	"one-route": {id: "monthly-cost", odd: func(a *calc.Assessment) { a.Routes, a.BreakEven = a.Routes[:1], nil }},
	"seven-decades": {id: "monthly-cost", theme: &Dark, odd: func(a *calc.Assessment) {
		a.Assumptions[1] = calc.Assumption{Path: "workload.calls_per_month", From: "you", Value: calc.Range{Low: 100, Likely: 500_000, High: 1e8}}
	}},
	"zero-cost": {id: "cost-per-call", odd: func(a *calc.Assessment) {
		free := &a.Routes[0]
		free.Monthly, free.PerCall = &calc.Range{}, &calc.Range{}
		for i := range free.Lines {
			free.Lines[i].USD = 0
		}
	}},
	"long-names": {id: "cost-per-call", odd: func(a *calc.Assessment) {
		for i := range a.Routes {
			a.Routes[i].Label = strings.Repeat("A route with a very long name ", 10)[:300]
			a.Routes[i].SetupLabel = a.Routes[i].Label
		}
		a.ScenarioName = strings.Repeat("Müller & Söhne, Ärzte ", 20)[:300]
	}},
	"no-glyphs": {id: "break-even", opt: BuildOptions{Version: "1.0"}, odd: func(a *calc.Assessment) {
		a.Routes[1].Label = "自前 8 × H200 🙂"
		a.Routes[2].Label = "إيجار 8 × H200"
		a.ScenarioName = "עברית \u200fמימין לשמאל"
	}},
	"not-feasible": {id: "over-time", opt: BuildOptions{AllRoutes: true}, odd: func(a *calc.Assessment) {
		a.Routes[1].Feasible, a.Routes[1].BlockedBy = false, []string{"operations_staff: nobody may run servers"}
	}},
	"no-break-even": {id: "break-even", theme: &Dark, odd: func(a *calc.Assessment) {
		for i := range a.BreakEven {
			a.BreakEven[i] = calc.BreakEven{From: "api-direct", To: a.BreakEven[i].To, Status: "not_reached", Direction: "never_cheaper", ShareReached: ptr(0.0)}
		}
	}},
	"one-model":     {id: "memory", opt: BuildOptions{Models: true}, odd: func(a *calc.Assessment) { a.Memory.ByModel = a.Memory.ByModel[:1] }},
	"euros":         {id: "tornado", opt: BuildOptions{Currency: format.Currency{Code: "EUR", PerUSD: 0.92}}},
	"yen":           {id: "over-time", theme: &Dark, opt: BuildOptions{Currency: format.Currency{Code: "JPY", PerUSD: 151}}},
	"memory-log":    {id: "memory", opt: BuildOptions{LogScale: true}},
	"memory-models": {id: "memory", theme: &Dark, opt: BuildOptions{Models: true, LogScale: true}},
	"spread":        {id: "break-even"},
	"measured":      {id: "capacity"},
	"by-line":       {id: "cost-per-call", theme: &Dark},
	"per-call-log":  {id: "cost-per-call", opt: BuildOptions{LogScale: true}},
	"quality-one-cost": {id: "quality-cost", odd: func(a *calc.Assessment) {
		a.Routes[1].Model, a.Routes[1].Quality[0].Score = "r1-distill-llama-70b", 65.2
	}},
}

func TestEdgeGoldens(t *testing.T) {
	for name, edge := range edgeFigures {
		t.Run(name, func(t *testing.T) {
			a := edgeCase()
			if edge.odd != nil {
				edge.odd(a)
			}
			f, err := Build(edge.id, a, edge.opt)
			if err != nil {
				t.Fatal(err)
			}
			checkTwin(t, &f)
			for _, opt := range append(wordSizes[:3:3], Options{Width: 200, Height: 200}) {
				for _, problem := range collisions(wordsOf(t, f, opt), opt) {
					t.Errorf("%d × %d: %s", opt.Width, opt.Height, problem)
				}
				svgOf(t, f, opt)
			}
			picture, err := Draw(f, Options{Width: 1280, Height: 720, Theme: edge.theme})
			if err != nil {
				t.Fatal(err)
			}
			golden(t, "edge-"+name, picture)
		})
	}
}

// Characters of scripts that the fonts lack are drawn as □ and reported once each; direction marks are not.
func TestForeignNamesAreReported(t *testing.T) {
	a := edgeCase()
	edgeFigures["no-glyphs"].odd(a)
	f, err := Build("break-even", a, BuildOptions{})
	if err != nil {
		t.Fatal(err)
	}
	d, err := Render(f, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range "自前🙂يعל" {
		if strings.Count(string(d.Report.Missing), string(want)) != 1 && strings.ContainsRune("自前🙂", want) {
			t.Errorf("%q is not reported once: %q", want, string(d.Report.Missing))
		}
	}
	if strings.ContainsRune(string(d.Report.Missing), '\u200f') {
		t.Error("a direction mark is reported as missing")
	}
}

// On a log axis and by model the figure shows the assessment's totals with their ranges; a full model that needs the
// same as another is drawn once and stays in the table.
func TestMemoryFormsShowTheAssessment(t *testing.T) {
	a := edgeCase()
	f, err := Build("memory", a, BuildOptions{Models: true, LogScale: true})
	if err != nil {
		t.Fatal(err)
	}
	if f.X.Scaling != Log || len(f.Rows) != 3 || len(f.Twin.Rows) != 4 || !strings.Contains(f.Caption, "R1-Zero 671B") {
		t.Fatalf("%d rows, %d in the table, caption %q", len(f.Rows), len(f.Twin.Rows), f.Caption)
	}
	for i, mark := range f.Layers[0].(RangeMarks).Marks {
		want := a.Memory.ByModel[[...]int{0, 2, 3}[i]].Row.TotalBytes
		if mark.Low != want.Low || mark.Likely != want.Likely || mark.High != want.High {
			t.Errorf("row %d shows %g, %g, %g, want %+v", i, mark.Low, mark.Likely, mark.High, *want)
		}
	}
	if want := "R1 671B needs 3.5 times the memory of the largest distill, the 70B"; f.Title != want {
		t.Errorf("the finding is %q, want %q", f.Title, want)
	}
	bars, err := Build("memory", a, BuildOptions{Models: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := bars.Layers[0].(Stacks).Bars[1].total(); math.Abs(got/260e9-1) > 0.03 {
		t.Errorf("the bar of the 70B distill is %g bytes", got)
	}
}

// The parts of a call's cost sum to it, and a part below zero is never drawn as a bar.
func TestCallHeapsSumToTheCall(t *testing.T) {
	a := edgeCase()
	for i := range a.Routes {
		sum := 0.0
		for _, v := range perCallHeaps(&a.Routes[i]) {
			sum += v
		}
		if want := a.Routes[i].PerCall.Likely; math.Abs(sum/want-1) > 1e-9 {
			t.Errorf("%s: the parts sum to %g, a call costs %g", a.Routes[i].ID, sum, want)
		}
	}
	saved := &a.Routes[0]
	saved.Lines = append(saved.Lines, calc.Line{ID: "review", USD: -2000})
	f, err := Build("cost-per-call", a, BuildOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := f.Layers[0].(RangeMarks); !ok || f.X.Scaling != Log {
		t.Errorf("a saving is drawn as %T", f.Layers[0])
	}
}
