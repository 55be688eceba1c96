package setups

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// limitPath is the answer that a budget is read like, and first taken from.
const limitPath = "rules.monthly_usd_limit"

// budgetView is the most calls a month that an amount can serve, by route.
type budgetView struct {
	page   *Page
	body   *fyne.Container
	detail *detail
	job    job

	field   *ui.Field
	state   *fyne.Container
	working *ui.Working
	title   *ui.Text
	rows    *fyne.Container
	scroll  *container.Scroll

	of     calc.Scenario
	usd    float64 // that found belongs to, or that is being worked out; 0 = none yet
	typed  bool    // the person wrote the amount
	stale  bool
	halted bool
	err    error
	found  *calc.BudgetSearch
}

func newBudgetView(p *Page) *budgetView {
	v := &budgetView{page: p, rows: ui.Column(0)}
	v.job = job{session: p.session, run: p.shell.Run, changed: v.showState, moved: v.say}
	v.detail = newDetail(p, func() { v.body.Refresh() })
	v.field = ui.NewField("a month", func(string) { v.typed = true; v.check() })
	v.field.SetPlaceholder("Budget a month, such as 20k")
	v.field.OnSubmit = v.read
	v.field.OnLeave = v.read
	v.title = ui.NewText(ui.PanelTitle, "").Wrapped()
	v.state, v.working = ui.Row(8), ui.NewWorking()
	ask := ui.Row(10, ui.NewText(ui.BodyStrong, "Budget"), ui.Fixed(260, 0, v.field), ui.NewButton(ui.Outline, "Find", v.read), v.state)
	v.scroll = ui.Scroll(ui.Inset(14, margin, 24, margin, ui.Column(14, ask, v.title, v.rows)))
	v.body = container.New(sideLayout{}, v.scroll, v.detail.panel)
	return v
}

func (v *budgetView) content() fyne.CanvasObject { return v.body }

// scenarioChanged marks the list as belonging to older answers; another case brings its own amount.
func (v *budgetView) scenarioChanged(opened bool) {
	if opened {
		v.typed = false
	}
	if v.usd > 0 && !v.of.Equal(v.page.session.Scenario()) {
		v.stale, v.halted = true, false
		v.job.stop()
	}
}

// show takes the case's own amount where the person wrote none, and works out what is not there or old.
func (v *budgetView) show() {
	if !v.typed {
		if usd := v.suggested(); usd > 0 {
			opt := calc.EntryOptionsOf(v.page.session.Scenario())
			v.field.SetText(calc.FormatEntryWith(calc.InputAt(limitPath), calc.Num(usd), opt))
		}
	}
	usd, ok := v.amount()
	if ok && !v.job.busy && !v.halted && (v.stale || usd != v.usd) {
		v.run(usd)
		return
	}
	v.fill()
}

// suggested is the limit on a month, else what the verdict's route costs.
func (v *budgetView) suggested() float64 {
	if usd := v.page.session.Scenario().Likely(limitPath); usd > 0 {
		return usd
	}
	a, _ := v.page.session.Assessment()
	if a == nil {
		return 0
	}
	if r := a.Route(a.Verdict.Route); r != nil && r.Monthly != nil {
		return roundedUp(r.Monthly.Likely)
	}
	return 0
}

// roundedUp is an amount as a budget would be written: the next of 1, 2, 3 … times a power of ten.
func roundedUp(usd float64) float64 {
	step := 1.0
	for step*10 <= usd {
		step *= 10
	}
	n := 1.0
	for n*step < usd {
		n++
	}
	return n * step
}

// amount reads the field, in dollars.
func (v *budgetView) amount() (float64, bool) {
	if strings.TrimSpace(v.field.Text()) == "" {
		return 0, false
	}
	x, err := calc.ParseEntry(calc.InputAt(limitPath), v.field.Text(), calc.EntryOptionsOf(v.page.session.Scenario()))
	if err != nil {
		return 0, false
	}
	return x.Number.Likely, x.Number.Likely > 0
}

// check says at the field what is wrong with the amount.
func (v *budgetView) check() {
	problem := ""
	text := strings.TrimSpace(v.field.Text())
	x, err := calc.ParseEntry(calc.InputAt(limitPath), text, calc.EntryOptionsOf(v.page.session.Scenario()))
	switch {
	case text == "":
	case err != nil:
		problem = format.Capital(err.Error()) + "."
	case !(x.Number.Likely > 0):
		problem = "Write an amount above 0."
	}
	v.field.SetProblem(problem)
	v.body.Refresh()
}

// read takes the amount that was written.
func (v *budgetView) read() {
	v.check()
	if usd, ok := v.amount(); ok && (usd != v.usd || v.stale || v.halted) {
		v.run(usd)
	}
}

// run fills every route to the amount.
func (v *budgetView) run(usd float64) {
	s := v.page.searcher()
	if s == nil {
		return
	}
	scenario, today := v.page.session.Scenario(), v.page.session.Now()
	v.of, v.usd, v.stale, v.halted = scenario, usd, true, false
	start(&v.job, func(ctx context.Context, tell func(float64)) (*calc.BudgetSearch, error) {
		return s.Budget(ctx, scenario, usd, today, tell)
	}, func(f *calc.BudgetSearch, err error) {
		v.stale, v.err = err != nil, err
		if err == nil {
			v.found = f
		}
		if v.detail.o != nil {
			v.detail.close()
		}
		v.fill()
	})
}

// stop ends the search at the person's wish.
func (v *budgetView) stop() {
	v.job.stop()
	v.halted = true
	v.showState()
}

func (v *budgetView) showState() {
	v.state.Objects = nil
	switch {
	case v.job.busy:
		v.say(v.job.share)
		v.state.Add(v.working)
		v.state.Add(ui.NewButton(ui.Outline, "Cancel", v.stop).Small())
	case v.err != nil:
		v.state.Add(ui.NewWarningBadge("not worked out: " + v.err.Error()))
	case v.halted, v.stale && v.found != nil:
		v.state.Add(ui.NewWarningBadge("of older answers"))
		v.state.Add(ui.NewButton(ui.Outline, "Search again", func() { v.run(v.usd) }).Small())
	}
	v.state.Refresh()
	v.body.Refresh()
}

// fill writes the table.
func (v *budgetView) fill() {
	v.rows.Objects = nil
	v.title.SetText("How many calls a month can an amount serve?")
	if v.found != nil {
		v.title.SetText(v.finding())
		if len(v.found.Options) > 0 {
			v.rows.Add(v.header())
			v.rows.Add(ui.NewHairline())
		}
		for i := range v.found.Options {
			v.rows.Add(v.row(&v.found.Options[i]))
		}
		v.addApart()
	}
	v.rows.Refresh()
	v.scroll.Refresh()
	v.showState()
}

// say says how much of the search is done.
func (v *budgetView) say(share float64) {
	v.working.Say(fmt.Sprintf("Searching, %s", format.Share(share)), share)
}

// finding is the answer in a sentence.
func (v *budgetView) finding() string {
	cur := v.page.currency()
	amount := cur.Total(v.found.USD)
	if len(v.found.Options) == 0 {
		return amount + " a month serve no call with these rules and wishes."
	}
	o := &v.found.Options[0]
	return fmt.Sprintf("%s a month serve up to %s calls: %s.", amount, format.Whole(o.Calls), lower(o.Label))
}

// budgetWidths are the columns of the budget's table at 100 %, the first and last of which take what is left.
var budgetWidths = []float32{0, 110, 84, 76, 0}

func (v *budgetView) header() fyne.CanvasObject {
	cell := func(words string, right bool) fyne.CanvasObject {
		t := ui.NewText(ui.Caption, words).In(ui.ColorInk3).Cut()
		if right {
			t.Right()
		}
		return t
	}
	return budgetCells(cell("Route, on its best set-up", false), cell("Calls a month", true), cell("A month", true), cell("Tok/s, user", true), cell("What stops it", false))
}

func (v *budgetView) row(o *calc.BudgetOption) fyne.CanvasObject {
	on, speed := "", format.Unknown
	if o.Setup != nil {
		on = o.Setup.Label
	}
	if o.Share != nil {
		on = format.Share(*o.Share) + " of the calls on " + on
	}
	if o.PerUser != nil {
		speed = rate(*o.PerUser)
	}
	name := ui.Column(0, ui.RouteName(string(o.Kind), o.Label, false, false))
	if on != "" {
		name.Add(ui.Inset(0, 0, 0, 18, ui.NewText(ui.Caption, on).In(ui.ColorInk3).Wrapped()))
	}
	cells := budgetCells(name, ui.NewText(ui.BodyStrong, format.Whole(o.Calls)).Right(), ui.NewText(ui.Body, v.page.currency().Total(o.USD)).Right(),
		ui.NewText(ui.Body, speed).Right(), ui.NewText(ui.Secondary, o.Stops).In(ui.ColorInk2).Wrapped())
	if o.Setup == nil {
		return ui.Pad(6, 0, cells)
	}
	line := ui.NewPressable(ui.Pad(6, 0, cells), func() {
		v.detail.open(o.Setup, v.of.With("workload.calls_per_month", calc.Num(o.Calls)))
		v.body.Refresh()
	})
	line.SetKey(v.detail.key)
	return line
}

// addApart lists the routes that serve nothing, with why; weaker models in one line.
func (v *budgetView) addApart() {
	var weaker []string
	var lines []fyne.CanvasObject
	for _, x := range v.found.Apart {
		if len(x.Reasons) == 1 && strings.HasPrefix(x.Reasons[0], "minimum_model") {
			weaker = append(weaker, x.Label)
			continue
		}
		words := make([]string, len(x.Reasons))
		for i, reason := range x.Reasons {
			words[i] = reasonWords(reason)
		}
		lines = append(lines, container.New(factLayout{width: 230}, ui.NewText(ui.Secondary, x.Label).In(ui.ColorInk2).Cut(), ui.NewText(ui.Secondary, strings.Join(words, ". ")+".").In(ui.ColorInk3).Wrapped()))
	}
	if len(weaker) > 0 {
		lines = append(lines, ui.NewText(ui.Secondary, fmt.Sprintf("%d routes on models below your minimum are not looked at.", len(weaker))).In(ui.ColorInk3).Wrapped())
	}
	if len(lines) > 0 {
		v.rows.Add(ui.Inset(18, 0, 0, 0, ui.Column(6, append([]fyne.CanvasObject{ui.NewText(ui.BodyStrong, "Kept out, or nothing within the amount")}, lines...)...)))
	}
}

// budgetCells sets the cells of one line of the budget's table.
func budgetCells(cells ...fyne.CanvasObject) *fyne.Container {
	return container.New(budgetLayout{}, cells...)
}

type budgetLayout struct{}

// stackCells is the width at 100 % under which what stops a route stands below it, and its speed on its panel alone.
const stackCells = 660

const budgetGap = 16

// places returns the left edge and width of each cell; the width of a cell without room is 0.
func (budgetLayout) places(width float32) (x, w []float32, stacked bool) {
	k := min(ui.Scale(), 1.5)
	if width < stackCells*k {
		calls, month := budgetWidths[1]*k, budgetWidths[2]*k
		name := max(80, width-calls-month-2*budgetGap)
		return []float32{0, name + budgetGap, name + calls + 2*budgetGap, 0, 18}, []float32{name, calls, month, 0, max(80, width-18)}, true
	}
	left := width - budgetGap*float32(len(budgetWidths)-1)
	for _, b := range budgetWidths {
		left -= b * k
	}
	at := float32(0)
	for _, b := range budgetWidths {
		each := b * k
		if b == 0 {
			each = max(80, left/2)
		}
		x, w = append(x, at), append(w, each)
		at += each + budgetGap
	}
	return x, w, false
}

// HeightAt implements ui.FlowLayout.
func (l budgetLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	_, w, stacked := l.places(width)
	high := float32(0)
	for i := range o {
		if w[i] > 0 && !(stacked && i == len(o)-1) {
			high = max(high, ui.HeightAt(o[i], w[i]))
		}
	}
	if stacked && !heading(o) {
		high += ui.HeightAt(o[len(o)-1], w[len(o)-1])
	}
	return high
}

// heading reports whether the cells are the table's head, whose last name has no place where cells are stacked.
func heading(o []fyne.CanvasObject) bool {
	_, text := o[0].(*ui.Text)
	return text
}

func (l budgetLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(300, ui.Scaled(20))
}

func (l budgetLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	x, w, stacked := l.places(s.Width)
	below := float32(0)
	for i := range o {
		last := i == len(o)-1
		if w[i] == 0 || stacked && last && heading(o) {
			o[i].Move(fyne.NewPos(-4000, 0))
			continue
		}
		high := ui.HeightAt(o[i], w[i])
		if !stacked || !last {
			ui.Place(o[i], x[i], 0, w[i], high)
			below = max(below, high)
			continue
		}
		ui.Place(o[i], x[i], below, w[i], high)
	}
}
