import type { Database } from './database.ts';
import { createLogReader } from './log-reader.ts';
import type { KeptRecord, LogStore } from './log-store.ts';
import { createLogWriter, type LogWriter } from './log-writer.ts';

export interface SqliteLogStore extends LogStore, LogWriter {
  /** To be called after the commit that holds them. */
  appended(records: KeptRecord[]): void;
}

/** Lines of logs, in SQLite. */
export function createLogStore(database: Database): SqliteLogStore {
  const listeners: ((records: KeptRecord[]) => void)[] = [];
  return {
    ...createLogWriter(database),
    ...createLogReader(database),
    appended(records) {
      if (records.length > 0) for (const listener of listeners) listener(records);
    },
    onAppended: (listener) => void listeners.push(listener),
  };
}
