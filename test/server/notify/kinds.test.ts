import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { Event } from '../../../src/protocol/event.ts';
import { createDigest } from '../../../src/server/digest.ts';
import { openSqliteStore } from '../../../src/server/store/sqlite.ts';

/** The same error on a page of its own. */
const makeEvent = (nth: number, level: Event['level']): Event => ({
  id: `kind-of-event-${String(nth).padStart(4, '0')}`,
  at: Date.now(),
  level,
  mechanism: 'onerror',
  handled: false,
  exceptions: [{ type: 'Error', value: 'No more room', frames: [] }],
  breadcrumbs: [],
  count: 1,
  page: { url: `https://shop.example/page-${nth}` },
});

test('of a burst on hundreds of pages, rules can tell each level from the others', async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'pagefault-kinds-'));
  const store = openSqliteStore(dataDir);
  const file = new DatabaseSync(join(dataDir, 'pagefault.db'));
  t.after(() => {
    file.close();
    store.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const project = await store.records.addProject('Shop', 'key', Date.now());
  file.exec("INSERT INTO channels (settings, created_at) VALUES ('{}', 0)");
  const events = Array.from({ length: 1_500 }, (_, nth) => makeEvent(nth, nth < 1_000 ? 'error' : 'critical'));
  const [receivedAt, happenedAt] = [Date.now(), Date.now()];
  const arrivals = events.map((event) => ({
    ...{ id: event.id, receivedAt, happenedAt },
    json: Buffer.from(JSON.stringify(event)),
  }));
  await store.events.append([{ projectId: project.id, arrivals, dropped: [], receivedAt }]);
  const digest = createDigest({
    store,
    live: { publish: () => undefined },
    symbolicate: async (_project, { exceptions }) => exceptions.map(() => []),
    log: { error: (fields) => assert.fail(JSON.stringify(fields)) },
  });
  digest.wake();
  await digest.drain();

  const changes = file.prepare('SELECT count, facts FROM transitions').all();
  const countOf = (level: string) =>
    changes
      .filter(({ facts }) => String(facts).includes(`["level","${level}"]`))
      .reduce((sum, { count }) => sum + Number(count), 0);
  assert.deepEqual([countOf('error'), countOf('critical')], [1_000, 500]);
  assert.ok(changes.length < 1_200, 'and not each page is a line of its own');
});
