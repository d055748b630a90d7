import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { post } from '../../../src/server/notify/post.ts';

async function startReceiver(t: TestContext, answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
}

const postTo = (url: string, timeoutMs?: number) =>
  post({ url, headers: {}, body: '{}' }, { allowPrivateNetwork: true, ...(timeoutMs && { timeoutMs }) });

test('an attempt is over when a receiver does not answer, or never comes to the end of its answer', async (t) => {
  const silent = await startReceiver(t, () => undefined);
  await assert.rejects(postTo(silent, 100), /abort/i);
  const endless = await startReceiver(t, (response) => {
    response.writeHead(200).write('thank');
  });
  await assert.rejects(postTo(endless, 100), /abort/i);
});

test('of an answer without end the beginning is read, and then the connection ended', async (t) => {
  let ended: Promise<unknown> | undefined;
  const url = await startReceiver(t, (response) => {
    ended = once(response, 'close');
    const more = () => {
      while (!response.destroyed && response.write('a'.repeat(1_000)));
    };
    response.on('drain', more).writeHead(202);
    more();
  });
  const { status, text } = await postTo(url);
  assert.equal(status, 202);
  assert.equal(text, 'a'.repeat(2_000));
  await ended;
});
