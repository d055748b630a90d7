import type { FastifyInstance, FastifyReply } from 'fastify';
import { viewerPolicy } from '../http/security-headers.ts';

/** Every path that is the viewer's own gets its page, which reads the path: `/`, `/issues/1`, `/sign-in`. */
export async function viewerRoutes(app: FastifyInstance) {
  const page = (_request: unknown, reply: FastifyReply) =>
    reply
      .headers({ 'content-security-policy': viewerPolicy, 'cache-control': 'no-cache' })
      .sendFile('viewer/index.html', { cacheControl: false });
  for (const path of [
    '/',
    '/sign-in',
    '/issues',
    '/issues/*',
    '/events/*',
    '/projects',
    '/projects/*',
    '/settings',
    '/settings/*',
  ]) {
    app.get(path, { schema: { hide: true } }, page);
  }
  // Their names carry the hash of their content.
  app.get<{ Params: { '*': string } }>('/assets/*', { schema: { hide: true } }, ({ params }, reply) =>
    reply.sendFile(`viewer/assets/${params['*']}`, { immutable: true, maxAge: '1y' }),
  );
}
