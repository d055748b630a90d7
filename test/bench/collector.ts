// How much the built collector takes: npm run bench [-- collector [seconds]].
// Runs itself again on the load's own cores.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../helpers/random.ts';
import {
  bytesIn,
  collectorCores,
  loadCores,
  runPinned,
  startPinned,
  type CollectorUnderLoad,
} from './collector-under-load.ts';
import { percentile, sendLoad } from './http-load.ts';
import { makeBatch } from './make-event.ts';

if (process.platform === 'linux' && process.env['PAGEFAULT_BENCH'] === undefined) {
  const { status } = spawnSync('taskset', ['-c', loadCores, process.execPath, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: { ...process.env, PAGEFAULT_BENCH: '1' },
  });
  process.exit(status ?? 1);
}

const seconds = Number(process.argv.slice(2).find(Number) ?? 10);
const folder = mkdtempSync(join(tmpdir(), 'pagefault-bench-'));
const say = (text: string) => process.stdout.write(`${text}\n`);
const ms = (value: number) => `${value.toFixed(1)} ms`;
const random = createRandom(20_261_121);

/** Different every time: ids are not to be known. */
const bodies = (count: number, events: number, eventBytes: number) =>
  Array.from({ length: count }, () => Buffer.from(JSON.stringify(makeBatch(random, { events, eventBytes }))));

interface Load {
  name: string;
  events: number;
  eventBytes: number;
  goal: number;
  connections: number;
}

const loads: Load[] = [
  { name: '3 kB, one a request', events: 1, eventBytes: 3_000, goal: 2_000, connections: 64 },
  { name: '3 kB, ten a request', events: 10, eventBytes: 3_000, goal: 6_000, connections: 64 },
  { name: '50 kB, one a request', events: 1, eventBytes: 50_000, goal: 300, connections: 32 },
];

/** What comes in a hurry is compressed better when there is time: resolves when that is done, with how long it took. */
async function untilIdle(collector: CollectorUnderLoad): Promise<number> {
  const began = performance.now();
  const all = () => Object.values(collector.cpuUs()).reduce((sum, us) => sum + us, 0);
  for (let before = 0, now = all(); now - before > 100_000 && performance.now() - began < 60_000;) {
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    [before, now] = [now, all()];
  }
  return (performance.now() - began) / 1_000;
}

async function measure({ name, events, eventBytes, goal, connections }: Load): Promise<void> {
  const baseline = Number(
    runPinned('test/bench/baseline.ts', join(folder, `${events}-${eventBytes}.db`), '6000', String(eventBytes)),
  );
  const dataDir = join(folder, `data-${events}-${eventBytes}`);
  const flags = process.env['PAGEFAULT_BENCH_FLAGS'];
  const collector = await startPinned(dataDir, flags ? { NODE_FLAGS: flags } : {});
  await collector.api('/api/projects/1/settings', {
    origins: [],
    eventsPerMinute: null,
    keptPerIssueHour: null,
  });
  // It gives back what its start took once nothing has come for a while.
  await new Promise((resolve) => setTimeout(resolve, 7_000));
  const idle = collector.residentMb();
  const warm = bodies(Math.ceil(300 / events), events, eventBytes);
  await sendLoad({ url: collector.endpoint, connections, bodies: warm });
  await collector.drained();

  // As many as the goal would take in the time: what is slower takes longer, what is faster ends sooner.
  const load = bodies(Math.ceil((goal * seconds) / events), events, eventBytes);
  const cpuBefore = collector.cpuUs();
  const began = performance.now();
  const full = await sendLoad({ url: collector.endpoint, connections, bodies: load });
  await collector.drained();
  const drainedSeconds = (performance.now() - began) / 1_000;
  const acknowledged = (full.statuses[202] ?? 0) * events;
  const cpu = collector.cpuUs();
  const rate = acknowledged / full.seconds;
  const cpuOf = (thread: keyof typeof cpu) => ((cpu[thread] - cpuBefore[thread]) / acknowledged).toFixed(0);
  const drained = acknowledged / drainedSeconds;

  const half = await sendLoad({
    url: collector.endpoint,
    connections: 256,
    bodies: bodies(Math.ceil((drained * seconds) / 4 / events), events, eventBytes),
    rate: drained / 2 / events,
  });
  await collector.drained();
  const peak = collector.peakResidentMb();
  const total = (acknowledged + (half.statuses[202] ?? 0) * events + warm.length * events) | 0;
  const restedSeconds = await untilIdle(collector);
  await collector.stop();
  const bytes = bytesIn(dataDir) / total;

  say(`\n${name} (machine's load ${loadavg()[0]?.toFixed(1)})`);
  say(
    `  acknowledged      ${rate.toFixed(0)} events/s in ${full.seconds.toFixed(1)} s; statuses ${JSON.stringify(full.statuses)}`,
  );
  say(
    `  drained           ${drained.toFixed(0)} events/s (goal ${goal}); digest done ${(drainedSeconds - full.seconds).toFixed(1)} s after the last answer`,
  );
  say(`  of the baseline   ${(drained / baseline).toFixed(2)} (baseline ${baseline} events/s)`);
  say(
    `  CPU of an event   requests ${cpuOf('main')} us, digest ${cpuOf('digest')} us, others (garbage, files) ${cpuOf('others')} us`,
  );
  say(`  latency at full   p50 ${ms(percentile(full.latencies, 0.5))}, p99 ${ms(percentile(full.latencies, 0.99))}`);
  say(
    `  latency at half   p50 ${ms(percentile(half.latencies, 0.5))}, p99 ${ms(percentile(half.latencies, 0.99))} (goal 50 ms); statuses ${JSON.stringify(half.statuses)}`,
  );
  say(`  memory            idle ${idle.toFixed(0)} MB (goal 90), peak ${peak.toFixed(0)} MB (goal 250)`);
  say(
    `  disk              ${bytes.toFixed(0)} bytes an event (goal 1000), after ${restedSeconds.toFixed(0)} s at rest`,
  );
  say(`  start             ${ms(collector.startMs)} (goal 1000 ms)`);
}

try {
  say(`The collector runs on the cores ${collectorCores}, the load on ${loadCores}.`);
  const only = process.env['PAGEFAULT_BENCH_ONLY'];
  for (const [index, load] of loads.entries()) if (!only || only.includes(String(index))) await measure(load);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
