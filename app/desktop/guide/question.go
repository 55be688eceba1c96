package guide

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"hostwise/app/desktop/ui"
	"hostwise/calc"
)

// body is the part of a question that takes the answer.
type body interface {
	content() fyne.CanvasObject
	refresh()                    // the scenario changed
	focus()                      // give the keyboard to where the answer is given
	problem() bool               // what was typed cannot be taken
	digit(e *fyne.KeyEvent) bool // a digit typed while no field has the focus
}

// question is one question in view.
type question struct {
	page     *Page
	in       *calc.Input
	bodies   []body
	ways     []*ways
	evidence *fyne.Container
	scroll   *container.Scroll
	setting  bool // the change under way comes from this page: what was typed stays as it was typed
}

func newQuestion(p *Page, in *calc.Input) *question {
	q := &question{page: p, in: in, evidence: ui.Column(8)}
	column := ui.Column(16, ui.Column(8,
		ui.NewText(ui.Question, in.Question).Wrapped(),
		ui.NewText(ui.Body, in.Help).In(ui.ColorInk2).Wrapped()))
	q.add(column, in)
	for _, c := range companions(in.Path) {
		column.Add(ui.Column(4, ui.NewText(ui.PanelTitle, c.Question).Wrapped(), ui.NewText(ui.Body, c.Help).In(ui.ColorInk2).Wrapped()))
		q.add(column, c)
	}
	column.Add(ui.NewHairline())
	column.Add(ui.Column(6, ui.NewText(ui.BodyStrong, wordsWhy), ui.NewText(ui.Body, in.Why).In(ui.ColorInk2).Wrapped()))
	column.Add(q.evidence)
	q.scroll = ui.Scroll(ui.Inset(4, margin, 24, margin, ui.NarrowColumn(middleMost, column)))
	q.refresh()
	return q
}

func (q *question) add(column *fyne.Container, in *calc.Input) {
	b := newBody(q, in)
	q.bodies = append(q.bodies, b)
	if len(q.ways) == len(q.bodies) { // a number has them beside its field
		column.Add(b.content())
		return
	}
	column.Add(ui.Column(4, b.content(), q.newWays(in)))
}

// newWays makes the ways around an answer of one's own.
func (q *question) newWays(in *calc.Input) fyne.CanvasObject {
	w := newWays(q, in)
	q.ways = append(q.ways, w)
	return w.column
}

// waysOf are the ways of an input asked here.
func (q *question) waysOf(in *calc.Input) *ways {
	for _, w := range q.ways {
		if w.in == in {
			return w
		}
	}
	return nil
}

// newBody returns what takes the answer to an input.
func newBody(q *question, in *calc.Input) body {
	switch in.Kind {
	case calc.Number, calc.Integer:
		return newNumberBody(q, in)
	case calc.Bool, calc.Choice:
		return newChoiceBody(q, in)
	case calc.ModelRef, calc.EngineRef, calc.PrecisionRef, calc.DeviceRef, calc.HostRef, calc.PriceRef:
		return newRefBody(q, in)
	}
	return newTextBody(q, in)
}

func (q *question) scenario() calc.Scenario { return q.page.session.Scenario() }

// refresh shows the scenario as it is now.
func (q *question) refresh() {
	for _, b := range q.bodies {
		b.refresh()
	}
	q.refreshWays()
	q.evidence.Objects = nil
	q.evidence.Add(q.page.evidenceRow(q.in))
	for _, c := range companions(q.in.Path) {
		q.evidence.Add(q.page.evidenceRow(c))
	}
	q.showStanding()
}

// showStanding says which answers stand while others are typed, where the live answer has no room to say so.
func (q *question) showStanding() {
	for _, w := range q.ways {
		w.showStanding()
	}
	q.relay()
}

// relay lays the question out anew after something in it changed its height.
func (q *question) relay() {
	if q.scroll != nil {
		q.scroll.Refresh()
	}
}

// reveal scrolls so far that an object inside the question is in view.
func (q *question) reveal(o fyne.CanvasObject) {
	if q.scroll == nil || o.Size().Height == 0 {
		return
	}
	top, found := heightIn(q.scroll.Content, o)
	if !found {
		return
	}
	top -= q.scroll.Offset.Y
	below := top + o.Size().Height + 8 - q.scroll.Size().Height
	switch {
	case top < 0:
		q.scroll.Offset.Y += top - 8
	case below > 0:
		q.scroll.Offset.Y += below
	default:
		return
	}
	q.scroll.Offset.Y = max(0, q.scroll.Offset.Y)
	q.scroll.Refresh()
}

// heightIn is how far below the top of a tree of containers an object lies. The driver knows the places only of what was
// painted, and a question that was just opened was not.
func heightIn(tree, o fyne.CanvasObject) (y float32, found bool) {
	if tree == o {
		return 0, true
	}
	c, ok := tree.(*fyne.Container)
	if !ok {
		return 0, false
	}
	for _, child := range c.Objects {
		if y, found := heightIn(child, o); found {
			return child.Position().Y + y, true
		}
	}
	return 0, false
}

// showText shows a value in a field, unless the change came from typing in it.
func (q *question) showText(f *ui.Field, text string) {
	switch {
	case q.setting && f.Focused():
		return
	case q.setting:
		f.SetText(text)
	default:
		f.Replace(text)
	}
	f.SetProblem("")
}

// showDraft shows what was typed and cannot be taken, with the reason, unless it is being typed in this field.
func (q *question) showDraft(f *ui.Field, text, problem string) {
	if !q.setting || !f.Focused() {
		f.Replace(text)
		f.SetProblem(problem)
	}
}

// confirmed is a body whose shown answer becomes the person's own when they go on.
type confirmed interface{ confirm() }

// confirm takes the answers that are shown as chosen: who goes on has seen them.
func (q *question) confirm() {
	if !q.in.Essential {
		return
	}
	for _, b := range q.bodies {
		if c, ok := b.(confirmed); ok {
			c.confirm()
		}
	}
}

// set gives an answer that was typed.
func (q *question) set(path string, v calc.Value) {
	q.setting = true
	q.page.session.Set(path, v)
	q.setting = false
}

// answer gives an answer that was chosen: a step of undo of its own, shown in the field at once.
func (q *question) answer(path string, v calc.Value) {
	q.instead(path, func() { q.page.session.Set(path, v) })
}

// instead gives another answer than the one that is being typed. What could not be taken makes room, also where the
// other answer is the one that stood all along.
func (q *question) instead(path string, give func()) {
	p := q.page
	p.leaveField()
	_, held := p.drafts[path]
	p.drop(calc.InputAt(path))
	give()
	p.leaveField()
	if held {
		q.refresh()
	}
}

// take reads what was typed into a field and gives it as the answer, or says beside the field why it cannot be
// taken. What was typed stays in either case, and then the answer stands that was in force before the typing began.
func (q *question) take(in *calc.Input, f *ui.Field, text string) {
	p, was := q.page, f.Problem()
	p.begin(in)
	v, open, problem := p.read(in, text)
	f.SetProblem(problem)
	q.setting = true
	switch {
	case problem != "":
		p.hold(in, []string{text}, []string{problem})
	case open:
		p.drop(in)
		if w := q.waysOf(in); w != nil {
			w.asked = text != "" // "?" and "not sure" say so, an empty field only that it is empty
		}
		p.session.ClearTyped(in.Path)
		q.refreshWays()
	default:
		p.drop(in)
		q.setTyped(in, v, text)
	}
	q.setting = false
	if open || f.Problem() != was { // an answer that is taken lays the question out by itself
		q.relay()
	}
	if problem != "" && was == "" {
		q.reveal(f)
	}
}

// setTyped gives an answer and keeps how an amount was typed.
func (q *question) setTyped(in *calc.Input, v calc.Value, text string) {
	if in.Kind != calc.Number && in.Kind != calc.Integer {
		q.page.session.Set(in.Path, v)
		return
	}
	q.page.session.SetTyped(in.Path, v, strings.TrimSpace(text))
}

func (q *question) refreshWays() {
	for _, w := range q.ways {
		w.refresh()
	}
}

// left ends a run of typing.
func (q *question) left() { q.page.leaveField() }

// enter is what Enter does in a field: on to the next question, or back with Shift.
func (q *question) enter() {
	if shiftDown() {
		q.page.back()
		return
	}
	q.page.next()
}

// fieldKey answers keys before a field does.
func (q *question) fieldKey(e *fyne.KeyEvent) bool {
	if (e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter) && shiftDown() {
		q.page.back()
		return true
	}
	return false
}

// shiftDown reports whether Shift is held.
func shiftDown() bool {
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	return ok && d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
}

// focus gives the keyboard to the first answer.
func (q *question) focus() {
	if len(q.bodies) > 0 {
		q.bodies[0].focus()
	}
}

// problem reports whether something typed cannot be taken.
func (q *question) problem() bool {
	for _, b := range q.bodies {
		if b.problem() {
			return true
		}
	}
	return false
}

func (q *question) digit(e *fyne.KeyEvent) bool {
	for _, b := range q.bodies {
		if b.digit(e) {
			return true
		}
	}
	return false
}

// studied shows a new study of the question: the strip of a number, the table of a set-up.
func (q *question) studied() {
	for _, b := range q.bodies {
		if s, ok := b.(interface{ studied() }); ok {
			s.studied()
		}
	}
	q.relay()
}

// hints counts the keys 1 to 9 that the lists of this question have taken so far.
func (q *question) hints() int {
	n := 0
	for _, b := range q.bodies {
		if c, ok := b.(*choiceBody); ok {
			n += len(c.list.ids)
		}
	}
	return n
}

// quoting reports whether a quote is being entered.
func (q *question) quoting() bool {
	return slices.ContainsFunc(q.ways, func(w *ways) bool { return w.quote != nil && w.quote.form != nil })
}
