package calc_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// usualCall is 2,000 tokens in and 600 out, the longest request 32,768.
const usualCall = `"input_tokens_per_call":2000,"output_tokens_per_call":600,"reasoning_tokens_per_call":0,"context_tokens":32768`

// eightH200 is the full model as released on one server.
const eightH200 = `"engine":"vllm","precision":"fp8","device":"h200-sxm","devices":8`

func sizedCase(deployment, workload string) string {
	return fmt.Sprintf(`{"schema":1,"model":"deepseek-r1","deployment":{%s},"workload":{%s%s}}`, deployment, usualCall, workload)
}

// TestAnImpossibleWishIsUnknownAndNamed: the contract's rule for a figure that there is none of: null, with a warning
// that names it, never zero. The stated concurrency's speeds stay, whatever is wished.
func TestAnImpossibleWishIsUnknownAndNamed(t *testing.T) {
	for _, text := range []string{
		sizedCase(`"engine":"llama.cpp","precision":"gguf-q4_k_m","device":"epyc9005-1s"`, ""),
		sizedCase(`"engine":"mlx","precision":"mlx-4bit","device":"m3ultra-512"`, ""),
		sizedCase(eightH200, `,"min_tokens_per_second_per_user":200`),
		sizedCase(eightH200, `,"max_ttft_seconds":0.001`),
	} {
		res := assess(t, parsed(t, text), quick)
		c := res.Capacity
		if c.Sequences != nil || c.BusyShare != nil || c.HeadroomShare != nil || c.AnswerSeconds.P50 != nil || c.AnswerSeconds.P90 != nil ||
			res.Throughput.CallsPerMonth != nil || res.Deployment.SequencesAtWishes != nil {
			t.Errorf("%s: a figure of what cannot be served: %+v", text, c)
		}
		if c.CannotServe == "" || c.Alone == nil || !(c.Alone.AnswerSeconds > 0) || !(res.Throughput.PerUserTokS.Likely > 0) {
			t.Errorf("%s: no reason (%q) or no speed without the wish (%+v)", text, c.CannotServe, c.Alone)
		}
		all := strings.Join(res.Warnings, "\n")
		for _, word := range []string{"sequences_at_wishes", "calls a month", "busy share", "headroom", "seconds an answer", "full_in_month", c.CannotServe} {
			if !strings.Contains(all, word) {
				t.Errorf("%s: no warning names %q", text, word)
			}
		}
	}
}

// TestAKeptWishHasItsFigures: the other side of the same rule.
func TestAKeptWishHasItsFigures(t *testing.T) {
	res := assess(t, parsed(t, sizedCase(eightH200, `,"calls_per_month":1500000,"min_tokens_per_second_per_user":60`)), quick)
	c, d := res.Capacity, res.Deployment
	if c.Sequences == nil || c.BusyShare == nil || c.HeadroomShare == nil || c.AnswerSeconds.P50 == nil || res.Throughput.CallsPerMonth == nil || c.CannotServe != "" {
		t.Fatalf("%+v", c)
	}
	// Replicas = sequences over the slots that keep the wishes and the cap (contract, "Time and demand"): with the
	// room of the memory alone (271) one replica would do.
	if d.SequencesAtWishes == nil || *d.SequencesAtWishes >= d.SequencesPerReplica {
		t.Fatalf("at wishes %v of %g", d.SequencesAtWishes, d.SequencesPerReplica)
	}
	if want := math.Ceil(*c.Sequences / (*d.SequencesAtWishes * 0.8)); math.Abs(want-float64(c.Replicas)) > 1 || c.Replicas < 2 {
		t.Errorf("%d replicas for %g sequences, %g a replica", c.Replicas, *c.Sequences, *d.SequencesAtWishes)
	}
	if want := fmt.Sprintf("Memory holds %.0f requests at once at your usual length; at the speed you ask for, %.0f.", math.Floor(d.SequencesPerReplica), math.Floor(*d.SequencesAtWishes)); d.SequencesWords != want {
		t.Errorf("%q, want %q", d.SequencesWords, want)
	}
	if none := assess(t, parsed(t, sizedCase(eightH200, `,"calls_per_month":0`)), quick).Capacity; none.AnswerSeconds.P50 == nil || !(*none.AnswerSeconds.P50 > 0) {
		t.Errorf("an answer that nobody waits for takes no time: %+v", none)
	}
}

// TestTheRoomIsExplained: kv_bytes is a reservation, per token x longest request x requests (contract, section 3). Where
// the number comes from demand it is that of the longest requests which hold the demand's tokens.
func TestTheRoomIsExplained(t *testing.T) {
	for _, c := range []struct {
		deployment, workload string
		says                 string
	}{
		{eightH200 + `,"concurrent_sequences":7`, "", "Room is kept for 7 requests at the longest, 32,768 tokens: as many as you stated."},
		{eightH200, `,"calls_per_month":1000`, "Room is kept for one request at the longest, 32,768 tokens: as many as run at once."},
		{eightH200, `,"calls_per_month":1500000`, "that run at once at your usual 2,300 tokens."},
	} {
		res := assess(t, parsed(t, sizedCase(c.deployment, c.workload)), quick)
		d, m := res.Deployment, res.Memory
		if !strings.HasSuffix(m.RoomWords, c.says) {
			t.Errorf("%q, want %q", m.RoomWords, c.says)
		}
		if want := d.KVBytesPerToken * float64(m.ContextTokens) * float64(m.Sequences); math.Abs(d.KVBytes/want-1) > 1e-9 {
			t.Errorf("kv_bytes %g, the reservation is %g", d.KVBytes, want)
		}
		if live := 2300 * res.Throughput.ConcurrentSequences; float64(m.Sequences*m.ContextTokens) < live {
			t.Errorf("room for %d tokens, the requests hold %g", m.Sequences*m.ContextTokens, live)
		}
	}
}
