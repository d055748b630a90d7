import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import type { Distribution, IssueDetail, IssueList, IssueSummary } from '../../protocol/api.ts';
import { notFound } from '../http/errors.ts';
import { apiError, id, issueChange, issueDetail, issueList, issuesQuery } from '../http/schemas.ts';
import type { IssueSort, RecordStore } from '../store/store.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { parseQuery } from './parse-query.ts';

const hoursOfChart = 30 * 24;
const shownValues = 25;

export async function issueRoutes(app: FastifyInstance, { records }: { records: RecordStore }) {
  app.get<{ Querystring: Static<typeof issuesQuery> }>(
    '/api/issues',
    { schema: { summary: 'List issues', querystring: issuesQuery, response: { 200: issueList, '4xx': apiError } } },
    async ({ query }): Promise<IssueList> => {
      const [value, lastId] = readCursor(query.cursor, 2) ?? [];
      const { issues, total } = await records.issues({
        ...parseQuery(query.query ?? ''),
        ...(query.project !== undefined && { projectId: query.project }),
        ...(query.status && { status: query.status }),
        ...(value !== undefined && lastId !== undefined && { after: [value, lastId] }),
        sort: query.sort,
        // One more tells whether there is a next page.
        limit: query.limit + 1,
        now: Date.now(),
      });
      const shown = issues.slice(0, query.limit);
      return { issues: shown, total, next: issues.length > shown.length ? nextCursor(shown, query.sort) : null };
    },
  );

  const detail = async (issueId: string): Promise<IssueDetail> => {
    const now = Date.now();
    const issue = await records.issue(issueId, now);
    if (!issue) throw notFound('issue');
    const firstHour = Math.floor(now / 3_600_000) - hoursOfChart + 1;
    const hours = await records.issueHours(issueId, firstHour);
    return {
      ...issue,
      daily: daily(hours, firstHour),
      distributions: distributions(await records.issueValues(issueId)),
    };
  };

  app.get<{ Params: { id: string } }>(
    '/api/issues/:id',
    { schema: { summary: 'Read an issue', params: id, response: { 200: issueDetail, '4xx': apiError } } },
    async ({ params }) => detail(params.id),
  );

  app.patch<{ Params: { id: string }; Body: Static<typeof issueChange> }>(
    '/api/issues/:id',
    {
      schema: {
        summary: 'Resolve, ignore or reopen an issue',
        params: id,
        body: issueChange,
        response: { 200: issueDetail, '4xx': apiError },
      },
    },
    async ({ params, body }) => {
      if (!(await records.setIssueStatus(params.id, body.status))) throw notFound('issue');
      return detail(params.id);
    },
  );
}

function nextCursor(issues: IssueSummary[], sort: IssueSort): string | null {
  const last = issues.at(-1);
  return last ? writeCursor([last[sort], Number(last.id)]) : null;
}

/** Days of 24 hours that end with the present hour. */
function daily(hours: [number, number][], firstHour: number): number[] {
  const days = Array.from({ length: hoursOfChart / 24 }, () => 0);
  for (const [hour, count] of hours) {
    const day = Math.floor((hour - firstHour) / 24);
    if (day < days.length) days[day] = (days[day] ?? 0) + count;
  }
  return days;
}

/** The store has sorted them: by property, the most frequent value first. */
function distributions(values: { property: string; value: string; count: number }[]): Distribution[] {
  const all: Distribution[] = [];
  for (const { property, value, count } of values) {
    if (all.at(-1)?.property !== property) all.push({ property, values: [] });
    const shown = all.at(-1)?.values ?? [];
    if (shown.length < shownValues) shown.push({ value, count });
  }
  return all;
}
