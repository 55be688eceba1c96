package figure

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"hostwise/calc"
)

func twoCases(t testing.TB) []Overlaid {
	t.Helper()
	return []Overlaid{{"A", "Support desk", assess(t, "saas-app")}, {"B", "", assess(t, "enterprise-private-inference")}}
}

func TestAnOverlayFollowsTheCheapestRouteOfEachCase(t *testing.T) {
	cases := twoCases(t)
	f, err := BuildOverlay(cases, BuildOptions{})
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, layer := range f.Layers {
		line, ok := layer.(Line)
		if !ok {
			continue
		}
		a := cases[0].Assessment
		if strings.HasPrefix(line.Name, "B") {
			a = cases[1].Assessment
		}
		for _, p := range line.Points {
			least, onGrid := math.Inf(1), false
			for i, calls := range a.Curve.CallsPerMonth {
				if calls != p.X {
					continue
				}
				onGrid = true
				for _, r := range a.Routes {
					if usd := a.Curve.Routes[r.ID]; r.Feasible && i < len(usd) && usd[i] != nil {
						least = math.Min(least, *usd[i])
					}
				}
			}
			if !onGrid {
				continue // cut at the edge of the picture
			}
			checked++
			if p.Y < least*(1-1e-12) {
				t.Errorf("%s at %v calls: drawn %v, the cheapest route costs %v", line.Name, p.X, p.Y, least)
			}
		}
	}
	if checked < 40 {
		t.Errorf("only %d points were compared", checked)
	}
	for i, want := range []float64{5e5, 1e6} {
		dot, ok := f.Layers[len(f.Layers)-2+i].(Points)
		v := cases[i].Assessment.Route(cases[i].Assessment.Verdict.Route)
		if !ok || dot.At[0] != (XY{want, v.Monthly.Likely}) {
			t.Errorf("case %d stands at %+v", i, dot)
		}
	}
	if !strings.HasPrefix(f.Title, "A costs $4.8 k a month, 3.8 times less than B") {
		t.Errorf("the finding is %q", f.Title)
	}
	if f.Foot[1] != (Fact{"B", "Untitled case"}) || len(f.Twin.Headers) != 5 || len(f.Twin.Rows) < 6 {
		t.Errorf("foot %v, twin %v", f.Foot, f.Twin.Headers)
	}
	var picture bytes.Buffer
	if err := SVG(&picture, f, Options{}); err != nil {
		t.Fatal(err)
	}
}

func TestAnOverlayNeedsTwoCases(t *testing.T) {
	if _, err := BuildOverlay(twoCases(t)[:1], BuildOptions{}); err == nil {
		t.Error("one case was laid over itself")
	}
	none := *twoCases(t)[0].Assessment
	none.Routes, none.Verdict.Route = nil, ""
	if _, err := BuildOverlay([]Overlaid{{"A", "", &none}, {"B", "", &calc.Assessment{}}}, BuildOptions{}); err == nil {
		t.Error("a picture without a line was drawn")
	}
}
