// What hostile requests cost the collector, one by one: npm run bench -- hostile.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { send } from '../helpers/batches.ts';
import { honest, hostile } from '../server/hostile-input.ts';
import { startPinned } from './collector-under-load.ts';

const [maxCpuMs, maxMb, tries] = [100, 50, 5];

const dataDir = mkdtempSync(join(tmpdir(), 'pagefault-bench-hostile-'));
const collector = await startPinned(dataDir);
await collector.api('/api/projects/1/settings', { origins: [], eventsPerMinute: null, keptPerIssueHour: null });
const megabytes = (field: string) =>
  Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${collector.pid}/status`, 'utf8'))?.[1]) / 1_024;
/** Lets the highest mark of memory begin again at what there is. */
const forgetPeak = () => writeFileSync(`/proc/${collector.pid}/clear_refs`, '5');
/** Of all threads, by the scheduler's own count: that of the process has steps of 10 ms. */
const cpuMs = () =>
  readdirSync(`/proc/${collector.pid}/task`)
    .map(
      (thread) => Number(readFileSync(`/proc/${collector.pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6,
    )
    .reduce((sum, ms) => sum + ms, 0);

/** The least of some tries: what compiles once, or collects the garbage of others, is not its cost. Of memory, the most. */
async function costOf(body: () => string | Uint8Array, encoding?: string) {
  let [cpu, mb] = [Infinity, 0];
  for (let i = 0; i < tries; i++) {
    await collector.drained();
    forgetPeak();
    const [cpuBefore, mbBefore] = [cpuMs(), megabytes('VmRSS')];
    await send(collector.endpoint, body(), encoding ? { 'content-encoding': encoding } : {});
    await collector.drained();
    cpu = Math.min(cpu, cpuMs() - cpuBefore);
    mb = Math.max(mb, megabytes('VmHWM') - mbBefore);
  }
  return { cpu, mb };
}

process.stdout.write(`The machine's load is ${loadavg()[0]?.toFixed(1)}.\n`);
for (let i = 0; i < 20; i++) await send(collector.endpoint, honest());
const usual = await costOf(honest);
process.stdout.write(`an honest batch of the greatest size: ${usual.cpu.toFixed(0)} ms, ${usual.mb.toFixed(1)} MB\n`);
let tooDear = 0;
for (const [name, { body, encoding }] of Object.entries(hostile)) {
  // The same id again would be known, and cost nothing.
  const unique = () =>
    typeof body === 'string' ? body.replaceAll('event-', `e${Math.random()}-`.replace('.', '')) : body;
  const { cpu, mb } = await costOf(unique, encoding);
  const isFair = cpu < maxCpuMs && mb < maxMb;
  if (!isFair) tooDear++;
  process.stdout.write(
    `${isFair ? '    ' : 'DEAR'} ${name.padEnd(50)} ${cpu.toFixed(1).padStart(6)} ms of CPU (goal ${maxCpuMs}), ${mb.toFixed(1).padStart(5)} MB at its peak (goal ${maxMb})\n`,
  );
}
await collector.stop();
rmSync(dataDir, { recursive: true, force: true });
process.exitCode = tooDear === 0 ? 0 : 1;
