package whatif

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hostwise/app/desktop/chart"
	"hostwise/app/desktop/session"
	"hostwise/app/desktop/session/sessiontest"
	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/ui/uitest"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/assets"
	"hostwise/calc"
)

// desk is the tabs in a window over a real case, and what they asked of the window.
type desk struct {
	t       testing.TB
	session *session.Session
	trial   *trial
	page    *page
	mapPage *mapPage
	window  fyne.Window
	went    []string // "page place"
	said    []string
	undo    func()
	resting func() // what waits for the sliders to rest
}

func newDesk(t testing.TB, template string, answers map[string]calc.Value) *desk {
	t.Helper()
	d := &desk{t: t, session: sessiontest.New(t)}
	shell := ui.Detached()
	shell.Go = func(page, place string) { d.went = append(d.went, page+" "+place) }
	shell.Toast = func(words string, undo func()) { d.said, d.undo = append(d.said, words), undo }
	sessiontest.Case(t, d.session, template, "Support desk", answers)
	d.trial = newTrial(d.session, func(f func()) { f() })
	d.trial.after = func(_ time.Duration, f func()) func() {
		d.resting = f
		return func() { d.resting = nil }
	}
	d.page, d.mapPage = newPage(d.session, shell, d.trial), newMapPage(d.session, shell, d.trial)
	d.window = uitest.Show(t, d.page.Content(), 1216, 664)
	shell.Window = d.window
	d.page.Shown()
	return d
}

// showMap brings the Win map tab into the window.
func (d *desk) showMap() {
	d.page.Hidden()
	d.window.SetContent(d.mapPage.Content())
	d.mapPage.Shown()
}

// rest lets the sliders rest.
func (d *desk) rest() {
	d.t.Helper()
	if d.resting == nil {
		d.t.Fatal("nothing waits for the sliders to rest")
	}
	f := d.resting
	d.resting = nil
	f()
}

func (d *desk) slider(path string) *ui.Slider {
	d.t.Helper()
	for _, r := range d.page.rows {
		if r.in.Path == path {
			return r.slider
		}
	}
	d.t.Fatalf("there is no slider for %s; the screen says:\n%s", path, uitest.Screen(d.window))
	return nil
}

func (d *desk) keys(names ...fyne.KeyName) {
	for _, n := range names {
		uitest.Key(d.window, n)
	}
}

func (d *desk) cases() []session.Case {
	d.t.Helper()
	list, err := d.session.Cases(d.t.Context(), "")
	if err != nil {
		d.t.Fatal(err)
	}
	return list
}

const callsPath = "workload.calls_per_month"

// flipOf is where the calls a month turn an assessment's verdict, and to which kind of route.
func flipOf(t *testing.T, a *calc.Assessment) (at float64, kind string) {
	t.Helper()
	for _, f := range a.Verdict.Flips {
		if f.Input == callsPath {
			return f.At, string(a.Route(f.Becomes).Kind)
		}
	}
	t.Fatalf("no volume turns the verdict: %+v", a.Verdict.Flips)
	return 0, ""
}

// turn is the sentence for a sweep over the calls a month, worked out from the assessment at each value; names are the
// values as they are read.
func (d *desk) turn(calls []float64, names []string) string {
	d.t.Helper()
	spoken := map[calc.RouteKind]string{calc.API: "the API", calc.Rent: "renting", calc.Own: "owning", calc.Mixed: "mixed"}
	var last calc.RouteKind
	for i, v := range calls {
		a, err := d.session.Assessor().Assess(d.t.Context(), d.session.Scenario().With(callsPath, calc.Num(v)), calc.Options{Today: sessiontest.Now, Quick: true})
		if err != nil {
			d.t.Fatal(err)
		}
		if i > 0 && a.Verdict.Kind != last {
			return fmt.Sprintf("Between %s and %s calls a month the verdict turns from %s to %s", names[i-1], names[i], spoken[last], spoken[a.Verdict.Kind])
		}
		last = a.Verdict.Kind
	}
	d.t.Fatalf("every one of %v gives %s", calls, last)
	return ""
}

func TestSlidersAreTheAnswersThatDecide(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	uitest.Sees(t, d.window, "Calls a month", "500 k", "Call an API", "Your saved answer", "Cheapest, of 100", "the verdict turns")
	if len(d.page.rows) != rowsAtFirst {
		t.Errorf("%d sliders, want %d", len(d.page.rows), rowsAtFirst)
	}
	a, _ := d.session.Assessment()
	wantAt, wantKind := flipOf(t, a)
	if at, kind := d.slider(callsPath).Flip(); at != wantAt || kind != wantKind {
		t.Errorf("the triangle stands at %g for %q, the verdict turns at %g to %q", at, kind, wantAt, wantKind)
	}
	if label := d.slider(callsPath).AccessibilityLabel(); !strings.HasPrefix(label, "Calls a month: 500 k. If calls rise to") {
		t.Errorf("the slider says of itself %q", label)
	}
	for _, words := range []string{"Reset", "Keep as new case", "Apply to this case"} {
		if uitest.CanPress(d.window, words) {
			t.Errorf("%s can be pressed while nothing is tried", words)
		}
	}
}

func TestAKeyOnASliderGivesTheVerdictAtOnceAndTheRestAtRest(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	before := d.session.Scenario()
	d.window.Canvas().Focus(d.slider(callsPath))
	d.keys(fyne.KeyPageUp, fyne.KeyPageUp)
	uitest.Sees(t, d.window, "1 answer changed, not saved", "was 500 k", "Saved answer: API", "Ranges, chances and flips follow")
	uitest.SeesNot(t, d.window, "Call an API.")
	want, err := d.session.Assessor().Assess(t.Context(), before.With(callsPath, calc.Num(d.slider(callsPath).Value())), calc.Options{Today: sessiontest.Now, Quick: true})
	if err != nil {
		t.Fatal(err)
	}
	uitest.Sees(t, d.window, want.Verdict.Headline)
	d.rest()
	uitest.SeesNot(t, d.window, "Ranges, chances and flips follow")
	uitest.Sees(t, d.window, "confidence")
	whole, err := d.session.Assessor().Assess(t.Context(), before.With(callsPath, calc.Num(d.slider(callsPath).Value())), d.session.Options())
	if err != nil {
		t.Fatal(err)
	}
	wantAt, wantKind := flipOf(t, whole)
	if at, kind := d.slider(callsPath).Flip(); at != wantAt || kind != wantKind {
		t.Errorf("at rest the triangle stands at %g for %q, the verdict turns at %g to %q", at, kind, wantAt, wantKind)
	}
	if !d.session.Scenario().Value(callsPath).Equal(before.Value(callsPath)) {
		t.Error("trying changed the case")
	}
	d.keys(fyne.KeyDelete)
	uitest.SeesNot(t, d.window, "not saved", "was 500 k")
	uitest.Sees(t, d.window, "Call an API.", "Your saved answer")
}

func TestSliderKeysStepPageAndReachTheEnds(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	s := d.slider(callsPath)
	d.window.Canvas().Focus(s)
	start := s.Value()
	d.keys(fyne.KeyRight)
	one := s.Value()
	d.keys(fyne.KeyLeft)
	if one <= start || s.Value() >= one {
		t.Errorf("right goes from %g to %g, left to %g", start, one, s.Value())
	}
	d.keys(fyne.KeyPageUp)
	if s.Value() < one*1.2 {
		t.Errorf("a page leads to %g, one step to %g", s.Value(), one)
	}
	d.keys(fyne.KeyHome)
	if s.Value() != s.Scale().Low {
		t.Errorf("Home leads to %g of %g", s.Value(), s.Scale().Low)
	}
	d.keys(fyne.KeyEnd)
	if s.Value() != s.Scale().High {
		t.Errorf("End leads to %g of %g", s.Value(), s.Scale().High)
	}
}

func TestDraggingMovesTheKnobUnderThePointer(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	s := d.slider(callsPath)
	middle := s.Size().Width / 2
	s.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(middle, 10)}})
	s.DragEnd()
	want := math.Sqrt(s.Scale().Low * s.Scale().High)
	if got := s.Value(); got < want*0.97 || got > want*1.03 {
		t.Errorf("the middle of a scale by ratio from %g to %g gives %g, want about %g", s.Scale().Low, s.Scale().High, got, want)
	}
	if v, ok := d.trial.value(callsPath); !ok || v != s.Value() {
		t.Errorf("the trial holds %g, the slider %g", v, s.Value())
	}
	before := s.Value()
	d.keys(fyne.KeyRight)
	if s.Value() <= before {
		t.Error("after dragging, an arrow does not go on from there")
	}
}

func TestTypingInPlaceTakesWhatAPersonWrites(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	d.window.Canvas().Focus(d.slider(callsPath))
	test.Type(focused{d.window}, "2")
	f := uitest.Fields(d.window)[0]
	if f.Text() != "2" {
		t.Fatalf("the field holds %q, want the digit that was typed", f.Text())
	}
	test.Type(f.Entry(), ".5M")
	d.keys(fyne.KeyReturn)
	uitest.Sees(t, d.window, "2.5 M", "was 500 k")
	if v, _ := d.trial.value(callsPath); v != 2.5e6 {
		t.Errorf("the trial holds %g", v)
	}
	uitest.Press(t, d.window, "Type calls a month")
	f = uitest.Fields(d.window)[0] // its number is selected, so that typing replaces it
	test.Type(f.Entry(), "many")
	d.keys(fyne.KeyReturn)
	if f.Problem() == "" || f.Text() != "many" {
		t.Errorf("%q gives the problem %q", f.Text(), f.Problem())
	}
	d.keys(fyne.KeyEscape)
	uitest.Sees(t, d.window, "2.5 M")
	if v, _ := d.trial.value(callsPath); v != 2.5e6 {
		t.Errorf("Escape left %g", v)
	}
}

// focused types into whatever has the focus.
type focused struct{ w fyne.Window }

func (f focused) FocusGained()              {}
func (f focused) FocusLost()                {}
func (f focused) TypedRune(r rune)          { f.w.Canvas().Focused().TypedRune(r) }
func (f focused) TypedKey(e *fyne.KeyEvent) { f.w.Canvas().Focused().TypedKey(e) }

func TestARangeMovesAlongWithItsSlider(t *testing.T) {
	d := newDesk(t, "saas-app", map[string]calc.Value{callsPath: calc.Between(250e3, 500e3, 1e6)})
	d.trial.set(callsPath, 1e6)
	if got := d.trial.scenario().Value(callsPath); !got.Equal(calc.Between(500e3, 1e6, 2e6)) {
		t.Errorf("half to double of 500,000 moved to a million is %+v", got)
	}
}

func TestAnotherAnswerIsFoundBySearchAndGetsASlider(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	uitest.Press(t, d.window, "Try another answer")
	uitest.Type(t, d.window, "Calls, price, tokens, staff …", "electric")
	uitest.Sees(t, d.window, "Electricity")
	d.keys(fyne.KeyReturn)
	s := d.slider("finance.electricity_usd_per_kwh")
	if d.window.Canvas().Focused() != fyne.Focusable(s) {
		t.Error("the new slider has not the focus")
	}
	d.keys(fyne.KeyEnd)
	uitest.Sees(t, d.window, "1 answer changed, not saved")
	uitest.Press(t, d.window, "Take electricity off the list")
	uitest.SeesNot(t, d.window, "Electricity", "not saved")
}

func TestResetCanBeTakenBack(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	d.trial.set(callsPath, 2e6)
	d.trial.set("workload.output_tokens_per_call", 900)
	uitest.Sees(t, d.window, "2 answers changed, not saved")
	uitest.Press(t, d.window, "Reset")
	uitest.SeesNot(t, d.window, "not saved")
	d.undo()
	uitest.Sees(t, d.window, "2 answers changed, not saved", "was 500 k")
}

func TestApplyIsOneStepOfUndo(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	d.trial.set(callsPath, 2e6)
	d.trial.set("workload.output_tokens_per_call", 900)
	uitest.Press(t, d.window, "Apply to this case")
	s := d.session.Scenario()
	if s.Likely(callsPath) != 2e6 || s.Likely("workload.output_tokens_per_call") != 900 {
		t.Errorf("the case holds %g calls and %g tokens", s.Likely(callsPath), s.Likely("workload.output_tokens_per_call"))
	}
	uitest.SeesNot(t, d.window, "not saved")
	d.undo()
	s = d.session.Scenario()
	if s.Likely(callsPath) != 500e3 || s.Likely("workload.output_tokens_per_call") != 500 {
		t.Errorf("undo left %g calls and %g tokens", s.Likely(callsPath), s.Likely("workload.output_tokens_per_call"))
	}
}

func TestKeepMakesACaseBesideThisOne(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	id := d.session.ID()
	d.trial.set(callsPath, 2.2e6)
	uitest.Press(t, d.window, "Keep as new case")
	const name = "Support desk · calls 2.2 M"
	if len(d.cases()) != 2 || d.session.ID() != id {
		t.Fatalf("there are %d cases", len(d.cases()))
	}
	if last := d.said[len(d.said)-1]; !strings.Contains(last, name) {
		t.Errorf("said %q", last)
	}
	uitest.Sees(t, d.window, "1 answer changed, kept as a case")
	if uitest.CanPress(d.window, "Keep as new case") {
		t.Error("the same trial can be kept twice")
	}
	uitest.Press(t, d.window, "Open “"+name+"”")
	if d.session.Name() != name || d.session.Scenario().Likely(callsPath) != 2.2e6 {
		t.Errorf("opened %q with %g calls", d.session.Name(), d.session.Scenario().Likely(callsPath))
	}
	if d.trial.count() != 0 {
		t.Error("the trial of the other case is still there")
	}
	d.undo()
	if len(d.cases()) != 1 {
		t.Errorf("after undo there are %d cases", len(d.cases()))
	}
}

func TestWhatMovesAfterKeepingCanBeKeptAgain(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	d.trial.set(callsPath, 2.2e6)
	uitest.Press(t, d.window, "Keep as new case")
	d.trial.set(callsPath, 2.4e6)
	uitest.Sees(t, d.window, "1 answer changed, not saved")
	uitest.Press(t, d.window, "Keep as new case")
	if len(d.cases()) != 3 {
		t.Errorf("there are %d cases", len(d.cases()))
	}
}

func TestTakingAKeptCaseBackTakesItsLinkAway(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	d.trial.set(callsPath, 2.2e6)
	uitest.Press(t, d.window, "Keep as new case")
	d.undo()
	uitest.SeesNot(t, d.window, "Open “")
	uitest.Sees(t, d.window, "1 answer changed, not saved")
	if len(d.cases()) != 1 {
		t.Errorf("after undo there are %d cases", len(d.cases()))
	}
}

func TestLeavingKeepsTheTrialAndAnotherCaseDropsIt(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	d.trial.set(callsPath, 2e6)
	d.page.Hidden()
	d.page.Shown()
	uitest.Sees(t, d.window, "1 answer changed, not saved", "was 500 k")
	if err := d.session.NewCase("volume-10k"); err != nil {
		t.Fatal(err)
	}
	uitest.SeesNot(t, d.window, "not saved")
	if d.trial.count() != 0 {
		t.Error("the trial went along to another case")
	}
	uitest.Sees(t, d.window, "Calls a month", "10 k")
}

func TestOutOfSightNothingIsWorkedOut(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	d.trial.set(callsPath, 2e6)
	d.page.Hidden()
	stamp := d.trial.shown
	d.session.Set("workload.output_tokens_per_call", calc.Num(700))
	if d.trial.shown != stamp {
		t.Error("an answer was worked out for a tab that nobody sees")
	}
	d.page.Shown()
	if d.trial.shown != d.trial.stamp {
		t.Error("coming back did not work out the newest answers")
	}
}

func TestWhereNoRouteIsLeftTheSlidersStillServe(t *testing.T) {
	d := newDesk(t, "saas-app", map[string]calc.Value{"rules.data_may_leave_site": calc.No, "rules.operations_staff": calc.No})
	a, _ := d.session.Assessment()
	if a.Verdict.Route != "" {
		t.Fatalf("the verdict is %s, want none", a.Verdict.Route)
	}
	uitest.Sees(t, d.window, a.Verdict.Headline, "Calls a month")
	d.window.Canvas().Focus(d.slider(callsPath))
	d.keys(fyne.KeyEnd)
	uitest.Sees(t, d.window, "1 answer changed, not saved", "Saved answer: no route is left.")
}

func TestPlacesOpenASliderASweepAGoalAndAMap(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	d.page.GoTo("finance.pue")
	if d.window.Canvas().Focused() != fyne.Focusable(d.slider("finance.pue")) {
		t.Error("the slider of the place has not the focus")
	}
	d.page.GoTo("sweep/finance.depreciation_months")
	uitest.Sees(t, d.window, "Work it out", calc.InputAt("finance.depreciation_months").Label)
	d.page.GoTo("goal/finance.staff_fte")
	uitest.Sees(t, d.window, "What would have to change?", format.Lowered(calc.InputAt("finance.staff_fte").Label))
	d.page.GoTo("no.such.input")
	uitest.Sees(t, d.window, "Try another answer")
	d.showMap()
	d.mapPage.GoTo("workload.output_tokens_per_call")
	if d.mapPage.m == nil || d.mapPage.m.Y != "workload.output_tokens_per_call" {
		t.Errorf("the map is over %v", d.mapPage.y)
	}
}

func TestASweepShowsWhereTheVerdictTurnsAndKeepsRows(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	uitest.Press(t, d.window, "Sweep")
	f := uitest.Fields(d.window)
	f[3].Replace("100k; 1M; 10M; 50M")
	uitest.Press(t, d.window, "Work it out")
	uitest.Sees(t, d.window, d.turn([]float64{100e3, 1e6, 10e6, 50e6}, []string{"100 k", "1 M", "10 M", "50 M"}), "of 100")
	if len(d.page.sweep.done.rows) != 4 {
		t.Fatalf("%d rows", len(d.page.sweep.done.rows))
	}
	boxes := uitest.CheckBoxes(d.window)
	test.Tap(boxes[1])
	test.Tap(boxes[4])
	uitest.Press(t, d.window, "Keep 2 rows as cases")
	names := map[string]bool{}
	for _, c := range d.cases() {
		names[c.Name] = true
	}
	if !names["Support desk · calls 100 k"] || !names["Support desk · calls 50 M"] || len(names) != 3 {
		t.Errorf("the library holds %v", names)
	}
	d.undo()
	if len(d.cases()) != 1 {
		t.Errorf("after undo there are %d cases", len(d.cases()))
	}
	uitest.Press(t, d.window, "Copy as a table")
	copied := fyne.CurrentApp().Clipboard().Content()
	if lines := strings.Split(strings.TrimSpace(copied), "\n"); len(lines) != 5 || !strings.HasPrefix(lines[0], "Calls a month\tCheapest route") || !strings.HasPrefix(lines[1], "100,000\t") {
		t.Errorf("on the clipboard:\n%s", copied)
	}
	uitest.Press(t, d.window, "Try calls 10 M on the sliders")
	uitest.Sees(t, d.window, "1 answer changed, not saved", "10 M")
}

func TestASweepOfTwoAnswersAndWhatIsWrongWithIt(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	d.page.GoTo("sweep")
	uitest.Press(t, d.window, "Second answer")
	uitest.Type(t, d.window, "Calls, price, tokens, staff …", "depreciation")
	d.keys(fyne.KeyReturn)
	f := uitest.Fields(d.window)
	f[2].Replace("99")
	uitest.Press(t, d.window, "Work it out")
	if f[2].Problem() != "2 to 25 steps." {
		t.Errorf("99 steps give %q", f[2].Problem())
	}
	f[2].Replace("25")
	f[6].Replace("20")
	uitest.Press(t, d.window, "Work it out")
	if !strings.Contains(f[6].Problem(), "500 rows; 120 at most") {
		t.Errorf("500 rows give %q", f[6].Problem())
	}
	f[2].Replace("3")
	f[6].Replace("2")
	f[0].Replace("a few")
	uitest.Press(t, d.window, "Work it out")
	if f[0].Problem() == "" {
		t.Error("words for a number give no problem")
	}
	f[0].Replace("10k")
	uitest.Press(t, d.window, "Work it out")
	uitest.Sees(t, d.window, "Of 6 rows:")
	uitest.Press(t, d.window, "Leave the second answer out")
	uitest.Press(t, d.window, "Work it out")
	if n := len(d.page.sweep.done.rows); n != 3 {
		t.Errorf("%d rows of one answer in three steps", n)
	}
	d.session.Set("workload.output_tokens_per_call", calc.Num(800))
	uitest.Sees(t, d.window, "The case changed since these rows were worked out.")
}

func TestAGoalIsFoundTriedAndHonest(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	uitest.Press(t, d.window, "Goal seek")
	uitest.Type(t, d.window, "$5,000", "10k")
	d.keys(fyne.KeyReturn)
	uitest.Sees(t, d.window, "Calls a month would have to be", "now 500 k")
	at := *d.page.goal.found.Value
	res, err := d.session.Assessor().Assess(t.Context(), d.session.Scenario().With(callsPath, calc.Num(at)), calc.Options{Today: sessiontest.Now, Quick: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := res.Route(res.Verdict.Route).Monthly.Likely; math.Abs(got-10_000) > 1 {
		t.Errorf("at %g calls the month costs $%.2f, want $10,000", at, got)
	}
	uitest.Press(t, d.window, "Try it on the sliders")
	if v, _ := d.trial.value(callsPath); v != at {
		t.Errorf("the slider got %g, want %g", v, at)
	}
	uitest.Press(t, d.window, "Reset")
	uitest.Press(t, d.window, "Goal seek")
	d.page.goal.use("finance.electricity_usd_per_kwh")
	uitest.Type(t, d.window, "$5,000", "1")
	d.keys(fyne.KeyReturn)
	uitest.Sees(t, d.window, "in its range does", "Looked from")
	if uitest.CanPress(d.window, "Try it on the sliders") {
		t.Error("what was not found can be tried")
	}
	uitest.Type(t, d.window, "$5,000", "cheap")
	d.keys(fyne.KeyReturn)
	if d.page.goal.target.Problem() == "" {
		t.Error("words for an amount give no problem")
	}
}

func TestTheMapReadsAPlaceAndOpensIt(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	d.showMap()
	p := d.mapPage
	uitest.Sees(t, d.window, "Axes", "Calls a month", "How far to a border", "Here", "Press a place")
	if p.m == nil || p.m.X != callsPath {
		t.Fatal("there is no map over the calls")
	}
	d.window.Canvas().Focus(p.view)
	d.keys(fyne.KeyRight, fyne.KeyUp)
	c := p.view.at
	x, y := calc.InputAt(p.m.X), calc.InputAt(p.m.Y)
	cur := figure.CurrencyOf(d.session.Scenario())
	uitest.Sees(t, d.window, fmt.Sprintf("At %s calls, %s %s", quantity(x, p.m.XValues[c.i], cur), brief(y), quantity(y, p.m.YValues[c.j], cur)),
		cur.Money(*p.m.USD[c.j][c.i])+" a month")
	d.keys(fyne.KeyReturn)
	if want := ui.PageResults + " whatif/" + callsPath; len(d.went) == 0 || d.went[len(d.went)-1] != want {
		t.Errorf("went to %v, want %s", d.went, want)
	}
	if v, _ := d.trial.value(callsPath); math.Abs(v/p.m.XValues[c.i]-1) > 0.005 || d.trial.count() != 2 {
		t.Errorf("the trial holds %g calls and %d answers, the cell %g", v, d.trial.count(), p.m.XValues[c.i])
	}
	uitest.Press(t, d.window, "Keep as new case")
	if n := len(d.cases()); n != 2 {
		t.Errorf("there are %d cases", n)
	}
	d.window.Canvas().Focus(p.view)
	d.keys(fyne.KeyHome)
	if p.view.at != (cell{nearestTo(p.m.XValues, p.m.NowX), nearestTo(p.m.YValues, p.m.NowY)}) {
		t.Error("Home does not come back to where the case stands")
	}
}

func TestAPressOnTheMapReadsTheCellUnderIt(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	d.showMap()
	p := d.mapPage
	l, _, ok := p.pane.Layout()
	if !ok {
		t.Fatal("the map is not drawn")
	}
	at := cell{len(p.m.XValues) - 4, 3}
	x := float32(l.X.Pixel(p.m.XValues[at.i])) / float32(l.Width) * p.view.Size().Width
	y := float32(l.Y.Pixel(p.m.YValues[at.j])) / float32(l.Height) * p.view.Size().Height
	test.TapAt(p.view, fyne.NewPos(x, y))
	if p.view.at != at {
		t.Errorf("read %v, pressed %v", p.view.at, at)
	}
	d.keys(fyne.KeyLeft)
	if want := (cell{at.i - 1, at.j}); p.view.at != want {
		t.Errorf("an arrow from the pressed place reads %v, want %v", p.view.at, want)
	}
	if r, ok := p.view.probe(float64(x/p.view.Size().Width), float64(y/p.view.Size().Height)); !ok || len(r.Lines) != 2 || r.Lines[1] != p.winnerWords(at) {
		t.Errorf("under the pointer it says %v", r.Lines)
	}
}

func TestTheMapFollowsAxesAndAnswers(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	d.showMap()
	p := d.mapPage
	was := p.y
	uitest.Press(t, d.window, "Swap")
	if p.m.X != was || p.m.Y != callsPath {
		t.Errorf("after a swap the map is over %s and %s", p.m.X, p.m.Y)
	}
	uitest.Press(t, d.window, "Across")
	uitest.Type(t, d.window, "Calls, price, tokens, staff …", "output price")
	d.keys(fyne.KeyReturn)
	if p.m.X != "api.output_usd_per_mtok" {
		t.Errorf("the map is over %s", p.m.X)
	}
	m := p.m
	d.session.Rename("Another name")
	if p.m != m {
		t.Error("a name drew the map anew")
	}
	d.session.Set("workload.output_tokens_per_call", calc.Num(5000))
	if p.m == m {
		t.Error("another answer left the map as it was")
	}
}

func TestACancelledMapSaysSoAndCanBeDrawn(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	p := d.mapPage
	p.inView = true
	stopped := false
	p.cancel = func() { stopped = true } // a map under way
	d.page.Hidden()
	d.window.SetContent(p.Content())
	p.halt.Show()
	uitest.Press(t, d.window, "Cancel")
	if !stopped {
		t.Error("Cancel did not end the work")
	}
	uitest.Sees(t, d.window, "The map was not finished.")
	uitest.Press(t, d.window, "Draw the map")
	uitest.SeesNot(t, d.window, "The map was not finished.")
	if p.m == nil {
		t.Error("there is no map")
	}
}

func TestAListOfValuesIsCutWhereAPersonMeansIt(t *testing.T) {
	for text, want := range map[string]string{
		"10k, 20k, 50k":    "10k|20k|50k",
		"10k,20k,50k":      "10k|20k|50k",
		"10,000, 20,000":   "10,000|20,000",
		"10,000; 20,000":   "10,000|20,000",
		"1,200,000":        "1,200,000",
		"0.1,0.25,  0.5 ,": "0.1|0.25|0.5",
		" ; ":              "",
	} {
		if got := strings.Join(splitValues(text), "|"); got != want {
			t.Errorf("%q is cut into %q, want %q", text, got, want)
		}
	}
}

// counting counts the assessments that are asked for.
type counting struct {
	*calc.Assessor
	asked int
}

func (c *counting) Assess(ctx context.Context, s calc.Scenario, opt calc.Options) (*calc.Assessment, error) {
	c.asked++
	return c.Assessor.Assess(ctx, s, opt)
}

func TestASliderInMotionAsksForOneAnswerAtATimeAndTheNewestWins(t *testing.T) {
	cat, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	var held []func()
	hold := false
	assessor := &counting{Assessor: calc.NewAssessor(cat)}
	s := session.New(session.Deps{Assessor: assessor, Catalogue: cat, Draws: 20, Now: func() time.Time { return sessiontest.Now },
		After: func(time.Duration, func()) func() { return func() {} },
		Go: func(f func()) {
			if hold {
				held = append(held, f)
				return
			}
			f()
		}})
	run := func() {
		t.Helper()
		if len(held) == 0 {
			t.Fatal("nothing is under way")
		}
		f := held[0]
		held = held[1:]
		f()
	}
	s.Edit("answers", func(calc.Scenario) calc.Scenario { return calc.Scenario{} })
	tr := newTrial(s, func(f func()) { f() })
	var rest func()
	tr.after = func(_ time.Duration, f func()) func() { rest = f; return func() {} }
	tr.watch(true)
	hold, assessor.asked = true, 0
	for calls := 1e5; calls < 1e6; calls += 1e5 {
		tr.set(callsPath, calls)
	}
	if len(held) != 1 {
		t.Fatalf("%d answers are under way at once", len(held))
	}
	run()
	if tr.a == nil || tr.shown == tr.stamp {
		t.Error("the first answer did not come, or counts as the newest")
	}
	run()
	if a, _, settled := tr.assessment(); settled || tr.shown != tr.stamp || !strings.Contains(a.Verdict.Headline, "900 k") {
		t.Errorf("after the second answer it says %q", a.Verdict.Headline)
	}
	if len(held) != 0 || assessor.asked != 2 {
		t.Errorf("nine steps asked for %d answers, and %d are left", assessor.asked, len(held))
	}
	rest()
	tr.set(callsPath, 2e6)
	run() // the whole answer, which the move overtook
	if tr.full {
		t.Error("an overtaken answer was taken in")
	}
	run()
	rest()
	run()
	if a, _, settled := tr.assessment(); !settled || a.Draws != 20 {
		t.Error("at rest the whole answer did not come")
	}
	tr.clear()
	if a, _, settled := tr.assessment(); !settled || !strings.Contains(a.Verdict.Headline, "10 k") {
		t.Errorf("without a trial it says %q", a.Verdict.Headline)
	}
}

// BenchmarkSliderMove is from a step of a slider to the verdict's text set.
func BenchmarkSliderMove(b *testing.B) {
	d := newDesk(b, "saas-app", nil)
	d.page.shell.Run.Go = func(func()) {} // pictures are drawn on another goroutine
	for _, p := range []*pane{d.page.outcome.cost, d.page.outcome.tornado} {
		p.Chart = chart.New(fyne.NewSize(280, 190), d.page.shell.Run)
	}
	s := d.slider(callsPath)
	d.window.Canvas().Focus(s)
	key := fyne.KeyRight
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		if s.Value() >= s.Scale().High || s.Value() <= s.Scale().Low {
			key = map[fyne.KeyName]fyne.KeyName{fyne.KeyRight: fyne.KeyLeft, fyne.KeyLeft: fyne.KeyRight}[key]
		}
		s.TypedKey(&fyne.KeyEvent{Name: key})
		if d.trial.shown != d.trial.stamp {
			b.Fatal("the verdict does not belong to the newest value")
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
}

// BenchmarkWinMap is a whole map of the usual size.
func BenchmarkWinMap(b *testing.B) {
	d := newDesk(b, "saas-app", nil)
	study := d.session.Assessor().(studies)
	for b.Loop() {
		if _, err := study.WinMap(b.Context(), d.session.Scenario(), callsPath, "finance.staff_fte", sessiontest.Now, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// TestANewCasesNameSaysWhatDiffers keeps one trial after the other, also from a case that was kept before.
func TestANewCasesNameSaysWhatDiffers(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	keep := func(calls float64, want string) {
		t.Helper()
		d.trial.set(callsPath, calls)
		uitest.Press(t, d.window, "Keep as new case")
		if got := d.cases()[0].Name; got != want {
			t.Errorf("the new case is called %q, want %q", got, want)
		}
	}
	keep(2.2e6, "Support desk · calls 2.2 M")
	keep(2.2004e6, "Support desk · calls 2.2 M (2)") // the same to three digits
	uitest.Press(t, d.window, "Open “Support desk · calls 2.2 M (2)”")
	keep(3e6, "Support desk · calls 3 M")
}
