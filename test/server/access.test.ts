import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Project, Session } from '../../src/protocol/api.ts';
import { hashPassword } from '../../src/server/accounts/secrets.ts';
import { createThrottle } from '../../src/server/accounts/throttle.ts';
import { batch, batchEvent, send } from '../helpers/batches.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';

interface OpenApi {
  paths: Record<string, Record<string, unknown>>;
}

const json = { 'content-type': 'application/json' };

interface Browser {
  cookie: string;
  csrfToken: string;
  call(path: string, init?: RequestInit): Promise<Response>;
}

/** Signs in as a browser does, and keeps its cookie. */
async function signIn(
  collector: TestCollector,
  credentials: object,
  headers: Record<string, string> = {},
): Promise<Browser> {
  const response = await fetch(`${collector.url}/api/session`, {
    method: 'POST',
    headers: { ...json, ...headers },
    body: JSON.stringify(credentials),
  });
  assert.equal(response.status, 200, await response.clone().text());
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  const { csrfToken } = (await response.json()) as Session;
  return {
    cookie,
    csrfToken,
    call: (path, init = {}) => fetch(collector.url + path, { ...init, headers: { cookie, ...init.headers } }),
  };
}

const tryToSignIn = (collector: TestCollector, credentials: object, headers: Record<string, string> = {}) =>
  fetch(`${collector.url}/api/session`, {
    method: 'POST',
    headers: { ...json, ...headers },
    body: JSON.stringify(credentials),
  });

test('who is not signed in gets nothing from any route of the API', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const event = batchEvent();
  await send(collector.endpoint, batch([event]));
  await collector.waitForEvent((stored) => stored.event.id === event.id);
  const { paths } = await collector.api<OpenApi>('/api/openapi.json');
  const protectedRoutes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path: path.replaceAll('{id}', '1') })),
  );
  const open = new Set(['POST /api/session', 'POST /in/{key}']);
  let refused = 0;
  for (const { method, path } of protectedRoutes.filter((route) => !open.has(`${route.method} ${route.path}`))) {
    for (const headers of [
      {},
      { authorization: 'Bearer wrong' },
      { cookie: 'pagefault=wrong' },
      { cookie: '__Host-pagefault=x' },
    ]) {
      const body = method === 'GET' || method === 'DELETE' ? {} : { body: '{}', headers: { ...headers, ...json } };
      const response = await fetch(collector.url + path, { method, headers, ...body });
      assert.equal(response.status, 401, `${method} ${path}`);
      assert.deepEqual(Object.keys((await response.json()) as object), ['error', 'message']);
      refused++;
    }
  }
  assert.ok(refused >= 10 * 4, `only ${refused} tries`);
  const byKey = await fetch(`${collector.url}/api/issues`, { headers: { authorization: `Bearer ${collector.key}` } });
  assert.equal(byKey.status, 401, 'a write key does not read');
});

test('a one-time link signs one browser in, once', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const token = await collector.collector.createSignInToken();
  const browser = await signIn(collector, { token });
  assert.equal((await browser.call('/api/issues')).status, 200);
  assert.equal((await tryToSignIn(collector, { token })).status, 401);
  const session = (await (await browser.call('/api/session')).json()) as Session;
  assert.equal(session.csrfToken, browser.csrfToken);
  assert.equal(session.projects[0]?.key, collector.key);
});

test('the session cookie is out of reach for scripts and other sites', async (t) => {
  const collector = await startCollector({ trustProxy: true });
  t.after(() => collector.close());
  const plain = await tryToSignIn(collector, { token: await collector.collector.createSignInToken() });
  assert.match(
    plain.headers.get('set-cookie') ?? '',
    /^pagefault=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/,
  );
  const token = await collector.collector.createSignInToken();
  const secure = await tryToSignIn(collector, { token }, { 'x-forwarded-proto': 'https' });
  assert.match(
    secure.headers.get('set-cookie') ?? '',
    /^__Host-pagefault=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
});

test('only a proxy that was named is believed', async (t) => {
  for (const [trustProxy, name] of [
    ['10.0.0.0/8', 'pagefault'],
    ['loopback', '__Host-pagefault'],
  ] as const) {
    const collector = await startCollector({ trustProxy });
    t.after(() => collector.close());
    const token = await collector.collector.createSignInToken();
    const { headers } = await tryToSignIn(collector, { token }, { 'x-forwarded-proto': 'https' });
    assert.equal(headers.get('set-cookie')?.split('=')[0], name, trustProxy);
  }
});

test('a request that changes something needs the CSRF token and must not come from another site', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const browser = await signIn(collector, { token: await collector.collector.createSignInToken() });
  const add = (headers: Record<string, string>) =>
    browser.call('/api/projects', { method: 'POST', body: '{"name":"Shop"}', headers: { ...json, ...headers } });
  const right = { 'x-csrf-token': browser.csrfToken };
  assert.equal((await add({})).status, 403);
  assert.equal((await add({ 'x-csrf-token': 'wrong' })).status, 403);
  assert.equal((await add({ ...right, origin: 'https://evil.example' })).status, 403);
  assert.equal((await add({ ...right, 'sec-fetch-site': 'cross-site' })).status, 403);
  assert.equal((await browser.call('/api/session', { method: 'DELETE' })).status, 403);
  assert.equal((await add({ ...right, origin: collector.url })).status, 201);
  assert.equal((await collector.api<Project[]>('/api/projects')).length, 2);
  const forged = await tryToSignIn(collector, { token: 'x' }, { origin: 'https://evil.example' });
  assert.equal(forged.status, 403, 'nor may another site sign someone in');
});

test('signing out ends the session', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const browser = await signIn(collector, { token: await collector.collector.createSignInToken() });
  const out = await browser.call('/api/session', { method: 'DELETE', headers: { 'x-csrf-token': browser.csrfToken } });
  assert.equal(out.status, 204);
  assert.equal((await browser.call('/api/issues')).status, 401);
});

test('signing in begins a new session and ends the one before', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const planted = await signIn(collector, { token: await collector.collector.createSignInToken() });
  const token = await collector.collector.createSignInToken();
  const browser = await signIn(collector, { token }, { cookie: planted.cookie });
  assert.notEqual(browser.cookie, planted.cookie);
  assert.equal((await planted.call('/api/issues')).status, 401);
});

test('the first person sets name, address and password, and signs in by them', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const first = await signIn(collector, { token: await collector.collector.createSignInToken() });
  const me = { name: 'Ada', email: 'ada@example.org', password: 'correct horse battery' };
  const change = (browser: Browser, body: object) =>
    browser.call('/api/people/me', {
      method: 'POST',
      headers: { ...json, 'x-csrf-token': browser.csrfToken },
      body: JSON.stringify(body),
    });
  const elsewhere = await signIn(collector, { token: await collector.collector.createSignInToken() });
  assert.equal((await change(first, { ...me, password: 'short' })).status, 400);
  assert.equal((await change(first, me)).status, 200);
  assert.equal((await first.call('/api/session')).status, 401, 'it goes on in a new session');
  assert.equal((await elsewhere.call('/api/session')).status, 401, 'other sessions end');

  const credentials = { email: 'ADA@example.org', password: me.password };
  const second = await signIn(collector, credentials);
  assert.equal(((await (await second.call('/api/session')).json()) as Session).person.name, 'Ada');
  assert.equal(
    (await change(second, { ...me, password: 'another password' })).status,
    401,
    'needs the present password',
  );
  const changed = await change(second, { ...me, password: 'another password', currentPassword: me.password });
  assert.equal(changed.status, 200);
  assert.equal((await tryToSignIn(collector, credentials)).status, 401);
});

test('guessing passwords is slowed down', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const guesses = Array.from({ length: 8 }, () =>
    tryToSignIn(collector, { email: 'ada@example.org', password: 'guess' }),
  );
  const statuses = (await Promise.all(guesses)).map(({ status }) => status);
  assert.ok(statuses.filter((status) => status === 401).length <= 5, String(statuses));
  const next = await tryToSignIn(collector, { email: 'ada@example.org', password: 'guess' });
  assert.equal(next.status, 429);
  assert.ok(Number(next.headers.get('retry-after')) >= 1);
});

test('guesses from many networks at one account, and from one network at many accounts, are slowed down', async (t) => {
  const collector = await startCollector({ trustProxy: true });
  t.after(() => collector.close());
  const statuses = async (guess: (i: number) => { email: string; network: number }) => {
    const all: number[] = [];
    for (let i = 0; i < 7; i++) {
      const { email, network } = guess(i);
      const from = { 'x-forwarded-for': `203.0.113.${network}` };
      all.push((await tryToSignIn(collector, { email, password: 'guess' }, from)).status);
    }
    return all;
  };
  assert.ok((await statuses((i) => ({ email: 'ada@example.org', network: i }))).includes(429), 'one account');
  assert.ok((await statuses((i) => ({ email: `bob${i}@example.org`, network: 100 }))).includes(429), 'one network');
});

test('a link is of no use after a day, and a session after 30', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const [link, late] = [await collector.collector.createSignInToken(), await collector.collector.createSignInToken()];
  const browser = await signIn(collector, { token: link });
  const dayMs = 86_400_000;
  const now = Date.now();
  t.mock.timers.enable({ apis: ['Date'], now });
  t.mock.timers.setTime(now + 1.1 * dayMs);
  assert.equal((await tryToSignIn(collector, { token: late })).status, 401);
  t.mock.timers.setTime(now + 29 * dayMs);
  assert.equal((await browser.call('/api/session')).status, 200);
  t.mock.timers.setTime(now + 31 * dayMs);
  assert.equal((await browser.call('/api/session')).status, 401);
});

test('to try one password against what is kept takes 32 MiB', async () => {
  const kept = await hashPassword('correct horse battery');
  assert.match(kept, /^scrypt\$32768\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
  assert.notEqual(kept, await hashPassword('correct horse battery'), 'each has a salt of its own');
});

test('made-up names do not fill the memory of who has failed', () => {
  const throttle = createThrottle();
  const fail = (name: string) => {
    for (let i = 0; i < 6; i++) throttle.failed(name, 0);
  };
  fail('the first');
  for (let i = 0; i < 9_999; i++) throttle.failed(`made up ${i}`, 0);
  assert.ok(throttle.waitSeconds('the first', 0) > 0);
  throttle.failed('one more', 0);
  assert.equal(throttle.waitSeconds('the first', 0), 0);
});
