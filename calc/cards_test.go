package calc_test

import (
	"math"
	"strings"
	"testing"

	"hostwise/calc"
)

// twoKinds is a 70B on two unlike cards in one desktop.
func twoKinds() calc.Scenario {
	return calc.Scenario{}.With("model", calc.Str("r1-distill-llama-70b")).
		With("deployment.engine", calc.Str("llama.cpp")).With("deployment.precision", calc.Str("gguf-q4_k_m")).
		With("deployment.device", calc.Str("rtx4090")).With("deployment.devices", calc.Num(1)).
		With("deployment.second_device", calc.Str("rtx5090")).With("deployment.second_devices", calc.Num(1)).
		With("deployment.max_context_tokens", calc.Num(8192)).With("deployment.concurrent_sequences", calc.Num(1)).
		With("workload.calls_per_month", calc.Num(1000)).With("rules.minimum_model", calc.Str("r1-distill-llama-70b"))
}

// Both cards are in the memory, in the words, in the bill and in the server's price; neither can be rented so.
func TestUnlikeCardsEndToEnd(t *testing.T) {
	res := assess(t, twoKinds(), quick)
	d := res.Deployment
	if d.SecondDevice != "rtx5090" || d.SecondDevices != 1 || len(d.Cards) != 2 || !d.Fits {
		t.Fatalf("%s × %d, %d cards, fits %v: %s", d.SecondDevice, d.SecondDevices, len(d.Cards), d.Fits, d.Why)
	}
	if !strings.Contains(d.DeviceLabel, "RTX 4090") || !strings.Contains(d.DeviceLabel, "RTX 5090") {
		t.Errorf("label %q", d.DeviceLabel)
	}
	if layers := d.Cards[0].Layers + d.Cards[1].Layers; layers != 80 {
		t.Errorf("%d of 80 layers are placed", layers)
	}
	if res.Throughput.OutputTokS.Likely <= 0 {
		t.Error("no speed")
	}
	own, rent := false, false
	for _, r := range res.Routes {
		switch {
		case r.Kind == calc.Own && r.Model == "r1-distill-llama-70b":
			own = true
			cards := map[string]float64{}
			bill := 0.0
			for _, item := range r.Bill {
				cards[item.What] = item.Quantity
				bill += item.Quantity * item.UnitUSD.Likely
			}
			if cards["NVIDIA RTX 4090"]+cards["NVIDIA GeForce RTX 4090"] == 0 && len(cards) < 3 {
				t.Errorf("bill %v", cards)
			}
			if r.Upfront == nil || math.Abs(*r.Upfront-bill) > 0.01*bill {
				t.Errorf("upfront %v, bill %.2f", r.Upfront, bill)
			}
		case r.Kind == calc.Rent && r.Model == "r1-distill-llama-70b":
			rent = true
			if r.Monthly != nil {
				t.Errorf("a machine with unlike cards has a rent of %v", *r.Monthly)
			}
		}
	}
	if !own || !rent {
		t.Errorf("own %v, rent %v", own, rent)
	}
	if !strings.Contains(strings.Join(res.Warnings, " "), "Unlike cards: ") {
		t.Errorf("not said what each card holds: %q", res.Warnings)
	}
}

// An engine that cannot use them leaves the second kind out, says so, and costs what it costs without.
func TestSecondCardsLeftOut(t *testing.T) {
	s := twoKinds().With("deployment.engine", calc.Str("vllm")).With("deployment.precision", calc.Str("awq-int4"))
	with := assess(t, s, quick)
	without := assess(t, s.Without("deployment.second_device").Without("deployment.second_devices"), quick)
	if with.Deployment.SecondDevice != "" || with.Deployment.DeviceLabel != without.Deployment.DeviceLabel ||
		with.Deployment.TotalBytes != without.Deployment.TotalBytes {
		t.Errorf("%q and %q", with.Deployment.DeviceLabel, without.Deployment.DeviceLabel)
	}
	if !strings.Contains(strings.Join(with.Warnings, " "), "left out") {
		t.Errorf("not said: %q", with.Warnings)
	}
}
