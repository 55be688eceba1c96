package whatif

import (
	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
)

// The measures of the tabs at 100 %.
const (
	margin    = 32
	leftWidth = 372 // the sliders
	leftLeast = 300
	sideWidth = 340 // beside the map
	mainLeast = 440 // what the answer needs beside the sliders; with less it stands above them

	stackedTop  = 260 // the least height of the upper part where two stand one above the other
	stackedFoot = 240 // and of the lower one
)

// barLayout sets what is chosen at the left of a bar and what is done at its right; where both have no room the second
// goes below.
type barLayout struct{ width float32 }

const (
	barGap     = 16
	barItemGap = 10
)

// natural is the width of the actions on one line.
func (l *barLayout) natural(o []fyne.CanvasObject) float32 {
	w := float32(-barItemGap)
	for _, x := range o[1].(*fyne.Container).Objects {
		if x.Visible() {
			w += x.MinSize().Width + barItemGap
		}
	}
	return max(0, w)
}

func (l *barLayout) stacked(o []fyne.CanvasObject, width float32) bool {
	return o[0].MinSize().Width+barGap+l.natural(o) > width
}

// HeightAt implements ui.FlowLayout.
func (l *barLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	if !l.stacked(o, width) {
		return max(o[0].MinSize().Height, ui.HeightAt(o[1], l.natural(o)+1))
	}
	return o[0].MinSize().Height + 6 + ui.HeightAt(o[1], width)
}

func (l *barLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(ui.Scaled(240), l.HeightAt(o, max(l.width, ui.Scaled(240))))
}

func (l *barLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	a, w := o[0].MinSize(), l.natural(o)+1
	if l.stacked(o, s.Width) {
		ui.Place(o[0], 0, 0, a.Width, a.Height)
		ui.Place(o[1], 0, a.Height+6, s.Width, ui.HeightAt(o[1], s.Width))
		return
	}
	h := ui.HeightAt(o[1], w)
	ui.Place(o[0], 0, (s.Height-a.Height)/2, a.Width, a.Height)
	ui.Place(o[1], s.Width-w, (s.Height-h)/2, w, h)
}

// grown is a measure that grows with the text, but by no more than two fifths: beyond that words break into more lines
// instead.
func grown(units float32) float32 { return units * min(ui.Scale(), 1.4) }

// splitLayout sets the sliders at the left of the answer with a hairline between; a narrow window has the answer first
// and the sliders below it, and scrolls where both have too little height.
type splitLayout struct{}

func (splitLayout) left(width float32) (left float32, stacked bool) {
	left = min(grown(leftWidth), max(grown(leftLeast), width*0.34))
	return left, width-left < grown(mainLeast)
}

// HeightAt implements ui.FlowLayout.
func (l splitLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	if _, stacked := l.left(width); stacked {
		return ui.Scaled(stackedTop + stackedFoot)
	}
	return ui.Scaled(120)
}

func (splitLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(grown(280), ui.Scaled(120))
}

func (l splitLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	left, stacked := l.left(s.Width)
	if stacked {
		h := s.Height * stackedTop / (stackedTop + stackedFoot)
		ui.Place(o[2], 0, 0, s.Width, h)
		ui.Place(o[1], 0, h, s.Width, 1)
		ui.Place(o[0], 0, h+1, s.Width, s.Height-h-1)
		return
	}
	ui.Place(o[0], 0, 0, left, s.Height)
	ui.Place(o[1], left, 0, 1, s.Height)
	ui.Place(o[2], left+1, 0, s.Width-left-1, s.Height)
}

// besideLayout sets the side panel at the right of the map, or below it where the map would get too narrow.
type besideLayout struct{}

func (besideLayout) side(o []fyne.CanvasObject, width float32) (side float32, stacked bool) {
	side = min(o[1].MinSize().Width, width*0.42)
	return side, width-side < grown(mainLeast)
}

// HeightAt implements ui.FlowLayout.
func (l besideLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	side, stacked := l.side(o, width)
	if stacked {
		return ui.HeightAt(o[0], width) + ui.Scaled(stackedFoot)
	}
	return ui.HeightAt(o[0], width-side)
}

func (besideLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(grown(280), ui.Scaled(120))
}

func (l besideLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	side, stacked := l.side(o, s.Width)
	if stacked {
		h := s.Height - max(ui.Scaled(stackedFoot), s.Height*0.4)
		ui.Place(o[0], 0, 0, s.Width, h)
		ui.Place(o[1], 0, h, s.Width, s.Height-h)
		return
	}
	ui.Place(o[0], 0, 0, s.Width-side, s.Height)
	ui.Place(o[1], s.Width-side, 0, side, s.Height)
}

// figuresLayout stacks a head and figures that share the height that is left, each at least as high as it needs.
type figuresLayout struct{ gap, width float32 }

func (l *figuresLayout) least(o []fyne.CanvasObject, width float32) float32 {
	h := ui.HeightAt(o[0], width)
	for _, x := range o[1:] {
		if x.Visible() {
			h += l.gap + x.MinSize().Height
		}
	}
	return h
}

// HeightAt implements ui.FlowLayout.
func (l *figuresLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	return l.least(o, width)
}

func (l *figuresLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	w := ui.Scaled(280)
	return fyne.NewSize(w, l.least(o, max(w, l.width)))
}

func (l *figuresLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	spare := max(0, s.Height-l.least(o, s.Width))
	shown := 0
	for _, x := range o[1:] {
		if x.Visible() {
			shown++
		}
	}
	y := ui.HeightAt(o[0], s.Width)
	ui.Place(o[0], 0, 0, s.Width, y)
	for _, x := range o[1:] {
		if !x.Visible() {
			continue
		}
		h := x.MinSize().Height + spare/float32(max(1, shown))
		ui.Place(x, 0, y+l.gap, s.Width, h)
		y += l.gap + h
	}
}
