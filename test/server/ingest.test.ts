import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buffer } from 'node:stream/consumers';
import { brotliCompressSync, constants, createZstdCompress, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import type { DroppedList, IssueList } from '../../src/protocol/api.ts';
import { batch, batchEvent, send } from '../helpers/batches.ts';
import { startCollector } from '../helpers/collector.ts';

const encoders = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync, zstd: zstdCompressSync };

test('an id that arrives again is acknowledged, counted as duplicate and kept once', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const event = batchEvent();
  const again = batch([event], { dropped: { sampled: 3 } });
  const [first, second] = await Promise.all([send(collector.endpoint, again), send(collector.endpoint, again)]);
  const third = await send(collector.endpoint, batch([event, batchEvent()]));
  assert.deepEqual([first.answer.accepted, second.answer.accepted, third.answer.accepted], [1, 1, 2]);
  assert.equal(first.answer.duplicates + second.answer.duplicates, 1);
  assert.equal(third.answer.duplicates, 1);
  await collector.waitForEvent(({ event: { id } }) => id !== event.id);
  const { issues } = await collector.api<IssueList>('/api/issues');
  assert.equal(issues[0]?.events, 2);
  const { dropped } = await collector.api<DroppedList>('/api/projects/1/dropped');
  assert.deepEqual(dropped, [{ reason: 'sampled', count: 3 }], 'a batch sent again does not count its drops again');
});

test('one bad event does not cost its neighbours, and the answer says what was wrong', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const good = batchEvent();
  const { status, answer } = await send(collector.endpoint, batch([{ ...batchEvent(), id: '../../etc/passwd' }, good]));
  assert.equal(status, 202);
  assert.equal(answer.accepted, 1);
  assert.equal(answer.refused, 1);
  assert.match(answer.problems[0]?.path ?? '', /^events\[0\]/);
  await collector.waitForEvent(({ event }) => event.id === good.id);
});

test('what is no batch is refused with its problems', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  for (const body of [
    '',
    '{',
    'null',
    '[]',
    '{"version":1}',
    '['.repeat(500_000),
    `{"version":1,"events":${'['.repeat(9_000)}`,
  ]) {
    const { status, answer } = await send(collector.endpoint, body);
    assert.equal(status, 400, body.slice(0, 20));
    assert.ok(answer.problems.length > 0, body.slice(0, 20));
  }
});

test('a key that no project has is refused before anything is read', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  for (const key of ['wrong', '__proto__', 'constructor', "' OR 1=1 --", '%00']) {
    const { status } = await send(`${collector.url}/in/${encodeURIComponent(key)}`, batch([batchEvent()]));
    assert.equal(status, 401, key);
  }
  assert.equal((await collector.events()).length, 0);
});

test('compressed batches are taken in every encoding', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  for (const [encoding, encode] of Object.entries(encoders)) {
    const event = batchEvent();
    const { status } = await send(collector.endpoint, encode(JSON.stringify(batch([event]))), {
      'content-encoding': encoding,
    });
    assert.equal(status, 202, encoding);
    await collector.waitForEvent((stored) => stored.event.id === event.id);
  }
});

test('a decompression bomb is refused without being unpacked', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const bomb = Buffer.alloc(200_000_000, 0x20);
  for (const [encoding, encode] of Object.entries(encoders)) {
    const body = encode === brotliCompressSync ? encode(bomb.subarray(0, 20_000_000)) : encode(bomb);
    const rssBefore = process.memoryUsage().rss;
    const { status } = await send(collector.endpoint, body, { 'content-encoding': encoding });
    assert.equal(status, 413, encoding);
    assert.ok(process.memoryUsage().rss - rssBefore < 50_000_000, `${encoding} took too much memory`);
  }
});

test('a small body that asks for 128 MiB to be unpacked in is refused', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const compress = async (windowLog: number) => {
    // Whose length is not known when it begins has a window of the size that is asked for.
    const frame = createZstdCompress({ params: { [constants.ZSTD_c_windowLog]: windowLog } });
    frame.end(JSON.stringify(batch([batchEvent()])));
    return buffer(frame);
  };
  const statusOf = async (windowLog: number) =>
    (await send(collector.endpoint, await compress(windowLog), { 'content-encoding': 'zstd' })).status;
  assert.deepEqual([await statusOf(23), await statusOf(27)], [202, 400]);
});

test('a body that is too large, broken or of unknown encoding is refused', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  assert.equal((await send(collector.endpoint, 'x'.repeat(1_048_577))).status, 413);
  assert.equal((await send(collector.endpoint, 'no gzip', { 'content-encoding': 'gzip' })).status, 400);
  assert.equal((await send(collector.endpoint, '{}', { 'content-encoding': 'compress' })).status, 415);
  assert.equal((await send(collector.endpoint, '{}', { 'content-encoding': 'gzip, gzip' })).status, 415);
});

test('a body without a length is measured while it arrives', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const stream = new ReadableStream({
    start(controller) {
      for (let sent = 0; sent < 12; sent++) controller.enqueue(new Uint8Array(100_000).fill(0x20));
      controller.close();
    },
  });
  const response = await fetch(collector.endpoint, { method: 'POST', body: stream, duplex: 'half' } as RequestInit);
  assert.equal(response.status, 413);
});

test('a page of any origin may send, without cookies', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const { headers } = await send(collector.endpoint, batch([batchEvent()]));
  assert.equal(headers.get('access-control-allow-origin'), '*');
  assert.equal(headers.get('access-control-allow-credentials'), null);
  assert.equal(headers.get('access-control-expose-headers'), 'retry-after', 'the reporter has to see how long to wait');
  const refused = await send(`${collector.url}/in/wrong`, batch([]));
  assert.equal(refused.headers.get('access-control-allow-origin'), '*', 'the page has to see why');
  const preflight = await fetch(collector.endpoint, { method: 'OPTIONS' });
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers.get('access-control-allow-methods'), 'POST');
  assert.equal(preflight.headers.get('access-control-max-age'), '7200', 'as long as Chromium remembers');
});

test('past the limit of its backlog the collector asks to wait', async (t) => {
  const collector = await startCollector({ maxBacklog: 0 });
  t.after(() => collector.close());
  const { status, headers, answer } = await send(collector.endpoint, batch([batchEvent()]));
  assert.equal(status, 429);
  assert.equal((answer as { error?: string }).error, 'overloaded');
  assert.ok(Number(headers.get('retry-after')) > 0);
  assert.equal(headers.get('access-control-allow-origin'), '*', 'the page may read it');
  assert.equal(headers.get('access-control-expose-headers'), 'retry-after');
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  assert.equal((await send(`${collector.url}/in/unknown-key`, batch([batchEvent()]))).status, 401);
  assert.equal((await fetch(collector.endpoint, { method: 'OPTIONS' })).status, 204);
  const metrics = await fetch(`${collector.url}/metrics`, { headers: { authorization: `Bearer ${collector.token}` } });
  assert.match(await metrics.text(), /^pagefault_batches_total\{status="429"\} 1$/m);
});

test('secrets that the page let through do not reach the disk', async (t) => {
  const collector = await startCollector();
  t.after(() => collector.close());
  const event = batchEvent({
    tags: { plan: 'gold', authorization: 'hunter2' },
    extra: { form: { cardNumber: 'hunter2', note: 'https://me:hunter2@shop.example/?token=hunter2&page=3' } },
    exceptions: [{ type: 'Error', value: 'no answer of https://me:hunter2@shop.example/?token=hunter2', stack: 0 }],
    page: {
      url: 'https://shop.example/reset?access_token=hunter2#id_token=hunter2',
      referrer: 'https://shop.example/?reset_token=hunter2',
    },
    request: { method: 'GET', url: 'https://api.example/?password=hunter2', failure: 'network' },
    trail: [0, 1],
  });
  const trail = [
    { at: Date.now(), kind: 'custom' as const, text: 'GET /?secret=hunter2', data: { apiKey: 'hunter2', size: 2 } },
  ];
  const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefghijklmnop';
  const told = batchEvent({
    message: `refused: Authorization: Bearer ${jwt}, then authorization: bearer 0123456789abcdef`,
    page: { url: `https://shop.example/reset/${jwt}?eyJ=1` },
  });
  await send(collector.endpoint, batch([told, event], { trail }));
  const stored = await collector.waitForEvent(({ event: { id } }) => id === event.id);
  const { event: scrubbed } = await collector.waitForEvent(({ event: { id } }) => id === told.id);
  assert.equal(scrubbed.message, 'refused: Authorization: Bearer [masked], then authorization: bearer [masked]');
  assert.equal(scrubbed.page?.url, 'https://shop.example/reset/[masked]?eyJ=1');
  assert.doesNotMatch(JSON.stringify(stored), /hunter2/);
  assert.equal(stored.event.tags?.['plan'], 'gold');
  assert.match(JSON.stringify(stored.event.extra), /page=3/);
  assert.equal(stored.event.breadcrumbs[0]?.data?.['size'], 2);
});
