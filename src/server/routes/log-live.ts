import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import { createEventStreams } from '../http/event-stream.ts';
import { logLiveQuery } from '../http/log-schemas.ts';
import { apiError } from '../http/schemas.ts';
import { logLine } from '../log-line.ts';
import { createLogMatch, searchedOf } from '../match-log.ts';
import type { LiveFeed, LogFeed } from '../notify/live.ts';
import type { KeptRecord, LogStore } from '../store/log-store.ts';
import { timeOf } from '../store/log-writer.ts';
import { parseLogQuery } from './parse-log-query.ts';

export interface LogLiveOptions {
  live: LiveFeed;
  logFeed: LogFeed;
  logs: LogStore;
}

/** Of what a reader missed while it was away, at most so many. */
const maxMissed = 500;

/** Server-sent events: records as they are kept, and events as they are filed. */
export async function logLiveRoutes(app: FastifyInstance, { live, logFeed, logs }: LogLiveOptions) {
  const openStream = createEventStreams(app);
  app.get<{ Querystring: Static<typeof logLiveQuery> }>(
    '/api/records/live',
    {
      exposeHeadRoute: false,
      schema: {
        summary: 'Follow records of logs, and events',
        description: `A stream of server-sent events named \`record\`, each a JSON document; with \`events=true\` also of events, named \`event\`. \`Last-Event-ID\` brings the records since (at most ${maxMissed}) first.`,
        querystring: logLiveQuery,
        response: { '4xx': apiError },
      },
    },
    async (request, reply) => {
      const { project, query = '', events } = request.query;
      const terms = parseLogQuery(query);
      const matches = createLogMatch(terms);
      const isOfProject = (one: { projectId: string }) => project === undefined || project === one.projectId;
      const after = Number(request.headers['last-event-id']);
      const stream = openStream(reply);
      const send = (record: KeptRecord) => stream.send('record', logLine(record), String(record.place));
      // What comes while the missed ones are read waits for them.
      let waiting: KeptRecord[] | undefined = after > 0 ? [] : undefined;
      stream.onClose(
        logFeed.onMessage((records) => {
          const matching = records.filter((record) => isOfProject(record) && matches(searchedOf(record)));
          if (waiting) waiting.push(...matching);
          else matching.forEach(send);
        }),
      );
      if (events) {
        stream.onClose(
          live.onMessage(({ error, values, text }) => {
            const one = { level: error.level, values, texts: [text] };
            if (isOfProject(error) && matches(one)) stream.send('event', error);
          }),
        );
      }
      if (!waiting) return;
      const records: KeptRecord[] = [];
      for (let before: number | undefined = Infinity; before !== undefined && records.length < maxMissed;) {
        const found = await logs.list({
          ...terms,
          ...(project !== undefined && { projectId: project }),
          ...(before !== Infinity && { before }),
          since: timeOf(after),
          limit: maxMissed - records.length,
        });
        records.push(...found.records);
        before = found.next;
      }
      const missed = records.filter(({ place }) => place > after).reverse();
      const places = new Set(missed.map(({ place }) => place));
      [...missed, ...waiting.filter(({ place }) => !places.has(place))].forEach(send);
      waiting = undefined;
    },
  );
}
