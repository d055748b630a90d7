import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  defaultProjectSettings,
  type Distribution,
  type Overview,
  type ReleaseDetail,
  type ReleaseList,
} from '../../src/protocol/api.ts';
import type { Batch, BatchEvent } from '../../src/protocol/batch.ts';
import { openSqliteStore } from '../../src/server/store/sqlite.ts';
import { batch, batchEvent, send } from '../helpers/batches.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';

const hourMs = 3_600_000;

const error = (value: string, fields: Partial<BatchEvent> = {}) =>
  batchEvent({ exceptions: [{ type: 'Error', value, stack: 0 }], ...fields });

async function arrive(collector: TestCollector, events: BatchEvent[], fields: Partial<Batch> = {}): Promise<string> {
  await send(collector.endpoint, batch(events, fields));
  const last = events.at(-1);
  const { issueId } = await collector.waitForEvent(({ event }) => event.id === last?.id);
  return issueId;
}

const read = (collector: TestCollector) => collector.api<Overview>('/api/projects/1/overview');
const titles = (issues: { title: string }[]) => issues.map(({ title }) => title);
const valuesOf = (values: Distribution[], property: string) =>
  values.find((one) => one.property === property)?.values ?? [];

test('the overview tells what is new, what happens most, and where', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  await arrive(collector, [error('Cup is broken'), error('Jug is broken', { count: 3 })]);
  const { since, isFirstLook, fresh, freshCount, busiest, hours, values, releases } = await read(collector);
  assert.ok(isFirstLook && since < Date.now() - 23 * hourMs);
  assert.equal(freshCount, 2);
  assert.deepEqual(titles(fresh), ['Error: Jug is broken', 'Error: Cup is broken']);
  assert.deepEqual(titles(busiest), titles(fresh));
  assert.equal(hours.length, 24);
  assert.equal(hours.at(-1)?.events, 4);
  assert.equal(hours.at(-1)?.usual, null, 'nothing is usual yet');
  assert.deepEqual(valuesOf(values, 'browser'), [{ value: 'Firefox 140.0', count: 4 }]);
  assert.deepEqual(valuesOf(values, 'os'), [{ value: 'Linux', count: 4 }]);
  assert.deepEqual(valuesOf(values, 'url'), [{ value: '/cart', count: 4 }]);
  assert.deepEqual(
    releases.map(({ name, events, newIssues }) => ({ name, events, newIssues })),
    [{ name: '1.0.0', events: 4, newIssues: 2 }],
  );
});

test('an hour is held against the same hour of other days', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const daysAgo = (days: number, count: number) => error('Again', { at: Date.now() - days * 24 * hourMs, count });
  await arrive(collector, [daysAgo(4, 1), daysAgo(3, 9), daysAgo(2, 5), daysAgo(0, 20)]);
  const { hours } = await read(collector);
  assert.equal(hours.at(-1)?.events, 20);
  // Of 1, 9, 5, and of yesterday, when nothing happened.
  assert.equal(hours.at(-1)?.usual, 3);
  assert.equal(hours.at(-2)?.usual, 0);
});

test('what was resolved and came back is told, with the release that brought it back', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const old = Date.now() - 48 * hourMs;
  const issueId = await arrive(collector, [error('Leak', { at: old })], { release: '1.0' });
  await collector.api(`/api/issues/${issueId}`, { method: 'PATCH', body: JSON.stringify({ status: 'resolved' }) });
  await arrive(collector, [error('Leak')], { release: '1.1' });
  const { back, backCount, fresh } = await read(collector);
  assert.deepEqual([titles(back), backCount, fresh], [['Error: Leak'], 1, []]);
  const release = await collector.api<ReleaseDetail>('/api/projects/1/release?name=1.1');
  assert.deepEqual([titles(release.back), release.brought], [['Error: Leak'], []]);
});

test('the collector counts among what was dropped what it sampled away', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const settings = { ...defaultProjectSettings, keptPerIssueHour: 1 };
  await collector.api('/api/projects/1/settings', { method: 'PUT', body: JSON.stringify(settings) });
  const events = Array.from({ length: 9 }, () => error('Storm'));
  await send(collector.endpoint, batch(events, { dropped: { 'resize-observer': 2 } }));
  await arrive(collector, [error('Calm')]);
  assert.deepEqual((await read(collector)).dropped, [
    { reason: 'sampled by the collector', count: 8 },
    { reason: 'resize-observer', count: 2 },
  ]);
});

test('a release tells what it brought, what it cured, and which scripts have no map', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const at = (minutesAgo: number) => Date.now() - minutesAgo * 60_000;
  await arrive(collector, [error('Old', { at: at(30) }), error('Cured', { at: at(30) })], {
    release: 'shop@1.0',
    user: { id: 'ada' },
  });
  await arrive(collector, [error('Old', { at: at(20) }), error('New', { at: at(20) })], {
    release: 'shop@1.1',
    user: { id: 'bob' },
  });
  const { releases } = await collector.api<ReleaseList>('/api/projects/1/releases');
  assert.deepEqual(
    releases.map(({ name, events, users, newIssues, maps }) => ({ name, events, users, newIssues, maps })),
    [
      { name: 'shop@1.1', events: 2, users: 1, newIssues: 1, maps: 0 },
      { name: 'shop@1.0', events: 2, users: 1, newIssues: 2, maps: 0 },
    ],
  );
  const release = await collector.api<ReleaseDetail>('/api/projects/1/release?name=shop%401.1');
  assert.equal(release.before, 'shop@1.0');
  assert.deepEqual(titles(release.brought), ['Error: New']);
  assert.deepEqual(titles(release.gone), ['Error: Cured']);
  assert.deepEqual(release.unresolved, [{ file: 'shop.js', issues: 2 }]);
  await assert.rejects(collector.api('/api/projects/1/release?name=none'), /404/);

  const first = await collector.api<ReleaseList>('/api/projects/1/releases?limit=1');
  const second = await collector.api<ReleaseList>(`/api/projects/1/releases?limit=1&cursor=${first.next}`);
  assert.deepEqual(
    [first, second].flatMap((page) => page.releases.map(({ name }) => name)),
    ['shop@1.1', 'shop@1.0'],
  );
  assert.equal(second.next, null);

  await collector.api('/api/projects/1/forget', { method: 'POST', body: JSON.stringify({ user: 'bob' }) });
  const after = await collector.api<ReleaseDetail>('/api/projects/1/release?name=shop%401.1');
  assert.equal(after.users, 0, 'who is forgotten is not counted any more');
});

test('new is what has come since the visit before, and stays new during a visit', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'pagefault-looks-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  const store = openSqliteStore(dataDir);
  t.after(() => store.close());
  const now = Date.now();
  const { id: person } = await store.records.addPerson('Ada', 'admin', now);
  const { id: project } = await store.records.addProject('Shop', 'key', now);
  const look = async (minutes: number) => {
    await store.overview.look(person, project, now + minutes * 60_000);
    const since = await store.overview.visitBefore(person, project);
    return since === null ? null : (since - now) / 60_000;
  };
  assert.equal(await look(0), null);
  assert.equal(await look(20), null);
  assert.equal(await look(60), 20);
  assert.equal(await look(80), 20);
  assert.equal(await look(200), 80);
});
