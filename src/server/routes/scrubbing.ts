import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import type { ScrubRule } from '../../protocol/api.ts';
import { parseBatch } from '../../protocol/parse-batch.ts';
import { HttpError } from '../http/errors.ts';
import { apiError, scrubbing, scrubTrial, scrubTried } from '../http/schemas.ts';
import { onlyAdminsChange } from '../http/sign-in.ts';
import type { Ingest } from '../ingest.ts';
import { compileScrubRules } from '../scrub-rules.ts';
import { scrub } from '../scrub.ts';
import type { RecordStore } from '../store/store.ts';
import { messageOf } from '../lib/message-of.ts';

/** Rules by which events lose what must not be kept, beside those that always hold. */
export async function scrubbingRoutes(
  app: FastifyInstance,
  { records, ingest }: { records: RecordStore; ingest: Ingest },
) {
  app.addHook('preHandler', onlyAdminsChange('Only administrators change the rules.'));
  app.get(
    '/api/scrubbing',
    { schema: { summary: 'List scrubbing rules', response: { 200: scrubbing, '4xx': apiError } } },
    async () => ({ rules: ((await records.setting('scrubbing')) ?? []) as ScrubRule[] }),
  );
  app.put<{ Body: Static<typeof scrubbing> }>(
    '/api/scrubbing',
    { schema: { summary: 'Set the scrubbing rules', body: scrubbing, response: { 200: scrubbing, '4xx': apiError } } },
    async ({ body }) => {
      ingest.setScrubbing(compiled(body.rules));
      await records.setSetting('scrubbing', body.rules);
      return body;
    },
  );
  app.post<{ Body: Static<typeof scrubTrial> }>(
    '/api/scrubbing/try',
    {
      schema: {
        summary: 'Show what rules would leave of an event',
        description: 'The event is one of `GET /api/events/:id`, or as a page sends it, without a stack.',
        body: scrubTrial,
        response: { 200: scrubTried, '4xx': apiError },
      },
    },
    async ({ body }) => {
      const {
        breadcrumbs,
        exceptions = [],
        ...event
      } = body.event as Record<string, unknown> & { exceptions?: object[] };
      const withId = { id: 'an-event-to-try-it', at: Date.now(), ...event, exceptions, trail: [0, 50] };
      const parsed = parseBatch({
        version: 1,
        sdk: { name: 'trial', version: '1' },
        sentAt: Date.now(),
        trail: breadcrumbs,
        events: [withId],
      });
      const [one] = parsed.ok ? parsed.events : [];
      if (!one) throw new HttpError(400, 'no-event', 'This is no event.');
      return { event: compiled(body.rules)(scrub(one)) };
    },
  );
}

function compiled(rules: ScrubRule[]) {
  try {
    return compileScrubRules(rules);
  } catch (error) {
    throw new HttpError(400, 'invalid', messageOf(error));
  }
}
