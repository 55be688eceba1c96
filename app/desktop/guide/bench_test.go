package guide

import (
	"context"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"hostwise/app/desktop/session"
	"hostwise/app/desktop/session/sessiontest"
	"hostwise/app/desktop/ui"
	"hostwise/app/desktop/ui/uitest"
	"hostwise/assets"
	"hostwise/calc"
	"hostwise/storage"
)

// behind is a session whose work runs on goroutines of its own and comes back through a queue, as in the app.
func behind(b *testing.B) (s *session.Session, queue chan func()) {
	b.Helper()
	cat, err := assets.Catalogue()
	if err != nil {
		b.Fatal(err)
	}
	db, err := storage.Open(context.Background(), sessiontest.Crowded(b), storage.Options{})
	if err != nil {
		b.Fatal(err)
	}
	queue = make(chan func(), 1000)
	b.Cleanup(func() { _ = db.Close() })
	return session.New(session.Deps{
		Store: session.NewDatabase(db, cat, "test"), Assessor: calc.NewAssessor(cat), Catalogue: cat,
		Now: func() time.Time { return sessiontest.Now }, Do: func(f func()) { queue <- f },
		Settle: 50 * time.Millisecond,
	}), queue
}

// percentiles reports the middle and the 95th percentile of what was measured, in milliseconds.
func percentiles(b *testing.B, name string, took []time.Duration) {
	b.Helper()
	slices.Sort(took)
	for share, label := range map[float64]string{0.5: "p50", 0.95: "p95"} {
		b.ReportMetric(float64(took[int(share*float64(len(took)-1))].Microseconds())/1000, name+"-"+label+"-ms")
	}
}

// opened is the page of a session in a window of the first size.
func opened(b *testing.B, s *session.Session, run ui.Runner) (fyne.Window, *Page) {
	b.Helper()
	w := uitest.Show(b, nil, 1216, 690)
	shell := ui.Detached()
	shell.Window, shell.Run = w, run
	p := New(s, shell)
	w.SetContent(p.Content())
	p.Shown()
	return w, p
}

// assessed is a session that does everything at once, with its first answer worked out.
func assessed(b *testing.B) *session.Session {
	b.Helper()
	s := sessiontest.New(b)
	s.Reassess()
	return s
}

// BenchmarkKeyToVerdict types digits into a question's field. "key" is how long the window's goroutine is busy with
// one key, in which nothing is assessed or drawn; "verdict" is from the key until the verdict's text of the new answer
// is set.
func BenchmarkKeyToVerdict(b *testing.B) {
	s, queue := behind(b)
	w, p := opened(b, s, ui.Runner{Go: func(f func()) { go f() }, Do: func(f func()) { queue <- f }})
	p.GoTo("workload.output_tokens_per_call")
	field := uitest.Fields(w)[0]
	var keys, verdicts []time.Duration
	for i := 0; b.Loop(); i++ {
		if i%4 == 0 { // a fresh number now and then
			field.Replace("")
		}
		start := time.Now()
		field.Entry().TypedRune(rune('1' + i%9))
		keys = append(keys, time.Since(start))
		for done := false; !done; {
			(<-queue)()
			_, state := s.Assessment()
			done = state.Computing != session.ComputeBase
		}
		verdicts = append(verdicts, time.Since(start))
	}
	percentiles(b, "key", keys)
	percentiles(b, "verdict", verdicts)
}

// BenchmarkFilterKey types into the filter of all inputs: up to the rows that it leaves.
func BenchmarkFilterKey(b *testing.B) {
	w, p := opened(b, assessed(b), ui.Inline)
	p.GoTo(placeAll)
	var took []time.Duration
	words := []string{"p", "pr", "price", "", "electr", "zzz"}
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		p.all.filter.Entry().SetText(words[i%len(words)])
		w.Canvas().Content().Refresh()
		took = append(took, time.Since(start))
	}
	percentiles(b, "filter", took)
}

// BenchmarkOpenAllInputs opens the page of all inputs from a question.
func BenchmarkOpenAllInputs(b *testing.B) {
	w, p := opened(b, assessed(b), ui.Inline)
	var took []time.Duration
	for b.Loop() {
		p.GoTo("workload.stage")
		start := time.Now()
		p.GoTo(placeAll)
		w.Canvas().Content().Resize(fyne.NewSize(1216, 690))
		took = append(took, time.Since(start))
	}
	percentiles(b, "open", took)
}
