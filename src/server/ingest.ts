import type { BatchAnswer, Dropped, Problem } from '../protocol/batch.ts';
import type { Event } from '../protocol/event.ts';
import type { LogRecord } from '../protocol/log-record.ts';
import { parseBatch } from '../protocol/parse-batch.ts';
import { arriveRecords } from './arrive-records.ts';
import { createBases } from './bases.ts';
import { createGroupCommit } from './group-commit.ts';
import { createRefusals } from './count-refusals.ts';
import { inOneBuffer } from './in-one-buffer.ts';
import { isInSample, type RateLimit } from './limit-rate.ts';
import type { KnownProject } from './projects.ts';
import type { ScrubByRules } from './scrub-rules.ts';
import { createLineUp, type Meanwhile } from './lib/line-up.ts';
import { happenedAt } from './happened-at.ts';
import { createDescribeMachine } from './machine/machine.ts';
import { scrub } from './scrub.ts';
import type { Arrival, ArrivedBatch } from './store/store.ts';

export interface Ingest {
  /** Seconds after which there will be room again; 0 while there is, and more may be taken. */
  fullForSeconds(): number;
  /** Whether a batch that came now would most likely be taken: there is room, and lately none could not be written. */
  isReady(): boolean;
  /**
   * Keeps the events and records of a batch, which is JSON in bytes or what it says; resolves once they are on disk, or with
   * the problems of something that is no batch, or with undefined when it goes on from a batch that has not come.
   */
  accept(project: KnownProject, input: unknown, receivedAt: number, userAgent?: string): Promise<Answer | undefined>;
  /** Counts a batch that was refused unread. */
  countRefused(projectId: string, reason: string): void;
  /** Rules that people wrote; they hold from the next event on. */
  setScrubbing(scrubByRules: ScrubByRules): void;
  /** Resolves when everything accepted is on disk. */
  drain(): Promise<void>;
}

export type Answer = { ok: true; answer: BatchAnswer } | { ok: false; problems: Problem[] };

export interface IngestOptions {
  /** Writes batches in one commit; answers with the number of ids known before, by batch. */
  append(batches: ArrivedBatch[]): Promise<number[]>;
  /** How many events wait for the digest. */
  backlog(): number;
  /** Events that may wait for the digest. */
  maxBacklog: number;
  /** How many connections have been accepted. */
  connections?(): number;
}

/** Of batches that wait to be read: a tenth of a second of work. */
const maxUnreadBytes = 4 * 1_048_576;
/** So long after a batch could not be written the next one most likely cannot, either. */
const unwritableMs = 5_000;
/** What waits to be read is soon read; what waits for the digest is more. */
const [readSeconds, digestSeconds] = [1, 5];

/** complete -> validate -> scrub -> keep as it came -> answer. What the events mean is the digest's work, later. */
export function createIngest({ append, backlog, maxBacklog, connections }: IngestOptions): Ingest {
  let pending = 0;
  let unwrittenAt = -Infinity;
  const bases = createBases();
  const line = createLineUp(connections);
  const commits = createGroupCommit(append);
  let scrubByRules: ScrubByRules = (event) => event;
  const refusals = createRefusals((projectId, dropped) =>
    commits.add({ projectId, arrivals: [], dropped, receivedAt: Date.now() }),
  );

  // What waits for a commit holds nothing of the request: not its text, nor what was parsed of it. That is many times as
  // much as what is kept, and what waits outlives the garbage collector's quick rounds.
  const read = async (
    { id: projectId, limit, recordLimit }: KnownProject,
    input: unknown,
    receivedAt: number,
    userAgent: string,
    meanwhile: Meanwhile,
  ): Promise<Read | undefined> => {
    const whole = await bases.complete(projectId, input, meanwhile);
    if (whole === undefined) return undefined;
    const batch = parseBatch(whole, receivedAt);
    if (!batch.ok) return { ok: false, problems: batch.problems };
    const { refused, problems } = batch;
    const kept = withinLimit(batch.events, limit, receivedAt);
    const records = withinLimit(batch.records, recordLimit, receivedAt);
    const dropped = [
      ...batch.dropped,
      ...beyondLimit(batch.events, kept, 'rate limit of the collector'),
      ...beyondLimit(batch.records, records, 'log records beyond the rate limit of the collector'),
    ];
    const describe = createDescribeMachine(userAgent);
    const scrubAll = (event: Event) => scrubByRules(scrub(event));
    const { context, sentAt } = batch;
    const arrivals = kept.map((event) => arrive(describe(event), sentAt, receivedAt, scrubAll));
    const log =
      records.length > 0 && arriveRecords(records, { context, sentAt, receivedAt, describe, scrub: scrubAll });
    const arrived = inOneBuffer({ projectId, arrivals, ...(log && { log }), dropped, receivedAt });
    const accepted = batch.events.length + batch.records.length;
    return { ok: true, arrived, counts: { accepted, refused, problems } };
  };
  const keep = (taken: Read | undefined): Promise<Answer | undefined> => {
    if (!taken?.ok) return Promise.resolve(taken);
    const { arrived, counts } = taken;
    const count = arrived.arrivals.length + (arrived.log?.records.length ?? 0);
    pending += count;
    const kept = commits.add(arrived);
    kept.catch(() => (unwrittenAt = performance.now()));
    return answerAfter(kept, counts).finally(() => (pending -= count));
  };
  const fullForSeconds = () => {
    if (backlog() + pending >= maxBacklog) return digestSeconds;
    return line.bytes() >= maxUnreadBytes ? readSeconds : 0;
  };

  return {
    fullForSeconds,
    isReady: () => fullForSeconds() === 0 && performance.now() - unwrittenAt > unwritableMs,
    async drain() {
      const written = refusals.flush();
      await commits.drain();
      await written;
    },
    countRefused: refusals.add,
    setScrubbing: (rules) => void (scrubByRules = rules),
    accept: (project, input, receivedAt, userAgent = '') =>
      line
        .run(Buffer.isBuffer(input) ? input.length : 0, (meanwhile) =>
          // Not earlier: what waits in line is best kept outside the heap, where nobody copies it.
          read(project, Buffer.isBuffer(input) ? input.toString() : input, receivedAt, userAgent, meanwhile),
        )
        .then(keep),
  };
}

type Counts = Omit<BatchAnswer, 'duplicates'>;

/** What is left of a batch to be kept, and to be answered. */
type Read = { ok: true; arrived: ArrivedBatch; counts: Counts } | { ok: false; problems: Problem[] };

const answerAfter = (kept: Promise<number>, counts: Counts): Promise<Answer> =>
  kept.then((duplicates) => ({ ok: true, answer: { ...counts, duplicates } }));

function withinLimit<One extends Event | LogRecord>(all: One[], limit: RateLimit | undefined, now: number): One[] {
  const within = limit?.take(all.length, now) ?? all.length;
  return all.filter(({ id }, index) => index < within || isInSample(id));
}

/** What is counted, but not kept. */
function beyondLimit(all: (Event | LogRecord)[], kept: (Event | LogRecord)[], reason: string): Dropped[] {
  if (all.length === kept.length) return [];
  const count = (some: (Event | LogRecord)[]) => some.reduce((sum, one) => sum + ('count' in one ? one.count : 1), 0);
  return [{ reason, count: count(all) - count(kept) }];
}

function arrive(event: Event, sentAt: number, receivedAt: number, scrubAll: (event: Event) => Event): Arrival<string> {
  return {
    id: event.id,
    receivedAt,
    happenedAt: happenedAt(event.at, sentAt, receivedAt),
    json: JSON.stringify(scrubAll(event)),
  };
}
