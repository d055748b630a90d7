import { starters, type Engine } from '../../helpers/browser.ts';
import { Page } from '../../helpers/browsers/page.ts';
import { mainThreadMs, median } from './cpu.ts';
import { ours } from './reporters.ts';
import { startShop, startSink, type Reporter } from './stage.ts';

const errors = 300;
/** Different errors, of 2 kB each as they are kept; less than the outbox holds. */
const burst = `(() => {
  window.burst = (window.burst ?? 0) + 1;
  for (let i = 0; i < ${errors}; i++) reportError(new Error('Order ' + window.burst + '.' + i + ' of ' + 'parcel '.repeat(240)));
  return Promise.resolve();
})()`;
const write = `(() => {
  for (let i = 0; i < ${errors}; i++) localStorage.setItem('event ' + i, i + 'parcel '.repeat(285));
  for (let i = 0; i < ${errors}; i++) localStorage.removeItem('event ' + i);
  return Promise.resolve();
})()`;
const denied = `Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });`;

export interface OutboxCost {
  /** Main-thread CPU more than with storage denied, µs an event: written, and removed when it has been answered. */
  overUs: number;
  /** What the engine takes for writing and removing as much without us, with what the page does by itself meanwhile. */
  bareUs: number;
}

/** The same burst with storage and without, by turns, each in a page just loaded: the median of the differences. */
export async function measureOutbox(engine: Engine, rounds: number): Promise<OutboxCost> {
  const sink = await startSink();
  const { name, script } = ours();
  const without: Reporter = { name: 'denied', script: (endpoint) => denied + script(endpoint) };
  const shop = await startShop([{ name, script }, without], sink.url);
  const browser = await starters[engine]();
  try {
    const session = await browser.newSession();
    const page = new Page(await session.newPage());
    const usOf = async (index: number, expression: string): Promise<number> => {
      await page.goto(`${shop.url}/${index}`);
      // The outbox of earlier visits is read up to two seconds after the start.
      await page.waitFor('performance.now() > 2500');
      const ms = await mainThreadMs(async () => {
        await page.evaluate(`${expression}.then(() => 0)`);
        await sink.quiet(700);
      });
      return (ms * 1_000) / errors;
    };
    const overs: number[] = [];
    const bares: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      const order = round % 2 ? [0, 1] : [1, 0];
      const costs: number[] = [];
      for (const index of order) costs[index] = await usOf(index, burst);
      const bare = await usOf(0, write);
      // The first round only warms up.
      if (!round) continue;
      overs.push((costs[0] ?? NaN) - (costs[1] ?? NaN));
      bares.push(bare);
    }
    await session.close();
    return { overUs: median(overs), bareUs: median(bares) };
  } finally {
    await browser.close();
    await shop.close();
    await sink.close();
  }
}
