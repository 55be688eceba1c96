package guide

import (
	"math"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// numberBody asks for a number: ready answers, a field with its unit, and where the person is not sure three
// fields for low, likely and high.
type numberBody struct {
	q       *question
	in      *calc.Input
	field   *ui.Field
	one     *fyne.Container // the field at its width
	three   *ui.RangeEntry
	unsure  *ui.Switch
	presets []*ui.Chip
	strip   *strip
	caution *remark // why one of the three may be a slip
	derived *ui.Text
	step    *ui.Text // what one step of it does to a month
	column  *fyne.Container
}

func newNumberBody(q *question, in *calc.Input) *numberBody {
	b := &numberBody{q: q, in: in}
	b.field = ui.NewField(unitWords[in.Unit], b.typed)
	b.field.OnSubmit = q.enter
	b.field.OnLeave = b.left
	b.field.OnKey = q.fieldKey
	b.three = ui.NewRangeEntry("", func(string, string, string) { b.typedThree() })
	b.three.OnSubmit(q.enter)
	b.three.OnLeave(b.left)
	for _, f := range []*ui.Field{b.three.Low, b.three.Likely, b.three.High} {
		f.OnKey = q.fieldKey
	}
	b.field.OnFocus = b.entered
	b.three.SetPlain(in.Min < 0)
	b.derived = ui.NewText(ui.Body, "").In(ui.ColorInk2).Wrapped()
	b.step = ui.NewText(ui.Body, "").Wrapped()
	b.column = ui.Column(16)
	if len(in.Presets) > 0 {
		b.column.Add(b.chips())
	}
	if in.Ranged() {
		b.unsure = ui.NewSwitch(wordsNotSure, wordsNotSureMeans, false, b.switched)
		b.column.Add(b.unsure)
	}
	b.one = ui.NarrowColumn(320, b.field)
	b.caution = newRemark()
	b.column.Add(ui.Column(4, b.one, b.three, b.caution.view, q.newWays(in)))
	b.strip = newStrip(in)
	b.strip.Hide()
	b.column.Add(b.strip)
	b.step.Hide()
	b.column.Add(ui.Column(4, b.derived, b.step))
	b.refresh()
	return b
}

func (b *numberBody) chips() fyne.CanvasObject {
	row := ui.Wrap(8, 8)
	for _, p := range b.in.Presets {
		chip := ui.NewPreset(ui.Here().Number(p.Label), p.Hint, func() { b.q.answer(b.in.Path, p.Value) })
		b.presets = append(b.presets, chip)
		row.Add(chip)
	}
	return row
}

func (b *numberBody) content() fyne.CanvasObject { return b.column }

// confirm implements confirmed: who goes on from an empty field takes the default that it shows. "Not sure" stays no
// answer, and so does a default that is nobody's number.
func (b *numberBody) confirm() {
	_, given := b.q.scenario().Given(b.in.Path)
	if w := b.q.waysOf(b.in); given || !b.in.Essential || b.in.Default.Null || w != nil && w.asked {
		return
	}
	b.q.answer(b.in.Path, b.in.Default)
}

// refresh shows the scenario's answer. A field that is being typed in is left alone.
func (b *numberBody) refresh() {
	s := b.q.scenario()
	v, given := s.Given(b.in.Path)
	if !given {
		v = b.in.Default
	}
	for i, chip := range b.presets {
		chip.SetChosen(given && b.in.Presets[i].Value.Equal(v))
	}
	ranged := given && !v.Null && !v.Number.IsExact()
	if d, held := b.q.page.draftOf(b.in); held {
		ranged = len(d.texts) > 1
	}
	if b.q.setting && b.field.Focused() {
		ranged = false // a range typed into the one field is split into three when the field is left
	}
	if b.unsure != nil {
		b.unsure.SetOn(ranged || b.three.Visible() && b.typingThree())
	}
	if ranged || b.unsure != nil && b.unsure.On() {
		b.showThree(v.Number)
	} else {
		b.showOne(v, given)
	}
	b.derived.SetText(measureWords(calc.OtherMeasures(s, b.in.Path), figure.CurrencyOf(s)))
	ui.SetShown(b.derived, b.derived.Words() != "")
	if !b.field.Focused() && !b.typingThree() { // while it is typed the study says so, after the last key
		b.showCaution()
	}
}

// showCaution says where the answer in force is far outside what is known.
func (b *numberBody) showCaution() {
	b.caution.set(b.q.page.cautionOf(b.in))
}

// studied draws the strip of the latest study.
func (b *numberBody) studied() {
	e := b.q.page.effect
	s := b.q.scenario()
	v, given := s.Given(b.in.Path)
	if !given {
		v = b.in.Default
	}
	r := v.Number
	if v.Null {
		for _, row := range e.Rows {
			if row.Now {
				r = row.Value.Number
			}
		}
	}
	show := e.known && e.Path == b.in.Path && len(e.Strip) > 0
	if show {
		b.strip.set(e.QuestionEffect, r, given, figure.CurrencyOf(s))
		b.three.ShowPicture(false)
	}
	ui.SetShown(b.strip, show)
	if !show {
		b.three.ShowPicture(true)
	}
	b.step.SetText("")
	if e.known && e.Path == b.in.Path {
		b.step.SetText(stepSentence(b.in, e.QuestionEffect, figure.CurrencyOf(s)))
	}
	ui.SetShown(b.step, b.step.Words() != "")
	b.showCaution()
}

// entered shows an amount again as it was typed, when its field is entered.
func (b *numberBody) entered() {
	if typed := b.q.scenario().Typed(b.in.Path); typed != "" && b.field.Problem() == "" {
		b.field.Replace(typed)
	}
}

func (b *numberBody) typingThree() bool {
	return b.three.Low.Focused() || b.three.Likely.Focused() || b.three.High.Focused()
}

func (b *numberBody) showOne(v calc.Value, given bool) {
	ui.SetShown(b.three, false)
	ui.SetShown(b.one, true)
	opt := b.q.page.entryOptions()
	b.field.SetPlaceholder(defaultWords(b.in, b.q.page.session.CaseCatalogue(), opt))
	if d, held := b.q.page.draftOf(b.in); held {
		b.q.showDraft(b.field, d.texts[0], d.problems[0])
		return
	}
	text := ""
	switch {
	case given && !v.Null && b.field.Focused():
		text = b.q.page.answerText(b.in)
	case given && !v.Null:
		text = calc.FormatEntryWith(b.in, v, opt)
	}
	b.q.showText(b.field, text)
}

func (b *numberBody) showThree(r calc.Range) {
	ui.SetShown(b.one, false)
	ui.SetShown(b.three, true)
	opt := b.q.page.entryOptions()
	d, held := b.q.page.draftOf(b.in)
	for i, v := range []float64{r.Low, r.Likely, r.High} {
		if held && len(d.texts) > i {
			b.q.showDraft(b.fields()[i], d.texts[i], d.problems[i])
			continue
		}
		b.q.showText(b.fields()[i], calc.FormatEntryWith(b.in, calc.Num(v), opt))
	}
	b.believe(r)
}

// believe draws a range, at once and not only with the next study.
func (b *numberBody) believe(r calc.Range) {
	b.three.SetRange(r.Low, r.Likely, r.High)
	if b.strip.Visible() {
		b.strip.believe(r)
	}
}

// typed takes the answer at every key, as far as it can be read.
func (b *numberBody) typed(text string) {
	b.q.take(b.in, b.field, text)
}

// fields are those of low, likely and high.
func (b *numberBody) fields() []*ui.Field {
	return []*ui.Field{b.three.Low, b.three.Likely, b.three.High}
}

// typedThree takes low, likely and high, each read like a single answer; none of them where one cannot be taken.
func (b *numberBody) typedThree() {
	p := b.q.page
	p.begin(b.in)
	v, texts, problems := b.readThree()
	wrong := false
	for i, f := range b.fields() {
		f.SetProblem(problems[i])
		wrong = wrong || problems[i] != ""
	}
	if wrong {
		b.q.setting = true
		p.hold(b.in, texts, problems)
		b.q.setting = false
		b.q.relay()
		return
	}
	p.drop(b.in)
	b.believe(calc.Range{Low: v[0], Likely: v[1], High: v[2]})
	b.q.set(b.in.Path, calc.Between(v[0], v[1], v[2]))
}

// readThree reads the three fields, with what is wrong beside each.
func (b *numberBody) readThree() (v []float64, texts, problems []string) {
	v, texts, problems = make([]float64, 3), make([]string, 3), make([]string, 3)
	wrong := false
	for i, f := range b.fields() {
		texts[i] = f.Text()
		x, open, problem := b.q.page.read(b.in, texts[i])
		if open || problem == "" && !x.Number.IsExact() {
			problem = wordsGiveNumber
		}
		v[i], problems[i] = x.Number.Likely, problem
		wrong = wrong || problem != ""
	}
	switch {
	case wrong:
	case v[0] > v[1]:
		problems[0] = wordsLowTooHigh
	case v[1] > v[2]:
		problems[2] = wordsHighTooLow
	}
	return v, texts, problems
}

// left ends a run of typing; what could be read is shown as it was understood.
func (b *numberBody) left() {
	b.q.left()
	if b.field.Problem() == "" && !b.three.Visible() {
		b.refresh()
	}
}

// switched turns one number into a range around it, and back.
func (b *numberBody) switched(on bool) {
	v := b.q.scenario().Value(b.in.Path)
	switch {
	case on:
		r := b.around(v)
		b.showThree(r)
		b.q.answer(b.in.Path, calc.Value{Number: r})
	case !v.Null:
		b.q.answer(b.in.Path, calc.Num(v.Number.Likely))
	}
	b.focus()
}

func (b *numberBody) focus() {
	f := b.field
	if b.three.Visible() {
		f = b.three.Likely
	}
	b.q.page.focusOn(f.Focusable())
}

func (b *numberBody) problem() bool {
	if b.one.Visible() {
		return b.field.Problem() != ""
	}
	return b.three.Low.Problem()+b.three.Likely.Problem()+b.three.High.Problem() != ""
}

func (b *numberBody) digit(*fyne.KeyEvent) bool { return false }

// around is a first range for a person who is not sure: the default's own spread about their number, else half
// and twice it. Where the answer is left to the catalogue it is what the catalogue supplies, from the least to the most
// that is known.
func (b *numberBody) around(v calc.Value) calc.Range {
	in, likely := b.in, v.Number.Likely
	if !v.Null && !v.Number.IsExact() {
		return v.Number
	}
	known, listed := calc.KnownRangeOf(b.q.page.session.CaseCatalogue(), b.q.scenario(), in.Path)
	if v.Null {
		likely = b.supplied(known)
	}
	low, high := 0.5, 2.0
	if in.Spread != nil && in.Spread.Likely > 0 {
		low, high = in.Spread.Low/in.Spread.Likely, in.Spread.High/in.Spread.Likely
	}
	r := calc.Range{Low: likely * low, Likely: likely, High: likely * high}
	switch {
	case v.Null && listed:
		r.Low, r.High = min(known.Low, likely), max(known.High, likely)
	case likely < 0:
		r.Low, r.High = r.High, r.Low
	case likely == 0 && in.Spread != nil:
		return *in.Spread
	case likely == 0:
		for _, p := range in.Presets {
			r.High = max(r.High, p.Value.Number.Likely)
		}
	}
	r.Low, r.High = format.ThreeDigits(r.Low), format.ThreeDigits(r.High) // a first range is a guess and looks like one
	r.Low = max(min(r.Low, likely), min(in.Min, likely))
	r.High = max(r.High, likely)
	if in.Max > 0 {
		r.High = min(r.High, max(in.Max, likely))
	}
	return r
}

// supplied is what the catalogue puts in place of an answer, in the digits that it carries: the latest study's, else the
// middle of what is known.
func (b *numberBody) supplied(known calc.KnownRange) float64 {
	for _, row := range b.q.page.effect.Rows {
		if x := row.Value.Number.Likely; row.Now && b.q.page.effect.Path == b.in.Path && x > 0 {
			return format.ThreeDigits(x)
		}
	}
	return format.ThreeDigits(math.Sqrt(known.Low * known.High))
}
