package serving

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Erlang's C by hand: one slot waits with chance rho; two slots at rho 0.5 with 1/3; ten at 8 with 0.4092 (tables).
func TestWaitChance(t *testing.T) {
	within(t, "one slot", WaitChance(0.7, 1), 0.7, 1e-12)
	within(t, "two slots", WaitChance(1, 2), 1.0/3, 1e-12)
	within(t, "ten slots", WaitChance(8, 10), 0.40918, 1e-4)
	if got := WaitChance(5, 5); got != 1 {
		t.Errorf("no slot to spare: %g, want 1", got)
	}
	if got := WaitChance(1, 5000); got != 0 {
		t.Errorf("5,000 slots for one: %g, want 0", got)
	}
	if got := WaitChance(4990, 5000); !(got > 0.5 && got < 1) {
		t.Errorf("5,000 slots nearly full: %g", got)
	}
}

// One slot: the answer time of M/M/1 is exponential with rate mu - lambda.
func TestQueueOneSlot(t *testing.T) {
	p50, p90 := Queue(0.5, 1, 1)
	within(t, "half", p50, math.Ln2/0.5, 1e-9)
	within(t, "nine in ten", p90, math.Log(10)/0.5, 1e-9)
}

// With no waiting the answer time is the service time's own distribution.
func TestQueueManySlots(t *testing.T) {
	p50, p90 := Queue(1, 10, 4000)
	within(t, "half", p50, 10*math.Ln2, 1e-9)
	within(t, "nine in ten", p90, 10*math.Log(10), 1e-9)
}

func TestQueueThatCannotKeepUp(t *testing.T) {
	for _, c := range [][2]float64{{2, 1}, {1, 1}} {
		if p50, p90 := Queue(c[0], c[1], 1); !math.IsInf(p50, 1) || !math.IsInf(p90, 1) {
			t.Errorf("arrivals %g, service %g: %g %g, want infinities", c[0], c[1], p50, p90)
		}
	}
	if p50, _ := Queue(1, 1, 0); !math.IsInf(p50, 1) {
		t.Error("no slots answer nothing")
	}
}

// A slot more never makes waiting longer, an arrival more never shorter.
func TestQueueOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		slots := rapid.IntRange(1, 3000).Draw(t, "slots")
		service := rapid.Float64Range(0.01, 1000).Draw(t, "service")
		rho := rapid.Float64Range(0.01, 0.99).Draw(t, "rho")
		arrivals := rho * float64(slots) / service
		p50, p90 := Queue(arrivals, service, slots)
		if !(p50 > 0 && p50 <= p90) || math.IsInf(p90, 1) {
			t.Fatalf("P50 %g, P90 %g", p50, p90)
		}
		_, more := Queue(arrivals, service, slots+1)
		if more > p90*(1+1e-9) {
			t.Fatalf("one slot more: P90 from %g to %g", p90, more)
		}
		_, fewer := Queue(arrivals*0.9, service, slots)
		if fewer > p90*(1+1e-9) {
			t.Fatalf("fewer arrivals: P90 from %g to %g", p90, fewer)
		}
	})
}

// The limit for many slots meets the recursion where one takes over from the other, and is quick past it.
func TestManySlotsMeetTheRecursion(t *testing.T) {
	for _, spare := range []float64{0.1, 1, 2} {
		load := mostCounted - spare*math.Sqrt(mostCounted)
		within(t, "chance to wait", halfinWhitt(load, mostCounted), WaitChance(load, mostCounted), 0.02)
	}
	if got := WaitChance(2e9*0.5, 2e9); got != 0 {
		t.Errorf("two thousand million slots, half of them idle: %g", got)
	}
}
