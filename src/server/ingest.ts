import type { BatchAnswer, Problem } from '../protocol/batch.ts';
import type { Event } from '../protocol/event.ts';
import { parseBatch } from '../protocol/parse-batch.ts';
import { createGroupCommit } from './group-commit.ts';
import { happenedAt } from './happened-at.ts';
import { createDescribeMachine } from './machine/machine.ts';
import { scrub } from './scrub.ts';
import type { Arrival, ArrivedBatch } from './store/store.ts';

export interface Ingest {
  /** True when so much waits for the digest that nothing more should be taken. */
  isFull(): boolean;
  /** Keeps the events of a batch; resolves once they are on disk, or with the problems of something that is no batch. */
  accept(projectId: string, input: unknown, receivedAt: number, userAgent?: string): Promise<Answer>;
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

/** validate -> scrub -> keep as it came -> answer. What the events mean is the digest's work, later. */
export function createIngest({ append, backlog, maxBacklog }: IngestOptions): Ingest {
  let pending = 0;
  const commits = createGroupCommit(append);

  return {
    isFull: () => backlog() + pending >= maxBacklog,
    drain: () => commits.drain(),
    async accept(projectId, input, receivedAt, userAgent = '') {
      const batch = parseBatch(input, receivedAt);
      if (!batch.ok) return { ok: false, problems: batch.problems };
      const { refused, problems, dropped } = batch;
      const describeMachine = createDescribeMachine(userAgent);
      const arrivals = batch.events.map((event) => arrive(describeMachine(event), batch.sentAt, receivedAt));
      pending += arrivals.length;
      try {
        const duplicates = await commits.add({ projectId, arrivals, dropped, receivedAt });
        return { ok: true, answer: { accepted: arrivals.length, duplicates, refused, problems } };
      } finally {
        pending -= arrivals.length;
      }
    },
  };
}

function arrive(event: Event, sentAt: number, receivedAt: number): Arrival {
  return {
    id: event.id,
    receivedAt,
    happenedAt: happenedAt(event.at, sentAt, receivedAt),
    json: JSON.stringify(scrub(event)),
  };
}
