/** Records of logs, and what leads from them to the events of their session. */
export const logs = `
-- What the records of a page, or of a server's process, have in common; it goes with the last of them.
CREATE TABLE log_contexts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id INTEGER NOT NULL,
  hash BLOB NOT NULL,
  user INTEGER,
  json TEXT NOT NULL,
  UNIQUE (project_id, hash)
) STRICT;
CREATE INDEX log_contexts_by_user ON log_contexts (project_id, user) WHERE user IS NOT NULL;
CREATE TABLE log_values (
  context_id INTEGER NOT NULL REFERENCES log_contexts (id) ON DELETE CASCADE,
  property TEXT NOT NULL,
  value TEXT NOT NULL COLLATE NOCASE,
  PRIMARY KEY (context_id, property, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX log_values_by_value ON log_values (property, value, context_id);

-- Only ever appended. The place is the time when it happened, ms, times 2048, and then the order within it: so the order
-- of rows is that of time, in the index of words too, and one number tells where a page of a list begins.
CREATE TABLE log_records (
  place INTEGER PRIMARY KEY,
  project_id INTEGER NOT NULL,
  id TEXT NOT NULL,
  context_id INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  level INTEGER NOT NULL,
  logger TEXT NOT NULL,
  text TEXT NOT NULL,
  data TEXT,
  UNIQUE (project_id, id)
) STRICT;
-- All that filters look at, without the texts.
CREATE INDEX log_records_scan ON log_records (project_id, place, level, logger, context_id);
CREATE INDEX log_records_by_context ON log_records (context_id, place);
CREATE VIRTUAL TABLE log_search USING fts5 (text, data, content='log_records', content_rowid='place', tokenize="unicode61 remove_diacritics 2");
CREATE TRIGGER log_records_removed AFTER DELETE ON log_records BEGIN
  INSERT INTO log_search (log_search, rowid, text, data) VALUES ('delete', old.place, old.text, old.data);
  DELETE FROM log_contexts WHERE id = old.context_id
    AND NOT EXISTS (SELECT 1 FROM log_records WHERE context_id = old.context_id);
END;

-- Names that the search box offers.
CREATE TABLE log_loggers (
  project_id INTEGER NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (project_id, name)
) STRICT, WITHOUT ROWID;

-- A number that stands for the page's session. What was filed before this has none.
ALTER TABLE events ADD COLUMN session INTEGER;
CREATE INDEX events_by_session ON events (session) WHERE session IS NOT NULL;
`;
