import type { Dropped } from './batch.ts';
import type { Event, Frame, Level } from './event.ts';

/** Types of the JSON API below `/api`. Times are milliseconds since 1970 by the collector's clock. */

/** A snoozed issue is unresolved again by itself: at a time, or when it has happened often enough. */
export type IssueStatus = 'unresolved' | 'resolved' | 'snoozed' | 'ignored';

export interface Project {
  id: string;
  name: string;
  /** Write-only: lets pages send, never read. Its endpoint is `<origin>/in/<key>`. */
  key: string;
  createdAt: number;
  /** When the first event arrived; null while nothing has. */
  firstEventAt: number | null;
}

/** Who may send to a project, how much, and how much of it is kept. */
export interface ProjectSettings {
  /** Origins of the pages that may send, such as `https://shop.example` or `https://*.shop.example`; empty for any. */
  origins: string[];
  /** Events a minute that are kept; of the rest, which is counted, one of ten. Null for no limit. */
  eventsPerMinute: number | null;
  /** Events of one issue and hour that are kept whole; of the rest, which is counted, one of ten and later of a hundred. */
  keptPerIssueHour: number | null;
}

/** What a project has until somebody changes it. */
export const defaultProjectSettings: ProjectSettings = {
  origins: [],
  eventsPerMinute: 60_000,
  keptPerIssueHour: 1_000,
};

/** How long and how much the collector keeps; null for all. Counts of issues stay as long as the issue. */
export interface RetentionSettings {
  /** Days since an event arrived. */
  days: number | null;
  /** Bytes of the database. */
  maxBytes: number | null;
}

/** How long events are kept until somebody changes it: days, and no limit of bytes. */
export const defaultRetention: RetentionSettings = { days: 90, maxBytes: null };

/** A rule of the collector by which events lose what must not be kept. */
export interface ScrubRule {
  /** `name`: masks the values of fields with such a name (`*` stands for anything). `text`: replaces what matches (RE2). */
  kind: 'name' | 'text';
  pattern: string;
  /** In the place of matching text; default `[masked]`. */
  replacement?: string;
}

/** A rule of a project about what belongs together. Of several that fit an event the first decides. */
export interface GroupingRule {
  /** All that are given must fit; `*` stands for anything. File and function are those of the site's own code. */
  match: {
    type?: string;
    message?: string;
    function?: string;
    file?: string;
    /** The page's or the request's. */
    url?: string;
    release?: string;
    environment?: string;
  };
  /**
   * Events that fit are one issue, and so are those of other rules with the same words. `{{default}}` stands for the
   * usual grouping. A fingerprint that the event brings comes first.
   */
  fingerprint?: string[];
  /** Issues that begin with such an event are ignored from the start. */
  ignore?: boolean;
}

export interface Person {
  id: string;
  email: string;
  name: string;
  role: 'admin' | 'member';
}

/** `POST /api/people`: the one time that the token of the invitation is shown. Its link is `/sign-in#<token>`. */
export interface Invitation {
  person: Person;
  token: string;
}

/** `GET /api/sessions`: where a person is signed in. */
export interface PersonSession {
  id: string;
  createdAt: number;
  expiresAt: number;
  /** Browser and system, such as `Firefox 145 on Linux`; empty if unknown. */
  browser: string;
  /** The one that asks. */
  isCurrent: boolean;
}

/** `GET /api/session`: who is signed in. Every request that changes something carries `csrfToken` as `X-CSRF-Token`. */
export interface Session {
  person: Person;
  csrfToken: string;
  projects: Project[];
}

/** One line of the issue list. */
export interface IssueSummary {
  id: string;
  /** Short number that people can say. */
  number: number;
  projectId: string;
  /** Type and message of what broke. */
  title: string;
  /** The line below it: function and file, or the URL that failed. */
  culprit: string;
  level: Level;
  status: IssueStatus;
  events: number;
  users: number;
  firstSeen: number;
  lastSeen: number;
  firstRelease: string | null;
  lastRelease: string | null;
  /** Events an hour over the last 24 hours, oldest first. */
  hourly: number[];
  /** Events of a usual day: the average of the week before the last 24 hours, or of as much as there is of it. */
  usual: number;
  assignee: Assignee | null;
}

/** The person who looks after an issue. */
export interface Assignee {
  id: string;
  name: string;
}

/** What ends a snooze; the first that comes true. Counts are those still to come. */
export interface Snooze {
  until?: number;
  events?: number;
  users?: number;
}

/** What opens a resolved issue again: an event after `at`, of `release` or a later one if that is given. */
export interface Resolution {
  at: number;
  release: string | null;
  /** Only releases after `release` count: the fix comes with the next one. */
  isNext: boolean;
}

/** `PATCH /api/issues/:id`. What is absent stays as it is. */
export interface IssueChange {
  status?: IssueStatus;
  /** With `resolved`: the release that brought the fix. */
  inRelease?: string;
  /** With `resolved`: the next release brings the fix. 409 while no release is known. */
  inNextRelease?: boolean;
  /** With `snoozed`: at least one of its fields. */
  snooze?: Snooze;
  /** Id of a person; null for nobody. */
  assignee?: string | null;
}

/** `PATCH /api/issues`: one change for many. */
export interface IssuesChange extends IssueChange {
  ids: string[];
}

/** `PATCH /api/issues`: how many there were, and what `POST /api/issues/undo` takes to put them back. */
export interface IssuesChanged {
  changed: number;
  deeds: string[];
}

/** What people and the collector do with an issue, as its history tells it. */
export const activityKinds = [
  'resolved',
  'reopened',
  'ignored',
  'snoozed',
  'assigned',
  'commented',
  'regressed',
  'woke',
  'undone',
  'merged',
  'unmerged',
  'split',
  'unsplit',
  'split-off',
] as const;

/** Something that was done with an issue. */
export interface Activity {
  id: string;
  at: number;
  kind: (typeof activityKinds)[number];
  /** Null for what the collector did by itself: `regressed` and `woke`. */
  person: string | null;
  /** Of a comment, as it was written. */
  text?: string;
  /** Of `resolved` and `regressed`. */
  release?: string;
  isNext?: boolean;
  snooze?: Snooze;
  /** Of `assigned`: the person's name; null for nobody. */
  assignee?: string | null;
  /** Of `undone`: the kind of what was undone. */
  deed?: string;
  /** The other issue: what was merged into this one, or split off it; of `split-off` the one that this was part of. */
  issue?: { id: string; number: number; title: string };
}

/** `GET /api/values`: what a key of the search has as values, most issues first. */
export interface KnownValue {
  value: string;
  issues: number;
}

/** A search of the issue list that somebody keeps. */
export interface SavedSearch {
  id: string;
  name: string;
  /** As it stands in the list's address: `query=browser%3ASafari&sort=events`. */
  search: string;
  /** Everybody sees it. */
  isShared: boolean;
  isMine: boolean;
}

export interface IssueList {
  issues: IssueSummary[];
  /** Pass as `cursor` for the next page; null at the end. */
  next: string | null;
  total: number;
}

/** How often a value of one property occurs in an issue. */
export interface Distribution {
  /** Such as `browser`, `os`, `release`, `url`, or `tag:plan`. */
  property: string;
  values: { value: string; count: number }[];
}

/** Events of an hour. */
export interface OverviewHour {
  /** When it began. */
  at: number;
  events: number;
  /** Median of the same hour of up to 14 days before; null until there are two of them. */
  usual: number | null;
}

/** `GET /api/projects/:id/overview`: the start page of a project. */
export interface Overview {
  /** When what is new began: the end of the person's visit before, or a day ago for the first one. */
  since: number;
  isFirstLook: boolean;
  /** Issues that began since, the most frequent first, and how many there are in all. */
  fresh: IssueSummary[];
  freshCount: number;
  /** Issues that had been resolved and came back since. */
  back: IssueSummary[];
  backCount: number;
  /** The last 24 hours, oldest first; the last one is under way. */
  hours: OverviewHour[];
  /** Unresolved issues with the most events in these hours. */
  busiest: IssueSummary[];
  /** The newest, newest first. */
  releases: ReleaseSummary[];
  /** Most frequent pages (`url`), browsers (`browser`) and systems (`os`) of seven days. */
  values: Distribution[];
  /** What of seven days pages and the collector did not keep. */
  dropped: Dropped[];
}

/** One line of the list of releases. */
export interface ReleaseSummary {
  name: string;
  firstSeen: number;
  lastSeen: number;
  events: number;
  /** Whom something broke for. */
  users: number;
  /** Issues that were first seen in it. */
  newIssues: number;
  /** Source maps that were uploaded for it by name. */
  maps: number;
}

/** `GET /api/projects/:id/releases`. */
export interface ReleaseList {
  releases: ReleaseSummary[];
  next: string | null;
}

/** `GET /api/projects/:id/release?name=`. Of each list of issues at most 50. */
export interface ReleaseDetail extends ReleaseSummary {
  /** The release before it. */
  before: string | null;
  /** Issues that were first seen in it. */
  brought: IssueSummary[];
  /** Issues that had been resolved, and came back with it. */
  back: IssueSummary[];
  /** Issues of the release before that have not been seen in it. */
  gone: IssueSummary[];
  /** Scripts (last path segments) of its issues with frames that no map resolves, and how many issues have them. */
  unresolved: { file: string; issues: number }[];
}

export interface IssueDetail extends IssueSummary {
  latestEventId: string;
  /** Of its events, those that were counted but not kept with all their details. */
  sampled: number;
  /** Events a day over the last 30 days, oldest first. */
  daily: number[];
  /** The project's releases that were first seen in these days, oldest first. */
  releases: { name: string; firstSeen: number }[];
  /** Of a resolved issue. */
  resolution: Resolution | null;
  /** Of a snoozed issue. */
  snooze: Snooze | null;
  distributions: Distribution[];
  /** Why its events are one issue, in words. */
  grouping: { version: string; reasons: string[] };
  /** What people have said about which events belong to it, the newest first. */
  corrections: Correction[];
}

/** What a person said about which events belong together. It holds for events to come, until it is undone. */
export interface Correction {
  id: string;
  /** `merge`: the other issue's events belong to this one. `split`: some of one issue's events are the other. */
  kind: 'merge' | 'split';
  /** Whether it is this issue that the other was merged into or split off; false on the issue that was split off. */
  isOrigin: boolean;
  /** The other issue, by the name that it had. */
  issue: { id: string; number: number; title: string };
  /** Who did it. */
  person: string;
  at: number;
}

/** `POST /api/issues/:id/split`: what is left, and what was split off. */
export interface SplitAnswer {
  issue: IssueDetail;
  splitOff: string;
}

/** `GET /api/issues/:id/matches?filter=`: what of an issue has the values of a filter, as far as its events are kept. */
export interface IssueMatches {
  events: number;
  /** Null when there is none. */
  latestEventId: string | null;
  /** Like those of the issue. */
  hourly: number[];
  daily: number[];
}

export interface EventSummary {
  id: string;
  receivedAt: number;
  /** When it happened, by the collector's clock. */
  happenedAt: number;
  title: string;
  browser: string;
  os: string;
  url: string;
  release: string | null;
  user: string | null;
}

export interface EventList {
  events: EventSummary[];
  next: string | null;
}

/** A frame as the viewer shows it. */
export interface ShownFrame extends Frame {
  /** The site's own code rather than a package, an extension or the engine. */
  inApp: boolean;
  /** The author's source around it, where a map told it: file, line, column and function are then the source's. */
  source?: SourceContext;
  /** What the browser said, where a map told more. */
  raw?: Frame;
  /** Why no map told more, and what to do about it, each a sentence. */
  unresolved?: { reason: string; advice: string };
}

/** Lines of a source, as written. */
export interface SourceContext {
  /** The lines just before, oldest first: at most 5. */
  before: string[];
  line: string;
  after: string[];
}

/** `GET /api/events/:id`. */
export interface StoredEvent {
  event: Event;
  issueId: string;
  projectId: string;
  receivedAt: number;
  /** When it happened, by the collector's clock. */
  happenedAt: number;
  /** One list of frames for each exception of the event. */
  frames: ShownFrame[][];
  /** Neighbours in the issue, in the order in which they happened; with a filter, the nearest that fit it. */
  previousId: string | null;
  nextId: string | null;
}

/** A source map, or a script, that was uploaded for a project. */
export interface Artifact {
  id: string;
  /** Empty for none. */
  release: string;
  kind: 'map' | 'script';
  /** Path as the page knows it. */
  name: string;
  /** Path of the script that it is, or that it is the map of. */
  script: string;
  debugId: string | null;
  /** SHA-256 of the content, hexadecimal. */
  hash: string;
  bytes: number;
  /** Sources that a map names, and how many of their texts it holds. */
  sources: number;
  texts: number;
  /** What is wrong with a map that can be used nevertheless. */
  problems: string[];
  createdAt: number;
}

/** `GET /api/projects/:id/artifacts`. */
export interface ArtifactList {
  artifacts: Artifact[];
  next: string | null;
}

/** `GET /api/projects/:id/tokens`: tokens that let a build upload source maps, and nothing else. */
export interface UploadToken {
  id: string;
  name: string;
  createdAt: number;
}

/** `POST /api/projects/:id/tokens`: the one time that the token itself is shown. */
export interface NewUploadToken extends UploadToken {
  token: string;
}

export type TokenScope = 'all' | 'read' | 'upload';

/** `GET /api/tokens`: tokens for programs. */
export interface ApiToken extends UploadToken {
  /** `all`: what an administrator may. `read`: everything, and changes nothing. `upload`: source maps of one project. */
  scope: TokenScope;
  /** Of scope `upload`. */
  projectId: string | null;
}

/** `POST /api/tokens`: the one time that the token itself is shown. */
export interface NewApiToken extends ApiToken {
  token: string;
}

/** `POST /api/projects/:id/grouping-rules/try`: what rules would make of the newest event of each of the latest issues. */
export interface GroupingTrial {
  /** How many issues were tried. */
  tried: number;
  /** By rule: the issues whose event it is the first to fit. */
  rules: { issues: { id: string; title: string }[] }[];
}

/** A message of the live stream `GET /api/live` (server-sent events, one JSON document each, named `event`). */
export interface LiveMessage {
  projectId: string;
  issueId: string;
  eventId: string;
  title: string;
  isNew: boolean;
  /** The issue was resolved, and this event opened it again. */
  isRegression: boolean;
  at: number;
}

/** Another message of the live stream, named `change`: something was done with these issues, by people or by time. */
export interface LiveChange {
  issueIds: string[];
}

/** `GET /api/projects/:id/dropped`: what pages and the collector did not keep. */
export interface DroppedList {
  dropped: Dropped[];
}

export interface ApiError {
  /** Stable word for programs. */
  error: string;
  /** One sentence for people. */
  message: string;
}
