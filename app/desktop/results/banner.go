package results

import (
	"errors"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/calc"
)

// banner says on top of the page why the newest answers could not be worked out, and leads to the questions.
type banner struct {
	page *Page
	box  *fyne.Container
	body *fyne.Container
}

func newBanner(p *Page) *banner {
	b := &banner{page: p, body: ui.Column(4)}
	b.box = ui.On(ui.ColorWarningGround, 0, ui.Pad(10, margin, hanging(24, ui.NewSizedIcon(ui.IconWarning, ui.ColorWarning, 16), b.body)))
	b.box.Hide()
	return b
}

// mostProblems is how many mistakes the banner lists; the guide shows each beside its field.
const mostProblems = 3

func (b *banner) show(v view) {
	if v.state.Err == nil {
		if b.box.Visible() {
			b.box.Hide()
			b.page.body.Refresh()
		}
		return
	}
	b.body.Objects = []fyne.CanvasObject{ui.NewText(ui.BodyStrong, "These answers cannot be worked out").In(ui.ColorWarning)}
	var problems calc.Problems
	if errors.As(v.state.Err, &problems) {
		for i, p := range problems {
			if i == mostProblems {
				break
			}
			b.body.Add(b.problem(p))
		}
	} else {
		b.body.Add(ui.NewText(ui.Secondary, "Something went wrong while working them out. Undo the last change, and report this: "+v.state.Err.Error()).
			In(ui.ColorInk2).Wrapped())
	}
	if v.a != nil {
		b.body.Add(ui.NewText(ui.Caption, wordsOldAnswer).In(ui.ColorInk2).Wrapped())
	}
	b.box.Show()
	b.page.body.Refresh()
}

// problem is one mistake with the way to its question.
func (b *banner) problem(p calc.Problem) fyne.CanvasObject {
	words := labelOf(p.Path) + ": " + p.Problem
	if p.Allowed != "" {
		words += " (" + p.Allowed + ")"
	}
	text := ui.NewText(ui.Secondary, words+".").In(ui.ColorInk2).Wrapped()
	if calc.LookupInput(p.Path) == nil {
		return text
	}
	return ui.Ends(12, text, ui.NewButton(ui.Link, "Mend it", func() { b.page.ask(p.Path) }))
}
