import type { DatabaseSync } from 'node:sqlite';
import { start } from './migrations/0001-start.ts';
import { artifacts } from './migrations/0002-artifacts.ts';
import { issueAliases } from './migrations/0003-issue-aliases.ts';
import { collector } from './migrations/0004-collector.ts';
import { issueHints } from './migrations/0005-issue-hints.ts';
import { projectCounts } from './migrations/0006-project-counts.ts';
import { issueCare } from './migrations/0007-issue-care.ts';
import { corrections } from './migrations/0008-corrections.ts';
import { notices } from './migrations/0009-notices.ts';
import { blocks } from './migrations/0010-blocks.ts';
import { handledRejections } from './migrations/0011-handled-rejections.ts';
import { byTime } from './migrations/0012-by-time.ts';
import { eventTraits } from './migrations/0013-event-traits.ts';
import { visits } from './migrations/0014-visits.ts';
import { valueNames } from './migrations/0015-value-names.ts';
import { logs } from './migrations/0016-logs.ts';
import { seriousLogs } from './migrations/0017-serious-logs.ts';
import { notedRecords } from './migrations/0018-noted-records.ts';
import { claims } from './migrations/0019-claims.ts';
import { smaller } from './migrations/0020-smaller.ts';
import { blocksOfArrivals } from './migrations/0021-blocks-of-arrivals.ts';
import { forgettings } from './migrations/0022-forgettings.ts';
import { textNumber } from './text-number.ts';

/** In order; the position is the number that the database remembers. */
const migrations = [
  start,
  artifacts,
  issueAliases,
  collector,
  issueHints,
  projectCounts,
  issueCare,
  corrections,
  notices,
  blocks,
  handledRejections,
  byTime,
  eventTraits,
  visits,
  valueNames,
  logs,
  seriousLogs,
  notedRecords,
  claims,
  smaller,
  blocksOfArrivals,
  forgettings,
];

/**
 * Brings a database of any released version to the newest shape, or leaves it as it is: all steps are one transaction,
 * which also waits for the disk once and not for each. Throws on one that a newer Pagefault wrote.
 */
export function migrate(database: DatabaseSync): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version > migrations.length) {
    throw new Error(
      'The database was written by a newer version of Pagefault. Update Pagefault, or use another data folder.',
    );
  }
  database.function('text_number', { deterministic: true }, (text) => textNumber(String(text)));
  if (version === migrations.length) return;
  const steps = migrations.slice(version).join(';\n');
  database.exec(`BEGIN IMMEDIATE; ${steps}; PRAGMA user_version = ${migrations.length}; COMMIT`);
}
