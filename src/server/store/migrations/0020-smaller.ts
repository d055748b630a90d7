/** What takes less space. */
export const smaller = `
-- Finds the blocks that are still to be compressed as well as can be.
CREATE INDEX blocks_fresh ON blocks (id) WHERE encoding <> 4;

-- Words of issues, found by a number where the index had them once more. The rows keep their numbers, which are those of issue_search.
CREATE TABLE issue_texts_by_number (
  id INTEGER PRIMARY KEY,
  issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  -- Stands for the text.
  number INTEGER NOT NULL,
  is_of_part INTEGER NOT NULL DEFAULT 0,
  UNIQUE (issue_id, number)
) STRICT;
INSERT INTO issue_texts_by_number SELECT id, issue_id, text, text_number(text), is_of_part FROM issue_texts;
DROP TABLE issue_texts;
ALTER TABLE issue_texts_by_number RENAME TO issue_texts;
CREATE TRIGGER issue_texts_added AFTER INSERT ON issue_texts BEGIN
  INSERT INTO issue_search (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER issue_texts_removed AFTER DELETE ON issue_texts BEGIN
  INSERT INTO issue_search (issue_search, rowid, text) VALUES ('delete', old.id, old.text);
END;

-- Values, with one index instead of two: whoever writes them looks first whether they are there.
DROP VIEW issue_values;
DROP TRIGGER value_counts_removed;
CREATE TABLE value_names_once (id INTEGER PRIMARY KEY, property TEXT NOT NULL, value TEXT NOT NULL) STRICT;
INSERT INTO value_names_once SELECT id, property, value FROM value_names;
DROP TABLE value_names;
ALTER TABLE value_names_once RENAME TO value_names;
CREATE INDEX value_names_by_value ON value_names (property, value COLLATE NOCASE);
CREATE VIEW issue_values AS SELECT issue_id, property, value, count FROM value_counts JOIN value_names ON value_names.id = value_id;
CREATE TRIGGER value_counts_removed AFTER DELETE ON value_counts BEGIN
  DELETE FROM value_names WHERE id = old.value_id AND NOT EXISTS (SELECT 1 FROM value_counts WHERE value_id = old.value_id);
END;
`;
