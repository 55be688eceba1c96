package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// The kinds of failure. Test for them with errors.Is.
var (
	// ErrNotFound: no such case, revision, fact or database.
	ErrNotFound = errors.New("not found")
	// ErrNewer: the database was written by a newer version of the program.
	ErrNewer = errors.New("database is from a newer version")
	// ErrOlder: the database needs a migration and was opened read-only.
	ErrOlder = errors.New("database is from an older version")
	// ErrForeign: an SQLite database, but not one of ours.
	ErrForeign = errors.New("not a Hostwise database")
	// ErrDamaged: the database cannot be read, in whole or in part.
	ErrDamaged = errors.New("database is damaged")
	// ErrLocked: another program kept the database locked for too long.
	ErrLocked = errors.New("database is locked")
	// ErrConflict: what is to be saved was changed elsewhere since it was read.
	ErrConflict = errors.New("changed elsewhere")
	// ErrMoved: the database file was moved, deleted or replaced while open.
	ErrMoved = errors.New("database file was moved or replaced")
	// ErrReadOnly: the database or its folder cannot be written.
	ErrReadOnly = errors.New("cannot be written")
	// ErrNotRegular: the path is a folder, a device or the like.
	ErrNotRegular = errors.New("not a regular file")
	// ErrFull: no room left on the disk.
	ErrFull = errors.New("disk is full")
	// ErrInvalid: what was handed over cannot be stored as it is.
	ErrInvalid = errors.New("not valid")
	// ErrClosed: the store was used after Close.
	ErrClosed = errors.New("database is closed")
)

// advice says, for each kind, what the person can do.
var advice = map[error]string{
	ErrNotFound:   "It is not there any more. It may have been deleted in another window.",
	ErrNewer:      "These cases were saved by a newer version of Hostwise. Install that version or a later one. Nothing was changed.",
	ErrOlder:      "These cases were saved by an older version of Hostwise. Open them once without the read-only setting.",
	ErrForeign:    "This file is a database of another program. Choose another file. Nothing was changed.",
	ErrDamaged:    "The saved cases cannot be read in full. Restart Hostwise: it keeps the damaged file and opens the newest backup.",
	ErrLocked:     "Another program is holding the saved cases. Close it, or wait a moment, and try again.",
	ErrConflict:   "This case was changed in another window. Reload it, or save yours as a copy.",
	ErrMoved:      "The file with the saved cases was moved or replaced while Hostwise was open. Export this case, then restart Hostwise.",
	ErrReadOnly:   "The file or its folder cannot be written. Check its permissions, or choose another place.",
	ErrNotRegular: "This path is not a file. Choose another one.",
	ErrFull:       "The disk is full. Free some space and try again.",
	ErrInvalid:    "This cannot be saved as it is.",
	ErrClosed:     "The saved cases are closed. Restart Hostwise.",
}

// Error is every error this package returns. Error() is for the log: it names
// what was attempted, on what, and the cause. Advice is for the person.
type Error struct {
	Op     string // what was attempted: "save case"
	Object string // on what: an id, a path
	Kind   error  // one of the sentinels of this package, or nil
	Cause  error  // what the driver or the system said, or nil
}

// Error names the attempt, its object, the kind of failure and the cause.
func (e *Error) Error() string {
	text := e.Op
	if e.Object != "" {
		text += fmt.Sprintf(" %q", e.Object)
	}
	if e.Kind != nil {
		text += ": " + e.Kind.Error()
	}
	if e.Cause != nil {
		text += ": " + e.Cause.Error()
	}
	return text
}

// Unwrap gives both the kind and the cause to errors.Is and errors.As.
func (e *Error) Unwrap() []error {
	var all []error
	for _, err := range []error{e.Kind, e.Cause} {
		if err != nil {
			all = append(all, err)
		}
	}
	return all
}

// Advice is a sentence for the person: what happened and what they can do.
func (e *Error) Advice() string {
	words, known := advice[e.Kind]
	switch {
	case !known:
		return "The saved cases could not be used. Try again; if it happens again, restart Hostwise."
	case e.Kind == ErrInvalid && e.Cause != nil:
		return words + " " + e.Cause.Error() + "."
	}
	return words
}

// Advice is the sentence for the person that err carries, or "" where err does
// not come from this package.
func Advice(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Advice()
	}
	return ""
}

// fail wraps cause with what was attempted, translating what the driver or the
// system says into one of our kinds. An error that is already ours passes.
func fail(op, object string, cause error) error {
	if cause == nil {
		return nil
	}
	var ours *Error
	if errors.As(cause, &ours) {
		return cause
	}
	if kind := sentinelOf(cause); kind != nil {
		if cause == kind {
			return &Error{Op: op, Object: object, Kind: kind}
		}
		return &Error{Op: op, Object: object, Kind: kind, Cause: cause}
	}
	return &Error{Op: op, Object: object, Kind: kindOf(cause), Cause: cause}
}

// failAs is fail with the kind already known.
func failAs(kind error, op, object string, cause error) error {
	return &Error{Op: op, Object: object, Kind: kind, Cause: cause}
}

func sentinelOf(err error) error {
	for kind := range advice {
		if errors.Is(err, kind) {
			return kind
		}
	}
	return nil
}

// kindOf translates an error of the driver or the system.
func kindOf(err error) error {
	var driver *sqlite.Error
	switch {
	case err == nil, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return nil
	case errors.As(err, &driver):
		return kindOfCode(driver.Code())
	case errors.Is(err, sql.ErrNoRows), errors.Is(err, fs.ErrNotExist):
		return ErrNotFound
	case errors.Is(err, sql.ErrConnDone), err.Error() == "sql: database is closed":
		return ErrClosed
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return ErrReadOnly
	case errors.Is(err, syscall.ENOSPC):
		return ErrFull
	case errors.Is(err, syscall.ENOTDIR), errors.Is(err, syscall.EISDIR):
		return ErrNotRegular
	}
	return nil
}

// kindOfCode translates an SQLite result code; its low byte is the primary
// code, the rest refines it (https://sqlite.org/rescode.html).
func kindOfCode(code int) error {
	switch code & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL:
		return ErrLocked
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return ErrDamaged
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN:
		return ErrReadOnly
	case sqlite3.SQLITE_FULL:
		return ErrFull
	case sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_MISMATCH:
		return ErrInvalid
	}
	return nil
}

// isDamage tells whether err, ours or the driver's, means a damaged file.
func isDamage(err error) bool {
	return errors.Is(err, ErrDamaged) || kindOf(err) == ErrDamaged
}
