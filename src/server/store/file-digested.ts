import { addIssue } from './add-issue.ts';
import type { Blocks } from './blocks.ts';
import { inBlock, sampledAway } from './body.ts';
import type { Database, Row, Value } from './database.ts';
import type { Dictionaries } from './dictionaries.ts';
import { traitsOf } from './event-traits.ts';
import type { SqliteEventStore } from './events.ts';
import { findIssue, rememberIssue, type Place } from './find-issue.ts';
import { partsBelow } from './head-of.ts';
import { createIssueTotals, type IssueTotals } from './issue-totals.ts';
import { noteTransitions } from './note-transitions.ts';
import { countInProjects } from './project-counts.ts';
import { createSample, type Sample } from './sample.ts';
import { addUsers, type IsFirstOfUser } from './issue-users.ts';
import type { Seen, SeenIssue } from './seen.ts';
import { textNumber } from './text-number.ts';
import type { DigestedEvent, EventToFile, Filed, Store } from './store.ts';
import { createValueCounts, type ValueCounts } from './value-counts.ts';

/** Different texts that an issue is found by: so many as they are; then those that differ by more than numbers. */
const maxExactTexts = 5;
const maxTexts = 50;

export interface FilingOptions {
  database: Database;
  dictionaries: Dictionaries;
  blocks: Blocks;
  events: SqliteEventStore;
  seen: Seen;
}

/** Files digested events under their issues and moves the digest's mark, in one transaction. */
export function createFileDigested({
  database,
  dictionaries,
  blocks,
  events,
  seen,
}: FilingOptions): Store['fileDigested'] {
  // Made once, and with loops instead of functions for each event: what is made anew for each transaction is compiled anew.
  const filing = createFiling(database, seen);
  const work = (digested: DigestedEvent[], kept: EventToFile[]) => {
    seen.begin();
    const filed = filing.file(digested);
    keepEvents(database, blocks, kept, filed);
    filing.write();
    noteTransitions(database, digested, filed, Date.now());
    countInProjects(database, digested, seen);
    for (const { json } of kept) if (json !== undefined) dictionaries.learn(json);
    events.onFiling(lastSeq(kept));
    return filed;
  };
  return async (digested, kept) => {
    try {
      // After a loss of power the events are there, and the mark still stands before them.
      const filed = database.transaction(() => work(digested, kept), { isDurable: false });
      events.onDigested(kept);
      return filed;
    } catch (error) {
      seen.forget();
      dictionaries.undo();
      throw error;
    } finally {
      filing.forget();
    }
  };
}

const lastSeq = (kept: EventToFile[]) => kept.at(-1)?.seq ?? 0;

export interface Filing {
  file(events: DigestedEvent[]): Filed[];
  /** Writes what has been summed up. */
  write(): void;
  /** To be called when the transaction has ended, well or not. */
  forget(): void;
}

/** Files the events of one transaction after the other; `isKept` says of those filed before that they were kept whole then. */
export function createFiling(database: Database, seen: Seen, { isKept = false } = {}): Filing {
  const totals = createIssueTotals(database);
  const sample = isKept
    ? { keep: () => true, write: () => undefined, forget: () => undefined }
    : createSample(database);
  const values = createValueCounts(database, seen);
  // One event's after the other's, as are rows below: a list for each would be garbage of a whole transaction.
  let places: Value[] = [];
  let texts: Value[] = [];
  let files: Value[] = [];
  const tools: Tools = {
    seen,
    totals,
    sample,
    values,
    noteText: (id, text, isOfPart) => void texts.push(id, text, textNumber(text), Number(isOfPart)),
    noteFile: (project, file, id) => void files.push(project, file, id),
  };
  return {
    forget() {
      for (const each of [totals, sample, values]) each.forget();
      [places, texts, files] = [[], [], []];
    },
    file(events) {
      const all: Placed[] = [];
      for (const event of events) all.push(placeOf(database, event, seen));
      const isNewUser = addUsers(database, all, seen);
      const allFiled: Filed[] = [];
      for (const one of all) {
        const filed = fileEvent(database, one, isNewUser, tools);
        const { happenedAt, seq, values: pairs, count } = one.event;
        if (filed.isKept) places.push(one.id, happenedAt, seq, one.part, traitsOf(pairs), count);
        allFiled.push(filed);
      }
      return allFiled;
    },
    write() {
      database.insertFlat(
        'INSERT INTO issue_events (issue_id, happened_at, seq, part, traits, count) VALUES *',
        6,
        places,
      );
      totals.write();
      sample.write();
      values.write();
      database.insertFlat('INSERT INTO unresolved_files VALUES * ON CONFLICT DO NOTHING', 3, files);
      // Last, and many at once: after the first of them, each statement that could be undone by itself makes the index of
      // words write what it has, as a segment of its own.
      database.insertFlat(
        `INSERT INTO issue_texts (issue_id, text, number, is_of_part) VALUES *
         ON CONFLICT DO UPDATE SET is_of_part = min(is_of_part, excluded.is_of_part)`,
        4,
        texts,
      );
    },
  };
}

/** An event and where it belongs. */
interface Placed extends Place {
  event: DigestedEvent;
  /** Undefined for an issue that begins with it. */
  issue: Row | undefined;
  /** The issues that count it, its own the last. */
  ids: number[];
}

function placeOf(database: Database, event: DigestedEvent, seen: Seen): Placed {
  const found = findIssue(database, event, seen);
  const place = found ?? { id: addIssue(database, event), part: null };
  rememberIssue(database, event, found?.by ?? place, !found, seen);
  // It counts for the issue, and for those merged into it by which it came.
  const ids = place.part === null ? [place.id] : [...partsBelow(database, place.part), place.id];
  return { event, id: place.id, part: place.part, issue: found?.issue, ids };
}

interface Tools {
  seen: Seen;
  totals: IssueTotals;
  sample: Sample;
  values: ValueCounts;
  /** To be written with the others of the transaction. */
  noteText(id: number, text: string, isOfPart: boolean): void;
  noteFile(project: number, file: string, id: number): void;
}

function fileEvent(
  database: Database,
  { event, id, issue, ids }: Placed,
  isFirstOfUser: IsFirstOfUser,
  tools: Tools,
): Filed {
  const { totals, sample, values } = tools;
  const isKept = sample.keep(ids.length === 1 ? ids : ids.toReversed(), event);
  let changed = { isRegression: false, isWoken: false, isNewUser: false };
  let isOfPart = false;
  for (const each of ids) {
    const row = each === id ? issue : database.get('SELECT * FROM issues WHERE id = ?', each);
    const isNewUser = isFirstOfUser(each, event);
    changed = { ...totals.add(each, event, row, isNewUser), isNewUser };
    addText(database, each, event.text, isOfPart, tools);
    noteUnresolved(each, event, tools);
    values.add(each, event);
    isOfPart = true;
  }
  return { issueId: String(id), isKept, isNew: !issue, ...changed };
}

const noBody = new Uint8Array();

/** Bodies stay in the blocks that they came in, but for those that are sampled away. */
function keepEvents(database: Database, blocks: Blocks, kept: EventToFile[], filed: Filed[]): void {
  const goneOf = new Map<number, Set<number>>();
  const rows: Value[] = [];
  for (const [index, one] of kept.entries()) {
    const isKept = filed[index]?.isKept === true;
    if (one.block !== undefined) {
      if (!isKept) goneOf.set(one.block, (goneOf.get(one.block) ?? new Set()).add(one.seq));
      rows.push(
        one.seq,
        Number(one.projectId),
        one.id,
        one.receivedAt,
        one.happenedAt,
        isKept ? inBlock : sampledAway,
        noBody,
        isKept ? one.block : null,
        isKept && one.session !== undefined ? textNumber(one.session) : null,
      );
    } else if (!isKept) {
      database.run(`UPDATE events SET encoding = ${sampledAway}, body = x'' WHERE seq = ?`, one.seq);
    }
  }
  for (const [block, seqs] of goneOf) blocks.cutOut(block, seqs);
  database.insertFlat(
    'INSERT INTO events (seq, project_id, id, received_at, happened_at, encoding, body, block, session) VALUES *',
    9,
    rows,
  );
}

function noteUnresolved(id: number, { projectId, unresolvedFiles }: DigestedEvent, { seen, noteFile }: Tools): void {
  const known = seen.issue(id).files;
  for (const file of unresolvedFiles) if (seen.isNew(known, file)) noteFile(Number(projectId), file, id);
}

function addText(database: Database, id: number, text: string, isOfPart: boolean, { seen, noteText }: Tools): void {
  const issue = seen.issue(id);
  const { known, forms } = (issue.texts ??= readTexts(database, id, seen));
  const isEnough = known.size >= maxTexts || (known.size >= maxExactTexts && forms.has(formOf(text)));
  if (isEnough && !known.has(text)) return;
  if (!seen.isNew(isOfPart ? issue.exactTextsOfPart : issue.exactTexts, text)) return;
  known.add(text);
  forms.add(formOf(text));
  noteText(id, text, isOfPart);
}

function readTexts(database: Database, id: number, seen: Seen): NonNullable<SeenIssue['texts']> {
  const rows = database.all('SELECT text FROM issue_texts WHERE issue_id = ?', id);
  const known = new Set(rows.map((row) => String(row['text'])));
  seen.grow(2 * known.size + 10);
  return { known, forms: new Set([...known].map(formOf)) };
}

/** A hash of the text without its numbers. */
function formOf(text: string): number {
  let hash = 0x811c9dc5;
  let wasDigit = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isDigit = code >= 48 && code <= 57;
    if (!(isDigit && wasDigit)) hash = Math.imul(hash ^ (isDigit ? 48 : code), 0x01000193);
    wasDigit = isDigit;
  }
  return hash;
}
