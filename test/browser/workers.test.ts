import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { after, before } from 'node:test';
import type { Event } from '../../src/protocol/event.ts';
import { browserTest, type Page } from '../helpers/browser.ts';
import { startReportedPages, type ReportedPages } from '../helpers/reported-page.ts';
import { until } from '../helpers/until.ts';

/** What breaks, in a worker of any kind. */
const breakThings = `
  function thrower(text) { throw new RangeError(text); }
  // Its own cause: it has an end nevertheless.
  function rejecter(text) { const error = new RangeError(text); error.cause = error; return Promise.reject(error); }
  const told = ({ data }) => { if (data.error) setTimeout(thrower, 0, data.error); if (data.rejection) rejecter(data.rejection); };
  onmessage = told;
  onconnect = ({ ports: [port] }) => { port.onmessage = told; };`;

let pages: ReportedPages;
before(async () => {
  let endpoint = '';
  const script = (build: (endpoint: string) => string) => (_: unknown, response: ServerResponse) => {
    response.setHeader('content-type', 'text/javascript');
    response.end(build(endpoint));
  };
  pages = await startReportedPages({
    '/pagefault-worker.js': readFileSync('dist/pagefault-worker.js'),
    '/worker.mjs': readFileSync('dist/worker.js', 'utf8'),
    '/bare.js': breakThings,
    '/classic.js': `importScripts('/pagefault-worker.js'); pagefault.init(); ${breakThings}`,
    '/module.mjs': `import { init } from '/worker.mjs'; init(); ${breakThings.replace('onconnect', 'self.onconnect')}`,
    '/alone.js': script(
      (url) => `importScripts('/pagefault-worker.js');
        pagefault.init({ endpoint: '${url}', release: '7.0', environment: 'test' }); ${breakThings}`,
    ),
  });
  ({ endpoint } = pages.collector);
});
after(() => pages.close());

const eventsLike = async (part: string): Promise<Event[]> =>
  (await pages.collector.events()).map(({ event }) => event).filter((each) => each.exceptions[0]?.value.includes(part));

/** Waits for events whose message contains the part, then looks whether more of them come. */
async function waitForEvents(page: Page, part: string, count: number): Promise<Event[]> {
  await until(
    async () => (await eventsLike(part)).length >= count,
    () => part,
  );
  await page.evaluate('window.pagefault?.flush()');
  return eventsLike(part);
}

const kinds: Record<string, string> = {
  'a dedicated worker': `{ const worker = new Worker('/classic.js'); send = (data) => worker.postMessage(data); }`,
  'a module worker': `{ const worker = new Worker('/module.mjs', { type: 'module' }); send = (data) => worker.postMessage(data); }`,
  'a shared worker': `{ const { port } = new SharedWorker('/classic.js'); send = (data) => port.postMessage(data); }`,
};

for (const [kind, start] of Object.entries(kinds)) {
  browserTest(`errors and rejections in ${kind} come with their stack, once`, async ({ page, engine }) => {
    const part = `${kind.split(' ').at(-2)}-${engine}`;
    const url = pages.newUrl();
    await page.goto(url);
    await page.evaluate(`void ${start.replace('{', '(() => {').replace(/}$/, '})()')}`);
    await page.evaluate(`send({ error: 'thrown in ${part}' })`);
    await page.evaluate(`send({ rejection: 'rejected in ${part}' })`);
    const events = await waitForEvents(page, part, 2);
    const shown = events.map(({ mechanism, exceptions: [first], page: where, count }) => [
      mechanism,
      first?.type,
      first?.value,
      first?.frames[0]?.function,
      where?.url === url,
      count,
    ]);
    assert.deepEqual(shown.sort(), [
      ['onerror', 'RangeError', `thrown in ${part}`, 'thrower', true, 1],
      ['onunhandledrejection', 'RangeError', `rejected in ${part}`, 'rejecter', true, 1],
    ]);
  });
}

browserTest('errors in a service worker come with their stack', async ({ page, engine }) => {
  const url = pages.newUrl();
  await page.goto(url);
  await page.evaluate(`navigator.serviceWorker.register('/classic.js').then(() => navigator.serviceWorker.ready)
    .then(({ active }) => active.postMessage({ error: 'served in ${engine}' }))`);
  const [event] = await waitForEvents(page, `served in ${engine}`, 1);
  assert.equal(event?.exceptions[0]?.frames[0]?.function, 'thrower');
  assert.equal(event?.page?.url, url);
});

browserTest('two tabs that hear of an error make one event of it', async ({ page, browser, engine }) => {
  await page.goto(pages.newUrl());
  const second = await browser.newPage();
  await second.goto(pages.newUrl());
  await page.evaluate(
    `void (worker = new Worker('/classic.js')).postMessage({ rejection: 'heard twice in ${engine}' })`,
  );
  await waitForEvents(page, `heard twice in ${engine}`, 1);
  await second.evaluate('pagefault.flush()');
  assert.equal((await eventsLike(`heard twice in ${engine}`)).length, 1);
});

browserTest('where no page reports, the worker sends its errors itself', async ({ page, engine }) => {
  await page.goto(`${pages.site.url}/other`);
  await page.evaluate(`void (worker = new Worker('/alone.js')).postMessage({ rejection: 'alone in ${engine}' })`);
  const [event] = await waitForEvents(page, `alone in ${engine}`, 1);
  assert.deepEqual(
    [event?.mechanism, event?.release, event?.environment, event?.exceptions[0]?.frames[0]?.function, event?.page?.url],
    ['onunhandledrejection', '7.0', 'test', 'rejecter', `${pages.site.url}/alone.js`],
  );
});

browserTest('the page hears of its workers what it heard without us', async ({ page }) => {
  const hear = (file: string) => `new Promise((resolve) => {
    const seen = [];
    const worker = new Worker('${file}');
    worker.onmessage = ({ data }) => seen.push(['message', data]);
    worker.onerror = ({ message, lineno }) => seen.push(['error', message]);
    addEventListener('error', ({ message, error }) => (seen.push(['window', message, error]), setTimeout(resolve, 200, seen)));
    worker.postMessage({ error: 'heard' });
  })`;
  await page.goto(`${pages.site.url}/other`);
  const without = await page.evaluate(hear('/bare.js'));
  await page.goto(pages.newUrl());
  assert.deepEqual(await page.evaluate(hear('/classic.js')), without);
});
