import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ApiError } from '../../protocol/api.ts';
import type { BatchAnswer } from '../../protocol/batch.ts';
import { limits } from '../../protocol/limits.ts';
import { batchesOfReports, reportsContentType } from '../browser-reports.ts';
import { readBody } from '../http/body.ts';
import { HttpError } from '../http/errors.ts';
import { apiError, batchAnswer, batchRefusal } from '../http/schemas.ts';
import { isAllowedOrigin } from '../http/is-allowed-origin.ts';
import { createRoom } from '../http/room.ts';
import { commonHeaders } from '../http/security-headers.ts';
import type { Ingest } from '../ingest.ts';
import type { Metrics } from '../metrics.ts';
import type { Projects } from '../projects.ts';

const retrySeconds = 5;

const overloaded = JSON.stringify({
  error: 'overloaded',
  message: 'More has arrived than can be digested. Send it again later.',
} satisfies ApiError);

const unknownKey = () => new HttpError(401, 'unknown-key', 'No project has this key.');

/** Bodies that are arriving, all together: many slow senders must not fill the memory. */
const maxArrivingBytes = 48 * 1_048_576;

/** A full disk must not be filled by what is said about it. */
const unwrittenLogMs = 1_000;

/** Pages of any origin may send here, without cookies. A preflight is needed only by senders that add headers. */
const cors = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'retry-after',
  'cross-origin-resource-policy': 'cross-origin',
};
const overloadedHeaders = {
  ...commonHeaders,
  ...cors,
  'content-type': 'application/json; charset=utf-8',
  'content-length': String(Buffer.byteLength(overloaded)),
};
const preflight = {
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers': 'content-type, content-encoding',
  'access-control-max-age': '7200',
};

/** `POST /in/<key>`: where reports arrive. */
export async function ingestRoutes(
  app: FastifyInstance,
  { ingest, projects, metrics }: { ingest: Ingest; projects: Projects; metrics: Metrics },
) {
  const room = createRoom(maxArrivingBytes);
  let loggedAt = -Infinity;
  const logUnwritten = (request: FastifyRequest, error: unknown) => {
    if (performance.now() - loggedAt < unwrittenLogMs) return;
    loggedAt = performance.now();
    request.log.error({ err: error }, 'A batch could not be written.');
  };
  const countEvents = ({ accepted, duplicates, refused }: Omit<BatchAnswer, 'problems'>) => {
    metrics.countEvents('accepted', accepted - duplicates);
    metrics.countEvents('duplicate', duplicates);
    metrics.countEvents('refused', refused);
  };
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => {
    readBody(payload, limits.maxBatchBytes, 'A batch', room).then((body) => done(null, body), done);
  });
  // By hand, and before anything else: what an answer costs in Fastify is half as much again, and now is when nothing should.
  app.addHook<{ Params: { key?: string } }>('onRequest', ({ method, params }, reply, done) => {
    const seconds = method === 'POST' ? ingest.fullForSeconds() : 0;
    if (seconds === 0 || !projects.byKey(params.key ?? '')) return done();
    reply.hijack();
    reply.raw.writeHead(429, { ...overloadedHeaders, 'retry-after': String(seconds) }).end(overloaded);
  });
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(cors);
    done();
  });
  app.addHook('onResponse', ({ method }, { statusCode, elapsedTime }, done) => {
    if (method === 'POST') metrics.countAnswer(statusCode, elapsedTime / 1_000);
    done();
  });

  app.options('/in/:key', { schema: { hide: true } }, async (_request, reply) =>
    reply.headers(preflight).code(204).send(),
  );

  app.post<{ Params: { key: string } }>(
    '/in/:key',
    {
      schema: {
        summary: 'Take a batch of events from a page',
        description:
          'The body is a batch as text/plain, described in `src/protocol/README.md`; or what a browser reports by itself as application/reports+json: of these, tabs that crashed are events.',
        security: [],
        response: { 202: batchAnswer, 400: batchRefusal, '4xx': apiError, '5xx': apiError },
      },
      // Before the body is read: what is refused anyway should cost nothing.
      onRequest: async ({ params, headers }) => {
        const project = projects.byKey(params.key);
        if (!project) throw unknownKey();
        if (!isAllowedOrigin(project.settings.origins, headers.origin, headers.referer)) {
          ingest.countRefused(project.id, 'batch from an origin that is not allowed');
          throw new HttpError(403, 'origin-not-allowed', 'Pages of this origin may not send to this project.');
        }
        if (project.limit?.isFlooded(Date.now())) {
          ingest.countRefused(project.id, 'batch far beyond the rate limit');
          throw new HttpError(429, 'too-many', 'This project sends far more than its limit.', retrySeconds);
        }
      },
    },
    async (request, reply) => {
      const project = projects.byKey(request.params.key);
      if (!project) throw unknownKey();
      const userAgent = request.headers['user-agent'];
      const accept = (input: unknown) =>
        ingest.accept(project, input, Date.now(), userAgent).catch((error: unknown) => {
          logUnwritten(request, error);
          throw new HttpError(503, 'not-written', 'The batch could not be written. Send it again later.', retrySeconds);
        });
      if (request.headers['content-type']?.startsWith(reportsContentType)) {
        const crashes = batchesOfReports(request.body, Date.now());
        const answers = await Promise.all(crashes.map(accept));
        const sum = (count: 'accepted' | 'duplicates' | 'refused') =>
          answers.reduce((total, taken) => total + (taken?.ok ? taken.answer[count] : 0), 0);
        const counts = { accepted: sum('accepted'), duplicates: sum('duplicates'), refused: sum('refused') };
        countEvents(counts);
        return reply.code(202).send({ ...counts, problems: [] });
      }
      const taking = accept(request.body);
      request.body = undefined;
      const taken = await taking;
      if (taken?.ok) countEvents(taken.answer);
      if (!taken)
        throw new HttpError(503, 'unknown-base', 'The batch that this one goes on from is not here. Send it whole.');
      if (taken.ok) return reply.code(202).send(taken.answer);
      return reply.code(400).send({ error: 'no-batch', message: 'This is not a batch.', problems: taken.problems });
    },
  );
}
