import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { HttpError } from '../http/errors.ts';
import { isAllowedOrigin } from '../http/is-allowed-origin.ts';
import { apiError } from '../http/schemas.ts';
import type { Projects } from '../projects.ts';
import type { Visits } from '../visits.ts';

/** Digits of a count: a server that counts for many pages may say how many at once. */
const maxDigits = 6;

/** `POST /in/<key>/visits`: how often pages were opened. Any page may send it, without cookies, by a plain beacon. */
export async function visitRoutes(app: FastifyInstance, { visits, projects }: { visits: Visits; projects: Projects }) {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 100 }, (_request, body, done) => done(null, body));
  app.post<{ Params: { key: string } }>(
    '/in/:key/visits',
    {
      schema: {
        summary: 'Count visits',
        description:
          'What an error rate is held against. An empty body counts one visit, a number as text so many, up to 999,999. ' +
          "A page says `navigator.sendBeacon(endpoint + '/visits')`.",
        security: [],
        response: { 204: Type.Null(), '4xx': apiError },
      },
      onRequest: async (_request, reply) => void reply.header('access-control-allow-origin', '*'),
    },
    async ({ params, headers, body }, reply) => {
      const project = projects.byKey(params.key);
      if (!project) throw new HttpError(401, 'unknown-key', 'No project has this key.');
      if (!isAllowedOrigin(project.settings.origins, headers.origin, headers.referer)) {
        throw new HttpError(403, 'origin-not-allowed', 'Pages of this origin may not send to this project.');
      }
      visits.add(project.id, readCount(typeof body === 'string' ? body : ''));
      return reply.code(204).send(null);
    },
  );
}

function readCount(text: string): number {
  if (text === '') return 1;
  if (!new RegExp(`^\\d{1,${maxDigits}}$`).test(text))
    throw new HttpError(400, 'invalid', 'This is not a number of visits.');
  return Number(text);
}
