// Far more than the collector can take: npm run bench:shed [-- requests a second] [seconds] [events a request].
// Sent on schedule by two processes, whatever comes back. What is refused costs little, what is taken is there.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { until } from '../helpers/until.ts';
import { collectorCores, loadCores } from './collector-under-load.ts';
import { percentile } from './http-load.ts';
import { idOf, type OpenLoadResult } from './open-load-result.ts';
import type { AnswerTimes } from './time-answers.ts';

const [, , rate = '6000', seconds = '10', events = '10'] = process.argv;
const senders = ['a', 'b'];
const folder = mkdtempSync(join(tmpdir(), 'pagefault-shed-'));
const dataDir = join(folder, 'data');
const times = join(folder, 'times.json');
const program = join(import.meta.dirname, '../server/collector-process.ts');
const pinned = (cores: string, args: string[]): [string, string[]] =>
  process.platform === 'linux' ? ['taskset', ['-c', cores, process.execPath, ...args]] : [process.execPath, args];

async function start(): Promise<{ child: ChildProcess; url: string }> {
  const measure = join(import.meta.dirname, 'time-answers.ts');
  const args = ['--max-semi-space-size=8', '--import', measure, program, dataDir, '0', '10000'];
  const child = spawn(...pinned(collectorCores, args), {
    env: { ...process.env, PAGEFAULT_TIMES: times },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, url };
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

const headers = { authorization: 'Bearer test-token', 'content-type': 'application/json' };
const backlog = async (url: string) => {
  const metrics = await (await fetch(`${url}/metrics`, { headers })).text();
  return Number(/^pagefault_backlog_events (\d+)$/m.exec(metrics)?.[1]);
};

const first = await start();
const settings = JSON.stringify({ origins: [], eventsPerMinute: null, keptPerIssueHour: null });
await fetch(`${first.url}/api/projects/1/settings`, { method: 'PUT', headers, body: settings });
const ofEach = String(Number(rate) / senders.length);
const load = await Promise.all(
  senders.map(async (name) => {
    const script = join(import.meta.dirname, 'open-load.ts');
    const command = pinned(loadCores, [script, `${first.url}/in/testkey`, ofEach, seconds, events, name]);
    const { stdout } = await promisify(execFile)(...command, { maxBuffer: 2 ** 28 });
    return { name, ...(JSON.parse(stdout) as OpenLoadResult) };
  }),
);
first.child.kill('SIGUSR2');
await until(
  () => existsSync(times),
  () => 'the collector wrote no times',
);
await kill(first.child);

// The next start finds what was answered, digested or not.
const again = await start();
await until(
  async () => (await backlog(again.url)) === 0,
  () => 'not everything is digested',
  120_000,
);
await kill(again.child);
const database = new DatabaseSync(join(dataDir, 'pagefault.db'));
const kept = new Set(
  database
    .prepare('SELECT id FROM events')
    .all()
    .map(({ id }) => id),
);
database.close();
const taken = load.flatMap(({ name, acknowledged }) =>
  acknowledged.flatMap((request) => Array.from({ length: Number(events) }, (_, event) => idOf(name, request, event))),
);
const lost = taken.filter((id) => !kept.has(id)).length;
const { tookMs, loopMs } = JSON.parse(readFileSync(times, 'utf8')) as AnswerTimes;
rmSync(folder, { recursive: true, force: true });

const spread = (values: number[] = []) => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => percentile(sorted, share).toFixed(2);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`;
};
const seen = (status: number) => spread(load.flatMap(({ latencies }) => latencies[status] ?? []));
const sum = (of: (one: OpenLoadResult) => number) => load.reduce((total, one) => total + of(one), 0);
const count = (status: number) => sum(({ statuses }) => statuses[status] ?? 0);
const without = sum((one) => one.without);
process.stdout.write(
  `${rate} requests/s of ${events} for ${seconds} s (machine's load ${loadavg()[0]?.toFixed(1)}), ${sum((one) => one.connections)} connections\n` +
    `  429    ${count(429)}, seen after ${seen(429)} (goal 5 ms); in the collector ${spread(tookMs[429])}; ${without} without Retry-After\n` +
    `  202    ${count(202)}, seen after ${seen(202)}; in the collector ${spread(tookMs[202])}; ${taken.length} events, ${lost} lost\n` +
    `  other  ${sum(({ statuses }) => Object.values(statuses).reduce((all, one) => all + one, 0)) - count(429) - count(202)}, of these broken connections ${count(0)}\n` +
    `  sent later than due by ${spread(load.flatMap(({ lags }) => lags))}; the collector looks for requests every ${loopMs.p50.toFixed(1)} ms, p99 ${loopMs.p99.toFixed(1)} ms, longest ${loopMs.max.toFixed(1)} ms\n`,
);
process.exit(lost === 0 && without === 0 && count(0) === 0 ? 0 : 1);
