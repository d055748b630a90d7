import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import type { Accounts } from '../accounts/accounts.ts';
import { notFound } from '../http/errors.ts';
import { apiError, id, newUploadToken, uploadTokens } from '../http/schemas.ts';
import { requireAdmin } from '../http/sign-in.ts';
import type { Projects } from '../projects.ts';
import type { RecordStore } from '../store/store.ts';
import { projectOf } from './project-of.ts';

const newToken = Type.Object({ name: Type.String({ minLength: 1, maxLength: 100 }) });
const oneToken = Type.Object({ ...id.properties, token: Type.String({ maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' }) });

/** Tokens that let a build upload to one project. */
export async function uploadTokenRoutes(
  app: FastifyInstance,
  { accounts, projects, records }: { accounts: Accounts; projects: Projects; records: RecordStore },
) {
  const path = '/api/projects/:id/tokens';
  app.addHook('preHandler', async (request) => requireAdmin(request, 'Only administrators manage tokens.'));

  app.get<{ Params: { id: string } }>(
    path,
    { schema: { summary: 'List upload tokens', params: id, response: { 200: uploadTokens, '4xx': apiError } } },
    async (request) => records.uploadTokens(await projectOf(projects, request)),
  );
  app.post<{ Params: { id: string }; Body: Static<typeof newToken> }>(
    path,
    {
      schema: {
        summary: 'Make a token that may upload source maps, and nothing else',
        params: id,
        body: newToken,
        response: { 201: newUploadToken, '4xx': apiError },
      },
    },
    async (request, reply) => {
      const project = await projectOf(projects, request);
      return reply.code(201).send(await accounts.createUploadToken(project, request.body.name));
    },
  );
  app.delete<{ Params: Static<typeof oneToken> }>(
    `${path}/:token`,
    {
      schema: { summary: 'Remove an upload token', params: oneToken, response: { 204: Type.Null(), '4xx': apiError } },
    },
    async (request, reply) => {
      const project = await projectOf(projects, request);
      if (!(await records.removeUploadToken(project, request.params.token))) throw notFound('token');
      return reply.code(204).send(null);
    },
  );
}
