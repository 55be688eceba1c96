// Package storage keeps what a person saves: cases with their revisions, their
// own facts, and the settings, all in one SQLite file.
//
// # Promises
//
//   - When Save returns without an error, the case is on the disk: it survives
//     the end of the program at any moment, and the loss of power.
//   - Nothing is overwritten for good. A changed scenario is a new revision, a
//     deleted case can be brought back for 30 days, a migration is preceded by
//     a backup, a backup replaces a file only when it is whole.
//   - A database of a newer version, or of another program, is not changed by
//     a single byte. A damaged one is kept aside and the newest sound backup is
//     opened; [Store.Recovered] says so.
//   - Several programs may use one database at once. Writers take turns, each
//     waiting up to [Options.BusyTimeout]; then it is ErrLocked. A case changed
//     by another window is never silently replaced: see [Case.Version].
//   - Whatever a person types into a search gives an answer, never an error.
//   - Every error is an [*Error]: its text is for the log, its Advice for the
//     person, and errors.Is finds the kind and the cause.
//
// # Left out
//
// The package does not know what a scenario means: it is JSON text, kept byte
// for byte, with columns beside it that the caller fills. Reading and writing
// scenario files is the work of the command line and the window. The database
// must not be put on a network share, since SQLite's locks do not hold there.
//
// # Map
//
// open.go opens, probe.go looks before, migrate.go brings the tables up to
// date, recover.go replaces a damaged file, backup.go and check.go look after
// the file; case.go, save.go, list.go and revision.go are the cases, facts.go
// the person's own facts, settings.go the rest. The tables are in migrations/.
package storage

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"log/slog"
	"os"
	"time"
)

// Options of Open. The zero value is right for the window.
type Options struct {
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// ReadOnly opens without ever writing: no migration, no recovery.
	ReadOnly bool
	// Logger gets what a developer wants to know; nil means silence.
	Logger *slog.Logger
	// MergeWithin lets Save put an autosave into the newest revision instead of
	// a new one, if that revision was begun in this session less than
	// MergeWithin ago, bears the same name and was not kept (see [Case.Keep]).
	// Zero never merges. The window uses [AutosaveMerge].
	MergeWithin time.Duration
	// BusyTimeout is how long to wait for another program's write; zero means
	// five seconds.
	BusyTimeout time.Duration
}

// AutosaveMerge is the window's MergeWithin: someone who edits without a pause
// gets one revision for each two minutes of work.
const AutosaveMerge = 2 * time.Minute

// UndeleteFor is how long a deleted case can be brought back.
const UndeleteFor = 30 * 24 * time.Hour

// Store is an open database. It is safe for concurrent use.
type Store struct {
	path      string
	opt       Options
	session   string
	writer    *sql.DB // one connection; nil where opened read-only
	reader    *sql.DB
	file      os.FileInfo // of the database when it was opened
	schema    int         // the version the tables were brought to
	recovered *Recovery
}

// Path is the database file, as an absolute path with links resolved.
func (s *Store) Path() string { return s.path }

// Recovered tells what was done about a damaged database when it was opened;
// nil when it was sound.
func (s *Store) Recovered() *Recovery { return s.recovered }

// Close ends the session. Everything saved is on the disk already.
func (s *Store) Close() error {
	// The readers go first: the last connection to close folds the log into the
	// database, and only the writer may.
	err := s.reader.Close()
	if s.writer != nil {
		err = errors.Join(err, s.writer.Close())
	}
	return fail("close database", s.path, err)
}

// write runs change in one transaction on the one writing connection. It
// commits only if the file is still where it was opened and no newer version
// of the program has changed the tables meanwhile.
func (s *Store) write(ctx context.Context, op, object string, change func(*sql.Tx) error) error {
	if s.writer == nil {
		return failAs(ErrReadOnly, op, object, errors.New("opened read-only"))
	}
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return fail(op, object, err)
	}
	defer func() { _ = tx.Rollback() }() // does nothing after a commit
	if err := s.stillOurs(ctx, tx); err != nil {
		return fail(op, object, err)
	}
	if err := change(tx); err != nil {
		return fail(op, object, err)
	}
	return fail(op, object, tx.Commit())
}

// stillOurs guards against two ways of losing a save without noticing: writing
// into a file that has been moved away or replaced, and writing old rows into
// tables that a newer program has migrated.
func (s *Store) stillOurs(ctx context.Context, tx *sql.Tx) error {
	now, err := os.Stat(s.path)
	if err != nil {
		return failAs(ErrMoved, "look at database", s.path, err)
	}
	if !os.SameFile(s.file, now) {
		return failAs(ErrMoved, "look at database", s.path, nil)
	}
	var version int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if version > s.schema {
		return ErrNewer
	}
	return nil
}

func (s *Store) now() time.Time { return s.opt.Now().UTC().Truncate(time.Millisecond) }

func newSession() string {
	var random [8]byte
	_, _ = rand.Read(random[:]) // never fails: crypto/rand ends the program instead
	return hex.EncodeToString(random[:])
}

// queryer is a transaction or a pool.
type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// collect reads every row with scan. With an error come the rows before it.
func collect[T any](ctx context.Context, q queryer, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // what went wrong is in rows.Err
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return all, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// milliseconds and moment turn a time into its column and back; the zero time
// is NULL.
func milliseconds(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

func moment(ms sql.NullInt64) time.Time {
	if !ms.Valid {
		return time.Time{}
	}
	return time.UnixMilli(ms.Int64).UTC()
}
