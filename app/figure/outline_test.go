package figure

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// A region covers its cells and nothing else, holes and touching corners included; the lines between regions are as
// long as their borders.
func TestRegionsCoverTheirCells(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		nx, ny := rapid.IntRange(1, 7).Draw(t, "columns"), rapid.IntRange(1, 7).Draw(t, "rows")
		g := grid{}
		for i := range nx + 1 {
			g.xs = append(g.xs, float64(10*i))
		}
		for i := range ny + 1 {
			g.ys = append(g.ys, float64(10*i))
		}
		cells := rapid.SliceOfN(rapid.IntRange(0, 2), nx*ny, nx*ny).Draw(t, "cells")
		at := func(x, y int) int { return cells[y*nx+x] }
		for kind, p := range g.outlines(cells, 3) {
			count := 0
			for _, c := range cells {
				if c == kind {
					count++
				}
			}
			if got := area(p); math.Abs(got-float64(count)*100) > 1e-6 {
				t.Fatalf("%d cells cover %g", count, got)
			}
		}
		borders := 0
		for y := range ny {
			for x := range nx {
				if x+1 < nx && at(x, y) != at(x+1, y) {
					borders++
				}
				if y+1 < ny && at(x, y) != at(x, y+1) {
					borders++
				}
			}
		}
		var p path
		g.seams(&p, func(x, y, ox, oy int) bool { return at(x, y) != at(ox, oy) })
		length := 0.0
		p.flatten(func(points []point, closed bool) {
			for i := 1; i < len(points); i++ {
				length += math.Hypot(points[i].x-points[i-1].x, points[i].y-points[i-1].y)
			}
		})
		if math.Abs(length-float64(borders)*10) > 1e-6 {
			t.Fatalf("%d borders are drawn %g long", borders, length)
		}
	})
}
