import type { FastifyBaseLogger } from 'fastify';
import { setTimeout } from 'node:timers/promises';
import type { Event } from '../protocol/event.ts';
import { titleOf } from './group/title.ts';
import { userNumber, valuesOf } from './group/values.ts';
import type { Forgetting, ForgetStore } from './store/store.ts';

/** How many events and records were deleted; not all of them if it takes longer. */
export interface Forgotten {
  deleted: number;
  isDone: boolean;
}

export interface Forget {
  /** Deletes all of a user. Who asks again while it goes on waits for the same, and is told what nobody waited for. */
  user(projectId: string, user: string): Promise<Forgotten>;
  /** Goes on with what was not done when the collector stopped. */
  wake(): Promise<void>;
  stop(): Promise<void>;
}

interface Job extends Forgetting {
  waiting: number;
  /** False when it was left off; rejects when it failed. */
  done: Promise<boolean>;
}

export interface ForgetOptions {
  store: ForgetStore;
  log: FastifyBaseLogger;
  /** How long an answer waits for the end; default 10 s, less than proxies do. */
  patienceMs?: number;
}

/** The longest rest between two steps, and what passes before one that failed is tried again. */
const [maxRestMs, retryMs] = [50, 60_000];

/** Deletes what is known of users, one after the other, in the background and in steps: each rests for as long as it took. */
export function createForget({ store, log, patienceMs = 10_000 }: ForgetOptions): Forget {
  const stopping = new AbortController();
  const { signal } = stopping;
  const pause = (ms: number) => setTimeout(ms, undefined, { ref: false, signal }).catch(() => undefined);
  const jobs = new Map<string, Job>();
  const untold = new Map<string, number>();
  let last: Promise<unknown> = Promise.resolve();

  const run = async (job: Job): Promise<boolean> => {
    const isTheirs = (event: Event) => userNumber(event) === job.user;
    let began = performance.now();
    for await (const deleted of store.steps(job.projectId, job.user, { isTheirs, titleOf, valuesOf })) {
      job.deleted += deleted;
      await pause(Math.min(maxRestMs, performance.now() - began));
      if (signal.aborted) return false;
      began = performance.now();
    }
    if (job.waiting === 0) untold.set(keyOf(job), job.deleted);
    return true;
  };
  const start = (noted: Forgetting): Job => {
    const key = keyOf(noted);
    const known = jobs.get(key);
    if (known) return known;
    const job: Job = { ...noted, waiting: 0, done: Promise.resolve(false) };
    jobs.set(key, job);
    job.done = last.then(async () => !signal.aborted && (await run(job))).finally(() => jobs.delete(key));
    last = job.done.catch((error: unknown) => {
      log.error({ err: error }, 'A user is not deleted as a whole yet. It is tried again in a minute.');
      void pause(retryMs).then(() => void (signal.aborted || start(job)));
    });
    return job;
  };
  return {
    async wake() {
      for (const noted of await store.begun()) start(noted);
    },
    async user(projectId, id) {
      const number = userNumber({ user: { id } });
      if (number === undefined) return { deleted: 0, isDone: true };
      const job = start(await store.begin(projectId, number));
      job.waiting++;
      const isDone = await Promise.race([job.done, pause(patienceMs).then(() => false)]).finally(() => job.waiting--);
      const before = untold.get(keyOf(job)) ?? 0;
      if (isDone) untold.delete(keyOf(job));
      return { deleted: before + job.deleted, isDone };
    },
    async stop() {
      stopping.abort();
      await last;
    },
  };
}

const keyOf = ({ projectId, user }: Forgetting) => `${projectId} ${user}`;
