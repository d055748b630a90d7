import type { FastifyInstance } from 'fastify';
import type { Static } from 'typebox';
import type { SplitAnswer } from '../../protocol/api.ts';
import { digestEvent } from '../digest.ts';
import { createRulesReader } from '../grouping-rules.ts';
import { HttpError, notFound } from '../http/errors.ts';
import { apiError, id, issueDetail, merge, split, splitAnswer, undo } from '../http/schemas.ts';
import type { LiveFeed } from '../notify/live.ts';
import type { DigestedEvent, Store } from '../store/store.ts';
import type { Symbolicate } from '../symbolicate/symbolicate.ts';
import { actorOf } from './issue-changes.ts';
import { readIssue } from './read-issue.ts';

export interface CorrectionOptions {
  store: Store;
  symbolicate: Symbolicate;
  live: LiveFeed;
  /** Called when an issue has been split: its events have to be moved. */
  onSplit(): void;
}

/** Events that are looked at to see whether anything would be left. */
const maxLooked = 200;

/** What people say about which events belong together. */
export async function correctionRoutes(app: FastifyInstance, { store, symbolicate, live, onSplit }: CorrectionOptions) {
  const { corrections, events, records } = store;
  const detail = (issueId: string) => readIssue(records, issueId);
  const rulesOf = createRulesReader(records);
  const response = { 200: issueDetail, '4xx': apiError };

  app.post<{ Params: { id: string }; Body: Static<typeof merge> }>(
    '/api/issues/:id/merge',
    {
      schema: {
        summary: 'Merge issues by hand',
        description:
          'Merges the issue `into` another, or other `issues` into this one, and answers with the issue that has them all. Events to come that belonged to one of them belong to it. `undo` shows the merged issue again, with all that happened since.',
        params: id,
        body: merge,
        response,
      },
    },
    async (request) => {
      const { params, body } = request;
      const issue = await detail(params.id);
      if ((body.into === undefined) === (body.issues === undefined)) {
        throw new HttpError(400, 'invalid', 'Either `into` or `issues` says what to merge.');
      }
      const into = body.into === undefined ? issue : await detail(body.into);
      const others = body.into === undefined ? await Promise.all((body.issues ?? []).map(detail)) : [issue];
      if (others.some(({ projectId }) => projectId !== into.projectId)) {
        throw new HttpError(400, 'invalid', 'Issues of different projects cannot be merged.');
      }
      if (others.some((other) => other.id === into.id)) {
        throw new HttpError(409, 'same-issue', 'These are one issue already.');
      }
      for (const other of others) await corrections.merge(into.id, other.id, actorOf(request));
      live.publishChange({ issueIds: [into.id, ...others.map((other) => other.id)] });
      return detail(into.id);
    },
  );

  /** Events of the issue, as the digest sees them. */
  const digestAll = async (issueId: string, projectId: string, ids: string[]): Promise<DigestedEvent[]> => {
    const found = await Promise.all(ids.map((each) => events.find(each, projectId)));
    return Promise.all(
      found.map((kept) => {
        if (kept?.issueId !== issueId) throw notFound('event in this issue');
        return digestEvent(kept, symbolicate, rulesOf);
      }),
    );
  };
  const newest = async (issueId: string) =>
    Promise.all((await events.ofIssue(issueId, maxLooked)).map((kept) => digestEvent(kept, symbolicate, rulesOf)));

  app.post<{ Params: { id: string }; Body: Static<typeof split> }>(
    '/api/issues/:id/split',
    {
      schema: {
        summary: 'Split events off an issue by hand',
        description:
          'Makes a new issue of the given `events` and all that are like them (what happened and who called), or of those with one `fingerprint`. So it is for events to come, until it is undone; those that are there follow within moments.',
        params: id,
        body: split,
        response: { 200: splitAnswer, '4xx': apiError },
      },
    },
    async (request): Promise<SplitAnswer> => {
      const { params, body } = request;
      const issue = await detail(params.id);
      if ((body.events === undefined) === (body.fingerprint === undefined)) {
        throw new HttpError(400, 'invalid', 'Either `events` or `fingerprint` says what to split off.');
      }
      const latest = await newest(issue.id);
      const chosen = body.events
        ? await digestAll(issue.id, issue.projectId, body.events)
        : latest.filter(({ fingerprint }) => fingerprint === body.fingerprint);
      const [first] = chosen.toSorted((a, b) => b.seq - a.seq);
      if (!first) throw notFound('fingerprint in this issue');
      const variants = body.events ? [...new Set(chosen.map(({ variant }) => variant))] : [];
      const isLike = ({ variant, fingerprint }: DigestedEvent) =>
        body.events ? variants.includes(variant) : fingerprint === body.fingerprint;
      if (latest.length < maxLooked && latest.every(isLike)) {
        throw new HttpError(409, 'nothing-left', 'All events of the issue are like these: nothing would be left.');
      }
      const fingerprints = body.fingerprint === undefined ? [] : [body.fingerprint];
      const splitOff = await corrections.split(issue.id, { variants, fingerprints }, first, actorOf(request));
      live.publishChange({ issueIds: [issue.id] });
      onSplit();
      return { issue: await detail(issue.id), splitOff };
    },
  );

  app.post<{ Params: { id: string }; Body: Static<typeof undo> }>(
    '/api/issues/:id/undo',
    {
      schema: {
        summary: 'Undo a merge or a split',
        description:
          'Named by its `id` in `corrections`. Answers with the issue that it was merged into, or split off.',
        params: id,
        body: undo,
        response,
      },
    },
    async (request) => {
      const { params, body } = request;
      const undone = await corrections.undo(params.id, body.correction, actorOf(request));
      if (undone === undefined) throw notFound('correction of this issue');
      live.publishChange({ issueIds: [params.id, undone] });
      return detail(undone);
    },
  );
}
