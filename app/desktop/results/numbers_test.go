package results

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

func (d *desk) numbers() *numbersTab {
	d.t.Helper()
	d.page.GoTo(TabNumbers)
	t, ok := d.page.made[TabNumbers].(*numbersTab)
	if !ok {
		d.t.Fatal("there is no list of numbers")
	}
	return t
}

func TestAllNumbersAreListedAndSearchedAsOneTypes(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	tab := d.numbers()
	all := len(calc.Ledger(d.assessment()))
	if len(tab.shown) != all || all < 2000 {
		t.Fatalf("%d of %d figures are listed", len(tab.shown), all)
	}
	d.sees(format.Whole(float64(all)) + " figures")
	d.page.FocusSearch()
	before := all
	for _, r := range "cache a token" {
		d.window.Canvas().Focused().TypedRune(r)
		if len(tab.shown) > before {
			t.Errorf("more typed shows more: %d after %d", len(tab.shown), before)
		}
		before = len(tab.shown)
	}
	if before == 0 || before > all/10 {
		t.Errorf("%d figures match", before)
	}
	d.sees("Cache a token")
	if first := tab.all[tab.shown[0]]; first.Key != "deployment.kv_bytes_per_token" {
		t.Errorf("the first figure is %s", first.Key)
	}
	test.Type(tab.search.Entry(), "zzz")
	d.sees("No figure matches")
	d.press("Show all")
	if len(tab.shown) != all {
		t.Errorf("%d figures after showing all", len(tab.shown))
	}
}

func TestAFigureOpensToItsFormulaAndCanBeCopied(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	tab := d.numbers()
	d.sees("Choose a figure")
	d.page.GoTo(TabNumbers + "/deployment.kv_bytes")
	for i, at := range tab.shown {
		if tab.all[at].Key == "deployment.kv_bytes" {
			tab.list.Select(i)
		}
	}
	a := d.assessment()
	d.sees("B a token ×", "deployment.kv_bytes", format.Bytes(a.Deployment.KVBytes))
	d.press("Close this figure")
	d.sees("Choose a figure")
	tab.open("deployment.kv_bytes")
	d.press("Copy this figure")
	if text := fyne.CurrentApp().Clipboard().Content(); strings.Count(text, "\n") != 2 || !strings.Contains(text, "deployment.kv_bytes") {
		t.Errorf("on the clipboard is %q", text)
	}
	d.press("Copy the list")
	if text := fyne.CurrentApp().Clipboard().Content(); strings.Count(text, "\n") != len(tab.shown)+1 {
		t.Errorf("%d lines are on the clipboard for %d figures", strings.Count(text, "\n"), len(tab.shown))
	}
	tab.search.Replace("nothing at all like this")
	tab.filter()
	d.press("Copy the list")
	if got := d.said[len(d.said)-1]; got != "There is nothing to copy." {
		t.Errorf("said %q", got)
	}
}

func TestTheListFollowsTheAnswers(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	tab := d.numbers()
	value := func() string {
		for _, l := range tab.all {
			if l.Section == "Assumptions" && l.Label == labelOf("workload.calls_per_month") {
				return valueText(l.LedgerRow, tab.cur)
			}
		}
		return ""
	}
	if got := value(); got != "500,000 calls" {
		t.Errorf("the list says %q", got)
	}
	for _, n := range []float64{1e6, 2e6, 7e5} { // quick successive edits: the last one counts
		d.session.Set("workload.calls_per_month", calc.Num(n))
	}
	if got := value(); got != "700,000 calls" {
		t.Errorf("after the edits the list says %q", got)
	}
}

func TestASectionNarrowsTheList(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	tab := d.numbers()
	tab.section.Pick("Throughput")
	for _, at := range tab.shown {
		if tab.all[at].Section != "Throughput" {
			t.Errorf("%s is shown", tab.all[at].Key)
		}
	}
	if len(tab.shown) == 0 {
		t.Error("nothing is shown")
	}
}

func TestQuantitiesCarryTheirUnits(t *testing.T) {
	for _, c := range []struct {
		unit calc.Unit
		v    float64
		want string
	}{
		{calc.UnitUSDMonth, 8038.619, "$8,038.62 a month"}, {calc.UnitUSD, 0.000832, "$0.000832"}, {calc.UnitUSD, 0, "$0.00"},
		{calc.UnitUSDPerMTok, 0.55, "$0.55 / M tokens"}, {calc.UnitShare, 0.125, "12.5 %"}, {calc.UnitBytes, 673.15e9, "673 GB"},
		{calc.UnitSeconds, 0.25, "250 ms"}, {calc.UnitTokensSec, 43.21, "43.21 tokens/s"}, {calc.UnitCalls, 1234567, "1,234,567 calls"},
		{calc.UnitNone, 3, "3"}, {calc.UnitKW, 10.2, "10.2 kW"}, {calc.UnitDays, 94, "94 days"}, {calc.UnitCalls, 1, "1 call"}, {calc.UnitKW, 1, "1 kW"},
	} {
		if got := figure.Quantity(c.unit, c.v, format.USD); got != c.want {
			t.Errorf("%g %s is written %q, wanted %q", c.v, c.unit, got, c.want)
		}
	}
}

// BenchmarkFilter is what a key in the search field costs.
func BenchmarkFilter(b *testing.B) {
	d := newDesk(b, "saas-app", nil)
	tab := d.numbers()
	b.ResetTimer()
	for b.Loop() {
		tab.search.Replace("cost month own")
		tab.filter()
	}
}

func TestInANarrowWindowTheListHasTheWholeRoomUntilAFigureIsOpened(t *testing.T) {
	d := newDeskWith(t, "saas-app", nil, calc.NewAssessor(catalogueFor(t)), &jobs{}, 640, 600)
	tab := d.numbers()
	d.seesNot("Choose a figure")
	whole := tab.list.Size().Height
	tab.open("deployment.kv_bytes")
	d.sees("deployment.kv_bytes")
	if now := tab.list.Size().Height; now >= whole {
		t.Errorf("the list is %.0f high with a figure open, %.0f without", now, whole)
	}
	d.press("Close this figure")
	if now := tab.list.Size().Height; now != whole {
		t.Errorf("the list is %.0f high again, it was %.0f", now, whole)
	}
}

// The names of the columns are never under the list, however many lines the tools take.
func TestTheToolsNeverCoverTheList(t *testing.T) {
	for _, width := range []float32{560, 700, 900, 1100, 1216} {
		d := newDeskWith(t, "saas-app", nil, calc.NewAssessor(catalogueFor(t)), &jobs{}, width, 600)
		fyne.CurrentApp().Settings().SetTheme(&ui.Theme{Mode: "light", Scale: 200})
		tab := d.numbers()
		d.page.GoTo(TabNumbers + "/cache")
		top, foot := tab.list.Position().Y+tab.frame.Objects[1].Position().Y, tab.head.Position().Y+tab.head.Size().Height
		if foot > top {
			t.Errorf("at %.0f the names of the columns end at %.0f, the list begins at %.0f", width, foot, top)
		}
	}
}
