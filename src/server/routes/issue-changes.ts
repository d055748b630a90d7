import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import type { IssueChange, IssuesChanged } from '../../protocol/api.ts';
import { HttpError, notFound } from '../http/errors.ts';
import * as schemas from '../http/schemas.ts';
import type { LiveFeed } from '../notify/live.ts';
import type { Actor, RecordStore } from '../store/store.ts';
import { readIssue } from './read-issue.ts';

const { apiError, id, issueChange, issuesChange, issuesChanged, issueDetail } = schemas;
const shownActivity = 200;

/** A token is no person. */
export const actorOf = ({ signedIn: { person } }: FastifyRequest): Actor => ({
  id: /^\d+$/.test(person.id) ? person.id : null,
  name: person.name || person.email,
});

interface ChangeOptions {
  records: RecordStore;
  live: LiveFeed;
}

/** What people do with issues. */
export async function issueChangeRoutes(app: FastifyInstance, options: ChangeOptions) {
  const { records, live } = options;
  const change = async (ids: string[], wanted: IssueChange, request: FastifyRequest): Promise<IssuesChanged> => {
    await check(records, wanted);
    const changed = await records.changeIssues(ids, wanted, actorOf(request), Date.now());
    if (changed === false) {
      throw new HttpError(409, 'no-release', 'No release has been seen yet: tell the reporter which one it is.');
    }
    live.publishChange({ issueIds: ids });
    return changed;
  };

  app.patch<{ Params: { id: string }; Body: Static<typeof issueChange> }>(
    '/api/issues/:id',
    {
      schema: {
        summary: 'Resolve, snooze, ignore, reopen or assign an issue',
        params: id,
        body: issueChange,
        response: { 200: issueDetail, '4xx': apiError },
      },
    },
    async (request) => {
      const { changed } = await change([request.params.id], request.body, request);
      if (!changed) throw notFound('issue');
      return readIssue(records, request.params.id);
    },
  );

  app.patch<{ Body: Static<typeof issuesChange> }>(
    '/api/issues',
    {
      schema: {
        summary: 'Change many issues in one way',
        description: 'Ids that are not there are passed over.',
        body: issuesChange,
        response: { 200: issuesChanged, '4xx': apiError },
      },
    },
    async (request) => {
      const { ids, ...wanted } = request.body;
      return change([...new Set(ids)], wanted, request);
    },
  );
  app.post<{ Body: Static<typeof schemas.undoDeeds> }>(
    '/api/issues/undo',
    {
      schema: {
        summary: 'Undo what was done with issues',
        description:
          'Takes the `deeds` of an answer to `PATCH /api/issues`, and puts each issue back as it was before, unless more has happened to it since.',
        body: schemas.undoDeeds,
        response: { 200: schemas.undoneDeeds, '4xx': apiError },
      },
    },
    async (request) => {
      const issueIds = await records.undoDeeds(request.body.deeds, actorOf(request), Date.now());
      live.publishChange({ issueIds });
      return { changed: issueIds.length };
    },
  );
  await app.register(activityRoutes, options);
}

async function check(records: RecordStore, { status, snooze, inRelease, inNextRelease, assignee }: IssueChange) {
  const refuse = (message: string) => new HttpError(400, 'invalid', message);
  const isSnooze = snooze !== undefined && Object.keys(snooze).length > 0;
  if ((status === 'snoozed') !== isSnooze) throw refuse('To snooze takes the status `snoozed` and what ends it.');
  if ((inRelease !== undefined || inNextRelease) && status !== 'resolved') {
    throw refuse('A release goes with the status `resolved`.');
  }
  if (typeof assignee !== 'string') return;
  if (!(await records.people()).some((person) => person.id === assignee)) throw notFound('person');
}

async function activityRoutes(app: FastifyInstance, { records, live }: ChangeOptions) {
  const found = async (issueId: string): Promise<string> => {
    const known = await records.issueId(issueId);
    if (known === undefined) throw notFound('issue');
    return known;
  };

  app.get<{ Params: { id: string } }>(
    '/api/issues/:id/activity',
    {
      schema: {
        summary: 'List what was done with an issue, newest first',
        description: `The last ${shownActivity} deeds and comments.`,
        params: id,
        response: { 200: Type.Array(schemas.activity), '4xx': apiError },
      },
    },
    async ({ params }) => records.activity(await found(params.id), shownActivity),
  );
  app.post<{ Params: { id: string }; Body: Static<typeof schemas.newComment> }>(
    '/api/issues/:id/comments',
    {
      schema: {
        summary: 'Comment on an issue',
        params: id,
        body: schemas.newComment,
        response: { 201: schemas.activity, '4xx': apiError },
      },
    },
    async (request, reply) => {
      const { params, body } = request;
      const issueId = await found(params.id);
      const comment = await records.addComment(issueId, body.text.trim(), actorOf(request), Date.now());
      live.publishChange({ issueIds: [issueId] });
      return reply.code(201).send(comment);
    },
  );
  app.delete<{ Params: Static<typeof schemas.commentId> }>(
    '/api/issues/:id/comments/:comment',
    {
      schema: {
        summary: 'Delete a comment of mine',
        params: schemas.commentId,
        response: { 204: Type.Null(), '4xx': apiError },
      },
    },
    async (request, reply) => {
      const { params } = request;
      const issueId = await found(params.id);
      const isGone = await records.removeComment(issueId, params.comment, actorOf(request));
      if (!isGone) throw notFound('comment');
      live.publishChange({ issueIds: [issueId] });
      return reply.code(204).send(null);
    },
  );
}
