import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { EventList, IssueList } from '../../src/protocol/api.ts';
import { batch, batchEvent, send } from '../helpers/batches.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';
import { createRandom } from '../helpers/random.ts';

let collector: TestCollector;
const random = createRandom(20_261_122);
const words = ['apple', 'banana', 'cherry', 'damson', 'elder', 'fig', 'grape'];

before(async () => {
  collector = await startCollector();
  const base = Date.now() - 60_000;
  const events = words.flatMap((word, index) =>
    Array.from({ length: index + 1 }, (_, nth) =>
      batchEvent({
        at: base + index * 100 + nth,
        exceptions: [{ type: 'Error', value: `No more ${word} left` }],
        browser: { name: index % 2 ? 'Safari' : 'Chrome', version: '18.1' },
      }),
    ),
  );
  await send(collector.endpoint, batch(events));
  await collector.waitForEvent(({ event }) => event.id === events.at(-1)?.id);
});
after(() => collector.close());

async function walk(query: string, total = words.length): Promise<string[]> {
  const titles: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const next: string = cursor && `&cursor=${cursor}`;
    const page: IssueList = await collector.api(`/api/issues?limit=2&${query}${next}`);
    assert.equal(page.total, total);
    assert.ok(page.issues.length <= 2);
    titles.push(...page.issues.map(({ title }) => title.split(' ')[3] ?? ''));
    cursor = page.next;
  }
  return titles;
}

test('pages of issues follow one another without gap or repeat, in each order', async () => {
  for (const sort of ['lastSeen', 'firstSeen', 'events']) {
    assert.deepEqual(await walk(`sort=${sort}`), words.toReversed(), sort);
  }
  assert.deepEqual((await walk('sort=users')).sort(), words);
});

test('pages of what a search finds follow one another too, and each tells how many there are', async () => {
  const odd = words.filter((_, index) => index % 2 === 1).toReversed();
  const byTerms: [terms: string, found: string[]][] = [
    ['browser:Safari', odd],
    ['browser:Safari level:error more', odd],
    ['-browser:Chrome', odd],
    ['browser:Safari events:>2', odd.slice(0, 2)],
    ['no more', words.toReversed()],
  ];
  for (const [terms, found] of byTerms) {
    for (const sort of ['lastSeen', 'firstSeen', 'events', 'trend']) {
      const query = `sort=${sort}&query=${encodeURIComponent(terms)}`;
      assert.deepEqual(await walk(query, found.length), found, `${terms} by ${sort}`);
    }
  }
  const { total } = await collector.api<IssueList>('/api/issues?query=browser:Netscape');
  assert.equal(total, 0);
});

test('pages of events follow one another, newest first', async () => {
  const { issues } = await collector.api<IssueList>('/api/issues?query=grape');
  const times: number[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const next: string = cursor && `&cursor=${cursor}`;
    const page: EventList = await collector.api(`/api/issues/${issues[0]?.id}/events?limit=3${next}`);
    times.push(...page.events.map(({ receivedAt }) => receivedAt));
    cursor = page.next;
  }
  assert.equal(times.length, 7);
});

test('search finds words by their beginning, and values of properties', async () => {
  const find = async (query: string) => {
    const { issues } = await collector.api<IssueList>(`/api/issues?query=${encodeURIComponent(query)}`);
    return issues.map(({ title }) => title.split(' ')[3]);
  };
  assert.deepEqual(await find('banana'), ['banana']);
  assert.deepEqual(await find('dam'), ['damson']);
  assert.deepEqual(await find('"more cherry"'), ['cherry']);
  assert.deepEqual(await find('cherry banana'), []);
  assert.equal((await find('/cart')).length, 7, 'the culprit is searched too');
  assert.deepEqual(await find('browser:safari'), ['fig', 'damson', 'banana']);
  assert.deepEqual(await find('browser:"Safari 18" fig'), ['fig']);
  assert.deepEqual(await find('browser:%'), []);
  for (const odd of ['"', '*', 'a"b', "'; DROP TABLE issues --", 'NEAR(', 'AND OR NOT', '^', '-x', 'text:apple'])
    await find(odd);
});

test('issues are filtered by status', async () => {
  const { issues } = await collector.api<IssueList>('/api/issues?query=apple');
  await collector.api(`/api/issues/${issues[0]?.id}`, { method: 'PATCH', body: '{"status":"ignored"}' });
  assert.equal((await collector.api<IssueList>('/api/issues?status=ignored')).total, 1);
  assert.equal((await collector.api<IssueList>('/api/issues?status=unresolved')).total, words.length - 1);
});

test('what is not there or not understood is answered with an error', async () => {
  const status = async (path: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${collector.token}`, 'content-type': 'application/json' };
    return (await fetch(collector.url + path, { ...init, headers })).status;
  };
  assert.equal(await status('/api/issues/9999'), 404);
  assert.equal(await status('/api/issues/nothing'), 404);
  assert.equal(await status('/api/issues/9999/events'), 404);
  assert.equal(await status('/api/events/nothing'), 404);
  assert.equal(await status('/api/events/..%2f..%2fetc'), 400);
  assert.equal(await status('/api/nothing'), 404);
  assert.equal(await status('/api/issues?cursor=nonsense'), 400);
  assert.equal(await status('/api/issues?limit=100000'), 400);
  assert.equal(await status('/api/issues?status=lost'), 400);
  assert.equal(await status('/api/issues/1', { method: 'PATCH', body: '{"status":"lost"}' }), 400);
  assert.equal(await status('/api/issues/9999', { method: 'PATCH', body: '{"status":"ignored"}' }), 404);
});

test('a page of events ends early when it would take long to read, and the next goes on', async () => {
  const noise = () => Array.from({ length: 240 }, () => random.below(2 ** 32).toString(36)).join(' ');
  const large = (nth: number) =>
    batchEvent({
      at: Date.now() + nth,
      exceptions: [{ type: 'Error', value: 'Much to tell' }],
      extra: Object.fromEntries(Array.from({ length: 50 }, (_, key) => [`k${key}`, noise()])),
    });
  const sent = Array.from({ length: 4 }, (_, nth) => Array.from({ length: 8 }, (_, inside) => large(8 * nth + inside)));
  for (const events of sent) await send(collector.endpoint, batch(events));
  await collector.waitForEvent(({ event }) => event.id === sent.at(-1)?.at(-1)?.id);
  const { issues } = await collector.api<IssueList>('/api/issues?query=much');
  const first: EventList = await collector.api(`/api/issues/${issues[0]?.id}/events?limit=100`);
  assert.ok(first.events.length > 1 && first.events.length < 32, `${first.events.length} events`);
  const second: EventList = await collector.api(`/api/issues/${issues[0]?.id}/events?limit=100&cursor=${first.next}`);
  const ids = [...first.events, ...second.events].map(({ id }) => id);
  assert.deepEqual(
    ids.toReversed(),
    sent.flat().map(({ id }) => id),
  );
  assert.equal(second.next, null);
});
