package ui_test

import (
	"math"
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"hostwise/app/desktop/ui"
)

// scales draws scales as a slider may have them.
func scales(t *rapid.T) ui.SlideScale {
	low := rapid.Float64Range(0, 1e6).Draw(t, "low")
	s := ui.SlideScale{Low: low, High: low + rapid.Float64Range(0.01, 1e9).Draw(t, "length"), Whole: rapid.Bool().Draw(t, "whole")}
	if rapid.Bool().Draw(t, "log") {
		s.Log, s.Low = true, max(s.Low, 1e-3)
		s.High = max(s.High, s.Low*4)
	}
	if s.Whole {
		s.Low, s.High = math.Ceil(s.Low), math.Ceil(s.High)+1
	}
	return s
}

func TestASliderReachesItsEndsAndEveryStepMoves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := scales(t)
		if s.ValueAt(0) != s.Low || s.ValueAt(1) != s.High || s.ValueAt(-3) != s.Low || s.ValueAt(7) != s.High {
			t.Errorf("%+v ends at %g and %g", s, s.ValueAt(0), s.ValueAt(1))
		}
		v := s.ValueAt(rapid.Float64Range(0, 1).Draw(t, "place"))
		if v < s.Low || v > s.High || s.Whole && v != math.Round(v) {
			t.Errorf("%+v gives %g", s, v)
		}
		if back := s.ValueAt(s.Place(v)); math.Abs(s.Place(back)-s.Place(v)) > 0.02 {
			t.Errorf("%+v: %g stands where %g is", s, v, back)
		}
		for _, n := range []int{1, -1, 10, -10} {
			to := s.Step(v, n)
			switch {
			case n > 0 && v < s.High && to <= v, n < 0 && v > s.Low && to >= v:
				t.Errorf("%+v: %d steps from %g lead to %g", s, n, v, to)
			case to < s.Low || to > s.High:
				t.Errorf("%+v: %d steps from %g lead beyond the scale, to %g", s, n, v, to)
			}
		}
	})
}

func TestASliderPointsAtNumbersThatPeopleSay(t *testing.T) {
	for _, s := range []ui.SlideScale{{Low: 1000, High: 1e7, Log: true}, {Low: 0, High: 1}, {Low: 0.01, High: 20, Log: true}, {Low: 0, High: 144, Whole: true}} {
		for place := 0.001; place < 1; place += 0.0173 {
			v := s.ValueAt(place)
			if short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 3, 64), 64); err != nil || short != v {
				t.Errorf("%+v points at %v, more than three digits", s, v)
			}
		}
	}
}

func TestASliderSaysItsAnswerAndMovesOnlyWhenInUse(t *testing.T) {
	test.NewTempApp(t)
	moved := 0
	s := ui.NewSlider("Calls a month", ui.SlideScale{Low: 0, High: 100, Whole: true}, 40,
		func(v float64) string { return strconv.FormatFloat(v, 'f', 0, 64) }, func(float64) { moved++ })
	w := test.NewTempWindow(t, s)
	w.Resize(fyne.NewSize(316, 60))
	if got := s.AccessibilityLabel(); got != "Calls a month: 40" {
		t.Errorf("it says %q", got)
	}
	w.Canvas().Focus(s)
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if moved != 1 || s.Value() != 41 {
		t.Errorf("after an arrow: %d moves, at %g", moved, s.Value())
	}
	s.SetValue(60)
	if moved != 1 {
		t.Error("a value that was set counts as moved by the person")
	}
	s.Disable()
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	if s.Value() != 60 {
		t.Errorf("out of use it moved to %g", s.Value())
	}
	s.Enable()
	test.Tap(s)
	if s.Value() == 60 || moved != 2 {
		t.Errorf("a press left it at %g", s.Value())
	}
}
