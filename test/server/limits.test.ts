import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  defaultProjectSettings,
  type DroppedList,
  type IssueDetail,
  type IssueList,
  type ProjectSettings,
  type ReleaseList,
} from '../../src/protocol/api.ts';
import type { Delivery } from '../../src/protocol/notices.ts';
import type { Event } from '../../src/protocol/event.ts';
import { isInSample } from '../../src/server/limit-rate.ts';
import { batch, batchEvent, send } from '../helpers/batches.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';
import { startHttpReceiver } from './notify/receivers.ts';

const set = (collector: TestCollector, settings: Partial<ProjectSettings>) =>
  collector.api<ProjectSettings>('/api/projects/1/settings', {
    method: 'PUT',
    body: JSON.stringify({ ...defaultProjectSettings, ...settings }),
  });

async function until<T>(read: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 10_000; ;) {
    const found = await read();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error('It does not come.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const dropped = async (collector: TestCollector) =>
  (await collector.api<DroppedList>('/api/projects/1/dropped')).dropped;

test('only pages of the allowed origins may send, and what is refused is counted', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  await set(collector, { origins: ['https://shop.example', 'https://*.shop.example'] });
  const statusFrom = async (headers: Record<string, string>) =>
    (await send(collector.endpoint, batch([batchEvent()]), headers)).status;
  assert.equal(await statusFrom({ origin: 'https://shop.example' }), 202);
  assert.equal(await statusFrom({ origin: 'https://www.shop.example' }), 202);
  assert.equal(await statusFrom({ referer: 'https://shop.example/cart' }), 202);
  for (const origin of [
    'https://evil.example',
    'http://shop.example',
    'https://evilshop.example',
    'https://shop.example.evil.example',
    'null',
  ]) {
    assert.equal(await statusFrom({ origin }), 403, origin);
  }
  assert.equal(await statusFrom({}), 403);
  const counted = await until(async () => (await dropped(collector))[0]);
  assert.deepEqual(counted, { reason: 'batch from an origin that is not allowed', count: 6 });
});

test('beyond its rate a project keeps a sample, and everything is counted', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  await set(collector, { eventsPerMinute: 60 });
  const sent = await send(collector.endpoint, batch(Array.from({ length: 90 }, () => batchEvent())));
  assert.deepEqual([sent.status, sent.answer.accepted], [202, 90]);
  const { issues } = await until(async () => {
    const list = await collector.api<IssueList>('/api/issues');
    return list.issues[0] ? list : undefined;
  });
  const [counted] = await dropped(collector);
  assert.equal(counted?.reason, 'rate limit of the collector');
  const kept = await until(async () => {
    const detail = await collector.api<IssueDetail>(`/api/issues/${issues[0]?.id}`);
    return detail.events + (counted?.count ?? 0) === 90 ? detail.events : undefined;
  });
  assert.ok(kept >= 10 && kept < 60, `${kept} kept`);
  const flood = await until(async () => {
    const answer = await send(collector.endpoint, batch(Array.from({ length: 90 }, () => batchEvent())));
    return answer.status === 429 ? answer : undefined;
  });
  assert.ok(Number(flood.headers.get('retry-after')) > 0);
  await until(async () =>
    (await dropped(collector)).find(({ reason }) => reason === 'batch far beyond the rate limit'),
  );
});

test('an event that is sent again meets the same fate', () => {
  const ids = Array.from({ length: 1_000 }, (_, i) => `event-of-a-page-${i}`);
  const kept = ids.filter(isInSample);
  assert.ok(kept.length > 50 && kept.length < 200, `${kept.length} of 1,000`);
  assert.deepEqual(ids.filter(isInSample), kept);
});

test('a busy issue counts every event and keeps the details of some', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  await set(collector, { keptPerIssueHour: 10 });
  const at = Date.now();
  const events = Array.from({ length: 250 }, () => batchEvent({ at }));
  await send(collector.endpoint, batch(events, { sentAt: at }));
  const issue = await until(async () => {
    const [one] = (await collector.api<IssueList>('/api/issues')).issues;
    return one?.events === 250 ? collector.api<IssueDetail>(`/api/issues/${one.id}`) : undefined;
  });
  // 10, then of the next 90 one of ten, then one of a hundred.
  assert.equal(issue.sampled, 250 - 10 - 9 - 1);
  const { events: kept } = await collector.api<{ events: { id: string }[] }>(
    `/api/issues/${issue.id}/events?limit=100`,
  );
  assert.equal(kept.length, 20);
  assert.equal(kept[0]?.id, issue.latestEventId);
  const again = await send(collector.endpoint, batch(events, { sentAt: at }));
  assert.equal(again.answer.duplicates, 250, 'what was sampled away is known nevertheless');
});

test('rules that a person writes are tried first, and then hold for what arrives', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const rules = [
    { kind: 'name', pattern: 'customer*' },
    { kind: 'text', pattern: '[a-z.]+@[a-z.]+', replacement: '$mail' },
  ];
  const message = 'no mail to ada@example.org';
  const extra = { CustomerName: 'Ada', list: [{ text: 'from bob@example.org' }], size: 3 };
  const post = <T>(path: string, body: object, method = 'POST') =>
    collector.api<T>(path, { method, body: JSON.stringify(body) });
  const tried = await post<{ event: Event }>('/api/scrubbing/try', { rules, event: { message, extra } });
  assert.equal(tried.event.message, 'no mail to $mail');
  assert.deepEqual(tried.event.extra, { CustomerName: '[masked]', list: [{ text: 'from $mail' }], size: 3 });
  await assert.rejects(
    post('/api/scrubbing', { rules: [{ kind: 'text', pattern: '(' }] }, 'PUT'),
    /400 .*cannot be read/,
  );

  await post('/api/scrubbing', { rules }, 'PUT');
  const event = batchEvent({ message, extra });
  await send(collector.endpoint, batch([event]));
  const stored = await collector.waitForEvent(({ event: { id } }) => id === event.id);
  assert.equal(stored.event.message, 'no mail to $mail');
  assert.deepEqual(await collector.api('/api/scrubbing'), { rules });
});

test('a rule takes no longer on text that patterns stumble over', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const began = process.cpuUsage();
  await collector.api('/api/scrubbing/try', {
    method: 'POST',
    body: JSON.stringify({ rules: [{ kind: 'text', pattern: '(a+)+$' }], event: { message: `${'a'.repeat(1_900)}!` } }),
  });
  assert.ok(process.cpuUsage(began).user < 2_000_000);
});

test('everything about one user is deleted, from the file too', async (t) => {
  const collector = await startCollector();
  const { dataDir } = collector;
  t.after(() => collector.close());
  const secret = 'uniquely-ada-1815';
  const theirs = [1, 2, 3].map(() => batchEvent({ user: { id: 'ada' }, extra: { diary: secret } }));
  const other = batchEvent({ user: { id: 'bob' } });
  await send(collector.endpoint, batch([...theirs, other]));
  await collector.waitForEvent(({ event: { id } }) => id === other.id);
  const answer = await collector.api('/api/projects/1/forget', { method: 'POST', body: '{"user":"ada"}' });
  assert.deepEqual(answer, { deleted: 3, isDone: true });
  const left = await collector.events();
  assert.deepEqual(
    left.map(({ event: { id } }) => id),
    [other.id],
  );
  const files = readdirSync(dataDir).filter((name) => name.startsWith('pagefault.db'));
  for (const name of files) {
    const bytes = readFileSync(join(dataDir, name));
    for (const { id } of theirs) assert.ok(!bytes.includes(id), `${id} is in ${name}`);
    assert.ok(!bytes.includes(secret), name);
  }
});

test('what only a forgotten user’s report said is in no title and found by no search', async (t) => {
  const collector = await startCollector();
  const { dataDir } = collector;
  t.after(() => collector.close());
  const failing = (value: string, user: string) =>
    batchEvent({ exceptions: [{ type: 'RangeError', value }], fingerprint: ['same'], user: { id: user } });
  const theirs = [failing('no seat for lovelace1815', 'ada'), failing('no seat for anyone', 'ada')];
  const others = [failing('no seat for anyone', 'bob')];
  await send(collector.endpoint, batch([...theirs, ...others]));
  await collector.waitForEvent(({ event: { id } }) => id === others[0]?.id);
  const found = async (words: string) =>
    (await collector.api<IssueList>(`/api/issues?query=${words}`)).issues.map(({ title }) => title);
  assert.deepEqual(await found('lovelace1815'), ['RangeError: no seat for lovelace1815']);
  await collector.api('/api/projects/1/forget', { method: 'POST', body: '{"user":"ada"}' });
  assert.deepEqual(await found('lovelace1815'), []);
  assert.deepEqual(await found('anyone'), ['RangeError: no seat for anyone']);
  for (const name of readdirSync(dataDir).filter((file) => file.startsWith('pagefault.db'))) {
    assert.ok(!readFileSync(join(dataDir, name)).includes('lovelace1815'), name);
  }
});

test('a forgotten user is in no count, no value and no notice', async (t) => {
  const collector = await startCollector({ allowPrivateNetwork: true });
  const receiver = await startHttpReceiver();
  const { dataDir } = collector;
  t.after(async () => {
    await collector.close();
    await receiver.close();
  });
  const post = (path: string, body: object) => collector.api(path, { method: 'POST', body: JSON.stringify(body) });
  await post('/api/channels', { name: 'Hook', kind: 'webhook', url: receiver.url, secret: 's' });
  await post('/api/projects/1/rules', {
    ...{ name: 'New', trigger: { kind: 'new' }, filter: {}, channels: ['1'], pace: 'now' },
    ...{ atMostEvery: 0, quiet: null, timeZone: 'UTC', isEnabled: true },
  });
  const failing = (user: string, fields: Parameters<typeof batchEvent>[0]) =>
    batchEvent({ fingerprint: ['same'], user: { id: user }, ...fields });
  const page = { url: 'https://shop.example/of/lovelace1815' };
  const theirs = failing('ada', { page, tags: { club: 'lovelace1815' }, count: 7, trail: [0, 1] });
  const trail = [{ at: 1, kind: 'click' as const, text: 'button "lovelace1815"' }];
  await send(collector.endpoint, batch([theirs], { trail, release: '2.0' }));
  await receiver.came(1);
  assert.match(receiver.received[0]?.text ?? '', /lovelace1815/);
  const other = failing('bob', { page: { url: 'https://shop.example/cart' }, count: 2 });
  await send(collector.endpoint, batch([other], { release: '2.0' }));
  await collector.waitForEvent(({ event: { id } }) => id === other.id);
  const log = () => collector.api<Delivery[]>('/api/projects/1/deliveries');
  await until(async () => (await log()).find(({ state }) => state === 'sent'));
  await collector.api('/api/projects/1/forget', { method: 'POST', body: '{"user":"ada"}' });
  const { issues } = await collector.api<IssueList>('/api/issues');
  assert.deepEqual([issues[0]?.events, issues[0]?.users], [2, 1]);
  const { releases } = await collector.api<ReleaseList>('/api/projects/1/releases');
  assert.deepEqual([releases[0]?.events, releases[0]?.users], [2, 1]);
  const whole = await collector.api<IssueDetail>(`/api/issues/${issues[0]?.id}`);
  const overview = await collector.api('/api/projects/1/overview');
  assert.doesNotMatch(JSON.stringify([whole, overview, await log()]), /lovelace1815/);
  for (const name of readdirSync(dataDir).filter((file) => file.startsWith('pagefault.db'))) {
    assert.ok(!readFileSync(join(dataDir, name)).includes('lovelace1815'), name);
  }
});

test('the address of a visitor is nowhere in the data folder', async (t) => {
  const collector = await startCollector({ trustProxy: true });
  t.after(() => collector.close());
  const event = batchEvent();
  await send(collector.endpoint, batch([event]), { 'x-forwarded-for': '198.51.100.77', 'x-real-ip': '198.51.100.77' });
  const stored = await collector.waitForEvent(({ event: { id } }) => id === event.id);
  assert.doesNotMatch(JSON.stringify(stored), /198\.51/);
  for (const name of readdirSync(collector.dataDir)) {
    assert.ok(!readFileSync(join(collector.dataDir, name)).includes('198.51'), name);
  }
});
