import { starters, type Engine } from '../../helpers/browser.ts';
import { Page } from '../../helpers/browsers/page.ts';
import { mainThreadMs, median } from './cpu.ts';
import { ours } from './reporters.ts';
import { startShop, startSink } from './stage.ts';

/**
 * What a page does so many times, as an expression that gives a promise. Its `fetch` is answered within the page: through
 * the network each takes 1,000 µs more or less, and no difference of 20 could be seen.
 */
const calls = {
  click: { count: 4_000, expression: 'Promise.resolve(walk(4000))' },
  fetch: {
    count: 4_000,
    expression: `(async () => {
      for (let i = 0; i < 4000; i++) await fetch('/answer.txt?' + i % 10, { method: 'POST' });
    })()`,
  },
};
const answered = `
const answer = new Response('fine');
window.fetch = () => new Promise((resolve) => resolve(answer));
`;
export type Call = keyof typeof calls;

export interface CallCost {
  call: Call;
  /** Main-thread CPU more than without the reporter, µs a call; and what the call itself takes. */
  overUs: number;
  aloneUs: number;
}

/** The same page does the same with the reporter and without, in turn: the median of the differences. */
export async function measureCalls(engine: Engine, rounds: number): Promise<CallCost[]> {
  const sink = await startSink();
  const { name, script } = ours();
  const shop = await startShop([{ name, script: (endpoint) => answered + script(endpoint) }], sink.url);
  const browser = await starters[engine]();
  try {
    const session = await browser.newSession();
    const page = new Page(await session.newPage());
    await page.goto(`${shop.url}/0`);
    const costs: CallCost[] = [];
    for (const call of Object.keys(calls) as Call[]) {
      const { count, expression } = calls[call];
      const block = async (isOn: boolean): Promise<number> => {
        await page.evaluate(`pagefault.${isOn ? `init({ endpoint: '${sink.url}/in/key' })` : 'close()'}`);
        const ms = await mainThreadMs(() => page.evaluate(`${expression}.then(() => 0)`));
        return (ms * 1_000) / count;
      };
      const pairs: { off: number; on: number }[] = [];
      // Whichever comes first has the colder page: by turns. The first pair only warms up.
      for (let round = 0; round <= rounds; round++) {
        const first = await block(round % 2 > 0);
        const second = await block(round % 2 === 0);
        if (round) pairs.push(round % 2 ? { on: first, off: second } : { off: first, on: second });
      }
      costs.push({
        call,
        overUs: median(pairs.map(({ on, off }) => on - off)),
        aloneUs: median(pairs.map(({ off }) => off)),
      });
    }
    await session.close();
    return costs;
  } finally {
    await browser.close();
    await shop.close();
    await sink.close();
  }
}
