package serving

import (
	"math"
	"testing"

	"hostwise/calc/memory"
)

func h200(t testing.TB) *Server {
	t.Helper()
	cat := facts(t)
	return New(cat).Prepare(solved(cat, "deepseek-r1", "fp8", "sglang", "h200-sxm", 8, nil))
}

// The contract's rule, by hand: 1 + (640,000 - 32,768) / (2,000 + 1,000/2) = 243.9.
func TestSequencesMax(t *testing.T) {
	s := &Server{Plan: memory.Plan{Setup: memory.Setup{ContextTokens: 32768}, KVCapacityTokens: 640000}}
	within(t, "sequences", s.SequencesMax(Load{Input: 2000, Output: 600, Reasoning: 400}), 1+(640000-32768)/2500.0, 1e-12)
	s.Plan.KVCapacityTokens = 32768
	within(t, "one longest request fits exactly", s.SequencesMax(Load{Input: 2000, Output: 1000}), 1, 1e-12)
	s.Plan.KVCapacityTokens = 32767
	if n := s.SequencesMax(Load{Input: 2000, Output: 1000}); n != 0 {
		t.Errorf("not even one fits: %g, want 0", n)
	}
}

func TestSequencesKeepTheWishes(t *testing.T) {
	s := h200(t)
	load := Load{Input: 2000, Output: 600, Reasoning: 2000}
	room := s.SequencesMax(load)
	if n, binds := s.Sequences(load, Wish{}); n != room || binds == "latency" {
		t.Errorf("no wish: %g %s, want the room %g", n, binds, room)
	}
	n, binds := s.Sequences(load, Wish{MinPerUser: 30})
	if binds != "latency" {
		t.Fatalf("30 tokens a second a user: binds %s", binds)
	}
	within(t, "at the edge of the wish", s.At(load, n).PerUser, 30, 1e-6)
	if n, binds := s.Sequences(load, Wish{MinPerUser: 1e6}); n != 0 || binds != "latency" {
		t.Errorf("an impossible wish: %g %s, want 0 latency", n, binds)
	}
	if n, _ := s.Sequences(load, Wish{MaxTTFT: 1e-6}); n != 0 {
		t.Errorf("an impossible first token: %g sequences, want 0", n)
	}
	s.Plan.KVCapacityTokens = 10
	if n, binds := s.Sequences(load, Wish{}); n != 0 || binds != "kv" {
		t.Errorf("too little room: %g %s, want 0 kv", n, binds)
	}
	s.Plan.KVCapacityTokens = 0
	if n, binds := s.Sequences(load, Wish{}); n != 0 || binds != "weights" {
		t.Errorf("no room: %g %s, want 0 weights", n, binds)
	}
}

// Little's law at the allowed concurrency.
func TestCapacity(t *testing.T) {
	s := h200(t)
	load := Load{Input: 2000, Output: 600, Reasoning: 2000}
	c := s.Capacity(load, Wish{MinPerUser: 15}, 0.8)
	within(t, "allowed", c.Allowed, 0.8*c.Sequences, 1e-12)
	within(t, "attempts an hour", c.AttemptsPerHour, c.Allowed*3600/s.At(load, c.Allowed).Answer, 1e-12)
	within(t, "tokens are attempts times length", c.Speed.Output*3600, c.AttemptsPerHour*load.Decoded(), 1e-9)
}

func TestBusiestHour(t *testing.T) {
	d := Demand{Calls: 730000, PeakToAverage: 4}
	within(t, "busiest hour", d.BusiestHour(), 4000, 1e-12)
	d.LatencyFlexible = true
	within(t, "work that may wait", d.BusiestHour(), 1000, 1e-12)
}

func TestReplicas(t *testing.T) {
	for _, c := range []struct {
		demand, each float64
		want         int
	}{
		{0, 100, 1}, {1, 100, 1}, {100, 100, 1}, {100.0001, 100, 2}, {300, 100, 3},
		{0.1 + 0.2, 0.1, 3}, // 0.30000000000000004: rounding buys no machine
		{301, 100, 4}, {5, 0, 0}, {math.Inf(1), 100, math.MaxInt32},
	} {
		if got := Replicas(c.demand, c.each); got != c.want {
			t.Errorf("Replicas(%v, %v) = %d, want %d", c.demand, c.each, got, c.want)
		}
	}
}

// In the steady state arrivals and departures are equal.
func TestSteady(t *testing.T) {
	s := h200(t)
	load := Load{Input: 2000, Output: 600, Reasoning: 2000}
	full := s.Capacity(load, Wish{}, 1)
	for _, share := range []float64{0.01, 0.3, 0.9} {
		r := s.Steady(load, Wish{}, 2*share*full.AttemptsPerHour, 2)
		within(t, "departures", 2*r.PerReplica*3600/r.Speed.Answer, 2*share*full.AttemptsPerHour, 1e-6)
		within(t, "busy share", r.BusyShare, share, 1e-9)
		if !(r.P50 < r.P90) || math.IsInf(r.P90, 1) {
			t.Errorf("at %g of what it can take: P50 %g, P90 %g", share, r.P50, r.P90)
		}
	}
	over := s.Steady(load, Wish{}, 3*full.AttemptsPerHour, 2)
	if over.BusyShare <= 1 || !math.IsInf(over.P90, 1) {
		t.Errorf("more than it can take: busy %g, P90 %g", over.BusyShare, over.P90)
	}
}

// 100 an hour growing by 10 % a month pass 200 in the eighth month: 1.1^7 = 1.949, 1.1^8 = 2.144.
func TestFullIn(t *testing.T) {
	if month, ever := FullIn(100, 200, 0.1); month != 8 || !ever {
		t.Errorf("month %d %v, want 8", month, ever)
	}
	if month, ever := FullIn(201, 200, 0); month != 0 || !ever {
		t.Errorf("already full: month %d %v", month, ever)
	}
	for _, growth := range []float64{0, -0.1} {
		if _, ever := FullIn(100, 200, growth); ever {
			t.Errorf("growth %g fills it", growth)
		}
	}
}

// As many sequences as help throughput: near the output of all that fit, with fewer where the curve is flat.
func TestSaturated(t *testing.T) {
	s := h200(t)
	load := Load{Input: 8000, Output: 500}
	n := s.SequencesMax(load)
	some := s.Saturated(load, n)
	if some >= n {
		t.Fatalf("%g of %g", some, n)
	}
	within(t, "output", s.At(load, some).Output, 0.95*s.At(load, n).Output, 1e-6)
	if got := s.Saturated(load, 1); got != 1 {
		t.Errorf("of one sequence: %g", got)
	}
}
