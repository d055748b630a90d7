import type { Event } from '../../protocol/event.ts';
import type { Blocks } from './blocks.ts';
import type { BuffersInUse } from './buffers-in-use.ts';
import { seqOf, splitLines } from './lines.ts';
import type { ParseEvent } from './parse-event.ts';
import type { Arrival, EventToFile, KeptEvent } from './store.ts';

export type Appended = Arrival & { seq: number; projectId: string; block: number };

/** What has been acknowledged and waits for the digest, in the blocks that it stays in. */
export interface Arrivals {
  isWaiting(projectId: string, id: string): boolean;
  /** Answers with their blocks. To be called in a transaction; `taken` when that has ended well. */
  write(events: Omit<Appended, 'block'>[]): Appended[];
  taken(events: Appended[]): void;
  /** Those that follow the mark, oldest first. */
  after(seq: number, limit: number): KeptEvent[];
  /** To be called when the transaction that files them has ended well. */
  done(events: EventToFile[]): void;
}

export function createArrivals(blocks: Blocks, digested: number, parse: ParseEvent, buffers: BuffersInUse): Arrivals {
  // By project: a text made of both would cost more than to look for it.
  const waiting = new Map<string, Set<string>>();
  const wait = (projectId: string, id: string) => {
    const ids = waiting.get(projectId);
    if (ids) ids.add(id);
    else waiting.set(projectId, new Set([id]));
  };
  // What of the block read last is not digested: the digest takes it in several steps.
  let read: { block: number; lines: Buffer[] } | undefined;
  // Blocks before it have nothing that waits.
  let firstBlock = 0;
  const linesAfter = (seq: number): Buffer[] => {
    const known = read?.lines ?? [];
    const from = known.findIndex((line) => seqOf(line) > seq);
    if (from > 0 || seqOf(known[0]) === seq + 1) return known.slice(from);
    const first = read && seqOf(known[0]) <= seq ? read.block : firstBlock;
    const found = blocks.following(seq, first);
    read = found && { block: found.block, lines: splitLines(found.text).filter((line) => seqOf(line) > seq) };
    // What is smaller may share its memory with others.
    const isOwn = (found?.text.length ?? 0) > Buffer.poolSize;
    for (const line of read?.lines ?? []) buffers.take(line, isOwn);
    return read?.lines ?? [];
  };
  for (let lines = linesAfter(digested); lines.length > 0; lines = linesAfter(seqOf(lines.at(-1)))) {
    for (const line of lines) wait(...keyOf(line, parse));
  }

  return {
    isWaiting: (projectId, id) => waiting.get(projectId)?.has(id) ?? false,
    write(events) {
      const ids = blocks.write(events.map(lineOf));
      return events.map((event, index) => ({ ...event, block: ids[index] ?? 0 }));
    },
    taken(events) {
      for (const { projectId, id } of events) wait(projectId, id);
    },
    after(seq, limit) {
      const lines = linesAfter(seq).slice(0, limit);
      const block = read?.block ?? 0;
      return lines.map((line) => ({ ...readLine(line, parse), block }));
    },
    done(events) {
      const last = events.at(-1);
      firstBlock = last?.block ?? firstBlock;
      if (seqOf(read?.lines.at(-1)) <= (last?.seq ?? 0)) read = undefined;
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

/** JSON has no tab and no line break of its own. */
const lineOf = ({ seq, projectId, receivedAt, happenedAt, json }: Omit<Appended, 'block'>) => ({
  seq,
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
