package calc_test

import (
	"math"
	"slices"
	"testing"

	"hostwise/calc"
	"hostwise/calc/memory"
	"hostwise/calc/serving"
)

func TestAccuracyHoldsEveryMeasuredRun(t *testing.T) {
	cat := shipped(t)
	rows := calc.AccuracyOf(cat)
	speeds, amounts := serving.Accuracy(cat), memory.Accuracy(cat)
	if len(rows) != len(speeds)+len(amounts) {
		t.Fatalf("%d rows for %d speeds and %d amounts of memory", len(rows), len(speeds), len(amounts))
	}
	for i, r := range rows {
		if r.Source == "" || r.Evidence == "" || r.ID == "" {
			t.Errorf("row %d has no source, evidence or id: %+v", i, r)
		}
		if (r.Reason == "") != (r.Measured > 0 && r.Estimate.Likely > 0) {
			t.Errorf("%s: reason %q with %v measured and %v estimated", r.ID, r.Reason, r.Measured, r.Estimate.Likely)
		}
		if r.Reason == "" && math.Abs(r.Estimate.Likely/r.Measured-1-r.Error) > 1e-9 {
			t.Errorf("%s: an error of %v between %v and %v", r.ID, r.Error, r.Estimate.Likely, r.Measured)
		}
	}
	if calc.AccuracyOf(nil) != nil {
		t.Error("no catalogue has rows")
	}
}

// The page's summary and that of the packages must not disagree.
func TestAccuracySummariesAgreeWithThePackages(t *testing.T) {
	cat := shipped(t)
	rows := calc.AccuracyOf(cat)
	for _, fit := range serving.Fits(serving.Accuracy(cat)) {
		s := calc.SummariseAccuracy("", calc.AccuracyFilter{Kind: calc.SpeedAccuracy, Group: string(fit.Group)}.Pick(rows))
		if s.Compared != fit.Runs || !agrees(s.Median, fit.Median) || !agrees(s.P90, fit.P90) || !agrees(s.ApartMedian, fit.MedianApart) ||
			!agrees(s.ApartP90, fit.P90Apart) || !agrees(float64(s.Inside)/float64(s.Compared), fit.Held) {
			t.Errorf("%s: %+v, the package says %+v", fit.Group, s, fit)
		}
	}
	for _, g := range memory.SummariseAccuracy(memory.Accuracy(cat)) {
		s := calc.SummariseAccuracy("", calc.AccuracyFilter{Kind: calc.MemoryAccuracy, Group: g.Group}.Pick(rows))
		if s.Compared != g.Rows || !agrees(s.Median, g.Median) || !agrees(s.P90, g.P90) || !agrees(s.Worst, g.WorstError) {
			t.Errorf("%s: %+v, the package says %+v", g.Group, s, g)
		}
	}
}

func agrees(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

func TestAccuracyGroupsAndWorst(t *testing.T) {
	rows := calc.AccuracyFilter{Kind: calc.MemoryAccuracy}.Pick(calc.AccuracyOf(shipped(t)))
	all := calc.SummariseAccuracy("", rows)
	for _, by := range []calc.AccuracyKey{calc.ByGroup, calc.ByEngine, calc.ByDevice} {
		compared := 0
		for _, g := range calc.GroupAccuracy(rows, by) {
			compared += g.Compared
			if g.Name == "" || g.Near > g.Rough || g.Rough > g.Compared || len(g.Errors) != g.Compared {
				t.Errorf("by %d: %+v", by, g)
			}
		}
		if compared != all.Compared {
			t.Errorf("by %d the groups hold %d rows of %d", by, compared, all.Compared)
		}
	}
	worst := calc.WorstAccuracy(rows, 10)
	if len(worst) != 10 || worst[0].Error != all.Worst {
		t.Errorf("%d rows, the first off by %v; the worst is %v", len(worst), worst[0].Error, all.Worst)
	}
	if !slices.IsSortedFunc(worst, func(a, b calc.AccuracyRow) int {
		if math.Abs(a.Error) > math.Abs(b.Error) {
			return -1
		}
		return 0
	}) {
		t.Error("the worst rows are not in order")
	}
	left := 0
	for _, c := range calc.Uncompared(rows) {
		left += c.Rows
	}
	if left != all.Left || left+all.Compared != len(rows) {
		t.Errorf("%d left out with a reason, %d in the summary, of %d", left, all.Left, len(rows))
	}
}
