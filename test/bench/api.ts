// How long people wait with a million events in ten thousand issues: npm run bench:api [-- events] [-- folder to keep]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventList, IssueList } from '../../src/protocol/api.ts';
import { createRandom } from '../helpers/random.ts';
import { startPinned } from './collector-under-load.ts';
import { percentile } from './http-load.ts';

const [, , events = '1000000', kept] = process.argv;
const folder = kept ?? mkdtempSync(join(tmpdir(), 'pagefault-api-'));
const rounds = 40;
const random = createRandom(7);
const say = (text: string) => process.stdout.write(`${text}\n`);

if (!existsSync(join(folder, 'pagefault.db'))) {
  execFileSync(process.execPath, [join(import.meta.dirname, 'fill.ts'), folder, events], { stdio: 'inherit' });
}
const collector = await startPinned(folder);
const { issues } = await collector.api<IssueList>('/api/issues?limit=100');
const { next } = await collector.api<IssueList>('/api/issues?limit=100&sort=events');
const issue = () => random.pick(issues).id;
const shown = await collector.api<EventList>(`/api/issues/${issue()}/events?limit=100`);
const search = (text: string) => `/api/issues?limit=25&query=${encodeURIComponent(text)}`;

/** Goal in ms, and a path, another each time where that makes a difference. */
const paths: Record<string, [number, () => string]> = {
  'issues, newest first': [50, () => '/api/issues?limit=25'],
  'issues by events': [50, () => '/api/issues?limit=25&sort=events'],
  'issues by users': [50, () => '/api/issues?limit=25&sort=users'],
  'issues, first seen': [50, () => '/api/issues?limit=25&sort=firstSeen'],
  'issues by trend': [50, () => '/api/issues?limit=25&sort=trend'],
  'a later page of them': [50, () => `/api/issues?limit=25&sort=events&cursor=${next}`],
  'issues that are resolved': [50, () => '/api/issues?limit=25&status=resolved'],
  'issues of a browser': [50, () => search(`browser:${random.pick(['Chrome', 'Firefox', 'Safari'])}`)],
  'issues of a release': [50, () => search(`release:1.${random.below(30)}.0`)],
  'issues of a page': [50, () => search(`url:/cart/${random.below(5_000)}`)],
  'issues of two values': [50, () => search(`os:Windows tag:plan:gold`)],
  'full text, one word': [100, () => search(random.pick(['cart', 'voucher', 'wallet']))],
  'full text, two words': [100, () => search(`cannot ${random.pick(['cart', 'voucher', 'price'])}`)],
  'full text, the beginning of a word': [100, () => search('ca')],
  'an issue': [50, () => `/api/issues/${issue()}`],
  'events of an issue': [50, () => `/api/issues/${issue()}/events?limit=25`],
  'an event': [50, () => `/api/events/${random.pick(shown.events).id}`],
  'the overview': [50, () => '/api/projects/1/overview'],
  releases: [50, () => '/api/projects/1/releases'],
};

say(`${events} events, machine's load ${loadavg()[0]?.toFixed(1)}`);
for (const [name, [goal, path]] of Object.entries(paths)) {
  const took: number[] = [];
  const before = collector.cpuUs().main;
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    await collector.api(path());
    took.push(performance.now() - began);
  }
  took.sort((a, b) => a - b);
  const cpuMs = (collector.cpuUs().main - before) / rounds / 1_000;
  const [p50, p95] = [percentile(took, 0.5), percentile(took, 0.95)];
  say(
    `${p95 <= goal ? '    ' : 'slow'} ${name.padEnd(36)} p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms (goal ${goal}), CPU ${cpuMs.toFixed(1)} ms`,
  );
}
await collector.stop();
if (kept === undefined) rmSync(folder, { recursive: true, force: true });
