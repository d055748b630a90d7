/** What the pages about a whole project show, counted as events arrive. */
export const projectCounts = `
CREATE TABLE project_hours (
  project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  hour INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (project_id, hour)
) STRICT, WITHOUT ROWID;
INSERT INTO project_hours SELECT project_id, hour, sum(count) FROM issue_hours JOIN issues ON issues.id = issue_id GROUP BY 1, 2;

CREATE TABLE project_values (
  day INTEGER NOT NULL,
  project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  property TEXT NOT NULL,
  value TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (day, project_id, property, value)
) STRICT, WITHOUT ROWID;

ALTER TABLE releases ADD COLUMN last_seen INTEGER NOT NULL DEFAULT 0;
ALTER TABLE releases ADD COLUMN events INTEGER NOT NULL DEFAULT 0;
ALTER TABLE releases ADD COLUMN users INTEGER NOT NULL DEFAULT 0;
CREATE INDEX issue_values_by_release ON issue_values (value, issue_id) WHERE property = 'release';
UPDATE releases SET
  last_seen = max(first_seen, coalesce((SELECT max(last_seen) FROM issues
    WHERE issues.project_id = releases.project_id AND last_release = name), 0)),
  events = coalesce((SELECT sum(issue_values.count) FROM issue_values JOIN issues ON issues.id = issue_id
    WHERE property = 'release' AND value = name AND issues.project_id = releases.project_id), 0);
CREATE TABLE release_users (
  project_id INTEGER NOT NULL,
  release TEXT NOT NULL,
  user INTEGER NOT NULL,
  PRIMARY KEY (project_id, release, user),
  FOREIGN KEY (project_id, release) REFERENCES releases (project_id, name) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX issues_by_first_release ON issues (project_id, first_release);

-- When, and by which release, what had been resolved came back.
ALTER TABLE issues ADD COLUMN reopened_at INTEGER;
ALTER TABLE issues ADD COLUMN reopened_release TEXT;

-- When a person looked at a project; "since" is the end of the visit before.
CREATE TABLE looks (
  person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  since INTEGER,
  at INTEGER NOT NULL,
  PRIMARY KEY (person_id, project_id)
) STRICT, WITHOUT ROWID;
`;
