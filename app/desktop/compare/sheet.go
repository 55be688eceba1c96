package compare

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"hostwise/app/desktop/ui"
)

// The space around the lines of a sheet.
const (
	sheetTop, sheetFoot   = 18, 24
	sheetLeft, sheetRight = 32, 24
)

// sheet is the page's table as the content of a scroll: lines one below the other, as wide as their columns need. However
// it is scrolled, the head stays at its top and the labels at its left, so that a figure never loses its row or its case;
// what is not made of columns stays within the view.
type sheet struct {
	widget.BaseWidget
	head    *fyne.Container
	lines   []sheetLine
	columns int
	view    fyne.Size
	offset  fyne.Position // of the view in the sheet
}

// sheetLine is one line; a pinned one is as wide as the view and stays in it.
type sheetLine struct {
	object fyne.CanvasObject
	pinned bool
}

func newSheet(head *fyne.Container, columns int) *sheet {
	s := &sheet{head: head, columns: columns}
	s.ExtendBaseWidget(s)
	return s
}

// row adds a line of columns.
func (s *sheet) row(o *fyne.Container) { s.lines = append(s.lines, sheetLine{o, false}) }

// pin adds a line that stays within the view.
func (s *sheet) pin(o fyne.CanvasObject) { s.lines = append(s.lines, sheetLine{o, true}) }

// Parts implements ui.Parted.
func (s *sheet) Parts() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, 0, len(s.lines)+1)
	for _, l := range s.lines {
		out = append(out, l.object)
	}
	return append(out, s.head)
}

// Move implements fyne.CanvasObject: it is how a scroll shows another part of its content.
func (s *sheet) Move(p fyne.Position) {
	s.BaseWidget.Move(p)
	if at := fyne.NewPos(max(0, -p.X), max(0, -p.Y)); at != s.offset {
		s.offset = at
		s.follow()
	}
}

// follow moves what stays in view.
func (s *sheet) follow() {
	for _, l := range s.lines {
		o := l.object
		if l.pinned {
			o.Move(fyne.NewPos(sheetLeft+s.offset.X, o.Position().Y))
			continue
		}
		stick(o.(*fyne.Container), s.offset.X)
	}
	s.head.Move(fyne.NewPos(0, s.offset.Y))
	stick(s.head.Objects[1].(*fyne.Container), s.offset.X)
}

// seen tells the sheet how large the view is.
func (s *sheet) seen(view fyne.Size) {
	if s.view != view {
		s.view = view
		s.Refresh()
	}
}

// inView is the width of what stays within the view.
func (s *sheet) inView(width float32) float32 {
	if s.view.Width > 0 {
		width = min(width, s.view.Width)
	}
	return width - sheetLeft - sheetRight
}

func (s *sheet) headHeight(width float32) float32 {
	return sheetTop + ui.HeightAt(s.head.Objects[1], width-sheetLeft-sheetRight) + 9
}

// HeightAt implements ui.Flowing.
func (s *sheet) HeightAt(width float32) float32 {
	h := s.headHeight(width) + sheetFoot
	for _, l := range s.lines {
		if l.pinned {
			h += ui.HeightAt(l.object, s.inView(width))
		} else {
			h += ui.HeightAt(l.object, width-sheetLeft-sheetRight)
		}
	}
	return h
}

// CreateRenderer implements fyne.Widget.
func (s *sheet) CreateRenderer() fyne.WidgetRenderer { return &sheetRenderer{s} }

type sheetRenderer struct{ s *sheet }

func (r *sheetRenderer) Destroy()                     {}
func (r *sheetRenderer) Objects() []fyne.CanvasObject { return r.s.Parts() }

func (r *sheetRenderer) MinSize() fyne.Size {
	w := labelAndColumns(r.s.columns, leastColumn) + sheetLeft + sheetRight
	return fyne.NewSize(w, r.s.HeightAt(max(w, r.s.view.Width)))
}

func (r *sheetRenderer) Layout(size fyne.Size) {
	s := r.s
	w, y := size.Width, s.headHeight(size.Width)
	ui.Place(s.head, 0, s.offset.Y, w, y)
	for _, l := range s.lines {
		if l.pinned {
			width := s.inView(w)
			h := ui.HeightAt(l.object, width)
			ui.Place(l.object, sheetLeft+s.offset.X, y, width, h)
			y += h
			continue
		}
		h := ui.HeightAt(l.object, w-sheetLeft-sheetRight)
		ui.Place(l.object, sheetLeft, y, w-sheetLeft-sheetRight, h)
		y += h
	}
	s.follow()
}

func (r *sheetRenderer) Refresh() {
	r.Layout(r.s.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

// sheetHead makes the head of a sheet of a row of columns: on the page's ground, above a hairline.
func sheetHead(columns *fyne.Container) *fyne.Container {
	return container.New(headLayout{}, ui.NewGround(ui.ColorPage, 0), columns, ui.NewHairline())
}

type headLayout struct{}

func (headLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(100, 40) }

func (headLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	ui.Place(o[0], 0, 0, s.Width, s.Height)
	ui.Place(o[1], sheetLeft, sheetTop, s.Width-sheetLeft-sheetRight, s.Height-sheetTop-9)
	ui.Place(o[2], sheetLeft, s.Height-1, s.Width-sheetLeft-sheetRight, 1)
}

// newGridRow sets a label and equal columns. The label comes last, over the columns that pass behind it.
func newGridRow(label fyne.CanvasObject, cells ...fyne.CanvasObject) *fyne.Container {
	ground := ui.NewGround(ui.ColorPage, 0)
	return container.New(gridLayout{}, append(cells, container.New(labelLayout{}, ground, label))...)
}

// stick moves the label of a row to where the view begins.
func stick(row *fyne.Container, left float32) {
	label := row.Objects[len(row.Objects)-1].(*fyne.Container)
	label.Move(fyne.NewPos(left, 0))
	ui.SetShown(label.Objects[0], left > 0)
}

// labelLayout sets a label in the middle of its row, and its ground as far as the edge of the view.
type labelLayout struct{}

// HeightAt implements ui.FlowLayout.
func (labelLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	return ui.HeightAt(o[1], width)
}

func (labelLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[1].MinSize() }

func (labelLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	ui.Place(o[0], -sheetLeft, 0, s.Width+sheetLeft+labelGap, s.Height)
	h := ui.HeightAt(o[1], s.Width)
	ui.Place(o[1], 0, inRow(h, s.Height), s.Width, h)
}

// labelGap is the space between a label and the first column, and between two columns.
const labelGap = 12

// inRow is where something of a height stands in a row: in the middle, or near the top where it takes several lines.
func inRow(h, row float32) float32 {
	if h > ui.Scaled(30) {
		return 4
	}
	return (row - h) / 2
}

// gridLayout sets equal columns, and the label before them.
type gridLayout struct{}

func (gridLayout) places(n int, width float32) (label, each float32) {
	label = min(ui.Scaled(labelWidth), width*0.3)
	return label, (width - label) / float32(max(1, n))
}

// HeightAt implements ui.FlowLayout.
func (l gridLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	n := len(o) - 1
	label, each := l.places(n, width)
	h := ui.HeightAt(o[n], label-labelGap)
	for _, c := range o[:n] {
		h = max(h, ui.HeightAt(c, each-labelGap))
	}
	return max(ui.Scaled(29), h+8)
}

func (l gridLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(100, l.HeightAt(o, 600))
}

func (l gridLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	n := len(o) - 1
	label, each := l.places(n, s.Width)
	for i, c := range o[:n] {
		h := ui.HeightAt(c, each-labelGap)
		ui.Place(c, label+each*float32(i), inRow(h, s.Height), each-labelGap, h)
	}
	ui.Place(o[n], o[n].Position().X, 0, label-labelGap, s.Height)
}
