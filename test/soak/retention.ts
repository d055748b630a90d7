// Who sends must not feel that old events go: node test/soak/retention.ts [old events] [events a second]. Sends on schedule,
// lets all but the last day of a month go, and compares the answers of that time with those before and after.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startPinned } from '../bench/collector-under-load.ts';
import { percentile, sendLoad } from '../bench/http-load.ts';
import { makeBatch } from '../bench/make-event.ts';
import { createRandom } from '../helpers/random.ts';

const [, , oldEvents = '100000', perSecond = '1000'] = process.argv;
const random = createRandom(20_261_121);
const dataDir = mkdtempSync(join(tmpdir(), 'pagefault-retention-'));
const file = join(dataDir, 'pagefault.db');
execFileSync(process.execPath, [join(import.meta.dirname, '../bench/fill.ts'), dataDir, oldEvents, '1000', '0']);
const collector = await startPinned(dataDir);
const database = new DatabaseSync(file, { readOnly: true });
const number = (sql: string) => Number(Object.values(database.prepare(sql).get() ?? {})[0]);
/** Changes as long as something goes: events, then blocks, then pages. */
const left = () =>
  [number('SELECT min(seq) FROM events'), number('SELECT min(id) FROM blocks'), number('PRAGMA page_count')] as const;
const isGoing = ([seq, block, pages]: ReturnType<typeof left>) => {
  const now = left();
  return now[0] > seq || now[1] > block || now[2] < pages;
};

const [events, sliceSeconds] = [10, 2];
const during: number[] = [];
const otherwise: number[] = [];
const send = async () => {
  const bodies = Array.from({ length: (Number(perSecond) * sliceSeconds) / events }, () =>
    Buffer.from(JSON.stringify(makeBatch(random, { events }))),
  );
  const before = left();
  const load = await sendLoad({ url: collector.endpoint, connections: 64, bodies, rate: Number(perSecond) / events });
  if ((load.statuses[202] ?? 0) < bodies.length) throw new Error(`refused: ${JSON.stringify(load.statuses)}`);
  return { going: isGoing(before), latencies: load.latencies };
};
const first = left();
const bytes = statSync(file).size;
// Code that runs often is compiled.
for (let slice = 0; slice < 3; slice++) await send();
for (let slice = 0; slice < 8; slice++) otherwise.push(...(await send()).latencies);
await collector.api('/api/retention', { days: 1, maxBytes: null });
// It looks every minute; over is what has begun and stands still for three slices.
for (let still = 0, slices = 0; (during.length === 0 || still < 3) && slices < 200; slices++) {
  const { going, latencies } = await send();
  (going ? during : otherwise).push(...latencies);
  still = going ? 0 : still + 1;
}
const last = left();
database.close();
await collector.stop();
const spread = (values: number[]) => {
  const sorted = values.toSorted((a, b) => a - b);
  return { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99), count: sorted.length };
};
const [normal, then] = [spread(otherwise), spread(during)];
const say = ({ p50, p99, count }: typeof normal) =>
  `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms (${count} batches)`;
process.stdout.write(
  `${perSecond} events/s in tens while ${last[0] - first[0]} old ones went (machine's load ${loadavg()[0]?.toFixed(1)}), file ${(bytes / 1e6).toFixed(0)} MB, then ${(statSync(file).size / 1e6).toFixed(0)} MB\n` +
    `  otherwise         ${say(normal)}\n  during retention  ${say(then)}: ${(then.p99 / normal.p99).toFixed(2)} of it (goal 2)\n`,
);
rmSync(dataDir, { recursive: true, force: true });
process.exit(last[0] > first[0] && then.p99 <= 2 * normal.p99 ? 0 : 1);
