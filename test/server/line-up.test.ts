import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLineUp } from '../../src/server/lib/line-up.ts';

/** Keeps the thread busy. */
function compute(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end;);
}

test('batches that wait to be read let others be answered in between, and are read in their order', async () => {
  const line = createLineUp();
  const order: string[] = [];
  setImmediate(() => setImmediate(() => order.push('another request')));
  const work = Array.from({ length: 10 }, (_, index) =>
    line.run(100, async () => {
      compute(3);
      order.push(`batch ${index}`);
      return index;
    }),
  );
  assert.equal(line.bytes(), 1_000);
  assert.deepEqual(await Promise.all(work), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assert.equal(line.bytes(), 0);
  assert.deepEqual(
    order.filter((one) => one !== 'another request'),
    work.map((_, index) => `batch ${index}`),
  );
  assert.ok(order.indexOf('another request') < 9, order.join());
});

test('nothing is read before all that came together was looked at', async () => {
  const line = createLineUp();
  const order: string[] = [];
  const read = line.run(100, async () => order.push('read'));
  // When Node has told of one request it goes on with the next that has come.
  await new Promise<void>((resolve) => process.nextTick(resolve));
  order.push('another request');
  await read;
  assert.deepEqual(order, ['another request', 'read']);
});

test('a burst of connections is let in before more is read: Node takes one each time it looks', async () => {
  let connections = 0;
  const accept = () => {
    if (++connections < 20) setImmediate(accept);
  };
  // On a machine with other things to do, twenty looks may take long.
  const line = createLineUp(() => connections, 10_000);
  const accepted: number[] = [];
  setImmediate(accept);
  await Promise.all(
    Array.from({ length: 4 }, () =>
      line.run(1, async () => {
        accepted.push(connections);
        compute(3);
      }),
    ),
  );
  assert.deepEqual(accepted.slice(1), [20, 20, 20]);
});

test('a batch that cannot be read holds up nobody', async () => {
  const line = createLineUp();
  const failing = line.run(1, () => Promise.reject(new Error('broken')));
  const next = line.run(1, async () => 'read');
  await assert.rejects(failing, { message: 'broken' });
  assert.equal(await next, 'read');
  assert.equal(line.bytes(), 0);
});

test('a batch that waits for another lets those behind it be read', async () => {
  const line = createLineUp();
  let come = (): void => undefined;
  const other = new Promise<void>((resolve) => (come = resolve));
  const first = line.run(100, async (meanwhile) => {
    await meanwhile(other);
    return 'after';
  });
  await line.run(100, async () => come());
  assert.equal(await first, 'after');
  assert.equal(line.bytes(), 0);
});
