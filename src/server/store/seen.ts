import type { Database } from './database.ts';

/** Rows known to be there, so that the events of a busy bug need not ask the file again and again. */
export interface Seen {
  /** True the first time; also when it may have been forgotten. */
  isNew(table: string, ...key: (string | number)[]): boolean;
  /** To be called at the start of a transaction: what another connection wrote may have removed rows. */
  begin(): void;
  /** After a transaction that failed. */
  forget(): void;
}

const maxKeys = 50_000;

export function createSeen(database: Database): Seen {
  const keys = new Set<string>();
  let version = database.version();
  return {
    isNew(table, ...key) {
      const text = `${table}\0${key.join('\0')}`;
      if (keys.has(text)) return false;
      if (keys.size >= maxKeys) keys.clear();
      keys.add(text);
      return true;
    },
    begin() {
      const now = database.version();
      if (now !== version) keys.clear();
      version = now;
    },
    forget: () => keys.clear(),
  };
}
