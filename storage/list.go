package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"strconv"
	"strings"
	"unicode"
)

// Sort is what a list is ordered by.
type Sort string

// The orders of a list. What is not known comes last, whichever the direction.
const (
	SortUpdated Sort = "updated"
	SortCreated Sort = "created"
	SortName    Sort = "name"
	SortModel   Sort = "model"
	SortRoute   Sort = "route"
	SortMonthly Sort = "monthly" // the likely cost a month
	SortChance  Sort = "chance"
	SortCalls   Sort = "calls"
)

// sortColumns: the zero Sort is handled by order.
var sortColumns = map[Sort]string{
	SortUpdated: "updated_ms", SortCreated: "created_ms", SortName: "sort_name", SortModel: "model",
	SortRoute: "route", SortMonthly: "monthly_likely_usd", SortChance: "chance", SortCalls: "calls_per_month",
}

// Query says which cases to list, and how.
type Query struct {
	// Search is what a person typed. A case matches when each word begins a word
	// of its name, notes, tags or model; case, accents and order do not matter.
	Search string
	// Tag keeps the cases that bear it.
	Tag string
	// Sort is empty for the newest change first; Desc does not matter then.
	Sort Sort
	Desc bool
	// Limit is the most cases to return; 0 means all.
	Limit  int
	Offset int
	// Deleted lists the deleted cases instead of the others.
	Deleted bool
	// Drafts: nil lists all, otherwise only drafts or only the others.
	Drafts *bool
}

// TagCount is a tag and how many cases bear it.
type TagCount struct {
	Tag   string
	Cases int
}

// caseColumns are the columns that a Case is read from; storedColumns, in the
// order of storedValues, add those that only sorting and searching use.
const caseColumns = `id, version, revision, draft, created_ms, updated_ms, deleted_ms,
	monthly_low_usd, monthly_likely_usd, monthly_high_usd, chance, calls_per_month,
	model, route, kind, confidence, catalogue_version, app_version, name, headline, notes`

const (
	storedColumns     = caseColumns + ", sort_name, search_text, search_signs"
	storedColumnCount = 24
)

func storedValues(c Case) []any {
	text := searchText(c)
	return []any{c.ID, c.Version, c.Revision, c.Draft, c.CreatedAt.UnixMilli(), c.UpdatedAt.UnixMilli(), milliseconds(c.DeletedAt),
		c.Summary.MonthlyLowUSD, c.Summary.MonthlyLikelyUSD, c.Summary.MonthlyHighUSD, c.Summary.Chance, c.Summary.CallsPerMonth,
		c.Model, c.Summary.Route, c.Summary.Kind, c.Summary.Confidence, c.CatalogueVersion, c.AppVersion,
		c.Name, c.Summary.Headline, c.Notes, sortKey(c.Name), text, signTokens(text)}
}

const tagsOfCase = `(SELECT json_group_array(tag ORDER BY position) FROM case_tags WHERE case_row = cases.row)`

// scanCase reads the columns row, caseColumns, tags and further ones.
func scanCase(scan func(...any) error, row *int64, c *Case, further ...any) error {
	var created, updated, deleted sql.NullInt64
	var tags string
	targets := append([]any{row, &c.ID, &c.Version, &c.Revision, &c.Draft, &created, &updated, &deleted,
		&c.Summary.MonthlyLowUSD, &c.Summary.MonthlyLikelyUSD, &c.Summary.MonthlyHighUSD, &c.Summary.Chance, &c.Summary.CallsPerMonth,
		&c.Model, &c.Summary.Route, &c.Summary.Kind, &c.Summary.Confidence, &c.CatalogueVersion, &c.AppVersion,
		&c.Name, &c.Summary.Headline, &c.Notes, &tags}, further...)
	if err := scan(targets...); err != nil {
		return err
	}
	c.CreatedAt, c.UpdatedAt, c.DeletedAt = moment(created), moment(updated), moment(deleted)
	if tags == "[]" {
		return nil // no tags are a nil slice, as before saving
	}
	return json.Unmarshal([]byte(tags), &c.Tags)
}

// readCase reads a case with its scenario, and its row number.
func readCase(ctx context.Context, q queryer, id string) (int64, Case, error) {
	var c Case
	var row int64
	err := scanCase(q.QueryRowContext(ctx, `SELECT cases.row, `+prefixed(caseColumns)+`, `+tagsOfCase+`, revisions.scenario
		FROM cases JOIN revisions ON case_row = cases.row AND n = revision WHERE id = ?`, id).Scan,
		&row, &c, (*[]byte)(&c.Scenario))
	return row, c, err
}

// prefixed names the table of each column, for a join.
func prefixed(columns string) string {
	names := strings.Split(columns, ",")
	for i, name := range names {
		names[i] = "cases." + strings.TrimSpace(name)
	}
	return strings.Join(names, ", ")
}

// marks is n question marks for a statement.
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// Get reads a case, deleted or not, with its scenario.
func (s *Store) Get(ctx context.Context, id string) (Case, error) {
	_, c, err := readCase(ctx, s.reader, id)
	if err != nil {
		return Case{}, fail("read case", id, err)
	}
	return c, nil
}

// List returns the cases that match, without their scenarios.
func (s *Store) List(ctx context.Context, q Query) ([]Case, error) {
	where, args := q.where()
	limit := -1 // SQLite: no limit
	if q.Limit > 0 {
		limit = q.Limit
	}
	args = append(args, limit, max(q.Offset, 0))
	cases, err := collect(ctx, s.reader, func(rows *sql.Rows) (Case, error) {
		var c Case
		var row int64
		err := scanCase(rows.Scan, &row, &c)
		return c, err
	}, `SELECT row, `+caseColumns+`, `+tagsOfCase+` FROM cases
		WHERE row IN (SELECT row FROM cases WHERE `+where+` ORDER BY `+q.order()+` LIMIT ? OFFSET ?)
		ORDER BY `+q.order(), args...)
	return cases, fail("list cases", "", err)
}

// Matching returns the ids of the cases that match, for a list that is at hand already.
func (s *Store) Matching(ctx context.Context, q Query) ([]string, error) {
	where, args := q.where()
	var list []byte // one row with all ids: thousands of rows, one by one, take longer than the search
	err := s.reader.QueryRowContext(ctx, "SELECT json_group_array(id) FROM cases WHERE "+where, args...).Scan(&list)
	var ids []string
	if err == nil {
		err = json.Unmarshal(list, &ids)
	}
	return ids, fail("find cases", "", err)
}

// Count tells how many cases match, whatever the limit.
func (s *Store) Count(ctx context.Context, q Query) (int, error) {
	where, args := q.where()
	var n int
	err := s.reader.QueryRowContext(ctx, "SELECT count(*) FROM cases WHERE "+where, args...).Scan(&n)
	return n, fail("count cases", "", err)
}

// order is made of constants only. The row number breaks ties, so that pages
// of a list neither overlap nor leave gaps.
func (q Query) order() string {
	column, known := sortColumns[q.Sort]
	switch {
	case !known:
		return "updated_ms DESC, row DESC"
	case q.Sort == SortMonthly || q.Sort == SortChance || q.Sort == SortCalls:
		column = column + " IS NULL, " + column
	case q.Sort == SortModel || q.Sort == SortRoute:
		column = column + " = '', " + column
	}
	if q.Desc {
		return column + " DESC, row DESC"
	}
	return column + ", row"
}

func (q Query) where() (string, []any) {
	clauses := []string{"deleted_ms IS NULL"}
	if q.Deleted {
		clauses[0] = "deleted_ms IS NOT NULL"
	}
	var args []any
	if q.Drafts != nil {
		clauses, args = append(clauses, "draft = ?"), append(args, *q.Drafts)
	}
	if tag := fold(strings.TrimSpace(q.Tag)); tag != "" {
		clauses = append(clauses, "row IN (SELECT case_row FROM case_tags WHERE folded = ?)")
		args = append(args, tag)
	}
	expression, parts := searchTerms(q.Search)
	if expression != "" {
		clauses = append(clauses, "row IN (SELECT rowid FROM case_words WHERE case_words MATCH ?)")
		args = append(args, expression)
	}
	for _, part := range parts {
		clauses, args = append(clauses, "instr(search_text, ?) > 0"), append(args, part)
	}
	return strings.Join(clauses, " AND "), args
}

// The most of a search that is looked at; beyond it, it is pasted text.
const (
	maxSearchWords = 24
	maxSearchRunes = 2000
	maxSearchSigns = 48 // these only narrow; every sign is still compared
)

// quotesAround are what a person puts around words without meaning to find it.
const quotesAround = "\"'`“”‘’«»()[]{},;"

// searchTerms turns typed words into a full-text expression and the parts that
// have to be looked for character by character.
//
// FTS5 reads operators in what it is given: deepseek-r1:70b would ask for a
// column, c++ is a syntax error. So each word is quoted, which makes it a
// phrase, and its last piece may go on. Signs that a phrase ignores, and words
// of scripts without spaces, are then found as they stand; the index of signs
// leaves few cases to look through for them.
func searchTerms(typed string) (expression string, parts []string) {
	words := strings.Fields(cut(fold(strings.ReplaceAll(typed, "\x00", " ")), maxSearchRunes))
	var phrases []string
	for _, word := range words[:min(len(words), maxSearchWords)] {
		if inner := strings.Trim(word, quotesAround); inner != "" {
			word = inner
		}
		plain, indexed := shape(word)
		if indexed {
			phrases = append(phrases, `"`+strings.ReplaceAll(word, `"`, `""`)+`"*`)
		}
		if !plain || !indexed {
			parts = append(parts, word)
		}
	}
	var both []string
	if len(phrases) > 0 {
		both = append(both, "words : ("+strings.Join(phrases, " ")+")")
	}
	if signs := strings.Fields(signTokens(strings.Join(parts, ""))); len(signs) > 0 {
		both = append(both, "signs : ("+strings.Join(signs[:min(len(signs), maxSearchSigns)], " ")+")")
	}
	return strings.Join(both, " AND "), parts
}

// signTokens names each character of a folded text that the index of words
// does not hold, once: "%" is u25. The names are words to FTS5.
func signTokens(folded string) string {
	var tokens []string
	seen := map[rune]bool{}
	for _, r := range folded {
		if inWords(r) || unicode.IsSpace(r) || seen[r] {
			continue
		}
		seen[r] = true
		tokens = append(tokens, "u"+strconv.FormatInt(int64(r), 16))
	}
	return strings.Join(tokens, " ")
}

// inWords tells whether the index of words holds a character: a letter or a
// digit that the tokenizer is trusted to know. Its tables are those of Unicode
// 6.1, so only alphabets that were complete by then, and that put spaces
// between words, are: Latin, Greek, Cyrillic.
func inWords(r rune) bool {
	return r < 0x0530 && (unicode.IsLetter(r) || unicode.IsNumber(r))
}

// shape tells whether a folded word is all letters and digits, and whether the
// index of words holds all of those, and any.
func shape(word string) (plain, indexed bool) {
	plain, known := true, true
	for _, r := range word {
		switch {
		case inWords(r):
			indexed = true
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			known = false
		default:
			plain = false
		}
	}
	return plain, indexed && known
}

// Tags lists the tags of the cases that are not deleted, the most used first.
// Tags that differ only in case or accents count as one.
func (s *Store) Tags(ctx context.Context) ([]TagCount, error) {
	tags, err := collect(ctx, s.reader, func(rows *sql.Rows) (TagCount, error) {
		var t TagCount
		err := rows.Scan(&t.Tag, &t.Cases)
		return t, err
	}, `SELECT min(tag), count(*) AS cases FROM case_tags JOIN cases ON row = case_row
		WHERE deleted_ms IS NULL GROUP BY folded ORDER BY cases DESC, folded`)
	return tags, fail("list tags", "", err)
}
