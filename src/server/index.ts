import { join, resolve } from 'node:path';
import { createAccounts } from './accounts/accounts.ts';
import { uploadDemoMaps } from './demo-maps.ts';
import { startDigestThread } from './digest-thread.ts';
import { createForget } from './forget.ts';
import { lineTest } from './group/calls.ts';
import { addRoutes, createApp } from './http/app.ts';
import { findDistFolder } from './http/dist-folder.ts';
import { listenOn } from './http/listen.ts';
import { createIngest } from './ingest.ts';
import { createCompose } from './notify/compose.ts';
import { createDeliver } from './notify/deliver.ts';
import { giveMemoryBack, whenQuiet } from './lib/when-quiet.ts';
import { createLiveFeed, createLogFeed } from './notify/live.ts';
import { createMailer, type MailSettings } from './notify/mailer.ts';
import { createNotifier } from './notify/notifier.ts';
import { startOutputs, type OutputOptions } from './print/outputs.ts';
import { createMetrics } from './metrics.ts';
import { createProjects } from './projects.ts';
import { createRegroup } from './regroup.ts';
import type { ScrubRule } from '../protocol/api.ts';
import { compileScrubRules } from './scrub-rules.ts';
import { explain } from './store/database.ts';
import { openSqliteStore } from './store/sqlite.ts';
import { createArtifacts } from './symbolicate/artifacts.ts';
import { createIndexer } from './symbolicate/indexer.ts';
import { createMapCache } from './symbolicate/map-cache.ts';
import { createSymbolicate } from './symbolicate/symbolicate.ts';
import { createVisits } from './visits.ts';

export interface CollectorOptions {
  /** Folder of the database; made if it is missing. One process at a time may use it. */
  dataDir: string;
  /** 0 takes any free port. */
  port: number;
  /** Default `127.0.0.1`: this machine only. */
  host?: string;
  /** Write key of the first project; a random one if absent. */
  key?: string;
  /** API token with all rights; without it only people can sign in. */
  token?: string;
  /** Serves the demo shop at `/demo/`. */
  demo?: boolean;
  /** Structured log, one JSON document a line; default off. */
  logger?: boolean | { level?: LogLevel; stream?: { write(line: string): void } };
  /** Whether `X-Forwarded-*` headers are to be believed: true, or the addresses of proxies. Default no. */
  trustProxy?: boolean | string;
  /** Certificate and key, PEM, to serve https without a proxy in front. */
  tls?: { cert: string; key: string };
  /** Events that may wait for the digest before new ones are refused with 429; default 50,000. */
  maxBacklog?: number;
  /** Address under which people reach the viewer, for links in notices; default: where it listens. */
  publicUrl?: string;
  /** Mail server and sender; without it nobody can be told by e-mail. */
  mail?: MailSettings;
  /** Lets notices go to addresses of this machine and its network; default no. */
  allowPrivateNetwork?: boolean;
  /** Where records of logs and events are written as they come, beside the database; default: nowhere. */
  outputs?: OutputOptions;
  /** Folder of the built reporter, viewer and demo; default: found from here. */
  distDir?: string;
}

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

export interface Collector {
  /** Write key of the first project: its endpoint is `<url>/in/<key>`. */
  key: string;
  /** Begins to listen. Throws one clear line when the port is taken. */
  listen(): Promise<{ url: string }>;
  /** Answers what has arrived, stops, and leaves the rest of the digest to the next start. */
  close(): Promise<void>;
  /** One-time token for `/sign-in#<token>`: the first administrator's, for 24 hours. */
  createSignInToken(): Promise<string>;
}

/**
 * Opens the database and puts the collector together. Throws one clear line when the folder cannot be used.
 *
 * ```ts
 * const collector = await createCollector({ dataDir: './pagefault-data', port: 7377 });
 * const { url } = await collector.listen();
 * ```
 */
export async function createCollector(options: CollectorOptions): Promise<Collector> {
  try {
    return await putTogether(options);
  } catch (error) {
    // A page that is damaged may be one of the first that are read, not one that opening looks at.
    throw error instanceof Error && 'errcode' in error ? explain(error, options.dataDir) : error;
  }
}

async function putTogether(options: CollectorOptions): Promise<Collector> {
  const { dataDir, port, host = '127.0.0.1', demo = false, maxBacklog = 50_000 } = options;
  const app = createApp({ logger: options.logger ?? false, trustProxy: options.trustProxy ?? false, tls: options.tls });
  const distDir = options.distDir === undefined ? findDistFolder() : resolve(options.distDir);
  if (distDir === undefined) app.log.warn('Nothing is built: neither the reporter nor the viewer can be served.');

  // The digest's thread has the larger cache: here only what people look at is resolved.
  const forReading = { indexBytes: 24 * 1_048_576, textBytes: 8 * 1_048_576 };
  const metrics = createMetrics();
  const store = openSqliteStore(dataDir);
  const onListenerError = (error: unknown) => app.log.error({ err: error }, 'A listener of the live feed failed.');
  const live = createLiveFeed(onListenerError);
  const logFeed = createLogFeed(onListenerError);
  const indexer = createIndexer();
  const artifacts = createArtifacts(store.artifacts, indexer);
  const symbolicate = createSymbolicate(
    store.artifacts,
    createMapCache(store.artifacts, { ...artifacts, ...indexer }, forReading),
    lineTest,
  );
  const regroup = createRegroup(store, symbolicate, app.log);
  const forget = createForget({ store: store.forgettings, log: app.log });
  const digest = startDigestThread({ dataDir, live, logFeed, onFiled: () => notifier.wake(), log: app.log });
  let listeningAt = '';
  const publicUrl = () => options.publicUrl?.replace(/\/+$/, '') ?? listeningAt;
  const notifier = createNotifier({
    store: store.notices,
    logs: store.logs,
    overview: store.overview,
    compose: createCompose({ store, symbolicate, publicUrl }),
    deliver: createDeliver({
      store: store.notices,
      mailer: options.mail && createMailer(options.mail),
      domain: () => new URL(publicUrl()).hostname,
      allowPrivateNetwork: options.allowPrivateNetwork ?? false,
    }),
    projectName: async (id) => (await projects.list()).find((project) => project.id === id)?.name ?? '',
    publicUrl,
    log: app.log,
  });
  logFeed.onMessage(() => notifier.wake());
  const visits = createVisits(store.notices, (error) => app.log.error({ err: error }, 'Visits could not be counted.'));
  let connections = 0;
  app.server.on('connection', () => connections++);
  const ingest = createIngest({
    append: digest.append,
    backlog: digest.backlog,
    maxBacklog,
    connections: () => connections,
  });
  ingest.setScrubbing(compileScrubRules(((await store.records.setting('scrubbing')) ?? []) as ScrubRule[]));
  const projects = await createProjects(store.records, options.key);
  const accounts = await createAccounts(store.records, options.token);
  const key = options.key ?? (await projects.list())[0]?.key ?? '';
  const quiet = whenQuiet(store.giveMemoryBack, giveMemoryBack);
  app.addHook('onRequest', (_request, _reply, done) => {
    quiet.busy();
    done();
  });
  await addRoutes(app, {
    store,
    ingest,
    projects,
    accounts,
    live,
    logFeed,
    notifier,
    visits,
    metrics,
    backlog: digest.backlog,
    forget,
    symbolicate,
    artifacts,
    onMaps: regroup.apply,
    onSplit: regroup.wake,
    distDir,
    demoKey: demo ? key : undefined,
  });

  const takeDemoMaps = (folder: string) =>
    uploadDemoMaps(join(folder, 'demo'), projects.byKey(key)?.id ?? '', artifacts).catch((error: unknown) =>
      app.log.warn({ err: error }, 'The source maps of the demo shop cannot be used.'),
    );
  const stopOutputs = startOutputs(options.outputs ?? {}, { live, logFeed }, (error) =>
    app.log.error({ err: error }, 'A line could not be written to the files of logs.'),
  );
  const close = async () => {
    quiet.stop();
    // Who waits for it is answered.
    await forget.stop();
    await app.close();
    await ingest.drain();
    await visits.stop();
    await notifier.stop();
    await digest.stop();
    await stopOutputs();
    await regroup.stop();
    await indexer.close();
    store.close();
  };
  let closing: Promise<void> | undefined;
  return {
    key,
    async listen() {
      if (demo && distDir !== undefined) await takeDemoMaps(distDir);
      // It knows how much waits from before, by which what comes is taken or refused.
      await digest.started();
      listeningAt = await listenOn(app, host, port);
      // What was not done when it stopped.
      regroup.wake();
      await forget.wake();
      // The folder is this process's alone: whoever had taken them is no more.
      await store.notices.releaseDeliveries();
      notifier.start();
      return { url: listeningAt };
    },
    close: () => (closing ??= close()),
    createSignInToken: () => accounts.createSignInToken(),
  };
}
