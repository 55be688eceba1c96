package serving

import (
	"fmt"
	"strings"
	"testing"

	"hostwise/calc/memory"
)

// TestLlamaSlotsShareOneCache: the server divides --ctx-size by --parallel unless the cache is unified (its own
// documentation of --kv-unified), so each slot must get the longest request or all must share.
func TestLlamaSlotsShareOneCache(t *testing.T) {
	for _, c := range []struct {
		name               string
		reserved, capacity int
		slots              Slots
		want               string
	}{
		{"whole slots", 4, 40000, Slots{4, 2300}, "--ctx-size 32768 --parallel 4"},
		{"more slots, the cache has room for each at its longest", 1, 40000, Slots{4, 2300}, "--ctx-size 32768 --parallel 4"},
		// 8,192 + 9 x 2,300 = 28,892 tokens, in blocks of 256: 28,928.
		{"more slots than longest requests fit", 1, 40000, Slots{10, 2300}, "--ctx-size 28928 --parallel 10 --kv-unified"},
		{"never more than the cache holds", 1, 28900, Slots{10, 2300}, "--ctx-size 28900 --parallel 10 --kv-unified"},
		{"no more slots than it is built for", 1, 1 << 20, Slots{1000, 2300}, "--parallel 256 --kv-unified"},
		{"one slot at least", 1, 0, Slots{}, "--ctx-size 8192 --parallel 1"},
	} {
		p := memory.Plan{KVCapacityTokens: float64(c.capacity)}
		p.ContextTokens, p.Sequences = 8192, c.reserved
		if got := llamaSlots(&p, 8192, c.slots); !strings.HasSuffix(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestOllamaReservesTheContextForEverySlot: ollama has no shared cache, so more slots than the memory holds would not start.
func TestOllamaReservesTheContextForEverySlot(t *testing.T) {
	p := memory.Plan{KVCapacityTokens: 40000}
	p.ContextTokens, p.Sequences = 8192, 2
	for asked, want := range map[int]int{1: 1, 3: 3, 9: 4} { // 40,000 / 8,192 = 4.9
		if got := wholeSlots(&p, 8192, asked); got != want {
			t.Errorf("%d slots asked: %d, want %d", asked, got, want)
		}
	}
}

// TestProcessorsOfOneSocketHaveNoNodesToDistributeOver: --numa distribute spreads over the sockets.
func TestProcessorsOfOneSocketHaveNoNodesToDistributeOver(t *testing.T) {
	cat := facts(t)
	for device, two := range map[string]bool{"epyc9005-1s": false, "epyc9005-2s": true} {
		got := LaunchCommand(solved(cat, "deepseek-r1", "gguf-q4_k_m", "llama.cpp", device, 1, nil), Slots{1, 1000})
		if strings.Contains(got, "--numa distribute") != two || !strings.Contains(got, "--n-gpu-layers 0") {
			t.Errorf("%s: %s", device, got)
		}
	}
}

// TestEveryEngineIsStartedForTheSlots: the limit of each engine is the slots a replica serves, not the room reserved.
func TestEveryEngineIsStartedForTheSlots(t *testing.T) {
	cat := facts(t)
	for engine, flag := range map[string]string{"vllm": "--max-num-seqs", "sglang": "--max-running-requests", "tensorrt-llm": "--max_batch_size"} {
		got := LaunchCommand(solved(cat, "deepseek-r1", "fp8", engine, "h200-sxm", 8, nil), Slots{30, 2300})
		if want := fmt.Sprintf("%s %d", flag, 30); !strings.Contains(got, want) {
			t.Errorf("%s: %q lacks %q", engine, got, want)
		}
	}
}
