package calc_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hostwise/calc"
	"hostwise/calc/catalog"
)

// The ends are those of the rows themselves, found here by looking through all of them.
func TestAKnownRangeIsThatOfTheCatalogue(t *testing.T) {
	cat := assessor(t).Catalogue()
	low, high, n := math.Inf(1), 0.0, 0
	for _, p := range cat.Prices {
		if p.Model == "deepseek-r1" && !p.Gone && !p.Quota && p.ValidTo == "" && p.Input > 0 && p.Output > 0 && slices.Contains([]string{"host", "first-party", "cloud", "reseller"}, p.ProviderKind) {
			low, high, n = min(low, p.Output), max(high, p.Output), n+1
		}
	}
	k, ok := calc.KnownRangeOf(cat, calc.Scenario{}, "api.output_usd_per_mtok")
	if !ok || !k.Listed || k.Low != low || k.High != high || k.Source == "" || k.AsOf == "" {
		t.Errorf("known is %+v, want %g to %g over %d listings", k, low, high, n)
	}
}

// A named device and term narrow the rents to theirs: the H200 is listed at 2.50 to 7.00 on demand and at 1.60 for three
// years in devices.json.
func TestAKnownRentIsThatOfTheDeviceAndTerm(t *testing.T) {
	cat := assessor(t).Catalogue()
	s := calc.Scenario{}.With("deployment.device", calc.Str("h200-sxm"))
	k, ok := calc.KnownRangeOf(cat, s, "finance.rent_usd_per_device_hour")
	if !ok || k.Low != 2.5 || k.High != 7 || k.Of != "2 listed rents of H200" {
		t.Errorf("known is %+v", k)
	}
	k, ok = calc.KnownRangeOf(cat, s.With("finance.rent_term", calc.Str("3-year")), "finance.rent_usd_per_device_hour")
	if !ok || k.Low != 1.6 || k.High != 1.6 || k.Of != "1 listed rent of H200" {
		t.Errorf("for three years known is %+v", k)
	}
	all, ok := calc.KnownRangeOf(cat, calc.Scenario{}, "finance.rent_usd_per_device_hour")
	if !ok || all.Low > 2.5 || all.High < 7 || all.LowOf == "" || all.HighOf == "" {
		t.Errorf("of all devices known is %+v", all)
	}
}

func TestAKnownServerHoldsItsCards(t *testing.T) {
	cat := assessor(t).Catalogue()
	d := cat.Device("h200-sxm")
	k, ok := calc.KnownRangeOf(cat, calc.Scenario{}.With("deployment.device", calc.Str(d.ID)), "finance.server_usd")
	if !ok || k.Low <= d.PriceUSD.Low || k.High <= float64(d.MaxPerHost)*d.PriceUSD.High {
		t.Errorf("a server with %s is known at %+v", d.ShortName, k)
	}
	mac := slices.IndexFunc(cat.Devices, func(d catalog.Device) bool { return d.WholeMachine && d.PriceUSD != nil })
	if mac < 0 {
		t.Fatal("no whole machine has a price")
	}
	d = &cat.Devices[mac]
	k, ok = calc.KnownRangeOf(cat, calc.Scenario{}.With("deployment.device", calc.Str(d.ID)), "finance.server_usd")
	if !ok || k.Low != d.PriceUSD.Low || k.High != d.PriceUSD.High {
		t.Errorf("%s is known at %+v, want its own price %v", d.ShortName, k, *d.PriceUSD)
	}
}

func TestNothingIsKnownOfWhatNobodyLists(t *testing.T) {
	cat := assessor(t).Catalogue()
	for _, path := range []string{"workload.stage", "model", "finance.storage_usd_per_month", "rules.upfront_usd_limit", "no.such"} {
		if k, ok := calc.KnownRangeOf(cat, calc.Scenario{}, path); ok {
			t.Errorf("%s is known at %+v", path, k)
		}
	}
	unlisted := slices.IndexFunc(cat.Models, func(m catalog.Model) bool {
		return !slices.ContainsFunc(cat.Prices, func(p catalog.Price) bool { return p.Model == m.ID })
	})
	if unlisted < 0 {
		t.Fatal("every model is listed now: the test needs one that is not")
	}
	if k, ok := calc.KnownRangeOf(cat, calc.Scenario{}.With("model", calc.Str(cat.Models[unlisted].ID)), "api.input_usd_per_mtok"); ok {
		t.Errorf("a model that nobody lists is known at %+v", k)
	}
}

// What lies within is never far; what is far stays far further out; nothing at all is no slip.
func TestFarIsFarFromBothEnds(t *testing.T) {
	cat := assessor(t).Catalogue()
	paths := []string{"api.input_usd_per_mtok", "finance.rent_usd_per_device_hour", "finance.electricity_usd_per_kwh", "workload.calls_per_month"}
	rapid.Check(t, func(t *rapid.T) {
		k, ok := calc.KnownRangeOf(cat, calc.Scenario{}, rapid.SampledFrom(paths).Draw(t, "path"))
		if !ok {
			t.Fatal("nothing is known")
		}
		in := k.Low + (k.High-k.Low)*rapid.Float64Range(0, 1).Draw(t, "within")
		if _, far := k.Far(in); far {
			t.Errorf("%g is far from %g to %g", in, k.Low, k.High)
		}
		out := rapid.Float64Range(11, 1e6).Draw(t, "out")
		if times, far := k.Far(k.High * out); !far || math.Abs(times/out-1) > 1e-9 {
			t.Errorf("%g times the highest is far: %t, %g times", out, far, times)
		}
		if times, far := k.Far(k.Low / out); !far || math.Abs(times*out-1) > 1e-9 {
			t.Errorf("the lowest by %g is far: %t, %g times", out, far, times)
		}
		if _, far := k.Far(0); far {
			t.Error("nothing is far")
		}
	})
}
