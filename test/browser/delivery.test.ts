import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { after, before } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { browserTest, type BrowserTest, type Page } from '../helpers/browser.ts';
import { startScriptedCollector, type ScriptedCollector } from '../helpers/scripted-collector.ts';
import { startSite, type Site } from '../helpers/site.ts';
import { until } from '../helpers/until.ts';

let site: Site;

/** The path says what the page is like, its query where it reports to. */
const prologues: Record<string, string> = {
  '/': '',
  '/forbidding': '',
  // As a content blocker with EasyPrivacy: beacons seem to be taken, and never leave.
  '/blocking': '<script>navigator.sendBeacon = () => true</script>',
  '/denied': `<script>Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })</script>`,
  '/full': `<script>for (let size = 1 << 22; size; size >>= 1) { let i = 0; try { for (;;) localStorage.setItem('own' + size + '-' + i++, 'x'.repeat(size)) } catch {} }</script>`,
};

before(async () => {
  const tag = (url: URL) => `<script src="/pagefault.js" data-endpoint="${url.searchParams.get('to')}"></script>`;
  const page = (path: string) => (request: { url?: string | undefined }, response: ServerResponse) => {
    const url = new URL(request.url ?? '', 'http://site');
    response.setHeader('content-type', 'text/html;charset=utf-8');
    if (path === '/forbidding') response.setHeader('content-security-policy', "connect-src 'self'");
    const tags = tag(url).repeat(Number(url.searchParams.get('copies') ?? 1));
    response.end(`<!doctype html><title>${path}</title><link rel="icon" href="data:,">${prologues[path]}${tags}`);
  };
  const pages = Object.keys(prologues).map((path) => [path, page(path)] as const);
  site = await startSite({
    files: {
      ...Object.fromEntries(pages),
      '/away': '<!doctype html><title>away</title><link rel="icon" href="data:,">',
      '/swallow': () => undefined,
      '/pagefault.js': readFileSync('dist/pagefault.js'),
      '/worker.js': `addEventListener('install', () => skipWaiting());
        addEventListener('activate', (event) => event.waitUntil(clients.claim()));
        addEventListener('fetch', (event) =>
          event.respondWith(fetch(event.request).catch(() => new Response('You are offline.'))));`,
    },
  });
});

after(() => site.close());

const raise = (page: Page, count = 1, what = 'Out of stock') =>
  page.evaluate(
    (count, what) => {
      for (let i = 0; i < count; i++) reportError(new Error(`${what} ${i}`));
    },
    count,
    what,
  );

async function withCollector(run: (collector: ScriptedCollector, url: (path?: string) => string) => Promise<void>) {
  const collector = await startScriptedCollector();
  try {
    await run(collector, (path = '/') => {
      const url = new URL(path, site.url);
      url.searchParams.set('to', collector.endpoint);
      return url.href;
    });
  } finally {
    await collector.stop();
  }
}

const arrived = (collector: ScriptedCollector, count: number, timeoutMs?: number) =>
  until(
    () => collector.events.size >= count,
    () => [...collector.events.values()],
    timeoutMs,
  );

const warnings = (page: Page) => page.consoleMessages()?.filter(({ text }) => text.includes('pagefault:'));

const tomorrow = new Date(Date.now() + 86_400_000).toUTCString();
for (const behaviour of [503, 500, 429, { status: 429, retryAfter: 2 }, { status: 503, retryAfter: tomorrow }, 200]) {
  const isNumber = typeof behaviour === 'number';
  // A date is by a clock that the page does not know: the pause is then ours.
  const title = isNumber
    ? behaviour
    : `${behaviour.status} with Retry-After: ${isNaN(Number(behaviour.retryAfter)) ? 'a date' : behaviour.retryAfter}`;
  browserTest(`an answer ${title} is not the last word: everything arrives later, once`, async ({ page }) =>
    withCollector(async (collector, url) => {
      let refusals = 2;
      collector.behave = () => (refusals-- > 0 ? behaviour : 202);
      await page.goto(url());
      await raise(page, 3);
      await arrived(collector, 3);
      assert.equal(collector.events.size, 3);
      assert.ok(collector.requests.length < 9, `${collector.requests.length} requests`);
      if (!isNumber && behaviour.retryAfter === 2) {
        const [first = 0, ...others] = collector.requests;
        const early = others.filter((at) => at > first + 500 && at < first + 1_900);
        assert.deepEqual(early, [], 'nothing is asked before the time the collector named');
      }
      assert.deepEqual(warnings(page) ?? [], []);
    }),
  );
}

browserTest('what is too large for the collector is split until it fits', async ({ page }) =>
  withCollector(async (collector, url) => {
    collector.behave = ({ events }) => (events.length > 3 ? 413 : 202);
    await page.goto(url());
    await page.evaluate('dispatchEvent(new Event("offline"))');
    await raise(page, 80);
    await arrived(collector, 80);
  }),
);

for (const status of [400, 401]) {
  browserTest(`an answer ${status} is said once, and ends it`, async ({ page }) =>
    withCollector(async (collector, url) => {
      collector.behave = () => status;
      await page.goto(url());
      await raise(page, 2);
      await until(
        () => collector.requests.length > 0,
        () => 'no request',
      );
      await sleep(1_500);
      const { length } = collector.requests;
      assert.ok(length <= 2, `${length} requests`);
      await sleep(1_500);
      assert.equal(collector.requests.length, length, 'it is not tried again');
      assert.equal(await page.evaluate('localStorage.length'), 0);
      assert.equal(warnings(page)?.length ?? 1, 1);
    }),
  );
}

browserTest('what a collector that hangs never answered arrives at the next visit', async ({ page }) =>
  withCollector(async (collector, url) => {
    collector.behave = () => 'hang';
    await page.goto(url());
    await raise(page, 3);
    await page.goto(`${site.url}/away`);
    collector.behave = () => 202;
    await page.goto(url());
    await arrived(collector, 3);
    assert.equal(collector.events.size, 3);
  }),
);

browserTest('what happened while nothing could be reached arrives when it can', async ({ page }) =>
  withCollector(async (collector, url) => {
    await page.goto(url());
    await collector.stop();
    await raise(page, 3);
    await page.waitFor('localStorage.length >= 4');
    await collector.start();
    await page.evaluate('dispatchEvent(new Event("online"))');
    await arrived(collector, 3);
    await page.waitFor('localStorage.length === 0');
  }),
);

browserTest('what could not be sent in a whole visit arrives at the next, once', async ({ page, browser }) =>
  withCollector(async (collector, url) => {
    await page.goto(url());
    await collector.stop();
    await raise(page, 5);
    await page.goto(`${site.url}/away`);
    await collector.start();
    // Two tabs that are opened at the same time.
    const other = await browser.newPage();
    await Promise.all([page.goto(url()), other.goto(url())]);
    await arrived(collector, 5);
    await page.waitFor('localStorage.length === 0');
    assert.equal(collector.events.size, 5);
  }),
);

browserTest('a policy that forbids the collector is met once, said once, and loses nothing', async ({ page }) =>
  withCollector(async (collector, url) => {
    await page.goto(url('/forbidding'));
    await page.evaluate('(window.met = 0, document.addEventListener("securitypolicyviolation", () => met++))');
    await raise(page, 1, 'first');
    await page.waitFor('met > 0');
    await raise(page, 4, 'more');
    await sleep(2_500);
    assert.equal(await page.evaluate('met'), 1);
    assert.equal(warnings(page)?.length ?? 1, 1);
    await page.goto(url());
    await arrived(collector, 5);
  }),
);

browserTest('a blocker of beacons costs nothing', async ({ page }) =>
  withCollector(async (collector, url) => {
    await page.goto(url('/blocking'));
    await page.evaluate(
      'void addEventListener("pagehide", () => { for (let i = 0; i < 3; i++) reportError(new Error("leaving " + i)) })',
    );
    await raise(page, 2);
    await page.goto(`${site.url}/away`);
    await page.goto(url());
    await arrived(collector, 5);
    assert.equal(collector.events.size, 5);
  }),
);

for (const path of ['/denied', '/full']) {
  browserTest(`storage that is ${path.slice(1)} costs nothing while the page lives`, async ({ page }) =>
    withCollector(async (collector, url) => {
      let refusals = 2;
      collector.behave = () => (refusals-- > 0 ? 503 : 202);
      await page.goto(url(path));
      await raise(page, 20);
      await arrived(collector, 20);
    }),
  );
}

browserTest('an outbox that somebody spoilt is cleared, and spoils nothing', async ({ page }) =>
  withCollector(async (collector, url) => {
    await page.goto(`${site.url}/away`);
    await page.evaluate((endpoint) => {
      for (const [i, value] of ['', '{', 'null', '[]', '"x"', '{"id":1}', '{"context":7,"trail":8}'].entries()) {
        localStorage.setItem(`pagefault:${endpoint}:spoilt${i}`, value);
        localStorage.setItem(`pagefault:${endpoint}:spoilt${i}:event`, value);
      }
      localStorage.setItem('own', 'stays');
    }, collector.endpoint);
    await page.goto(url());
    await raise(page, 1);
    await arrived(collector, 1);
    await page.waitFor('Object.keys(localStorage).join() === "own"');
  }),
);

browserTest('a thousand different errors in one task all arrive', async ({ page }) =>
  withCollector(async (collector, url) => {
    await page.goto(url());
    await raise(page, 1_000);
    await arrived(collector, 1_000, 30_000);
    const counted = [...collector.events.values()].reduce((sum, { count = 1 }) => sum + count, 0);
    assert.equal(counted, 1_000);
  }),
);

browserTest('there is room for the beacons of the page, and we do without it', async ({ page }) =>
  withCollector(async (collector, url) => {
    collector.behave = () => 'hang';
    await page.goto(url());
    const long = 'x'.repeat(1_900);
    await raise(page, 60, long);
    assert.equal(
      await page.evaluate('navigator.sendBeacon("/away", "x".repeat(4000))'),
      true,
      'the page can send beacons',
    );
    await page.goto(`${site.url}/away`);
    collector.behave = () => 202;
    // What hangs holds all connections that a browser grants to a host.
    await collector.stop();
    await collector.start();
    await page.goto(url());
    await arrived(collector, 60);
  }),
);

const usesQuota = async ({ page }: BrowserTest) =>
  withCollector(async (collector, url) => {
    await page.goto(url());
    await page.evaluate(() => {
      // Firefox has no end of it.
      for (let i = 0; i < 16; i++) navigator.sendBeacon('/swallow', 'x'.repeat(4_000));
      for (let i = 0; i < 16; i++) navigator.sendBeacon('/swallow', 'x'.repeat(95));
    });
    await raise(page, 5);
    await arrived(collector, 5);
  });

// Nothing answers what it has sent.
browserTest('a page that uses all of the quota loses no report', usesQuota, { ownTab: true });

browserTest('two copies of the script report once', async ({ page }) =>
  withCollector(async (collector, url) => {
    await page.goto(url('/?copies=2'));
    await raise(page, 3);
    await arrived(collector, 3);
    await sleep(500);
    assert.equal(collector.events.size, 3);
  }),
);

browserTest('a page that came back out of the bfcache goes on reporting, each once', async ({ page }) =>
  withCollector(async (collector, url) => {
    await page.goto(url());
    await raise(page, 2, 'before');
    await page.goto(`${site.url}/away`);
    await page.back();
    await raise(page, 2, 'after');
    await arrived(collector, 4);
    await sleep(500);
    assert.equal(collector.events.size, 4);
  }),
);

browserTest('a service worker that answers for the network does not lose reports', async ({ page }) =>
  withCollector(async (collector, url) => {
    await page.goto(url());
    await page.evaluate('navigator.serviceWorker.register("/worker.js").then(() => 1)');
    await page.waitFor('navigator.serviceWorker.controller');
    await collector.stop();
    await raise(page, 3);
    await sleep(500);
    await collector.start();
    await arrived(collector, 3);
    assert.equal(collector.events.size, 3);
  }),
);

browserTest(
  'tabs at once, one back out of the bfcache, under a service worker, neither lose, double nor steal',
  async ({ page, browser }) =>
    withCollector(async (collector, url) => {
      let raised = 0;
      // Different ones, and repeats that one event counts as long as its tab may.
      const breakIn = async (tab: Page, what: string) => {
        await raise(tab, 3, what);
        for (let times = 0; times < 4; times++) await raise(tab, 1, `${what} again`);
        raised += 7;
      };
      const counted = () => [...collector.events.values()].reduce((sum, { count = 1 }) => sum + count, 0);
      await page.goto(url());
      await page.evaluate('navigator.serviceWorker.register("/worker.js").then(() => 1)');
      await page.waitFor('navigator.serviceWorker.controller');
      const other = await browser.newPage();
      await other.goto(url());
      await Promise.all([breakIn(page, 'one'), breakIn(other, 'two')]);
      await collector.stop();
      await Promise.all([breakIn(page, 'three'), breakIn(other, 'four')]);
      await page.goto(`${site.url}/away`);
      await page.back();
      await breakIn(page, 'five');
      // It finds in storage what the others still hold.
      const third = await browser.newPage();
      await third.goto(url());
      await third.waitFor('performance.now() > 2500');
      await collector.start();
      await breakIn(third, 'six');
      for (const tab of [page, other, third])
        await tab.evaluate('(dispatchEvent(new Event("online")), pagefault.flush())');
      await until(
        () => counted() >= raised,
        () => [...collector.events.values()],
      );
      await page.waitFor('localStorage.length === 0');
      assert.equal(counted(), raised);
    }),
);
