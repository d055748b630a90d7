import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import type { Accounts } from '../accounts/accounts.ts';
import { HttpError, notFound } from '../http/errors.ts';
import { apiError, apiTokens, id, newApiToken, wantedToken } from '../http/schemas.ts';
import { requireAdmin } from '../http/sign-in.ts';
import type { Projects } from '../projects.ts';
import type { RecordStore } from '../store/store.ts';

/** Tokens for programs, each for no more than its scope. */
export async function tokenRoutes(
  app: FastifyInstance,
  { accounts, projects, records }: { accounts: Accounts; projects: Projects; records: RecordStore },
) {
  app.addHook('preHandler', async (request) => requireAdmin(request, 'Only administrators manage tokens.'));
  app.get(
    '/api/tokens',
    { schema: { summary: 'List API tokens', response: { 200: apiTokens, '4xx': apiError } } },
    async () => records.apiTokens(),
  );
  app.post<{ Body: Static<typeof wantedToken> }>(
    '/api/tokens',
    {
      schema: {
        summary: 'Make an API token',
        description:
          'Scope `read` reads everything, `upload` uploads source maps to the one project that is named, `all` may do what an administrator may.',
        body: wantedToken,
        response: { 201: newApiToken, '4xx': apiError },
      },
    },
    async ({ body: { name, scope, projectId } }, reply) => {
      if ((scope === 'upload') !== (projectId !== undefined)) {
        throw new HttpError(400, 'invalid', 'A token that uploads belongs to a project, any other to none.');
      }
      if (projectId !== undefined && !(await projects.list()).some((project) => project.id === projectId)) {
        throw notFound('project');
      }
      return reply.code(201).send(await accounts.createToken(name, scope, projectId ?? null));
    },
  );
  app.delete<{ Params: { id: string } }>(
    '/api/tokens/:id',
    { schema: { summary: 'Remove an API token', params: id, response: { 204: Type.Null(), '4xx': apiError } } },
    async ({ params }, reply) => {
      if (!(await records.removeApiToken(params.id))) throw notFound('token');
      return reply.code(204).send(null);
    },
  );
}
