package calc_test

import (
	"context"
	"testing"

	"hostwise/calc"
)

// BenchmarkQuick is the base answer with the short lists cached: what a keystroke costs.
func BenchmarkQuick(b *testing.B) {
	a := assessor(b)
	for b.Loop() {
		if _, err := a.Assess(context.Background(), calc.Scenario{}, calc.Options{Today: testDay, Quick: true}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkQuickCold is the base answer with nothing cached but the catalogue.
func BenchmarkQuickCold(b *testing.B) {
	cat := assessor(b).Catalogue()
	for b.Loop() {
		b.StopTimer()
		a := calc.NewAssessor(cat)
		b.StartTimer()
		if _, err := a.Assess(context.Background(), calc.Scenario{}, calc.Options{Today: testDay, Quick: true}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAssess is a whole assessment: 1,000 draws, tornado and flips.
func BenchmarkAssess(b *testing.B) {
	a := assessor(b)
	for b.Loop() {
		if _, err := a.Assess(context.Background(), calc.Scenario{}, calc.Options{Today: testDay, Draws: 1000}); err != nil {
			b.Fatal(err)
		}
	}
}
