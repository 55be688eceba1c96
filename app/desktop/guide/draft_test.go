package guide

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hostwise/app/desktop/session/sessiontest"
	"hostwise/app/desktop/ui/uitest"
	"hostwise/calc"
)

const pathCalls = "workload.calls_per_month"

// selectAll marks what stands in the first field, so that typing replaces it.
func (v *shown) selectAll() {
	uitest.Fields(v)[0].Entry().TypedShortcut(&fyne.ShortcutSelectAll{})
}

// A number that is half typed when it turns out wrong counts nowhere: the answer before it stands, and the live answer
// says so.
func TestAWrongNumberCountsNowhere(t *testing.T) {
	v := ask(t, pathCalls)
	v.write(t, "250k")
	v.key(fyne.KeyReturn)
	v.page.back()
	field := uitest.Fields(v)[0]
	v.selectAll()
	v.write(t, "12x")
	if field.Text() != "12x" || field.Problem() == "" {
		t.Errorf("the field says %q with the problem %q", field.Text(), field.Problem())
	}
	if got := v.session.Scenario().Likely(pathCalls); got != 250000 {
		t.Errorf("in force is %g, want the 250000 from before", got)
	}
	uitest.Sees(t, v, "Still using 250,000 calls a month.", held("At 250 k calls a month"))
	if err := v.session.SaveNow(); err != nil {
		t.Fatal(err)
	}
	cases, err := v.session.Cases(t.Context(), "")
	if err != nil || len(cases) != 1 || cases[0].Calls == nil || *cases[0].Calls != 250000 {
		t.Errorf("saved is %+v, %v", cases, err)
	}
	v.key(fyne.KeyBackspace)
	uitest.SeesNot(t, v, "Still using")
	if got := v.session.Scenario().Likely(pathCalls); got != 12 {
		t.Errorf("put right, the field gives %g, want 12", got)
	}
}

func TestAWrongNumberOfADefaultSaysTheDefault(t *testing.T) {
	v := ask(t, pathCalls)
	v.write(t, "1e20")
	uitest.Sees(t, v, "Still using 10,000 calls a month, the default.", "is too much")
	if _, given := v.session.Scenario().Given(pathCalls); given {
		t.Error("a number over the limit leaves a part of itself as the answer")
	}
	if label, can := v.session.CanUndo(); can {
		t.Errorf("undo offers %q, although nothing was answered", label)
	}
}

func TestWhatIsWrongWaitsWhereItWasTyped(t *testing.T) {
	v := ask(t, pathCalls)
	v.write(t, "many")
	problem := uitest.Fields(v)[0].Problem()
	uitest.Press(t, v, "Skip")
	uitest.Sees(t, v, "How long is a typical question?", "Still using 10,000 calls a month")
	v.write(t, "9k") // another answer changes nothing of it
	uitest.Press(t, v, "Calls a month")
	if f := uitest.Fields(v)[0]; f.Text() != "many" || f.Problem() != problem || problem == "" {
		t.Errorf("back again the field says %q with the problem %q, want many with %q", f.Text(), f.Problem(), problem)
	}
	v.page.GoTo(placeReview)
	uitest.Sees(t, v, "Typed, but not understood", "“many”")
	v.page.GoTo(placeAll)
	uitest.Type(t, v, wordsFilter, pathCalls)
	row := v.page.all.shown[0]
	if row.field.Text() != "many" || row.field.Problem() != problem {
		t.Errorf("its row says %q with the problem %q", row.field.Text(), row.field.Problem())
	}
	v.page.GoTo(pathCalls)
	uitest.Press(t, v, "100,000")
	if f := uitest.Fields(v)[0]; f.Text() != "100,000" || f.Problem() != "" {
		t.Errorf("after a ready answer the field says %q with the problem %q", f.Text(), f.Problem())
	}
	uitest.SeesNot(t, v, "Still using")
}

// The answer that stood is chosen anew while something wrong is typed: nothing changes but the field.
func TestTheStandingAnswerCanBeChosenAgain(t *testing.T) {
	v := ask(t, pathCalls)
	for _, x := range []struct{ instead, shows string }{{"1,000", "1,000"}, {"I don't know", ""}, {"1,000", "1,000"}} {
		uitest.Press(t, v, "1,000")
		v.Canvas().Focus(uitest.Fields(v)[0].Focusable())
		v.write(t, "x")
		uitest.Sees(t, v, "Still using 1,000 calls a month.")
		uitest.Press(t, v, x.instead)
		uitest.SeesNot(t, v, "Still using")
		if f := uitest.Fields(v)[0]; f.Text() != x.shows || f.Problem() != "" {
			t.Errorf("after %s the field says %q with the problem %q", x.instead, f.Text(), f.Problem())
		}
	}
}

func TestAWrongRangeLeavesTheRangeBefore(t *testing.T) {
	v := ask(t, pathCalls)
	v.write(t, "1200000")
	test.Tap(uitest.Switches(v)[1])
	before := v.session.Scenario().Number(pathCalls)
	v.Canvas().Focus(uitest.Fields(v)[0].Focusable())
	v.selectAll()
	v.write(t, "2M")
	uitest.Sees(t, v, "This is more than likely.", "Still using")
	if got := v.session.Scenario().Number(pathCalls); got != before {
		t.Errorf("in force is %v, want %v", got, before)
	}
	uitest.Press(t, v, "Skip")
	v.page.back()
	if f := uitest.Fields(v)[0]; f.Text() != "2M" || f.Problem() == "" {
		t.Errorf("back again low says %q with the problem %q", f.Text(), f.Problem())
	}
	test.Tap(uitest.Switches(v)[1])
	uitest.SeesNot(t, v, "Still using", "This is more than likely.")
}

func TestAWrongRowOfAllInputsCountsNowhere(t *testing.T) {
	v := show(t)
	v.session.Set("finance.pue", calc.Num(1.2))
	v.enterRow(t, "finance.pue")
	row := v.page.all.shown[0]
	row.field.Entry().TypedShortcut(&fyne.ShortcutSelectAll{})
	v.write(t, "1.3y")
	if got := v.session.Scenario().Likely("finance.pue"); got != 1.2 {
		t.Errorf("in force is %g, want 1.2", got)
	}
	v.key(fyne.KeyUp)
	if row.field.Text() != "1.3y" || row.field.Problem() == "" {
		t.Errorf("the row that is left says %q with the problem %q", row.field.Text(), row.field.Problem())
	}
	uitest.Sees(t, v, "Still using 1.2 × for cooling factor.")
	uitest.Press(t, v, "Use default for cooling factor")
	if row.field.Text() != "" || row.field.Problem() != "" {
		t.Errorf("the default leaves %q with the problem %q", row.field.Text(), row.field.Problem())
	}
}

func TestAModelNobodyKnowsLeavesTheModel(t *testing.T) {
	v := ask(t, "model")
	v.page.question.bodies[0].(*refBody).name.focus()
	v.write(t, "32b") // a model on the way to a name that is none
	v.write(t, "ananas")
	if got := v.session.Scenario().Text("model"); got != "deepseek-r1" {
		t.Errorf("the model is %s", got)
	}
	uitest.Sees(t, v, "Still using R1 671B for model")
	v.page.skip()
	v.page.back()
	if f := uitest.Fields(v)[0]; f.Text() != "32bananas" || f.Problem() == "" {
		t.Errorf("back again the field says %q with the problem %q", f.Text(), f.Problem())
	}
}

// Undo of something else leaves what is being typed; a case that is opened has none of it.
func TestDraftsBelongToTheCase(t *testing.T) {
	v := ask(t, "workload.input_tokens_per_call")
	v.write(t, "9k")
	v.page.GoTo(pathCalls)
	v.write(t, "many")
	v.Canvas().Unfocus()
	v.session.Undo()
	if f := uitest.Fields(v)[0]; f.Text() != "many" {
		t.Errorf("undo of another answer leaves %q in the field", f.Text())
	}
	if err := v.session.NewCase(""); err != nil {
		t.Fatal(err)
	}
	v.page.GoTo(pathCalls)
	uitest.SeesNot(t, v, "Still using")
	if f := uitest.Fields(v)[0]; f.Text() != "" {
		t.Errorf("another case shows %q", f.Text())
	}
}

func TestANarrowWindowSaysWhatStandsAtTheQuestion(t *testing.T) {
	v := showAt(t, sessiontest.New(t), 896, 540)
	v.page.GoTo(pathCalls)
	v.write(t, "12x")
	uitest.Sees(t, v, "Still using 10,000 calls a month, the default.")
}

// The name that the answers suggest is nobody's answer; one that is typed is kept.
func TestTheSuggestedNameIsNobodysAnswer(t *testing.T) {
	v := ask(t, pathCalls)
	v.write(t, "250k")
	if got := v.session.Name(); got != "Prototype with R1 671B, 250 k calls a month" {
		t.Errorf("the case is called %q", got)
	}
	v.page.GoTo(placeReview)
	uitest.Sees(t, v, "Prototype with R1 671B, 250 k calls a month", "1 answer is yours")
	v.page.GoTo("name")
	uitest.SeesNot(t, v, "Use default")
	v.Canvas().Focus(uitest.Fields(v)[0].Focusable())
	v.selectAll()
	v.write(t, "Support desk")
	v.page.GoTo(pathCalls)
	v.selectAll()
	v.write(t, "30k")
	if got := v.session.Name(); got != "Support desk" {
		t.Errorf("a name that was typed became %q", got)
	}
}
