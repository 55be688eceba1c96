package serving

import (
	"math"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// A version that the catalogue does not list came out between those it does: SGLang 0.4.6 in the spring of 2025,
// vLLM 0.7.3 in February 2025, llama.cpp b6500 in 2025.
func TestReleasedOn(t *testing.T) {
	cat := facts(t)
	for _, r := range []struct{ engine, version, from, to string }{
		{"sglang", "0.4.6.post5", "2025-03-15", "2025-05-31"}, {"vllm", "0.7.3", "2025-02-01", "2025-03-05"},
		{"vllm", "v0.9.2+vendor", "2025-05-28", "2025-07-24"}, {"llama.cpp", "b6500", "2025-04-01", "2026-01-24"},
		{"vllm", "0.1", "2025-01-27", "2025-01-27"}, {"sglang", "0.5.7", "2025-12-01", "2025-12-31"},
	} {
		day := releasedOn(cat.Engine(r.engine), r.version).Format(time.DateOnly)
		if day < r.from || day > r.to {
			t.Errorf("%s %s came out on %s, want %s to %s", r.engine, r.version, day, r.from, r.to)
		}
	}
}

// A higher version is never older, and none is older than R1.
func TestNewerVersionsAreNeverOlder(t *testing.T) {
	cat := facts(t)
	m := modelOnce()
	oldest := ageOf(released)
	for _, version := range []string{"", "nightly", "99.1", cat.Engine("vllm").Build("").Version} {
		if age := m.ageOfVersion("vllm", version); age != 0 {
			t.Errorf("vLLM %q is today's engine, not of age %.2f", version, age)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		e := &cat.Engines[rapid.IntRange(0, len(cat.Engines)-1).Draw(t, "engine")]
		minor, patch := rapid.IntRange(0, 30).Draw(t, "minor"), rapid.IntRange(0, 9).Draw(t, "patch")
		version := func(patch int) string { return "0." + strconv.Itoa(minor) + "." + strconv.Itoa(patch) }
		a, b := m.ageOfVersion(e.ID, version(patch)), m.ageOfVersion(e.ID, version(patch+1))
		if b > a+1e-9 || math.IsNaN(a) || a < 0 || a > oldest+1e-9 {
			t.Fatalf("%s %s has age %.3f, %s %.3f", e.ID, version(patch), a, version(patch+1), b)
		}
	})
}
