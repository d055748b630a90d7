import { Type } from 'typebox';
import type * as api from '../../protocol/api.ts';
import { activityKinds } from '../../protocol/api.ts';
import type { BatchAnswer, Problem } from '../../protocol/batch.ts';
import { levels } from '../../protocol/event.ts';
import { issueSorts } from '../store/store.ts';
import { describes, nullable, object, oneOf } from './describe.ts';

const text = Type.String();
const count = Type.Integer({ minimum: 0 });
const time = Type.Number({ description: 'Milliseconds since 1970.' });
const nullableText = nullable(text);
export const issueStatus = oneOf(['unresolved', 'resolved', 'snoozed', 'ignored'] as const);

export const apiError = describes<api.ApiError>()(object({ error: text, message: text }));

export const project = describes<api.Project>()(
  object({ id: text, name: text, key: text, createdAt: time, firstEventAt: nullable(time) }),
);
export const person = describes<api.Person>()(
  object({ id: text, email: text, name: text, role: oneOf(['admin', 'member'] as const) }),
);
export const session = describes<api.Session>()(object({ person, csrfToken: text, projects: Type.Array(project) }));

const summaryFields = {
  id: text,
  number: count,
  projectId: text,
  title: text,
  culprit: text,
  level: oneOf(levels),
  status: issueStatus,
  events: count,
  users: count,
  firstSeen: time,
  lastSeen: time,
  firstRelease: nullableText,
  lastRelease: nullableText,
  hourly: Type.Array(count),
  usual: Type.Number({ minimum: 0 }),
  assignee: nullable(object({ id: text, name: text })),
};
const snooze = describes<api.Snooze>()(
  object({
    until: Type.Optional(time),
    events: Type.Optional(Type.Integer({ minimum: 0 })),
    users: Type.Optional(Type.Integer({ minimum: 0 })),
  }),
);
const issueSummary = object(summaryFields);
const issueSummaries = Type.Array(issueSummary);
export const issueList = describes<api.IssueList>()(
  object({ issues: issueSummaries, next: nullableText, total: count }),
);
export const issueDetail = describes<api.IssueDetail>()(
  object({
    ...summaryFields,
    latestEventId: text,
    sampled: count,
    daily: Type.Array(count),
    releases: Type.Array(object({ name: text, firstSeen: time })),
    resolution: nullable(object({ at: time, release: nullableText, isNext: Type.Boolean() })),
    snooze: nullable(snooze),
    distributions: Type.Array(object({ property: text, values: Type.Array(object({ value: text, count })) })),
    grouping: object({ version: text, reasons: Type.Array(text) }),
    corrections: Type.Array(
      object({
        id: text,
        kind: oneOf(['merge', 'split'] as const),
        isOrigin: Type.Boolean(),
        issue: object({ id: text, number: count, title: text }),
        person: text,
        at: time,
      }),
    ),
  }),
);
const anyId = Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' });
export const merge = object({
  into: Type.Optional(anyId),
  issues: Type.Optional(Type.Array(anyId, { minItems: 1, maxItems: 100 })),
});
export const split = object({
  events: Type.Optional(Type.Array(anyId, { minItems: 1, maxItems: 100 })),
  fingerprint: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
});
export const undo = object({ correction: anyId });
export const splitAnswer = describes<api.SplitAnswer>()(object({ issue: issueDetail, splitOff: text }));

const dropped = Type.Array(object({ reason: text, count }));
const releaseFields = {
  name: text,
  firstSeen: time,
  lastSeen: time,
  events: count,
  users: count,
  newIssues: count,
  maps: count,
};
export const releaseList = describes<api.ReleaseList>()(
  object({ releases: Type.Array(object(releaseFields)), next: nullableText }),
);
export const releaseDetail = describes<api.ReleaseDetail>()(
  object({
    ...releaseFields,
    before: nullableText,
    brought: issueSummaries,
    back: issueSummaries,
    gone: issueSummaries,
    unresolved: Type.Array(object({ file: text, issues: count })),
  }),
);
export const overview = describes<api.Overview>()(
  object({
    since: time,
    isFirstLook: Type.Boolean(),
    fresh: issueSummaries,
    freshCount: count,
    back: issueSummaries,
    backCount: count,
    hours: Type.Array(object({ at: time, events: count, usual: nullable(Type.Number()) })),
    busiest: issueSummaries,
    releases: Type.Array(object(releaseFields)),
    values: Type.Array(object({ property: text, values: Type.Array(object({ value: text, count })) })),
    dropped,
  }),
);

export const eventList = describes<api.EventList>()(
  object({
    events: Type.Array(
      object({
        id: text,
        receivedAt: time,
        happenedAt: time,
        title: text,
        browser: text,
        os: text,
        url: text,
        release: nullableText,
        user: nullableText,
      }),
    ),
    next: nullableText,
  }),
);

export const issueMatches = describes<api.IssueMatches>()(
  object({ events: count, latestEventId: nullableText, hourly: Type.Array(count), daily: Type.Array(count) }),
);

/** The event itself is described in `src/protocol/README.md`; it goes out as it was kept. */
const event = Type.Unsafe<api.StoredEvent['event']>({ type: 'object', additionalProperties: true });
const frames = Type.Unsafe<api.StoredEvent['frames']>({
  type: 'array',
  items: { type: 'array', items: { type: 'object', additionalProperties: true } },
});
export const storedEvent = object({
  event,
  issueId: text,
  projectId: text,
  receivedAt: time,
  happenedAt: time,
  frames,
  previousId: nullableText,
  nextId: nullableText,
});

export const droppedList = describes<api.DroppedList>()(object({ dropped }));

const artifactFields = {
  id: text,
  release: text,
  kind: oneOf(['map', 'script'] as const),
  name: text,
  script: text,
  debugId: nullableText,
  hash: text,
  bytes: count,
  sources: count,
  texts: count,
  problems: Type.Array(text),
  createdAt: time,
};
export const artifact = describes<api.Artifact>()(object(artifactFields));
export const artifactList = describes<api.ArtifactList>()(
  object({ artifacts: Type.Array(object(artifactFields)), next: nullableText }),
);
const tokenFields = { id: text, name: text, createdAt: time };
export const uploadTokens = Type.Array(describes<api.UploadToken>()(object(tokenFields)));
export const newUploadToken = describes<api.NewUploadToken>()(object({ ...tokenFields, token: text }));

const tokenScope = oneOf(['all', 'read', 'upload'] as const);
const apiTokenFields = { ...tokenFields, scope: tokenScope, projectId: nullableText };
export const apiTokens = Type.Array(describes<api.ApiToken>()(object(apiTokenFields)));
export const newApiToken = describes<api.NewApiToken>()(object({ ...apiTokenFields, token: text }));
export const wantedToken = object({
  name: Type.String({ minLength: 1, maxLength: 100 }),
  scope: tokenScope,
  projectId: Type.Optional(Type.String({ maxLength: 20, pattern: '^[0-9]+$' })),
});

const problem = describes<Problem>()(object({ path: text, message: text }));
export const batchAnswer = describes<BatchAnswer>()(
  object({ accepted: count, duplicates: count, refused: count, problems: Type.Array(problem) }),
);
export const batchRefusal = object({ error: text, message: text, problems: Type.Optional(Type.Array(problem)) });

export const id = object({ id: Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' }) });
export const page = {
  cursor: Type.Optional(Type.String({ maxLength: 100, description: 'The `next` of the page before.' })),
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 25 }),
};
/** Of the events of an issue. */
const filter = Type.Optional(
  Type.String({
    maxLength: 1_000,
    description: 'Values that events must have, as in `browser:"Firefox 140.0" os:Linux`.',
  }),
);
export const eventsQuery = object({ ...page, filter });
export const matchesQuery = object({ filter });
export const issuesQuery = object({
  ...page,
  limit: Type.Integer({ minimum: 1, maximum: 500, default: 25 }),
  project: Type.Optional(Type.String({ maxLength: 20, pattern: '^[0-9]+$' })),
  query: Type.Optional(
    Type.String({
      maxLength: 500,
      description:
        'Words and "phrases" of title, culprit and messages, `property:value` pairs, `is:resolved`, `is:assigned`, `is:mine`, `assigned:name`, `events:>100`; a dash before a term turns it round.',
    }),
  ),
  status: Type.Optional(issueStatus),
  sort: Type.Enum([...issueSorts], { default: 'lastSeen' }),
});
export const releaseQuery = object({ name: Type.String({ minLength: 1, maxLength: 200 }) });
export const listQuery = object({ ...page, cursor: Type.Optional(Type.String({ maxLength: 1_000 })) });
export const eventQuery = object({
  project: Type.Optional(Type.String({ maxLength: 20, pattern: '^[0-9]+$' })),
  filter,
});
export const liveQuery = object({ project: Type.Optional(Type.String({ maxLength: 20 })) });

export const signIn = object({
  token: Type.Optional(Type.String({ maxLength: 200 })),
  email: Type.Optional(Type.String({ maxLength: 200 })),
  password: Type.Optional(Type.String({ maxLength: 1_000 })),
});
export const self = object({
  name: Type.String({ minLength: 1, maxLength: 100 }),
  email: Type.String({ minLength: 3, maxLength: 200, pattern: '^[^\\s@]+@[^\\s@]+$' }),
  password: Type.String({ minLength: 10, maxLength: 1_000 }),
  currentPassword: Type.Optional(Type.String({ maxLength: 1_000 })),
});
export const projectSettings = describes<api.ProjectSettings>()(
  object({
    origins: Type.Array(Type.String({ maxLength: 200, pattern: '^[a-zA-Z][a-zA-Z0-9+.-]*://[^/\\s?#]+$' }), {
      maxItems: 100,
    }),
    eventsPerMinute: nullable(Type.Integer({ minimum: 1, maximum: 100_000_000 })),
    keptPerIssueHour: nullable(Type.Integer({ minimum: 1, maximum: 100_000_000 })),
  }),
);
export const invitation = describes<api.Invitation>()(object({ person, token: text }));
export const newPerson = object({
  name: Type.String({ minLength: 1, maxLength: 100 }),
  role: oneOf(['admin', 'member'] as const),
});
export const sessions = Type.Array(
  describes<api.PersonSession>()(
    object({ id: text, createdAt: time, expiresAt: time, browser: text, isCurrent: Type.Boolean() }),
  ),
);
export const retention = describes<api.RetentionSettings>()(
  object({
    days: nullable(Type.Integer({ minimum: 1, maximum: 36_500 })),
    maxBytes: nullable(Type.Integer({ minimum: 1_000_000 })),
  }),
);
export const forgotten = object({ deleted: count, isDone: Type.Boolean() });
const scrubRule = object({
  kind: oneOf(['name', 'text'] as const),
  pattern: Type.String({ minLength: 1, maxLength: 500 }),
  replacement: Type.Optional(Type.String({ maxLength: 100 })),
});
export const scrubbing = object({ rules: Type.Array(scrubRule, { maxItems: 100 }) });
const anyObject = Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true });
export const scrubTrial = object({ rules: Type.Array(scrubRule, { maxItems: 100 }), event: anyObject });
export const scrubTried = object({ event });
const pattern = Type.Optional(Type.String({ minLength: 1, maxLength: 500 }));
const matched = {
  type: pattern,
  message: pattern,
  function: pattern,
  file: pattern,
  url: pattern,
  release: pattern,
  environment: pattern,
};
const groupingRule = describes<api.GroupingRule>()(
  object({
    // A misspelled one would make the rule one about more events.
    match: Type.Object(matched, { propertyNames: { enum: Object.keys(matched) } }),
    fingerprint: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 10 })),
    ignore: Type.Optional(Type.Boolean()),
  }),
);
export const groupingRules = object({ rules: Type.Array(groupingRule, { maxItems: 200 }) });
export const newProject = object({ name: Type.String({ minLength: 1, maxLength: 100 }) });
const changeFields = {
  status: Type.Optional(issueStatus),
  inRelease: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  inNextRelease: Type.Optional(Type.Boolean()),
  snooze: Type.Optional(
    object({
      until: Type.Optional(Type.Integer({ minimum: 0, description: 'Milliseconds since 1970.' })),
      events: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000_000 })),
      users: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000_000 })),
    }),
  ),
  assignee: Type.Optional(nullable(Type.String({ maxLength: 20, pattern: '^[0-9]+$' }))),
};
export const issueChange = describes<api.IssueChange>()(object(changeFields));
export const issuesChange = describes<api.IssuesChange>()(
  object({
    ...changeFields,
    ids: Type.Array(Type.String({ maxLength: 20, pattern: '^[0-9]+$' }), { minItems: 1, maxItems: 1_000 }),
  }),
);
export const issuesChanged = describes<api.IssuesChanged>()(object({ changed: count, deeds: Type.Array(text) }));
export const undoDeeds = object({
  deeds: Type.Array(Type.String({ maxLength: 20, pattern: '^[0-9]+$' }), { minItems: 1, maxItems: 2_000 }),
});
export const undoneDeeds = object({ changed: count });
export const activity = describes<api.Activity>()(
  object({
    id: text,
    at: time,
    kind: oneOf(activityKinds),
    person: nullableText,
    text: Type.Optional(text),
    release: Type.Optional(text),
    isNext: Type.Optional(Type.Boolean()),
    snooze: Type.Optional(snooze),
    assignee: Type.Optional(nullableText),
    deed: Type.Optional(text),
    issue: Type.Optional(object({ id: text, number: count, title: text })),
  }),
);
export const newComment = object({ text: Type.String({ minLength: 1, maxLength: 10_000, pattern: '\\S' }) });
export const commentId = object({
  id: Type.String({ maxLength: 20, pattern: '^[0-9]+$' }),
  comment: Type.String({ maxLength: 20, pattern: '^[0-9]+$' }),
});
export const knownValues = Type.Array(describes<api.KnownValue>()(object({ value: text, issues: count })));
export const valuesQuery = object({
  key: Type.String({ minLength: 1, maxLength: 210, description: 'Such as `browser`, or `tag:plan`.' }),
  begin: Type.String({ maxLength: 200, default: '' }),
  project: Type.Optional(Type.String({ maxLength: 20, pattern: '^[0-9]+$' })),
});
export const keys = Type.Array(text);
export const savedSearch = describes<api.SavedSearch>()(
  object({ id: text, name: text, search: text, isShared: Type.Boolean(), isMine: Type.Boolean() }),
);
export const newSearch = object({
  name: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
  search: Type.String({ maxLength: 2_000 }),
  isShared: Type.Boolean({ default: false }),
});
export const groupingTrial = describes<api.GroupingTrial>()(
  object({ tried: count, rules: Type.Array(object({ issues: Type.Array(object({ id: text, title: text })) })) }),
);
export const roleChange = object({ role: oneOf(['admin', 'member'] as const) });
export const signInLink = object({ token: text });
