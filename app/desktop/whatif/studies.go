package whatif

import (
	"context"
	"time"

	"hostwise/calc"
)

// studies are the questions beyond an assessment that the tabs ask; *calc.Assessor answers them.
type studies interface {
	Movable(s calc.Scenario, paths []string, flips []calc.Flip, today time.Time) []calc.Movable
	SweepCases(ctx context.Context, s calc.Scenario, axes []calc.SweepAxis, opt calc.Options, tell calc.Progress) ([]calc.SweepCase, error)
	WinMap(ctx context.Context, s calc.Scenario, x, y string, today time.Time, tell calc.Progress) (*calc.WinMap, error)
	Solve(ctx context.Context, s calc.Scenario, path, outcome string, target float64, today time.Time) (calc.Solution, error)
}

var _ studies = (*calc.Assessor)(nil)
