package session_test

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"hostwise/app/desktop/session"
	"hostwise/assets"
	"hostwise/calc"
	"hostwise/storage"
)

// A verdict and the next answer are often on their way to the disk at once; that is one window, not two.
func TestAVerdictAndAnAnswerSavedAtOnceAreNoConflict(t *testing.T) {
	cat, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	db, err := storage.Open(t.Context(), filepath.Join(t.TempDir(), "cases.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	store := session.NewDatabase(db, cat, "test")
	s := calc.Scenario{}.With("name", calc.Str("Desk"))
	saved, err := store.Save(t.Context(), "", s, session.Summary{})
	if err != nil {
		t.Fatal(err)
	}
	id := saved.ID
	for i := range 60 {
		s = s.With("workload.calls_per_month", calc.Num(float64(1000+i)))
		revision := saved.Revision
		var both sync.WaitGroup
		both.Go(func() {
			if err := store.Summarise(t.Context(), id, revision, session.Summary{Headline: fmt.Sprint("verdict ", i)}); err != nil {
				t.Errorf("verdict %d: %v", i, err)
			}
		})
		var next session.Saved
		both.Go(func() {
			var err error
			next, err = store.Save(t.Context(), id, s, session.Summary{})
			if err != nil {
				t.Errorf("answer %d: %v", i, err)
			}
		})
		both.Wait()
		saved = next
	}
}
