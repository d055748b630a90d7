import { parentPort, workerData } from 'node:worker_threads';
import { createDigest } from './digest.ts';
import { keepWithin } from './keep-within.ts';
import type { FiledEvent } from './notify/live.ts';
import type { KeptRecord } from './store/log-store.ts';
import { readRetention } from './retention-settings.ts';
import { lineTest } from './group/calls.ts';
import { giveMemoryBack, whenQuiet } from './lib/when-quiet.ts';
import { keepSettled } from './keep-settled.ts';
import { openSqliteStore } from './store/sqlite.ts';
import type { ArrivedBatch } from './store/store.ts';
import { cachePerBatch } from './symbolicate/cache-per-batch.ts';
import { createArtifacts } from './symbolicate/artifacts.ts';
import { createIndexer } from './symbolicate/indexer.ts';
import { createMapCache } from './symbolicate/map-cache.ts';
import { createSymbolicate, type FoundBuilds } from './symbolicate/symbolicate.ts';
import { wakeSnoozed } from './wake-snoozed.ts';
import { messageOf } from './lib/message-of.ts';

export interface DigestThreadData {
  dataDir: string;
}

export type DigestRequest =
  { kind: 'append'; id: number; batches: ArrivedBatch[] } | { kind: 'watch'; isWatched: boolean } | { kind: 'stop' };

export type DigestAnswer =
  | { kind: 'appended'; id: number; duplicates: number[]; backlog: number }
  | { kind: 'refused'; id: number; message: string }
  | { kind: 'progress'; backlog: number }
  | { kind: 'woken'; issueIds: string[] }
  | { kind: 'filed'; messages: FiledEvent[] }
  | { kind: 'logged'; records: KeptRecord[] }
  | { kind: 'failed'; message: string; fields: Record<string, unknown> };

/**
 * The thread that writes events: appends what arrives, and digests it in between. One writer, so that nobody waits for a
 * lock; a thread of its own, so that requests are answered while it works.
 */
const { dataDir } = workerData as DigestThreadData;
const say = (answer: DigestAnswer) => parentPort?.postMessage(answer);

const store = openSqliteStore(dataDir, { isSecond: true });
const indexer = createIndexer();
const artifacts = createArtifacts(store.artifacts, indexer);
const found = cachePerBatch(store.artifacts);
const builds: FoundBuilds = new Map();
const sayProgress = () => say({ kind: 'progress', backlog: store.events.backlog() });

const ifWrong = 'If that is wrong, set it right within a day: until then nothing is taken for too old.';

let isWatched = false;
const digest = createDigest({
  store,
  live: { isWatched: () => isWatched, publish: (messages) => say({ kind: 'filed', messages }) },
  symbolicate: createSymbolicate(
    found.artifacts,
    createMapCache(store.artifacts, { ...artifacts, ...indexer }),
    lineTest,
    builds,
  ),
  log: { error: (fields, message) => say({ kind: 'failed', message, fields: plain(fields) }) },
  onBatch() {
    found.forget();
    builds.clear();
    sayProgress();
  },
});

store.logs.onAppended((records) => say({ kind: 'logged', records }));

parentPort?.on('message', (request: DigestRequest) => {
  if (request.kind === 'append') void append(request);
  else if (request.kind === 'watch') isWatched = request.isWatched;
  else if (request.kind === 'stop') void stop();
});
const stopKeeping = keepWithin({
  retention: store.retention,
  read: () => readRetention(store.records),
  onError: (error) =>
    say({ kind: 'failed', message: 'Old events could not be let go.', fields: plain({ err: error }) }),
  onJump: (days) =>
    say({ kind: 'failed', message: `The clock went ahead by ${days} days at once. ${ifWrong}`, fields: {} }),
});

const stopWaking = wakeSnoozed(
  store,
  (issueIds) => say({ kind: 'woken', issueIds }),
  (error) => say({ kind: 'failed', message: 'Snoozed issues could not be opened.', fields: plain({ err: error }) }),
);

// So many events in one go are a burst: what can wait waits until it is over.
const [burstEvents, restMs] = [50, 2_000];
let burstAt = -Infinity;
const stopSettling = keepSettled(
  store.settling,
  () => store.events.backlog() === 0 && performance.now() - burstAt > restMs,
  (error) =>
    say({ kind: 'failed', message: 'Events could not be stored in less space.', fields: plain({ err: error }) }),
);

const quiet = whenQuiet(store.giveMemoryBack, giveMemoryBack);

sayProgress();
digest.wake();

async function append({ id, batches }: Extract<DigestRequest, { kind: 'append' }>): Promise<void> {
  quiet.busy();
  try {
    const duplicates = await store.events.append(batches);
    say({ kind: 'appended', id, duplicates, backlog: store.events.backlog() });
    if (store.events.backlog() > burstEvents) burstAt = performance.now();
    digest.wake();
  } catch (error) {
    say({ kind: 'refused', id, message: messageOf(error) });
  }
}

async function stop(): Promise<void> {
  quiet.stop();
  stopWaking();
  await stopKeeping();
  await stopSettling();
  await digest.stop();
  await indexer.close();
  store.close();
  parentPort?.close();
}

/** An error loses its name and stack on its way between threads, unless they are written down. */
function plain(fields: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      value instanceof Error ? (value.stack ?? value.message) : value,
    ]),
  );
}
