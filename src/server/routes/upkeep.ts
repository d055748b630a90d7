import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import { apiError, retention } from '../http/schemas.ts';
import { requireAdmin } from '../http/sign-in.ts';
import { readRetention } from '../retention-settings.ts';
import type { RecordStore } from '../store/store.ts';

/** How long and how much the collector keeps. */
export async function upkeepRoutes(app: FastifyInstance, { records }: { records: RecordStore }) {
  app.get(
    '/api/retention',
    { schema: { summary: 'How long and how much is kept', response: { 200: retention, '4xx': apiError } } },
    async () => readRetention(records),
  );
  app.put<{ Body: Static<typeof retention> }>(
    '/api/retention',
    {
      schema: {
        summary: 'Set how long and how much is kept',
        description: 'What is beyond it is deleted within minutes, the oldest first.',
        body: retention,
        response: { 200: retention, '4xx': apiError },
      },
    },
    async (request) => {
      requireAdmin(request, 'Only administrators set this.');
      await records.setSetting('retention', request.body);
      return request.body;
    },
  );
}
