// Ends the collector by kill -9 at random moments under load: node test/soak/kill-collector.ts [times]. PAGEFAULT_SEED repeats a run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import type { Batch } from '../../src/protocol/batch.ts';
import { makeBatch } from '../bench/make-event.ts';
import { createRandom } from '../helpers/random.ts';
import { until } from '../helpers/until.ts';

const times = Number(process.argv[2] ?? 100);
const seed = Number(process.env['PAGEFAULT_SEED']) || Date.now() % 2 ** 32;
const random = createRandom(seed);
const dataDir = mkdtempSync(join(tmpdir(), 'pagefault-kill-'));
const program = join(import.meta.dirname, '../server/collector-process.ts');
const senders = 16;

async function start() {
  const child = spawn(process.execPath, [program, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, url };
}

const acknowledged = new Set<string>();
/** What was sent, but not answered for: it may be there or not, and may be sent again. */
let unanswered: Batch[] = [];

async function sendUntilKilled(endpoint: string): Promise<void> {
  for (;;) {
    const again = random.next() < 0.5 ? unanswered.pop() : undefined;
    const batch = again ?? makeBatch(random, { events: 1 + random.below(10), eventBytes: 2_500, bugs: 200 });
    const sent = await fetch(endpoint, { method: 'POST', body: JSON.stringify(batch) }).catch(() => undefined);
    await sent?.arrayBuffer().catch(() => undefined);
    if (sent?.status === 202) for (const { id } of batch.events) acknowledged.add(id);
    else unanswered.push(batch);
    if (!sent) return;
  }
}

process.stdout.write(`${times} times kill -9, PAGEFAULT_SEED=${seed}\n`);
for (let time = 1; time <= times; time++) {
  const { child, url } = await start();
  const exited = once(child, 'exit');
  setTimeout(() => child.kill('SIGKILL'), 20 + random.below(700));
  await Promise.all([exited, ...Array.from({ length: senders }, () => sendUntilKilled(`${url}/in/testkey`))]);
  unanswered = unanswered.slice(-500);
  if (time % 10 === 0) process.stdout.write(`${time}: ${acknowledged.size} events acknowledged\n`);
}

const { child, url } = await start();
const backlog = async () => {
  const response = await fetch(`${url}/metrics`, { headers: { authorization: 'Bearer test-token' } });
  return Number(/^pagefault_backlog_events (\d+)$/m.exec(await response.text())?.[1]);
};
await until(
  async () => (await backlog()) === 0,
  () => 'not everything is digested',
  300_000,
);
const ended = once(child, 'exit');
child.kill('SIGTERM');
await ended;

const database = new DatabaseSync(join(dataDir, 'pagefault.db'));
const number = (sql: string) => Number(Object.values(database.prepare(sql).get() ?? {})[0]);
const check = database.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
const broken = database.prepare('PRAGMA foreign_key_check').all().length;
const ids = database
  .prepare('SELECT id FROM events')
  .all()
  .map(({ id }) => String(id));
const kept = new Set(ids);
const lost = [...acknowledged].filter((id) => !kept.has(id));
const found = {
  acknowledged: acknowledged.size,
  lost: lost.length,
  twice: ids.length - kept.size,
  events: ids.length,
  countedInIssues: number('SELECT sum(events) FROM issues WHERE merged_into IS NULL'),
  countedInHours: number('SELECT sum(count) FROM issue_hours'),
  countedInProjects: number('SELECT sum(count) FROM project_hours'),
  ofNoBlock: number('SELECT count(*) FROM events WHERE encoding = 3 AND block NOT IN (SELECT id FROM blocks)'),
  integrity: check,
  brokenKeys: broken,
};
process.stdout.write(`${JSON.stringify(found)}\n`);
database.close();
rmSync(dataDir, { recursive: true, force: true });
const isRight =
  found.lost + found.twice + found.brokenKeys + found.ofNoBlock === 0 &&
  check === 'ok' &&
  [found.countedInIssues, found.countedInHours, found.countedInProjects].every((count) => count === found.events);
process.exit(isRight ? 0 : 1);
