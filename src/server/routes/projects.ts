import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import { apiError, droppedList, id, newProject, project } from '../http/schemas.ts';
import { requireAdmin } from '../http/sign-in.ts';
import type { Projects } from '../projects.ts';
import type { EventStore } from '../store/store.ts';
import { projectOf } from './project-of.ts';

export async function projectRoutes(
  app: FastifyInstance,
  { projects, events }: { projects: Projects; events: EventStore },
) {
  app.get(
    '/api/projects',
    { schema: { summary: 'List projects', response: { 200: Type.Array(project), '4xx': apiError } } },
    async () => projects.list(),
  );

  app.post<{ Body: Static<typeof newProject> }>(
    '/api/projects',
    { schema: { summary: 'Add a project', body: newProject, response: { 201: project, '4xx': apiError } } },
    async (request, reply) => {
      requireAdmin(request, 'Only administrators add projects.');
      return reply.code(201).send(await projects.add(request.body.name));
    },
  );

  app.patch<{ Params: { id: string }; Body: Static<typeof newProject> }>(
    '/api/projects/:id',
    {
      schema: {
        summary: 'Rename a project',
        params: id,
        body: newProject,
        response: { 204: { type: 'null' }, '4xx': apiError },
      },
    },
    async (request, reply) => {
      requireAdmin(request, 'Only administrators rename projects.');
      await projects.rename(await projectOf(projects, request), request.body.name);
      return reply.code(204).send(null);
    },
  );

  app.get<{ Params: { id: string } }>(
    '/api/projects/:id/dropped',
    {
      schema: {
        summary: 'What pages did not send, and why',
        params: id,
        response: { 200: droppedList, '4xx': apiError },
      },
    },
    async ({ params }) => ({ dropped: await events.dropped(params.id) }),
  );
}
