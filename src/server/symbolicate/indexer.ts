import { MessageChannel, Worker } from 'node:worker_threads';
import type { BuiltIndex } from './build-index.ts';
import type { Answer, IndexJob, SourceJob } from './index-worker.ts';
import { mapLimits } from './map-limits.ts';
import type { ScopeTable } from './scope-table.ts';
import { messageOf } from '../lib/message-of.ts';

export interface Indexer {
  /** Makes a map's index off this thread. Rejects with a sentence for the map's author when it cannot be used. */
  index(map: string, bundle?: string): Promise<BuiltIndex>;
  /** The functions of one source. */
  readScopes(path: string, text: string): Promise<ScopeTable>;
  close(): Promise<void>;
}

/** A worker that has nothing to do keeps its memory; one that starts takes some 150 ms. */
const idleMs = 20_000;
/** Characters of a map from which on a second worker is worth its start. */
const worthTwo = 1_500_000;

/** Indexes one map after the other in two threads, started when needed and ended when a map abuses them. */
export function createIndexer({ timeoutMs = mapLimits.indexMs }: { timeoutMs?: number } = {}): Indexer {
  let workers: Worker[] = [];
  let queue: Promise<unknown> = Promise.resolve();
  let idle: NodeJS.Timeout | undefined;
  let isClosed = false;

  const worker = (index: number) => (workers[index] ??= startWorker());
  const end = async () => {
    const ended = workers;
    workers = [];
    await Promise.all(ended.map((one) => one.terminate()));
  };
  const run = async <Result>(job: IndexJob | SourceJob): Promise<Result> => {
    if (isClosed) throw new Error('the collector is being stopped');
    clearTimeout(idle);
    try {
      const isLarge = 'map' in job && job.map.length >= worthTwo;
      const answer = await ask<Result>(worker(0), isLarge ? worker(1) : undefined, job, timeoutMs);
      if ('error' in answer) throw new UnusableMap(answer.error);
      return answer.result;
    } catch (error) {
      if (error instanceof UnusableMap) throw error;
      await end();
      throw isClosed ? error : new UnusableMap(messageOf(error));
    } finally {
      idle = setTimeout(() => void end(), idleMs).unref();
    }
  };
  const inTurn = <Result>(job: IndexJob | SourceJob): Promise<Result> => {
    const result = queue.then(() => run<Result>(job));
    queue = result.catch(() => undefined);
    return result;
  };
  return {
    index: (map, bundle) => inTurn({ map, bundle }),
    readScopes: (path, text) => inTurn({ path, text }),
    async close() {
      isClosed = true;
      clearTimeout(idle);
      await end();
    },
  };
}

/** The map's fault, not the collector's. */
export class UnusableMap extends Error {
  override name = 'UnusableMap';
}

function startWorker(): Worker {
  const worker = new Worker(new URL('./index-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: mapLimits.workerHeapMb },
  });
  worker.unref();
  // Whoever has asked hears of it too; nobody else needs to, and it must not end the process.
  worker.on('error', () => undefined);
  return worker;
}

function ask<Result>(
  worker: Worker,
  helper: Worker | undefined,
  job: IndexJob | SourceJob,
  timeoutMs: number,
): Promise<Answer<Result>> {
  return new Promise((resolve, reject) => {
    const asked = helper ? [worker, helper] : [worker];
    const timer = setTimeout(() => done(() => reject(new Error('indexing takes too long'))), timeoutMs);
    const onMessage = (answer: Answer<Result>) => done(() => resolve(answer));
    const onError = (error: Error & { code?: string }) => {
      const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      done(() => reject(isMemory ? new Error('indexing needs too much memory') : error));
    };
    const onExit = () => done(() => reject(new Error('the indexing thread has ended')));
    const done = (settle: () => void) => {
      clearTimeout(timer);
      worker.off('message', onMessage);
      for (const each of asked) each.off('error', onError).off('exit', onExit).unref();
      settle();
    };
    worker.ref();
    worker.on('message', onMessage);
    for (const each of asked) each.on('error', onError).on('exit', onExit);
    if (!helper || !('map' in job)) return worker.postMessage(job);
    const { port1, port2 } = new MessageChannel();
    helper.postMessage({ map: job.map, port: port2, isHelper: true } satisfies IndexJob, [port2]);
    worker.postMessage({ ...job, port: port1 } satisfies IndexJob, [port1]);
  });
}
