package calc

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"hostwise/calc/advice"
	"hostwise/calc/catalog"
	"hostwise/calc/cost"
	"hostwise/calc/notation"
	"hostwise/calc/runwords"
)

// verdict says the answer in words, from figures that are already in the assessment.
func (w *world) verdict(base *frame, res *Assessment, s sized) Verdict {
	v := Verdict{Reasons: []string{}, ReasonsFull: []Reason{}, Flips: []Flip{}, NoFlip: []string{}, WhatIf: []string{},
		Recheck: []Recheck{}, NextSteps: []NextStep{}, ChanceByKind: map[RouteKind]float64{}}
	calls := base.p.x[w.axes.calls]
	v.RuleOfThumb = advice.PickRoute(w.s.Text("workload.stage"), calls, w.s.Text("rules.compliance"), w.flexible)
	v.RuleWords = advice.RuleWords(v.RuleOfThumb)
	v.OperationalReading = advice.OperationalReading(calls)
	best := firstFeasible(res)
	if best == nil {
		v.Headline = w.noRouteHeadline(res)
		v.Confidence, v.ConfidenceBecause = "low", "no route passes every rule of yours"
		for _, why := range w.whyBlocked(res) {
			v.ReasonsFull = append(v.ReasonsFull, why)
			v.Reasons = append(v.Reasons, why.Title+". "+why.Text)
		}
		v.RuleDiffersBecause = "The rule of thumb looks at stage, volume and compliance only, not at the rules of yours that leave no route."
		v.WhatIf = w.whatIfNone(base)
		v.Recheck = w.recheck(res, w.cheapestPriced(res))
		v.NextSteps = w.nextSteps(res, nil)
		v.UsualChoice = w.usualChoice(nil)
		return v
	}
	v.Route, v.Kind, v.Chance = best.ID, best.Kind, best.Chance
	rival := rivalOf(res, best)
	v.Headline = w.headline(best, rival, calls)
	v.ReasonsFull = w.reasons(base, res, best, rival, s)
	for _, r := range v.ReasonsFull {
		v.Reasons = append(v.Reasons, r.Title+". "+r.Text)
	}
	for _, r := range res.Routes {
		if r.Chance != nil {
			v.ChanceByKind[r.Kind] += *r.Chance
		}
	}
	v.RuleDiffersBecause = w.ruleDiffers(res, v.RuleOfThumb, best)
	v.CheaperIfWeaker = w.weakerSentence(res, best)
	v.UsualChoice = w.usualChoice(best)
	v.WhatIf = w.whatIf(base, res, best)
	v.Recheck = w.recheck(res, best)
	v.NextSteps = w.nextSteps(res, best)
	v.Confidence, v.ConfidenceBecause = w.confidence(res, best, v.Recheck)
	return v
}

func firstFeasible(res *Assessment) *Route {
	for i := range res.Routes {
		if res.Routes[i].Feasible {
			return &res.Routes[i]
		}
	}
	return nil
}

// rivalOf is the cheapest feasible route of another kind; failing that, the cheapest priced one that a rule keeps
// out but that serves the same model.
func rivalOf(res *Assessment, best *Route) *Route {
	var blocked *Route
	for i := range res.Routes {
		r := &res.Routes[i]
		if r.Kind == best.Kind || r.Monthly == nil || r.Weaker {
			continue
		}
		if r.Feasible {
			return r
		}
		if blocked == nil && r.Kind != Mixed {
			blocked = r
		}
	}
	return blocked
}

// verbOf says a route as something to do.
func verbOf(k RouteKind) string {
	return map[RouteKind]string{API: "Call an API", Rent: "Rent devices", Own: "Own the hardware", Mixed: "Own a base load and send the rest to an API"}[k]
}

// doing says a route's kind inside a sentence.
func doing(k RouteKind) string {
	return map[RouteKind]string{API: "an API", Rent: "renting", Own: "owning", Mixed: "a mix of owning and an API"}[k]
}

func (w *world) headline(best, rival *Route, calls float64) string {
	text := verbOf(best.Kind)
	switch best.Kind {
	case API:
		if best.ID != "api-direct" {
			text = map[string]string{"api-gateway": "Call an API through a gateway", "api-batch": "Send the work to an API in batches",
				"cloud-endpoint": "Use a cloud endpoint"}[best.ID]
		}
	case Own, Rent:
		text = best.Label
	}
	if best.Model != w.model.ID {
		text += " with " + w.cat.Model(best.Model).ShortName
		text = strings.Replace(text, ", "+w.cat.Model(best.Model).ShortName+" with ", " with ", 1)
	}
	text += fmt.Sprintf(". At %s a month it ", callsText(calls))
	if usd := best.Monthly.Likely; usd < 0 {
		text += "saves about " + w.money.Money(-usd) + " in people's time"
	} else {
		text += "costs about " + w.money.Money(usd)
	}
	switch {
	case rival == nil:
		return text + "."
	case !rival.Feasible:
		return text + fmt.Sprintf("; %s is ruled out.", doing(rival.Kind))
	case best.Monthly.Likely <= 0:
		return text + fmt.Sprintf(", which is %s better than %s.", w.money.Money(rival.Monthly.Likely-best.Monthly.Likely), doing(rival.Kind))
	}
	return text + ", " + comparedWith(best.Monthly.Likely, rival.Monthly.Likely, doing(rival.Kind)) + "."
}

// callsText writes a volume: "one call", "10 k calls".
func callsText(calls float64) string {
	if calls == 1 {
		return "one call"
	}
	return notation.Count(calls) + " calls"
}

// comparedWith puts a ratio of two costs in words.
func comparedWith(a, b float64, other string) string {
	ratio := b / a
	switch {
	case ratio < 1.02:
		return "about as much as " + other
	case ratio < 1.8:
		return notation.Share(1-1/ratio) + " less than " + other
	case ratio < 2.3:
		return "about half as much as " + other
	case ratio < 999.5:
		return fmt.Sprintf("%s times less than %s", notation.Times(ratio), other)
	}
	return "a tiny part of what " + other + " costs"
}

func (w *world) noRouteHeadline(res *Assessment) string {
	if r := w.cheapestPriced(res); r != nil {
		return fmt.Sprintf("No route passes every rule you set. The cheapest one that exists is %s, at about %s a month.",
			inSentence(r.Label), w.money.Money(r.Monthly.Likely))
	}
	return "No route can serve this: nothing in the catalogue holds it or lists a price for it."
}

// cheapestPriced is the cheapest route of a model that is good enough, whatever rules keep it out; nil when none
// has a price.
func (w *world) cheapestPriced(res *Assessment) *Route {
	for i := range res.Routes {
		if r := &res.Routes[i]; r.Monthly != nil && !r.Weaker {
			return r
		}
	}
	return nil
}

// inSentence is a route's label inside a sentence: "the API at the market median", "owning 8 × H200".
func inSentence(label string) string {
	for _, p := range []struct{ from, to string }{
		{"API, market median", "the API at the market median"}, {"API, ", "the API of "}, {"API ", "an API "},
		{"Own a base", "owning a base"}, {"Own ", "owning "}, {"Rent ", "renting "}, {"Cloud endpoint", "a cloud endpoint"},
	} {
		if rest, ok := strings.CutPrefix(label, p.from); ok {
			return p.to + rest
		}
	}
	return notation.Lowered(label)
}

// whyBlocked says for each pure kind of route what keeps it out; mixed needs two of them.
func (w *world) whyBlocked(res *Assessment) []Reason {
	var out []Reason
	for _, k := range []RouteKind{API, Rent, Own} {
		for _, r := range res.Routes {
			if r.Kind != k || len(r.BlockedBy) == 0 || r.Model != w.model.ID {
				continue
			}
			var why []string
			for _, b := range r.BlockedBy {
				why = append(why, withoutKey(b))
			}
			out = append(out, Reason{Title: r.Label + " is ruled out", Text: notation.Capital(strings.Join(why, "; ")) + "."})
			break
		}
	}
	return out
}

// withoutKey is a reason of blocked_by without the key of its rule.
func withoutKey(blocked string) string {
	key, words, ok := strings.Cut(blocked, ": ")
	if ok && (strings.Contains(key, "_") || key == "compliance" || key == "no listed price" || key == "not priced" || isLimitLabel(key)) {
		return words
	}
	return blocked
}

// isLimitLabel reports whether a text is the label of a limit: reasons of blocked_by begin with it.
func isLimitLabel(text string) bool {
	for _, path := range []string{"rules.upfront_usd_limit", "rules.monthly_usd_limit", "rules.site_kw_limit", "rules.needed_within_weeks"} {
		if InputAt(path).Label == text {
			return true
		}
	}
	return false
}

// reasons are the three that carry the verdict, with figures.
func (w *world) reasons(f *frame, res *Assessment, best, rival *Route, s sized) []Reason {
	var out []Reason
	calls := f.p.x[w.axes.calls]
	if why, ok := w.ruledOut(res, best); ok {
		out = append(out, why)
	}
	own := bestOfKind(res, Own)
	switch best.Kind {
	case API:
		out = append(out, w.apiReasons(f, own, best)...)
	default:
		out = append(out, w.deviceReasons(f, res, best, calls)...)
	}
	if rival != nil && rival.Feasible {
		out = append(out, Reason{Title: fmt.Sprintf("The next best kind of route costs %s more a month", w.money.Money(rival.Monthly.Likely-best.Monthly.Likely)),
			Text: fmt.Sprintf("%s comes to %s a month against %s.", notation.Capital(inSentence(rival.Label)), w.money.Money(rival.Monthly.Likely), w.money.Money(best.Monthly.Likely))})
	}
	out = append(out, w.tornadoReason(res, best))
	out = append(out, w.largestLine(best))
	if len(out) > 3 {
		out = out[:3]
	}
	return out
}

func bestOfKind(res *Assessment, k RouteKind) *Route {
	for i := range res.Routes {
		if r := &res.Routes[i]; r.Kind == k && r.Monthly != nil && !r.Weaker {
			return r
		}
	}
	return nil
}

// ruledOut says which kinds a rule keeps out.
func (w *world) ruledOut(res *Assessment, best *Route) (Reason, bool) {
	rules := []struct{ prefix, title string }{
		{"data_may_leave_site", "Your data may not leave the site"},
		{"operations_staff", "Nobody is there to run machines"},
		{"no listed price", "No provider lists a price for this model that your answers allow"},
	}
	for _, rule := range rules {
		var kinds []string
		for _, k := range []RouteKind{API, Rent, Own} { // mixed falls with either of its sides
			for _, r := range res.Routes {
				if r.Kind == k && r.Model == w.model.ID && slices.ContainsFunc(r.BlockedBy, func(b string) bool { return strings.HasPrefix(b, rule.prefix) }) {
					kinds = append(kinds, doing(k))
					break
				}
			}
		}
		if len(kinds) > 0 && !slices.Contains(kinds, doing(best.Kind)) {
			return Reason{Title: rule.title, Text: fmt.Sprintf("That leaves out %s, whatever they cost.", notation.Listed(kinds))}, true
		}
	}
	return Reason{}, false
}

func (w *world) apiReasons(f *frame, own, best *Route) []Reason {
	var out []Reason
	if own != nil && own.Speed.BusyShare != nil && *own.Speed.BusyShare < 0.5 {
		busy := *own.Speed.BusyShare
		idle := "almost all of the time"
		if busy >= 0.02 {
			idle = notation.Share(1-busy) + " of the time"
		}
		out = append(out, Reason{Title: "Own hardware would stand idle " + idle,
			Text: fmt.Sprintf("%s, sized for your busiest hour, would use %s of its capacity over the month.", w.sizedLabel(own), sharePercent(busy))})
	}
	if own != nil && own.Floor != nil && *own.Floor > best.Monthly.Likely {
		out = append(out, Reason{Title: fmt.Sprintf("Owning costs %s a month before the first call", w.money.Money(*own.Floor)),
			Text: "Hardware, support, people and power have to be paid for whether anyone calls or not."})
	}
	return out
}

func sharePercent(v float64) string {
	if v < 0.01 {
		return "under 1 %"
	}
	return notation.Share(v)
}

func (w *world) deviceReasons(f *frame, res *Assessment, best *Route, calls float64) []Reason {
	var out []Reason
	for _, b := range res.BreakEven {
		if b.To == best.ID && b.Status == "reached" && b.Direction == "cheaper_above" && b.Calls != nil && *b.Calls <= calls {
			out = append(out, Reason{Title: fmt.Sprintf("It pays from %s calls a month", notation.Count(*b.Calls)),
				Text: fmt.Sprintf("You make %s, %s.", notation.Count(calls), timesThat(calls / *b.Calls))})
			break
		}
	}
	if b := best.Speed.BusyShare; b != nil && best.SetupLabel != "" {
		out = append(out, Reason{Title: fmt.Sprintf("%s %s your %s", w.sizedLabel(best), carries(best.Replicas), loadWords(best.Kind)),
			Text: fmt.Sprintf("Over the month that uses %s of the capacity%s.", sharePercent(*b), w.headroomWords(best))})
	}
	return out
}

// timesThat compares a volume with the one from which a route pays.
func timesThat(ratio float64) string {
	if ratio < 1.05 {
		return "barely more than that"
	}
	return notation.Times(ratio) + " times that"
}

func carries(replicas int) string {
	if replicas == 1 {
		return "carries"
	}
	return "carry"
}

func loadWords(k RouteKind) string {
	if k == Mixed {
		return "base load"
	}
	return "load"
}

// sizedLabel names all the replicas of a route: "3 sets of 8 × H200, FP8, vLLM".
func (w *world) sizedLabel(r *Route) string {
	if r.Replicas > 1 {
		return notation.Whole(float64(r.Replicas)) + " sets of " + r.SetupLabel
	}
	return r.SetupLabel
}

// headroomWords says what the rest of the capacity is for.
func (w *world) headroomWords(best *Route) string {
	working := best.Replicas - w.spare
	text := fmt.Sprintf(": %s for the busiest hour", isEnough(working))
	if best.Kind == Mixed {
		text = ": what goes beyond it in the busy hours is sent to the API"
	}
	switch {
	case w.spare == 1:
		text += ", and one is a spare"
	case w.spare > 1:
		text += ", and " + notation.Whole(float64(w.spare)) + " are spares"
	}
	return text
}

func isEnough(replicas int) string {
	if replicas == 1 {
		return "one set is enough"
	}
	return notation.Whole(float64(replicas)) + " sets are needed"
}

// tornadoReason says whether any one assumption overturns the verdict.
func (w *world) tornadoReason(res *Assessment, best *Route) Reason {
	var turning []string
	least := math.Inf(1)
	for _, t := range res.Sensitivity {
		least = math.Min(least, math.Min(t.LowUSD, t.HighUSD))
		if t.ChangesWinner {
			turning = append(turning, notation.Lowered(t.Label))
		}
	}
	if len(res.Sensitivity) == 0 {
		return Reason{Title: "The likely values decide", Text: "A quick answer looks at no ranges."}
	}
	if r := rivalOf(res, best); len(turning) == 0 && (r == nil || !r.Feasible) {
		return Reason{Title: "No other kind of route passes your rules", Text: "Prices cannot overturn that; only a change of the rules can."}
	}
	if len(turning) == 0 {
		return Reason{Title: "No single assumption overturns it",
			Text: fmt.Sprintf("With any one of them at the edge of its range, the next best kind of route still costs at least %s a month more.", w.money.Money(least))}
	}
	if len(turning) > 3 {
		turning = turning[:3]
	}
	its, these := "its range", "it"
	if len(turning) > 1 {
		its, these = "their ranges", "these"
	}
	changes := "the cheapest kind of route"
	if r := rivalOf(res, best); r == nil || !r.Feasible {
		changes = "the cheapest route of this kind"
	}
	return Reason{Title: "It hangs on " + notation.Listed(turning), Text: fmt.Sprintf("Within %s %s changes: settle %s first.", its, changes, these)}
}

// largestLine names the part of the cost that is largest.
func (w *world) largestLine(best *Route) Reason {
	top := Line{}
	for _, l := range best.Lines {
		if l.USD > top.USD {
			top = l
		}
	}
	return Reason{Title: fmt.Sprintf("Most of it is %s", notation.Lowered(top.Label)),
		Text: fmt.Sprintf("%s of %s a month.", w.money.Money(top.USD), w.money.Money(best.Monthly.Likely))}
}

// ruleDiffers says why the rule of thumb and the verdict differ, "" when they do not.
func (w *world) ruleDiffers(res *Assessment, rule string, best *Route) string {
	kinds := advice.RuleKinds(rule)
	if slices.Contains(kinds, best.ID) {
		return ""
	}
	ruled := res.Route(kinds[0])
	switch {
	case !ruled.Feasible && best.Kind != API && len(ruled.BlockedBy) > 0:
		return "The rule of thumb does not know what rules its route out here: " + withoutKey(ruled.BlockedBy[0]) + "."
	case best.Kind != API:
		return "The rule of thumb looks at stage, volume and compliance only; it does not count what own or rented devices cost."
	case rule == advice.BatchOrAsync && !ruled.Feasible && len(ruled.BlockedBy) > 0:
		return "The rule of thumb takes a batch route, which is ruled out here: " + withoutKey(ruled.BlockedBy[0]) + "."
	case best.ID == "api-batch":
		return "The rule of thumb looks for batches only above 100,000 calls a month; your work can wait, and in batches it costs less."
	case rule == advice.Gateway && best.ID == "api-direct":
		return "The rule of thumb takes a gateway for its budget caps; a gateway adds its fee, so calling directly costs less. Set the caps yourself."
	case rule == advice.OfficialFree:
		return "The rule of thumb takes a free or low-cost quota for a prototype; a quota is capacity for testing, so the verdict counts what is billed."
	}
	return "The rule of thumb does not compare prices; this route costs less under the rules you set."
}

// weakerSentence is the strongest cheaper model below the minimum, by its cheapest route, with what it scores and
// saves.
func (w *world) weakerSentence(res *Assessment, best *Route) *Weaker {
	var pick *Route
	for i := range res.Routes {
		r := &res.Routes[i]
		if !r.Weaker || r.Monthly == nil || r.Monthly.Likely >= best.Monthly.Likely || len(r.BlockedBy) != 1 {
			continue
		}
		// Routes come cheapest first, so the first one of a model is its cheapest.
		if pick == nil || advice.Weaker(w.cat.Model(pick.Model), w.cat.Model(r.Model)) {
			pick = r
		}
	}
	if pick == nil {
		return nil
	}
	return &Weaker{Route: pick.ID, Words: fmt.Sprintf("If a weaker model will do: %s costs about %s a month and saves %s; the model scores %s.",
		inSentence(pick.Label), w.money.Money(pick.Monthly.Likely), w.money.Money(best.Monthly.Likely-pick.Monthly.Likely),
		scoreWords(w.cat.Model(pick.Model), w.minimum))}
}

// scoreWords compares a model with the minimum on the first benchmarks that both cite.
func scoreWords(m, minimum *catalog.Model) string {
	var parts []string
	for _, b := range []struct{ id, name string }{{"aime_2024_pass1", "AIME 2024"}, {"gpqa_diamond_pass1", "GPQA Diamond"}, {"math_500_pass1", "MATH-500"}} {
		x, ok1 := m.Quality[b.id]
		y, ok2 := minimum.Quality[b.id]
		if ok1 && ok2 && len(parts) < 2 {
			parts = append(parts, fmt.Sprintf("%g on %s where %s scores %g", x, b.name, minimum.ShortName, y))
		}
	}
	if len(parts) == 0 {
		return "lower on the benchmarks that both cite"
	}
	return strings.Join(parts, ", and ")
}

// whatIf answers two questions that are always asked of a purchase.
func (w *world) whatIf(f *frame, res *Assessment, best *Route) []string {
	name := func(x *frame, calls float64) string {
		r, usd := x.winner(calls, true, x.within)
		if r == nil {
			return "no route is left"
		}
		if r.id == best.ID {
			return fmt.Sprintf("the answer stays, at about %s a month", w.money.Money(usd))
		}
		return fmt.Sprintf("%s becomes the cheapest, at about %s a month", sentenceRoute(w, r), w.money.Money(usd))
	}
	calls := f.p.x[w.axes.calls]
	half := "If calls fall to half after a year, " + name(f, calls/2) + "."
	if best.Kind != API && best.Upfront != nil && *best.Upfront > 0 {
		half += fmt.Sprintf(" What was bought for %s stays bought.", w.money.Money(*best.Upfront))
	}
	return []string{half, "If API prices fall by 30 %, " + name(w.frame(w.cheaperAPI(), nil), calls) + "."}
}

// cheaperAPI is the likely state with every API price, fallback and cloud included, 30 % lower.
func (w *world) cheaperAPI() *point {
	p := w.axes.likely()
	p.apiTimes = 0.7
	return p
}

// whatIfNone answers the same two questions where no route passes.
func (w *world) whatIfNone(f *frame) []string {
	calls := f.p.x[w.axes.calls]
	say := func(x *frame, calls float64) string {
		r, usd := x.winner(calls, true, x.within)
		if r == nil {
			return "still no route passes your rules"
		}
		return fmt.Sprintf("%s passes your rules, at about %s a month", sentenceRoute(w, r), w.money.Money(usd))
	}
	return []string{"If calls fall to half after a year, " + say(f, calls/2) + ".",
		"If API prices fall by 30 %, " + say(w.frame(w.cheaperAPI(), nil), calls) + "."}
}

// recheck lists the facts that decide this verdict, oldest first: the prices of the API routes that are open, and
// what the verdict's machines and the best other ones of the same model rest on.
func (w *world) recheck(res *Assessment, best *Route) []Recheck {
	list := rechecks{w: w, rows: []Recheck{}}
	list.prices(res)
	list.quotes(res, best)
	seen := 0
	for i := range res.Routes {
		r := &res.Routes[i]
		mine := best != nil && r.ID == best.ID
		if r.Kind != Own && r.Kind != Rent || r.Monthly == nil || !mine && (r.Weaker || r.Model != w.model.ID || seen >= 2) {
			continue
		}
		seen++
		list.machines(r)
	}
	if best != nil && best.Kind == Mixed {
		list.machines(best)
	}
	slices.SortStableFunc(list.rows, func(a, b Recheck) int { return b.AgeDays - a.AgeDays })
	return list.rows
}

// rechecks gathers the facts to be checked again, each once.
type rechecks struct {
	w    *world
	rows []Recheck
}

func (l *rechecks) add(what, value, table, id string, f catalog.Fact, why string) {
	if f.AsOf == "" || slices.ContainsFunc(l.rows, func(r Recheck) bool { return r.Table == table && r.ID == id }) {
		return
	}
	l.rows = append(l.rows, Recheck{What: what, Value: value, Table: table, ID: id, Evidence: f.Evidence, Source: f.Source,
		AsOf: f.AsOf, AgeDays: ageDays(f.Date(), l.w.today), Why: why})
}

// prices adds what the API routes are billed at, as far as a rule has not closed them all.
func (l *rechecks) prices(res *Assessment) {
	w := l.w
	open := func(ids ...string) bool {
		return slices.ContainsFunc(ids, func(id string) bool { r := res.Route(id); return r.Monthly != nil && r.Feasible })
	}
	perMTok := func(in, out float64) string {
		return fmt.Sprintf("%s in, %s out a million tokens", w.money.Price(in), w.money.Price(out))
	}
	listed := open("api-direct", "api-gateway", "api-batch", "mixed")
	cloud := w.cloudOK && open("cloud-endpoint")
	if !listed && !cloud && res.Verdict.Route == "" && !slices.ContainsFunc(res.Routes, func(r Route) bool { return r.Feasible }) {
		listed, cloud = true, w.cloudOK
	}
	in, out := w.typedPrice()
	market := func(m cost.Market, name, id, why string) {
		f := catalog.Fact{Evidence: catalog.Likely, AsOf: m.Newest,
			Source: fmt.Sprintf("%d listings of %s, one a provider, newest %s", m.Listings, w.model.ShortName, m.Newest)}
		l.add(name+" of "+w.model.ShortName, perMTok(m.Input.Likely, m.Output.Likely), "prices", id, f, why)
	}
	switch {
	case !listed || in && out:
	case w.named != nil && w.cat.Price(w.named.ID) == nil: // of the past: nothing is left to check
	case w.named != nil:
		l.add("API price, "+w.named.Provider, perMTok(w.named.Input, w.named.Output), "prices", w.named.ID, w.named.Fact, "the API routes are billed at it")
	case w.marketOK:
		market(w.market, "API price, market median", w.model.ID, "the API routes are billed at it")
	}
	if cloud {
		market(w.cloud, "Cloud price, median", w.model.ID+"/cloud", "the cloud endpoint is billed at it")
	}
}

// quotes adds the person's quotes for what an open route, or the one at hand, is billed at, and every expired one.
func (l *rechecks) quotes(res *Assessment, best *Route) {
	w := l.w
	for _, q := range w.s.quotes {
		bears := slices.ContainsFunc(res.Routes, func(r Route) bool {
			return r.Monthly != nil && (r.Feasible || best != nil && r.ID == best.ID) &&
				slices.ContainsFunc(r.Lines, func(line Line) bool { return line.Source == q.Source() && line.USD != 0 })
		})
		why := "no last day is named: ask whether it still stands"
		switch {
		case q.Expired(w.today):
			why = "it ran out on " + q.ValidUntil + ": ask for a new one"
		case q.ValidUntil != "":
			why = "it stands until " + q.ValidUntil
		}
		if bears || q.Expired(w.today) {
			in := InputAt(q.Path)
			l.add("Your quote, "+notation.Lowered(in.Label), FormatEntryWith(in, w.s.Value(q.Path), EntryOptionsOf(w.s)), "quotes", q.Path, q.fact(), why)
		}
	}
}

// machines adds what an own, rent or mixed route stands on.
func (l *rechecks) machines(r *Route) {
	w := l.w
	c := w.route(r.ID).held
	if c == nil {
		return
	}
	d := c.plan.Device
	quoted := !w.s.IsNull("finance.server_usd") && w.pricedByHand(c)
	label := notation.Capital(inSentence(r.Label))
	if r.Kind != Rent && c.cardsPriced() && !quoted {
		for _, d := range c.cardKinds() {
			l.add("Price of "+d.Name, w.money.Money(d.PriceUSD.Likely), "devices", d.ID, d.PriceFact, label+" is priced from it")
		}
		if c.host != nil {
			l.add("Price of the host, "+notation.Lowered(c.host.Name), w.money.Money(c.host.PriceUSD.Likely), "hosts", c.host.ID, c.host.Fact, label+" includes it")
		}
	}
	if r.Kind == Rent && (w.s.IsNull("finance.rent_usd_per_device_hour") || !w.pricedByHand(c)) {
		for _, p := range d.Rent {
			if p.Term == w.rentTerm {
				l.add("Rent of "+d.Name+", "+p.Provider, w.money.Price(p.USD.Likely)+" an hour", "rents", d.ID+"/"+p.Provider, p.Fact, label+" is billed near it")
				break
			}
		}
	}
	if run := c.server.Run; run != nil {
		l.add("Speed of "+c.label, runwords.Speed(w.cat, run).Sentence(), "measured", run.ID, run.Fact, "it is the nearest measured run")
	}
}

func ageDays(day, today time.Time) int {
	if day.IsZero() {
		return 0
	}
	return max(0, int(today.Sub(day).Hours()/24))
}

// nextSteps are what to do, by date, counted from today.
func (w *world) nextSteps(res *Assessment, best *Route) []NextStep {
	out := []NextStep{}
	add := func(days int, what, why string) {
		out = append(out, NextStep{What: what, Why: why, By: w.today.AddDate(0, 0, days).Format("2006-01-02")})
	}
	if best == nil {
		add(3, "Decide which rule may give way", "No route passes all of them; the list of routes says what rules each one out and what it would cost.")
	}
	if !w.s.Bool("workload.token_shape_known") {
		add(7, "Sample seven days of real requests",
			"Averages hide the few long requests, and those decide both the bill and the machines.")
	}
	if best != nil {
		w.routeSteps(res, best, add)
	}
	if w.s.Bool("workload.user_facing") && best != nil {
		if best.Kind == Own || best.Kind == Rent {
			add(28, "Before launch, decide what answers when the machines do not, and limit each user", "Users notice a failure or a full queue at once.")
		} else {
			add(28, "Before launch, set a fallback route and a cap on spending", "Users notice at once when a quota runs out.")
		}
	}
	add(30, "Before you sign, check again the facts under What to recheck", "Prices and model names change; every one here carries its date.")
	slices.SortStableFunc(out, func(a, b NextStep) int { return strings.Compare(a.By, b.By) })
	return out
}

// routeSteps are the steps that belong to the verdict's kind of route.
func (w *world) routeSteps(res *Assessment, best *Route, add func(days int, what, why string)) {
	busiest := res.Capacity.AttemptsBusiestHour
	if best.Kind == API || best.Kind == Mixed {
		add(14, "Test the quota at your busiest hour",
			fmt.Sprintf("Your busiest hour has %s: a free tier is for testing and promises nothing.", attemptsText(busiest)))
	}
	if best.Kind == API {
		add(21, fmt.Sprintf("Pilot with %s calls", notation.Count(math.Max(100, busiest))), "As many real requests as your busiest hour has show errors, retries and speed.")
		return
	}
	label := devicesLabelOf(w, best)
	if best.Kind == Rent {
		add(21, "Ask for two dated quotes for the term", "Listed rents differ between providers, and with what they have free.")
		add(30, "Run a pilot on "+label+" by the hour", "Measure tokens a second with your own prompts before you commit; enter the run as your own measurement.")
		return
	}
	add(21, "Ask for two dated quotes", "Server prices in the catalogue are estimates.")
	if w.s.Bool("rules.data_may_leave_site") {
		add(30, "Run a pilot on "+label+", rented or on loan", "Measure tokens a second with your own prompts before you buy; enter the run as your own measurement.")
	} else {
		add(30, "Run a pilot on "+label+" on loan, or rented with made-up data",
			"Your data may not leave the site, so real prompts need a machine on it; enter the run as your own measurement.")
	}
}

// attemptsText writes a number of attempts: "one attempt or less", "about 60 attempts".
func attemptsText(n float64) string {
	switch {
	case n <= 0:
		return "no attempts yet"
	case n < 1:
		return "one attempt or less"
	case n < 1.5:
		return "about one attempt"
	}
	return "about " + notation.Count(math.Round(n)) + " attempts"
}

func devicesLabelOf(w *world, r *Route) string {
	if c := w.route(r.ID).held; c != nil {
		return cardsLabel(c.plan)
	}
	return "the set-up"
}

// confidence follows the contract: high from a chance of 0.9 with no speculation among the decisive inputs,
// medium from 0.65.
func (w *world) confidence(res *Assessment, best *Route, recheck []Recheck) (level, because string) {
	if best.Chance == nil {
		return "low", "a quick answer looks at the likely values alone"
	}
	chance := *best.Chance
	speculative := w.decisiveSpeculation(res)
	if c := w.route(best.ID).held; speculative == "" && c != nil && c.fewBits() {
		speculative = fmt.Sprintf("the quality of %s, which stores %.2g bits a weight,", c.plan.Precision, c.bits)
	}
	switch {
	case chance >= 0.9 && speculative == "":
		return "high", fmt.Sprintf("%s, and nothing that decides is a guess", w.chanceWords(res, best, chance))
	case chance >= 0.9:
		return "medium", fmt.Sprintf("%s, but %s decides and is a guess", w.chanceWords(res, best, chance), notation.Lowered(speculative))
	case chance >= 0.65:
		return "medium", w.chanceWords(res, best, chance)
	}
	return "low", w.chanceWords(res, best, chance)
}

// futuresText writes a chance as so many of a hundred, never a hundred or none where it is not.
func futuresText(chance float64) string {
	switch {
	case chance > 0.995 && chance < 1:
		return "over 99"
	case chance > 0 && chance < 0.01:
		return "under 1"
	}
	return strconv.FormatFloat(math.Round(100*chance), 'f', 0, 64)
}

// chanceWords tells the chance of this route from the chance of its kind: which API is often less sure than that it
// is an API.
func (w *world) chanceWords(res *Assessment, best *Route, chance float64) string {
	kind := 0.0
	for _, r := range res.Routes {
		if r.Kind == best.Kind && r.Chance != nil {
			kind += *r.Chance
		}
	}
	if futuresText(kind) != futuresText(chance) {
		return fmt.Sprintf("%s is cheapest in %s of 100 futures, this very offer in %s", doing(best.Kind), futuresText(kind), futuresText(chance))
	}
	return fmt.Sprintf("cheapest in %s of 100 futures", futuresText(chance))
}

// decisiveSpeculation names an input that is speculation and moves the gap enough to matter: it changes the
// winner somewhere in its range.
func (w *world) decisiveSpeculation(res *Assessment) string {
	for _, t := range res.Sensitivity {
		if t.ChangesWinner && w.evidenceOf(t.Input) == catalog.Speculation {
			return t.Label
		}
	}
	return ""
}

// evidenceOf is the evidence of a quantity; of the price of servers it is that of the set-up at hand.
func (w *world) evidenceOf(input string) catalog.Evidence {
	if c := w.heldFor(w.pureOwn); input == dimServerPrice && c != nil {
		ev, _ := w.serverEvidence(c)
		return ev
	}
	return w.axes.dims[w.axes.of[input]].fact.Evidence
}

// sentenceRoute names a route inside a sentence.
func sentenceRoute(w *world, r *routeModel) string {
	switch r.kind {
	case API:
		return map[string]string{"api-direct": "calling an API directly", "api-gateway": "a gateway", "api-batch": "an API in batches", "cloud-endpoint": "a cloud endpoint"}[r.id]
	case Rent:
		return "renting machines for " + r.model.ShortName
	case Own:
		return "owning hardware for " + r.model.ShortName
	}
	return "owning a base load with an API beside it"
}
