// Sends on schedule, whatever comes back: node open-load.ts <url> <requests a second> <seconds> <events a request> <name>.
// Answers on stdout with what it saw; its name makes the ids of its events different from those of others.
import { connect, type Socket } from 'node:net';
import { createRandom } from '../helpers/random.ts';
import { idOf, type OpenLoadResult } from './open-load-result.ts';
import { makeBatch } from './make-event.ts';

const [, , url = '', rate = '100', seconds = '5', events = '10', name = 'a'] = process.argv;
const { hostname, port, pathname } = new URL(url);
const random = createRandom(7);

interface Template {
  request: Buffer;
  /** Where the ids of its events stand. */
  ids: number[];
  /** Copies that have been sent: new ones would be garbage by the gigabyte, and the sender late. */
  free: Buffer[];
}

function makeTemplate(): Template {
  const batch = makeBatch(random, { events: Number(events) });
  const body = JSON.stringify(batch);
  const head =
    `POST ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nOrigin: https://shop.example\r\n` +
    `Content-Type: text/plain;charset=UTF-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
  const request = Buffer.from(head + body);
  return { request, ids: batch.events.map(({ id }) => request.indexOf(id)), free: [] };
}
const templates = Array.from({ length: 100 }, makeTemplate);

const result: OpenLoadResult = {
  statuses: {},
  latencies: {},
  lags: [],
  acknowledged: [],
  without: 0,
  connections: 0,
  skipped: 0,
};
const free: Socket[] = [];
let waiting = 0;

/** Indexes of requests that come before those that are measured. */
const warmUp = 1e9;

async function answered(): Promise<void> {
  for (const end = performance.now() + 30_000; waiting > 0 && performance.now() < end;) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function open(): Socket {
  result.connections++;
  return connect({ host: hostname, port: Number(port), noDelay: true });
}

function send(index: number): void {
  const template = templates[index % templates.length];
  if (!template) return;
  const request = template.free.pop() ?? Buffer.from(template.request);
  template.ids.forEach((at, event) => request.write(idOf(name, index, event), at, 'latin1'));
  const sentAt = performance.now();
  const socket = free.pop() ?? open();
  waiting++;
  let text = '';
  const done = (status: number) => {
    socket.off('data', onData).off('error', onEnd).off('close', onEnd);
    const took = performance.now() - sentAt;
    waiting--;
    result.statuses[status] = (result.statuses[status] ?? 0) + 1;
    (result.latencies[status] ??= []).push(took);
    if (status === 202) result.acknowledged.push(index);
    if (status === 429 && !/\r\nretry-after: \d+/i.test(text)) result.without++;
    if (status === 0 || /\r\nconnection: close/i.test(text)) socket.on('error', () => undefined).destroy();
    else free.push(socket);
  };
  const onData = (chunk: Buffer) => {
    text += chunk.toString('latin1');
    const end = text.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? 0);
    if (text.length >= end + 4 + length) done(Number(text.slice(9, 12)));
  };
  const onEnd = () => done(0);
  socket.on('data', onData).on('error', onEnd).on('close', onEnd);
  socket.write(request, () => void template.free.push(request));
}

// A collector that runs has answered before: what is compiled and connected in the first second is not measured.
for (let index = warmUp; index < warmUp + 1_000; index++) {
  send(index);
  if (index % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
}
await answered();
result.latencies = {};
result.statuses = {};

/** What is due for longer is not sent: those that come all at once are another load than was asked for. */
const maxLateMs = 50;
const start = performance.now();
const count = Number(rate) * Number(seconds);
const due = (index: number) => start + (index * 1_000) / Number(rate);
for (let next = 0; next < count; await new Promise((resolve) => setTimeout(resolve, 1))) {
  for (let now = performance.now(); next < count && due(next) <= now; next++) {
    const lateMs = performance.now() - due(next);
    if (lateMs > maxLateMs) {
      result.skipped++;
      continue;
    }
    result.lags.push(lateMs);
    send(next);
  }
}
await answered();
process.stdout.write(JSON.stringify(result), () => process.exit());
