package figure

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"strings"

	"hostwise/app/figure/format"
	"hostwise/calc"
)

// capacity shows the speed of one replica by requests at once: in all, and for each person; with the measured
// runs on the curve, the wishes and where the busiest hour stands.
func (s *story) capacity() (Figure, error) {
	t := s.a.Throughput
	if len(t.Curve) < 2 {
		return Figure{}, errors.New("the assessment holds no speed by requests at once")
	}
	rate := format.Unit{Kind: format.KindRate}
	f := Figure{
		X: Axis{Title: "Requests at once", Scaling: Log, Unit: format.Unit{Kind: format.KindCount}},
		Y: Axis{Title: "In all, tok/s", Unit: rate}, Right: &Axis{Title: "Each person, tok/s", Unit: rate},
		Foot: s.capacityFoot(), Source: "Speed " + basisWords(t) + ".",
		Twin: Table{Headers: []string{"Requests at once", "In all, tok/s", "P10 to P90", "Each person, tok/s", "P10 to P90", "First word after", "Basis"}},
	}
	total := Line{Name: "In all", Paint: PaintNeutralStrong, Label: "in all (left)"}
	person := Line{Name: "Each person", Paint: PaintInk, Right: true, Label: "each person (right)"}
	totals, persons := Band{Paint: PaintNeutralStrong}, Band{Paint: PaintInk, Right: true, Opacity: 0.07}
	for _, p := range t.Curve {
		total.Points = append(total.Points, XY{p.Concurrency, p.OutputTokS})
		person.Points = append(person.Points, XY{p.Concurrency, p.PerUserTokS})
		totals.add(p.Concurrency, p.OutputRange)
		persons.add(p.Concurrency, p.PerUserRange)
		f.Twin.Rows = append(f.Twin.Rows, capacityTwin(p))
	}
	f.Subtitle = "Speed of one replica by requests at once, tokens a second: in all on the left, for each person on the right. Lines likely"
	if len(totals.X) == len(t.Curve) {
		f.Layers = append(f.Layers, totals, persons)
		f.Subtitle += ", bands 8 of 10"
	}
	f.Subtitle += "."
	f.Layers = append(append(s.beyondMeasured(), f.Layers...), total, person)
	f.Layers = append(f.Layers, s.measuredPoints(&f.Twin)...)
	f.Layers = append(f.Layers, s.wishes(t.Curve[len(t.Curve)-1].Concurrency)...)
	f.Title = s.capacityTitle(s.neededEach())
	return f, nil
}

// add appends one place of the band, where its range is known.
func (b *Band) add(x float64, r *calc.Range) {
	if r != nil && r.Low <= r.High {
		b.X, b.Low, b.High = append(b.X, x), append(b.Low, r.Low), append(b.High, r.High)
	}
}

func capacityTwin(p calc.SpeedPoint) []string {
	span := func(r *calc.Range) string {
		if r == nil {
			return format.Unknown
		}
		return format.Between(format.Number(r.Low, 2), format.Number(r.High, 2))
	}
	first := format.Unknown
	if p.TTFT != nil {
		first = format.Seconds(*p.TTFT)
	}
	return []string{format.Count(p.Concurrency), format.Number(p.OutputTokS, 3), span(p.OutputRange), format.Number(p.PerUserTokS, 3), span(p.PerUserRange), first, string(p.Basis)}
}

// measuredPoints are the published runs of this very set-up, in all and for each person.
func (s *story) measuredPoints(twin *Table) []Layer {
	runs := s.a.Throughput.Measured
	if len(runs) == 0 {
		return nil
	}
	total := Points{Name: "measured, in all", Paint: PaintNeutralStrong, Shape: ShapeCircle}
	person := Points{Name: "measured, each person", Paint: PaintInk, Shape: ShapeDiamond, Right: true}
	for _, run := range runs {
		total.At = append(total.At, XY{run.Concurrency, run.OutputTokS})
		person.At = append(person.At, XY{run.Concurrency, run.PerUserTokS})
		total.Labels = append(total.Labels, "")
		twin.Rows = append(twin.Rows, []string{format.Count(run.Concurrency), format.Number(run.OutputTokS, 3), format.Unknown, format.Number(run.PerUserTokS, 3), format.Unknown, format.Unknown, "measured: " + run.Words})
	}
	// One name is enough: that of the last run.
	last := 0
	for i, run := range runs {
		if run.Concurrency >= runs[last].Concurrency {
			last = i
		}
	}
	total.Labels[last] = "measured"
	return []Layer{total, person}
}

// beyondMeasured is the ground behind the part of the curve that no run of this set-up supports.
func (s *story) beyondMeasured() []Layer {
	t := s.a.Throughput
	most, end := 0.0, t.Curve[len(t.Curve)-1].Concurrency
	for _, run := range t.Measured {
		most = math.Max(most, run.Concurrency)
	}
	if most == 0 || most >= end*0.95 {
		return nil
	}
	return []Layer{Tint{Low: most, High: end * 10, Paint: PaintNeutral, Label: "extrapolated"}}
}

// neededEach is how many requests at once one working replica has in the busiest hour.
func (s *story) neededEach() float64 {
	c := s.a.Capacity
	if c.Sequences == nil {
		return 0
	}
	return *c.Sequences / math.Max(1, float64(c.Replicas-c.Spare))
}

// wishes are what is asked of the replica, and what it can hold: "you are here", memory, and the two limits of
// speed.
func (s *story) wishes(last float64) []Layer {
	d, c := s.a.Deployment, s.a.Capacity
	var layers []Layer
	if needed := s.neededEach(); needed >= 1 && needed <= last*4 {
		layers = append(layers, RefLine{At: needed, Label: "your busiest hour, " + format.Count(needed), Dash: Dotted, Above: true})
	}
	if d.SequencesPerReplica >= 1 && d.SequencesPerReplica <= last*4 {
		layers = append(layers, RefLine{At: d.SequencesPerReplica, Label: "memory is full at " + format.Count(math.Floor(d.SequencesPerReplica)), Above: true})
	}
	if c.MinPerUser > 0 {
		layers = append(layers, RefLine{At: c.MinPerUser, Across: true, Right: true, Dash: Dashed, Muted: true, Label: "you ask for " + format.Number(c.MinPerUser, 3) + " tok/s each"})
	}
	if at, ok := s.tooSlowFrom(); ok {
		layers = append(layers, RefLine{At: at, Dash: Dashed, Muted: true, Above: true, Label: "first word after " + format.Seconds(c.MaxTTFT)})
	}
	return layers
}

// tooSlowFrom is where the first word comes later than wished, on the straight piece between two points of the
// curve; false where it never does.
func (s *story) tooSlowFrom() (float64, bool) {
	most, curve := s.a.Capacity.MaxTTFT, s.a.Throughput.Curve
	for i := 1; i < len(curve) && most > 0; i++ {
		a, b := curve[i-1], curve[i]
		if a.TTFT != nil && b.TTFT != nil && *a.TTFT <= most && *b.TTFT > most {
			return a.Concurrency * math.Pow(b.Concurrency/a.Concurrency, (most-*a.TTFT)/(*b.TTFT-*a.TTFT)), true
		}
	}
	return 0, false
}

func (s *story) capacityTitle(needed float64) string {
	d := s.a.Deployment
	holds := math.Floor(d.SequencesPerReplica)
	name := d.DeviceLabel
	if !strings.HasPrefix(name, "1 ×") {
		name = "One " + name
	}
	allowed := holds
	if d.SequencesAtWishes != nil {
		allowed = math.Min(holds, math.Floor(*d.SequencesAtWishes+1e-9))
	}
	switch {
	case holds < 1:
		return d.DeviceLabel + " cannot hold a request of this length"
	case d.Binds == "latency" && d.SequencesAtWishes == nil:
		return name + " cannot serve one request at the speed you wish"
	case allowed < holds && allowed >= 1:
		return name + " keeps your wishes for up to " + format.Count(allowed) + " at once, though its memory holds " + format.Count(holds) + "; your busiest hour needs " + format.Count(math.Ceil(needed))
	case math.Ceil(needed) > holds:
		return name + " holds " + format.Count(holds) + " requests at once; your busiest hour needs " + format.Count(math.Ceil(needed))
	case needed < 1:
		return name + " holds " + format.Count(holds) + " requests at once; you seldom need two"
	}
	return name + " holds " + format.Count(holds) + " requests at once, " + format.Number(holds/needed, 2) + " times your busiest hour"
}

func (s *story) capacityFoot() []Fact {
	d := s.a.Deployment
	facts := []Fact{
		{"Model", s.model()}, {"Devices", d.DeviceLabel}, {"Precision", strings.ToUpper(d.Precision)},
		{"Engine", strings.TrimSpace(engineName(d.Engine) + " " + d.EngineVersion)}, {"Basis", string(s.a.Throughput.Basis)},
	}
	in, okIn := s.number("workload.input_tokens_per_call")
	out, okOut := s.number("workload.output_tokens_per_call")
	if okIn && okOut {
		facts = append(facts, Fact{"A call", format.Count(in.Likely) + " in, " + format.Count(out.Likely) + " out"})
	}
	return facts
}

// basisWords says where the speed comes from.
func basisWords(t calc.Throughput) string {
	if t.Nearest == "" {
		return string(t.Basis) + "; no measured run is near"
	}
	return string(t.Basis) + "; nearest measured run: " + t.Nearest
}

// benchmarkNames are the benchmarks as a reader knows them.
var benchmarkNames = map[string]string{
	"aime_2024_pass1": "AIME 2024, solved of 100", "aime_2025_pass1": "AIME 2025, solved of 100",
	"math_500_pass1": "MATH-500, solved of 100", "gpqa_diamond_pass1": "GPQA Diamond, right of 100",
	"livecodebench_pass1": "LiveCodeBench, solved of 100", "codeforces_rating": "Codeforces rating",
}

// offer is a model at the cost of its cheapest route.
type offer struct {
	route *calc.Route
	score float64
}

// qualityCost shows what each model scores against what its cheapest route costs.
func (s *story) qualityCost() (Figure, error) {
	benchmark := s.commonBenchmark()
	if benchmark == "" {
		return Figure{}, errors.New("no benchmark is cited for two models that have a cost")
	}
	name := benchmarkNames[benchmark]
	if name == "" {
		name = strings.ReplaceAll(benchmark, "_", " ")
	}
	offers := s.offers(benchmark)
	f := Figure{
		Title:    s.qualityTitle(offers),
		Subtitle: name + ", by monthly cost of each model’s cheapest route, " + s.currency() + ", log. Hollow marks are ruled out.",
		X:        Axis{Title: "Monthly cost", Scaling: Log, Unit: s.money},
		Y:        qualityAxis(offers),
		Source:   "Scores: the makers’ model cards. " + s.source(),
		Twin:     Table{Headers: []string{"Model", "Route", "Monthly cost", "P10 to P90", name, "Feasible"}},
	}
	f.Layers = []Layer{Line{Name: "nothing beats these on both", Points: frontier(offers), Step: true, Thin: true, Paint: PaintInk3}}
	byMark := map[bool]map[Paint]*Points{false: {}, true: {}}
	for _, o := range offers {
		r := o.route
		paint := paintOf(r.Kind)
		p := byMark[r.Feasible][paint]
		if p == nil {
			p = &Points{Name: noun(r.Kind), Paint: paint, Hollow: !r.Feasible}
			byMark[r.Feasible][paint] = p
		}
		p.At = append(p.At, XY{r.Monthly.Likely, o.score})
		p.Labels = append(p.Labels, s.modelName(r.Model)+", "+format.Lowered(noun(r.Kind)))
		p.Strong = append(p.Strong, r.ID == s.a.Verdict.Route)
		f.Twin.Rows = append(f.Twin.Rows, []string{s.modelName(r.Model), r.Label, s.usd(r.Monthly.Likely), s.usdRange(*r.Monthly), format.Number(o.score, 4), feasible(r)})
	}
	for _, open := range []bool{false, true} {
		for _, paint := range []Paint{PaintAPI, PaintRent, PaintOwn, PaintMixed} {
			if p := byMark[open][paint]; p != nil {
				f.Layers = append(f.Layers, *p)
			}
		}
	}
	return f, nil
}

// qualityAxis leaves room around the scores: points need no zero.
func qualityAxis(offers []offer) Axis {
	var span interval
	for _, o := range offers {
		span.add(o.score)
	}
	step := niceStep(math.Max(span.high-span.low, 1), 5)
	return Axis{Min: math.Max(0, math.Floor(span.low/step-0.3)*step), Max: math.Ceil(span.high/step+0.3) * step}
}

// commonBenchmark is the one that most priced models cite; AIME 2024 wins a tie.
func (s *story) commonBenchmark() string {
	models := map[string]map[string]bool{}
	for i := range s.a.Routes {
		r := &s.a.Routes[i]
		if r.Monthly == nil || r.Monthly.Likely <= 0 {
			continue
		}
		for _, q := range r.Quality {
			if models[q.Benchmark] == nil {
				models[q.Benchmark] = map[string]bool{}
			}
			models[q.Benchmark][r.Model] = true
		}
	}
	best, most := "", 1
	names := make([]string, 0, len(models))
	for name := range models {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if n := len(models[name]); n > most {
			best, most = name, n
		}
	}
	return best
}

// offers are the models that cite the benchmark, each at its cheapest route: a feasible one where there is
// one, else the cheapest that only a rule keeps out.
func (s *story) offers(benchmark string) []offer {
	best := map[string]offer{}
	for i := range s.a.Routes {
		r := &s.a.Routes[i]
		at := slices.IndexFunc(r.Quality, func(q calc.Score) bool { return q.Benchmark == benchmark })
		if at < 0 || r.Monthly == nil || r.Monthly.Likely <= 0 {
			continue
		}
		had, ok := best[r.Model]
		better := !ok || (r.Feasible && !had.route.Feasible) || (r.Feasible == had.route.Feasible && r.Monthly.Likely < had.route.Monthly.Likely)
		if better {
			best[r.Model] = offer{r, r.Quality[at].Score}
		}
	}
	out := make([]offer, 0, len(best))
	for _, o := range best {
		out = append(out, o)
	}
	slices.SortFunc(out, func(a, b offer) int {
		return cmp.Or(cmp.Compare(a.route.Monthly.Likely, b.route.Monthly.Likely), cmp.Compare(b.score, a.score), cmp.Compare(a.route.ID, b.route.ID))
	})
	return out
}

// frontier joins the offers that no cheaper one matches, from the cheapest on.
func frontier(offers []offer) []XY {
	var out []XY
	for _, o := range offers {
		if len(out) == 0 || o.score > out[len(out)-1].Y {
			out = append(out, XY{o.route.Monthly.Likely, o.score})
		}
	}
	return out
}

func (s *story) qualityTitle(offers []offer) string {
	v := s.verdict()
	if v == nil {
		return "No route passes your rules; these are the models at their cheapest"
	}
	at := slices.IndexFunc(offers, func(o offer) bool { return o.route.Model == v.Model })
	if at < 0 {
		return "What each model scores, and what it costs"
	}
	mine := offers[at]
	var cheaper, equal *offer
	for i := range offers {
		o := &offers[i]
		if o.route.Model == v.Model || o.route.Monthly.Likely >= mine.route.Monthly.Likely {
			continue
		}
		if o.score >= mine.score {
			equal = o
		} else if cheaper == nil || o.score > cheaper.score {
			cheaper = o
		}
	}
	switch {
	case equal != nil:
		return s.modelName(equal.route.Model) + " scores as high as " + s.modelName(v.Model) + " and costs less"
	case cheaper != nil:
		return s.modelName(cheaper.route.Model) + " would save " + s.usd(mine.route.Monthly.Likely-cheaper.route.Monthly.Likely) + " a month; it scores " +
			format.Number(cheaper.score, 3) + " against " + format.Number(mine.score, 3)
	}
	return "No model costs less than " + s.modelName(v.Model) + " by " + doing(v.Kind)
}
