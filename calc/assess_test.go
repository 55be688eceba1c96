package calc_test

import (
	"context"
	"testing"
	"time"

	"hostwise/assets"
	"hostwise/calc"
)

var testDay = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

func assessor(t testing.TB) *calc.Assessor {
	t.Helper()
	cat, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	return calc.NewAssessor(cat)
}

func TestAssessFillsEverything(t *testing.T) {
	res, err := assessor(t).Assess(context.Background(), calc.Scenario{}, calc.Options{Today: testDay, Draws: 200})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(res.Sensitivity); n < 8 {
		t.Errorf("%d sensitivities, want at least 8", n)
	}
	if n := len(res.Monitoring); n < 7 {
		t.Errorf("%d monitoring rows, want at least 7", n)
	}
	if n := len(res.Claims); n < 12 {
		t.Errorf("%d claims, want at least 12", n)
	}
}
