// Hours of a busy site: node test/soak/half-load.ts [minutes] [events a second]. Memory and queue are to stay flat.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPinned } from '../bench/collector-under-load.ts';
import { percentile, sendLoad } from '../bench/http-load.ts';
import { makeBatch } from '../bench/make-event.ts';
import { createRandom } from '../helpers/random.ts';

const [, , minutes = '10', perSecond = '1000'] = process.argv;
const random = createRandom(20_261_121);
const dataDir = mkdtempSync(join(tmpdir(), 'pagefault-soak-'));
const collector = await startPinned(dataDir);
await collector.api('/api/projects/1/settings', { origins: [], eventsPerMinute: null, keptPerIssueHour: 1_000 });

const sliceSeconds = 15;
const memory: number[] = [];
const queue: number[] = [];
for (let slice = 0; slice < (Number(minutes) * 60) / sliceSeconds; slice++) {
  const events = 10;
  const bodies = Array.from({ length: (Number(perSecond) * sliceSeconds) / events }, () =>
    Buffer.from(JSON.stringify(makeBatch(random, { events }))),
  );
  const load = await sendLoad({ url: collector.endpoint, connections: 64, bodies, rate: Number(perSecond) / events });
  const backlog = await collector.metric('pagefault_backlog_events');
  memory.push(Math.round(collector.residentMb()));
  queue.push(backlog);
  process.stdout.write(
    `${(slice + 1) * sliceSeconds} s: ${memory.at(-1)} MB, ${backlog} waiting, ${JSON.stringify(load.statuses)}, p50 ${percentile(load.latencies, 0.5).toFixed(0)} ms, p99 ${percentile(load.latencies, 0.99).toFixed(0)} ms\n`,
  );
}
await collector.drained();
await collector.stop();
rmSync(dataDir, { recursive: true, force: true });

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const third = Math.floor(memory.length / 3);
const [middle, end] = [mean(memory.slice(third, 2 * third)), mean(memory.slice(-third))];
process.stdout.write(
  `memory ${middle.toFixed(0)} MB in the second third, ${end.toFixed(0)} in the last; at most ${Math.max(...queue)} events waited\n`,
);
process.exit(end < middle * 1.15 ? 0 : 1);
