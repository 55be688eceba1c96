package results

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// noneOfThem stands for the decision against every route in the list of routes.
const noneOfThem = "none"

// decision shows what was decided on the case, or offers to record it.
func (t *nextTab) decision(v view) fyne.CanvasObject {
	d, decided := v.scenario.Decision()
	if !decided {
		return ui.Column(8, title("Decision", "kept with the case, and in its reports"),
			ui.NewText(ui.Secondary, wordsUndecided).In(ui.ColorInk2).Wrapped(),
			ui.Row(0, ui.NewButton(ui.Outline, "Record the decision", func() { t.decide(v) }).WithIcon(ui.IconPencil)))
	}
	body := ui.Column(6, title("Decision", ui.Here().Day(d.Date)+", by "+d.By))
	name, kind := "None of the routes", calc.RouteKind("")
	if d.Route != "" {
		name = d.Route
	}
	if r := v.a.Route(d.Route); r != nil {
		name, kind = r.Label, r.Kind
	}
	head := ui.Row(8, ui.Grow(ui.NewText(ui.BodyStrong, name).Wrapped()))
	if kind != "" {
		head = ui.Row(8, ui.NewSwatch(string(kind), false), ui.Grow(ui.NewText(ui.BodyStrong, name).Wrapped()))
	}
	body.Add(head)
	if d.Note != "" {
		body.Add(ui.NewText(ui.Secondary, d.Note).In(ui.ColorInk2).Wrapped())
	}
	if words := decisionDiffers(v, d); words != "" {
		body.Add(hanging(18, ui.NewSizedIcon(ui.IconWarning, ui.ColorInk3, 12), ui.NewText(ui.Secondary, words).In(ui.ColorInk2).Wrapped()))
	}
	body.Add(ui.Wrap(8, 8, ui.NewButton(ui.Outline, "Change it", func() { t.decide(v) }).WithIcon(ui.IconPencil).Small(),
		ui.NewButton(ui.Outline, "Take it back", t.undecide).WithIcon(ui.IconRestore).Small()))
	return body
}

// decisionDiffers says how the decision stands to the figures as they are now, "" where both agree.
func decisionDiffers(v view, d calc.Decision) string {
	r := v.a.Route(d.Route)
	best := v.a.Route(v.a.Verdict.Route)
	switch {
	case d.Route == "" || d.Route == v.a.Verdict.Route:
		return ""
	case r == nil:
		return "The route is no longer among those of this case."
	case !r.Feasible:
		return "By the figures now a rule keeps it out: " + strings.Join(reasonsOf(r), "; ") + "."
	case best == nil || r.Monthly == nil || best.Monthly == nil:
		return ""
	}
	return held("By the figures now " + format.Lowered(best.Label) + " is cheaper by " + v.cur.Money(r.Monthly.Likely-best.Monthly.Likely) + " a month.")
}

func reasonsOf(r *calc.Route) []string {
	out := make([]string, len(r.BlockedBy))
	for i, b := range r.BlockedBy {
		out[i] = format.Lowered(reasonWords(b))
	}
	return out
}

func (t *nextTab) undecide() {
	t.page.session.Edit("Decision", calc.Scenario.WithoutDecision)
	t.page.shell.Toast("The decision is taken back.", t.page.session.Undo)
}

// decide asks what was decided, by whom, when and why.
func (t *nextTab) decide(v view) {
	c := t.page.shell.Canvas()
	if c == nil {
		return
	}
	form := newDecisionForm(v, t.page.session.Now())
	var d *ui.Dialog
	save := func() {
		decision, ok := form.read(v)
		if !ok {
			d.Refresh()
			return
		}
		d.Close()
		t.page.session.Edit("Decision", func(s calc.Scenario) calc.Scenario { return s.WithDecision(decision) })
		t.page.shell.Toast("The decision is kept with the case.", t.page.session.Undo)
	}
	form.by.OnSubmit, form.date.OnSubmit = save, save
	d = ui.ShowDialog(c, 460, "What was decided", form.body, func(d *ui.Dialog) []fyne.CanvasObject {
		return []fyne.CanvasObject{
			ui.NewButton(ui.Outline, "Cancel", d.Close).WithKey("Esc"),
			ui.NewButton(ui.Main, "Keep it with the case", save),
		}
	})
	c.Focus(form.by.Focusable())
}

// decisionForm is the form of a decision.
type decisionForm struct {
	route          *ui.Select
	by, date, note *ui.Field
	body           *fyne.Container
}

func newDecisionForm(v view, now time.Time) *decisionForm {
	d, decided := v.scenario.Decision()
	if !decided {
		d = calc.Decision{Route: v.a.Verdict.Route, Date: now.Format(time.DateOnly)}
	}
	var choices []ui.Choice
	for _, r := range bySection(v.a) {
		choices = append(choices, ui.Choice{ID: r.ID, Title: r.Label})
	}
	if d.Route != "" && v.a.Route(d.Route) == nil {
		choices = append(choices, ui.Choice{ID: d.Route, Title: d.Route})
	}
	choices = append(choices, ui.Choice{ID: noneOfThem, Title: "None of the routes"})
	chosen := d.Route
	if chosen == "" {
		chosen = noneOfThem
	}
	f := &decisionForm{route: ui.NewSelect(choices, chosen, nil), by: ui.NewField("", nil), date: ui.NewField("", nil), note: ui.NewField("", nil)}
	f.by.Replace(d.By)
	f.by.SetPlaceholder("Name, or a meeting")
	f.date.Replace(ui.Here().Day(d.Date))
	f.note.SetMultiLine(3)
	f.note.Replace(d.Note)
	f.note.SetPlaceholder("Why, and under which conditions")
	named := func(name string, o fyne.CanvasObject) fyne.CanvasObject {
		return ui.Column(4, ui.NewText(ui.BodyStrong, name), o)
	}
	f.body = ui.Column(12, named("Route", ui.Row(0, f.route, ui.Spring())), named("Decided by", f.by), named("On", f.date), named("Note", f.note))
	return f
}

// read takes the decision from the fields, or says beside each what is wrong with it.
func (f *decisionForm) read(v view) (calc.Decision, bool) {
	d := calc.Decision{Route: f.route.Chosen(), By: strings.TrimSpace(f.by.Text()), Note: strings.TrimSpace(f.note.Text())}
	if d.Route == noneOfThem {
		d.Route = ""
	}
	fields := map[string]*ui.Field{"by": f.by, "date": f.date, "note": f.note}
	for _, field := range fields {
		field.SetProblem("")
	}
	day, err := calc.ParseDay(f.date.Text())
	if d.Date = day; err != nil {
		d.Date = f.date.Text()
	}
	problems := d.Check()
	for _, p := range problems {
		if field := fields[p.Path]; field != nil {
			field.SetProblem(format.Capital(p.Problem) + ": " + p.Allowed + ".")
		}
	}
	return d, len(problems) == 0
}
