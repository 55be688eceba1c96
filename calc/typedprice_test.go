package calc_test

import (
	"context"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hostwise/calc"
)

// A quote is for the machine it names: with a stated device a typed price moves the set-ups on that device and no
// other; without one it holds for all, as the file's "null = from the catalogue" says.
func TestATypedPriceHoldsForTheStatedDevice(t *testing.T) {
	stated := calc.Scenario{}.With("deployment.device", calc.Str("h200-sxm")).With("deployment.devices", calc.Num(8))
	for path, c := range map[string]struct {
		usd  float64
		kind calc.RouteKind
		line string
	}{
		"finance.rent_usd_per_device_hour": {1.2, calc.Rent, "devices"},
		"finance.server_usd":               {350000, calc.Own, "capital"},
	} {
		before := assess(t, stated, quick)
		after := assess(t, stated.With(path, calc.Num(c.usd)), quick)
		others := 0
		for _, r := range after.Routes {
			was := before.Route(r.ID)
			if r.Kind != c.kind || r.Monthly == nil || was.Monthly == nil || strings.Contains(r.SetupLabel, "H200") {
				continue
			}
			others++
			if r.Monthly.Likely != was.Monthly.Likely || r.SetupLabel != was.SetupLabel {
				t.Errorf("%s: %s on %s costs %.2f, %.2f before the price was typed", path, r.ID, r.SetupLabel, r.Monthly.Likely, was.Monthly.Likely)
			}
			if l := line(t, &r, c.line); l.Evidence == "yours" {
				t.Errorf("%s: %s on %s is priced by the quote", path, r.ID, r.SetupLabel)
			}
		}
		own := after.Route(string(c.kind) + "-deepseek-r1")
		if l := line(t, own, c.line); l.Evidence != "yours" || others == 0 {
			t.Errorf("%s: the stated set-up is %s, %d others", path, l.Evidence, others)
		}
		for _, a := range after.Assumptions {
			if a.Path == path && !strings.Contains(a.Text, "for H200") {
				t.Errorf("%s: %q does not say for which device it holds", path, a.Text)
			}
		}
		open := assess(t, calc.Scenario{}.With(path, calc.Num(c.usd)), quick)
		for _, r := range open.Routes {
			if r.Kind == c.kind && r.Monthly != nil {
				if l := line(t, &r, c.line); l.Evidence != "yours" {
					t.Errorf("%s without a stated device: %s is %s", path, r.ID, l.Evidence)
				}
			}
		}
	}
}

// At any price typed for one device, a route on another device costs what it costs without.
func TestATypedPriceLeavesOtherDevicesAlone(t *testing.T) {
	a := assessor(t)
	rapid.Check(t, func(t *rapid.T) {
		s := generatedCase(t).With("deployment.device", calc.Str(rapid.SampledFrom([]string{"h200-sxm", "b200-sxm", "rtx5090", "h100-sxm"}).Draw(t, "device")))
		if len(s.Check(a.Catalogue())) > 0 {
			t.Skip()
		}
		typed := s.With("finance.server_usd", calc.Num(rapid.Float64Range(1, 1e6).Draw(t, "server"))).
			With("finance.rent_usd_per_device_hour", calc.Num(rapid.Float64Range(0.01, 20).Draw(t, "hour")))
		opt := calc.Options{Today: testDay, Quick: true}
		x, err := a.Assess(context.Background(), s, opt)
		if err != nil {
			t.Fatal(err)
		}
		y, err := a.Assess(context.Background(), typed, opt)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range y.Routes {
			was := x.Route(r.ID)
			if r.Monthly == nil || was.Monthly == nil || r.Kind == calc.Mixed || r.SetupLabel != was.SetupLabel {
				continue
			}
			byHand := false
			for _, l := range r.Lines {
				byHand = byHand || l.Evidence == "yours" && (l.ID == "capital" || l.ID == "devices")
			}
			if !byHand && r.Monthly.Likely != was.Monthly.Likely {
				t.Fatalf("%s on %s moved from %.4f to %.4f", r.ID, r.SetupLabel, was.Monthly.Likely, r.Monthly.Likely)
			}
		}
	})
}
