package session

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"hostwise/calc"
	"hostwise/calc/catalog"
	"hostwise/storage"
)

// Database is the Store of the app: cases as scenario files in package storage.
type Database struct {
	db         *storage.Store
	cat        *catalog.Catalog
	appVersion string

	// writing holds from reading a case's version until it is written, so that a verdict and a scenario that are
	// saved at once are not taken for two windows.
	writing  sync.Mutex
	mu       sync.Mutex
	versions map[string]int // of each case as this window last read or wrote it
}

var _ Store = (*Database)(nil)

// NewDatabase returns the store of a database. version is the program's.
func NewDatabase(db *storage.Store, cat *catalog.Catalog, version string) *Database {
	return &Database{db: db, cat: cat, appVersion: version, versions: map[string]int{}}
}

func (d *Database) version(id string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.versions[id]
}

func (d *Database) seen(c storage.Case) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.versions[c.ID] = c.Version
}

// Save implements Store.
func (d *Database) Save(ctx context.Context, id string, s calc.Scenario, sum Summary) (Saved, error) {
	d.writing.Lock()
	defer d.writing.Unlock()
	row := d.row(id, s, sum)
	if id != "" && !sum.Known {
		d.keepVerdict(ctx, &row, s)
	}
	saved, err := d.db.Save(ctx, row)
	if errors.Is(err, storage.ErrConflict) {
		return Saved{}, fmt.Errorf("%w: %w", ErrConflict, err)
	}
	if err != nil {
		return Saved{}, err
	}
	d.seen(saved)
	return Saved{ID: saved.ID, Revision: saved.Revision, At: saved.UpdatedAt}, nil
}

// keepVerdict leaves the stored verdict with a case of which only what is said about it changes: name, notes or tags.
// Where the stored case cannot be read the save itself says so.
func (d *Database) keepVerdict(ctx context.Context, row *storage.Case, s calc.Scenario) {
	stored, err := d.db.Get(ctx, row.ID)
	if err != nil {
		return
	}
	before, problems := calc.Parse(stored.Scenario, nil)
	if len(problems) > 0 {
		return
	}
	for _, path := range []string{"name", "notes", "tags"} {
		before = before.With(path, s.Value(path))
		s = s.With(path, s.Value(path))
	}
	if before.Equal(s) {
		row.Summary = stored.Summary
	}
}

// SaveMany implements Store.
func (d *Database) SaveMany(ctx context.Context, scenarios []calc.Scenario) ([]Saved, error) {
	rows := make([]storage.Case, len(scenarios))
	for i, s := range scenarios {
		rows[i] = d.row("", s, Summary{})
	}
	stored, err := d.db.SaveMany(ctx, rows)
	if err != nil {
		return nil, err
	}
	out := make([]Saved, len(stored))
	for i, c := range stored {
		d.seen(c)
		out[i] = Saved{ID: c.ID, Revision: c.Revision, At: c.UpdatedAt}
	}
	return out, nil
}

// row is the case as package storage keeps it.
func (d *Database) row(id string, s calc.Scenario, sum Summary) storage.Case {
	calls := s.Likely("workload.calls_per_month")
	c := storage.Case{
		ID: id, Version: d.version(id), Name: s.Name(), Notes: s.Text("notes"), Tags: s.Value("tags").Texts,
		Model: s.Text("model"), Scenario: s.JSON(), AppVersion: d.appVersion,
		Summary: storage.Summary{
			Route: sum.Route, Kind: string(sum.Kind), Headline: sum.Headline, Confidence: sum.Confidence,
			Chance: sum.Chance, CallsPerMonth: &calls,
		},
	}
	if d.cat != nil {
		c.CatalogueVersion = d.cat.Version
	}
	if m := sum.Monthly; m != nil {
		low, likely, high := m.Low, m.Likely, m.High
		c.Summary.MonthlyLowUSD, c.Summary.MonthlyLikelyUSD, c.Summary.MonthlyHighUSD = &low, &likely, &high
	}
	return c
}

// Summarise implements Store.
func (d *Database) Summarise(ctx context.Context, id string, revision int, sum Summary) error {
	d.writing.Lock()
	defer d.writing.Unlock()
	stored, err := d.db.Get(ctx, id)
	if err != nil {
		return err
	}
	if stored.Revision != revision || stored.Version != d.version(id) {
		return nil // the verdict belongs to a state that is no longer the newest
	}
	s, problems := calc.Parse(stored.Scenario, nil)
	if len(problems) > 0 {
		return problems
	}
	row := d.row(id, s, sum)
	row.Scenario = stored.Scenario
	saved, err := d.db.Save(ctx, row)
	if errors.Is(err, storage.ErrConflict) {
		return nil
	}
	if err == nil {
		d.seen(saved)
	}
	return err
}

// Open implements Store.
func (d *Database) Open(ctx context.Context, id string) (calc.Scenario, Saved, error) {
	c, err := d.db.Get(ctx, id)
	if errors.Is(err, storage.ErrNotFound) || err == nil && !c.DeletedAt.IsZero() {
		return calc.Scenario{}, Saved{}, fmt.Errorf("%w: %s", ErrNoCase, id)
	}
	if err != nil {
		return calc.Scenario{}, Saved{}, err
	}
	s, problems := calc.Parse(c.Scenario, d.cat)
	if len(problems) > 0 {
		return calc.Scenario{}, Saved{}, problems
	}
	d.seen(c)
	return s, Saved{ID: c.ID, Revision: c.Revision, At: c.UpdatedAt}, nil
}

// List implements Store.
func (d *Database) List(ctx context.Context, words string) ([]Case, error) {
	rows, err := d.db.List(ctx, storage.Query{Search: words})
	if err != nil {
		return nil, err
	}
	return listed(rows), nil
}

// listed are the cases as a list shows them.
func listed(rows []storage.Case) []Case {
	cases := make([]Case, len(rows))
	for i, r := range rows {
		cases[i] = Case{ID: r.ID, Name: r.Name, Notes: r.Notes, Tags: r.Tags, Edited: r.UpdatedAt, Revision: r.Revision,
			Model: r.Model, Calls: r.Summary.CallsPerMonth, Summary: summaryOf(r.Summary)}
	}
	return cases
}

// Newest implements Store.
func (d *Database) Newest(ctx context.Context, n int) ([]Case, int, error) {
	all, err := d.db.Count(ctx, storage.Query{})
	if err != nil {
		return nil, 0, err
	}
	rows, err := d.db.List(ctx, storage.Query{Limit: n})
	return listed(rows), all, err
}

// Some implements Store.
func (d *Database) Some(ctx context.Context, ids []string) ([]Case, error) {
	rows := make([]storage.Case, 0, len(ids))
	for _, id := range ids {
		c, err := d.db.Get(ctx, id)
		switch {
		case errors.Is(err, storage.ErrNotFound) || err == nil && !c.DeletedAt.IsZero():
		case err != nil:
			return nil, err
		default:
			rows = append(rows, c)
		}
	}
	return listed(rows), nil
}

// Find implements Store.
func (d *Database) Find(ctx context.Context, words string) ([]string, error) {
	return d.db.Matching(ctx, storage.Query{Search: words})
}

func summaryOf(s storage.Summary) Summary {
	sum := Summary{Route: s.Route, Kind: calc.RouteKind(s.Kind), Headline: s.Headline, Confidence: s.Confidence,
		Chance: s.Chance, Known: s.Headline != ""}
	if s.MonthlyLowUSD != nil && s.MonthlyLikelyUSD != nil && s.MonthlyHighUSD != nil {
		sum.Monthly = &calc.Range{Low: *s.MonthlyLowUSD, Likely: *s.MonthlyLikelyUSD, High: *s.MonthlyHighUSD}
	}
	return sum
}

// Revisions implements Store. A revision that this program can no longer read is left out.
func (d *Database) Revisions(ctx context.Context, id string) ([]Revision, error) {
	rows, err := d.db.Revisions(ctx, id)
	if err != nil {
		return nil, err
	}
	var out []Revision
	for _, r := range rows {
		full, err := d.db.Revision(ctx, id, r.N)
		if err != nil {
			return nil, err
		}
		s, problems := calc.Parse(full.Scenario, nil)
		if len(problems) > 0 {
			continue
		}
		out = append(out, Revision{Number: r.N, At: r.SavedAt, Scenario: s, Summary: summaryOf(r.Summary)})
	}
	return out, nil
}

// Delete implements Store.
func (d *Database) Delete(ctx context.Context, ids []string) error {
	return together(ids, func(all []string) error { return d.db.DeleteMany(ctx, all) })
}

// Undelete implements Store.
func (d *Database) Undelete(ctx context.Context, ids []string) error {
	return together(ids, func(all []string) error { return d.db.UndeleteMany(ctx, all) })
}

// together does something to all ids at once, since each write waits for the disk; where that fails, to each by itself,
// and it tells all that failed.
func together(ids []string, do func(ids []string) error) error {
	if err := do(ids); err == nil || len(ids) == 1 {
		return err
	}
	var failed []error
	for _, id := range ids {
		failed = append(failed, do([]string{id}))
	}
	return errors.Join(failed...)
}

// Settings implements Store. A setting that is no text is left out.
func (d *Database) Settings(ctx context.Context) (map[string]string, error) {
	raw, err := d.db.Settings(ctx)
	if err != nil {
		return nil, err
	}
	kept := make(map[string]string, len(raw))
	for key, value := range raw {
		var text string
		if json.Unmarshal(value, &text) == nil {
			kept[key] = text
		}
	}
	return kept, nil
}

// SetSetting implements Store.
func (d *Database) SetSetting(ctx context.Context, key, value string) error {
	return d.db.SetSetting(ctx, key, value)
}

// Path implements Store.
func (d *Database) Path() string { return d.db.Path() }

// Backup implements Store: a copy in the backup folder, named by the time.
func (d *Database) Backup(ctx context.Context) (string, error) {
	return d.db.AutoBackup(ctx, storage.BackupPolicy{Every: 1})
}
