package results

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"pgregory.net/rapid"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/ui"
	"hostwise/app/figure"
	"hostwise/calc"
)

// anew is what the tab in view says where it is built for the first time, on a page of its own.
func (d *desk) anew() string {
	d.t.Helper()
	kept := d.page
	tab := kept.tabs.Current()
	fresh := &desk{t: d.t, session: d.session, page: New(d.session, kept.shell), window: d.window}
	d.window.SetContent(fresh.page.Content())
	fresh.page.Shown()
	fresh.page.GoTo(tab)
	words := fresh.words()
	fresh.page.host.Objects = nil // it is never in view again, and follows the session no more
	d.window.SetContent(kept.Content())
	return words
}

// What stays on the page is what did not change: after any answers, walked through any tabs, each tab says what a page
// says that never showed anything before.
func TestWhateverWasShownBeforeATabSaysWhatANewPageSays(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	tabs := []string{TabAnswer, TabMemory, TabCosts, TabAssumptions, TabNext}
	answers := []func(s *session.Session){
		func(s *session.Session) { s.Set("workload.calls_per_month", calc.Num(40_000_000)) },
		func(s *session.Session) { s.Set("workload.calls_per_month", calc.Num(500)) },
		func(s *session.Session) { s.Set("model", calc.Str("r1-distill-qwen-32b")) },
		func(s *session.Session) { s.Set("rules.data_may_leave_site", calc.No) },
		func(s *session.Session) { s.Set("rules.operations_staff", calc.No) },
		func(s *session.Session) { s.Set("workload.output_tokens_per_call", calc.Num(900)) },
		func(s *session.Session) { s.Set("currency.code", calc.Str("EUR")) },
		func(s *session.Session) { s.SetAmountsPer(session.PerDay) },
		func(s *session.Session) { s.Set("model", calc.Str("deepseek-r9")) },
		func(s *session.Session) { s.Undo() },
		func(s *session.Session) { s.Undo() },
	}
	rapid.Check(t, func(r *rapid.T) {
		d.t = t
		for range rapid.IntRange(1, 4).Draw(r, "steps") {
			answers[rapid.IntRange(0, len(answers)-1).Draw(r, "answer")](d.session)
			d.session.LeaveField()
			d.page.GoTo(tabs[rapid.IntRange(0, len(tabs)-1).Draw(r, "tab")])
		}
		if got, want := d.words(), d.anew(); !slices.Equal(lines(got), lines(want)) {
			a, b := lines(got), lines(want)
			i := 0
			for i < len(a) && i < len(b) && a[i] == b[i] {
				i++
			}
			r.Errorf("the tab %s goes on with:\n%s\na new page with:\n%s", d.page.tabs.Current(),
				strings.Join(a[i:min(i+6, len(a))], "\n"), strings.Join(b[i:min(i+6, len(b))], "\n"))
		}
	})
}

// lines are the words without the empty texts, such as the note of a figure that is not drawn yet.
func lines(words string) []string {
	return slices.DeleteFunc(strings.Split(words, "\n"), func(l string) bool { return l == "" })
}

// A tab that was filled before is filled again when it is opened after an answer, and one that is open follows.
func TestATabOpenedLaterShowsTheNewestAnswer(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	d.page.GoTo(TabCosts)
	d.page.GoTo(TabAnswer)
	d.session.Set("workload.calls_per_month", calc.Num(77_000))
	if tab := d.page.made[TabCosts].(*costsTab); strings.Contains(wordsOf(tab.content()), "77,000") {
		t.Error("a tab out of view was worked on")
	}
	d.page.GoTo(TabCosts)
	best := d.assessment().Route(d.assessment().Verdict.Route)
	d.sees(d.page.view().cur.Exact(best.Monthly.Likely))
	d.session.Set("workload.calls_per_month", calc.Num(78_000))
	again := d.assessment().Route(d.assessment().Verdict.Route)
	d.sees(d.page.view().cur.Exact(again.Monthly.Likely))
}

func wordsOf(o fyne.CanvasObject) string {
	var b strings.Builder
	visit(o, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		if x, ok := o.(*ui.Text); ok {
			b.WriteString(x.Words() + "\n")
		}
	})
	return b.String()
}

// While an answer is on its way the page stays as it is: building it again with the old answer would only delay the
// new one.
func TestTheOldAnswerIsNotBuiltAgainWhileTheNewOneIsOnItsWay(t *testing.T) {
	j := &jobs{}
	d := newDeskWith(t, "saas-app", nil, calc.NewAssessor(catalogueFor(t)), j, 1280, 720)
	built := d.countFigures()
	j.hold = true
	d.session.Set("workload.calls_per_month", calc.Num(120_000))
	if *built > 0 {
		t.Errorf("%d figures were described before there was an answer", *built)
	}
	j.run()
	d.sees("At 120 k calls a month")
	if *built == 0 {
		t.Error("no figure was described for the answer")
	}
}

// countFigures counts the figures that are described from here on.
func (d *desk) countFigures() *int {
	n := new(int)
	inner := d.page.build
	d.page.build = func(id string, a *calc.Assessment, opt figure.BuildOptions) (figure.Figure, error) {
		*n++
		return inner(id, a, opt)
	}
	return n
}

// Figures are drawn where they can be seen, and half a screen beyond; scrolling brings the rest.
func TestFiguresAreDrawnWhenTheyComeIntoView(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	drawn := func(id string) bool {
		p := d.pane(id)
		_, _, ok := p.chart.Layout()
		return ok && p.chart.View.Picture() != nil
	}
	last := figureOrder[len(figureOrder)-1]
	if !drawn(figureOrder[0]) {
		t.Error("the first figure is in view and not drawn")
	}
	if drawn(last) {
		t.Errorf("%s is far below the edge and drawn", last)
	}
	scroll := d.page.made[TabAnswer].(*answerTab).scroll
	ui.ScrollByKey(scroll, fyne.KeyEnd)
	if !drawn(last) {
		t.Errorf("%s is in view and not drawn", last)
	}
	d.session.Set("workload.calls_per_month", calc.Num(120_000))
	if drawn(figureOrder[0]) {
		t.Error("out of view an older picture is still there")
	}
	ui.ScrollByKey(scroll, fyne.KeyHome)
	if !drawn(figureOrder[0]) {
		t.Error("back in view it is not drawn anew")
	}
	d.window.Resize(fyne.NewSize(1280, 2400))
	for _, id := range figureOrder {
		if !drawn(id) {
			t.Errorf("%s is in view of a high window and not drawn", id)
		}
	}
}

// The description of the set-up stands once: at the side, or below the table where the window is narrow.
func TestTheSetUpIsDescribedWhereThereIsRoom(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	d.page.GoTo(TabMemory)
	for _, width := range []float32{1280, 620, 1280} {
		d.window.Resize(fyne.NewSize(width, 720))
		if n := strings.Count(d.words(), "Launch command\n"); n != 1 {
			t.Errorf("at a width of %s the launch command stands %d times", strconv.Itoa(int(width)), n)
		}
	}
	d.session.Set("deployment.concurrent_sequences", calc.Num(64))
	d.sees("64 requests of 32,768 tokens at once", d.assessment().Deployment.LaunchCommand)
}

// Figures of a row begin and end on one line, so that the eye can run along them.
func TestFiguresOfARowAreAligned(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	columns, _ := columnsIn(1280-2*margin, 3)
	for i := 0; i+1 < len(figureOrder); i++ {
		a, b := d.pane(figureOrder[i]), d.pane(figureOrder[i+1])
		if (i+1)%columns == 0 {
			if b.Position().Y <= a.Position().Y {
				t.Errorf("%s does not stand below %s", b.id, a.id)
			}
			continue
		}
		if a.Position().Y != b.Position().Y || a.Size() != b.Size() {
			t.Errorf("%s at %v, %v and %s at %v, %v are one row", a.id, a.Position(), a.Size(), b.id, b.Position(), b.Size())
		}
	}
}

// Under a pointer that rests the values follow the answer: those of an older picture are not left standing.
func TestWhatThePointerReadsFollowsTheAnswer(t *testing.T) {
	d := newDesk(t, "saas-app", nil)
	p := d.pane("monthly-cost")
	l, _, ok := p.chart.Layout()
	if !ok {
		t.Fatal("the cost curve is not drawn")
	}
	head := p.Size().Height - float32(l.Height)
	at := fyne.NewPos(float32(l.X.Pixel(1e6)), head+float32(l.Bottom-10))
	p.chart.View.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}})
	d.session.Set("workload.output_tokens_per_call", calc.Num(4000))
	head = p.Size().Height - float32(l.Height)
	r, ok := p.probe(float64(at.X/p.Size().Width), float64((at.Y-head)/float32(l.Height)))
	if !ok {
		t.Fatal("nothing is read there any more")
	}
	d.sees(strings.Join(r.Lines, "\n"))
}
