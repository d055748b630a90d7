// Far more than the collector can take: node test/bench/shed.ts [batches]. What is refused costs little, what is taken is there.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { createRandom } from '../helpers/random.ts';
import { percentile, sendLoad } from './http-load.ts';
import { makeBatch } from './make-event.ts';

const [, , batches = '3000'] = process.argv;
const random = createRandom(3);
const dataDir = mkdtempSync(join(tmpdir(), 'pagefault-shed-'));
const program = join(import.meta.dirname, '../server/collector-process.ts');
const child = spawn(process.execPath, [program, dataDir, '0', '2000'], { stdio: ['ignore', 'pipe', 'inherit'] });
const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
const settings = JSON.stringify({ origins: [], eventsPerMinute: null, keptPerIssueHour: null });
await fetch(`${url}/api/projects/1/settings`, {
  method: 'PUT',
  headers: { authorization: 'Bearer test-token', 'content-type': 'application/json' },
  body: settings,
});

const made = Array.from({ length: Number(batches) }, () => makeBatch(random, { events: 10 }));
const bodies = made.map((batch) => Buffer.from(JSON.stringify(batch)));
const load = await sendLoad({ url: `${url}/in/testkey`, connections: 256, bodies });
const ended = once(child, 'exit');
child.kill('SIGKILL');
await ended;

// The next start finds what was answered, digested or not.
const again = spawn(process.execPath, [program, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
const [next] = (await once(createInterface(again.stdout), 'line')) as [string];
for (let waiting = 1; waiting > 0; await new Promise((resolve) => setTimeout(resolve, 200))) {
  const metrics = await (await fetch(`${next}/metrics`, { headers: { authorization: 'Bearer test-token' } })).text();
  waiting = Number(/^pagefault_backlog_events (\d+)$/m.exec(metrics)?.[1]);
}
const stopped = once(again, 'exit');
again.kill('SIGKILL');
await stopped;
const database = new DatabaseSync(join(dataDir, 'pagefault.db'));
const kept = new Set(
  database
    .prepare('SELECT id FROM events')
    .all()
    .map(({ id }) => id),
);
database.close();
const lost = load.acknowledged.flatMap((index) => made[index]?.events ?? []).filter(({ id }) => !kept.has(id)).length;
process.stdout.write(
  `statuses ${JSON.stringify(load.statuses)}, 429 without Retry-After ${load.without}, lost ${lost}; ` +
    `429 after p50 ${percentile(load.shedLatencies, 0.5).toFixed(1)} ms, p99 ${percentile(load.shedLatencies, 0.99).toFixed(1)} ms; ` +
    `202 after p50 ${percentile(load.latencies, 0.5).toFixed(1)} ms\n`,
);
rmSync(dataDir, { recursive: true, force: true });
process.exit(lost === 0 && load.without === 0 ? 0 : 1);
