package cli

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"hostwise/app/figure/format"
	"hostwise/calc"
)

// What a plan is for.
const (
	forSetup  = "setup"
	forBudget = "budget"
)

// monthlyLimit is the input that a budget is taken from where none is named.
const monthlyLimit = "rules.monthly_usd_limit"

// maxUSD bounds a budget, as the file bounds amounts.
const maxUSD = 1e12

// planRows is how many set-ups are printed where nobody says; JSON has them all.
const planRows = 40

// plan is the cheapest set-ups for a demand, or the most calls for a budget.
type plan struct {
	Schema    int                 `json:"schema"`
	Today     string              `json:"today"`
	Name      string              `json:"scenario_name"`
	For       string              `json:"for"` // "setup" or "budget"
	Calls     float64             `json:"calls_per_month"`
	BudgetUSD *float64            `json:"budget_usd_per_month"`
	Looked    int                 `json:"setups_looked_at"`
	Found     int                 `json:"setups_found"` // before the limit
	Setups    []calc.SetupOption  `json:"setups"`
	KeptOut   []keptOut           `json:"kept_out"` // by reason
	Apart     []calc.SetupOption  `json:"setups_apart"`
	Routes    []calc.BudgetOption `json:"routes"`
	Blocked   []calc.BudgetApart  `json:"routes_apart"`
}

// keptOut counts the set-ups that a rule or a wish keeps out; one with several reasons counts under each.
type keptOut struct {
	Rule   string `json:"rule"`
	Setups int    `json:"setups"`
}

// planOptions are what the person asked of a plan.
type planOptions struct {
	what      string
	usd       float64
	usdGiven  bool
	sort      string
	limit     int
	apart     bool
	everySize bool
	models    []string
}

// planOrders are what set-ups can be sorted by, and which way round.
var planOrders = map[string]func(x, y *calc.SetupOption) int{
	"cost":    func(x, y *calc.SetupOption) int { return cmp.Compare(x.Least(), y.Least()) },
	"own":     func(x, y *calc.SetupOption) int { return knownFirst(x.OwnUSD, y.OwnUSD) },
	"rent":    func(x, y *calc.SetupOption) int { return knownFirst(x.RentUSD, y.RentUSD) },
	"upfront": func(x, y *calc.SetupOption) int { return knownFirst(x.Upfront, y.Upfront) },
	"kw":      func(x, y *calc.SetupOption) int { return cmp.Compare(x.PowerKW, y.PowerKW) },
	"speed":   func(x, y *calc.SetupOption) int { return cmp.Compare(y.PerUser, x.PerUser) },
	"calls":   func(x, y *calc.SetupOption) int { return cmp.Compare(y.Calls, x.Calls) },
	"devices": func(x, y *calc.SetupOption) int {
		return cmp.Compare(x.Devices*x.Replicas, y.Devices*y.Replicas)
	},
}

// orderNames are the names of the orders.
func orderNames() []string {
	names := make([]string, 0, len(planOrders))
	for name := range planOrders {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// knownFirst compares two figures that may be unknown; what is unknown is last.
func knownFirst(x, y *float64) int {
	value := func(v *float64) float64 {
		if v == nil {
			return math.Inf(1)
		}
		return *v
	}
	return cmp.Compare(value(x), value(y))
}

func (p *program) planCommand() *cobra.Command {
	var o settings
	var q planOptions
	var asJSON bool
	c := &cobra.Command{
		Use:     "plan FILE",
		GroupID: groupDecide,
		Short:   "Find the cheapest set-ups for a demand, or the most calls for a budget",
		Long: "Search every device of the catalogue, in every precision, engine and layout that is known to run there, for set-ups\n" +
			"that serve this demand as fast as wished, cheapest first; or, with --for budget, find for each open route the most\n" +
			"calls a month that the budget pays for, on the best set-up for it. The budget is --usd, else the file's\n" +
			monthlyLimit + ".",
		Example: "  hostwise plan case.json\n  hostwise plan case.json --sort speed --limit 10\n  hostwise plan case.json --for budget --usd 20000 --json",
		Args:    takes(1, 1, "FILE, a scenario file, or - for standard input"),
		RunE: func(c *cobra.Command, args []string) error {
			q.usdGiven = c.Flags().Changed("usd")
			if !asJSON && !c.Flags().Changed("limit") {
				q.limit = planRows
			}
			if err := q.check(); err != nil {
				return err
			}
			b, err := p.bench(c.Context(), o)
			if err != nil {
				return err
			}
			s, err := b.scenario(c.Context(), args[0])
			if err != nil {
				return err
			}
			result, err := b.plan(c.Context(), s, q)
			if err != nil {
				return err
			}
			if asJSON {
				return p.printJSON(result)
			}
			p.printPlan(result)
			return nil
		},
	}
	o.quick = true // a plan rests on likely values
	o.day(c)
	c.Flags().StringVar(&q.what, "for", forSetup, "`WHAT` to find: setup or budget")
	c.Flags().Float64Var(&q.usd, "usd", 0, "the budget in `DOLLARS` a month, with --for budget")
	c.Flags().StringVar(&q.sort, "sort", "cost", "`ORDER` of the set-ups: "+strings.Join(orderNames(), ", "))
	c.Flags().IntVar(&q.limit, "limit", 0, fmt.Sprintf("print at most `N` set-ups; 0 = all (default %d, with --json all)", planRows))
	c.Flags().BoolVar(&q.apart, "apart", false, "also list the set-ups that a rule or a wish keeps out, with the reason")
	c.Flags().BoolVar(&q.everySize, "every-size", false, "also list sizes larger than this demand needs")
	c.Flags().StringSliceVar(&q.models, "model", nil, "look at these `MODELS` instead of the file's")
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	complete(c, "for", forSetup, forBudget)
	complete(c, "sort", orderNames()...)
	return c
}

// check refuses what no plan can be made of.
func (q *planOptions) check() error {
	switch {
	case q.what != forSetup && q.what != forBudget:
		return wrong("--for", fmt.Sprintf("%q is nothing to plan for", q.what), "setup, budget", nearestWord(q.what, []string{forSetup, forBudget}))
	case q.usdGiven && !(q.usd > 0 && q.usd <= maxUSD):
		return wrong("--usd", "is no budget", "dollars a month, above 0 and up to 1,000,000,000,000", "")
	case planOrders[q.sort] == nil:
		return wrong("--sort", fmt.Sprintf("%q is no order", q.sort), strings.Join(orderNames(), ", "), nearestWord(q.sort, orderNames()))
	case q.limit < 0:
		return wrong("--limit", "is below 0", "a number of set-ups, or 0 for all", "")
	}
	return nil
}

func (b *bench) plan(ctx context.Context, s calc.Scenario, q planOptions) (*plan, error) {
	result := &plan{Schema: calc.AssessmentSchema, Today: b.options.Today.Format("2006-01-02"), Name: s.Name(), For: q.what,
		Calls: s.Likely("workload.calls_per_month"), Setups: []calc.SetupOption{}, KeptOut: []keptOut{}, Apart: []calc.SetupOption{},
		Routes: []calc.BudgetOption{}, Blocked: []calc.BudgetApart{}}
	var err error
	if q.what == forBudget {
		err = b.planBudget(ctx, s, q.usd, result)
	} else {
		err = b.planSetups(ctx, s, q, result)
	}
	if err != nil {
		return nil, err
	}
	roundFigures(result)
	return result, nil
}

// planSetups finds the set-ups that serve.
func (b *bench) planSetups(ctx context.Context, s calc.Scenario, q planOptions, result *plan) error {
	if err := b.checkModels(s, q.models); err != nil {
		return err
	}
	found, err := b.assessor.Setups(ctx, s, calc.SetupQuery{Models: q.models, EverySize: q.everySize}, b.options.Today, nil)
	if err != nil {
		return err
	}
	order := planOrders[q.sort]
	for _, list := range [][]calc.SetupOption{found.Serving, found.Apart} {
		slices.SortStableFunc(list, func(x, y calc.SetupOption) int { return order(&x, &y) })
	}
	result.Looked, result.Found, result.Setups = found.Looked, len(found.Serving), found.Serving
	result.KeptOut = countReasons(found.Apart)
	if q.apart {
		result.Apart = found.Apart
	}
	if q.limit > 0 {
		result.Setups = result.Setups[:min(q.limit, len(result.Setups))]
		result.Apart = result.Apart[:min(q.limit, len(result.Apart))]
	}
	return nil
}

// checkModels refuses a model that neither the catalogue nor the file has.
func (b *bench) checkModels(s calc.Scenario, wanted []string) error {
	var ids []string
	for _, m := range b.assessor.Catalogue().Models {
		ids = append(ids, m.ID)
	}
	for _, m := range s.Facts().Models {
		ids = append(ids, m.ID)
	}
	for _, id := range wanted {
		if !slices.Contains(ids, id) {
			return wrong("--model", fmt.Sprintf("%q is no model of the catalogue", id), strings.Join(ids, ", "), nearestWord(id, ids))
		}
	}
	return nil
}

// countReasons counts the set-ups that each rule or wish keeps out, most first.
func countReasons(apart []calc.SetupOption) []keptOut {
	var rules []string
	for i := range apart {
		for _, reason := range apart[i].Reasons() {
			rule, _, _ := strings.Cut(reason, ":")
			rules = append(rules, rule)
		}
	}
	counted := calc.CountReasons(rules)
	out := make([]keptOut, len(counted))
	for i, c := range counted {
		out[i] = keptOut{c.Reason, c.Rows}
	}
	return out
}

// planBudget finds the most calls by route.
func (b *bench) planBudget(ctx context.Context, s calc.Scenario, usd float64, result *plan) error {
	if usd == 0 {
		usd = s.Likely(monthlyLimit)
	}
	if usd <= 0 {
		return wrong(monthlyLimit, "there is no budget in the file", "a number above 0 there, or --usd AMOUNT", "")
	}
	found, err := b.assessor.Budget(ctx, s, usd, b.options.Today, nil)
	if err != nil {
		return err
	}
	result.BudgetUSD, result.Routes, result.Blocked = &usd, found.Options, found.Apart
	return nil
}

func (p *program) printPlan(r *plan) {
	if r.For == forBudget {
		p.printBudget(r)
		return
	}
	words := "cheapest first"
	if r.Found > len(r.Setups) {
		words = fmt.Sprintf("the first %d of %s", len(r.Setups), format.Whole(float64(r.Found)))
	}
	p.printLine("Set-ups that serve", format.Whole(r.Calls), "calls a month, "+words)
	p.printGrid(setupGrid(r.Setups, false))
	for _, k := range r.KeptOut {
		p.printLine(format.Whole(float64(k.Setups)), "more are kept out by", k.Rule)
	}
	if len(r.Apart) > 0 {
		p.printLine("Kept out by a rule or a wish")
		p.printGrid(setupGrid(r.Apart, true))
	}
}

// setupGrid is a table of set-ups, with why they are kept out where they are.
func setupGrid(list []calc.SetupOption, reasons bool) *grid {
	heads := []string{"set-up", ">replicas", ">own a month", ">rent a month", ">paid at the start", ">kW", ">holds calls", ">tok/s a user", "speed is"}
	if reasons {
		heads = append(heads, "why not")
	}
	g := newGrid(heads...)
	for _, x := range list {
		cells := []string{x.Label, format.Whole(float64(x.Replicas)), money(x.OwnUSD), money(x.RentUSD), money(x.Upfront), format.Number(x.PowerKW, 3),
			format.Count(x.Calls), format.Number(x.PerUser, 2), x.Basis}
		if reasons {
			cells = append(cells, strings.Join(x.Reasons(), "; "))
		}
		g.add(cells...)
	}
	return g
}

func (p *program) printBudget(r *plan) {
	p.printLine("Most calls a month for", format.Money(*r.BudgetUSD), "a month")
	g := newGrid("route", "on", ">calls a month", ">costs a month", ">tok/s a user", "what stops it")
	for _, x := range r.Routes {
		on, speed := x.Label, ""
		if x.Setup != nil {
			on = x.Setup.Label
		}
		if x.PerUser != nil {
			speed = format.Number(*x.PerUser, 2)
		}
		g.add(x.Route, on, format.CountTo(x.Calls, 3), format.Money(x.USD), speed, x.Stops)
	}
	p.printGrid(g)
	for _, x := range r.Blocked {
		p.printLine(x.Route+":", strings.Join(x.Reasons, "; "))
	}
}
