import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { browserTest } from '../helpers/browser.ts';
import { startReportedPages, type ReportedPages } from '../helpers/reported-page.ts';

let pages: ReportedPages;
before(async () => {
  let url = '';
  let endpoint = '';
  const withScripts = (...names: string[]) => `<!doctype html><title>Told</title>
    <script src="${url}/pagefault.js" data-endpoint="${endpoint}"></script>
    ${names.map((name) => `<script src="${url}/pagefault-${name}.js"></script>`).join('')}<body>`;
  pages = await startReportedPages({
    '/console': (_, response) => response.end(withScripts('console', 'logger')),
    '/reports': (_, response) => response.end(withScripts('reports')),
  });
  ({ url, endpoint } = pages.collector);
});
after(() => pages.close());

browserTest('what the page gives to console.error is reported where that was asked for', async ({ page }) => {
  const url = pages.newUrl('/console');
  await page.goto(url);
  const looks = await page.evaluate(() => {
    const complain = () => console.error('Stock is', { left: 0 }, 7);
    complain();
    const error = new RangeError('logged, then thrown');
    console.error('Checkout failed', error);
    setTimeout(() => {
      throw error;
    });
    console.warn('no error');
    // What a logger prints is its record's, no event.
    const { createLogger } = (window as unknown as { pagefault: { createLogger(name: string): Console } }).pagefault;
    createLogger('shop').error('Logged');
    return new Promise((done) =>
      setTimeout(() => done([String(console.error), console.error.name, console.error.length]), 50),
    );
  });
  assert.match(String((looks as string[])[0]), /^function error\(\) {\s+\[native code]\s}$/);
  assert.deepEqual((looks as unknown[]).slice(1), ['error', 0]);
  const events = await pages.eventsOf(page, url);
  const shown = events.map(({ mechanism, handled, level, exceptions: [first] }) => [
    ...[mechanism, handled, level, first?.type, first?.value],
  ]);
  assert.deepEqual(shown, [
    ['console', true, 'error', 'console.error', 'Stock is Object 7'],
    ['console', true, 'error', 'RangeError', 'logged, then thrown'],
  ]);
  assert.match(events[0]?.exceptions[0]?.frames[0]?.function ?? '', /complain/);
});

browserTest(
  'what the browser says of the page is reported where that was asked for',
  async ({ page }) => {
    const url = pages.newUrl('/reports');
    await page.goto(url);
    await page.evaluate(`new Promise((done) => {
      const script = document.createElement('script');
      script.textContent = "const xhr = new XMLHttpRequest(); xhr.open('GET', '/other', false); xhr.send();";
      document.body.append(script);
      setTimeout(done, 500);
    })`);
    const [event, ...more] = await pages.eventsOf(page, url);
    assert.deepEqual(more, []);
    assert.deepEqual([event?.mechanism, event?.level, event?.handled], ['report', 'warning', true]);
    assert.equal(event?.exceptions[0]?.type, 'Deprecation');
    assert.match(event?.exceptions[0]?.value ?? '', /^Synchronous `XMLHttpRequest`/);
    assert.ok(event?.exceptions[0]?.frames[0]?.lineno);
  },
  { skip: { firefox: 'it makes no such reports', webkit: 'it makes no such reports' } },
);
