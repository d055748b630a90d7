import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before } from 'node:test';
import type * as source from '../../src/client/index.ts';
import type { DroppedList, Project } from '../../src/protocol/api.ts';
import { browserTest, type Page } from '../helpers/browser.ts';
import { startReportedPages, type ReportedPages } from '../helpers/reported-page.ts';
import { startSite } from '../helpers/site.ts';
import { until } from '../helpers/until.ts';

let pages: ReportedPages;
before(async () => {
  pages = await startReportedPages({ '/copy.js': readFileSync('dist/index.js', 'utf8') });
});
after(() => pages.close());

/** What was dropped in the page since the collector began, by reason. */
async function droppedCounts(): Promise<Record<string, number>> {
  const [project] = await pages.collector.api<Project[]>('/api/projects');
  const { dropped } = await pages.collector.api<DroppedList>(`/api/projects/${project?.id}/dropped`);
  return Object.fromEntries(dropped.map(({ reason, count }) => [reason, count]));
}

const openNew = async (page: Page) => {
  const url = pages.newUrl();
  await page.goto(url);
  return url;
};

browserTest('a rejection that is handled later is marked, or withdrawn while it waits', async ({ page }) => {
  const url = await openNew(page);
  const before = (await droppedCounts())['handled'] ?? 0;
  await page.evaluate(async () => {
    const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    const reject = (error: Error) => Promise.reject(error);
    const [late, waiting, never] = [new Error('late'), new TypeError('Failed to fetch'), new Error('never')].map(
      reject,
    );
    await wait(100);
    // Failures of the network wait for half a second.
    waiting?.catch(() => {});
    await wait(400);
    late?.catch(() => {});
    await wait(600);
    return void never;
  });
  const events = await pages.eventsOf(page, url);
  const seen = () => events.map(({ exceptions, handled }) => [exceptions[0]?.value, handled]);
  assert.deepEqual(seen().sort(), [
    ['late', true],
    ['never', false],
  ]);
  await page.evaluate(async () => {
    window.pagefault.captureMessage('counts');
    await window.pagefault.flush();
  });
  await until(
    async () => (await droppedCounts())['handled'] === before + 1,
    () => 'what was withdrawn is not counted once',
  );
});

browserTest('a tag, a second tag and two packages report each error once, whoever is asked', async ({ page }) => {
  const url = await openNew(page);
  const endpoint = pages.collector.endpoint;
  await page.evaluate(async (to: string) => {
    const add = (query: string) => import(`/copy.js?${query}`) as Promise<typeof window.pagefault>;
    const [first, second] = [await add('1'), await add('2')];
    first.init({ endpoint: to });
    second.init({ endpoint: to });
    const tag = document.querySelector('script');
    const again = document.createElement('script');
    again.src = tag?.src ?? '';
    again.dataset['endpoint'] = to;
    await new Promise((resolve) => {
      again.onload = resolve;
      document.body.append(again);
    });
    second.setTag('by', 'second');
    setTimeout(() => {
      throw new Error('thrown once');
    });
    first.captureException(new Error('by the first'));
    second.captureMessage('by the second');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }, endpoint);
  const events = await pages.eventsOf(page, url);
  assert.deepEqual(
    events.map(({ exceptions, message, tags }) => [exceptions[0]?.value ?? message, tags?.['by']]).sort(),
    [
      ['by the first', 'second'],
      ['by the second', 'second'],
      ['thrown once', 'second'],
    ],
  );
});

browserTest('what the content policy forbids is told with directive and address', async ({ page }) => {
  const url = await openNew(page);
  await page.evaluate(async () => {
    const policy = document.createElement('meta');
    policy.httpEquiv = 'content-security-policy';
    policy.content = "img-src 'none'";
    document.head.append(policy);
    const violation = new Promise((resolve) => addEventListener('securitypolicyviolation', resolve));
    const image = document.createElement('img');
    image.src = 'http://127.0.0.1:1/pixel.png';
    document.body.append(image);
    await violation;
  });
  const events = (await pages.eventsOf(page, url)).filter(({ mechanism }) => mechanism === 'csp');
  assert.deepEqual(
    events.map(({ exceptions: [first] }) => [first?.type, first?.value]),
    [['PolicyError', 'img-src blocked http://127.0.0.1:1/pixel.png']],
  );
});

browserTest('each request that the content policy forbids is one report, which says so', async ({ page }) => {
  const url = await openNew(page);
  await page.evaluate(async () => {
    const policy = document.createElement('meta');
    policy.httpEquiv = 'content-security-policy';
    policy.content = `connect-src ${new URL(document.querySelector('script')?.dataset['endpoint'] ?? '').origin}`;
    document.head.append(policy);
    const count = (type: string, target: EventTarget, done: () => void, times = 1) =>
      target.addEventListener(type, () => --times || done());
    const violations = new Promise<void>((done) => count('securitypolicyviolation', document, done, 5));
    await Promise.allSettled([fetch('http://127.0.0.1:1/at-once'), fetch('http://127.0.0.1:1/at-once')]);
    await fetch('http://127.0.0.1:1/fetched?token=secret#part', { method: 'PUT' }).catch(() => {});
    const xhr = new XMLHttpRequest();
    xhr.open('GET', 'http://127.0.0.1:1/asked');
    const end = new Promise<void>((done) => count('loadend', xhr, done));
    xhr.send();
    await end;
    // No request that we see: the violation alone tells of it.
    try {
      new EventSource('http://127.0.0.1:1/source');
    } catch {
      // WebKit throws, and tells of it as well.
    }
    await violations;
    await new Promise((resolve) => setTimeout(resolve, 1500));
  });
  const events = await pages.eventsOf(page, url);
  assert.deepEqual(
    events
      .map(({ mechanism, request, exceptions: [first] }) => [mechanism, request?.failure, first?.value])
      .sort(([, , a], [, , b]) => String(a).localeCompare(String(b))),
    [
      ['csp', undefined, 'connect-src blocked http://127.0.0.1:1/source'],
      ['request', 'csp', 'GET http://127.0.0.1:1/asked failed: csp'],
      ['request', 'csp', 'GET http://127.0.0.1:1/at-once failed: csp'],
      ['request', 'csp', 'GET http://127.0.0.1:1/at-once failed: csp'],
      ['request', 'csp', 'PUT http://127.0.0.1:1/fetched failed: csp'],
    ],
  );
});

browserTest('a policy that only reports is not why a request failed', async ({ page }) => {
  const { collector } = pages;
  const site = await startSite({
    files: {
      '/': `<!doctype html><link rel="icon" href="data:,"><script src="${collector.url}/pagefault.js" data-endpoint="${collector.endpoint}"></script>`,
    },
    headers: { 'content-security-policy-report-only': `connect-src ${collector.url}` },
  });
  const url = `${site.url}/?reported`;
  await page.goto(url);
  await page.evaluate(`fetch('http://127.0.0.1:1/gone').catch(() => new Promise((done) => setTimeout(done, 700)))`);
  const events = await pages.eventsOf(page, url);
  await site.close();
  // Chromium tells of the violation twice.
  const told = new Set(events.map(({ request, exceptions: [first] }) => `${request?.failure}: ${first?.value}`));
  assert.deepEqual([...told].sort(), [
    'network: GET http://127.0.0.1:1/gone failed: network',
    'undefined: connect-src would have blocked http://127.0.0.1:1/gone',
  ]);
});

browserTest('imports, chunks and module scripts that are gone are one issue', async ({ page }) => {
  const url = await openNew(page);
  await page.evaluate(async () => {
    const gone = '/gone.js';
    void import(gone);
    setTimeout(() => {
      throw new Error('Loading chunk 7 failed. (error: https://shop.example/7.js)');
    });
    const script = document.createElement('script');
    script.type = 'module';
    script.src = '/gone-too.js';
    document.body.append(script);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  });
  const events = await pages.eventsOf(page, url);
  assert.equal(events.length, 3, JSON.stringify(events.map(({ exceptions }) => exceptions[0]?.value)));
  const stored = (await pages.collector.events()).filter(({ event }) => event.page?.url === url);
  assert.equal(new Set(stored.map(({ issueId }) => issueId)).size, 1);
});

browserTest('noise is dropped by named rules and counted', async ({ page }) => {
  const url = await openNew(page);
  const before = await droppedCounts();
  await page.evaluate(() => {
    const error = new Error('x');
    error.stack = 'Error: x\n    at a (chrome-extension://abc/content.js:1:1)';
    dispatchEvent(new ErrorEvent('error', { message: 'x', error }));
    dispatchEvent(new ErrorEvent('error', { message: 'ResizeObserver loop limit exceeded' }));
    window.pagefault.captureMessage('not noise');
  });
  const events = await pages.eventsOf(page, url);
  assert.deepEqual(
    events.map(({ message }) => message),
    ['not noise'],
  );
  const counts = await droppedCounts();
  for (const rule of ['extension', 'resize-observer']) assert.equal(counts[rule], (before[rule] ?? 0) + 1, rule);
});

browserTest('a wrapped function reports what it throws once, and throws it on', async ({ page }) => {
  const url = await openNew(page);
  const caught = await page.evaluate(async (to: string) => {
    const { init, wrap } = (await import('/copy.js?3' as string)) as typeof source;
    init({ endpoint: to });
    const add = wrap(function (this: { base: number }, more: number) {
      if (more < 0) throw new Error('less than nothing');
      return this.base + more;
    });
    setTimeout(() => add.call({ base: 1 }, -1));
    await new Promise((resolve) => setTimeout(resolve, 100));
    return add.call({ base: 1 }, 2);
  }, pages.collector.endpoint);
  assert.equal(caught, 3);
  const events = await pages.eventsOf(page, url);
  assert.deepEqual(
    events.map(({ mechanism, handled, exceptions }) => [mechanism, handled, exceptions[0]?.value]),
    [['wrap', false, 'less than nothing']],
  );
});
