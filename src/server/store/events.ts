import type { Event } from '../../protocol/event.ts';
import { createArrivals, unreadable, type Appended, type Arrivals } from './arrivals.ts';
import type { Blocks } from './blocks.ts';
import { createBuffersInUse } from './buffers-in-use.ts';
import { decodeBody, inBlock, sampledAway, settled } from './body.ts';
import type { Dictionaries } from './dictionaries.ts';
import { noteHandled, withHandled } from './handled-rejections.ts';
import { traitConditions } from './event-traits.ts';
import { headOf } from './head-of.ts';
import { end, newestFirst, newestSeq, oldestFirst } from './issue-order.ts';
import { hourMs } from './issue-totals.ts';
import { createParseEvent } from './parse-event.ts';
import { createRecent } from './recent.ts';
import type { Database, Row, Value } from './database.ts';
import type { KeptRecord } from './log-store.ts';
import type { SqliteLogStore } from './logs.ts';
import { textNumber } from './text-number.ts';
import type { ArrivedBatch, EventStore, EventToFile, KeptEvent, WhichEvents } from './store.ts';

const dayMs = 86_400_000;
const columns = 'events.seq, events.id, project_id, received_at, events.happened_at, encoding, body, block';
/** Of the blocks that a page has to unpack: some thirty large ones, 20 ms in two threads. */
const maxPackedBytes = 1_600_000;

/** Turns a row of `events` into the event; `json` is what was read of its block already. */
export type ReadEvent = (row: Row, json?: string) => Event;

export interface SqliteEventStore extends EventStore {
  /** To be called in the transaction that files events. */
  onFiling(seq: number): void;
  /** To be called when that has ended well. */
  onDigested(kept: EventToFile[]): void;
}

/** What is only ever appended, in SQLite. */
export function createEventStore(
  database: Database,
  blocks: Blocks,
  readEvent: ReadEvent,
  logs: SqliteLogStore,
): SqliteEventStore {
  // Both ends of the backlog are kept in memory, so that every request can be held against its limit.
  let digested = Number(database.get('SELECT seq FROM digest_progress')?.['seq']);
  const seqOf = (sql: string) => Number(database.get(sql)?.['seq'] ?? 0);
  let newest = Math.max(
    digested,
    seqOf('SELECT max(seq) AS seq FROM events'),
    seqOf(`SELECT max(last_seq) AS seq FROM blocks WHERE encoding <> ${settled}`),
  );
  const parse = createParseEvent();
  const buffers = createBuffersInUse();
  // Only the thread that appends needs to know which ids wait.
  let known: Arrivals | undefined;
  const arrivals = () => (known ??= createArrivals(blocks, digested, parse, buffers));

  const recent = createRecent(parse, buffers);
  const keptEvent = (row: Row, json?: string): KeptEvent => {
    const kept = place(row);
    return { ...kept, event: withHandled(database, kept.projectId, readEvent(row, json)) };
  };
  const keptEvents = async (rows: Row[]) => {
    const inBlocks = rows.filter(({ encoding }) => encoding === inBlock);
    const read = await blocks.readMany(inBlocks.map(({ block, seq }) => ({ block: Number(block), seq: Number(seq) })));
    return rows.map((row) => keptEvent(row, read.get(Number(row['seq']))));
  };
  const rowsOfIssue = (issueId: string, limit: number, { before = end, filter = [] }: WhichEvents) => {
    const { where, values } = traitConditions(filter);
    return database.all(
      `SELECT ${columns} FROM issue_events JOIN events USING (seq) WHERE issue_id = ?${where}
       AND (issue_events.happened_at, seq) < (?, ?) ${newestFirst} LIMIT ?`,
      headOf(database, Number(issueId)) ?? null,
      ...values,
      ...before,
      limit,
    );
  };
  const packedBytes = (block: Value) =>
    Number(database.get('SELECT length(body) AS bytes FROM blocks WHERE id = ?', block)?.['bytes'] ?? 0);
  /** How many of the rows, one at least, have their bodies in blocks that are quickly unpacked. */
  const quicklyRead = (rows: Row[]) => {
    const seen = new Set<Value>();
    let bytes = 0;
    const tooMany = rows.findIndex(({ block = null }) => {
      if (block === null || seen.has(block)) return false;
      bytes += packedBytes(block);
      return seen.add(block).size > 1 && bytes > maxPackedBytes;
    });
    return tooMany < 0 ? rows.length : tooMany;
  };
  const isKnown = (projectId: string, id: string) =>
    arrivals().isWaiting(projectId, id) ||
    database.get('SELECT 1 FROM events WHERE project_id = ? AND id = ?', Number(projectId), id) !== undefined;

  const appendAll = (batches: ArrivedBatch[]) => {
    const fresh: Omit<Appended, 'block'>[] = [];
    const freshRecords: KeptRecord[] = [];
    const idsOf = new Map<string, Set<string>>();
    const duplicates = batches.map((batch) => {
      const { projectId, arrivals, log } = batch;
      const ids = idsOf.get(projectId) ?? new Set();
      idsOf.set(projectId, ids);
      const ofLog = log ? logs.write(projectId, log, batch.receivedAt) : [];
      freshRecords.push(...ofLog);
      const recordsAgain = (log?.records.length ?? 0) - ofLog.length;
      const again =
        recordsAgain +
        arrivals.filter((arrival) => {
          if (ids.has(arrival.id) || isKnown(projectId, arrival.id)) return !noteHandled(database, projectId, arrival);
          ids.add(arrival.id);
          fresh.push({ ...arrival, projectId, seq: newest + fresh.length + 1 });
          return false;
        }).length;
      // A batch that came before as a whole brought its counts then.
      if (!again || again < arrivals.length + (log?.records.length ?? 0)) addDropped(database, batch);
      return again;
    });
    return { appended: arrivals().write(fresh), freshRecords, duplicates };
  };

  return {
    onFiling(seq) {
      database.run('UPDATE digest_progress SET seq = ?', seq);
    },
    onDigested(kept) {
      arrivals().done(kept);
      for (const { json } of kept) if (json) buffers.done(json);
      digested = kept.at(-1)?.seq ?? digested;
    },
    backlog: () => newest - digested,

    async append(batches) {
      const { appended, freshRecords, duplicates } = database.transaction(() => appendAll(batches), {
        isDurable: false,
      });
      // Kept in memory only once they are in the file.
      arrivals().taken(appended);
      appended.forEach((event) => recent.add(event));
      newest += appended.length;
      logs.appended(freshRecords);
      // The digest goes on meanwhile: to wait for the disk takes longer than to digest a batch.
      await database.synced();
      return duplicates;
    },

    async undigested(limit, after = digested) {
      if (after >= newest) return [];
      const waiting = recent.after(after, limit);
      if (waiting.length > 0) return waiting;
      // Of before there were blocks.
      const old = database.all(
        `SELECT ${columns} FROM events WHERE seq > ? AND encoding NOT IN (${inBlock}, ${sampledAway}) ORDER BY seq LIMIT ?`,
        after,
        limit,
      );
      return old.length > 0 ? old.map((row) => keptEvent(row)) : arrivals().after(after, limit);
    },

    async find(id, projectId, filter = []) {
      const row = database.get(
        `SELECT ${columns}, issue_id FROM events JOIN issue_events USING (seq) WHERE project_id IN (SELECT id FROM projects)
         AND id = ?1 AND (?2 IS NULL OR project_id = ?2) ORDER BY seq LIMIT 1`,
        id,
        projectId === undefined ? null : Number(projectId),
      );
      if (!row) return undefined;
      const issue = Number(row['issue_id']);
      const kept = keptEvent(row);
      const { where, values } = traitConditions(filter);
      const neighbour = (side: '<' | '>', order: string) => {
        const next = database.get(
          `SELECT id FROM issue_events JOIN events USING (seq) WHERE issue_id = ?${where}
           AND (issue_events.happened_at, seq) ${side} (?, ?) ${order} LIMIT 1`,
          issue,
          ...values,
          kept.happenedAt,
          kept.seq,
        );
        return (next?.['id'] as string | undefined) ?? null;
      };
      const [previousId, nextId] = [neighbour('<', newestFirst), neighbour('>', oldestFirst)];
      return { ...kept, issueId: String(issue), previousId, nextId };
    },

    ofIssue: async (issueId, limit, which = {}) => keptEvents(rowsOfIssue(issueId, limit, which)),

    async page(issueId, limit, which = {}) {
      const rows = rowsOfIssue(issueId, limit + 1, which);
      const shown = rows.slice(0, Math.min(limit, quicklyRead(rows)));
      return { events: await keptEvents(shown), hasMore: rows.length > shown.length };
    },

    async matches(issueId, filter, firstHour) {
      const { where, values } = traitConditions(filter);
      const found = `FROM issue_events WHERE issue_id = ?${where}`;
      const bound = [headOf(database, Number(issueId)) ?? null, ...values];
      // One scan for the sum and the hours; what was found nowhere has no newest to look for.
      const hours = database
        .all(`SELECT happened_at / ${hourMs} AS hour, sum(count) AS count ${found} GROUP BY 1 ORDER BY 1`, ...bound)
        .map((row): [number, number] => [Number(row['hour']), Number(row['count'])]);
      const newest = `SELECT id FROM events WHERE seq = (SELECT seq ${found} ${newestFirst} LIMIT 1)`;
      const latest = hours.length > 0 ? database.get(newest, ...bound) : undefined;
      return {
        events: hours.reduce((sum, [, count]) => sum + count, 0),
        latestEventId: (latest?.['id'] as string | undefined) ?? null,
        hours: hours.filter(([hour]) => hour >= firstHour),
      };
    },

    async ofSession(session, limit, projectId) {
      return database
        .all(
          `SELECT ${columns}, issue_id FROM events JOIN issue_events USING (seq) WHERE session = ?1
           AND (?2 IS NULL OR project_id = ?2) ${oldestFirst} LIMIT ?3`,
          ...[textNumber(session), projectId === undefined ? null : Number(projectId), limit],
        )
        .map((row) => ({ ...keptEvent(row), issueId: String(row['issue_id']) }));
    },

    async latestOfIssues(projectId, limit) {
      return database
        .all(
          `SELECT ${columns.replace('project_id', 'events.project_id')}, issues.id AS issue_id, title FROM issues
           JOIN events ON events.seq = (${newestSeq}) WHERE issues.project_id = ? ORDER BY last_seen DESC LIMIT ?`,
          Number(projectId),
          limit,
        )
        .map((row) => ({ ...keptEvent(row), issueId: String(row['issue_id']), title: String(row['title']) }));
    },

    async recent(projectId, since, limit) {
      return database
        .all(
          `SELECT ${columns}, issue_id FROM events JOIN issue_events USING (seq)
           WHERE project_id = ? AND received_at >= ? ORDER BY seq DESC LIMIT ?`,
          Number(projectId),
          since,
          limit,
        )
        .map((row) => ({ ...keptEvent(row), issueId: String(row['issue_id']) }))
        .reverse();
    },

    async dropped(projectId, since = 0) {
      return database
        .all(
          `SELECT reason, sum(count) AS count FROM dropped WHERE project_id = ? AND day >= ?
           GROUP BY reason ORDER BY 2 DESC, 1`,
          Number(projectId),
          Math.floor(since / dayMs),
        )
        .map((row) => ({ reason: String(row['reason']), count: Number(row['count']) }));
    },
  };
}

function addDropped(database: Database, { projectId, dropped, receivedAt }: ArrivedBatch): void {
  for (const { reason, count } of dropped) {
    database.run(
      `INSERT INTO dropped (project_id, day, reason, count) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET count = count + excluded.count`,
      Number(projectId),
      Math.floor(receivedAt / dayMs),
      reason,
      count,
    );
  }
}

function place(row: Row): Omit<KeptEvent, 'event'> {
  return {
    seq: Number(row['seq']),
    projectId: String(row['project_id']),
    receivedAt: Number(row['received_at']),
    happenedAt: Number(row['happened_at']),
  };
}

/** One damaged page of the file must not stop the digest for ever. */
export function createReadEvent(database: Database, blocks: Blocks, dictionaries: Dictionaries): ReadEvent {
  const fromBlock = (block: Value | undefined, seq: number) => blocks.read(Number(block), seq);
  // Between the row and its block, another thread may have moved the event to another one.
  const moved = (seq: number) => fromBlock(database.get('SELECT block FROM events WHERE seq = ?', seq)?.['block'], seq);
  const textOf = (row: Row) => {
    const [encoding, seq] = [Number(row['encoding']), Number(row['seq'])];
    if (encoding === inBlock) return fromBlock(row['block'], seq) ?? moved(seq) ?? '';
    return decodeBody(encoding, row['body'] as Uint8Array, dictionaries).toString();
  };
  return (row, json) => {
    try {
      return JSON.parse(json ?? textOf(row)) as Event;
    } catch {
      return unreadable(String(row['id']), Number(row['happened_at']));
    }
  };
}
