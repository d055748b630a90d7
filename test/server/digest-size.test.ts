import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseBatch } from '../../src/protocol/parse-batch.ts';
import { createDigest } from '../../src/server/digest.ts';
import { openSqliteStore } from '../../src/server/store/sqlite.ts';
import { makeBatch } from '../bench/make-event.ts';
import { createRandom } from '../helpers/random.ts';

/** Keeps the thread busy. */
function compute(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end;);
}

test('who sends waits for fewer events where filing them takes long', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'pagefault-digest-'));
  const [reader, store] = [openSqliteStore(dataDir), openSqliteStore(dataDir, { isSecond: true })];
  t.after(async () => {
    store.close();
    reader.close();
    await rm(dataDir, { recursive: true });
  });
  const { id: projectId } = await reader.records.addProject('Shop', 'key', Date.now());
  const sizes: number[] = [];
  const digest = createDigest({
    store: {
      ...store,
      fileDigested(digested, kept) {
        sizes.push(digested.length);
        if (sizes.length <= 2) compute(500);
        return store.fileDigested(digested, kept);
      },
    },
    live: { publish: () => undefined },
    symbolicate: async (_project, { exceptions }) =>
      exceptions.map(({ frames }) => frames.map((frame) => ({ ...frame, inApp: true }))),
    log: { error: (fields) => assert.fail(JSON.stringify(fields)) },
  });
  const receivedAt = Date.now();
  const random = createRandom(5);
  for (let made = 0; made < 1_750; made += 50) {
    const parsed = parseBatch(makeBatch(random, { events: 50, bugs: 20 }), receivedAt);
    assert.ok(parsed.ok);
    const arrivals = parsed.events.map((event) => {
      const json = Buffer.from(JSON.stringify(event));
      return { id: event.id, receivedAt, happenedAt: receivedAt, json };
    });
    await store.events.append([{ projectId, arrivals, dropped: [], receivedAt }]);
  }
  digest.wake();
  await digest.drain();
  assert.equal(
    sizes.reduce((sum, size) => sum + size, 0),
    1_750,
  );
  assert.deepEqual(sizes.slice(0, 3), [1_000, 500, 250]);
});
