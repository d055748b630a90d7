import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import type { Accounts } from '../accounts/accounts.ts';
import { HttpError, notFound } from '../http/errors.ts';
import { apiError, id, invitation, newPerson, person, roleChange, sessions, signInLink } from '../http/schemas.ts';
import { requireAdmin, sessionSecret } from '../http/sign-in.ts';
import type { RecordStore } from '../store/store.ts';

/** Who may look, by invitation, and where each is signed in. */
export async function peopleRoutes(
  app: FastifyInstance,
  { accounts, records }: { accounts: Accounts; records: RecordStore },
) {
  const asAdmin = async (request: FastifyRequest) => requireAdmin(request, 'Only administrators may do this.');
  const refuseFirst = async (personId: string) => {
    const [first] = await records.people();
    if (first?.id === personId) throw new HttpError(409, 'first', 'The first administrator stays.');
  };
  app.get(
    '/api/people',
    { schema: { summary: 'List people', response: { 200: Type.Array(person), '4xx': apiError } } },
    async () => records.people(),
  );
  app.post<{ Body: Static<typeof newPerson> }>(
    '/api/people',
    {
      preHandler: asAdmin,
      schema: {
        summary: 'Invite a person',
        description:
          'Send them the link `<address of the viewer>/sign-in#<token>`; it signs in once, within seven days.',
        body: newPerson,
        response: { 201: invitation, '4xx': apiError },
      },
    },
    async ({ body }, reply) => reply.code(201).send(await accounts.invite(body.name, body.role)),
  );
  app.delete<{ Params: { id: string } }>(
    '/api/people/:id',
    {
      preHandler: asAdmin,
      schema: {
        summary: 'Remove a person and their sessions',
        params: id,
        response: { 204: Type.Null(), '4xx': apiError },
      },
    },
    async ({ params, signedIn }, reply) => {
      if (params.id === signedIn.person.id) throw new HttpError(409, 'self', 'Nobody can remove themselves.');
      await refuseFirst(params.id);
      if (!(await records.removePerson(params.id))) throw notFound('person');
      return reply.code(204).send(null);
    },
  );
  app.patch<{ Params: { id: string }; Body: Static<typeof roleChange> }>(
    '/api/people/:id',
    {
      preHandler: asAdmin,
      schema: {
        summary: 'Set the role of a person',
        params: id,
        body: roleChange,
        response: { 204: Type.Null(), '4xx': apiError },
      },
    },
    async ({ params, body, signedIn }, reply) => {
      if (params.id === signedIn.person.id) throw new HttpError(409, 'self', 'Nobody can change their own role.');
      await refuseFirst(params.id);
      if (!(await records.setRole(params.id, body.role))) throw notFound('person');
      return reply.code(204).send(null);
    },
  );
  app.post<{ Params: { id: string } }>(
    '/api/people/:id/link',
    {
      preHandler: asAdmin,
      schema: {
        summary: 'Make a new sign-in link for a person',
        description: 'For who lost the invitation or the password. Used as the token of an invitation.',
        params: id,
        response: { 201: signInLink, '4xx': apiError },
      },
    },
    async ({ params }, reply) => {
      const known = await records.people();
      if (!known.some((one) => one.id === params.id)) throw notFound('person');
      return reply.code(201).send({ token: await accounts.createLinkFor(params.id) });
    },
  );
  app.get(
    '/api/sessions',
    { schema: { summary: 'List my sessions', response: { 200: sessions, '4xx': apiError } } },
    async (request) => {
      const secret = sessionSecret(request);
      const current = secret === undefined ? undefined : accounts.sessionId(secret);
      const all = await records.sessionsOf(request.signedIn.person.id, Date.now());
      return all.map((one) => ({ ...one, isCurrent: one.id === current }));
    },
  );
  app.delete<{ Params: { id: string } }>(
    '/api/sessions/:id',
    { schema: { summary: 'End one of my sessions', params: id, response: { 204: Type.Null(), '4xx': apiError } } },
    async ({ params, signedIn }, reply) => {
      if (!(await records.removeSessionOf(signedIn.person.id, params.id))) throw notFound('session');
      return reply.code(204).send(null);
    },
  );
}
