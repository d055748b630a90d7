import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import type { LogList, StoredRecord } from '../../protocol/log-api.ts';
import type { LogRecord } from '../../protocol/log-record.ts';
import { notFound } from '../http/errors.ts';
import { logList, logsQuery, logValues, logValuesQuery, storedRecord } from '../http/log-schemas.ts';
import { apiError, eventQuery, id } from '../http/schemas.ts';
import { logLine } from '../log-line.ts';
import type { KeptRecord, LogStore } from '../store/log-store.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { logProperties, parseLogQuery } from './parse-log-query.ts';

const shownValues = 12;

/** Records of logs: to search, and to read. */
export async function logRoutes(app: FastifyInstance, { logs }: { logs: LogStore }) {
  app.get<{ Querystring: Static<typeof logsQuery> }>(
    '/api/records',
    {
      schema: {
        summary: 'List records of logs, newest first',
        description: 'A page may be short, even empty, although others follow: so much was looked through for it.',
        querystring: logsQuery,
        response: { 200: logList, '4xx': apiError },
      },
    },
    async ({ query }): Promise<LogList> => {
      const [before] = readCursor(query.cursor, 1) ?? [];
      const { records, next } = await logs.list({
        ...parseLogQuery(query.query ?? ''),
        ...(query.project !== undefined && { projectId: query.project }),
        ...(before !== undefined && { before }),
        limit: query.limit,
      });
      return { records: records.map(logLine), next: next === undefined ? null : writeCursor([next]) };
    },
  );

  app.get<{ Params: { id: string }; Querystring: Static<typeof eventQuery> }>(
    '/api/records/:id',
    {
      schema: {
        summary: 'Read a record of a log',
        params: id,
        querystring: eventQuery,
        response: { 200: storedRecord, '4xx': apiError },
      },
    },
    async ({ params, query }): Promise<StoredRecord> => {
      const found = await logs.find(params.id, query.project);
      if (!found) throw notFound('record');
      const { projectId, receivedAt, context } = found;
      const record = recordOf(found);
      return { record, context, projectId, receivedAt, happenedAt: record.at };
    },
  );

  app.get<{ Querystring: Static<typeof logValuesQuery> }>(
    '/api/records/values',
    {
      schema: {
        summary: 'List loggers, or values of a key of records, that begin so',
        querystring: logValuesQuery,
        response: { 200: logValues, '4xx': apiError },
      },
    },
    async ({ query: { key, begin } }) =>
      key === 'logger' || logProperties.has(key) || key.startsWith('tag:') ? logs.known(key, begin, shownValues) : [],
  );
}

const recordOf = ({ id, at, level, logger, text, data }: KeptRecord): LogRecord => ({
  ...{ id, at, level, logger, text },
  ...(data && { data }),
});
