import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Batch, BatchEvent } from '../../src/protocol/batch.ts';
import { browserTest } from '../helpers/browser.ts';
import { place, press, seesAll, textsOf } from '../helpers/by-role.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';
import { startSite, type Site } from '../helpers/site.ts';
import { report, sees, signIn } from '../helpers/viewer.ts';

let collector: TestCollector;
let site: Site;

before(async () => {
  collector = await startCollector();
  site = await startSite({
    files: {
      // A page whose clock is wrong by so many hours; one that may not report yet.
      '/': ({ url = '' }, response) => {
        const { searchParams } = new URL(url, 'http://site');
        response.setHeader('content-type', 'text/html;charset=utf-8');
        if (searchParams.has('forbidden')) response.setHeader('content-security-policy', "connect-src 'self'");
        response.end(`<!doctype html><title>Kitchen</title><link rel="icon" href="data:,">
          <script>
            const now = Date.now, wrongBy = 3_600_000 * ${Number(searchParams.get('hours'))};
            Date.now = () => now() + wrongBy;
            const spill = (what) => reportError(new Error(what + ' ran over'));
          </script>
          <script src="${collector.url}/pagefault.js" data-endpoint="${collector.endpoint}"></script>`);
      },
    },
  });
});
after(async () => {
  await site.close();
  await collector.close();
});

const at = Date.now() - 60_000;

/** Each test's issue is its own, whatever the grouping would say. */
const broken = (name: string): Partial<BatchEvent> => ({
  at,
  fingerprint: [name],
  exceptions: [
    { type: 'TypeError', value: `${name} has no price`, stack: 0 },
    { type: 'SyntaxError', value: 'Unexpected end of JSON input', stack: 1, parent: 0, relation: 'cause' },
  ],
  trail: [0, 3],
});

const context: Partial<Batch> = {
  release: '4.2.0',
  user: { id: 'u7', email: 'ada@shop.example' },
  tags: { plan: 'team' },
  device: { kind: 'desktop' },
  files: ['https://shop.example/shop.js', 'https://shop.example/node_modules/lib.js'],
  frames: [
    ['addToCart', 0, 12, 5],
    ['dispatch', 1, 3, 9],
    ['parsePrice', 0, 77, 2],
  ],
  stacks: [[0, 1], [2]],
  trail: [
    { at: at - 5_000, kind: 'navigation', text: '/ → /cart' },
    { at: at - 2_500, kind: 'click', text: 'button.buy' },
    { at: at - 900, kind: 'request', text: 'GET /api/price', data: { status: 503, durationMs: 120 } },
  ],
};

browserTest('the issue page tells what broke, where, after what, and for whom', async ({ page, engine }) => {
  const { issueId } = await report(collector, broken(`Pot ${engine} a`), context);
  await signIn(page, collector, `/issues/${issueId}`);
  await sees(page, `Pot ${engine} a has no price`);
  await sees(page, '1 event from 1 user');
  assert.match(await page.evaluate<string>('document.title'), /TypeError: Pot/);
  for (const text of ['addToCart', 'shop.js:12:5', 'Caused by', 'SyntaxError: Unexpected end of JSON input']) {
    await sees(page, text);
  }
  for (const text of ['−5.0 s', '/ → /cart', 'button.buy', '−900 ms', '503 · 120 ms']) await sees(page, text);
  for (const text of ['Firefox 140.0', 'Linux', 'https://shop.example/cart', '4.2.0', 'ada@shop.example', 'team']) {
    await sees(page, text);
  }
  await sees(page, 'Why these are one issue');
  const kinds = async () =>
    (await textsOf(page, 'listitem', place('list', 'Timeline'))).map(
      (line) => line.match(/navigation|click|request|error/)?.[0],
    );
  await press(page, 'click');
  await press(page, 'request');
  assert.deepEqual(await kinds(), ['click', 'request', 'error'], 'the kinds that are chosen, and the end');
  await press(page, 'click');
  assert.deepEqual(await kinds(), ['request', 'error']);
  await press(page, 'request');
  assert.equal((await kinds()).length, 4, 'none chosen shows all');
  await press(page, 'Raw event JSON');
  await sees(page, '"value": "Unexpected end of JSON input"');
});

browserTest('resolving survives a reload, and the issue can be opened again', async ({ page, engine }) => {
  const { issueId } = await report(collector, broken(`Pan ${engine} b`), context);
  await signIn(page, collector, `/issues/${issueId}`);
  await press(page, 'Resolve');
  await sees(page, 'Reopen');
  await page.reload();
  await sees(page, 'Reopen');
  await sees(page, 'resolved');
  await press(page, 'Reopen');
  await sees(page, 'Ignore');
});

browserTest('a newer event is offered, and one steps between events by links', async ({ page, engine }) => {
  const first = await report(collector, broken(`Lid ${engine} c`), context);
  await signIn(page, collector, `/issues/${first.issueId}`);
  await sees(page, 'Latest event');
  await report(collector, { ...broken(`Lid ${engine} c`), user: { id: 'u8', name: 'Grace' } }, context);
  await sees(page, '2 events from 2 users');
  await press(page, 'A newer event has arrived — show');
  await sees(page, 'Grace');
  await press(page, 'Previous');
  await page.waitFor(`location.search === '?event=${first.id}'`);
  await sees(page, 'ada@shop.example');
  await page.reload();
  await sees(page, 'ada@shop.example');
});

browserTest('a failed request is told in words', async ({ page, engine }) => {
  const url = `https://shop.example/api/${engine}/checkout`;
  const request = { method: 'POST', url, status: 502, durationMs: 1_300, failure: 'http' as const };
  const { issueId } = await report(collector, { exceptions: [], mechanism: 'request', request });
  await signIn(page, collector, `/issues/${issueId}`);
  await sees(page, 'It was answered with status 502 after 1.3 s.');
});

browserTest('"Script error." comes with its cure', async ({ page }) => {
  const { issueId } = await report(
    collector,
    { exceptions: [{ type: 'Error', value: 'Script error.', stack: 0 }] },
    { files: ['https://widgets.example/chat.js'], frames: [['', 0, 0, 0]], stacks: [[0]] },
  );
  await signIn(page, collector, `/issues/${issueId}`);
  await sees(page, '<script src="https://widgets.example/chat.js" crossorigin="anonymous"></script>');
  await sees(page, 'Access-Control-Allow-Origin: *');
});

browserTest(
  'a bar filters the events of the issue: table, neighbours, chart and address follow until all are shown again',
  async ({ page, engine }) => {
    const chrome = { browser: { name: 'Chrome', version: '156.0.0.0' } };
    const seenBy = (name: string, more: Partial<Batch> = {}) =>
      report(collector, broken(`Jug ${engine} d`), { ...context, user: { id: name, name }, ...more });
    const { issueId, id } = await seenBy('Ada', chrome);
    await seenBy('Bob');
    await seenBy('Cid', chrome);
    await seenBy('Dan');
    await signIn(page, collector, `/issues/${issueId}`);
    await sees(page, 'Dan');
    await press(page, 'Chrome 156');
    await page.waitFor(`new URLSearchParams(location.search).get('filter') === 'browser:"Chrome 156.0.0.0"'`);
    await sees(page, 'Cid');
    await sees(page, '2 events in all');
    await sees(page, 'Chrome 156');
    await press(page, 'Events with these values 2 events');
    await seesAll(page, 'row', (rows) => rows.length === 3);
    await press(page, 'Previous');
    await sees(page, 'Ada');
    await page.reload();
    await sees(page, 'Ada');
    await sees(page, 'Only events with');
    assert.equal(await page.evaluate(`new URLSearchParams(location.search).get('event')`), id);
    await press(page, 'Show all events');
    await sees(page, '4 events in all');
    await sees(page, 'Dan');
    assert.equal(await page.evaluate('location.search'), '');
  },
);

browserTest('an issue is copied as Markdown', async ({ page, engine }) => {
  const { issueId } = await report(collector, broken(`Cup ${engine} e`), context);
  await signIn(page, collector, `/issues/${issueId}`);
  await page.evaluate(`void (navigator.clipboard.writeText = async (text) => void (window.copied = text))`);
  await press(page, 'Copy as Markdown');
  await sees(page, 'Copied');
  const text = await page.evaluate<string>('window.copied');
  assert.ok(text.startsWith(`# \`TypeError: Cup ${engine} e has no price\``), text);
  assert.ok(text.includes('−2.5 s click: button.buy'), text);
});

browserTest(
  'times and order are right though clocks of pages are wrong, and a report comes days late',
  async ({ page, engine }) => {
    const what = `Pan ${engine} f`;
    const shown = ['/?hours=5', '/?hours=-30', '/?forbidden&hours=-72'];
    for (const path of [...shown.slice(2), '/?hours=0', ...shown.slice(0, 2).toReversed()]) {
      await page.goto(site.url + path);
      if (path === '/?hours=0') await page.waitFor('localStorage.length === 0');
      else await page.evaluate(`spill(${JSON.stringify(what)})`);
      if (!path.includes('forbidden')) await page.evaluate('pagefault.flush()');
    }
    await collector.digested();
    const { issueId } = await collector.waitForEvent(({ event }) => event.exceptions[0]?.value === `${what} ran over`);
    await signIn(page, collector, `/issues/${issueId}`);
    await sees(page, 'First seen 3 days ago');
    await sees(page, 'Latest event');
    await press(page, 'All events 3 events');
    await sees(page, '?forbidden');
    const [, ...rows] = await textsOf(page, 'row', place('region', 'All events'));
    assert.equal(rows.length, 3);
    for (const [at, path] of shown.entries()) {
      assert.ok(rows[at]?.includes(site.url + path), path);
      assert.equal(rows[at]?.startsWith('3 days ago'), at === 2, path);
    }
    await press(page, 'Previous');
    await page.waitFor('!document.body.innerText.includes("Latest event")');
    await press(page, 'Previous');
    await sees(page, 'Event 3 days ago');
    await sees(page, 'Arrived');
  },
);
