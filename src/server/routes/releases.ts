import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import type { ReleaseDetail, ReleaseList } from '../../protocol/api.ts';
import { notFound } from '../http/errors.ts';
import { apiError, id, listQuery, releaseDetail, releaseList, releaseQuery } from '../http/schemas.ts';
import type { Projects } from '../projects.ts';
import type { ReleaseStore } from '../store/store.ts';
import { projectOf } from './project-of.ts';

const shownIssues = 50;
const shownFiles = 50;

/** What was deployed, and what each brought and cured. */
export async function releaseRoutes(
  app: FastifyInstance,
  { projects, releases }: { projects: Projects; releases: ReleaseStore },
) {
  app.get<{ Params: { id: string }; Querystring: Static<typeof listQuery> }>(
    '/api/projects/:id/releases',
    {
      schema: {
        summary: 'List releases, newest first',
        params: id,
        querystring: listQuery,
        response: { 200: releaseList, '4xx': apiError },
      },
    },
    async (request): Promise<ReleaseList> => {
      const { limit, cursor } = request.query;
      const found = await releases.releases(await projectOf(projects, request), limit + 1, readPlace(cursor));
      const last = found[limit - 1];
      return {
        releases: found.slice(0, limit),
        next: last && found.length > limit ? writePlace([last.firstSeen, last.name]) : null,
      };
    },
  );

  app.get<{ Params: { id: string }; Querystring: Static<typeof releaseQuery> }>(
    '/api/projects/:id/release',
    {
      schema: {
        summary: 'Read a release',
        params: id,
        querystring: releaseQuery,
        response: { 200: releaseDetail, '4xx': apiError },
      },
    },
    async (request): Promise<ReleaseDetail> => {
      const project = await projectOf(projects, request);
      const found = await releases.release(project, request.query.name);
      if (!found) throw notFound('release');
      const before = await releases.releaseBefore(project, found);
      return {
        ...found,
        before: before ?? null,
        ...(await releases.releaseIssues(project, found.name, before, shownIssues, Date.now())),
        unresolved: await releases.unresolvedOf(project, found.name, shownFiles),
      };
    },
  );
}

const writePlace = (place: [number, string]) => Buffer.from(JSON.stringify(place)).toString('base64url');

/** What is no place of ours is the beginning. */
function readPlace(cursor: string | undefined): [number, string] | undefined {
  try {
    const [time, name] = JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString()) as unknown[];
    return typeof time === 'number' && typeof name === 'string' ? [time, name] : undefined;
  } catch {
    return undefined;
  }
}
