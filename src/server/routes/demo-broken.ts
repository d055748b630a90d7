import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

const slowMs = 15_000;

// A vendor that promised a greeting and sends none.
const vendorScript = `/* Chat, by a vendor */
setTimeout(function ready() {
  window.onChatReady({ name: 'Ida' });
}, 0);
`;

const ratesScript = `/* Exchange rates, from another origin */
(function rates() {
  throw new Error('The exchange rates of yesterday have expired');
})();
`;

const apology = '<!doctype html><title>Back soon</title><p>The reviews are having a rest.</p>\n';

/** What fails in the demo, each in its own chosen way. */
export function demoBrokenRoutes(app: FastifyInstance): void {
  app.get('/demo/api/suggestions', (_request, reply) =>
    reply.code(500).send({ error: 'suggestions', message: 'The suggestions have run away.' }),
  );

  app.get('/demo/api/store-stock', (request, reply) => {
    reply.hijack();
    request.raw.socket.destroy();
  });

  app.get('/demo/api/reviews', (_request, reply) => reply.type('text/html; charset=utf-8').send(apology));

  app.get('/demo/api/invoice', () => ({ sheets: [{ text: 'Moon jar, 189.00' }] }));

  // A page in the browser's back-forward cache keeps its request: the end of the collector does not wait for it.
  const closing = new AbortController();
  app.addHook('preClose', async () => closing.abort());
  for (const path of ['/demo/api/parcel', '/demo/api/delivery-date']) {
    app.get(path, async () => {
      await wait(slowMs, undefined, { ref: false, signal: closing.signal }).catch(() => undefined);
      return { state: 'somewhere' };
    });
  }

  app.get('/demo/broken/vendor.js', (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-store').send(vendorScript),
  );

  app.get('/demo/broken/rates.js', (_request, reply) =>
    reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('cross-origin-resource-policy', 'cross-origin')
      .send(ratesScript),
  );

  app.get('/demo/broken/*', (_request, reply) => reply.code(404).type('text/plain').send('There is nothing here.\n'));
}
