import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IssueDetail, IssueList, LiveMessage } from '../../src/protocol/api.ts';
import { batch, batchEvent, send } from '../helpers/batches.ts';
import { startCollector } from '../helpers/collector.ts';

const hourMs = 3_600_000;

test('an event from a page whose clock is wrong happened when it did', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  for (const wrongBy of [-30 * 24 * hourMs, 2 * hourMs]) {
    const now = Date.now() + wrongBy;
    const event = batchEvent({ at: now - 10_000 });
    await send(collector.endpoint, batch([event], { sentAt: now }));
    const stored = await collector.waitForEvent((found) => found.event.id === event.id);
    assert.ok(Math.abs(stored.receivedAt - 10_000 - stored.happenedAt) < 1_000, `wrong by ${wrongBy}`);
    assert.equal(stored.event.at, event.at, 'the event stays as it came');
  }
});

test('an event that waited in the outbox keeps its time, and none is in the future', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const waited = batchEvent({ at: Date.now() - 2 * hourMs });
  const early = batchEvent({ at: Date.now() + 30_000 });
  await send(collector.endpoint, batch([waited, early]));
  assert.equal((await collector.waitForEvent(({ event }) => event.id === waited.id)).happenedAt, waited.at);
  const stored = await collector.waitForEvent(({ event }) => event.id === early.id);
  assert.equal(stored.happenedAt, stored.receivedAt);
});

test('a resolved issue is open again when it happens again, not when something older arrives late', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const first = batchEvent();
  await send(collector.endpoint, batch([first]));
  const { issueId } = await collector.waitForEvent(({ event }) => event.id === first.id);
  const resolved = await collector.api<IssueDetail>(`/api/issues/${issueId}`, {
    method: 'PATCH',
    body: '{"status":"resolved"}',
  });
  assert.equal(resolved.status, 'resolved');

  const late = batchEvent({ at: Date.now() - hourMs });
  await send(collector.endpoint, batch([late]));
  await collector.waitForEvent(({ event }) => event.id === late.id);
  assert.equal((await collector.api<IssueDetail>(`/api/issues/${issueId}`)).status, 'resolved');

  const again = batchEvent();
  await send(collector.endpoint, batch([again]));
  await collector.waitForEvent(({ event }) => event.id === again.id);
  assert.equal((await collector.api<IssueDetail>(`/api/issues/${issueId}`)).status, 'unresolved');
});

test('an issue counts events, users, releases and values', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const events = [
    batchEvent({ user: { id: 'ada' }, count: 3, tags: { plan: 'gold' } }),
    batchEvent({ user: { id: 'ada' }, release: '1.0.1' }),
    batchEvent({
      user: { id: 'bob' },
      release: '1.0.2',
      level: 'critical',
      page: { url: 'https://shop.example/pay?x=1' },
    }),
  ];
  await send(collector.endpoint, batch(events));
  const { issueId } = await collector.waitForEvent(({ event }) => event.id === events[2]?.id);
  const issue = await collector.api<IssueDetail>(`/api/issues/${issueId}`);
  assert.equal(issue.events, 5);
  assert.equal(issue.users, 2);
  assert.equal(issue.level, 'critical');
  assert.equal(issue.firstRelease, '1.0.0');
  assert.equal(issue.lastRelease, '1.0.2');
  const values = Object.fromEntries(issue.distributions.map(({ property, values: list }) => [property, list]));
  assert.deepEqual(values['release']?.[0], { value: '1.0.0', count: 3 });
  assert.deepEqual(values['tag:plan'], [{ value: 'gold', count: 3 }]);
  assert.deepEqual(
    values['url']?.map(({ value }) => value),
    ['/cart', '/pay'],
  );
  assert.ok(issue.grouping.reasons.length > 0);
  const stored = await collector.waitForEvent(({ event }) => event.id === events[1]?.id);
  assert.deepEqual([stored.previousId, stored.nextId], [events[0]?.id, events[2]?.id]);
});

test('a property with endless values does not fill the database', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const events = Array.from({ length: 400 }, (_, index) => batchEvent({ tags: { order: `order-${index}` } }));
  await send(collector.endpoint, batch(events));
  const { issueId } = await collector.waitForEvent(({ event }) => event.id === events.at(-1)?.id);
  const issue = await collector.api<IssueDetail>(`/api/issues/${issueId}`);
  const orders = issue.distributions.find(({ property }) => property === 'tag:order');
  assert.deepEqual(orders?.values[0], { value: '(others)', count: 300 });
});

test('who follows live sees what arrives', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const response = await fetch(`${collector.url}/api/live`, {
    headers: { authorization: `Bearer ${collector.token}` },
  });
  assert.equal(response.headers.get('content-type'), 'text/event-stream');
  assert.equal(response.headers.get('x-accel-buffering'), 'no');
  const reader = (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader();
  const event = batchEvent();
  await send(collector.endpoint, batch([event, batchEvent()]));
  let text = '';
  while (text.split('\nevent: event\n').length < 3 && text.split('data: ').length < 3)
    text += (await reader.read()).value ?? '';
  const messages = [...text.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => JSON.parse(data) as LiveMessage);
  assert.equal(messages[0]?.eventId, event.id);
  assert.deepEqual(
    messages.map(({ isNew }) => isNew),
    [true, false],
  );
  const other = await fetch(`${collector.url}/api/live?project=99`, {
    headers: { authorization: `Bearer ${collector.token}` },
  });
  assert.equal(other.status, 200);
  await other.body?.cancel();
  await reader.cancel();
});

test('projects do not see each other', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const { key, id } = await collector.api<{ key: string; id: string }>('/api/projects', {
    method: 'POST',
    body: '{"name":"Shop"}',
  });
  const event = batchEvent();
  await send(collector.endpoint, batch([event]));
  await send(`${collector.url}/in/${key}`, batch([event]));
  await collector.waitForEvent(({ event: found, projectId }) => found.id === event.id && projectId === id);
  const { issues } = await collector.api<IssueList>(`/api/issues?project=${id}`);
  assert.equal(issues.length, 1);
  assert.equal(issues[0]?.number, 1, 'each project counts its issues');
  assert.equal((await collector.api<IssueList>('/api/issues')).total, 2);
});
