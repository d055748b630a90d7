import type { Database } from './database.ts';
import { forgetNoticesOfRecords } from './forget-notices.ts';

/** Records that one transaction deletes: nobody has to wait for long. */
const deletedAtOnce = 200;

/** Deletes the log records of a user, and what was told of them, in steps; `note` is called in each one's transaction. */
export async function* forgetRecords(
  database: Database,
  project: number,
  user: number,
  note: (deleted: number) => void,
): AsyncGenerator<number> {
  const setSecureDelete = (isOn: 0 | 1) =>
    database.run(`INSERT INTO log_search (log_search, rank) VALUES ('secure-delete', ${isOn})`);
  // In the index of words, too, which otherwise notes only that something is gone.
  await database.transactionInTurn(() => {
    setSecureDelete(1);
    forgetNoticesOfRecords(database, project, user);
  });
  for (let some = deletedAtOnce; some === deletedAtOnce;) {
    some = await database.transactionInTurn(() => {
      const { changes } = database.run(
        `DELETE FROM log_records WHERE place IN (SELECT place FROM log_contexts JOIN log_records ON context_id = log_contexts.id
         WHERE log_contexts.project_id = ? AND user = ? LIMIT ${deletedAtOnce})`,
        project,
        user,
      );
      note(changes);
      return changes;
    });
    yield some;
  }
  await database.transactionInTurn(() => setSecureDelete(0));
}
