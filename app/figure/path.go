package figure

import "math"

// point is a place on the picture, in pixels from the top left.
type point struct{ x, y float64 }

// rect is an upright box on the picture, in pixels.
type rect struct{ x0, y0, x1, y1 float64 }

func (r rect) width() float64  { return r.x1 - r.x0 }
func (r rect) height() float64 { return r.y1 - r.y0 }

// grow returns r with d more on every side.
func (r rect) grow(d float64) rect { return rect{r.x0 - d, r.y0 - d, r.x1 + d, r.y1 + d} }

// overlap returns the area that two boxes share.
func (r rect) overlap(o rect) float64 {
	w := math.Min(r.x1, o.x1) - math.Max(r.x0, o.x0)
	h := math.Min(r.y1, o.y1) - math.Max(r.y0, o.y0)
	if w <= 0 || h <= 0 {
		return 0
	}
	return w * h
}

func (r rect) contains(p point) bool {
	return p.x >= r.x0 && p.x <= r.x1 && p.y >= r.y0 && p.y <= r.y1
}

type verb uint8

const (
	moveTo  verb = iota // one point
	lineTo              // one point
	quadTo              // control and end
	closeIt             // none
)

// path is an outline of lines and quadratic curves.
type path struct {
	verbs  []verb
	points []point
	// breaks are the places in verbs where what follows does not touch what went before: letters, dashes. The
	// rasterizer walks every edge in a row for each new one, so that a long line of text is many times faster
	// in pieces.
	breaks []int
}

// apart notes that what follows does not touch what went before.
func (p *path) apart() {
	if n := len(p.breaks); n == 0 || p.breaks[n-1] < len(p.verbs) {
		p.breaks = append(p.breaks, len(p.verbs))
	}
}

func (p *path) move(x, y float64) {
	p.verbs, p.points = append(p.verbs, moveTo), append(p.points, point{x, y})
}

func (p *path) line(x, y float64) {
	p.verbs, p.points = append(p.verbs, lineTo), append(p.points, point{x, y})
}

func (p *path) quad(cx, cy, x, y float64) {
	p.verbs, p.points = append(p.verbs, quadTo), append(p.points, point{cx, cy}, point{x, y})
}

func (p *path) close() { p.verbs = append(p.verbs, closeIt) }

func (p *path) empty() bool { return len(p.verbs) == 0 }

// rectangle adds a box.
func (p *path) rectangle(r rect) {
	p.move(r.x0, r.y0)
	p.line(r.x1, r.y0)
	p.line(r.x1, r.y1)
	p.line(r.x0, r.y1)
	p.close()
}

// rounded adds a box with rounded corners.
func (p *path) rounded(r rect, radius float64) {
	radius = math.Min(radius, math.Min(r.width(), r.height())/2)
	if radius <= 0 {
		p.rectangle(r)
		return
	}
	p.move(r.x0+radius, r.y0)
	p.line(r.x1-radius, r.y0)
	p.quad(r.x1, r.y0, r.x1, r.y0+radius)
	p.line(r.x1, r.y1-radius)
	p.quad(r.x1, r.y1, r.x1-radius, r.y1)
	p.line(r.x0+radius, r.y1)
	p.quad(r.x0, r.y1, r.x0, r.y1-radius)
	p.line(r.x0, r.y0+radius)
	p.quad(r.x0, r.y0, r.x0+radius, r.y0)
	p.close()
}

// circle adds a circle out of eight quadratic arcs, off by less than 0.03 % of the radius.
func (p *path) circle(x, y, radius float64) {
	const arcs = 8
	half := math.Pi / arcs
	reach := radius / math.Cos(half)
	p.move(x+radius, y)
	for i := range arcs {
		mid, end := float64(2*i+1)*half, float64(2*i+2)*half
		p.quad(x+reach*math.Cos(mid), y+reach*math.Sin(mid), x+radius*math.Cos(end), y+radius*math.Sin(end))
	}
	p.close()
}

// polygon adds a closed outline through the points.
func (p *path) polygon(points []point) {
	for i, q := range points {
		if i == 0 {
			p.move(q.x, q.y)
		} else {
			p.line(q.x, q.y)
		}
	}
	if len(points) > 0 {
		p.close()
	}
}

// polyline adds an open line through the points.
func (p *path) polyline(points []point) {
	for i, q := range points {
		if i == 0 {
			p.move(q.x, q.y)
		} else {
			p.line(q.x, q.y)
		}
	}
}

// mark adds the shape of a point, all shapes of about the same weight.
func (p *path) mark(shape Shape, x, y, radius float64) {
	switch shape {
	case ShapeNone:
	case ShapeSquare:
		h := radius * 0.89
		p.rectangle(rect{x - h, y - h, x + h, y + h})
	case ShapeDiamond:
		h := radius * 1.25
		p.polygon([]point{{x, y - h}, {x + h, y}, {x, y + h}, {x - h, y}})
	case ShapeTriangle:
		h := radius * 1.22
		p.polygon([]point{{x, y - h}, {x + h, y + h*0.78}, {x - h, y + h*0.78}})
	default:
		p.circle(x, y, radius)
	}
}

// flatten calls visit for each outline with its points, curves replaced by chords that stay within a tenth of
// a pixel, and whether the outline was closed.
func (p *path) flatten(visit func(points []point, closed bool)) {
	p.flattenGroups(visit, nil)
}

// flattenGroups is flatten that calls between at every break.
func (p *path) flattenGroups(visit func(points []point, closed bool), between func()) {
	var current []point
	breaks := p.breaks
	flush := func(closed bool) {
		if len(current) > 1 || (closed && len(current) > 0) {
			visit(current, closed)
		}
		current = current[:0]
	}
	i := 0
	for k, v := range p.verbs {
		if len(breaks) > 0 && breaks[0] <= k {
			breaks = breaks[1:]
			flush(false)
			if between != nil {
				between()
			}
		}
		switch v {
		case moveTo:
			flush(false)
			current = append(current, p.points[i])
			i++
		case lineTo:
			current = append(current, p.points[i])
			i++
		case quadTo:
			current = appendQuad(current, p.points[i], p.points[i+1])
			i += 2
		case closeIt:
			flush(true)
		}
	}
	flush(false)
}

// appendQuad appends chords of the curve from the last point. The distance between a quadratic curve and its
// chord is a quarter of |p0 − 2c + p1|, and falls with the square of the number of chords.
func appendQuad(points []point, c, end point) []point {
	const tolerance = 0.1
	start := points[len(points)-1]
	bend := math.Hypot(start.x-2*c.x+end.x, start.y-2*c.y+end.y) / 4
	n := int(math.Ceil(math.Sqrt(bend / tolerance)))
	for k := 1; k < n; k++ {
		t := float64(k) / float64(n)
		u := 1 - t
		points = append(points, point{
			u*u*start.x + 2*u*t*c.x + t*t*end.x,
			u*u*start.y + 2*u*t*c.y + t*t*end.y,
		})
	}
	return append(points, end)
}

// stroked returns the area that a pen of the given width covers along the path. Corners are mitred up to
// twice the width and cut beyond; ends are square to the line. go-chart's own stroker leaves the outer side
// of every corner open, which shows on steps.
func (p *path) stroked(width float64) *path {
	out := &path{}
	p.flatten(func(points []point, closed bool) {
		out.apart()
		points = distinct(points, closed)
		n := len(points)
		if n < 2 {
			return
		}
		segments := n - 1
		if closed {
			segments = n
		}
		for i := range segments {
			a, b := points[i], points[(i+1)%n]
			out.segment(a, b, width)
			if closed || i+1 < segments {
				out.corner(a, b, points[(i+2)%n], width)
			}
		}
	})
	return out
}

// distinct drops points that repeat the one before.
func distinct(points []point, closed bool) []point {
	out := make([]point, 0, len(points))
	for _, q := range points {
		if len(out) == 0 || math.Hypot(q.x-out[len(out)-1].x, q.y-out[len(out)-1].y) > 1e-6 {
			out = append(out, q)
		}
	}
	if n := len(out); closed && n > 1 && math.Hypot(out[0].x-out[n-1].x, out[0].y-out[n-1].y) <= 1e-6 {
		out = out[:n-1]
	}
	return out
}

// segment adds the box along one straight piece, always turning the same way, so that pieces add up.
func (p *path) segment(a, b point, width float64) {
	d := math.Hypot(b.x-a.x, b.y-a.y)
	nx, ny := (b.y-a.y)/d*width/2, -(b.x-a.x)/d*width/2
	p.move(a.x+nx, a.y+ny)
	p.line(b.x+nx, b.y+ny)
	p.line(b.x-nx, b.y-ny)
	p.line(a.x-nx, a.y-ny)
	p.close()
}

// corner fills the open side of the corner at b, turning the same way as segment.
func (p *path) corner(a, b, c point, width float64) {
	ux, uy := unit(a, b)
	vx, vy := unit(b, c)
	turn := ux*vy - uy*vx
	if math.Abs(turn) < 1e-9 {
		return
	}
	h := width / 2
	if turn < 0 {
		h = -h
	}
	// The outer side lies on the right of the line when it turns left on the picture, and the reverse.
	p1 := point{b.x + uy*h, b.y - ux*h}
	p2 := point{b.x + vy*h, b.y - vx*h}
	corner := []point{b, p1, p2}
	const mitreLimit = 4 // as in SVG: length of the mitre over the width of the line
	if cos := ux*vx + uy*vy; cos > -1+2.0/(mitreLimit*mitreLimit) {
		k := h * (1 - cos) / turn
		corner = []point{b, p1, {p1.x + ux*k, p1.y + uy*k}, p2}
	}
	if turn < 0 {
		for i, j := 0, len(corner)-1; i < j; i, j = i+1, j-1 {
			corner[i], corner[j] = corner[j], corner[i]
		}
	}
	p.polygon(corner)
}

func unit(a, b point) (x, y float64) {
	d := math.Hypot(b.x-a.x, b.y-a.y)
	return (b.x - a.x) / d, (b.y - a.y) / d
}

// dashed returns the path cut into dashes, lengths in pixels, beginning with a dash.
func (p *path) dashed(pattern []float64) *path {
	out := &path{}
	p.flatten(func(points []point, closed bool) {
		if closed {
			points = append(append([]point(nil), points...), points[0])
		}
		out.dashLine(points, pattern)
	})
	return out
}

func (p *path) dashLine(points []point, pattern []float64) {
	index, left, on := 0, pattern[0], true
	p.move(points[0].x, points[0].y)
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		length := math.Hypot(b.x-a.x, b.y-a.y)
		for at := 0.0; length-at > 1e-9; {
			step := math.Min(left, length-at)
			at += step
			left -= step
			q := point{a.x + (b.x-a.x)*at/length, a.y + (b.y-a.y)*at/length}
			if on {
				p.line(q.x, q.y)
			}
			if left <= 1e-9 {
				index = (index + 1) % len(pattern)
				left, on = pattern[index], !on
				if on {
					p.move(q.x, q.y)
				}
			}
		}
	}
}

// clipPolyline cuts an open line at the edges of the box and returns the pieces inside.
func clipPolyline(points []point, box rect) [][]point {
	var pieces [][]point
	var current []point
	for i := 1; i < len(points); i++ {
		a, b, ok := clipSegment(points[i-1], points[i], box)
		if !ok {
			if len(current) > 0 {
				pieces, current = append(pieces, current), nil
			}
			continue
		}
		if len(current) == 0 || current[len(current)-1] != a {
			if len(current) > 0 {
				pieces = append(pieces, current)
			}
			current = []point{a}
		}
		current = append(current, b)
		if b != points[i] {
			pieces, current = append(pieces, current), nil
		}
	}
	if len(current) > 0 {
		pieces = append(pieces, current)
	}
	return pieces
}

// clipSegment is the algorithm of Liang and Barsky (1984).
func clipSegment(a, b point, box rect) (point, point, bool) {
	t0, t1 := 0.0, 1.0
	dx, dy := b.x-a.x, b.y-a.y
	for _, edge := range [4][2]float64{{-dx, a.x - box.x0}, {dx, box.x1 - a.x}, {-dy, a.y - box.y0}, {dy, box.y1 - a.y}} {
		p, q := edge[0], edge[1]
		if p == 0 {
			if q < 0 {
				return a, b, false
			}
			continue
		}
		t := q / p
		if p < 0 {
			t0 = math.Max(t0, t)
		} else {
			t1 = math.Min(t1, t)
		}
	}
	if t0 > t1 {
		return a, b, false
	}
	from, to := a, b
	if t0 > 0 {
		from = point{a.x + t0*dx, a.y + t0*dy}
	}
	if t1 < 1 {
		to = point{a.x + t1*dx, a.y + t1*dy}
	}
	return from, to, true
}

// clipPolygon cuts a closed outline at the edges of the box (Sutherland and Hodgman, 1974).
func clipPolygon(points []point, box rect) []point {
	cuts := [4]struct {
		inside func(point) bool
		meet   func(a, b point) point
	}{
		{func(p point) bool { return p.x >= box.x0 }, func(a, b point) point { return atX(a, b, box.x0) }},
		{func(p point) bool { return p.x <= box.x1 }, func(a, b point) point { return atX(a, b, box.x1) }},
		{func(p point) bool { return p.y >= box.y0 }, func(a, b point) point { return atY(a, b, box.y0) }},
		{func(p point) bool { return p.y <= box.y1 }, func(a, b point) point { return atY(a, b, box.y1) }},
	}
	for _, cut := range cuts {
		var out []point
		for i, b := range points {
			a := points[(i+len(points)-1)%len(points)]
			switch {
			case cut.inside(b) && cut.inside(a):
				out = append(out, b)
			case cut.inside(b):
				out = append(out, cut.meet(a, b), b)
			case cut.inside(a):
				out = append(out, cut.meet(a, b))
			}
		}
		points = out
	}
	return points
}

func atX(a, b point, x float64) point { return point{x, a.y + (b.y-a.y)*(x-a.x)/(b.x-a.x)} }
func atY(a, b point, y float64) point { return point{a.x + (b.x-a.x)*(y-a.y)/(b.y-a.y), y} }
