package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// applicationID marks our databases: "HWSE" (https://sqlite.org/pragma.html#pragma_application_id).
const applicationID = 0x48575345

// The ways to reach a database file.
const (
	modeWrite     = "rwc"       // read, write, create
	modeRead      = "ro"        // read beside a writer
	modeImmutable = "immutable" // read a file that nobody has open
	modeGuard     = "guard"     // used as a lock only
)

// dsn is the driver's address of a database. It must be a file: URL, properly
// escaped: otherwise the driver drops SQLite's own keys, and a '?' in a path
// opens another file.
func dsn(path, mode string, busy time.Duration) string {
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/… on Windows
	}
	keys := url.Values{
		"_busy_timeout": {strconv.FormatInt(busy.Milliseconds(), 10)},
		"_foreign_keys": {"1"},
		"_dqs":          {"0"},
	}
	switch mode {
	case modeImmutable:
		keys.Set("mode", "ro")
		keys.Set("immutable", "1")
	case modeRead:
		keys.Set("mode", "ro")
	case modeGuard:
		keys.Set("mode", modeWrite)
		keys.Set("_txlock", "exclusive")
	default:
		keys.Set("mode", mode)
		keys.Set("_txlock", "immediate")
		keys.Set("_journal_mode", "WAL")
		keys.Set("_synchronous", "FULL")
		// macOS: ask the drive, not only the system, to write (fcntl F_FULLFSYNC).
		keys["_pragma"] = []string{"fullfsync(1)", "checkpoint_fullfsync(1)"}
	}
	address := url.URL{Scheme: "file", Path: slashed, RawQuery: keys.Encode()}
	return address.String()
}

// probe is what is known of a database before it is opened for writing.
type probe struct {
	exists  bool
	empty   bool // no table and no mark of anyone
	version int
}

// look reads version and owner of a database without changing it. The check
// must come first, because setting the write-ahead log rewrites the header.
func look(ctx context.Context, path string, busy time.Duration) (probe, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return probe{empty: true}, nil
	}
	if err != nil {
		return probe{}, err
	}
	if !info.Mode().IsRegular() {
		return probe{}, ErrNotRegular
	}
	if info.Size() == 0 {
		return probe{exists: true, empty: true}, nil
	}
	found := probe{exists: true}
	err = withReader(ctx, path, busy, func(db *sql.DB) error {
		var owner, tables int
		if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&found.version); err != nil {
			return err
		}
		if err := db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&owner); err != nil {
			return err
		}
		if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
			return err
		}
		found.empty = tables == 0 && owner == 0 && found.version == 0
		if owner != applicationID && !found.empty {
			return ErrForeign
		}
		return nil
	})
	return found, err
}

// withReader runs read on a connection that cannot write. A file that nobody
// has open is read as immutable, which leaves no log beside it; where a log is
// there, it belongs to the data and is read with its locks.
func withReader(ctx context.Context, path string, busy time.Duration, read func(*sql.DB) error) error {
	mode := modeRead
	if !hasLog(path) {
		mode = modeImmutable
	}
	db, err := sql.Open("sqlite", dsn(path, mode, busy))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	return errors.Join(read(db), db.Close())
}

// hasLog tells whether a write-ahead log or a rollback journal lies beside the
// database: another program has it open, or one ended without closing it.
func hasLog(path string) bool {
	for _, ending := range []string{"-wal", "-journal"} {
		if _, err := os.Lstat(path + ending); err == nil {
			return true
		}
	}
	return false
}

// quickCheck reads every page and finds torn and missing ones.
func quickCheck(ctx context.Context, db queryer) error {
	var verdict string
	if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return fmt.Errorf("%w: %s", ErrDamaged, verdict)
	}
	return nil
}
