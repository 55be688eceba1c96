package cli

import (
	"context"
	"fmt"
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

// plan is the cheapest set-ups for a demand, or the most calls for a budget.
type plan struct {
	Schema    int                 `json:"schema"`
	Today     string              `json:"today"`
	Name      string              `json:"scenario_name"`
	For       string              `json:"for"` // "setup" or "budget"
	Calls     float64             `json:"calls_per_month"`
	BudgetUSD *float64            `json:"budget_usd_per_month"`
	Setups    []calc.SetupOption  `json:"setups"`
	Routes    []calc.BudgetOption `json:"routes"`
}

func (p *program) planCommand() *cobra.Command {
	var o settings
	var what string
	var usd float64
	var asJSON bool
	c := &cobra.Command{
		Use:     "plan FILE",
		GroupID: groupDecide,
		Short:   "Find the cheapest set-ups for a demand, or the most calls for a budget",
		Long: "Search every device of the catalogue for set-ups that serve this demand as fast as wished, cheapest first; or, with\n" +
			"--for budget, find for each open route the most calls a month that the budget pays for. The budget is --usd, else\n" +
			"the file's " + monthlyLimit + ".",
		Example: "  hostwise plan case.json\n  hostwise plan case.json --for budget --usd 20000 --json",
		Args:    takes(1, 1, "FILE, a scenario file, or - for standard input"),
		RunE: func(c *cobra.Command, args []string) error {
			if what != forSetup && what != forBudget {
				return wrong("--for", fmt.Sprintf("%q is nothing to plan for", what), "setup, budget", nearestWord(what, []string{forSetup, forBudget}))
			}
			if c.Flags().Changed("usd") && !(usd > 0 && usd <= maxUSD) {
				return wrong("--usd", "is no budget", "dollars a month, above 0 and up to 1,000,000,000,000", "")
			}
			b, err := p.bench(c.Context(), o)
			if err != nil {
				return err
			}
			s, err := b.scenario(c.Context(), args[0])
			if err != nil {
				return err
			}
			result, err := b.plan(c.Context(), s, what, usd)
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
	c.Flags().StringVar(&what, "for", forSetup, "`WHAT` to find: setup or budget")
	c.Flags().Float64Var(&usd, "usd", 0, "the budget in `DOLLARS` a month, with --for budget")
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	complete(c, "for", forSetup, forBudget)
	return c
}

func (b *bench) plan(ctx context.Context, s calc.Scenario, what string, usd float64) (*plan, error) {
	result := &plan{Schema: calc.AssessmentSchema, Today: b.options.Today.Format("2006-01-02"), Name: s.Name(), For: what,
		Calls: s.Likely("workload.calls_per_month"), Setups: []calc.SetupOption{}, Routes: []calc.BudgetOption{}}
	var err error
	if what == forSetup {
		result.Setups, err = b.assessor.Setups(ctx, s, b.options.Today, nil)
		roundFigures(result)
		return result, err
	}
	if usd == 0 {
		usd = s.Likely(monthlyLimit)
	}
	if usd <= 0 {
		return nil, wrong(monthlyLimit, "there is no budget in the file", "a number above 0 there, or --usd AMOUNT", "")
	}
	result.BudgetUSD = &usd
	result.Routes, err = b.assessor.Budget(ctx, s, usd, b.options.Today)
	roundFigures(result)
	return result, err
}

func (p *program) printPlan(r *plan) {
	if r.For == forBudget {
		p.printLine("Most calls a month for", format.Money(*r.BudgetUSD), "a month")
		g := newGrid("route", "what it is", ">calls a month", ">costs a month")
		for _, x := range r.Routes {
			g.add(x.Route, x.Label, format.Whole(x.Calls), format.Money(x.USD))
		}
		p.printGrid(g)
		return
	}
	p.printLine("Set-ups that serve", format.Whole(r.Calls), "calls a month, cheapest first")
	g := newGrid("set-up", ">replicas", ">own a month", ">rent a month", ">paid at the start", ">kW", ">holds calls", ">tok/s a user", "speed is")
	for _, x := range r.Setups {
		g.add(x.Label, format.Whole(float64(x.Replicas)), money(x.OwnUSD), money(x.RentUSD), money(x.Upfront), format.Number(x.PowerKW, 3),
			format.Count(x.Calls), format.Number(x.PerUser, 2), strings.TrimSpace(x.Basis))
	}
	p.printGrid(g)
}
