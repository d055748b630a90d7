import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import type { Forget } from '../forget.ts';
import { apiError, forgotten, id, projectSettings } from '../http/schemas.ts';
import { onlyAdminsChange } from '../http/sign-in.ts';
import type { Projects } from '../projects.ts';
import type { RecordStore } from '../store/store.ts';
import { projectOf } from './project-of.ts';

const userToForget = Type.Object({ user: Type.String({ minLength: 1, maxLength: 200 }) });

export interface ProjectSettingsOptions {
  projects: Projects;
  records: RecordStore;
  forget: Forget;
}

/** What a project's pages may send, and what of it stays. */
export async function projectSettingsRoutes(
  app: FastifyInstance,
  { projects, records, forget }: ProjectSettingsOptions,
) {
  app.addHook('preHandler', onlyAdminsChange('Only administrators change settings.'));
  const path = '/api/projects/:id/settings';
  app.get<{ Params: { id: string } }>(
    path,
    {
      schema: { summary: 'Read limits of a project', params: id, response: { 200: projectSettings, '4xx': apiError } },
    },
    async (request) => records.projectSettings(await projectOf(projects, request)),
  );
  app.put<{ Params: { id: string }; Body: Static<typeof projectSettings> }>(
    path,
    {
      schema: {
        summary: 'Set who may send to a project, how much, and how much of it is kept',
        params: id,
        body: projectSettings,
        response: { 200: projectSettings, '4xx': apiError },
      },
    },
    async (request) => {
      const project = await projectOf(projects, request);
      await projects.set(project, request.body);
      return request.body;
    },
  );
  app.post<{ Params: { id: string }; Body: Static<typeof userToForget> }>(
    '/api/projects/:id/forget',
    {
      schema: {
        summary: 'Delete every event and log record of one user',
        description:
          'By the id that the site gives its user, or the e-mail address or name where it gives none. Their events are taken out of all counts, but for those of which only the number was kept. What takes longer than ten seconds is answered with 202 and how many were deleted so far; it goes on, also after a restart, and who asks again waits for the same.',
        params: id,
        body: userToForget,
        response: { 200: forgotten, 202: forgotten, '4xx': apiError },
      },
    },
    async (request, reply) => {
      const forgotten = await forget.user(await projectOf(projects, request), request.body.user);
      return reply.code(forgotten.isDone ? 200 : 202).send(forgotten);
    },
  );
}
