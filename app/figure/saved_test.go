package figure_test

import (
	"context"
	"testing"
	"time"

	"hostwise/app/figure"
	"hostwise/assets"
	"hostwise/calc"
)

func TestTheSavedAnswerStandsBehindWhatIsTried(t *testing.T) {
	cat, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	a := calc.NewAssessor(cat)
	at := func(calls, price float64) *calc.Assessment {
		s := calc.Scenario{}.With("workload.calls_per_month", calc.Num(calls)).With("api.output_usd_per_mtok", calc.Num(price))
		res, err := a.Assess(context.Background(), s, calc.Options{Today: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), Quick: true})
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	build := func(tried, saved *calc.Assessment) (ghosts []figure.Line, marks []figure.RefLine) {
		f, err := figure.Build("monthly-cost", tried, figure.BuildOptions{})
		if err != nil {
			t.Fatal(err)
		}
		f = figure.WithSaved(f, tried, saved, figure.BuildOptions{})
		if err := f.Check(); err != nil {
			t.Fatal(err)
		}
		for _, layer := range f.Layers {
			switch x := layer.(type) {
			case figure.Line:
				if x.Ghost {
					ghosts = append(ghosts, x)
				}
			case figure.RefLine:
				if x.Muted {
					marks = append(marks, x)
				}
			}
		}
		if _, err := figure.Draw(f, figure.Options{Width: 640, Height: 260, Compact: true}); err != nil {
			t.Fatal(err)
		}
		return ghosts, marks
	}
	saved := at(500_000, 2)
	if ghosts, marks := build(at(900_000, 2), saved); len(ghosts) != 0 || len(marks) != 1 || marks[0].At != 500_000 {
		t.Errorf("only the volume moved: %d dotted lines, %+v", len(ghosts), marks)
	}
	ghosts, marks := build(at(500_000, 6), saved)
	if len(ghosts) == 0 || len(marks) != 0 {
		t.Errorf("only a price moved: %d dotted lines, %d marks", len(ghosts), len(marks))
	}
	if ghosts, marks := build(saved, saved); len(ghosts)+len(marks) != 0 {
		t.Errorf("nothing moved: %d dotted lines, %d marks", len(ghosts), len(marks))
	}
	tornado := figure.Figure{ID: "tornado"}
	if got := figure.WithSaved(tornado, saved, at(1, 1), figure.BuildOptions{}); len(got.Layers) != 0 {
		t.Error("another figure was changed")
	}
}
