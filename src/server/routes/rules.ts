import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { RuleSettings } from '../../protocol/notices.ts';
import { HttpError, notFound } from '../http/errors.ts';
import { deliveries, rule, ruleId, rules, ruleSettings, ruleTrial } from '../http/notice-schemas.ts';
import { apiError, id } from '../http/schemas.ts';
import { isTimeZone } from '../notify/clock.ts';
import { isOfRecords } from '../notify/find-records.ts';
import { tryRule, type TryStore } from '../notify/try-rule.ts';
import type { Projects } from '../projects.ts';
import { parseLogQuery } from './parse-log-query.ts';
import { parseQuery } from './parse-query.ts';
import { projectOf } from './project-of.ts';

type OfProject = { Params: { id: string } };
type OfRule = { Params: { id: string; rule: string } };

/** Who is told of what; what they were told. */
export async function ruleRoutes(app: FastifyInstance, { projects, store }: { projects: Projects; store: TryStore }) {
  const { notices } = store;
  const path = '/api/projects/:id/rules';
  const check = async (settings: RuleSettings) => {
    const known = new Set((await notices.channels()).map((channel) => channel.id));
    const problem = problemOf(settings, known);
    if (problem) throw new HttpError(400, 'invalid', problem);
  };
  app.get<OfProject>(
    path,
    { schema: { summary: 'List the rules of a project', params: id, response: { 200: rules, '4xx': apiError } } },
    // What a rule remembers is not in the schema, and stays here.
    async (request) => notices.rules(await projectOf(projects, request)),
  );
  app.post<OfProject & { Body: RuleSettings }>(
    path,
    {
      schema: { summary: 'Add a rule', params: id, body: ruleSettings, response: { 201: rule, '4xx': apiError } },
    },
    async (request, reply) => {
      const project = await projectOf(projects, request);
      await check(request.body);
      return reply.code(201).send(await notices.addRule(project, request.body));
    },
  );
  app.put<OfRule & { Body: RuleSettings }>(
    `${path}/:rule`,
    {
      schema: {
        summary: 'Change a rule',
        params: ruleId,
        body: ruleSettings,
        response: { 200: rule, '4xx': apiError },
      },
    },
    async (request) => {
      const project = await projectOf(projects, request);
      await check(request.body);
      if (!(await notices.setRule(project, request.params.rule, request.body))) throw notFound('rule');
      return { ...request.body, id: request.params.rule, projectId: project };
    },
  );
  app.delete<OfRule>(
    `${path}/:rule`,
    {
      schema: { summary: 'Remove a rule', params: ruleId, response: { 204: Type.Null(), '4xx': apiError } },
    },
    async (request, reply) => {
      const project = await projectOf(projects, request as FastifyRequest<OfProject>);
      if (!(await notices.removeRule(project, request.params.rule))) throw notFound('rule');
      return reply.code(204).send(null);
    },
  );
  app.post<OfProject & { Body: RuleSettings }>(
    `${path}/try`,
    {
      schema: {
        summary: 'Try a rule against the last day',
        description: 'Nobody is told, and nothing is kept.',
        params: id,
        body: ruleSettings,
        response: { 200: ruleTrial, '4xx': apiError },
      },
    },
    async (request) => tryRule(store, await projectOf(projects, request), request.body, Date.now()),
  );
  app.get<OfProject>(
    '/api/projects/:id/deliveries',
    {
      schema: {
        summary: 'What was told to whom, and what came back',
        description: 'The newest 200.',
        params: id,
        response: { 200: deliveries, '4xx': apiError },
      },
    },
    async (request) => notices.deliveries(await projectOf(projects, request), 200),
  );
}

function problemOf({ trigger, filter, channels, timeZone }: RuleSettings, known: Set<string>): string | undefined {
  const unknown = channels.find((channel) => !known.has(channel));
  if (unknown !== undefined) return `There is no channel ${unknown}.`;
  if (!isTimeZone(timeZone)) return `"${timeZone}" is not the name of a time zone, such as Europe/Berlin.`;
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  if (trigger.kind === 'spike' && isFiltered) return 'A spike is of the whole project: it takes no filter.';
  const parse = isOfRecords(trigger) ? parseLogQuery : parseQuery;
  if (trigger.kind === 'search' && isEmpty(parse(trigger.search))) return 'This search asks for nothing.';
  if (trigger.kind === 'any' && !isFiltered) return 'A rule about any event needs a filter.';
  return undefined;
}

const isEmpty = (terms: object) => Object.values(terms).every((list: unknown[]) => list.length === 0);
