package session

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"hostwise/calc"
	"hostwise/storage"
)

// counted is a store that counts how often the whole list is read, and can fail.
type counted struct {
	Store
	whole int
	err   error
}

func (c *counted) List(ctx context.Context, words string) ([]Case, error) {
	c.whole++
	if c.err != nil {
		return nil, c.err
	}
	return c.Store.List(ctx, words)
}

func (w *world) count() *counted {
	c := &counted{Store: w.deps.Store}
	w.deps.Store = c
	return c
}

// listed is the list as ListCases delivers it.
func (w *world) listed(t *testing.T) []Case {
	t.Helper()
	var got []Case
	w.ListCases(func(cases []Case, err error) {
		if err != nil {
			t.Fatal(err)
		}
		got = cases
	})
	return got
}

// TestTheListAtHandIsTheListOnTheDisk does what a person, another window and a command do in any order, and holds the
// list at hand against the disk after each step.
func TestTheListAtHandIsTheListOnTheDisk(t *testing.T) {
	w := newWorld(t)
	other, err := storage.Open(t.Context(), w.path, storage.Options{Now: func() time.Time { return w.clock.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Close() })
	r := rand.New(rand.NewPCG(7, 11))
	any := func() string {
		cases := w.listed(t)
		if len(cases) == 0 {
			return ""
		}
		return cases[r.IntN(len(cases))].ID
	}
	steps := []struct {
		name string
		do   func() error
	}{
		{"new", func() error { return w.NewCase("saas-app") }},
		{"answer", func() error { w.Set(calls, calc.Num(float64(1000+r.IntN(9000)))); return w.SaveNow() }},
		{"copy", func() error { _, err := w.Duplicate(any()); return err }},
		{"delete", func() error { return w.Delete(any()) }},
		{"undo", func() error { w.Undo(); return nil }},
		{"redo", func() error { w.Redo(); return nil }},
		{"tag", func() error {
			return w.SetInCases("Tags", "tags", map[string]calc.Value{any(): {Texts: []string{fmt.Sprint(r.IntN(9))}}})
		}},
		{"keep", func() error { _, err := w.KeepAs(calc.Scenario{}.With("name", calc.Str("kept"))); return err }},
		{"open", func() error { return w.OpenCase(any()) }},
		{"elsewhere: new", func() error {
			_, err := other.Save(t.Context(), storage.Case{Name: "from elsewhere", Scenario: calc.Scenario{}.JSON()})
			return err
		}},
		{"elsewhere: rename", func() error {
			_, err := other.Rename(t.Context(), any(), fmt.Sprint("renamed ", r.IntN(1e6)))
			return err
		}},
		{"elsewhere: delete", func() error { return other.Delete(t.Context(), any()) }},
	}
	for range 3 {
		if err := w.NewCase(""); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 200 {
		w.clock.pass(time.Second)
		step := steps[r.IntN(len(steps))]
		if err := step.do(); err != nil && !errors.Is(err, ErrNoCase) && !errors.Is(err, storage.ErrNotFound) {
			t.Logf("step %d, %s: %v", n, step.name, err) // such as a case that is gone elsewhere
		}
		want, err := w.Cases(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		if got := w.listed(t); !reflect.DeepEqual(got, want) {
			t.Fatalf("after step %d, %s, the list at hand is\n%+v\nand on the disk\n%+v", n, step.name, got, want)
		}
	}
}

func TestOnlyWhatChangedIsRead(t *testing.T) {
	w := newWorld(t)
	for range 30 {
		if err := w.NewCase("saas-app"); err != nil {
			t.Fatal(err)
		}
		w.clock.pass(time.Second)
	}
	c := w.count()
	first := w.listed(t)
	if again := w.listed(t); c.whole != 1 || &again[0] != &first[0] {
		t.Errorf("the list was read %d times while nothing changed", c.whole)
	}
	w.clock.pass(time.Second)
	if err := w.SetInCases("Notes", "notes", map[string]calc.Value{first[20].ID: calc.Str("new")}); err != nil {
		t.Fatal(err)
	}
	changed := w.listed(t)
	if c.whole != 1 || changed[0].ID != first[20].ID || changed[0].Notes != "new" {
		t.Errorf("after one note the list was read %d times and begins with %q", c.whole, changed[0].Notes)
	}
	if first[20].Notes != "" {
		t.Error("a list that was given out has changed")
	}
	if got := w.ListedCases(); &got[0] != &changed[0] {
		t.Error("the list at hand is not the newest")
	}
}

func TestAfterAnErrorTheWholeListIsReadAgain(t *testing.T) {
	w := newWorld(t)
	if err := w.NewCase("saas-app"); err != nil {
		t.Fatal(err)
	}
	c := w.count()
	c.err = errors.New("disk gone")
	var got error
	w.ListCases(func(_ []Case, err error) { got = err })
	if !errors.Is(got, c.err) {
		t.Errorf("the error is %v", got)
	}
	c.err = nil
	if n := len(w.listed(t)); n != 1 || c.whole != 2 {
		t.Errorf("%d cases after %d reads", n, c.whole)
	}
}

// TestWhoAsksWhileTheListIsReadIsAnsweredToo lets the reading wait.
func TestWhoAsksWhileTheListIsReadIsAnsweredToo(t *testing.T) {
	w := newWorld(t)
	if err := w.NewCase("saas-app"); err != nil {
		t.Fatal(err)
	}
	var held []func()
	w.deps.Go = func(f func()) { held = append(held, f) }
	var got []int
	ask := func() { w.ListCases(func(cases []Case, _ error) { got = append(got, len(cases)) }) }
	ask()
	if _, err := w.KeepAs(calc.Scenario{}.With("name", calc.Str("kept"))); err != nil { // while the first is under way
		t.Fatal(err)
	}
	ask()
	for len(held) > 0 {
		f := held[0]
		held = held[1:]
		f()
	}
	if len(got) != 2 || got[1] != 2 {
		t.Errorf("answered with %v cases, want both, the second with what was kept meanwhile", got)
	}
}
