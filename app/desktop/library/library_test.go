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
	uitest.Sees(t, v, "5001", "Case 3")
	if n := len(uitest.CheckBoxes(v)); n == 0 || n > 40 {
		t.Errorf("%d rows exist", n)
	}
}
