package calc

import "testing"

func TestRatiosAndCountsInWords(t *testing.T) {
	for ratio, want := range map[float64]string{1: "about as much as owning", 1.1: "9.1 % less than owning", 2: "about half as much as owning",
		3.14: "3.1 times less than owning", 441: "440 times less than owning", 5000: "a tiny part of what owning costs"} {
		if got := comparedWith(100, 100*ratio, "owning"); got != want {
			t.Errorf("a ratio of %g reads %q, want %q", ratio, got, want)
		}
	}
	for chance, want := range map[float64]string{0: "0", 0.004: "under 1", 0.64: "64", 0.996: "over 99", 1: "100"} {
		if got := futuresText(chance); got != want {
			t.Errorf("a chance of %g reads %q, want %q", chance, got, want)
		}
	}
}

// A flip that is nearer than the usual digits show is written with as many as tell it apart.
func TestNearFlipsReadApart(t *testing.T) {
	d := &dimension{path: "workload.calls_per_month", unit: UnitCalls}
	w := &world{}
	if got, want := w.flipWords(d, 2e7, 20392238, "", true), "If calls rise to 20.4 M a month (now 20 M), no route passes your rules."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	share := &dimension{path: "finance.utilisation_cap", unit: UnitShare}
	if got, want := w.flipWords(share, 0.8, 0.79997, "", true), "If the share of capacity to be used falls to 79.997 % (now 80 %), no route passes your rules."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestRouteLabelsInsideASentence(t *testing.T) {
	for label, want := range map[string]string{"API, market median": "the API at the market median", "API, novita-ai": "the API of novita-ai",
		"API in batches": "an API in batches", "Own 8 × H200": "owning 8 × H200", "Rent 2 sets of 8 × H200": "renting 2 sets of 8 × H200",
		"Own a base load, the rest to the API": "owning a base load, the rest to the API", "Cloud endpoint": "a cloud endpoint"} {
		if got := inSentence(label); got != want {
			t.Errorf("%q reads %q, want %q", label, got, want)
		}
	}
}
