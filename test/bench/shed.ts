// Far more than the collector can take: npm run bench:shed [-- requests a second] [seconds] [events a request].
// Sent on schedule by two processes, whatever comes back, first to a bare server that refuses all, then to the collector.
// What is refused costs little, what is taken is there.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { until } from '../helpers/until.ts';
import { collectorCores, cpuOf, loadCores } from './collector-under-load.ts';
import { percentile } from './http-load.ts';
import { idOf, type OpenLoadResult } from './open-load-result.ts';
import type { AnswerTimes } from './time-answers.ts';

const [, , rate = '6000', seconds = '10', events = '10'] = process.argv;
const senders = ['a', 'b'];
const folder = mkdtempSync(join(tmpdir(), 'pagefault-shed-'));
const dataDir = join(folder, 'data');
const pinned = (cores: string, args: string[]): [string, string[]] =>
  process.platform === 'linux' ? ['taskset', ['-c', cores, process.execPath, ...args]] : [process.execPath, args];

interface Server {
  child: ChildProcess;
  url: string;
  /** File into which it writes what it saw. */
  times: string;
}

async function start(program: string, ...args: string[]): Promise<Server> {
  const script = join(import.meta.dirname, program);
  const measure = join(import.meta.dirname, 'time-answers.ts');
  const times = join(folder, `times-${process.hrtime.bigint()}.json`);
  const command = pinned(collectorCores, ['--max-semi-space-size=8', '--import', measure, script, ...args]);
  const child = spawn(...command, {
    env: { ...process.env, PAGEFAULT_TIMES: times },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, url, times };
}

const startCollector = () => start('../server/collector-process.ts', dataDir, '0', '10000');

async function kill({ child }: Server): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

interface Flood {
  load: (OpenLoadResult & { name: string })[];
  times: AnswerTimes;
  /** The machine's, when it was over. */
  machineLoad: number;
  /** What the thread that answers has computed for a request, microseconds. */
  mainUs: number;
}

/** Sends far too much, on schedule, and asks the server what it saw of it. */
async function flood({ child, url, times }: Server): Promise<Flood> {
  const pid = child.pid ?? 0;
  const ofEach = String(Number(rate) / senders.length);
  const before = cpuOf(pid).main;
  const load = await Promise.all(
    senders.map(async (name) => {
      const script = join(import.meta.dirname, 'open-load.ts');
      const command = pinned(loadCores, [script, `${url}/in/testkey`, ofEach, seconds, events, name]);
      const { stdout } = await promisify(execFile)(...command, { maxBuffer: 2 ** 28 });
      return { name, ...(JSON.parse(stdout) as OpenLoadResult) };
    }),
  );
  const mainUs = (cpuOf(pid).main - before) / (Number(rate) * Number(seconds));
  const machineLoad = loadavg()[0] ?? NaN;
  child.kill('SIGUSR2');
  await until(
    () => existsSync(times),
    () => 'the server wrote no times',
  );
  return { load, times: JSON.parse(readFileSync(times, 'utf8')) as AnswerTimes, machineLoad, mainUs };
}

const headers = { authorization: 'Bearer test-token', 'content-type': 'application/json' };
const backlog = async (url: string) => {
  const metrics = await (await fetch(`${url}/metrics`, { headers })).text();
  return Number(/^pagefault_backlog_events (\d+)$/m.exec(metrics)?.[1]);
};

const bareServer = await start('bare-server.ts');
const bare = await flood(bareServer);
await kill(bareServer);

const first = await startCollector();
const settings = JSON.stringify({ origins: [], eventsPerMinute: null, keptPerIssueHour: null });
await fetch(`${first.url}/api/projects/1/settings`, { method: 'PUT', headers, body: settings });
const own = await flood(first);
await kill(first);

// The next start finds what was answered, digested or not.
const again = await startCollector();
await until(
  async () => (await backlog(again.url)) === 0,
  () => 'not everything is digested',
  120_000,
);
await kill(again);
const database = new DatabaseSync(join(dataDir, 'pagefault.db'));
const kept = new Set(
  database
    .prepare('SELECT id FROM events')
    .all()
    .map(({ id }) => id),
);
database.close();
rmSync(folder, { recursive: true, force: true });
const taken = own.load.flatMap(({ name, acknowledged }) =>
  acknowledged.flatMap((request) => Array.from({ length: Number(events) }, (_, event) => idOf(name, request, event))),
);
const lost = taken.filter((id) => !kept.has(id)).length;

const spread = (values: number[] = []) => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => percentile(sorted, share).toFixed(2);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`;
};
const seen = ({ load }: Flood, status: number) => load.flatMap(({ latencies }) => latencies[status] ?? []);
const sum = (of: (one: OpenLoadResult) => number) => own.load.reduce((total, one) => total + of(one), 0);
const count = (status: number) => sum(({ statuses }) => statuses[status] ?? 0);
const without = sum((one) => one.without);
const other =
  sum(({ statuses }) => Object.values(statuses).reduce((all, one) => all + one, 0)) - count(429) - count(202);
const ratio = (share: number) => {
  const of = (one: Flood) =>
    percentile(
      seen(one, 429).toSorted((a, b) => a - b),
      share,
    );
  return (of(own) / of(bare)).toFixed(1);
};
const say = (name: string, one: Flood) => {
  const { tookMs, loopMs } = one.times;
  return (
    `${name}, machine's load ${one.machineLoad.toFixed(1)}, ${one.load.reduce((total, { connections }) => total + connections, 0)} connections, ${one.load.reduce((total, { skipped }) => total + skipped, 0)} not sent in time, ${one.mainUs.toFixed(0)} us of its thread a request\n` +
    `  429    seen after ${spread(seen(one, 429))}; in it ${spread(tookMs[429])}\n` +
    `  sent later than due by ${spread(one.load.flatMap(({ lags }) => lags))}; it looks for requests every ${loopMs.p50.toFixed(1)} ms, p99 ${loopMs.p99.toFixed(1)} ms, longest ${loopMs.max.toFixed(1)} ms\n`
  );
};
process.stdout.write(
  `${rate} requests/s of ${events} for ${seconds} s\n` +
    say('A bare server that refuses all', bare) +
    say('The collector', own) +
    `  202    ${count(202)}, seen after ${spread(seen(own, 202))}; in the collector ${spread(own.times.tookMs[202])}; ${taken.length} events, ${lost} lost\n` +
    `  429    ${count(429)}, ${without} without Retry-After; p50 ${ratio(0.5)} and p99 ${ratio(0.99)} times that of the bare server (goal 5 ms)\n` +
    `  other  ${other}, of these broken connections ${count(0)}\n`,
);
process.exit(lost === 0 && without === 0 && count(0) === 0 ? 0 : 1);
