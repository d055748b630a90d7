import type { Database } from './database.ts';

/** What became of an issue: itself, or the issue that it is part of by now. Undefined if there is none. */
export function headOf(database: Database, issueId: number): number | undefined {
  let id = issueId;
  for (;;) {
    const row = database.get('SELECT merged_into FROM issues WHERE id = ?', id);
    const next = row
      ? row['merged_into']
      : database.get('SELECT issue_id FROM issue_aliases WHERE id = ?', id)?.['issue_id'];
    if (row && next === null) return id;
    if (next === undefined || next === null) return undefined;
    id = Number(next);
  }
}

/** Merged issues that an event is counted for beside the head: its own first, then those which that was merged into. */
export function partsBelow(database: Database, part: number | null): number[] {
  const parts: number[] = [];
  for (let id = part; id !== null;) {
    const row = database.get('SELECT merged_into FROM issues WHERE id = ?', id);
    if (!row || row['merged_into'] === null) break;
    parts.push(id);
    id = Number(row['merged_into']);
  }
  return parts;
}

/** The issue and all that was merged into it, and into that. */
export const subtreeOf = (database: Database, issueId: number): number[] =>
  database
    .all(
      `WITH RECURSIVE below (id) AS (VALUES (?) UNION ALL SELECT issues.id FROM issues JOIN below ON merged_into = below.id)
       SELECT id FROM below`,
      issueId,
    )
    .map((row) => Number(row['id']));
