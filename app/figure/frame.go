package figure

import (
	"math"
)

// frame draws what stands around the plot in a deck picture, and returns the room that is left.
func (pl *plot) frame() rect {
	m, width := pl.m, float64(pl.opt.Width)
	inner := rect{m.margin, m.top, width - m.margin, float64(pl.opt.Height)}
	y := pl.heading(inner)
	bottom := pl.foot(inner)
	return rect{inner.x0, y + 28*pl.u, inner.x1, bottom - 34*pl.u}
}

// heading draws title and subtitle and returns where they end. A long title is set smaller, then broken,
// then cut: a finding of more than two lines is not one.
func (pl *plot) heading(inner rect) float64 {
	m, y := pl.m, inner.y0
	size, line := m.title, m.titleLine
	lines := wrapText(pl.f.Title, semiBold, size, inner.width(), 2)
	if len(lines) == 2 {
		size, line = m.title*0.82, m.titleLine*0.84
		lines = wrapText(pl.f.Title, semiBold, size, inner.width(), 2)
	}
	for _, text := range lines {
		pl.write(text, inner.x0-size*0.045, y+line/2, textStyle{size: size, weight: semiBold, color: pl.theme.Ink})
		y += line
	}
	if pl.f.Subtitle == "" {
		return y
	}
	y += 8 * pl.u
	for _, text := range wrapText(pl.f.Subtitle, regular, m.subtitle, inner.width(), 2) {
		pl.write(text, inner.x0, y+m.subtitleLine/2, textStyle{size: m.subtitle, color: pl.theme.Ink2})
		y += m.subtitleLine
	}
	return y
}

// foot draws the strip of assumptions, the sources and the brand, and returns where the strip begins.
func (pl *plot) foot(inner rect) float64 {
	m := pl.m
	base := inner.y1 - 57*pl.u
	brandLeft := inner.x1
	if pl.f.Brand != "" {
		brandLeft = pl.brand(inner.x1, base)
	}
	if pl.f.Source != "" {
		size := m.source
		text := fitText(pl.f.Source, regular, size, brandLeft-inner.x0-30*pl.u)
		pl.write(text, inner.x0, base, textStyle{size: size, color: pl.theme.Ink3})
	}
	rows := pl.footRows(inner.width())
	y := base - 35*pl.u - m.footLine*float64(len(rows)-1)
	if len(rows) == 0 {
		y = base
	}
	rule := y - 34*pl.u
	pl.rule(inner.x0, rule, inner.x1, rule, m.hair, pl.theme.Hairline)
	for _, row := range rows {
		pl.footRow(row, inner, y)
		y += m.footLine
	}
	return rule
}

// footGap is the least distance between two facts, keyGap that between the name of a fact and its value.
const (
	footGap = 34
	keyGap  = 9
)

func (pl *plot) factWidth(f Fact) float64 {
	return textWidth(f.Key, regular, pl.m.foot) + keyGap*pl.u + textWidth(f.Value, regular, pl.m.foot)
}

// footRows breaks the facts into at most two rows. What does not fit is left to the twin table.
func (pl *plot) footRows(width float64) [][]Fact {
	var rows [][]Fact
	used := 0.0
	for _, f := range pl.f.Foot {
		w := pl.factWidth(f)
		if len(rows) > 0 && used+footGap*pl.u+w <= width {
			rows[len(rows)-1] = append(rows[len(rows)-1], f)
			used += footGap*pl.u + w
			continue
		}
		if len(rows) == 2 {
			break
		}
		if w > width {
			f.Value = fitText(f.Value, regular, pl.m.foot, width-textWidth(f.Key, regular, pl.m.foot)-keyGap*pl.u)
			w = pl.factWidth(f)
		}
		rows, used = append(rows, []Fact{f}), w
	}
	return rows
}

func (pl *plot) footRow(facts []Fact, inner rect, y float64) {
	total := 0.0
	for _, f := range facts {
		total += pl.factWidth(f)
	}
	gap := footGap * pl.u
	if len(facts) > 1 {
		gap = math.Min((inner.width()-total)/float64(len(facts)-1), 72*pl.u)
	}
	x := inner.x0
	for _, f := range facts {
		pl.write(f.Key, x, y, textStyle{size: pl.m.foot, color: pl.theme.Ink3})
		pl.write(f.Value, x+textWidth(f.Key, regular, pl.m.foot)+keyGap*pl.u, y, textStyle{size: pl.m.foot, color: pl.theme.Ink})
		x += pl.factWidth(f) + gap
	}
}

// brand writes the product, its version and the catalogue's date at the lower right, after the product's
// sign, and returns where it begins.
func (pl *plot) brand(x, y float64) float64 {
	size := pl.m.source
	box := pl.write(pl.f.Brand, x, y, textStyle{size: size, color: pl.theme.Ink3, anchor: right})
	side := 22 * pl.u
	at := rect{box.x0 - 12*pl.u - side, y - side/2, box.x0 - 12*pl.u, y + side/2}
	var plate, sign path
	plate.rounded(at, side*0.26)
	pl.pen.fill(&plate, pl.theme.Ink)
	bar := func(x0, y0, x1, y1 float64) {
		sign.move(at.x0+x0*side, at.y0+y0*side)
		sign.line(at.x0+x1*side, at.y0+y1*side)
	}
	bar(0.28, 0.27, 0.28, 0.73)
	bar(0.28, 0.5, 0.53, 0.5)
	bar(0.53, 0.27, 0.53, 0.73)
	bar(0.66, 0.73, 0.77, 0.27)
	pl.pen.stroke(&sign, stroke{color: pl.theme.Page, width: side * 0.085})
	return at.x0
}
