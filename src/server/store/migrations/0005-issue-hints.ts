/** What points to an issue without deciding it. */
export const issueHints = `
CREATE TABLE issue_hints (
  project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  hint TEXT NOT NULL,
  issue_id INTEGER NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
  -- The source file that it was in; empty where that does not matter.
  file TEXT NOT NULL,
  PRIMARY KEY (project_id, hint, issue_id, file)
) STRICT, WITHOUT ROWID;
CREATE INDEX issue_hints_by_issue ON issue_hints (issue_id);
`;
