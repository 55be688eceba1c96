package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"hostwise/app/figure/format"
	"hostwise/calc"
)

// comparison sets scenarios side by side: what was answered differently, what came out, and what each change cost.
type comparison struct {
	Schema    int                `json:"schema"`
	Catalogue calc.CatalogueInfo `json:"catalogue"`
	Today     string             `json:"today"`
	Draws     int                `json:"draws"`
	Files     []comparedFile     `json:"files"`
	Inputs    []comparedInput    `json:"inputs"` // those that differ from the first file in at least one
	Outcomes  []outcome          `json:"outcomes"`
	Bridges   []namedBridge      `json:"bridge"` // from the first file to each other
}

type comparedFile struct {
	File string `json:"file"`
	Name string `json:"name"`
}

// comparedInput is one answer in every file.
type comparedInput struct {
	Path   string   `json:"path"`
	Label  string   `json:"label"`
	Values []any    `json:"values"` // as the files write them; texts where the change is no input of its own
	Texts  []string `json:"texts"`  // as a person reads them
}

// outcome is what came out of one file.
type outcome struct {
	File         string         `json:"file"`
	Name         string         `json:"name"`
	Route        string         `json:"route"` // "" where nothing is feasible
	Kind         calc.RouteKind `json:"kind"`
	Headline     string         `json:"headline"`
	Confidence   string         `json:"confidence"`
	Chance       *float64       `json:"chance_cheapest"`      // that this exact route is the cheapest
	KindChance   *float64       `json:"chance_kind_cheapest"` // that its kind is; null where no futures were drawn
	Monthly      *calc.Range    `json:"monthly_usd"`
	PerCall      *calc.Range    `json:"usd_per_successful_call"`
	PerTask      *calc.Range    `json:"usd_per_task"`
	Horizon      *calc.Range    `json:"horizon_usd"`
	Upfront      *float64       `json:"upfront_usd"`
	Setup        string         `json:"deployment"` // what the model would run on here
	Replicas     int            `json:"replicas"`
	Fits         bool           `json:"fits"`
	TotalBytes   calc.Range     `json:"total_bytes"`
	PerUserTokS  calc.Range     `json:"tokens_per_second_per_user"`
	CheapestOwn  *float64       `json:"cheapest_own_usd_per_month"`
	CheapestRent *float64       `json:"cheapest_rent_usd_per_month"`
	CheapestAPI  *float64       `json:"cheapest_api_usd_per_month"`
	Warnings     int            `json:"warnings"`
}

type namedBridge struct {
	From  string `json:"from"` // the first file
	To    string `json:"to"`
	Words string `json:"words"`
	calc.Bridge
}

func (p *program) compareCommand() *cobra.Command {
	var o settings
	var asJSON bool
	c := &cobra.Command{
		Use:     "compare FILE FILE…",
		GroupID: groupDecide,
		Short:   "Set scenarios side by side: what differs, what came out, what each change cost",
		Long: "Compare two or more scenario files: the answers that differ, the outcomes, and the bridge from the first file to\n" +
			"each other one, which says what every changed answer does to the monthly cost of the verdict's route.",
		Example: "  hostwise compare today.json next-year.json\n  hostwise compare a.json b.json c.json --json",
		Args:    takes(2, -1, "two or more scenario files"),
		RunE: func(c *cobra.Command, args []string) error {
			b, err := p.bench(c.Context(), o)
			if err != nil {
				return err
			}
			if err := oneStandardInput(args); err != nil {
				return err
			}
			all, err := b.scenarios(c.Context(), args)
			if err != nil {
				return err
			}
			result, err := b.compare(c.Context(), args, all)
			if err != nil {
				return err
			}
			if asJSON {
				return p.printJSON(result)
			}
			p.printComparison(result)
			return nil
		},
	}
	o.quickly(c)
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

// oneStandardInput refuses "-" twice: the second would find nothing left.
func oneStandardInput(names []string) error {
	n := 0
	for _, name := range names {
		if name == standardInput {
			n++
		}
	}
	if n > 1 {
		return wrong(standardInput, "standard input can be read only once", "- at most once", "")
	}
	return nil
}

func (b *bench) compare(ctx context.Context, names []string, all []calc.Scenario) (*comparison, error) {
	result := &comparison{Schema: calc.AssessmentSchema, Files: []comparedFile{}, Bridges: []namedBridge{}}
	assessed := make([]*calc.Assessment, len(all))
	for i, s := range all {
		a, err := b.assessor.Assess(ctx, s, b.options)
		if err != nil {
			return nil, err
		}
		assessed[i] = a
		result.Files = append(result.Files, comparedFile{names[i], s.Name()})
		result.Outcomes = append(result.Outcomes, outcomeOf(names[i], a))
		if i == 0 {
			result.Catalogue, result.Today, result.Draws = a.Catalogue, a.Today, a.Draws
			continue
		}
		bridge, err := b.assessor.Bridge(ctx, all[0], s, b.options.Today)
		if err != nil {
			return nil, err
		}
		result.Bridges = append(result.Bridges, namedBridge{names[0], names[i], bridge.Words(), bridge})
	}
	result.Inputs = comparedInputs(all, assessed)
	roundFigures(result)
	return result, nil
}

// comparedInputs are the answers that differ from the first scenario in at least one other.
func comparedInputs(all []calc.Scenario, assessed []*calc.Assessment) []comparedInput {
	at := map[string]int{}
	rows := []comparedInput{}
	for i, s := range all[1:] {
		for _, change := range calc.Diff(all[0], s) {
			row, seen := at[change.Path]
			if !seen {
				row = len(rows)
				at[change.Path] = row
				rows = append(rows, firstSide(change, all, assessed))
			}
			rows[row].Texts[i+1] = change.ToText
			if change.Input == nil {
				rows[row].Values[i+1] = change.ToText
			}
		}
	}
	return rows
}

// firstSide is a row in which every file says what the first one says, but for the values of inputs.
func firstSide(change calc.Change, all []calc.Scenario, assessed []*calc.Assessment) comparedInput {
	row := comparedInput{Path: change.Path, Label: change.Label, Values: make([]any, len(all)), Texts: make([]string, len(all))}
	for i := range all {
		row.Texts[i], row.Values[i] = change.FromText, change.FromText
		if change.Input != nil {
			row.Values[i] = usedValue(assessed[i], change.Path)
		}
	}
	return row
}

// usedValue is an input as an assessment used it.
func usedValue(a *calc.Assessment, path string) any {
	for _, assumption := range a.Assumptions {
		if assumption.Path == path {
			return assumption.Value
		}
	}
	return nil
}

func outcomeOf(file string, a *calc.Assessment) outcome {
	d := a.Deployment
	o := outcome{File: file, Name: a.ScenarioName, Route: a.Verdict.Route, Kind: a.Verdict.Kind, Headline: a.Verdict.Headline,
		Confidence: a.Verdict.Confidence, Chance: a.Verdict.Chance, Replicas: d.Replicas, Fits: d.Fits, TotalBytes: d.TotalBytes,
		PerUserTokS: a.Throughput.PerUserTokS, Warnings: len(a.Warnings),
		Setup: strings.Join([]string{d.DeviceLabel, d.Precision, d.Engine}, ", "),
	}
	if r := a.Route(a.Verdict.Route); r != nil {
		o.Monthly, o.PerCall, o.PerTask, o.Horizon, o.Upfront = r.Monthly, r.PerCall, r.PerTask, r.Horizon, r.Upfront
	}
	if chance, known := a.KindChance(); known {
		o.KindChance = &chance
	}
	for i := range a.Routes {
		switch r := &a.Routes[i]; {
		case !r.Feasible || r.Monthly == nil:
		case r.Kind == calc.Own && o.CheapestOwn == nil:
			o.CheapestOwn = &r.Monthly.Likely
		case r.Kind == calc.Rent && o.CheapestRent == nil:
			o.CheapestRent = &r.Monthly.Likely
		case r.Kind == calc.API && o.CheapestAPI == nil:
			o.CheapestAPI = &r.Monthly.Likely
		}
	}
	return o
}

func (p *program) printComparison(c *comparison) {
	titles := []string{""}
	for _, f := range c.Files {
		titles = append(titles, f.File)
	}
	p.printLine("Answers that differ")
	g := newGrid(titles...)
	for _, in := range c.Inputs {
		g.add(append([]string{in.Label}, in.Texts...)...)
	}
	p.printGrid(g)
	p.printLine("\nOutcomes")
	g = newGrid(titles...)
	for _, row := range outcomeRows {
		cells := []string{row.label}
		for i := range c.Outcomes {
			cells = append(cells, row.text(&c.Outcomes[i]))
		}
		g.add(cells...)
	}
	p.printGrid(g)
	for _, b := range c.Bridges {
		p.printLine("\nFrom", clean(b.From), "to", clean(b.To)+", dollars a month,", b.Order)
		g := newGrid("change", "from", "to", ">$ a month", "then cheapest")
		for _, s := range b.Steps {
			g.add(s.Label, s.From, s.To, signedMoney(s.USD), s.Route)
		}
		p.printGrid(g)
		p.printLine(clean(b.Words))
	}
}

// outcomeRows are the outcomes as a person reads them.
var outcomeRows = []struct {
	label string
	text  func(*outcome) string
}{
	{"Verdict", func(o *outcome) string { return o.Route }},
	{"Confidence", func(o *outcome) string { return o.Confidence }},
	{"Chance that its kind is the cheapest", func(o *outcome) string { return shareOrUnknown(o.KindChance) }},
	{"A month", func(o *outcome) string { return moneyRange(o.Monthly) }},
	{"A successful call", func(o *outcome) string { return moneyRange(o.PerCall) }},
	{"Over the horizon", func(o *outcome) string { return moneyRange(o.Horizon) }},
	{"Paid at the start", func(o *outcome) string { return money(o.Upfront) }},
	{"Cheapest API", func(o *outcome) string { return money(o.CheapestAPI) }},
	{"Cheapest rent", func(o *outcome) string { return money(o.CheapestRent) }},
	{"Cheapest own", func(o *outcome) string { return money(o.CheapestOwn) }},
	{"Local set-up", func(o *outcome) string { return o.Setup }},
	{"Its replicas", func(o *outcome) string { return format.Whole(float64(o.Replicas)) }},
	{"Its memory", func(o *outcome) string { return rangeText(o.TotalBytes, format.Bytes) }},
}

// money is an amount that may be unknown.
func money(v *float64) string {
	if v == nil {
		return format.Unknown
	}
	return format.Money(*v)
}

// shareOrUnknown is a chance that may be unknown.
func shareOrUnknown(v *float64) string {
	if v == nil {
		return format.Unknown
	}
	return format.Chance(*v)
}

func moneyRange(r *calc.Range) string {
	if r == nil {
		return format.Unknown
	}
	if r.IsExact() {
		return format.Money(r.Likely)
	}
	return format.Money(r.Likely) + " (" + format.Between(format.Money(r.Low), format.Money(r.High)) + ")"
}

func signedMoney(v *float64) string {
	if v == nil {
		return format.Unknown
	}
	if *v > 0 {
		return "+" + format.Money(*v)
	}
	return format.Money(*v)
}
