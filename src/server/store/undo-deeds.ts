import type { Database, Row } from './database.ts';
import { addActivity, type Before } from './issue-activity.ts';
import type { Actor, RecordStore } from './store.ts';

const statusKinds = ['resolved', 'reopened', 'ignored', 'snoozed', 'regressed', 'woke', 'undone'];
const assigneeKinds = ['assigned', 'undone'];

/** Columns of `issues` that a deed sets, and that its undoing sets back. */
export const statusColumns = [
  'status',
  'resolved_at',
  'resolved_release',
  'resolved_next',
  'snoozed_until',
  'snoozed_events',
  'snoozed_users',
] as const;

export const beforeOf = (row: Row, columns: readonly string[]): Before =>
  Object.fromEntries(columns.map((column) => [column, row[column] as string | number | null]));

/** Puts issues back as they were before deeds, unless more has happened to them since. */
export function createUndoDeeds(database: Database): Pick<RecordStore, 'undoDeeds'> {
  return {
    async undoDeeds(ids, by, now) {
      return database.transaction(() => ids.flatMap((id) => undoDeed(database, Number(id), by, now) ?? []));
    },
  };
}

/** Answers with the issue; undefined if there is nothing to put back, or no longer. */
function undoDeed(database: Database, id: number, by: Actor, now: number): string | undefined {
  const row = database.get('SELECT * FROM issue_activity WHERE id = ?', id);
  const { before } = JSON.parse(String(row?.['detail'] ?? '{}')) as { before?: Before };
  if (!row || !before) return undefined;
  const issueId = Number(row['issue_id']);
  const kinds = 'assignee_id' in before ? assigneeKinds : statusKinds;
  const isOvertaken = database.get(
    'SELECT 1 FROM issue_activity WHERE issue_id = ? AND id > ? AND kind IN (SELECT value FROM json_each(?))',
    issueId,
    id,
    JSON.stringify(kinds),
  );
  if (isOvertaken) return undefined;
  const columns = Object.keys(before);
  database.run(
    `UPDATE issues SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`,
    ...Object.values(before),
    issueId,
  );
  addActivity(database, issueId, { at: now, kind: 'undone', deed: String(row['kind']) }, by);
  return String(issueId);
}
