import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Proxies close what is silent. */
const heartbeatMs = 20_000;
/** A reader who does not keep up is sent away; it connects anew. */
const maxWaitingBytes = 1_048_576;

/** Server-sent events to one reader. */
export interface EventStream {
  send(name: string, data: unknown, id?: string): void;
  onClose(listener: () => void): void;
}

/** Streams of an app, which end when it does. */
export function createEventStreams(app: FastifyInstance): (reply: FastifyReply) => EventStream {
  const open = new Set<ServerResponse>();
  app.addHook('preClose', async () => {
    for (const response of open) response.end();
  });
  return (reply) => {
    const response = reply.raw;
    const headers = {
      ...reply.getHeaders(),
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      // nginx would keep them until it has 4 kB.
      'x-accel-buffering': 'no',
    };
    reply.hijack();
    response.writeHead(200, headers as Record<string, string>);
    response.write('retry: 2000\n\n');
    const write = (text: string) => {
      if (response.writableLength > maxWaitingBytes) response.destroy();
      else response.write(text);
    };
    const heartbeat = setInterval(() => write(': still here\n\n'), heartbeatMs);
    open.add(response);
    response.on('close', () => {
      clearInterval(heartbeat);
      open.delete(response);
    });
    return {
      send: (name, data, id) =>
        write(`event: ${name}\ndata: ${JSON.stringify(data)}\n${id === undefined ? '' : `id: ${id}\n`}\n`),
      onClose: (listener) => void response.on('close', listener),
    };
  };
}
