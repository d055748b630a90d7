/** What a collector needs that runs for long: smaller events, settings, sampling. */
export const collector = `
-- What events have in common, for zstd. Events name theirs by its id, so that old ones stay readable.
CREATE TABLE dictionaries (id INTEGER PRIMARY KEY AUTOINCREMENT, bytes BLOB NOT NULL) STRICT;

-- Events that were counted, but not kept with all they brought.
ALTER TABLE issues ADD COLUMN sampled INTEGER NOT NULL DEFAULT 0;

-- JSON, by name; what is absent has its default.
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
ALTER TABLE projects ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';

-- So that a person can tell their sessions apart.
ALTER TABLE sessions ADD COLUMN browser TEXT NOT NULL DEFAULT '';
CREATE INDEX issues_by_last_seen_of_all ON issues (last_seen, id);
`;
