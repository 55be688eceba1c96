package calc

import (
	"context"
	"math"
	"slices"

	"hostwise/calc/memory"
	"hostwise/calc/risk"
)

// QuestionEffect is how one question moves the answer: what it would be at other answers to it, where it changes,
// and for a number which kind of route wins where along it. Every figure stands at the likely values of all other
// answers, with set-ups chosen anew.
type QuestionEffect struct {
	Path string      `json:"path"`
	Rows []EffectRow `json:"rows"` // empty where there is no list of answers to try, as for words
	// Flip is the nearest value at which another route wins; nil = none within the input's limits, or no number.
	Flip *EffectFlip `json:"flip"`
	// Strip says which kind wins along the answer, from StripLow to StripHigh; by ratio where StripLog.
	Strip     []StripSpan `json:"strip"`
	StripLow  float64     `json:"strip_low"`
	StripHigh float64     `json:"strip_high"`
	StripLog  bool        `json:"strip_log"`
	// Step is what twice the answer, or ten points more of a share, does to a month's cost; nil = there is no such step.
	Step *EffectStep `json:"step"`
}

// EffectRow is the answer at one answer to the question.
type EffectRow struct {
	Name  string    `json:"name"`  // "low", "likely", "high", "half", "now", "double", or the id of a choice
	Value Value     `json:"value"` // the answer to the question
	Now   bool      `json:"now"`   // it is the answer in force
	Route string    `json:"route"` // what wins; "" = no route is left
	Kind  RouteKind `json:"kind"`
	USD   *float64  `json:"usd_per_month"` // of the winner
	// ByKind is the cheapest open route of each kind; a kind that no rule leaves open is not in it.
	ByKind map[RouteKind]float64 `json:"by_kind"`
	// Setup is the set-up of the scenario's model at this answer; only for the questions that choose it.
	Setup *EffectSetup `json:"setup"`
}

// EffectSetup is what a device or a precision takes and gives.
type EffectSetup struct {
	Label   string     `json:"label"`
	Device  string     `json:"device"`
	Devices int        `json:"devices"`
	Fit     memory.Fit `json:"fit"`
	// Supported says that the engine is known to run the precision on the device.
	Supported bool             `json:"supported"`
	Why       string           `json:"why"` // where it does not fit or is not supported
	Memory    memory.PerDevice `json:"per_device"`
	TokS      float64          `json:"output_tokens_per_second"` // of one replica, as full as the wishes allow; 0 = it cannot keep them
	Basis     string           `json:"basis"`
	OwnUSD    *float64         `json:"own_usd_per_month"`
	RentUSD   *float64         `json:"rent_usd_per_month"`
	Upfront   *float64         `json:"upfront_usd"`
	Replicas  int              `json:"replicas"` // 0 = it cannot serve
}

// EffectFlip is where the verdict changes along a number.
type EffectFlip struct {
	At      float64   `json:"at"`
	Becomes string    `json:"becomes"` // the route that wins from there; "" = none is left
	Kind    RouteKind `json:"kind"`
}

// StripSpan is a part of a strip on which one kind of route wins.
type StripSpan struct {
	From  float64   `json:"from"`
	To    float64   `json:"to"`
	Kind  RouteKind `json:"kind"` // "" = no route is left
	Route string    `json:"route"`
}

// Question works out how one question moves the answer of a scenario. It is cheap enough to be asked for at a
// keystroke, except where every answer is another set-up. The error is the context's, or Problems.
func (a *Assessor) Question(ctx context.Context, s Scenario, path string, opt Options) (QuestionEffect, error) {
	out := QuestionEffect{Path: path, Rows: []EffectRow{}, Strip: []StripSpan{}}
	in := LookupInput(path)
	if in == nil {
		return out, Problems{{Path: path, Problem: "is no input", Allowed: "the path of an input, such as workload.calls_per_month"}}
	}
	if problems := s.Check(a.cat); len(problems) > 0 {
		return out, problems
	}
	q := &effects{a: a.with(s.Facts()), s: s, in: in, opt: opt}
	w := q.a.newWorld(s, opt.Today)
	q.stated = w.statedSetup
	base := w.frame(w.likely, nil)
	if i, ok := w.axes.of[path]; ok {
		return out, q.along(ctx, w, base, i, &out)
	}
	values := q.answers(w)
	rows := make([]EffectRow, len(values))
	err := eachRow(ctx, len(values), nil, func(j int) { rows[j] = q.otherwise(values[j]) })
	if err == nil {
		out.Rows = append(out.Rows, rows...)
		out.Step = stepOf(rows)
	}
	return out, err
}

// effects is one such study.
type effects struct {
	a   *Assessor
	s   Scenario
	in  *Input
	opt Options
	// stated says that the person named a part of the set-up.
	stated bool
}

// namedValue is an answer to try.
type namedValue struct {
	name  string
	value Value
}

// answers are the answers to try where each is another world: every choice, or half and double of a whole number.
func (q *effects) answers(w *world) []namedValue {
	var out []namedValue
	add := func(name string, v Value) { out = append(out, namedValue{name, v}) }
	switch q.in.Kind {
	case Bool:
		add("yes", Yes)
		add("no", No)
	case Choice:
		for _, o := range q.in.Choices {
			add(o.ID, Str(o.ID))
		}
	case ModelRef:
		if q.in.MayBeEmpty() {
			add("", Str(""))
		}
		for i := range w.cat.Models {
			add(w.cat.Models[i].ID, Str(w.cat.Models[i].ID))
		}
	case DeviceRef:
		for i := range w.cat.Devices {
			add(w.cat.Devices[i].ID, Str(w.cat.Devices[i].ID))
		}
	case EngineRef:
		for i := range w.cat.Engines {
			add(w.cat.Engines[i].ID, Str(w.cat.Engines[i].ID))
		}
	case PriceRef:
		add("", Str(""))
		for i := range w.cat.Prices {
			if p := &w.cat.Prices[i]; p.Model == w.model.ID && !p.Quota && !p.Gone && p.Input > 0 {
				add(p.ID, Str(p.ID))
			}
		}
	case HostRef:
		add("", Str(""))
		for i := range w.cat.Hosts {
			add(w.cat.Hosts[i].ID, Str(w.cat.Hosts[i].ID))
		}
	case PrecisionRef:
		for i := range w.cat.Precisions {
			if p := &w.cat.Precisions[i]; p.Kind != "raw" && madeIn(p.Models, w.model.ID, w.model.Family) {
				add(p.ID, Str(p.ID))
			}
		}
	case Integer:
		now := q.s.Likely(q.in.Path)
		for _, v := range q.whole(now) {
			if v.x == now && v.name != "now" || v.x < q.in.Min || v.x > q.in.Max {
				continue
			}
			add(v.name, Num(v.x))
		}
	}
	return out
}

// whole are the whole numbers to try around one: half and double of it, or where it is 0 the first ready answer.
func (q *effects) whole(now float64) []namedNumber {
	if now != 0 {
		return []namedNumber{{"half", math.Round(now / 2)}, {"now", now}, {"double", now * 2}}
	}
	out := []namedNumber{{"now", now}}
	for _, p := range q.in.Presets {
		if x := p.Value.Number.Likely; !p.Value.Null && x > 0 {
			return append(out, namedNumber{p.Label, x})
		}
	}
	return out
}

func madeIn(models []string, id, family string) bool {
	return slices.Contains(models, id) || slices.Contains(models, family)
}

// otherwise is the answer with another answer to the question.
func (q *effects) otherwise(v namedValue) EffectRow {
	s := q.s.With(q.in.Path, v.value)
	w := q.a.newWorld(s, q.opt.Today)
	f := w.frame(w.likely, nil)
	row := f.effect(v.name, v.value)
	row.Now = q.s.Value(q.in.Path).Equal(v.value)
	switch q.in.Kind {
	case DeviceRef, PrecisionRef, EngineRef:
		row.Setup = f.effectSetup()
		row.Now = row.Now && q.stated // otherwise the program chooses, whatever the defaults say
	}
	return row
}

// effect is the answer at a state of the world.
func (f *frame) effect(name string, v Value) EffectRow {
	row := EffectRow{Name: name, Value: v, ByKind: map[RouteKind]float64{}}
	calls := f.p.x[f.w.axes.calls]
	for _, r := range f.w.routes {
		if f.barred(r) {
			continue
		}
		usd := f.usd(r, calls, true)
		if math.IsInf(usd, 0) || math.IsNaN(usd) || r.kind == Mixed && !f.mixedPays(r, usd, calls, true) || !f.within(r, usd) {
			continue
		}
		if least, ok := row.ByKind[r.kind]; !ok || usd < least {
			row.ByKind[r.kind] = twelveDigits(usd)
		}
	}
	if r, usd := f.winner(calls, true, f.within); r != nil {
		row.Route, row.Kind, row.USD = r.id, r.kind, known(twelveDigits(usd))
	}
	return row
}

// effectSetup describes the set-up that the scenario states: what it takes, gives and costs.
func (f *frame) effectSetup() *EffectSetup {
	w := f.w
	r := w.pureOwn
	if len(r.cands) == 0 {
		return nil
	}
	c := r.cands[0]
	calls := f.p.x[w.axes.calls]
	p := c.plan
	out := &EffectSetup{Label: c.label, Device: p.Device.ID, Devices: p.Devices, Fit: p.Fit, Supported: p.Supported, Memory: p.PerDevice, Basis: string(c.server.Basis)}
	if !p.Supported || p.Fit == memory.No {
		out.Why = p.Why
		return out
	}
	rate := f.rate(c, r.modelAt)
	k := f.works[r.modelAt]
	out.TokS = twelveDigits(rate * (k.Output + k.Reasoning) / 3600 / math.Max(f.cap, 1e-9))
	n := f.replicas(c, r.modelAt, calls)
	out.Replicas = n
	if n == 0 {
		return out
	}
	t := f.ownTerms(c)
	if f.ownPriced(c) {
		out.OwnUSD, out.Upfront = known(twelveDigits(t.Monthly(n+w.spare))), known(twelveDigits(t.Upfront(n+w.spare)))
	}
	if rent, ok := f.rentTerms(c); ok {
		out.RentUSD = known(twelveDigits(rent.Monthly(n + w.spare)))
	}
	return out
}

// along moves a number: its own range or half and double, the nearest flip, and the strip of who wins where.
func (q *effects) along(ctx context.Context, w *world, base *frame, i int, out *QuestionEffect) error {
	d := &w.axes.dims[i]
	now := d.r.Likely
	if d.null {
		now = w.nullNow(i, w.verdictRoute(base))
	}
	at := func(x float64) *frame { return w.frame(w.axes.set(i, x), base) }
	for _, v := range q.along3(d, now) {
		f := base
		if v.name != "likely" && v.name != "now" {
			f = at(v.x)
		}
		row := f.effect(v.name, Num(v.x))
		row.Now = f == base
		out.Rows = append(out.Rows, row)
		if row.Now {
			out.Step = q.step(d, now, row, at)
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	verdict := w.verdictRoute(base)
	was := ""
	if verdict != nil {
		was = verdict.id
	}
	win := func(x float64) string {
		if ctx.Err() != nil {
			return was
		}
		return w.winnerAt(base, i, x)
	}
	if _, search, ok := w.searchFor(i, base, verdict); ok && win(now) == was {
		if x, becomes, found := risk.Nearest(search, win); found && ctx.Err() == nil {
			out.Flip = &EffectFlip{At: x, Becomes: becomes, Kind: w.kindOf(becomes)}
		}
	}
	q.strip(ctx, w, d, now, win, out)
	return ctx.Err()
}

// verdictRoute is the route that wins at the likely values.
func (w *world) verdictRoute(base *frame) *routeModel {
	r, _ := base.winner(base.p.x[w.axes.calls], true, base.within)
	return r
}

// namedNumber is a number to try.
type namedNumber struct {
	name string
	x    float64
}

// along3 are three numbers worth looking at: the range where there is one, else half and double. A number that
// stands at zero has no scale of its own, so that its ready answers are tried.
func (q *effects) along3(d *dimension, now float64) []namedNumber {
	if d.uncertain() && !d.null {
		return []namedNumber{{"low", d.r.Low}, {"likely", d.r.Likely}, {"high", d.r.High}}
	}
	out := []namedNumber{{"now", now}}
	if now != 0 {
		if x := now / 2; x >= d.min {
			out = append([]namedNumber{{"half", x}}, out...)
		}
		if x := now * 2; x <= d.max {
			out = append(out, namedNumber{"double", x})
		}
		return out
	}
	for _, p := range q.in.Presets {
		if x := p.Value.Number.Likely; !p.Value.Null && x != 0 && len(out) < 3 {
			out = append(out, namedNumber{p.Label, x})
		}
	}
	return out
}

// The size of a strip: looks along it, and halvings that close in on each border.
const (
	stripLooks    = 32
	stripHalvings = 10
)

// strip says which route wins where along a number.
func (q *effects) strip(ctx context.Context, w *world, d *dimension, now float64, win func(float64) string, out *QuestionEffect) {
	lo, hi, ratio := stripEnds(q.in, d, now, out.Flip)
	if !(hi > lo) {
		return
	}
	out.StripLow, out.StripHigh, out.StripLog = lo, hi, ratio
	at := func(t float64) float64 {
		if ratio {
			return lo * math.Pow(hi/lo, t)
		}
		return lo + (hi-lo)*t
	}
	span := StripSpan{From: lo, Route: win(lo)}
	last := 0.0
	for j := 1; j <= stripLooks && ctx.Err() == nil; j++ {
		t := float64(j) / stripLooks
		if got := win(at(t)); got != span.Route {
			border := closeStrip(last, t, span.Route, func(t float64) string { return win(at(t)) })
			span.To = at(border)
			out.Strip = append(out.Strip, w.painted(span))
			span = StripSpan{From: span.To, Route: got}
		}
		last = t
	}
	span.To = hi
	out.Strip = joined(append(out.Strip, w.painted(span)))
}

// closeStrip halves the step in which the winner changes.
func closeStrip(from, to float64, was string, win func(float64) string) float64 {
	for range stripHalvings {
		if middle := (from + to) / 2; win(middle) == was {
			from = middle
		} else {
			to = middle
		}
	}
	return (from + to) / 2
}

func (w *world) painted(s StripSpan) StripSpan {
	s.Kind = w.kindOf(s.Route)
	s.From, s.To = twelveDigits(s.From), twelveDigits(s.To)
	return s
}

func (w *world) kindOf(route string) RouteKind {
	if r := w.route(route); r != nil {
		return r.kind
	}
	return ""
}

// joined makes one span of neighbours of one kind.
func joined(spans []StripSpan) []StripSpan {
	var out []StripSpan
	for _, s := range spans {
		if n := len(out); n > 0 && out[n-1].Kind == s.Kind {
			out[n-1].To = s.To
			continue
		}
		out = append(out, s)
	}
	return out
}

// stripEnds are the ends of a strip: wide enough for the person's range, the default and the nearest flip.
func stripEnds(in *Input, d *dimension, now float64, flip *EffectFlip) (lo, hi float64, ratio bool) {
	if isShare(d.unit) || now <= 0 || d.plain {
		lo, hi = d.min, math.Max(2*math.Max(now, d.r.High), presetHigh(in))
		if d.unit == UnitShare && d.max <= 1 {
			hi = d.max
		}
		if flip != nil {
			hi, lo = math.Max(hi, flip.At*1.2), math.Min(lo, flip.At*1.2)
		}
		return lo, math.Min(hi, d.max), false
	}
	lo, hi = now/10, now*10
	if !d.null {
		lo, hi = math.Min(lo, d.r.Low/2), math.Max(hi, d.r.High*2)
	}
	if v := in.Default; !v.Null && v.Number.Likely > 0 {
		lo, hi = math.Min(lo, v.Number.Likely), math.Max(hi, v.Number.Likely)
	}
	if flip != nil && flip.At > 0 && flip.At < now*300 && flip.At > now/300 {
		lo, hi = math.Min(lo, flip.At/2), math.Max(hi, flip.At*2)
	}
	return math.Max(lo, math.Max(d.min, now/1e4)), math.Min(hi, d.max), true
}

func presetHigh(in *Input) float64 {
	high := 0.0
	for _, p := range in.Presets {
		high = math.Max(high, p.Value.Number.Likely)
	}
	return high
}
