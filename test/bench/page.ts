// What the reporter costs the page: npm run bench -- page [--check] [--only start,burst,calls,wire,outbox].
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { engines } from '../helpers/browser.ts';
import { measureBurst } from './page/burst.ts';
import { measureCalls } from './page/calls.ts';
import { measureOutbox } from './page/outbox.ts';
import { ours } from './page/reporters.ts';
import { measureStart } from './page/start.ts';
import { tableOf, type Row } from './page/table.ts';
import { measureWire } from './page/wire.ts';

const { values } = parseArgs({
  options: { check: { type: 'boolean' }, only: { type: 'string' } },
  allowPositionals: true,
});
const rows: Row[] = [];
const show = (what: string, value: number, budget: number, unit: string, digits = 0) => {
  const isMet = value <= budget;
  const bound = budget < Infinity ? `${budget}${unit}` : '–';
  rows.push({ what, value: `${value.toFixed(digits)}${unit}`, budget: bound, isMet });
  process.stderr.write(`${what}: ${value.toFixed(digits)}${unit} (at most ${bound})\n`);
};

const parts: Record<string, () => Promise<void>> = {
  async start() {
    for (const { cpuMs, laterMs, requests, layouts } of await measureStart([ours()], 15)) {
      show('evaluate and start, main-thread CPU, Chromium, median of 15 fresh loads', cpuMs, 1.5, ' ms', 2);
      show('what it does by itself in the 1.5 s after', laterMs, Infinity, ' ms', 2);
      show('requests before the first error, in 15 loads', requests, 0, '');
      show('layouts forced before the first error, in 15 loads', layouts, 0, '');
    }
  },
  async burst() {
    for (const [where, inOneTask] of [
      ['in one task', true],
      ['in tasks of their own', false],
    ] as const) {
      const ratio = (await measureBurst([ours()], 7, inOneTask)).at(-1)?.ratio ?? NaN;
      show(`200 different errors ${where}, of the CPU of one \`sendBeacon\` each, Chromium`, ratio, 1, '', 2);
    }
  },
  async calls() {
    const budgets = { click: 5, fetch: 20 };
    for (const engine of engines) {
      for (const { call, overUs, aloneUs } of await measureCalls(engine, call20))
        show(`${call}, over the ${aloneUs.toFixed(0)} µs it takes alone, ${engine}`, overUs, budgets[call], ' µs', 1);
    }
  },
  async outbox() {
    for (const engine of engines) {
      const { overUs, bareUs } = await measureOutbox(engine, outboxRounds);
      show(
        `outbox, an event of 2 kB kept and removed; ${bareUs.toFixed(0)} µs by hand with the page idle after it, main-thread CPU, ${engine}`,
        overUs,
        // Chromium alone takes 65 to 78 µs for it: there, twice that.
        Math.max(60, Math.round(2 * bareUs)),
        ' µs',
      );
    }
  },
  async wire() {
    for (const engine of engines) {
      const { bytesPerEvent, requests, delivered, of } = await measureWire(engine);
      show(
        `bytes an event, 100 different errors with 50 breadcrumbs, ${requests} requests, ${engine}`,
        bytesPerEvent,
        250,
        '',
      );
      show(`of these, not delivered, ${engine}`, of - delivered, 0, '');
    }
  },
};
const call20 = 20;
const outboxRounds = 9;

process.stderr.write(`The machine's load is ${loadavg()[0]?.toFixed(1)}.\n`);
for (const [name, measure] of Object.entries(parts))
  if (!values.only || values.only.split(',').includes(name)) await measure();
process.stdout.write(`\n${tableOf(rows)}\n`);
process.exit(values.check && rows.some(({ isMet }) => !isMet) ? 1 : 0);
