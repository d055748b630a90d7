import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import type { Channel, ChannelSettings } from '../../protocol/notices.ts';
import { HttpError, notFound } from '../http/errors.ts';
import { channel, channels, channelSettings, delivery } from '../http/notice-schemas.ts';
import { apiError, id } from '../http/schemas.ts';
import { onlyAdminsChange } from '../http/sign-in.ts';
import type { Notifier } from '../notify/notifier.ts';
import type { Projects } from '../projects.ts';
import type { NoticeStore } from '../store/notice-store.ts';

export interface ChannelRoutesOptions {
  projects: Projects;
  notices: NoticeStore;
  notifier: Pick<Notifier, 'test'>;
}

/** Ways to reach people. Their addresses are secrets of a kind: only administrators set them, and nobody reads them whole. */
export async function channelRoutes(app: FastifyInstance, { projects, notices, notifier }: ChannelRoutesOptions) {
  app.addHook('preHandler', onlyAdminsChange('Only administrators change channels.'));
  const find = async (wanted: string) => {
    const found = (await notices.channels()).find((each) => each.id === wanted);
    if (!found) throw notFound('channel');
    return found;
  };
  app.get(
    '/api/channels',
    { schema: { summary: 'List channels', response: { 200: channels, '4xx': apiError } } },
    async () => (await notices.channels()).map(masked),
  );
  app.post<{ Body: ChannelSettings }>(
    '/api/channels',
    { schema: { summary: 'Add a channel', body: channelSettings, response: { 201: channel, '4xx': apiError } } },
    async ({ body }, reply) => {
      check(body);
      return reply.code(201).send(masked(await notices.addChannel(body, Date.now())));
    },
  );
  app.put<{ Params: { id: string }; Body: ChannelSettings }>(
    '/api/channels/:id',
    {
      schema: {
        summary: 'Change a channel',
        description: 'A secret that is not given, and an address given as it is shown, stay as they are.',
        params: id,
        body: channelSettings,
        response: { 200: channel, '4xx': apiError },
      },
    },
    async ({ params, body }) => {
      const known = await find(params.id);
      const { url = body.kind === known.kind ? known.url : undefined, secret = known.secret } = body;
      const isUnchanged = url !== undefined && url === masked(known).url;
      const settings: ChannelSettings = {
        ...body,
        ...(url !== undefined && { url: isUnchanged ? (known.url ?? url) : url }),
        ...(secret !== undefined && { secret }),
      };
      check(settings);
      await notices.setChannel(known.id, settings);
      return masked({ ...settings, id: known.id, createdAt: known.createdAt });
    },
  );
  app.delete<{ Params: { id: string } }>(
    '/api/channels/:id',
    { schema: { summary: 'Remove a channel', params: id, response: { 204: Type.Null(), '4xx': apiError } } },
    async ({ params }, reply) => {
      if (!(await notices.removeChannel(params.id))) throw notFound('channel');
      return reply.code(204).send(null);
    },
  );
  app.post<{ Params: { id: string } }>(
    '/api/channels/:id/test',
    {
      schema: {
        summary: 'Send a test to a channel',
        description: 'Answers when the attempt has ended, with what was sent and what came back.',
        params: id,
        response: { 200: delivery, '4xx': apiError },
      },
    },
    async ({ params }) => {
      const found = await find(params.id);
      const [first] = await projects.list();
      const tried = first && (await notifier.test(first.id, found));
      if (!tried) throw notFound('channel');
      return tried;
    },
  );
}

function check({ kind, to, url, secret }: ChannelSettings): void {
  const refuse = (message: string) => new HttpError(400, 'invalid', message);
  if (kind === 'email' && !to?.length) throw refuse('An e-mail channel needs addresses.');
  if (kind === 'pagerduty' && !secret)
    throw refuse('PagerDuty needs the routing key of an integration, as the secret.');
  if (kind === 'webhook' && !secret) throw refuse('A webhook needs a secret to be signed with.');
  if (kind !== 'email' && kind !== 'pagerduty' && !url) throw refuse('This channel needs a URL to post to.');
}

/** What follows the host is the secret of a Slack, Discord or Teams webhook. */
const masked = ({ id, createdAt, name, kind, to, url }: Channel): Channel => ({
  id,
  createdAt,
  name,
  kind,
  ...(to && { to }),
  ...(url !== undefined && { url: `${new URL(url).origin}/…` }),
});
