package results

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/ui/uitest"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

func nextDesk(t *testing.T, template string) (*desk, *nextTab) {
	t.Helper()
	d := newDesk(t, template, nil)
	d.page.GoTo(TabNext)
	tab, ok := d.page.made[TabNext].(*nextTab)
	if !ok {
		t.Fatal("there is no tab of next steps")
	}
	return d, tab
}

func (d *desk) recheck(what func(calc.Recheck) bool) calc.Recheck {
	d.t.Helper()
	list := d.assessment().Verdict.Recheck
	i := slices.IndexFunc(list, what)
	if i < 0 {
		d.t.Fatalf("nothing of the kind is to be checked: %+v", list)
	}
	return list[i]
}

func TestAFactIsConfirmedInOnePressAndUndoTakesItBack(t *testing.T) {
	d, _ := nextDesk(t, "saas-app")
	old := d.recheck(func(r calc.Recheck) bool { return r.AgeDays > 0 && r.Table == "prices" })
	d.press("Confirm: " + old.What)
	now := d.recheck(func(r calc.Recheck) bool { return r.Table == old.Table && r.ID == old.ID })
	if now.AgeDays != 0 || now.Value != old.Value {
		t.Errorf("after the confirmation it is %+v", now)
	}
	d.sees("Checked today")
	if got := d.said[len(d.said)-1]; got != old.What+" is confirmed as of today." {
		t.Errorf("said %q", got)
	}
	d.undo()
	if again := d.recheck(func(r calc.Recheck) bool { return r.ID == old.ID }); again.AgeDays != old.AgeDays {
		t.Errorf("undo leaves it at %d days", again.AgeDays)
	}
	if len(d.session.Scenario().Facts().Prices) != 0 {
		t.Error("undo leaves rows of the person's own")
	}
}

func TestAFactIsCorrectedInAFormThatSaysWhatIsWrong(t *testing.T) {
	d, _ := nextDesk(t, "enterprise-private-inference")
	r := d.recheck(func(r calc.Recheck) bool { return r.Table == "devices" })
	d.press("Correct: " + r.What)
	fields := uitest.Fields(d.window)
	if len(fields) != 2 {
		t.Fatalf("the form has %d fields", len(fields))
	}
	fields[0].Replace("dear")
	uitest.Press(t, d.window, "Use it in this case")
	if fields[0].Problem() == "" || fields[1].Problem() != "Say where you found it, so that others can check it." {
		t.Errorf("the fields say %q and %q", fields[0].Problem(), fields[1].Problem())
	}
	if !d.session.Scenario().Facts().IsEmpty() {
		t.Error("a form with mistakes changed the case")
	}
	fields[0].Replace("12,345")
	fields[1].Replace("Quote 4711")
	uitest.Press(t, d.window, "Use it in this case")
	now := d.recheck(func(x calc.Recheck) bool { return x.ID == r.ID && x.Table == r.Table })
	if now.Source != "Quote 4711" || now.Evidence != catalog.Yours || !strings.Contains(now.Value, "12") {
		t.Errorf("it is now %+v", now)
	}
	d.session.Undo()
	if !d.session.Scenario().Facts().IsEmpty() {
		t.Error("one undo does not take the correction back")
	}
}

func TestACorrectionIsReadInTheCasesCurrencyAndWithADecimalComma(t *testing.T) {
	defer ui.SetRegion(ui.Region{DecimalComma: true})()
	d, _ := nextDesk(t, "saas-app")
	d.session.Edit("euros", func(s calc.Scenario) calc.Scenario {
		return s.With("currency.code", calc.Str("EUR")).With("currency.per_usd", calc.Num(0.5)).With("currency.as_of", calc.Str("2026-11-20"))
	})
	r := d.recheck(func(r calc.Recheck) bool { return r.Table == "prices" && r.ID == "deepseek-r1" })
	d.sees("€")
	d.press("Correct: " + r.What)
	fields := uitest.Fields(d.window)
	fields[0].Replace("0,50")
	fields[1].Replace("1,25")
	fields[2].Replace("price page")
	uitest.Press(t, d.window, "Use it in this case")
	if in, out := d.session.Scenario().Likely("api.input_usd_per_mtok"), d.session.Scenario().Likely("api.output_usd_per_mtok"); in != 1 || out != 2.5 {
		t.Errorf("€0.50 and €1.25 at half a euro a dollar are read as $%g and $%g", in, out)
	}
}

func TestAMeasuredRunIsCorrectedOnTheFactsPage(t *testing.T) {
	d, _ := nextDesk(t, "enterprise-private-inference")
	r := d.recheck(func(r calc.Recheck) bool { return r.Table == "measured" })
	d.press("Correct: " + r.What)
	d.wentTo(ui.PageFacts + " measured/" + r.ID)
	rent := d.recheck(func(r calc.Recheck) bool { return r.Table == "rents" })
	d.press(rent.What)
	d.wentTo(ui.PageFacts + " rents/" + rent.ID)
}

func TestADecisionIsRecordedShownAndTakenBack(t *testing.T) {
	d, _ := nextDesk(t, "saas-app")
	d.sees(wordsUndecided)
	d.press("Record the decision")
	uitest.Press(t, d.window, "Keep it with the case")
	fields := uitest.Fields(d.window)
	if len(fields) != 3 || !strings.Contains(fields[0].Problem(), "who decided") {
		t.Fatalf("an empty name passes: %d fields", len(fields))
	}
	if _, decided := d.session.Scenario().Decision(); decided {
		t.Error("a form with mistakes recorded a decision")
	}
	fields[0].Replace("Board")
	fields[1].Replace("31 Feb 2026")
	uitest.Press(t, d.window, "Keep it with the case")
	if fields[1].Problem() == "" {
		t.Error("the 31st of February passes")
	}
	fields[1].Replace("20 Nov 2026")
	fields[2].Replace("For one year,\nthen again.")
	uitest.Press(t, d.window, "Keep it with the case")
	got, _ := d.session.Scenario().Decision()
	if want := (calc.Decision{Route: d.assessment().Verdict.Route, By: "Board", Date: "2026-11-20", Note: "For one year,\nthen again."}); got != want {
		t.Errorf("kept is %+v, wanted %+v", got, want)
	}
	d.sees("20 Nov 2026, by Board", d.assessment().Route(got.Route).Label, "For one year,")
	d.press("Take it back")
	d.sees(wordsUndecided)
	d.undo()
	d.sees("20 Nov 2026, by Board")
}

func TestADecisionThatTheFiguresNoLongerCarryIsSaidSo(t *testing.T) {
	d, _ := nextDesk(t, "saas-app")
	a := d.assessment()
	var dearer, out *calc.Route
	for i := range a.Routes {
		switch r := &a.Routes[i]; {
		case r.Feasible && r.ID != a.Verdict.Route && dearer == nil:
			dearer = r
		case !r.Feasible && !r.Weaker && out == nil && len(r.BlockedBy) > 0:
			out = r
		}
	}
	decide := func(route string) {
		d.session.Edit("Decision", func(s calc.Scenario) calc.Scenario {
			return s.WithDecision(calc.Decision{Route: route, By: "Ana", Date: "2026-11-20"})
		})
	}
	decide(dearer.ID)
	d.sees("By the figures now", "is cheaper by")
	decide(out.ID)
	d.sees("By the figures now a rule keeps it out")
	decide("")
	d.sees("None of the routes")
	d.seesNot("By the figures now")
	decide(a.Verdict.Route)
	d.seesNot("By the figures now")
}

func TestTheChecklistIsWrittenAsMarkdownAndCSV(t *testing.T) {
	d, tab := nextDesk(t, "saas-app")
	a := d.assessment()
	d.sees("The test: which model, user, route or retry loop made this cost?")
	d.press("Copy the checklist")
	text := fyne.CurrentApp().Clipboard().Content()
	boxes := len(a.Verdict.NextSteps) + len(a.Verdict.Recheck) + len(a.Monitoring) + 1
	if got := strings.Count(text, "- [ ] "); got != boxes {
		t.Errorf("%d boxes to tick for %d things to do:\n%s", got, boxes, text)
	}
	for _, m := range a.Monitoring {
		if !strings.Contains(text, m.Log) || !strings.Contains(text, m.Threshold) {
			t.Errorf("the checklist lacks %q", m.Metric)
		}
	}
	folder := t.TempDir()
	c := d.page.checklist(d.page.view())
	tab.writeChecklist(filepath.Join(folder, "x.md"), c)
	if data, err := os.ReadFile(filepath.Join(folder, "x.md")); err != nil || string(data) != text {
		t.Errorf("the file differs from the clipboard: %v", err)
	}
	tab.writeChecklist(filepath.Join(folder, "x.csv"), c)
	file, err := os.Open(filepath.Join(folder, "x.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil || len(rows) != boxes+1 {
		t.Errorf("the table has %d rows, %v", len(rows), err)
	}
	var said string
	d.session.OnChange(func(e session.Event) {
		if e.Notice != nil {
			said = e.Notice.Text
		}
	})
	tab.writeChecklist(filepath.Join(folder, "x.docx"), c)
	if !strings.Contains(said, ".md or .csv") {
		t.Errorf("said %q", said)
	}
	d.press("Save the checklist")
	if d.window.Canvas().Overlays().Top() == nil {
		t.Error("no dialog asks where to save the checklist")
	}
}

// A name with line breaks or a tab stays one item of the list.
func TestAChecklistKeepsItsShapeWhateverTheNames(t *testing.T) {
	d, _ := nextDesk(t, "saas-app")
	d.session.Rename("x\n- [ ] forged")
	c := d.page.checklist(d.page.view())
	first, _, _ := strings.Cut(c.markdown(), "\n")
	if first != "# Checklist: x - [ ] forged" {
		t.Errorf("the list begins %q", first)
	}
}
