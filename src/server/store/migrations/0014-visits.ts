/** How often pages were opened, as the site tells it: what an error rate is held against. Kept for a day. */
export const visits = `
CREATE TABLE project_visits (
  project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  minute INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (project_id, minute)
) STRICT, WITHOUT ROWID;
`;
