package cost_test

import (
	"math"
	"reflect"
	"testing"

	"hostwise/calc/catalog"
	"hostwise/calc/cost"
)

// By hand: of three sellers $0.50, $3 and $0.40 for input are 3 / 0.4 = 7.5 times apart, $2, $7 and $8 for output four
// times. The free, the withdrawn and the night price are no part of it.
func TestSpanOfAMarket(t *testing.T) {
	row := func(id string, in, out float64) catalog.Price {
		return catalog.Price{ID: id, Provider: id, ProviderKind: "host", Model: "m", Input: in, Output: out, Fact: catalog.Fact{AsOf: "2026-07-02"}}
	}
	rows := []catalog.Price{row("a", 0.5, 2), row("b", 3, 7), row("c", 0.4, 8), row("free", 0, 0), row("gone", 0.01, 90), row("night", 0.01, 90)}
	rows[4].Gone, rows[5].TimeBand = true, "16:30-00:30 UTC"
	s, ok := cost.MarketSpan(rows, "m", cost.Filter{Kinds: []string{"host"}})
	if !ok || s.Listings != 3 || math.Abs(s.InputTimes()-7.5) > 1e-12 || math.Abs(s.OutputTimes()-4) > 1e-12 {
		t.Errorf("%+v, %v", s, ok)
	}
	if _, ok := cost.MarketSpan(rows, "another", cost.Filter{Kinds: []string{"host"}}); ok {
		t.Error("a market of nothing")
	}
}

func TestIdsThatMayBeOneCompany(t *testing.T) {
	got := cost.Kin([]string{"togetherai", "drun", "together (via HF)", "novita-ai", "siliconflow", "novita (via HF)", "siliconflow-cn", "xai", "x"})
	want := [][]string{{"togetherai", "together (via HF)"}, {"novita-ai", "novita (via HF)"}, {"siliconflow", "siliconflow-cn"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
}
