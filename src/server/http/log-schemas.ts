import { Type } from 'typebox';
import type * as api from '../../protocol/log-api.ts';
import { levels } from '../../protocol/event.ts';
import { describes, nullable, object, oneOf } from './describe.ts';

const text = Type.String();
const nullableText = nullable(text);
const time = Type.Number({ description: 'Milliseconds since 1970.' });
/** As it was kept; described in `src/protocol/README.md`. */
const anyFields = Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true });

const recordFields = {
  id: text,
  at: time,
  level: oneOf(levels),
  logger: text,
  text,
  data: Type.Optional(anyFields),
};
export const logList = describes<api.LogList>()(
  object({
    records: Type.Array(
      object({
        ...recordFields,
        projectId: text,
        release: nullableText,
        environment: nullableText,
        session: nullableText,
        url: nullableText,
        user: nullableText,
        isCut: Type.Boolean({ description: 'Its data are too long for a list: the record itself has them.' }),
      }),
    ),
    next: nullableText,
  }),
);
export const storedRecord = object({
  record: object(recordFields),
  context: Type.Unsafe<api.StoredRecord['context']>({ type: 'object', additionalProperties: true }),
  projectId: text,
  receivedAt: time,
  happenedAt: time,
});
export const sessionEvents = describes<api.SessionEvents>()(
  object({
    events: Type.Array(
      object({
        id: text,
        issueId: text,
        receivedAt: time,
        happenedAt: time,
        level: oneOf(levels),
        title: text,
        browser: text,
        os: text,
        url: text,
        release: nullableText,
        user: nullableText,
      }),
    ),
  }),
);

const project = Type.Optional(Type.String({ maxLength: 20, pattern: '^[0-9]+$' }));
const query = Type.Optional(
  Type.String({
    maxLength: 500,
    description:
      'Words and "phrases" of texts and data, `property:value` pairs, `level:error`, `level:>=warning`, `logger:checkout.*`, `session:b194`; a dash before a term turns it round.',
  }),
);
export const logsQuery = object({
  project,
  query,
  cursor: Type.Optional(Type.String({ maxLength: 100, description: 'The `next` of the page before.' })),
  limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
});
export const logLiveQuery = object({
  project,
  query,
  events: Type.Boolean({ default: false, description: 'Also events, named `event`.' }),
});
export const logValuesQuery = object({
  key: Type.String({ minLength: 1, maxLength: 210, description: 'Such as `logger`, `release` or `tag:plan`.' }),
  begin: Type.String({ maxLength: 200, default: '' }),
});
export const logValues = Type.Array(text);
export const sessionQuery = object({ session: Type.String({ minLength: 1, maxLength: 200 }), project });
