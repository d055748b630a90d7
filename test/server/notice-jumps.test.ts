import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { keepWithin } from '../../src/server/keep-within.ts';
import { createNoticeJumps } from '../../src/server/notice-jumps.ts';
import { openSqliteStore } from '../../src/server/store/sqlite.ts';
import { batch, batchEvent, send } from '../helpers/batches.ts';
import { startCollector } from '../helpers/collector.ts';
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
