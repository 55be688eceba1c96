package calc_test

import (
	"strings"
	"testing"

	"hostwise/calc"
	"hostwise/calc/catalog"
)

// Whatever rests on fewer than four bits a weight is speculation: the row of memory, the deployment, its routes with
// every line that the set-up makes, and a verdict that stands on it is never sure.
func TestFewerThanFourBitsAreSpeculationEverywhere(t *testing.T) {
	a := assessor(t)
	few := 0
	for _, p := range a.Catalogue().Precisions {
		if p.Kind == "raw" || !strings.HasPrefix(p.ID, "gguf-") {
			continue
		}
		if few++; few%3 != 0 && p.BitsPerWeight > 3.9 { // all of the coarse ones, a third of the others
			continue
		}
		s := with(calc.Scenario{}, map[string]calc.Value{"model": calc.Str("r1-distill-qwen-32b"), "deployment.precision": calc.Str(p.ID),
			"deployment.engine": calc.Str("llama.cpp"), "deployment.device": calc.Str("rtx4090"), "workload.context_tokens": calc.Num(8192),
			"rules.lowest_bits_per_weight": calc.Num(1), "rules.data_may_leave_site": calc.No, "workload.latency_flexible": calc.Yes,
			"finance.server_usd": calc.Num(5000)})
		res, err := a.Assess(t.Context(), s, calc.Options{Today: testDay, Draws: 40})
		if err != nil {
			t.Fatal(err)
		}
		coarse := p.BitsPerWeight < 4
		if got := res.Deployment.Evidence == catalog.Speculation; got != coarse {
			t.Errorf("%s stores %g bits: the deployment is %s", p.ID, p.BitsPerWeight, res.Deployment.Evidence)
		}
		for _, row := range res.Memory.ByPrecision {
			if row.Precision == p.ID && coarse && row.Evidence != catalog.Speculation {
				t.Errorf("%s: the row of memory is %s", p.ID, row.Evidence)
			}
		}
		own := res.Route("own-r1-distill-qwen-32b")
		if own.Monthly == nil {
			continue // a mix that this model is not made in
		}
		if coarse && own.Evidence != catalog.Speculation {
			t.Errorf("%s: the route is %s", p.ID, own.Evidence)
		}
		for _, l := range own.Lines {
			if coarse && l.ID != "review" && l.Evidence != catalog.Speculation {
				t.Errorf("%s: the line %s is %s", p.ID, l.ID, l.Evidence)
			}
			if !coarse && l.ID == "capital" && l.Evidence != catalog.Yours {
				t.Errorf("%s: the line %s is %s, the price is the person's", p.ID, l.ID, l.Evidence)
			}
		}
		if v := res.Verdict; coarse && v.Route == own.ID && v.Confidence == "high" {
			t.Errorf("%s: the verdict is sure: %s", p.ID, v.ConfidenceBecause)
		}
	}
	if few < 20 {
		t.Errorf("%d mixes were tried", few)
	}
}

// The rows of the catalogue say it themselves.
func TestCoarsePrecisionsAreSpeculationInTheCatalogue(t *testing.T) {
	for _, p := range shipped(t).Precisions {
		if p.BitsPerWeight < 4 && p.Evidence != catalog.Speculation {
			t.Errorf("%s stores %g bits a weight and is %s", p.ID, p.BitsPerWeight, p.Evidence)
		}
	}
}

// Named in full, a set-up is as sure as its precision; with something left to the program it is likely at most.
func TestAnUnnamedSetUpIsLikelyAtMost(t *testing.T) {
	named := with(calc.Scenario{}, map[string]calc.Value{"deployment.precision": calc.Str("fp8"), "deployment.engine": calc.Str("vllm"),
		"deployment.device": calc.Str("h200-sxm"), "workload.context_tokens": calc.Num(32768)})
	if e := assess(t, named, quick).Deployment.Evidence; e != catalog.Confirmed {
		t.Errorf("FP8 in vLLM on H200, named in full, is %s", e)
	}
	if e := assess(t, calc.Scenario{}, quick).Deployment.Evidence; e != catalog.Likely {
		t.Errorf("the program's own choice is %s", e)
	}
}
