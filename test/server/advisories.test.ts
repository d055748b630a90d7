// Each test stands for holes that products of this class have had; its title says what an attacker does not get.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Project, Session } from '../../src/protocol/api.ts';
import { networkOf } from '../../src/server/accounts/throttle.ts';
import { batch, batchEvent, send } from '../helpers/batches.ts';
import { startCollector, type TestCollector } from '../helpers/collector.ts';

const json = { 'content-type': 'application/json' };

const signIn = (collector: TestCollector, credentials: object, headers: Record<string, string> = {}) =>
  fetch(`${collector.url}/api/session`, {
    method: 'POST',
    headers: { ...json, ...headers },
    body: JSON.stringify(credentials),
  });

/** Sends bytes as they are, which no well-behaved client would, and answers with all that comes back. */
async function sendRaw(collector: TestCollector, request: string): Promise<string> {
  const { hostname, port } = new URL(collector.url);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
  socket.end(request);
  await once(socket, 'close');
  return answer;
}

test('an event id that is a path is refused, and reads no file (Bugsink GHSA-q78p-g86f-jg6q)', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  for (const id of [
    '../../../etc/passwd',
    '..%2f..%2fpagefault.db',
    'a/../../b-c-d-e-f-g-h',
    '.'.repeat(20),
    '\0'.repeat(20),
  ]) {
    const { answer } = await send(collector.endpoint, batch([{ ...batchEvent(), id }]));
    assert.equal(answer.accepted, 0, id);
    const read = await fetch(`${collector.url}/api/events/${encodeURIComponent(id)}`, {
      headers: { authorization: `Bearer ${collector.token}` },
    });
    assert.ok([400, 404].includes(read.status), `${id}: ${read.status}`);
    assert.doesNotMatch(await read.text(), /SQLite|root:/);
  }
});

test('an upload is stored under no name that it chose (Bugsink 2.1.1)', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const before = readdirSync(collector.dataDir).sort();
  for (const name of ['../../evil.js', '..\\..\\evil.js', '/etc/cron.d/evil.js', 'C:\\evil.js', 'evil\0.js']) {
    await fetch(`${collector.url}/api/projects/1/artifacts?name=${encodeURIComponent(name)}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${collector.token}` },
      body: 'console.log(1)',
    });
  }
  assert.deepEqual(readdirSync(collector.dataDir).sort(), before);
});

test('no address that an event names is ever asked (Symbolicator GHSA-ghg9-7m82-h96r, CVE-2023-46729)', async (t) => {
  let asked = 0;
  const trap = createServer((_request, response) => {
    asked++;
    response.end('{"version":3,"sources":["x"],"mappings":"AAAA"}');
  }).listen(0, '127.0.0.1');
  await once(trap, 'listening');
  t.after(() => trap.close());
  const collector = await startCollector();
  t.after(() => collector.close());
  const url = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
  const event = batchEvent({
    message: `${url}/message`,
    page: { url: `${url}/page`, referrer: `${url}/referrer` },
    request: { method: 'GET', url: `${url}/request`, failure: 'network' },
    tags: { webhook: url, sourceMap: `${url}/app.js.map` },
    extra: { sourceMappingURL: `${url}/app.js.map` },
  });
  const sent = batch([event], { files: [`${url}/app.js`] });
  await send(collector.endpoint, sent, {
    referer: url,
    origin: url,
    'x-forwarded-host': new URL(url).host,
    sourcemap: url,
  });
  await collector.waitForEvent((stored) => stored.event.id === event.id);
  assert.equal(asked, 0);
});

test('no answer of the API lets pages of other sites read it (Sentry CVE-2023-36829)', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  for (const path of [
    '/api/session',
    '/api/issues',
    '/api/projects',
    '/api/openapi.json',
    '/metrics',
    '/health',
    '/ready',
    '/',
  ]) {
    for (const method of ['GET', 'OPTIONS']) {
      const { headers } = await fetch(collector.url + path, {
        method,
        headers: { origin: 'https://evil.example', authorization: `Bearer ${collector.token}` },
      });
      assert.equal(headers.get('access-control-allow-origin'), null, `${method} ${path}`);
      assert.equal(headers.get('access-control-allow-credentials'), null, `${method} ${path}`);
    }
  }
  const { headers } = await send(collector.endpoint, batch([batchEvent()]), { origin: 'https://evil.example' });
  assert.equal(headers.get('access-control-allow-credentials'), null);
});

test('a token is shown once and never again (Sentry CVE-2023-39349)', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const made = await collector.api<{ token: string }>('/api/projects/1/tokens', {
    method: 'POST',
    body: JSON.stringify({ name: 'build' }),
  });
  assert.ok(made.token.length > 20);
  for (const path of ['/api/projects/1/tokens', '/api/projects', '/api/session', '/metrics']) {
    const response = await fetch(collector.url + path, { headers: { authorization: `Bearer ${collector.token}` } });
    const body = await response.text();
    assert.ok(!body.includes(made.token) && !body.includes(collector.token), path);
  }
  for (const file of readdirSync(collector.dataDir)) {
    assert.ok(!readFileSync(join(collector.dataDir, file)).includes(made.token), file);
  }
});

test('secrets and text of strangers make no line of the log (Sentry CVE-2024-35196; log injection)', async (t) => {
  const lines: string[] = [];
  const collector = await startCollector({ logger: { level: 'trace', stream: { write: (line) => lines.push(line) } } });
  t.after(() => collector.close());
  const forged = '\n{"level":60,"msg":"forged"}\r\nforged';
  const token = await collector.collector.createSignInToken();
  await signIn(collector, { token }, { cookie: 'pagefault=secret-cookie' });
  await signIn(collector, { email: `forged${forged}@x`, password: 'secret-password' });
  await send(collector.endpoint, batch([batchEvent({ message: forged })]), { 'user-agent': 'forged agent' });
  await send(collector.endpoint, forged);
  await fetch(`${collector.url}/api/issues/${encodeURIComponent(forged)}?query=${encodeURIComponent(forged)}`);
  await fetch(`${collector.url}/nothing/${encodeURIComponent(forged)}`);
  const event = batchEvent({ message: forged });
  await send(collector.endpoint, batch([event]));
  await collector.waitForEvent((stored) => stored.event.id === event.id);
  assert.ok(lines.length > 0);
  const log = lines.join('');
  for (const secret of [token, collector.token, 'secret-cookie', 'secret-password', '"forged"']) {
    assert.ok(!log.includes(secret), secret);
  }
  for (const line of lines) assert.equal(typeof (JSON.parse(line) as { msg: unknown }).msg, 'string', line);
});

test('no header of an answer is made of what was sent (header injection)', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const evil = 'x%0d%0aSet-Cookie:%20pagefault=planted';
  for (const path of [
    `/${evil}`,
    `/in/${evil}`,
    `/api/issues/${evil}`,
    `/sign-in?next=${evil}`,
    `/assets/${evil}`,
    `//evil.example/${evil}`,
  ]) {
    const response = await fetch(collector.url + path, { redirect: 'manual' });
    assert.equal(response.headers.get('set-cookie'), null, path);
    assert.equal(response.headers.get('location'), null, path);
  }
});

test('nothing is handed out as a table that a spreadsheet would run (CSV injection)', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const event = batchEvent({ exceptions: [{ type: '=HYPERLINK("https://evil.example")', value: '+1' }] });
  await send(collector.endpoint, batch([event]));
  const stored = await collector.waitForEvent(({ event: { id } }) => id === event.id);
  for (const path of [
    '/api/issues',
    `/api/issues/${stored.issueId}`,
    `/api/issues/${stored.issueId}/events`,
    `/api/events/${event.id}`,
  ]) {
    const { headers } = await fetch(`${collector.url + path}?format=csv`, {
      headers: { authorization: `Bearer ${collector.token}`, accept: 'text/csv' },
    });
    assert.match(headers.get('content-type') ?? '', /^application\/json/, path);
    assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
  }
});

test('a session that was planted before is worth nothing after (session fixation)', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const planted = 'A'.repeat(43);
  const response = await signIn(
    collector,
    { token: await collector.collector.createSignInToken() },
    { cookie: `pagefault=${planted}` },
  );
  assert.equal(response.status, 200);
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  assert.ok(cookie.length > 20 && !cookie.includes(planted));
  const used = await fetch(`${collector.url}/api/session`, { headers: { cookie: `pagefault=${planted}` } });
  assert.equal(used.status, 401);
  const { csrfToken } = (await response.json()) as Session;
  assert.ok(!cookie.includes(csrfToken));
});

test('sign-in links are guessed no more often than passwords (brute force)', async (t) => {
  const collector = await startCollector({ trustProxy: false });
  t.after(() => collector.close());
  const statuses: number[] = [];
  for (let i = 0; i < 8; i++) {
    // Whoever guesses would like to look like many.
    const { status } = await signIn(collector, { token: `guess-${i}` }, { 'x-forwarded-for': `203.0.113.${i}` });
    statuses.push(status);
  }
  assert.ok(statuses.includes(429), String(statuses));
});

test('an IPv6 network has no more tries than one address (brute force)', () => {
  assert.equal(networkOf('203.0.113.7'), '203.0.113.7');
  assert.equal(networkOf('::ffff:203.0.113.7'), '203.0.113.7');
  assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), networkOf('2001:db8:1:2::9'));
  assert.notEqual(networkOf('2001:db8:1:2::9'), networkOf('2001:db8:1:3::9'));
  assert.equal(networkOf('::1'), networkOf('0:0:0:0:5::'));
});

test('a write key writes to its own project, and reads nothing (cross-project)', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const other = await collector.api<Project>('/api/projects', { method: 'POST', body: '{"name":"Other"}' });
  const mine = batchEvent();
  await send(collector.endpoint, batch([mine]));
  const stored = await collector.waitForEvent(({ event: { id } }) => id === mine.id);
  const forged = {
    ...batchEvent({ message: 'forged' }),
    id: mine.id,
    projectId: '1',
    project_id: 1,
    issueId: stored.issueId,
  };
  const sent = await send(`${collector.url}/in/${other.key}`, { ...batch([forged]), projectId: '1' } as never);
  assert.equal(sent.answer.accepted, 1);
  const marker = batchEvent({ message: 'last' });
  await send(`${collector.url}/in/${other.key}`, batch([marker]));
  await collector.waitForEvent(({ event: { id } }) => id === marker.id);
  const shown = await collector.api<typeof stored>(`/api/events/${mine.id}`);
  assert.deepEqual([shown.projectId, shown.event.message], [stored.projectId, mine.message]);
  const { events } = await collector.api<{ events: { id: string }[] }>(`/api/issues/${stored.issueId}/events`);
  assert.equal(events.length, 1);
});

test('an upload token uploads to its own project, and does nothing else (Bugsink GHSA-5389-f7vh-wxj8)', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const other = await collector.api<Project>('/api/projects', { method: 'POST', body: '{"name":"Other"}' });
  const { token } = await collector.api<{ token: string }>(`/api/projects/${other.id}/tokens`, {
    method: 'POST',
    body: JSON.stringify({ name: 'build' }),
  });
  const call = (path: string, init: RequestInit = {}) =>
    fetch(collector.url + path, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });
  const upload = (project: string) =>
    call(`/api/projects/${project}/artifacts?name=a.js`, { method: 'PUT', body: 'console.log(1)' });
  assert.ok((await upload(other.id)).ok);
  assert.equal((await upload('1')).status, 403);
  for (const path of ['/api/issues', '/api/session', '/api/projects', '/metrics', '/api/projects/1/artifacts']) {
    assert.equal((await call(path)).status, 403, path);
  }
  assert.equal((await call('/api/projects', { method: 'POST', headers: json, body: '{"name":"x"}' })).status, 403);
});

test('no link is made of the Host header, nor does it make another site ours (host-header tricks)', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const { host } = new URL(collector.url);
  const ask = (path: string, headers: string) =>
    sendRaw(collector, `GET ${path} HTTP/1.1\r\nHost: evil.example\r\n${headers}Connection: close\r\n\r\n`);
  const tricks = 'X-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\nX-Original-URL: /api/issues\r\n';
  for (const path of [
    '/',
    '/sign-in',
    '/api/openapi.json',
    '/pagefault.js',
    '/demo/',
    '/health',
    `http://evil.example/`,
  ]) {
    assert.doesNotMatch(await ask(path, tricks), /evil\.example/, path);
  }
  const body = '{"token":"x"}';
  const forged = await sendRaw(
    collector,
    `POST /api/session HTTP/1.1\r\nHost: ${host}\r\nX-Forwarded-Host: evil.example\r\nOrigin: https://evil.example\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
  assert.match(forged, /^HTTP\/1\.1 403 /);
});

test('two lengths, or none that can be told, are no way to smuggle a request', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const inner = 'GET /api/issues HTTP/1.1\r\nHost: x\r\n\r\n';
  for (const headers of [
    'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n',
    'Content-Length: 5\r\nContent-Length: 0\r\n',
    'Transfer-Encoding: xchunked\r\n',
    'Content-Length: 5\r\n Transfer-Encoding: chunked\r\n',
  ]) {
    const answer = await sendRaw(collector, `POST /in/testkey HTTP/1.1\r\nHost: x\r\n${headers}\r\n0\r\n\r\n${inner}`);
    assert.match(answer, /^HTTP\/1\.1 400 /, headers);
    assert.equal(answer.split('HTTP/1.1 ').length, 2, 'one answer');
  }
});

test('many slow senders do not fill the memory', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const { hostname, port } = new URL(collector.url);
  const part = 'x'.repeat(1_000_000);
  const sockets = Array.from({ length: 70 }, () => connect(Number(port), hostname));
  t.after(() => sockets.forEach((socket) => socket.destroy()));
  const refused = sockets.map(async (socket) => {
    socket.write(`POST /in/testkey HTTP/1.1\r\nHost: x\r\nContent-Length: 1000001\r\n\r\n${part}`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return answer.toString('latin1');
  });
  assert.match(await Promise.any(refused), /^HTTP\/1\.1 429 [^]*retry-after: \d/i);
  for (const socket of sockets) socket.destroy();
  for (const end = Date.now() + 5_000; ;) {
    const { status } = await send(collector.endpoint, batch([batchEvent()]));
    if (status === 202) break;
    assert.ok(Date.now() < end, 'what they held is free again');
  }
});
