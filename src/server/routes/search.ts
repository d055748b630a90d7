import type { FastifyInstance } from 'fastify';
import { Type, type Static } from 'typebox';
import { notFound } from '../http/errors.ts';
import { apiError, id, keys, knownValues, newSearch, savedSearch, valuesQuery } from '../http/schemas.ts';
import type { RecordStore } from '../store/store.ts';
import { properties } from './parse-query.ts';

const shownValues = 12;

/** What the search box offers: keys and values that have occurred, and searches that are kept. */
export async function searchRoutes(app: FastifyInstance, { records }: { records: RecordStore }) {
  app.get(
    '/api/keys',
    {
      schema: {
        summary: 'List the keys of the search that issues have values of',
        response: { 200: keys, '4xx': apiError },
      },
    },
    async () => (await records.knownProperties()).filter((name) => properties.has(name) || name.startsWith('tag:')),
  );
  app.get<{ Querystring: Static<typeof valuesQuery> }>(
    '/api/values',
    {
      schema: {
        summary: 'List the values of a key that begin so',
        querystring: valuesQuery,
        response: { 200: knownValues, '4xx': apiError },
      },
    },
    async ({ query }) => records.knownValues(query.key, query.begin, shownValues, query.project),
  );

  app.get(
    '/api/searches',
    { schema: { summary: 'List kept searches', response: { 200: Type.Array(savedSearch), '4xx': apiError } } },
    async ({ signedIn }) => records.searches(signedIn.person.id),
  );
  app.post<{ Body: Static<typeof newSearch> }>(
    '/api/searches',
    { schema: { summary: 'Keep a search', body: newSearch, response: { 201: savedSearch, '4xx': apiError } } },
    async ({ body, signedIn }, reply) => reply.code(201).send(await records.addSearch(body, signedIn.person.id)),
  );
  app.delete<{ Params: { id: string } }>(
    '/api/searches/:id',
    {
      schema: {
        summary: 'Forget a kept search',
        description: 'One’s own; administrators also those that everybody sees.',
        params: id,
        response: { 204: Type.Null(), '4xx': apiError },
      },
    },
    async ({ params, signedIn: { person } }, reply) => {
      if (!(await records.removeSearch(params.id, person.id, person.role === 'admin'))) throw notFound('search');
      return reply.code(204).send(null);
    },
  );
}
