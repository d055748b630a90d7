import { chmodSync, existsSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { makeFolder } from '../lib/make-folder.ts';
import { messageOf } from '../lib/message-of.ts';

/** Copies the database of a folder into a new file. The collector may write meanwhile. */
export async function backUp(dataDir: string, file: string): Promise<void> {
  const from = join(dataDir, 'pagefault.db');
  if (!isThere(from)) throw new Error(`There is no database in ${dataDir}.`);
  await copy(from, file);
}

/** Copies a backup into a folder without a database. Throws when the backup is damaged. */
export async function restoreFrom(file: string, dataDir: string): Promise<void> {
  if (!isThere(file)) throw new Error(`There is no file ${file}.`);
  makeFolder(dataDir);
  await copy(file, join(dataDir, 'pagefault.db'));
}

/** Throws when nobody can tell: who may not look into the folder is not to read that it is empty. */
function isThere(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    throw new Error(`${file} cannot be read: ${messageOf(error)}.`, { cause: error });
  }
}

async function copy(from: string, to: string): Promise<void> {
  if (existsSync(to)) throw new Error(`${to} is there already. Move it away first.`);
  if (!existsSync(dirname(to))) throw new Error(`There is no folder ${dirname(to)}.`);
  const database = open(from);
  try {
    refuseOther(database, from);
    await backup(database, to);
    // It holds what people reported: for its owner only.
    chmodSync(to, 0o600);
  } catch (error) {
    // A part of it is no backup, and would stand in the way of the next.
    rmSync(to, { force: true });
    throw explain(error, from, to);
  } finally {
    database.close();
  }
}

function open(from: string): DatabaseSync {
  try {
    return new DatabaseSync(from, { timeout: 5_000 });
  } catch (error) {
    throw new Error(`${from} cannot be read: ${messageOf(error)}.`, { cause: error });
  }
}

function refuseOther(database: DatabaseSync, from: string): void {
  const [row] = database.prepare('PRAGMA quick_check(1)').all();
  const [found = 'unreadable', where] = String(row?.['quick_check']).split('\n').toReversed();
  if (found !== 'ok' || where !== undefined) throw new Error(`${from} is damaged: ${found}.`);
  if (!database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'projects'").get()) throw new Error(foreign(from));
}

const foreign = (from: string) => `${from} is no database of Pagefault.`;

/** In one line. */
function explain(error: unknown, from: string, to: string): unknown {
  const message = messageOf(error);
  const say = (text: string) => new Error(text, { cause: error });
  if (/not a database/i.test(message)) return say(foreign(from));
  if (/malformed/i.test(message)) return say(`${from} is damaged: ${message}.`);
  if (/unable to open|readonly|read-only/i.test(message))
    return say(`${to} cannot be written, or ${from} not be read.`);
  return 'errcode' in Object(error) ? say(`${from} cannot be copied to ${to}: ${message}.`) : error;
}
