// Package search finds help entries by the words a person has: a model tag, an
// error message, a question, a misspelt name.
//
// It promises an answer to any input, never an error about the input: words are
// quoted before SQLite's full-text index (FTS5) sees them, since it would read
// deepseek-r1:70b as a column and c++ as a mistake. Entries that have every
// word come first; only where there is none do near spellings count, and only
// after that entries with some of the words.
//
// The index lives in memory and is built from the entries at each start. It
// does not know where entries come from, nor languages other than English word
// order; it has no stemming beyond the beginnings of words.
package search

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// Doc is an entry to be found.
type Doc struct {
	ID       string
	Title    string
	Body     string
	Keywords []string // other words a person may type for it
	Kind     string   // passed through
}

// Hit is an entry that was found.
type Hit struct {
	Doc
	// Score orders the hits; higher is better. It means nothing by itself.
	Score float64
	// Match tells how it was found.
	Match Match
	// Corrected holds the words that were looked for instead of misspelt ones,
	// by the word that was typed.
	Corrected map[string]string
}

// Match tells how well the words fit.
type Match int

// From the best to the weakest.
const (
	AllWords  Match = iota // every word is there
	NearWords              // every word is there, some in another spelling
	SomeWords              // some words are there
)

// The weights of a word in the title, the keywords and the body (FTS5's bm25
// multiplies each column's share by its weight, https://sqlite.org/fts5.html#the_bm25_function).
const weights = "8.0, 5.0, 1.0"

// The most of a query that is looked at; beyond it, it is pasted text.
const (
	maxWords = 24
	maxRunes = 1000
)

// Index is a full-text index of help entries. It is safe for concurrent use.
type Index struct {
	db         *sql.DB
	docs       []Doc
	vocabulary vocabulary
}

// New builds an index of docs. Two entries may not share an id.
func New(ctx context.Context, docs []Doc) (*Index, error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, fmt.Errorf("open the help index: %w", err)
	}
	db.SetMaxOpenConns(1) // each connection would have a memory of its own
	db.SetConnMaxIdleTime(0)
	db.SetConnMaxLifetime(0)
	index := &Index{db: db, docs: slices.Clone(docs), vocabulary: vocabulary{}}
	if err := index.fill(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("build the help index: %w", err), db.Close())
	}
	return index, nil
}

// Close frees the index.
func (x *Index) Close() error { return x.db.Close() }

func (x *Index) fill(ctx context.Context) error {
	tx, err := x.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after a commit
	if _, err := tx.ExecContext(ctx, `CREATE VIRTUAL TABLE entries USING fts5 (title, keywords, body,
		content = '', prefix = '2 3', tokenize = "unicode61 remove_diacritics 0")`); err != nil {
		return err
	}
	seen := map[string]bool{}
	for i, doc := range x.docs {
		if seen[doc.ID] {
			return fmt.Errorf("the id %q is there twice", doc.ID)
		}
		seen[doc.ID] = true
		title, keywords, body := fold(doc.Title), fold(strings.Join(doc.Keywords, " \n ")), fold(doc.Body)
		if _, err := tx.ExecContext(ctx, "INSERT INTO entries (rowid, title, keywords, body) VALUES (?, ?, ?, ?)",
			i, title, keywords, body); err != nil {
			return err
		}
		x.vocabulary.add(title, keywords, body)
	}
	return tx.Commit()
}

// Find returns at most limit entries for the words, best first; limit 0 means
// 20. The last word may be unfinished. Words that say nothing ("how do I") count
// only where there are no others. No words give no hits.
func (x *Index) Find(ctx context.Context, words string, limit int) ([]Hit, error) {
	if limit <= 0 {
		limit = 20
	}
	terms := split(words)
	if len(terms) == 0 {
		return nil, nil
	}
	hits, err := x.match(ctx, join(terms, " AND "), limit)
	if err != nil || len(hits) > 0 {
		return hits, err
	}
	near, corrected := x.correct(terms)
	if len(corrected) > 0 {
		hits, err = x.match(ctx, join(near, " AND "), limit)
		if err != nil || len(hits) > 0 {
			return mark(hits, NearWords, corrected), err
		}
	}
	hits, err = x.match(ctx, join(near, " OR "), limit)
	return mark(hits, SomeWords, corrected), err
}

func mark(hits []Hit, match Match, corrected map[string]string) []Hit {
	for i := range hits {
		hits[i].Match = match
		if len(corrected) > 0 {
			hits[i].Corrected = corrected
		}
	}
	return hits
}

// match asks the index. Equal scores keep the order in which entries were given.
func (x *Index) match(ctx context.Context, expression string, limit int) (hits []Hit, err error) {
	if expression == "" {
		return nil, nil
	}
	rows, err := x.db.QueryContext(ctx, `SELECT rowid, bm25(entries, `+weights+`) AS rank FROM entries
		WHERE entries MATCH ? ORDER BY rank, rowid LIMIT ?`, expression, limit)
	if err != nil {
		return nil, fmt.Errorf("search help for %q: %w", expression, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var row int
		var rank float64
		if err := rows.Scan(&row, &rank); err != nil {
			return nil, fmt.Errorf("search help for %q: %w", expression, err)
		}
		hits = append(hits, Hit{Doc: x.docs[row], Score: -rank}) // bm25: lower is better
	}
	return hits, rows.Err()
}

// term is one typed word: a phrase of tokens, of which the last may go on.
type term struct {
	typed  string
	tokens []string
	prefix bool
}

// expression writes the term for FTS5: quoted, so that nothing in it is read as
// an operator.
func (t term) expression() string {
	quoted := `"` + strings.Join(t.tokens, " ") + `"`
	if t.prefix {
		return quoted + "*"
	}
	return quoted
}

func join(terms []term, operator string) string {
	all := make([]string, len(terms))
	for i, t := range terms {
		all[i] = t.expression()
	}
	return strings.Join(all, operator)
}

// split turns typed words into terms. deepseek-r1:70b is one term of three
// tokens, which have to stand together.
func split(words string) []term {
	folded := fold(cut(words, maxRunes))
	fields := strings.Fields(folded)
	var said, empty []term
	for i, field := range fields[:min(len(fields), maxWords)] {
		tokens := tokenise(field)
		if len(tokens) == 0 {
			continue
		}
		// A word is finished when a space follows it.
		last := i == len(fields)-1 && strings.HasSuffix(folded, field)
		t := term{typed: field, tokens: tokens, prefix: last}
		if silent[field] && !last || silent[strings.Trim(field, "?!.,")] && last && len(said) > 0 {
			empty = append(empty, t)
			continue
		}
		said = append(said, t)
	}
	if len(said) == 0 {
		return empty
	}
	return said
}

// silent words say nothing about what is sought.
var silent = func() map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(`a about all am an and any are as at be by can could do does for from get
		has have how i if in into is it its me my of on or our should so than that the their them then there these they
		this to us was we were what when where which who why will with would you your`) {
		set[word] = true
	}
	return set
}()
