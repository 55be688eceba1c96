package calc_test

import (
	"fmt"
	"strings"
	"testing"

	"hostwise/assets"
	"hostwise/calc/memory"
)

// hybridCase is the full model with its experts, or most of its layers, in the memory of a host that nobody named.
func hybridCase(model, engine, device, more string) string {
	return fmt.Sprintf(`{"schema":1,"model":%q,"deployment":{"engine":%q,"precision":"gguf-q4_k_m","device":%q,"devices":1,%s},
		"workload":{"input_tokens_per_call":500,"output_tokens_per_call":200,"reasoning_tokens_per_call":0,"context_tokens":8192,
		"calls_per_month":1000,"min_tokens_per_second_per_user":0,"max_ttft_seconds":0}}`, model, engine, device, more)
}

// TestAHybridIsBoughtWithAHostThatHoldsIt: 378 GB of experts (the tensor inventory of Q4_K_M) do not go into a desktop
// with 64 GiB. Of the catalogue's hosts that take the card, the cheapest with the memory is bought; where there is none,
// the set-up does not fit and its route is blocked.
func TestAHybridIsBoughtWithAHostThatHoldsIt(t *testing.T) {
	cat, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ model, engine, device, more string }{
		{"deepseek-r1", "ktransformers", "rtx4090", `"experts_in_host_memory":true`},
		{"deepseek-r1", "llama.cpp", "rtx4090", `"experts_in_host_memory":true`},
		{"deepseek-r1", "llama.cpp", "rtxpro6000", `"experts_in_host_memory":true`},
		{"deepseek-r1", "llama.cpp", "a6000", `"experts_in_host_memory":true`},
		{"r1-distill-llama-70b", "llama.cpp", "rtx4090", `"layers_on_device":30`},
		{"deepseek-r1", "llama.cpp", "rtx4090", `"layers_on_device":3`},
		{"deepseek-r1", "llama.cpp", "rtx4090", `"experts_in_host_memory":true,"host":"desktop-1"`},
	} {
		res := assess(t, parsed(t, hybridCase(c.model, c.engine, c.device, c.more)), quick)
		d := res.Deployment
		cheapest, usd := "", 0.0
		for _, h := range cat.Hosts {
			if h.Takes(cat.Device(c.device)) && float64(h.MemoryBytes) > 1.15*d.HostBytes && (cheapest == "" || h.PriceUSD.Likely < usd) {
				cheapest, usd = h.ID, h.PriceUSD.Likely
			}
		}
		own := res.Route("own-" + c.model)
		if cheapest == "" || strings.Contains(c.more, "host\":") {
			if d.Fit != memory.No || d.Fits || !strings.Contains(d.Why, "host needs") || own.Feasible {
				t.Errorf("%+v: in %s with %.0f GB off the cards it %s: %s; blocked by %v", c, d.Host, d.HostBytes/1e9, d.Fit, d.Why, own.BlockedBy)
			}
			continue
		}
		if d.Host != cheapest || d.Fit == memory.No {
			t.Errorf("%+v: %.0f GB off the cards go into %s, want %s (%s)", c, d.HostBytes/1e9, d.Host, cheapest, d.Why)
		}
	}
}

// TestWithoutAHostTheWarningSaysSo: the person can name a machine of their own.
func TestWithoutAHostTheWarningSaysSo(t *testing.T) {
	res := assess(t, parsed(t, hybridCase("deepseek-r1", "ktransformers", "rtx4090", `"experts_in_host_memory":true`)), quick)
	if all := strings.Join(res.Warnings, "\n"); !strings.Contains(all, "No host of the catalogue that takes") {
		t.Errorf("no word of it in:\n%s", all)
	}
}
