/** Issues that became part of another: links to them lead there. */
export const issueAliases = `
CREATE TABLE issue_aliases (
  id INTEGER PRIMARY KEY,
  issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX issue_aliases_by_issue ON issue_aliases (issue_id);
`;
