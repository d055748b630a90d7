import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import { apiError, liveQuery } from '../http/schemas.ts';
import type { LiveFeed } from '../notify/live.ts';

/** Proxies close what is silent. */
const heartbeatMs = 20_000;
/** A reader who does not keep up is sent away; its browser connects anew. */
const maxWaitingBytes = 1_048_576;

const messageText = (name: string, data: object) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

/** Server-sent events: what is filed, as it is filed, and what is done with issues. */
export async function liveRoutes(app: FastifyInstance, { live }: { live: LiveFeed }) {
  const open = new Set<ServerResponse>();
  app.addHook('preClose', async () => {
    for (const response of open) response.end();
  });

  app.get<{ Querystring: Static<typeof liveQuery> }>(
    '/api/live',
    {
      exposeHeadRoute: false,
      schema: {
        summary: 'Follow what arrives',
        description:
          'A stream of server-sent events, each a JSON document: `event` for what arrives (of one `project`, if that is given), and `change` with the `issueIds` of what people do with issues.',
        querystring: liveQuery,
        response: { '4xx': apiError },
      },
    },
    async (request, reply) => {
      const response = reply.raw;
      const { project } = request.query;
      const headers = { ...reply.getHeaders(), 'content-type': 'text/event-stream', 'cache-control': 'no-store' };
      reply.hijack();
      response.writeHead(200, headers as Record<string, string>);
      response.write('retry: 2000\n\n');
      const send = (text: string) => {
        if (response.writableLength > maxWaitingBytes) response.destroy();
        else response.write(text);
      };
      const stops = [
        live.onMessage((message) => {
          if (project === undefined || project === message.projectId) send(messageText('event', message));
        }),
        live.onChange((change) => send(messageText('change', change))),
      ];
      const heartbeat = setInterval(() => send(': still here\n\n'), heartbeatMs);
      open.add(response);
      response.on('close', () => {
        for (const stop of stops) stop();
        clearInterval(heartbeat);
        open.delete(response);
      });
    },
  );
}
