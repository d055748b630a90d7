import type { BatchAnswer, Dropped, Problem } from '../protocol/batch.ts';
import type { Event } from '../protocol/event.ts';
import { parseBatch } from '../protocol/parse-batch.ts';
import { createBases } from './bases.ts';
import { createGroupCommit } from './group-commit.ts';
import { createRefusals } from './count-refusals.ts';
import { isInSample } from './limit-rate.ts';
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
   * Keeps the events of a batch; resolves once they are on disk, or with the problems of something that is no batch, or
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
    async accept({ id: projectId, limit }, input, receivedAt, userAgent = '') {
      const whole = await bases.complete(projectId, input);
      if (whole === undefined) return undefined;
      const batch = parseBatch(whole, receivedAt);
      if (!batch.ok) return { ok: false, problems: batch.problems };
      const { refused, problems } = batch;
      const within = limit?.take(batch.events.length, receivedAt) ?? batch.events.length;
      const kept = batch.events.filter(({ id }, index) => index < within || isInSample(id));
      const dropped = [...batch.dropped, ...beyondLimit(batch.events, kept)];
      const describeMachine = createDescribeMachine(userAgent);
      const arrivals = kept.map((event) => arrive(describeMachine(event), batch.sentAt, receivedAt, scrubByRules));
      pending += arrivals.length;
      try {
        const duplicates = await commits.add({ projectId, arrivals, dropped, receivedAt });
        return { ok: true, answer: { accepted: batch.events.length, duplicates, refused, problems } };
      } finally {
        pending -= arrivals.length;
      }
    },
  };
}

/** What of the events is counted, but not kept. */
function beyondLimit(all: Event[], kept: Event[]): Dropped[] {
  if (all.length === kept.length) return [];
  const count = (events: Event[]) => events.reduce((sum, event) => sum + event.count, 0);
  return [{ reason: 'rate limit of the collector', count: count(all) - count(kept) }];
}

function arrive(event: Event, sentAt: number, receivedAt: number, scrubByRules: ScrubByRules): Arrival {
  return {
    id: event.id,
    receivedAt,
    happenedAt: happenedAt(event.at, sentAt, receivedAt),
    json: JSON.stringify(scrubByRules(scrub(event))),
  };
}
