import { setTimeout as sleep } from 'node:timers/promises';
import { startChromium } from '../../helpers/browsers/chromium.ts';
import { mainThreadMs, median } from './cpu.ts';
import { bare, none } from './reporters.ts';
import { startShop, startSink, type Reporter } from './stage.ts';

const errors = 200;

export interface BurstCost {
  reporter: string;
  /** Main-thread CPU more than the page without a reporter, µs an error; and how many times that of the bare page. */
  costUs: number;
  ratio: number;
}

/** What capturing, keeping and sending 200 different errors costs, in Chromium, each page in turn. */
export async function measureBurst(reporters: Reporter[], rounds: number, inOneTask: boolean): Promise<BurstCost[]> {
  const all = [none, bare, ...reporters];
  const costs = all.map((): number[] => []);
  const sink = await startSink();
  const shop = await startShop(all, sink.url);
  const browser = await startChromium();
  try {
    for (let round = 0; round <= rounds; round++) {
      for (const index of all.keys()) {
        const session = await browser.newSession();
        const page = await session.newPage();
        await page.navigate(`${shop.url}/${index}`);
        // What a reporter does by itself after its start is not the burst's.
        await sleep(2_500);
        const ms = await mainThreadMs(async () => {
          await page.run(
            `Promise.resolve(${inOneTask ? 'burstInOneTask' : 'burst'}(${errors})).then(() => '')`,
            30_000,
          );
          await sink.quiet();
        });
        // The first of each only warms up.
        if (round) costs[index]?.push(ms);
        await session.close();
      }
    }
  } finally {
    await browser.close();
    await shop.close();
    await sink.close();
  }
  const [without = 0, ...rest] = costs.map(median);
  const over = rest.map((ms) => ms - without);
  return over.map((ms, i) => ({
    reporter: all[i + 1]?.name ?? '',
    costUs: (ms * 1_000) / errors,
    ratio: ms / (over[0] ?? NaN),
  }));
}
