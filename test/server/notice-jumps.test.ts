import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { keepWithin } from '../../src/server/keep-within.ts';
import { createNoticeJumps } from '../../src/server/notice-jumps.ts';
import { createDigest } from '../../src/server/digest.ts';
import { openSqliteStore } from '../../src/server/store/sqlite.ts';
import type { Store } from '../../src/server/store/store.ts';
import { batch, batchEvent, send } from '../helpers/batches.ts';
import { startCollector } from '../helpers/collector.ts';
import { alone, appendBatch, openStores } from '../helpers/stores.ts';
import { until } from '../helpers/until.ts';

const [day, minute] = [86_400_000, 60_000];

test('a clock that goes ahead by days at once is believed after a day, and one that goes on or was set right at once', () => {
  const jumps: number[] = [];
  const isBelieved = createNoticeJumps((days) => jumps.push(days));
  assert.ok(isBelieved(1_000 * day, 0));
  assert.ok(isBelieved(1_000 * day + minute, minute));
  assert.ok(isBelieved(1_000.5 * day, 2 * minute), 'a machine that slept for a night');
  assert.ok(!isBelieved(1_400.5 * day, 3 * minute));
  assert.ok(!isBelieved(1_400.5 * day + minute, 4 * minute));
  assert.deepEqual(jumps, [400]);
  assert.ok(isBelieved(1_000.5 * day + 3 * minute, 5 * minute), 'set right');
  assert.ok(!isBelieved(1_400.5 * day, 6 * minute));
  assert.ok(isBelieved(1_401.5 * day, day + 6 * minute), 'nobody set it right');
});

test('a clock that goes ahead by a year does not let go of what came today', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'pagefault-jump-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  const collector = await startCollector({ dataDir });
  const event = batchEvent();
  await send(collector.endpoint, batch([event]));
  await collector.waitForEvent(({ event: { id } }) => id === event.id);
  await collector.close();

  const store = openSqliteStore(dataDir);
  let [looks, jumps] = [0, 0];
  const stop = keepWithin({
    retention: store.retention,
    read: async () => (looks++, { days: 30, maxBytes: null }),
    onError: (error) => assert.fail(String(error)),
    onJump: () => jumps++,
    lookMs: 1,
  });
  const looked = async (more: number) => {
    const enough = looks + more;
    await until(
      () => looks >= enough,
      () => looks,
    );
  };
  await looked(2);
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 365 * day });
  await looked(20);
  await stop();
  const kept = await store.events.find(event.id);
  store.close();
  assert.equal(jumps, 1);
  assert.equal(kept?.event.id, event.id);
});

test('what came while the clock was ahead keeps nothing that came later from going, and stays itself', async (t) => {
  const { dataDir, writer, project } = await openStores(t);
  const digest = createDigest({ ...alone, store: writer });
  const now = Date.now();
  const keep = async (receivedAt: number, count: number) => {
    const events = Array.from({ length: count }, () => batchEvent());
    t.mock.timers.setTime(receivedAt);
    await appendBatch(writer, project.id, batch(events));
    digest.wake();
    await digest.drain();
    return events.map(({ id }) => id);
  };
  t.mock.timers.enable({ apis: ['Date'], now });
  const ahead = [...(await keep(now + 300 * day, 300)), ...(await keep(now + 300 * day, 130))];
  const old = [...(await keep(now - 40 * day, 300)), ...(await keep(now - 39 * day, 130))];
  const fresh = await keep(now - day, 20);
  t.mock.timers.setTime(now);
  await untilDone(writer, now);
  const there = async (ids: string[]) =>
    (await Promise.all(ids.map((id) => writer.events.find(id)))).filter((event) => event !== undefined).length;
  assert.deepEqual([await there(ahead), await there(old), await there(fresh)], [430, 0, 20]);
  const database = new DatabaseSync(join(dataDir, 'pagefault.db'), { readOnly: true });
  t.after(() => database.close());
  assert.equal(database.prepare('SELECT count(*) AS left FROM blocks').get()?.['left'], 3, 'of five appended');
  await untilDone(writer, now + 331 * day);
  assert.deepEqual([await there(ahead), await there(fresh)], [0, 0], 'once it is as old as it says');
});

/** Answers when retention has nothing more to do. */
async function untilDone({ retention }: Store, now: number): Promise<void> {
  for (let steps = 0; await retention.step({ days: 30, maxBytes: null }, now);) assert.ok(++steps < 1_000, 'it ends');
}
