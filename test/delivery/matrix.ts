// What arrives when a page, a tab or a browser ends: measures each cell and writes the table into src/client/DELIVERY.md.
// `--actions crash,hang` and `--sizes large` measure some cells and write nothing.
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { engines, type Engine } from '../helpers/browser.ts';
import { createIdentity } from '../helpers/far.ts';
import { actions, runCell, sizes, type Action, type Cell, type Result, type Size } from './cell.ts';
import { faultsOf, tableOf } from './table.ts';

const file = new URL('../../src/client/DELIVERY.md', import.meta.url);
const [begin, end] = ['<!-- npm run matrix -->', '<!-- end of npm run matrix -->'];

const { values } = parseArgs({ options: { actions: { type: 'string' }, sizes: { type: 'string' } } });
const chosen = <T extends string>(given: string | undefined, all: readonly T[]) =>
  all.filter((each) => !given || given.split(',').includes(each));

const identity = await createIdentity();

/** A browser that does not start, or a page that does not begin, says nothing about the reporter: once more. */
const runTwice = (cell: Cell): Promise<Result> => runCell(cell, identity).catch(() => runCell(cell, identity));

async function measure(engine: Engine): Promise<Result[]> {
  const results: Result[] = [];
  for (const size of chosen<Size>(values.sizes, Object.keys(sizes) as Size[])) {
    for (const action of chosen<Action>(values.actions, actions)) {
      const result = await runTwice({ engine, action, size });
      process.stdout.write(`${engine}, ${size}, ${action}: ${result.direct}, ${result.later} after the next visit\n`);
      results.push(result);
    }
  }
  return results;
}

const results = (await Promise.all(engines.map(measure))).flat();
const table = tableOf(results);
process.stdout.write(`\n${table}\n`);
if (!values.actions && !values.sizes && engines.length === 3) {
  const text = await readFile(file, 'utf8');
  const [before, after] = [text.indexOf(begin) + begin.length, text.indexOf(end)];
  await writeFile(file, `${text.slice(0, before)}\n\n${table}\n\n${text.slice(after)}`);
}
const faults = faultsOf(results);
for (const fault of faults) process.stdout.write(`not explained: ${JSON.stringify(fault)}\n`);
process.exit(faults.length ? 1 : 0);
