package guide

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/ui"
)

// side is the live answer beside the question.
type side struct {
	page   *Page
	column *fyne.Container
	scroll *container.Scroll
	view   fyne.CanvasObject
}

func newSide(p *Page) *side {
	s := &side{page: p, column: ui.Column(16)}
	s.scroll = ui.Scroll(ui.Pad(20, 24, s.column))
	s.view = ui.On(ui.ColorPanel, 0, s.scroll)
	return s
}

func (s *side) refresh() {
	a, _ := s.page.session.Assessment()
	s.column.Objects = nil
	if a != nil {
		s.column.Add(ui.NewText(ui.SideVerdict, a.Verdict.Headline).Wrapped())
	}
	s.column.Refresh()
	s.scroll.Content.Refresh()
	s.scroll.Refresh()
}
