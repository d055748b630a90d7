// What a record costs that no threshold lets through: npm run bench -- logger.
import { readFileSync } from 'node:fs';
import { starters, engines } from '../helpers/browser.ts';
import { Page } from '../helpers/browsers/page.ts';
import { startSite } from '../helpers/site.ts';

const budgetNs = 1_000;

interface Measured {
  /** Median of the runs, nanoseconds a call. */
  call: string;
  ns: number;
  /** The same loop around a function that only returns. */
  emptyNs: number;
}

interface Traced {
  trace: (message: unknown, fields?: object) => void;
}

/** Runs in Node and in pages: says nothing but what it is given. */
function measure(createLogger: (name: string) => Traced): Measured[] {
  const calls = 300_000;
  const runs = 21;
  const log = createLogger('checkout.payment.card');
  const empty: Traced = { trace: (message, fields) => void (message === fields) };
  const kinds: Record<string, (target: Traced) => void> = {
    'a text': (target) => {
      for (let i = 0; i < calls; i++) target.trace('Paid');
    },
    'a text and fields': (target) => {
      for (let i = 0; i < calls; i++) target.trace('Paid', { amount: i });
    },
    'a function': (target) => {
      for (let i = 0; i < calls; i++) target.trace(() => `Paid ${i}`);
    },
  };
  const median = (run: (target: Traced) => void, target: Traced) => {
    const times = Array.from({ length: runs }, () => {
      const start = performance.now();
      run(target);
      return ((performance.now() - start) / calls) * 1e6;
    });
    return times.sort((a, b) => a - b)[runs >> 1] ?? NaN;
  };
  return Object.entries(kinds).map(([call, run]) => ({ call, emptyNs: median(run, empty), ns: median(run, log) }));
}

function show(where: string, rows: Measured[]): void {
  for (const { call, ns, emptyNs } of rows) {
    const words = `${where.padEnd(9)} ${call.padEnd(18)} ${ns.toFixed(1).padStart(6)} ns (an empty function: ${emptyNs.toFixed(1)} ns)`;
    process.stdout.write(`${words}${ns < budgetNs ? '' : `  more than ${budgetNs} ns`}\n`);
  }
}

const { createLogger } = (await import(new URL('../../dist/node/logger.js', import.meta.url).href)) as {
  createLogger: Parameters<typeof measure>[0];
};
process.stdout.write(`A record under every threshold, median of 21 runs of 300,000 calls; at most ${budgetNs} ns.\n`);
show('Node', measure(createLogger));

const site = await startSite({
  files: {
    '/': `<!doctype html><title>Loggers</title><script type="module">
      import { createLogger, init } from '/index.mjs';
      init({ endpoint: location.origin + '/in/KEY' });
      window.createLogger = createLogger;</script>`,
    '/index.mjs': readFileSync('dist/index.js'),
  },
});
for (const engine of engines) {
  const browser = await starters[engine]();
  try {
    const page = new Page(await (await browser.newSession()).newPage());
    await page.goto(`${site.url}/`);
    await page.waitFor('typeof createLogger');
    show(engine, await page.evaluate<Measured[]>(`(${measure.toString()})(createLogger)`));
  } finally {
    await browser.close();
  }
}
await site.close();
