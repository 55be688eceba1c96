package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// clock is a time that tests set by hand.
type clock struct{ at time.Time }

func (c *clock) now() time.Time          { return c.at }
func (c *clock) advance(d time.Duration) { c.at = c.at.Add(d) }

func newClock() *clock { return &clock{at: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)} }

// open opens a database that is closed with the test.
func open(t testing.TB, path string, opt Options) *Store {
	t.Helper()
	s, err := Open(t.Context(), path, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func openNew(t testing.TB, opt Options) *Store {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "hostwise.db"), opt)
}

func figure(f float64) *float64 { return &f }

// sample is a case with every field filled.
func sample(name string) Case {
	return Case{
		Name: name, Notes: "Asked by the board.\nÉlodie checks the prices.", Tags: []string{"Budget 2027", "RAG"},
		Model: "r1-distill-qwen-32b", Scenario: json.RawMessage(`{"schema": 1, "name": "` + name + `"}`),
		Summary: Summary{Route: "api-direct", Kind: "api", Headline: "The API is cheaper below 38 M calls a month",
			Confidence: "medium", MonthlyLowUSD: figure(10.5), MonthlyLikelyUSD: figure(20), MonthlyHighUSD: figure(41.25),
			Chance: figure(0.81), CallsPerMonth: figure(10000)},
		CatalogueVersion: "2026-11-20", AppVersion: "1.0.0",
	}
}

func save(t testing.TB, s *Store, c Case) Case {
	t.Helper()
	saved, err := s.Save(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

func get(t testing.TB, s *Store, id string) Case {
	t.Helper()
	c, err := s.Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func names(t testing.TB, s *Store, q Query) []string {
	t.Helper()
	cases, err := s.List(t.Context(), q)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	all := []string{}
	for _, c := range cases {
		all = append(all, c.Name)
	}
	return all
}

func wantKind(t testing.TB, err, kind error) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Fatalf("got error %v, want %v", err, kind)
	}
	var ours *Error
	if !errors.As(err, &ours) {
		t.Fatalf("%v is not an *Error", err)
	}
	if Advice(err) == "" || strings.Contains(Advice(err), "sql") {
		t.Fatalf("advice %q is not for a person", Advice(err))
	}
}

func TestSaveAndReopen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a folder", "with ? and # and %41", "host wise.db")
	at := newClock()
	s := open(t, path, Options{Now: at.now})
	saved := save(t, s, sample("Private RAG"))
	if saved.ID == "" || saved.Version != 1 || saved.Revision != 1 || !saved.CreatedAt.Equal(at.at) || !saved.UpdatedAt.Equal(at.at) {
		t.Fatalf("saved %+v", saved)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || info.Mode().Perm() != 0o700 {
		t.Fatalf("folder: %v %v", info.Mode(), err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatal(err)
	}
	again := get(t, open(t, path, Options{}), saved.ID)
	if !reflect.DeepEqual(again, saved) {
		t.Fatalf("reopened:\n%+v\nsaved:\n%+v", again, saved)
	}
	unknown := save(t, reopen(t, path), Case{Scenario: json.RawMessage("{}")})
	if unknown.Summary.MonthlyLikelyUSD != nil || get(t, reopen(t, path), unknown.ID).Summary != (Summary{}) {
		t.Fatal("an unknown figure became known")
	}
}

func reopen(t testing.TB, path string) *Store { t.Helper(); return open(t, path, Options{}) }

func TestSaveKeepsTheScenarioByteForByte(t *testing.T) {
	s := openNew(t, Options{})
	text := "{ \"b\":1,\r\n\t\"a\" : 1.50, \"é\\u00e9\": \"\\u0000\" }  "
	c := save(t, s, Case{Scenario: json.RawMessage(text)})
	if got := get(t, s, c.ID).Scenario; string(got) != text {
		t.Fatalf("got %q", got)
	}
}

func TestSaveTidiesAndRefuses(t *testing.T) {
	s := openNew(t, Options{})
	c := sample("  Spaces around  ")
	c.Tags = []string{" a ", "A", "", "á", "b"}
	saved := save(t, s, c)
	if saved.Name != "Spaces around" || !slices.Equal(saved.Tags, []string{"a", "b"}) {
		t.Fatalf("tidied to %q %q", saved.Name, saved.Tags)
	}
	for name, spoil := range map[string]func(*Case){
		"no scenario":   func(c *Case) { c.Scenario = nil },
		"not JSON":      func(c *Case) { c.Scenario = json.RawMessage("{") },
		"two values":    func(c *Case) { c.Scenario = json.RawMessage("{}{}") },
		"not UTF-8":     func(c *Case) { c.Scenario = json.RawMessage("\"\xff\"") },
		"long name":     func(c *Case) { c.Name = strings.Repeat("é", MaxName+1) },
		"zero in notes": func(c *Case) { c.Notes = "a\x00b" },
		"bad id":        func(c *Case) { c.ID = "a b" },
		"long tag":      func(c *Case) { c.Tags = []string{strings.Repeat("x", MaxTag+1)} },
		"many tags": func(c *Case) {
			for i := range MaxTags + 1 {
				c.Tags = append(c.Tags, fmt.Sprint("tag", i))
			}
		},
		"chance over 1":  func(c *Case) { c.Summary.Chance = figure(1.01) },
		"infinite money": func(c *Case) { inf := 1e308; inf *= 10; c.Summary.MonthlyHighUSD = &inf },
	} {
		c := sample("x")
		spoil(&c)
		_, err := s.Save(t.Context(), c)
		t.Run(name, func(t *testing.T) { wantKind(t, err, ErrInvalid) })
	}
	longest := sample(strings.Repeat("é", MaxName))
	longest.Notes = strings.Repeat("ü", MaxNotes)
	if got := get(t, s, save(t, s, longest).ID); got.Notes != longest.Notes || got.Name != longest.Name {
		t.Fatal("the longest name and notes were cut")
	}
	if n, _ := s.Count(t.Context(), Query{}); n != 2 {
		t.Fatalf("%d cases stored, want 2", n)
	}
}

func TestRevisions(t *testing.T) {
	at := newClock()
	s := openNew(t, Options{Now: at.now})
	c := save(t, s, sample("A"))
	same := save(t, s, c)
	if same.Version != 1 || !same.UpdatedAt.Equal(c.UpdatedAt) {
		t.Fatalf("saving the same again changed it: %+v", same)
	}
	at.advance(time.Minute)
	c.Notes = "other notes"
	c = save(t, s, c)
	if c.Revision != 1 || c.Version != 2 || !c.UpdatedAt.Equal(at.at) {
		t.Fatalf("notes made a revision: %+v", c)
	}
	c.Scenario = json.RawMessage(`{"schema": 2}`)
	c.Summary.Route = "own-deepseek-r1"
	c = save(t, s, c)
	if c.Revision != 2 {
		t.Fatalf("a changed scenario made no revision: %+v", c)
	}
	first, err := s.Revision(t.Context(), c.ID, 1)
	if err != nil || string(first.Scenario) != string(sample("A").Scenario) || first.Summary.Route != "api-direct" {
		t.Fatalf("revision 1: %+v %v", first, err)
	}
	at.advance(time.Minute)
	back, err := s.Restore(t.Context(), c.ID, 1)
	if err != nil || back.Revision != 3 || string(back.Scenario) != string(first.Scenario) || back.Summary.Route != "api-direct" || back.Notes != "other notes" {
		t.Fatalf("restored %+v %v", back, err)
	}
	all, err := s.Revisions(t.Context(), c.ID)
	if err != nil || len(all) != 3 || all[0].N != 3 || all[0].RestoredFrom != 1 || !all[0].Kept || all[1].Summary.Route != "own-deepseek-r1" {
		t.Fatalf("revisions %+v %v", all, err)
	}
	if all[2].Bytes != len(first.Scenario) || all[2].Scenario != nil {
		t.Fatalf("revision 1 listed as %+v", all[2])
	}
	_, err = s.Restore(t.Context(), c.ID, 9)
	wantKind(t, err, ErrNotFound)
	_, err = s.Revisions(t.Context(), "nobody")
	wantKind(t, err, ErrNotFound)
}

func TestAutosavesMerge(t *testing.T) {
	at := newClock()
	path := filepath.Join(t.TempDir(), "h.db")
	s := open(t, path, Options{Now: at.now, MergeWithin: 2 * time.Minute})
	c := save(t, s, sample("A"))
	edit := func(after time.Duration) {
		t.Helper()
		at.advance(after)
		c.Scenario = json.RawMessage(fmt.Sprintf(`{"n": %d}`, at.at.UnixMilli()))
		c = save(t, s, c)
	}
	want := func(revision int) {
		t.Helper()
		all, err := s.Revisions(t.Context(), c.ID)
		if err != nil || c.Revision != revision || len(all) != revision {
			t.Fatalf("revision %d, %d listed (%v), want %d", c.Revision, len(all), err, revision)
		}
		if got := get(t, s, c.ID); string(got.Scenario) != string(c.Scenario) {
			t.Fatal("the newest state is not the one saved")
		}
	}
	edit(time.Second)
	edit(time.Second)
	want(1) // within two minutes
	edit(2*time.Minute - 2*time.Second)
	want(2) // two minutes after the revision began, to the second
	edit(time.Second)
	want(2)
	c.Keep = true
	edit(time.Second)
	want(2) // the kept state itself goes into the newest
	edit(time.Second)
	want(3) // but nothing goes into a kept one
	named := c.Scenario
	c.Name = "B"
	edit(time.Second)
	want(4) // a state that bore another name stays
	if r, err := s.Revision(t.Context(), c.ID, 3); err != nil || r.Name != "A" || string(r.Scenario) != string(named) {
		t.Fatalf("the state named A is %+v, %v", r, err)
	}
	renamed, err := s.Rename(t.Context(), c.ID, "C")
	if err != nil {
		t.Fatal(err)
	}
	named = c.Scenario
	c = renamed
	edit(time.Second)
	want(5)
	if r, err := s.Revision(t.Context(), c.ID, 4); err != nil || r.Name != "B" || string(r.Scenario) != string(named) {
		t.Fatalf("the state named B is %+v, %v", r, err)
	}
	s = open(t, path, Options{Now: at.now, MergeWithin: 2 * time.Minute})
	edit(time.Second)
	want(6) // another session does not touch the last one's
	at.advance(-time.Hour)
	edit(0)
	want(7) // nor is a clock set back a reason to merge
}

func TestConflictBetweenWindows(t *testing.T) {
	path := filepath.Join(t.TempDir(), "h.db")
	one, two := open(t, path, Options{MergeWithin: time.Hour}), open(t, path, Options{MergeWithin: time.Hour})
	c := save(t, one, sample("A"))
	other := get(t, two, c.ID)
	c.Scenario = json.RawMessage(`{"by": 1}`)
	c = save(t, one, c)
	other.Scenario = json.RawMessage(`{"by": 2}`)
	_, err := two.Save(t.Context(), other)
	wantKind(t, err, ErrConflict)
	other.Version = 0 // the person chose theirs
	saved := save(t, two, other)
	if saved.Revision != 2 {
		t.Fatalf("revision %d, want 2", saved.Revision)
	}
	first, err := one.Revision(t.Context(), c.ID, 1)
	if err != nil || string(first.Scenario) != `{"by": 1}` {
		t.Fatalf("the first window's state is lost: %s %v", first.Scenario, err)
	}
	if err := one.Delete(t.Context(), c.ID); err != nil {
		t.Fatal(err)
	}
	saved.Notes = "typed after the other window deleted the case"
	_, err = two.Save(t.Context(), saved)
	wantKind(t, err, ErrConflict)
	saved.Version = 0
	if again := save(t, two, saved); !again.DeletedAt.IsZero() || get(t, one, c.ID).Notes != saved.Notes {
		t.Fatal("saving a deleted case did not bring it back")
	}
}

func TestDeleteUndeletePurge(t *testing.T) {
	at := newClock()
	path := filepath.Join(t.TempDir(), "h.db")
	s := open(t, path, Options{Now: at.now})
	c := save(t, s, sample("A"))
	save(t, s, sample("B"))
	for range 2 {
		if err := s.Delete(t.Context(), c.ID); err != nil {
			t.Fatal(err)
		}
	}
	if got := names(t, s, Query{}); !slices.Equal(got, []string{"B"}) {
		t.Fatalf("listed %q", got)
	}
	if got := names(t, s, Query{Deleted: true, Search: "a"}); !slices.Equal(got, []string{"A"}) {
		t.Fatalf("deleted %q", got)
	}
	if err := s.Undelete(t.Context(), c.ID); err != nil {
		t.Fatal(err)
	}
	if got := names(t, s, Query{Sort: SortName}); !slices.Equal(got, []string{"A", "B"}) {
		t.Fatalf("listed %q", got)
	}
	if err := s.Delete(t.Context(), c.ID); err != nil {
		t.Fatal(err)
	}
	at.advance(UndeleteFor)
	open(t, path, Options{Now: at.now})
	get(t, s, c.ID) // on the thirtieth day it is still there
	at.advance(time.Millisecond)
	open(t, path, Options{Now: at.now})
	_, err := s.Get(t.Context(), c.ID)
	wantKind(t, err, ErrNotFound)
	wantKind(t, s.Undelete(t.Context(), c.ID), ErrNotFound)
	wantKind(t, s.Delete(t.Context(), c.ID), ErrNotFound)
	if problems, err := s.Check(t.Context()); err != nil || len(problems) > 0 {
		t.Fatalf("%q %v", problems, err)
	}
}

func TestDuplicate(t *testing.T) {
	s := openNew(t, Options{})
	c := save(t, s, sample("A"))
	for _, want := range []string{"A (copy)", "A (copy 2)"} {
		d, err := s.Duplicate(t.Context(), c.ID, "")
		if err != nil || d.Name != want || d.ID == c.ID || d.Revision != 1 || string(d.Scenario) != string(c.Scenario) || !slices.Equal(d.Tags, c.Tags) {
			t.Fatalf("%+v %v", d, err)
		}
	}
	if d, err := s.Duplicate(t.Context(), c.ID, "Other"); err != nil || d.Name != "Other" {
		t.Fatalf("%+v %v", d, err)
	}
	long := save(t, s, sample(strings.Repeat("n", MaxName)))
	if d, err := s.Duplicate(t.Context(), long.ID, ""); err != nil || len(d.Name) != MaxName {
		t.Fatalf("%+v %v", d, err)
	}
	_, err := s.Duplicate(t.Context(), "nobody", "")
	wantKind(t, err, ErrNotFound)
	_, err = s.Rename(t.Context(), "nobody", "x")
	wantKind(t, err, ErrNotFound)
}

func TestSaveManyIsAllOrNothing(t *testing.T) {
	s := openNew(t, Options{})
	c := save(t, s, sample("A"))
	stale := c
	stale.Version, stale.Notes = 7, "stale"
	_, err := s.SaveMany(t.Context(), []Case{sample("B"), stale})
	wantKind(t, err, ErrConflict)
	_, err = s.SaveMany(t.Context(), []Case{sample("B"), {Name: "no scenario"}})
	wantKind(t, err, ErrInvalid)
	if got := names(t, s, Query{}); !slices.Equal(got, []string{"A"}) {
		t.Fatalf("listed %q", got)
	}
	saved, err := s.SaveMany(t.Context(), []Case{sample("B"), sample("C")})
	if err != nil || len(saved) != 2 || saved[0].ID == saved[1].ID {
		t.Fatalf("%+v %v", saved, err)
	}
}

func TestFacts(t *testing.T) {
	at := newClock()
	s := openNew(t, Options{Now: at.now})
	empty, err := s.Facts(t.Context())
	if err != nil || string(empty) != `{"models":[],"devices":[],"hosts":[],"prices":[],"measured":[]}` {
		t.Fatalf("%s %v", empty, err)
	}
	ctx := t.Context()
	original := json.RawMessage(`{"id": "p1", "usd": 0.55}`)
	must(t, s.SetFact(ctx, "prices", "p1", json.RawMessage(`{"id": "p1", "usd": 0.6}`), "checked today", Original(original)))
	at.advance(time.Hour)
	must(t, s.SetFact(ctx, "prices", "p1", json.RawMessage(`{"id": "p1", "usd": 0.7}`), "new offer", Original(json.RawMessage(`{"usd": 9}`))))
	must(t, s.SetFact(ctx, "models", "m", json.RawMessage(`{"name": "ours"}`), ""))
	facts, err := s.Facts(ctx)
	if err != nil || string(facts) != `{"models":[{"name": "ours"}],"devices":[],"hosts":[],"prices":[{"id": "p1", "usd": 0.7}],"measured":[]}` {
		t.Fatalf("%s %v", facts, err)
	}
	list, err := s.FactList(ctx)
	if err != nil || len(list) != 2 || list[0].Original != nil || string(list[1].Original) != string(original) || !list[1].ChangedAt.Equal(at.at) {
		t.Fatalf("%+v %v", list, err)
	}
	must(t, s.ResetFact(ctx, "prices", "p1"))
	wantKind(t, s.ResetFact(ctx, "prices", "p1"), ErrNotFound)
	history, err := s.FactHistory(ctx, "prices", "p1")
	if err != nil || len(history) != 3 || history[0].Row != nil || history[1].Reason != "new offer" || string(history[2].Row) != `{"id": "p1", "usd": 0.6}` {
		t.Fatalf("%+v %v", history, err)
	}
	for name, err := range map[string]error{
		"table":    s.SetFact(ctx, "recipes", "x", json.RawMessage(`{}`), ""),
		"no id":    s.SetFact(ctx, "prices", "", json.RawMessage(`{}`), ""),
		"other id": s.SetFact(ctx, "prices", "x", json.RawMessage(`{"id": "y"}`), ""),
		"list":     s.SetFact(ctx, "prices", "x", json.RawMessage(`[]`), ""),
		"null":     s.SetFact(ctx, "prices", "x", json.RawMessage(`null`), ""),
		"broken":   s.SetFact(ctx, "prices", "x", json.RawMessage(`{`), ""),
		"original": s.SetFact(ctx, "prices", "x", json.RawMessage(`{}`), "", Original(json.RawMessage(`{`))),
	} {
		t.Run(name, func(t *testing.T) { wantKind(t, err, ErrInvalid) })
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestSettings(t *testing.T) {
	s := openNew(t, Options{})
	ctx := t.Context()
	type window struct{ Width, Height int }
	size := window{1280, 800}
	if found, err := s.Setting(ctx, "window", &size); found || err != nil || size.Width != 1280 {
		t.Fatalf("%v %v %v", found, err, size)
	}
	must(t, s.SetSetting(ctx, "window", window{960, 640}))
	must(t, s.SetSetting(ctx, "window", window{961, 641}))
	if found, err := s.Setting(ctx, "window", &size); !found || err != nil || size != (window{961, 641}) {
		t.Fatalf("%v %v %v", found, err, size)
	}
	var text string
	_, err := s.Setting(ctx, "window", &text)
	wantKind(t, err, ErrInvalid)
	wantKind(t, s.SetSetting(ctx, "f", func() {}), ErrInvalid)
	wantKind(t, s.SetSetting(ctx, "", 1), ErrInvalid)
	all, err := s.Settings(ctx)
	if err != nil || len(all) != 1 || string(all["window"]) != `{"Width":961,"Height":641}` {
		t.Fatalf("%s %v", all, err)
	}
	must(t, s.DeleteSetting(ctx, "window"))
	if found, _ := s.Setting(ctx, "window", &size); found {
		t.Fatal("still there")
	}
}

func TestErrorsSpeakTwice(t *testing.T) {
	s := openNew(t, Options{})
	_, err := s.Get(t.Context(), "nobody")
	wantKind(t, err, ErrNotFound)
	if !strings.Contains(err.Error(), `read case "nobody"`) {
		t.Fatalf("%v names neither attempt nor object", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err = s.Save(ctx, sample("A")); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	must(t, s.Close())
	_, err = s.Save(t.Context(), sample("A"))
	wantKind(t, err, ErrClosed)
	if Advice(errors.New("other")) != "" || Advice(nil) != "" {
		t.Fatal("advice on an error that is not ours")
	}
	for kind := range advice {
		if words := (&Error{Kind: kind}).Advice(); !strings.HasSuffix(words, ".") {
			t.Errorf("%v: advice %q", kind, words)
		}
	}
}

func TestDefaultPath(t *testing.T) {
	for _, c := range []struct {
		goos string
		env  map[string]string
		want string
	}{
		{"linux", map[string]string{"HOSTWISE_DB": "/x/y.db", "HOME": "/home/a"}, "/x/y.db"},
		{"windows", map[string]string{"HOSTWISE_DB": `D:\y.db`}, `D:\y.db`},
		{"linux", map[string]string{"XDG_DATA_HOME": "/data", "HOME": "/home/a"}, "/data/hostwise/hostwise.db"},
		{"linux", map[string]string{"XDG_DATA_HOME": "data", "HOME": "/home/a"}, "/home/a/.local/share/hostwise/hostwise.db"},
		{"freebsd", map[string]string{"HOME": "/home/a"}, "/home/a/.local/share/hostwise/hostwise.db"},
		{"darwin", map[string]string{"XDG_DATA_HOME": "/data", "HOME": "/Users/a"}, "/Users/a/Library/Application Support/Hostwise/hostwise.db"},
		{"windows", map[string]string{"LocalAppData": `C:\Users\a\AppData\Local\`}, `C:\Users\a\AppData\Local\Hostwise\hostwise.db`},
		{"windows", map[string]string{"USERPROFILE": `C:\Users\a`}, `C:\Users\a\AppData\Local\Hostwise\hostwise.db`},
		{"linux", nil, ""}, {"darwin", nil, ""}, {"windows", nil, ""},
	} {
		got, err := DefaultPath(func(key string) string { return c.env[key] }, c.goos)
		if filepath.ToSlash(got) != filepath.ToSlash(c.want) {
			t.Errorf("%s %v: %q, want %q", c.goos, c.env, got, c.want)
		}
		if c.want == "" {
			wantKind(t, err, ErrNotFound)
		} else if err != nil {
			t.Errorf("%s %v: %v", c.goos, c.env, err)
		}
	}
}
