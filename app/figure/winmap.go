package figure

import (
	"fmt"
	"math"
	"slices"
	"sort"
)

// mapOpacity is the strength of a cell: 1 is a toss-up, 4 near certain.
func mapOpacity(depth int) float64 {
	return [...]float64{0, 0.29, 0.48, 0.68, 0.90}[max(0, min(4, depth))]
}

// DepthOfChance turns the chance of the winner into one of four depths: 90 and more of 100, 75 to 90,
// 60 to 75, less.
func DepthOfChance(chance float64) int {
	switch {
	case chance >= 0.9:
		return 4
	case chance >= 0.75:
		return 3
	case chance >= 0.6:
		return 2
	}
	return 1
}

func (c Cells) check(*Figure) error {
	if len(c.X) < 2 || len(c.Y) < 2 {
		return fmt.Errorf("a map of %d by %d places", len(c.X), len(c.Y))
	}
	if !slices.IsSorted(c.X) || !slices.IsSorted(c.Y) {
		return fmt.Errorf("the places of a map ascend")
	}
	if len(c.Winner) != len(c.Y) || len(c.Depth) != len(c.Y) {
		return fmt.Errorf("%d rows of winners and %d of depths for %d places", len(c.Winner), len(c.Depth), len(c.Y))
	}
	for i := range c.Y {
		if len(c.Winner[i]) != len(c.X) || len(c.Depth[i]) != len(c.X) {
			return fmt.Errorf("row %d has %d winners and %d depths for %d places", i, len(c.Winner[i]), len(c.Depth[i]), len(c.X))
		}
	}
	return nil
}

func (c Cells) extend(e *extents) {
	e.x.add(c.X...)
	e.y.add(c.Y...)
}

func (c Cells) paint(pl *plot, at depth) {
	if at == depthBand {
		f := c.refine(pl)
		f.fill(pl)
		f.borders(pl)
	}
}

// fine is a map on a grid of a few pixels. Between the places that were worked out the winner is the one with
// the most weight among the four around, and the depth is the mean of its depths, so that borders run
// smoothly where the places are coarse.
type fine struct {
	xs, ys []float64 // pixels between the cells, one more than cells
	winner [][]Paint
	depth  [][]int
}

// refine interpolates the map to cells of about two pixels of a deck picture.
func (c Cells) refine(pl *plot) fine {
	step := math.Max(2, math.Round(2*pl.u))
	f := fine{xs: cuts(pl.box.x0, pl.box.x1, step), ys: cuts(pl.box.y0, pl.box.y1, step)}
	columns := make([]lattice, len(f.xs)-1)
	for i := range columns {
		columns[i] = latticeAt((f.xs[i]+f.xs[i+1])/2, c.X, &pl.x)
	}
	for j := range len(f.ys) - 1 {
		row := latticeAt((f.ys[j]+f.ys[j+1])/2, c.Y, &pl.y)
		winners, depths := make([]Paint, len(columns)), make([]int, len(columns))
		for i, column := range columns {
			winners[i], depths[i] = c.blend(row, column)
		}
		f.winner, f.depth = append(f.winner, winners), append(f.depth, depths)
	}
	return f
}

// cuts divides a length into whole-pixel steps.
func cuts(from, to, step float64) []float64 {
	out := []float64{from}
	for x := from + step; x < to-step/2; x += step {
		out = append(out, x)
	}
	return append(out, to)
}

// lattice is a place between two neighbouring values of an axis: the index of the lower and the share of the
// way to the upper.
type lattice struct {
	low   int
	share float64
}

func latticeAt(pixel float64, values []float64, s *Scale) lattice {
	place := s.share(s.Value(pixel))
	last := len(values) - 1
	k := sort.Search(len(values), func(i int) bool { return s.share(values[i]) >= place })
	switch {
	case k == 0:
		return lattice{0, 0}
	case k > last:
		return lattice{last - 1, 1}
	}
	a, b := s.share(values[k-1]), s.share(values[k])
	return lattice{k - 1, (place - a) / (b - a)}
}

// blend returns who wins between four places, and how deep.
func (c Cells) blend(row, column lattice) (Paint, int) {
	if first, second, i := row.low, row.low+1, column.low; c.alike(first, i, first, i+1) && c.alike(first, i, second, i) && c.alike(first, i, second, i+1) {
		return c.Winner[first][i], c.Depth[first][i] // most of a map
	}
	var who [4]Paint
	var weight, deep [4]float64
	n := 0
	for k := range 4 {
		j, i := row.low+k/2, column.low+k%2
		w := math.Abs(1-float64(k/2)-row.share) * math.Abs(1-float64(k%2)-column.share)
		paint := c.Winner[j][i]
		at := slices.Index(who[:n], paint)
		if at < 0 {
			at, n = n, n+1
			who[at] = paint
		}
		weight[at] += w
		deep[at] += w * float64(c.Depth[j][i])
	}
	best := 0
	for k := 1; k < n; k++ {
		if weight[k] > weight[best] {
			best = k
		}
	}
	return who[best], int(math.Round(deep[best] / weight[best]))
}

// alike reports whether two places have one winner at one depth.
func (c Cells) alike(j, i, otherJ, otherI int) bool {
	return c.Winner[j][i] == c.Winner[otherJ][otherI] && c.Depth[j][i] == c.Depth[otherJ][otherI]
}

// fill paints the cells of one winner and depth as one region, so that no seams show.
func (f fine) fill(pl *plot) {
	type shade struct {
		winner Paint
		depth  int
	}
	var shades []shade
	kinds := make([]int, 0, len(f.winner)*(len(f.xs)-1))
	for row := range f.winner {
		for col, winner := range f.winner[row] {
			if n := len(kinds); col > 0 && winner == f.winner[row][col-1] && f.depth[row][col] == f.depth[row][col-1] {
				kinds = append(kinds, kinds[n-1])
				continue
			}
			s := shade{winner, f.depth[row][col]}
			at := slices.Index(shades, s)
			if at < 0 {
				at, shades = len(shades), append(shades, s)
			}
			kinds = append(kinds, at)
		}
	}
	for i, region := range (grid{f.xs, f.ys}).outlines(kinds, len(shades)) {
		if opacity := mapOpacity(shades[i].depth); opacity > 0 {
			pl.pen.fill(region, fade(pl.theme.Color(shades[i].winner), opacity))
		}
	}
}

// borders draws the lines between winners in the colour of the page.
func (f fine) borders(pl *plot) {
	var p path
	grid{f.xs, f.ys}.seams(&p, func(col, row, otherCol, otherRow int) bool { return f.winner[row][col] != f.winner[otherRow][otherCol] })
	pl.pen.stroke(&p, stroke{color: pl.theme.Page, width: math.Max(2, pl.m.ref)})
}

// Plate.

func (Plate) check(*Figure) error { return nil }

func (Plate) extend(*extents) {}

func (p Plate) paint(pl *plot, at depth) {
	if at == depthWords {
		sub := p.Sub
		if pl.opt.Compact && pl.box.width() < 500*pl.u {
			sub = ""
		}
		pl.plate(pl.place(p.At, false), p.Label, sub, nil)
	}
}

// plate writes a label on a plate around a place, or at the best of the other places given.
func (pl *plot) plate(q point, label, sub string, others []candidate) {
	lead := textStyle{size: pl.m.lead, weight: semiBold, color: pl.theme.Ink, anchor: centre}
	width, height := pl.twoLineSize(label, sub, lead)
	pad := pl.m.gap
	boxAt := func(x, y float64) rect {
		r := rect{x - width/2 - pad*1.4, y - height/2 - pad*0.6, x + width/2 + pad*1.4, y + height/2 + pad*0.6}
		dx := math.Max(pl.box.x0+pad-r.x0, 0) - math.Max(r.x1-pl.box.x1+pad, 0)
		dy := math.Max(pl.box.y0+pad-r.y0, 0) - math.Max(r.y1-pl.box.y1+pad, 0)
		return rect{r.x0 + dx, r.y0 + dy, r.x1 + dx, r.y1 + dy}
	}
	candidates := others
	if len(candidates) == 0 {
		candidates = []candidate{{boxAt(q.x, q.y), 0}}
		for ring := 1; ring <= 3; ring++ {
			d := float64(ring) * height * 0.7
			for _, off := range [...]point{{0, d}, {0, -d}, {d, 0}, {-d, 0}} {
				candidates = append(candidates, candidate{boxAt(q.x+off.x, q.y+off.y), float64(ring) * 0.5})
			}
		}
	} else {
		for i, c := range candidates {
			candidates[i].box = boxAt((c.box.x0+c.box.x1)/2, (c.box.y0+c.box.y1)/2)
		}
	}
	box, ok := pl.labels.placeIfRoom(candidates)
	if !ok {
		return
	}
	var ground path
	ground.rounded(box, 6*pl.u)
	pl.pen.fill(&ground, fade(pl.theme.Page, 0.94))
	pl.twoLinesAt(label, sub, lead, rect{box.x0 + pad*1.4, box.y0 + pad*0.6, box.x1 - pad*1.4, box.y1 - pad*0.6})
}

// Cross.

func (c Cross) check(*Figure) error { return nil }

func (c Cross) extend(e *extents) {
	e.x.add(c.At.X)
	e.y.add(c.At.Y)
}

func (c Cross) paint(pl *plot, at depth) {
	q := pl.place(c.At, false)
	switch at {
	case depthOver:
		tick := pl.m.dot * 1.5
		for _, pass := range [...]struct {
			grow  float64
			color Paint
			page  bool
		}{{pl.m.ref, 0, true}, {0, PaintInk, false}} {
			ink := pl.theme.Ink
			if pass.page {
				ink = pl.theme.Page
			}
			var p path
			if c.X != nil {
				x0, x1 := pl.inside(pl.x.Pixel(c.X.Low), true), pl.inside(pl.x.Pixel(c.X.High), true)
				p.polyline([]point{{x0, q.y}, {x1, q.y}})
				p.polyline([]point{{x0, q.y - tick/2}, {x0, q.y + tick/2}})
				p.polyline([]point{{x1, q.y - tick/2}, {x1, q.y + tick/2}})
			}
			if c.Y != nil {
				y0, y1 := pl.inside(pl.y.Pixel(c.Y.Low), false), pl.inside(pl.y.Pixel(c.Y.High), false)
				p.polyline([]point{{q.x, y0}, {q.x, y1}})
				p.polyline([]point{{q.x - tick/2, y0}, {q.x + tick/2, y0}})
				p.polyline([]point{{q.x - tick/2, y1}, {q.x + tick/2, y1}})
			}
			pl.pen.stroke(&p, stroke{color: ink, width: pl.m.ref*1.1 + pass.grow})
		}
		pl.mark(c.Paint.Shape(), q.x, q.y, pl.m.dot*1.05, pl.theme.Color(c.Paint), pl.theme.Ink, false)
		pl.labels.take(rect{q.x, q.y, q.x, q.y}.grow(pl.m.dot * 2))
		if c.X != nil {
			pl.labels.cross([]point{{pl.x.Pixel(c.X.Low), q.y}, {pl.x.Pixel(c.X.High), q.y}})
		}
		if c.Y != nil {
			pl.labels.cross([]point{{q.x, pl.y.Pixel(c.Y.Low)}, {q.x, pl.y.Pixel(c.Y.High)}})
		}
	case depthWords:
		if c.Label == "" {
			return
		}
		lead := textStyle{size: pl.m.lead, weight: semiBold}
		width, height := pl.twoLineSize(c.Label, c.Sub, lead)
		pl.plate(q, c.Label, c.Sub, around(q.x, q.y, width+pl.m.gap*3, height+pl.m.gap*1.4, pl.m.dot*2.2))
	}
}

// inside keeps a pixel within the plot.
func (pl *plot) inside(v float64, level bool) float64 {
	w := pl.m.ref / 2
	if level {
		return math.Max(pl.box.x0+w, math.Min(v, pl.box.x1-w))
	}
	return math.Max(pl.box.y0+w, math.Min(v, pl.box.y1-w))
}
