package ui

import (
	"cmp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// TableColumns are the columns of a small table whose rows are laid out one by one.
type TableColumns struct {
	Widths []float32 // at 100 %; the column of width 0 takes what is left
	Drop   []int     // the columns that a narrow window gives up, the first one first
	Gap    float32   // between the columns; 0 = CellGap
	Least  float32   // what the growing column keeps, at 100 %, as long as there is a column to give up; 0 = 96
}

// CellGap is the gap between the columns of a small table.
const CellGap = 12

func (c TableColumns) gap() float32 { return cmp.Or(c.Gap, CellGap) }

// least is the width that a row asks for.
func (c TableColumns) least() float32 { return Scaled(cmp.Or(c.Least, 96)) }

// Row sets objects into the columns, all in the middle of a row that is at least so high at 100 %.
func (c TableColumns) Row(height float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&tableRowLayout{height: height, columns: c}, objects...)
}

// at returns the width of each column in a row of this width; a negative one is given up.
func (c TableColumns) at(width float32) []float32 {
	out, grow := make([]float32, len(c.Widths)), -1
	for i, w := range c.Widths {
		out[i] = Scaled(w)
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
		return rest - c.gap()*float32(max(0, shown-1))
	}
	for _, i := range c.Drop {
		if left() >= c.least() {
			break
		}
		out[i] = -1
	}
	if grow >= 0 {
		out[grow] = max(Scaled(40), left())
	}
	return out
}

type tableRowLayout struct {
	height  float32
	columns TableColumns
}

// HeightAt implements FlowLayout.
func (l *tableRowLayout) HeightAt(o []fyne.CanvasObject, width float32) float32 {
	h := Scaled(l.height)
	for i, w := range l.columns.at(width) {
		if w >= 0 {
			h = max(h, HeightAt(o[i], w))
		}
	}
	return h
}

func (l *tableRowLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.columns.least(), Scaled(l.height))
}

func (l *tableRowLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	x := float32(0)
	for i, w := range l.columns.at(s.Width) {
		SetShown(o[i], w >= 0)
		if w < 0 {
			continue
		}
		h := min(HeightAt(o[i], w), s.Height)
		Place(o[i], x, (s.Height-h)/2, w, h)
		x += w + l.columns.gap()
	}
}
