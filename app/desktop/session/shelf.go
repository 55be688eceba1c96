package session

import (
	"context"
	"slices"
)

// shelf is the list of saved cases at hand, so that showing a page does not read ten thousand rows again. It belongs to
// the window's goroutine; a list it has given out is never changed in place.
type shelf struct {
	cases   []Case              // newest edit first
	filled  bool                // the whole list was read
	touched map[string]struct{} // ids of cases that this window wrote since
	waiting []func([]Case, error)
	reading bool
}

// The limits of reading only what changed.
const (
	mostTouched = 64 // from here on the whole list is read
	looksAt     = 20 // the newest rows that show what another window or a command did
)

// touch notes that these cases were written, put away or brought back; CasesChanged follows.
func (s *Session) touch(ids ...string) {
	if s.shelf.touched == nil {
		s.shelf.touched = map[string]struct{}{}
	}
	for _, id := range ids {
		s.shelf.touched[id] = struct{}{}
	}
}

// ListedCases is the list as it was read last, newest edit first, to be shown until ListCases has read what changed
// since; nil before the first time. It must not be changed.
func (s *Session) ListedCases() []Case { return s.shelf.cases }

// ListCases brings the list of all saved cases up to date and delivers it to the window's goroutine, newest edit first.
// It reads what changed since the last time, and all of it only where that cannot be told. The list must not be changed.
func (s *Session) ListCases(done func([]Case, error)) {
	s.shelf.waiting = append(s.shelf.waiting, done)
	if !s.shelf.reading {
		s.readShelf()
	}
}

// readShelf answers all who wait, and then those who came meanwhile.
func (s *Session) readShelf() {
	sh := &s.shelf
	waiting, ids, known, filled := sh.waiting, touchedIDs(sh.touched), sh.cases, sh.filled
	sh.waiting, sh.touched, sh.reading = nil, nil, true
	Work(context.Background(), s, func(ctx context.Context) ([]Case, error) {
		if !filled || len(ids) > mostTouched {
			return s.deps.Store.List(ctx, "")
		}
		return s.catchUp(ctx, known, ids)
	}, func(cases []Case, err error) {
		sh.reading = false
		if err == nil {
			sh.cases, sh.filled = cases, true
		} else {
			sh.filled = false // what was touched is forgotten, so the next one reads all
		}
		for _, done := range waiting {
			done(cases, err)
		}
		if len(sh.waiting) > 0 && !sh.reading {
			s.readShelf()
		}
	})
}

func touchedIDs(touched map[string]struct{}) []string {
	ids := make([]string, 0, len(touched))
	for id := range touched {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// catchUp reads the cases with these ids anew. Every edit gives a case the newest time, so what somebody else wrote
// stands at the top, and what somebody else put away shows in the number of cases: then the whole list is read. A verdict
// that somebody else worked out is no edit and may be missed until then.
func (s *Session) catchUp(ctx context.Context, known []Case, ids []string) ([]Case, error) {
	fresh, err := s.deps.Store.Some(ctx, ids)
	if err != nil {
		return nil, err
	}
	merged := known
	if len(ids) > 0 {
		merged = merge(known, ids, fresh)
	}
	top, all, err := s.deps.Store.Newest(ctx, looksAt)
	if err != nil {
		return nil, err
	}
	if all == len(merged) && slices.EqualFunc(top, merged[:min(len(top), len(merged))], sameState) {
		return merged, nil
	}
	return s.deps.Store.List(ctx, "")
}

// sameState reports whether two rows show the same state of a case.
func sameState(a, b Case) bool {
	return a.ID == b.ID && a.Edited.Equal(b.Edited) && a.Revision == b.Revision && a.Name == b.Name &&
		a.Summary.Headline == b.Summary.Headline
}

// merge returns the list with the touched cases as they are now; those that are not among the fresh ones are gone. One
// with the time that it had keeps its place.
func merge(known []Case, ids []string, fresh []Case) []Case {
	now := make(map[string]Case, len(fresh))
	for _, c := range fresh {
		now[c.ID] = c
	}
	touched := make(map[string]bool, len(ids))
	for _, id := range ids {
		touched[id] = true
	}
	out := make([]Case, 0, len(known)+len(fresh))
	for _, c := range known {
		if !touched[c.ID] {
			out = append(out, c)
			continue
		}
		if f, there := now[c.ID]; there && f.Edited.Equal(c.Edited) {
			out = append(out, f)
			delete(now, c.ID)
		}
	}
	for _, c := range fresh {
		if _, left := now[c.ID]; !left {
			continue
		}
		at, _ := slices.BinarySearchFunc(out, c, func(a, b Case) int { return b.Edited.Compare(a.Edited) })
		out = slices.Insert(out, at, c)
	}
	return out
}
