import type { Database } from './database.ts';

/** Pages of one step: some milliseconds, so that nobody who sends has to wait for it. */
const pagesAtOnce = 200;
/** So little is used again by the next that is written. */
const keptPages = 16;

/** Gives a little free space of the file back to the disk; false when there is not much of it. */
export function giveSpaceBack(database: Database): boolean {
  if (Number(database.get('PRAGMA freelist_count')?.['freelist_count']) <= keptPages) return false;
  database.all(`PRAGMA incremental_vacuum(${pagesAtOnce})`);
  return true;
}
