/** What people correct by hand: issues merged into one and split off another, each so that it can be undone. */
export const corrections = `
-- A merged issue stays as it is, out of sight, and is counted on, so that undoing the merge only shows it again.
ALTER TABLE issues ADD COLUMN merged_into INTEGER REFERENCES issues (id) ON DELETE CASCADE;
CREATE INDEX issues_by_merge ON issues (merged_into) WHERE merged_into IS NOT NULL;
-- What people see: lists and counts of issues read from here.
CREATE VIEW shown_issues AS SELECT * FROM issues WHERE merged_into IS NULL;
ALTER TABLE issues ADD COLUMN is_split INTEGER NOT NULL DEFAULT 0;

-- By which of the issues that were merged into the issue; null for its own.
ALTER TABLE fingerprints ADD COLUMN part INTEGER;
ALTER TABLE issue_hints ADD COLUMN part INTEGER;
ALTER TABLE issue_events ADD COLUMN part INTEGER;
CREATE INDEX fingerprints_by_part ON fingerprints (part) WHERE part IS NOT NULL;
-- Known from a merged issue only.
ALTER TABLE issue_users ADD COLUMN is_of_part INTEGER NOT NULL DEFAULT 0;
ALTER TABLE issue_texts ADD COLUMN is_of_part INTEGER NOT NULL DEFAULT 0;

-- By which version of grouping it was made.
ALTER TABLE fingerprints ADD COLUMN version TEXT NOT NULL DEFAULT 'v1';

-- Events of the one issue that are of such a kind belong to the other.
CREATE TABLE issue_splits (
  issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
  variant TEXT NOT NULL,
  into_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
  PRIMARY KEY (issue_id, variant)
) STRICT, WITHOUT ROWID;
CREATE INDEX issue_splits_by_target ON issue_splits (into_id);

CREATE TABLE corrections (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('merge', 'split')),
  issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
  -- What was merged into it, or split off it.
  other_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
  -- Fingerprints that were moved, a JSON list.
  fingerprints TEXT NOT NULL,
  person TEXT NOT NULL,
  made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX corrections_by_issue ON corrections (issue_id);
CREATE INDEX corrections_by_other ON corrections (other_id);

-- Issues whose events with a smaller seq are still to be looked at again.
CREATE TABLE refilings (
  issue_id INTEGER PRIMARY KEY REFERENCES issues (id) ON DELETE CASCADE,
  cause TEXT NOT NULL CHECK (cause IN ('map', 'split')),
  before_seq INTEGER NOT NULL
) STRICT;
`;
