import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { EventList, IssueDetail, IssueList, StoredEvent } from '../../src/protocol/api.ts';
import { start } from '../../src/server/store/migrations/0001-start.ts';
import { batch, batchEvent, send } from '../helpers/batches.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';

const hourMs = 3_600_000;
const minuteMs = 60_000;

const issueOf = async ({ api }: TestCollector) => {
  const { issues } = await api<IssueList>('/api/issues');
  return api<IssueDetail>(`/api/issues/${issues[0]?.id}`);
};

/** All ids of an issue's events, as its pages of two list them. */
async function listed({ api }: TestCollector, issueId: string): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const list: EventList = await api(`/api/issues/${issueId}/events?limit=2${cursor && `&cursor=${cursor}`}`);
    ids.push(...list.events.map(({ id }) => id));
    cursor = list.next;
  }
  return ids;
}

test('events stand in the order in which they happened, by whatever clock and however late they came', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const now = Date.now();
  const [slow, fast] = [now - 30 * hourMs, now + 5 * hourMs];
  const events = {
    now: batchEvent({ at: now }),
    fourDaysAgo: batchEvent({ at: now - 96 * hourMs }),
    twoMinutesAgo: batchEvent({ at: slow - 2 * minuteMs }),
    sixMinutesAgo: batchEvent({ at: fast - 6 * minuteMs }),
    fourMinutesAgo: batchEvent({ at: now - 4 * minuteMs }),
  };
  await send(collector.endpoint, batch([events.now]));
  await send(collector.endpoint, batch([events.fourDaysAgo], { release: '0.9.0' }));
  await send(collector.endpoint, batch([events.twoMinutesAgo], { sentAt: slow }));
  await send(collector.endpoint, batch([events.sixMinutesAgo], { sentAt: fast }));
  await send(collector.endpoint, batch([events.fourMinutesAgo]));
  await collector.digested();

  const issue = await issueOf(collector);
  const newestFirst = [
    events.now,
    events.twoMinutesAgo,
    events.fourMinutesAgo,
    events.sixMinutesAgo,
    events.fourDaysAgo,
  ].map(({ id }) => id);
  assert.deepEqual(await listed(collector, issue.id), newestFirst);
  assert.equal(issue.latestEventId, events.now.id);
  assert.deepEqual([issue.firstSeen, issue.lastSeen], [events.fourDaysAgo.at, events.now.at]);
  assert.deepEqual([issue.firstRelease, issue.lastRelease], ['0.9.0', '1.0.0']);
  for (const [at, id] of newestFirst.entries()) {
    const { previousId, nextId } = await collector.api<StoredEvent>(`/api/events/${id}`);
    assert.deepEqual([nextId, previousId], [newestFirst[at - 1] ?? null, newestFirst[at + 1] ?? null]);
  }
});

test('events of the same moment stand in the order of their arrival', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const at = Date.now() - hourMs;
  const ids = Array.from({ length: 5 }, () => batchEvent({ at }));
  for (const event of ids) await send(collector.endpoint, batch([event]));
  await collector.digested();
  const issue = await issueOf(collector);
  assert.deepEqual(await listed(collector, issue.id), ids.map(({ id }) => id).toReversed());
  assert.equal(issue.latestEventId, ids.at(-1)?.id);
});

test('an issue of an older version lists its events by when they happened too', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'pagefault-by-time-'));
  t.after(() => rm(dataDir, { recursive: true }));
  const now = Date.now();
  const database = new DatabaseSync(join(dataDir, 'pagefault.db'));
  database.exec(`PRAGMA journal_mode = WAL; BEGIN; ${start}; PRAGMA user_version = 1; COMMIT`);
  database.exec(`INSERT INTO projects (name, key, created_at) VALUES ('Shop', 'testkey', 1);
    INSERT INTO issues (project_id, number, title, culprit, level, events, first_seen, last_seen, latest_seq, grouping_version, reasons)
    VALUES (1, 1, 'old', '', 'error', 3, ${now - 3_000}, ${now - 1_000}, 3, 'v1', '[]')`);
  [1, 3, 2].forEach((seconds, index) => {
    const [id, at] = [`event-of-version-1-${seconds}-s-ago`, now - seconds * 1_000];
    const body = JSON.stringify({ id, at, level: 'error', mechanism: 'message', handled: true, exceptions: [] });
    database
      .prepare(
        'INSERT INTO events (project_id, id, received_at, happened_at, encoding, body) VALUES (1, ?, ?, ?, 0, ?)',
      )
      .run(id, now, at, Buffer.from(body));
    database.exec(`INSERT INTO issue_events VALUES (1, ${index + 1}); UPDATE digest_progress SET seq = ${index + 1}`);
  });
  database.close();
  const collector = await startCollector({ dataDir });
  t.after(() => collector.close());
  const ids = [1, 2, 3].map((seconds) => `event-of-version-1-${seconds}-s-ago`);
  assert.deepEqual(await listed(collector, '1'), ids);
  assert.equal((await issueOf(collector)).latestEventId, ids[0]);
});
