package guide

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/ui/uitest"
	"hostwise/app/figure"
	"hostwise/calc"
)

// The way by mouse alone: a press for every answer and one for going on, sixteen and the first and the last.
func TestEightQuestionsByMouseLeadToAVerdict(t *testing.T) {
	v := show(t)
	presses := 0
	press := func(words string) {
		t.Helper()
		uitest.Press(t, v, words)
		presses++
	}
	press("Answer eight questions")
	for _, answer := range []string{"Production", "1,000,000", "2,000", "600", "10 ×", "DeepSeek-R1", "Yes", "No"} {
		press(answer)
		uitest.Press(t, v, v.page.foot.next.Words())
		presses++
	}
	uitest.Sees(t, v, "Is this how it is?", "8 of 8", "no servers")
	press("See results")
	if v.went != ui.PageResults+" " || presses != 18 {
		t.Errorf("after %d presses the window went to %q, want Results after 18", presses, v.went)
	}
	a, _ := v.session.Assessment()
	if a.Verdict.Kind != calc.API {
		t.Errorf("with nobody to run servers %q wins, want the API", a.Verdict.Kind)
	}
}

func TestGoingOnTakesTheChoiceThatIsShown(t *testing.T) {
	v := show(t)
	v.key(fyne.KeyReturn)
	uitest.Sees(t, v, "0 of 8")
	v.key(fyne.KeyReturn) // the stage that is chosen
	if got, given := v.session.Scenario().Given("workload.stage"); !given || got.Text != "prototype" {
		t.Errorf("the stage is %q, given %t", got.Text, given)
	}
	v.key(fyne.KeyReturn) // the number that the empty field shows
	calls := calc.InputAt("workload.calls_per_month")
	if got, given := v.session.Scenario().Given(calls.Path); !given || !got.Equal(calls.Default) {
		t.Errorf("going on from an empty field gives %v, given %t", got, given)
	}
	uitest.Sees(t, v, "2 of 8")
	uitest.Press(t, v, "Skip")
	marks, at := v.page.marks()
	if at != 3 || marks[1] != own || marks[2] != passed || marks[3] != unseen {
		t.Errorf("the bar shows %v at %d", marks, at)
	}
	v.page.GoTo("rules.data_may_leave_site")
	uitest.Press(t, v, "Skip")
	if _, given := v.session.Scenario().Given("rules.data_may_leave_site"); given {
		t.Error("skipping a choice answers it")
	}
	uitest.Press(t, v, "Eight that matter")
	uitest.Sees(t, v, "question 3 of 8")
}

func TestEnterAloneAnswersAllEight(t *testing.T) {
	v := show(t)
	for range 9 {
		v.key(fyne.KeyReturn)
	}
	uitest.Sees(t, v, "Is this how it is?", "8 of 8")
}

func TestTheEightGoOnWhereTheyWereLeft(t *testing.T) {
	v := show(t)
	for range 4 {
		v.key(fyne.KeyReturn)
	}
	uitest.Sees(t, v, "question 4 of 8")
	if err := v.session.SaveNow(); err != nil {
		t.Fatal(err)
	}
	if err := v.session.OpenCase(v.session.ID()); err != nil {
		t.Fatal(err)
	}
	uitest.Sees(t, v, "question 4 of 8")
	v.session.Set("finance.electricity_usd_per_kwh", calc.Num(0.3))
	if err := v.session.OpenCase(v.session.ID()); err != nil {
		t.Fatal(err)
	}
	uitest.SeesNot(t, v, "question 4 of 8")
	if v.page.brief {
		t.Error("a case with other answers asks the eight alone")
	}
}

func TestKeysGoOnFromOneListToTheNext(t *testing.T) {
	v := ask(t, "rules.data_may_leave_site")
	v.key("5")
	v.key("2")
	s := v.session.Scenario()
	if s.Bool("rules.data_may_leave_site") || s.Text("rules.compliance") != "strict" {
		t.Errorf("5 and 2 give %t and %q, want strict rules and no", s.Bool("rules.data_may_leave_site"), s.Text("rules.compliance"))
	}
}

func TestTheReviewSaysWhatIsWorthAnswering(t *testing.T) {
	v := show(t)
	uitest.Press(t, v, "SaaS app")
	v.page.GoTo(placeReview)
	a, _ := v.session.Assessment()
	i := slices.IndexFunc(a.Verdict.Flips, func(f calc.Flip) bool {
		_, given := v.session.Scenario().Given(f.Input)
		return calc.LookupInput(f.Input) != nil && !given
	})
	if i < 0 || i >= mostTurning {
		t.Fatal("no near flip of the SaaS app stands at a default")
	}
	uitest.Sees(t, v, "Worth answering next", calc.InputAt(a.Verdict.Flips[i].Input).Label)
}

func TestLettersTypedOnTheModelsReachTheName(t *testing.T) {
	v := ask(t, "model")
	v.key("7") // the key comes first, then its rune
	v.write(t, "70b")
	if got := v.session.Scenario().Text("model"); got != "r1-distill-llama-70b" {
		t.Errorf("70b typed on the list gives %s, want the 70B distill", got)
	}
	uitest.Sees(t, v, "Taken as DeepSeek-R1-Distill-Llama-70B.", "not R1 itself")
	v = ask(t, "model")
	v.key(fyne.KeyDown)
	if got := v.session.Scenario().Text("model"); got != "deepseek-r1-0528" {
		t.Errorf("the arrow gives %s, want the next row", got)
	}
}

func TestNamesAreNeverTakenSilently(t *testing.T) {
	for _, x := range []struct{ typed, model, says string }{
		{"deepseek-r1:7b", "r1-distill-qwen-7b", "A distilled Qwen model"},
		{"R1 671B", "deepseek-r1", "The full mixture of experts."},
		{"37B active", "deepseek-r1", "Does not mean 37 billion to store"},
		{"runs on my laptop", "r1-distill-qwen-7b", "Quality and waiting time are those of the small model."},
		{"deepseek-ai/DeepSeek-R1-Distill-Qwen-32B", "r1-distill-qwen-32b", "Not the full R1."},
		{"32b", "r1-distill-qwen-32b", "Taken as DeepSeek-R1-Distill-Qwen-32B."},
		{"deepseek-reasoner", "", "It does not serve R1 any more"},
		{"deepseek-r1-distill", "", "This name is not one model."},
	} {
		v := ask(t, "model")
		uitest.Type(t, v, wordsAnyName, x.typed)
		if x.model != "" && v.session.Scenario().Text("model") != x.model {
			t.Errorf("%s is taken as %s, want %s", x.typed, v.session.Scenario().Text("model"), x.model)
		}
		uitest.Sees(t, v, x.says)
		if wrong := uitest.Fields(v)[0].Problem() != ""; wrong != (x.model == "") {
			t.Errorf("%s: the field has a problem: %t", x.typed, wrong)
		}
	}
}

func TestAStepIsSaidInWords(t *testing.T) {
	v := ask(t, "workload.output_tokens_per_call")
	v.write(t, "600")
	e := v.page.effect
	if e.Step == nil {
		t.Fatal("the length of an answer has no step")
	}
	uitest.Sees(t, v, "Doubling the length of an answer adds "+money(figure.CurrencyOf(v.session.Scenario()), e.Step.ByKind[calc.API])+" a month to the API")
	uitest.Sees(t, v, "about 450 words  ·  0.86 pages of English")
}

func TestStepSentences(t *testing.T) {
	in, cur := calc.InputAt("workload.output_tokens_per_call"), figure.CurrencyOf(calc.Scenario{})
	share := calc.InputAt("workload.cached_input_share")
	rows := []calc.EffectRow{{Now: true, Kind: calc.API, Route: "api-direct", ByKind: map[calc.RouteKind]float64{calc.API: 10, calc.Own: 20, calc.Rent: 30}}}
	for _, x := range []struct {
		in   *calc.Input
		step calc.EffectStep
		want string
	}{
		{in, calc.EffectStep{Name: calc.DoubleStep, Kind: calc.API, Route: "api-direct", ByKind: map[calc.RouteKind]float64{calc.API: 1240, calc.Own: 0}},
			"Doubling the length of an answer adds $1.2 k a month to the API and nothing to owning."},
		{in, calc.EffectStep{Name: calc.DoubleStep, Kind: calc.Own, Route: "own-deepseek-r1", ByKind: map[calc.RouteKind]float64{calc.API: 1240, calc.Own: 90}},
			"Doubling the length of an answer adds $1.2 k a month to the API and $90 a month to owning. Owning is cheapest then."},
		{in, calc.EffectStep{Name: calc.DoubleStep, Kind: calc.API, Route: "api-direct", ByKind: map[calc.RouteKind]float64{calc.API: 0, calc.Own: 90}},
			"Doubling the length of an answer adds $90 a month to owning and nothing to the API."},
		{in, calc.EffectStep{Name: calc.DoubleStep, Kind: calc.API, Route: "api-direct", ByKind: map[calc.RouteKind]float64{calc.API: 0.2, calc.Own: -0.1}},
			"Doubling the length of an answer changes neither the API nor owning."},
		{share, calc.EffectStep{Name: calc.PointsStep, Kind: calc.API, Route: "api-direct", ByKind: map[calc.RouteKind]float64{calc.API: -50, calc.Own: 0}},
			"Ten points more on the share of repeated input takes $50 a month off the API and changes nothing for owning."},
		{in, calc.EffectStep{Name: calc.DoubleStep, ByKind: map[calc.RouteKind]float64{}},
			"Doubling the length of an answer leaves no price for the API. No route is left then."},
	} {
		got := stepSentence(x.in, calc.QuestionEffect{Rows: rows, Step: &x.step}, cur)
		if strings.ReplaceAll(got, "\u00a0", " ") != x.want {
			t.Errorf("the step reads\n%s\nwant\n%s", got, x.want)
		}
	}
}

func TestTheBeliefFollowsEveryKey(t *testing.T) {
	v := ask(t, "workload.calls_per_month")
	v.write(t, "1.2M")
	test.Tap(uitest.Switches(v)[1])
	body := v.page.question.bodies[0].(*numberBody)
	low := uitest.Fields(v)[0]
	v.Canvas().Focus(low.Focusable())
	low.Replace("")
	test.Type(low.Entry(), "700k")
	if got := body.strip.belief; got.Low != 700e3 || got.Likely != 1.2e6 {
		t.Errorf("the picture shows %v, want what is typed", got)
	}
	uitest.Sees(t, v, "likely 1.2 M")
}
