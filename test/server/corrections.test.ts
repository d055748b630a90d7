import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Activity, EventList, IssueDetail, IssueList, SplitAnswer } from '../../src/protocol/api.ts';
import { batch, batchEvent, send } from '../helpers/batches.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';
import { until } from '../helpers/until.ts';

/** Events of one function, called by another; told apart by the function's name. */
async function fail(collector: TestCollector, name: string, caller: string, user: string, at?: number) {
  const event = batchEvent({
    exceptions: [{ type: 'Error', value: 'It is broken', stack: 0 }],
    ...(at !== undefined && { at }),
  });
  const frames: [string, number, number, number][] = [
    [name, 0, 1, 1],
    [caller, 0, 1, 100],
  ];
  await send(
    collector.endpoint,
    batch([event], {
      files: ['https://shop.example/shop.js'],
      frames,
      stacks: [[0, 1]],
      user: { id: user },
      release: user,
    }),
  );
  return (await collector.waitForEvent((found) => found.event.id === event.id)).issueId;
}

const post = <T>(collector: TestCollector, path: string, body: unknown) =>
  collector.api<T>(path, { method: 'POST', body: JSON.stringify(body) });
const read = (collector: TestCollector, id: string) => collector.api<IssueDetail>(`/api/issues/${id}`);
const shown = async (collector: TestCollector) => {
  const { issues, total } = await collector.api<IssueList>('/api/issues');
  assert.equal(issues.length, total);
  return issues.map(({ id }) => id).sort();
};

/** What its history says, the newest first. */
const told = async (collector: TestCollector, id: string) =>
  (await collector.api<Activity[]>(`/api/issues/${id}/activity`)).map(({ kind, person, issue }) => [
    kind,
    person,
    issue,
  ]);

/** All that is counted of an issue. */
function counts({
  events,
  users,
  daily,
  hourly,
  distributions,
  firstSeen,
  lastSeen,
  firstRelease,
  lastRelease,
}: IssueDetail) {
  return { events, users, daily, hourly, distributions, firstSeen, lastSeen, firstRelease, lastRelease };
}

/** The issue, as soon as it is so. */
async function settled(collector: TestCollector, id: string, isSo: (issue: IssueDetail) => boolean) {
  let issue = await read(collector, id);
  await until(
    async () => isSo((issue = await read(collector, id))),
    () => issue,
  );
  return issue;
}

const eventsOf = async (collector: TestCollector, id: string) =>
  (await collector.api<EventList>(`/api/issues/${id}/events?limit=100`)).events.length;

async function start(t: { after(end: () => unknown): void }): Promise<TestCollector> {
  const collector = await startCollector();
  t.after(() => collector.close());
  return collector;
}

test('a merged issue is one with the other, for events to come too, until the merge is undone', async (t) => {
  const collector = await start(t);
  const [one, two] = [
    await fail(collector, 'pay_card', 'main', 'ann'),
    await fail(collector, 'pay_bank', 'main', 'bob'),
  ];
  await fail(collector, 'pay_bank', 'main', 'ann');
  assert.notEqual(one, two);
  const before = { one: await read(collector, one), two: await read(collector, two) };

  const merged = await post<IssueDetail>(collector, `/api/issues/${two}/merge`, { into: one });
  assert.equal(merged.id, one);
  assert.equal(merged.events, 3);
  assert.equal(merged.users, 2);
  assert.equal(merged.lastRelease, 'ann');
  assert.deepEqual(await shown(collector), [one]);
  assert.equal((await read(collector, two)).id, one, 'a link to what was merged leads to where it is');
  assert.equal(await eventsOf(collector, two), 3);
  const [correction] = merged.corrections;
  assert.equal(correction?.kind, 'merge');
  assert.equal(correction.isOrigin, true);
  assert.deepEqual(correction.issue, { id: two, number: before.two.number, title: before.two.title });

  assert.equal(await fail(collector, 'pay_bank', 'main', 'cid'), one);
  assert.equal(await fail(collector, 'pay_card', 'main', 'dan'), one);
  const grown = await read(collector, one);
  assert.equal(grown.events, 5);
  assert.equal(grown.users, 4);

  const undone = await post<IssueDetail>(collector, `/api/issues/${one}/undo`, { correction: correction.id });
  assert.equal(undone.id, one);
  assert.deepEqual(undone.corrections, []);
  assert.equal(undone.events, 2);
  assert.equal(undone.users, 2);
  assert.equal(undone.lastRelease, 'dan');
  assert.equal(undone.firstSeen, before.one.firstSeen);
  const again = await read(collector, two);
  assert.equal(again.id, two);
  assert.equal(again.number, before.two.number);
  assert.equal(again.events, 3);
  assert.equal(again.users, 3);
  assert.equal(await eventsOf(collector, one), 2);
  assert.equal(await eventsOf(collector, two), 3);
  assert.equal(await fail(collector, 'pay_bank', 'main', 'bob'), two);

  const other = { id: two, number: before.two.number, title: before.two.title };
  assert.deepEqual(await told(collector, one), [
    ['unmerged', 'API token', other],
    ['merged', 'API token', other],
  ]);
});

test('a merge undone at once leaves both issues as they were', async (t) => {
  const collector = await start(t);
  const [one, two] = [
    await fail(collector, 'pay_card', 'main', 'ann'),
    await fail(collector, 'pay_bank', 'main', 'bob'),
  ];
  const before = [counts(await read(collector, one)), counts(await read(collector, two))];
  const { corrections } = await post<IssueDetail>(collector, `/api/issues/${one}/merge`, { issues: [two] });
  await post(collector, `/api/issues/${one}/undo`, { correction: corrections[0]?.id });
  assert.deepEqual([counts(await read(collector, one)), counts(await read(collector, two))], before);
});

test('of merges into merged issues each can be undone by itself', async (t) => {
  const collector = await start(t);
  const names = ['load_one', 'load_two', 'load_three'];
  const [one = '', two = '', three = ''] = await Promise.all(names.map((name) => fail(collector, name, 'main', name)));
  await post(collector, `/api/issues/${three}/merge`, { into: two });
  const all = await post<IssueDetail>(collector, `/api/issues/${two}/merge`, { into: one });
  assert.equal(all.events, 3);
  assert.equal(all.corrections.length, 2);
  assert.equal(await fail(collector, 'load_three', 'main', 'new'), one);
  const inner = all.corrections.find(({ issue }) => issue.id === three);
  await post(collector, `/api/issues/${one}/undo`, { correction: inner?.id });
  assert.deepEqual(await shown(collector), [one, three].sort());
  assert.equal((await read(collector, one)).events, 2);
  assert.equal((await read(collector, one)).users, 2);
  assert.equal((await read(collector, three)).events, 2);
  const outer = all.corrections.find(({ issue }) => issue.id === two);
  await post(collector, `/api/issues/${one}/undo`, { correction: outer?.id });
  assert.deepEqual(await shown(collector), [one, two, three].sort());
  for (const [id, events] of [
    [one, 1],
    [two, 1],
    [three, 2],
  ] as const) {
    assert.equal((await read(collector, id)).events, events);
    assert.equal(await eventsOf(collector, id), events);
  }
});

test('events that are split off take those like them along, for events to come too, until it is undone', async (t) => {
  const collector = await start(t);
  const issue = await fail(collector, 'pay_card', 'fromCart', 'ann');
  await fail(collector, 'pay_card', 'fromCart', 'bob');
  assert.equal(await fail(collector, 'pay_card', 'fromWishes', 'cid'), issue);
  assert.equal(await fail(collector, 'pay_card', 'fromWishes', 'ann'), issue);
  const before = await read(collector, issue);
  assert.equal(before.events, 4);
  assert.equal(before.users, 3);

  const [newest] = (await collector.api<EventList>(`/api/issues/${issue}/events`)).events;
  const { splitOff } = await post<SplitAnswer>(collector, `/api/issues/${issue}/split`, { events: [newest?.id] });
  const other = await settled(collector, splitOff, ({ events }) => events === 2);
  assert.equal(other.users, 2);
  const left = await settled(collector, issue, ({ users }) => users === 2);
  assert.equal(left.events, 2);
  assert.equal(left.lastRelease, 'bob');
  assert.deepEqual(left.distributions.find(({ property }) => property === 'release')?.values, [
    { value: 'ann', count: 1 },
    { value: 'bob', count: 1 },
  ]);
  assert.equal(left.corrections[0]?.issue.id, splitOff);
  assert.equal(other.corrections[0]?.issue.id, issue);
  assert.equal(other.corrections[0].isOrigin, false);
  const [origin, part] = [before, other].map(({ id, number, title }) => ({ id, number, title }));
  assert.deepEqual(await told(collector, issue), [['split', 'API token', part]]);
  assert.deepEqual(await told(collector, splitOff), [['split-off', 'API token', origin]]);
  assert.equal(await fail(collector, 'pay_card', 'fromWishes', 'dan'), splitOff);
  assert.equal(await fail(collector, 'pay_card', 'fromCart', 'dan'), issue);

  const undone = await post<IssueDetail>(collector, `/api/issues/${splitOff}/undo`, {
    correction: other.corrections[0].id,
  });
  assert.equal(undone.id, issue);
  assert.equal(undone.events, 6);
  assert.equal(undone.users, 4);
  assert.equal((await read(collector, splitOff)).id, issue, 'a link to what was split off leads back');
  assert.deepEqual(
    (await told(collector, issue)).map(([kind]) => kind),
    ['unsplit', 'split'],
  );
  assert.deepEqual(await shown(collector), [issue]);
  assert.equal(await fail(collector, 'pay_card', 'fromWishes', 'dan'), issue);
});

test('what was split off can be merged elsewhere, and comes back from there', async (t) => {
  const collector = await start(t);
  const issue = await fail(collector, 'pay_card', 'fromCart', 'ann');
  await fail(collector, 'pay_card', 'fromWishes', 'bob');
  const third = await fail(collector, 'draw_list', 'main', 'cid');
  const [newest] = (await collector.api<EventList>(`/api/issues/${issue}/events`)).events;
  const { splitOff } = await post<SplitAnswer>(collector, `/api/issues/${issue}/split`, { events: [newest?.id] });
  await settled(collector, splitOff, ({ events }) => events === 1);
  await post(collector, `/api/issues/${third}/merge`, { issues: [splitOff] });
  assert.equal(await fail(collector, 'pay_card', 'fromWishes', 'dan'), third);
  assert.equal((await read(collector, third)).events, 3);
  const { corrections } = await read(collector, issue);
  await post(collector, `/api/issues/${issue}/undo`, { correction: corrections[0]?.id });
  assert.equal((await read(collector, issue)).events, 3);
  assert.equal((await read(collector, third)).events, 1);
  assert.deepEqual((await read(collector, third)).corrections, []);
});

test('what makes no sense is refused', async (t) => {
  const collector = await start(t);
  const issue = await fail(collector, 'pay_card', 'fromCart', 'ann');
  await fail(collector, 'pay_card', 'fromCart', 'bob');
  const project = await post<{ key: string }>(collector, '/api/projects', { name: 'Other' });
  const event = batchEvent({ exceptions: [{ type: 'Error', value: 'Elsewhere' }] });
  await send(`${collector.url}/in/${project.key}`, batch([event]));
  const foreign = (await collector.waitForEvent((found) => found.event.id === event.id)).issueId;
  const [newest] = (await collector.api<EventList>(`/api/issues/${issue}/events`)).events;
  const refused = async (path: string, body: unknown, status: number) =>
    assert.rejects(
      post(collector, `/api/issues/${path}`, body),
      new RegExp(`: ${status} `),
      `${path} ${JSON.stringify(body)}`,
    );
  await refused(`${issue}/merge`, { into: issue }, 409);
  await refused(`${issue}/merge`, {}, 400);
  await refused(`${issue}/merge`, { into: '9999' }, 404);
  await refused(`${issue}/merge`, { into: foreign }, 400);
  await refused(`9999/merge`, { into: issue }, 404);
  await refused(`${issue}/split`, { events: [newest?.id] }, 409);
  await refused(`${issue}/split`, { events: [event.id] }, 404);
  await refused(`${issue}/split`, { fingerprint: 'unknown' }, 404);
  await refused(`${issue}/split`, {}, 400);
  await refused(`${issue}/undo`, { correction: '1' }, 404);
  assert.equal((await read(collector, issue)).events, 2);
});
