/** Finds the events of an issue that have a value, without unpacking any. */
export const eventTraits = `
-- Three bytes for each of its values; null for events from before, which no filter finds.
ALTER TABLE issue_events ADD COLUMN traits BLOB;
-- How often the page saw it.
ALTER TABLE issue_events ADD COLUMN count INTEGER NOT NULL DEFAULT 1;
`;
