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

// factTables are the catalogue's tables that a person may add to or correct:
// the keys of a scenario's facts block.
var factTables = []string{"models", "devices", "hosts", "prices", "measured"}

// Fact is a row of the person's own, which outranks the catalogue's by its id.
type Fact struct {
	Table string
	ID    string
	Row   json.RawMessage
	// Original is the catalogue's row as it was when the person first changed
	// it; nil where they added the fact, or nobody handed it over.
	Original  json.RawMessage
	Reason    string
	ChangedAt time.Time
}

// FactChange is one entry of a fact's history. Row is nil where the fact was
// reset.
type FactChange = Fact

// A FactOption adds to SetFact.
type FactOption func(*Fact)

// Original hands over the catalogue's row, to be kept beside the person's. The
// first one given stays until the fact is reset.
func Original(row json.RawMessage) FactOption {
	return func(f *Fact) { f.Original = bytes.Clone(row) }
}

// Facts returns the person's own facts in the form of a scenario's facts
// block: {"models": [row, …], "devices": […], …}, every table there.
func (s *Store) Facts(ctx context.Context) (json.RawMessage, error) {
	all, err := s.FactList(ctx)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	for i, table := range factTables {
		b.WriteString([]string{"{", ","}[min(i, 1)])
		fmt.Fprintf(&b, "%q:[", table)
		first := true
		for _, fact := range all {
			if fact.Table != table {
				continue
			}
			if !first {
				b.WriteByte(',')
			}
			first = false
			b.Write(fact.Row)
		}
		b.WriteByte(']')
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

const factColumns = "catalogue_table, id, body, original, reason, changed_ms"

func scanFact(rows *sql.Rows) (Fact, error) {
	var f Fact
	var row, original []byte
	var changed sql.NullInt64
	err := rows.Scan(&f.Table, &f.ID, &row, &original, &f.Reason, &changed)
	f.Row, f.Original, f.ChangedAt = row, original, moment(changed)
	return f, err
}

// FactList returns the person's own facts by table and id, each with the
// original beside it.
func (s *Store) FactList(ctx context.Context) ([]Fact, error) {
	all, err := collect(ctx, s.reader, scanFact, "SELECT "+factColumns+" FROM facts ORDER BY catalogue_table, id")
	return all, fail("list own facts", "", err)
}

// FactHistory returns every change of a fact, newest first.
func (s *Store) FactHistory(ctx context.Context, table, id string) ([]FactChange, error) {
	all, err := collect(ctx, s.reader, scanFact, "SELECT "+factColumns+
		" FROM fact_changes WHERE catalogue_table = ? AND id = ? ORDER BY row DESC", table, id)
	return all, fail("read history of fact", table+"/"+id, err)
}

// SetFact stores a row of the person's own, with why they changed it. The row
// is a JSON object; where it has an "id", that must be id.
func (s *Store) SetFact(ctx context.Context, table, id string, row json.RawMessage, reason string, options ...FactOption) error {
	f := Fact{Table: table, ID: id, Row: bytes.Clone(row), Reason: reason}
	for _, option := range options {
		option(&f)
	}
	const op = "set fact"
	object := table + "/" + id
	if err := f.problem(); err != nil {
		return failAs(ErrInvalid, op, object, err)
	}
	return s.write(ctx, op, object, func(tx *sql.Tx) error {
		now := s.now().UnixMilli()
		_, err := tx.ExecContext(ctx, `INSERT INTO facts (`+factColumns+`) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (catalogue_table, id) DO UPDATE SET body = excluded.body, reason = excluded.reason,
			changed_ms = excluded.changed_ms, original = coalesce(original, excluded.original)`,
			table, id, string(f.Row), nullable(f.Original), reason, now)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO fact_changes (`+factColumns+`)
			SELECT `+factColumns+` FROM facts WHERE catalogue_table = ? AND id = ?`, table, id)
		return err
	})
}

// ResetFact takes the person's row away, so that the catalogue's holds again.
// The history stays. Without such a row it is ErrNotFound.
func (s *Store) ResetFact(ctx context.Context, table, id string) error {
	return s.write(ctx, "reset fact", table+"/"+id, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, "DELETE FROM facts WHERE catalogue_table = ? AND id = ?", table, id)
		if err != nil {
			return err
		}
		if gone, err := result.RowsAffected(); err != nil || gone == 0 {
			return errors.Join(err, ErrNotFound)
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO fact_changes (`+factColumns+`) VALUES (?, ?, NULL, NULL, 'reset', ?)`,
			table, id, s.now().UnixMilli())
		return err
	})
}

func nullable(text []byte) any {
	if text == nil {
		return nil
	}
	return string(text)
}

func (f Fact) problem() error {
	if !slices.Contains(factTables, f.Table) {
		return fmt.Errorf("there is no table %q; the tables are %q", f.Table, factTables)
	}
	if f.ID == "" {
		return errors.New("the id is empty")
	}
	if err := errors.Join(textProblem("the id", f.ID, MaxName), textProblem("the reason", f.Reason, MaxNotes)); err != nil {
		return err
	}
	if err := jsonProblem("the row", f.Row); err != nil {
		return err
	}
	if f.Original != nil {
		if err := jsonProblem("the original row", f.Original); err != nil {
			return err
		}
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(f.Row, &fields); err != nil || fields == nil {
		return errors.New("the row is not a JSON object")
	}
	var own string
	if text, has := fields["id"]; has && (json.Unmarshal(text, &own) != nil || own != f.ID) {
		return fmt.Errorf("the row has the id %s", text)
	}
	return nil
}
