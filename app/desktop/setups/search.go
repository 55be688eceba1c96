package setups

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// searchView is the table of what serves the case's demand.
type searchView struct {
	page   *Page
	body   *fyne.Container
	detail *detail
	table  *table
	job    job

	title   *ui.Text
	state   *fyne.Container // working, stale or failed
	working *ui.Working
	serving *ui.Chip
	apart   *ui.Chip
	search  *ui.Field
	models  *ui.Select
	maker   *ui.Select
	precise *ui.Select
	engine  *ui.Select
	fit     *ui.Select
	bits    *ui.Select
	larger  *ui.CheckBox
	count   *ui.Text
	empty   *fyne.Container

	of        calc.Scenario // that found belongs to, or that is being worked out
	asked     bool
	stopped   bool // by the person
	stale     bool
	err       error
	found     *calc.SetupSearch
	rows      [2][]row // serving, apart
	showApart bool
}

func newSearchView(p *Page) *searchView {
	v := &searchView{page: p}
	v.job = job{session: p.session, run: p.shell.Run, changed: v.showState, moved: v.say}
	v.detail = newDetail(p, func() { v.table.at = ""; v.table.list.Refresh(); v.body.Refresh() })
	v.table = newTable(v.fill, v.pick, v.detail.key)
	v.build()
	return v
}

func (v *searchView) content() fyne.CanvasObject { return v.body }

func (v *searchView) build() {
	v.title = ui.NewText(ui.PanelTitle, "").Cut()
	v.state, v.empty = ui.Row(8), container.NewStack()
	v.working = ui.NewWorking()
	v.serving = ui.NewChip("Serve this demand", "", func() { v.side(false) })
	v.apart = ui.NewChip("Kept out by a rule or a wish", "", func() { v.side(true) })
	v.serving.SetChosen(true)
	v.search = ui.NewSearchField("Search set-ups", func(string) { v.fill() })
	again := func(string) { v.fill() }
	all := func(words string) []ui.Choice { return []ui.Choice{{ID: "", Title: words}} }
	v.models = ui.NewSelect([]ui.Choice{{ID: "", Title: "this model"}, {ID: "all", Title: "all models"}}, "", func(string) { v.run() })
	v.maker, v.precise, v.engine = ui.NewSelect(all("any maker"), "", again), ui.NewSelect(all("any precision"), "", again), ui.NewSelect(all("any engine"), "", again)
	v.fit = ui.NewSelect([]ui.Choice{{ID: "", Title: "any fit"}, {ID: "fits", Title: "fits"}, {ID: "tight", Title: "tight"}}, "", again)
	v.bits = ui.NewSelect([]ui.Choice{{ID: "", Title: "any bits"}, {ID: "least", Title: "4 bits and more"}, {ID: "below", Title: "below 4 bits"}}, "", again)
	v.larger = ui.NewCheckBox("Larger sizes too", func(bool) { v.run() })
	v.larger.SetTip("Also list sizes larger than this demand needs")
	v.count = ui.NewText(ui.Secondary, "").In(ui.ColorInk3)
	head := ui.Row(10, ui.Grow(v.title), v.state, ui.Fixed(200, 32, v.search))
	filters := ui.Wrap(8, 6, v.serving, v.apart, v.models, v.maker, v.precise, v.engine, v.fit, v.bits, v.larger, v.count)
	main := container.New(tableLayout{}, ui.Column(10, head, filters), v.table.head, container.NewStack(v.table.list, v.table.list.Ring(), v.empty),
		ui.NewText(ui.Caption, "Arrows choose a row and the column to sort by. Amounts in brackets are kept out by a rule.").In(ui.ColorInk3).Cut())
	v.body = container.New(sideLayout{}, main, v.detail.panel)
}

// scenarioChanged marks the list as belonging to older answers.
func (v *searchView) scenarioChanged() {
	if v.asked && !v.of.Equal(v.page.session.Scenario()) {
		v.stale, v.stopped = true, false
		v.job.stop()
	}
}

// show works the list out where it is not there or not of the newest answers.
func (v *searchView) show() {
	if (!v.asked || v.stale) && !v.stopped && !v.job.busy {
		v.run()
		return
	}
	v.showState()
}

// run searches anew.
func (v *searchView) run() {
	s := v.page.searcher()
	if s == nil {
		return
	}
	scenario, today := v.page.session.Scenario(), v.page.session.Now()
	q := calc.SetupQuery{EverySize: v.larger.On()}
	if v.models.Chosen() == "all" {
		for _, m := range v.page.session.Catalogue().Models {
			q.Models = append(q.Models, m.ID)
		}
	}
	v.of, v.asked, v.stopped, v.stale = scenario, true, false, true
	start(&v.job, func(ctx context.Context, tell func(float64)) (found, error) {
		list, err := s.Setups(ctx, scenario, q, today, tell)
		if err != nil {
			return found{}, err
		}
		cat := v.page.session.Catalogue()
		return found{list, [2][]row{rowsOf(list.Serving, cat), rowsOf(list.Apart, cat)}}, nil
	}, func(f found, err error) {
		v.stale, v.err = err != nil, err
		if err == nil {
			v.found, v.rows = f.search, f.rows
			v.offer()
			v.reopen()
		}
		v.fill()
	})
}

// found is a search with its rows.
type found struct {
	search *calc.SetupSearch
	rows   [2][]row
}

// stop ends the search at the person's wish.
func (v *searchView) stop() {
	v.job.stop()
	v.stopped = true
	v.showState()
}

// reopen shows the open set-up as the new list has it, or closes the panel.
func (v *searchView) reopen() {
	if v.detail.o == nil {
		return
	}
	for _, rows := range v.rows {
		for i := range rows {
			if rows[i].o.ID == v.detail.o.ID {
				v.detail.open(rows[i].o, v.of)
				return
			}
		}
	}
	v.detail.close()
}

// showState says what is under way, or that the list is old.
func (v *searchView) showState() {
	v.state.Objects = nil
	switch {
	case v.job.busy:
		v.say(v.job.share)
		v.state.Add(v.working)
		v.state.Add(ui.NewButton(ui.Outline, "Cancel", v.stop).Small())
	case v.err != nil:
		v.state.Add(ui.NewWarningBadge("not worked out"))
		v.state.Add(ui.NewButton(ui.Outline, "Search again", v.run).Small())
	case v.stopped || v.stale && v.asked:
		words := "of older answers"
		if v.found == nil {
			words = "stopped"
		}
		v.state.Add(ui.NewWarningBadge(words))
		v.state.Add(ui.NewButton(ui.Outline, "Search again", v.run).Small())
	}
	v.state.Refresh()
	v.title.SetText(v.finding())
	v.body.Refresh()
}

// say says how much of the search is done.
func (v *searchView) say(share float64) {
	v.working.Say(fmt.Sprintf("Searching, %s", format.Share(share)), share)
}

// finding is the answer in a sentence.
func (v *searchView) finding() string {
	switch {
	case v.err != nil:
		return "The search could not be done: " + v.err.Error()
	case v.found == nil:
		return "Looking for what serves these calls"
	case len(v.found.Serving) == 0:
		return "Nothing serves these calls with these rules and wishes"
	}
	o := &v.found.Serving[0]
	return fmt.Sprintf("From %s a month, on %s", v.page.currency().Total(o.Least()), o.Label)
}

// side shows what serves, or what is kept out.
func (v *searchView) side(apart bool) {
	v.showApart = apart
	v.serving.SetChosen(!apart)
	v.apart.SetChosen(apart)
	v.fill()
	v.table.list.ScrollToTop()
}

// offer fills the filters with what the list has.
func (v *searchView) offer() {
	type option struct{ id, title string }
	seen := map[string]map[string]string{"maker": {}, "precise": {}, "engine": {}}
	for _, rows := range v.rows {
		for i := range rows {
			r := &rows[i]
			seen["maker"][r.o.Maker], seen["precise"][r.o.Precision], seen["engine"][r.o.Engine] = r.o.Maker, r.precise, r.engine
		}
	}
	for key, s := range map[string]*ui.Select{"maker": v.maker, "precise": v.precise, "engine": v.engine} {
		list := make([]option, 0, len(seen[key]))
		for id, title := range seen[key] {
			list = append(list, option{id, title})
		}
		slices.SortFunc(list, func(a, b option) int { return strings.Compare(a.title, b.title) })
		words := map[string]string{"maker": "any maker", "precise": "any precision", "engine": "any engine"}[key]
		choices := []ui.Choice{{ID: "", Title: words}}
		for _, o := range list {
			choices = append(choices, ui.Choice{ID: o.id, Title: o.title})
		}
		chosen := s.Chosen()
		if seen[key][chosen] == "" {
			chosen = ""
		}
		s.SetOptions(choices, chosen)
	}
}

// passes reports whether a row is among those asked for.
func (v *searchView) passes(r *row, words []string) bool {
	o := r.o
	for _, f := range []struct{ want, is string }{
		{v.maker.Chosen(), o.Maker}, {v.precise.Chosen(), o.Precision}, {v.engine.Chosen(), o.Engine}, {v.fit.Chosen(), string(o.Fit)},
	} {
		if f.want != "" && f.want != f.is {
			return false
		}
	}
	if b := v.bits.Chosen(); b == "below" && o.Bits >= 4 || b == "least" && o.Bits < 4 {
		return false
	}
	for _, w := range words {
		if !strings.Contains(r.text, w) {
			return false
		}
	}
	return true
}

// fill shows the rows that pass the search and the filters.
func (v *searchView) fill() {
	v.serving.SetHint(format.Whole(float64(len(v.rows[0]))))
	v.apart.SetHint(format.Whole(float64(len(v.rows[1]))))
	all := v.rows[0]
	if v.showApart {
		all = v.rows[1]
	}
	words := strings.Fields(strings.ToLower(v.search.Text()))
	shown := make([]*row, 0, len(all))
	models := false
	for i := range all {
		models = models || all[i].o.Model != all[0].o.Model
		if v.passes(&all[i], words) {
			shown = append(shown, &all[i])
		}
	}
	v.count.SetText("")
	if len(shown) != len(all) {
		v.count.SetText(fmt.Sprintf("%s of %s", format.Whole(float64(len(shown))), format.Whole(float64(len(all)))))
	}
	v.empty.Objects = nil
	if v.found != nil && len(shown) == 0 {
		v.empty.Objects = []fyne.CanvasObject{v.nothing(len(all))}
	}
	v.empty.Refresh()
	v.table.show(shown, v.showApart, models, v.page.currency())
	v.showState()
}

// nothing is what stands in place of rows.
func (v *searchView) nothing(all int) fyne.CanvasObject {
	switch {
	case all > 0:
		return ui.EmptyState(ui.IconSearch, "No set-up matches", "Every word has to occur in the row, and every filter has to fit.",
			ui.NewButton(ui.Outline, "Show all", v.clear))
	case v.showApart:
		return ui.EmptyState(ui.IconCheck, "Nothing is kept out", "Every set-up that holds the model serves this demand.")
	}
	return ui.EmptyState(ui.IconWarning, "Nothing serves this demand",
		fmt.Sprintf("%s set-ups hold the model, and a rule or a wish keeps each of them out. See which, and loosen it in the guide.", format.Whole(float64(len(v.rows[1])))),
		ui.NewButton(ui.Outline, "Show what is kept out", func() { v.side(true) }))
}

// clear takes all filters off.
func (v *searchView) clear() {
	v.search.Replace("")
	for _, s := range []*ui.Select{v.maker, v.precise, v.engine, v.fit, v.bits} {
		s.SetChosen("")
	}
	v.fill()
}

// pick opens a row in the side panel.
func (v *searchView) pick(r *row) {
	v.detail.open(r.o, v.of)
	v.body.Refresh()
}

// key answers keys while nothing has the focus.
func (v *searchView) key(e *fyne.KeyEvent) { v.table.key(e) }

// tableLayout stacks title and filters, the table's head, its rows and a hint.
type tableLayout struct{}

func (tableLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 200) }

func (tableLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	w := s.Width - 2*margin
	y := float32(12)
	h := ui.HeightAt(o[0], w)
	ui.Place(o[0], margin, y, w, h)
	y += h + 8
	head, foot := ui.Scaled(24), ui.Scaled(22)
	ui.Place(o[1], margin-cellMargin, y, w+2*cellMargin, head)
	y += head + 2
	ui.Place(o[2], margin-cellMargin, y, w+2*cellMargin, s.Height-y-foot)
	ui.Place(o[3], margin, s.Height-foot, w, foot-4)
}
