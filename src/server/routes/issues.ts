import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import type { IssueList } from '../../protocol/api.ts';
import { apiError, id, issueDetail, issueList, issuesQuery } from '../http/schemas.ts';
import type { RecordStore } from '../store/store.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { parseQuery } from './parse-query.ts';
import { readIssue } from './read-issue.ts';

export async function issueRoutes(app: FastifyInstance, { records }: { records: RecordStore }) {
  app.get<{ Querystring: Static<typeof issuesQuery> }>(
    '/api/issues',
    { schema: { summary: 'List issues', querystring: issuesQuery, response: { 200: issueList, '4xx': apiError } } },
    async ({ query, signedIn }): Promise<IssueList> => {
      const [value, lastId] = readCursor(query.cursor, 2) ?? [];
      const { issues, total, places } = await records.issues({
        ...parseQuery(query.query ?? '', signedIn.person.id),
        ...(query.project !== undefined && { projectId: query.project }),
        ...(query.status && { status: query.status }),
        ...(value !== undefined && lastId !== undefined && { after: [value, lastId] }),
        sort: query.sort,
        // One more tells whether there is a next page.
        limit: query.limit + 1,
        now: Date.now(),
      });
      const last = issues.length > query.limit ? places[query.limit - 1] : undefined;
      return { issues: issues.slice(0, query.limit), total, next: last ? writeCursor(last) : null };
    },
  );

  app.get<{ Params: { id: string } }>(
    '/api/issues/:id',
    { schema: { summary: 'Read an issue', params: id, response: { 200: issueDetail, '4xx': apiError } } },
    async ({ params }) => readIssue(records, params.id),
  );
}
