import type { BatchAnswer, Dropped, Problem } from '../protocol/batch.ts';
import type { Event } from '../protocol/event.ts';
import type { LogRecord } from '../protocol/log-record.ts';
import { parseBatch } from '../protocol/parse-batch.ts';
import { arriveRecords } from './arrive-records.ts';
import { createBases } from './bases.ts';
import { createGroupCommit } from './group-commit.ts';
import { createRefusals } from './count-refusals.ts';
import { isInSample, type RateLimit } from './limit-rate.ts';
import type { KnownProject } from './projects.ts';
import type { ScrubByRules } from './scrub-rules.ts';
import { happenedAt } from './happened-at.ts';
import { createDescribeMachine } from './machine/machine.ts';
import { scrub } from './scrub.ts';
import type { Arrival, ArrivedBatch } from './store/store.ts';

export interface Ingest {
  /** True when so much waits for the digest that nothing more should be taken. */
  isFull(): boolean;
  /**
   * Keeps the events and records of a batch; resolves once they are on disk, or with the problems of something that is no batch, or
   * with undefined when it goes on from a batch that has not come.
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
}

/** complete -> validate -> scrub -> keep as it came -> answer. What the events mean is the digest's work, later. */
export function createIngest({ append, backlog, maxBacklog }: IngestOptions): Ingest {
  let pending = 0;
  const bases = createBases();
  const commits = createGroupCommit(append);
  let scrubByRules: ScrubByRules = (event) => event;
  const refusals = createRefusals((projectId, dropped) =>
    commits.add({ projectId, arrivals: [], dropped, receivedAt: Date.now() }),
  );

  return {
    isFull: () => backlog() + pending >= maxBacklog,
    async drain() {
      const written = refusals.flush();
      await commits.drain();
      await written;
    },
    countRefused: refusals.add,
    setScrubbing: (rules) => void (scrubByRules = rules),
    async accept({ id: projectId, limit, recordLimit }, input, receivedAt, userAgent = '') {
      const whole = await bases.complete(projectId, input);
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
      pending += arrivals.length + records.length;
      try {
        const accepted = batch.events.length + batch.records.length;
        const duplicates = await commits.add({ projectId, arrivals, ...(log && { log }), dropped, receivedAt });
        return { ok: true, answer: { accepted, duplicates, refused, problems } };
      } finally {
        pending -= arrivals.length + records.length;
      }
    },
  };
}

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

function arrive(event: Event, sentAt: number, receivedAt: number, scrubAll: (event: Event) => Event): Arrival {
  return {
    id: event.id,
    receivedAt,
    happenedAt: happenedAt(event.at, sentAt, receivedAt),
    json: JSON.stringify(scrubAll(event)),
  };
}
