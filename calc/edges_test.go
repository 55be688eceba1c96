package calc_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"hostwise/calc"
)

// edges are the answers at the ends of what an input allows.
func edges(in *calc.Input) []calc.Value {
	var out []calc.Value
	switch in.Kind {
	case calc.Number:
		out = append(out, calc.Num(in.Min), calc.Num(in.Max))
	case calc.Integer:
		out = append(out, calc.Num(in.Min), calc.Num(min(in.Max, 4096)))
	case calc.Bool:
		out = append(out, calc.Yes, calc.No)
	case calc.Choice:
		for _, o := range in.Choices {
			out = append(out, calc.Str(o.ID))
		}
	case calc.ModelRef:
		out = append(out, calc.Str("r1-distill-qwen-1.5b"), calc.Str("deepseek-r1-zero"))
	case calc.DeviceRef:
		out = append(out, calc.Str("gb200"), calc.Str("m3ultra-512"), calc.Str("epyc9004-2s"), calc.Str("rtx3060-12"))
	case calc.EngineRef:
		for _, id := range []string{"", "sglang", "tensorrt-llm", "llama.cpp", "ollama", "ktransformers", "mlx"} {
			out = append(out, calc.Str(id))
		}
	case calc.PrecisionRef:
		for _, id := range []string{"", "fp32", "bf16", "nvfp4", "gguf-q4_k_m", "gguf-ud-iq1_s", "mlx-4bit", "raw-8bit"} {
			out = append(out, calc.Str(id))
		}
	case calc.Shape:
		week := make([]float64, 168)
		week[9] = 1
		out = append(out, calc.Value{Numbers: week})
	}
	if in.Nullable {
		out = append(out, calc.Null)
	}
	return out
}

// Every input at its edges gives a whole assessment: no panic, no NaN, no infinity, and a warning for what is null.
func TestEveryInputAtItsEdges(t *testing.T) {
	a := assessor(t)
	tpl, _ := calc.TemplateNamed("saas-app")
	for i := range calc.Inputs {
		in := &calc.Inputs[i]
		for _, v := range edges(in) {
			s := tpl.Scenario().With(in.Path, v)
			name := fmt.Sprintf("%s = %s", in.Path, calc.FormatEntry(in, v))
			if len(s.Check(a.Catalogue())) > 0 {
				continue
			}
			res, err := a.Assess(context.Background(), s, calc.Options{Today: testDay, Draws: 2, Quick: i%6 != 0})
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			text, err := json.Marshal(res)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			checkNulls(t, name, res, string(text))
		}
	}
}

// checkNulls sees that what is not known is said.
func checkNulls(t *testing.T, name string, res *calc.Assessment, text string) {
	t.Helper()
	if res.Verdict.Headline == "" || len(res.Routes) != 4+2*9+1 {
		t.Errorf("%s: headline %q, %d routes", name, res.Verdict.Headline, len(res.Routes))
	}
	warned := strings.Join(res.Warnings, " ")
	for _, r := range res.Routes {
		if r.Monthly == nil && !strings.Contains(warned, r.ID) {
			t.Errorf("%s: %s has no cost and no warning names it", name, r.ID)
		}
		if !r.Feasible && len(r.BlockedBy) == 0 {
			t.Errorf("%s: %s is not feasible and no rule says why", name, r.ID)
		}
	}
	if !strings.Contains(text, `"flips":[`) || strings.Contains(text, `"lines":null`) {
		t.Errorf("%s: a list is missing", name)
	}
}
