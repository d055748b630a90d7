import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import { migrate } from './migrate.ts';

export type Value = null | number | string | Uint8Array;
export type Row = Record<string, Value>;

/** An open SQLite file. Statements are prepared once. */
export interface Database {
  all(sql: string, ...values: Value[]): Row[];
  get(sql: string, ...values: Value[]): Row | undefined;
  /** Returns how many rows changed and the id of the last one inserted. */
  run(sql: string, ...values: Value[]): { changes: number; lastId: number };
  /** All or nothing. Not to be nested: each unit of work of the store is one. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/**
 * Opens `pagefault.db` in the folder, making both if they are missing.
 * Throws one clear line when the folder cannot be written or another process has the database.
 */
export function openDatabase(dataDir: string): Database {
  makeFolder(dataDir);
  const lock = lockFolder(dataDir);
  try {
    const file = new DatabaseSync(join(dataDir, 'pagefault.db'), { timeout: 5_000 });
    // FULL: what was committed survives a loss of power, not only the end of the process.
    file.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000',
    );
    migrate(file);
    return wrap(file, lock);
  } catch (error) {
    lock.close();
    throw explain(error, dataDir);
  }
}

function wrap(file: DatabaseSync, lock: DatabaseSync): Database {
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string) => {
    let statement = statements.get(sql);
    if (!statement) statements.set(sql, (statement = file.prepare(sql)));
    return statement;
  };
  return {
    all: (sql, ...values) => prepare(sql).all(...values) as Row[],
    get: (sql, ...values) => prepare(sql).get(...values) as Row | undefined,
    run(sql, ...values) {
      const { changes, lastInsertRowid } = prepare(sql).run(...values);
      return { changes: Number(changes), lastId: Number(lastInsertRowid) };
    },
    transaction(work) {
      prepare('BEGIN IMMEDIATE').run();
      try {
        const result = work();
        prepare('COMMIT').run();
        return result;
      } catch (error) {
        if (file.isTransaction) prepare('ROLLBACK').run();
        throw error;
      }
    },
    close() {
      file.close();
      lock.close();
    },
  };
}

function makeFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new Error(`The data folder ${dataDir} cannot be made: ${reason(error)}.`, { cause: error });
  }
}

/**
 * WAL would let a second process in, and two digests would count twice. An open transaction on a file of its own is a
 * lock that the system takes back even after `kill -9`, and leaves the database free for backups and worker threads.
 */
function lockFolder(dataDir: string): DatabaseSync {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(join(dataDir, 'pagefault.lock'), { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    throw explain(error, dataDir);
  }
}

function explain(error: unknown, dataDir: string): Error {
  const message = reason(error);
  const say = (text: string) => new Error(text, { cause: error });
  if (/locked|busy/i.test(message)) return say(`The data folder ${dataDir} is in use by another process.`);
  if (/readonly|read-only|unable to open|EACCES|EROFS/i.test(message)) {
    return say(`The data folder ${dataDir} cannot be written.`);
  }
  if (/malformed|not a database/i.test(message)) return say(`The database in ${dataDir} is damaged: ${message}.`);
  return error instanceof Error ? error : say(message);
}

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));
