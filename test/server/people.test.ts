import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Invitation, Person, PersonSession, Session } from '../../src/protocol/api.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';

const json = { 'content-type': 'application/json' };

async function comeIn(collector: TestCollector, token: string) {
  const response = await fetch(`${collector.url}/api/session`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ token }),
  });
  assert.equal(response.status, 200);
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  const session = (await response.json()) as Session;
  const headers = { cookie, 'x-csrf-token': session.csrfToken };
  return {
    session,
    call: (path: string, method = 'GET', body?: object) =>
      fetch(collector.url + path, {
        method,
        headers: { ...headers, ...(body ? json : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }),
  };
}

const invite = (collector: TestCollector, role: Person['role']) =>
  collector.api<Invitation>('/api/people', { method: 'POST', body: JSON.stringify({ name: 'Bob', role }) });

/** What is not for administrators alone: oneself, issues, uploads of maps, searches and rules of alerts. */
const membersMay = [
  'DELETE /api/issues/1/comments/1',
  'DELETE /api/projects/1/rules/1',
  'DELETE /api/searches/1',
  'DELETE /api/session',
  'DELETE /api/sessions/1',
  'PATCH /api/issues',
  'PATCH /api/issues/1',
  'POST /api/issues/1/comments',
  'POST /api/issues/1/merge',
  'POST /api/issues/1/split',
  'POST /api/issues/1/undo',
  'POST /api/issues/undo',
  'POST /api/people/me',
  'POST /api/projects/1/artifacts/known',
  'POST /api/projects/1/looks',
  'POST /api/projects/1/rules',
  'POST /api/projects/1/rules/try',
  'POST /api/searches',
  'POST /api/session',
  'PUT /api/projects/1/artifacts',
  'PUT /api/projects/1/rules/1',
];

test('an invited member reads, and changes neither settings nor people', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const { token, person } = await invite(collector, 'member');
  const bob = await comeIn(collector, token);
  assert.deepEqual(bob.session.person, person);
  for (const path of ['/api/issues', '/api/projects/1/settings', '/api/scrubbing', '/api/people', '/api/retention']) {
    assert.equal((await bob.call(path)).status, 200, path);
  }
  const limits = { origins: [], eventsPerMinute: null, keptPerIssueHour: null };
  const forbidden: [string, string, object?][] = [
    ['/api/projects', 'POST', { name: 'Shop' }],
    ['/api/projects/1/settings', 'PUT', limits],
    ['/api/projects/1/forget', 'POST', { user: 'ada' }],
    ['/api/scrubbing', 'PUT', { rules: [] }],
    ['/api/retention', 'PUT', { days: 1, maxBytes: null }],
    ['/api/people', 'POST', { name: 'Eve', role: 'admin' }],
    ['/api/people/1', 'DELETE'],
    ['/api/people/1', 'PATCH', { role: 'member' }],
    ['/api/people/1/link', 'POST', {}],
    ['/api/projects/1', 'PATCH', { name: 'Shop' }],
    ['/api/projects/1/tokens', 'POST', { name: 'x' }],
    ['/api/projects/1/tokens/1', 'DELETE'],
    ['/api/projects/1/artifacts?release=1.0', 'DELETE'],
    ['/api/projects/1/artifacts/1', 'DELETE'],
    ['/api/projects/1/grouping-rules', 'PUT', { rules: [] }],
    ['/api/projects/1/grouping-rules/try', 'POST', { rules: [] }],
    ['/api/scrubbing/try', 'POST', { rules: [], event: {} }],
    ['/api/tokens', 'POST', { name: 'x', scope: 'all' }],
    ['/api/tokens/1', 'DELETE'],
    ['/api/channels', 'POST', { name: 'Hook', kind: 'webhook', url: 'https://hooks.example', secret: 's' }],
    ['/api/channels/1', 'PUT', { name: 'Hook', kind: 'webhook', url: 'https://hooks.example', secret: 's' }],
    ['/api/channels/1', 'DELETE'],
    ['/api/channels/1/test', 'POST', {}],
  ];
  for (const [path, method, body] of forbidden) {
    assert.equal((await bob.call(path, method, body)).status, 403, `${method} ${path}`);
  }
  const { paths } = await collector.api<{ paths: Record<string, object> }>('/api/openapi.json');
  const changing = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => method !== 'get')
      .map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, '1')}`),
  );
  const known = [...membersMay, ...forbidden.map(([path, method]) => `${method} ${path.split('?', 1).join()}`)];
  assert.deepEqual(
    changing.filter((route) => !route.includes(' /in/')).sort(),
    known.sort(),
    'of each route it is said whether members may use it',
  );
  const again = await fetch(`${collector.url}/api/session`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ token }),
  });
  assert.equal(again.status, 401, 'an invitation is for one sign-in');
});

test('a person sees where they are signed in, and ends a session', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const here = await comeIn(collector, await collector.collector.createSignInToken());
  const there = await comeIn(collector, await collector.collector.createSignInToken());
  const list = (await (await here.call('/api/sessions')).json()) as PersonSession[];
  assert.deepEqual(list.map(({ isCurrent }) => isCurrent).sort(), [false, true]);
  const other = list.find(({ isCurrent }) => !isCurrent);
  assert.equal((await here.call(`/api/sessions/${other?.id}`, 'DELETE')).status, 204);
  assert.equal((await there.call('/api/session')).status, 401);
  const bob = await comeIn(collector, (await invite(collector, 'member')).token);
  const mine = list.find(({ isCurrent }) => isCurrent);
  assert.equal((await bob.call(`/api/sessions/${mine?.id}`, 'DELETE')).status, 404, 'not those of others');
});

test('who is removed is signed out', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const { token, person } = await invite(collector, 'admin');
  const bob = await comeIn(collector, token);
  await collector.api(`/api/people/${person.id}`, { method: 'DELETE' });
  assert.equal((await bob.call('/api/issues')).status, 401);
  await assert.rejects(collector.api('/api/people/1', { method: 'DELETE' }), /409/);
});
