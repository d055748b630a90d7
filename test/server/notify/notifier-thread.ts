// A second one that looks and tells, in a thread with a connection of its own: new Worker(…, { workerData: [data folder, address of the viewer] }).
import { parentPort, workerData } from 'node:worker_threads';
import { lineTest } from '../../../src/server/group/calls.ts';
import { createCompose } from '../../../src/server/notify/compose.ts';
import { createDeliver } from '../../../src/server/notify/deliver.ts';
import { createNotifier } from '../../../src/server/notify/notifier.ts';
import { openSqliteStore } from '../../../src/server/store/sqlite.ts';
import { createArtifacts } from '../../../src/server/symbolicate/artifacts.ts';
import { createIndexer } from '../../../src/server/symbolicate/indexer.ts';
import { createMapCache } from '../../../src/server/symbolicate/map-cache.ts';
import { createSymbolicate } from '../../../src/server/symbolicate/symbolicate.ts';

const [dataDir, url] = workerData as [string, string];
const store = openSqliteStore(dataDir, { isSecond: true });
const indexer = createIndexer();
const artifacts = createArtifacts(store.artifacts, indexer);
const sizes = { indexBytes: 1_000_000, textBytes: 1_000_000 };
const maps = createMapCache(store.artifacts, { ...artifacts, ...indexer }, sizes);
const symbolicate = createSymbolicate(store.artifacts, maps, lineTest);
const publicUrl = () => url;
const notifier = createNotifier({
  store: store.notices,
  logs: store.logs,
  overview: store.overview,
  compose: createCompose({ store, symbolicate, publicUrl }),
  deliver: createDeliver({
    ...{ store: store.notices, mailer: undefined, allowPrivateNetwork: true },
    domain: () => '127.0.0.1',
  }),
  projectName: async () => 'My site',
  publicUrl,
  log: { error: (fields, message) => parentPort?.postMessage([message, fields]) },
});
notifier.start();

async function stop() {
  await notifier.stop();
  await indexer.close();
  store.close();
  parentPort?.close();
}
parentPort?.on('message', (what: 'wake' | 'stop') => (what === 'wake' ? notifier.wake() : void stop()));
