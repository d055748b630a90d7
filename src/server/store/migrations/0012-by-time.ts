/** An issue's events in the order in which they happened, whenever they arrived. */
export const byTime = `
CREATE TABLE issue_events_by_time (
  issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
  happened_at INTEGER NOT NULL,
  seq INTEGER NOT NULL REFERENCES events (seq) ON DELETE CASCADE,
  part INTEGER,
  PRIMARY KEY (issue_id, happened_at, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO issue_events_by_time
  SELECT issue_id, happened_at, seq, part FROM issue_events JOIN events USING (seq) ORDER BY 1, 2, 3;
DROP TABLE issue_events;
ALTER TABLE issue_events_by_time RENAME TO issue_events;
CREATE UNIQUE INDEX issue_events_by_seq ON issue_events (seq);
-- The last of them is found there.
ALTER TABLE issues DROP COLUMN latest_seq;

-- What had begun begins again: its mark was one of arrival.
ALTER TABLE refilings ADD COLUMN before_at INTEGER NOT NULL DEFAULT ${Number.MAX_SAFE_INTEGER};
UPDATE refilings SET before_seq = ${Number.MAX_SAFE_INTEGER};
`;
