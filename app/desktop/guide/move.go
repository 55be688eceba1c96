package guide

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"hostwise/app/desktop/ui"
	"hostwise/calc"
)

// next goes on to the next question, after the last one to the review. A field that cannot be read keeps the
// person where they are: what is wrong stands beside it.
func (p *Page) next() {
	switch {
	case p.place == placeReview:
		p.shell.Go(ui.PageResults, "")
		return
	case p.place == placeStart:
		p.startQuestions()
		return
	case p.question == nil:
		p.open(p.plan().all()[0].Path)
	case p.question.problem():
		p.question.focus()
		return
	default:
		p.question.confirm()
		p.skip()
		return
	}
	p.focus()
}

// skip goes on and leaves the answer as it is.
func (p *Page) skip() {
	if p.question == nil {
		return
	}
	p.seen[p.question.in.Path] = true
	if in := p.plan().neighbour(p.question.in.Path, +1); in != nil {
		p.open(in.Path)
	} else {
		p.open(placeReview)
	}
	p.focus()
}

// back goes to the question before.
func (p *Page) back() {
	all := p.plan().all()
	switch {
	case p.place == placeReview || p.place == placeAll:
		p.open(all[len(all)-1].Path)
	case p.question == nil:
		return
	default:
		in := p.plan().neighbour(p.question.in.Path, -1)
		if in == nil {
			return
		}
		p.open(in.Path)
	}
	p.focus()
}

// openStep opens the first question of a step that is not answered, else its first.
func (p *Page) openStep(step calc.Step) {
	if step == calc.StepReview {
		p.open(placeReview)
		p.focus()
		return
	}
	list := p.plan().asked(step)
	if len(list) == 0 { // a step without essential questions: open it whole
		p.brief = false
		list = p.plan().asked(step)
	}
	at := max(0, slices.IndexFunc(list, func(in *calc.Input) bool { return !p.answered(in) }))
	p.open(list[at].Path)
	p.focus()
}

// showMore opens or closes the questions of a step that only experts are asked.
func (p *Page) showMore(step calc.Step) {
	switch {
	case p.brief:
		p.brief = false
	case p.more[step]:
		delete(p.more, step)
		if p.question != nil && p.question.in.Expert {
			p.openStep(step)
			return
		}
	default:
		p.more[step] = true
	}
	p.update()
}

// TypedKey answers keys while no field has the focus.
func (p *Page) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if shiftDown() {
			p.back()
		} else {
			p.next()
		}
	case fyne.KeyRight, fyne.KeyPageDown:
		p.next()
	case fyne.KeyLeft, fyne.KeyPageUp:
		p.back()
	default:
		if p.question != nil {
			p.question.digit(e)
		}
	}
}

// FocusSearch puts the cursor into the filter of all inputs.
func (p *Page) FocusSearch() {
	if p.all == nil {
		p.open(placeAll)
	}
	p.focusOn(p.all.filter.Focusable())
}

// bindKeys makes Alt with the arrows move between questions and steps. They reach the canvas past a field, since
// the fields know no such keys.
func (p *Page) bindKeys() {
	c := p.canvas()
	if c == nil {
		return
	}
	for key := range altKeys {
		c.AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierAlt}, func(fyne.Shortcut) { p.alt(key) })
	}
}

// altKeys are the keys that move together with Alt.
var altKeys = map[fyne.KeyName]func(*Page){
	fyne.KeyRight: (*Page).next, fyne.KeyLeft: (*Page).back,
	fyne.KeyDown: func(p *Page) { p.jump(+1) }, fyne.KeyUp: func(p *Page) { p.jump(-1) },
}

// alt answers a key pressed together with Alt, while the page is in view and nothing lies over it.
func (p *Page) alt(key fyne.KeyName) {
	if c := p.canvas(); p.inView() && (c == nil || c.Overlays().Top() == nil) {
		altKeys[key](p)
	}
}

// jump goes to the step before or after.
func (p *Page) jump(by int) {
	i := slices.Index(calc.Steps, p.step()) + by
	if i >= 0 && i < len(calc.Steps) {
		p.openStep(calc.Steps[i])
	}
}

// crumbWords say where the question stands.
func (p *Page) crumbWords() string {
	switch p.place {
	case placeStart:
		return wordsANewCase
	case placeReview:
		return wordsReviewPlace
	case placeAll:
		return wordsAllPlace
	}
	if p.question == nil {
		return ""
	}
	n, of := p.plan().place(p.place)
	return crumb(p.question.in.Step, n, of)
}
