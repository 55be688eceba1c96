package figure

import "math"

// chooseLegend takes the figure's legend; where the parts of bars have no room for names of their own, they
// are named there.
func (pl *plot) chooseLegend() {
	pl.legend = pl.f.Keys
	if len(pl.legend) > 0 || pl.small() {
		return
	}
	for _, layer := range pl.f.Layers {
		stacks, ok := layer.(Stacks)
		if !ok || !stacks.NameParts || len(stacks.Parts) < 2 {
			continue
		}
		height := pl.area.height() - pl.topStrip() - pl.bottomStrip()
		pl.pitch = math.Min(pl.m.rowPitch, height/float64(len(pl.f.Rows)))
		if pl.namesFit() {
			return
		}
		for _, part := range stacks.Parts {
			pl.legend = append(pl.legend, Key{Paint: part.Paint, Hatch: part.Hatch, Text: part.Name})
		}
		pl.legend = append(pl.legend, Key{Range: true, Text: "8 of 10"})
	}
}

// namesFit reports whether the rows leave room for names below and above a bar.
func (pl *plot) namesFit() bool { return pl.pitch > pl.barHeight()+1.9*pl.m.nameSub }

// keyRows breaks the legend into rows that fit the width.
func (pl *plot) keyRows(width float64) [][]Key {
	var rows [][]Key
	used := 0.0
	for _, k := range pl.legend {
		w := pl.keyWidth(k)
		if len(rows) == 0 || used+w > width {
			rows, used = append(rows, nil), 0
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], k)
		used += w
	}
	return rows
}

func (pl *plot) keySwatch(k Key) float64 {
	switch {
	case len(k.Depths) > 0:
		return pl.m.swatch * 1.2 * float64(len(k.Depths))
	case k.Range:
		return pl.m.swatch * 2
	}
	return pl.m.swatch
}

func (pl *plot) keyWidth(k Key) float64 {
	return pl.keySwatch(k) + pl.m.gap*0.8 + textWidth(k.Text, regular, pl.m.axis) + pl.m.gap*2
}

// keys draws the legend below the plot.
func (pl *plot) keys() {
	left, rows := pl.area.x0, pl.keyRows(pl.area.width())
	if below := pl.keyRows(pl.area.x1 - pl.box.x0); len(below) == len(rows) { // as wide as the plot, where that is enough
		left, rows = pl.box.x0, below
	}
	// Below the axis, and never beyond what the picture has.
	y := math.Min(pl.area.y1, pl.box.y1+pl.bottomStrip()) - pl.m.axis*1.7*(float64(len(rows))-0.5)
	for _, row := range rows {
		x := left
		for _, k := range row {
			pl.key(k, x, y)
			pl.write(k.Text, x+pl.keySwatch(k)+pl.m.gap*0.8, y, textStyle{size: pl.m.axis, color: pl.theme.Ink2})
			x += pl.keyWidth(k)
		}
		y += pl.m.axis * 1.7
	}
}

func (pl *plot) key(k Key, x, y float64) {
	h := pl.m.swatch
	switch {
	case len(k.Depths) > 0:
		for i, p := range k.Depths {
			x0 := x + h*1.2*float64(i)
			pl.fillBox(rect{x0, y - h/2, x0 + h*1.2, y + h/2}, fade(pl.theme.Color(p), mapOpacity(k.Depth)))
		}
	case k.Range:
		pl.whisker(x, x+h*2, y, h*0.7, pl.theme.Ink)
	case k.Paint.isRoute():
		pl.routeMark(k.Paint, x+h/2, y, false)
	default:
		pl.part(sharp(rect{x, y - h/2, x + h, y + h/2}), Part{Paint: k.Paint, Hatch: k.Hatch}, partPlain)
	}
}
