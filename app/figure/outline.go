package figure

// grid is a division of the plot into cells by pixels, as maps are drawn on.
type grid struct{ xs, ys []float64 }

func (g grid) columns() int { return len(g.xs) - 1 }

func (g grid) rows() int { return len(g.ys) - 1 }

// corner is a crossing of the grid's lines: column and row.
type corner struct{ x, y int }

func (g grid) at(c corner) point { return point{g.xs[c.x], g.ys[c.y]} }

// ringEdges are the directed edges of a region, by the corner where they begin.
type ringEdges struct {
	next   map[corner][]corner
	starts []corner
}

func (e *ringEdges) add(a, b corner) {
	e.next[a] = append(e.next[a], b)
	e.starts = append(e.starts, a)
}

// outlines returns the closed outlines of the cells of each kind, each once around: clockwise outside, the other way
// round holes. A region drawn so has no seams between its cells, whatever program scales it. The kinds of the cells
// are given row by row.
func (g grid) outlines(kinds []int, n int) []*path {
	edges := make([]ringEdges, n)
	for i := range edges {
		edges[i].next = map[corner][]corner{}
	}
	nx, ny := g.columns(), g.rows()
	for y := range ny {
		for x := range nx {
			i := y*nx + x
			kind := kinds[i]
			if y == 0 || kinds[i-nx] != kind {
				edges[kind].add(corner{x, y}, corner{x + 1, y})
			}
			if x+1 == nx || kinds[i+1] != kind {
				edges[kind].add(corner{x + 1, y}, corner{x + 1, y + 1})
			}
			if y+1 == ny || kinds[i+nx] != kind {
				edges[kind].add(corner{x + 1, y + 1}, corner{x, y + 1})
			}
			if x == 0 || kinds[i-1] != kind {
				edges[kind].add(corner{x, y + 1}, corner{x, y})
			}
		}
	}
	out := make([]*path, n)
	for i := range edges {
		out[i] = &path{}
		for _, ring := range edges[i].rings() {
			g.close(out[i], ring)
		}
	}
	return out
}

// rings chains the edges into closed lines.
func (e *ringEdges) rings() [][]corner {
	var out [][]corner
	for _, start := range e.starts {
		var ring []corner
		for at := start; len(e.next[at]) > 0; {
			ring = append(ring, at)
			onward := e.next[at]
			at, e.next[at] = onward[len(onward)-1], onward[:len(onward)-1]
		}
		if len(ring) > 0 {
			out = append(out, ring)
		}
	}
	return out
}

// close adds a ring without the corners that lie on a straight side.
func (g grid) close(p *path, ring []corner) {
	var points []point
	for i, c := range ring {
		before, after := ring[(i+len(ring)-1)%len(ring)], ring[(i+1)%len(ring)]
		if (before.x == c.x && c.x == after.x) || (before.y == c.y && c.y == after.y) {
			continue
		}
		points = append(points, g.at(c))
	}
	p.polygon(points)
}

// seams adds the lines between cells that differ, joined end to end.
func (g grid) seams(p *path, differ func(column, row, otherColumn, otherRow int) bool) {
	next := map[corner][]corner{}
	var starts []corner
	edge := func(a, b corner) {
		next[a], next[b] = append(next[a], b), append(next[b], a)
		starts = append(starts, a, b)
	}
	for y := range g.rows() {
		for x := range g.columns() {
			if x+1 < g.columns() && differ(x, y, x+1, y) {
				edge(corner{x + 1, y}, corner{x + 1, y + 1})
			}
			if y+1 < g.rows() && differ(x, y, x, y+1) {
				edge(corner{x, y + 1}, corner{x + 1, y + 1})
			}
		}
	}
	take := func(a, b corner) {
		for i, c := range next[a] {
			if c == b {
				next[a] = append(next[a][:i], next[a][i+1:]...)
				return
			}
		}
	}
	walk := func(start corner) {
		line := []corner{start}
		for at := start; len(next[at]) > 0; {
			to := next[at][0]
			take(at, to)
			take(to, at)
			at = to
			line = append(line, at)
		}
		g.join(p, line)
	}
	for _, start := range starts { // lines that end come first, then rings
		if len(next[start])%2 == 1 {
			walk(start)
		}
	}
	for _, start := range starts {
		if len(next[start]) > 0 {
			walk(start)
		}
	}
}

// join adds a line without the corners that lie on a straight side.
func (g grid) join(p *path, line []corner) {
	var points []point
	for i, c := range line {
		if i > 0 && i+1 < len(line) {
			before, after := line[i-1], line[i+1]
			if (before.x == c.x && c.x == after.x) || (before.y == c.y && c.y == after.y) {
				continue
			}
		}
		points = append(points, g.at(c))
	}
	p.polyline(points)
}
