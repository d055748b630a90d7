import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import { createEventStreams } from '../http/event-stream.ts';
import { apiError, liveQuery } from '../http/schemas.ts';
import type { LiveFeed } from '../notify/live.ts';

/** Server-sent events: what is filed, as it is filed, and what is done with issues. */
export async function liveRoutes(app: FastifyInstance, { live }: { live: LiveFeed }) {
  const openStream = createEventStreams(app);
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
    async ({ query: { project } }, reply) => {
      const stream = openStream(reply);
      stream.onClose(
        live.onMessage(({ message }) => {
          if (project === undefined || project === message.projectId) stream.send('event', message);
        }),
      );
      stream.onClose(live.onChange((change) => stream.send('change', change)));
    },
  );
}
