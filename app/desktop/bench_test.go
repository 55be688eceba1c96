package desktop

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/session/sessiontest"
	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/ui/uitest"
	"hostwise/calc"
)

// crowded returns a window over a database of ten thousand cases, the last one open.
func crowded(b *testing.B) (*window, *session.Session) {
	b.Helper()
	s := sessiontest.Open(b, sessiontest.Crowded(b))
	sessiontest.Case(b, s, "saas-app", "Support desk", nil)
	a := test.NewTempApp(b)
	look := &ui.Theme{}
	a.Settings().SetTheme(look)
	w := newWindow(a, s, look, Options{Version: "1.2.3", Writer: fakeWriter{}, Getenv: func(string) string { return "" }}, ui.Inline)
	b.Cleanup(w.win.Close)
	w.win.Resize(w.win.Canvas().Size())
	return w, s
}

// report tells the middle and the 95th percentile of what was measured, in milliseconds.
func report(b *testing.B, took []time.Duration) {
	b.Helper()
	slices.Sort(took)
	ms := func(share float64) float64 {
		return float64(took[int(share*float64(len(took)-1))].Microseconds()) / 1000
	}
	b.ReportMetric(ms(0.5), "p50-ms")
	b.ReportMetric(ms(0.95), "p95-ms")
}

// BenchmarkAnswerToVerdict measures from an answer to the verdict's text on the page: the base answer, which does not
// wait for the draws. The answers alternate, so that nothing is found ready.
func BenchmarkAnswerToVerdict(b *testing.B) {
	for _, page := range []string{ui.PageGuide, ui.PageResults} {
		b.Run(page, func(b *testing.B) {
			w, s := crowded(b)
			w.goTo(page, "")
			var shown time.Time
			s.OnChange(func(e session.Event) { // told after the page, which was there first
				if _, state := s.Assessment(); e.Kind == session.AssessmentChanged && state.Computing == session.ComputeFull {
					shown = time.Now()
				}
			})
			var took []time.Duration
			for i := 0; b.Loop(); i++ {
				start := time.Now()
				s.Set("workload.output_tokens_per_call", calc.Num(float64(400+i%977)))
				if shown.Before(start) {
					b.Fatal("no base answer was shown")
				}
				took = append(took, shown.Sub(start))
			}
			report(b, took)
		})
	}
}

// BenchmarkPageSwitch measures going from one page to the next, laid out.
func BenchmarkPageSwitch(b *testing.B) {
	w, _ := crowded(b)
	for _, p := range pages {
		w.goTo(p.id, "")
	}
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		w.goTo(pages[i%len(pages)].id, "")
		took = append(took, time.Since(start))
	}
	report(b, took)
}

// BenchmarkLibrarySearch measures a letter typed into the library's search, up to the rows it leaves.
func BenchmarkLibrarySearch(b *testing.B) {
	w, _ := crowded(b)
	w.goTo(ui.PageLibrary, "")
	words := []string{"b", "branch 77", "tag 3", "saas", "branch 9999", "nothing at all"}
	var took []time.Duration
	field := uitest.Fields(w.win)[0]
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		field.Entry().SetText(words[i%len(words)]) // as the last letter of the words
		took = append(took, time.Since(start))
	}
	report(b, took)
}
