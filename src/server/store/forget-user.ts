import type { Blocks } from './blocks.ts';
import type { Database, Row } from './database.ts';
import type { ReadEvent } from './events.ts';
import { forgetCounts } from './forget-counts.ts';
import { forgetNotices } from './forget-notices.ts';
import { subtreeOf } from './head-of.ts';
import type { Forgetting, RecordStore } from './store.ts';

/** Removes what is known of one user. `readEvent` unpacks a row of `events`. */
export function createForgetUser(
  database: Database,
  blocks: Blocks,
  readEvent: ReadEvent,
): Pick<RecordStore, 'forgetUser'> {
  const remove = (rows: Row[]) => {
    const inBlocks = new Map<number, Set<number>>();
    for (const { block, seq } of rows) {
      if (typeof block !== 'number') continue;
      inBlocks.set(block, (inBlocks.get(block) ?? new Set()).add(Number(seq)));
    }
    for (const [block, seqs] of inBlocks) blocks.cutOut(block, seqs);
    for (const { seq } of rows) database.run('DELETE FROM events WHERE seq = ?', seq ?? 0);
  };
  const forgetIn = (issueId: number, user: number, { isTheirs, titleOf, valuesOf }: Forgetting) =>
    database.transaction(() => {
      const rows = database.all(
        'SELECT seq, events.id, project_id, events.happened_at, encoding, body, block, part FROM issue_events JOIN events USING (seq) WHERE issue_id = ?',
        issueId,
      );
      const events = rows.map((row) => ({ row, event: readEvent(row) }));
      const theirs = events.filter(({ event }) => isTheirs(event));
      const titles = (isOfThem: boolean) =>
        events.filter(({ event }) => isTheirs(event) === isOfThem).map(({ event }) => titleOf(event));
      forgetWords(database, issueId, titles(true), titles(false));
      for (const { row, event } of theirs) {
        const [projectId, happenedAt] = [Number(row['project_id']), Number(row['happened_at'])];
        const part = row['part'] == null ? null : Number(row['part']);
        forgetCounts(database, { projectId, issueId, part, happenedAt, event, values: valuesOf(event) });
      }
      forgetNotices(database, issueId);
      remove(theirs.map(({ row }) => row));
      database.run('DELETE FROM issue_users WHERE issue_id = ? AND user = ?', issueId, user);
      database.run('UPDATE issues SET users = max(0, users - 1) WHERE id = ?', issueId);
      return theirs.length;
    });
  return {
    async forgetUser(projectId, user, forgetting) {
      // What is deleted is overwritten, in the file and in its log.
      database.get('PRAGMA secure_delete = ON');
      database.run("INSERT INTO issue_search (issue_search, rank) VALUES ('secure-delete', 1)");
      const issues = database.all(
        `SELECT issue_id FROM issue_users JOIN issues ON issues.id = issue_id WHERE user = ? AND project_id = ?`,
        user,
        Number(projectId),
      );
      database.transaction(() => forgetInReleases(database, Number(projectId), user));
      const removed = issues.map((row) => forgetIn(Number(row['issue_id']), user, forgetting));
      // Pages that are free still hold what was on them.
      database.all('PRAGMA incremental_vacuum');
      database.get('PRAGMA wal_checkpoint(TRUNCATE)');
      return removed.reduce((sum, count) => sum + count, 0);
    },
  };
}

/** What only their events said is neither the issue's title any more, nor is the issue found by it. */
function forgetWords(database: Database, head: number, theirs: string[], others: string[]): void {
  const known = new Set(others);
  const title = others.at(-1) ?? '(deleted with the user that it happened to)';
  for (const words of new Set(theirs.filter((each) => !known.has(each)))) {
    for (const id of subtreeOf(database, head)) {
      database.run('DELETE FROM issue_texts WHERE issue_id = ?1 AND substr(text, 1, length(?2)) = ?2', id, words);
      database.run('UPDATE issues SET title = ? WHERE id = ? AND title = ?', title, id, words);
    }
  }
}

function forgetInReleases(database: Database, project: number, user: number): void {
  database.run(
    `UPDATE releases SET users = users - 1 WHERE project_id = ?1
     AND name IN (SELECT release FROM release_users WHERE project_id = ?1 AND user = ?2)`,
    project,
    user,
  );
  database.run('DELETE FROM release_users WHERE project_id = ? AND user = ?', project, user);
}
