package guide

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

// inputRow is one input with its answer to edit, what it rests on, and the way back to its default.
type inputRow struct {
	all     *allInputs
	page    *Page
	in      *calc.Input
	text    string // what the filter looks in
	field   *ui.Field
	pick    *ui.Select
	badge   *ui.Badge
	reset   *ui.Button
	name    *ui.Text
	view    *fyne.Container
	caution *remark // why the answer may be a slip, over the whole row
	own     bool    // the change under way was typed here
	model   string  // that the choices belong to
	state   rowState
}

// rowState is what a row shows, so that only what changed is drawn anew.
type rowState struct {
	text, badge, hint, problem, caution string
	given, relevant                     bool
}

func newInputRow(a *allInputs, in *calc.Input) *inputRow {
	p := a.page
	r := &inputRow{all: a, page: p, in: in, badge: ui.NewBadge(string(in.Evidence)), name: ui.NewText(ui.Body, in.Label).Wrapped(), caution: newRemark()}
	r.text = strings.ToLower(strings.Join([]string{in.Label, in.Path, in.Question, in.Help, string(in.Step), string(in.Unit)}, " "))
	var entry fyne.CanvasObject
	if options := selectable(p, in); options != nil {
		r.pick = ui.NewSelect(options, "", r.picked)
		r.pick.SetKey(r.key)
		entry = ui.Row(0, r.pick)
	} else {
		r.field = ui.NewField(unitWords[in.Unit], r.typed)
		r.field.OnLeave, r.field.OnFocus = r.left, r.entered
		r.field.OnKey = r.key
		r.field.OnSubmit = func() { a.move(r, +1) }
		r.field.OnEscape = func() { a.enter(-1) }
		entry = r.field
	}
	r.reset = ui.NewIconButton(ui.IconRestore, useDefaultFor(in), r.toDefault)
	source := ui.NewPressable(ui.Row(0, r.badge), func() { p.showSource(in) })
	open := ui.NewIconButton(ui.IconHelp, openQuestion(in), func() { p.GoTo(in.Path) })
	r.view = ui.Column(0,
		ui.TableColumns{Widths: []float32{0, 236, 96, 28, 28}, Drop: []int{2}}.Row(38, r.name, entry, ui.Row(0, source), r.reset, open), r.caution.view)
	r.state.badge = string(in.Evidence)
	r.refresh()
	return r
}

// selectable are the choices of an input that has a short list of answers; nil for one that is typed.
func selectable(p *Page, in *calc.Input) []ui.Choice {
	switch in.Kind {
	case calc.Bool:
		return []ui.Choice{{ID: idYes, Title: wordsYes}, {ID: idNo, Title: wordsNo}}
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
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(r.text, w) })
}

func (r *inputRow) focusable() fyne.Focusable {
	if r.pick != nil {
		return r.pick
	}
	return r.field.Focusable()
}

func (r *inputRow) focused() bool { return r.field != nil && r.field.Focused() }

// key moves between the rows.
func (r *inputRow) key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyUp:
		r.all.move(r, -1)
	case fyne.KeyDown:
		r.all.move(r, +1)
	default:
		return false
	}
	return true
}

// refresh shows the answer in force and what it rests on.
func (r *inputRow) refresh() {
	s := r.page.session.Scenario()
	v, given := s.Given(r.in.Path)
	_, own := r.page.own(r.in)
	now := rowState{given: own, relevant: r.in.Relevant(s), badge: string(r.in.Evidence)}
	if own {
		now.badge = string(catalog.Yours)
	}
	if quote, held := s.Quote(r.in.Path); held && quote.Expired(r.page.session.Now()) {
		now.badge = wordsExpired
	}
	if r.pick != nil {
		if model := s.Text("model"); model != r.model {
			r.model = model
			r.pick.SetOptions(selectable(r.page, r.in), r.pick.Chosen())
		}
		now.text = chosenID(r.in, s)
	} else {
		opt := r.page.entryOptions()
		now.hint = defaultWords(r.in, r.page.session.CaseCatalogue(), opt)
		if given && !v.Null {
			now.text = calc.FormatEntryWith(r.in, v, opt)
		}
		if d, held := r.page.draftOf(r.in); held {
			now.text, now.problem = strings.Join(d.texts, " – "), strings.TrimSpace(strings.Join(d.problems, " "))
		} else if !r.field.Focused() {
			now.caution = r.page.cautionOf(r.in)
		}
	}
	r.show(now)
}

// show draws what changed.
func (r *inputRow) show(now rowState) {
	ink := ui.ColorInk
	if !now.relevant {
		ink = ui.ColorInk3
	}
	r.name.SetColor(ink)
	if now.badge != r.state.badge {
		if now.badge == wordsExpired {
			r.badge.SetWarning(now.badge)
		} else {
			r.badge.Set(now.badge)
		}
	}
	if some := now.given || now.problem != ""; some == r.reset.Disabled() {
		r.reset.SetEnabled(some)
	}
	r.state = now
	if r.pick != nil {
		if r.pick.Chosen() != now.text || r.pick.Words() == "" {
			r.pick.SetChosen(now.text)
		}
		return
	}
	r.field.SetPlaceholder(now.hint)
	r.field.SetUnit(rowUnit(r.in, now.text))
	if r.own || r.field.Focused() && r.field.Problem() != "" {
		return
	}
	r.field.Replace(now.text)
	r.field.SetProblem(now.problem)
	r.caution.set(now.caution)
}

// toDefault takes the answer back, and with it what could not be taken.
func (r *inputRow) toDefault() {
	r.page.leaveField()
	r.page.drop(r.in)
	r.page.session.Reset(r.in.Path)
	r.refresh()
	r.all.relay()
}

// rowUnit is the unit in the field of a row; a range needs all of the room.
func rowUnit(in *calc.Input, text string) string {
	if strings.Contains(text, " – ") {
		return ""
	}
	return unitWords[in.Unit]
}

// chosenID is the id of the answer in force among the choices of an input.
func chosenID(in *calc.Input, s calc.Scenario) string {
	switch {
	case in.Kind != calc.Bool:
		return s.Value(in.Path).Text
	case s.Bool(in.Path):
		return idYes
	}
	return idNo
}

// entered shows an amount as it was typed.
func (r *inputRow) entered() {
	if text := r.page.session.Scenario().Typed(r.in.Path); text != "" && r.field.Problem() == "" {
		r.field.Replace(text)
	}
}

// left ends a run of typing and shows the amount as it was understood.
func (r *inputRow) left() {
	r.page.leaveField()
	if r.field.Problem() == "" {
		r.refresh()
		r.all.relay()
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

// typed takes the answer at every key. What cannot be taken stays in the field, and the earlier answer stands.
func (r *inputRow) typed(text string) {
	s := r.page.session
	r.own = true
	defer func() { r.own = false; r.all.relay() }()
	r.page.begin(r.in)
	v, open, problem := r.page.read(r.in, text)
	r.field.SetProblem(problem)
	r.caution.set("")
	if problem != "" {
		r.page.hold(r.in, []string{text}, []string{problem})
		return
	}
	r.page.drop(r.in)
	switch {
	case open:
		s.ClearTyped(r.in.Path)
	case r.in.Kind == calc.Number || r.in.Kind == calc.Integer:
		s.SetTyped(r.in.Path, v, strings.TrimSpace(text))
	default:
		s.Set(r.in.Path, v)
	}
}
