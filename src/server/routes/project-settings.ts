import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import type { Event } from '../../protocol/event.ts';
import { titleOf } from '../group/title.ts';
import { userNumber, valuesOf } from '../group/values.ts';
import { apiError, forgotten, id, projectSettings } from '../http/schemas.ts';
import { onlyAdminsChange } from '../http/sign-in.ts';
import type { Projects } from '../projects.ts';
import type { LogStore } from '../store/log-store.ts';
import type { RecordStore } from '../store/store.ts';
import { projectOf } from './project-of.ts';

const forget = Type.Object({ user: Type.String({ minLength: 1, maxLength: 200 }) });

export interface ProjectSettingsOptions {
  projects: Projects;
  records: RecordStore;
  logs: LogStore;
  /** Resolves when what has arrived is digested. */
  digested(): Promise<void>;
}

/** What a project's pages may send, and what of it stays. */
export async function projectSettingsRoutes(
  app: FastifyInstance,
  { projects, records, logs, digested }: ProjectSettingsOptions,
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
  app.post<{ Params: { id: string }; Body: Static<typeof forget> }>(
    '/api/projects/:id/forget',
    {
      schema: {
        summary: 'Delete every event and log record of one user',
        description:
          'By the id that the site gives its user, or the e-mail address or name where it gives none. Their events are taken out of all counts, but for those of which only the number was kept.',
        params: id,
        body: forget,
        response: { 200: forgotten, '4xx': apiError },
      },
    },
    async (request) => {
      const project = await projectOf(projects, request);
      const { user } = request.body;
      await digested();
      const number = userNumber({ user: { id: user } });
      const isTheirs = (event: Event) => userNumber(event) === number;
      if (number === undefined) return { deleted: 0 };
      // Events last: then the file is rid of what was on its free pages.
      const deleted = await logs.forgetUser(project, number);
      return { deleted: deleted + (await records.forgetUser(project, number, { isTheirs, titleOf, valuesOf })) };
    },
  );
}
