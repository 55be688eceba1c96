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

// BenchmarkQuickTemplates is the base answer of every ready scenario.
func BenchmarkQuickTemplates(b *testing.B) {
	a := assessor(b)
	for _, t := range calc.Templates {
		b.Run(t.Name, func(b *testing.B) {
			s := t.Scenario()
			for b.Loop() {
				if _, err := a.Assess(context.Background(), s, calc.Options{Today: testDay, Quick: true}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkDraws is a whole assessment with 10,000 draws of every route, break-even and payback, set-ups held.
func BenchmarkDraws(b *testing.B) {
	a := assessor(b)
	for b.Loop() {
		if _, err := a.Assess(context.Background(), calc.Scenario{}, calc.Options{Today: testDay, Draws: 10000}); err != nil {
			b.Fatal(err)
		}
	}
}
