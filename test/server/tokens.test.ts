import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiToken, GroupingTrial, Invitation, NewApiToken, Project } from '../../src/protocol/api.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';
import { batch, batchEvent, send } from '../helpers/batches.ts';

const post = <T>(collector: TestCollector, path: string, body: object, method = 'POST') =>
  collector.api<T>(path, { method, body: JSON.stringify(body) });

test('a token does what its scope says, until it is removed', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const make = (scope: string, projectId?: string) =>
    post<NewApiToken>(collector, '/api/tokens', { name: `for ${scope}`, scope, projectId });
  const [reading, all, upload] = [await make('read'), await make('all'), await make('upload', '1')];
  const status = async ({ token }: NewApiToken, path: string, method = 'GET', body?: object) =>
    (
      await fetch(collector.url + path, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      })
    ).status;

  assert.equal(await status(reading, '/api/issues'), 200);
  assert.equal(await status(reading, '/api/projects', 'POST', { name: 'Shop' }), 403);
  assert.equal(await status(reading, '/api/projects/1/looks', 'POST'), 403);
  assert.equal(await status(reading, '/api/tokens'), 403, 'tokens are the administrators’');
  assert.equal(await status(all, '/api/projects', 'POST', { name: 'Shop' }), 201);
  assert.equal(await status(upload, '/api/issues'), 403);
  assert.equal(await status(upload, '/api/projects/1/artifacts'), 403);
  await assert.rejects(make('upload'), /400/);
  await assert.rejects(make('read', '1'), /400/);
  await assert.rejects(make('upload', '99'), /404/);

  const list = await collector.api<ApiToken[]>('/api/tokens');
  assert.deepEqual(list.map(({ scope }) => scope).sort(), ['all', 'read', 'upload']);
  assert.ok(!JSON.stringify(list).includes(reading.token), 'a token is shown once');
  await collector.api(`/api/tokens/${reading.id}`, { method: 'DELETE' });
  assert.equal(await status(reading, '/api/issues'), 401);
  const headers = { authorization: `Bearer ${reading.token}` };
  const told = await (await fetch(`${collector.url}/api/issues`, { headers })).text();
  assert.match(told, /There is no such token/);
});

test('a role is changed, and who lost their link gets another', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const { person } = await post<Invitation>(collector, '/api/people', { name: 'Bob', role: 'member' });
  await post(collector, `/api/people/${person.id}`, { role: 'admin' }, 'PATCH');
  const { token } = await post<{ token: string }>(collector, `/api/people/${person.id}/link`, {});
  const response = await fetch(`${collector.url}/api/session`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
    },
    body: JSON.stringify({ token }),
  });
  assert.equal(((await response.json()) as { person: { role: string } }).person.role, 'admin');
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  const sessions = (await (await fetch(`${collector.url}/api/sessions`, { headers: { cookie } })).json()) as object[];
  assert.deepEqual(
    sessions.map((one) => (one as { browser: string }).browser),
    ['Firefox 145 on Linux'],
  );
  await assert.rejects(post(collector, '/api/people/1', { role: 'member' }, 'PATCH'), /409/);
  await assert.rejects(post(collector, '/api/people/99/link', {}), /404/);
});

test('a project is renamed', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  await post(collector, '/api/projects/1', { name: 'Crackle' }, 'PATCH');
  assert.deepEqual(
    (await collector.api<Project[]>('/api/projects')).map(({ name }) => name),
    ['Crackle'],
  );
});

test('grouping rules are tried on the latest issues, and change nothing', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const events = ['Timeout of /a', 'Timeout of /b', 'No stock'].map((value, at) =>
    batchEvent({ exceptions: [{ type: 'Error', value, stack: at }] }),
  );
  const frames: [string, number, number, number][] = [1, 2, 3].map((line) => [`f${line}`, 0, line, 1]);
  await send(collector.endpoint, batch(events, { frames, stacks: [[0], [1], [2]] }));
  await collector.waitForEvent(({ event }) => event.id === events.at(-1)?.id);
  const rules = [
    { match: { message: 'Timeout*' }, fingerprint: ['timeouts'] },
    { match: { type: 'Error' }, ignore: true },
  ];
  const trial = await post<GroupingTrial>(collector, '/api/projects/1/grouping-rules/try', { rules });
  assert.equal(trial.tried, 3);
  assert.deepEqual(
    trial.rules.map(({ issues }) => issues.map(({ title }) => title).sort()),
    [['Error: Timeout of /a', 'Error: Timeout of /b'], ['Error: No stock']],
  );
  assert.deepEqual(await collector.api('/api/projects/1/grouping-rules'), { rules: [] });
  await assert.rejects(post(collector, '/api/projects/1/grouping-rules/try', { rules: [{ match: {} }] }), /400/);
});
