import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSite, type Site } from '../../helpers/site.ts';

/** A reporter in a page: ours, a rival's, or none. */
export interface Reporter {
  name: string;
  /** The page's script, which sends to the endpoint. */
  script: (endpoint: string) => string;
}

export interface Sink {
  url: string;
  /** Bodies that arrived since `forget`, without preflights. */
  bodies: { bytes: number; text: string }[];
  requests: number;
  forget(): void;
  /** Resolves when nothing has come for a while. */
  quiet(ms?: number): Promise<void>;
  close(): Promise<void>;
}

/** Takes whatever any reporter sends, and says what each wants to hear. */
export async function startSink(): Promise<Sink> {
  let last = Date.now();
  const sink: Sink = {
    url: '',
    bodies: [],
    requests: 0,
    forget() {
      sink.bodies = [];
      sink.requests = 0;
    },
    async quiet(ms = 1_200) {
      last = Date.now();
      for (let left = ms; left > 0; left = last + ms - Date.now()) await sleep(left);
    },
    close: async () => void (server.closeAllConnections(), server.close()),
  };
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      last = Date.now();
      sink.requests++;
      const body = Buffer.concat(chunks);
      if (request.method === 'POST') sink.bodies.push({ bytes: body.length, text: body.toString('latin1') });
      response.writeHead(202, {
        'access-control-allow-origin': request.headers.origin ?? '*',
        'access-control-allow-credentials': 'true',
        'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*',
        'access-control-allow-methods': '*',
        'access-control-max-age': '7200',
        'content-type': 'application/json',
      });
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  sink.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return sink;
}

/** What breaks: errors made three calls deep, each at a place and with a message of its own. */
const places = Array.from(
  { length: 200 },
  (_, i) => `(name) => { throw new TypeError('cannot read ' + name + ${i}); }`,
);
const shop = `
const items = [${places.join(',\n')}];
const cart = (i) => items[i]('the price of item ');
const checkout = (i) => cart(i);
const fail = (i) => { try { checkout(i); } catch (error) { reportError(error); } };
const burstInOneTask = (count) => { for (let i = 0; i < count; i++) fail(i); };
const burst = (count) => new Promise((resolve) => {
  let i = 0;
  const next = () => i < count ? (setTimeout(next), fail(i++)) : resolve();
  next();
});
const walk = (steps) => { for (let i = 0; i < steps; i++) document.getElementById('step-' + i % 10).click(); };
`;
const buttons = Array.from({ length: 10 }, (_, i) => `<button id="step-${i}" class="primary">Step</button>`).join('');

/** `/<index>` is a page with that reporter's script before the shop's. */
export async function startShop(reporters: Reporter[], endpoint: string): Promise<Site> {
  const files: Record<string, string> = { '/shop.js': shop, '/answer.txt': 'fine' };
  for (const [i, { script }] of reporters.entries()) {
    files[`/reporter-${i}.js`] = script(endpoint);
    files[`/${i}`] =
      `<!doctype html><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,"><body><main>${buttons}</main>` +
      `<script src="/reporter-${i}.js"></script><script src="/shop.js"></script>`;
  }
  return startSite({ files });
}
