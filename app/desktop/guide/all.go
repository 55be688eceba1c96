package guide

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/ui"
	"hostwise/calc"
)

// allInputs is every input on one page, with a filter, each to be edited in its row.
type allInputs struct {
	page   *Page
	filter *ui.Field
	rows   []*inputRow
	column *fyne.Container
	count  *ui.Text
	scroll *container.Scroll
	view   fyne.CanvasObject
}

func newAllInputs(p *Page) *allInputs {
	a := &allInputs{page: p, column: ui.Column(0), count: ui.NewText(ui.Caption, "").In(ui.ColorInk3)}
	a.filter = ui.NewSearchField("Filter by word or path", func(string) { a.show() })
	for _, step := range calc.Steps {
		for i := range calc.Inputs {
			if in := &calc.Inputs[i]; in.Step == step {
				a.rows = append(a.rows, newInputRow(p, in))
			}
		}
	}
	a.scroll = ui.Scroll(ui.Inset(0, margin, 24, margin, ui.NarrowColumn(middleMost+120, a.column)))
	a.view = container.NewBorder(ui.Inset(0, margin, 8, margin, ui.NarrowColumn(middleMost+120, ends(a.filter, a.count))), nil, nil, nil, a.scroll)
	a.show()
	return a
}

// show lists the inputs that the filter leaves, by step.
func (a *allInputs) show() {
	words := strings.Fields(strings.ToLower(a.filter.Text()))
	a.column.Objects = nil
	last := calc.Step("")
	n := 0
	for _, r := range a.rows {
		if !r.matches(words) {
			continue
		}
		if r.in.Step != last {
			last = r.in.Step
			a.column.Add(ui.Inset(14, 0, 4, 0, ui.NewText(ui.PanelTitle, string(last))))
		}
		a.column.Add(r.view)
		n++
	}
	a.count.SetText(inputs(n))
	if n == 0 {
		a.column.Add(ui.Pad(24, 0, ui.NewText(ui.Body, "No input has these words.").In(ui.ColorInk2)))
	}
	a.column.Refresh()
	a.scroll.Content.Refresh()
	a.scroll.ScrollToTop()
	a.scroll.Refresh()
}

func inputs(n int) string {
	if n == 1 {
		return "1 input"
	}
	return countOf(n) + " inputs"
}

func (a *allInputs) refresh() {
	for _, r := range a.rows {
		r.refresh()
	}
	a.scroll.Content.Refresh()
}

// inputRow is one input with its answer to edit, what it rests on, and the way back to its default.
type inputRow struct {
	page  *Page
	in    *calc.Input
	field *ui.Field
	pick  *ui.Select
	badge *ui.Badge
	reset *ui.Button
	name  *ui.Text
	view  *fyne.Container
	own   bool // the change under way was typed here
}

func newInputRow(p *Page, in *calc.Input) *inputRow {
	r := &inputRow{page: p, in: in, badge: ui.NewBadge(string(in.Evidence)), name: ui.NewText(ui.Body, in.Label).Cut()}
	var entry fyne.CanvasObject
	if options := selectable(p, in); options != nil {
		r.pick = ui.NewSelect(options, "", r.picked)
		entry = ui.Row(0, r.pick)
	} else {
		r.field = ui.NewField(unitWords[in.Unit], r.typed)
		r.field.OnLeave = p.session.LeaveField
		entry = r.field
	}
	r.reset = ui.NewIconButton(ui.IconRestore, "Use default for "+lowerLabel(in.Label), func() { p.session.Reset(in.Path) })
	open := ui.NewIconButton(ui.IconHelp, "Open the question "+lowerLabel(in.Label), func() { p.GoTo(in.Path) })
	r.view = table(38, columns{widths: []float32{0, 250, 92, 30, 30}, drop: []int{2}}, r.name, entry, ui.Row(0, r.badge), r.reset, open)
	r.refresh()
	return r
}

// selectable are the choices of an input that has a short list of answers; nil for one that is typed.
func selectable(p *Page, in *calc.Input) []ui.Choice {
	switch in.Kind {
	case calc.Bool:
		return []ui.Choice{{ID: idYes, Title: "Yes"}, {ID: idNo, Title: "No"}}
	case calc.Choice:
		var out []ui.Choice
		for _, o := range in.Choices {
			out = append(out, ui.Choice{ID: o.ID, Title: o.Label})
		}
		return out
	case calc.ModelRef, calc.DeviceRef, calc.EngineRef, calc.PrecisionRef, calc.HostRef, calc.PriceRef:
		var out []ui.Choice
		for _, o := range plainOptions(p, in) {
			out = append(out, ui.Choice{ID: o.id, Title: o.title})
		}
		return out
	}
	return nil
}

func (r *inputRow) matches(words []string) bool {
	text := strings.ToLower(r.in.Label + " " + r.in.Path + " " + r.in.Question + " " + r.in.Help)
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
}

func (r *inputRow) refresh() {
	s := r.page.session.Scenario()
	v, given := s.Given(r.in.Path)
	r.name.SetColor(ui.ColorInk)
	if !r.in.Relevant(s) {
		r.name.SetColor(ui.ColorInk3)
	}
	r.badge.Set(string(r.in.Evidence))
	if given {
		r.badge.Set("yours")
	}
	r.reset.SetEnabled(given)
	if r.pick != nil {
		id := s.Value(r.in.Path).Text
		if r.in.Kind == calc.Bool {
			id = idNo
			if s.Bool(r.in.Path) {
				id = idYes
			}
		}
		r.pick.SetChosen(id)
		return
	}
	opt := r.page.entryOptions()
	r.field.SetPlaceholder(defaultWords(r.in, r.page.session.Catalogue(), opt))
	text := ""
	if given && !v.Null {
		text = calc.FormatEntryWith(r.in, v, opt)
	}
	switch {
	case r.own:
	case r.field.Focused() && r.field.Problem() != "":
	default:
		r.field.Replace(text)
		r.field.SetProblem("")
	}
}

func (r *inputRow) picked(id string) {
	v := calc.Str(id)
	if r.in.Kind == calc.Bool {
		v = calc.Value{Bool: id == idYes}
	}
	r.page.session.LeaveField()
	r.page.session.Set(r.in.Path, v)
	r.page.session.LeaveField()
}

func (r *inputRow) typed(text string) {
	s := r.page.session
	r.own = true
	defer func() { r.own = false; r.page.all.relay() }()
	if calc.Unsure(text) && r.in.Kind != calc.Text {
		r.field.SetProblem("")
		s.Reset(r.in.Path)
		return
	}
	v, err := calc.ParseEntry(r.in, text, r.page.entryOptions())
	if err != nil {
		r.field.SetProblem(sentence(err.Error()))
		return
	}
	if p := s.Scenario().CheckValue(r.in.Path, v, s.Catalogue()); p != nil {
		r.field.SetProblem(sentence("this " + p.Problem))
		return
	}
	r.field.SetProblem("")
	s.Set(r.in.Path, v)
}

func (a *allInputs) relay() {
	if a != nil {
		a.scroll.Content.Refresh()
		a.scroll.Refresh()
	}
}
