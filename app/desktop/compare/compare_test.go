package compare

import (
	"math"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/session/sessiontest"
	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/ui/uitest"
	"hostwise/app/figure/format"
	"hostwise/calc"
)

func show(t *testing.T, s *session.Session) (fyne.Window, *Page) {
	t.Helper()
	w := uitest.Show(t, nil, 1216, 690)
	shell := ui.Detached()
	shell.Window = w
	p := New(s, shell)
	w.SetContent(p.Content())
	p.Shown()
	return w, p
}

func pair(t *testing.T) (s *session.Session, a, b string) {
	t.Helper()
	s = sessiontest.New(t)
	a = sessiontest.Case(t, s, "saas-app", "Base", nil)
	b = sessiontest.Case(t, s, "saas-app", "On site", map[string]calc.Value{
		"rules.data_may_leave_site": calc.No, "finance.electricity_usd_per_kwh": calc.Num(0.22)})
	if err := s.OpenCase(a); err != nil {
		t.Fatal(err)
	}
	return s, a, b
}

func TestOneCaseIsAskedForAnother(t *testing.T) {
	s := sessiontest.New(t)
	sessiontest.Case(t, s, "saas-app", "Alone", nil)
	w, _ := show(t, s)
	uitest.Sees(t, w, "Two cases, side by side")
	uitest.Press(t, w, "Duplicate Alone")
	uitest.Sees(t, w, "What you changed", "Alone (copy)", "The answers are the same in all cases.")
}

func TestChangedAnswersComeFirstAndNothingElse(t *testing.T) {
	s, _, _ := pair(t)
	w, _ := show(t, s)
	label := calc.InputAt("finance.electricity_usd_per_kwh").Label
	uitest.Sees(t, w, "Base", "On site", label, "$0.22", "What it did", "2 of ")
	uitest.SeesNot(t, w, calc.InputAt("workload.calls_per_month").Label+"\n500")

	test.Tap(uitest.Switches(w)[0])
	uitest.Sees(t, w, calc.InputAt("workload.input_tokens_per_call").Label, "2 of ")
}

func TestOutcomesCarryTheirDifference(t *testing.T) {
	s, _, _ := pair(t)
	w, p := show(t, s)
	a, b := likely(p.columns[0].winner()), likely(p.columns[1].winner())
	if a == nil || b == nil || *b <= *a {
		t.Fatalf("keeping the data should cost more: %v, %v", a, b)
	}
	uitest.Sees(t, w, p.columns[0].winner().Label, p.columns[1].winner().Label, signedMoney(format.USD, *a, *b))
}

func TestTheBridgeAddsUp(t *testing.T) {
	s, _, _ := pair(t)
	_, p := show(t, s)
	r := p.bridge.result
	if r == nil || r.FromUSD == nil || r.ToUSD == nil {
		t.Fatalf("no bridge: %v", p.bridge.err)
	}
	total := *r.FromUSD
	for _, st := range p.bridge.steps {
		total += st.usd
	}
	if math.Abs(total-*r.ToUSD) > 0.01 {
		t.Errorf("the bars end at %v, the other case costs %v", total, *r.ToUSD)
	}
}

func TestSwappingTurnsTheBridgeRound(t *testing.T) {
	s, _, _ := pair(t)
	w, p := show(t, s)
	from, to := *p.bridge.result.FromUSD, *p.bridge.result.ToUSD
	uitest.Press(t, w, "Swap the two")
	if *p.bridge.result.FromUSD != to || *p.bridge.result.ToUSD != from {
		t.Errorf("%v to %v became %v to %v", from, to, *p.bridge.result.FromUSD, *p.bridge.result.ToUSD)
	}
}

func TestMakeTheOtherOneTheBase(t *testing.T) {
	s, a, b := pair(t)
	w, p := show(t, s)
	uitest.Press(t, w, "Make B the base")
	if got := p.ids(); got[0] != b || got[1] != a {
		t.Errorf("columns %v", got)
	}
}

func TestAThirdCaseAndOut(t *testing.T) {
	s, a, b := pair(t)
	third := sessiontest.Case(t, s, "private-rag-prototype", "Third", nil)
	w, p := show(t, s)
	if len(p.columns) != 2 {
		t.Fatalf("%d columns at first", len(p.columns))
	}
	p.GoTo(strings.Join([]string{a, b, third}, ","))
	uitest.Sees(t, w, "Base", "On site", "Third")
	uitest.Press(t, w, "Take C out")
	if len(p.columns) != 2 {
		t.Errorf("%d columns are left", len(p.columns))
	}
}

func TestSevenCasesAreSix(t *testing.T) {
	s := sessiontest.New(t)
	var ids []string
	for range 7 {
		ids = append(ids, sessiontest.Case(t, s, "saas-app", "Case", nil))
	}
	_, p := show(t, s)
	p.GoTo(strings.Join(ids, ","))
	if len(p.columns) != mostCases {
		t.Errorf("%d columns", len(p.columns))
	}
}

func TestTheTableAsText(t *testing.T) {
	s, _, _ := pair(t)
	_, p := show(t, s)
	p.copyTable()
	text := fyne.CurrentApp().Clipboard().Content()
	lines := strings.Split(strings.Trim(text, "\n"), "\n")
	for _, l := range lines {
		if n := strings.Count(l, "\t"); n != 2 {
			t.Errorf("%d tabs in %q", n, l)
		}
	}
	if !strings.Contains(text, "A Base\tB On site") || !strings.Contains(text, "$0.22") {
		t.Errorf("the text is\n%s", text)
	}
}

func TestTheOpenCaseIsFollowed(t *testing.T) {
	s, _, _ := pair(t)
	w, _ := show(t, s)
	s.Set("finance.electricity_usd_per_kwh", calc.Num(0.31))
	uitest.Sees(t, w, "$0.31")
}

func TestADeletedCaseLeavesTheTable(t *testing.T) {
	s, _, b := pair(t)
	w, _ := show(t, s)
	if err := s.Delete(b); err != nil {
		t.Fatal(err)
	}
	uitest.Sees(t, w, "Two cases, side by side")
}

func TestNiceCeil(t *testing.T) {
	for in, want := range map[float64]float64{0: 1, 1: 1, 1.01: 2, 2.2: 2.5, 38e3: 50e3, 50e3: 50e3, 51e3: 100e3, math.Nextafter(100, 200): 200} {
		if got := niceCeil(in); got != want {
			t.Errorf("niceCeil(%v) = %v, want %v", in, got, want)
		}
	}
}

func TestTheOrderOfTheChangesCanBeTurned(t *testing.T) {
	s, _, _ := pair(t)
	w, p := show(t, s)
	before := p.bridge.result
	uitest.Press(t, w, "Last change first")
	after := p.bridge.result
	n := len(before.Steps)
	if n < 2 || len(after.Steps) != n || after.Steps[0].Path != before.Steps[n-1].Path {
		t.Fatalf("%d steps became %d", n, len(after.Steps))
	}
	sum := *after.FromUSD
	for _, step := range after.Steps {
		sum += *step.USD
	}
	if math.Abs(sum-*before.ToUSD) > 0.005 {
		t.Errorf("backwards the steps lead to %v, not to %v", sum, *before.ToUSD)
	}
	uitest.Press(t, w, "First change first")
	if p.bridge.result.Steps[0].Path != before.Steps[0].Path {
		t.Error("the order did not come back")
	}
}

func TestTheCurvesLieOverEachOther(t *testing.T) {
	s, _, _ := pair(t)
	w, p := show(t, s)
	fig := p.overlay.chart.Figure()
	if !p.overlay.chart.Has() || len(fig.Foot) != 2 || fig.Foot[1].Value != "On site" {
		t.Fatalf("the curves are of %v", fig.Foot)
	}
	uitest.Sees(t, w, fig.Title, "Cheapest feasible route of each case")
	uitest.Press(t, w, "Copy the numbers")
	if text := fyne.CurrentApp().Clipboard().Content(); !strings.HasPrefix(text, "Calls a month\tA Base\tA by\tB On site\tB by\n") {
		t.Errorf("the clipboard holds %.80q", text)
	}
}

func TestAmountsAreInTheCasesCurrency(t *testing.T) {
	s := sessiontest.New(t)
	euros := map[string]calc.Value{"currency.code": calc.Str("EUR"), "currency.per_usd": calc.Num(0.5)}
	a := sessiontest.Case(t, s, "saas-app", "Base", euros)
	b := sessiontest.Case(t, s, "saas-app", "More", map[string]calc.Value{"workload.calls_per_month": calc.Num(900_000)})
	w, p := show(t, s)
	p.GoTo(a + "," + b)
	usd := p.columns[0].winner().Monthly.Likely
	uitest.Sees(t, w, "all amounts in EUR as A has it", "route, EUR; changes", format.Currency{Code: "EUR", PerUSD: 0.5}.Money(usd))
	if strings.Contains(p.text(), "$") {
		t.Errorf("dollars stand in the table of a case in euros:\n%s", p.text())
	}
	if sentence := p.bridge.result.In(p.currency()).Words(); strings.Contains(sentence, "$") {
		t.Errorf("the bridge from a case in euros says %q", sentence)
	} else {
		uitest.Sees(t, w, sentence)
	}
	p.makeBase(1)
	uitest.Sees(t, w, "all amounts in USD as A has it")
}

func TestACaseIsAddedByTyping(t *testing.T) {
	s, a, b := pair(t)
	for i := range 20 {
		sessiontest.Case(t, s, "saas-app", "Branch "+string(rune('a'+i)), nil)
	}
	c := sessiontest.Case(t, s, "saas-app", "Needle", nil)
	w, p := show(t, s)
	p.GoTo(a + "," + b)
	uitest.Press(t, w, "Add a case")
	uitest.Type(t, w, "A name, a tag, a model …", "need")
	uitest.Key(w, fyne.KeyReturn)
	if got := p.ids(); len(got) != 3 || got[2] != c {
		t.Fatalf("%v are compared", got)
	}
	uitest.Press(t, w, "Add a case")
	uitest.Type(t, w, "A name, a tag, a model …", "base") // it is here already
	uitest.Sees(t, w, "is compared already, as A")
	uitest.Key(w, fyne.KeyReturn) // which takes nothing
	if len(p.ids()) != 3 {
		t.Errorf("%v are compared", p.ids())
	}
	uitest.Type(t, w, "A name, a tag, a model …", "no such case")
	uitest.Sees(t, w, "No other case matches")
	uitest.Key(w, fyne.KeyEscape)
	uitest.SeesNot(t, w, "No other case matches")
}

func TestExportTakesAllThatIsCompared(t *testing.T) {
	s, a, b := pair(t)
	_, p := show(t, s)
	p.GoTo(b + "," + a)
	var asked []string
	p.shell.ExportCases = func(ids ...string) { asked = ids }
	words, _, do := p.Action()
	do()
	if words != "Export" || len(asked) != 2 || asked[0] != b || asked[1] != a {
		t.Errorf("%q asks for %v", words, asked)
	}
}

func TestACaseDeletedOnAnotherPageLeavesAndComesBack(t *testing.T) {
	s, _, b := pair(t)
	w, p := show(t, s)
	p.Hidden()
	if err := s.Delete(b); err != nil {
		t.Fatal(err)
	}
	var told *session.Notice
	s.OnChange(func(e session.Event) {
		if e.Notice != nil {
			told = e.Notice
		}
	})
	p.Shown()
	uitest.Sees(t, w, "Two cases, side by side")
	uitest.SeesNot(t, w, "no such case", b)
	if told == nil || told.Text != "“On site” was deleted" {
		t.Fatalf("told %+v", told)
	}
	told.Undo()
	uitest.Sees(t, w, "On site", "What you changed")
}

func TestABlankCaseIsNobodysChoice(t *testing.T) {
	s := sessiontest.New(t)
	if err := s.NewCase(""); err != nil {
		t.Fatal(err)
	}
	sessiontest.Case(t, s, "saas-app", "Base", nil)
	w, _ := show(t, s)
	uitest.Sees(t, w, "Two cases, side by side", "Duplicate Base")
	uitest.SeesNot(t, w, session.Untitled)
}

// TestWhatWasMarkedIsComparedAtTheFirstVisit goes to the page as the window does: it is shown, told where to go, and the
// list of cases comes later.
func TestWhatWasMarkedIsComparedAtTheFirstVisit(t *testing.T) {
	s, run := sessiontest.Later(t)
	var ids []string
	for _, name := range []string{"A", "B", "C", "D"} {
		ids = append(ids, sessiontest.Case(t, s, "saas-app", name, nil))
	}
	run()
	shell := ui.Detached()
	p := New(s, shell)
	shell.Window = uitest.Show(t, p.Content(), 1216, 690)
	p.Shown()
	p.GoTo(strings.Join(ids[:3], ","))
	run()
	if got := p.ids(); !slices.Equal(got, ids[:3]) {
		t.Errorf("%v are compared, want the three that were marked, %v", got, ids[:3])
	}
}
