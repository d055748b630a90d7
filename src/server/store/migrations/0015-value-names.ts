/** Counts of values by numbers: texts stand once, however many issues have them. */
export const valueNames = `
CREATE TABLE value_names (
  id INTEGER PRIMARY KEY,
  property TEXT NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (property, value)
) STRICT;
INSERT INTO value_names (property, value) SELECT DISTINCT property, value FROM issue_values;
-- Completion of the search, and the search for values.
CREATE INDEX value_names_by_value ON value_names (property, value COLLATE NOCASE);

CREATE TABLE value_counts (
  issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
  value_id INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (issue_id, value_id)
) STRICT, WITHOUT ROWID;
INSERT INTO value_counts SELECT issue_id, value_names.id, count FROM issue_values JOIN value_names USING (property, value)
  ORDER BY 1, 2;
CREATE INDEX value_counts_by_value ON value_counts (value_id, issue_id);
DROP TABLE issue_values;
CREATE VIEW issue_values AS SELECT issue_id, property, value, count FROM value_counts JOIN value_names ON value_names.id = value_id;

-- A value that no issue has any more is forgotten.
CREATE TRIGGER value_counts_removed AFTER DELETE ON value_counts BEGIN
  DELETE FROM value_names WHERE id = old.value_id AND NOT EXISTS (SELECT 1 FROM value_counts WHERE value_id = old.value_id);
END;
`;
