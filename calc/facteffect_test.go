package calc_test

import (
	"context"
	"testing"
	"time"

	"hostwise/calc"
	"hostwise/calc/catalog"
)

func TestEffectOfAFact(t *testing.T) {
	cat := shipped(t)
	a := calc.NewAssessor(cat)
	opt := calc.Options{Today: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), Quick: true}
	s := calc.Scenario{}.With("workload.calls_per_month", calc.Num(1e6))
	before, err := a.Assess(context.Background(), s, opt)
	if err != nil {
		t.Fatal(err)
	}
	if e := calc.EffectOf(before, before); e.Changes || *e.USDBefore != *e.USDAfter || e.RouteBefore != e.RouteAfter {
		t.Errorf("nothing changed, and it says %+v", e)
	}
	// The same market with one more listing at a thousandth of a dollar has a lower median.
	cheap := catalog.Price{ID: "yours-x", Provider: "X", ProviderKind: "host", Model: "deepseek-r1", ModelLabel: "R1", Input: 0.001, Output: 0.001,
		Fact: catalog.Fact{Evidence: catalog.Yours, Source: "mail", AsOf: "2026-11-23"}}
	to := s.WithFacts(calc.Facts{Prices: []catalog.Price{cheap}})
	after, err := a.Assess(context.Background(), to, opt)
	if err != nil {
		t.Fatal(err)
	}
	if e := calc.EffectOf(before, after); *e.USDAfter >= *e.USDBefore {
		t.Errorf("a cheaper listing gives %+v", e)
	}
	blocked, err := a.Assess(context.Background(), s.With("rules.data_may_leave_site", calc.No).With("rules.operations_staff", calc.No), opt)
	if err != nil {
		t.Fatal(err)
	}
	if e := calc.EffectOf(before, blocked); e.RouteAfter != "" || e.USDAfter != nil || !e.Changes {
		t.Errorf("no route is open, and it says %+v", e)
	}
}

func TestRecheckedIsTheirsAndFresh(t *testing.T) {
	cat := shipped(t)
	today := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	a := calc.NewAssessor(cat)
	for _, tpl := range calc.Templates {
		s := tpl.Scenario()
		res, err := a.Assess(context.Background(), s, calc.Options{Today: today, Quick: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range res.Verdict.Recheck {
			if n, of := s.Rechecked(cat, r, today); n > 0 || of == 0 {
				t.Errorf("%s: %s counts as checked before anybody did", tpl.Name, r.What)
			}
			to, err := s.Checked(cat, r.Table, r.ID, today)
			if err != nil {
				t.Fatal(err)
			}
			r.AsOf = "2026-11-23"
			if n, of := to.Rechecked(cat, r, today); n != of {
				t.Errorf("%s: %s was confirmed and does not count", tpl.Name, r.What)
			}
			if n, of := to.Rechecked(cat, r, today.AddDate(0, 0, 31)); n == of {
				t.Errorf("%s: %s counts as checked a month later", tpl.Name, r.What)
			}
		}
	}
}

// One own listing does not make the market checked: the others are as old as before.
func TestAMarketIsCheckedListingByListing(t *testing.T) {
	cat := shipped(t)
	today := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	mine := catalog.Price{ID: "yours-x", Provider: "X", ProviderKind: "host", Model: "deepseek-r1", ModelLabel: "R1", Input: 1, Output: 2,
		Fact: catalog.Fact{Evidence: catalog.Yours, Source: "mail", AsOf: "2026-11-23"}}
	s := calc.Scenario{}.WithFacts(calc.Facts{Prices: []catalog.Price{mine}})
	r := calc.Recheck{Table: "prices", ID: "deepseek-r1", AsOf: "2026-11-23"}
	n, of := s.Rechecked(cat, r, today)
	if n != 1 || of < 3 {
		t.Fatalf("%d of %d listings are checked, wanted the one of several", n, of)
	}
	to, err := s.Checked(cat, r.Table, r.ID, today)
	if err != nil {
		t.Fatal(err)
	}
	if n, all := to.Rechecked(cat, r, today); n != of || all != of {
		t.Errorf("all confirmed, %d of %d count", n, all)
	}
}
