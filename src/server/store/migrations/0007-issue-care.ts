/** What people do with issues: resolve in a release, snooze, assign, comment; and searches that they keep. */
export const issueCare = `
-- An event opens a resolved issue again if it is of this release or a later one; with resolved_next of a later one only.
ALTER TABLE issues ADD COLUMN resolved_release TEXT;
ALTER TABLE issues ADD COLUMN resolved_next INTEGER NOT NULL DEFAULT 0;
-- Counts are those of the issue at which it wakes.
ALTER TABLE issues ADD COLUMN snoozed_until INTEGER;
ALTER TABLE issues ADD COLUMN snoozed_events INTEGER;
ALTER TABLE issues ADD COLUMN snoozed_users INTEGER;
ALTER TABLE issues ADD COLUMN assignee_id INTEGER REFERENCES people (id) ON DELETE SET NULL;
CREATE INDEX issues_snoozed ON issues (snoozed_until) WHERE snoozed_until IS NOT NULL;
CREATE INDEX issues_by_assignee ON issues (assignee_id) WHERE assignee_id IS NOT NULL;

CREATE TABLE issue_activity (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  person_id INTEGER REFERENCES people (id) ON DELETE SET NULL,
  -- The name at that time, which stays when the person has left; null for the collector itself.
  person TEXT,
  -- JSON.
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX issue_activity_by_issue ON issue_activity (issue_id, id);
CREATE INDEX issue_activity_by_person ON issue_activity (person_id) WHERE person_id IS NOT NULL;

CREATE TABLE saved_searches (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id INTEGER REFERENCES people (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  search TEXT NOT NULL,
  is_shared INTEGER NOT NULL
) STRICT;
CREATE INDEX saved_searches_by_person ON saved_searches (person_id);

-- Completion of the search, and the search for values.
CREATE INDEX issue_values_by_value ON issue_values (property, value COLLATE NOCASE);
`;
