/** Events share blocks: what is written for each of them is small. */
export const blocks = `
-- What has arrived and is not digested yet, as it came: durable before it is answered.
CREATE TABLE arrivals (first_seq INTEGER PRIMARY KEY, last_seq INTEGER NOT NULL, lines BLOB NOT NULL) STRICT;

-- Bodies of many events, compressed together; a row of \`events\` with encoding 3 says which block has its own.
CREATE TABLE blocks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  last_seq INTEGER NOT NULL,
  encoding INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;
ALTER TABLE events ADD COLUMN block INTEGER;

-- Counts what is changed in issues by others than the digest: it remembers issues that are busy.
CREATE TABLE edits (one INTEGER PRIMARY KEY CHECK (one = 1), count INTEGER NOT NULL) STRICT;
INSERT INTO edits VALUES (1, 0);

-- Counts change with every event: sorting ten thousand issues costs less than keeping these.
DROP INDEX issues_by_events;
DROP INDEX issues_by_users;
`;
