package figure

import (
	"fmt"
	"math"
)

func (r EndRanges) check(*Figure) error {
	for i, e := range r.Ends {
		if e.Low > e.Likely || e.Likely > e.High {
			return fmt.Errorf("end %d: %g, %g, %g are out of order", i, e.Low, e.Likely, e.High)
		}
	}
	return nil
}

func (r EndRanges) extend(e *extents) {
	e.x.add(r.X)
	for _, end := range r.Ends {
		e.y.add(end.Low, end.High)
	}
}

// endRoom is the room that the ranges beyond the ends of lines take.
func (pl *plot) endRoom() float64 {
	for _, layer := range pl.f.Layers {
		if r, ok := layer.(EndRanges); ok {
			return pl.m.gap + pl.m.dot*2.6*float64(len(r.Ends)) + pl.m.gap*0.5
		}
	}
	return 0
}

func (r EndRanges) paint(pl *plot, at depth) {
	if at != depthOver {
		return
	}
	x := math.Round(pl.x.Pixel(r.X))
	for i, e := range r.Ends {
		e.draw(pl, x, x+pl.m.gap+pl.m.dot*(1.3+2.6*float64(i)))
	}
}

// draw joins the end of the line to where it stands after all, and draws the range there.
func (e EndRange) draw(pl *plot, x0, x float64) {
	fill, edge := pl.theme.Color(e.Paint), pl.theme.Edge(e.Paint)
	from, low, likely, high := pl.y.Pixel(e.From), pl.y.Pixel(e.Low), pl.y.Pixel(e.Likely), pl.y.Pixel(e.High)
	if math.Abs(from-likely) > pl.m.dot*0.5 {
		var drop path
		drop.polyline([]point{{x0, from}, {x, from}, {x, likely}})
		w := pl.m.line * 0.6
		pl.pen.stroke(&drop, stroke{color: edge, width: w, dash: []float64{w * 1.6, w * 1.8}})
	}
	if low-high > 1 {
		pl.rule(x, high, x, low, pl.m.dot*0.8, fade(fill, 0.45))
		pl.rule(x-pl.m.dot, high, x+pl.m.dot, high, pl.m.whisker, fade(edge, 0.9))
		pl.rule(x-pl.m.dot, low, x+pl.m.dot, low, pl.m.whisker, fade(edge, 0.9))
	}
	pl.mark(e.Paint.Shape(), x, likely, pl.m.dot*0.8, fill, edge, false)
}
