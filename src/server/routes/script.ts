import type { FastifyInstance, FastifyReply } from 'fastify';

/** With these a page of any origin may load it with `crossorigin`, and sees its errors whole. */
const headers = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'cache-control': 'public, max-age=3600',
};

/** The reporter, for the script tag. */
export async function scriptRoutes(app: FastifyInstance) {
  const send = (file: string) => async (_request: unknown, reply: FastifyReply) =>
    reply.headers(headers).sendFile(file, { cacheControl: false });
  app.get('/pagefault.js', send('pagefault.js'));
  app.get('/pagefault.js.map', send('pagefault.js.map'));
  app.get('/pagefault-worker.js', send('pagefault-worker.js'));
  app.get('/pagefault-logger.js', send('pagefault-logger.js'));
  app.get('/pagefault-console.js', send('pagefault-console.js'));
  app.get('/pagefault-crashes.js', send('pagefault-crashes.js'));
  app.get('/pagefault-frames.js', send('pagefault-frames.js'));
  app.get('/pagefault-reports.js', send('pagefault-reports.js'));
  app.get('/snippet.js', send('snippet.js'));
}
