package guide

import (
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
	"hostwise/calc/catalog"
)

// shown is the page in a window, and where it asked to go.
type shown struct {
	fyne.Window
	page    *Page
	session *session.Session
	went    string
}

func showAt(t *testing.T, s *session.Session, width, height float32) *shown {
	t.Helper()
	w := uitest.Show(t, nil, width, height)
	v := &shown{Window: w, session: s}
	shell := ui.Detached()
	shell.Window = w
	shell.Go = func(page, place string) { v.went = page + " " + place }
	v.page = New(s, shell)
	w.SetContent(v.page.Content())
	w.Canvas().SetOnTypedKey(v.page.TypedKey)
	s.Reassess()
	v.page.Shown()
	return v
}

func show(t *testing.T) *shown {
	t.Helper()
	return showAt(t, sessiontest.New(t), 1216, 690)
}

// ask opens a question.
func ask(t *testing.T, path string) *shown {
	t.Helper()
	v := show(t)
	v.page.GoTo(path)
	return v
}

// write types into what has the focus.
func (v *shown) write(t *testing.T, text string) {
	t.Helper()
	f := v.Canvas().Focused()
	if f == nil {
		t.Fatalf("nothing has the focus; the screen says:\n%s", uitest.Screen(v))
	}
	for _, r := range text {
		f.TypedRune(r)
	}
}

func (v *shown) key(name fyne.KeyName) { uitest.Key(v, name) }

func TestTheFirstStartOffersTemplatesAndQuestions(t *testing.T) {
	v := show(t)
	uitest.Sees(t, v, "What do you want to decide?", "Answer eight questions")
	for _, tpl := range calc.Templates {
		uitest.Sees(t, v, tpl.Label, tpl.Description)
	}
	uitest.Press(t, v, "SaaS app")
	if got := v.session.Scenario().Likely("workload.calls_per_month"); got != 500000 {
		t.Errorf("the case has %g calls, want those of the template", got)
	}
	uitest.Sees(t, v, "What is it for today?", held("500 k calls a month"))
	v.session.Undo()
	if !v.page.blank() {
		t.Error("one undo does not take the template back")
	}
}

func TestEightQuestionsByKeyboardLeadToAVerdict(t *testing.T) {
	v := show(t)
	v.key(fyne.KeyReturn)
	uitest.Sees(t, v, "question 1 of 8", "What is it for today?")
	v.key("3") // production
	v.key(fyne.KeyReturn)
	for _, typed := range []string{"1.2M", "2k", "600", "3"} {
		v.write(t, typed)
		v.key(fyne.KeyReturn)
	}
	uitest.Sees(t, v, "question 6 of 8", "Which model is good enough for the work?")
	v.key(fyne.KeyReturn)
	v.key("2") // the data stays
	v.key(fyne.KeyReturn)
	uitest.Sees(t, v, "question 8 of 8", "Next: review")
	v.key(fyne.KeyReturn)
	uitest.Sees(t, v, "Is this how it is?", "See results", "1,200,000 calls", "Production")
	s := v.session.Scenario()
	if s.Text("workload.stage") != "production" || s.Likely("workload.calls_per_month") != 1.2e6 || s.Bool("rules.data_may_leave_site") {
		t.Errorf("the answers are %s, %g, %t", s.Text("workload.stage"), s.Likely("workload.calls_per_month"), s.Bool("rules.data_may_leave_site"))
	}
	a, _ := v.session.Assessment()
	if a.Verdict.Kind != calc.Own {
		t.Errorf("data that stays leads to %q, want owning", a.Verdict.Kind)
	}
	uitest.Sees(t, v, held(a.Verdict.Headline))
	v.key(fyne.KeyReturn)
	if v.went != ui.PageResults+" " {
		t.Errorf("went to %q, want Results", v.went)
	}
}

func TestATypedNumberIsTakenAtEveryKey(t *testing.T) {
	v := ask(t, "workload.calls_per_month")
	v.write(t, "40k")
	if got := v.session.Scenario().Likely("workload.calls_per_month"); got != 40000 {
		t.Errorf("40k is taken as %g", got)
	}
	uitest.Sees(t, v, "1,300 a day", "yours", "Use default", held("40 k calls a month"), "What this question does", "the verdict changes")
	uitest.Press(t, v, "Use default")
	if _, given := v.session.Scenario().Given("workload.calls_per_month"); given {
		t.Error("the answer is still given after Use default")
	}
	uitest.SeesNot(t, v, "Use default")
}

func TestWhatCannotBeReadStaysAndSaysWhy(t *testing.T) {
	v := ask(t, "workload.calls_per_month")
	v.write(t, "40k")
	v.key(fyne.KeyReturn)
	v.page.back()
	v.write(t, " bananas")
	field := uitest.Fields(v)[0]
	if field.Text() != "40k bananas" || field.Problem() == "" || strings.ContainsRune(field.Problem(), '\ufffd') {
		t.Errorf("the field says %q with the problem %q", field.Text(), field.Problem())
	}
	if got := v.session.Scenario().Likely("workload.calls_per_month"); got != 40000 {
		t.Errorf("the last answer that could be read was 40000, in force is %g", got)
	}
	v.key(fyne.KeyReturn)
	uitest.Sees(t, v, "How many calls a month?", field.Problem())
	uitest.Press(t, v, "Skip")
	uitest.Sees(t, v, "How long is a typical question?")
}

func TestNotSureAsksForThreeNumbers(t *testing.T) {
	v := ask(t, "workload.calls_per_month")
	v.write(t, "1200000")
	test.Tap(uitest.Switches(v)[1])
	uitest.Sees(t, v, "Low", "Likely", "High", "1 in 10 that it is less")
	r := v.session.Scenario().Number("workload.calls_per_month")
	if r.IsExact() || r.Likely != 1.2e6 {
		t.Errorf("not sure gives %v", r)
	}
	f := uitest.Fields(v)
	v.Canvas().Focus(f[0].Focusable())
	f[0].Replace("")
	test.Type(f[0].Entry(), "700k")
	if r = v.session.Scenario().Number("workload.calls_per_month"); r.Low != 700e3 {
		t.Errorf("low is %g, want 700000", r.Low)
	}
	f[0].Replace("")
	test.Type(f[0].Entry(), "2M")
	uitest.Sees(t, v, "This is more than likely.")
	uitest.Sees(t, v, "low", "likely", "high")
	test.Tap(uitest.Switches(v)[1])
	if r = v.session.Scenario().Number("workload.calls_per_month"); !r.IsExact() || r.Likely != 1.2e6 {
		t.Errorf("sure again gives %v", r)
	}
}

func TestARangeCanBeTypedIntoOneField(t *testing.T) {
	v := ask(t, "workload.input_tokens_per_call")
	v.write(t, "2k-5k")
	if r := v.session.Scenario().Number("workload.input_tokens_per_call"); r.Low != 2000 || r.High != 5000 {
		t.Errorf("2k-5k is taken as %v", r)
	}
	if !uitest.Fields(v)[0].Focused() || uitest.Fields(v)[0].Text() != "2k-5k" {
		t.Error("the field changes while it is typed in")
	}
}

func TestPresetsAnswer(t *testing.T) {
	v := ask(t, "workload.calls_per_month")
	uitest.Press(t, v, "100,000")
	if got := v.session.Scenario().Likely("workload.calls_per_month"); got != 100000 {
		t.Errorf("the preset gives %g", got)
	}
	if got := uitest.Fields(v)[0].Text(); got != "100,000" {
		t.Errorf("the field says %q", got)
	}
}

func TestUndoShowsTheOldAnswer(t *testing.T) {
	v := ask(t, "workload.calls_per_month")
	uitest.Press(t, v, "100,000")
	uitest.Press(t, v, "1,000")
	v.session.Undo()
	if got := uitest.Fields(v)[0].Text(); got != "100,000" {
		t.Errorf("after undo the field says %q", got)
	}
}

func TestEnterAndAltArrowsWalkTheQuestions(t *testing.T) {
	v := ask(t, "workload.stage")
	v.key(fyne.KeyReturn)
	uitest.Sees(t, v, "How many calls a month?")
	v.page.alt(fyne.KeyLeft)
	uitest.Sees(t, v, "What is it for today?")
	v.key(fyne.KeyRight)
	uitest.Sees(t, v, "How many calls a month?")
	uitest.Press(t, v, "Back")
	uitest.Sees(t, v, "What is it for today?")
	uitest.Press(t, v, "Money")
	uitest.Sees(t, v, "Money  ·  question")
	v.page.alt(fyne.KeyUp)
	uitest.Sees(t, v, "Hardware  ·  question")
}

func TestTypedModelNamesAreSetRight(t *testing.T) {
	for _, x := range []struct{ typed, model, says string }{
		{"deepseek-r1:70b", "r1-distill-llama-70b", "Llama"},
		{"deepseek-r1:671b", "deepseek-r1", "671"},
		{"671b", "deepseek-r1", "671"},
	} {
		v := ask(t, "model")
		uitest.Type(t, v, "Type any name: deepseek-r1:70b, 671b, ...", x.typed)
		if got := v.session.Scenario().Text("model"); got != x.model {
			t.Errorf("%s is taken as %s, want %s", x.typed, got, x.model)
		}
		uitest.Sees(t, v, x.says)
	}
	v := ask(t, "model")
	uitest.Type(t, v, "Type any name: deepseek-r1:70b, 671b, ...", "gpt-banana")
	uitest.Sees(t, v, "No model of the catalogue goes by this name.")
}

func TestDevicesThatFailStayWithTheReason(t *testing.T) {
	v := ask(t, "deployment.device")
	uitest.Sees(t, v, "On which card or machine should it run?", "Cheapest that serves my demand", "Memory needed", "Tokens a second", "Own, a month", "8 × H200")
	e := v.page.effect
	failing := slices.IndexFunc(e.Rows, func(r calc.EffectRow) bool { return r.Setup != nil && r.Setup.Why != "" })
	if failing < 0 {
		t.Fatal("every device holds R1 in FP8")
	}
	uitest.Sees(t, v, format.Sentence(e.Rows[failing].Setup.Why))
	uitest.Press(t, v, "8 × H200")
	if got := v.session.Scenario().Text("deployment.device"); got != "h200-sxm" {
		t.Errorf("the device is %q", got)
	}
	uitest.Press(t, v, "Cheapest that serves my demand")
	if _, given := v.session.Scenario().Given("deployment.device"); given {
		t.Error("the device is still stated")
	}
}

func TestAllInputsFilterAndEdit(t *testing.T) {
	v := show(t)
	test.Tap(uitest.Switches(v)[0])
	uitest.Sees(t, v, "Every input on one page", "Calls a month", "Cooling factor")
	uitest.Type(t, v, wordsFilter, "electric")
	uitest.Sees(t, v, "Electricity")
	uitest.SeesNot(t, v, "Cooling factor\n")
	uitest.Type(t, v, "$0.146", "0.30")
	if got := v.session.Scenario().Likely("finance.electricity_usd_per_kwh"); got != 0.30 {
		t.Errorf("the price is %g", got)
	}
	uitest.Type(t, v, wordsFilter, "zzz")
	uitest.Sees(t, v, "No input has these words.")
}

func TestEveryQuestionOpensAndTakesItsDefault(t *testing.T) {
	v := show(t)
	for i := range calc.Inputs {
		in := &calc.Inputs[i]
		v.page.GoTo(in.Path)
		want := in.Question
		uitest.Sees(t, v, want, "Why it matters", "Next")
		if in.AskedWith == "" && !strings.Contains(uitest.Screen(v), shortSource(in.Source)) {
			t.Errorf("%s does not name its source", in.Path)
		}
	}
}

func TestASourceOpens(t *testing.T) {
	v := ask(t, "workload.calls_per_month")
	uitest.Press(t, v, "Source of calls a month")
	in := calc.InputAt("workload.calls_per_month")
	uitest.Sees(t, v, in.Source, format.Sentence(in.Note), ui.Here().Day(in.AsOf))
	v.key(fyne.KeyEscape)
	uitest.SeesNot(t, v, format.Sentence(in.Note))
}

func TestMoreQuestionsShowTheExperts(t *testing.T) {
	v := ask(t, "workload.stage")
	uitest.SeesNot(t, v, "Fallback")
	more := ""
	for _, text := range uitest.Texts(v.Content()) {
		if strings.HasSuffix(text, "more questions") {
			more = text
		}
	}
	uitest.Press(t, v, more)
	uitest.Sees(t, v, "Fallback", "Fewer questions")
}

func TestQuestionsThatDoNotMatterAreNotAsked(t *testing.T) {
	s := calc.Scenario{}.With("rules.operations_staff", calc.No)
	for _, in := range (plan{scenario: s, more: map[calc.Step]bool{calc.StepMoney: true}}).all() {
		if in.Path == "finance.server_usd" {
			t.Error("the server price is asked of someone who cannot run servers")
		}
	}
	if n := len((plan{brief: true}).all()); n != 8 {
		t.Errorf("%d essential questions, want eight", n)
	}
}

func TestReviewListsStaleFactsAndAnswers(t *testing.T) {
	v := show(t)
	v.page.GoTo(placeReview)
	a, _ := v.session.Assessment()
	old := slices.IndexFunc(a.Verdict.Recheck, func(r calc.Recheck) bool { return r.AgeDays > staleAfterDays })
	if old < 0 {
		t.Fatal("no fact of this case is old")
	}
	uitest.Sees(t, v, "Facts to check again", "oldest first", a.Verdict.Recheck[old].What)
	for _, step := range calc.Steps[:5] {
		uitest.Sees(t, v, string(step))
	}
	uitest.Press(t, v, "Calls a month")
	uitest.Sees(t, v, "How many calls a month?")
}

func TestANarrowWindowShowsTheAnswerOnRequest(t *testing.T) {
	v := showAt(t, sessiontest.New(t), 896, 540)
	v.page.GoTo("workload.calls_per_month")
	uitest.SeesNot(t, v, "A month\n")
	uitest.Press(t, v, "Answer so far")
	a, _ := v.session.Assessment()
	uitest.Sees(t, v, held(a.Verdict.Headline), "Back to the question")
	uitest.Press(t, v, "Back to the question")
	uitest.Sees(t, v, "How many calls a month?")
}

func TestAnotherCaseBeginsAnew(t *testing.T) {
	v := ask(t, "workload.calls_per_month")
	if err := v.session.NewCase(""); err != nil {
		t.Fatal(err)
	}
	uitest.Sees(t, v, "What do you want to decide?")
}

func TestEveryRowOfEvidenceHasItsMeaning(t *testing.T) {
	for i := range calc.Inputs {
		if evidenceMeaning[calc.Inputs[i].Evidence] == "" {
			t.Errorf("%s: evidence %q has no meaning", calc.Inputs[i].Path, calc.Inputs[i].Evidence)
		}
	}
	if evidenceMeaning[catalog.Yours] == "" {
		t.Error("yours has no meaning")
	}
}

func TestOwnDevicesAreOfferedToo(t *testing.T) {
	s := sessiontest.New(t)
	sessiontest.Case(t, s, "saas-app", "Own card", nil)
	card := *s.Catalogue().Device("h100-sxm")
	card.ID, card.Name, card.ShortName = "our-card", "Our own card", "Our card"
	s.Edit("a card", func(sc calc.Scenario) calc.Scenario { return sc.WithFacts(calc.Facts{Devices: []catalog.Device{card}}) })
	v := showAt(t, s, 1280, 2400)
	v.page.GoTo("deployment.device")
	uitest.Sees(t, v, "16 × Our card")
}
