import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { batch, batchEvent, send } from '../../helpers/batches.ts';
import { MortalCollector } from '../../helpers/mortal-collector.ts';
import { createRandom } from '../../helpers/random.ts';
import { until } from '../../helpers/until.ts';
import { startHttpReceiver } from './receivers.ts';

/** `npm run soak:notices` has more, and under load. */
const rounds = 3;
const perRound = 25;

test('a collector that is killed again and again tells every new issue once', async (t) => {
  const receiver = await startHttpReceiver();
  const collector = new MortalCollector();
  t.after(async () => {
    await collector.close();
    await receiver.close();
  });
  const { next } = createRandom(7);
  await collector.start();
  const post = (path: string, body: unknown) =>
    fetch(new URL(path, collector.endpoint), {
      method: 'POST',
      headers: { authorization: 'Bearer test-token', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  await post('/api/channels', { name: 'Hook', kind: 'webhook', url: receiver.url, secret: 's' });
  await post('/api/projects/1/rules', {
    ...{ name: 'New', trigger: { kind: 'new' }, filter: {}, channels: ['1'], pace: 'now' },
    ...{ atMostEvery: 0, quiet: null, timeZone: 'UTC', isEnabled: true },
  });
  for (let round = 0; round < rounds; round++) {
    const events = Array.from({ length: perRound }, (_, i) => batchEvent({ fingerprint: [`${round} ${i}`] }));
    const { status } = await send(collector.endpoint, batch(events));
    assert.equal(status, 202);
    // Before the digest, between it and the look, while something is being sent, or after all of it.
    await setTimeout(next() * 900);
    await collector.kill();
    await collector.start();
  }
  // A repeated attempt has the id of the first: the receiver can tell it.
  const byId = () =>
    new Map(receiver.received.map(({ headers, json }) => [headers['webhook-id'], String(json['headline'])]));
  const told = () =>
    [...byId().values()].reduce((sum, headline) => sum + Number(/^(\d+) alerts/.exec(headline)?.[1] ?? 1), 0);
  await until(
    () => told() >= rounds * perRound,
    () => [...byId()],
    60_000,
  );
  assert.equal(told(), rounds * perRound);
});
