import type { Database, Row } from './database.ts';
import { headOf, partsBelow } from './head-of.ts';
import type { Seen, SeenIssue } from './seen.ts';
import type { DigestedEvent } from './store.ts';

/** An issue that people see, and which of those merged into it; null for its own. */
export interface Place {
  id: number;
  part: number | null;
}

/** Where an event belongs. */
export interface Found extends Place {
  issue: Row;
  /** Where its names lead; elsewhere than it belongs if people split it off. */
  by: Place;
}

/**
 * The issue that an event belongs to: by its fingerprint; by another name of it; by what earlier versions of grouping
 * called it; by its line in a file that has been renamed since; by a hint, if that fits one issue only. An event that is
 * sure of its place takes over an issue that waits for one: whichever of them comes first, they meet.
 */
export function findIssue(database: Database, event: DigestedEvent, seen: Seen): Found | undefined {
  const named = byNames(database, event, seen);
  return named && afterSplits(database, named, event.variant);
}

function byNames(database: Database, event: DigestedEvent, seen: Seen): Found | undefined {
  const project = Number(event.projectId);
  const { fingerprint, aliases, earlier, moved, hints, isSure } = event;
  // What an earlier version has put somewhere stays there: a new version never moves it behind a person's back.
  for (const name of [...earlier, fingerprint, ...aliases]) {
    const known = seen.found(event.projectId, name, () => byFingerprint(database, project, name));
    if (known) return known;
  }
  const before = moved && byHint(database, project, moved.hint);
  if (before && !moved.isPresent(String(before.issue['file']))) return before;
  for (const hint of hints) {
    const hinted = byHint(database, project, isSure ? waiting(hint) : hint);
    if (hinted) return hinted;
  }
  return undefined;
}

function byFingerprint(database: Database, project: number, fingerprint: string): Found | undefined {
  const row = database.get(
    `SELECT issues.*, part FROM fingerprints JOIN issues ON issues.id = issue_id
     WHERE fingerprints.project_id = ? AND fingerprint = ?`,
    project,
    fingerprint,
  );
  return row && foundBy(row);
}

/** The only issue that the hint leads to, and the file it was in. */
function byHint(database: Database, project: number, hint: string): Found | undefined {
  const [row, ...others] = database.all(
    `SELECT issues.*, file, part FROM issue_hints JOIN issues ON issues.id = issue_id
     WHERE issue_hints.project_id = ? AND hint = ? AND merged_into IS NULL LIMIT 2`,
    project,
    hint,
  );
  return row && others.length === 0 ? foundBy(row) : undefined;
}

function foundBy(issue: Row): Found {
  const place = { id: Number(issue['id']), part: issue['part'] === null ? null : Number(issue['part']) };
  return { ...place, issue, by: place };
}

/** Splits may be split again. */
const maxSplits = 20;

function afterSplits(database: Database, found: Found, variant: string): Found {
  let at = found;
  for (let step = 0; step < maxSplits; step++) {
    if (at.part === null && !at.issue['is_split']) return at;
    const next = splitOff(database, [...partsBelow(database, at.part), at.id], variant);
    const issue = next && database.get('SELECT * FROM issues WHERE id = ?', next.id);
    if (!next || !issue || (next.id === at.id && next.part === at.part)) return at;
    at = { ...next, issue, by: found.by };
  }
  return at;
}

function splitOff(database: Database, from: number[], variant: string): Place | undefined {
  for (const id of from) {
    const row = database.get('SELECT into_id FROM issue_splits WHERE issue_id = ? AND variant = ?', id, variant);
    if (!row) continue;
    const into = Number(row['into_id']);
    const head = headOf(database, into);
    return head === undefined ? undefined : { id: head, part: head === into ? null : into };
  }
  return undefined;
}

/** Hint of an issue of which no event was sure of its place yet. */
const waiting = (hint: string) => `?${hint}`;

/** From now on the event's names lead to the place. What leads elsewhere already stays as it is. */
export function rememberIssue(
  database: Database,
  event: DigestedEvent,
  { id, part }: Place,
  isNew: boolean,
  seen: Seen,
): void {
  const project = Number(event.projectId);
  const { fingerprint, aliases, hints, isSure, moved } = event;
  if (!isAnyNew(seen, seen.issue(id), event, part) && !isNew) return;
  for (const name of isSure || isNew ? [fingerprint, ...aliases] : []) {
    database.run(
      `INSERT INTO fingerprints (project_id, fingerprint, issue_id, version, part) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO NOTHING`,
      project,
      name,
      id,
      event.grouping.version,
      part,
    );
  }
  const remember = (text: string, file: string) =>
    database.run(
      `INSERT INTO issue_hints (project_id, hint, issue_id, file, part) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      project,
      text,
      id,
      file,
      part,
    );
  if (moved) remember(moved.hint, moved.file);
  for (const hint of hints) {
    if (!isSure && isNew) remember(waiting(hint), '');
    if (!isSure || remember(hint, '').changes === 0) continue;
    database.run(
      'DELETE FROM issue_hints WHERE project_id = ? AND hint = ? AND issue_id = ?',
      project,
      waiting(hint),
      id,
    );
  }
}

/** Whether not all that an event would remember of an issue is known to be there. */
function isAnyNew(seen: Seen, issue: SeenIssue, event: DigestedEvent, part: number | null): boolean {
  const { fingerprint, aliases, hints, isSure, moved } = event;
  if (!isSure || part !== null) {
    const names = [fingerprint, ...aliases, ...hints, moved?.hint, part, isSure].join(' ');
    return seen.isNew(issue.names, names);
  }
  let isAny = seen.isNew(issue.names, fingerprint);
  for (const name of aliases) if (seen.isNew(issue.names, name)) isAny = true;
  for (const hint of hints) if (seen.isNew(issue.hints, hint)) isAny = true;
  return (moved !== undefined && seen.isNew(issue.hints, moved.hint)) || isAny;
}
