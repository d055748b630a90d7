import type { Database, Row } from './database.ts';
import type { Seen } from './seen.ts';
import type { DigestedEvent } from './store.ts';

/**
 * The issue that an event belongs to: by its fingerprint; by another name of it; by its line in a file that has been
 * renamed since; by a hint, if that fits one issue only. An event that is sure of its place takes over an issue that
 * waits for one: whichever of them comes first, they meet.
 */
export function findIssue(database: Database, event: DigestedEvent): Row | undefined {
  const project = Number(event.projectId);
  const { fingerprint, aliases, moved, hints, isSure } = event;
  for (const name of [fingerprint, ...aliases]) {
    const known = byFingerprint(database, project, name);
    if (known) return known;
  }
  const before = moved && byHint(database, project, moved.hint);
  if (before && !moved.isPresent(String(before['file']))) return before;
  for (const hint of hints) {
    const hinted = byHint(database, project, isSure ? waiting(hint) : hint);
    if (hinted) return hinted;
  }
  return undefined;
}

function byFingerprint(database: Database, project: number, fingerprint: string): Row | undefined {
  return database.get(
    `SELECT issues.* FROM fingerprints JOIN issues ON issues.id = issue_id
     WHERE fingerprints.project_id = ? AND fingerprint = ?`,
    project,
    fingerprint,
  );
}

/** The only issue that the hint leads to, and the file it was in. */
function byHint(database: Database, project: number, hint: string): Row | undefined {
  const found = database.all(
    `SELECT issues.*, file FROM issue_hints JOIN issues ON issues.id = issue_id
     WHERE issue_hints.project_id = ? AND hint = ? LIMIT 2`,
    project,
    hint,
  );
  return found.length === 1 ? found[0] : undefined;
}

/** Hint of an issue of which no event was sure of its place yet. */
const waiting = (hint: string) => `?${hint}`;

/** From now on the event's names lead to the issue. What leads elsewhere already stays as it is. */
export function rememberIssue(
  database: Database,
  event: DigestedEvent,
  issueId: number,
  isNew: boolean,
  seen: Seen,
): void {
  const project = Number(event.projectId);
  const { fingerprint, aliases, hints, isSure, moved } = event;
  const names = [fingerprint, ...aliases, ...hints, moved?.hint ?? ''];
  if (!seen.isNew('names', project, issueId, String(isSure), ...names) && !isNew) return;
  for (const name of isSure || isNew ? [fingerprint, ...aliases] : []) {
    database.run('INSERT INTO fingerprints VALUES (?, ?, ?) ON CONFLICT DO NOTHING', project, name, issueId);
  }
  const remember = (text: string, file: string) =>
    database.run('INSERT INTO issue_hints VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING', project, text, issueId, file);
  if (moved) remember(moved.hint, moved.file);
  for (const hint of hints) {
    if (!isSure && isNew) remember(waiting(hint), '');
    if (!isSure || remember(hint, '').changes === 0) continue;
    database.run(
      'DELETE FROM issue_hints WHERE project_id = ? AND hint = ? AND issue_id = ?',
      project,
      waiting(hint),
      issueId,
    );
  }
}
