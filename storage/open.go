package storage

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"
)

// readers is how many reads may run at once; a list, a search and a preview.
const readers = 3

// Open opens the database at path, making it and its folder (0700) where they
// are missing. A database of an older version is backed up and migrated; one
// of a newer version is refused with ErrNewer and left as it is; a damaged one
// is kept aside and the newest sound backup takes its place.
func Open(ctx context.Context, path string, opt Options) (*Store, error) {
	return openWith(ctx, path, opt, ownMigrations())
}

func openWith(ctx context.Context, path string, opt Options, steps []migration) (*Store, error) {
	const op = "open database"
	resolved, err := resolve(path)
	if err != nil {
		return nil, fail(op, path, err)
	}
	s := &Store{path: resolved, opt: withDefaults(opt), session: newSession(), schema: len(steps)}
	if s.opt.ReadOnly {
		err = s.openReadOnly(ctx)
	} else {
		err = s.openOrRecover(ctx, steps)
	}
	if err != nil {
		s.opt.Logger.Error("database not opened", "path", resolved, "err", err)
		return nil, fail(op, resolved, err)
	}
	return s, nil
}

func withDefaults(opt Options) Options {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Logger == nil {
		opt.Logger = slog.New(slog.DiscardHandler)
	}
	if opt.BusyTimeout <= 0 {
		opt.BusyTimeout = 5 * time.Second
	}
	return opt
}

// resolve makes path absolute and follows links, so that backups and a damaged
// file stay beside the real one. A link that leads nowhere is refused.
func resolve(path string) (string, error) {
	if path == "" {
		return "", errors.Join(ErrInvalid, errors.New("the path is empty"))
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if _, err := os.Lstat(absolute); errors.Is(err, fs.ErrNotExist) {
		return absolute, nil
	}
	real, err := filepath.EvalSymlinks(absolute)
	if err != nil {
		return "", err
	}
	info, err := os.Stat(real)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", ErrNotRegular
	}
	return real, nil
}

func (s *Store) openReadOnly(ctx context.Context) error {
	found, err := look(ctx, s.path, s.opt.BusyTimeout)
	switch {
	case err != nil:
		return err
	case !found.exists:
		return ErrNotFound
	case found.version > s.schema:
		return ErrNewer
	case found.version < s.schema:
		return ErrOlder
	}
	return s.connect(ctx, false)
}

// openOrRecover opens for writing; a damaged database gets one recovery.
func (s *Store) openOrRecover(ctx context.Context, steps []migration) error {
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		return err
	}
	err := s.openSound(ctx, steps)
	if !isDamage(err) {
		return err
	}
	s.opt.Logger.Error("database is damaged", "path", s.path, "err", err)
	if err := s.recover(ctx, err); err != nil {
		return err
	}
	if err := s.openSound(ctx, steps); err != nil {
		return err
	}
	if s.recovered != nil {
		s.rescue(ctx)
	}
	return nil
}

// openSound looks, migrates, connects and reads every page once. Whatever goes
// wrong, no connection is left open.
func (s *Store) openSound(ctx context.Context, steps []migration) error {
	found, err := look(ctx, s.path, s.opt.BusyTimeout)
	if err != nil {
		return err
	}
	if found.version > s.schema {
		return ErrNewer
	}
	if found.exists && found.empty && s.recovered == nil && len(s.backups()) > 0 {
		return errors.Join(ErrDamaged, errors.New("the database is empty, its backups are not"))
	}
	if found.exists && !found.empty {
		if err := withReader(ctx, s.path, s.opt.BusyTimeout, func(db *sql.DB) error { return quickCheck(ctx, db) }); err != nil {
			return err
		}
	}
	if err := s.connect(ctx, true); err != nil {
		return err
	}
	if err := s.settle(ctx, found, steps); err != nil {
		return errors.Join(err, s.Close())
	}
	return nil
}

// settle brings the tables up to date and removes what was deleted long ago.
func (s *Store) settle(ctx context.Context, found probe, steps []migration) error {
	if err := s.migrate(ctx, found, steps); err != nil {
		return err
	}
	if !found.exists {
		syncFolder(filepath.Dir(s.path))
	}
	file, err := os.Stat(s.path)
	if err != nil {
		return err
	}
	s.file = file
	_ = os.SameFile(file, file) // Windows looks up a file's identity only when asked: ask now
	_, err = s.Purge(ctx)
	return err
}

// connect opens the pools and makes sure that each answers.
func (s *Store) connect(ctx context.Context, writing bool) error {
	mode := modeRead
	if !writing && !hasLog(s.path) && !canCreateIn(filepath.Dir(s.path)) {
		// The folder cannot take the files that share the log, so nobody can be
		// writing: read the file as it is.
		mode = modeImmutable
	}
	reader, err := sql.Open("sqlite", dsn(s.path, mode, s.opt.BusyTimeout))
	if err != nil {
		return err
	}
	reader.SetMaxOpenConns(readers)
	reader.SetMaxIdleConns(readers)
	s.reader = reader
	if !writing {
		return s.orClose(ping(ctx, reader))
	}
	s.writer, err = sql.Open("sqlite", dsn(s.path, modeWrite, s.opt.BusyTimeout))
	if err != nil {
		return s.orClose(err)
	}
	s.writer.SetMaxOpenConns(1)
	// The writer first: it makes the file and the log that the readers need.
	if err := retryBusy(ctx, s.opt.BusyTimeout, func() error { return ping(ctx, s.writer) }); err != nil {
		return s.orClose(err)
	}
	return s.orClose(ping(ctx, reader))
}

// orClose closes the pools where err is not nil.
func (s *Store) orClose(err error) error {
	if err == nil {
		return nil
	}
	return errors.Join(err, s.Close())
}

func ping(ctx context.Context, db *sql.DB) error {
	var tables int
	return db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables)
}

// retryBusy tries again while the database is locked: turning the log on does
// not wait by itself when another program is doing the same.
func retryBusy(ctx context.Context, patience time.Duration, try func() error) error {
	deadline := time.Now().Add(patience)
	for {
		err := try()
		if kindOf(err) != ErrLocked || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// canCreateIn tells whether files can be made in a folder, by making one.
func canCreateIn(folder string) bool {
	file, err := os.CreateTemp(folder, ".hostwise-*")
	if err != nil {
		return false
	}
	_ = file.Close()
	_ = os.Remove(file.Name())
	return true
}
