package calc_test

import (
	"regexp"
	"strconv"
	"testing"

	"hostwise/assets"
	"hostwise/calc"
)

// parsed reads a scenario as a file holds it.
func parsed(t testing.TB, text string) calc.Scenario {
	t.Helper()
	cat, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	s, problems := calc.Parse([]byte(text), cat)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return s
}

// TestTheCommandStartsWhatWasSized: a server that takes fewer requests than run at once queues the rest, so the flag
// is never under the concurrency that the speeds are stated for, nor over what memory and wishes hold.
func TestTheCommandStartsWhatWasSized(t *testing.T) {
	flag := regexp.MustCompile(`(?:--max-running-requests|--max-num-seqs|--max_batch_size|--parallel) (\d+)`)
	w := `"workload":{"input_tokens_per_call":2000,"output_tokens_per_call":600,"reasoning_tokens_per_call":0,"context_tokens":32768,"calls_per_month":%CALLS%}`
	for _, d := range []struct {
		name, deployment, calls string
		exactly                 int
	}{
		{"sglang", `{"engine":"sglang","precision":"fp8","device":"h200-sxm","devices":8}`, "1000000", 0},
		{"vllm", `{"engine":"vllm","precision":"fp8","device":"h200-sxm","devices":8}`, "300000", 0},
		{"tensorrt", `{"engine":"tensorrt-llm","precision":"fp8","device":"h200-sxm","devices":8}`, "300000", 0},
		{"llama.cpp", `{"engine":"llama.cpp","precision":"gguf-q4_k_m","device":"h200-sxm","devices":8}`, "3000", 0},
		{"stated", `{"engine":"vllm","precision":"fp8","device":"h200-sxm","devices":8,"concurrent_sequences":7}`, "300000", 7},
	} {
		calls := regexp.MustCompile("%CALLS%").ReplaceAllString(w, d.calls)
		res := assess(t, parsed(t, `{"schema":1,"model":"deepseek-r1",`+calls+`,"deployment":`+d.deployment+`}`), quick)
		m := flag.FindStringSubmatch(res.Deployment.LaunchCommand)
		if m == nil {
			t.Errorf("%s: no limit in %q", d.name, res.Deployment.LaunchCommand)
			continue
		}
		n, _ := strconv.Atoi(m[1])
		if float64(n) < res.Throughput.ConcurrentSequences || d.exactly > 0 && n != d.exactly {
			t.Errorf("%s: started for %d requests, %g run at once", d.name, n, res.Throughput.ConcurrentSequences)
		}
		if most := max(res.Deployment.SequencesPerReplica, res.Throughput.ConcurrentSequences); float64(n) > most {
			t.Errorf("%s: started for %d requests, %g fit", d.name, n, most)
		}
	}
}
