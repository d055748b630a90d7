import type { Activity } from '../../protocol/api.ts';
import type { Database, Row } from './database.ts';
import type { Actor, RecordStore } from './store.ts';

type ActivityRecords = Pick<RecordStore, 'activity' | 'addComment' | 'removeComment'>;

/** What stood in the columns of an issue that a deed set. */
export type Before = Record<string, string | number | null>;

export type Deed = Omit<Activity, 'id' | 'person'> & { before?: Before };

/** Notes what was done; null stands for the collector itself. To be called in the transaction that does it. */
export function addActivity(
  database: Database,
  issueId: number,
  { at, kind, ...detail }: Deed,
  by: Actor | null,
): number {
  return database.run(
    'INSERT INTO issue_activity (issue_id, at, kind, person_id, person, detail) VALUES (?, ?, ?, ?, ?, ?)',
    issueId,
    at,
    kind,
    by?.id == null ? null : Number(by.id),
    by?.name ?? null,
    JSON.stringify(detail),
  ).lastId;
}

/** What was done with issues, and what people wrote about them. */
export function createActivityRecords(database: Database): ActivityRecords {
  return {
    async activity(issueId, limit) {
      return database
        .all('SELECT * FROM issue_activity WHERE issue_id = ? ORDER BY id DESC LIMIT ?', Number(issueId), limit)
        .map(activity);
    },
    async addComment(issueId, text, by, now) {
      const id = addActivity(database, Number(issueId), { at: now, kind: 'commented', text }, by);
      return { id: String(id), at: now, kind: 'commented', person: by.name, text };
    },
    async removeComment(issueId, id, by) {
      return (
        database.run(
          `DELETE FROM issue_activity WHERE issue_id = ? AND id = ? AND kind = 'commented' AND person_id IS ?`,
          Number(issueId),
          Number(id),
          by.id === null ? null : Number(by.id),
        ).changes > 0
      );
    },
  };
}

function activity(row: Row): Activity {
  const detail = JSON.parse(String(row['detail'])) as Partial<Deed>;
  delete detail.before;
  return {
    ...detail,
    id: String(row['id']),
    at: Number(row['at']),
    kind: row['kind'] as Activity['kind'],
    person: row['person'] as string | null,
  };
}
