package calc_test

import (
	"strings"
	"testing"

	"hostwise/calc"
)

const (
	pastR1  = "deepseek/deepseek-reasoner-r1@2025-01-20"
	nightR1 = "deepseek/deepseek-reasoner-r1-off-peak-16-30-00-30-utc@2025-02-26"
)

// A listing of the past, named by its id, is what the API routes cost: 100 M input and 50 M output tokens at DeepSeek's
// $0.55 and $2.19 of 2025, and at its night price of $0.135 and $0.55. A warning says that neither is for sale.
func TestAListingOfThePastCanBeNamed(t *testing.T) {
	open := with(plainAPI(), map[string]calc.Value{"api.input_usd_per_mtok": calc.Null, "api.output_usd_per_mtok": calc.Null})
	for id, want := range map[string]float64{pastR1: 100*0.55 + 50*2.19, nightR1: 100*0.135 + 50*0.55} {
		s := open.With("api.price", calc.Str(id))
		res := assess(t, s, quick)
		isNear(t, id, monthly(t, res, "api-direct"), want, 1e-6)
		said := strings.Join(res.Warnings, "\n")
		if !strings.Contains(said, id+" is no longer offered") {
			t.Errorf("%s: no warning that it is history:\n%s", id, said)
		}
		if night := strings.Contains(said, "16:30-00:30 UTC only"); night != (id == nightR1) {
			t.Errorf("%s: the warning of its hours is there: %t", id, night)
		}
		for _, r := range res.Verdict.Recheck {
			if r.Table == "prices" && r.ID == id {
				t.Errorf("%s cannot be checked any more, but is to be rechecked", id)
			}
		}
		if back, problems := calc.Parse(s.JSON(), shipped(t)); len(problems) > 0 || back.Text("api.price") != id {
			t.Errorf("%s is not kept in the file: %v", id, problems)
		}
	}
}

// On a day of 2025 the night tariff is told of beside the price by day; before it began, and today, it is not.
func TestTheNightTariffOfADayIsToldOf(t *testing.T) {
	open := with(plainAPI(), map[string]calc.Value{"api.input_usd_per_mtok": calc.Null, "api.output_usd_per_mtok": calc.Null})
	for day, told := range map[string]bool{"2025-03-15": true, "2025-02-01": false, "2025-10-01": false, "": false} {
		said := strings.Join(assess(t, open.With("api.price_date", calc.Str(day)), quick).Warnings, "\n")
		if got := strings.Contains(said, nightR1); got != told {
			t.Errorf("on %q the night tariff is told of: %t\n%s", day, got, said)
		}
	}
}

// Where a case rests on the median, it says how far the sellers are apart: by hand from the listings of R1, $0.40
// (nano-gpt) to $4.998 (nano-gpt, SambaNova) for input, 12.5 times, $1.70 to $7 for output, 4.12 times.
func TestTheMedianSaysThatItStandsForARange(t *testing.T) {
	open := with(plainAPI(), map[string]calc.Value{"api.input_usd_per_mtok": calc.Null, "api.output_usd_per_mtok": calc.Null})
	said := strings.Join(assess(t, open, quick).Warnings, "\n")
	if !strings.Contains(said, "asks 12.5 times for input and 4.12 times for output what the cheapest asks") {
		t.Errorf("the range is not told:\n%s", said)
	}
	for what, s := range map[string]calc.Scenario{"named": open.With("api.price", calc.Str("togetherai/deepseek-ai-deepseek-r1")), "typed": plainAPI()} {
		if strings.Contains(strings.Join(assess(t, s, quick).Warnings, "\n"), "times for input") {
			t.Errorf("a %s price is no median", what)
		}
	}
}

// The market a page shows is the one the case is costed at.
func TestTheMarketShownIsTheMarketCounted(t *testing.T) {
	cat := shipped(t)
	s := with(plainAPI(), map[string]calc.Value{"api.input_usd_per_mtok": calc.Null, "api.output_usd_per_mtok": calc.Null})
	v, ok := calc.MarketOf(cat, s, "deepseek-r1")
	if !ok || len(v.Counts) != v.Market.Listings || v.Span.Listings <= v.Market.Listings || len(v.Kin) == 0 {
		t.Fatalf("%+v, %v", v, ok)
	}
	isNear(t, "the median", monthly(t, assess(t, s, quick), "api-direct"), 100*v.Market.Input.Likely+50*v.Market.Output.Likely, 1e-6)
	if _, ok := calc.MarketOf(cat, s, "no-such-model"); ok {
		t.Error("a market of no model")
	}
}
