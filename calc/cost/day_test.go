package cost

import (
	"math"
	"testing"
)

// The figures are DeepSeek's own (open-infra-index, day 6 overview, 2025-03-01).
func TestDeepSeeksDay(t *testing.T) {
	d := DeepSeekDay()
	checks := d.Checks()
	rented, whole, billed := checks[0], checks[1], checks[2]
	if rented.Ours != 87072 || rented.Gap() != 0 {
		t.Errorf("the devices cost $%v, published $87,072", rented.Ours)
	}
	if whole.Ours != 227*8*24*2 {
		t.Errorf("227 whole nodes cost $%v, want $87,168", whole.Ours)
	}
	// 266,000 M × 0.55 = 146,300; 342,000 M × 0.14 = 47,880; 168,000 M × 2.19 = 367,920; together 562,100.
	for i, want := range []float64{146300, 47880, 367920} {
		if got := billed.Lines[i].USD(); math.Abs(got-want) > 1e-6 {
			t.Errorf("%s is $%v, want $%v", billed.Lines[i].Label, got, want)
		}
	}
	if math.Abs(billed.Ours-562100) > 1e-6 || math.Abs(billed.Gap()-73) > 1e-6 {
		t.Errorf("the tokens earn $%v, $%v more than published", billed.Ours, billed.Gap())
	}
	if billed.Gap() > d.RoundingUSD() {
		t.Errorf("rounding moves the revenue by $%v at most: the gap of $%v has another cause", d.RoundingUSD(), billed.Gap())
	}
	for _, c := range checks {
		sum := 0.0
		for _, l := range c.Lines {
			sum += l.USD()
		}
		if math.Abs(sum-c.Ours) > 0.005 {
			t.Errorf("%s: the lines sum to $%v, the total is $%v", c.Name, sum, c.Ours)
		}
	}
}
