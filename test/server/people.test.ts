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
    ['/api/projects/1/tokens', 'POST', { name: 'x' }],
  ];
  for (const [path, method, body] of forbidden) {
    assert.equal((await bob.call(path, method, body)).status, 403, `${method} ${path}`);
  }
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
