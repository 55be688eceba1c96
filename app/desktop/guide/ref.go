package guide

import (
	"strings"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/calc"
)

// refBody asks for a row of the catalogue: by rows to choose, and for a model also by the name that people type.
type refBody struct {
	q      *question
	in     *calc.Input
	list   *optionList
	name   *nameField // of a model; nil otherwise
	column *fyne.Container
	stands string // what the rows were made from
}

func newRefBody(q *question, in *calc.Input) *refBody {
	b := &refBody{q: q, in: in, column: ui.Column(12)}
	if in.Kind == calc.ModelRef {
		b.name = newNameField(b)
	}
	b.build()
	return b
}

// build makes the rows anew from the catalogue and the latest assessment.
func (b *refBody) build() {
	focused := b.hasFocus()
	options, first := refOptions(b.q.page, b.in), 0
	if b.name != nil {
		first = -len(options) - 1 // what is typed is a name: 7 means 7B, not the seventh row
	}
	b.list = newOptionList(b.q, options, first, b.now(), b.pick)
	if b.name != nil {
		b.list.typing = b.name.focus
	}
	b.column.Objects = nil
	if b.name != nil {
		b.column.Add(b.name.content())
	}
	rows := ui.Column(2, b.list.column)
	if tabled(b.in) {
		rows = ui.Column(2, setupHead(b.in), b.list.column)
	}
	b.column.Add(ui.Inset(0, 0, 0, -12, rows))
	b.column.Refresh()
	if focused {
		b.list.focus()
	}
}

func (b *refBody) hasFocus() bool {
	c := b.q.page.canvas()
	if c == nil || b.list == nil {
		return false
	}
	for _, r := range b.list.rows {
		if c.Focused() == fyne.Focusable(r) {
			return true
		}
	}
	return false
}

// now is the row of the answer in force. As long as no part of the set-up is stated, the program chooses it.
func (b *refBody) now() string {
	s := b.q.scenario()
	if b.in.Step == calc.StepHardware && !setupStated(s, "") {
		return ""
	}
	return s.Text(b.in.Path)
}

// setupStated reports whether the person named any part of the set-up but the one at a path.
func setupStated(s calc.Scenario, but string) bool {
	for i := range calc.Inputs {
		in := &calc.Inputs[i]
		if _, given := s.Given(in.Path); given && in.Path != but && strings.HasPrefix(in.Path, "deployment.") {
			return true
		}
	}
	return false
}

func (b *refBody) pick(id string) {
	if id == "" && b.in.Step == calc.StepHardware && (b.in.Kind == calc.DeviceRef && tabled(b.in) || !setupStated(b.q.scenario(), b.in.Path)) {
		b.q.page.session.Reset(b.in.Path)
		return
	}
	b.q.answer(b.in.Path, calc.Str(id))
}

// studied makes the table of set-ups anew from the latest study.
func (b *refBody) studied() {
	if tabled(b.in) {
		b.build()
	}
}

// confirm implements confirmed.
func (b *refBody) confirm() {
	if _, given := b.q.scenario().Given(b.in.Path); !given {
		b.pick(b.now())
	}
}

func (b *refBody) content() fyne.CanvasObject { return b.column }

func (b *refBody) refresh() {
	if key := refKey(b.q.page); key != b.stands {
		b.stands = key
		b.build()
	}
	b.list.setChosen(b.now())
	if b.name != nil {
		b.name.refresh()
	}
}

func (b *refBody) focus() { b.list.focus() }

func (b *refBody) problem() bool { return b.name != nil && b.name.field.Problem() != "" }

func (b *refBody) digit(e *fyne.KeyEvent) bool { return b.list.digit(e) }
