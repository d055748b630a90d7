/** Source maps and bundles that were uploaded, and what was made of them. */
export const artifacts = `
-- What was uploaded, once, however many releases and projects have it.
CREATE TABLE artifact_contents (
  hash TEXT PRIMARY KEY,
  bytes INTEGER NOT NULL,
  zstd BLOB NOT NULL
) STRICT;
-- A map ready for look-ups. The key is the map's hash, and the bundle's where that was needed too.
CREATE TABLE map_indexes (
  key TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  zstd BLOB
) STRICT;
-- Sources that the maps brought along: releases share most of them.
CREATE TABLE source_texts (
  hash TEXT PRIMARY KEY,
  zstd BLOB NOT NULL
) STRICT;
CREATE TABLE map_texts (
  key TEXT NOT NULL REFERENCES map_indexes (key) ON DELETE CASCADE,
  hash TEXT NOT NULL,
  PRIMARY KEY (key, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX map_texts_by_hash ON map_texts (hash);

CREATE TABLE artifacts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  release TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('map', 'script')),
  name TEXT NOT NULL,
  script TEXT NOT NULL,
  basename TEXT NOT NULL,
  debug_id TEXT,
  hash TEXT NOT NULL REFERENCES artifact_contents (hash),
  index_key TEXT REFERENCES map_indexes (key),
  bytes INTEGER NOT NULL,
  sources INTEGER NOT NULL,
  texts INTEGER NOT NULL,
  problems TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (project_id, release, kind, name, hash)
) STRICT;
CREATE INDEX artifacts_by_basename ON artifacts (project_id, basename);
CREATE INDEX artifacts_by_debug_id ON artifacts (project_id, debug_id) WHERE debug_id IS NOT NULL;
CREATE INDEX artifacts_by_hash ON artifacts (hash);
CREATE INDEX artifacts_by_index ON artifacts (index_key);

-- Issues with frames that no map could resolve, by the file's last path segment: whom a late map concerns.
CREATE TABLE unresolved_files (
  project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  basename TEXT NOT NULL,
  issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
  PRIMARY KEY (project_id, basename, issue_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX unresolved_files_by_issue ON unresolved_files (issue_id);

-- Tokens of a scope other than 'all' belong to one project.
ALTER TABLE api_tokens ADD COLUMN scope TEXT NOT NULL DEFAULT 'all';
ALTER TABLE api_tokens ADD COLUMN project_id INTEGER REFERENCES projects (id) ON DELETE CASCADE;
`;
