package figure

import (
	"errors"
	"fmt"
	"math"
)

var (
	errNoPoints = errors.New("there are no points")
	errNoRight  = errors.New("the figure has no right-hand axis")
)

// Line.

func (l Line) check(f *Figure) error {
	if len(l.Points) == 0 {
		return errNoPoints
	}
	for i := 1; i < len(l.Points); i++ {
		if l.Points[i].X < l.Points[i-1].X {
			return fmt.Errorf("%s: point %d goes back from %g to %g", l.Name, i, l.Points[i-1].X, l.Points[i].X)
		}
	}
	if l.Right && f.Right == nil {
		return errNoRight
	}
	return nil
}

func (l Line) extend(e *extents) {
	for _, p := range l.Points {
		e.x.add(p.X)
		if l.Right {
			e.right.add(p.Y)
		} else {
			e.y.add(p.Y)
		}
	}
}

// pixels returns the line on the picture, cut at the edges of the plot.
func (l Line) pixels(pl *plot) [][]point {
	points := make([]point, 0, len(l.Points)*2)
	for i, p := range l.Points {
		q := pl.place(p, l.Right)
		if l.Step && i > 0 {
			points = append(points, point{q.x, points[len(points)-1].y})
		}
		points = append(points, q)
	}
	if len(points) == 1 { // one observation is a short level line
		points = []point{{points[0].x - pl.m.dot, points[0].y}, {points[0].x + pl.m.dot, points[0].y}}
	}
	return clipPolyline(points, pl.box.grow(pl.m.line/2))
}

func (l Line) paint(pl *plot, at depth) {
	if at != depthMark {
		if at == depthWords && l.onLine(pl) != "" {
			l.inline(pl)
		}
		return
	}
	pieces := l.pixels(pl)
	pl.drawLine(pieces, l.Paint, l.Ghost, l.Thin)
	scale := &pl.y
	if l.Right {
		scale = pl.right
	}
	pl.curves = append(pl.curves, curve{line: &l, scale: scale})
	for _, piece := range pieces {
		pl.labels.cross(piece)
	}
	if n := len(pieces); n > 0 && l.Label != "" && l.Label != l.onLine(pl) {
		last := pieces[n-1]
		pl.ends = append(pl.ends, endLabel{text: l.end(pl), paint: l.Paint, at: last[len(last)-1], ghost: l.Ghost})
	}
}

// drawLine draws a series in its colour, with a darker edge where the colour alone is too pale and with the
// dash of its role.
func (pl *plot) drawLine(pieces [][]point, p Paint, ghost, thin bool) {
	var line path
	for _, piece := range pieces {
		line.polyline(piece)
	}
	fill, edge, width := pl.theme.Color(p), pl.theme.Edge(p), pl.m.line
	if thin {
		width = pl.m.thin
	}
	if ghost {
		w := pl.m.line * 0.6
		pl.pen.stroke(&line, stroke{color: edge, width: w, dash: []float64{w * 1.6, w * 1.8}})
		return
	}
	var dash []float64
	for _, d := range p.dash() {
		dash = append(dash, d*width)
	}
	if edge != fill {
		pl.pen.stroke(&line, stroke{color: edge, width: width, dash: dash})
		width *= 0.58
	}
	pl.pen.stroke(&line, stroke{color: fill, width: width, dash: dash})
}

// end is the name at the end of the line.
func (l Line) end(pl *plot) string {
	if l.Short != "" && pl.small() {
		return l.Short
	}
	return l.Label
}

// onLine is the name that is written on the line: where another axis stands at the right, the label goes there
// too.
func (l Line) onLine(pl *plot) string {
	switch {
	case l.Inline == "" && pl.right != nil:
		return l.Label
	case l.Label != "" && pl.small():
		return "" // its end says enough
	}
	return l.Inline
}

// inline writes the name of a line on it, where no other line runs.
func (l Line) inline(pl *plot) {
	size := pl.m.lead * 0.96
	width, height := textWidth(l.onLine(pl), regular, size), size*1.2
	pieces := l.pixels(pl)
	var candidates []candidate
	gap := size * 0.45
	for k := range 24 {
		share := 0.025 + 0.9*float64(k)/24
		x0 := pl.box.x0 + share*pl.box.width()
		if x0+width > pl.box.x1 {
			break
		}
		high, low, ok := yRange(pieces, x0, x0+width)
		if !ok {
			continue
		}
		far := 0.5*share + 0.12*(low-high)/height // where the line is steep its name stands off
		candidates = append(candidates,
			candidate{rect{x0, high - gap - height, x0 + width, high - gap}, far},
			candidate{rect{x0, low + gap, x0 + width, low + gap + height}, far + 0.1})
	}
	for i, c := range candidates { // a name stands in the plot, not on an axis
		if c.box.y1 > pl.box.y1-pl.m.hair || c.box.y0 < pl.box.y0 {
			candidates[i].penalty += 0.8
		}
	}
	for i, c := range candidates { // no other line may run between a name and its line
		reach := rect{c.box.x0, c.box.y0, c.box.x1, c.box.y1 + gap - pl.m.line}
		if i%2 == 1 {
			reach = rect{c.box.x0, c.box.y0 - gap + pl.m.line, c.box.x1, c.box.y1}
		}
		open := rect{c.box.x0, c.box.y0 - height*0.8, c.box.x1, c.box.y1 + height*0.8}
		for _, other := range pl.labels.lines {
			candidates[i].penalty += 0.8 * pl.labels.crossing(other, reach)
			candidates[i].penalty += 0.06 * pl.labels.crossing(other, open)
		}
	}
	box, ok := pl.labels.placeIfRoom(candidates)
	if !ok {
		return
	}
	pl.write(l.onLine(pl), box.x0, (box.y0+box.y1)/2, textStyle{size: size, color: pl.theme.Ink, halo: true})
}

// yRange returns the highest and lowest place of a line between two places of x.
func yRange(pieces [][]point, x0, x1 float64) (high, low float64, ok bool) {
	high, low = math.Inf(1), math.Inf(-1)
	for _, piece := range pieces {
		for i := 1; i < len(piece); i++ {
			a, b, in := clipSegment(piece[i-1], piece[i], rect{x0, -1e7, x1, 1e7})
			if in {
				high, low, ok = math.Min(high, math.Min(a.y, b.y)), math.Max(low, math.Max(a.y, b.y)), true
			}
		}
	}
	return high, low, ok
}

// placeEnds writes the names at the ends of lines, apart from each other.
func (pl *plot) placeEnds() {
	if len(pl.ends) == 0 {
		return
	}
	size := pl.m.total
	x := pl.box.x1 + pl.m.gap*0.9 + pl.endRoom()
	distance := size * 1.22
	centres := make([]float64, len(pl.ends))
	for i, e := range pl.ends {
		centres[i] = e.at.y
	}
	for i, y := range spread(centres, distance, pl.box.y0, pl.box.y1) {
		pl.endLabel(pl.ends[i], x, y, size)
	}
}

func (pl *plot) endLabel(e endLabel, x, y, size float64) {
	start := x
	switch {
	case e.at.x < pl.box.x1-pl.m.gap*3: // the line ends early: name it where it ends
		width := textWidth(e.text, semiBold, size*0.92)
		box := pl.labels.place(append(
			around(e.at.x-width*0.5, e.at.y, width, size*1.25, pl.m.gap*0.9)[2:4],
			around(e.at.x, e.at.y, width, size*1.25, pl.m.gap*0.9)...))
		pl.write(e.text, box.x0, (box.y0+box.y1)/2, textStyle{size: size * 0.92, weight: semiBold, color: pl.theme.Ink, halo: true})
		return
	case math.Abs(y-e.at.y) > size*0.75:
		var lead path
		lead.polyline([]point{{pl.box.x1 + pl.m.hair, e.at.y}, {x - pl.m.gap*0.25, y}})
		pl.pen.stroke(&lead, stroke{color: pl.theme.Ink3, width: pl.m.thin * 0.6})
	}
	if e.paint.isRoute() {
		pl.routeMark(e.paint, x+pl.m.swatch/2, y, e.ghost)
		start += pl.m.swatch + pl.m.gap*0.7
	}
	ink := pl.theme.Ink
	if e.ghost {
		ink = pl.theme.Ink3
	}
	text := fitText(e.text, regular, size, float64(pl.opt.Width)-start-2*pl.u)
	pl.labels.take(pl.write(text, start, y, textStyle{size: size, color: ink}))
}

// Band.

func (b Band) check(f *Figure) error {
	switch {
	case b.Right && f.Right == nil:
		return errNoRight
	case len(b.X) == 0:
		return errNoPoints
	case len(b.High) != len(b.X), b.Low != nil && len(b.Low) != len(b.X):
		return fmt.Errorf("%d places, %d lower and %d upper values", len(b.X), len(b.Low), len(b.High))
	}
	return nil
}

func (b Band) extend(e *extents) {
	e.x.add(b.X...)
	y := &e.y
	if b.Right {
		y = &e.right
	}
	y.add(b.High...)
	y.add(b.Low...)
}

func (b Band) paint(pl *plot, at depth) {
	if at != depthBand {
		return
	}
	var outline []point
	for i, x := range b.X {
		outline = append(outline, pl.place(XY{x, b.High[i]}, b.Right))
	}
	for i := len(b.X) - 1; i >= 0; i-- {
		q := point{pl.x.Pixel(b.X[i]), pl.box.y1}
		if b.Low != nil {
			q = pl.place(XY{b.X[i], b.Low[i]}, b.Right)
		}
		outline = append(outline, q)
	}
	opacity := b.Opacity
	if opacity == 0 {
		opacity = 0.15
		if pl.theme.Dark {
			opacity = 0.22
		}
	}
	var p path
	p.polygon(clipPolygon(outline, pl.box))
	pl.pen.fill(&p, fade(pl.theme.Color(b.Paint), opacity))
}

// Histogram.

func (h Histogram) check(f *Figure) error {
	if len(h.Counts) == 0 || len(h.Edges) != len(h.Counts)+1 {
		return fmt.Errorf("%d edges for %d bars", len(h.Edges), len(h.Counts))
	}
	if f.Y.Scaling == Log || f.Y.Min != 0 {
		return errors.New("bars begin at zero: the Y axis has to be linear and to start there")
	}
	return nil
}

func (h Histogram) extend(e *extents) {
	e.x.add(h.Edges...)
	e.y.add(0)
	e.y.add(h.Counts...)
}

func (h Histogram) paint(pl *plot, at depth) {
	if at != depthMark {
		return
	}
	gap := thickness(pl.m.hair)
	for i, count := range h.Counts {
		x0, x1 := math.Round(pl.x.Pixel(h.Edges[i])), math.Round(pl.x.Pixel(h.Edges[i+1]))
		box := rect{x0 + gap, pl.y.Pixel(count), x1, pl.y.Pixel(0)}
		pl.fillBox(box, pl.theme.Color(h.Paint))
		pl.labels.take(box)
	}
}

// Points.

func (p Points) check(f *Figure) error {
	switch {
	case p.Right && f.Right == nil:
		return errNoRight
	case len(p.At) == 0:
		return errNoPoints
	case p.Labels != nil && len(p.Labels) != len(p.At), p.Strong != nil && len(p.Strong) != len(p.At):
		return fmt.Errorf("%d points with %d labels", len(p.At), len(p.Labels))
	}
	return nil
}

func (p Points) extend(e *extents) {
	for _, at := range p.At {
		e.x.add(at.X)
		if p.Right {
			e.right.add(at.Y)
		} else {
			e.y.add(at.Y)
		}
	}
}

func (p Points) paint(pl *plot, at depth) {
	switch at {
	case depthOver:
		shape, radius := p.Shape, pl.m.dot
		if shape == ShapeNone {
			shape = p.Paint.Shape()
		}
		if p.Small {
			radius *= 0.7
		}
		for _, place := range p.At {
			q := pl.place(place, p.Right)
			pl.mark(shape, q.x, q.y, radius, pl.theme.Color(p.Paint), pl.theme.Edge(p.Paint), p.Hollow)
			pl.labels.take(rect{q.x, q.y, q.x, q.y}.grow(radius))
		}
	case depthWords:
		for i, text := range p.Labels {
			if text != "" {
				pl.pointLabel(p, i, text)
			}
		}
	}
}

// pointLabel names a point beside it, with a thin line where the name had to move away.
func (pl *plot) pointLabel(p Points, i int, text string) {
	q := pl.place(p.At[i], p.Right)
	style := textStyle{size: pl.m.note, color: pl.theme.Ink2, halo: true}
	if p.Strong != nil && p.Strong[i] {
		style.weight, style.color = semiBold, pl.theme.Ink
	}
	width, height := textWidth(text, style.weight, style.size), style.size*1.2
	box := pl.labels.place(around(q.x, q.y, width, height, pl.m.dot+pl.m.gap*0.5))
	pl.leader(q, box, pl.m.dot*1.6)
	pl.write(text, box.x0, (box.y0+box.y1)/2, style)
}

// leader draws a thin line from a place to the nearest edge of a label that lies away from it.
func (pl *plot) leader(from point, to rect, clear float64) {
	near := point{math.Max(to.x0-pl.m.gap*0.3, math.Min(from.x, to.x1+pl.m.gap*0.3)), math.Max(to.y0, math.Min(from.y, to.y1))}
	d := math.Hypot(near.x-from.x, near.y-from.y)
	if d < clear*2.2 {
		return
	}
	var line path
	line.move(from.x+(near.x-from.x)*clear/d, from.y+(near.y-from.y)*clear/d)
	line.line(near.x, near.y)
	pl.pen.stroke(&line, stroke{color: pl.theme.Ink3, width: pl.m.thin * 0.75})
}
