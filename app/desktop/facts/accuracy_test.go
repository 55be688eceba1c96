package facts

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hostwise/app/desktop/session/sessiontest"
	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/ui/uitest"
	"hostwise/app/figure"
	"hostwise/calc"
	"hostwise/calc/memory"
	"hostwise/calc/serving"
)

// nearCount counts the estimates within 10 % straight from the packages that make them.
func nearCount[T any](rows []T, compared func(T) bool, off func(T) float64) (near, all int) {
	for _, r := range rows {
		if !compared(r) {
			continue
		}
		all++
		if e := off(r); e <= 0.10 && e >= -0.10 {
			near++
		}
	}
	return near, all
}

func TestHowAccurateSaysWhatItFinds(t *testing.T) {
	w, p, s := show(t)
	uitest.Press(t, w, "How accurate?")
	near, all := nearCount(serving.Accuracy(s.Catalogue()), func(c serving.Comparison) bool { return c.Reason == "" },
		func(c serving.Comparison) float64 { return c.Beside.Error })
	uitest.Sees(t, w, fmt.Sprintf("%d of %d speed estimates are within 10 %%", near, all), "Median error", "How far off", "R1 on one server",
		"Left out on purpose, then predicted", "Without every run of the same source", "Where it fails", "Not compared", "Add your own run")
	uitest.Press(t, w, "Memory")
	near, all = nearCount(memory.Accuracy(s.Catalogue()), func(c memory.Comparison) bool { return c.Reason == "" },
		func(c memory.Comparison) float64 { return c.Error })
	uitest.Sees(t, w, fmt.Sprintf("%d of %d memory estimates are within 10 %%", near, all), "whole-model weights", "a custom mix: no rule gives its size")
	uitest.SeesNot(t, w, "Left out on purpose")
	if got := len(calc.WorstAccuracy(p.accuracy.picked(), mostWorst)); got != mostWorst {
		t.Errorf("%d of the worst are listed", got)
	}
}

func TestAccuracyIsNarrowedByEngineDeviceAndKind(t *testing.T) {
	w, p, _ := show(t)
	p.GoTo("accuracy/speed")
	before := len(p.accuracy.picked())
	test.Tap(p.accuracy.engine)
	uitest.Pick(t, w, "vLLM")
	rows := p.accuracy.picked()
	if len(rows) == 0 || len(rows) >= before {
		t.Fatalf("%d rows of vLLM, %d in all", len(rows), before)
	}
	for _, r := range rows {
		if r.Engine != "vLLM" {
			t.Errorf("%s is of %s", r.ID, r.Engine)
		}
	}
	uitest.Sees(t, w, figure.AccuracyTitle(rows))
	test.Tap(p.accuracy.by)
	uitest.Pick(t, w, "by device")
	one := calc.GroupAccuracy(rows, calc.ByDevice)[0]
	uitest.Press(t, w, one.Name) // a group narrows to itself
	for _, r := range p.accuracy.picked() {
		if r.Device != one.Name {
			t.Errorf("%s is on %s, wanted %s", r.ID, r.Device, one.Name)
		}
	}
	p.accuracy.narrow(one.Name)
	if len(p.accuracy.picked()) != len(rows) {
		t.Error("a second press does not show all again")
	}
	p.accuracy.show(showMemory)
	if p.accuracy.engine.Chosen() != "" {
		t.Error("the filter of speed narrows memory")
	}
}

func TestAMarkNamesItsRunAndOpensIt(t *testing.T) {
	w, p, _ := show(t)
	p.GoTo("accuracy")
	s := p.accuracy.scatter
	l, _, ok := s.chart.Layout()
	if !ok || s.chart.View.Picture() == nil {
		t.Fatal("no picture")
	}
	want := calc.WorstAccuracy(s.rows, 1)[0]
	reading, ok := s.probe(l.X.Pixel(want.Measured)/float64(l.Width), l.Y.Pixel(want.Estimate.Likely)/float64(l.Height))
	if !ok || !strings.Contains(strings.Join(reading.Lines, "\n"), want.Hardware) {
		t.Errorf("over the mark of %s it says %v", want.ID, reading.Lines)
	}
	if _, ok := s.probe(0.02, 0.02); ok {
		t.Error("an empty corner names a run")
	}
	w.Canvas().Focus(s)
	uitest.Key(w, fyne.KeyRight)
	uitest.Key(w, fyne.KeyRight)
	at := s.rows[1]
	uitest.Sees(t, w, at.Hardware, "measured "+figure.AccuracyAmount(at.Measured, at.Unit))
	if !slices.ContainsFunc(s.chart.Figure().Layers, func(l figure.Layer) bool { m, ok := l.(figure.Points); return ok && m.Name == "chosen" }) {
		t.Error("the run that the arrows came to is not marked in the picture")
	}
	uitest.Key(w, fyne.KeyReturn)
	if p.current != listRuns || p.at != runID(&at) {
		t.Fatalf("Enter shows %s %s, wanted the row of %s", p.current, p.at, at.ID)
	}
	uitest.Sees(t, w, "Our range", "Measurement in our range", "Quoted line", at.Source)
	uitest.Press(t, w, "Picture")
	if p.current != listAccuracy {
		t.Error("there is no way back to the picture")
	}
}

func TestEveryMeasuredRunStandsInTheTable(t *testing.T) {
	w, p, s := show(t)
	p.GoTo("accuracy")
	rows := len(serving.Accuracy(s.Catalogue()))
	uitest.Press(t, w, fmt.Sprintf("All %d rows", rows))
	if len(p.grid.rows) != rows {
		t.Fatalf("%d rows, wanted %d", len(p.grid.rows), rows)
	}
	for i := 1; i < len(p.grid.rows); i++ {
		if p.grid.rows[i].value > p.grid.rows[i-1].value {
			t.Fatal("the rows are not in order of their error")
		}
	}
	last := p.grid.rows[len(p.grid.rows)-1]
	p.pick(last.id)
	uitest.Sees(t, w, "Not compared because")
	uitest.Type(t, w, "Search this table", "h200 sglang")
	if n := len(p.grid.rows); n == 0 || n == rows {
		t.Errorf("%d of %d rows for h200 sglang", n, rows)
	}
	test.Tap(p.sort)
	uitest.Pick(t, w, "oldest first")
	if !slices.IsSortedFunc(p.grid.rows, func(a, b record) int { return a.fact.Date().Compare(b.fact.Date()) }) {
		t.Error("the rows are not in order of their date")
	}
}

func TestThePublishedDayIsOnThePage(t *testing.T) {
	w, p, _ := show(t)
	p.GoTo("accuracy/arithmetic")
	uitest.Sees(t, w, "$87,072", "226.75 nodes × 8 devices × 24 h × $2", "exactly the published amount", "227 nodes × 8 devices × 24 h × $2", "$87,168",
		"$562,100", "$73 more than the published $562,027", "The gap is that rounding", "73.7k tokens/s input", "14.8k tokens/s output", "open-infra-index")
	uitest.Press(t, w, "Open this row")
	if p.current != "measured" || p.at != publishedDayRun {
		t.Errorf("it opens %s %s", p.current, p.at)
	}
	uitest.Sees(t, w, "R1 671B in FP8 on 8 × H800", "Show the log's own line")
	uitest.Press(t, w, "Show the log's own line")
	uitest.Sees(t, w, "Line", "73.7k tokens/s input")
}

// The comparison takes a while: the page is there before it, and it is made once.
func TestTheComparisonIsMadeOnceAndBesideThePage(t *testing.T) {
	s := sessiontest.New(t)
	sessiontest.Case(t, s, "saas-app", "Case", nil)
	w := uitest.Show(t, nil, 1216, 690)
	shell := ui.Detached()
	shell.Window = w
	var waiting []func()
	shell.Run = ui.Runner{Go: func(f func()) { waiting = append(waiting, f) }, Do: func(f func()) { f() }}
	p := New(s, shell)
	w.SetContent(p.Content())
	p.GoTo("accuracy")
	uitest.Sees(t, w, "Comparing every estimate with its measurement")
	p.GoTo("accuracy/memory")
	p.GoTo("devices")
	p.GoTo("accuracy/speed")
	for len(waiting) > 0 {
		f := waiting[0]
		waiting = waiting[1:]
		f()
	}
	uitest.Sees(t, w, "speed estimates are within 10 %")
	rows := &p.accuracy.rows[0]
	p.GoTo("accuracy/memory")
	if rows != &p.accuracy.rows[0] {
		t.Error("the runs were compared again")
	}
}

func TestEveryPlaceCanBeGoneTo(t *testing.T) {
	w, p, s := show(t)
	for place, want := range map[string]string{
		"recheck": "What to recheck before procurement", "accuracy": "How accurate is this?", "accuracy/speed": "speed estimates", "accuracy/memory": "memory estimates",
		"accuracy/arithmetic": "DeepSeek's published day", "measured/add": "Requests at once", "prices/add": "Kind of provider",
		"devices/add": "Memory bandwidth", "hosts/add": "Power without cards", "models/add": "Same shape as", "rents/add": "Price of one device for an hour",
		"devices/h200-sxm": "Use my own figure", "rents/h200-sxm/" + s.Catalogue().Device("h200-sxm").Rent[0].Provider: "I checked this",
		"accuracy/speed/" + firstCompared(p): "measured ",
	} {
		p.GoTo(place)
		if screen := uitest.Screen(w); !strings.Contains(screen, want) {
			t.Errorf("%s: no %q on\n%s", place, want, screen)
		}
	}
	p.GoTo("devices")
	p.GoTo("no-such-table/x")
	p.GoTo("accuracy/moons")
	p.GoTo("sources/add") // has no form
	uitest.Sees(t, w, "Sources")
}

func firstCompared(p *Page) string {
	p.GoTo("accuracy")
	return p.accuracy.scatter.rows[0].ID
}

func TestTheNumbersCanBeCopied(t *testing.T) {
	w, p, _ := show(t)
	p.GoTo("accuracy/memory")
	uitest.Press(t, w, "Copy the numbers")
	lines := strings.Split(strings.TrimSpace(fyne.CurrentApp().Clipboard().Content()), "\n")
	if len(lines) != len(p.accuracy.picked())+1 || strings.Count(lines[0], "\t") != strings.Count(lines[5], "\t") {
		t.Errorf("%d lines for %d rows; the first is %q", len(lines), len(p.accuracy.picked()), lines[0])
	}
}
