package library

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/session/sessiontest"
	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/ui/uitest"
	"hostwise/calc"
)

// shown is the page in a window, and where it asked to go.
type shown struct {
	fyne.Window
	page    *Page
	session *session.Session
	went    string
	toast   string
}

func show(t *testing.T, s *session.Session) *shown {
	t.Helper()
	w := uitest.Show(t, nil, 1216, 690)
	v := &shown{Window: w, session: s}
	shell := ui.Detached()
	shell.Window = w
	shell.Go = func(page, place string) { v.went = page + " " + place }
	shell.Toast = func(words string, _ func()) { v.toast = words }
	v.page = New(s, shell)
	w.SetContent(v.page.Content())
	v.page.Shown()
	return v
}

// twoCases saves an API case and one whose data must stay.
func twoCases(t *testing.T) (*session.Session, string, string) {
	t.Helper()
	s := sessiontest.New(t)
	a := sessiontest.Case(t, s, "saas-app", "Support desk, EU", map[string]calc.Value{"tags": {Texts: []string{"board Q1"}}})
	b := sessiontest.Case(t, s, "saas-app", "Support desk, on site", map[string]calc.Value{
		"rules.data_may_leave_site": calc.No, "notes": calc.Str("asked by the works council")})
	return s, a, b
}

func TestAnEmptyLibraryTeaches(t *testing.T) {
	v := show(t, sessiontest.New(t))
	uitest.Sees(t, v, "Your cases are kept here", "New case", "Import")
	uitest.SeesNot(t, v, "Verdict")
}

func TestNewFromATemplate(t *testing.T) {
	v := show(t, sessiontest.New(t))
	uitest.Press(t, v, "New case")
	uitest.Sees(t, v, "Blank case")
	for _, tpl := range calc.Templates {
		uitest.Sees(t, v, tpl.Label)
	}
	uitest.Press(t, v, "SaaS app")
	uitest.Press(t, v, "Create")
	if v.session.Name() != "SaaS app" || v.went != ui.PageGuide+" " {
		t.Errorf("%q is open, went to %q", v.session.Name(), v.went)
	}
	uitest.Sees(t, v, "SaaS app", "500 k calls a month")
}

func TestRowsSayTheVerdict(t *testing.T) {
	s, a, _ := twoCases(t)
	v := show(t, s)
	uitest.Sees(t, v, "Support desk, EU", "Support desk, on site", "board Q1", "today 14:02")
	cases, err := s.Cases(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		if !c.Summary.Known {
			t.Errorf("%s has no verdict", c.Name)
		}
		uitest.Sees(t, v, VerdictWords(c.Summary))
	}
	if a == "" {
		t.Fatal("no id")
	}
}

func TestSearchFindsByEveryWordTyped(t *testing.T) {
	s, _, _ := twoCases(t)
	v := show(t, s)
	uitest.Type(t, v, "Search names, notes, tags, models", "works")
	uitest.SeesNot(t, v, "Support desk, EU")
	uitest.Sees(t, v, "Support desk, on site")
	uitest.Type(t, v, "Search names, notes, tags, models", "no such thing")
	uitest.Sees(t, v, "No case matches")
	uitest.Press(t, v, "Show all cases")
	uitest.Sees(t, v, "Support desk, EU", "Support desk, on site")
}

func TestATagChipFilters(t *testing.T) {
	s, _, _ := twoCases(t)
	v := show(t, s)
	uitest.Press(t, v, "board Q1")
	if len(v.page.shown) != 1 || v.page.shown[0].Name != "Support desk, EU" {
		t.Errorf("shown: %d", len(v.page.shown))
	}
	uitest.Press(t, v, "All")
	if len(v.page.shown) != 2 {
		t.Errorf("shown: %d", len(v.page.shown))
	}
}

func TestSorting(t *testing.T) {
	s, _, _ := twoCases(t)
	v := show(t, s)
	test.Tap(v.page.sort)
	uitest.Pick(t, v, "cost a month")
	first, second := v.page.shown[0], v.page.shown[1]
	if first.Summary.Monthly.Likely < second.Summary.Monthly.Likely {
		t.Errorf("%s before %s", first.Name, second.Name)
	}
	test.Tap(v.page.sort)
	uitest.Pick(t, v, "name")
	if v.page.shown[0].Name != "Support desk, EU" {
		t.Errorf("by name %s is first", v.page.shown[0].Name)
	}
}

func TestCompareNeedsTwoMarks(t *testing.T) {
	s, a, b := twoCases(t)
	v := show(t, s)
	boxes := uitest.CheckBoxes(v)
	test.Tap(boxes[0])
	uitest.Sees(t, v, "1 selected")
	if uitest.CanPress(v, "Compare") {
		t.Error("one case can be compared")
	}
	test.Tap(uitest.CheckBoxes(v)[1])
	uitest.Sees(t, v, "2 selected")
	uitest.Press(t, v, "Compare")
	if !strings.HasPrefix(v.went, ui.PageCompare+" ") || !strings.Contains(v.went, a) || !strings.Contains(v.went, b) {
		t.Errorf("went to %q", v.went)
	}
}

func TestDeleteOffersUndo(t *testing.T) {
	s, _, _ := twoCases(t)
	v := show(t, s)
	var undo func()
	s.OnChange(func(e session.Event) {
		if e.Notice != nil {
			undo = e.Notice.Undo
		}
	})
	test.Tap(uitest.CheckBoxes(v)[0])
	test.Tap(uitest.CheckBoxes(v)[1])
	uitest.Press(t, v, "Delete")
	uitest.Sees(t, v, "Your cases are kept here")
	undo()
	uitest.Sees(t, v, "Support desk, EU", "Support desk, on site")
	uitest.SeesNot(t, v, "selected")
}

func TestTheSidePanelTellsTheHistoryAndRestores(t *testing.T) {
	s := sessiontest.New(t)
	sessiontest.Case(t, s, "saas-app", "History", nil)
	s.Set("workload.calls_per_month", calc.Num(750000))
	s.LeaveField()
	v := show(t, s)
	label := calc.InputAt("workload.calls_per_month").Label
	uitest.Sees(t, v, "History", label, "500,000 to 750,000", "First saved")
	if uitest.CanPress(v, "Restore") {
		t.Error("restore without a revision chosen")
	}
	uitest.Press(t, v, "First saved")
	uitest.Press(t, v, "Restore revision 1")
	if got := s.Scenario().Likely("workload.calls_per_month"); got != 500000 {
		t.Errorf("%v calls after the restore", got)
	}
	if v.toast == "" {
		t.Error("nothing was said")
	}
}

func TestNotesAndTagsAreKeptAtEveryKey(t *testing.T) {
	s, a, _ := twoCases(t)
	if err := s.OpenCase(a); err != nil {
		t.Fatal(err)
	}
	v := show(t, s)
	uitest.Type(t, v, "Notes: who asked, what for, by when", "for the board")
	if got := s.Scenario().Text("notes"); got != "for the board" {
		t.Errorf("notes %q", got)
	}
	uitest.Type(t, v, "Tags, with a comma between", "x, y , X,")
	if got := s.Scenario().Value("tags").Texts; len(got) != 2 || got[0] != "x" || got[1] != "y" {
		t.Errorf("tags %q", got)
	}
}

func TestNotesOfACaseThatIsNotOpen(t *testing.T) {
	s, a, b := twoCases(t)
	v := show(t, s)
	if s.ID() != b {
		t.Fatal("the second case should be open")
	}
	uitest.Press(t, v, "Support desk, EU")
	uitest.Type(t, v, "Notes: who asked, what for, by when", "elsewhere")
	other, err := s.CaseScenario(t.Context(), a)
	if err != nil || other.Text("notes") != "elsewhere" {
		t.Errorf("notes %q, %v", other.Text("notes"), err)
	}
	if s.ID() != b || s.Scenario().Text("notes") == "elsewhere" {
		t.Error("the open case was changed")
	}
}

func TestTheListByKeys(t *testing.T) {
	s, a, _ := twoCases(t)
	v := show(t, s)
	v.Canvas().Focus(v.page.list)
	for v.page.at != a {
		before := v.page.at
		uitest.Key(v, fyne.KeyDown)
		if v.page.at == before {
			uitest.Key(v, fyne.KeyUp)
		}
	}
	uitest.Key(v, fyne.KeySpace)
	uitest.Sees(t, v, "1 selected")
	uitest.Key(v, fyne.KeyReturn)
	if s.ID() != a || v.went != ui.PageResults+" " {
		t.Errorf("%q is open, went to %q", s.Name(), v.went)
	}
}

func TestThousandsOfCasesShowOnlyWhatIsInView(t *testing.T) {
	s := sessiontest.New(t)
	one := sessiontest.Case(t, s, "saas-app", "Case", nil)
	v := show(t, s)
	v.page.all = []session.Case{{ID: one, Name: "Case", Edited: sessiontest.Now}}
	for i := range 5000 {
		v.page.all = append(v.page.all, session.Case{ID: fmt.Sprint(i), Name: fmt.Sprintf("Case %d", i)})
	}
	v.page.arrange()
	uitest.Sees(t, v, "5,001", "Case 3")
	if n := len(uitest.CheckBoxes(v)); n == 0 || n > 40 {
		t.Errorf("%d rows exist", n)
	}
}

func TestRenamingInPlaceKeepsTheVerdict(t *testing.T) {
	s, _, b := twoCases(t)
	v := show(t, s)
	if b != s.ID() {
		t.Fatal("the second case is not open")
	}
	uitest.Press(t, v, "Support desk, EU") // the other one
	v.page.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF2})
	v.page.panel.name.Replace("Support desk, renamed")
	uitest.Key(v, fyne.KeyReturn)
	uitest.Sees(t, v, "Support desk, renamed")
	uitest.SeesNot(t, v, "not yet worked out")
	v.page.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF2})
	v.page.panel.name.Replace("never")
	uitest.Key(v, fyne.KeyEscape)
	uitest.SeesNot(t, v, "never")
}

func TestTagsOfSeveralCasesAreGivenAndTaken(t *testing.T) {
	s, a, b := twoCases(t)
	v := show(t, s)
	v.page.mark(a, true)
	v.page.mark(b, true)
	uitest.Press(t, v, "Tags")
	uitest.Sees(t, v, "Tags of 2 cases", "1 of 2")
	uitest.Type(t, v, "A new tag, then Enter", "audit")
	uitest.Key(v, fyne.KeyReturn)
	uitest.Press(t, v, "board Q1") // to both
	uitest.Press(t, v, "Done")
	for _, id := range []string{a, b} {
		sc, err := s.CaseScenario(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(sc.Value("tags").Texts, "|"); got != "audit|board Q1" && got != "board Q1|audit" {
			t.Errorf("%s bears %q", sc.Name(), got)
		}
	}
	uitest.Press(t, v, "Tags")
	uitest.Press(t, v, "audit")
	uitest.Press(t, v, "Done")
	uitest.SeesNot(t, v, "not yet worked out")
	for _, c := range v.page.every {
		if len(c.Tags) != 1 || c.Tags[0] != "board Q1" {
			t.Errorf("%s bears %v", c.Name, c.Tags)
		}
	}
}

func TestARevisionIsComparedAndKept(t *testing.T) {
	s := sessiontest.New(t)
	id := sessiontest.Case(t, s, "saas-app", "Support desk", nil)
	s.Set("workload.calls_per_month", calc.Num(123_456))
	if err := s.SaveNow(); err != nil {
		t.Fatal(err)
	}
	v := show(t, s)
	uitest.Press(t, v, "First saved")
	n := v.page.panel.chosen.Number
	uitest.Press(t, v, fmt.Sprintf("Compare with %d", n))
	uitest.Sees(t, v, "Calls a month", "500,000", "123,456", "Verdict", "A month, likely")
	uitest.Press(t, v, "Keep as new case")
	cases, err := s.Cases(t.Context(), "revision")
	if err != nil || len(cases) != 1 {
		t.Fatalf("%d cases are kept: %v", len(cases), err)
	}
	if s.ID() != id || s.Scenario().Likely("workload.calls_per_month") != 123_456 {
		t.Error("keeping an old revision changed the open case")
	}
}

func TestTheHistorysPictureJoinsTheCosts(t *testing.T) {
	sum := func(usd float64, kind calc.RouteKind) session.Revision {
		return session.Revision{Summary: session.Summary{Kind: kind, Monthly: &calc.Range{Likely: usd}}}
	}
	s := newSpark()
	s.set([]session.Revision{sum(400, calc.API)})
	if !s.Hidden {
		t.Error("one cost is drawn as a line")
	}
	s.set([]session.Revision{sum(100, calc.Own), {}, sum(10_000, calc.API), sum(1000, calc.API)}) // the newest first, one unknown
	at := s.places(fyne.NewSize(300, 80))
	if s.Hidden || len(at) != 3 {
		t.Fatalf("%d points", len(at))
	}
	if !(at[0].X < at[1].X && at[1].X < at[2].X && at[1].Y < at[0].Y && at[0].Y < at[2].Y) {
		t.Errorf("points at %v", at)
	}
	if mid := (at[1].Y + at[2].Y) / 2; mid-at[0].Y > 0.5 || at[0].Y-mid > 0.5 {
		t.Errorf("1,000 stands at %v on a log scale from 100 to 10,000 between %v and %v", at[0].Y, at[2].Y, at[1].Y)
	}
}

func TestDeleteTakesTheHighlightedRow(t *testing.T) {
	s, a, _ := twoCases(t)
	v := show(t, s)
	v.page.at = a
	v.page.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	cases, err := s.Cases(t.Context(), "")
	if err != nil || len(cases) != 1 || cases[0].ID == a {
		t.Fatalf("%d cases are left, %v", len(cases), err)
	}
	s.Undo()
	uitest.Sees(t, v, "Support desk, EU", "Support desk, on site")
}

func TestAnUntitledCaseHasATitleInThePanel(t *testing.T) {
	s := sessiontest.New(t)
	if _, err := s.KeepAs(calc.Scenario{}); err != nil {
		t.Fatal(err)
	}
	v := show(t, s)
	if got := v.page.panel.title.Words(); got != session.Untitled {
		t.Errorf("the panel's title is %q", got)
	}
}
