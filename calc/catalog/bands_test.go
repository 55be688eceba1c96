package catalog_test

import (
	"slices"
	"testing"

	"hostwise/assets"
	"hostwise/calc/catalog"
)

func TestBandsOfAListing(t *testing.T) {
	for _, x := range []struct {
		text string
		want []catalog.Band
		ok   bool
	}{
		{"", nil, true},
		{"16:30-00:30 UTC", []catalog.Band{{From: "16:30", To: "00:30"}}, true},
		{"01:00-04:00 and 06:00-10:00 UTC", []catalog.Band{{From: "01:00", To: "04:00"}, {From: "06:00", To: "10:00"}}, true},
		{"16:30-00:30", nil, false}, {"25:00-26:00 UTC", nil, false}, {"nights UTC", nil, false}, {"01:00-04:60 UTC", nil, false},
	} {
		got, ok := (&catalog.Price{TimeBand: x.text}).Bands()
		if ok != x.ok || !slices.Equal(got, x.want) {
			t.Errorf("%q: %v, %v", x.text, got, ok)
		}
	}
}

// The hours of every listing are read, history is found by its id, and no id stands both in it and in the list of today.
func TestHistoryIsFoundById(t *testing.T) {
	cat, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	banded := 0
	for _, p := range slices.Concat(cat.Prices, cat.PriceHistory) {
		bands, ok := p.Bands()
		if !ok {
			t.Errorf("%s: the hours %q cannot be read", p.ID, p.TimeBand)
		}
		banded += len(bands)
	}
	if banded != 3 { // off-peak of 2025, and both peaks of V4
		t.Errorf("%d stretches of the day have a price of their own, want 3", banded)
	}
	for i := range cat.PriceHistory {
		id := cat.PriceHistory[i].ID
		if cat.Past(id) != &cat.PriceHistory[i] || cat.Price(id) != nil {
			t.Errorf("%s is not found, or is listed today as well", id)
		}
	}
	if cat.Past("nothing") != nil {
		t.Error("a listing of no id")
	}
}

func TestBatchDiscountOfAProvider(t *testing.T) {
	cat, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	if b := cat.BatchDiscount("DeepInfra"); b == nil || b.Share == nil || *b.Share != 0.2 {
		t.Errorf("DeepInfra: %+v", b)
	}
	if b := cat.BatchDiscount("amazon-bedrock"); b == nil || b.Share != nil {
		t.Errorf("Bedrock's discount is not known: %+v", b)
	}
	if cat.BatchDiscount("novita-ai") != nil {
		t.Error("a discount that no source states")
	}
}
