import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Event } from '../../protocol/event.ts';
import type { Database } from './database.ts';
import { joinLinesBriefly, splitLines } from './lines.ts';
import type { BuffersInUse } from './buffers-in-use.ts';
import type { ParseEvent } from './parse-event.ts';
import type { Arrival, EventToFile, KeptEvent } from './store.ts';

export type Appended = Arrival & { seq: number; projectId: string };

/** What has been acknowledged and waits for the digest. */
export interface Arrivals {
  /** Of the newest that waits; 0 if none does. */
  lastSeq(): number;
  isWaiting(projectId: string, id: string): boolean;
  /** To be called in a transaction; `taken` when that has ended well. */
  write(events: Appended[]): void;
  taken(events: Appended[]): void;
  /** Those that follow the mark, oldest first. */
  after(seq: number, limit: number): KeptEvent[];
  /** To be called in the transaction that moves the mark to `seq`; `done` when that has ended well. */
  remove(seq: number): void;
  done(events: EventToFile[]): void;
}

/** Of one row: a row is read as a whole. */
const maxRowBytes = 1_000_000;

export function createArrivals(
  database: Database,
  digested: number,
  parse: ParseEvent,
  buffers: BuffersInUse,
): Arrivals {
  // By project: a text made of both would cost more than to look for it.
  const waiting = new Map<string, Set<string>>();
  const wait = (projectId: string, id: string) => {
    const ids = waiting.get(projectId);
    if (ids) ids.add(id);
    else waiting.set(projectId, new Set([id]));
  };
  // Of the row read last: the digest takes it in several steps.
  let read: { firstSeq: number; lines: Buffer[] } | undefined;
  const linesAfter = (seq: number) => {
    if (read && read.firstSeq <= seq + 1 && seq + 1 < read.firstSeq + read.lines.length) return read;
    const row = database.get(
      'SELECT first_seq, lines FROM arrivals WHERE last_seq > ? ORDER BY first_seq LIMIT 1',
      seq,
    );
    read = row && { firstSeq: Number(row['first_seq']), lines: splitLines(unpack(row['lines'] as Uint8Array)) };
    for (const line of read?.lines.slice(Math.max(0, seq + 1 - read.firstSeq)) ?? []) buffers.take(line, true);
    return read;
  };
  for (let seq = digested; ;) {
    const found = linesAfter(seq);
    if (!found) break;
    for (const line of found.lines) wait(...keyOf(line, parse));
    seq = found.firstSeq + found.lines.length - 1;
  }

  return {
    lastSeq: () => Number(database.get('SELECT max(last_seq) AS seq FROM arrivals')?.['seq'] ?? 0),
    isWaiting: (projectId, id) => waiting.get(projectId)?.has(id) ?? false,
    write(events) {
      for (let from = 0; from < events.length;) {
        let bytes = 0;
        let to = from;
        while (to < events.length && (to === from || bytes < maxRowBytes)) bytes += events[to++]?.json.length ?? 0;
        const row = events.slice(from, to);
        database.run(
          'INSERT INTO arrivals VALUES (?, ?, ?)',
          row[0]?.seq ?? 0,
          row.at(-1)?.seq ?? 0,
          pack(joinLinesBriefly(row.map(lineOf))),
        );
        from = to;
      }
    },
    taken(events) {
      for (const { projectId, id } of events) wait(projectId, id);
    },
    after(seq, limit) {
      const found = linesAfter(seq);
      if (!found) return [];
      const from = seq + 1 - found.firstSeq;
      return found.lines.slice(Math.max(0, from), Math.max(0, from) + limit).map((line) => readLine(line, parse));
    },
    remove(seq) {
      database.run('DELETE FROM arrivals WHERE last_seq <= ?', seq);
      if (read && read.firstSeq + read.lines.length - 1 <= seq) read = undefined;
    },
    done(events) {
      for (const { projectId, id } of events) waiting.get(projectId)?.delete(id);
    },
  };
}

/**
 * Of a line, without parsing its event: hundreds of thousands may wait when the collector starts, and nothing is taken
 * before all their ids are known.
 */
function keyOf(line: Buffer, parse: ParseEvent): [projectId: string, id: string] {
  const found = /^\d+\t(\d+)\t\d+\t-?\d+\t\{"id":"([\w-]+)"/.exec(line.toString('latin1', 0, maxHeadBytes));
  if (found) return [found[1] ?? '', found[2] ?? ''];
  const { projectId, event } = readLine(line, parse);
  return [projectId, event.id];
}

/** Four numbers and an id are shorter. */
const maxHeadBytes = 200;

/** It is soon removed again: what counts is how little it costs. */
const pack = (lines: Buffer) => zstdCompressSync(lines, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
/** In one piece: by default a text is put together of pieces of 16 kB. */
const unpack = (lines: Uint8Array) => zstdDecompressSync(lines, { chunkSize: 262_144 });

/** JSON has no tab and no line break of its own. */
const lineOf = ({ seq, projectId, receivedAt, happenedAt, json }: Appended) => ({
  head: `${seq}\t${projectId}\t${receivedAt}\t${happenedAt}\t`,
  json,
});

const tab = 9;

function readLine(line: Buffer, parse: ParseEvent): KeptEvent {
  const words: string[] = [];
  let from = 0;
  while (words.length < 4) {
    const end = line.indexOf(tab, from);
    words.push(line.toString('latin1', from, end));
    from = end + 1;
  }
  const [seq, projectId = '', receivedAt, happenedAt] = words;
  const json = line.subarray(from);
  const event = readEvent(json, parse) ?? unreadable(`unreadable-${seq}`.padEnd(16, '-'), Number(happenedAt));
  return {
    seq: Number(seq),
    projectId,
    receivedAt: Number(receivedAt),
    happenedAt: Number(happenedAt),
    event,
    json,
  };
}

function readEvent(json: Uint8Array, parse: ParseEvent): Event | undefined {
  try {
    return parse(json);
  } catch {
    return undefined;
  }
}

/** Stands for an event that is damaged. */
export const unreadable = (id: string, at: number): Event => ({
  id,
  at,
  level: 'error',
  mechanism: 'message',
  handled: false,
  exceptions: [],
  message: 'An event in the database cannot be read any more.',
  breadcrumbs: [],
  count: 1,
});
