import type { FastifyInstance } from 'fastify';

/** With these a page of any origin may load it with `crossorigin`, and sees its errors whole. */
const headers = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'cache-control': 'public, max-age=3600',
};

const files = [
  'pagefault.js',
  'pagefault.js.map',
  'pagefault-worker.js',
  'pagefault-logger.js',
  'pagefault-console.js',
  'pagefault-crashes.js',
  'pagefault-frames.js',
  'pagefault-reports.js',
  'snippet.js',
];

/** The reporter, for the script tag. */
export async function scriptRoutes(app: FastifyInstance) {
  for (const file of files) {
    app.get(`/${file}`, async (_request, reply) => reply.headers(headers).sendFile(file, { cacheControl: false }));
  }
}
