package session

import (
	"context"
	"errors"
	"time"

	"hostwise/calc"
)

// ErrNoCase says that a case is not, or no longer, in the store.
var ErrNoCase = errors.New("session: no such case")

// ErrConflict says that another window has changed the case since this one read it.
var ErrConflict = errors.New("session: the case was changed in another window")

// Summary is what a list shows of a case without working it out again: the verdict of its last assessment.
type Summary struct {
	Route      string         // id of the verdict's route, "" = nothing is feasible
	Kind       calc.RouteKind // of that route
	Headline   string         // the verdict's sentence
	Monthly    *calc.Range    // dollars a month; nil = unknown
	Chance     *float64       // that it is the cheapest, 0..1; nil = unknown
	Confidence string         // high, medium or low
	Known      bool           // the case has been assessed
}

// Case is a saved scenario as a list shows it.
type Case struct {
	ID       string
	Name     string
	Notes    string
	Tags     []string
	Edited   time.Time
	Revision int
	Model    string   // id
	Calls    *float64 // a month, likely; nil = unknown
	Summary  Summary
}

// Revision is one saved state of a case.
type Revision struct {
	Number   int
	At       time.Time
	Scenario calc.Scenario
	Summary  Summary
}

// Saved says what a save made.
type Saved struct {
	ID       string
	Revision int
	At       time.Time
}

// Store keeps cases and settings durably: what it has confirmed survives a power cut. Its methods may be
// called from several goroutines.
type Store interface {
	// Save writes a scenario as the newest revision of the case, or as a new case where id is "". A scenario
	// equal to the newest revision makes no new one.
	// The summary is the scenario's verdict where it is known by then. It answers ErrConflict, and changes nothing,
	// where another window has changed the case since this store opened or saved it.
	Save(ctx context.Context, id string, s calc.Scenario, sum Summary) (Saved, error)
	// SaveMany writes scenarios as new cases: all of them, or none.
	SaveMany(ctx context.Context, s []calc.Scenario) ([]Saved, error)
	// Summarise keeps the verdict of a case, unless its scenario has changed since that revision.
	Summarise(ctx context.Context, id string, revision int, sum Summary) error
	// Open returns the newest scenario of a case.
	Open(ctx context.Context, id string) (calc.Scenario, Saved, error)
	// List returns all cases, newest edit first, or those that match the words.
	List(ctx context.Context, words string) ([]Case, error)
	// Newest returns the cases that were edited last, newest first, and how many cases there are in all.
	Newest(ctx context.Context, n int) (newest []Case, all int, err error)
	// Some returns the cases with these ids, in the order of the ids; those that are not there are left out.
	Some(ctx context.Context, ids []string) ([]Case, error)
	// Find returns the ids that List would list for words, in no order and quicker.
	Find(ctx context.Context, words string) ([]string, error)
	// Revisions returns the history of a case, newest first.
	Revisions(ctx context.Context, id string) ([]Revision, error)
	// Delete puts cases away; Undelete brings them back with their history.
	Delete(ctx context.Context, ids []string) error
	Undelete(ctx context.Context, ids []string) error
	// Settings and SetSetting keep the person's settings by key.
	Settings(ctx context.Context) (map[string]string, error)
	SetSetting(ctx context.Context, key, value string) error
	// Path is where the database is; Backup writes a copy of it beside the others and returns where.
	Path() string
	Backup(ctx context.Context) (string, error)
}

// Files reads and writes scenario files, and knows the templates.
type Files interface {
	// Read returns the scenarios of a .json, .jsonl or .zip file. On a mistake it returns none and an error
	// that lists every problem with its place.
	Read(path string) ([]calc.Scenario, error)
	// Write writes scenarios by the ending of path, beside and renamed.
	Write(path string, s []calc.Scenario) error
	// Templates lists the ready scenarios, in the order in which they are offered.
	Templates() []Template
	// Template returns a ready scenario.
	Template(name string) (calc.Scenario, error)
}

// Template describes a ready scenario.
type Template struct {
	Name  string // as on the command line
	Title string // "Private RAG prototype"
	Words string // what it is for, in one line
}
