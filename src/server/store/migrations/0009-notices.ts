/** Being told: what changes in issues, who wants to know, what they were told. */
export const notices = `
-- What each transaction of the digest changed in issues, for rules to look at; kept for a day.
CREATE TABLE transitions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id INTEGER NOT NULL,
  issue_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  count INTEGER NOT NULL,
  facts TEXT NOT NULL
) STRICT;
CREATE INDEX transitions_by_time ON transitions (at);
-- Changes are looked at in the order of id, so one number says how far the rules have come.
CREATE TABLE notify_progress (one INTEGER PRIMARY KEY CHECK (one = 1), transition_id INTEGER NOT NULL) STRICT;
INSERT INTO notify_progress VALUES (1, 0);

CREATE TABLE channels (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  settings TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE rules (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  settings TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT '{}',
  told_at INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX rules_by_project ON rules (project_id);
-- One row for one transition, whoever sees it first.
CREATE TABLE alerts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  rule_id INTEGER NOT NULL REFERENCES rules (id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  at INTEGER NOT NULL,
  alert TEXT NOT NULL,
  is_told INTEGER NOT NULL DEFAULT 0,
  UNIQUE (rule_id, key)
) STRICT;
CREATE INDEX alerts_waiting ON alerts (rule_id, id) WHERE is_told = 0;
CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  channel_id INTEGER NOT NULL REFERENCES channels (id) ON DELETE CASCADE,
  notice TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 0,
  at INTEGER NOT NULL,
  request TEXT NOT NULL DEFAULT '',
  answer TEXT NOT NULL DEFAULT '',
  -- The issue of an incident that is open at the receiver: to be closed there when it is resolved here.
  incident INTEGER
) STRICT;
CREATE INDEX deliveries_by_project ON deliveries (project_id, id);
CREATE INDEX deliveries_waiting ON deliveries (at) WHERE state = 'waiting';
CREATE INDEX deliveries_open ON deliveries (incident) WHERE incident IS NOT NULL;
CREATE INDEX deliveries_by_channel ON deliveries (channel_id);
`;
