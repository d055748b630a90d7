// A burst through kill -9, and everything told once: node test/soak/notices.ts [kills] [seconds between] [events a second].
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { batch, batchEvent } from '../helpers/batches.ts';
import { MortalCollector } from '../helpers/mortal-collector.ts';
import { createRandom } from '../helpers/random.ts';
import { until } from '../helpers/until.ts';
import { startHttpReceiver } from '../server/notify/receivers.ts';

const kills = Number(process.argv[2] ?? 8);
const seconds = Number(process.argv[3] ?? 4);
/** Infinity is as quick as the machine takes it; then the backlog of the digest grows until events are refused. */
const wanted = Number(process.argv[4] ?? 13_000);
const seed = Number(process.env['PAGEFAULT_SEED']) || Date.now() % 2 ** 32;
const { next, below } = createRandom(seed);
const [senders, perBatch, bugs] = [8, 1_000, 3_000];

const receiver = await startHttpReceiver();
const collector = new MortalCollector({ maxBacklog: 1_000_000 });
await collector.start();
const call = async (path: string, method: string, body: object) => {
  const response = await fetch(new URL(path, collector.endpoint), {
    method,
    headers: { authorization: 'Bearer test-token', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
};
await call('/api/projects/1/settings', 'PUT', { origins: [], eventsPerMinute: null, keptPerIssueHour: 1_000 });
await call('/api/channels', 'POST', { name: 'Hook', kind: 'webhook', url: receiver.url, secret: 's' });
for (const kind of ['new', 'count']) {
  await call('/api/projects/1/rules', 'POST', {
    ...{ name: kind, trigger: { kind }, filter: {}, channels: ['1'], pace: 'now' },
    ...{ atMostEvery: 0, quiet: null, timeZone: 'UTC', isEnabled: true },
  });
}

let [acknowledged, refused] = [0, 0];
let nextAt = 0;
/** What was missed is not made up for. */
async function pace(): Promise<void> {
  const at = Math.max(nextAt, performance.now());
  nextAt = at + (perBatch / wanted) * 1_000;
  if (at > performance.now()) await sleep(at - performance.now());
}
async function sendUntilKilled(): Promise<void> {
  for (;;) {
    await pace();
    const events = Array.from({ length: perBatch }, () =>
      // Few bugs happen often, many happen seldom.
      batchEvent({ fingerprint: [`bug ${Math.floor(bugs * next() ** 3)}`], message: 'It broke' }),
    );
    const sent = await fetch(collector.endpoint, { method: 'POST', body: JSON.stringify(batch(events)) }).catch(
      () => undefined,
    );
    await sent?.arrayBuffer().catch(() => undefined);
    if (sent?.status === 202) acknowledged += perBatch;
    else if (!sent) return;
    else refused += perBatch;
  }
}

process.stdout.write(`${kills} times kill -9 under a burst, PAGEFAULT_SEED=${seed}\n`);
const rates: number[] = [];
for (let kill = 0; kill < kills; kill++) {
  const [start, before] = [performance.now(), acknowledged];
  const ended = Promise.all(Array.from({ length: senders }, sendUntilKilled));
  await sleep(seconds * 500 + below(seconds * 1_000));
  rates.push(((acknowledged - before) / (performance.now() - start)) * 1_000);
  await collector.kill();
  await ended;
  await collector.start();
}
const started = performance.now();
const database = new DatabaseSync(collector.databaseFile, { readOnly: true });
const number = (sql: string) => Number(Object.values(database.prepare(sql).get() ?? {})[0]);
await until(
  async () => {
    const metrics = await fetch(new URL('/metrics', collector.endpoint), {
      headers: { authorization: 'Bearer test-token' },
    });
    return /^pagefault_backlog_events 0$/m.test(await metrics.text());
  },
  () => 'not everything is digested',
  900_000,
);
const drainSeconds = (performance.now() - started) / 1_000;
const waiting = () =>
  number('SELECT count(*) FROM transitions WHERE id > (SELECT transition_id FROM notify_progress)') +
  number('SELECT count(*) FROM alerts WHERE is_told = 0') +
  number("SELECT count(*) FROM deliveries WHERE state = 'waiting'");
await until(() => waiting() === 0, waiting, 300_000);

/** A repeated attempt has the id of the first, by which the receiver knows it. */
const told = (rule: string) => {
  const byId = new Map(
    receiver.received.filter(({ json }) => json['rule'] === rule).map((one) => [one.json['id'], one]),
  );
  return [...byId.values()].reduce((sum, { json }) => {
    const rolledUp = /^([\d,]+) alerts/.exec(String(json['headline']))?.[1];
    return sum + Number(rolledUp?.replaceAll(',', '') ?? 1);
  }, 0);
};
const powers = database
  .prepare('SELECT events FROM issues')
  .all()
  .reduce((sum, { events }) => sum + Math.floor(Math.log10(Number(events)) + 1e-9), 0);
const found = {
  acknowledged,
  refused,
  kept: number('SELECT sum(events) FROM issues'),
  issues: number('SELECT count(*) FROM issues'),
  toldNew: told('new'),
  roundNumbers: powers,
  toldRoundNumbers: told('count'),
  notices: new Set(receiver.received.map(({ json }) => json['id'])).size,
  requests: receiver.received.length,
};
database.close();
process.stdout.write(
  `${JSON.stringify(found)}\n${rates.map((rate) => rate.toFixed(0)).join(', ')} events/s acknowledged between kills, ` +
    `digested ${drainSeconds.toFixed(0)} s after the last; load ${loadavg()[0]?.toFixed(1)}\n`,
);
await collector.close();
await receiver.close();
const isRight = found.toldNew === found.issues && found.toldRoundNumbers === powers && found.kept >= acknowledged;
process.exit(isRight ? 0 : 1);
