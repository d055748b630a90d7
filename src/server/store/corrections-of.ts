import type { Correction } from '../../protocol/api.ts';
import type { Database, Row } from './database.ts';
import { subtreeOf } from './head-of.ts';

const maxShown = 100;

/** What people have corrected about an issue that is seen, and about those merged into it; the newest first. */
export function correctionsOf(database: Database, head: number): Correction[] {
  return database
    .all(
      `SELECT corrections.*, issues.number, issues.title, issues.id AS shown FROM corrections
       JOIN issues ON issues.id = CASE WHEN other_id = ?2 THEN issue_id ELSE other_id END
       WHERE issue_id IN (SELECT value FROM json_each(?1)) OR other_id = ?2 ORDER BY corrections.id DESC LIMIT ?3`,
      JSON.stringify(subtreeOf(database, head)),
      head,
      maxShown,
    )
    .map((row) => correction(row, head));
}

const correction = (row: Row, head: number): Correction => ({
  id: String(row['id']),
  kind: row['kind'] as Correction['kind'],
  isOrigin: Number(row['other_id']) !== head,
  issue: { id: String(row['shown']), number: Number(row['number']), title: String(row['title']) },
  person: String(row['person']),
  at: Number(row['made_at']),
});
