import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorker } from '../../src/server/worker.ts';

test('one bad item is rescued and holds up nobody', async () => {
  const waiting = [1, 2, 3, 4, 5];
  const done: number[] = [];
  const rescued: number[] = [];
  const worker = createWorker<number>({
    take: async () => waiting.splice(0, 3),
    work: async (items) => {
      if (items.includes(2)) throw new Error('two');
      done.push(...items);
    },
    rescue: async (item) => void rescued.push(item),
    onError: (error) => assert.fail(String(error)),
  });
  worker.wake();
  await worker.drain();
  assert.deepEqual(done, [1, 3, 4, 5]);
  assert.deepEqual(rescued, [2]);
});

test('what fails for all is tried again', async () => {
  let isDiskFull = true;
  const waiting = [1];
  const errors: unknown[] = [];
  const worker = createWorker<number>({
    take: async () => [...waiting],
    work: async () => {
      if (isDiskFull) throw new Error('disk full');
      waiting.length = 0;
    },
    rescue: async (_item, error) => {
      throw error;
    },
    onError: (error) => {
      errors.push(error);
      isDiskFull = false;
    },
  });
  worker.wake();
  await worker.drain();
  assert.equal(errors.length, 1);
  assert.equal(waiting.length, 0);
});
