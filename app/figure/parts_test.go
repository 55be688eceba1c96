package figure

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hostwise/app/figure/format"
)

// go-chart's own logarithmic range puts 200 at 401 of 1,000 pixels from 100 to 100,000; it belongs at 100.3.
func TestLogScaleIsTrue(t *testing.T) {
	s := Scale{Scaling: Log, min: 100, max: 100_000, p0: 0, p1: 1000}
	for value, want := range map[float64]int{100: 0, 200: 100, 1000: 333, 10_000: 667, 100_000: 1000} {
		if got := s.Translate(value); got != want {
			t.Errorf("%g is drawn at %d, want %d", value, got, want)
		}
	}
}

func TestScaleTurnsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Scale{p0: rapid.Float64Range(-500, 500).Draw(t, "p0"), min: rapid.Float64Range(0.001, 1000).Draw(t, "min")}
		s.p1 = s.p0 + rapid.Float64Range(10, 2000).Draw(t, "length")
		s.max = s.min * rapid.Float64Range(1.5, 1e9).Draw(t, "span")
		if rapid.Bool().Draw(t, "log") {
			s.Scaling = Log
		}
		v := s.min + (s.max-s.min)*rapid.Float64Range(0, 1).Draw(t, "at")
		if back := s.Value(s.Pixel(v)); math.Abs(back-v) > 1e-6*(math.Abs(v)+s.max*1e-6) {
			t.Fatalf("%g comes back as %g", v, back)
		}
		// Equal ratios are equal lengths.
		if s.Scaling == Log {
			a, b := s.Pixel(s.min*1.5)-s.Pixel(s.min), s.Pixel(s.max)-s.Pixel(s.max/1.5)
			if math.Abs(a-b) > 1e-6*math.Abs(s.p1-s.p0) {
				t.Fatalf("the same ratio is %g and %g pixels long", a, b)
			}
		}
	})
}

func TestTicksLieOnTheAxisInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var span interval
		axis := Axis{Unit: format.Unit{Kind: format.Kind(rapid.IntRange(0, 7).Draw(t, "kind"))}}
		if rapid.Bool().Draw(t, "log") {
			axis.Scaling = Log
		}
		span.add(math.Pow(10, rapid.Float64Range(-3, 9).Draw(t, "a")), math.Pow(10, rapid.Float64Range(-3, 9).Draw(t, "b")))
		wanted := rapid.IntRange(2, 8).Draw(t, "wanted")
		low, high, err := span.bounds(&axis, wanted)
		if err != nil {
			t.Fatal(err)
		}
		if slack := 1e-8 * (high - low); low > span.low+slack || high < span.high-slack {
			t.Fatalf("the axis from %g to %g does not hold %g to %g", low, high, span.low, span.high)
		}
		s := Scale{Scaling: axis.Scaling, Unit: axis.Unit, min: low, max: high, p1: 1000}
		labelled, last := 0, math.Inf(-1)
		for _, k := range s.ticks(&axis, wanted) {
			if k.value <= last || k.value < low*(1-1e-9)-1e-12 || k.value > high*(1+1e-6)+1e-12 {
				t.Fatalf("tick %g after %g on an axis from %g to %g", k.value, last, low, high)
			}
			last = k.value
			if !k.minor {
				labelled++
				if k.text == "" {
					t.Fatalf("the tick at %g has no text", k.value)
				}
			}
		}
		if labelled == 0 || labelled > 40 {
			t.Fatalf("%d labelled ticks from %g to %g", labelled, low, high)
		}
	})
}

func TestSpreadKeepsLabelsApartAndInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		centres := rapid.SliceOfN(rapid.Float64Range(0, 500), 1, 8).Draw(t, "centres")
		const distance, low, high = 25, 0, 500
		out := spread(centres, distance, low, high)
		order := make([]int, len(out))
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(a, b int) int {
			if centres[a] < centres[b] {
				return -1
			} else if centres[a] > centres[b] {
				return 1
			}
			return 0
		})
		for k, i := range order {
			if out[i] < low-1e-9 || out[i] > high+1e-9 {
				t.Fatalf("%v is spread to %v, outside", centres, out)
			}
			if k > 0 && out[i]-out[order[k-1]] < distance-1e-9 {
				t.Fatalf("%v is spread to %v, too close", centres, out)
			}
		}
	})
}

// Text reads at 4.5:1 and marks at 3:1 against the page (WCAG 2.2, 1.4.3 and 1.4.11).
func TestContrastOfThemes(t *testing.T) {
	for _, theme := range []*Theme{&Light, &Dark} {
		for name, c := range map[string]float64{
			"ink": contrast(theme.Ink, theme.Page), "second ink": contrast(theme.Ink2, theme.Page), "third ink": contrast(theme.Ink3, theme.Page),
			"second ink on accent": contrast(theme.Ink2, theme.AccentGround), "warning": contrast(theme.Warning, theme.WarningGround), "on accent": contrast(theme.OnAccent, theme.Accent),
		} {
			if c < 4.5 {
				t.Errorf("%s: %s has a contrast of %.2f", theme.Name, name, c)
			}
		}
		for _, p := range []Paint{PaintAPI, PaintRent, PaintOwn, PaintMixed} {
			if c := contrast(theme.Edge(p), theme.Page); c < 3 {
				t.Errorf("%s: the edge of route %d has a contrast of %.2f", theme.Name, p, c)
			}
		}
	}
}

// Routes can be told apart without colour: each has a shape and a dash of its own.
func TestRoutesDifferWithoutColour(t *testing.T) {
	shapes, dashes := map[Shape]bool{}, map[string]bool{}
	for _, p := range []Paint{PaintAPI, PaintRent, PaintOwn, PaintMixed} {
		shapes[p.Shape()] = true
		var b strings.Builder
		for _, d := range p.dash() {
			b.WriteString(format.Number(d, 3) + " ")
		}
		dashes[b.String()] = true
	}
	if len(shapes) != 4 || len(dashes) != 4 {
		t.Errorf("%d shapes and %d dashes for four routes", len(shapes), len(dashes))
	}
}

func TestTextFitsItsWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[A-Za-z0-9×%, ]{0,120}`).Draw(t, "text")
		width := rapid.Float64Range(40, 600).Draw(t, "width")
		if got := fitText(text, regular, 20, width); textWidth(got, regular, 20) > width+1e-6 {
			t.Fatalf("%q is wider than %g", got, width)
		}
		lines := wrapText(text, semiBold, 20, width, 3)
		if len(lines) > 3 {
			t.Fatalf("%d lines", len(lines))
		}
		for _, line := range lines {
			if textWidth(line, semiBold, 20) > width+1e-6 {
				t.Fatalf("line %q is wider than %g", line, width)
			}
		}
	})
	if a, b := textWidth("1111", regular, 20), textWidth("8080", regular, 20); math.Abs(a-b) > 1e-9 {
		t.Errorf("digits are not tabular: %g and %g", a, b)
	}
	if got := wrapText("it holds 54 at once on one 8 × H200", regular, 20, 300, 2); len(got) != 2 || strings.HasSuffix(got[0], "8") || strings.HasSuffix(got[0], "×") {
		t.Errorf("a number was torn from its sign: %q", got)
	}
}

// area is the area of a path's outlines, holes negative.
func area(p *path) float64 {
	sum := 0.0
	p.flatten(func(points []point, _ bool) {
		for i, a := range points {
			b := points[(i+1)%len(points)]
			sum += a.x*b.y - b.x*a.y
		}
	})
	return math.Abs(sum) / 2
}

func TestStrokesCoverTheirLength(t *testing.T) {
	var straight, corner, dashes path
	straight.polyline([]point{{0, 0}, {30, 40}})
	if got := area(straight.stroked(4)); math.Abs(got-200) > 1e-6 {
		t.Errorf("a line of 50 by 4 covers %g", got)
	}
	// Both ways round a right angle: two boxes of 100 by 10, and the outer corner of 5 by 5.
	for _, y := range []float64{100, -100} {
		corner = path{}
		corner.polyline([]point{{0, 0}, {100, 0}, {100, y}})
		if got := area(corner.stroked(10)); math.Abs(got-2025) > 1e-6 {
			t.Errorf("a corner covers %g, want 2,025", got)
		}
	}
	dashes.polyline([]point{{0, 0}, {100, 0}})
	if got := area(dashes.dashed([]float64{6, 4}).stroked(2)); math.Abs(got-120) > 1e-6 {
		t.Errorf("dashes of 6 in 10 over 100 by 2 cover %g, want 120", got)
	}
	var ring path
	ring.circle(0, 0, 50)
	if got := area(&ring) / (math.Pi * 2500); math.Abs(got-1) > 0.003 {
		t.Errorf("a circle has %g of its area", got)
	}
}

func TestClippingStaysInside(t *testing.T) {
	box := rect{10, 10, 90, 60}
	rapid.Check(t, func(t *rapid.T) {
		var points []point
		for range rapid.IntRange(2, 12).Draw(t, "n") {
			points = append(points, point{rapid.Float64Range(-50, 150).Draw(t, "x"), rapid.Float64Range(-50, 150).Draw(t, "y")})
		}
		inside := func(p point) bool { return box.grow(1e-9).contains(p) }
		for _, piece := range clipPolyline(points, box) {
			for _, p := range piece {
				if !inside(p) {
					t.Fatalf("%v lies outside", p)
				}
			}
		}
		for _, p := range clipPolygon(points, box) {
			if !inside(p) {
				t.Fatalf("%v lies outside", p)
			}
		}
	})
}

func TestReadingsUnderThePointer(t *testing.T) {
	d, err := Render(sampleCost(), Options{Width: 700, Height: 420, Compact: true})
	if err != nil {
		t.Fatal(err)
	}
	l := d.Layout
	readings := l.ReadAt(l.X.Pixel(1.2e6))
	if len(readings) != 4 {
		t.Fatalf("%d lines read, want 4", len(readings))
	}
	if r := readings[3]; r.Name != "API" || math.Abs(r.Y/9940-1) > 0.01 || r.YText != "$9.9 k" || r.XText != "1.2 M" {
		t.Errorf("the lowest line reads %+v", r)
	}
	for i := 1; i < len(readings); i++ {
		if readings[i].PY < readings[i-1].PY {
			t.Error("readings are not from the top down")
		}
	}
	if got := l.ReadAt(l.X.Pixel(1000)); len(got) != 0 {
		t.Errorf("beyond the lines %d were read", len(got))
	}
	if !l.Inside((l.Left+l.RightEdge)/2, (l.Top+l.Bottom)/2) || l.Inside(0, 0) {
		t.Error("inside and outside are mixed up")
	}
	rows, err := Render(sampleTornado(), Options{Width: 700, Height: 420, Compact: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := rows.Layout.Row(300, rows.Layout.RowTop+rows.Layout.RowGap*3.5); got != 3 {
		t.Errorf("row %d, want 3", got)
	}
	if rows.Layout.Row(300, 0) != -1 || rows.Layout.Row(300, 1e6) != -1 || l.Row(10, 10) != -1 {
		t.Error("a place without a row has one")
	}
}

// The map's interpolation keeps what was worked out: at each place the winner is the winner.
func TestMapKeepsItsPlaces(t *testing.T) {
	f := sampleWinMap()
	c := f.Layers[0].(Cells)
	for j := range c.Y {
		for i := range c.X {
			row, column := lattice{max(0, j-1), b2f(j > 0)}, lattice{max(0, i-1), b2f(i > 0)}
			if paint, depth := c.blend(row, column); paint != c.Winner[j][i] || depth != c.Depth[j][i] {
				t.Fatalf("place %d, %d: %v at depth %d, want %v at %d", i, j, paint, depth, c.Winner[j][i], c.Depth[j][i])
			}
		}
	}
}

func b2f(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func TestStepsHoldTheirValue(t *testing.T) {
	line := Line{Points: []XY{{1, 10}, {2, 20}, {3, 30}}, Step: true}
	s := Scale{min: 0, max: 4, p1: 4}
	for x, want := range map[float64]float64{1: 10, 1.9: 10, 2: 20, 2.5: 20, 3: 30} {
		if got, ok := line.at(x, &s, &s); !ok || got != want {
			t.Errorf("at %g the step is %g, want %g", x, got, want)
		}
	}
}
