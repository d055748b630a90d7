/** The first shape of the database. A migration that has been released is never edited: a change is a new one. */
export const start = `
-- Only ever appended.
CREATE TABLE events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id INTEGER NOT NULL,
  id TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  happened_at INTEGER NOT NULL,
  encoding INTEGER NOT NULL,
  body BLOB NOT NULL,
  UNIQUE (project_id, id)
) STRICT;
CREATE TABLE dropped (
  project_id INTEGER NOT NULL,
  day INTEGER NOT NULL,
  reason TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (project_id, reason, day)
) STRICT, WITHOUT ROWID;

-- Events are digested in the order of seq, so one number says how far the digest has come.
CREATE TABLE digest_progress (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL) STRICT;
INSERT INTO digest_progress VALUES (1, 0);

-- Small and changing.
CREATE TABLE projects (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  key TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  first_event_at INTEGER,
  issues INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE releases (
  project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  first_seen INTEGER NOT NULL,
  PRIMARY KEY (project_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE issues (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  title TEXT NOT NULL,
  culprit TEXT NOT NULL,
  level TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'unresolved',
  resolved_at INTEGER,
  events INTEGER NOT NULL DEFAULT 0,
  users INTEGER NOT NULL DEFAULT 0,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  first_release TEXT,
  last_release TEXT,
  latest_seq INTEGER NOT NULL,
  grouping_version TEXT NOT NULL,
  reasons TEXT NOT NULL,
  UNIQUE (project_id, number)
) STRICT;
CREATE INDEX issues_by_last_seen ON issues (project_id, last_seen, id);
CREATE INDEX issues_by_first_seen ON issues (project_id, first_seen, id);
CREATE INDEX issues_by_events ON issues (project_id, events, id);
CREATE INDEX issues_by_users ON issues (project_id, users, id);

-- Many fingerprints may lead to one issue: late source maps, merging by hand and new versions of grouping add lines here.
CREATE TABLE fingerprints (
  project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  fingerprint TEXT NOT NULL,
  issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
  PRIMARY KEY (project_id, fingerprint)
) STRICT, WITHOUT ROWID;
CREATE INDEX fingerprints_by_issue ON fingerprints (issue_id);

CREATE TABLE issue_events (
  issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL REFERENCES events (seq) ON DELETE CASCADE,
  PRIMARY KEY (issue_id, seq)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX issue_events_by_seq ON issue_events (seq);
CREATE TABLE issue_hours (
  issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
  hour INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (issue_id, hour)
) STRICT, WITHOUT ROWID;
CREATE TABLE issue_users (
  issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
  user INTEGER NOT NULL,
  PRIMARY KEY (issue_id, user)
) STRICT, WITHOUT ROWID;
CREATE TABLE issue_values (
  issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
  property TEXT NOT NULL,
  value TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (issue_id, property, value)
) STRICT, WITHOUT ROWID;

-- What full-text search looks through: the different words of an issue's events, not every event.
CREATE TABLE issue_texts (
  id INTEGER PRIMARY KEY,
  issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  UNIQUE (issue_id, text)
) STRICT;
CREATE VIRTUAL TABLE issue_search USING fts5 (text, content='issue_texts', content_rowid='id', tokenize="unicode61 remove_diacritics 2");
CREATE TRIGGER issue_texts_added AFTER INSERT ON issue_texts BEGIN
  INSERT INTO issue_search (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER issue_texts_removed AFTER DELETE ON issue_texts BEGIN
  INSERT INTO issue_search (issue_search, rowid, text) VALUES ('delete', old.id, old.text);
END;

CREATE TABLE people (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  email TEXT UNIQUE COLLATE NOCASE,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('admin', 'member')),
  password TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE sign_in_tokens (
  hash TEXT PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE sessions (
  hash TEXT PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  by_token INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_person ON sessions (person_id);
CREATE TABLE api_tokens (
  hash TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
