import type { Database } from './database.ts';
import { fileAll } from './file-digested.ts';
import type { DigestedEvent, Store } from './store.ts';

type Refile = Pick<Store, 'issuesWaitingFor' | 'refile' | 'renameIssue'>;

/** Issues whose events a map has explained anew. Each method is one transaction. */
export function createRefile(database: Database): Refile {
  return {
    async issuesWaitingFor(projectId, files) {
      const ids = files.flatMap((file) =>
        database
          .all('SELECT issue_id FROM unresolved_files WHERE project_id = ? AND basename = ?', Number(projectId), file)
          .map((row) => String(row['issue_id'])),
      );
      return [...new Set(ids)];
    },
    async refile(issueId, digested) {
      return database.transaction(() => {
        const row = database.get('SELECT count(*) AS count FROM issue_events WHERE issue_id = ?', Number(issueId));
        if (Number(row?.['count']) !== digested.length) return false;
        refile(database, Number(issueId), digested);
        return true;
      });
    },
    async renameIssue(issueId, newest) {
      database.transaction(() => rename(database, Number(issueId), newest));
    },
  };
}

/** Files all events of an issue again. What is most common among them keeps the issue, or takes it to where it is known. */
function refile(database: Database, id: number, digested: DigestedEvent[]): void {
  const issue = database.get('SELECT sampled FROM issues WHERE id = ?', id);
  if (!issue) return;
  // What was sampled away could not be filed again: it stays, and so do the counts.
  if (Number(issue['sampled']) > 0) return void rename(database, id, mostCommon(digested));
  const target = rename(database, id, mostCommon(digested));
  empty(database, id);
  fileAll(database, digested);
  if (database.get('SELECT 1 FROM issue_events WHERE issue_id = ?', id)) return;
  database.run('UPDATE issue_aliases SET issue_id = ? WHERE issue_id = ?', target, id);
  database.run('UPDATE fingerprints SET issue_id = ? WHERE issue_id = ?', target, id);
  database.run('UPDATE issue_activity SET issue_id = ? WHERE issue_id = ?', target, id);
  database.run('DELETE FROM issues WHERE id = ?', id);
  database.run('INSERT INTO issue_aliases VALUES (?, ?)', id, target);
}

/** Gives the issue the new fingerprint beside its old ones, and its new words; answers whose fingerprint it is. */
function rename(database: Database, id: number, event: DigestedEvent): number {
  const project = Number(event.projectId);
  const known = database.get(
    'SELECT issue_id FROM fingerprints WHERE project_id = ? AND fingerprint = ?',
    project,
    event.fingerprint,
  );
  const owner = Number(known?.['issue_id'] ?? id);
  if (!known) database.run('INSERT INTO fingerprints VALUES (?, ?, ?)', project, event.fingerprint, id);
  if (owner === id) {
    database.run(
      'UPDATE issues SET title = ?, culprit = ?, grouping_version = ?, reasons = ? WHERE id = ?',
      event.title,
      event.culprit,
      event.grouping.version,
      JSON.stringify(event.grouping.reasons),
      id,
    );
  }
  return owner;
}

function mostCommon(digested: DigestedEvent[]): DigestedEvent {
  const counts = new Map<string, number>();
  for (const { fingerprint } of digested) counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
  const [[fingerprint] = ['']] = [...counts].sort((a, b) => b[1] - a[1]);
  const newest = digested.findLast((event) => event.fingerprint === fingerprint);
  if (!newest) throw new Error('an issue without events cannot be filed again');
  return newest;
}

function empty(database: Database, id: number): void {
  for (const table of [
    'issue_events',
    'issue_hours',
    'issue_users',
    'issue_values',
    'issue_texts',
    'unresolved_files',
  ]) {
    database.run(`DELETE FROM ${table} WHERE issue_id = ?`, id);
  }
  // Filing takes the least and the greatest.
  database.run(
    `UPDATE issues SET events = 0, users = 0, first_seen = ${Number.MAX_SAFE_INTEGER}, last_seen = 0, last_release = NULL
     WHERE id = ?`,
    id,
  );
}
