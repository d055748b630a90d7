import type { Event } from '../../protocol/event.ts';
import { absorb } from './absorb.ts';
import type { Database, Row } from './database.ts';
import { createFiling } from './file-digested.ts';
import { findIssue, rememberIssue, type Found, type Place } from './find-issue.ts';
import { headOf, partsBelow } from './head-of.ts';
import { end } from './issue-order.ts';
import { recount, subtractEvent } from './issue-sums.ts';
import { createSeen } from './seen.ts';
import type { DigestedEvent, RefileStore, Refiling } from './store.ts';

/** Notes that all events of an issue are to be looked at again. */
export function startRefiling(database: Database, issueId: number, cause: Refiling['cause']): void {
  database.run(
    `INSERT INTO refilings (issue_id, cause, before_at, before_seq) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET before_at = excluded.before_at, before_seq = excluded.before_seq`,
    issueId,
    cause,
    ...end,
  );
}

/** Issues whose events are explained anew, in slices, the newest first. Each method is one transaction. */
export function createRefile(database: Database, readEvent: (row: Row) => Event): RefileStore {
  return {
    async startRefilings(projectId, files) {
      database.transaction(() => {
        for (const file of files) {
          const waiting = database.all(
            'SELECT issue_id FROM unresolved_files WHERE project_id = ? AND basename = ?',
            Number(projectId),
            file,
          );
          for (const row of waiting) {
            const id = headOf(database, Number(row['issue_id']));
            if (id !== undefined) startRefiling(database, id, 'map');
          }
        }
      });
    },
    async nextRefiling() {
      const row = database.get('SELECT * FROM refilings ORDER BY issue_id LIMIT 1');
      return (
        row && {
          issueId: String(row['issue_id']),
          cause: row['cause'] as Refiling['cause'],
          before: [Number(row['before_at']), Number(row['before_seq'])],
        }
      );
    },
    async refile({ issueId, cause, before: [, beforeSeq] }, digested) {
      return database.transaction(() => {
        const id = Number(issueId);
        const isFirst = beforeSeq === end[1];
        if (isFirst && cause === 'map') rename(database, id, digested);
        const moved = refileSlice(database, id, digested.toReversed());
        if (moved.size > 0) recount(database, id, readEvent);
        const oldest = digested.at(-1);
        database.run(
          'UPDATE refilings SET before_at = ?, before_seq = ? WHERE issue_id = ?',
          oldest?.happenedAt ?? 0,
          oldest?.seq ?? 0,
          id,
        );
        return moved;
      });
    },
    async finishRefiling(issueId, { gone, unresolved, into }) {
      database.transaction(() => {
        const id = Number(issueId);
        database.run('DELETE FROM refilings WHERE issue_id = ?', id);
        for (const user of gone) database.run('DELETE FROM issue_users WHERE issue_id = ? AND user = ?', id, user);
        if (unresolved) forgetUnresolved(database, id, unresolved);
        const target = into === undefined ? undefined : headOf(database, Number(into));
        if (target !== undefined && target !== id && isEmpty(database, id)) absorb(database, id, target, null);
        else if (gone.length > 0) recount(database, id, readEvent);
      });
    },
  };
}

/** Files the events of a slice again, the oldest first; answers where those went that have gone elsewhere. */
function refileSlice(database: Database, id: number, digested: DigestedEvent[]): Map<number, string> {
  const seen = createSeen(database);
  const filing = createFiling(database, seen, { isKept: true });
  const isSplitOff = database.get(`SELECT 1 FROM corrections WHERE kind = 'split' AND other_id = ?`, id) !== undefined;
  const moved = new Map<number, string>();
  for (const event of digested) {
    const row = database.get('SELECT part FROM issue_events WHERE issue_id = ? AND seq = ?', id, event.seq);
    if (!row) continue;
    const at: Place = { id, part: row['part'] === null ? null : Number(row['part']) };
    const found = findIssue(database, event, seen);
    const isByHand = isSplitOff || at.part !== null;
    if (staysAt(at, found, isByHand)) {
      stay(database, event, at, found, seen);
      continue;
    }
    database.run('DELETE FROM issue_events WHERE seq = ?', event.seq);
    for (const each of [...partsBelow(database, at.part), id]) subtractEvent(database, each, event);
    moved.set(event.seq, filing.file([event])[0]?.issueId ?? '');
  }
  filing.write();
  return moved;
}

/** What people have put somewhere stays there, unless they split it off. */
function staysAt(at: Place, found: Found | undefined, isByHand: boolean): boolean {
  if (!found) return isByHand;
  if (found.id === at.id && found.part === at.part) return true;
  const isSplitOff = found.id !== found.by.id || found.part !== found.by.part;
  return isByHand && !isSplitOff;
}

function stay(
  database: Database,
  event: DigestedEvent,
  at: Place,
  found: Found | undefined,
  seen: ReturnType<typeof createSeen>,
) {
  rememberIssue(database, event, found?.by ?? at, false, seen);
  if (!found || found.id === at.id) return;
  // Its new name leads elsewhere: what was split off is known by its kind.
  database.run('INSERT INTO issue_splits VALUES (?, ?, ?) ON CONFLICT DO NOTHING', found.id, event.variant, at.id);
  database.run('UPDATE issues SET is_split = 1 WHERE id = ?', found.id);
}

/** Gives the issue the most common of its new names beside its old ones, and that one's words. */
function rename(database: Database, id: number, digested: DigestedEvent[]): void {
  const event = mostCommon(digested);
  if (!event) return;
  database.run(
    `INSERT INTO fingerprints (project_id, fingerprint, issue_id, version) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    Number(event.projectId),
    event.fingerprint,
    id,
    event.grouping.version,
  );
  if (findIssue(database, event, createSeen(database))?.id !== id) return;
  database.run(
    'UPDATE issues SET title = ?, culprit = ?, grouping_version = ?, reasons = ? WHERE id = ?',
    event.title,
    event.culprit,
    event.grouping.version,
    JSON.stringify(event.grouping.reasons),
    id,
  );
}

/** The newest of those that share most often a name. */
function mostCommon(digested: DigestedEvent[]): DigestedEvent | undefined {
  const counts = new Map<string, number>();
  for (const { fingerprint } of digested) counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
  const [[fingerprint] = ['']] = [...counts].sort((a, b) => b[1] - a[1]);
  return digested.find((event) => event.fingerprint === fingerprint);
}

function forgetUnresolved(database: Database, id: number, files: string[]): void {
  database.run(
    'DELETE FROM unresolved_files WHERE issue_id = ? AND basename NOT IN (SELECT value FROM json_each(?))',
    id,
    JSON.stringify(files),
  );
}

const isEmpty = (database: Database, id: number) =>
  database.get('SELECT 1 FROM issue_events WHERE issue_id = ?', id) === undefined &&
  database.get('SELECT 1 FROM issues WHERE merged_into = ?', id) === undefined;
