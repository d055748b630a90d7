import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { createApp } from '../../src/server/http/app.ts';
import { createEventStreams, type EventStream } from '../../src/server/http/event-stream.ts';
import { createIngest } from '../../src/server/ingest.ts';
import { batch, batchEvent } from '../helpers/batches.ts';
import { startCollector } from '../helpers/collector.ts';

const createBareApp = (t: TestContext) => {
  const app = createApp({ logger: false, trustProxy: false, tls: undefined });
  t.after(() => app.close());
  return app;
};

test('what went wrong inside is not told', async (t) => {
  const app = createBareApp(t);
  app.get('/broken', () => {
    throw new Error('SQLITE_CORRUPT in /var/lib/pagefault.db');
  });
  const { statusCode, body } = await app.inject('/broken');
  assert.equal(statusCode, 500);
  assert.doesNotMatch(body, /SQLITE|pagefault\.db/);
  assert.match(body, /Its log says what/);
});

test('who forgets the content type is told which to send', async (t) => {
  const app = createBareApp(t);
  app.post('/projects', () => ({}));
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const { statusCode, json } = await app.inject({ method: 'POST', url: '/projects', headers, body: '{"name":"Shop"}' });
  assert.equal(statusCode, 415);
  assert.match(json<{ message: string }>().message, /application\/json/);
});

test('who sends what is not allowed is told what is', async (t) => {
  const app = createBareApp(t);
  const status = { enum: ['unresolved', 'resolved'] };
  const days = { anyOf: [{ type: 'integer', minimum: 1 }, { type: 'null' }] };
  const schema = { body: { type: 'object', properties: { status, days } } };
  app.post('/issues', { schema }, () => ({}));
  const told = async (payload: object) =>
    (await app.inject({ method: 'POST', url: '/issues', payload })).json<{ message: string }>().message;
  assert.equal(await told({ status: 'closed' }), 'body/status must be one of unresolved, resolved');
  assert.equal(await told({ days: 0 }), 'body/days must be >= 1, or body/days must be null');
});

test('a request that takes half a minute to arrive is ended', (t) => {
  assert.equal(createBareApp(t).server.requestTimeout, 30_000);
});

test('a connection that a browser has only prepared does not hold up the end', { timeout: 20_000 }, async (t) => {
  const app = createBareApp(t);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  t.after(() => socket.destroy());
  await once(socket, 'connect');
  await app.close();
  assert.equal(app.server.listening, false);
});

test('a reader of the live feed who does not keep up is sent away', async (t) => {
  const app = createBareApp(t);
  const open = createEventStreams(app);
  const opened = new Promise<EventStream>((resolve) => {
    app.get('/live', (_request, reply) => resolve(open(reply)));
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  t.after(() => socket.destroy());
  await once(socket, 'connect');
  socket.pause();
  socket.write('GET /live HTTP/1.1\r\nHost: x\r\n\r\n');
  const stream = await opened;
  let isGone = false;
  stream.onClose(() => (isGone = true));
  for (let i = 0; i < 200 && !isGone; i++) {
    stream.send('event', 'x'.repeat(100_000));
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.ok(isGone, '20 MB wait for somebody who reads nothing');
});

test('who sends while too much waits to be read is asked to wait', async () => {
  const append = async (batches: unknown[]) => batches.map(() => 0);
  const ingest = createIngest({ append, backlog: () => 0, maxBacklog: 1_000 });
  const project = { id: '1', settings: {}, limit: undefined, recordLimit: undefined };
  const filling = ' '.repeat(1_000_000);
  const sent = Array.from({ length: 5 }, () => Buffer.from(JSON.stringify(batch([batchEvent()])) + filling));
  assert.equal(ingest.fullForSeconds(), 0);
  const taken = sent.map((body) => ingest.accept(project as never, body, Date.now()));
  assert.equal(ingest.fullForSeconds(), 1);
  assert.ok((await Promise.all(taken)).every((answer) => answer?.ok));
  assert.equal(ingest.fullForSeconds(), 0);
});

test('a page that leaves while it sends is no error of the collector', async (t) => {
  const lines: string[] = [];
  const collector = await startCollector({ logger: { level: 'info', stream: { write: (line) => lines.push(line) } } });
  t.after(() => collector.close());
  const left = new Promise<void>((resolve) => {
    const onRequest = (message: unknown) => {
      unsubscribe('http.server.request.start', onRequest);
      (message as { request: IncomingMessage }).request.once('close', resolve);
    };
    subscribe('http.server.request.start', onRequest);
  });
  const socket = connect(Number(new URL(collector.url).port), '127.0.0.1');
  const head = `POST /in/${collector.key} HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 900`;
  socket.write(`${head}\r\n\r\n{"version`, () => socket.destroy());
  await left;
  await fetch(`${collector.url}/health`);
  assert.deepEqual(
    lines.filter((line) => line.includes('"level":50')),
    [],
  );
});
