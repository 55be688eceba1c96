package calc

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"hostwise/calc/advice"
	"hostwise/calc/catalog"
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
		v.Confidence, v.ConfidenceBecause = "low", "no route passes every rule"
		v.Reasons = append(v.Reasons, w.whyBlocked(res)...)
		v.RuleDiffersBecause = "The rule knows nothing of your other limits: no route passes all of them."
		v.NextSteps = w.nextSteps(res, nil)
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
	v.RuleDiffersBecause = w.ruleDiffers(v.RuleOfThumb, best)
	v.CheaperIfWeaker = w.weakerSentence(res, best)
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
	return map[RouteKind]string{API: "an API", Rent: "renting", Own: "owning", Mixed: "owning a base load"}[k]
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
	text += fmt.Sprintf(". At %s calls a month it costs about %s", about(calls), aboutUSD(best.Monthly.Likely))
	if rival == nil {
		return text + "."
	}
	if !rival.Feasible {
		return text + fmt.Sprintf("; %s is ruled out.", doing(rival.Kind))
	}
	return text + ", " + comparedWith(best.Monthly.Likely, rival.Monthly.Likely, doing(rival.Kind)) + "."
}

// comparedWith puts a ratio of two costs in words.
func comparedWith(a, b float64, other string) string {
	if a <= 0 {
		return "less than " + other
	}
	ratio := b / a
	switch {
	case ratio < 1.05:
		return "about as much as " + other
	case ratio < 1.6:
		return fmt.Sprintf("%s %% less than %s", twoDigits(100*(1-1/ratio)), other)
	case ratio < 2.5:
		return "about half as much as " + other
	case ratio < 1000:
		return fmt.Sprintf("%s times less than %s", twoDigits(ratio), other)
	}
	return "a tiny part of what " + other + " costs"
}

func (w *world) noRouteHeadline(res *Assessment) string {
	for _, r := range res.Routes {
		if r.Monthly != nil {
			return fmt.Sprintf("No route passes every rule you set. The cheapest one that exists is %s, about %s a month.",
				lowerFirst(r.Label), aboutUSD(r.Monthly.Likely))
		}
	}
	return "No route can serve this: nothing in the catalogue holds it or lists a price for it."
}

// whyBlocked says for each kind of route what keeps it out.
func (w *world) whyBlocked(res *Assessment) []string {
	var out []string
	seen := map[RouteKind]bool{}
	for _, r := range res.Routes {
		if !seen[r.Kind] && len(r.BlockedBy) > 0 && r.Model == w.model.ID {
			seen[r.Kind] = true
			out = append(out, fmt.Sprintf("%s: %s.", r.Label, strings.Join(r.BlockedBy, "; ")))
		}
	}
	return out
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
		out = append(out, Reason{Title: fmt.Sprintf("The next best costs %s more a month", aboutUSD(rival.Monthly.Likely-best.Monthly.Likely)),
			Text: fmt.Sprintf("%s comes to %s a month against %s.", rival.Label, aboutUSD(rival.Monthly.Likely), aboutUSD(best.Monthly.Likely))})
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
		{"no listed price", "No provider lists this model with your rules"},
	}
	for _, rule := range rules {
		var kinds []string
		for _, k := range []RouteKind{API, Rent, Own, Mixed} {
			for _, r := range res.Routes {
				if r.Kind == k && r.Model == w.model.ID && slices.ContainsFunc(r.BlockedBy, func(b string) bool { return strings.HasPrefix(b, rule.prefix) }) {
					kinds = append(kinds, doing(k))
					break
				}
			}
		}
		if len(kinds) > 0 && !slices.Contains(kinds, doing(best.Kind)) {
			return Reason{Title: rule.title, Text: fmt.Sprintf("That leaves out %s, whatever they cost.", listWords(kinds))}, true
		}
	}
	return Reason{}, false
}

func listWords(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}

func (w *world) apiReasons(f *frame, own, best *Route) []Reason {
	var out []Reason
	if own != nil && own.Speed.BusyShare != nil && *own.Speed.BusyShare < 0.5 {
		busy := *own.Speed.BusyShare
		idle := "almost all of the time"
		if busy >= 0.02 {
			idle = fmt.Sprintf("%s %% of the time", twoDigits(100*(1-busy)))
		}
		out = append(out, Reason{Title: "Own hardware would stand idle " + idle,
			Text: fmt.Sprintf("%s would be sized for your busiest hour and used on %s of its capacity over the month.", own.SetupLabel, sharePercent(busy))})
	}
	if own != nil && own.Floor != nil && *own.Floor > best.Monthly.Likely {
		out = append(out, Reason{Title: fmt.Sprintf("Owning costs %s before the first call", aboutUSD(*own.Floor)),
			Text: "Hardware, support, people and power run whether anyone calls or not."})
	}
	return out
}

func sharePercent(v float64) string {
	if v < 0.01 {
		return "under 1 %"
	}
	return twoDigits(100*v) + " %"
}

func (w *world) deviceReasons(f *frame, res *Assessment, best *Route, calls float64) []Reason {
	var out []Reason
	for _, b := range res.BreakEven {
		if b.To == best.ID && b.Status == "reached" && b.Direction == "cheaper_above" && b.Calls != nil && *b.Calls <= calls {
			out = append(out, Reason{Title: fmt.Sprintf("It pays from %s calls a month", about(*b.Calls)),
				Text: fmt.Sprintf("You make %s, %s times that.", about(calls), twoDigits(calls / *b.Calls))})
			break
		}
	}
	if b := best.Speed.BusyShare; b != nil && best.SetupLabel != "" {
		out = append(out, Reason{Title: fmt.Sprintf("%s carries your load", best.SetupLabel),
			Text: fmt.Sprintf("It is busy on %s of its capacity over the month; %s", sharePercent(*b), w.headroomWords(best))})
	}
	return out
}

func (w *world) headroomWords(best *Route) string {
	if best.Replicas > 1 {
		return fmt.Sprintf("%d replicas are there for the busiest hour.", best.Replicas)
	}
	return "one replica is enough for the busiest hour."
}

// tornadoReason says whether any one assumption overturns the verdict.
func (w *world) tornadoReason(res *Assessment, best *Route) Reason {
	var turning []string
	least := math.Inf(1)
	for _, t := range res.Sensitivity {
		least = math.Min(least, math.Min(t.LowUSD, t.HighUSD))
		if t.ChangesWinner {
			turning = append(turning, lowerFirst(t.Label))
		}
	}
	if len(res.Sensitivity) == 0 {
		return Reason{Title: "The likely values decide", Text: "Ranges were not looked at in this quick answer."}
	}
	if len(turning) == 0 {
		return Reason{Title: "No single assumption overturns it",
			Text: fmt.Sprintf("With any one of them at the edge of its range the next best kind still costs at least %s a month more.", aboutUSD(least))}
	}
	if len(turning) > 3 {
		turning = turning[:3]
	}
	return Reason{Title: "It hangs on " + listWords(turning), Text: "Within their ranges the cheapest kind of route changes: settle these first."}
}

// largestLine names the part of the cost that is largest.
func (w *world) largestLine(best *Route) Reason {
	top := Line{}
	for _, l := range best.Lines {
		if l.USD > top.USD {
			top = l
		}
	}
	return Reason{Title: fmt.Sprintf("Most of it is %s", lowerFirst(top.Label)),
		Text: fmt.Sprintf("%s of %s a month.", aboutUSD(top.USD), aboutUSD(best.Monthly.Likely))}
}

// ruleDiffers says why the rule of thumb and the verdict differ, "" when they do not.
func (w *world) ruleDiffers(rule string, best *Route) string {
	if slices.Contains(advice.RuleKinds(rule), best.ID) {
		return ""
	}
	switch {
	case best.Kind != API:
		return "The rule looks at stage, volume and compliance only; it does not count what own or rented devices cost."
	case rule == advice.Gateway:
		return "The rule takes a gateway for its budget caps; a gateway adds its fee, so calling directly costs less. Set caps yourself."
	case rule == advice.OfficialFree:
		return "Free quotas are capacity for testing, not prices: the verdict counts what is billed."
	case rule == advice.BatchOrAsync:
		return "No batch discount that counts is known for this price."
	}
	return "The rule does not compare prices; this route costs less under the rules you set."
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
	return &Weaker{Route: pick.ID, Words: fmt.Sprintf("If a weaker model will do: %s costs about %s a month and saves %s; it scores %s.",
		lowerFirst(pick.Label), aboutUSD(pick.Monthly.Likely), aboutUSD(best.Monthly.Likely-pick.Monthly.Likely),
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
	return strings.Join(parts, ", ")
}

// whatIf answers two questions that are always asked of a purchase.
func (w *world) whatIf(f *frame, res *Assessment, best *Route) []string {
	name := func(x *frame, calls float64) string {
		r, usd := x.winner(calls, true, x.within)
		if r == nil {
			return "no route is left"
		}
		if r.id == best.ID {
			return fmt.Sprintf("the answer stays, at about %s a month", aboutUSD(usd))
		}
		return fmt.Sprintf("%s becomes the cheapest, at about %s a month", sentenceRoute(w, r), aboutUSD(usd))
	}
	calls := f.p.x[w.axes.calls]
	half := "If calls fall to half after a year, " + name(f, calls/2) + "."
	if best.Kind != API && best.Upfront != nil && *best.Upfront > 0 {
		half += fmt.Sprintf(" What was bought for %s stays bought.", aboutUSD(*best.Upfront))
	}
	p := w.axes.likely()
	for _, i := range []int{w.axes.marketIn, w.axes.marketHit, w.axes.marketOut, w.axes.priceIn, w.axes.priceHit, w.axes.priceOut} {
		p.x[i] *= 0.7
	}
	return []string{half, "If API prices fall by 30 %, " + name(w.frame(p, f), calls) + "."}
}

// recheck lists the facts that decide this verdict, oldest first.
func (w *world) recheck(res *Assessment, best *Route) []Recheck {
	out := []Recheck{}
	add := func(what, value, table, id string, f catalog.Fact, why string) {
		if f.AsOf == "" || slices.ContainsFunc(out, func(r Recheck) bool { return r.Table == table && r.ID == id }) {
			return
		}
		out = append(out, Recheck{What: what, Value: value, Table: table, ID: id, Evidence: f.Evidence, Source: f.Source,
			AsOf: f.AsOf, AgeDays: ageDays(f.Date(), w.today), Why: why})
	}
	if w.named != nil {
		add("API price, "+w.named.Provider, fmt.Sprintf("$%g in, $%g out a million tokens", w.named.Input, w.named.Output), "prices", w.named.ID, w.named.Fact, "the API routes are billed at it")
	} else if w.marketOK {
		f := catalog.Fact{Evidence: catalog.Likely, Source: w.marketSource(), AsOf: w.market.Newest}
		add("API price, market median of "+w.model.ShortName, fmt.Sprintf("$%g in, $%g out a million tokens", w.market.Input.Likely, w.market.Output.Likely), "prices", w.model.ID, f, "the API routes are billed at it")
	}
	seen := 0
	for _, r := range res.Routes {
		if r.Weaker || r.Monthly == nil || r.Kind != Own && r.Kind != Rent {
			continue
		}
		c := w.route(r.ID).held
		if c == nil || seen >= 2 {
			continue
		}
		seen++
		d := c.plan.Device
		if r.Kind == Own && d.PriceUSD != nil {
			add("Price of "+d.Name, aboutUSD(d.PriceUSD.Likely), "devices", d.ID, d.PriceFact, r.Label+" is built from it")
			if c.host != nil {
				add("Price of "+c.host.Name, aboutUSD(c.host.PriceUSD.Likely), "hosts", c.host.ID, c.host.Fact, r.Label+" stands in it")
			}
		}
		if r.Kind == Rent {
			for _, p := range d.Rent {
				if p.Term == w.rentTerm {
					add("Rent of "+d.Name+", "+p.Provider, fmt.Sprintf("$%g an hour", p.USD.Likely), "rents", d.ID+"/"+p.Provider, p.Fact, r.Label+" is billed near it")
					break
				}
			}
		}
		if run := c.server.Run; run != nil {
			add("Speed of "+c.label, run.Quote, "measured", run.ID, run.Fact, "the nearest measured run")
		}
	}
	slices.SortStableFunc(out, func(a, b Recheck) int { return b.AgeDays - a.AgeDays })
	return out
}

func ageDays(day, today time.Time) int {
	if day.IsZero() {
		return 0
	}
	return max(0, int(today.Sub(day).Hours()/24))
}

// nextSteps are what to do, with dates counted from today.
func (w *world) nextSteps(res *Assessment, best *Route) []NextStep {
	day := func(n int) string { return w.today.AddDate(0, 0, n).Format("2006-01-02") }
	out := []NextStep{}
	if !w.s.Bool("workload.token_shape_known") {
		out = append(out, NextStep{What: "Sample seven days of real requests", By: day(7),
			Why: "Average prompts hide the long tail: tokens in, out and thinking decide both the bill and the machines."})
	}
	if best != nil && best.Kind == API || best == nil {
		out = append(out, NextStep{What: "Test the quota at your busiest hour", By: day(14),
			Why: fmt.Sprintf("Your busiest hour is about %s attempts: a free tier is testing capacity, not a promise.", about(res.Capacity.AttemptsBusiestHour))})
	}
	if best != nil && best.Kind != API {
		out = append(out, NextStep{What: fmt.Sprintf("Run a pilot on one rented %s", devicesLabelOf(w, best)), By: day(30),
			Why: "Measure tokens a second with your own prompts before buying; enter the run as your own measurement."},
			NextStep{What: "Ask for two dated quotes", By: day(21), Why: "Server prices in the catalogue are estimates."})
	} else {
		out = append(out, NextStep{What: fmt.Sprintf("Pilot with %s calls", about(math.Max(100, res.Capacity.AttemptsBusiestHour))), By: day(21),
			Why: "One busiest hour of real requests shows errors, retries and speed."})
	}
	if w.s.Bool("workload.user_facing") {
		out = append(out, NextStep{What: "Set a fallback route and spend caps before launch", By: day(28),
			Why: "Users feel quota failures at once."})
	}
	out = append(out, NextStep{What: "Recheck the facts listed below before you sign", By: day(30),
		Why: "Prices and model names change; every one here carries its date."})
	return out
}

func devicesLabelOf(w *world, r *Route) string {
	if c := w.route(r.ID).held; c != nil {
		return devicesLabel(c.plan.Device, c.plan.Devices)
	}
	return "set-up"
}

// confidence follows the contract: high from a chance of 0.9 with no speculation among the decisive inputs,
// medium from 0.65.
func (w *world) confidence(res *Assessment, best *Route, recheck []Recheck) (level, because string) {
	if best.Chance == nil {
		return "low", "ranges were not sampled in this quick answer"
	}
	chance := *best.Chance
	speculative := w.decisiveSpeculation(res)
	switch {
	case chance >= 0.9 && speculative == "":
		return "high", fmt.Sprintf("cheapest in %s of 100 futures, and no decisive input is speculation", twoDigits(100*chance))
	case chance >= 0.9:
		return "medium", fmt.Sprintf("cheapest in %s of 100 futures, but %s is speculation and decides", twoDigits(100*chance), lowerFirst(speculative))
	case chance >= 0.65:
		return "medium", w.chanceWords(res, best, chance)
	}
	return "low", w.chanceWords(res, best, chance)
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
	if kind-chance > 0.05 {
		return fmt.Sprintf("%s is the cheapest kind in %s of 100 futures, this route in %s", doing(best.Kind), twoDigits(100*kind), twoDigits(100*chance))
	}
	return fmt.Sprintf("cheapest in %s of 100 futures", twoDigits(100*chance))
}

// decisiveSpeculation names an input that is speculation and moves the gap enough to matter: it changes the
// winner somewhere in its range.
func (w *world) decisiveSpeculation(res *Assessment) string {
	for _, t := range res.Sensitivity {
		if t.ChangesWinner && w.axes.dims[w.axes.of[t.Input]].fact.Evidence == catalog.Speculation {
			return t.Label
		}
	}
	return ""
}

// sentenceRoute names a route inside a sentence.
func sentenceRoute(w *world, r *routeModel) string {
	switch r.kind {
	case API:
		return map[string]string{"api-direct": "calling an API directly", "api-gateway": "a gateway", "api-batch": "an API in batches", "cloud-endpoint": "a cloud endpoint"}[r.id]
	case Rent:
		return "renting for " + r.model.ShortName
	case Own:
		return "owning hardware for " + r.model.ShortName
	}
	return "owning a base load with an API beside it"
}

// lowerFirst lowers the first letter unless the word is an abbreviation.
func lowerFirst(s string) string {
	if len(s) < 2 || s[1] >= 'A' && s[1] <= 'Z' || strings.HasPrefix(s, "R1") {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// quantity writes a value of a dimension in its unit.
func (w *world) quantity(d *dimension, v float64) string {
	switch d.unit {
	case UnitShare, UnitSharePerMon, UnitSharePerYr:
		return percentText(v)
	case UnitUSD, UnitUSDMonth:
		return aboutUSD(v)
	case UnitUSDPerMTok, UnitUSDHour, UnitUSDPerKWh, UnitUSDKWMonth:
		return "$" + plainNumber(v)
	case UnitSeconds:
		return plainNumber(v) + " s"
	}
	if v >= 1000 {
		return about(v)
	}
	return plainNumber(v)
}
