import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from './browser.ts';
import { MortalCollector } from './mortal-collector.ts';
import { startSite } from './site.ts';
import { until } from './until.ts';

export interface Outlived {
  raised: number;
  /** Titles in the store that no error had, errors that are not there, and those that are there twice. */
  missing: string[];
  double: string[];
}

/** A page breaks all the time while its collector is killed again and again at random moments. */
export async function outlive(page: Page, kills: number, random: () => number): Promise<Outlived> {
  const collector = new MortalCollector();
  await collector.start();
  // Of more than 1,000 in one issue it would keep a sample: a slow machine needs minutes for its kills.
  await collector.keepAll();
  const tag = `<script src="/pagefault.js" data-endpoint="${collector.endpoint}"></script>`;
  const html = `<!doctype html><title>shop</title><link rel="icon" href="data:,">${tag}`;
  const site = await startSite({ files: { '/': html, '/pagefault.js': readFileSync('dist/pagefault.js') } });
  try {
    await page.goto(site.url);
    await page.evaluate(() => {
      const shop = window as unknown as { raised: number; open: boolean };
      Object.assign(shop, { raised: 0, open: true });
      const breakOnce = () => {
        for (let i = Math.random() * 3; i > 0; i--) reportError(new Error(`Order ${shop.raised++} is lost`));
        if (shop.open) setTimeout(breakOnce, Math.random() * 1_200);
      };
      breakOnce();
    });
    for (let i = 0; i < kills; i++) {
      await sleep(random() * 700);
      await collector.kill();
      await collector.start();
      // What an outage of minutes would need: the page need not wait for its next try.
      if (i % 3 === 0) await page.evaluate('dispatchEvent(new Event("online"))');
    }
    const raised = await page.evaluate<number>('(window.open = false, window.raised)');
    await page.evaluate('dispatchEvent(new Event("online"))');
    await page.waitFor('localStorage.length === 0', 60_000);
    let titles: string[] = [];
    await until(
      async () => new Set((titles = await collector.titles())).size >= raised,
      () => ({ raised, kept: titles.length }),
      60_000,
    ).catch(() => undefined);
    const kept = new Set(titles);
    return {
      raised,
      missing: Array.from({ length: raised }, (_, i) => `Error: Order ${i} is lost`).filter((each) => !kept.has(each)),
      double: titles.filter((title, i) => titles.indexOf(title) !== i),
    };
  } finally {
    await site.close();
    await collector.close();
  }
}
