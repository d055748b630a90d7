import type { Database } from './database.ts';
import { forgetNoticesOfRecords } from './forget-notices.ts';
import { createLogReader } from './log-reader.ts';
import type { KeptRecord, LogStore } from './log-store.ts';
import { createLogWriter, type LogWriter } from './log-writer.ts';

export interface SqliteLogStore extends LogStore, LogWriter {
  /** To be called after the commit that holds them. */
  appended(records: KeptRecord[]): void;
}

/** Records that one transaction deletes: nobody who sends has to wait for long. */
const deletedAtOnce = 500;

/** Lines of logs, in SQLite. */
export function createLogStore(database: Database): SqliteLogStore {
  const setSecureDelete = (isOn: 0 | 1) =>
    database.run(`INSERT INTO log_search (log_search, rank) VALUES ('secure-delete', ${isOn})`);
  const listeners: ((records: KeptRecord[]) => void)[] = [];
  return {
    ...createLogWriter(database),
    ...createLogReader(database),
    appended(records) {
      if (records.length > 0) for (const listener of listeners) listener(records);
    },
    onAppended: (listener) => void listeners.push(listener),
    async forgetUser(projectId, user) {
      // What is deleted is overwritten, in the index of words too, which otherwise notes only that it is gone.
      database.get('PRAGMA secure_delete = ON');
      setSecureDelete(1);
      database.transaction(() => forgetNoticesOfRecords(database, Number(projectId), user));
      let deleted = 0;
      for (let some = deletedAtOnce; some === deletedAtOnce; deleted += some) {
        some = database.transaction(
          () =>
            database.run(
              `DELETE FROM log_records WHERE place IN (SELECT place FROM log_contexts JOIN log_records ON context_id = log_contexts.id
               WHERE log_contexts.project_id = ? AND user = ? LIMIT ${deletedAtOnce})`,
              Number(projectId),
              user,
            ).changes,
        );
      }
      setSecureDelete(0);
      return deleted;
    },
  };
}
