import { levels } from '../../protocol/event.ts';
import type { Database, Row, Value } from './database.ts';
import type { DigestedEvent, Filed, Store } from './store.ts';

export const hourMs = 3_600_000;
/** Different values of one property, and different texts, that an issue remembers. The rest is counted as `(others)`. */
const maxValues = 200;
const maxTexts = 50;

/** Files digested events under their issues and moves the digest's mark, in one transaction. */
export function createFileDigested(database: Database, onDigested: (seq: number) => void): Store['fileDigested'] {
  return async (digested) => {
    const filed = database.transaction(() => {
      const results = digested.map((event) => fileEvent(database, event));
      countValues(database, digested, results);
      database.run('UPDATE digest_progress SET seq = ?', lastSeq(digested));
      return results;
    });
    onDigested(lastSeq(digested));
    return filed;
  };
}

const lastSeq = (digested: DigestedEvent[]) => digested.at(-1)?.seq ?? 0;

/** Files one event under its issue, which is made if there is none. To be called in a transaction. */
export function fileEvent(database: Database, event: DigestedEvent): Filed {
  const known = database.get(
    `SELECT issues.* FROM fingerprints JOIN issues ON issues.id = issue_id
     WHERE fingerprints.project_id = ? AND fingerprint = ?`,
    Number(event.projectId),
    event.fingerprint,
  );
  const id = known ? Number(known['id']) : addIssue(database, event);
  const isRegression = known?.['status'] === 'resolved' && event.happenedAt > Number(known['resolved_at']);
  countUser(database, id, event);
  updateIssue(database, id, event, known, isRegression);
  database.run('INSERT INTO issue_events VALUES (?, ?)', id, event.seq);
  database.run(
    'INSERT INTO issue_hours VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count',
    id,
    Math.floor(event.happenedAt / hourMs),
    event.count,
  );
  for (const file of event.unresolvedFiles) {
    database.run(
      'INSERT INTO unresolved_files VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      Number(event.projectId),
      file,
      id,
    );
  }
  database.run(
    `INSERT INTO issue_texts (issue_id, text) SELECT ?1, ?2
     WHERE (SELECT count(*) FROM issue_texts WHERE issue_id = ?1) < ?3 ON CONFLICT DO NOTHING`,
    id,
    event.text,
    maxTexts,
  );
  return { issueId: String(id), isNew: !known, isRegression };
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
     grouping_version, reasons) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
  );
  database.run('INSERT INTO fingerprints VALUES (?, ?, ?)', project, event.fingerprint, lastId);
  return lastId;
}

function countUser(database: Database, id: number, event: DigestedEvent): void {
  if (event.user === undefined) return;
  const { changes } = database.run('INSERT INTO issue_users VALUES (?, ?) ON CONFLICT DO NOTHING', id, event.user);
  if (changes) database.run('UPDATE issues SET users = users + 1 WHERE id = ?', id);
}

function updateIssue(
  database: Database,
  id: number,
  event: DigestedEvent,
  known: Row | undefined,
  reopen: boolean,
): void {
  const worst = Math.max(
    levels.indexOf(event.level),
    levels.findIndex((level) => level === known?.['level']),
  );
  const release: Value = event.release ?? null;
  database.run(
    `UPDATE issues SET events = events + ?, level = ?, latest_seq = ?, first_seen = min(first_seen, ?),
     last_release = CASE WHEN ? >= last_seen THEN coalesce(?, last_release) ELSE last_release END,
     last_seen = max(last_seen, ?), status = CASE WHEN ? THEN 'unresolved' ELSE status END WHERE id = ?`,
    event.count,
    levels[worst] ?? event.level,
    event.seq,
    event.happenedAt,
    event.happenedAt,
    release,
    event.happenedAt,
    Number(reopen),
    id,
  );
  if (event.release !== undefined) {
    database.run(
      'INSERT INTO releases VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      Number(event.projectId),
      event.release,
      event.happenedAt,
    );
  }
}

/** A burst of like events has like values: they are summed up first. */
export function countValues(database: Database, digested: DigestedEvent[], filed: Filed[]): void {
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
