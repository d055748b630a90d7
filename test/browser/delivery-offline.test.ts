import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { browserTest, type Page } from '../helpers/browser.ts';
import { startScriptedCollector, type ScriptedCollector } from '../helpers/scripted-collector.ts';
import { startSite, type Site } from '../helpers/site.ts';
import { until } from '../helpers/until.ts';

let site: Site;

before(async () => {
  site = await startSite({
    files: {
      '/': ({ url }, response) => {
        const to = new URL(url ?? '', 'http://site').searchParams.get('to') ?? '';
        const tag = to && `<script src="/pagefault.js" data-endpoint="${to}"></script>`;
        response.setHeader('content-type', 'text/html;charset=utf-8');
        response.end(`<!doctype html><title>shop</title><link rel="icon" href="data:,">${tag}`);
      },
      '/pagefault.js': readFileSync('dist/pagefault.js'),
    },
  });
});

after(() => site.close());

async function withCollector(run: (collector: ScriptedCollector, url: string) => Promise<void>) {
  const collector = await startScriptedCollector();
  try {
    await run(collector, `${site.url}/?${new URLSearchParams({ to: collector.endpoint })}`);
  } finally {
    await collector.stop();
  }
}

/** Takes the network from the page; where no driver can, from the collector: then nothing listens on its port. */
async function cut(page: Page, collector: ScriptedCollector): Promise<() => Promise<void>> {
  if (await page.setOffline(true)) {
    await page.waitFor('!navigator.onLine');
    return async () => void (await page.setOffline(false));
  }
  await collector.stop();
  return async () => {
    await collector.start();
    await page.evaluate('dispatchEvent(new Event("online"))').catch(() => undefined);
  };
}

const raise = (page: Page, count: number, what: string) =>
  page.evaluate(
    (count, what) => {
      for (let i = 0; i < count; i++) reportError(new Error(`${what} ${i}`));
    },
    count,
    what,
  );

const counted = (collector: ScriptedCollector) =>
  [...collector.events.values()].reduce((sum, { count = 1 }) => sum + count, 0);

const allCounted = (collector: ScriptedCollector, count: number) =>
  until(
    () => counted(collector) >= count,
    () => [...collector.events.values()],
  );

browserTest('what happens offline arrives once as soon as the network is back', async ({ page }) =>
  withCollector(async (collector, url) => {
    await page.goto(url);
    const mend = await cut(page, collector);
    const before = collector.requests.length;
    await raise(page, 3, 'Basket');
    await raise(page, 3, 'Basket');
    await sleep(2_500);
    assert.equal(collector.requests.length, before);
    await mend();
    await allCounted(collector, 6);
    await page.waitFor('localStorage.length === 0');
    assert.equal(counted(collector), 6);
    const noise = page.consoleMessages()?.filter(({ text }) => /pagefault|ERR_|\/in\//.test(text));
    assert.deepEqual(noise ?? [], [], 'nothing is asked of a network that is gone');
  }),
);

browserTest(
  'what happens in a visit that is never online arrives at the next, with its counts',
  async ({ page, browser }) =>
    withCollector(async (collector, url) => {
      await page.goto(url);
      const mend = await cut(page, collector);
      await raise(page, 4, 'Basket');
      for (let times = 0; times < 5; times++) await raise(page, 2, 'Stock');
      const other = await browser.newPage();
      await page.close();
      await mend().catch(() => undefined);
      await other.goto(url);
      await allCounted(collector, 14);
      await other.waitFor('localStorage.length === 0');
      assert.equal(counted(collector), 14);
    }),
);
