package facts

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/ui/uitest"
	"hostwise/calc/catalog"
)

// aged is a price of a day.
func aged(day string) record {
	return record{aged: true, fact: catalog.Fact{AsOf: day}, cells: []string{"x"}}
}

func TestTheCommonAgeIsThatOfMost(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	gone := aged("2026-01-01")
	gone.gone = true
	for _, c := range []struct {
		name  string
		rows  []record
		words string
		days  int
	}{
		{"none", nil, "", 0},
		{"too few of one day", []record{aged("2026-07-02"), aged("2026-07-02"), aged("2026-07-02")}, "", 0},
		{"half of them", []record{aged("2026-07-02"), aged("2026-07-02"), aged("2026-07-02"), aged("2026-07-02"), aged("2026-08-21"), aged("2026-08-22"), aged("2026-08-23"), aged("2026-08-24")}, "", 0},
		{"all, those that are gone not counted", []record{aged("2026-07-02"), aged("2026-07-02"), aged("2026-07-02"), aged("2026-07-02"), gone}, "All 4 prices were read on 2 Jul 2026", 145},
		{"most", []record{aged("2026-07-02"), aged("2026-07-02"), aged("2026-07-02"), aged("2026-07-02"), aged("2026-08-21")}, "4 of 5 prices were read on 2 Jul 2026", 145},
		{"a year alone", []record{aged("2026"), aged("2026"), aged("2026"), aged("2026")}, "All 4 prices were read in 2026", 327},
	} {
		defer ui.SetRegion(ui.Region{})()
		got := commonAgeOf(c.rows, now)
		switch {
		case c.words == "" && got.day != "":
			t.Errorf("%s: %+v", c.name, got)
		case c.words != "" && (got.words() != c.words || got.days != c.days):
			t.Errorf("%s: %q, %d days", c.name, got.words(), got.days)
		}
	}
}

// An age that most rows share is said once above them; a row says its own only where it differs.
func TestAnAgeIsSaidOnceWhereItIsCommon(t *testing.T) {
	w, p, _ := show(t)
	common := commonAgeOf(p.grid.rows, p.session.Now())
	if common.day == "" {
		t.Fatal("the prices of this model have no day in common")
	}
	uitest.Sees(t, w, common.words())
	badge := strings.TrimSpace(dayBadge(common.days))
	if n := times(w, badge); n != 1 {
		t.Errorf("%q stands %d times on the page", badge, n)
	}
	uitest.Press(t, w, "Rental prices")
	common = commonAgeOf(p.grid.rows, p.session.Now())
	uitest.Sees(t, w, common.words())
	for _, r := range p.grid.rows[:10] {
		if days := age(r.fact, p.session.Now()); r.fact.AsOf != common.day && days > staleDays && times(w, dayBadge(days)) == 0 {
			t.Errorf("%s is %d days old, and does not say so", r.id, days)
		}
	}
	uitest.Press(t, w, "Devices")
	if p.ages.row.Visible() {
		t.Error("devices have no age of a price, and one is said above them")
	}
}

func dayBadge(days int) string { return uitest.All(ui.NewAgeBadge(days)) }

func times(w fyne.Window, words string) (n int) {
	for _, x := range uitest.Texts(w.Content()) {
		if x == words {
			n++
		}
	}
	return n
}
