/** Rejections that had arrived when their page handled them after all: blocks are not written again for that. */
export const handledRejections = `
CREATE TABLE handled_rejections (
  project_id INTEGER NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (project_id, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER forget_handled_rejections AFTER DELETE ON events BEGIN
  DELETE FROM handled_rejections WHERE project_id = old.project_id AND id = old.id;
END;
`;
