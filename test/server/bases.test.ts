import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goOn } from '../../src/protocol/parse/go-on.ts';
import { batch, batchEvent, send } from '../helpers/batches.ts';
import { startCollector } from '../helpers/collector.ts';

const crumb = (text: string) => ({ at: 1_800_000_000_000, kind: 'click' as const, text });

/** What is new since a batch, as a page in a burst sends it. */
const next = (base: string, fields: object = {}) =>
  JSON.stringify({
    base,
    sentAt: Date.now(),
    trail: [crumb('button#pay')],
    frames: [['pay', 0, 77, 1]],
    stacks: [[2, 1]],
    events: [
      {
        ...batchEvent({ exceptions: [{ type: 'Error', value: 'Not paid', stack: 1 }] }),
        id: `next-of-${base}`,
        trail: [0, 2],
      },
    ],
    ...fields,
  });

test('an event that goes on from another batch is kept whole, also when it comes first', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const id = 'base000000000001';
  const early = send(collector.endpoint, next(id));
  const base = batch([batchEvent()], { id, trail: [crumb('a#cart')], dropped: { sampled: 3 } });
  assert.equal((await send(collector.endpoint, base)).status, 202);
  const { status, answer } = await early;
  assert.equal(status, 202);
  assert.deepEqual([answer.accepted, answer.problems], [1, []]);
  const { event } = await collector.waitForEvent((stored) => stored.event.id === `next-of-${id}`);
  assert.deepEqual([event.release, event.page?.url], ['1.0.0', 'https://shop.example/cart']);
  assert.deepEqual(
    event.breadcrumbs.map(({ text }) => text),
    ['a#cart', 'button#pay'],
  );
  assert.deepEqual(
    event.exceptions[0]?.frames.map((frame) => [frame.function, frame.filename, frame.lineno]),
    [
      ['pay', 'https://shop.example/shop.js', 77],
      ['onClick', 'https://shop.example/shop.js', 40],
    ],
  );
  const { dropped } = await collector.api<{ dropped: unknown[] }>('/api/projects/1/dropped');
  assert.deepEqual(dropped, [{ reason: 'sampled', count: 3 }], 'what the base dropped is counted once');
});

test('what goes on from a batch that never came, or came to another project, is not acknowledged: the page sends it whole', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const { key } = await collector.api<{ key: string }>('/api/projects', {
    method: 'POST',
    body: JSON.stringify({ name: 'Other' }),
  });
  const id = 'base000000000003';
  await send(collector.endpoint, batch([batchEvent()], { id }));
  // Both wait for the base for some seconds.
  const [never, ofOther] = await Promise.all([
    send(collector.endpoint, next('base000000000002')),
    send(`${collector.url}/in/${key}`, next(id)),
  ]);
  for (const { status, answer } of [never, ofOther]) {
    assert.equal(status, 503);
    assert.equal((answer as unknown as { error: string }).error, 'unknown-base');
  }
  assert.equal((await collector.events()).length, 1);
  assert.equal((await send(collector.endpoint, next(id))).status, 202);
});

test('a small batch cannot bring a large base with it for ever', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const id = 'base000000000004';
  await send(collector.endpoint, batch([batchEvent()], { id }));
  const statuses = await Promise.all(
    Array.from({ length: 110 }, async () => (await send(collector.endpoint, next(id))).status),
  );
  assert.deepEqual([statuses.filter((status) => status === 202).length, statuses.includes(503)], [100, true]);
});

test('a hostile base is no batch, whatever goes on from it', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const ids = ['__proto__0000000', 'constructor00000'];
  for (const id of ids) {
    const text = `{"version":1,"id":"${id}","events":[],"trail":7,"files":{"length":3},"__proto__":{"frames":[1]}}`;
    assert.equal((await send(collector.endpoint, text)).status, 202);
    const { status, answer } = await send(collector.endpoint, next(id, { events: 7 }));
    assert.deepEqual([status, answer.problems[0]?.path], [400, 'events']);
    assert.equal((await send(collector.endpoint, next(id))).status, 202);
  }
  assert.deepEqual(goOn({ events: [1], sentAt: 5 }, { base: 'x' })['events'], undefined);
});
