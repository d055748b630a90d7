import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { messageOf } from '../lib/message-of.ts';

/** Copies the database of a folder into a new file. The collector may write meanwhile. */
export async function backUp(dataDir: string, file: string): Promise<void> {
  const from = join(dataDir, 'pagefault.db');
  if (!existsSync(from)) throw new Error(`There is no database in ${dataDir}.`);
  await copy(from, file);
}

/** Copies a backup into a folder without a database. Throws when the backup is damaged. */
export async function restoreFrom(file: string, dataDir: string): Promise<void> {
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  await copy(file, join(dataDir, 'pagefault.db'));
}

async function copy(from: string, to: string): Promise<void> {
  if (existsSync(to)) throw new Error(`${to} is there already. Move it away first.`);
  if (!existsSync(dirname(to))) throw new Error(`There is no folder ${dirname(to)}.`);
  const database = new DatabaseSync(from, { timeout: 5_000 });
  try {
    const [row] = database.prepare('PRAGMA quick_check(1)').all();
    if (row?.['quick_check'] !== 'ok') throw new Error(`${from} is damaged: ${String(row?.['quick_check'])}.`);
    await backup(database, to);
    // It holds what people reported: for its owner only.
    chmodSync(to, 0o600);
  } catch (error) {
    const message = messageOf(error);
    if (/not a database|malformed/i.test(message))
      throw new Error(`${from} is no database of Pagefault.`, { cause: error });
    if (/unable to open|readonly|read-only/i.test(message))
      throw new Error(`${to} cannot be written, or ${from} not be read.`, { cause: error });
    throw error;
  } finally {
    database.close();
  }
}
