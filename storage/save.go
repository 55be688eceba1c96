package storage

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Save stores a case and returns it as stored: with its id, its new version and
// revision, tidied tags and times. On return it is on the disk.
//
// A case without an id, or with one that is not there, is added. Otherwise the
// stored one changes, and the scenario gets a new revision if its text differs
// (or goes into the newest one: see [Options.MergeWithin]). Saving what is
// stored already changes nothing, not even the time. If c.Version is not 0 and
// someone else has changed the case since, the answer is ErrConflict and
// nothing changes. Saving a deleted case brings it back.
func (s *Store) Save(ctx context.Context, c Case) (Case, error) {
	saved, err := s.SaveMany(ctx, []Case{c})
	if err != nil {
		return Case{}, err
	}
	return saved[0], nil
}

// SaveMany is Save for several cases: all are stored, or none.
func (s *Store) SaveMany(ctx context.Context, cases []Case) ([]Case, error) {
	tidy := make([]Case, len(cases))
	for i, c := range cases {
		var err error
		if tidy[i], err = c.normalise(); err != nil {
			return nil, failAs(ErrInvalid, "save case", label(c), err)
		}
	}
	object := ""
	if len(tidy) == 1 {
		object = label(tidy[0])
	}
	err := s.write(ctx, "save case", object, func(tx *sql.Tx) error {
		for i := range tidy {
			saved, err := s.saveIn(ctx, tx, tidy[i], 0)
			if err != nil {
				return fail("save case", label(tidy[i]), err)
			}
			tidy[i] = saved
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return tidy, nil
}

// label names a case in an error.
func label(c Case) string {
	if c.ID == "" {
		return c.Name
	}
	return c.ID
}

// saveIn stores one tidied case. restoredFrom is the revision it was taken
// from, or 0.
func (s *Store) saveIn(ctx context.Context, tx *sql.Tx, c Case, restoredFrom int) (Case, error) {
	if c.ID == "" {
		c.ID = newID()
	}
	row, stored, err := readCase(ctx, tx, c.ID)
	if errors.Is(err, sql.ErrNoRows) {
		return s.insert(ctx, tx, c)
	}
	if err != nil {
		return Case{}, err
	}
	c.DeletedAt = time.Time{}
	if stored.equal(c) && !c.Keep {
		return stored, nil
	}
	if c.Version != 0 && c.Version != stored.Version {
		return Case{}, fmt.Errorf("%w: version %d is stored, version %d was read", ErrConflict, stored.Version, c.Version)
	}
	return s.update(ctx, tx, row, stored, c, restoredFrom)
}

func (s *Store) insert(ctx context.Context, tx *sql.Tx, c Case) (Case, error) {
	now := s.now()
	c.Version, c.Revision, c.UpdatedAt, c.DeletedAt = 1, 1, now, time.Time{}
	c.CreatedAt = c.CreatedAt.UTC().Truncate(time.Millisecond)
	if c.CreatedAt.IsZero() || c.CreatedAt.After(now) {
		c.CreatedAt = now
	}
	result, err := tx.ExecContext(ctx, `INSERT INTO cases (`+storedColumns+`)
		VALUES (`+marks(storedColumnCount)+`)`, storedValues(c)...)
	if err != nil {
		return Case{}, err
	}
	row, err := result.LastInsertId()
	if err != nil {
		return Case{}, err
	}
	if err := setTags(ctx, tx, row, c.Tags); err != nil {
		return Case{}, err
	}
	err = s.addRevision(ctx, tx, row, c, 0)
	c.Keep = false
	return c, err
}

func (s *Store) update(ctx context.Context, tx *sql.Tx, row int64, stored, c Case, restoredFrom int) (Case, error) {
	now := s.now()
	c.CreatedAt, c.Version, c.Revision = stored.CreatedAt, stored.Version+1, stored.Revision
	// A clock set back must not make a change look older than the last. A verdict that was worked out is no edit.
	c.UpdatedAt = latest(now, stored.UpdatedAt)
	if sameAnswers(stored, c) {
		c.UpdatedAt = stored.UpdatedAt
	}
	var err error
	if c.Revision, err = s.revise(ctx, tx, row, stored, c, restoredFrom); err != nil {
		return Case{}, err
	}
	_, err = tx.ExecContext(ctx, `UPDATE cases SET (`+storedColumns+`)
		= (`+marks(storedColumnCount)+`) WHERE row = ?`, append(storedValues(c), row)...)
	if err != nil {
		return Case{}, err
	}
	c.Keep = false
	return c, setTags(ctx, tx, row, c.Tags)
}

// sameAnswers reports whether two states of a case differ in nothing that a person wrote.
func sameAnswers(a, b Case) bool {
	return a.Name == b.Name && a.Notes == b.Notes && slices.Equal(a.Tags, b.Tags) && bytes.Equal(a.Scenario, b.Scenario) &&
		a.Draft == b.Draft && a.DeletedAt.Equal(b.DeletedAt) && !b.Keep
}

func latest(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// revise records the scenario: nothing new where the text is the same, into
// the newest revision where that may be merged, else as the next one.
func (s *Store) revise(ctx context.Context, tx *sql.Tx, row int64, stored, c Case, restoredFrom int) (int, error) {
	if bytes.Equal(stored.Scenario, c.Scenario) {
		if err := s.reviseVerdict(ctx, tx, row, stored, c); err != nil {
			return 0, err
		}
		if !c.Keep && stored.Name == c.Name {
			return stored.Revision, nil
		}
		// The state is kept, or gets another name: from here on it stays.
		_, err := tx.ExecContext(ctx, "UPDATE revisions SET kept = 1 WHERE case_row = ? AND n = ?", row, stored.Revision)
		return stored.Revision, err
	}
	merge, err := s.mayMerge(ctx, tx, row, stored, c)
	switch {
	case err != nil:
		return 0, err
	case merge && restoredFrom == 0:
		return stored.Revision, s.mergeRevision(ctx, tx, row, c)
	}
	c.Revision++
	return c.Revision, s.addRevision(ctx, tx, row, c, restoredFrom)
}

// reviseVerdict gives the newest revision the verdict that was worked out of it later.
func (s *Store) reviseVerdict(ctx context.Context, tx *sql.Tx, row int64, stored, c Case) error {
	if stored.Summary.equal(c.Summary) {
		return nil
	}
	summary, err := json.Marshal(c.Summary)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE revisions SET summary = ? WHERE case_row = ? AND n = ?", string(summary), row, stored.Revision)
	return err
}

// mayMerge tells whether the newest revision is an autosave of this session,
// begun a moment ago, under the same name.
func (s *Store) mayMerge(ctx context.Context, tx *sql.Tx, row int64, stored, c Case) (bool, error) {
	if s.opt.MergeWithin <= 0 || stored.Name != c.Name {
		return false, nil
	}
	var session string
	var kept bool
	var started int64
	err := tx.QueryRowContext(ctx, "SELECT session, kept, started_ms FROM revisions WHERE case_row = ? AND n = ?",
		row, stored.Revision).Scan(&session, &kept, &started)
	age := s.now().Sub(time.UnixMilli(started))
	return session == s.session && !kept && age >= 0 && age < s.opt.MergeWithin, err
}

func (s *Store) mergeRevision(ctx context.Context, tx *sql.Tx, row int64, c Case) error {
	summary, err := json.Marshal(c.Summary)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE revisions SET saved_ms = ?, kept = ?, catalogue_version = ?,
		app_version = ?, summary = ?, scenario = ? WHERE case_row = ? AND n = ?`,
		c.UpdatedAt.UnixMilli(), c.Keep, c.CatalogueVersion, c.AppVersion, string(summary), string(c.Scenario), row, c.Revision)
	return err
}

func (s *Store) addRevision(ctx context.Context, tx *sql.Tx, row int64, c Case, restoredFrom int) error {
	summary, err := json.Marshal(c.Summary)
	if err != nil {
		return err
	}
	var from any
	if restoredFrom > 0 {
		from = restoredFrom
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO revisions (case_row, n, started_ms, saved_ms, session, kept, restored_from,
		name, catalogue_version, app_version, summary, scenario) VALUES (`+marks(12)+`)`,
		row, c.Revision, s.now().UnixMilli(), c.UpdatedAt.UnixMilli(), s.session, c.Keep, from,
		c.Name, c.CatalogueVersion, c.AppVersion, string(summary), string(c.Scenario))
	return err
}

// setTags replaces a case's tags where they differ.
func setTags(ctx context.Context, tx *sql.Tx, row int64, tags []string) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM case_tags WHERE case_row = ?", row); err != nil {
		return err
	}
	for i, tag := range tags {
		if _, err := tx.ExecContext(ctx, "INSERT INTO case_tags (case_row, position, tag, folded) VALUES (?, ?, ?, ?)",
			row, i, tag, fold(tag)); err != nil {
			return err
		}
	}
	return nil
}

// Rename changes a case's name. The revision that bore the old name is kept. A
// caller whose scenario text holds the name too uses Save instead.
func (s *Store) Rename(ctx context.Context, id, name string) (Case, error) {
	return s.change(ctx, "rename case", id, func(c *Case) { c.Name = name })
}

// change reads, alters and saves a case in one transaction.
func (s *Store) change(ctx context.Context, op, id string, alter func(*Case)) (Case, error) {
	var saved Case
	err := s.write(ctx, op, id, func(tx *sql.Tx) error {
		_, c, err := readCase(ctx, tx, id)
		if err != nil {
			return err
		}
		deleted := c.DeletedAt
		alter(&c)
		tidy, err := c.normalise()
		if err != nil {
			return failAs(ErrInvalid, op, id, err)
		}
		if !deleted.IsZero() {
			return fmt.Errorf("%w: it is deleted", ErrNotFound)
		}
		saved, err = s.saveIn(ctx, tx, tidy, 0)
		return err
	})
	return saved, err
}

// Duplicate adds a copy of a case, with the newest revision only. An empty name
// means the old one with "(copy)" behind it.
func (s *Store) Duplicate(ctx context.Context, id, name string) (Case, error) {
	var saved Case
	err := s.write(ctx, "duplicate case", id, func(tx *sql.Tx) error {
		_, c, err := readCase(ctx, tx, id)
		if err != nil {
			return err
		}
		c.ID, c.CreatedAt, c.Keep = "", time.Time{}, true
		if c.Name = name; name == "" {
			c.Name, err = copyName(ctx, tx, id)
		}
		if err != nil {
			return err
		}
		tidy, err := c.normalise()
		if err != nil {
			return failAs(ErrInvalid, "duplicate case", id, err)
		}
		saved, err = s.saveIn(ctx, tx, tidy, 0)
		return err
	})
	return saved, err
}

// copyName finds a name for a copy that no case bears yet: "A (copy)", then
// "A (copy 2)" and so on.
func copyName(ctx context.Context, tx *sql.Tx, id string) (string, error) {
	var base string
	if err := tx.QueryRowContext(ctx, "SELECT name FROM cases WHERE id = ?", id).Scan(&base); err != nil {
		return "", err
	}
	for n := 1; ; n++ {
		ending := " (copy)"
		if n > 1 {
			ending = fmt.Sprintf(" (copy %d)", n)
		}
		name := cut(base, MaxName-len(ending)) + ending
		var taken bool
		err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM cases WHERE sort_name = ? AND name = ?)",
			sortKey(name), name).Scan(&taken)
		if err != nil || !taken {
			return name, err
		}
	}
}

// cut shortens text to a number of characters.
func cut(text string, characters int) string {
	if all := []rune(text); len(all) > characters {
		return string(all[:characters])
	}
	return text
}

// Delete hides a case. Undelete brings it back for 30 days; then it is gone.
// Deleting a case that is deleted already is not an error.
func (s *Store) Delete(ctx context.Context, id string) error {
	return s.setDeleted(ctx, "delete case", id, []string{id}, s.now())
}

// DeleteMany is Delete for several cases: all are hidden, or none.
func (s *Store) DeleteMany(ctx context.Context, ids []string) error {
	return s.setDeleted(ctx, "delete cases", "", ids, s.now())
}

// Undelete brings a deleted case back.
func (s *Store) Undelete(ctx context.Context, id string) error {
	return s.setDeleted(ctx, "bring back case", id, []string{id}, time.Time{})
}

// UndeleteMany is Undelete for several cases: all come back, or none.
func (s *Store) UndeleteMany(ctx context.Context, ids []string) error {
	return s.setDeleted(ctx, "bring back cases", "", ids, time.Time{})
}

func (s *Store) setDeleted(ctx context.Context, op, object string, ids []string, at time.Time) error {
	return s.write(ctx, op, object, func(tx *sql.Tx) error {
		for _, id := range ids {
			if err := setDeletedIn(ctx, tx, id, at); err != nil {
				return err
			}
		}
		return nil
	})
}

func setDeletedIn(ctx context.Context, tx *sql.Tx, id string, at time.Time) error {
	result, err := tx.ExecContext(ctx, `UPDATE cases SET deleted_ms = ?, version = version + 1
		WHERE id = ? AND (deleted_ms IS NULL) = ?`, milliseconds(at), id, !at.IsZero())
	if err != nil {
		return err
	}
	if changed, err := result.RowsAffected(); err != nil || changed > 0 {
		return err
	}
	var there bool // it is in the wanted state already, or not there at all
	return tx.QueryRowContext(ctx, "SELECT 1 FROM cases WHERE id = ?", id).Scan(&there)
}

// Purge removes for good what was deleted more than 30 days ago and tells how
// many cases that were. Open does it, so nobody else needs to.
func (s *Store) Purge(ctx context.Context) (int, error) {
	var gone int64
	err := s.write(ctx, "purge deleted cases", "", func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, "DELETE FROM cases WHERE deleted_ms < ?", s.now().Add(-UndeleteFor).UnixMilli())
		if err != nil {
			return err
		}
		gone, err = result.RowsAffected()
		return err
	})
	return int(gone), err
}
