import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import type { GroupingRule, GroupingTrial } from '../../protocol/api.ts';
import { ruleFor } from '../group/rules.ts';
import { readRules, settingName } from '../grouping-rules.ts';
import { HttpError } from '../http/errors.ts';
import { apiError, groupingRules, groupingTrial, id } from '../http/schemas.ts';
import { onlyAdminsChange } from '../http/sign-in.ts';
import type { Projects } from '../projects.ts';
import type { EventStore, RecordStore } from '../store/store.ts';
import type { Symbolicate } from '../symbolicate/symbolicate.ts';
import { projectOf } from './project-of.ts';

export interface GroupingRulesOptions {
  projects: Projects;
  records: RecordStore;
  events: EventStore;
  symbolicate: Symbolicate;
}

/** Issues that rules are tried on. */
const triedIssues = 100;

/** What belongs together, where the usual grouping does not say it as a project wants it. */
export async function groupingRulesRoutes(
  app: FastifyInstance,
  { projects, records, events, symbolicate }: GroupingRulesOptions,
) {
  app.addHook('preHandler', onlyAdminsChange('Only administrators change the rules.'));
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
      refuseEmpty(request.body.rules);
      await records.setSetting(settingName(projectId), request.body.rules);
      return request.body;
    },
  );
  app.post<{ Params: { id: string }; Body: Static<typeof groupingRules> }>(
    `${path}/try`,
    {
      schema: {
        summary: 'Show which issues rules would be about',
        description: `Tried on the newest event of each of the latest ${triedIssues} issues. Changes nothing.`,
        params: id,
        body: groupingRules,
        response: { 200: groupingTrial, '4xx': apiError },
      },
    },
    async (request): Promise<GroupingTrial> => {
      const projectId = await projectOf(projects, request);
      const { rules } = request.body;
      refuseEmpty(rules);
      const latest = await events.latestOfIssues(projectId, triedIssues);
      const found = rules.map((): GroupingTrial['rules'][number] => ({ issues: [] }));
      for (const { event, issueId, title } of latest) {
        const rule = ruleFor(event, await symbolicate(projectId, event), rules);
        if (rule) found[rules.indexOf(rule)]?.issues.push({ id: issueId, title });
      }
      return { tried: latest.length, rules: found };
    },
  );
}

function refuseEmpty(rules: GroupingRule[]): void {
  if (rules.some(({ match }) => !Object.values(match).some(Boolean))) {
    throw new HttpError(400, 'invalid', 'A rule must say which events it is about.');
  }
}
