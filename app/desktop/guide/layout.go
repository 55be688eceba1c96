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

func put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(max(0, w), max(0, h)))
}

// ends sets one object at the left, which takes the room, and one at the right.
func ends(left, right fyne.CanvasObject) *fyne.Container {
	return container.New(endsLayout{}, left, right)
}

type endsLayout struct{}

// HeightAt implements ui.FlowLayout.
func (endsLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	r := o[1].MinSize()
	return max(ui.HeightAt(o[0], max(1, width-r.Width-10)), r.Height)
}

func (endsLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	l, r := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(min(l.Width, ui.Scaled(40))+r.Width+10, max(l.Height, r.Height))
}

func (endsLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	r := o[1].MinSize()
	left := max(1, s.Width-r.Width-10)
	h := min(ui.HeightAt(o[0], left), s.Height)
	put(o[0], 0, (s.Height-h)/2, left, h)
	put(o[1], s.Width-r.Width, (s.Height-r.Height)/2, r.Width, r.Height)
}

// besideOrBelow sets one object at the right of another, or below it where that leaves the first too little room.
func besideOrBelow(left, right fyne.CanvasObject) *fyne.Container {
	return container.New(besideLayout{}, left, right)
}

type besideLayout struct{}

func (besideLayout) stacked(o []fyne.CanvasObject, width float32) bool {
	return width-o[1].MinSize().Width < ui.Scaled(leastGrowing)
}

// HeightAt implements ui.FlowLayout.
func (l besideLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	if !l.stacked(o, width) {
		return endsLayout{}.HeightAt(o, width)
	}
	return ui.HeightAt(o[0], width) + 4 + ui.HeightAt(o[1], width)
}

func (besideLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(ui.Scaled(leastGrowing), max(o[0].MinSize().Height, o[1].MinSize().Height))
}

func (l besideLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	if !l.stacked(o, s.Width) {
		endsLayout{}.Layout(o, s)
		return
	}
	h := ui.HeightAt(o[0], s.Width)
	put(o[0], 0, 0, s.Width, h)
	put(o[1], 0, h+4, s.Width, s.Height-h-4)
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
	put(o[0], 0, min(ui.Scaled(20)-m.Height, 8)/2, m.Width, m.Height)
	put(o[1], ui.Scaled(l.indent), 0, s.Width-ui.Scaled(l.indent), s.Height)
}

// table sets objects into columns of widths at 100 %, all in the middle of the row. A width of 0 takes what is
// left. Columns that a narrow window gives up are listed in drop, the first one first.
func table(height float32, c columns, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&tableLayout{height: height, columns: c}, objects...)
}

type columns struct {
	widths []float32
	drop   []int
}

const (
	cellGap      = 12
	leastGrowing = 96
)

// at returns the width of each column in a row of this width; a negative one is given up.
func (c columns) at(width float32) []float32 {
	out, grow := make([]float32, len(c.widths)), -1
	for i, w := range c.widths {
		out[i] = ui.Scaled(w)
		if w == 0 {
			grow = i
		}
	}
	left := func() float32 {
		rest, shown := width, 0
		for _, w := range out {
			if w >= 0 {
				rest -= w
				shown++
			}
		}
		return rest - cellGap*float32(max(0, shown-1))
	}
	for _, i := range c.drop {
		if left() >= ui.Scaled(leastGrowing) {
			break
		}
		out[i] = -1
	}
	if grow >= 0 {
		out[grow] = max(ui.Scaled(40), left())
	}
	return out
}

type tableLayout struct {
	height  float32
	columns columns
}

// HeightAt implements ui.FlowLayout.
func (l *tableLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	h := ui.Scaled(l.height)
	for i, w := range l.columns.at(width) {
		if w >= 0 {
			h = max(h, ui.HeightAt(o[i], w))
		}
	}
	return h
}

func (l *tableLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(ui.Scaled(leastGrowing), ui.Scaled(l.height))
}

func (l *tableLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	x := float32(0)
	for i, w := range l.columns.at(s.Width) {
		if w < 0 {
			o[i].Hide()
			continue
		}
		if !o[i].Visible() {
			o[i].Show()
		}
		h := min(ui.HeightAt(o[i], w), s.Height)
		put(o[i], x, (s.Height-h)/2, w, h)
		x += w + cellGap
	}
}

// centred sets an object at its own size in the middle of the room.
func centred(o fyne.CanvasObject) *fyne.Container { return container.New(centredLayout{}, o) }

type centredLayout struct{}

func (centredLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (centredLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	m := o[0].MinSize()
	put(o[0], (s.Width-m.Width)/2, (s.Height-m.Height)/2, m.Width, m.Height)
}
