import { connect, type Socket } from 'node:net';

export interface LoadOptions {
  url: string;
  connections: number;
  /** Bodies are sent one after the other, each once. */
  bodies: Buffer[];
  /** Requests a second in all, whether the answers come or not; as fast as answers come if absent. */
  rate?: number;
}

export interface LoadResult {
  seconds: number;
  /** Number of answers by status; 0 for connections that broke. */
  statuses: Record<number, number>;
  /** Of answers with 202, ms, sorted. */
  latencies: number[];
  /** Of answers with 429, ms, sorted. */
  shedLatencies: number[];
  /** Indexes of the bodies that were acknowledged. */
  acknowledged: number[];
  /** 429 without Retry-After. */
  without: number;
}

/** Sends by raw sockets that are kept open, so that the sender needs little of the machine. */
export async function sendLoad({ url, connections, bodies, rate }: LoadOptions): Promise<LoadResult> {
  const { hostname, port, pathname } = new URL(url);
  const requests = bodies.map((body) =>
    Buffer.concat([
      Buffer.from(
        `POST ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nOrigin: https://shop.example\r\n` +
          `Content-Type: text/plain;charset=UTF-8\r\nContent-Length: ${body.length}\r\n\r\n`,
      ),
      body,
    ]),
  );
  const result: LoadResult = {
    seconds: 0,
    statuses: {},
    latencies: [],
    shedLatencies: [],
    acknowledged: [],
    without: 0,
  };
  const start = performance.now();
  let next = 0;

  const due = (index: number) => (rate === undefined ? 0 : start + (index * 1_000) / rate);
  const count = (status: number) => (result.statuses[status] = (result.statuses[status] ?? 0) + 1);

  const converse = async () => {
    let socket = await open(hostname, Number(port));
    for (let index = next++; index < requests.length; index = next++) {
      const wait = due(index) - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      // With a rate the time counts from when it should have been sent: waiting for a free connection is waiting.
      const sentAt = rate === undefined ? performance.now() : due(index);
      const answer = await exchange(socket, requests[index] ?? Buffer.alloc(0)).catch(() => undefined);
      const took = performance.now() - sentAt;
      const status = Number(answer?.slice(9, 12) ?? 0);
      count(status);
      if (status === 202) {
        result.latencies.push(took);
        result.acknowledged.push(index);
      } else if (status === 429) {
        result.shedLatencies.push(took);
        if (!/\r\nretry-after: \d+/i.test(answer ?? '')) result.without++;
      }
      if (!answer || /\r\nconnection: close/i.test(answer)) {
        socket.destroy();
        const again = await open(hostname, Number(port)).catch(() => undefined);
        if (!again) return;
        socket = again;
      }
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: connections }, converse));
  result.seconds = (performance.now() - start) / 1_000;
  result.latencies.sort((a, b) => a - b);
  result.shedLatencies.sort((a, b) => a - b);
  return result;
}

function open(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Sends a request and resolves with its answer. */
function exchange(socket: Socket, request: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const done = (settle: () => void) => {
      socket.off('data', onData).off('error', onEnd).off('close', onEnd);
      settle();
    };
    const onData = (chunk: Buffer) => {
      text += chunk.toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(text.slice(0, end))?.[1] ?? 0);
      if (text.length >= end + 4 + length) done(() => resolve(text));
    };
    const onEnd = () => done(() => reject(new Error('the connection broke')));
    socket.on('data', onData).on('error', onEnd).on('close', onEnd);
    socket.write(request);
  });
}

/** The value below which `share` of the sorted ones lie. */
export function percentile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
