import type { Database } from './database.ts';
import type { DigestedEvent } from './store.ts';

/** Makes an issue that begins with an event, and answers its id. Counts nothing. */
export function addIssue(database: Database, event: DigestedEvent): number {
  const project = Number(event.projectId);
  const numbered = database.get(
    'UPDATE projects SET issues = issues + 1, first_event_at = coalesce(first_event_at, ?) WHERE id = ? RETURNING issues',
    event.happenedAt,
    project,
  );
  const { lastId } = database.run(
    `INSERT INTO issues (project_id, number, title, culprit, level, first_seen, last_seen, first_release,
     grouping_version, reasons, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    project,
    numbered?.['issues'] ?? 0,
    event.title,
    event.culprit,
    event.level,
    event.happenedAt,
    event.happenedAt,
    event.release ?? null,
    event.grouping.version,
    JSON.stringify(event.grouping.reasons),
    event.isIgnored ? 'ignored' : 'unresolved',
  );
  return lastId;
}
