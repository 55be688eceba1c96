package storage

import (
	"path/filepath"
	"testing"
	"time"
)

// TestAVerdictIsNoEdit saves a case again with the verdict that was worked out of it.
func TestAVerdictIsNoEdit(t *testing.T) {
	at := newClock()
	s := open(t, filepath.Join(t.TempDir(), "h.db"), Options{Now: at.now})
	c := sample("A")
	c.Summary = Summary{}
	c = save(t, s, c)
	at.advance(time.Hour)
	usd := 42.0
	c.Summary = Summary{Route: "api-direct", Headline: "Call an API.", MonthlyLikelyUSD: &usd}
	after := save(t, s, c)
	if !after.UpdatedAt.Equal(c.UpdatedAt) || after.Revision != c.Revision || after.Version == c.Version {
		t.Errorf("a verdict made version %d, revision %d, edited %v of version %d, revision %d, edited %v",
			after.Version, after.Revision, after.UpdatedAt, c.Version, c.Revision, c.UpdatedAt)
	}
	r, err := s.Revision(t.Context(), c.ID, c.Revision)
	if err != nil || r.Summary.Headline != "Call an API." || !r.SavedAt.Equal(c.UpdatedAt) {
		t.Errorf("the history says %q, saved at %v, %v", r.Summary.Headline, r.SavedAt, err)
	}
	at.advance(time.Hour)
	after.Notes = "typed"
	if edited := save(t, s, after); !edited.UpdatedAt.Equal(at.now()) {
		t.Errorf("a note counts as edited at %v", edited.UpdatedAt)
	}
}
