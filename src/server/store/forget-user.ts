import type { Blocks } from './blocks.ts';
import type { Database, Row } from './database.ts';
import type { ReadEvent } from './events.ts';
import { forgetIssue } from './forget-issue.ts';
import { forgetRecords } from './forget-records.ts';
import type { Forgetting, ForgetStore } from './store.ts';

/** Issues that are asked for the user, and pages of the file that are given back, in one step: some milliseconds. */
const [issuesAtOnce, pagesAtOnce] = [1_000, 200];

/** Removes what is known of one user. `readEvent` unpacks a row of `events`. */
export function createForgetStore(database: Database, blocks: Blocks, readEvent: ReadEvent): ForgetStore {
  const newestSeq = () => Number(database.get('SELECT max(last_seq) AS seq FROM blocks')?.['seq'] ?? 0);
  const digestedSeq = () => Number(database.get('SELECT seq FROM digest_progress')?.['seq']);
  return {
    async begin(projectId, user) {
      const noted = [Number(projectId), user] as const;
      database.run('INSERT INTO forgettings (project_id, user) VALUES (?, ?) ON CONFLICT DO NOTHING', ...noted);
      return forgetting(database.get('SELECT * FROM forgettings WHERE project_id = ? AND user = ?', ...noted) ?? {});
    },
    async begun() {
      return database.all('SELECT * FROM forgettings').map(forgetting);
    },
    async *steps(projectId, user, of) {
      const project = Number(projectId);
      const note = (deleted: number) =>
        database.run(
          'UPDATE forgettings SET deleted = deleted + ? WHERE project_id = ? AND user = ?',
          deleted,
          project,
          user,
        );
      // Their events that were acknowledged are to be found under issues.
      for (const newest = newestSeq(); digestedSeq() < newest;) yield 0;
      // What is deleted is overwritten, in the file and in its log.
      database.get('PRAGMA secure_delete = ON');
      database.run("INSERT INTO issue_search (issue_search, rank) VALUES ('secure-delete', 1)");
      yield* forgetRecords(database, project, user, note);
      for await (const issueId of issuesOf(database, project, user)) {
        yield* forgetIssue({ database, blocks, readEvent, of, note }, issueId, user);
      }
      await database.transactionInTurn(() => forgetInReleases(database, project, user));
      yield* giveAllSpaceBack(database);
      await database.emptyLog();
      database.run('DELETE FROM forgettings WHERE project_id = ? AND user = ?', project, user);
    },
  };
}

const forgetting = (row: Row): Forgetting => ({
  projectId: String(row['project_id']),
  user: Number(row['user']),
  deleted: Number(row['deleted'] ?? 0),
});

/** Merged ones, too: the user is counted there. */
async function* issuesOf(database: Database, project: number, user: number): AsyncGenerator<number> {
  const last = Number(database.get('SELECT max(id) AS id FROM issues')?.['id'] ?? 0);
  for (let from = 0; from <= last; from += issuesAtOnce) {
    const rows = database.all(
      `SELECT id FROM issues WHERE id > ? AND id <= ? AND project_id = ?
       AND EXISTS (SELECT 1 FROM issue_users WHERE issue_id = issues.id AND user = ?)`,
      ...[from, from + issuesAtOnce, project, user],
    );
    for (const { id } of rows) yield Number(id);
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

/** Pages that are free still hold what was on them: as many as there are go, while others become free. */
async function* giveAllSpaceBack(database: Database): AsyncGenerator<number> {
  const freePages = () => Number(database.get('PRAGMA freelist_count')?.['freelist_count']);
  for (let left = freePages(); left > 0 && freePages() > 0; left -= pagesAtOnce) {
    await database.transactionInTurn(() => database.all(`PRAGMA incremental_vacuum(${pagesAtOnce})`));
    yield 0;
  }
}
