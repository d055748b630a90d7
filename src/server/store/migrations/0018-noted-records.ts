/** Records for rules to look at, in the order in which they came: their own order is that of when they happened. */
export const notedRecords = `
CREATE TABLE noted_records (seq INTEGER PRIMARY KEY AUTOINCREMENT, place INTEGER NOT NULL) STRICT;
ALTER TABLE notify_progress ADD COLUMN record_seq INTEGER NOT NULL DEFAULT 0;
`;
