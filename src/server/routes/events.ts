import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import type { EventList, EventSummary, IssueMatches, StoredEvent } from '../../protocol/api.ts';
import type { SessionEvents } from '../../protocol/log-api.ts';
import { titleOf } from '../group/title.ts';
import { named } from '../group/values.ts';
import { notFound } from '../http/errors.ts';
import { sessionEvents, sessionQuery } from '../http/log-schemas.ts';
import {
  apiError,
  eventList,
  eventQuery,
  eventsQuery,
  id,
  issueMatches,
  matchesQuery,
  storedEvent,
} from '../http/schemas.ts';
import type { EventStore, KeptEvent, EventPlace } from '../store/store.ts';
import type { Symbolicate } from '../symbolicate/symbolicate.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { parseFilter } from './parse-query.ts';
import { daysOf, firstHourOfChart, hoursOfDay } from './read-issue.ts';

const maxOfSession = 50;

export async function eventRoutes(
  app: FastifyInstance,
  { events, symbolicate }: { events: EventStore; symbolicate: Symbolicate },
) {
  app.get<{ Params: { id: string }; Querystring: Static<typeof eventsQuery> }>(
    '/api/issues/:id/events',
    {
      schema: {
        summary: 'List the events of an issue, in the order in which they happened, newest first',
        description: 'A page may be short although others follow: what is scattered widely takes longer to read.',
        params: id,
        querystring: eventsQuery,
        response: { 200: eventList, '4xx': apiError },
      },
    },
    async ({ params, query }): Promise<EventList> => {
      const filter = parseFilter(query.filter);
      const page = await events.page(params.id, query.limit, { before: readPlace(query.cursor), filter });
      const last = page.events.at(-1);
      if (!last && query.cursor === undefined && !filter.length) throw notFound('issue');
      return {
        events: page.events.map(eventSummary),
        next: last && page.hasMore ? writeCursor([last.happenedAt, last.seq]) : null,
      };
    },
  );

  app.get<{ Params: { id: string }; Querystring: Static<typeof matchesQuery> }>(
    '/api/issues/:id/matches',
    {
      schema: {
        summary: 'Count the events of an issue that have some values',
        description: 'Of those that are kept.',
        params: id,
        querystring: matchesQuery,
        response: { 200: issueMatches, '4xx': apiError },
      },
    },
    async ({ params, query }): Promise<IssueMatches> => {
      const firstHour = firstHourOfChart(Date.now());
      const { hours, ...found } = await events.matches(params.id, parseFilter(query.filter), firstHour);
      return { ...found, hourly: hoursOfDay(hours, firstHour), daily: daysOf(hours, firstHour) };
    },
  );

  app.get<{ Querystring: Static<typeof sessionQuery> }>(
    '/api/events',
    {
      schema: {
        summary: 'List the events of a session of a page, oldest first',
        description: `At most ${maxOfSession}, of those that were kept whole.`,
        querystring: sessionQuery,
        response: { 200: sessionEvents, '4xx': apiError },
      },
    },
    async ({ query: { session, project } }): Promise<SessionEvents> => ({
      events: (await events.ofSession(session, maxOfSession, project)).map((kept) => ({
        ...eventSummary(kept),
        issueId: kept.issueId,
        happenedAt: kept.happenedAt,
        level: kept.event.level,
      })),
    }),
  );

  app.get<{ Params: { id: string }; Querystring: Static<typeof eventQuery> }>(
    '/api/events/:id',
    {
      schema: {
        summary: 'Read an event',
        params: id,
        querystring: eventQuery,
        response: { 200: storedEvent, '4xx': apiError },
      },
    },
    async ({ params, query }): Promise<StoredEvent> => {
      const found = await events.find(params.id, query.project, parseFilter(query.filter));
      if (!found) throw notFound('event');
      const { event, issueId, projectId, receivedAt, happenedAt, previousId, nextId } = found;
      const frames = await symbolicate(projectId, event);
      return { event, issueId, projectId, receivedAt, happenedAt, frames, previousId, nextId };
    },
  );
}

function readPlace(cursor: string | undefined): EventPlace | undefined {
  const [happenedAt = 0, seq = 0] = readCursor(cursor, 2) ?? [];
  return cursor === undefined ? undefined : [happenedAt, seq];
}

function eventSummary({ event, receivedAt, happenedAt }: KeptEvent): EventSummary {
  return {
    id: event.id,
    receivedAt,
    happenedAt,
    title: titleOf(event),
    browser: named(event.browser),
    os: named(event.os),
    url: event.page?.url ?? '',
    release: event.release ?? null,
    user: event.user?.name ?? event.user?.email ?? event.user?.id ?? null,
  };
}
