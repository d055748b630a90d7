import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { defaultProjectSettings, type DroppedList } from '../../src/protocol/api.ts';
import type { Batch } from '../../src/protocol/batch.ts';
import type { LiveError, LogLine, LogList, SessionEvents, StoredRecord } from '../../src/protocol/log-api.ts';
import type { LogRecord } from '../../src/protocol/log-record.ts';
import { openSqliteStore } from '../../src/server/store/sqlite.ts';
import { batch, batchEvent, logRecord, send } from '../helpers/batches.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';
import { openStream } from '../helpers/event-stream.ts';

async function start(t: TestContext): Promise<TestCollector> {
  const collector = await startCollector();
  t.after(() => collector.close());
  return collector;
}

const sendLog = (collector: TestCollector, records: LogRecord[], fields: Partial<Batch> = {}) =>
  send(collector.endpoint, batch([], { records, ...fields }));

const list = (collector: TestCollector, query = '', more = '') =>
  collector.api<LogList>(`/api/records?query=${encodeURIComponent(query)}${more}`);

const texts = async (collector: TestCollector, query = '') =>
  (await list(collector, query)).records.map(({ text }) => text);

test('what is acknowledged is kept: with its context, once however often it comes, and after a restart', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'pagefault-logs-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  const first = await startCollector({ dataDir });
  const record = logRecord({
    level: 'warning',
    logger: 'shop.cart',
    text: 'Slow',
    data: { ms: 1200, cart: { items: 3 } },
  });
  const context = { session: 'session-1', user: { id: '42' }, release: '2.1.0', tags: { plan: 'gold' } };
  const sent = await sendLog(first, [record, logRecord()], context);
  assert.deepEqual([sent.status, sent.answer.accepted, sent.answer.duplicates], [202, 2, 0]);
  const again = await sendLog(first, [record, logRecord(), record], context);
  assert.deepEqual([again.answer.accepted, again.answer.duplicates], [3, 2]);
  await first.close();

  const second = await startCollector({ dataDir });
  t.after(() => second.close());
  assert.equal((await list(second)).records.length, 3);
  const stored = await second.api<StoredRecord>(`/api/records/${record.id}`);
  assert.deepEqual(stored.record, record);
  assert.equal(stored.context.session, 'session-1');
  assert.deepEqual(stored.context.browser, { name: 'Firefox', version: '140.0' });
  const [line] = (await list(second, 'logger:shop.cart')).records;
  assert.deepEqual(line, {
    ...record,
    projectId: '1',
    release: '2.1.0',
    environment: 'test',
    session: 'session-1',
    url: 'https://shop.example/cart',
    user: '42',
    isCut: false,
  } satisfies LogLine);
});

test('records are found by level, logger, words, session, release, environment, page and tag', async (t) => {
  const collector = await start(t);
  const shop = { session: 'session-shop', release: '1.0.0', page: { url: 'https://shop.example/cart' } };
  const till = { session: 'session-till', release: '2.0.0', environment: 'staging', tags: { plan: 'gold' } };
  await sendLog(
    collector,
    [
      logRecord({ text: 'root', logger: 'checkout', level: 'debug' }),
      logRecord({
        text: 'Payment refused by the café',
        logger: 'checkout.payment',
        level: 'error',
        data: { code: 'E4711' },
      }),
    ],
    shop,
  );
  await sendLog(
    collector,
    [
      logRecord({ text: 'Out of paper', logger: 'checkouts', level: 'warning' }),
      logRecord({ text: 'on fire', logger: 'till', level: 'critical' }),
    ],
    { ...till, page: { url: 'https://shop.example/till' } },
  );
  const cases: [query: string, found: string[]][] = [
    ['level:error', ['Payment refused by the café']],
    ['level:>=warning', ['on fire', 'Out of paper', 'Payment refused by the café']],
    ['level:<info', ['root']],
    ['-level:>debug', ['root']],
    ['logger:checkout', ['Out of paper', 'Payment refused by the café', 'root']],
    ['logger:checkout.*', ['Payment refused by the café', 'root']],
    ['-logger:checkout.*', ['on fire', 'Out of paper']],
    ['CAFE', ['Payment refused by the café']],
    ['"refused by"', ['Payment refused by the café']],
    ['"by refused"', []],
    ['e4711', ['Payment refused by the café']],
    ['refused session:session-shop', ['Payment refused by the café']],
    ['refused session:session-till', []],
    ['-refused session:session-shop', ['root']],
    ['session:session-till', ['on fire', 'Out of paper']],
    ['-session:session-till', ['Payment refused by the café', 'root']],
    ['release:2', ['on fire', 'Out of paper']],
    ['environment:test level:error', ['Payment refused by the café']],
    ['url:/till', ['on fire', 'Out of paper']],
    ['tag:plan:gold -paper', ['on fire']],
    ['browser:Firefox till', []],
    ['logger:', ['on fire', 'Out of paper', 'Payment refused by the café', 'root']],
    ['100% _x \\', []],
    ['logger:100%', []],
  ];
  for (const [query, found] of cases) assert.deepEqual(await texts(collector, query), found, query);
  const values = (key: string, begin = '') =>
    collector.api<string[]>(`/api/records/values?key=${key}&begin=${encodeURIComponent(begin)}`);
  assert.deepEqual(await values('logger'), ['checkout', 'checkout.payment', 'checkouts', 'till']);
  assert.deepEqual(await values('logger', 'checkout.'), ['checkout.payment']);
  assert.deepEqual(await values('release'), ['1.0.0', '2.0.0']);
  assert.deepEqual(await values('tag:plan', 'g'), ['gold']);
});

test('they stand in the order of time, by the clock of the collector, and are paged through without gap or repeat', async (t) => {
  const collector = await start(t);
  const now = Date.now();
  const wrong = now - 3_600_000;
  // The clock of this page is an hour slow.
  await sendLog(collector, [logRecord({ text: 'slow clock', at: wrong - 5_000 })], { sentAt: wrong });
  await sendLog(collector, [logRecord({ text: 'late', at: now - 60_000 }), logRecord({ text: 'now', at: now - 10 })]);
  const { records } = await list(collector);
  assert.deepEqual(
    records.map(({ text }) => text),
    ['now', 'slow clock', 'late'],
  );
  assert.ok(Math.abs((records[1]?.at ?? 0) - (now - 5_000)) < 5_000);

  // More of one millisecond than have room in it.
  for (const text of ['burst 1', 'burst 2', 'burst 3']) {
    await sendLog(
      collector,
      Array.from({ length: 1_000 }, () => logRecord({ text, at: now - 30_000 })),
    );
  }
  const seen: string[] = [];
  let cursor = '';
  for (let pages = 0; pages < 20; pages++) {
    const page = await list(collector, 'logger:shop', `&limit=500${cursor}`);
    seen.push(...page.records.map(({ id }) => id));
    if (page.next === null) break;
    cursor = `&cursor=${page.next}`;
  }
  assert.equal(seen.length, 3_003);
  assert.equal(new Set(seen).size, 3_003);
  await assert.rejects(list(collector, '', '&cursor=x'), /400/);
});

test('a few among many are found though each look goes through some thousands only', async (t) => {
  const collector = await start(t);
  const at = Date.now() - 100_000;
  const rare = [0, 1_500, 6_999];
  const all = Array.from({ length: 7_000 }, (_, index) =>
    logRecord({ at: at + index, ...(rare.includes(index) ? { level: 'error', text: `rare ${index}` } : {}) }),
  );
  while (all.length) await sendLog(collector, all.splice(0, 1_000), { session: `session-${all.length}` });
  assert.deepEqual(await texts(collector, 'level:error'), ['rare 6999', 'rare 1500', 'rare 0']);
  assert.deepEqual(await texts(collector, '-cart'), ['rare 6999', 'rare 1500', 'rare 0']);
  assert.deepEqual(await texts(collector, 'level:error release:1 cart'), []);
});

test('secrets do not reach the disk, in texts, data or context, and rules that people write hold', async (t) => {
  const collector = await start(t);
  await collector.api('/api/scrubbing', {
    method: 'PUT',
    body: JSON.stringify({
      rules: [
        { kind: 'text', pattern: 'DE\\d{20}' },
        { kind: 'name', pattern: 'shoe*' },
      ],
    }),
  });
  const record = logRecord({
    text: 'paid from DE12345678901234567890 to https://u:hunter2@bank.example/?token=sesame',
    data: { password: 'hunter3', shoeSize: 42, deep: { apiKey: 'hunter4' } },
  });
  await sendLog(collector, [record], {
    extra: { secret: 'hunter5' },
    page: { url: 'https://x:hunter6@shop.example/' },
  });
  const stored = await collector.api<StoredRecord>(`/api/records/${record.id}`);
  assert.equal(stored.record.text, 'paid from [masked] to https://bank.example/?token=[masked]');
  assert.deepEqual(stored.record.data, { password: '[masked]', shoeSize: '[masked]', deep: { apiKey: '[masked]' } });
  const files = await Promise.all(
    ['pagefault.db', 'pagefault.db-wal'].map((file) => readFile(join(collector.dataDir, file))),
  );
  assert.doesNotMatch(files.map((file) => file.toString('latin1')).join(''), /hunter\d|sesame|DE1234/);
});

test('the rate of a project holds for its records too, and a talkative logger costs no event', async (t) => {
  const collector = await start(t);
  const settings = JSON.stringify({ ...defaultProjectSettings, eventsPerMinute: 60 });
  await collector.api('/api/projects/1/settings', { method: 'PUT', body: settings });
  const event = batchEvent();
  const records = Array.from({ length: 500 }, () => logRecord());
  const { answer } = await send(collector.endpoint, batch([event], { records }));
  assert.equal(answer.accepted, 501);
  await collector.waitForEvent((stored) => stored.event.id === event.id);
  const kept = (await list(collector, '', '&limit=500')).records.length;
  assert.ok(kept >= 10 && kept < 120, `${kept} kept`);
  const { dropped } = await collector.api<DroppedList>('/api/projects/1/dropped');
  assert.deepEqual(dropped, [{ reason: 'log records beyond the rate limit of the collector', count: 500 - kept }]);
});

test('what belongs to a user goes when the user is forgotten, from the index of words too', async (t) => {
  const collector = await start(t);
  await sendLog(collector, [logRecord({ text: 'zebra1 sees' }), logRecord({ text: 'zebra1 goes' })], {
    user: { id: 'u1' },
  });
  await sendLog(collector, [logRecord({ text: 'stays' })], { user: { id: 'u2' } });
  const body = JSON.stringify({ user: 'u1' });
  assert.deepEqual(await collector.api('/api/projects/1/forget', { method: 'POST', body }), {
    deleted: 2,
    isDone: true,
  });
  assert.deepEqual(await texts(collector), ['stays']);
  assert.deepEqual(await texts(collector, 'zebra1'), []);
  const files = await Promise.all(
    ['pagefault.db', 'pagefault.db-wal'].map((file) => readFile(join(collector.dataDir, file))),
  );
  assert.doesNotMatch(files.map((file) => file.toString('latin1')).join(''), /zebra1|"u1"/);
});

test('records go by age and by bytes, the oldest first, and their contexts and loggers with them', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'pagefault-logs-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  const collector = await startCollector({ dataDir });
  const now = Date.now();
  const old = logRecord({ at: now - 5 * 86_400_000, logger: 'old' });
  await sendLog(collector, [old], { session: 'old' });
  for (let i = 0; i < 5; i++) {
    const noise = () => ({ noise: Array.from({ length: 50 }, () => Math.random().toString(36)) });
    await sendLog(
      collector,
      Array.from({ length: 200 }, (_, k) => logRecord({ at: now - 100_000 + 200 * i + k, data: noise() })),
    );
  }
  const newest = logRecord({ text: 'newest' });
  await sendLog(collector, [newest], { session: 'new' });
  await collector.close();
  const store = openSqliteStore(dataDir);
  t.after(() => store.close());
  while (await store.retention.step({ days: 2, maxBytes: null }, now));
  assert.equal(await store.logs.find(old.id), undefined);
  assert.deepEqual(await store.logs.known('logger', '', 10), ['shop']);
  assert.deepEqual(await store.logs.known('session', '', 10), ['new']);
  const count = async () =>
    (await store.logs.list({ words: [], values: [], levels: [], loggers: [], limit: 2_000 })).records.length;
  assert.equal(await count(), 1_001);
  while (await store.retention.step({ days: null, maxBytes: 1_000_000 }, now));
  const left = await count();
  assert.ok(left > 0 && left < 900, `${left} are left`);
  assert.ok(await store.logs.find(newest.id), 'the newest stays');
});

test('from a record one gets to the errors of its session', async (t) => {
  const collector = await start(t);
  const [early, late] = [
    batchEvent(),
    batchEvent({ level: 'critical', exceptions: [{ type: 'RangeError', value: 'x' }] }),
  ];
  await send(collector.endpoint, batch([early], { session: 'session-a', records: [logRecord()] }));
  await send(collector.endpoint, batch([late], { session: 'session-a' }));
  await send(collector.endpoint, batch([batchEvent()], { session: 'session-b' }));
  await collector.digested();
  const { events } = await collector.api<SessionEvents>('/api/events?session=session-a');
  assert.deepEqual(
    events.map(({ id, title, level }) => [id, title, level]),
    [
      [early.id, 'Error: Out of stock', 'error'],
      [late.id, 'RangeError: x', 'critical'],
    ],
  );
  assert.deepEqual(await collector.api('/api/events?session=session-x'), { events: [] });
});

test('what arrives is followed live by the same search, with what a reader missed, and errors beside', async (t) => {
  const collector = await start(t);
  const follow = async (search: string, headers: Record<string, string> = {}) => {
    const stream = await openStream(`${collector.url}/api/records/live?${search}`, {
      authorization: `Bearer ${collector.token}`,
      ...headers,
    });
    t.after(() => stream.close());
    return stream;
  };
  const query = encodeURIComponent('level:>=warning logger:checkout.* -"no matter" refused');
  const stream = await follow(`query=${query}&events=true`);
  const say = (text: string, fields: Partial<LogRecord> = {}) =>
    logRecord({ level: 'error', logger: 'checkout.pay', text, ...fields });
  await sendLog(collector, [
    say('refused, debug', { level: 'debug' }),
    say('refused elsewhere', { logger: 'checkouts' }),
    say('refused, no matter'),
    say('Refusedly', { id: 'the-record-that-matches' }),
  ]);
  const { data, id } = await stream.next<LogLine>('record');
  assert.equal(data.id, 'the-record-that-matches');
  await sendLog(collector, [say('was refused while nobody listened')]);
  const later = await follow(`query=${query}`, { 'last-event-id': id ?? '' });
  assert.equal((await later.next<LogLine>('record')).data.text, 'was refused while nobody listened');

  const errors = await follow(`query=${encodeURIComponent('level:error session:session-live stock')}&events=true`);
  const other = await follow('project=99&events=true');
  const event = batchEvent();
  await send(collector.endpoint, batch([batchEvent()], { session: 'session-other' }));
  await send(collector.endpoint, batch([event], { session: 'session-live', records: [say('stock')] }));
  const told = await errors.next<LiveError>('event');
  assert.deepEqual(
    [told.data.eventId, told.data.title, told.data.session],
    [event.id, 'Error: Out of stock', 'session-live'],
  );
  assert.equal((await errors.next<LogLine>('record')).data.text, 'stock');
  other.close();
});

test('records are for those who are signed in', async (t) => {
  const collector = await start(t);
  for (const path of [
    'records',
    'records/live',
    'records/abcdefghijklmnop',
    'records/values?key=logger',
    'events?session=x',
  ]) {
    assert.equal((await fetch(`${collector.url}/api/${path}`)).status, 401, path);
  }
});
