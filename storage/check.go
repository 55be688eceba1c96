package storage

import (
	"context"
	"database/sql"
	"fmt"
)

// checks are the questions that only our tables can answer. Each selects one
// sentence for each problem.
var checks = []string{
	`SELECT 'case ' || id || ': its newest revision, ' || revision || ', is missing' FROM cases
		WHERE NOT EXISTS (SELECT 1 FROM revisions WHERE case_row = row AND n = revision)`,
	`SELECT 'case ' || id || ', revision ' || n || ': the scenario is not valid JSON' FROM revisions
		JOIN cases ON row = case_row WHERE NOT json_valid(scenario)`,
	`SELECT 'case ' || id || ', revision ' || n || ': the summary is not valid JSON' FROM revisions
		JOIN cases ON row = case_row WHERE NOT json_valid(summary)`,
	`SELECT 'fact ' || catalogue_table || '/' || id || ': not valid JSON' FROM facts
		WHERE NOT json_valid(body) OR NOT coalesce(json_valid(original), 1)`,
	`SELECT 'setting ' || key || ': not valid JSON' FROM settings WHERE NOT json_valid(value)`,
	`SELECT 'case ' || id || ': the search index does not know it' FROM cases
		WHERE row NOT IN (SELECT rowid FROM case_words)`,
}

// Check reads everything and returns what is wrong, one sentence each: damaged
// pages, broken references, text that is not JSON, missing revisions. No
// problems and no error mean that the database is sound.
func (s *Store) Check(ctx context.Context) ([]string, error) {
	problems, err := collect(ctx, s.reader, scanSentence, "PRAGMA integrity_check")
	if isDamage(err) {
		return append(problems, err.Error()), nil
	}
	if err != nil {
		return nil, fail("check database", s.path, err)
	}
	if len(problems) == 1 && problems[0] == "ok" {
		problems = nil
	}
	broken, err := collect(ctx, s.reader, scanBrokenKey, "PRAGMA foreign_key_check")
	if err != nil {
		return append(problems, err.Error()), nil
	}
	problems = append(problems, broken...)
	for _, question := range checks {
		found, err := collect(ctx, s.reader, scanSentence, question)
		if err != nil {
			return problems, s.checkFailed(problems, err)
		}
		problems = append(problems, found...)
	}
	return problems, nil
}

// checkFailed passes an error on, unless damage has been found already that
// explains it.
func (s *Store) checkFailed(problems []string, err error) error {
	if len(problems) > 0 && isDamage(err) {
		return nil
	}
	return fail("check database", s.path, fmt.Errorf("reading the tables: %w", err))
}

func scanSentence(rows *sql.Rows) (string, error) {
	var sentence string
	err := rows.Scan(&sentence)
	return sentence, err
}
