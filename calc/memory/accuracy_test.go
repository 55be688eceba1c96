package memory

import (
	"testing"
)

// The bounds that were set before the model was written: median and 90th percentile of the error, by group.
func TestAccuracyKeepsItsBounds(t *testing.T) {
	list := Accuracy(facts(t))
	bounds := map[string][2]float64{
		GroupFiles:   {0.0005, 0.002},
		GroupCounts:  {0, 0},
		GroupWeights: {0.001, 0.003},
		GroupDevice:  {0.003, 0.012},
		GroupKV:      {0.0005, 0.002},
		GroupPools:   {0.015, 0.04},
	}
	seen := map[string]bool{}
	inside, ranged := 0.0, 0.0
	for _, g := range SummariseAccuracy(list) {
		seen[g.Group] = true
		if b, ok := bounds[g.Group]; ok && (g.Median > b[0] || g.P90 > b[1]) {
			t.Errorf("%s: median %.4f %%, P90 %.4f %%; bounds %.4f and %.4f (worst %s %+.2f %%)",
				g.Group, 100*g.Median, 100*g.P90, 100*b[0], 100*b[1], g.Worst, 100*g.WorstError)
		}
		switch g.Group {
		case GroupPools, GroupBuffers, GroupTotals:
			inside += g.InsideShare * float64(g.Rows)
			ranged += float64(g.Rows)
			if g.Spread > 1.15 {
				t.Errorf("%s: the median range is %.3f wide", g.Group, g.Spread)
			}
		}
		t.Logf("%-32s %3d rows  median %.4f %%  P90 %.4f %%  inside %.0f %%  spread %.3f  worst %s %+.2f %%",
			g.Group, g.Rows, 100*g.Median, 100*g.P90, 100*g.InsideShare, g.Spread, g.Worst, 100*g.WorstError)
	}
	for group := range bounds {
		if !seen[group] {
			t.Errorf("no run was compared for %s", group)
		}
	}
	if inside < 0.8*ranged {
		t.Errorf("only %.0f of %.0f measured pools, buffers and totals lie in their range", inside, ranged)
	}
}

func TestEveryRunIsComparedOrExplained(t *testing.T) {
	cat := facts(t)
	list := Accuracy(cat)
	if len(list) != len(cat.MemoryRuns) {
		t.Fatalf("%d comparisons of %d runs", len(list), len(cat.MemoryRuns))
	}
	compared := 0
	for _, c := range list {
		if c.Reason != "" {
			continue
		}
		compared++
		if c.Group == "" || c.Measured <= 0 || c.Estimate.Likely <= 0 || c.Estimate.Low > c.Estimate.High {
			t.Errorf("%s is not filled: %+v", c.Run.ID, c)
		}
	}
	if compared < 100 {
		t.Errorf("only %d runs are compared", compared)
	}
}
