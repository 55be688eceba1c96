package figure

import (
	"math"
	"sort"
)

// Layout says where the parts of a drawn figure lie, so that a window can show a crosshair and values.
// All places are pixels of the picture.
type Layout struct {
	Width, Height  int
	Left, Top      float64 // the box of the plot
	RightEdge      float64
	Bottom         float64
	X, Y           Scale // Y has no meaning in a figure of rows
	RightScale     *Scale
	RowTop, RowGap float64 // rows are RowGap high, the first begins at RowTop
	Rows           int
	curves         []curve
}

// Reading is the value of one line at one place of X.
type Reading struct {
	Name  string
	Paint Paint
	X, Y  float64 // values
	PX    float64 // pixels
	PY    float64
	XText string
	YText string
}

func (pl *plot) layout() Layout {
	l := Layout{
		Width: pl.opt.Width, Height: pl.opt.Height,
		Left: pl.box.x0, Top: pl.box.y0, RightEdge: pl.box.x1, Bottom: pl.box.y1,
		X: pl.x, Y: pl.y, RightScale: pl.right, curves: pl.curves,
	}
	if n := len(pl.f.Rows); n > 0 {
		l.Rows, l.RowTop, l.RowGap = n, pl.box.y0, pl.pitch
	}
	return l
}

// Inside reports whether a pixel lies in the plot.
func (l *Layout) Inside(x, y float64) bool {
	return x >= l.Left && x <= l.RightEdge && y >= l.Top && y <= l.Bottom
}

// Row returns the row at a pixel, or -1.
func (l *Layout) Row(x, y float64) int {
	if l.Rows == 0 || y < l.RowTop || l.RowGap <= 0 {
		return -1
	}
	if row := int((y - l.RowTop) / l.RowGap); row < l.Rows {
		return row
	}
	return -1
}

// ReadAt returns the value of every line at a pixel of X, from the top of the picture down.
func (l *Layout) ReadAt(x float64) []Reading {
	v := l.X.Value(x)
	var out []Reading
	for _, c := range l.curves {
		y, ok := c.line.at(v, &l.X, c.scale)
		if !ok {
			continue
		}
		out = append(out, Reading{
			Name: c.line.Name, Paint: c.line.Paint, X: v, Y: y, PX: x, PY: c.scale.Pixel(y),
			XText: l.X.Text(v), YText: c.scale.Text(y),
		})
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].PY < out[j].PY })
	return out
}

// at returns the value of the line at a value of X: along the straight piece that is drawn, or held where
// the line is a step.
func (l *Line) at(v float64, x, y *Scale) (float64, bool) {
	n := len(l.Points)
	i := sort.Search(n, func(i int) bool { return l.Points[i].X >= v })
	if i == n || (i == 0 && l.Points[0].X > v) {
		return 0, false
	}
	b := l.Points[i]
	if i == 0 || b.X == v {
		return b.Y, true
	}
	a := l.Points[i-1]
	if l.Step {
		return a.Y, true
	}
	t := (x.share(v) - x.share(a.X)) / (x.share(b.X) - x.share(a.X))
	if y.Scaling == Log && a.Y > 0 && b.Y > 0 {
		return a.Y * math.Pow(b.Y/a.Y, t), true
	}
	return a.Y + (b.Y-a.Y)*t, true
}
