import type { Socket } from 'node:net';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import files from '@fastify/static';
import fastify, { LogController } from 'fastify';
import type { FastifyInstance, FastifyServerOptions } from 'fastify';
import type { Accounts, SignedIn } from '../accounts/accounts.ts';
import type { Forget } from '../forget.ts';
import type { Ingest } from '../ingest.ts';
import type { LiveFeed, LogFeed } from '../notify/live.ts';
import type { Notifier } from '../notify/notifier.ts';
import type { Metrics } from '../metrics.ts';
import type { Projects } from '../projects.ts';
import { artifactRoutes } from '../routes/artifacts.ts';
import { channelRoutes } from '../routes/channels.ts';
import { correctionRoutes } from '../routes/corrections.ts';
import { demoRoutes } from '../routes/demo.ts';
import { eventRoutes } from '../routes/events.ts';
import { healthRoutes, metricsRoutes } from '../routes/health.ts';
import { ingestRoutes } from '../routes/ingest.ts';
import { issueChangeRoutes } from '../routes/issue-changes.ts';
import { issueRoutes } from '../routes/issues.ts';
import { liveRoutes } from '../routes/live.ts';
import { logLiveRoutes } from '../routes/log-live.ts';
import { logRoutes } from '../routes/logs.ts';
import { overviewRoutes } from '../routes/overview.ts';
import { peopleRoutes } from '../routes/people.ts';
import { projectRoutes } from '../routes/projects.ts';
import { projectSettingsRoutes } from '../routes/project-settings.ts';
import { groupingRulesRoutes } from '../routes/grouping-rules.ts';
import { releaseRoutes } from '../routes/releases.ts';
import { ruleRoutes } from '../routes/rules.ts';
import { scrubbingRoutes } from '../routes/scrubbing.ts';
import { scriptRoutes } from '../routes/script.ts';
import { searchRoutes } from '../routes/search.ts';
import { sessionRoutes } from '../routes/session.ts';
import { tokenRoutes } from '../routes/tokens.ts';
import { uploadTokenRoutes } from '../routes/upload-tokens.ts';
import { upkeepRoutes } from '../routes/upkeep.ts';
import { viewerRoutes } from '../routes/viewer.ts';
import { visitRoutes } from '../routes/visits.ts';
import type { Visits } from '../visits.ts';
import type { Artifact } from '../store/artifact-store.ts';
import type { Store } from '../store/store.ts';
import type { Artifacts } from '../symbolicate/artifacts.ts';
import type { Symbolicate } from '../symbolicate/symbolicate.ts';
import { answerError, notFound } from './errors.ts';
import { compileLazily } from './compile-lazily.ts';
import { describeRoutes } from './openapi.ts';
import { setSecurityHeaders } from './security-headers.ts';
import { onlyUploads, requireSignIn } from './sign-in.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; there on every route below `/api` but the public ones. */
    signedIn: SignedIn;
  }
  interface FastifyContextConfig {
    /** Needs no sign-in. */
    isPublic?: boolean;
    /** Open to tokens that may only upload. */
    isForUploads?: boolean;
  }
}

export interface RouteOptions {
  store: Store;
  ingest: Ingest;
  projects: Projects;
  accounts: Accounts;
  live: LiveFeed;
  logFeed: LogFeed;
  notifier: Notifier;
  visits: Visits;
  metrics: Metrics;
  /** How many events wait for the digest. */
  backlog(): number;
  forget: Forget;
  symbolicate: Symbolicate;
  artifacts: Artifacts;
  /** Called when maps have come that may resolve what has arrived before. */
  onMaps(projectId: string, maps: Artifact[]): void;
  /** Called when an issue has been split: its events have to be moved. */
  onSplit(): void;
  /** Folder of the built reporter, viewer and demo; undefined if they are not built. */
  distDir: string | undefined;
  /** Write key of the demo's project; undefined for no demo. */
  demoKey: string | undefined;
}

export type AppOptions = Pick<FastifyServerOptions, 'logger' | 'trustProxy'> & {
  tls: { cert: string; key: string } | undefined;
};

/** At the end, idle connections are closed so often. */
const idleMs = 50;

/** The bare server: what holds for every answer. */
export function createApp({ tls, ...options }: AppOptions): FastifyInstance {
  const app = fastify({
    ...options,
    ...(tls && { https: tls }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 65_536,
    requestTimeout: 30_000,
    // Idle connections of browsers do not hold up the end.
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
  });
  compileLazily(app);
  app.addHook('onRequest', (_request, reply, done) => {
    setSecurityHeaders(reply);
    done();
  });
  closeIdleAtEnd(app, tls ? 'secureConnection' : 'connection');
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(() => {
    throw notFound('page');
  });
  return app;
}

function closeIdleAtEnd(app: FastifyInstance, connected: 'connection' | 'secureConnection'): void {
  // Browsers connect ahead of requests, and Node takes a connection for busy until its first has been answered.
  const unused = new Set<Socket>();
  app.server.on(connected, (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  app.server.on('request', ({ socket }) => unused.delete(socket));
  app.addHook('preClose', async () => {
    // Those that were being answered when the idle ones were closed would be waited for as long as they are kept alive.
    const closing = setInterval(() => {
      app.server.closeIdleConnections();
      for (const socket of unused) socket.destroy();
    }, idleMs).unref();
    // Node looks for requests that take too long only until it closes.
    const late = setTimeout(() => app.server.closeAllConnections(), app.server.requestTimeout).unref();
    app.server.once('close', () => (clearInterval(closing), clearTimeout(late)));
  });
}

/** All that the collector answers over HTTP. */
export async function addRoutes(app: FastifyInstance, options: RouteOptions): Promise<void> {
  const described = describeRoutes(app);
  await app.register(ingestRoutes, options);
  await app.register(visitRoutes, options);
  await app.register(healthRoutes, options.ingest);
  await app.register(apiRoutes, { ...options, described });
  if (options.distDir !== undefined) await app.register(pages, { ...options, distDir: options.distDir });
}

async function apiRoutes(app: FastifyInstance, options: RouteOptions & { described: () => Promise<unknown> }) {
  const { events, logs, records } = options.store;
  await app.register(cookie);
  // Set by the hook before any handler runs; null would have to be asked for in every one of them.
  app.decorateRequest('signedIn');
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('cache-control', 'no-store');
    const { isPublic, isForUploads = false } = request.routeOptions.config;
    if (isPublic) return;
    request.signedIn = await requireSignIn(options.accounts, request);
    if (request.signedIn.uploadTo !== undefined && !isForUploads) throw onlyUploads();
  });
  await app.register(sessionRoutes, options);
  await app.register(projectRoutes, { projects: options.projects, events });
  await app.register(issueRoutes, { records });
  await app.register(overviewRoutes, { ...options, ...options.store });
  await app.register(releaseRoutes, { ...options, releases: options.store.releases });
  await app.register(issueChangeRoutes, { ...options, records });
  await app.register(searchRoutes, { records });
  await app.register(correctionRoutes, options);
  await app.register(eventRoutes, { events, symbolicate: options.symbolicate });
  await app.register(artifactRoutes, { ...options, store: options.store.artifacts });
  await app.register(uploadTokenRoutes, { ...options, records });
  await app.register(tokenRoutes, { ...options, records });
  await app.register(liveRoutes, options);
  await app.register(logRoutes, { logs });
  await app.register(logLiveRoutes, { ...options, logs });
  await app.register(projectSettingsRoutes, { ...options, records });
  await app.register(scrubbingRoutes, { ...options, records });
  await app.register(groupingRulesRoutes, { ...options, records, events });
  await app.register(ruleRoutes, options);
  await app.register(channelRoutes, { ...options, notices: options.store.notices });
  await app.register(peopleRoutes, { ...options, records });
  await app.register(upkeepRoutes, { records });
  await app.register(metricsRoutes, {
    metrics: options.metrics,
    gauges: () => ({ pagefault_backlog_events: options.backlog() }),
  });
  app.get('/api/openapi.json', { config: { isPublic: true }, schema: { hide: true } }, options.described);
}

async function pages(app: FastifyInstance, { distDir, demoKey }: { distDir: string; demoKey: string | undefined }) {
  await app.register(files, { root: distDir, serve: false, dotfiles: 'ignore' });
  await app.register(scriptRoutes);
  await app.register(viewerRoutes);
  if (demoKey !== undefined) await app.register(demoRoutes, { folder: join(distDir, 'demo'), key: demoKey });
}
