import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import type { Notice } from '../../../src/protocol/notices.ts';
import { batch, batchEvent, logRecord, send } from '../../helpers/batches.ts';
import { startCollector } from '../../helpers/collector.ts';
import { until } from '../../helpers/until.ts';
import { startHttpReceiver } from './receivers.ts';

/** Another one that tells, on the database of a collector that runs. */
function startNotifier(dataDir: string, url: string) {
  const thread = new Worker(new URL('notifier-thread.ts', import.meta.url), { workerData: [dataDir, url] });
  const problems: unknown[] = [];
  thread.on('message', (problem) => problems.push(problem));
  return {
    problems,
    wake: () => thread.postMessage('wake'),
    async close() {
      const exit = once(thread, 'exit');
      thread.postMessage('stop');
      await exit;
    },
  };
}

/** One after the other is told: each is another moment at which all of them look. */
const [rounds, perRound] = [8, 10];

test('three that look and tell on one database tell each new issue, limit and record once', async (t) => {
  const receiver = await startHttpReceiver({ answerAfterMs: 40 });
  const collector = await startCollector({ allowPrivateNetwork: true });
  const others = [1, 2].map(() => startNotifier(collector.dataDir, collector.url));
  t.after(async () => {
    for (const other of others) await other.close();
    await collector.close();
    await receiver.close();
  });
  const post = (path: string, body: unknown) => collector.api(path, { method: 'POST', body: JSON.stringify(body) });
  await post('/api/channels', { name: 'Hook', kind: 'webhook', url: receiver.url, secret: 's' });
  const triggers = [
    { kind: 'new' },
    { kind: 'rate', events: rounds * perRound - 1, minutes: 60, of: 'project' },
    { kind: 'search', search: 'refused', in: 'records' },
  ];
  for (const trigger of triggers) {
    await post('/api/projects/1/rules', {
      ...{ name: trigger.kind, trigger, filter: {}, channels: ['1'], pace: 'now' },
      ...{ atMostEvery: 0, quiet: null, timeZone: 'UTC', isEnabled: true },
    });
  }
  const told = (rule: string) =>
    receiver.received
      .map(({ json }) => json as unknown as Notice)
      .filter((notice) => notice.rule === rule)
      .reduce((sum, { headline }) => sum + Number(/^(\d+) (?:alerts|times)/.exec(headline)?.[1] ?? 1), 0);
  const all = () => ['new', 'search', 'rate'].map(told);
  for (let round = 1; round <= rounds; round++) {
    const events = Array.from({ length: perRound }, (_, i) => batchEvent({ fingerprint: [`${round} ${i}`] }));
    const records = Array.from({ length: perRound }, (_, i) => logRecord({ text: `Card ${i} refused` }));
    assert.equal((await send(collector.endpoint, batch(events, { records }))).status, 202);
    others.forEach(({ wake }) => wake());
    await until(() => told('search') >= round * perRound, all);
  }
  const sent = rounds * perRound;
  await until(() => all().join() === [sent, sent, 1].join() || all().some((count) => count > sent), all, 80_000);
  // Whatever would be told a second time would stand there, or be on its way.
  const waiting = async () =>
    (await collector.api<{ state: string }[]>('/api/projects/1/deliveries')).filter(({ state }) => state !== 'sent');
  await until(async () => (await waiting()).length === 0, waiting);
  assert.deepEqual(all(), [sent, sent, 1]);
  const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
  assert.equal(new Set(ids).size, ids.length, 'nothing was posted twice');
  assert.deepEqual(
    others.flatMap(({ problems }) => problems),
    [],
  );
});
