import type { IssueChange, IssueStatus } from '../../protocol/api.ts';
import type { Database, Row, Value } from './database.ts';
import { headOf } from './head-of.ts';
import { addActivity, type Deed } from './issue-activity.ts';
import { newestRelease } from './release-order.ts';
import type { Actor, RecordStore } from './store.ts';
import { beforeOf, statusColumns } from './undo-deeds.ts';

type ChangeRecords = Pick<RecordStore, 'issueId' | 'changeIssues'>;

/** What people do with issues; each deed is noted. */
export function createIssueChanges(database: Database): ChangeRecords {
  return {
    async issueId(id) {
      const head = headOf(database, Number(id));
      return head === undefined ? undefined : String(head);
    },
    async changeIssues(ids, change, by, now) {
      return database.transaction(() => {
        const rows = ids
          .map((id) => database.get('SELECT * FROM issues WHERE id = ?', headOf(database, Number(id)) ?? null))
          .filter((row) => row !== undefined);
        // Before any of them is changed: all, or none.
        const releases = rows.map((row) => fixedIn(database, row, change));
        if (releases.includes(undefined)) return false;
        const deeds = rows.flatMap((row, at) =>
          changeIssue(database, row, { ...change, release: releases[at] ?? null }, by, now),
        );
        return { changed: rows.length, deeds: deeds.map(String) };
      });
    },
  };
}

/** The release that the resolution counts from; null for none, undefined if there would have to be one. */
function fixedIn(database: Database, row: Row, { status, inRelease, inNextRelease }: IssueChange) {
  if (status !== 'resolved') return null;
  if (inNextRelease) return newestRelease(database, Number(row['project_id']));
  return inRelease ?? null;
}

type Resolved = IssueChange & { release: string | null };

/** Answers with what it has noted. */
function changeIssue(database: Database, row: Row, change: Resolved, by: Actor, now: number): number[] {
  const id = Number(row['id']);
  const deeds: number[] = [];
  const isSame = change.status === row['status'] && (change.status === 'unresolved' || change.status === 'ignored');
  if (change.status && !isSame) {
    setStatus(database, row, { ...change, status: change.status }, now);
    const deed = statusDeed({ ...change, status: change.status }, now);
    deeds.push(addActivity(database, id, { ...deed, before: beforeOf(row, statusColumns) }, by));
  }
  if (change.assignee !== undefined) deeds.push(...assign(database, row, change.assignee, by, now));
  return deeds;
}

function setStatus(database: Database, row: Row, change: Resolved & { status: IssueStatus }, now: number): void {
  const { status, snooze, inNextRelease, release } = change;
  const isResolved = status === 'resolved';
  const at = (column: string, more: number | undefined): Value =>
    more === undefined || status !== 'snoozed' ? null : Number(row[column]) + more;
  database.run(
    `UPDATE issues SET status = ?, resolved_at = ?, resolved_release = ?, resolved_next = ?,
     snoozed_until = ?, snoozed_events = ?, snoozed_users = ? WHERE id = ?`,
    status,
    isResolved ? now : null,
    release,
    Number(isResolved && Boolean(inNextRelease)),
    status === 'snoozed' ? (snooze?.until ?? null) : null,
    at('events', snooze?.events),
    at('users', snooze?.users),
    row['id'] ?? null,
  );
}

const deeds = { unresolved: 'reopened', resolved: 'resolved', snoozed: 'snoozed', ignored: 'ignored' } as const;

function statusDeed({ status, snooze, inNextRelease, release }: Resolved & { status: IssueStatus }, at: number): Deed {
  return {
    at,
    kind: deeds[status],
    ...(release !== null && { release }),
    ...(status === 'resolved' && inNextRelease && { isNext: true }),
    ...(status === 'snoozed' && snooze && { snooze }),
  };
}

function assign(database: Database, row: Row, assignee: string | null, by: Actor, now: number): number[] {
  const person =
    assignee === null ? undefined : database.get('SELECT id, name FROM people WHERE id = ?', Number(assignee));
  const personId = person?.['id'] ?? null;
  if (personId === row['assignee_id']) return [];
  database.run('UPDATE issues SET assignee_id = ? WHERE id = ?', personId, row['id'] ?? null);
  const name = person ? String(person['name']) : null;
  const before = beforeOf(row, ['assignee_id']);
  return [addActivity(database, Number(row['id']), { at: now, kind: 'assigned', assignee: name, before }, by)];
}

/** Opens what is snoozed until a time that has come; answers with the issues. */
export function wakeSnoozed(database: Database, now: number): string[] {
  const due = 'SELECT id FROM issues WHERE snoozed_until <= ?';
  // Most often there is none, and nothing is written.
  if (!database.get(`${due} LIMIT 1`, now)) return [];
  return database.transaction(() => {
    const rows = database.all(due, now);
    for (const { id = 0 } of rows) {
      open(database, Number(id));
      addActivity(database, Number(id), { at: now, kind: 'woke' }, null);
    }
    return rows.map(({ id }) => String(id));
  });
}

/** Unresolved again, with nothing left of what it was. */
export function open(database: Database, id: number): void {
  database.run(
    `UPDATE issues SET status = 'unresolved', resolved_at = NULL, resolved_release = NULL, resolved_next = 0,
     snoozed_until = NULL, snoozed_events = NULL, snoozed_users = NULL WHERE id = ?`,
    id,
  );
}
