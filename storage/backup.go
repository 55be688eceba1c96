package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// stampLayout writes a moment into a file name: UTC, no character that a file
// system minds, and text order is time order.
const stampLayout = "20060102T150405.000Z"

// migrationBackups is how many backups from before a migration are kept.
const migrationBackups = 5

// BackupPolicy says when AutoBackup makes a backup and how many it keeps.
// The zero value means one a day and the last 14.
type BackupPolicy struct {
	Every time.Duration
	Keep  int
}

// BackupFile is one automatic backup.
type BackupFile struct {
	Path    string
	TakenAt time.Time
	// BeforeMigration tells that it was taken before the tables were changed.
	BeforeMigration bool
	Bytes           int64
}

// Backup writes a whole, compact copy of the database to path, while other
// work goes on. The copy is written beside the target and put in its place
// only when it is complete and on the disk. A target that exists and is not a
// regular file, or that is the database itself, is refused.
func (s *Store) Backup(ctx context.Context, path string) error {
	const op = "back up to"
	target, err := filepath.Abs(path)
	if err != nil {
		return fail(op, path, err)
	}
	if err := s.checkTarget(target); err != nil {
		return fail(op, target, err)
	}
	return fail(op, target, s.copyTo(ctx, target))
}

func (s *Store) checkTarget(target string) error {
	info, err := os.Lstat(target)
	if errors.Is(err, fs.ErrNotExist) {
		return s.notBeside(target)
	}
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return ErrNotRegular
	}
	for _, ending := range []string{"", "-wal", "-shm", "-journal"} {
		if own, err := os.Stat(s.path + ending); err == nil && os.SameFile(own, info) {
			return fmt.Errorf("%w: this is the database itself", ErrInvalid)
		}
	}
	return s.notBeside(target)
}

// notBeside refuses the names that SQLite itself uses beside the database.
func (s *Store) notBeside(target string) error {
	for _, ending := range []string{"-wal", "-shm", "-journal"} {
		if target == s.path+ending {
			return fmt.Errorf("%w: this name belongs to the database", ErrInvalid)
		}
	}
	return nil
}

// copyTo uses VACUUM INTO: reading the file ourselves would drop SQLite's locks
// when we close it (https://sqlite.org/howtocorrupt.html, section 2.2).
func (s *Store) copyTo(ctx context.Context, target string) error {
	temporary := temporaryBeside(target)
	defer func() { _ = os.Remove(temporary) }() // gone already where all went well
	if err := touchPrivate(temporary); err != nil {
		return err
	}
	if _, err := s.reader.ExecContext(ctx, "VACUUM INTO ?", temporary); err != nil {
		return err
	}
	return putInPlace(temporary, target)
}

func temporaryBeside(target string) string {
	return filepath.Join(filepath.Dir(target), "."+filepath.Base(target)+"."+newSession()+".part")
}

// touchPrivate makes an empty file that only its owner can read; VACUUM INTO
// accepts an empty file.
func touchPrivate(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return file.Close()
}

// putInPlace makes sure that the file is on the disk, then renames it.
func putInPlace(temporary, target string) error {
	file, err := os.OpenFile(temporary, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Rename(temporary, target); err != nil {
		return err
	}
	syncFolder(filepath.Dir(target))
	return nil
}

// syncFolder asks the system to write the folder's names. Some systems cannot;
// the files themselves are on the disk by then.
func syncFolder(folder string) {
	if handle, err := os.Open(folder); err == nil {
		_ = handle.Sync()
		_ = handle.Close()
	}
}

// BackupFolder is where automatic backups are kept, beside the database.
func (s *Store) BackupFolder() string { return s.path + "-backups" }

// AutoBackup makes a backup if the newest is older than the policy asks, and
// removes the oldest beyond those to keep. It returns the new backup's path,
// or "" where none was due. Calling it at start and now and then is enough.
func (s *Store) AutoBackup(ctx context.Context, policy BackupPolicy) (string, error) {
	const op = "make the automatic backup of"
	if s.writer == nil {
		return "", failAs(ErrReadOnly, op, s.path, errors.New("opened read-only"))
	}
	if policy.Every <= 0 {
		policy.Every = 24 * time.Hour
	}
	if policy.Keep <= 0 {
		policy.Keep = 14
	}
	now := s.now()
	if newest := s.newestBackup(now); now.Sub(newest) < policy.Every {
		return "", nil
	}
	target, err := s.backupInto(ctx, now, "")
	if err != nil {
		return "", fail(op, s.path, err)
	}
	s.clearParts(now)
	return target, fail(op, s.path, s.prune(false, policy.Keep))
}

// clearParts removes half-made copies that a program left when it was ended in
// the middle of a backup. One made today may still be in the making.
func (s *Store) clearParts(now time.Time) {
	entries, err := os.ReadDir(s.BackupFolder())
	if err != nil {
		return // it is tried again with the next backup, here and below
	}
	for _, entry := range entries {
		info, err := entry.Info()
		half := strings.HasPrefix(entry.Name(), ".") && strings.HasSuffix(entry.Name(), ".part")
		if err == nil && half && now.Sub(info.ModTime()) > 24*time.Hour {
			_ = os.Remove(filepath.Join(s.BackupFolder(), entry.Name()))
		}
	}
}

// newestBackup is when the newest daily backup was taken. One dated in the
// future, left by a clock that was wrong, does not count.
func (s *Store) newestBackup(now time.Time) time.Time {
	for _, backup := range s.backups() {
		if !backup.BeforeMigration && !backup.TakenAt.After(now) {
			return backup.TakenAt
		}
	}
	return time.Time{}
}

// backupBefore keeps the state before a migration.
func (s *Store) backupBefore(ctx context.Context, version int) error {
	if _, err := s.backupInto(ctx, s.now(), fmt.Sprintf("-before-v%d", version+1)); err != nil {
		return fail("back up before migration", s.path, err)
	}
	return s.prune(true, migrationBackups)
}

// backupInto adds a backup to the folder. A copy that does not read back well
// is an error and does not stay.
func (s *Store) backupInto(ctx context.Context, now time.Time, why string) (string, error) {
	if err := os.MkdirAll(s.BackupFolder(), 0o700); err != nil {
		return "", err
	}
	target := filepath.Join(s.BackupFolder(), now.Format(stampLayout)+why+".db")
	if err := s.copyTo(ctx, target); err != nil {
		return "", err
	}
	err := withReader(ctx, target, s.opt.BusyTimeout, func(db *sql.DB) error { return quickCheck(ctx, db) })
	if err != nil {
		return "", errors.Join(err, os.Remove(target))
	}
	return target, nil
}

// Backups lists the automatic backups, newest first.
func (s *Store) Backups() []BackupFile { return s.backups() }

func (s *Store) backups() []BackupFile {
	entries, err := os.ReadDir(s.BackupFolder())
	if err != nil {
		return nil // no folder, no backups
	}
	var all []BackupFile
	for _, entry := range entries {
		if backup, ok := backupFile(s.BackupFolder(), entry); ok {
			all = append(all, backup)
		}
	}
	slices.SortFunc(all, func(a, b BackupFile) int { return strings.Compare(b.Path, a.Path) })
	return all
}

// backupFile reads a backup's name; anything else in the folder is left alone.
func backupFile(folder string, entry fs.DirEntry) (BackupFile, bool) {
	stem, isDB := strings.CutSuffix(entry.Name(), ".db")
	stamp, _, before := strings.Cut(stem, "-before-")
	taken, err := time.Parse(stampLayout, stamp)
	info, infoErr := entry.Info()
	if !isDB || err != nil || infoErr != nil || !info.Mode().IsRegular() {
		return BackupFile{}, false
	}
	return BackupFile{
		Path: filepath.Join(folder, entry.Name()), TakenAt: taken.UTC(),
		BeforeMigration: before, Bytes: info.Size(),
	}, true
}

// prune removes the oldest backups of one sort beyond keep.
func (s *Store) prune(beforeMigration bool, keep int) error {
	var errs []error
	for _, backup := range s.backups() {
		if backup.BeforeMigration != beforeMigration {
			continue
		}
		if keep--; keep < 0 {
			errs = append(errs, os.Remove(backup.Path))
		}
	}
	return errors.Join(errs...)
}
