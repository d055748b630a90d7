import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Invitation, IssueList, KnownValue, SavedSearch, Session } from '../../src/protocol/api.ts';
import { batch, batchEvent, send } from '../helpers/batches.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';

let collector: TestCollector;

const dayMs = 86_400_000;
const bugs: Record<string, { days: number[]; browser: string; plan?: string }> = {
  'Fading out slowly': { days: [0, 1, 1, 2, 2, 3, 3, 4], browser: 'Safari' },
  'Growing by the hour': { days: [0, 0, 0, 0, 1], browser: 'Firefox' },
  'Steady drip of errors': { days: [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7], browser: 'Chrome', plan: 'gold' },
};

before(async () => {
  collector = await startCollector();
  const now = Date.now();
  for (const [name, { days, browser, plan }] of Object.entries(bugs)) {
    const events = days.map((day, nth) =>
      batchEvent({
        at: now - day * dayMs - 1_000 * nth,
        fingerprint: [name],
        exceptions: [{ type: 'Error', value: name }],
        browser: { name: browser, version: '18.1' },
        ...(plan !== undefined && { tags: { plan } }),
      }),
    );
    await send(collector.endpoint, batch(events));
    await collector.waitForEvent(({ event }) => event.id === events.at(-1)?.id);
  }
});
after(() => collector.close());

const list = (query: string, more = '') =>
  collector.api<IssueList>(`/api/issues?query=${encodeURIComponent(query)}${more}`);
const found = async (query: string) => (await list(query)).issues.map(({ title }) => title.split(' ')[1]).sort();

test('quoted words follow one another, others stand anywhere', async () => {
  assert.deepEqual(await found('"drip of"'), ['Steady']);
  assert.deepEqual(await found('"of drip"'), []);
  assert.deepEqual(await found('of drip'), ['Steady']);
  assert.deepEqual(await found('"by the ho"'), ['Growing']);
});

test('a dash turns a term round', async () => {
  assert.deepEqual(await found('-browser:Safari'), ['Growing', 'Steady']);
  assert.deepEqual(await found('-"drip of" -growing'), ['Fading']);
  assert.deepEqual(await found('-is:unresolved'), []);
  assert.deepEqual(await found('-tag:plan:gold'), ['Fading', 'Growing']);
});

test('a key without a value does not narrow the list yet', async () => {
  for (const query of ['browser:', 'steady browser:"', '-tag:plan:', 'events:>']) {
    assert.ok((await found(query)).includes('Steady'), query);
  }
  assert.deepEqual(await found('nonsense:'), [], 'what is no key is a word');
});

test('counts are compared', async () => {
  assert.deepEqual(await found('events:>8'), ['Steady']);
  assert.deepEqual(await found('events:<=8'), ['Fading', 'Growing']);
  assert.deepEqual(await found('events:5'), ['Growing']);
  assert.deepEqual(await found('events:many'), []);
});

test('sorted by trend, what happens more than usual comes first, page by page', async () => {
  const titles: string[] = [];
  for (let cursor = ''; ;) {
    const page = await list('', `&sort=trend&limit=1${cursor}`);
    titles.push(...page.issues.map(({ title }) => title.split(' ')[1] ?? ''));
    if (page.next === null) break;
    cursor = `&cursor=${page.next}`;
  }
  assert.deepEqual(titles, ['Growing', 'Steady', 'Fading']);
  const { issues } = await list('steady');
  assert.ok((issues[0]?.usual ?? 0) >= 2 && (issues[0]?.usual ?? 0) <= 2.4, String(issues[0]?.usual));
});

test('keys and values are those that have occurred, most issues first', async () => {
  const values = async (query: string) =>
    (await collector.api<KnownValue[]>(`/api/values?${query}`)).map(({ value }) => value);
  assert.deepEqual(await values('key=browser'), ['Chrome 18.1', 'Firefox 18.1', 'Safari 18.1']);
  assert.deepEqual(await values('key=browser&begin=fi'), ['Firefox 18.1']);
  assert.deepEqual(await values('key=tag:plan'), ['gold']);
  assert.deepEqual(await values('key=browser&project=99'), []);
  assert.deepEqual(await values('key=nonsense'), []);
  const keys = await collector.api<string[]>('/api/keys');
  assert.ok(keys.includes('browser') && keys.includes('tag:plan'), keys.join());
});

/** Calls the API as a person who has been invited. */
async function asPerson(name: string) {
  const { token } = await collector.api<Invitation>('/api/people', {
    method: 'POST',
    body: JSON.stringify({ name, role: 'member' }),
  });
  const json = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
  const body = JSON.stringify({ token });
  const answer = await fetch(`${collector.url}/api/session`, { method: 'POST', headers: json, body });
  const { csrfToken } = (await answer.json()) as Session;
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  return async <T>(path: string, init: RequestInit = {}): Promise<{ status: number; data: T }> => {
    const headers = { ...(init.body ? json : {}), cookie, 'x-csrf-token': csrfToken };
    const response = await fetch(collector.url + path, { ...init, headers });
    return { status: response.status, data: (response.status === 204 ? undefined : await response.json()) as T };
  };
}

test('a kept search is one’s own unless it is shared, and only its owner or an administrator forgets it', async () => {
  const [ada, bob] = [await asPerson('Ada'), await asPerson('Bob')];
  const keep = (name: string, isShared: boolean) =>
    ada<SavedSearch>('/api/searches', {
      method: 'POST',
      body: JSON.stringify({ name, search: 'query=browser%3ASafari', isShared }),
    });
  const names = async (who: typeof ada) =>
    (await who<SavedSearch[]>('/api/searches')).data.map(({ name, isMine }) => `${name}${isMine ? ' (mine)' : ''}`);
  const [mine, ours] = [(await keep('Mine', false)).data, (await keep('Ours', true)).data];
  assert.deepEqual(await names(ada), ['Mine (mine)', 'Ours (mine)']);
  assert.deepEqual(await names(bob), ['Ours']);
  for (const { id } of [mine, ours]) {
    assert.equal((await bob(`/api/searches/${id}`, { method: 'DELETE' })).status, 404);
  }
  assert.equal((await ada(`/api/searches/${mine.id}`, { method: 'DELETE' })).status, 204);
  await collector.api(`/api/searches/${ours.id}`, { method: 'DELETE' });
  assert.deepEqual(await names(bob), []);
});

test('is:mine and assigned:me are issues of the one who asks', async () => {
  const eve = await asPerson('Eve');
  const { data: session } = await eve<Session>('/api/session');
  const [issue] = (await list('steady')).issues;
  await eve(`/api/issues/${issue?.id}`, { method: 'PATCH', body: JSON.stringify({ assignee: session.person.id }) });
  for (const query of ['is:mine', 'assigned:me', 'is:mine -browser:Safari']) {
    const { data } = await eve<IssueList>(`/api/issues?query=${encodeURIComponent(query)}`);
    assert.deepEqual(
      data.issues.map(({ title }) => title.split(' ')[1]),
      ['Steady'],
      query,
    );
  }
  const { data } = await eve<IssueList>(`/api/issues?query=-is%3Amine`);
  assert.equal(data.total, 2);
});

test('a list by trend that was asked before counts what has come since, of today and of days ago', async () => {
  const order = async () =>
    (await list('', '&sort=trend')).issues.map(({ title }) => title.split(' ')[1] ?? '').slice(0, 3);
  const add = async (name: string, count: number, days: number) => {
    const event = () =>
      batchEvent({
        at: Date.now() - days * dayMs,
        fingerprint: [name],
        exceptions: [{ type: 'Error', value: name }],
      });
    await send(collector.endpoint, batch(Array.from({ length: count }, event)));
    await collector.digested();
  };
  assert.deepEqual(await order(), ['Growing', 'Steady', 'Fading']);
  await add('Fading out slowly', 10, 0);
  assert.deepEqual(await order(), ['Fading', 'Growing', 'Steady']);
  await add('Fading out slowly', 60, 3);
  assert.deepEqual(await order(), ['Growing', 'Fading', 'Steady'], 'of a page that was offline for days');
});

test('a search says how many it found, also where it found none and behind its last page', async () => {
  assert.equal((await list('unheardof')).total, 0);
  const behind = await list('steady', '&cursor=0.0');
  assert.deepEqual([behind.issues.length, behind.total], [0, 1]);
});
