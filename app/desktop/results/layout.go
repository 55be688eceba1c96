package results

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hostwise/app/desktop/ui"
)

// The page's grid at 100 %: three columns of 360 with a gutter of 36 at 1280, fewer where there is less room.
const (
	margin      = 32
	gutter      = 36
	leastColumn = 320

	cellGap      = 10  // between the columns of a small table
	leastGrowing = 112 // and what the growing one keeps
)

// renewed lays out and draws what scrolls after its content was built anew. The scroll itself follows only where
// the height changed: it would draw everything a second time.
func renewed(s *container.Scroll) {
	s.Content.Refresh()
	if wanted := max(s.Content.MinSize().Height, s.Size().Height); wanted != s.Content.Size().Height {
		s.Refresh()
	}
}

// columnsIn returns how many columns of the page fit a width, and how wide each is.
func columnsIn(width float32, most int) (n int, each float32) {
	least := ui.Scaled(leastColumn)
	n = min(max(1, int((width+gutter)/(least+gutter))), most)
	return n, (width - gutter*float32(n-1)) / float32(n)
}

// grid sets objects in up to three equal columns. Each object of a later row goes below the shortest column.
func grid(rowGap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&gridLayout{rowGap: rowGap}, objects...)
}

type gridLayout struct{ rowGap, width float32 }

func (l *gridLayout) place(objects []fyne.CanvasObject, width float32, move bool) float32 {
	n, each := columnsIn(width, 3)
	heights := make([]float32, n)
	shown := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		column := shown
		if shown >= n {
			column = shortest(heights)
		}
		shown++
		if heights[column] > 0 {
			heights[column] += l.rowGap
		}
		h := ui.HeightAt(o, each)
		if move {
			ui.Place(o, float32(column)*(each+gutter), heights[column], each, h)
		}
		heights[column] += h
	}
	most := float32(0)
	for _, h := range heights {
		most = max(most, h)
	}
	return most
}

func shortest(heights []float32) int {
	at := 0
	for i, h := range heights {
		if h < heights[at] {
			at = i
		}
	}
	return at
}

// HeightAt implements ui.FlowLayout.
func (l *gridLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	return l.place(o, width, false)
}

func (l *gridLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	w := ui.Scaled(240)
	return fyne.NewSize(w, l.place(o, max(w, l.width), false))
}

func (l *gridLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	l.place(o, s.Width, true)
}

// rows sets objects in up to three equal columns, those of a row from one line to another: all as high as the highest.
func rows(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&rowsLayout{gap: gap}, objects...)
}

type rowsLayout struct{ gap, width float32 }

func (l *rowsLayout) place(objects []fyne.CanvasObject, width float32, move bool) float32 {
	n, each := columnsIn(width, 3)
	y := float32(0)
	for row := range slices.Chunk(objects, n) {
		if y > 0 {
			y += l.gap
		}
		high := float32(0)
		for _, o := range row {
			high = max(high, ui.HeightAt(o, each))
		}
		for i, o := range row {
			if move {
				ui.Place(o, float32(i)*(each+gutter), y, each, high)
			}
		}
		y += high
	}
	return y
}

// HeightAt implements ui.FlowLayout.
func (l *rowsLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	return l.place(o, width, false)
}

func (l *rowsLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	w := ui.Scaled(240)
	return fyne.NewSize(w, l.place(o, max(w, l.width), false))
}

func (l *rowsLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	l.place(o, s.Width, true)
}

// hanging sets a short object, such as a number, at the left of a body that may take several lines.
func hanging(indent float32, mark, body fyne.CanvasObject) *fyne.Container {
	return container.New(hangingLayout{indent}, mark, body)
}

type hangingLayout struct{ indent float32 }

// HeightAt implements ui.FlowLayout.
func (l hangingLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	in := ui.Scaled(l.indent)
	return max(ui.HeightAt(o[0], in), ui.HeightAt(o[1], width-in))
}

func (l hangingLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[1].MinSize()
	return fyne.NewSize(m.Width+ui.Scaled(l.indent), max(m.Height, o[0].MinSize().Height))
}

func (l hangingLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	in := ui.Scaled(l.indent)
	m := o[0].MinSize()
	ui.Place(o[0], 0, max(0, (ui.Scaled(ui.Secondary.Line)-m.Height)/2), min(in, m.Width), m.Height)
	ui.Place(o[1], in, 0, s.Width-in, s.Height)
}

// beside sets a main part and a narrower one at its right, one column wide; where there is no room for both the
// second goes below.
func beside(gap float32, main, side fyne.CanvasObject) *fyne.Container {
	return container.New(&besideLayout{gap: gap}, main, side)
}

type besideLayout struct{ gap, width float32 }

func (l *besideLayout) split(width float32) (main, side float32, stacked bool) {
	if n, each := columnsIn(width, 3); n == 3 {
		return width - each - gutter, each, false
	}
	if side = ui.Scaled(290); width-side-gutter >= ui.Scaled(420) {
		return width - side - gutter, side, false
	}
	return width, width, true
}

// HeightAt implements ui.FlowLayout.
func (l *besideLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	m, s, stacked := l.split(width)
	a, b := ui.HeightAt(o[0], m), ui.HeightAt(o[1], s)
	if stacked {
		return a + l.gap + b
	}
	return max(a, b)
}

func (l *besideLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	w := ui.Scaled(240)
	return fyne.NewSize(w, l.HeightAt(o, max(w, l.width)))
}

func (l *besideLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	m, side, stacked := l.split(s.Width)
	a := ui.HeightAt(o[0], m)
	ui.Place(o[0], 0, 0, m, a)
	if stacked {
		ui.Place(o[1], 0, a+l.gap, side, ui.HeightAt(o[1], side))
		return
	}
	ui.Place(o[1], s.Width-side, 0, side, ui.HeightAt(o[1], side))
}

// tagged sets a badge right after words, which are shortened where both have no room.
func tagged(words *ui.Text, badge fyne.CanvasObject) *fyne.Container {
	return container.New(taggedLayout{}, words.Cut(), badge)
}

type taggedLayout struct{}

func (taggedLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	b := o[1].MinSize()
	return fyne.NewSize(b.Width+ui.Scaled(48), max(o[0].MinSize().Height, b.Height))
}

func (taggedLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	a, b := o[0].(*ui.Text), o[1].MinSize()
	w := min(a.FullWidth()+1, s.Width-b.Width-8)
	h := a.MinSize().Height
	ui.Place(a, 0, (s.Height-h)/2, w, h)
	ui.Place(o[1], max(0, w)+8, (s.Height-b.Height)/2, b.Width, b.Height)
}

// toldLayout gives an object all the room there is, and tells of it afterwards.
type toldLayout struct{ laid func() }

func (l toldLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (l toldLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	ui.Place(o[0], 0, 0, s.Width, s.Height)
	l.laid()
}
