import type { Activity, Correction } from '../../protocol/api.ts';
import type { Event } from '../../protocol/event.ts';
import { addIssue } from './add-issue.ts';
import type { Database, Row } from './database.ts';
import { headOf, subtreeOf } from './head-of.ts';
import { addActivity } from './issue-activity.ts';
import { addSums, recount, rowOf, subtractPart } from './issue-sums.ts';
import { absorb } from './absorb.ts';
import { startRefiling } from './refile.ts';
import type { Actor, CorrectionStore } from './store.ts';

/** What people correct by hand. Each method is one transaction. `readEvent` unpacks a row of `events`. */
export function createCorrections(database: Database, readEvent: (row: Row) => Event): CorrectionStore {
  const tell = (kind: Activity['kind'], issueId: number, otherId: number, by: Actor) => {
    const { number, title } = rowOf(database, otherId);
    const issue = { id: String(otherId), number: Number(number), title: String(title) };
    addActivity(database, issueId, { at: Date.now(), kind, issue }, by);
  };
  const note = (kind: Correction['kind'], issueId: number, otherId: number, by: Actor, names: string[] = []) =>
    database.run(
      'INSERT INTO corrections (kind, issue_id, other_id, fingerprints, person, made_at) VALUES (?, ?, ?, ?, ?, ?)',
      kind,
      issueId,
      otherId,
      JSON.stringify(names),
      by.name,
      Date.now(),
    );
  return {
    async merge(issueId, otherId, by) {
      return database.transaction(() => {
        const [into, part] = [headOf(database, Number(issueId)), headOf(database, Number(otherId))];
        if (into === undefined || part === undefined || into === part) return false;
        if (rowOf(database, into)['project_id'] !== rowOf(database, part)['project_id']) return false;
        addSums(database, into, part, true);
        moveNames(database, part, into);
        database.run('UPDATE issues SET merged_into = ? WHERE id = ?', into, part);
        note('merge', into, part, by);
        tell('merged', into, part, by);
        return true;
      });
    },

    async split(issueId, { variants, fingerprints }, newest, by) {
      return database.transaction(() => {
        const from = Number(issueId);
        const id = addIssue(database, newest);
        for (const variant of variants) {
          database.run(
            'INSERT INTO issue_splits VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET into_id = excluded.into_id',
            from,
            variant,
            id,
          );
        }
        if (variants.length > 0) database.run('UPDATE issues SET is_split = 1 WHERE id = ?', from);
        const moved = fingerprints.filter(
          (name) =>
            database.run(
              'UPDATE fingerprints SET issue_id = ?, part = NULL WHERE project_id = ? AND fingerprint = ? AND issue_id = ?',
              id,
              Number(newest.projectId),
              name,
              from,
            ).changes > 0,
        );
        note('split', from, id, by, moved);
        tell('split', from, id, by);
        tell('split-off', id, from, by);
        startRefiling(database, from, 'split');
        return String(id);
      });
    },

    async undo(issueId, correctionId, by) {
      return database.transaction(() => {
        const row = database.get('SELECT * FROM corrections WHERE id = ?', Number(correctionId));
        if (!row) return undefined;
        const [at, other] = [Number(row['issue_id']), Number(row['other_id'])];
        const asked = headOf(database, Number(issueId));
        if (asked !== headOf(database, at) && asked !== headOf(database, other)) return undefined;
        database.run('DELETE FROM corrections WHERE id = ?', Number(correctionId));
        tell(row['kind'] === 'merge' ? 'unmerged' : 'unsplit', headOf(database, at) ?? at, other, by);
        if (row['kind'] === 'merge') unmerge(database, other, readEvent);
        else unsplit(database, at, other, JSON.parse(String(row['fingerprints'])) as string[], readEvent);
        return String(headOf(database, at) ?? at);
      });
    },
  };
}

/** What leads to an issue leads to another from now on, and is marked as a part of that. */
function moveNames(database: Database, part: number, into: number): void {
  for (const table of ['fingerprints', 'issue_hints', 'issue_events']) {
    // Of two equal hints one stays behind, where nobody looks.
    database.run(
      `UPDATE OR IGNORE ${table} SET issue_id = ?1, part = coalesce(part, ?2) WHERE issue_id = ?2`,
      into,
      part,
    );
  }
}

/** Shows a merged issue again, with all that has been counted for it meanwhile. */
function unmerge(database: Database, part: number, readEvent: (row: Row) => Event): void {
  const head = headOf(database, part);
  if (head === undefined || head === part) return;
  const above: number[] = [];
  for (let id = part; id !== head;) above.push((id = Number(rowOf(database, id)['merged_into'])));
  database.run('UPDATE issues SET merged_into = NULL WHERE id = ?', part);
  for (const id of above) subtractPart(database, id, part);
  const below = JSON.stringify(subtreeOf(database, part));
  for (const table of ['fingerprints', 'issue_hints', 'issue_events']) {
    database.run(
      `UPDATE OR IGNORE ${table} SET issue_id = ?1, part = nullif(part, ?1)
       WHERE issue_id = ?2 AND part IN (SELECT value FROM json_each(?3))`,
      part,
      head,
      below,
    );
  }
  for (const id of [...above, part]) recount(database, id, readEvent);
}

/** Puts back what was split off, and forgets how to tell it apart. */
function unsplit(
  database: Database,
  from: number,
  other: number,
  fingerprints: string[],
  readEvent: (row: Row) => Event,
): void {
  unmerge(database, other, readEvent);
  const into = headOf(database, from);
  if (into === undefined || into === other) return;
  database.run('DELETE FROM issue_splits WHERE into_id = ? AND issue_id = ?', other, from);
  // Of what it is part of again it was never split off.
  database.run(`DELETE FROM issue_activity WHERE issue_id = ? AND kind = 'split-off'`, other);
  absorb(database, other, into, into === from ? null : from);
  for (const name of fingerprints) {
    database.run(
      'UPDATE fingerprints SET part = ? WHERE issue_id = ? AND fingerprint = ?',
      into === from ? null : from,
      into,
      name,
    );
  }
  recount(database, into, readEvent);
}
