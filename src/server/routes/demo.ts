import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { demoBrokenRoutes } from './demo-broken.ts';
import { demoShopRoutes } from './demo-shop.ts';

export interface DemoOptions {
  /** Folder of the built shop. */
  folder: string;
  /** Write key of the project that the shop reports to. */
  key: string;
}

/** Scripts also from this machine's other loopback name: one of the ways to break is a script of another origin. */
function policyFor(request: FastifyRequest): string {
  const port = request.socket.localPort ?? 0;
  return [
    "default-src 'self'",
    `script-src 'self' http://localhost:${port} http://127.0.0.1:${port}`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The demo shop below `/demo/`: its pages, its back end, and what breaks. */
export async function demoRoutes(app: FastifyInstance, { folder, key }: DemoOptions): Promise<void> {
  const file = await readFile(join(folder, 'index.html'), 'utf8');
  const page = file.replace(/(<meta name="pagefault-endpoint" content=")"/, `$1/in/${encodeURIComponent(key)}"`);
  const sendPage = (request: FastifyRequest, reply: FastifyReply) =>
    reply
      .header('content-security-policy', policyFor(request))
      .header('cache-control', 'no-cache')
      // Over https Chromium tells here of a tab that crashed.
      .header('reporting-endpoints', `default="/in/${encodeURIComponent(key)}"`)
      .type('text/html; charset=utf-8')
      .send(page);

  demoShopRoutes(app);
  demoBrokenRoutes(app);

  await app.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/demo/assets/',
    // One way to break is a chunk that went with the last deployment.
    allowedPath: (path) => !path.includes('designer-dialog'),
    decorateReply: false,
    index: false,
    immutable: true,
    maxAge: '365d',
  });

  app.get('/demo', (_request, reply) => reply.redirect('/demo/'));
  app.get('/demo/*', sendPage);
}
