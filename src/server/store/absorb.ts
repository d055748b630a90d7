import type { Database } from './database.ts';
import { partsBelow } from './head-of.ts';
import { addSums } from './issue-sums.ts';

/** One issue becomes another, for good: links to it lead there. `part` is the part of it that it belongs to, if any. */
export function absorb(database: Database, id: number, into: number, part: number | null): void {
  const parts = partsBelow(database, part);
  parts.forEach((each, index) => addSums(database, each, id, index > 0));
  addSums(database, into, id, parts.length > 0);
  const owner = part ?? into;
  for (const table of ['fingerprints', 'issue_hints', 'issue_events']) {
    database.run(
      `UPDATE OR IGNORE ${table} SET issue_id = ?1, part = coalesce(part, ?3) WHERE issue_id = ?2`,
      into,
      id,
      part,
    );
  }
  database.run('UPDATE issues SET merged_into = ? WHERE merged_into = ?', owner, id);
  database.run('UPDATE OR IGNORE issue_splits SET issue_id = ? WHERE issue_id = ?', owner, id);
  database.run('UPDATE issue_splits SET into_id = ? WHERE into_id = ?', owner, id);
  database.run('UPDATE corrections SET issue_id = ? WHERE issue_id = ?', owner, id);
  database.run('UPDATE issue_activity SET issue_id = ? WHERE issue_id = ?', owner, id);
  database.run('UPDATE issue_aliases SET issue_id = ? WHERE issue_id = ?', into, id);
  database.run('DELETE FROM issue_splits WHERE issue_id = into_id');
  database.run(
    'UPDATE issues SET is_split = EXISTS (SELECT 1 FROM issue_splits WHERE issue_id = issues.id) WHERE id = ?',
    owner,
  );
  database.run('DELETE FROM issues WHERE id = ?', id);
  database.run('INSERT INTO issue_aliases VALUES (?, ?)', id, into);
}
