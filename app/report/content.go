package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"

	"hostwise/app/figure/format"
	"hostwise/assets"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

// This file turns an assessment into the sentences and tables that every document shares.

// question is what the product answers, as title pages ask it.
func (c Case) question() string {
	model := c.modelName()
	return "Should we call an API for " + model + ", or host it ourselves?"
}

// modelName is the case's model as the assumptions show it.
func (c Case) modelName() string {
	id := c.Scenario.Text("model")
	for _, m := range c.Scenario.Facts().Models {
		if m.ID == id && m.Name != "" {
			return oneLine(m.Name)
		}
	}
	if cat, err := assets.Catalogue(); err == nil {
		if m := cat.Model(id); m != nil {
			return oneLine(m.Name)
		}
	}
	return oneLine(id)
}

// verdict is the route of the verdict, nil when nothing is feasible.
func (c Case) verdict() *calc.Route { return c.Assessment.Route(c.Assessment.Verdict.Route) }

// headline is the answer in a sentence.
func (c Case) headline() string {
	if s := oneLine(c.Assessment.Verdict.Headline); s != "" {
		return s
	}
	return "No route passes every rule of this case."
}

// certainty says how sure the answer is: the chance of the verdict's kind, "" where none is known, and the confidence
// with its reason.
func (c Case) certainty() (chance, words string) {
	v := c.Assessment.Verdict
	words = upperFirst(oneLine(v.Confidence)) + " confidence"
	if v.Confidence == "" {
		words = "Confidence not stated"
	}
	if v.ConfidenceBecause != "" {
		words += ": " + oneLine(v.ConfidenceBecause)
	}
	words += "."
	if p, known := c.Assessment.KindChance(); known {
		chance = format.Chance(p)
	}
	return chance, words
}

// rangeLine says what eight of ten futures hold, and how many were drawn.
func (c Case) rangeLine() string {
	r := c.verdict()
	amounts := " " + c.amountsWords()
	if r == nil || r.Monthly == nil {
		return "Every route that has a price breaks a rule of this case. The routes and their rules stand below." + amounts
	}
	if c.Assessment.Draws == 0 {
		return "The base answer: no futures were drawn, so there is no range." + amounts
	}
	return fmt.Sprintf("%s a month in 8 of 10 futures, %s drawn.", upperFirst(c.spread(*r.Monthly)), format.Whole(float64(c.Assessment.Draws))) + amounts
}

func (c Case) code() string {
	if code := c.currency().Code; code != "" {
		return oneLine(code)
	}
	return "USD"
}

func (c Case) money(usd float64) string    { return c.currency().Money(usd) }
func (c Case) spread(r calc.Range) string  { return format.Between(c.money(r.Low), c.money(r.High)) }
func (c Case) moneyOr(usd *float64) string { return orUnknown(usd, c.money) }
func (c Case) likelyMoney(r *calc.Range) string {
	if r == nil {
		return format.Unknown
	}
	return c.money(r.Likely)
}

func orUnknown(v *float64, words func(float64) string) string {
	if v == nil {
		return format.Unknown
	}
	return words(*v)
}

// routeRow is a route in a table.
type routeRow struct {
	kind                                  calc.RouteKind
	label, sub                            string
	month, spread, chance, upfront, total string
	why                                   string // the first rule that blocks it
	ruled, wins                           bool
}

// kindNames are the kinds of route in a word.
var kindNames = map[calc.RouteKind]string{calc.API: "API", calc.Rent: "Rent", calc.Own: "Own", calc.Mixed: "Mixed"}

// routeRows lists at most n routes: the verdict's, the feasible ones by cost, then the cheapest ruled-out route
// of each kind that has no row yet, and of those the ones on weaker models last.
func (c Case) routeRows(n int) []routeRow {
	var picked []*calc.Route
	kinds := map[calc.RouteKind]bool{}
	take := func(r *calc.Route) {
		if len(picked) < n && !slices.Contains(picked, r) {
			picked = append(picked, r)
			kinds[r.Kind] = true
		}
	}
	a := c.Assessment
	for _, feasible := range []bool{true, false} {
		for i := range a.Routes {
			r := &a.Routes[i]
			if r.Feasible == feasible && !r.Weaker && (feasible || !kinds[r.Kind]) {
				take(r)
			}
		}
	}
	for i := range a.Routes {
		if r := &a.Routes[i]; !r.Feasible && !r.Weaker {
			take(r)
		}
	}
	rows := make([]routeRow, len(picked))
	for i, r := range picked {
		rows[i] = c.routeRow(r)
	}
	return rows
}

func (c Case) routeRow(r *calc.Route) routeRow {
	row := routeRow{kind: r.Kind, label: oneLine(r.Label), sub: oneLine(r.SetupLabel), month: c.likelyMoney(r.Monthly),
		spread: format.Unknown, chance: orUnknown(r.Chance, format.Chance), upfront: c.moneyOr(r.Upfront), total: c.likelyMoney(r.Horizon),
		ruled: !r.Feasible, wins: r.ID == c.Assessment.Verdict.Route}
	if r.Monthly != nil && c.Assessment.Draws > 0 {
		row.spread = c.spread(*r.Monthly)
	}
	if row.ruled {
		row.chance = format.Unknown
		row.why = "a rule excludes it"
		if len(r.BlockedBy) > 0 {
			row.why = ruleWords(r.BlockedBy[0])
		}
	}
	return row
}

// ruleWords is why a route is ruled out, without the key of the rule.
func ruleWords(blocked string) string {
	if _, words, ok := strings.Cut(blocked, ": "); ok {
		return oneLine(words)
	}
	return oneLine(blocked)
}

// reasons are the reasons for the verdict, title and text.
func (c Case) reasons() []calc.Reason {
	v := c.Assessment.Verdict
	if len(v.ReasonsFull) > 0 {
		return v.ReasonsFull
	}
	var out []calc.Reason
	for _, r := range v.Reasons {
		title, text, ok := strings.Cut(r, ". ")
		if !ok {
			text = ""
		}
		out = append(out, calc.Reason{Title: strings.TrimSuffix(title, "."), Text: text})
	}
	return out
}

// asides are the sentences that stand beside the verdict: the rule of thumb, a weaker model, what if.
func (c Case) asides() []string {
	v := c.Assessment.Verdict
	var out []string
	if v.RuleWords != "" {
		s := "Rule of thumb: " + oneLine(v.RuleWords) + "."
		if v.RuleDiffersBecause != "" {
			s += " " + oneLine(v.RuleDiffersBecause)
		}
		if v.UsualChoice != nil && v.UsualChoice.Because != "" {
			s += " " + oneLine(v.UsualChoice.Because)
		}
		out = append(out, s)
	}
	if v.CheaperIfWeaker != nil {
		out = append(out, oneLine(v.CheaperIfWeaker.Words))
	}
	for _, s := range v.WhatIf {
		out = append(out, oneLine(s))
	}
	return out
}

// purchase is what one route would have us buy or rent.
type purchase struct {
	route *calc.Route
	items []purchaseItem
	facts [][2]string // name and value
}

// purchaseItem is one line of a bill of materials.
type purchaseItem struct {
	what, quantity, unit, total string
	evidence                    catalog.Evidence
	source                      string
}

// purchases are the verdict's route and the cheapest route of each other kind that needs something bought, the
// ruled-out ones only where a kind has no other; and what the person named, where it is none of them.
func (c Case) purchases() []purchase {
	a := c.Assessment
	var routes []*calc.Route
	if v := c.verdict(); v != nil {
		routes = append(routes, v)
	}
	for _, kind := range []calc.RouteKind{calc.Own, calc.Rent} {
		if slices.ContainsFunc(routes, func(r *calc.Route) bool { return r.Kind == kind }) {
			continue
		}
		if r := firstRoute(a, kind); r != nil {
			routes = append(routes, r)
		}
	}
	if r := c.stated(); r != nil && !slices.Contains(routes, r) {
		routes = append(routes, r)
	}
	out := make([]purchase, len(routes))
	for i, r := range routes {
		out[i] = c.purchase(r)
	}
	return out
}

// stated is the route on the set-up that the person named, nil where none is named or it cannot be priced.
func (c Case) stated() *calc.Route {
	if _, named := c.Scenario.Given("deployment.device"); !named {
		return nil
	}
	if r := c.Assessment.Route("own-" + c.Scenario.Text("model")); r != nil && r.Monthly != nil {
		return r
	}
	return nil
}

// firstRoute is the cheapest feasible route of a kind on no weaker model, or else the cheapest with a price.
func firstRoute(a *calc.Assessment, kind calc.RouteKind) *calc.Route {
	for _, feasible := range []bool{true, false} {
		for i := range a.Routes {
			if r := &a.Routes[i]; r.Kind == kind && !r.Weaker && r.Feasible == feasible && r.Monthly != nil {
				return r
			}
		}
	}
	return nil
}

func (c Case) purchase(r *calc.Route) purchase {
	p := purchase{route: r}
	for _, it := range r.Bill {
		item := purchaseItem{what: oneLine(it.What), quantity: format.Number(it.Quantity, 6), unit: "not priced", total: "not priced",
			evidence: it.Evidence, source: oneLine(it.Source)}
		if it.UnitUSD != nil {
			item.unit, item.total = c.unitPrice(it.UnitUSD.Likely), c.currency().Total(it.Quantity*it.UnitUSD.Likely)
			if r.Kind == calc.Rent {
				item.unit += " an hour"
				item.total = "by the hour"
			}
		}
		p.items = append(p.items, item)
	}
	add := func(name, value string) { p.facts = append(p.facts, [2]string{name, value}) }
	add("Up front", c.moneyOr(r.Upfront))
	add("Commitment", months(r.Commitment))
	if r.PowerKW != nil && *r.PowerKW > 0 {
		add("Power", format.Number(*r.PowerKW, 3)+" kW")
	}
	if r.LeadTime != nil {
		add("Until it runs", weeks(*r.LeadTime))
	}
	if r.Replicas > 0 {
		add("Replicas", format.Whole(float64(r.Replicas)))
	}
	add("A month", c.likelyMoney(r.Monthly))
	return p
}

// unitPrice writes a price with its cents, and leaves them out where there are none and nobody counts them.
func (c Case) unitPrice(usd float64) string {
	s := c.currency().Price(usd)
	if usd >= 100 {
		s = strings.TrimSuffix(s, ".00")
	}
	return s
}

func months(v float64) string {
	switch v {
	case 0:
		return "none"
	case 1:
		return "1 month"
	}
	return format.Number(v, 3) + " months"
}

func weeks(r calc.Range) string {
	if r.High <= 1 && r.Likely == 0 {
		return "at once"
	}
	unit := " weeks ("
	if r.Likely == 1 {
		unit = " week ("
	}
	return format.Number(r.Likely, 2) + unit + format.Between(format.Number(r.Low, 2), format.Number(r.High, 2)) + ")"
}

// rechecks are the facts to check before procurement, oldest first.
func (c Case) rechecks() []calc.Recheck {
	out := slices.Clone(c.Assessment.Verdict.Recheck)
	slices.SortStableFunc(out, func(a, b calc.Recheck) int { return b.AgeDays - a.AgeDays })
	return out
}

func age(days int) string {
	switch {
	case days <= 0:
		return "today"
	case days == 1:
		return "1 day"
	}
	return format.Whole(float64(days)) + " days"
}

// latentRanges are facts of many rows, each with its own range, which the assessment carries as one factor.
var latentRanges = map[string]string{
	"catalogue.server_price": "each device and host at its own range",
	"catalogue.rent_price":   "each listing at its own range",
	"catalogue.speed":        "each set-up at its own range",
}

// assumed is an input as it was used, in words.
type assumed struct {
	calc.Assumption
	label, text string
	decides     bool // it is among the inputs that move the answer most, or would flip it
}

// assumptions are the inputs that bear on the answer: the person's own first, then those that decide, then the
// rest, each group in the order of the questions. Name, notes and tags are not assumptions.
func (c Case) assumptions() []assumed {
	decides := map[string]bool{}
	for i, s := range c.Assessment.Sensitivity {
		if i < 8 {
			decides[s.Input] = true
		}
	}
	for _, f := range c.Assessment.Verdict.Flips {
		decides[f.Input] = true
	}
	var out []assumed
	for _, a := range c.Assessment.Assumptions {
		switch a.Path {
		case "name", "notes", "tags":
			continue
		}
		row := assumed{Assumption: a, label: oneLine(a.Label), text: oneLine(a.Text), decides: decides[a.Path]}
		if words, ok := latentRanges[a.Path]; ok {
			row.text = words
		}
		switch {
		case a.Value == nil:
			// The catalogue's figures have rows of their own, or the program works them out.
			row.text, row.Evidence, row.Source, row.AsOf = "left to the program", "", "", ""
		case row.text == "":
			row.text = "none"
		}
		out = append(out, row)
	}
	rank := func(a assumed) int {
		switch {
		case a.From == "you" && a.Value != nil:
			return 0
		case a.decides:
			return 1
		}
		return 2
	}
	sort.SliceStable(out, func(i, k int) bool { return rank(out[i]) < rank(out[k]) })
	return out
}

// shortAssumptions are those that a person gave or that decide, and how many others there are.
func (c Case) shortAssumptions() (rows []assumed, others int) {
	for _, a := range c.assumptions() {
		switch {
		case a.Value == nil: // the catalogue's figure for it has a row of its own
		case a.From == "you" || a.decides:
			rows = append(rows, a)
		default:
			others++
		}
	}
	return rows, others
}

// fromWords says whose an assumption is.
func fromWords(a assumed) string {
	switch a.From {
	case "you":
		return "you"
	case "catalogue":
		return "catalogue"
	}
	return "default"
}

// assumptionsHash names the exact assumptions of an assessment: the first sixteen hexadecimal digits of the
// SHA-256 of their JSON. Two records with the same hash and catalogue rest on the same answers.
func (c Case) assumptionsHash() (string, error) {
	data, err := json.Marshal(c.Assessment.Assumptions)
	if err != nil {
		return "", fmt.Errorf("report: the assumptions cannot be written as JSON: %w", err)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8]), nil
}

// reference is a source and what rests on it.
type reference struct {
	source, asOf string
	evidence     catalog.Evidence
	supports     []string
}

// references are the sources of what the documents show: recheck list, bills, cost lines, assumptions; each once,
// in that order. Answers of the person and rules of the program are no sources.
func (c Case) references() []reference {
	var out []reference
	at := map[string]int{}
	add := func(source, asOf string, evidence catalog.Evidence, supports string) {
		source = oneLine(source)
		if source == "" || source == "your answer" || source == "your price" || strings.HasPrefix(source, "scenario file, version") {
			return
		}
		i, seen := at[source]
		if !seen {
			i = len(out)
			at[source] = i
			out = append(out, reference{source: source, evidence: evidence})
		}
		r := &out[i]
		if r.asOf == "" {
			r.asOf = oneLine(asOf)
		}
		if supports = oneLine(supports); !slices.Contains(r.supports, supports) {
			r.supports = append(r.supports, supports)
		}
	}
	for _, r := range c.rechecks() {
		add(r.Source, r.AsOf, r.Evidence, r.What)
	}
	for _, p := range c.purchases() {
		for _, it := range p.items {
			add(it.source, "", it.evidence, "Price of "+it.what)
		}
		for _, l := range p.route.Lines {
			if l.USD != 0 {
				add(l.Source, "", l.Evidence, l.Label)
			}
		}
	}
	for _, a := range c.assumptions() {
		if a.From != "you" && a.text != "none" {
			add(a.Source, a.AsOf, a.Evidence, a.label)
		}
	}
	if n := c.Assessment.Throughput.Nearest; n != "" {
		add(n, "", catalog.Measured, "Speed of the set-up")
	}
	return out
}

// supportWords lists what rests on a source, at most n things.
func (r reference) supportWords(n int) string {
	if len(r.supports) <= n {
		return strings.Join(r.supports, "; ")
	}
	return strings.Join(r.supports[:n], "; ") + fmt.Sprintf("; and %d more", len(r.supports)-n)
}

// monitors are the metrics to watch.
func (c Case) monitors() []calc.Monitor { return c.Assessment.Monitoring }

// comparison sets cases side by side: what differs in the answers, then what comes out.
type comparison struct {
	names    []string
	changes  [][]string // label, then one cell a case; "same" where it is as in the first
	outcomes [][]string
}

// together stands for all cases where a page is about none of them alone.
func (j *job) together() Case {
	a := *j.cases[0].Assessment
	a.ScenarioName = j.title()
	return Case{Scenario: j.cases[0].Scenario, Assessment: &a}
}

// letter names the i-th case in figures and tables.
func letter(i int) string { return string(rune('A' + i)) }

// compare sets the cases of a document side by side, against the first.
func (j *job) compare() comparison {
	var out comparison
	byPath := map[string]int{}
	for i, c := range j.cases {
		out.names = append(out.names, letter(i)+"  "+c.name())
	}
	for i, c := range j.cases[1:] {
		for _, d := range calc.Diff(j.cases[0].Scenario, c.Scenario) {
			if d.Path == "name" || d.Path == "notes" || d.Path == "tags" {
				continue
			}
			k, ok := byPath[d.Path]
			if !ok {
				k = len(out.changes)
				byPath[d.Path] = k
				row := make([]string, 1+len(j.cases))
				row[0] = oneLine(d.Label)
				row[1] = oneLine(d.FromText)
				for n := range j.cases[1:] {
					row[2+n] = "same"
				}
				out.changes = append(out.changes, row)
			}
			out.changes[k][2+i] = oneLine(d.ToText)
		}
	}
	add := func(label string, cell func(Case) string) {
		row := []string{label}
		for _, c := range j.cases {
			row = append(row, cell(c))
		}
		out.outcomes = append(out.outcomes, row)
	}
	add("Answer", func(c Case) string {
		if v := c.verdict(); v != nil {
			return oneLine(v.Label)
		}
		return "no route passes the rules"
	})
	month := func(words func(Case, *calc.Route) string) func(Case) string {
		return func(c Case) string {
			if v := c.verdict(); v != nil {
				return words(c, v)
			}
			return format.Unknown
		}
	}
	add("A month", month(func(c Case, r *calc.Route) string { return c.likelyMoney(r.Monthly) }))
	if first := j.cases[0]; slices.ContainsFunc(j.cases, func(c Case) bool { return c.currency() != first.currency() }) {
		add("A month, in "+first.code(), month(func(_ Case, r *calc.Route) string { return first.likelyMoney(r.Monthly) }))
	}
	add("8 of 10 futures", month(func(c Case, r *calc.Route) string { return c.routeRow(r).spread }))
	add("A successful call", month(func(c Case, r *calc.Route) string { return c.likelyMoney(r.PerCall) }))
	add("Up front", month(func(c Case, r *calc.Route) string { return c.moneyOr(r.Upfront) }))
	add("Chance that its kind is the cheapest", func(c Case) string {
		if chance, _ := c.certainty(); chance != "" {
			return chance
		}
		return format.Unknown
	})
	add("Confidence", func(c Case) string { return orDash(oneLine(c.Assessment.Verdict.Confidence)) })
	for _, kind := range []calc.RouteKind{calc.API, calc.Rent, calc.Own} {
		add("Cheapest "+kindNames[kind]+", a month", func(c Case) string {
			r := firstRoute(c.Assessment, kind)
			switch {
			case r == nil:
				return format.Unknown
			case !r.Feasible:
				return c.likelyMoney(r.Monthly) + ", ruled out"
			}
			return c.likelyMoney(r.Monthly)
		})
	}
	return out
}

func orDash(s string) string {
	if s == "" {
		return format.Unknown
	}
	return s
}
