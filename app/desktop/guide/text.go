package guide

import (
	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/calc"
)

// textBody asks for words, a date, a list or the weights of a week.
type textBody struct {
	q       *question
	in      *calc.Input
	field   *ui.Field
	presets []*ui.Chip
	column  *fyne.Container
}

func newTextBody(q *question, in *calc.Input) *textBody {
	b := &textBody{q: q, in: in, column: ui.Column(16)}
	b.field = ui.NewField("", func(text string) { q.take(in, b.field, text) })
	b.field.OnSubmit = q.enter
	b.field.OnLeave = q.left
	b.field.OnKey = q.fieldKey
	width := float32(420)
	if in.Path == "notes" || in.Kind == calc.Shape {
		b.field.SetMultiLine(6)
		width = middleMost
	}
	if len(in.Presets) > 0 {
		row := ui.Wrap(8, 8)
		for _, p := range in.Presets {
			chip := ui.NewPreset(ui.Here().Number(p.Label), p.Hint, func() { q.answer(in.Path, p.Value) })
			b.presets = append(b.presets, chip)
			row.Add(chip)
		}
		b.column.Add(row)
	}
	b.column.Add(ui.NarrowColumn(width, b.field))
	return b
}

func (b *textBody) content() fyne.CanvasObject { return b.column }

func (b *textBody) refresh() {
	s := b.q.scenario()
	v, given := s.Given(b.in.Path)
	b.field.SetPlaceholder(defaultWords(b.in, b.q.page.session.CaseCatalogue(), calc.EntryOptions{}))
	text := ""
	if given {
		text = calc.FormatEntry(b.in, v)
	}
	if d, held := b.q.page.draftOf(b.in); held {
		b.q.showDraft(b.field, d.texts[0], d.problems[0])
	} else {
		b.q.showText(b.field, text)
	}
	for i, chip := range b.presets {
		chip.SetChosen(b.in.Presets[i].Value.Equal(s.Value(b.in.Path)))
	}
}

func (b *textBody) focus()                    { b.q.page.focusOn(b.field.Focusable()) }
func (b *textBody) problem() bool             { return b.field.Problem() != "" }
func (b *textBody) digit(*fyne.KeyEvent) bool { return false }
