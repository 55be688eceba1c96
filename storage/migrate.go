package storage

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration brings the tables from one version to the next: the first makes
// version 1.
type migration struct {
	name string
	sql  string
}

// ownMigrations reads the embedded files in the order of their names.
func ownMigrations() []migration {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		panic("storage: " + err.Error()) // the pattern above is a constant
	}
	var steps []migration
	for i, name := range names {
		if !strings.HasPrefix(name, fmt.Sprintf("migrations/%04d_", i+1)) {
			panic("storage: migration out of order: " + name) // a build mistake
		}
		text, err := migrationFiles.ReadFile(name)
		if err != nil {
			panic("storage: " + err.Error()) // it was listed a moment ago
		}
		steps = append(steps, migration{name: name, sql: string(text)})
	}
	return steps
}

// migrate runs the steps that the database lacks, each in a transaction of its
// own that also sets the version, each after a backup.
func (s *Store) migrate(ctx context.Context, found probe, steps []migration) error {
	for version := found.version; version < len(steps); version++ {
		if !found.empty {
			if err := s.backupBefore(ctx, version); err != nil {
				return err
			}
		}
		if err := s.step(ctx, version, steps[version]); err != nil {
			return failAs(kindOf(err), "migrate with "+steps[version].name, s.path, err)
		}
	}
	return nil
}

// step runs one migration. Foreign keys are off while it runs, since a table
// that others refer to can only be rebuilt that way, and checked before the
// commit (https://sqlite.org/lang_altertable.html#otheralter).
func (s *Store) step(ctx context.Context, from int, m migration) (err error) {
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, "PRAGMA foreign_keys = OFF"); err != nil {
		return err
	}
	defer func() {
		_, back := conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA foreign_keys = ON")
		err = errors.Join(err, back)
	}()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after a commit
	return stepIn(ctx, tx, from, m)
}

func stepIn(ctx context.Context, tx *sql.Tx, from int, m migration) error {
	var version int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if version > from {
		return nil // another program has just done it
	}
	if _, err := tx.ExecContext(ctx, m.sql); err != nil {
		return err
	}
	broken, err := collect(ctx, tx, scanBrokenKey, "PRAGMA foreign_key_check")
	if err != nil {
		return err
	}
	if len(broken) > 0 {
		return errors.New(strings.Join(broken, "; "))
	}
	// user_version is part of the transaction, like any other page.
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", from+1)); err != nil {
		return err
	}
	return tx.Commit()
}

// scanBrokenKey words one row of PRAGMA foreign_key_check.
func scanBrokenKey(rows *sql.Rows) (string, error) {
	var table, parent string
	var row sql.NullInt64
	var key int
	err := rows.Scan(&table, &row, &parent, &key)
	return fmt.Sprintf("row %d of %s refers to a row of %s that is not there", row.Int64, table, parent), err
}
