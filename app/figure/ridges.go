package figure

import (
	"fmt"
	"math"
	"slices"
)

func (r Ridges) check(f *Figure) error {
	for _, ridge := range r.Ridges {
		if err := checkRow(f, ridge.Row); err != nil {
			return err
		}
		if len(ridge.Shares) == 0 || len(ridge.Edges) != len(ridge.Shares)+1 {
			return fmt.Errorf("row %d: %d edges for %d shares", ridge.Row, len(ridge.Edges), len(ridge.Shares))
		}
		if !slices.IsSorted(ridge.Edges) || slices.Min(ridge.Shares) < 0 {
			return fmt.Errorf("row %d: edges ascend and no share is below zero", ridge.Row)
		}
	}
	return nil
}

func (r Ridges) extend(e *extents) {
	for _, ridge := range r.Ridges {
		e.x.add(ridge.Edges...)
	}
}

// ridgeRoom is how high a ridge may stand, 0 where the rows leave no room to read one.
func (pl *plot) ridgeRoom() float64 {
	for _, layer := range pl.f.Layers {
		if _, ok := layer.(Ridges); ok && pl.pitch > pl.m.dot*5 {
			return pl.pitch * 0.62
		}
	}
	return 0
}

// markY is the middle of a row's mark: where ridges stand on the marks, these are lower in the row.
func (pl *plot) markY(row int) float64 {
	if room := pl.ridgeRoom(); room > 0 {
		return pl.rowY(row) + room*0.42
	}
	return pl.rowY(row)
}

func (r Ridges) paint(pl *plot, at depth) {
	room := pl.ridgeRoom()
	if at != depthBand || room == 0 {
		return
	}
	highest := 0.0
	for _, ridge := range r.Ridges {
		highest = math.Max(highest, slices.Max(ridge.Shares))
	}
	if highest == 0 {
		return
	}
	for _, ridge := range r.Ridges {
		ridge.draw(pl, room/highest)
	}
}

// draw fills the bars of a ridge and outlines them, so that a pale one can be seen.
func (r Ridge) draw(pl *plot, perShare float64) {
	strength := 1.0
	if r.Faint {
		strength = 0.4
	}
	base := math.Round(pl.markY(r.Row))
	var body, rim path
	var outline []point
	for i, share := range r.Shares {
		x0, x1 := math.Round(pl.x.Pixel(r.Edges[i])), math.Round(pl.x.Pixel(r.Edges[i+1]))
		x0, x1 = math.Max(x0, pl.box.x0), math.Min(x1, pl.box.x1)
		if x1 <= x0 {
			continue
		}
		top := math.Round(base - share*perShare)
		if share > 0 { // what happened at all is seen
			top = math.Min(top, base-thickness(pl.m.hair))
		}
		body.rectangle(rect{x0, top, x1, base})
		outline = append(outline, point{x0, top}, point{x1, top})
	}
	if len(outline) == 0 {
		return
	}
	outline = append(append([]point{{outline[0].x, base}}, outline...), point{outline[len(outline)-1].x, base})
	rim.polyline(outline)
	pl.pen.fill(&body, fade(pl.theme.Color(r.Paint), 0.30*strength))
	pl.pen.stroke(&rim, stroke{color: fade(pl.theme.Edge(r.Paint), 0.75*strength), width: pl.m.thin * 0.8})
}
