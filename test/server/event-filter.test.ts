import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { EventList, IssueDetail, IssueMatches, StoredEvent } from '../../src/protocol/api.ts';
import type { Batch, BatchEvent } from '../../src/protocol/batch.ts';
import { batch, batchEvent, send } from '../helpers/batches.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';

let collector: TestCollector;

before(async () => {
  collector = await startCollector();
});
after(() => collector.close());

/** One bug in changing surroundings; answers with the issue, and the ids of its events in their order. */
async function happens(name: string, times: { event?: Partial<BatchEvent>; context?: Partial<Batch> }[]) {
  const ids: string[] = [];
  for (const { event, context } of times) {
    const one = batchEvent({ fingerprint: [name], ...event });
    ids.push(one.id);
    await send(collector.endpoint, batch([one], context));
  }
  const { issueId } = await collector.waitForEvent(({ event }) => event.id === ids.at(-1));
  return { issueId, ids };
}

const withFilter = <T>(path: string, filter: string) =>
  collector.api<T>(`${path}?filter=${encodeURIComponent(filter)}`);
const matches = (issueId: string, filter: string) => withFilter<IssueMatches>(`/api/issues/${issueId}/matches`, filter);
const ids = async (issueId: string, filter: string) =>
  (await withFilter<EventList>(`/api/issues/${issueId}/events`, filter)).events.map(({ id }) => id);
const status = async (path: string) =>
  (await fetch(collector.url + path, { headers: { authorization: `Bearer ${collector.token}` } })).status;

test('the events of an issue are filtered by their values: list, neighbours and counts', async () => {
  const safari = { browser: { name: 'Safari', version: '18.1' }, tags: { plan: 'team' } };
  const hourAgo = Date.now() - 3_600_000;
  const { issueId, ids: all } = await happens('Anvil', [
    { context: safari },
    {},
    { context: { ...safari, release: '2.0.0' } },
    { event: { at: hourAgo, count: 4 }, context: safari },
    { context: { browser: { name: 'Safari', version: '18.10' } } },
  ]);
  const found = [all[2], all[0], all[3]];
  assert.deepEqual(await ids(issueId, 'browser:"Safari 18.1"'), found);
  assert.deepEqual(
    await ids(issueId, 'browser:"Safari 18.1" release:1.0.0'),
    [all[0], all[3]],
    'all of a filter holds',
  );
  assert.deepEqual(await ids(issueId, 'tag:plan:team -release:2.0.0'), [all[0], all[3]]);
  assert.deepEqual(await ids(issueId, 'browser:Chrome'), []);
  assert.equal((await ids(issueId, '')).length, 5);

  const middle = await withFilter<StoredEvent>(`/api/events/${all[0]}`, 'browser:"Safari 18.1"');
  assert.deepEqual([middle.previousId, middle.nextId], [all[3], all[2]], 'what is between is passed over');

  const { events, latestEventId, hourly, daily } = await matches(issueId, 'browser:"Safari 18.1"');
  assert.deepEqual([events, latestEventId], [6, all[2]], 'repeats count');
  assert.deepEqual(hourly.slice(-2), [4, 2]);
  assert.equal(
    daily.reduce((sum, count) => sum + count),
    6,
  );
  assert.deepEqual(
    await matches(issueId, '').then((all) => [all.events, all.hourly, all.daily]),
    await collector.api<IssueDetail>(`/api/issues/${issueId}`).then((all) => [all.events, all.hourly, all.daily]),
  );
  assert.deepEqual(await matches(issueId, 'browser:Chrome').then((none) => [none.events, none.latestEventId]), [
    0,
    null,
  ]);
});

test('a filter goes along when issues are merged', async () => {
  const one = await happens('Barrel', [{ context: { os: { name: 'iOS' } } }, {}]);
  const two = await happens('Candle', [{ context: { os: { name: 'iOS' } } }]);
  await collector.api(`/api/issues/${one.issueId}/merge`, {
    method: 'POST',
    body: JSON.stringify({ issues: [two.issueId] }),
  });
  assert.deepEqual(await ids(one.issueId, 'os:iOS'), [two.ids[0], one.ids[0]]);
  assert.equal((await matches(two.issueId, 'os:iOS')).events, 2);
});

test('a filter that has more than values is refused', async () => {
  const {
    issueId,
    ids: [id],
  } = await happens('Drum', [{}]);
  for (const filter of ['is%3Aresolved', 'words', 'events%3A%3E5']) {
    for (const path of [`/api/issues/${issueId}/events`, `/api/issues/${issueId}/matches`, `/api/events/${id}`]) {
      assert.equal(await status(`${path}?filter=${filter}`), 400, `${path} ${filter}`);
    }
  }
});
