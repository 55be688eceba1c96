package setups

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/session/sessiontest"
	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/ui/uitest"
	"hostwise/app/figure/format"
	"hostwise/assets"
	"hostwise/calc"
)

// desk is the tab in a window, with what it asked of the window around it.
type desk struct {
	t       testing.TB
	session *session.Session
	page    *Page
	window  fyne.Window
	said    []string
	went    []string
	undo    func()
}

func newDesk(t testing.TB, width, height float32, edit func(calc.Scenario) calc.Scenario) *desk {
	t.Helper()
	return deskOf(t, sessiontest.New(t), inOrder(), width, height, edit)
}

// inOrder does everything at once, and what comes from several goroutines one after the other.
func inOrder() ui.Runner {
	var mu sync.Mutex
	return ui.Runner{Go: func(f func()) { f() }, Do: func(f func()) { mu.Lock(); defer mu.Unlock(); f() }}
}

func deskOf(t testing.TB, s *session.Session, run ui.Runner, width, height float32, edit func(calc.Scenario) calc.Scenario) *desk {
	t.Helper()
	d := &desk{t: t, session: s}
	shell := ui.Detached()
	shell.Run = run
	shell.Go = func(page, place string) { d.went = append(d.went, page+" "+place) }
	shell.Toast = func(words string, undo func()) { d.said, d.undo = append(d.said, words), undo }
	if err := s.NewCase("research-lab"); err != nil {
		t.Fatal(err)
	}
	if edit != nil {
		s.Edit("answers", edit)
	}
	d.page = New(s, shell)
	d.window = uitest.Show(t, d.page.Content(), width, height)
	shell.Window = d.window
	d.window.Canvas().SetOnTypedKey(d.page.TypedKey)
	d.page.Shown()
	return d
}

func (d *desk) sees(words ...string)    { d.t.Helper(); uitest.Sees(d.t, d.window, words...) }
func (d *desk) seesNot(words ...string) { d.t.Helper(); uitest.SeesNot(d.t, d.window, words...) }
func (d *desk) press(words string)      { d.t.Helper(); uitest.Press(d.t, d.window, words) }

// focus gives the list the keyboard, as Tab would.
func (d *desk) focus() { d.window.Canvas().Focus(d.page.search.table.list) }

func TestHowItFeelsSaysWhatTheAssessmentSays(t *testing.T) {
	d := newDesk(t, 1216, 700, func(s calc.Scenario) calc.Scenario {
		return s.With("deployment.device", calc.Str("h200-sxm")).With("workload.growth_per_month", calc.Num(0.2))
	})
	a, _ := d.session.Assessment()
	d.sees("Calls a month it takes", format.Count(a.Throughput.CallsPerMonth.Likely), "First token", "Tokens a second, each user",
		"Seconds an answer", format.Seconds(*a.Capacity.AnswerSeconds.P50), "9 in 10 by "+format.Seconds(*a.Capacity.AnswerSeconds.P90), "M/M/c",
		"What binds", "One more", "Head-room", "Launch command", checkFlags, a.Throughput.Nearest)
	if !strings.Contains(uitest.Screen(d.window), "growth fills it in month") && !strings.Contains(uitest.Screen(d.window), "does not fill it") {
		t.Error("the month in which growth fills the set-up is not said")
	}
	if d.page.own.chart.View.Picture() == nil {
		t.Error("the capacity figure is not drawn")
	}
	uitest.Key(d.window, fyne.KeyC)
	if got := fyne.CurrentApp().Clipboard().Content(); got != a.Deployment.LaunchCommand {
		t.Errorf("C copied %q, want %q", got, a.Deployment.LaunchCommand)
	}
	d.press("Copy the numbers")
	if got := fyne.CurrentApp().Clipboard().Content(); !strings.Contains(got, "\t") {
		t.Errorf("the figure's numbers were copied as %q", got)
	}
	d.press("Save this figure")
	if d.window.Canvas().Overlays().Top() == nil {
		t.Error("no dialog asks where to save the figure")
	}
}

func TestASetupThatDoesNotHoldTheModelSaysSo(t *testing.T) {
	d := newDesk(t, 1216, 700, func(s calc.Scenario) calc.Scenario {
		return s.With("deployment.device", calc.Str("rtx4090")).With("deployment.devices", calc.Num(1))
	})
	d.sees("Your set-up does not hold this model.")
}

func TestTheTableListsTheCheapestFirstAndSortsByAnyColumn(t *testing.T) {
	d := newDesk(t, 1216, 700, nil)
	d.press("Cheapest set-ups")
	found, err := calc.NewAssessor(d.session.Catalogue()).Setups(context.Background(), d.session.Scenario(), calc.SetupQuery{}, sessiontest.Now, nil)
	if err != nil {
		t.Fatal(err)
	}
	cheapest := &found.Serving[0]
	d.sees("From "+d.page.currency().Total(cheapest.Least())+" a month, on "+cheapest.Label, format.Whole(float64(len(found.Serving))), format.Whole(float64(len(found.Apart))))
	for i := range columns {
		c := &columns[i]
		if c.apart || c.id == "model" {
			continue
		}
		for range 2 {
			d.press("Sort by " + c.title)
			rows := d.page.search.table.rows
			sorted := slices.IsSortedFunc(rows, func(x, y *row) int {
				if d.page.search.table.down {
					return c.less(y, x)
				}
				return c.less(x, y)
			})
			if !sorted || d.page.search.table.sort != c.id {
				t.Errorf("a press on %s does not sort by it", c.title)
			}
		}
		d.press("Sort by " + c.title) // back to the search's own order
	}
	if d.page.search.table.sort != "" {
		t.Errorf("still sorted by %s", d.page.search.table.sort)
	}
	d.focus()
	uitest.Key(d.window, fyne.KeyRight)
	if d.page.search.table.sort != "devices" {
		t.Errorf("the arrow sorts by %q, want the first column", d.page.search.table.sort)
	}
}

func TestFiltersAndSearchNarrowTheTable(t *testing.T) {
	d := newDesk(t, 1216, 700, nil)
	d.press("Cheapest set-ups")
	all := len(d.page.search.table.rows)
	d.press("any maker")
	uitest.Pick(t, d.window, "AMD")
	for _, r := range d.page.search.table.rows {
		if r.o.Maker != "AMD" {
			t.Fatalf("%s is by %s", r.o.Label, r.o.Maker)
		}
	}
	if n := len(d.page.search.table.rows); n == 0 || n == all {
		t.Fatalf("%d of %d rows after choosing a maker", n, all)
	}
	d.press("any engine")
	uitest.Pick(t, d.window, "SGLang")
	d.press("any precision")
	uitest.Pick(t, d.window, "FP8")
	uitest.Type(t, d.window, "Search set-ups", "mi300x attention")
	if len(d.page.search.table.rows) == 0 {
		t.Fatal("nothing is left of MI300X in FP8 on SGLang")
	}
	for _, r := range d.page.search.table.rows {
		if r.o.Engine != "sglang" || r.o.Precision != "fp8" || r.o.Device != "mi300x" || r.o.Layout != calc.LayoutSpread {
			t.Errorf("%s is not what was asked for", r.o.ID)
		}
	}
	uitest.Type(t, d.window, "Search set-ups", "no such thing")
	d.sees("No set-up matches")
	d.press("Show all")
	if len(d.page.search.table.rows) != all {
		t.Errorf("%d rows after Show all, want %d", len(d.page.search.table.rows), all)
	}
}

func TestWhatIsKeptOutStandsApartWithItsReason(t *testing.T) {
	d := newDesk(t, 1216, 700, nil)
	d.press("Cheapest set-ups")
	d.press("Kept out by a rule or a wish")
	d.sees("Kept out by", "Too few bits a weight")
	d.press("any bits")
	uitest.Pick(t, d.window, "below 4 bits")
	d.focus()
	uitest.Key(d.window, fyne.KeyDown)
	for _, r := range d.page.search.table.rows {
		if r.o.Bits >= 4 || r.whyNot == "" {
			t.Fatalf("%s stores %g bits; kept out: %q", r.o.ID, r.o.Bits, r.whyNot)
		}
	}
	d.sees("Kept out: ", "how good its answers are is a guess")
	nobody := newDesk(t, 1216, 700, func(s calc.Scenario) calc.Scenario { return s.With("rules.operations_staff", calc.No) })
	nobody.press("Cheapest set-ups")
	nobody.sees("Nothing serves this demand", "Nothing serves these calls with these rules and wishes")
	nobody.press("Show what is kept out")
	nobody.sees("Nobody to run it")
}

func TestARowOpensAndIsUsedKeptAndCopiedByKey(t *testing.T) {
	d := newDesk(t, 1216, 700, nil)
	d.press("Cheapest set-ups")
	d.focus()
	uitest.Key(d.window, fyne.KeyDown)
	o := d.page.search.detail.o
	if o == nil || o.ID != d.page.search.table.rows[0].o.ID {
		t.Fatalf("the panel shows %v", o)
	}
	d.sees("Why it fits", "What binds", "Next larger", "Launch command", checkFlags, "Head-room", "M/M/c")
	a := d.page.search.detail.a
	uitest.Key(d.window, fyne.KeyC)
	if got := fyne.CurrentApp().Clipboard().Content(); got == "" || got != a.Deployment.LaunchCommand {
		t.Errorf("C copied %q", got)
	}
	before := d.session.Scenario()
	uitest.Key(d.window, fyne.KeyK)
	if last := d.said[len(d.said)-1]; !strings.HasPrefix(last, "Kept as") {
		t.Errorf("K said %q", last)
	}
	if !d.session.Scenario().Equal(before) {
		t.Error("keeping a set-up changed the open case")
	}
	cases, err := d.session.Cases(context.Background(), "")
	if err != nil || !slices.ContainsFunc(cases, func(c session.Case) bool { return strings.HasSuffix(c.Name, o.Label) }) {
		t.Errorf("the library has %v, %v", cases, err)
	}
	d.press("Use this set-up")
	s := d.session.Scenario()
	if s.Text("deployment.device") != o.Device || s.Text("deployment.engine") != o.Engine || s.Text("deployment.precision") != o.Precision || s.Int("deployment.devices") != o.Devices {
		t.Errorf("the case is on %s %s %s", s.Text("deployment.device"), s.Text("deployment.engine"), s.Text("deployment.precision"))
	}
	if d.page.search.detail.o == nil || d.page.search.detail.o.ID != o.ID {
		t.Error("the panel closed when its set-up was used")
	}
	d.undo()
	if !d.session.Scenario().Equal(before) {
		t.Error("undo does not bring the case back")
	}
	uitest.Key(d.window, fyne.KeyEscape)
	d.seesNot("Why it fits")
}

// held keeps background work until a test lets it go.
type held struct{ work []func() }

func (h *held) run() {
	for len(h.work) > 0 {
		f := h.work[0]
		h.work = h.work[1:]
		f()
	}
}

// heldDesk is a desk whose searches wait for run.
func heldDesk(t *testing.T) (*desk, *held) {
	t.Helper()
	cat, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	h := &held{}
	hold := false
	s := session.New(session.Deps{Assessor: calc.NewAssessor(cat), Catalogue: cat, Draws: 20, Files: session.ScenarioFiles{Catalogue: cat}, Store: nothing{},
		Now: func() time.Time { return sessiontest.Now }, After: func(time.Duration, func()) func() { return func() {} },
		Go: func(f func()) {
			if hold {
				h.work = append(h.work, f)
				return
			}
			f()
		}})
	d := deskOf(t, s, inOrder(), 1216, 700, nil)
	hold = true
	return d, h
}

// nothing is a store that keeps nothing.
type nothing struct{ session.Store }

func (nothing) Save(context.Context, string, calc.Scenario, session.Summary) (session.Saved, error) {
	return session.Saved{ID: "1", Revision: 1}, nil
}
func (nothing) SetSetting(context.Context, string, string) error { return nil }
func (nothing) Settings(context.Context) (map[string]string, error) {
	return map[string]string{}, nil
}
func (nothing) Summarise(context.Context, string, int, session.Summary) error { return nil }

func TestAListOfOlderAnswersIsMarkedAndTheNewestWins(t *testing.T) {
	d, h := heldDesk(t)
	d.press("Cheapest set-ups")
	d.sees("Searching", "Cancel")
	d.press("Cancel")
	d.sees("stopped", "Search again")
	h.run()
	if d.page.search.found != nil {
		t.Fatal("a cancelled search was delivered")
	}
	d.press("Search again")
	h.run()
	first := d.page.search.found
	if first == nil {
		t.Fatal("nothing was found")
	}
	d.session.Set("workload.calls_per_month", calc.Num(3e6))
	d.sees("Searching")
	d.session.Set("workload.calls_per_month", calc.Num(9e6))
	if d.page.search.found != first {
		t.Error("the older list went away before the new one was there")
	}
	h.run()
	if d.page.search.found == first || d.page.search.of.Likely("workload.calls_per_month") != 9e6 || d.page.search.stale {
		t.Errorf("the list is of %g calls, stale %v", d.page.search.of.Likely("workload.calls_per_month"), d.page.search.stale)
	}
	d.seesNot("Searching", "of older answers")
	d.page.Hidden()
	d.session.Set("workload.calls_per_month", calc.Num(1e6))
	h.run()
	if d.page.search.of.Likely("workload.calls_per_month") != 9e6 {
		t.Error("the search ran although nobody looks")
	}
	d.page.Shown()
	h.run()
	if d.page.search.of.Likely("workload.calls_per_month") != 1e6 {
		t.Error("the list is not worked out anew when it comes into view")
	}
}

func TestABudgetIsReadAsPeopleWriteIt(t *testing.T) {
	d := newDesk(t, 1216, 700, func(s calc.Scenario) calc.Scenario {
		return s.With("rules.monthly_usd_limit", calc.Num(30e3))
	})
	d.press("Most calls for a budget")
	d.sees("$30 k a month serve up to", "What stops it", "API, market median")
	own := d.page.budget.found.Options
	uitest.Type(t, d.window, "Budget a month, such as 20k", "25k")
	uitest.Key(d.window, fyne.KeyReturn)
	d.sees("$25 k a month serve up to")
	if d.page.budget.found.Options[0].Calls > own[0].Calls {
		t.Error("less money serves more calls")
	}
	uitest.Type(t, d.window, "Budget a month, such as 20k", "a lot")
	uitest.Key(d.window, fyne.KeyReturn)
	if d.page.budget.field.Problem() == "" || d.page.budget.field.Text() != "a lot" {
		t.Errorf("the field says %q with %q in it", d.page.budget.field.Problem(), d.page.budget.field.Text())
	}
	d.sees("$25 k a month serve up to") // what was found stays
	uitest.Type(t, d.window, "Budget a month, such as 20k", "$0")
	if d.page.budget.field.Problem() == "" {
		t.Error("an amount of nothing is no problem")
	}
}

func TestABudgetRowOpensItsSetup(t *testing.T) {
	d := newDesk(t, 1216, 700, nil)
	d.press("Most calls for a budget")
	uitest.Type(t, d.window, "Budget a month, such as 20k", "40,000")
	d.press("Find")
	i := slices.IndexFunc(d.page.budget.found.Options, func(o calc.BudgetOption) bool { return o.Kind == calc.Own })
	if i < 0 {
		t.Fatal("no own route serves anything for $40,000")
	}
	o := &d.page.budget.found.Options[i]
	d.press(format.Whole(o.Calls))
	d.sees("Use this set-up", "Launch command", "Why it fits")
	if !strings.Contains(o.Stops, "replicas") && !strings.Contains(o.Stops, "limit") {
		t.Errorf("what stops owning: %q", o.Stops)
	}
}

func TestTheBudgetIsInTheCasesCurrency(t *testing.T) {
	d := newDesk(t, 1216, 700, func(s calc.Scenario) calc.Scenario {
		return s.With("currency.code", calc.Str("EUR")).With("currency.per_usd", calc.Num(0.5)).With("rules.monthly_usd_limit", calc.Num(30e3))
	})
	d.press("Most calls for a budget")
	d.sees("€15 k a month serve up to")
	for _, o := range d.page.budget.found.Options {
		if strings.Contains(o.Stops, "$") {
			t.Errorf("%s is stopped in dollars: %q", o.Route, o.Stops)
		}
	}
	if d.page.budget.usd != 30e3 {
		t.Errorf("€15 k at half a euro a dollar are read as $%g", d.page.budget.usd)
	}
}

func TestNarrowWindowsKeepWhatDecides(t *testing.T) {
	for _, width := range []float32{1216, 896, 520} {
		cols, x, w := shownColumns(width-2*margin, false, false)
		var ids []string
		for i, c := range cols {
			ids = append(ids, c.id)
			if end := x[i] + w[i]; end > width-2*margin+1 && width > 520 {
				t.Errorf("at %g %s ends at %g", width, c.id, end)
			}
		}
		for _, id := range []string{"devices", "precision", "own", "rent", "speed"} {
			if !slices.Contains(ids, id) {
				t.Errorf("at %g the columns are %v, without %s", width, ids, id)
			}
		}
	}
}

func TestOnlyRowsInViewExist(t *testing.T) {
	d := newDesk(t, 1216, 700, nil)
	d.press("Cheapest set-ups")
	d.press("Kept out by a rule or a wish")
	rows := len(d.page.search.table.rows)
	shown := 0
	for _, r := range d.page.search.table.rows {
		if strings.Contains(uitest.Screen(d.window), r.o.DeviceLabel) {
			shown++
		}
		if shown > 0 {
			break
		}
	}
	if rows < 1000 || len(uitest.Texts(d.page.search.table.list)) > 100*len(columns) {
		t.Errorf("%d rows are drawn with %d texts", rows, len(uitest.Texts(d.page.search.table.list)))
	}
}

// BenchmarkFill sorts and shows thousands of rows.
func BenchmarkFill(b *testing.B) {
	d := newDesk(b, 1216, 700, nil)
	test.Tap(d.page.search.apart)
	d.page.tabs.Select(viewSearch)
	d.page.update()
	d.page.search.side(true)
	b.ReportMetric(float64(len(d.page.search.table.rows)), "rows")
	for i := 0; b.Loop(); i++ {
		d.page.search.table.order(&columns[[]int{1, 7, 11}[i%3]])
	}
}

// BenchmarkSearchText narrows thousands of rows by words.
func BenchmarkSearchText(b *testing.B) {
	d := newDesk(b, 1216, 700, nil)
	d.page.tabs.Select(viewSearch)
	d.page.update()
	d.page.search.side(true)
	for i := 0; b.Loop(); i++ {
		d.page.search.search.Replace(fmt.Sprintf("h%d gguf", 100+i%2*100))
		d.page.search.fill()
	}
}
