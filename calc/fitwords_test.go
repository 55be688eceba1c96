package calc_test

import (
	"strings"
	"testing"

	"hostwise/calc/memory"
)

// TestFitIsOfMemoryFitsOfAll: the deployment says of each case what memory holds, whether it runs, and what binds.
// The weights leave 42.8 GiB on each of eight H200 (139.8 visible less 79.5 of weights and the engine's needs), so what
// does not fit there is the cache.
func TestFitIsOfMemoryFitsOfAll(t *testing.T) {
	for _, c := range []struct {
		name, deployment, workload string
		fit                        memory.Fit
		fits                       bool
		binds, why                 string
	}{
		{"20 of the longest", eightH200 + `,"concurrent_sequences":20`, "", memory.No, false, "kv", "MB short"},
		{"400 of the longest", eightH200 + `,"concurrent_sequences":400`, "", memory.No, false, "kv", "875 GB short"},
		{"past the limit", eightH200 + `,"max_context_tokens":200000`, "", memory.Fits, false, "", "163840 tokens at most"},
		{"no such units", `"engine":"vllm","precision":"nvfp4","device":"h200-sxm","devices":8`, "", memory.Fits, false, "", "floating point"},
		{"the weights are too large", `"engine":"vllm","precision":"fp8","device":"h100-sxm","devices":8`, "", memory.No, false, "weights", "short"},
	} {
		res := assess(t, parsed(t, sizedCase(c.deployment, c.workload)), quick)
		d := res.Deployment
		if d.Fit != c.fit || d.Fits != c.fits || c.binds != "" && d.Binds != c.binds || !strings.Contains(d.Why, c.why) {
			t.Errorf("%s: fit %s, fits %v, %s binds: %s", c.name, d.Fit, d.Fits, d.Binds, d.Why)
		}
		for _, r := range res.Memory.ByPrecision {
			if r.Kind == "deploy" && (r.Fits && r.Fit == memory.No || !r.Fits && r.Why == "") {
				t.Errorf("%s: %s says fit %s, fits %v, %q", c.name, r.Precision, r.Fit, r.Fits, r.Why)
			}
		}
	}
}

// TestTheNearestMeasurementIsThatOfTheConcurrency: the row of 32 requests at once gives 8 x 151.1 = 1,208.8 tokens a
// second (SemiAnalysisAI InferenceX, SGLang 0.5.7 on eight H200), and it is the row named.
func TestTheNearestMeasurementIsThatOfTheConcurrency(t *testing.T) {
	res := assess(t, parsed(t, `{"schema":1,"model":"deepseek-r1-0528","deployment":{"engine":"sglang","engine_version":"0.5.7","precision":"fp8",
		"device":"h200-sxm","devices":8,"concurrent_sequences":32},"workload":{"input_tokens_per_call":1024,"output_tokens_per_call":1024,
		"reasoning_tokens_per_call":0,"context_tokens":8192}}`), quick)
	if x := res.Throughput; x.OutputTokS.Likely != 1208.8 || !strings.Contains(x.Nearest, "151.1 tokens a second, each device") || !strings.Contains(x.Nearest, "32 requests at once") {
		t.Errorf("%g by %q", x.OutputTokS.Likely, x.Nearest)
	}
}
