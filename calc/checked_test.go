package calc_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"hostwise/calc"
	"hostwise/calc/catalog"
)

// Whatever a case asks to have checked again can be confirmed in one step: the answer stays, and the fact is of today.
func TestEveryFactToRecheckCanBeConfirmedAndTheAnswerStays(t *testing.T) {
	cat := shipped(t)
	a := calc.NewAssessor(cat)
	today := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	opt := calc.Options{Today: today, Quick: true}
	seen := map[string]bool{}
	for _, tpl := range calc.Templates {
		s := tpl.Scenario()
		before, err := a.Assess(context.Background(), s, opt)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range before.Verdict.Recheck {
			seen[r.Table] = true
			to, err := s.Checked(cat, r.Table, r.ID, today)
			if err != nil {
				t.Errorf("%s: %s: %v", tpl.Name, r.What, err)
				continue
			}
			after, err := a.Assess(context.Background(), to, opt)
			if err != nil {
				t.Errorf("%s: %s: the confirmed row does not pass: %v", tpl.Name, r.What, err)
				continue
			}
			if after.Verdict.Route != before.Verdict.Route || before.Route(before.Verdict.Route) != nil &&
				after.Route(after.Verdict.Route).Monthly.Likely != before.Route(before.Verdict.Route).Monthly.Likely {
				t.Errorf("%s: confirming %s changes the answer from %s to %s", tpl.Name, r.What, before.Verdict.Headline, after.Verdict.Headline)
			}
			for _, now := range after.Verdict.Recheck {
				if now.Table == r.Table && now.ID == r.ID && now.AgeDays != 0 {
					t.Errorf("%s: %s is still %d days old", tpl.Name, r.What, now.AgeDays)
				}
			}
			if again, problems := calc.Parse(to.JSON(), cat); len(problems) > 0 || !again.Equal(to) {
				t.Errorf("%s: %s: the file does not come back the same: %v", tpl.Name, r.What, problems)
			}
		}
	}
	for _, table := range []string{"prices", "devices", "hosts", "rents", "measured"} {
		if !seen[table] {
			t.Errorf("no template asks for a fact of %s: the test does not show what it should", table)
		}
	}
}

func TestWhatCannotBeConfirmedSaysWhy(t *testing.T) {
	cat := shipped(t)
	today := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	past := calc.Scenario{}.With("api.price_date", calc.Str("2025-03-01"))
	for _, c := range []struct {
		s         calc.Scenario
		table, id string
		want      error
	}{
		{calc.Scenario{}, "prices", "no-such-listing", calc.ErrNoFact},
		{calc.Scenario{}, "devices", "no-such-device", calc.ErrNoFact},
		{calc.Scenario{}, "hosts", "", calc.ErrNoFact},
		{calc.Scenario{}, "rents", "h200-sxm/Nobody", calc.ErrNoFact},
		{calc.Scenario{}, "measured", "nothing", calc.ErrNoFact},
		{calc.Scenario{}, "moons", "io", calc.ErrNoFact},
		{past, "prices", "deepseek-r1", calc.ErrPastFact},
	} {
		to, err := c.s.Checked(cat, c.table, c.id, today)
		if !errors.Is(err, c.want) || !to.Equal(c.s) {
			t.Errorf("%s %q: %v, wanted %v and no change", c.table, c.id, err, c.want)
		}
	}
}

func TestAConfirmedListingKeepsItsFiguresAndSaysWhatStoodThere(t *testing.T) {
	cat := shipped(t)
	today := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	listed := &cat.Prices[0]
	s, err := calc.Scenario{}.Checked(cat, "prices", listed.ID, today)
	if err != nil {
		t.Fatal(err)
	}
	got := s.Facts().Prices[0]
	if got.Input != listed.Input || got.Output != listed.Output || got.Source != listed.Source {
		t.Errorf("the figures changed: %+v", got)
	}
	if got.Evidence != catalog.Yours || got.AsOf != "2026-11-23" || got.Note == "" {
		t.Errorf("the row is %s as of %s, note %q", got.Evidence, got.AsOf, got.Note)
	}
	again, err := s.Checked(cat, "prices", listed.ID, today.AddDate(0, 0, 9))
	if err != nil || len(again.Facts().Prices) != 1 || again.Facts().Prices[0].AsOf != "2026-12-02" {
		t.Errorf("checked again: %v, %+v", err, again.Facts().Prices)
	}
}
