import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { browserTest } from '../helpers/browser.ts';
import { startReportedPages, type ReportedPages } from '../helpers/reported-page.ts';

let pages: ReportedPages;
before(async () => {
  pages = await startReportedPages();
});
after(() => pages.close());

/** Nothing listens there. */
const nowhere = 'http://127.0.0.1:1/nowhere';

browserTest('reports failed requests with method, URL and status, and says where they were made', async ({ page }) => {
  const url = pages.newUrl();
  await page.goto(url);
  await page.evaluate(async (nowhere: string) => {
    async function load() {
      await fetch('/answer/500?token=secret&tab=1', { method: 'post', body: 'text' });
      await fetch('/answer/404');
      await fetch(new Request('/answer/200'));
      await fetch(nowhere).catch(() => {});
      await fetch('/never', { signal: AbortSignal.timeout(50) }).catch(() => {});
    }
    await load();
    const send = (method: string, path: string) =>
      new Promise((resolve) => {
        const xhr = new XMLHttpRequest();
        xhr.open(method, path);
        xhr.onloadend = resolve;
        xhr.send();
      });
    await send('put', '/answer/500');
    await send('GET', nowhere);
    await send('GET', '/answer/404');
    // Failures of the network wait until it is clear that the page stays.
    await new Promise((resolve) => setTimeout(resolve, 700));
  }, nowhere);
  const events = await pages.eventsOf(page, url);
  const shown = events.map(({ request: r }) => [r?.method, r?.url.replace(pages.site.url, ''), r?.status, r?.failure]);
  assert.deepEqual(shown, [
    ['POST', '/answer/500?token=[masked]&tab=1', 500, 'http'],
    ['GET', nowhere, undefined, 'network'],
    ['GET', '/never', undefined, 'timeout'],
    ['PUT', '/answer/500', 500, 'http'],
    ['GET', nowhere, undefined, 'network'],
  ]);
  assert.ok(events.every(({ mechanism }) => mechanism === 'request'));
  assert.equal(events[0]?.exceptions[0]?.frames[0]?.function?.replace('async ', ''), 'load');
  const crumbs = events
    .at(-1)
    ?.breadcrumbs.filter(({ kind }) => kind === 'request')
    .map(({ text, data }) => [text.replace(pages.site.url, ''), data?.['status'] ?? data?.['failure']]);
  assert.deepEqual(crumbs?.slice(0, 4), [
    ['POST /answer/500?token=[masked]&tab=1', 500],
    ['GET /answer/404', 404],
    ['GET /answer/200', 200],
    [`GET ${nowhere}`, 'network'],
  ]);
});

browserTest('a failed request that nobody caught is one event, an aborted one none', async ({ page }) => {
  const url = pages.newUrl();
  await page.goto(url);
  await page.evaluate(async (nowhere: string) => {
    void fetch(nowhere);
    const controller = new AbortController();
    void fetch('/never', { signal: controller.signal });
    const xhr = new XMLHttpRequest();
    xhr.open('GET', '/never');
    xhr.send();
    setTimeout(() => (controller.abort(), xhr.abort()), 50);
    await new Promise((resolve) => setTimeout(resolve, 900));
  }, nowhere);
  const events = await pages.eventsOf(page, url);
  assert.deepEqual(
    events.map(({ mechanism, request }) => [mechanism, request?.failure]),
    [['request', 'network']],
  );
});

browserTest('reports resources that fail to load', async ({ page }) => {
  const url = pages.newUrl();
  await page.goto(url);
  await page.evaluate(async () => {
    const add = (name: string, fields: object) =>
      document.body.append(Object.assign(document.createElement(name), fields));
    add('img', { id: 'photo', src: '/missing.png' });
    add('script', { src: '/missing.js' });
    add('link', { rel: 'stylesheet', href: '/missing.css' });
    await new Promise((resolve) => setTimeout(resolve, 900));
  });
  const events = await pages.eventsOf(page, url);
  const shown = events.map(({ mechanism, request, exceptions }) => [
    mechanism,
    request?.url.replace(pages.site.url, ''),
    exceptions[0]?.value,
  ]);
  assert.deepEqual(shown.sort(), [
    ['resource', '/missing.css', 'html > body > link failed to load'],
    ['resource', '/missing.js', 'html > body > script failed to load'],
    ['resource', '/missing.png', 'img#photo failed to load'],
  ]);
});

browserTest('requests that leaving the page cuts off are no errors', async ({ page }) => {
  const url = pages.newUrl();
  await page.goto(url);
  await page.evaluate(() => {
    const xhr = new XMLHttpRequest();
    xhr.open('GET', '/never');
    xhr.send();
    void fetch('/never');
    document.body.append(Object.assign(new Image(), { src: '/never?image' }));
    import('/never?module' as string);
    setTimeout(() => (location.href = '/other'), 100);
  });
  await page.waitFor('location.pathname === "/other"');
  const next = pages.newUrl();
  await page.goto(next);
  // The next visit drains what the last one left.
  await page.waitFor('performance.now() > 2500');
  await pages.eventsOf(page, next);
  assert.deepEqual(await pages.eventsOf(page, url), []);
});
