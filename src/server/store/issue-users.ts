import type { Database, Value } from './database.ts';
import type { Seen } from './seen.ts';
import type { DigestedEvent } from './store.ts';

/** Whether an event is the first of its user in an issue; true once. */
export type IsFirstOfUser = (issueId: number, event: DigestedEvent) => boolean;

/** Notes the users of events in the issues that count them, the last of which is their own, the others parts of it. */
export function addUsers(
  database: Database,
  placed: { event: DigestedEvent; ids: number[] }[],
  seen: Seen,
): IsFirstOfUser {
  const rows: Value[][] = [];
  for (const { event, ids } of placed) {
    const { user } = event;
    if (user === undefined) continue;
    let isOfPart = false;
    for (const id of ids) {
      if (seen.isNewUser(id, user, isOfPart)) rows.push([id, user, Number(isOfPart)]);
      isOfPart = true;
    }
  }
  // Who is known from a part only is noted as that.
  rows.sort((a, b) => Number(a[2]) - Number(b[2]));
  const added = database.insert(
    'INSERT INTO issue_users (issue_id, user, is_of_part) VALUES * ON CONFLICT DO NOTHING RETURNING issue_id, user',
    rows,
  );
  const isNew = new Set(added.map((row) => `${row['issue_id']} ${row['user']}`));
  for (const [id = 0, user = 0, isOfPart] of rows) {
    if (isOfPart === 1 || isNew.has(`${id} ${user}`)) continue;
    database.run('UPDATE issue_users SET is_of_part = 0 WHERE issue_id = ? AND user = ? AND is_of_part', id, user);
  }
  return (id, { user }) => user !== undefined && isNew.delete(`${id} ${user}`);
}
