import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Batch, BatchEvent } from '../../src/protocol/batch.ts';

/** What it does with a batch: a status, a status with `Retry-After`, or nothing at all. */
export type Behaviour = number | { status: number; retryAfter: number | string } | 'hang';

export interface ScriptedCollector {
  endpoint: string;
  /** How it answers from now on; 202 at first. */
  behave: (batch: Batch) => Behaviour;
  /** When each batch came, whatever became of it, milliseconds since 1970. */
  requests: number[];
  /** Events of the batches that it took; of each id the first, as in life. */
  events: Map<string, BatchEvent>;
  /** The batches that it took, whole. */
  batches: Batch[];
  /** Nothing listens any more: connections are refused. */
  stop(): Promise<void>;
  /** Listens again, where it did before. */
  start(): Promise<void>;
}

const headers = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'retry-after' };

/** Stands for a collector in trouble: the real one has no such days in a test. */
export async function startScriptedCollector(): Promise<ScriptedCollector> {
  let server: Server;
  let port = 0;
  const collector: ScriptedCollector = {
    endpoint: '',
    behave: () => 202,
    requests: [],
    events: new Map(),
    batches: [],
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
    async start() {
      server = createServer((request, response) => {
        void text(request).then(
          (body) => {
            const batch = JSON.parse(body) as Batch;
            collector.requests.push(Date.now());
            const behaviour = collector.behave(batch);
            if (behaviour === 'hang') return;
            const status = typeof behaviour === 'number' ? behaviour : behaviour.status;
            if (status === 202) collector.batches.push(batch);
            for (const event of batch.events)
              if (status === 202 && !collector.events.has(event.id)) collector.events.set(event.id, event);
            if (typeof behaviour !== 'number') response.setHeader('retry-after', behaviour.retryAfter);
            response.writeHead(status, headers);
            response.end();
          },
          () => undefined,
        );
      }).listen(port, '127.0.0.1');
      await once(server, 'listening');
      port = (server.address() as AddressInfo).port;
      collector.endpoint = `http://127.0.0.1:${port}/in/testkey`;
    },
  };
  await collector.start();
  return collector;
}
