package figure

import (
	"strings"
	"testing"

	"hostwise/calc"
)

func TestBridgeStepsFollowEachOther(t *testing.T) {
	usd := func(v float64) *float64 { return &v }
	b := calc.Bridge{FromUSD: usd(1000), ToUSD: usd(850), FromRoute: "api-direct", ToRoute: "gone", Order: "in the order of the questions",
		Steps: []calc.BridgeStep{{Label: "Calls a month", From: "1", To: "2", USD: usd(250)}, {Label: "Retries", USD: usd(-400)}}}
	a := &calc.Assessment{Routes: []calc.Route{{ID: "api-direct", Label: "API, market median"}}}
	f, err := BuildBridge(b, "Today", "Next year", a, BuildOptions{})
	if err != nil {
		t.Fatal(err)
	}
	bars := f.Layers[0].(Spans).Bars
	for i, want := range [][2]float64{{0, 1000}, {1000, 1250}, {850, 1250}, {0, 850}} {
		if bars[i].Low != want[0] || bars[i].High != want[1] || bars[i].Row != i {
			t.Errorf("bar %d reaches from %g to %g, want %v", i, bars[i].Low, bars[i].High, want)
		}
	}
	if !bars[2].ConnectLow || bars[1].ConnectLow || bars[3].Connect {
		t.Error("the bars are joined at the wrong ends")
	}
	if got := f.Twin.Rows[3]; got[0] != "Next year" || got[4] != "gone" || f.Twin.Rows[0][4] != "API, market median" {
		t.Errorf("the table says %v", f.Twin.Rows)
	}
	if !strings.Contains(f.Rows[1].Sub, "1 → 2") || f.Rows[2].Sub != "" {
		t.Errorf("the rows say %v", f.Rows)
	}
	b.Steps[1].USD = nil
	if _, err := BuildBridge(b, "Today", "Next year", a, BuildOptions{}); err == nil {
		t.Error("a step without a cost was drawn")
	}
	if _, err := BuildBridge(calc.Bridge{}, "", "", a, BuildOptions{}); err == nil {
		t.Error("a bridge without ends was drawn")
	}
}
