import type { FastifyInstance } from 'fastify';
import { notFound } from '../http/errors.ts';
import { viewerPolicy } from '../http/security-headers.ts';

/** Paths that belong to someone else: what is not there must not look like a page. */
const others = /^\/(?:api|in|demo|assets)(?:\/|$)|\.\w{1,5}$/;

/** Every path that is nobody else's gets the viewer's page, which reads the path: `/`, `/issues/1`, `/sign-in`. */
export async function viewerRoutes(app: FastifyInstance) {
  // Their names carry the hash of their content.
  app.get<{ Params: { '*': string } }>('/assets/*', ({ params }, reply) =>
    reply.sendFile(`viewer/assets/${params['*']}`, { immutable: true, maxAge: '1y' }),
  );
  app.get('/*', (request, reply) => {
    if (others.test(request.url.replace(/\?.*$/s, ''))) throw notFound('page');
    return reply
      .headers({ 'content-security-policy': viewerPolicy, 'cache-control': 'no-cache' })
      .sendFile('viewer/index.html', { cacheControl: false });
  });
}
