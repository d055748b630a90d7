import { Type } from 'typebox';
import { levels } from '../../protocol/event.ts';
import type * as api from '../../protocol/notices.ts';
import { channelKinds } from '../../protocol/notices.ts';
import { describes, nullable, object, oneOf } from './describe.ts';

const text = Type.String({ maxLength: 500 });
const name = Type.String({ minLength: 1, maxLength: 100 });
const count = Type.Number({ minimum: 0 });
const id = Type.String({ minLength: 1, maxLength: 20, pattern: '^[0-9]+$' });
const most = (maximum: number, minimum = 1) => Type.Integer({ minimum, maximum });
const kind = <Kind extends api.TriggerKind>(word: Kind) => Type.Literal(word);

const trigger = describes<api.Trigger>()(
  Type.Union([
    object({ kind: kind('new') }),
    object({ kind: kind('regression') }),
    object({ kind: kind('count') }),
    object({
      kind: kind('rate'),
      events: most(1_000_000),
      minutes: most(1_440),
      of: oneOf(['issue', 'project'] as const),
    }),
    object({ kind: kind('spike'), factor: Type.Number({ minimum: 1, maximum: 1_000 }), floor: most(1_000_000) }),
    object({
      kind: kind('share'),
      percent: Type.Number({ minimum: 0.001, maximum: 100_000 }),
      minutes: most(1_440),
      floor: most(1_000_000_000),
    }),
    object({
      kind: kind('search'),
      search: Type.String({ minLength: 1, maxLength: 500 }),
      in: Type.Optional(oneOf(['events', 'records'] as const)),
    }),
    object({ kind: kind('users'), users: most(1_000_000) }),
    object({ kind: kind('release') }),
    object({ kind: kind('any') }),
  ]),
);

const filter = describes<api.RuleFilter>()(
  object({
    level: Type.Optional(oneOf(levels)),
    release: Type.Optional(text),
    environment: Type.Optional(text),
    page: Type.Optional(text),
    tag: Type.Optional(object({ name, value: text })),
    words: Type.Optional(text),
  }),
);

const ruleFields = {
  name,
  trigger,
  filter,
  channels: Type.Array(id, { maxItems: 20 }),
  pace: oneOf(['now', 'hourly', 'daily'] as const),
  atMostEvery: most(10_080, 0),
  quiet: nullable(object({ from: most(23, 0), to: most(23, 0) })),
  timeZone: Type.String({ minLength: 1, maxLength: 60 }),
  isEnabled: Type.Boolean(),
};
export const ruleSettings = describes<api.RuleSettings>()(object(ruleFields));
export const rule = describes<api.Rule>()(object({ ...ruleFields, id, projectId: id }));
export const rules = Type.Array(rule);

const alert = describes<api.Alert>()(
  object({
    kind: oneOf([
      ...['new', 'regression', 'count', 'rate', 'share', 'spike', 'users', 'release', 'search', 'any', 'recovered'],
    ] as const),
    at: count,
    issueId: nullable(Type.String()),
    record: Type.Optional(Type.String()),
    count,
    limit: count,
    release: Type.Optional(Type.String()),
  }),
);
export const ruleTrial = describes<api.RuleTrial>()(object({ alerts: Type.Array(alert), looked: count, since: count }));

const channelFields = {
  name,
  kind: oneOf(channelKinds),
  to: Type.Optional(
    Type.Array(Type.String({ maxLength: 200, pattern: '^[^\\s@<>,;"]+@[^\\s@<>,;"]+$' }), {
      minItems: 1,
      maxItems: 20,
    }),
  ),
  url: Type.Optional(Type.String({ maxLength: 2_000, pattern: '^https?://[^\\s]+$' })),
  secret: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
};
export const channelSettings = describes<api.ChannelSettings>()(object(channelFields));
export const channel = describes<api.Channel>()(object({ ...channelFields, id, createdAt: count }));
export const channels = Type.Array(channel);

export const delivery = describes<api.Delivery>()(
  object({
    id,
    channelId: id,
    channelName: Type.String(),
    headline: Type.String(),
    state: oneOf(['waiting', 'sent', 'failed'] as const),
    attempts: count,
    at: count,
    request: Type.String(),
    answer: Type.String(),
  }),
);
export const deliveries = Type.Array(delivery);
export const ruleId = object({ id: Type.String({ pattern: '^[0-9]+$' }), rule: Type.String({ pattern: '^[0-9]+$' }) });
