import { Worker } from 'node:worker_threads';
import type { BuiltIndex } from './build-index.ts';
import type { IndexAnswer, IndexJob } from './index-worker.ts';
import { mapLimits } from './map-limits.ts';

export interface Indexer {
  /** Makes a map's index off this thread. Rejects with a sentence for the map's author when it cannot be used. */
  index(map: string, bundle?: string): Promise<BuiltIndex>;
  close(): Promise<void>;
}

/** A worker that has nothing to do keeps its memory; one that starts takes some 150 ms. */
const idleMs = 20_000;

/** Indexes one map after the other in a thread that is started when needed and ended when a map abuses it. */
export function createIndexer({ timeoutMs = mapLimits.indexMs }: { timeoutMs?: number } = {}): Indexer {
  let worker: Worker | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let idle: NodeJS.Timeout | undefined;
  let isClosed = false;

  const start = () => {
    const started = new Worker(new URL('./index-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: mapLimits.workerHeapMb },
    });
    started.unref();
    return started;
  };
  const end = async () => {
    const ended = worker;
    worker = undefined;
    await ended?.terminate();
  };
  const run = async (job: IndexJob): Promise<BuiltIndex> => {
    if (isClosed) throw new Error('the collector is being stopped');
    clearTimeout(idle);
    worker ??= start();
    try {
      const answer = await ask(worker, job, timeoutMs);
      if ('error' in answer) throw new UnusableMap(answer.error);
      return answer.built;
    } catch (error) {
      if (!(error instanceof UnusableMap)) await end();
      throw error;
    } finally {
      idle = setTimeout(() => void end(), idleMs).unref();
    }
  };
  return {
    index(map, bundle) {
      const result = queue.then(() => run({ map, bundle }));
      queue = result.catch(() => undefined);
      return result;
    },
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

function ask(worker: Worker, job: IndexJob, timeoutMs: number): Promise<IndexAnswer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => done(() => reject(new Error('indexing takes too long'))), timeoutMs);
    const onMessage = (answer: IndexAnswer) => done(() => resolve(answer));
    const onError = (error: Error & { code?: string }) => {
      const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      done(() => reject(isMemory ? new Error('indexing needs too much memory') : error));
    };
    const onExit = () => done(() => reject(new Error('the indexing thread has ended')));
    const done = (settle: () => void) => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      // An error that comes later must not end the process.
      worker.on('error', () => undefined);
      worker.unref();
      settle();
    };
    worker.ref();
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(job);
  });
}
