// Package sessiontest gives tests of pages a session over a real database and the real catalogue, with a clock
// that stands still and everything done at once on the calling goroutine.
package sessiontest

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"hostwise/app/desktop/session"
	"hostwise/assets"
	"hostwise/calc"
	"hostwise/storage"
)

// Now is the time of every test's session.
var Now = time.Date(2026, 11, 23, 14, 2, 0, 0, time.UTC)

// draws are enough for ranges and chances to be there, and few enough to be quick.
const draws = 40

// New returns a session with nothing saved yet.
func New(t testing.TB) *session.Session {
	t.Helper()
	return Open(t, filepath.Join(t.TempDir(), "cases.db"))
}

// Open returns a session over the database at path.
func Open(t testing.TB, path string) *session.Session {
	t.Helper()
	return over(t, path, func(f func()) { f() })
}

// Later returns a session with nothing saved yet, whose work off the window's goroutine waits until run is called: then
// all of it is done, and what comes of it. It is the order of things in the real window.
func Later(t testing.TB) (s *session.Session, run func()) {
	t.Helper()
	var waiting []func()
	run = func() {
		for len(waiting) > 0 {
			f := waiting[0]
			waiting = waiting[1:]
			f()
		}
	}
	return over(t, filepath.Join(t.TempDir(), "cases.db"), func(f func()) { waiting = append(waiting, f) }), run
}

func over(t testing.TB, path string, behind func(func())) *session.Session {
	t.Helper()
	cat, err := assets.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	db, err := storage.Open(t.Context(), path, storage.Options{Now: func() time.Time { return Now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return session.New(session.Deps{
		Store: session.NewDatabase(db, cat, "test"), Assessor: calc.NewAssessor(cat), Catalogue: cat,
		Files: session.ScenarioFiles{Catalogue: cat}, Draws: draws,
		Now:   func() time.Time { return Now },
		Go:    behind,
		After: func(time.Duration, func()) func() { return func() {} },
	})
}

// Case saves a case from a template under a name, with answers, and leaves it open.
func Case(t testing.TB, s *session.Session, template, name string, answers map[string]calc.Value) (id string) {
	t.Helper()
	if err := s.NewCase(template); err != nil {
		t.Fatal(err)
	}
	s.Edit("answers", func(sc calc.Scenario) calc.Scenario {
		sc = sc.With("name", calc.Str(name))
		for path, v := range answers {
			sc = sc.With(path, v)
		}
		return sc
	})
	if err := s.SaveNow(); err != nil {
		t.Fatal(err)
	}
	return s.ID()
}

// manyCases is a person who never deletes.
const manyCases = 10_000

// Crowded writes 10,000 cases into a new database, made from all templates and with a dozen tags among them, and returns
// its path.
func Crowded(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cases.db")
	db, err := storage.Open(context.Background(), path, storage.Options{Now: func() time.Time { return Now }})
	if err != nil {
		t.Fatal(err)
	}
	list := make([]storage.Case, manyCases)
	for i := range list {
		from := calc.Templates[i%len(calc.Templates)]
		name := fmt.Sprintf("%s, branch %d", from.Label, i)
		list[i] = storage.Case{Name: name, Tags: []string{fmt.Sprintf("tag %d", i%12)}, Scenario: from.Scenario().With("name", calc.Str(name)).JSON()}
	}
	if _, err := db.SaveMany(context.Background(), list); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}
