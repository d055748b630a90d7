import { addIssue } from './add-issue.ts';
import type { Database, Row } from './database.ts';
import { findIssue, rememberIssue, type Place } from './find-issue.ts';
import { partsBelow } from './head-of.ts';
import { createIssueTotals, type IssueTotals } from './issue-totals.ts';
import { noteTransitions } from './note-transitions.ts';
import { countInProjects } from './project-counts.ts';
import { createSample, type Sample } from './sample.ts';
import { createSeen, type Seen } from './seen.ts';
import type { DigestedEvent, Filed, Store } from './store.ts';
import { createValueCounts, type ValueCounts } from './value-counts.ts';

/** Different texts that an issue remembers. */
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
          noteTransitions(database, digested, results, Date.now());
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
function fileAll(database: Database, digested: DigestedEvent[], seen: Seen): Filed[] {
  const filing = createFiling(database, seen);
  const filed = digested.map((event) => filing.file(event));
  filing.write();
  return filed;
}

export interface Filing {
  file(event: DigestedEvent): Filed;
  /** Writes what has been summed up. */
  write(): void;
}

/** Files the events of one transaction; `isKept` says of those filed before that they were kept whole then. */
export function createFiling(database: Database, seen: Seen, { isKept = false } = {}): Filing {
  const totals = createIssueTotals(database);
  const sample = isKept ? { keep: () => true, write: () => undefined } : createSample(database);
  const values = createValueCounts(database);
  return {
    file(event) {
      const found = findIssue(database, event);
      const place = found ?? { id: addIssue(database, event), part: null };
      rememberIssue(database, event, found?.by ?? place, !found, seen);
      return fileEvent(database, event, { ...place, issue: found?.issue }, { seen, totals, sample, values });
    },
    write() {
      totals.write();
      sample.write();
      values.write();
    },
  };
}

interface Tools {
  seen: Seen;
  totals: IssueTotals;
  sample: Sample;
  values: ValueCounts;
}

function fileEvent(
  database: Database,
  event: DigestedEvent,
  { id, part, issue }: Place & { issue: Row | undefined },
  { seen, totals, sample, values }: Tools,
): Filed {
  // It counts for the issue, and for those merged into it by which it came.
  const ids = [...partsBelow(database, part), id];
  const isKept = sample.keep(ids.toReversed(), event);
  let changed = { isRegression: false, isWoken: false, isNewUser: false };
  ids.forEach((each, index) => {
    const isOfPart = index > 0;
    const row = each === id ? issue : database.get('SELECT * FROM issues WHERE id = ?', each);
    const isNewUser = addUser(database, each, event, isOfPart, seen);
    changed = { ...totals.add(each, event, row, { isNewUser, isKept }), isNewUser };
    addText(database, each, event.text, isOfPart, seen);
    noteUnresolved(database, each, event, seen);
    values.add(each, event);
  });
  if (isKept) database.run('INSERT INTO issue_events (issue_id, seq, part) VALUES (?, ?, ?)', id, event.seq, part);
  return { issueId: String(id), isKept, isNew: !issue, ...changed };
}

function noteUnresolved(database: Database, id: number, { projectId, unresolvedFiles }: DigestedEvent, seen: Seen) {
  for (const file of unresolvedFiles) {
    if (!seen.isNew('file', projectId, file, id)) continue;
    database.run('INSERT INTO unresolved_files VALUES (?, ?, ?) ON CONFLICT DO NOTHING', Number(projectId), file, id);
  }
}

/** Whether this is the user's first event of the issue. */
function addUser(database: Database, id: number, { user }: DigestedEvent, isOfPart: boolean, seen: Seen): boolean {
  if (user === undefined || !seen.isNew('user', id, user, String(isOfPart))) return false;
  const isNew =
    database.run(
      'INSERT INTO issue_users (issue_id, user, is_of_part) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      id,
      user,
      Number(isOfPart),
    ).changes > 0;
  if (!isNew && !isOfPart) {
    database.run('UPDATE issue_users SET is_of_part = 0 WHERE issue_id = ? AND user = ? AND is_of_part', id, user);
  }
  return isNew;
}

function addText(database: Database, id: number, text: string, isOfPart: boolean, seen: Seen): void {
  if (!seen.isNew('text', id, text, String(isOfPart))) return;
  database.run(
    `INSERT INTO issue_texts (issue_id, text, is_of_part) SELECT ?1, ?2, ?4
     WHERE (SELECT count(*) FROM issue_texts WHERE issue_id = ?1) < ?3
     ON CONFLICT DO UPDATE SET is_of_part = min(is_of_part, excluded.is_of_part)`,
    id,
    text,
    maxTexts,
    Number(isOfPart),
  );
}
