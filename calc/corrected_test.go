package calc_test

import (
	"context"
	"testing"
	"time"

	"hostwise/calc"
)

// Whatever has figures of its own can be corrected in one step: the case then rests on the new figure, from its source.
func TestACorrectedFactIsTheOneThatCounts(t *testing.T) {
	cat := shipped(t)
	a := calc.NewAssessor(cat)
	today := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	corrected := map[string]bool{}
	for _, tpl := range calc.Templates {
		s := tpl.Scenario()
		before, err := a.Assess(context.Background(), s, calc.Options{Today: today, Quick: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range before.Verdict.Recheck {
			figures := s.Corrections(cat, r.Table, r.ID)
			values := make([]*float64, len(figures))
			for i := range figures {
				v := 7.25
				values[i] = &v
			}
			to, err := s.Corrected(cat, r.Table, r.ID, values, "a letter of 20 November", today)
			if len(figures) == 0 {
				if err == nil || !to.Equal(s) {
					t.Errorf("%s: %s has no figures, and is corrected all the same", tpl.Name, r.What)
				}
				continue
			}
			if err != nil {
				t.Errorf("%s: %s: %v", tpl.Name, r.What, err)
				continue
			}
			corrected[r.Table] = true
			if problems := to.Check(cat); len(problems) > 0 {
				t.Errorf("%s: %s: %v", tpl.Name, r.What, problems)
			}
			for _, f := range to.Corrections(cat, r.Table, r.ID) {
				if f.Now != nil && *f.Now != 7.25 {
					t.Errorf("%s: %s, %s is %g after the correction", tpl.Name, r.What, f.Label, *f.Now)
				}
			}
			after, err := a.Assess(context.Background(), to, calc.Options{Today: today, Quick: true})
			if err != nil {
				t.Errorf("%s: %s: %v", tpl.Name, r.What, err)
				continue
			}
			for _, now := range after.Verdict.Recheck {
				if now.Table == r.Table && now.ID == r.ID && (now.Source != "a letter of 20 November" || now.AgeDays != 0) {
					t.Errorf("%s: %s now rests on %q, %d days old", tpl.Name, r.What, now.Source, now.AgeDays)
				}
			}
		}
	}
	for _, table := range []string{"prices", "devices", "hosts", "rents"} {
		if !corrected[table] {
			t.Errorf("nothing of %s was corrected: the test does not show what it should", table)
		}
	}
}

func TestACorrectionLeavesTheCatalogueAlone(t *testing.T) {
	cat := shipped(t)
	today := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	var id string
	for _, d := range cat.Devices {
		for _, r := range d.Rent {
			if r.Term == "on-demand" {
				id = d.ID + "/" + r.Provider
			}
		}
	}
	before := *calc.Scenario{}.Corrections(cat, "rents", id)[0].Now
	v := before * 3
	s, err := calc.Scenario{}.Corrected(cat, "rents", id, []*float64{&v}, "a quote", today)
	if err != nil {
		t.Fatal(err)
	}
	if got := *s.Corrections(cat, "rents", id)[0].Now; got != v {
		t.Errorf("the case has %g, wanted %g", got, v)
	}
	if got := *(calc.Scenario{}).Corrections(cat, "rents", id)[0].Now; got != before {
		t.Errorf("the catalogue's own rent is now %g, it was %g", got, before)
	}
	if _, err := (calc.Scenario{}).Corrected(cat, "rents", id, []*float64{nil}, "a quote", today); err == nil {
		t.Error("a correction without a figure passes")
	}
}
