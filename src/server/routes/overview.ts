import type { FastifyInstance } from 'fastify';
import type { Distribution, Overview, OverviewHour } from '../../protocol/api.ts';
import { apiError, id, overview } from '../http/schemas.ts';
import type { Projects } from '../projects.ts';
import type { EventStore, OverviewStore, ReleaseStore } from '../store/store.ts';
import { projectOf } from './project-of.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const shownHours = 24;
const usualDays = 14;
const shownIssues = 5;
const shownReleases = 5;
const spanMs = 7 * dayMs;

export interface OverviewRouteOptions {
  projects: Projects;
  overview: OverviewStore;
  releases: ReleaseStore;
  events: EventStore;
}

/** The start page of a project. */
export async function overviewRoutes(
  app: FastifyInstance,
  { projects, overview: store, releases, events }: OverviewRouteOptions,
) {
  app.post<{ Params: { id: string } }>(
    '/api/projects/:id/looks',
    {
      schema: {
        summary: 'Tell that I look at a project',
        description: 'What has come since my visit before is new. A pause of half an hour ends a visit.',
        params: id,
        response: { 204: { type: 'null' }, '4xx': apiError },
      },
    },
    async (request, reply) => {
      const project = await projectOf(projects, request);
      const { person, csrfToken } = request.signedIn;
      // A program has no visits.
      if (csrfToken !== undefined) await store.look(person.id, project, Date.now());
      return reply.code(204).send(null);
    },
  );

  app.get<{ Params: { id: string } }>(
    '/api/projects/:id/overview',
    {
      schema: {
        summary: 'What is new in a project, and how it is doing',
        params: id,
        response: { 200: overview, '4xx': apiError },
      },
    },
    async (request): Promise<Overview> => {
      const project = await projectOf(projects, request);
      const now = Date.now();
      const thisHour = Math.floor(now / hourMs);
      const firstHour = thisHour - shownHours + 1;
      const visit = await store.visitBefore(request.signedIn.person.id, project);
      const since = visit ?? now - dayMs;
      const counts = await store.projectHours(project, firstHour - usualDays * 24);
      const [values, dropped] = [
        await store.projectValues(project, now - spanMs),
        await events.dropped(project, now - spanMs),
      ];
      return {
        since,
        isFirstLook: visit === null,
        ...(await store.changedIssues(project, since, shownIssues, now)),
        hours: hoursOf(new Map(counts), firstHour, await store.firstHour(project)),
        busiest: await store.busiestIssues(project, firstHour, shownIssues, now),
        releases: await releases.releases(project, shownReleases),
        values: byProperty(values),
        dropped,
      };
    },
  );
}

/** Each hour beside the median of the same hour of the days before, as far back as the project goes. */
function hoursOf(counts: Map<number, number>, firstHour: number, begin = Infinity): OverviewHour[] {
  return Array.from({ length: shownHours }, (_, index) => {
    const hour = firstHour + index;
    const before = Array.from({ length: usualDays }, (_, day) => hour - (day + 1) * 24).filter((one) => one >= begin);
    return {
      at: hour * hourMs,
      events: counts.get(hour) ?? 0,
      usual: before.length < 2 ? null : median(before.map((one) => counts.get(one) ?? 0)),
    };
  });
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

/** The store has sorted them: by property, the most frequent value first. */
function byProperty(values: { property: string; value: string; count: number }[]): Distribution[] {
  const all: Distribution[] = [];
  for (const { property, ...value } of values) {
    if (all.at(-1)?.property !== property) all.push({ property, values: [] });
    all.at(-1)?.values.push(value);
  }
  return all;
}
