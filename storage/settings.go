package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
)

// Setting reads a setting into a value, as json.Unmarshal does, and tells
// whether there is one. Where there is none, into keeps its default. A setting
// that does not fit this value any more is ErrInvalid: go on with the default.
func (s *Store) Setting(ctx context.Context, key string, into any) (bool, error) {
	var value []byte
	err := s.reader.QueryRowContext(ctx, "SELECT value FROM settings WHERE key = ?", key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fail("read setting", key, err)
	}
	if err := json.Unmarshal(value, into); err != nil {
		return false, failAs(ErrInvalid, "read setting", key, err)
	}
	return true, nil
}

// SetSetting stores a setting as JSON.
func (s *Store) SetSetting(ctx context.Context, key string, value any) error {
	const op = "save setting"
	if err := textProblem("the key", key, MaxName); err != nil || key == "" {
		return failAs(ErrInvalid, op, key, errors.Join(err, errors.New("a setting needs a key")))
	}
	text, err := json.Marshal(value)
	if err != nil {
		return failAs(ErrInvalid, op, key, err)
	}
	return s.write(ctx, op, key, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO settings (key, value, changed_ms) VALUES (?, ?, ?)
			ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_ms = excluded.changed_ms
			WHERE value IS NOT excluded.value`, key, string(text), s.now().UnixMilli())
		return err
	})
}

// DeleteSetting takes a setting away, so that its default holds again.
func (s *Store) DeleteSetting(ctx context.Context, key string) error {
	return s.write(ctx, "delete setting", key, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM settings WHERE key = ?", key)
		return err
	})
}

// Settings returns every setting as JSON.
func (s *Store) Settings(ctx context.Context) (map[string]json.RawMessage, error) {
	all := map[string]json.RawMessage{}
	_, err := collect(ctx, s.reader, func(rows *sql.Rows) (string, error) {
		var key string
		var value []byte
		err := rows.Scan(&key, &value)
		all[key] = value
		return key, err
	}, "SELECT key, value FROM settings")
	return all, fail("read settings", "", err)
}
