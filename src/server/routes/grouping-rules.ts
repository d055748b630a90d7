import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import { readRules, settingName } from '../grouping-rules.ts';
import { HttpError } from '../http/errors.ts';
import { apiError, groupingRules, id } from '../http/schemas.ts';
import type { Projects } from '../projects.ts';
import type { RecordStore } from '../store/store.ts';
import { projectOf } from './project-of.ts';

/** What belongs together, where the usual grouping does not say it as a project wants it. */
export async function groupingRulesRoutes(
  app: FastifyInstance,
  { projects, records }: { projects: Projects; records: RecordStore },
) {
  app.addHook('preHandler', async ({ signedIn, method }) => {
    if (method !== 'GET' && signedIn.person.role !== 'admin') {
      throw new HttpError(403, 'not-allowed', 'Only administrators change the rules.');
    }
  });
  const path = '/api/projects/:id/grouping-rules';
  const response = { 200: groupingRules, '4xx': apiError };
  app.get<{ Params: { id: string } }>(
    path,
    { schema: { summary: 'List grouping rules', params: id, response } },
    async (request) => ({ rules: await readRules(records, await projectOf(projects, request)) }),
  );
  app.put<{ Params: { id: string }; Body: Static<typeof groupingRules> }>(
    path,
    {
      schema: {
        summary: 'Set the grouping rules',
        description: 'They hold for events that come later: what is filed stays where it is.',
        params: id,
        body: groupingRules,
        response,
      },
    },
    async (request) => {
      const projectId = await projectOf(projects, request);
      for (const { match } of request.body.rules) {
        if (!Object.values(match).some(Boolean)) {
          throw new HttpError(400, 'invalid', 'A rule must say which events it is about.');
        }
      }
      await records.setSetting(settingName(projectId), request.body.rules);
      return request.body;
    },
  );
}
