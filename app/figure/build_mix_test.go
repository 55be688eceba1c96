package figure

import (
	"strings"
	"testing"

	"hostwise/calc"
)

func mixOf(replicas int, saving float64) *calc.Assessment {
	a := &calc.Assessment{Mix: calc.Mix{Replicas: replicas, OwnShare: 0.8, SavingUSD: saving}}
	for _, p := range []calc.LoadPoint{{ShareOfHours: 0, CallsPerHour: 400, OwnCalls: 100}, {ShareOfHours: 0.5, CallsPerHour: 120, OwnCalls: 100}, {ShareOfHours: 1, CallsPerHour: 0, OwnCalls: 0}} {
		if replicas == 0 {
			p.OwnCalls = 0
		}
		a.Mix.LoadDuration = append(a.Mix.LoadDuration, p)
	}
	return a
}

func TestTheMixedRouteIsDrawnWithWhatItSaves(t *testing.T) {
	for _, c := range []struct {
		replicas int
		saving   float64
		title    string
	}{
		{2, 1260, "Own devices for the base load save $1.3 k a month"},
		{1, -900, "Own devices for the base load cost $900 a month more"},
		{1, 0, "Own devices for the base load save nothing"},
		{0, 0, "No own devices pay for a base load here"},
	} {
		f, err := BuildLoadDuration(mixOf(c.replicas, c.saving), BuildOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if f.Title != c.title {
			t.Errorf("the finding is %q, wanted %q", f.Title, c.title)
		}
		if len(f.Twin.Rows) != 3 || f.Twin.Rows[1][1] != "120" {
			t.Errorf("the table is %v", f.Twin.Rows)
		}
		d, err := Render(f, Options{Width: 640, Height: 360, Theme: &Light})
		if err != nil || d.Image == nil {
			t.Errorf("not drawn: %v", err)
		}
		drawn := false
		for _, l := range f.Layers {
			if r, ok := l.(RefLine); ok && strings.Contains(r.Label, "carr") {
				drawn = true
			}
		}
		if drawn != (c.replicas > 0) {
			t.Errorf("with %d replicas what they carry is drawn: %v", c.replicas, drawn)
		}
	}
	if _, err := BuildLoadDuration(&calc.Assessment{}, BuildOptions{}); err == nil {
		t.Error("an assessment without a load is drawn")
	}
}
