import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createDigest } from '../../src/server/digest.ts';
import { makeBatch } from '../bench/make-event.ts';
import { createRandom } from '../helpers/random.ts';
import { alone, appendBatch, openStores } from '../helpers/stores.ts';

/** Keeps the thread busy. */
function compute(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end;);
}

/** Files so many events that wait, each transaction with `work` beside it, and answers how many each had. */
async function sizesOf(t: TestContext, events: number, work: () => void = () => undefined): Promise<number[]> {
  const { writer: store, project } = await openStores(t);
  const sizes: number[] = [];
  const digest = createDigest({
    store: {
      ...store,
      fileDigested(digested, kept) {
        sizes.push(digested.length);
        work();
        return store.fileDigested(digested, kept);
      },
    },
    ...alone,
  });
  const random = createRandom(5);
  for (let made = 0; made < events; made += 50) {
    await appendBatch(store, project.id, makeBatch(random, { events: 50, bugs: 20 }));
  }
  digest.wake();
  await digest.drain();
  assert.equal(
    sizes.reduce((sum, size) => sum + size, 0),
    events,
  );
  return sizes;
}

test('more events share a transaction while more wait than it has', async (t) => {
  const sizes = await sizesOf(t, 3_000);
  assert.equal(sizes[0], 100);
  assert.ok(Math.max(...sizes) > 100, sizes.join());
});

test('who sends waits for few events where filing them takes long', async (t) => {
  assert.deepEqual(await sizesOf(t, 300, () => compute(500)), [100, 100, 100]);
});
