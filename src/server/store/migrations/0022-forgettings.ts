/** Users whose deletion has begun, until nothing of them is left, so that a stop in the middle leaves no half of it. */
export const forgettings = `
CREATE TABLE forgettings (
  project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
  user INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (project_id, user)
) STRICT, WITHOUT ROWID;
`;
