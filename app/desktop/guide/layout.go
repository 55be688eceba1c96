package guide

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/ui"
)

// The measures of the page at 100 %.
const (
	listWidth    = 224 // the questions at the left
	sideWidth    = 384 // the live answer at the right
	sideNarrow   = 320
	middleLeast  = 400 // what a question needs; the side panel hides where less is left
	middleMost   = 680 // lines longer than this are hard to read
	footerHeight = 60
	margin       = 28
)

// besideOrBelow sets one object at the right of another, or below it where that leaves the first too little room.
func besideOrBelow(left, right fyne.CanvasObject) *fyne.Container {
	return container.New(besideLayout{}, left, right)
}

type besideLayout struct{}

var sideBySide = ui.EndsLayout{Gap: 10}

// leastBeside is what the first keeps at 100 % where both stand side by side.
const leastBeside = 96

func (besideLayout) stacked(o []fyne.CanvasObject, width float32) bool {
	if line, ok := o[0].(*ui.Text); ok { // a line that would be cut has the whole width to itself
		return line.FullWidth()+sideBySide.Gap+o[1].MinSize().Width > width
	}
	return width-o[1].MinSize().Width < ui.Scaled(leastBeside)
}

// HeightAt implements ui.FlowLayout.
func (l besideLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	if !l.stacked(o, width) {
		return sideBySide.HeightAt(o, width)
	}
	return ui.HeightAt(o[0], width) + 4 + ui.HeightAt(o[1], width)
}

func (besideLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(ui.Scaled(leastBeside), max(o[0].MinSize().Height, o[1].MinSize().Height))
}

func (l besideLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	if !l.stacked(o, s.Width) {
		sideBySide.Layout(o, s)
		return
	}
	h := ui.HeightAt(o[0], s.Width)
	ui.Place(o[0], 0, 0, s.Width, h)
	ui.Place(o[1], 0, h+4, s.Width, s.Height-h-4)
}

// hanging sets a mark at the left and a body beside it, indented by a width at 100 %.
func hanging(indent float32, mark, body fyne.CanvasObject) *fyne.Container {
	return container.New(hangingLayout{indent}, mark, body)
}

type hangingLayout struct{ indent float32 }

// HeightAt implements ui.FlowLayout.
func (l hangingLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	return max(o[0].MinSize().Height, ui.HeightAt(o[1], max(1, width-ui.Scaled(l.indent))))
}

func (l hangingLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[1].MinSize()
	return fyne.NewSize(m.Width+ui.Scaled(l.indent), max(m.Height, o[0].MinSize().Height))
}

func (l hangingLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	m := o[0].MinSize()
	ui.Place(o[0], 0, max(0, (ui.Scaled(20)-m.Height)/2), m.Width, m.Height)
	ui.Place(o[1], ui.Scaled(l.indent), 0, s.Width-ui.Scaled(l.indent), s.Height)
}

// centred sets an object at its own size in the middle of the room.
func centred(o fyne.CanvasObject) *fyne.Container { return container.New(centredLayout{}, o) }

type centredLayout struct{}

func (centredLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (centredLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	m := o[0].MinSize()
	ui.Place(o[0], (s.Width-m.Width)/2, (s.Height-m.Height)/2, m.Width, m.Height)
}
