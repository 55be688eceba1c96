package calc

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"hostwise/calc/catalog"
	"hostwise/calc/notation"
	"hostwise/calc/risk"
	"hostwise/calc/serving"
)

// Options say how much of an assessment is wanted.
type Options struct {
	Today time.Time // ages of prices count from here
	Draws int       // samples for ranges and chances; 0 with Quick
	Seed  uint64    // of the sampling; 0 = 1
	Quick bool      // the base answer only: no draws, tornado or flips
}

// DefaultDraws is the number of samples where nothing else is asked for.
const DefaultDraws = 1000

// Assessor turns scenarios into assessments against one catalogue. It keeps the short lists of set-ups that
// it has worked out, and is safe for concurrent use.
type Assessor struct {
	cat     *catalog.Catalog
	serving *serving.Model
	short   *shortLists
	mine    *ownAssessor
	known   func() knownIDs // what a scenario may name, the person's own rows included
}

// ownAssessor keeps the Assessor of the last person's own rows, so that an answer changed beside them costs no
// more than without them.
type ownAssessor struct {
	mu   sync.Mutex
	rows string // the rows as JSON
	a    *Assessor
}

// NewAssessor returns an Assessor for the catalogue.
func NewAssessor(cat *catalog.Catalog) *Assessor {
	return newAssessor(cat, serving.New(cat))
}

// Catalogue returns the facts that assessments rest on.
func (a *Assessor) Catalogue() *catalog.Catalog { return a.cat }

// with returns an Assessor over the catalogue with a person's own rows; the receiver when there are none.
func (a *Assessor) with(f Facts) *Assessor {
	if f.IsEmpty() {
		return a
	}
	rows, err := json.Marshal(f)
	if err != nil { // rows that cannot be written are not kept
		return a.over(f)
	}
	a.mine.mu.Lock()
	defer a.mine.mu.Unlock()
	if a.mine.rows != string(rows) {
		a.mine.rows, a.mine.a = string(rows), a.over(f)
	}
	return a.mine.a
}

// over returns an Assessor over the catalogue with a person's own rows.
func (a *Assessor) over(f Facts) *Assessor {
	cat := a.cat.With(catalog.Rows{Models: f.Models, Devices: f.Devices, Hosts: f.Hosts, Prices: f.Prices, Runs: f.Measured})
	// The measured runs keep the devices they were measured on: a device edited by the person changes what is
	// worked out from the runs, not what the runs say.
	return newAssessor(cat, serving.NewOver(a.cat, cat))
}

func newAssessor(cat *catalog.Catalog, speeds *serving.Model) *Assessor {
	return &Assessor{cat: cat, serving: speeds, short: &shortLists{of: map[shortKey]shortList{}}, mine: &ownAssessor{},
		known: sync.OnceValue(func() knownIDs { return newKnownIDs(cat, Facts{}) })}
}

// Assess is the one door: every page, report and command shows what it returns. The error is the context's
// when the work was cancelled, or Problems when the scenario cannot be assessed.
func (a *Assessor) Assess(ctx context.Context, s Scenario, opt Options) (*Assessment, error) {
	a = a.with(s.Facts())
	if problems := s.checkWith(a.known()); len(problems) > 0 {
		return nil, problems
	}
	if opt.Seed == 0 {
		opt.Seed = 1
	}
	w := a.newWorld(s, opt.Today)
	base := w.frame(w.likely, nil)
	res := w.base(base, opt)
	sized := w.size(base)
	res.Deployment, res.Throughput = w.deployment(base, sized), w.throughput(base, sized)
	var aside sync.WaitGroup
	aside.Go(func() { res.Memory = w.memoryByPrecision(sized) })
	defer aside.Wait()
	res.Capacity = w.capacityOf(base, sized)
	res.Mix = w.mix(base, res)
	base.ready()
	res.BreakEven = w.breakEven(base, opt.Quick)
	res.Curve = w.curve(base, res.BreakEven)
	res.OverTime = w.overTime(base, res.Routes)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var verdictRoute *routeModel
	if r := firstFeasible(res); r != nil {
		verdictRoute = w.route(r.ID)
	}
	var flips []Flip
	var searched []string
	var err error
	if !opt.Quick {
		if res.Sensitivity, err = w.tornado(ctx, base, verdictRoute, res); err != nil {
			return nil, err
		}
		if flips, searched, err = w.flips(ctx, base, verdictRoute); err != nil {
			return nil, err
		}
		if err = w.sample(ctx, base, res, opt.Draws, opt.Seed); err != nil {
			return nil, err
		}
	}
	aside.Wait()
	res.Verdict = w.verdict(base, res, sized)
	res.Verdict.WhatIf = append(res.Verdict.WhatIf, w.atAnyValue...)
	if flips != nil {
		res.Verdict.Flips = flips
	}
	if searched != nil {
		res.Verdict.NoFlip = searched
	}
	w.finish(res, sized, opt)
	res.round()
	return res, nil
}

// base fills what everything else stands on: who asked, with which facts, and the priced routes.
func (w *world) base(f *frame, opt Options) *Assessment {
	res := &Assessment{
		Schema: AssessmentSchema, Today: opt.Today.Format("2006-01-02"), Draws: opt.Draws, Seed: opt.Seed,
		ScenarioName: w.s.Name(), Amounts: w.amounts(), Sensitivity: []Sensitivity{}, Warnings: []string{},
	}
	if opt.Quick {
		res.Draws = 0
	}
	res.Catalogue = w.catalogueInfo()
	res.Routes = w.priceRoutes(f)
	return res
}

func (w *world) catalogueInfo() CatalogueInfo {
	info := CatalogueInfo{Version: w.cat.Version, Date: w.cat.Date, MeasuredRuns: len(w.cat.SpeedRuns)}
	var newest time.Time
	for i := range w.cat.Prices {
		p := &w.cat.Prices[i]
		if d := p.Date(); d.After(newest) {
			newest, info.NewestPrice = d, p.AsOf
		}
	}
	info.NewestPriceDays = ageDays(newest, w.today)
	return info
}

// mix describes the best split between own devices and the API.
func (w *world) mix(f *frame, res *Assessment) Mix {
	m := Mix{LoadDuration: []LoadPoint{}}
	r := w.route("mixed")
	calls := f.p.x[w.axes.calls]
	c, split := f.split(r, calls, true)
	curve := f.loadCurve(calls)
	ceiling := 0.0
	if c != nil {
		m.Replicas, m.OwnShare = split.Replicas, split.OwnShare
		ceiling = float64(split.Replicas) * f.rate(c, 0)
		pure := math.Min(f.plain(w.direct, calls, true), f.plain(w.pureOwn, calls, true))
		m.SavingUSD = pure - split.USD
	} else {
		w.warn("Mixed has no figure: it needs a listed API price and a priced set-up of %s.", w.model.ShortName)
	}
	for i := 0; i <= 48; i++ {
		u := float64(i) / 48
		load := curve.At(u)
		m.LoadDuration = append(m.LoadDuration, LoadPoint{ShareOfHours: u, CallsPerHour: load, OwnCalls: math.Min(load, ceiling)})
	}
	return m
}

// finish adds what stands beside the answer: assumptions, alternatives, what to watch, claims and warnings.
func (w *world) finish(res *Assessment, s sized, opt Options) {
	res.Assumptions = w.assumptions()
	res.Alternatives = w.alternatives()
	res.Quotas = w.quotas()
	res.Monitoring = w.monitoring(res)
	res.Claims = w.claims()
	w.warnAboutAge(res)
	w.warnAboutCurrency()
	w.warnAboutHosts(res)
	w.warnAboutSetup(res, s)
	w.warnAboutNames()
	w.warnAboutDemand(res)
	w.warnAboutUnknown(res)
	if opt.Quick {
		w.warn("Quick answer: no futures were drawn, so low and high equal likely, and there is no tornado and no list of flips.")
	}
	res.Warnings = w.warnings
	if res.Warnings == nil {
		res.Warnings = []string{}
	}
}

// assumptions lists every input as it was used, with its evidence.
func (w *world) assumptions() []Assumption {
	out := make([]Assumption, 0, len(Inputs)+8)
	opt := EntryOptionsOf(w.s)
	for i := range Inputs {
		in := &Inputs[i]
		v, given := w.s.Given(in.Path)
		a := Assumption{Path: in.Path, Label: in.Label, From: "default", Evidence: in.Evidence, Source: in.Source, AsOf: in.AsOf}
		if given && !v.Null { // a null answer is no figure of the person's
			a.From, a.Evidence, a.Source, a.AsOf = "you", catalog.Yours, "your answer", w.today.Format("2006-01-02")
			if q, ok := w.s.Quote(in.Path); ok {
				a.Source, a.AsOf = q.Source(), q.Date
			}
		} else {
			v = in.Default
		}
		if v.Null {
			a.From = "catalogue"
		}
		a.Value, a.Text = jsonValue(in, v), FormatEntryWith(in, v, opt)
		a.Text += w.holdsFor(in.Path, v)
		if !given && in.Spread != nil && in.Kind == Number {
			a.Value = *in.Spread
		}
		out = append(out, a)
	}
	for i := range w.axes.dims {
		d := &w.axes.dims[i]
		if d.input != nil || d.r == (Range{}) {
			continue
		}
		r, fact := w.factRange(i)
		text := w.quantity(d, r.Likely, factDigits)
		if !r.IsExact() {
			low, _ := w.quantityIn(d, r.Low, factDigits)
			high, _ := w.quantityIn(d, r.High, factDigits)
			text += " (" + low + " to " + high + ")"
		}
		out = append(out, Assumption{Path: d.path, Label: d.label, From: "catalogue", Evidence: fact.Evidence, Source: fact.Source,
			AsOf: fact.AsOf, Value: r, Text: text})
	}
	return out
}

// holdsFor says for which device a typed price of machines holds, "" for other answers.
func (w *world) holdsFor(path string, v Value) string {
	if path != "finance.server_usd" && path != "finance.rent_usd_per_device_hour" || v.Null {
		return ""
	}
	if d := w.statedDevice(); d != nil {
		return ", for " + d.ShortName + " only; other devices at the catalogue's prices"
	}
	return ", for every device, as none is named"
}

// factRange is the range of a fact of the catalogue as it bears on this case. One that stands for many rows is shown
// by the row of the route at hand.
func (w *world) factRange(i int) (Range, catalog.Fact) {
	d := &w.axes.dims[i]
	switch d.path {
	case dimReasoning:
		return w.model.ReasoningTokens.Range, w.model.ReasoningTokens.Fact
	case dimServerPrice, dimRentPrice, dimSpeed:
		at := func(z float64) float64 { return w.shown(i, w.axes.moved(i, z), nil) }
		return Range{Low: at(-risk.Z90), Likely: at(0), High: at(risk.Z90)}, d.fact
	}
	return d.r, d.fact
}

// jsonValue is an answer as the scenario file writes it.
func jsonValue(in *Input, v Value) any {
	switch {
	case v.Null:
		return nil
	case in.Kind == Bool:
		return v.Bool
	case in.Kind == Integer:
		return int(v.Number.Likely)
	case in.Kind == Number && v.Number.IsExact():
		return v.Number.Likely
	case in.Kind == Number:
		return v.Number
	case in.Kind == Strings:
		return append([]string{}, v.Texts...)
	case in.Kind == Shape:
		return append([]float64{}, v.Numbers...)
	}
	return v.Text
}

// alternatives prices the models that a buyer would be offered today in place of R1: drawn apart, because a change
// of model is never a cheaper price.
func (w *world) alternatives() []Alternative {
	out := []Alternative{}
	k := w.work(w.model, w.likely)
	calls := w.likely.x[w.axes.calls]
	seen := map[string]bool{}
	for i := range w.cat.Prices {
		p := &w.cat.Prices[i]
		if p.Model != "" || p.ProviderKind != "first-party" || p.Quota || p.Gone || p.Input <= 0 || seen[p.ModelLabel] || strings.Contains(p.ModelLabel, "alias") {
			continue
		}
		seen[p.ModelLabel] = true
		t := tokenPrice(p)
		usd := calls * (1 + k.Retry) * (k.Input*((1-k.CacheHits)*t.Input+k.CacheHits*t.Cached) + (k.Output+k.Reasoning)*t.Output) / 1e6
		out = append(out, Alternative{Label: p.ModelLabel + " from " + p.Provider, Model: p.ModelLabel, USD: usd,
			WhyApart: "another model with other answers and its own thinking length: tokens only, at your token counts",
			Evidence: p.Evidence, Source: p.Source, AsOf: p.AsOf})
	}
	slices.SortStableFunc(out, func(a, b Alternative) int {
		if a.USD < b.USD {
			return -1
		}
		return 1
	})
	return out
}

// monitoring fills the article's metrics in for this case.
func (w *world) monitoring(res *Assessment) []Monitor {
	out := make([]Monitor, 0, len(w.cat.Monitoring))
	for _, m := range w.cat.Monitoring {
		out = append(out, Monitor{Metric: m.Metric, Threshold: m.Threshold, Why: m.Why, Evidence: m.Status, ForYou: w.forThisCase(m.Metric, res), Log: m.Note})
	}
	return out
}

func (w *world) forThisCase(metric string, res *Assessment) string {
	k := w.work(w.model, w.likely)
	best := firstFeasible(res)
	if best == nil {
		best = w.cheapestPriced(res)
	}
	calls := w.likely.x[w.axes.calls]
	switch metricKey(metric) {
	case "429":
		if n := 0.02 * res.Capacity.AttemptsBusiestHour; n >= 1 {
			return fmt.Sprintf("2 %% of your busiest hour is %s", notation.Counted(int(math.Min(math.Round(n), math.MaxInt32)), "rejected attempt"))
		}
		return "2 % of your busiest hour is under one attempt: a single rejected one counts"
	case "retry":
		if k.Retry == 0 {
			return "your case assumes no retries: one attempt a call"
		}
		return fmt.Sprintf("your case assumes %s attempts a call", notation.Number(1+k.Retry, 3))
	case "fallback":
		return fmt.Sprintf("your case assumes %s of calls", notation.Share(w.likely.x[w.axes.fallback]))
	case "ratio":
		if k.Input > 0 {
			return fmt.Sprintf("your case assumes %s tokens out for each token in; alert at %s", notation.Number((k.Output+k.Reasoning)/k.Input, 2), notation.Number(2*(k.Output+k.Reasoning)/k.Input, 2))
		}
		return "your case assumes no tokens in: set it from the first week"
	case "cost":
		if best != nil && best.PerTask != nil {
			return fmt.Sprintf("your case assumes %s a task", w.money.Money(best.PerTask.Likely))
		}
		return "no task is counted yet: set it from the first month"
	case "user":
		if best != nil {
			return fmt.Sprintf("the month is %s over %s: alert on one user at five times the median", w.money.Money(best.Monthly.Likely), callsText(calls))
		}
		return "alert on one user at five times the median"
	case "error":
		return "watch " + w.model.ShortName + " apart from any fallback model"
	}
	return ""
}

// claims are the statements that bear on this case: all of them, the model's own first.
func (w *world) claims() []ClaimText {
	out := make([]ClaimText, 0, len(w.cat.Claims))
	for _, c := range w.cat.Claims {
		out = append(out, ClaimText{Text: c.Text, Status: c.Status, Source: c.Source, AsOf: c.AsOf})
	}
	return out
}

// round rounds the curve, which has most of the numbers and shares none, beside all else.
func (a *Assessment) round() {
	curve := a.Curve
	var aside sync.WaitGroup
	aside.Go(func() { roundFigures(reflect.ValueOf(&curve).Elem()) })
	a.Curve = Curve{}
	roundFigures(reflect.ValueOf(a).Elem())
	aside.Wait()
	a.Curve = curve
}

// roundFigures cuts every number of the assessment to twelve significant digits, so that results agree between
// machines.
func roundFigures(v reflect.Value) {
	switch v.Kind() {
	case reflect.Float64:
		if v.CanSet() {
			v.SetFloat(twelveDigits(v.Float()))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			roundFigures(v.Elem())
		}
	case reflect.Interface:
		if !v.IsNil() { // what is inside cannot be set: round a copy and put it back
			inside := reflect.New(v.Elem().Type()).Elem()
			inside.Set(v.Elem())
			roundFigures(inside)
			v.Set(inside)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() {
				roundFigures(f)
			}
		}
	case reflect.Slice:
		roundSlice(v)
	case reflect.Map:
		roundMap(v)
	}
}

// roundSlice rounds what a slice holds; numbers, of which there are thousands, without looking at the kind of each.
func roundSlice(v reflect.Value) {
	switch v.Type().Elem() {
	case reflect.TypeFor[float64]():
		for i := range v.Len() {
			v.Index(i).SetFloat(twelveDigits(v.Index(i).Float()))
		}
	case reflect.TypeFor[*float64]():
		for i := range v.Len() {
			if p, _ := v.Index(i).Interface().(*float64); p != nil {
				*p = twelveDigits(*p)
			}
		}
	case reflect.TypeFor[string](), reflect.TypeFor[int]():
	default:
		for i := range v.Len() {
			roundFigures(v.Index(i))
		}
	}
}

func roundMap(v reflect.Value) {
	for _, k := range v.MapKeys() {
		e := v.MapIndex(k)
		switch e.Kind() {
		case reflect.Slice:
			roundFigures(e)
		case reflect.Float64:
			v.SetMapIndex(k, reflect.ValueOf(twelveDigits(e.Float())).Convert(e.Type()))
		}
	}
}

// twelveDigits rounds to twelve significant digits.
func twelveDigits(x float64) float64 {
	if x == 0 || math.IsInf(x, 0) || math.IsNaN(x) || x == math.Trunc(x) && math.Abs(x) < 1e12 {
		return x
	}
	// The digits are a whole number, and a power of ten up to 10²² is exact: the quotient or product is then the
	// nearest number to the twelve-digit decimal, as reading it from text would give.
	shift := 11 - int(math.Floor(math.Log10(math.Abs(x))))
	if shift < -22 || shift > 22 {
		return roundedText(x)
	}
	power := math.Pow10(max(shift, -shift))
	if shift < 0 {
		return math.RoundToEven(x/power) * power
	}
	return math.RoundToEven(x*power) / power
}

// roundedText rounds very large and very small numbers by way of their digits.
func roundedText(x float64) float64 {
	y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 12, 64), 64)
	if err != nil {
		return x
	}
	return y
}
