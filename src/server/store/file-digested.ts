import type { Database } from './database.ts';
import { findIssue, rememberIssue } from './find-issue.ts';
import { createIssueTotals, type IssueTotals } from './issue-totals.ts';
import { countInProjects } from './project-counts.ts';
import { createSample, type Sample } from './sample.ts';
import { createSeen, type Seen } from './seen.ts';
import type { DigestedEvent, Filed, Store } from './store.ts';

/** Different values of one property, and different texts, that an issue remembers. The rest is counted as `(others)`. */
const maxValues = 200;
const maxTexts = 50;

/** Files digested events under their issues and moves the digest's mark, in one transaction. */
export function createFileDigested(database: Database, onDigested: (seq: number) => void): Store['fileDigested'] {
  const seen = createSeen(database);
  return async (digested) => {
    try {
      const filed = database.transaction(
        () => {
          seen.begin();
          const results = fileAll(database, digested, seen);
          countInProjects(database, digested, seen);
          database.run('UPDATE digest_progress SET seq = ?', lastSeq(digested));
          return results;
        },
        // After a loss of power the events are there, and the mark still stands before them.
        { isDurable: false },
      );
      onDigested(lastSeq(digested));
      return filed;
    } catch (error) {
      seen.forget();
      throw error;
    }
  };
}

const lastSeq = (digested: DigestedEvent[]) => digested.at(-1)?.seq ?? 0;

/** Files events under their issues, which are made if there are none. To be called in a transaction. */
export function fileAll(database: Database, digested: DigestedEvent[], seen: Seen = createSeen(database)): Filed[] {
  const totals = createIssueTotals(database);
  const sample = createSample(database);
  const filed = digested.map((event) => fileEvent(database, event, seen, totals, sample));
  totals.write();
  sample.write();
  countValues(database, digested, filed);
  return filed;
}

function fileEvent(database: Database, event: DigestedEvent, seen: Seen, totals: IssueTotals, sample: Sample): Filed {
  const known = findIssue(database, event);
  const id = known ? Number(known['id']) : addIssue(database, event);
  rememberIssue(database, event, id, !known, seen);
  const isKept = sample.keep(id, event);
  const opened = totals.add(id, event, known, { isNewUser: isNewUser(database, id, event, seen), isKept });
  if (isKept) database.run('INSERT INTO issue_events VALUES (?, ?)', id, event.seq);
  for (const file of event.unresolvedFiles) {
    if (!seen.isNew('file', event.projectId, file, id)) continue;
    database.run(
      'INSERT INTO unresolved_files VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      Number(event.projectId),
      file,
      id,
    );
  }
  addText(database, id, event.text, seen);
  return { issueId: String(id), isKept, isNew: !known, ...opened };
}

function addIssue(database: Database, event: DigestedEvent): number {
  const project = Number(event.projectId);
  const numbered = database.get(
    'UPDATE projects SET issues = issues + 1, first_event_at = coalesce(first_event_at, ?) WHERE id = ? RETURNING issues',
    event.happenedAt,
    project,
  );
  const { lastId } = database.run(
    `INSERT INTO issues (project_id, number, title, culprit, level, first_seen, last_seen, first_release, latest_seq,
     grouping_version, reasons, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    project,
    numbered?.['issues'] ?? 0,
    event.title,
    event.culprit,
    event.level,
    event.happenedAt,
    event.happenedAt,
    event.release ?? null,
    event.seq,
    event.grouping.version,
    JSON.stringify(event.grouping.reasons),
    event.isIgnored ? 'ignored' : 'unresolved',
  );
  return lastId;
}

/** Whether this is the user's first event of the issue. */
function isNewUser(database: Database, id: number, { user }: DigestedEvent, seen: Seen): boolean {
  if (user === undefined || !seen.isNew('user', id, user)) return false;
  return database.run('INSERT INTO issue_users VALUES (?, ?) ON CONFLICT DO NOTHING', id, user).changes > 0;
}

function addText(database: Database, id: number, text: string, seen: Seen): void {
  if (!seen.isNew('text', id, text)) return;
  database.run(
    `INSERT INTO issue_texts (issue_id, text) SELECT ?1, ?2
     WHERE (SELECT count(*) FROM issue_texts WHERE issue_id = ?1) < ?3 ON CONFLICT DO NOTHING`,
    id,
    text,
    maxTexts,
  );
}

/** A burst of like events has like values: they are summed up first. */
function countValues(database: Database, digested: DigestedEvent[], filed: Filed[]): void {
  const counts = new Map<string, { key: [string, string, string]; count: number }>();
  digested.forEach((event, index) => {
    for (const [property, value] of event.values) {
      const key: [string, string, string] = [filed[index]?.issueId ?? '', property, value];
      const id = JSON.stringify(key);
      const entry = counts.get(id) ?? { key, count: 0 };
      entry.count += event.count;
      counts.set(id, entry);
    }
  });
  for (const { key, count } of counts.values()) {
    const [issueId, property, value] = key;
    database.run(
      `INSERT INTO issue_values SELECT ?1, ?2, CASE WHEN
         (SELECT count(*) FROM issue_values WHERE issue_id = ?1 AND property = ?2) < ?5
         OR EXISTS (SELECT 1 FROM issue_values WHERE issue_id = ?1 AND property = ?2 AND value = ?3)
       THEN ?3 ELSE '(others)' END, ?4 WHERE true
       ON CONFLICT DO UPDATE SET count = count + excluded.count`,
      Number(issueId),
      property,
      value,
      count,
      maxValues,
    );
  }
}
