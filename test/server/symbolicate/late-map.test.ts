import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventList, IssueDetail, IssueList, StoredEvent } from '../../../src/protocol/api.ts';
import { batch, batchEvent, send } from '../../helpers/batches.ts';
import { buildScript } from '../../helpers/build-script.ts';
import { startCollector, type TestCollector } from '../../helpers/collector.ts';

/** Two releases of one script: the second is shifted by a line and minified to other columns. */
async function buildRelease(extra: string) {
  const contents = `${extra}
export function pay(order) {
  return order.total.amount;
}
console.log(pay);
`;
  const { script, map } = await buildScript('src/pay.js', contents);
  return { map, column: script.indexOf('.total') + 2 };
}

const releases = { one: await buildRelease(''), two: await buildRelease('console.log("new");') };

/** Words that differ from release to release: without maps these are two issues. */
async function fail(collector: TestCollector, release: keyof typeof releases, name: string): Promise<string> {
  const { column } = releases[release];
  const event = batchEvent({ exceptions: [{ type: 'Error', value: `${name} failed`, stack: 0 }] });
  const frames: [string, number, number, number][] = [[name, 0, 1, column]];
  const files = [`https://shop.example/${release}/shop.js`];
  await send(collector.endpoint, batch([event], { release, files, frames, stacks: [[0]], user: { id: release } }));
  await collector.waitForEvent((found) => found.event.id === event.id);
  return event.id;
}

function upload(collector: TestCollector, release: keyof typeof releases) {
  return collector.api(`/api/projects/1/artifacts?release=${release}&name=shop.js.map`, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream' },
    body: releases[release].map,
  });
}

async function until<T>(read: () => Promise<T>, isDone: (value: T) => boolean): Promise<T> {
  for (const end = Date.now() + 10_000; ;) {
    const value = await read();
    if (isDone(value) || Date.now() > end) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('maps that come late resolve what is stored, and one bug in two releases becomes one issue', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const first = await fail(collector, 'one', 'a');
  await fail(collector, 'one', 'a');
  const second = await fail(collector, 'two', 'b');
  const issues = () => collector.api<IssueList>('/api/issues');
  const before = await issues();
  assert.equal(before.total, 2);
  const oldIssue = (await collector.api<StoredEvent>(`/api/events/${second}`)).issueId;

  await upload(collector, 'one');
  const resolved = await until(issues, ({ issues: list }) => list.some(({ culprit }) => culprit.includes('pay')));
  assert.equal(resolved.total, 2);
  await upload(collector, 'two');
  const merged = await until(issues, ({ total }) => total === 1);
  assert.equal(merged.total, 1);
  const [issue] = merged.issues;
  assert.equal(issue?.events, 3);
  assert.equal(issue.users, 2);
  assert.match(issue.culprit, /pay/);
  assert.equal(
    issue.hourly.reduce((sum, count) => sum + count, 0),
    3,
  );

  for (const id of [first, second]) {
    const stored = await collector.api<StoredEvent>(`/api/events/${id}`);
    assert.equal(stored.issueId, issue.id);
    assert.equal(stored.frames[0]?.[0]?.source?.line, '  return order.total.amount;');
  }
  const detail = await collector.api<IssueDetail>(`/api/issues/${oldIssue}`);
  assert.equal(detail.id, issue.id, 'a link to the issue that was merged leads to the one that is left');
  const { events } = await collector.api<EventList>(`/api/issues/${oldIssue}/events`);
  assert.equal(events.length, 3);
  await fail(collector, 'two', 'b');
  assert.equal((await issues()).total, 1);
});

test('a map that comes late for an issue of many events takes them all to where they belong, slice by slice', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  await upload(collector, 'two');
  await fail(collector, 'two', 'b');
  const { column } = releases.one;
  const many = Array.from({ length: 450 }, () =>
    batchEvent({ exceptions: [{ type: 'Error', value: 'a failed', stack: 0 }] }),
  );
  const frames: [string, number, number, number][] = [['a', 0, 1, column]];
  const fields = { release: 'one', files: ['https://shop.example/one/shop.js'], frames, stacks: [[0]] };
  for (let at = 0; at < many.length; at += 90) {
    await send(collector.endpoint, batch(many.slice(at, at + 90), { ...fields, user: { id: `user ${at}` } }));
  }
  const issues = () => collector.api<IssueList>('/api/issues');
  const before = await until(issues, ({ issues: list }) => list.some(({ events }) => events === many.length));
  assert.equal(before.total, 2);
  await upload(collector, 'one');
  const after = await until(issues, ({ total }) => total === 1);
  assert.deepEqual(
    after.issues.map(({ events, users }) => [events, users]),
    [[many.length + 1, 6]],
  );
});
