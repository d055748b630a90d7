import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import type { Options } from '../../src/client/index.ts';
import { browserTest, type Page } from '../helpers/browser.ts';
import { startReportedPages, type ReportedPages } from '../helpers/reported-page.ts';

let pages: ReportedPages;
before(async () => {
  pages = await startReportedPages();
});
after(() => pages.close());

/** Begins anew with these options. */
const start = async (page: Page, options: Omit<Options, 'endpoint'>) => {
  const url = pages.newUrl();
  await page.goto(url);
  await page.evaluate(
    (all: Options) => {
      window.pagefault.close();
      window.pagefault.init(all);
    },
    { ...options, endpoint: pages.collector.endpoint },
  );
  return url;
};

browserTest('an event tells of its page, and what the site has said', async ({ page }) => {
  const url = await start(page, {
    ...{ release: '1.4.2', environment: 'staging', user: { id: '41' } },
    ...{ tags: { plan: 'pro' }, extra: { cart: { items: 3, cardNumber: '4111' } } },
  });
  const facts = await page.evaluate(() => {
    const { pagefault, screen, navigator } = window;
    pagefault.captureMessage('as init said');
    pagefault.setUser({ id: '42', email: 'ada@example.org' });
    pagefault.setTag('shop', 'north');
    pagefault.setExtra('order', { number: 7, password: 'hunter2' });
    pagefault.captureMessage('as was said later');
    pagefault.setUser(null);
    pagefault.captureMessage('without a user');
    const { deviceMemory, connection } = navigator as {
      deviceMemory?: number;
      connection?: { effectiveType?: string };
    };
    return {
      url: location.href,
      title: document.title,
      viewport: [innerWidth, innerHeight],
      screen: [screen.width, screen.height],
      pixelRatio: devicePixelRatio,
      language: navigator.language,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      visibility: document.visibilityState,
      online: navigator.onLine,
      ...(connection?.effectiveType && { connection: connection.effectiveType }),
      ...(deviceMemory && { memory: deviceMemory }),
    };
  });
  const events = await pages.eventsOf(page, url);
  const told = Object.fromEntries(events.map((event) => [event.message, event]));
  const [first, second, third] = ['as init said', 'as was said later', 'without a user'].map((text) => told[text]);
  const { referrer = '', leaving = false, ...shown } = first?.page ?? {};
  assert.deepEqual(shown, facts);
  assert.deepEqual([referrer, leaving], ['', false]);
  assert.deepEqual([first?.release, first?.environment, first?.user], ['1.4.2', 'staging', { id: '41' }]);
  assert.deepEqual([first?.tags, first?.extra], [{ plan: 'pro' }, { cart: { items: 3, cardNumber: '[masked]' } }]);
  assert.deepEqual(second?.user, { id: '42', email: 'ada@example.org' });
  assert.deepEqual(second?.tags, { plan: 'pro', shop: 'north' });
  assert.deepEqual(second?.extra?.['order'], { number: 7, password: '[masked]' });
  // Nobody's, though the batch names a user.
  assert.deepEqual(third?.user, {});
});

/** Asks for three answers, and gives those that were events. */
const failing = async (page: Page, url: string) => {
  await page.evaluate(async () => {
    for (const path of ['/answer/200', '/answer/404', '/answer/500']) await fetch(path);
  });
  return (await pages.eventsOf(page, url)).map(({ request }) => request?.status);
};

browserTest('which answers are events is the site’s to say', async ({ page }) => {
  assert.deepEqual(await failing(page, await start(page, { failedRequests: [404] })), [404]);
  assert.deepEqual(await failing(page, await start(page, { failedRequests: false })), []);
  const url = pages.newUrl();
  await page.goto(url);
  await page.evaluate((endpoint: string) => {
    window.pagefault.close();
    window.pagefault.init({ endpoint, failedRequests: (status, asked) => status < 500 && asked.endsWith('/200') });
  }, pages.collector.endpoint);
  assert.deepEqual(await failing(page, url), [200]);
});

browserTest('what is clicked inside of a shadow tree is named, not its host', async ({ page }) => {
  const url = pages.newUrl();
  await page.goto(url);
  await page.evaluate(() => {
    const host = document.body.appendChild(document.createElement('shop-cart'));
    const button = document.createElement('button');
    button.id = 'pay';
    host.attachShadow({ mode: 'open' }).append(button);
    button.click();
    window.pagefault.captureMessage('clicked');
  });
  const [event] = await pages.eventsOf(page, url);
  const clicks = event?.breadcrumbs.filter(({ kind }) => kind === 'click').map(({ text }) => text);
  assert.deepEqual(clicks, ['button#pay']);
});
