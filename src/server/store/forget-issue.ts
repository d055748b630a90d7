import type { Event } from '../../protocol/event.ts';
import type { Blocks } from './blocks.ts';
import type { Database, Row } from './database.ts';
import type { ReadEvent } from './events.ts';
import { forgetCounts } from './forget-counts.ts';
import { forgetNotices } from './forget-notices.ts';
import { subtreeOf } from './head-of.ts';
import { end, newestFirst } from './issue-order.ts';
import { forgottenTitle } from './issue-totals.ts';
import type { UserOf } from './store.ts';

/** Events that are read, and events and their blocks that are deleted, in one step: some ten milliseconds. */
const [readAtOnce, deletedAtOnce, blocksAtOnce] = [100, 50, 2];

const select = `SELECT seq, events.id, events.project_id, events.happened_at, encoding, body, block, part, issue_id
 FROM issue_events JOIN events USING (seq)`;

/** What a look at the events of an issue has found. */
interface Look {
  /** Block of each event of the user. */
  theirs: Map<number, number>;
  /** What their events call the issue, and what those of others do. */
  theirTitles: Set<string>;
  titles: Set<string>;
  /** Later ones were not looked at. */
  lastSeq: number;
}

export interface ForgetIssueOptions {
  database: Database;
  blocks: Blocks;
  /** Unpacks a row of `events`; `json` is what was read of its block already. */
  readEvent: ReadEvent;
  of: UserOf;
  /** Called in each transaction that deletes. */
  note(deleted: number): void;
}

/**
 * Deletes a user's events from an issue, in steps. What only their events said goes first: when it is left off in the middle,
 * those that are there still tell the same to who begins again.
 */
export async function* forgetIssue(options: ForgetIssueOptions, issueId: number, user: number): AsyncGenerator<number> {
  const { database } = options;
  const look = yield* lookThrough(options, issueId);
  await database.transactionInTurn(() => {
    lookAtNewer(options, issueId, look);
    forgetWords(database, issueId, look);
    forgetNotices(database, issueId);
  });
  for (const seqs of inSteps(look.theirs)) yield await database.transactionInTurn(() => remove(options, seqs));
  look.theirs.clear();
  yield await database.transactionInTurn(() => {
    lookAtNewer(options, issueId, look);
    forgetWords(database, issueId, look);
    const removed = remove(options, [...look.theirs.keys()]);
    const { changes } = database.run('DELETE FROM issue_users WHERE issue_id = ? AND user = ?', issueId, user);
    database.run('UPDATE issues SET users = max(0, users - ?) WHERE id = ?', changes, issueId);
    return removed;
  });
}

/** From the newest to the oldest. Blocks are unpacked beside this thread. */
async function* lookThrough({ database, blocks, readEvent, of }: ForgetIssueOptions, issueId: number) {
  const last = database.get('SELECT max(seq) AS seq FROM issue_events WHERE issue_id = ?', issueId);
  const look = { ...nothing(), lastSeq: Number(last?.['seq'] ?? 0) };
  for (let rows: Row[] | undefined, before = end; !rows || rows.length === readAtOnce; yield 0) {
    rows = database.all(
      `${select} WHERE issue_id = ? AND (issue_events.happened_at, seq) < (?, ?) ${newestFirst} LIMIT ${readAtOnce}`,
      issueId,
      ...before,
    );
    const inBlocks = rows.flatMap(({ seq, block }) =>
      block == null ? [] : [{ block: Number(block), seq: Number(seq) }],
    );
    const read = await blocks.readMany(inBlocks);
    for (const row of rows) sort(look, row, readEvent(row, read.get(Number(row['seq']))), of);
    const oldest = rows.at(-1);
    if (oldest) before = [Number(oldest['happened_at']), Number(oldest['seq'])];
  }
  return look;
}

const nothing = (): Look => ({ theirs: new Map(), theirTitles: new Set(), titles: new Set(), lastSeq: 0 });

function sort(look: Look, { seq = 0, block = 0 }: Row, event: Event, { isTheirs, titleOf }: UserOf): void {
  const isOfThem = isTheirs(event);
  (isOfThem ? look.theirTitles : look.titles).add(titleOf(event));
  if (isOfThem) look.theirs.set(Number(seq), Number(block));
}

/** What has come since; in a transaction. */
function lookAtNewer({ database, readEvent, of }: ForgetIssueOptions, issueId: number, look: Look): void {
  for (const row of database.all(`${select} WHERE issue_id = ? AND seq > ?`, issueId, look.lastSeq)) {
    sort(look, row, readEvent(row), of);
    look.lastSeq = Math.max(look.lastSeq, Number(row['seq']));
  }
}

/** So many events, of so few blocks, that one transaction is soon over. */
function* inSteps(theirs: Map<number, number>): Generator<number[]> {
  let [seqs, blocks]: [number[], Set<number>] = [[], new Set()];
  for (const [seq, block] of [...theirs].sort((a, b) => a[1] - b[1])) {
    const isFull = blocks.size === blocksAtOnce && !blocks.has(block);
    if (isFull || seqs.length === deletedAtOnce) {
      yield seqs;
      [seqs, blocks] = [[], new Set()];
    }
    seqs.push(seq);
    blocks.add(block);
  }
  if (seqs.length > 0) yield seqs;
}

/** Takes events out of all counts and out of their blocks, wherever they are by now. In a transaction. */
function remove({ database, blocks, readEvent, of, note }: ForgetIssueOptions, seqs: number[]): number {
  const rows = database.all(`${select} WHERE seq IN (SELECT value FROM json_each(?))`, JSON.stringify(seqs));
  const inBlocks = new Map<number, Set<number>>();
  for (const row of rows) {
    const [seq, happenedAt, issueId] = [Number(row['seq']), Number(row['happened_at']), Number(row['issue_id'])];
    const part = row['part'] == null ? null : Number(row['part']);
    const event = readEvent(row);
    const projectId = Number(row['project_id']);
    forgetCounts(database, { projectId, issueId, part, happenedAt, event, values: of.valuesOf(event) });
    const block = row['block'];
    if (typeof block === 'number') inBlocks.set(block, (inBlocks.get(block) ?? new Set()).add(seq));
    database.run('DELETE FROM events WHERE seq = ?', seq);
  }
  for (const [block, ofBlock] of inBlocks) blocks.cutOut(block, ofBlock);
  note(rows.length);
  return rows.length;
}

/** What only their events said is neither the issue's title any more, nor is the issue found by it. In a transaction. */
function forgetWords(database: Database, head: number, { theirTitles, titles }: Look): void {
  // The newest of others.
  const [title = forgottenTitle] = titles;
  for (const words of theirTitles) {
    if (titles.has(words)) continue;
    for (const id of subtreeOf(database, head)) {
      database.run('DELETE FROM issue_texts WHERE issue_id = ?1 AND substr(text, 1, length(?2)) = ?2', id, words);
      database.run('UPDATE issues SET title = ? WHERE id = ? AND title = ?', title, id, words);
    }
  }
}
