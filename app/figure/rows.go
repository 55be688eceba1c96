package figure

import (
	"errors"
	"fmt"
)

// paintSelected puts the chosen rows on the accent ground.
func (pl *plot) paintSelected() {
	for i, r := range pl.f.Rows {
		if !r.Selected {
			continue
		}
		y := pl.rowY(i)
		var p path
		p.rounded(sharp(rect{pl.area.x0, y - pl.pitch*0.48, pl.area.x1, y + pl.pitch*0.48}), 6*pl.u)
		pl.pen.fill(&p, pl.theme.AccentGround)
	}
}

// rowLabels writes the labels of the rows: right-aligned at the bars in a deck, left-aligned in a panel.
func (pl *plot) rowLabels() {
	if len(pl.f.Rows) == 0 {
		return
	}
	width := pl.rowLabelWidth()
	edge := pl.area.x0 + width
	for i, r := range pl.f.Rows {
		y, ink := pl.rowY(i), pl.theme.Ink
		if r.Muted {
			ink = pl.theme.Ink3
		}
		style := textStyle{size: pl.rowSize(pl.m.name), weight: r.weight(), color: ink}
		sub := textStyle{size: pl.m.nameSub, color: pl.theme.Ink3}
		if r.Selected {
			sub.color = pl.theme.Ink2
		}
		x := pl.area.x0
		if pl.opt.Compact {
			x += pl.u * 2 * float64(b2i(r.Selected))
		} else {
			x, style.anchor, sub.anchor = edge, right, right
		}
		lines := []string{fitText(r.Label, style.weight, style.size, width-pl.swatchRoom(r))}
		if r.Sub != "" && pl.subFits(style.size, sub.size) {
			indent := 0.0
			if pl.opt.Compact {
				indent = pl.swatchRoom(r)
			}
			pl.write(fitText(r.Sub, regular, sub.size, width-indent), x+indent, y+sub.size*0.78, sub)
			y -= style.size * 0.56
		} else if lines[0] != r.Label && pl.pitch > style.size*2.5 {
			lines = balance(r.Label, style.weight, style.size, width-pl.swatchRoom(r), 2)
		}
		pl.rowSwatch(r, widest(lines, style), style, &x, y)
		for k, line := range lines {
			pl.write(line, x, y+style.size*1.2*(float64(k)-float64(len(lines)-1)/2), style)
		}
	}
}

// widest is the longest of the lines of a text.
func widest(lines []string, style textStyle) string {
	best := ""
	for _, line := range lines {
		if textWidth(line, style.weight, style.size) > textWidth(best, style.weight, style.size) {
			best = line
		}
	}
	return best
}

// subFits reports whether the rows leave room for a second line.
func (pl *plot) subFits(size, sub float64) bool {
	if pl.opt.Compact {
		return !pl.noColumns && pl.pitch > size*1.2+sub*1.6
	}
	return pl.pitch > size*0.95+sub*1.3
}

// rowSwatch draws the mark of the row's route before its label.
func (pl *plot) rowSwatch(r Row, label string, style textStyle, x *float64, y float64) {
	if pl.swatchRoom(r) == 0 {
		return
	}
	at := *x + pl.m.swatch/2
	if style.anchor == right {
		at = *x - textWidth(label, style.weight, style.size) - pl.swatchRoom(r) + pl.m.swatch/2
	} else {
		*x += pl.swatchRoom(r)
	}
	pl.routeMark(r.Swatch, at, y, r.Muted)
}

// routeMark draws the swatch of a route in its own shape.
func (pl *plot) routeMark(p Paint, x, y float64, faded bool) {
	fill, edge := pl.theme.Color(p), pl.theme.Edge(p)
	if faded {
		fill, edge = fade(fill, 0.35), fade(edge, 0.35)
	}
	var body path
	body.mark(p.Shape(), x, y, pl.m.swatch*0.5)
	pl.pen.fill(&body, fill)
	if edge != fill {
		pl.pen.stroke(&body, stroke{color: edge, width: pl.m.hair})
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// columns writes the columns of words at the right of the rows.
func (pl *plot) columns() {
	x := pl.area.x1
	if pl.noColumns {
		return
	}
	for i := len(pl.f.Columns) - 1; i >= 0; i-- {
		c, width := pl.f.Columns[i], pl.columnWidth(i)
		if c.Title != "" && pl.spare < 3 {
			pl.write(fitText(c.Title, regular, pl.m.note, width), x, pl.aboveY(), textStyle{size: pl.m.note, color: pl.theme.Ink2, anchor: right})
		}
		for row, cell := range c.Cells {
			if row >= len(pl.f.Rows) {
				break
			}
			style := textStyle{size: pl.rowSize(pl.m.name), weight: cell.weight(), color: pl.theme.Ink2, anchor: right}
			if cell.Strong {
				style.color = pl.theme.Ink
			}
			pl.write(fitText(cell.Text, style.weight, style.size, width), x, pl.rowY(row), style)
		}
		x -= width + pl.m.gap*2
	}
}

func (c Cell) weight() weight {
	if c.Strong {
		return semiBold
	}
	return regular
}

var errRow = errors.New("a row that the figure does not have")

func checkRow(f *Figure, row int) error {
	if row < 0 || row >= len(f.Rows) {
		return fmt.Errorf("row %d of %d: %w", row, len(f.Rows), errRow)
	}
	return nil
}
