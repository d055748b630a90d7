import { Worker } from 'node:worker_threads';
import type { DigestAnswer, DigestRequest, DigestThreadData } from './digest-worker.ts';
import type { LiveFeed, LogFeed } from './notify/live.ts';
import { buffersOf } from './in-one-buffer.ts';
import type { ArrivedBatch } from './store/store.ts';

/** The thread that writes events, seen from the thread that answers requests. */
export interface DigestThread {
  /** Resolves after the commit, with the number of ids known before, by batch. Their buffers change hands. */
  append(batches: ArrivedBatch[]): Promise<number[]>;
  /** How many events waited for the digest when it was last heard of. */
  backlog(): number;
  /** Resolves when the thread has begun to work, or has failed to. */
  started(): Promise<void>;
  /** Finishes what is under way and ends. */
  stop(): Promise<void>;
}

export interface DigestThreadOptions extends DigestThreadData {
  live: LiveFeed;
  logFeed: LogFeed;
  /** Called after each transaction that files events. */
  onFiled(): void;
  log: { error(fields: object, message: string): void };
}

const restartMs = 1_000;
/** Of what is new, V8 keeps up to 128 MB before it looks what of it is garbage: a burst would stay for ever. */
const resourceLimits = { maxYoungGenerationSizeMb: 24 };

/** Starts the thread, and starts it anew when it breaks: what it had not acknowledged is refused, and sent again. */
export function startDigestThread({ dataDir, live, logFeed, onFiled, log }: DigestThreadOptions): DigestThread {
  type Waiting = { resolve(duplicates: number[]): void; reject(error: Error): void };
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let backlog = 0;
  let isStopping = false;
  let worker = start();
  const said = new Promise<void>((resolve) => worker.once('message', () => resolve()).once('exit', () => resolve()));

  function start(): Worker {
    const started = new Worker(new URL('./digest-worker.ts', import.meta.url), {
      workerData: { dataDir },
      resourceLimits,
    });
    started.on('message', receive);
    started.postMessage({ kind: 'watch', isWatched: live.isWatched() } satisfies DigestRequest);
    started.on('error', (error) => log.error({ err: error }, 'The thread that writes events has failed.'));
    started.on('exit', () => {
      for (const { reject } of waiting.values()) reject(new Error('The thread that writes events has ended.'));
      waiting.clear();
      if (isStopping) return;
      setTimeout(() => {
        if (!isStopping) worker = start();
      }, restartMs).unref();
    });
    return started;
  }
  function receive(answer: DigestAnswer): void {
    if ('backlog' in answer) backlog = answer.backlog;
    if (answer.kind === 'filed') {
      answer.messages.forEach(live.publish);
      onFiled();
    } else if (answer.kind === 'woken') live.publishChange({ issueIds: answer.issueIds });
    else if (answer.kind === 'logged') logFeed.publish(answer.records);
    else if (answer.kind === 'failed') log.error(answer.fields, answer.message);
    else if (answer.kind === 'appended') settle(answer.id)?.resolve(answer.duplicates);
    else if (answer.kind === 'refused') settle(answer.id)?.reject(new Error(answer.message));
  }
  function settle(id: number): Waiting | undefined {
    const one = waiting.get(id);
    waiting.delete(id);
    return one;
  }
  const send = (request: DigestRequest, moved: ArrayBuffer[] = []) => worker.postMessage(request, moved);
  live.onWatch((isWatched) => send({ kind: 'watch', isWatched }));

  return {
    backlog: () => backlog,
    started: () => said,
    append(batches) {
      return new Promise((resolve, reject) => {
        const id = ++lastId;
        waiting.set(id, { resolve, reject });
        if (worker.threadId < 0) settle(id)?.reject(new Error('The thread that writes events is being started.'));
        else send({ kind: 'append', id, batches }, buffersOf(batches));
      });
    },
    async stop() {
      isStopping = true;
      if (worker.threadId < 0) return;
      const ended = new Promise((resolve) => worker.once('exit', resolve));
      send({ kind: 'stop' });
      await ended;
    },
  };
}
