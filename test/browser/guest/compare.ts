import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { after, before } from 'node:test';
import { rollup } from 'rollup';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { browserTest, type BrowserTest, type Page } from '../../helpers/browser.ts';
import { startCollector } from '../../helpers/collector.ts';
import { startSite, type Content, type Site } from '../../helpers/site.ts';
import { createTools, type Tools, type Uses } from './tools.ts';
import { prepareXhr } from './xhr.ts';

type Seen = Record<string, string>;

/** What a rude reporter does: promises of its own, bodies read, errors with more in them, lines of its own. */
const rude = `<script>{
  const { fetch, console } = window;
  window.fetch = async (input, init) => {
    const response = await fetch(new Request(input, init));
    response.clone().text();
    return response;
  };
  const { open, send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (method, url) { this.__url = url + ''; return open.apply(this, arguments); };
  XMLHttpRequest.prototype.send = function (body) { this.onerror ??= () => {}; return send.call(this, body); };
  for (const name of ['log', 'warn', 'error']) {
    const method = console[name];
    console[name] = (...args) => method(...args, args.map((each) => JSON.stringify(each)) && '');
  }
  const { pushState } = history;
  history.pushState = function (...args) { dispatchEvent(new Event('popstate')); return pushState.apply(this, args); };
  const { addEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (type, run, options) {
    return addEventListener.call(this, type, run && ((event) => run.call(this, event)), options);
  };
}</script>`;

const text = (body: string): Content => body;
const json = text('{"a":1}');

function echo(request: IncomingMessage, response: ServerResponse): void {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (part: string) => (body += part));
  request.on('end', () => {
    const { 'x-test': test = '', 'content-type': type = '' } = request.headers;
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({ method: request.method, url: request.url, body, test, type: type.split('boundary')[0] }),
    );
  });
}

function pieces(response: ServerResponse, last: 'end' | 'cut' | 'more'): void {
  response.writeHead(200, { 'content-type': 'text/plain', ...(last === 'cut' ? { 'content-length': 100 } : {}) });
  response.write('one ');
  setTimeout(() => {
    response.write('two');
    if (last === 'end') response.end();
    if (last === 'cut') setTimeout(() => response.destroy(), 20);
  }, 20);
}

const answers: Record<string, Content> = {
  '/json': json,
  '/echo': echo,
  '/status': (request, response) => {
    response.statusCode = Number(/\d+/.exec(request.url ?? '')?.[0] ?? 200);
    response.end(response.statusCode === 204 ? undefined : 'status');
  },
  '/redirect': (_, response) => response.writeHead(302, { location: '/json' }).end(),
  '/cut': (request) => request.socket.destroy(),
  '/slow': (_, response) => void setTimeout(() => response.end('slow'), 3_000).unref(),
  '/stream': (_, response) => pieces(response, 'end'),
  '/endless': (_, response) => pieces(response, 'more'),
  '/broken-body': (_, response) => pieces(response, 'cut'),
};

/** A library as one classic script, by its ES module. */
export async function bundleLibrary(input: string, name: string): Promise<string> {
  const bundle = await rollup({ input, plugins: [nodeResolve({ browser: true })], onwarn: () => {} });
  const { output } = await bundle.generate({ format: 'iife', name, exports: 'auto' });
  return output[0].code;
}

/** Runs in the page: each use after the other, and what it saw as text. */
async function runAll(tools: Tools, uses: Uses): Promise<Seen> {
  const seen: Seen = {};
  for (const [name, use] of Object.entries(uses)) {
    const outcome = await tools.outcome(() => use(tools));
    seen[name] = JSON.stringify(outcome);
  }
  return seen;
}

/** Functions travel as their text: types are blanks by then. */
const sourceOf = (uses: Uses) =>
  `({${Object.entries(uses).map(([name, use]) => `${JSON.stringify(name)}: ${String(use)}`)}})`;

function differences(before: Seen, after: Seen): string[] {
  return Object.keys(before)
    .filter((name) => before[name] !== after[name])
    .map((name) => `${name}\n    without: ${before[name]}\n    with:    ${after[name]}`);
}

/**
 * Registers the test that all uses see the same in a page with the reporter as in the same page without it, and that
 * this would notice a rude reporter.
 */
export function compareUses(
  area: string,
  uses: Uses,
  options: { libraries?: boolean; rudeAtLeast?: number } = {},
): void {
  let collector: Awaited<ReturnType<typeof startCollector>>;
  let site: Site;
  let other: Site;

  before(async () => {
    collector = await startCollector();
    const tag = `<script src="${collector.url}/pagefault.js" data-endpoint="${collector.endpoint}"></script>`;
    const files: Record<string, Content> = { ...answers, '/favicon.ico': '' };
    if (options.libraries) {
      files['/axios.js'] = await readFile('node_modules/axios/dist/axios.js', 'utf8');
      files['/ky.js'] = await bundleLibrary('node_modules/ky/distribution/index.js', 'ky');
    }
    const libraries = options.libraries ? '<script src="/axios.js"></script><script src="/ky.js"></script>' : '';
    const html = (head: string) => `<!doctype html><title>Guest</title>${head}${libraries}<body></body>`;
    site = await startSite({
      files: { ...files, '/without': html(''), '/with-it': html(tag), '/rude': html(rude) },
    });
    const allow = { 'access-control-allow-origin': site.url, 'access-control-allow-credentials': 'true' };
    const cors: Content = (_, response) => response.writeHead(200, allow).end('cors');
    other = await startSite({ files: { '/json': json, '/cors': cors } });
  });

  after(async () => {
    await other.close();
    await site.close();
    await collector.close();
  });

  const look = async (page: Page, path: string) => {
    await page.goto(site.url + path);
    return page.evaluate<Seen>(
      `((${String(prepareXhr)})(), (${String(runAll)})((${String(createTools)})(${JSON.stringify(other.url)}), ${sourceOf(uses)}))`,
    );
  };

  const { rudeAtLeast = 0 } = options;
  const same = `${Object.keys(uses).length} uses see the same with the reporter and without`;
  const run = async ({ page }: BrowserTest) => {
    const without = await look(page, '/without');
    assert.equal(Object.keys(without).length, Object.keys(uses).length);
    const found = differences(without, await look(page, '/with-it'));
    assert.equal(await page.evaluate('typeof pagefault.init'), 'function');
    assert.equal(found.length, 0, `differ with the reporter:\n  ${found.join('\n  ')}`);
    if (rudeAtLeast === 0) return;
    const noticed = differences(without, await look(page, '/rude'));
    assert.ok(noticed.length >= rudeAtLeast, `only ${noticed.length}:\n  ${noticed.join('\n  ')}`);
  };
  // A tab keeps 50 steps of its history at most, those of tests before among them.
  browserTest(`${area}: ${same}${rudeAtLeast ? ', and not with a rude one' : ''}`, run, { ownTab: true });
}
