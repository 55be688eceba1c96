package storage

import (
	"path/filepath"
	"slices"
	"testing"
)

func TestManyAreDeletedTogetherOrNotAtAll(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "h.db"), Options{})
	a, b := save(t, s, sample("A")), save(t, s, sample("B"))
	save(t, s, sample("C"))
	wantKind(t, s.DeleteMany(t.Context(), []string{a.ID, "nosuchcase"}), ErrNotFound)
	if got := names(t, s, Query{Sort: SortName}); !slices.Equal(got, []string{"A", "B", "C"}) {
		t.Fatalf("one of two is not there, and %q is left", got)
	}
	for _, step := range []struct {
		do   func() error
		want []string
	}{
		{func() error { return s.DeleteMany(t.Context(), []string{a.ID, b.ID}) }, []string{"C"}},
		{func() error { return s.DeleteMany(t.Context(), []string{a.ID, b.ID}) }, []string{"C"}},
		{func() error { return s.UndeleteMany(t.Context(), []string{b.ID, a.ID}) }, []string{"A", "B", "C"}},
		{func() error { return s.DeleteMany(t.Context(), nil) }, []string{"A", "B", "C"}},
	} {
		if err := step.do(); err != nil {
			t.Fatal(err)
		}
		if got := names(t, s, Query{Sort: SortName}); !slices.Equal(got, step.want) {
			t.Fatalf("listed %q, want %q", got, step.want)
		}
	}
}
