package results

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"hostwise/app/desktop/export"
	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/app/figure/format"
	"hostwise/assets"
	"hostwise/calc"
	"hostwise/calc/catalog"
)

var theCatalogue = sync.OnceValues(assets.Catalogue)

func catalogueFor(t testing.TB) *catalog.Catalog {
	t.Helper()
	cat, err := theCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	return cat
}

// desk is the page in a window with a session that works at once, and what the page asked of the window.
type desk struct {
	t       testing.TB
	session *session.Session
	page    *Page
	window  fyne.Window
	went    []string // "page place"
	said    []string
	undo    func()
}

// jobs holds background work until a test lets it run, where it wants to look in between.
type jobs struct {
	hold bool
	work []func()
}

func (j *jobs) start(f func()) {
	if j.hold {
		j.work = append(j.work, f)
		return
	}
	f()
}

func (j *jobs) run() {
	j.hold = false
	for _, f := range j.work {
		f()
	}
	j.work = nil
}

func newDesk(t testing.TB, template string, edit func(calc.Scenario) calc.Scenario) *desk {
	t.Helper()
	return newDeskWith(t, template, edit, calc.NewAssessor(catalogueFor(t)), &jobs{}, 1280, 720)
}

func newDeskWith(t testing.TB, template string, edit func(calc.Scenario) calc.Scenario, assessor session.Assessor, j *jobs, width, height float32) *desk {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(&ui.Theme{Mode: "light"})
	s := session.New(session.Deps{
		Assessor: assessor, Catalogue: catalogueFor(t), Draws: 120,
		Now: func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) },
		Go:  j.start, After: func(time.Duration, func()) func() { return func() {} },
	})
	d := &desk{t: t, session: s}
	shell := ui.Detached()
	shell.Go = func(page, place string) { d.went = append(d.went, page+" "+place) }
	shell.Toast = func(words string, undo func()) { d.said, d.undo = append(d.said, words), undo }
	d.page = New(s, shell)
	d.window = test.NewTempWindow(t, d.page.Content())
	shell.Window = d.window
	d.window.Resize(fyne.NewSize(width, height))
	tpl, ok := calc.TemplateNamed(template)
	if !ok {
		t.Fatalf("no template %q", template)
	}
	scenario := tpl.Scenario()
	if edit != nil {
		scenario = edit(scenario)
	}
	d.page.Shown()
	s.Edit("test", func(calc.Scenario) calc.Scenario { return scenario })
	return d
}

// visit calls f for every object in view, from the top down.
func visit(o fyne.CanvasObject, at fyne.Position, f func(o fyne.CanvasObject, at fyne.Position)) {
	if o == nil || !o.Visible() {
		return
	}
	f(o, at)
	var children []fyne.CanvasObject
	switch x := o.(type) {
	case *fyne.Container:
		children = x.Objects
	case *container.Scroll:
		visit(x.Content, at.Add(x.Content.Position()), f)
		return
	case fyne.Widget:
		children = test.WidgetRenderer(x).Objects()
	}
	for _, c := range children {
		if c != nil {
			visit(c, at.Add(c.Position()), f)
		}
	}
}

// words is all that can be read on the page, a line a text.
func (d *desk) words() string {
	var b strings.Builder
	visit(d.window.Content(), fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		switch x := o.(type) {
		case *ui.Text:
			b.WriteString(x.Words())
		case *ui.Badge:
			b.WriteString(x.Words())
		default:
			return
		}
		b.WriteByte('\n')
	})
	return strings.ReplaceAll(b.String(), noBreak, " ")
}

func (d *desk) sees(wanted ...string) {
	d.t.Helper()
	words := d.words()
	for _, w := range wanted {
		if !strings.Contains(words, w) {
			d.t.Errorf("the page does not say %q; it says:\n%s", w, words)
		}
	}
}

func (d *desk) seesNot(unwanted ...string) {
	d.t.Helper()
	words := d.words()
	for _, w := range unwanted {
		if strings.Contains(words, w) {
			d.t.Errorf("the page says %q", w)
		}
	}
}

// press taps the button with these words or this name, or the row that says them.
func (d *desk) press(words string) {
	d.t.Helper()
	var target fyne.Tappable
	visit(d.window.Content(), fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		if target != nil {
			return
		}
		switch x := o.(type) {
		case *ui.Button:
			if x.Words() == words || x.AccessibilityLabel() == words {
				target = x
			}
		case *ui.Chip:
			if x.Words() == words {
				target = x
			}
		case *ui.Pressable:
			if says(x.Content, words) {
				target = x
			}
		}
	})
	if target == nil {
		d.t.Fatalf("there is nothing to press that says %q; the page says:\n%s", words, d.words())
	}
	test.Tap(target)
}

func says(o fyne.CanvasObject, words string) bool {
	found := false
	visit(o, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		if x, ok := o.(*ui.Text); ok && strings.ReplaceAll(x.Words(), noBreak, " ") == words {
			found = true
		}
	})
	return found
}

// pane returns a figure of the tab in view.
func (d *desk) pane(id string) *pane {
	d.t.Helper()
	var found *pane
	visit(d.window.Content(), fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		if p, ok := o.(*pane); ok && p.id == id {
			found = p
		}
	})
	if found == nil {
		d.t.Fatalf("the figure %s is not in view", id)
	}
	return found
}

func (d *desk) assessment() *calc.Assessment {
	a, _ := d.session.Assessment()
	if a == nil {
		d.t.Fatal("there is no assessment")
	}
	return a
}

func TestTheFirstScreenAnswersTheQuestion(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	a := d.assessment()
	d.sees(a.Verdict.Headline, "8 times in 10 between", "newest price 94 days old", "Rule of thumb: "+a.Verdict.RuleWords,
		a.Verdict.RuleDiffersBecause, "Chance that the API is the cheapest", a.Verdict.Confidence+" confidence",
		"Why", a.Verdict.ReasonsFull[0].Title, "Cost by route", "What would change it", "Not reached by")
	for i, f := range a.Verdict.Flips {
		if i < mostFlips {
			d.sees(f.Label)
		}
	}
	if lowest := d.bottomOf("All " + strconv.Itoa(len(a.Routes)) + " routes, line by line"); lowest > 800-48-28-26 {
		t.Errorf("the answer ends at %.0f: it does not fit 1280 × 800 with menu, top bar and status line", lowest)
	}
}

// bottomOf is how far down on the page the words end.
func (d *desk) bottomOf(words string) float32 {
	d.t.Helper()
	bottom := float32(-1)
	visit(d.window.Content(), fyne.Position{}, func(o fyne.CanvasObject, at fyne.Position) {
		if x, ok := o.(*ui.Text); ok && x.Words() == words {
			bottom = at.Y + x.Size().Height
		}
	})
	if bottom < 0 {
		d.t.Fatalf("the page does not say %q", words)
	}
	return bottom
}

func TestRuledOutRoutesStayWithTheirRule(t *testing.T) {
	d := newDesk(t, "enterprise-private-inference", func(s calc.Scenario) calc.Scenario { return s.With("rules.data_may_leave_site", calc.No) })
	d.sees("API, market median", "leaves site", "routes ruled out by your rules")
}

func TestWithNoRouteLeftTheRulesAreNamedWithTheWayToThem(t *testing.T) {
	d := newDesk(t, "enterprise-private-inference", func(s calc.Scenario) calc.Scenario {
		return s.With("rules.data_may_leave_site", calc.No).With("rules.operations_staff", calc.No)
	})
	if d.assessment().Verdict.Route != "" {
		t.Fatal("a route is left: the case does not show what it should")
	}
	d.sees("What stands in the way", "Your data may not leave the site.", "Nobody is there to run it.", "No route is left",
		"Lifting this rule alone leaves own")
	d.press("Change: " + labelOf("rules.operations_staff"))
	d.wentTo(ui.PageGuide + " rules.operations_staff")
}

func (d *desk) wentTo(place string) {
	d.t.Helper()
	if len(d.went) == 0 || d.went[len(d.went)-1] != place {
		d.t.Errorf("went to %q, wanted %q", d.went, place)
	}
}

func TestABaseAnswerIsShownWhileTheRangesAreWorkedOut(t *testing.T) {
	step := &stepper{inner: calc.NewAssessor(catalogueFor(t))}
	d := newDeskWith(t, "saas-app", nil, step, &jobs{}, 1280, 720)
	step.look = func() {
		d.sees("Call an API.", wordsRanges, "Each answer is being moved until the verdict changes")
		d.seesNot("8 times in 10 between")
	}
	d.session.Set("workload.calls_per_month", calc.Num(400_000))
	if !step.looked {
		t.Fatal("the full answer was never asked for")
	}
	d.sees("8 times in 10 between")
	d.seesNot(wordsRanges)
}

// stepper lets a test look at the page after the base answer, before the full one is there.
type stepper struct {
	inner  *calc.Assessor
	look   func()
	looked bool
}

func (s *stepper) Assess(ctx context.Context, x calc.Scenario, opt calc.Options) (*calc.Assessment, error) {
	if !opt.Quick && s.look != nil {
		s.look()
		s.look, s.looked = nil, true
	}
	return s.inner.Assess(ctx, x, opt)
}

func TestAMistakeIsSaidWithWhatToDoAndTheOldAnswerStays(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	d.session.Set("model", calc.Str("deepseek-r9"))
	d.sees("These answers cannot be worked out", wordsOldAnswer, "Call an API.")
	d.press("Mend it")
	d.wentTo(ui.PageGuide + " model")
	d.session.Undo()
	d.seesNot("These answers cannot be worked out")
}

func TestAFailureThatIsNoMistakeIsSaidToo(t *testing.T) {
	broken := broken{errors.New("the model could not be read")}
	d := newDeskWith(t, "saas-app", nil, broken, &jobs{}, 1280, 720)
	d.sees("These answers cannot be worked out", "the model could not be read", wordsNoAnswer)
}

type broken struct{ err error }

func (b broken) Assess(context.Context, calc.Scenario, calc.Options) (*calc.Assessment, error) {
	return nil, b.err
}

func TestBeforeTheFirstAnswerThePageSaysThatItIsWorking(t *testing.T) {
	j := &jobs{hold: true}
	d := newDeskWith(t, "saas-app", nil, calc.NewAssessor(catalogueFor(t)), j, 1280, 720)
	d.sees(wordsWorking)
	j.run()
	d.seesNot(wordsWorking)
	d.sees("Call an API.")
}

func TestAPressOnTheCostCurveMovesYouAreHereAndUndoTakesItBack(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	p := d.pane("monthly-cost")
	l, _, ok := p.chart.Layout()
	if !ok {
		t.Fatal("the cost curve is not drawn")
	}
	before := d.session.Scenario().Likely("workload.calls_per_month")
	head := p.Size().Height - float32(l.Height)
	at := fyne.NewPos(float32(l.X.Pixel(3e6)), head+float32(l.Top+l.Bottom)/2)
	p.Tapped(&fyne.PointEvent{Position: at})
	got := d.session.Scenario().Likely("workload.calls_per_month")
	if got < 2.5e6 || got > 3.5e6 {
		t.Fatalf("calls a month = %g after a press at 3 M", got)
	}
	if len(d.said) == 0 || !strings.HasPrefix(d.said[len(d.said)-1], "You are now at 3") {
		t.Errorf("said %q", d.said)
	}
	d.undo()
	if now := d.session.Scenario().Likely("workload.calls_per_month"); now != before {
		t.Errorf("undo gives %g calls, wanted %g", now, before)
	}
	p.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if now := d.session.Scenario().Likely("workload.calls_per_month"); now <= before {
		t.Errorf("the right arrow gives %g calls, wanted more than %g", now, before)
	}
}

func TestThePointerReadsTheLinesAndTheRows(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	p := d.pane("monthly-cost")
	l, _, _ := p.chart.Layout()
	head := p.Size().Height - float32(l.Height)
	p.chart.View.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(float32(l.X.Pixel(1e6)), head+float32(l.Bottom-10))}})
	d.sees("1 M calls a month", "API, market median  $")
	p.chart.View.MouseOut()
	d.seesNot("API, market median  $")
	r, ok := d.pane("memory").probe(0.5, 0.5)
	if !ok || len(r.Lines) < 4 || !strings.Contains(strings.Join(r.Lines, "\n"), "Weights") {
		t.Errorf("the memory figure reads %q", r.Lines)
	}
}

func TestAFigureOpensAtFullSizeWithItsExplanationAndNumbers(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	d.pane("tornado").TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	d.sees("How it is worked out", "cheapest route of another kind − the verdict's route", "The numbers")
	d.press("Copy the numbers")
	if text := fyne.CurrentApp().Clipboard().Content(); strings.Count(text, "\t") < 8 || strings.Count(text, "\n") < 8 {
		t.Errorf("on the clipboard is %q", text)
	}
	d.page.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	d.sees("What would change it")
	d.page.GoTo("memory")
	d.sees("The six overheads")
	d.page.GoTo("over-time")
	d.sees("How it is worked out", "up front + the sum of every month so far")
	d.page.GoTo("no such place")
	d.sees("up front + the sum of every month so far")
}

func TestAPictureIsWrittenAsPNGOrSVGAndTheFolderRemembered(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	folder := t.TempDir()
	for _, ending := range []string{".png", ".svg"} {
		path := filepath.Join(folder, "cost"+ending)
		export.SaveFigureTo(d.page.session, d.page.shell, path, d.pane("monthly-cost").chart.Figure())
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if sign := map[string]string{".png": "\x89PNG", ".svg": "<"}[ending]; !strings.HasPrefix(string(data), sign) {
			t.Errorf("%s begins with %q", path, data[:8])
		}
	}
	if got := d.session.Settings().ExportFolder; got != folder {
		t.Errorf("the folder remembered is %q, wanted %q", got, folder)
	}
	d.press("Save this figure")
	if d.window.Canvas().Overlays().Top() == nil {
		t.Error("no dialog asks where to save the figure")
	}
	var said string
	d.session.OnChange(func(e session.Event) {
		if e.Notice != nil {
			said = e.Notice.Text
		}
	})
	wrong := filepath.Join(folder, "cost.jpeg")
	if err := os.WriteFile(wrong, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	export.SaveFigureTo(d.page.session, d.page.shell, wrong, d.pane("monthly-cost").chart.Figure())
	if !strings.Contains(said, ".png or .svg") {
		t.Errorf("said %q", said)
	}
	if _, err := os.Stat(wrong); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the empty file is still there: %v", err)
	}
}

func TestMemoryShowsPartsOverheadsAndTheLaunchCommand(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	d.page.GoTo(TabMemory)
	a := d.assessment()
	d.sees("Parts by precision, GB", "Raw weights, as articles print them", "2.68 TB", "The six overheads", "Launch command", a.Deployment.LaunchCommand)
	for _, o := range a.Deployment.Overheads {
		d.sees(format.Capital(o.Part), o.Why)
	}
	d.press("Copy the launch command")
	if got := fyne.CurrentApp().Clipboard().Content(); got != a.Deployment.LaunchCommand {
		t.Errorf("on the clipboard is %q", got)
	}
	d.seesNot("GGUF Q3_K_M")
	d.press(d.textBeginning("Show "))
	d.sees("GGUF Q3_K_M")
	d.press("AWQ 4-bit")
	if got := d.session.Scenario().Text("deployment.precision"); got != "awq-int4" {
		t.Errorf("the precision is %q after a press on its row", got)
	}
	d.undo()
	if got := d.session.Scenario().Text("deployment.precision"); got == "awq-int4" {
		t.Error("undo leaves the precision")
	}
}

func TestMemoryIsTriedInPlaceWithUndo(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	d.page.GoTo(TabMemory)
	tab := d.page.made[TabMemory].(*memoryTab)
	d.sees("as stated: 32,768", "from demand: "+strconv.Itoa(d.assessment().Memory.Sequences))
	tab.controls.requests.Pick("64")
	d.sees("64 requests of 32,768 tokens at once")
	tab.controls.context.Pick("8192")
	d.sees("64 requests of 8,192 tokens at once")
	tab.controls.cache.Pick("fp8")
	if got := d.session.Scenario().Text(pathCache); got != "fp8" {
		t.Errorf("the cache is %q", got)
	}
	for range 3 {
		d.session.Undo()
	}
	d.sees("as stated: 32,768", strconv.Itoa(d.assessment().Memory.Sequences)+" requests of 32,768 tokens at once")
}

// textBeginning finds the words of a button by how they begin.
func (d *desk) textBeginning(start string) string {
	d.t.Helper()
	for _, line := range strings.Split(d.words(), "\n") {
		if strings.HasPrefix(line, start) {
			return line
		}
	}
	d.t.Fatalf("nothing begins with %q", start)
	return ""
}

func TestCostLinesAddUpOnScreen(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	d.page.GoTo(TabCosts)
	a := d.assessment()
	best := a.Route(a.Verdict.Route)
	for _, l := range best.Lines {
		if l.USD != 0 {
			d.sees(l.Label, l.Formula, d.page.view().cur.Exact(l.USD))
		}
	}
	d.sees("Sum of the likely values", d.page.view().cur.Exact(best.Monthly.Likely), "Nothing is bought.")
	var own *calc.Route
	for i := range a.Routes {
		if a.Routes[i].Kind == calc.Own && a.Routes[i].Feasible {
			own = &a.Routes[i]
			break
		}
	}
	d.press(own.Label)
	d.sees(own.SetupLabel, "Bill of materials", own.Bill[0].What, "Up front", "Lead time", "Power")
}

func TestArrowsWalkTheRoutes(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	d.page.GoTo(TabCosts)
	tab := d.page.made[TabCosts].(*costsTab)
	routes := bySection(d.assessment())
	d.window.Canvas().Focus(tab.chosen)
	for i := 1; i < 3; i++ {
		d.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		if tab.route != routes[i].ID {
			t.Errorf("after %d arrows the route is %q, wanted %q", i, tab.route, routes[i].ID)
		}
	}
	if d.window.Canvas().Focused() != fyne.Focusable(tab.chosen) {
		t.Error("the focus is not on the chosen row")
	}
}

func TestEveryRouteListedOnceWithItsRule(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	d.page.GoTo(TabCosts)
	words := d.words()
	for _, r := range d.assessment().Routes {
		if !strings.Contains(words, r.Label) {
			t.Errorf("the list lacks %q", r.Label)
		}
	}
	for _, section := range []string{"Within your rules", "Ruled out", "On a weaker model"} {
		if n := strings.Count(words, section); n != 1 {
			t.Errorf("%q stands %d times", section, n)
		}
	}
	d.page.openRoute("api-batch")
	d.sees("What keeps it out", "Answers are needed at once.")
	d.press("Change: " + labelOf("workload.latency_flexible"))
	d.wentTo(ui.PageGuide + " workload.latency_flexible")
}

func TestAssumptionsFilterAndLeadToTheirQuestion(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	d.page.GoTo(TabAssumptions)
	tab := d.page.made[TabAssumptions].(*assumptionsTab)
	if len(tab.shown) != len(assumed(d.assessment())) || len(tab.shown) < 90 {
		t.Fatalf("%d assumptions are listed", len(tab.shown))
	}
	d.page.FocusSearch()
	test.Type(tab.search.Entry(), "electric")
	if len(tab.shown) == 0 || len(tab.shown) > 3 {
		t.Fatalf("%d inputs match electric", len(tab.shown))
	}
	d.sees("Electricity", "$0.146", "energypricestoday.com")
	tab.list.Select(0)
	d.wentTo(ui.PageGuide + " " + tab.shown[0].Path)
	test.Type(tab.search.Entry(), "zzz")
	d.sees("No input matches")
	d.press("Show all")
	d.press("Yours")
	for _, a := range tab.shown {
		if a.From != fromYou {
			t.Errorf("%s is not the person's own", a.Path)
		}
	}
	d.sees("500,000")
}

func TestNextStepsHaveDatesAndTheOldestFactComesFirst(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	d.page.GoTo(TabNext)
	a := d.assessment()
	d.sees("30 Nov", a.Verdict.NextSteps[0].What, "Recheck before procurement", "Watch once it runs", "What is said about this")
	words, last := d.words(), -1
	for _, r := range oldestFirst(a.Verdict.Recheck) {
		at := strings.Index(words, "\n"+r.What+"\n")
		if at < last {
			t.Errorf("%q stands before an older fact", r.What)
		}
		last = at
	}
	first := oldestFirst(a.Verdict.Recheck)[0]
	d.press(first.What)
	d.wentTo(ui.PageFacts + " " + first.Table + "/" + first.ID)
}

// nameOfPrecision is a precision's own name, such as Q4_K_M, which has the only "_" that a person should read.
var nameOfPrecision = regexp.MustCompile(`\b(UD-)?I?Q[0-9]_[A-Z0-9_]+\b`)

// showsKey reports whether words hold what only the file calls so.
func showsKey(words string) bool {
	words = nameOfPrecision.ReplaceAllString(words, "")
	return strings.Contains(words, "_") || strings.Contains(words, "null") || strings.Contains(words, "own-") || strings.Contains(words, "rent-")
}

func TestAPrecisionsNameIsNoKey(t *testing.T) {
	for words, key := range map[string]bool{
		"GGUF Q4_K_M and UD-IQ1_S fit": false, "full_in_month is empty": true, "Q4_K_M, but full_in_month": true,
		"data_may_leave_site: no": true, "Q8_0 holds": false, "own-deepseek-r1 is over": true, "gguf-q4_k_m": true,
	} {
		if showsKey(words) != key {
			t.Errorf("%q: shows a key = %v", words, !key)
		}
	}
}

func TestNotesNeverShowKeysOfTheFile(t *testing.T) {
	assessor := calc.NewAssessor(catalogueFor(t))
	for _, tpl := range calc.Templates {
		a, err := assessor.Assess(context.Background(), tpl.Scenario(), calc.Options{Today: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), Draws: 60})
		if err != nil {
			t.Fatal(err)
		}
		notes := notesFor(a)
		if len(notes) == 0 {
			t.Errorf("%s: there is nothing to know; the raw warnings are %q", tpl.Name, a.Warnings)
		}
		for _, n := range notes {
			if showsKey(n) {
				t.Errorf("%s: a note shows a key: %q", tpl.Name, n)
			}
		}
	}
}

func TestTabsByKeyAndCounts(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	d.page.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	d.sees("The six overheads", "Assumptions "+strconv.Itoa(len(assumed(d.assessment()))))
	d.page.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	d.page.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	d.sees("What would change it")
}

// Every text has the width it asks for, in every window and at every text size: nothing is cut that may not be,
// and nothing leaves the page.
func TestNoTextLacksRoomInNarrowWindowsAndLargeText(t *testing.T) {
	for _, c := range []struct {
		name          string
		width, height float32
		scale         int
	}{{"960x640", 896, 520, 100}, {"1280x800", 1216, 690, 100}, {"1280x800 at 200 %", 1172, 560, 200}} {
		t.Run(c.name, func(t *testing.T) {
			d := newDeskWith(t, "enterprise-private-inference", nil, calc.NewAssessor(catalogueFor(t)), &jobs{}, c.width, c.height)
			fyne.CurrentApp().Settings().SetTheme(&ui.Theme{Mode: "dark", Scale: c.scale})
			for _, tab := range []string{TabAnswer, TabMemory, TabCosts, TabAssumptions, TabNumbers, TabNext} {
				d.page.GoTo(tab)
				d.window.Resize(fyne.NewSize(c.width-1, c.height))
				d.window.Resize(fyne.NewSize(c.width, c.height))
				visit(d.window.Content(), fyne.Position{}, func(o fyne.CanvasObject, at fyne.Position) {
					x, ok := o.(*ui.Text)
					if !ok || x.Words() == "" {
						return
					}
					if m := x.MinSize(); x.Size().Width+0.5 < m.Width {
						t.Errorf("%s: %q has %.0f of the %.0f it needs", tab, x.Words(), x.Size().Width, m.Width)
					}
					if at.X+x.Size().Width > c.width+1 {
						t.Errorf("%s: %q ends at %.0f, beyond the window", tab, x.Words(), at.X+x.Size().Width)
					}
				})
			}
		})
	}
}

func TestOutOfSightThePageDoesNotWork(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	d.page.shownAt = "" // the first page is not noted; from here on it is
	d.session.SetPage(ui.PageGuide)
	built := 0
	inner := d.page.build
	d.page.build = func(id string, a *calc.Assessment, opt figure.BuildOptions) (figure.Figure, error) {
		built++
		return inner(id, a, opt)
	}
	d.session.Set("workload.calls_per_month", calc.Num(120_000))
	if built > 0 {
		t.Errorf("%d figures were described while the guide was in view", built)
	}
	d.session.SetPage(ui.PageResults)
	d.page.Shown()
	d.sees("At 120 k calls a month")
	if built == 0 {
		t.Error("no figure was described when the page came back")
	}
}

func TestRulesAreNamedForEveryReasonOfTheTemplates(t *testing.T) {
	cat := catalogueFor(t)
	assessor := calc.NewAssessor(cat)
	for _, tpl := range calc.Templates {
		for _, edit := range []func(calc.Scenario) calc.Scenario{
			func(s calc.Scenario) calc.Scenario { return s },
			func(s calc.Scenario) calc.Scenario {
				return s.With("rules.data_may_leave_site", calc.No).With("rules.operations_staff", calc.No).With("rules.needs_pinned_weights", calc.Yes)
			},
			func(s calc.Scenario) calc.Scenario {
				return s.With("rules.upfront_usd_limit", calc.Num(1)).With("rules.monthly_usd_limit", calc.Num(1)).
					With("rules.site_kw_limit", calc.Num(0.1)).With("rules.needed_within_weeks", calc.Num(1))
			},
		} {
			a, err := assessor.Assess(context.Background(), edit(tpl.Scenario()), calc.Options{Today: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), Quick: true})
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range a.Routes {
				for _, b := range r.BlockedBy {
					if got := ruleOf(b); got.short == "ruled out" {
						t.Errorf("%s: the page has no word for %q", tpl.Name, b)
					}
					if words := reasonWords(b); strings.Contains(words, "_") {
						t.Errorf("%s: %q still shows a key", tpl.Name, words)
					}
				}
			}
		}
	}
}

// BenchmarkUpdate is what another answer costs the window's goroutine on the tab in view: the pictures are drawn
// elsewhere.
func BenchmarkUpdate(b *testing.B) {
	for _, tab := range []string{TabAnswer, TabMemory, TabCosts, TabAssumptions, TabNext} {
		b.Run(tab, func(b *testing.B) {
			d := newDesk(b, "saas-app", nil)
			d.page.GoTo(tab)
			var views []view
			for _, tokens := range []float64{500, 600} {
				d.session.Set("workload.output_tokens_per_call", calc.Num(tokens))
				views = append(views, d.page.view())
			}
			d.page.shell.Run = ui.Runner{Go: func(func()) {}, Do: func(f func()) { f() }}
			delete(d.page.made, tab)
			d.page.filled = map[string]shown{}
			d.page.update()
			b.ResetTimer()
			for i := 0; b.Loop(); i++ {
				d.page.made[tab].show(views[i%2])
			}
		})
	}
}
