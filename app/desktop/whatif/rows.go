package whatif

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

// sliderRow is one answer to try: its name, what it was and is, the slider, and in place of it a field for the exact
// number.
type sliderRow struct {
	in    *calc.Input
	trial *trial
	focus func(fyne.Focusable)
	cur   func() format.Currency
	entry func() calc.EntryOptions

	label  *ui.Text
	was    *ui.Button // back to the saved answer
	now    *ui.Button // opens the field
	remove *ui.Button // nil where the case itself chose the row
	slider *ui.Slider
	field  *ui.Field
	box    *fyne.Container
	at     calc.Movable
}

func newSliderRow(p *page, m calc.Movable, removable bool) *sliderRow {
	in := calc.InputAt(m.Path)
	r := &sliderRow{in: in, trial: p.trial, focus: p.focusOn, at: m,
		cur: func() format.Currency { return figure.CurrencyOf(p.session.Scenario()) }, entry: func() calc.EntryOptions { return calc.EntryOptionsOf(p.session.Scenario()) }}
	r.label = ui.NewText(ui.Body, in.Label).Cut()
	r.was = ui.NewButton(ui.Quiet, "", func() { r.trial.drop(in.Path) }).Small().Titled("Back to the saved answer to " + format.Lowered(in.Label))
	r.now = ui.NewButton(ui.Quiet, "", func() { r.open("") }).Small().Titled("Type " + format.Lowered(in.Label))
	head := []fyne.CanvasObject{ui.Grow(r.label), r.was, r.now}
	if removable {
		r.remove = ui.NewButton(ui.Tool, "", func() { p.removeRow(in.Path) }).WithIcon(ui.IconClose).Small().Titled("Take " + format.Lowered(in.Label) + " off the list")
		head = append(head, r.remove)
	}
	r.slider = ui.NewSlider(in.Label, scaleOf(m), m.Now, r.said, func(v float64) { r.trial.set(in.Path, v) })
	r.slider.OnKey = r.key
	r.slider.OnRune = r.rune
	r.field = ui.NewField("", nil)
	r.field.OnSubmit = func() { r.take(true) }
	r.field.OnLeave = func() { r.take(false) }
	r.field.OnEscape = func() { r.close(); r.focus(r.slider) }
	r.field.Hide()
	r.box = ui.Column(0, ui.Row(4, head...), container.New(&swapLayout{}, r.slider, r.field))
	r.show(nil)
	return r
}

func scaleOf(m calc.Movable) ui.SlideScale {
	return ui.SlideScale{Low: m.Low, High: m.High, Log: m.Log, Whole: m.Whole}
}

func (r *sliderRow) said(v float64) string { return quantity(r.in, v, r.cur()) }

// key opens the field with Enter, and takes the answer back with Delete.
func (r *sliderRow) key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyF2:
		r.open("")
	case fyne.KeyDelete, fyne.KeyBackspace:
		r.trial.drop(r.in.Path)
	default:
		return false
	}
	return true
}

// rune begins an entry with the digit that was typed.
func (r *sliderRow) rune(c rune) {
	if c >= '0' && c <= '9' || c == '$' || c == '.' || c == '-' {
		r.open(string(c))
	}
}

// open puts the field in place of the slider, with the exact value or what was typed.
func (r *sliderRow) open(typed string) {
	text := typed
	if typed == "" {
		text = calc.FormatEntryWith(r.in, calc.Num(r.slider.Value()), r.entry())
	}
	r.field.SetProblem("")
	r.field.Replace(text)
	r.slider.MouseOut() // its words under the pointer go with it
	r.slider.Hide()
	r.field.Show()
	r.box.Refresh()
	r.focus(r.field.Focusable())
	if typed == "" {
		r.field.Entry().TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

func (r *sliderRow) close() {
	if !r.field.Visible() {
		return
	}
	r.field.Hide()
	r.slider.Show()
	r.box.Refresh()
}

// take reads what was typed. What cannot be read stays in the field with its problem; leaving the field then only
// leaves it.
func (r *sliderRow) take(submitted bool) {
	if !r.field.Visible() {
		return
	}
	v, err := calc.ParseEntry(r.in, r.field.Text(), r.entry())
	switch {
	case err == nil && (v.Null || calc.Unsure(r.field.Text())):
		r.close()
		r.trial.drop(r.in.Path)
	case err != nil:
		r.field.SetProblem(format.Sentence(err.Error()))
		r.box.Refresh()
		return
	default:
		r.close()
		r.trial.set(r.in.Path, v.Number.Likely)
	}
	if submitted {
		r.focus(r.slider)
	}
}

// show shows where the answer stands, and where the verdict turns. flips are the newest that were worked out.
func (r *sliderRow) show(a *calc.Assessment) {
	v, tried := r.trial.value(r.in.Path)
	if !tried {
		v = r.at.Now
	}
	scale := scaleOf(r.at)
	scale.Low, scale.High = min(scale.Low, v), max(scale.High, v) // a typed value may lie beyond
	r.slider.SetScale(scale, r.at.Now)
	r.slider.SetValue(v)
	r.now.SetWords(r.said(v))
	ui.SetShown(r.was, tried)
	if tried {
		r.was.SetWords("was " + r.said(r.at.Now))
		r.label.SetStyle(ui.BodyStrong)
	} else {
		r.label.SetStyle(ui.Body)
	}
	r.now.SetLook(lookOf(tried))
	if a != nil {
		r.showFlip(a, scale)
	}
}

func lookOf(tried bool) ui.Look {
	if tried {
		return ui.Link
	}
	return ui.Quiet
}

func (r *sliderRow) showFlip(a *calc.Assessment, scale ui.SlideScale) {
	for _, f := range a.Verdict.Flips {
		if f.Input != r.in.Path || f.At < scale.Low || f.At > scale.High {
			continue
		}
		kind := "none"
		if to := a.Route(f.Becomes); to != nil {
			kind = string(to.Kind)
		}
		r.slider.SetFlip(f.At, kind, f.Words)
		return
	}
	r.slider.SetFlip(0, "", "")
}

// swapLayout gives two objects, of which one is shown, the same place.
type swapLayout struct{ width float32 }

// HeightAt implements ui.FlowLayout.
func (l *swapLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	for _, x := range o {
		if x.Visible() {
			return ui.HeightAt(x, width)
		}
	}
	return 0
}

func (l *swapLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(ui.Scaled(120), l.HeightAt(o, max(l.width, ui.Scaled(120))))
}

func (l *swapLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	for _, x := range o {
		ui.Place(x, 0, 0, s.Width, s.Height)
	}
}
