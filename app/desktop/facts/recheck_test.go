package facts

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/ui/uitest"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

func TestTheFactsToRecheckAreListedOldestFirst(t *testing.T) {
	w, p, s := show(t)
	a, _ := s.Assessment()
	n := len(a.Verdict.Recheck)
	if n < 3 {
		t.Fatalf("%d facts decide this case: the test shows nothing", n)
	}
	uitest.Press(t, w, "What to recheck")
	uitest.Sees(t, w, "What to recheck before procurement", fmt.Sprintf("%d of %d facts that decide this case are left to check", n, n))
	items, left := p.recheck.items()
	if left != n || len(items) != n {
		t.Fatalf("%d of %d left", left, len(items))
	}
	for i, x := range items {
		uitest.Sees(t, w, x.What, x.Value, sourceWords(x.Recheck))
		if i > 0 && x.AgeDays > items[i-1].AgeDays {
			t.Errorf("%s is older than what stands above it", x.What)
		}
	}
}

// A source is written with a capital and with one date, in the person's way; nothing else of it is changed.
func TestTheSourceOfAFactToRecheckIsASentence(t *testing.T) {
	t.Cleanup(ui.SetRegion(ui.Region{}))
	for source, want := range map[string]string{
		"8 listings of R1 671B, one a provider, newest 2026-08-21": "8 listings of R1 671B, one a provider, as of 21 Aug 2026",
		"general knowledge, not re-checked":                        "General knowledge, not re-checked, as of 21 Aug 2026",
		"a list, newest 2026-08-20":                                "A list, newest 2026-08-20, as of 21 Aug 2026",
	} {
		if got := sourceWords(calc.Recheck{Source: source, AsOf: "2026-08-21"}); got != want {
			t.Errorf("%q reads %q", source, got)
		}
	}
}

func TestEveryFactIsConfirmedInOnePressAndStaysAsDone(t *testing.T) {
	w, p, s := show(t)
	p.GoTo("recheck")
	route, monthly := verdict(s.Assessment())
	items, n := p.recheck.items()
	for i, x := range items {
		uitest.Press(t, w, "Confirm: "+x.What)
		if got, left := p.recheck.items(); left != n-i-1 || len(got) != n {
			t.Fatalf("after confirming %s %d of %d are left, wanted %d of %d", x.What, left, len(got), n-i-1, n)
		}
	}
	uitest.Sees(t, w, fmt.Sprintf("All %d facts that decide this case are checked", n), "done", items[0].What)
	if uitest.CanPress(w, "Confirm: "+items[0].What) {
		t.Error("what is done can be confirmed again")
	}
	if r, m := verdict(s.Assessment()); r != route || m != monthly {
		t.Errorf("confirming changed the verdict from %s at %v to %s at %v", route, monthly, r, m)
	}
	for range items {
		s.Undo()
	}
	if _, left := p.recheck.items(); left != n {
		t.Errorf("all undone, %d of %d are left", left, n)
	}
}

func verdict(a *calc.Assessment, _ any) (string, float64) {
	r := a.Route(a.Verdict.Route)
	return r.ID, r.Monthly.Likely
}

func TestAMarketSaysHowManyOfItsListingsAreChecked(t *testing.T) {
	w, p, s := show(t)
	p.GoTo("recheck")
	items, before := p.recheck.items()
	i := slices.IndexFunc(items, func(x recheckItem) bool { return x.Table == "prices" && x.of > 1 })
	if i < 0 {
		t.Fatal("no median decides this case: the test shows nothing")
	}
	p.GoTo("prices/add")
	fill(t, w, "Nebius", "Acme", "$0.55", "1", "$2.19", "2")
	uitest.Press(t, w, "Use in this case")
	p.GoTo("recheck")
	if _, left := p.recheck.items(); left != before {
		t.Errorf("one listing of one's own: %d of %d are left", left, before)
	}
	uitest.Sees(t, w, fmt.Sprintf("1 of its %d listings are checked", items[i].of+1))
	if _, err := s.Scenario().Checked(s.Catalogue(), "prices", items[i].ID, s.Now()); err != nil {
		t.Error(err)
	}
}

func TestAFactIsCorrectedInItsForm(t *testing.T) {
	w, p, s := show(t)
	p.GoTo("recheck")
	items, n := p.recheck.items()
	i := slices.IndexFunc(items, func(x recheckItem) bool { return x.Table == "devices" })
	if i < 0 {
		t.Fatal("no device's price decides this case: the test shows nothing")
	}
	uitest.Press(t, w, "Correct: "+items[i].What)
	if p.current != "devices" || p.at != items[i].ID || p.form == nil {
		t.Fatalf("it opens %s %s", p.current, p.at)
	}
	uitest.Type(t, w, "$30k, or 28k to 35k", "12.5k")
	uitest.Type(t, w, sourceHint, "Quote of today")
	uitest.Sees(t, w, "Verdict")
	uitest.Press(t, w, "Use in this case")
	got := s.Scenario().Facts().Devices
	if len(got) != 1 || got[0].PriceUSD.Likely != 12500 || got[0].PriceFact.Source != "Quote of today" || got[0].PriceFact.AsOf != "2026-11-23" {
		t.Fatalf("the case holds %+v", got)
	}
	p.GoTo("recheck")
	items, left := p.recheck.items()
	at := slices.IndexFunc(items, func(x recheckItem) bool { return x.ID == got[0].ID && x.Table == "devices" })
	if at < 0 || !items[at].done {
		t.Errorf("the corrected price does not stand as done; %d of %d left", left, n)
	}
}

func TestAMedianIsCorrectedInItsListings(t *testing.T) {
	w, p, _ := show(t)
	p.GoTo("recheck")
	items, _ := p.recheck.items()
	i := slices.IndexFunc(items, func(x recheckItem) bool { return x.Table == "prices" })
	if i < 0 {
		t.Fatal("no price decides this case: the test shows nothing")
	}
	uitest.Press(t, w, "Correct: "+items[i].What)
	if p.current != "prices" || p.group.Chosen() == "" || !slices.IsSortedFunc(p.grid.rows, func(a, b record) int { return a.fact.Date().Compare(b.fact.Date()) }) {
		t.Errorf("it shows %s of %q", p.current, p.group.Chosen())
	}
}

func TestARowIsCheckedWhereItStands(t *testing.T) {
	w, p, s := show(t)
	listed := s.Catalogue().Device("h200-sxm")
	p.GoTo("devices/h200-sxm")
	uitest.Press(t, w, "I checked this")
	mine := s.Scenario().Facts().Devices
	if len(mine) != 1 || mine[0].PriceUSD.Likely != listed.PriceUSD.Likely || mine[0].PriceFact.Evidence != catalog.Yours || mine[0].PriceFact.AsOf != "2026-11-23" {
		t.Fatalf("the case holds %+v", mine)
	}
	uitest.Sees(t, w, "The same figures.", "Use the listed figure")
	s.Undo()
	if !s.Scenario().Facts().IsEmpty() {
		t.Error("it cannot be undone")
	}
}

// A page that is not in view waits until it is looked at.
func TestAHiddenPageIsDrawnWhenItIsShownAgain(t *testing.T) {
	w, p, s := show(t)
	p.GoTo("recheck")
	items, n := p.recheck.items()
	p.Hidden()
	if err := s.Checked(items[0].Table, items[0].ID); err != nil {
		t.Fatal(err)
	}
	p.Shown()
	uitest.Sees(t, w, fmt.Sprintf("%d of %d facts that decide this case are left", n-1, n))
}

func TestWhatCannotBeConfirmedSaysWhyOnThePage(t *testing.T) {
	_, p, s := show(t)
	var said string
	p.shell.Toast = func(words string, _ func()) { said = words }
	s.Set("api.price_date", calc.Str("2025-03-01"))
	p.confirm("prices", "deepseek-r1", "API price")
	if !strings.Contains(said, "of a day in the past") || !s.Scenario().Facts().IsEmpty() {
		t.Errorf("it says %q", said)
	}
}

func TestRecheckingByKeyboardAlone(t *testing.T) {
	w, p, s := show(t)
	p.GoTo("recheck")
	_, before := p.recheck.items()
	for range 60 {
		w.Canvas().FocusNext()
		if b, ok := w.Canvas().Focused().(*ui.Button); ok && strings.HasPrefix(b.AccessibilityLabel(), "Confirm: ") {
			uitest.Key(w, fyne.KeyReturn)
			break
		}
	}
	if _, left := p.recheck.items(); left != before-1 || s.Scenario().Facts().IsEmpty() {
		t.Errorf("%d of %d are left", left, before)
	}
}

func TestTheListCanBeCopied(t *testing.T) {
	w, p, _ := show(t)
	p.GoTo("recheck")
	uitest.Press(t, w, "Copy the list")
	items, _ := p.recheck.items()
	if lines := strings.Split(fyne.CurrentApp().Clipboard().Content(), "\n"); len(lines) != len(items)+1 {
		t.Errorf("%d lines for %d facts", len(lines), len(items))
	}
}
