package guide

import (
	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/calc"
)

// choiceBody asks for yes or no, or for one of a few answers.
type choiceBody struct {
	q    *question
	in   *calc.Input
	list *optionList
}

const (
	idYes = "yes"
	idNo  = "no"
)

func newChoiceBody(q *question, in *calc.Input) *choiceBody {
	b := &choiceBody{q: q, in: in}
	var options []option
	if in.Kind == calc.Bool {
		options = []option{{id: idYes, title: wordsYes}, {id: idNo, title: wordsNo}}
	}
	for _, c := range in.Choices {
		options = append(options, option{id: c.ID, title: c.Label, detail: c.Help})
	}
	b.list = newOptionList(q, options, q.hints(), b.now(), b.pick)
	return b
}

// now is the id of the answer in force.
func (b *choiceBody) now() string {
	v := b.q.scenario().Value(b.in.Path)
	switch {
	case b.in.Kind != calc.Bool:
		return v.Text
	case v.Bool:
		return idYes
	}
	return idNo
}

func (b *choiceBody) pick(id string) {
	v := calc.Str(id)
	if b.in.Kind == calc.Bool {
		v = calc.Value{Bool: id == idYes}
	}
	b.q.answer(b.in.Path, v)
}

// confirm implements confirmed.
func (b *choiceBody) confirm() {
	if _, given := b.q.scenario().Given(b.in.Path); !given {
		b.pick(b.now())
	}
}

func (b *choiceBody) content() fyne.CanvasObject {
	return ui.Inset(0, 0, 0, -12, b.list.column)
}
func (b *choiceBody) refresh()                    { b.list.setChosen(b.now()) }
func (b *choiceBody) focus()                      { b.list.focus() }
func (b *choiceBody) problem() bool               { return false }
func (b *choiceBody) digit(e *fyne.KeyEvent) bool { return b.list.digit(e) }
