// What arrives when a page, a tab or a browser ends: measures each cell, one browser at a time, prints the table and in what it
// differs from that of src/client/DELIVERY.md; `--write` puts it there. `--actions crash,hang`, `--sizes large` and
// `--times 20` measure some cells, or each more often; PAGEFAULT_ENGINES=chromium some engines.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { parseArgs, promisify } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { engines, type Engine } from '../helpers/browser.ts';
import { actions, sizes, type Action, type Cell, type Result, type Size } from './cell.ts';
import { differencesOf, faultsOf, tableOf } from './table.ts';

const file = new URL('../../src/client/DELIVERY.md', import.meta.url);
const [begin, end] = ['<!-- npm run matrix -->', '<!-- end of npm run matrix -->'];
const program = new URL('run-cell.ts', import.meta.url).pathname;
const cellTimeoutMs = 180_000;
const maxTries = 3;

const { values } = parseArgs({
  options: {
    actions: { type: 'string' },
    sizes: { type: 'string' },
    times: { type: 'string', default: '1' },
    write: { type: 'boolean' },
  },
});
const times = Number(values.times);
const chosen = <T extends string>(given: string | undefined, all: readonly T[]) =>
  all.filter((each) => !given || given.split(',').includes(each));
const say = (text: string) => void process.stdout.write(`${text}\n`);
const nameOf = ({ engine, size, action }: Cell) => `${engine}, ${size}, ${action}`;

/** A browser that does not start, gets stuck, or whose page does not begin, says nothing about the reporter: once more. */
async function run(cell: Cell, tries = 1): Promise<Result | undefined> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(cell)], {
      timeout: cellTimeoutMs,
    });
    return JSON.parse(stdout) as Result;
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    say(`${nameOf(cell)}: try ${tries} ended at: ${stderr.trim().split('\n').at(-1)}`);
    return tries < maxTries ? run(cell, tries + 1) : undefined;
  }
}

const results: Result[] = [];
const missing: Cell[] = [];

async function measure(engine: Engine): Promise<void> {
  for (const size of chosen<Size>(values.sizes, Object.keys(sizes) as Size[])) {
    for (const action of chosen<Action>(values.actions, actions)) {
      for (let time = 0; time < times; time++) {
        const cell = { engine, action, size };
        const result = await run(cell);
        if (result) results.push(result);
        else missing.push(cell);
        say(`${nameOf(cell)}: ${result?.direct ?? '–'}, ${result?.later ?? '–'} after the next visit`);
      }
    }
  }
}

const begun = Date.now();
for (const engine of engines) await measure(engine);
const table = tableOf(results);
const text = await readFile(file, 'utf8');
const [from, to] = [text.indexOf(begin) + begin.length, text.indexOf(end)];
say(
  `\n${table}\n\n${results.length} cells in ${Math.round((Date.now() - begun) / 60_000)} min, load at the end ${loadavg()[0]?.toFixed(1)}`,
);
const differences = differencesOf(text.slice(from, to), table);
say(differences.length ? `The document says otherwise:\n${differences.join('\n')}` : 'The document says the same.');
if (values.write) {
  const whole = `${text.slice(0, from)}\n\n${table}\n\n${text.slice(to)}`;
  await writeFile(file, await format(whole, { ...(await resolveConfig(file)), parser: 'markdown' }));
}
const faults = faultsOf(results, missing);
for (const fault of faults) say(`not explained: ${JSON.stringify(fault)}`);
process.exit(faults.length ? 1 : 0);
