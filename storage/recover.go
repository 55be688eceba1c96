package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Recovery tells what was done about a damaged database.
type Recovery struct {
	Problem string    // what was wrong with it
	Aside   string    // where the damaged file is kept
	Backup  string    // the backup that took its place; "" where there was none
	TakenAt time.Time // when that backup was taken
	// Rescued counts the cases that could still be read in the damaged file and
	// were newer than the backup's, or not in it.
	Rescued int
}

// Advice is a sentence for the person.
func (r *Recovery) Advice() string {
	words := fmt.Sprintf("The saved cases could not be read in full. The damaged file is kept as %s.", r.Aside)
	if r.Backup == "" {
		words += " There was no backup."
	} else {
		words += fmt.Sprintf(" Hostwise opened the backup of %s; what was changed after that may be missing.",
			r.TakenAt.Local().Format("2 January 2006, 15:04"))
	}
	if r.Rescued > 0 {
		words += fmt.Sprintf(" Newer states of %d cases were rescued from the damaged file.", r.Rescued)
	}
	return words
}

// rescue saves what can still be read in the damaged file and is newer than
// what the backup holds. It goes case by case, since one damaged page must not
// cost the others, and takes nothing that does not pass the checks of Save.
func (s *Store) rescue(ctx context.Context) {
	_ = withReader(ctx, s.recovered.Aside, s.opt.BusyTimeout, func(db *sql.DB) error {
		// With this, SQLite opens a file that was cut short; the connection
		// cannot write (https://sqlite.org/pragma.html#pragma_writable_schema).
		if _, err := db.ExecContext(ctx, "PRAGMA writable_schema = ON"); err != nil {
			return err
		}
		for _, id := range readableIDs(ctx, db) {
			_, c, err := readCase(ctx, db, id)
			if err != nil || !c.DeletedAt.IsZero() || !s.worthRescue(ctx, c) {
				continue
			}
			c.Version, c.Keep = 0, true
			if _, err := s.Save(ctx, c); err == nil {
				s.recovered.Rescued++
			}
		}
		s.rescueFacts(ctx, db)
		return nil
	})
	s.opt.Logger.Info("rescued from the damaged database", "cases", s.recovered.Rescued)
}

// rescueFacts does the same for the person's own facts.
func (s *Store) rescueFacts(ctx context.Context, db *sql.DB) {
	here, err := s.FactList(ctx)
	if err != nil {
		return
	}
	since := map[string]time.Time{}
	for _, fact := range here {
		since[fact.Table+"/"+fact.ID] = fact.ChangedAt
	}
	theirs, _ := collect(ctx, db, scanFact, "SELECT "+factColumns+" FROM facts") // up to the damage
	for _, fact := range theirs {
		if fact.ChangedAt.After(since[fact.Table+"/"+fact.ID]) {
			// A row that does not pass the checks of SetFact stays behind.
			_ = s.SetFact(ctx, fact.Table, fact.ID, fact.Row, fact.Reason, Original(fact.Original))
		}
	}
}

// readableIDs reads the ids from the front and from the back, up to the
// damage; an index is a third copy of them.
func readableIDs(ctx context.Context, db *sql.DB) []string {
	seen := map[string]bool{}
	var all []string
	for _, query := range []string{
		"SELECT id FROM cases NOT INDEXED ORDER BY row",
		"SELECT id FROM cases NOT INDEXED ORDER BY row DESC",
		"SELECT id FROM cases ORDER BY id",
	} {
		_, _ = collect(ctx, db, func(rows *sql.Rows) (string, error) {
			var id string
			err := rows.Scan(&id)
			if err == nil && !seen[id] {
				seen[id] = true
				all = append(all, id)
			}
			return id, err
		}, query) // it ends with an error where the damage begins
	}
	return all
}

// worthRescue tells whether a case is missing here or older here.
func (s *Store) worthRescue(ctx context.Context, c Case) bool {
	if _, err := c.normalise(); err != nil {
		return false
	}
	here, err := s.Get(ctx, c.ID)
	return errors.Is(err, ErrNotFound) || err == nil && c.UpdatedAt.After(here.UpdatedAt)
}

// recover moves the damaged database aside and puts the newest sound backup in
// its place. Only one program at a time does so; the others wait, and find a
// sound database.
func (s *Store) recover(ctx context.Context, problem error) error {
	release, err := s.holdRecovery(ctx)
	if err != nil {
		return err
	}
	defer release()
	if s.soundNow(ctx) {
		return nil // another program has just recovered it
	}
	// The copy is made first: where there is no room for it, nothing is moved.
	staged := temporaryBeside(s.path)
	defer func() { _ = os.Remove(staged) }() // gone already where all went well
	backup, found := s.soundBackup(ctx)
	if found {
		if err := copyFile(backup.Path, staged); err != nil {
			return err
		}
	}
	aside, err := s.moveAside()
	if err != nil {
		return err
	}
	s.recovered = &Recovery{Problem: problem.Error(), Aside: aside}
	if found {
		if err := putInPlace(staged, s.path); err != nil {
			return err
		}
		s.recovered.Backup, s.recovered.TakenAt = backup.Path, backup.TakenAt
	}
	s.opt.Logger.Warn("database recovered", "aside", aside, "backup", s.recovered.Backup)
	return nil
}

// holdRecovery takes a lock that other programs respect: a write transaction
// on an otherwise unused database in the backup folder. It is freed even when
// the program dies.
func (s *Store) holdRecovery(ctx context.Context) (release func(), err error) {
	if err := os.MkdirAll(s.BackupFolder(), 0o700); err != nil {
		return nil, err
	}
	guard := filepath.Join(s.BackupFolder(), "recovery.lock")
	db, err := sql.Open("sqlite", dsn(guard, modeGuard, s.opt.BusyTimeout))
	if err != nil {
		return nil, err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return func() {
		_ = tx.Rollback() // nothing was written
		_ = db.Close()
	}, nil
}

func (s *Store) soundNow(ctx context.Context) bool {
	found, err := look(ctx, s.path, s.opt.BusyTimeout)
	if err != nil || !found.exists || found.empty {
		return false
	}
	return s.reads(ctx, s.path) == nil
}

func (s *Store) reads(ctx context.Context, path string) error {
	return withReader(ctx, path, s.opt.BusyTimeout, func(db *sql.DB) error { return quickCheck(ctx, db) })
}

// soundBackup is the newest backup that is ours, not newer than this program,
// and whole.
func (s *Store) soundBackup(ctx context.Context) (BackupFile, bool) {
	for _, backup := range s.backups() {
		found, err := look(ctx, backup.Path, s.opt.BusyTimeout)
		if err == nil && !found.empty && found.version <= s.schema && s.reads(ctx, backup.Path) == nil {
			return backup, true
		}
		s.opt.Logger.Warn("backup passed over", "path", backup.Path, "err", err)
	}
	return BackupFile{}, false
}

// moveAside renames the database and the files that belong to it, so that
// someone who knows SQLite can still open it.
func (s *Store) moveAside() (string, error) {
	aside := s.path + ".damaged-" + s.now().Format(stampLayout)
	for n := 2; exists(aside); n++ {
		aside = fmt.Sprintf("%s.damaged-%s-%d", s.path, s.now().Format(stampLayout), n)
	}
	if err := os.Rename(s.path, aside); err != nil {
		return "", err
	}
	for _, ending := range []string{"-wal", "-journal", "-shm"} {
		if err := os.Rename(s.path+ending, aside+ending); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return aside, nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// copyFile copies a file that nobody has open, by way of a temporary one.
func copyFile(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = source.Close() }() // only read
	temporary := temporaryBeside(to)
	defer func() { _ = os.Remove(temporary) }() // gone already where all went well
	copied, err := os.OpenFile(temporary, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(copied, source)
	if err := errors.Join(err, copied.Close()); err != nil {
		return err
	}
	return putInPlace(temporary, to)
}
