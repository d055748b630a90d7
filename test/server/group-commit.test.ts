import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGroupCommit } from '../../src/server/group-commit.ts';

test('a large group is answered in parts: others are answered in between, and the next group is written meanwhile', async () => {
  const order: string[] = [];
  const commits = createGroupCommit(async (items: number[]) => {
    order.push(`write ${items.length}`);
    setImmediate(() => order.push('another request'));
    return items;
  });
  const results = Array.from({ length: 200 }, (_, item) =>
    commits.add(item).then((result) => {
      order.push('answer');
      if (item === 0) void commits.add(1_000);
      return result;
    }),
  );
  assert.deepEqual(
    await Promise.all(results),
    results.map((_, item) => item),
  );
  await commits.drain();
  assert.equal(order[0], 'write 200');
  const last = order.lastIndexOf('answer');
  assert.ok(order.indexOf('another request') < last, order.join());
  assert.ok(order.indexOf('write 1') < last, order.join());
});

test('a group that cannot be written is refused as a whole, and the next one is tried', async () => {
  let isBroken = true;
  const commits = createGroupCommit(async (items: number[]) => {
    if (isBroken) throw new Error('the disk is full');
    return items;
  });
  const refused = await Promise.allSettled([commits.add(1), commits.add(2)]);
  assert.deepEqual(
    refused.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  isBroken = false;
  assert.equal(await commits.add(3), 3);
});
