// How long people wait with a million events in ten thousand issues:
// npm run bench:api [-- --events 1000000] [--folder to-keep] [--rounds 40] [--only text]. The folder is kept, and used again.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { bytesIn, startPinned, type CollectorUnderLoad } from './collector-under-load.ts';
import { percentile } from './http-load.ts';
import { questionsFor, type Question } from './questions.ts';

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    folder: { type: 'string' },
    rounds: { type: 'string', default: '40' },
    only: { type: 'string', default: '' },
  },
});
const { events, folder = join(tmpdir(), `pagefault-bench-${events}`), only } = values;
const rounds = Number(values.rounds);
/** Of one question: what is slow is known to be slow after a few times. */
const maxMs = 4_000;
const say = (text: string) => process.stdout.write(`${text}\n`);

/** Made once: it takes minutes. */
function fill(): void {
  const database = join(folder, 'pagefault.db');
  if (existsSync(database)) {
    say(`${folder}, of ${statSync(database).birthtime.toISOString()}`);
    return;
  }
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  execFileSync(process.execPath, [join(import.meta.dirname, 'fill.ts'), unfinished, events], { stdio: 'inherit' });
  renameSync(unfinished, folder);
}

interface Measured {
  /** Of the first answer: nothing of it is in the memory of the collector yet, though the system has the file in its own. */
  firstMs: number;
  p50: number;
  p95: number;
  /** The same of what the collector computed, which the load of the machine does not change. */
  cpu50: number;
  cpu95: number;
}

async function measure(collector: CollectorUnderLoad, question: Question): Promise<Measured> {
  const firstMs = await ask(collector, question);
  const [took, computed]: [number[], number[]] = [[], []];
  const end = performance.now() + maxMs;
  while (took.length < rounds && (took.length < 5 || performance.now() < end)) {
    const before = collector.cpuUs().main;
    took.push(await ask(collector, question));
    computed.push((collector.cpuUs().main - before) / 1_000);
  }
  for (const all of [took, computed]) all.sort((a, b) => a - b);
  return {
    firstMs,
    ...{ p50: percentile(took, 0.5), p95: percentile(took, 0.95) },
    ...{ cpu50: percentile(computed, 0.5), cpu95: percentile(computed, 0.95) },
  };
}

/** How long an answer took, ms; of a stream, how long the first of what was missed. */
async function ask({ url }: CollectorUnderLoad, { path, lastEventId }: Question): Promise<number> {
  const headers = { authorization: 'Bearer token-of-the-bench', ...(lastEventId && { 'last-event-id': lastEventId }) };
  const wanted = path();
  const began = performance.now();
  const response = await fetch(url + wanted, { headers });
  if (!response.ok) throw new Error(`${wanted}: ${response.status} ${await response.text()}`);
  if (lastEventId === undefined) await response.arrayBuffer();
  else await untilTold(response, Number(lastEventId) > 0 ? 'event: ' : 'retry: ');
  return performance.now() - began;
}

async function untilTold({ body }: Response, mark: string): Promise<void> {
  let text = '';
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    if ((text += chunk).includes(mark)) return;
  }
  throw new Error('the stream ended early');
}

/** Whatever can be read without changing anything must be among the questions. */
async function findForgotten({ api }: CollectorUnderLoad, questions: Question[]): Promise<string[]> {
  const { paths } = await api<{ paths: Record<string, object> }>('/api/openapi.json');
  const asked = new Set(questions.map(({ route }) => route));
  return Object.keys(paths).filter((path) => 'get' in (paths[path] ?? {}) && !asked.has(path));
}

fill();
const collector = await startPinned(folder);
const questions = await questionsFor(collector);
const forgotten = await findForgotten(collector, questions);
const ofIssues = await collector.api<{ total: number }>('/api/issues?limit=1');
say(
  `${events} events in ${ofIssues.total} issues that are shown, ${Math.round(bytesIn(folder) / 1e6)} MB; ${questions.length} questions, ${rounds} times each; machine's load ${loadavg()[0]?.toFixed(1)}`,
);
say('       first     p50     p95 | CPU 50  CPU 95 | goal, ms');
const chosen = questions.filter(({ name }) => name.includes(only));
let [slow, busy] = [0, 0];
const ms = (value: number) => value.toFixed(1).padStart(7);
for (const question of chosen) {
  const { firstMs, p50, p95, cpu50, cpu95 } = await measure(collector, question);
  const { goal, name } = question;
  slow += Number(p95 > goal);
  busy += Number(cpu95 > goal);
  const verdict = p95 <= goal ? '' : cpu95 <= goal ? 'waited' : 'slow';
  say(
    `${verdict.padEnd(6)}${ms(firstMs)} ${ms(p50)} ${ms(p95)} |${ms(cpu50)} ${ms(cpu95)} |${String(goal).padStart(4)}  ${name}`,
  );
}
say(
  `Of ${chosen.length}, ${chosen.length - slow} are within their goal by the clock, ${chosen.length - busy} by what the collector computed (95 of 100 answers); memory ${collector.residentMb().toFixed(0)} MB, load ${loadavg()[0]?.toFixed(1)}.`,
);
if (forgotten.length > 0) say(`Nothing asks for ${forgotten.join(', ')}.`);
await collector.stop();
process.exit(slow + forgotten.length > 0 ? 1 : 0);
