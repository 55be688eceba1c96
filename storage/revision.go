package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"
)

// Revision is one state of a case's scenario.
type Revision struct {
	N         int // from 1
	Name      string
	StartedAt time.Time // when the first of the merged autosaves was made
	SavedAt   time.Time // when the last one was
	// Kept tells that it was kept on purpose, or bore a name that was changed.
	Kept bool
	// RestoredFrom is the revision this one was taken from, or 0.
	RestoredFrom     int
	CatalogueVersion string
	AppVersion       string
	Summary          Summary // as it was when the revision was saved
	Bytes            int     // length of the scenario's text
	// Scenario is filled by Revision and left empty by Revisions.
	Scenario json.RawMessage
}

const revisionColumns = `n, revisions.name, started_ms, saved_ms, kept, coalesce(restored_from, 0),
	revisions.catalogue_version, revisions.app_version, summary, octet_length(scenario)`

func scanRevision(scan func(...any) error, further ...any) (Revision, error) {
	var r Revision
	var started, saved sql.NullInt64
	var summary []byte
	err := scan(append([]any{&r.N, &r.Name, &started, &saved, &r.Kept, &r.RestoredFrom,
		&r.CatalogueVersion, &r.AppVersion, &summary, &r.Bytes}, further...)...)
	if err != nil {
		return Revision{}, err
	}
	r.StartedAt, r.SavedAt = moment(started), moment(saved)
	return r, json.Unmarshal(summary, &r.Summary)
}

// Revisions lists a case's revisions, newest first, without their scenarios.
func (s *Store) Revisions(ctx context.Context, id string) ([]Revision, error) {
	all, err := collect(ctx, s.reader, func(rows *sql.Rows) (Revision, error) { return scanRevision(rows.Scan) },
		`SELECT `+revisionColumns+` FROM revisions JOIN cases ON row = case_row WHERE id = ? ORDER BY n DESC`, id)
	if err == nil && len(all) == 0 {
		err = ErrNotFound // every case has at least one
	}
	return all, fail("list revisions of", id, err)
}

// Revision reads one revision of a case with its scenario.
func (s *Store) Revision(ctx context.Context, id string, n int) (Revision, error) {
	r, err := readRevision(ctx, s.reader, id, n)
	return r, fail("read revision of", id, err)
}

func readRevision(ctx context.Context, q queryer, id string, n int) (Revision, error) {
	var scenario []byte
	r, err := scanRevision(q.QueryRowContext(ctx, `SELECT `+revisionColumns+`, scenario
		FROM revisions JOIN cases ON row = case_row WHERE id = ? AND n = ?`, id, n).Scan, &scenario)
	r.Scenario = scenario
	return r, err
}

// Restore makes an earlier revision the newest again, as a new revision: what
// was the newest stays in the history. Name, notes and tags stay as they are.
// Restoring the newest, or one with the same scenario, changes nothing.
func (s *Store) Restore(ctx context.Context, id string, n int) (Case, error) {
	var saved Case
	err := s.write(ctx, "restore revision of", id, func(tx *sql.Tx) error {
		_, c, err := readCase(ctx, tx, id)
		if err != nil {
			return err
		}
		r, err := readRevision(ctx, tx, id, n)
		if err != nil {
			return err
		}
		c.Scenario, c.Summary = r.Scenario, r.Summary
		c.CatalogueVersion, c.AppVersion = r.CatalogueVersion, r.AppVersion
		c.Keep = n != c.Revision
		saved, err = s.saveIn(ctx, tx, c, n)
		return err
	})
	return saved, err
}
