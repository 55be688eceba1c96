package results

import (
	"cmp"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

// nextTab says what to do and by when, what to check again before signing, and what to watch afterwards.
type nextTab struct {
	page   *Page
	scroll *container.Scroll
	column *fyne.Container

	watch, said kept
}

func newNextTab(p *Page) *nextTab {
	t := &nextTab{page: p, column: ui.Column(28)}
	t.scroll = ui.Scroll(ui.Inset(18, margin, 32, margin, t.column))
	return t
}

func (t *nextTab) content() fyne.CanvasObject { return t.scroll }

func (t *nextTab) show(v view) {
	left := ui.Column(28, t.decision(v), t.steps(v), t.monitoring(v.a.Monitoring))
	right := ui.Column(28, t.recheck(v), t.claims(v.a.Claims))
	t.column.Objects = []fyne.CanvasObject{container.New(&halvesLayout{}, left, right)}
	renewed(t.scroll)
}

func title(words, beside string, tools ...fyne.CanvasObject) fyne.CanvasObject {
	row := []fyne.CanvasObject{ui.NewText(ui.PanelTitle, words), ui.NewText(ui.Caption, beside).In(ui.ColorInk3), ui.Spring()}
	return ui.Row(10, append(row, tools...)...)
}

// steps are what to do first, with dates.
func (t *nextTab) steps(v view) fyne.CanvasObject {
	list := ui.Column(14, title("Next steps", "in this order"))
	for _, s := range v.a.Verdict.NextSteps {
		list.Add(hanging(72, ui.NewText(ui.BodyStrong, dateWords(s.By, t.page.session.Now())),
			ui.Column(1, ui.NewText(ui.BodyStrong, held(s.What)).Wrapped(), ui.NewText(ui.Secondary, held(s.Why)).In(ui.ColorInk2).Wrapped())))
	}
	return list
}

// dateWords writes a date as a person says it, with the year where it is another one.
func dateWords(date string, now time.Time) string {
	d, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	if d.Year() == now.Year() {
		return d.Format("2 Jan")
	}
	return d.Format("2 Jan 06")
}

// recheck lists the facts that decide this case, oldest first.
func (t *nextTab) recheck(v view) fyne.CanvasObject {
	list := ui.Column(14, title("Recheck before procurement", "oldest first",
		ui.NewIconButton(ui.IconCopy, "Copy the list", func() { t.copyRecheck(v) })))
	for _, r := range oldestFirst(v.a.Verdict.Recheck) {
		list.Add(t.recheckRow(v, r))
	}
	if len(v.a.Verdict.Recheck) == 0 {
		list.Add(ui.NewText(ui.Secondary, "Nothing here hangs on a fact that can grow old.").In(ui.ColorInk2).Wrapped())
	}
	return list
}

func oldestFirst(facts []calc.Recheck) []calc.Recheck {
	sorted := slices.Clone(facts)
	slices.SortStableFunc(sorted, func(a, b calc.Recheck) int { return cmp.Compare(b.AgeDays, a.AgeDays) })
	return sorted
}

// recheckRow is a fact with its age and what can be done about it in one step.
func (t *nextTab) recheckRow(v view, r calc.Recheck) fyne.CanvasObject {
	var age fyne.CanvasObject = ui.NewTag(days(r.AgeDays))
	if r.AgeDays > staleAfterDays {
		age = ui.NewAgeBadge(r.AgeDays)
	}
	words := ui.Column(2,
		ui.Ends(12, ui.NewText(ui.BodyStrong, r.What).Wrapped(), ui.Row(6, ui.NewBadge(string(r.Evidence)), age)),
		ui.NewText(ui.Body, r.Value).In(ui.ColorInk2).Wrapped(),
		ui.NewText(ui.Secondary, "Why: "+r.Why+".").In(ui.ColorInk2).Wrapped(),
		ui.NewText(ui.Caption, r.Source+", as of "+ui.Here().Day(r.AsOf)).In(ui.ColorInk3).Wrapped())
	tools := ui.Wrap(8, 6)
	if r.AgeDays > 0 {
		tools.Add(ui.NewButton(ui.Outline, "Confirm", func() { t.page.confirm(r) }).WithIcon(ui.IconCheck).Small().Titled("Confirm: " + r.What))
	} else {
		tools.Add(ui.Row(5, ui.NewSizedIcon(ui.IconCheck, ui.ColorInk2, 13), ui.NewText(ui.Secondary, "Checked today").In(ui.ColorInk2)))
	}
	tools.Add(ui.NewButton(ui.Outline, "Correct", func() { t.page.correct(v, r) }).WithIcon(ui.IconPencil).Small().Titled("Correct: " + r.What))
	return ui.Column(6, ui.NewPressable(words, func() { t.page.openFact(r) }), tools)
}

func (t *nextTab) copyRecheck(v view) {
	rows := [][]string{}
	for _, r := range oldestFirst(v.a.Verdict.Recheck) {
		rows = append(rows, []string{r.What, r.Value, string(r.Evidence), r.AsOf, days(r.AgeDays), r.Source, r.Why})
	}
	t.page.shell.Copy(figure.Table{Headers: []string{"What", "Value", "Evidence", "As of", "Age", "Source", "Why"}, Rows: rows}.Tabbed(), "The list is on the clipboard.")
}

// monitoring is what to watch once it runs, with this case's own numbers.
func (t *nextTab) monitoring(watch []calc.Monitor) fyne.CanvasObject {
	q := t.page.traceQuestion()
	return t.watch.renew(func() fyne.CanvasObject { return t.watchList(watch, q) }, watch, q)
}

func (t *nextTab) watchList(watch []calc.Monitor, q *catalog.Question) fyne.CanvasObject {
	list := ui.Column(14, title("Watch once it runs", "metric, threshold",
		ui.NewIconButton(ui.IconCopy, "Copy the checklist", t.copyChecklist),
		ui.NewIconButton(ui.IconImport, "Save the checklist", t.saveChecklist)))
	for _, m := range watch {
		body := ui.Column(1, ui.Ends(12, ui.NewText(ui.BodyStrong, format.Capital(m.Metric)+": "+m.Threshold).Wrapped(), ui.NewBadge(string(m.Evidence))),
			ui.NewText(ui.Secondary, m.Why).In(ui.ColorInk2).Wrapped())
		if m.ForYou != "" {
			body.Add(ui.NewText(ui.Secondary, held("Here: "+m.ForYou+".")).In(ui.ColorInk2).Wrapped())
		}
		if m.Log != "" {
			body.Add(ui.NewText(ui.Caption, m.Log).In(ui.ColorInk3).Wrapped())
		}
		list.Add(body)
	}
	if q != nil {
		list.Add(ui.Column(1, ui.Ends(12, ui.NewText(ui.BodyStrong, "The test: "+format.Lowered(q.Text)).Wrapped(), ui.NewBadge(string(q.Status))),
			ui.NewText(ui.Secondary, q.Answer).In(ui.ColorInk2).Wrapped(), ui.NewText(ui.Caption, q.Source+", as of "+ui.Here().Day(q.AsOf)).In(ui.ColorInk3).Wrapped()))
	}
	return list
}

// claims are sentences in circulation that bear on this case, each with how far it can be relied on.
func (t *nextTab) claims(claims []calc.ClaimText) fyne.CanvasObject {
	return t.said.renew(func() fyne.CanvasObject { return claimList(claims) }, claims)
}

func claimList(claims []calc.ClaimText) fyne.CanvasObject {
	list := ui.Column(12, title("What is said about this", "and how far it holds"))
	for _, c := range claims {
		list.Add(ui.Column(2, ui.Ends(12, ui.NewText(ui.Body, c.Text).Wrapped(), ui.NewBadge(string(c.Status))),
			ui.NewText(ui.Caption, c.Source+", as of "+c.AsOf).In(ui.ColorInk3).Wrapped()))
	}
	return list
}

// halvesLayout sets two parts side by side, or the second below the first in a narrow window.
type halvesLayout struct{ width float32 }

func (l *halvesLayout) each(width float32) (each float32, stacked bool) {
	if half := (width - gutter) / 2; half >= ui.Scaled(340) {
		return half, false
	}
	return width, true
}

// HeightAt implements ui.FlowLayout.
func (l *halvesLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	w, stacked := l.each(width)
	a, b := ui.HeightAt(o[0], w), ui.HeightAt(o[1], w)
	if stacked {
		return a + 28 + b
	}
	return max(a, b)
}

func (l *halvesLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	w := ui.Scaled(240)
	return fyne.NewSize(w, l.HeightAt(o, max(w, l.width)))
}

func (l *halvesLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	w, stacked := l.each(s.Width)
	a := ui.HeightAt(o[0], w)
	ui.Place(o[0], 0, 0, w, a)
	if stacked {
		ui.Place(o[1], 0, a+28, w, ui.HeightAt(o[1], w))
		return
	}
	ui.Place(o[1], w+gutter, 0, w, ui.HeightAt(o[1], w))
}
