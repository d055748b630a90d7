import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { backup, DatabaseSync } from 'node:sqlite';
import type { SQLOutputValue, StatementSync } from 'node:sqlite';
import { migrate } from './migrate.ts';
import { makeFolder } from '../lib/make-folder.ts';
import { messageOf } from '../lib/message-of.ts';
import { createFileSync, type FileSync } from './file-sync.ts';

export type Value = null | number | string | Uint8Array;
export type Row = Record<string, Value>;

/** An open SQLite file. Statements are prepared once. */
export interface Database {
  all(sql: string, ...values: Value[]): Row[];
  get(sql: string, ...values: Value[]): Row | undefined;
  /** Returns how many rows changed and the id of the last one inserted. */
  run(sql: string, ...values: Value[]): { changes: number; lastId: number };
  /**
   * Inserts many rows, many by one statement: a call costs more than a row. `sql` has `VALUES *` where they go; answers
   * with what it returns.
   */
  insert(sql: string, rows: Value[][]): Row[];
  /** The same for so many rows that a list for each would be too much garbage: the values of one after those of the other. */
  insertFlat(sql: string, columns: number, values: Value[]): void;
  /**
   * All or nothing. Not to be nested: each unit of work of the store is one. What can be done again after a loss of power
   * need not be waited for: `isDurable: false`; nor what `synced` will be waited for after it.
   */
  transaction<T>(work: () => T, options?: { isDurable?: boolean }): T;
  /**
   * The same for what nobody waits for, in the thread that answers requests: while the other one writes, this one goes on. Of a
   * burst, each of its transactions takes a tenth of a second.
   */
  transactionInTurn<T>(work: () => T): Promise<T>;
  /** Resolves when the log of what was written is part of the file, and empty; looks for a moment in which nobody uses it. */
  emptyLog(): Promise<void>;
  /** Resolves when all transactions before are on the disk; meanwhile this thread goes on. */
  synced(): Promise<void>;
  /** Differs from the last time when another than the second connection has changed issues since. */
  version(): number;
  /** Copies the file while it is in use. */
  backup(file: string): Promise<void>;
  /** A function for statements, called for each row. */
  define(name: string, compute: (...values: SQLOutputValue[]) => Value): void;
  /** Lets go of pages of the file and of prepared statements, for as long as nobody asks. */
  giveMemoryBack(): void;
  close(): void;
}

export interface DatabaseOptions {
  /** For another thread of the process that has the folder already. */
  isSecond?: boolean;
}

/**
 * Who asks the same again, a page later, computes up to a third less with 16,000 than with 4,000; it is let go of when
 * nobody asks. Who writes always fills its cache; a page that is not there is in the system's. What one of its transactions
 * changes should fit: the rest would be written twice. But its pages lie scattered in the memory of its thread, and cost
 * twice what they hold.
 */
const [readersCacheKb, writersCacheKb] = [16_000, 10_000];

/**
 * Opens `pagefault.db` in the folder, making both if they are missing.
 * Throws one clear line when the folder cannot be written or another process has the database.
 */
export function openDatabase(dataDir: string, { isSecond = false }: DatabaseOptions = {}): Database {
  if (!isSecond) makeFolder(dataDir);
  const lock = isSecond ? undefined : lockFolder(dataDir);
  try {
    const file = new DatabaseSync(join(dataDir, 'pagefault.db'), { timeout: busyMs });
    // Before the first table: space that becomes free can then be given back bit by bit.
    if (!isSecond) file.exec('PRAGMA auto_vacuum = INCREMENTAL');
    const cacheKb = isSecond ? writersCacheKb : readersCacheKb;
    // FULL: what was committed survives a loss of power, not only the end of the process.
    file.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -${cacheKb}; PRAGMA wal_autocheckpoint = 4000; PRAGMA secure_delete = FAST; PRAGMA temp_store = MEMORY`,
    );
    if (!isSecond) {
      migrate(file);
      file.exec(countEdits);
    }
    return wrap(file, lock, createFileSync(join(dataDir, 'pagefault.db-wal')));
  } catch (error) {
    lock?.close();
    throw explain(error, dataDir);
  }
}

/** How long a transaction waits for that of another thread, and how often one looks that goes on meanwhile. */
const [busyMs, turnMs] = [5_000, 3];
/** SQLite's own number. */
const sqliteBusy = 5;

/** Prepared ones that are kept: many times what the digest has. */
const maxStatements = 500;

/** Then half as many, and so on: so few statements have to be prepared. */
const rowsAtOnce = 64;

function wrap(file: DatabaseSync, lock: DatabaseSync | undefined, log: FileSync): Database {
  const statements = new Map<string, StatementSync>();
  let isFull = true;
  const prepare = (sql: string) => {
    let statement = statements.get(sql);
    if (statement) return statement;
    // Each search is another one, of some 30 kB.
    if (statements.size >= maxStatements) statements.clear();
    statements.set(sql, (statement = file.prepare(sql)));
    return statement;
  };
  const setDurable = (isDurable: boolean) => {
    if (isDurable !== isFull) file.exec(`PRAGMA synchronous = ${isDurable ? 'FULL' : 'NORMAL'}`);
    isFull = isDurable;
  };
  const finish = <T>(work: () => T): T => {
    try {
      const result = work();
      prepare('COMMIT').run();
      return result;
    } catch (error) {
      if (file.isTransaction) prepare('ROLLBACK').run();
      throw error;
    }
  };
  const withoutWaiting = <T>(work: () => T): T => {
    file.exec('PRAGMA busy_timeout = 0');
    try {
      return work();
    } finally {
      file.exec(`PRAGMA busy_timeout = ${busyMs}`);
    }
  };
  /** False while another thread writes. */
  const beginsNow = (): boolean =>
    withoutWaiting(() => {
      try {
        prepare('BEGIN IMMEDIATE').run();
        return true;
      } catch (error) {
        if (error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy) return false;
        throw error;
      }
    });
  const takesTurns = async <T>(tryIt: () => { done: T } | undefined): Promise<T> => {
    for (const end = performance.now() + busyMs; performance.now() < end; await setTimeout(turnMs)) {
      const tried = tryIt();
      if (tried) return tried.done;
    }
    throw new Error('The database was busy for too long.');
  };
  const ofRows = new Map<string, StatementSync[]>();
  const prepareRows = (sql: string, rows: number, columns: number) => {
    const known = ofRows.get(sql) ?? [];
    ofRows.set(sql, known);
    const row = () => `(${Array(columns).fill('?').join()})`;
    return (known[rows] ??= file.prepare(sql.replace('*', Array.from({ length: rows }, row).join())));
  };
  return {
    all: (sql, ...values) => prepare(sql).all(...values) as Row[],
    get: (sql, ...values) => prepare(sql).get(...values) as Row | undefined,
    run(sql, ...values) {
      const { changes, lastInsertRowid } = prepare(sql).run(...values);
      return { changes: Number(changes), lastId: Number(lastInsertRowid) };
    },
    insert(sql, rows) {
      const answers: Row[] = [];
      const isAsking = sql.includes('RETURNING');
      for (let from = 0, size = rowsAtOnce; from < rows.length; from += size) {
        while (size > rows.length - from) size /= 2;
        const values: Value[] = [];
        for (let index = from; index < from + size; index++) for (const value of rows[index] ?? []) values.push(value);
        const statement = prepareRows(sql, size, rows[from]?.length ?? 0);
        if (isAsking) answers.push(...(statement.all(...values) as Row[]));
        else statement.run(...values);
      }
      return answers;
    },
    insertFlat(sql, columns, values) {
      const rows = values.length / columns;
      for (let from = 0, size = rowsAtOnce; from < rows; from += size) {
        while (size > rows - from) size /= 2;
        prepareRows(sql, size, columns).run(...values.slice(from * columns, (from + size) * columns));
      }
    },
    version: () => Number(prepare('SELECT count FROM edits').get()?.['count']),
    transaction(work, { isDurable = true } = {}) {
      setDurable(isDurable);
      prepare('BEGIN IMMEDIATE').run();
      return finish(work);
    },
    transactionInTurn: (work) =>
      takesTurns(() => {
        setDurable(true);
        return beginsNow() ? { done: finish(work) } : undefined;
      }),
    emptyLog: () =>
      takesTurns(() => {
        const row = withoutWaiting(() => prepare('PRAGMA wal_checkpoint(TRUNCATE)').get());
        return row?.['busy'] === 0 ? { done: undefined } : undefined;
      }),
    synced: () => log.sync(),
    async backup(target) {
      await backup(file, target);
    },
    define: (name, compute) => file.function(name, { varargs: true }, compute),
    giveMemoryBack() {
      statements.clear();
      ofRows.clear();
      file.exec('PRAGMA shrink_memory');
    },
    close() {
      log.close();
      file.close();
      lock?.close();
    },
  };
}

/** Triggers of this connection alone: those that write seldom tell the one that writes always. */
const countEdits = [
  ...['UPDATE ON issues', 'DELETE ON issues', 'DELETE ON issue_users', 'DELETE ON projects', 'DELETE ON releases'],
  ...['fingerprints', 'issue_hints', 'value_counts', 'issue_texts', 'issue_splits'].flatMap((table) =>
    ['INSERT', 'UPDATE', 'DELETE'].map((change) => `${change} ON ${table}`),
  ),
]
  .map((change) => `CREATE TEMP TRIGGER "${change}" AFTER ${change} BEGIN UPDATE edits SET count = count + 1; END;`)
  .join('\n');

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

/** SQLite's numbers for: busy, locked, no memory, read-only, an error of the disk, a full one, a file that cannot be opened. */
const passingErrors = new Set([sqliteBusy, 6, 7, 8, 10, 13, 14]);

/** Whether it was not what was to be written that was wrong, but where: the same can be written later. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && passingErrors.has(Number(error.errcode) & 0xff);

/** In one line, what a person can do something about; any other error as it is. */
export function explain(error: unknown, dataDir: string): Error {
  const message = messageOf(error);
  const say = (text: string) => new Error(text, { cause: error });
  if (/locked|busy/i.test(message)) {
    return say(`The data folder ${dataDir} is in use by another process: stop that one, or choose another folder.`);
  }
  if (/readonly|read-only|unable to open|EACCES|EROFS/i.test(message)) {
    return say(`The data folder ${dataDir} cannot be written.`);
  }
  if (/malformed|not a database/i.test(message)) {
    const remedy = 'Move it away, and put a backup there by pagefault restore';
    return say(`The database in ${dataDir} is damaged: ${message}. ${remedy}.`);
  }
  return error instanceof Error ? error : say(message);
}
