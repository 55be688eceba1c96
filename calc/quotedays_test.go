package calc_test

import (
	"testing"
	"time"

	"hostwise/calc"
)

func TestDaysLeftOfAQuote(t *testing.T) {
	late := time.Date(2026, 11, 23, 23, 59, 0, 0, time.FixedZone("far east", 9*3600))
	for until, want := range map[string]int{"2026-11-23": 0, "2026-11-24": 1, "2026-11-22": -1, "2027-11-23": 365} {
		q := calc.Quote{ValidUntil: until}
		got, ok := q.DaysLeft(late)
		if !ok || got != want {
			t.Errorf("until %s there are %d days (%t), want %d", until, got, ok, want)
		}
		if q.Expired(late) != (got < 0) {
			t.Errorf("until %s: the days and Expired disagree", until)
		}
	}
	if _, ok := (calc.Quote{}).DaysLeft(late); ok {
		t.Error("a quote without an end has days left")
	}
}

func TestHowLongAQuoteStands(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "2026-12-31": "2026-12-31", "31 Dec 2026": "2026-12-31", "30 days": "2026-12-02", "1 day": "2026-11-03",
		"6 weeks": "2026-12-14", "3 months": "2027-02-02", "1 year": "2027-11-02", " 2 Weeks ": "2026-11-16",
	} {
		if got, err := calc.ParseValidity("2026-11-02", text); err != nil || got != want {
			t.Errorf("%q from 2 November is %q (%v), want %q", text, got, err, want)
		}
	}
	for _, text := range []string{"3/4/2026", "soon", "-3 days", "99999 days", "30 moons"} {
		if got, err := calc.ParseValidity("2026-11-02", text); err == nil {
			t.Errorf("%q is taken as %q", text, got)
		}
	}
	if _, err := calc.ParseValidity("not yet said", "30 days"); err == nil {
		t.Error("30 days from no date is a day")
	}
}
