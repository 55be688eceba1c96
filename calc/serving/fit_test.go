package serving

import (
	"fmt"
	"maps"
	"math"
	"testing"

	"hostwise/calc/catalog"
)

// fittedRows are the runs that the constants of tensor engines are fitted on: R1 on at most two servers since
// mid 2025, when engines had settled.
func fittedRows(cat *catalog.Catalog, k *constants) []observation {
	var rows []observation
	for i := range cat.SpeedRuns {
		if cat.SpeedRuns[i].AsOf < "2025-07" {
			continue
		}
		found, _ := observe(cat, &cat.SpeedRuns[i], k)
		for _, o := range found {
			if o.setup.family == mixtureOnCards {
				rows = append(rows, o)
			}
		}
	}
	return rows
}

// misfit is the sum over runs of the squared logarithm of predicted over measured, growing only linearly past 20 %
// so that a run with a fault of its own (two of them) does not bend the fit.
func misfit(cat *catalog.Catalog, k *constants) (sum, rms float64, n int) {
	squares := 0.0
	rows := fittedRows(cat, k)
	for i := range rows {
		e := math.Abs(math.Log(rows[i].predict(&rows[i].base) / rows[i].measured))
		if squares += e * e; e < 0.2 {
			sum += e * e / 2
		} else {
			sum += 0.2 * (e - 0.1)
		}
	}
	return sum, math.Sqrt(squares / float64(len(rows))), len(rows)
}

// The constants are where the misfit is least: moving any by a tenth, up or down, does not improve it by more
// than a twentieth. Those at the edge of what is physically possible are moved inward only.
func TestConstantsAreFitted(t *testing.T) {
	cat := facts(t)
	best, rms, n := misfit(cat, &physics)
	if n < 45 {
		t.Fatalf("only %d runs to fit on", n)
	}
	if rms > 0.158 {
		t.Errorf("rms logarithm of the error %.3f over %d runs, was 0.150", rms, n)
	}
	edges := map[string]bool{"share of bandwidth": true, "prompt link": true, "decode arithmetic": true, "prompt arithmetic": true}
	moved := func(name string, change func(k *constants, by float64)) {
		for _, by := range []float64{0.9, 1.1} {
			if by > 1 && edges[name] {
				continue
			}
			k := physics
			k.layer, k.layerFP4 = maps.Clone(k.layer), maps.Clone(k.layerFP4)
			change(&k, by)
			if sum, _, _ := misfit(cat, &k); sum < best*0.95 {
				t.Errorf("%s times %.1f: misfit %.4f, below %.4f", name, by, sum, best)
			}
		}
	}
	moved("share of bandwidth", func(k *constants, by float64) { k.memory *= by })
	moved("link", func(k *constants, by float64) { k.link *= by })
	moved("prompt link", func(k *constants, by float64) { k.promptLink *= by })
	moved("decode arithmetic", func(k *constants, by float64) { k.decodePeak *= by })
	moved("prompt arithmetic", func(k *constants, by float64) { k.promptPeak *= by })
	moved("prompts between steps", func(k *constants, by float64) { k.promptMix *= by })
	moved("layers across servers", func(k *constants, by float64) { k.layerNodes *= by })
	for architecture := range physics.layer {
		moved("layers on "+architecture, func(k *constants, by float64) { k.layer[architecture] *= by })
	}
	for architecture := range physics.layerFP4 {
		moved("FP4 layers on "+architecture, func(k *constants, by float64) { k.layerFP4[architecture] *= by })
	}
}

// The accuracy that the project asks for, each run estimated without itself. Error and range are stated both
// with its source's other runs and without them.
func TestAccuracyTargets(t *testing.T) {
	cat := facts(t)
	all := Accuracy(cat)
	if len(all) < len(cat.SpeedRuns) {
		t.Fatalf("%d comparisons for %d runs", len(all), len(cat.SpeedRuns))
	}
	for _, c := range all {
		if c.Reason == "" && !(c.Measured > 0 && c.Beside.Rate.Likely > 0 && c.Beside.Rate.Low < c.Beside.Rate.High) {
			t.Errorf("%s: neither compared nor a reason why not: %+v", c.Run.ID, c)
		}
	}
	targets := map[Group]struct{ median, p90, width float64 }{
		OneServerGroup: {0.08, 0.25, 1.5},
		ServersGroup:   {0.15, 0.30, 1.7},
		OneUserGroup:   {0.10, 0.25, 1.7},
		HostGroup:      {0.30, 0.70, 2.0},
		PromptGroup:    {0.25, 0.45, 2.0},
		DistillGroup:   {0.20, 0.55, 2.0},
		LoneGroup:      {0.20, 0.55, 2.0},
	}
	for _, f := range Fits(all) {
		want := targets[f.Group]
		line := fmt.Sprintf("%s: %d runs, median %.1f %% and P90 %.1f %% (%.1f %% and %.1f %% with its source left out), held %.0f %% (%.0f %%), width %.2f",
			f.Group, f.Runs, 100*f.Median, 100*f.P90, 100*f.MedianApart, 100*f.P90Apart, 100*f.Held, 100*f.HeldApart, f.MedianSpread)
		t.Log(line)
		if f.Median > want.median || f.P90 > want.p90 || f.MedianSpread > want.width {
			t.Errorf("outside its target %+v: %s", want, line)
		}
		if f.Runs >= 20 && f.Held < 0.75 {
			t.Errorf("too narrow: %s", line)
		}
	}
}

// What a person meets whose set-up no source of ours has measured: a fifth of the sources left out at a time, every
// source once, each of their runs estimated from the other four fifths. The targets are those of the whole table.
func TestUnseenSources(t *testing.T) {
	cat := facts(t)
	const folds = 5
	fold := map[string]int{}
	for i := range cat.SpeedRuns {
		if s := cat.SpeedRuns[i].Source; fold[s] == 0 {
			fold[s] = 1 + len(fold)%folds
		}
	}
	missed, width := map[Group][]float64{}, map[Group][]float64{}
	held, all := 0.0, 0.0
	for f := 1; f <= folds; f++ {
		m := newModel(cat, cat, func(r *catalog.SpeedRun) bool { return fold[r.Source] == f }, &physics)
		for i := range cat.SpeedRuns {
			run := &cat.SpeedRuns[i]
			if fold[run.Source] != f {
				continue
			}
			found, _ := observe(cat, run, &physics)
			for j := range found {
				e, g := m.estimate(&found[j]), groupOf(&found[j], cat.SpeedRuns)
				missed[g] = append(missed[g], math.Abs(e.Error))
				width[g] = append(width[g], e.Rate.High/e.Rate.Low)
				all++
				if e.Holds(found[j].measured) {
					held++
				}
			}
		}
	}
	for g, want := range map[Group]struct{ median, p90, width float64 }{
		OneServerGroup: {0.08, 0.25, 1.5}, ServersGroup: {0.15, 0.30, 1.7}, OneUserGroup: {0.10, 0.25, 1.7},
		HostGroup: {0.30, 0.70, 2.0}, PromptGroup: {0.25, 0.45, 2.1},
	} {
		median, p90, wide := quantile(missed[g], 0.5), quantile(missed[g], 0.9), quantile(width[g], 0.5)
		t.Logf("%s: %d runs, median %.1f %% and P90 %.1f %%, width %.2f", g, len(missed[g]), 100*median, 100*p90, wide)
		if len(missed[g]) < 9 || median > want.median || p90 > want.p90 || wide > want.width {
			t.Errorf("%s: %d runs outside %+v", g, len(missed[g]), want)
		}
	}
	if share := held / all; share < 0.75 || share > 0.95 {
		t.Errorf("ranges hold %.0f %% of what they were not made from", 100*share)
	}
}
