import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { browserTest, type Engine } from '../helpers/browser.ts';
import { startReportedPages, type ReportedPages } from '../helpers/reported-page.ts';

/** Each of these is thrown in a timer, and what is reported is `type: value`. */
const thrown: Record<string, string> = {
  "new TypeError('no')": 'TypeError: no',
  "new (class PaymentError extends Error {})('declined')": 'Error: declined',
  "Object.freeze(new Error('ice'))": 'Error: ice',
  "'text'": 'string: text',
  '7': 'number: 7',
  null: 'null: null',
  undefined: 'undefined: undefined',
  "Symbol('s')": 'symbol: Symbol(s)',
  '({ code: 5, list: [1] })': 'Object: {"code":5,"list":[1]}',
  'Object.create(null)': 'Object: {}',
  "new DOMException('gone', 'NotFoundError')": 'NotFoundError: gone',
  'document.body': 'HTMLBodyElement: html > body',
  "new Event('ping')": 'Event: ping on ',
  "({ get message() { throw new Error('never seen') } })": 'Object: {"message":"(getter)"}',
  // Vue 2 makes accessors of all data.
  "Object.defineProperty({ code: 5 }, 'total', { enumerable: true, get: () => 7, set() {} })":
    'Object: {"code":5,"total":"(getter)"}',
  '(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })()': 'Proxy: Proxy',
  "new foreign.RangeError('far')": 'RangeError: far',
};

let pages: ReportedPages;
before(async () => {
  pages = await startReportedPages();
});
after(() => pages.close());

browserTest('reports every kind of thrown value', async ({ page }) => {
  const url = pages.newUrl();
  await page.goto(url);
  const throwAll = (expressions: string[]) => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const foreign = frame.contentWindow;
    for (const expression of expressions) {
      setTimeout(() => {
        throw new Function('foreign', `return (${expression})`)(foreign);
      });
    }
    return new Promise((resolve) => setTimeout(resolve, 100));
  };
  await page.evaluate(throwAll, Object.keys(thrown));
  const events = await pages.eventsOf(page, url);
  const found = events.map(({ exceptions: [first] }) => `${first?.type}: ${first?.value}`);
  assert.deepEqual(found.sort(), Object.values(thrown).sort());
  assert.ok(events.every(({ mechanism, handled }) => mechanism === 'onerror' && !handled));
});

browserTest('reports every kind of rejected value', async ({ page }) => {
  const url = pages.newUrl();
  await page.goto(url);
  const rejected = Object.entries(thrown).filter(([expression]) => !expression.includes('foreign'));
  const rejectAll = (expressions: string[]) => {
    for (const expression of expressions) void Promise.reject(new Function(`return (${expression})`)());
    return new Promise((resolve) => setTimeout(resolve, 100));
  };
  await page.evaluate(
    rejectAll,
    rejected.map(([expression]) => expression),
  );
  const events = await pages.eventsOf(page, url);
  const found = events.map(({ exceptions: [first] }) => `${first?.type}: ${first?.value}`);
  assert.deepEqual(found.sort(), rejected.map(([, text]) => text).sort());
  assert.ok(events.every(({ mechanism }) => mechanism === 'onunhandledrejection'));
});

browserTest('reports causes and members, and one error object once', async ({ page }) => {
  const url = pages.newUrl();
  await page.goto(url);
  await page.evaluate(() => {
    const cause = new TypeError('why');
    const error = new AggregateError([new Error('one'), 'two'], 'all', { cause });
    void Promise.reject(error);
    window.pagefault.captureException(error);
    setTimeout(() => {
      throw error;
    });
    return new Promise((resolve) => setTimeout(resolve, 100));
  });
  const events = await pages.eventsOf(page, url);
  assert.equal(events.length, 1);
  const shown = events[0]?.exceptions.map(({ type, value, parent, relation }) => [type, value, parent, relation]);
  assert.deepEqual(shown, [
    ['AggregateError', 'all', undefined, undefined],
    ['TypeError', 'why', 0, 'cause'],
    ['Error', 'one', 0, 'member'],
    ['string', 'two', 0, 'member'],
  ]);
});

browserTest('says of a script of another origin what the browser lets a page know', async ({ page, engine }) => {
  const other = await startReportedPages({ '/masked.js': "setTimeout(() => { throw new Error('hidden') })" });
  const url = pages.newUrl();
  await page.goto(url);
  await page.evaluate(
    (src: string) => {
      const script = Object.assign(document.createElement('script'), { src });
      document.head.append(script);
      return new Promise((resolve) => (script.onload = () => setTimeout(resolve, 100)));
    },
    `${other.site.url}/masked.js`.replace('127.0.0.1', 'localhost'),
  );
  const [event] = await pages.eventsOf(page, url);
  await other.close();
  const messages: Record<Engine, string> = {
    chromium: 'Script error.',
    // It masks nothing under automation.
    firefox: 'hidden',
    webkit: 'Script error.',
  };
  assert.equal(event?.exceptions[0]?.value, messages[engine]);
});
