-- Cases, their revisions, the person's facts and the settings.
-- Times are milliseconds since 1970 UTC. Money is US dollars a month.
-- The scenario is opaque JSON; what lists and sorts need stands beside it in columns.

PRAGMA application_id = 0x48575345;

CREATE TABLE cases (
  row               INTEGER PRIMARY KEY,
  id                TEXT    NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 64),
  version           INTEGER NOT NULL CHECK (version >= 1),
  revision          INTEGER NOT NULL CHECK (revision >= 1),
  draft             INTEGER NOT NULL CHECK (draft IN (0, 1)),
  created_ms        INTEGER NOT NULL,
  updated_ms        INTEGER NOT NULL,
  deleted_ms        INTEGER,
  monthly_low_usd   REAL,
  monthly_likely_usd REAL,
  monthly_high_usd  REAL,
  chance            REAL CHECK (chance BETWEEN 0 AND 1),
  calls_per_month   REAL,
  model             TEXT    NOT NULL,
  route             TEXT    NOT NULL,
  kind              TEXT    NOT NULL,
  confidence        TEXT    NOT NULL,
  catalogue_version TEXT    NOT NULL,
  app_version       TEXT    NOT NULL,
  sort_name         TEXT    NOT NULL,
  name              TEXT    NOT NULL,
  headline          TEXT    NOT NULL,
  -- The long texts come last, so that a list reads only the start of each row.
  notes             TEXT    NOT NULL,
  search_text       TEXT    NOT NULL,
  search_signs      TEXT    NOT NULL
) STRICT;

CREATE INDEX cases_by_update ON cases (deleted_ms, updated_ms);
CREATE INDEX cases_by_name   ON cases (deleted_ms, sort_name);
-- What the other orders need, so that they need not read the long rows.
CREATE INDEX cases_in_brief  ON cases (deleted_ms, draft, monthly_likely_usd, chance,
                                       calls_per_month, created_ms, route, model);

CREATE TABLE case_tags (
  case_row INTEGER NOT NULL REFERENCES cases (row) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  tag      TEXT    NOT NULL CHECK (length(tag) BETWEEN 1 AND 40),
  folded   TEXT    NOT NULL,
  PRIMARY KEY (case_row, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX case_tags_by_word ON case_tags (folded, case_row);

CREATE TABLE revisions (
  case_row          INTEGER NOT NULL REFERENCES cases (row) ON DELETE CASCADE,
  n                 INTEGER NOT NULL CHECK (n >= 1),
  started_ms        INTEGER NOT NULL,
  saved_ms          INTEGER NOT NULL,
  session           TEXT    NOT NULL,
  kept              INTEGER NOT NULL CHECK (kept IN (0, 1)),
  restored_from     INTEGER,
  name              TEXT    NOT NULL,
  catalogue_version TEXT    NOT NULL,
  app_version       TEXT    NOT NULL,
  summary           TEXT    NOT NULL CHECK (json_valid(summary)),
  scenario          TEXT    NOT NULL CHECK (json_valid(scenario)),
  PRIMARY KEY (case_row, n)
) STRICT;

-- The words of every case, and the signs in them that are not words. The text
-- is folded before it gets here, so the tokenizer must not fold it again.
CREATE VIRTUAL TABLE case_words USING fts5 (
  words, signs, content = '', contentless_delete = 1, prefix = '1 2 3',
  tokenize = "unicode61 remove_diacritics 0"
);

CREATE TRIGGER case_words_insert AFTER INSERT ON cases BEGIN
  INSERT INTO case_words (rowid, words, signs) VALUES (new.row, new.search_text, new.search_signs);
END;

CREATE TRIGGER case_words_update AFTER UPDATE OF search_text ON cases
WHEN old.search_text IS NOT new.search_text BEGIN
  DELETE FROM case_words WHERE rowid = old.row;
  INSERT INTO case_words (rowid, words, signs) VALUES (new.row, new.search_text, new.search_signs);
END;

CREATE TRIGGER case_words_delete AFTER DELETE ON cases BEGIN
  DELETE FROM case_words WHERE rowid = old.row;
END;

CREATE TABLE facts (
  catalogue_table TEXT    NOT NULL,
  id              TEXT    NOT NULL,
  body            TEXT    NOT NULL CHECK (json_valid(body)),
  original        TEXT    CHECK (original IS NULL OR json_valid(original)),
  reason          TEXT    NOT NULL,
  changed_ms      INTEGER NOT NULL,
  PRIMARY KEY (catalogue_table, id)
) STRICT, WITHOUT ROWID;

-- One row for every change to a fact; body is null where it was reset.
CREATE TABLE fact_changes (
  row             INTEGER PRIMARY KEY,
  catalogue_table TEXT    NOT NULL,
  id              TEXT    NOT NULL,
  body            TEXT    CHECK (body IS NULL OR json_valid(body)),
  original        TEXT    CHECK (original IS NULL OR json_valid(original)),
  reason          TEXT    NOT NULL,
  changed_ms      INTEGER NOT NULL
) STRICT;

CREATE INDEX fact_changes_by_fact ON fact_changes (catalogue_table, id, row);

CREATE TABLE settings (
  key        TEXT    NOT NULL PRIMARY KEY,
  value      TEXT    NOT NULL CHECK (json_valid(value)),
  changed_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
