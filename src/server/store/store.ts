import type { Dropped } from '../../protocol/batch.ts';
import type { Event, Level } from '../../protocol/event.ts';
import type { ArtifactStore } from './artifact-store.ts';
import type { ArrivedLog, LogStore } from './log-store.ts';
import type { NoticeStore } from './notice-store.ts';
import type { SearchTerms, ValueTerm } from './search-terms.ts';
import type {
  ApiToken,
  Activity,
  Correction,
  IssueChange,
  IssuesChanged,
  IssueStatus,
  IssueSummary,
  KnownValue,
  Person,
  PersonSession,
  Project,
  ProjectSettings,
  ReleaseDetail,
  ReleaseSummary,
  Resolution,
  RetentionSettings,
  SavedSearch,
  Snooze,
  TokenScope,
  UploadToken,
} from '../../protocol/api.ts';

/**
 * What the collector keeps, behind two interfaces: what is only ever appended, and what is small and changes, so that
 * each can move to an engine of its own. Every method is one unit of work, done or not done as a whole when its promise
 * settles. Ids are strings to everyone outside.
 */
export interface Store {
  events: EventStore;
  logs: LogStore;
  records: RecordStore;
  artifacts: ArtifactStore;
  notices: NoticeStore;
  /** Files digested events under their issues and moves the digest's mark: both, or neither. */
  fileDigested(digested: DigestedEvent[], kept: EventToFile[]): Promise<Filed[]>;
  overview: OverviewStore;
  releases: ReleaseStore;
  refilings: RefileStore;
  forgettings: ForgetStore;
  corrections: CorrectionStore;
  retention: Retention;
  settling: Settling;
  /** Opens snoozed issues whose time has come; answers which. */
  wakeSnoozed(now: number): Promise<string[]>;
  /** Copies the database, as it is at the end of the copy, into a file that must not be there yet. */
  backup(file: string): Promise<void>;
  /** Lets go of what is only kept to answer sooner. */
  giveMemoryBack(): void;
  close(): void;
}

/** An issue whose events are looked at again: because maps came, or because some of them were split off. */
export interface Refiling {
  issueId: string;
  cause: 'map' | 'split';
  /** Events before it are still to be looked at. */
  before: EventPlace;
}

/** Work that is remembered until it is done, so that a stop in the middle loses nothing. */
export interface RefileStore {
  /** Issues with frames in these files (last path segments) that no map could resolve are to be looked at again. */
  startRefilings(projectId: string, files: string[]): Promise<void>;
  nextRefiling(): Promise<Refiling | undefined>;
  /** Files a slice of an issue's events again, the newest first; answers by seq where those went that have gone. */
  refile(refiling: Refiling, digested: DigestedEvent[]): Promise<Map<number, string>>;
  /** Ends it. An issue that has lost all its events becomes an alias of the one that most of them have gone to. */
  finishRefiling(
    issueId: string,
    found: {
      /** Users none of whose events are left in it. */
      gone: number[];
      /** Files of which frames are still unresolved; undefined if not all events were seen. */
      unresolved: string[] | undefined;
      into: string | undefined;
    },
  ): Promise<void>;
}

/** What people correct by hand, remembered for events to come. */
export interface CorrectionStore {
  /** Merges the other issue into the issue; false if they are one already, unknown, or of different projects. */
  merge(issueId: string, otherId: string, by: Actor): Promise<boolean>;
  /**
   * Makes an issue of the events of these kinds, or with these fingerprints; answers its id. They are moved by and by.
   * `newest` lends it title and reasons.
   */
  split(
    issueId: string,
    what: { variants: string[]; fingerprints: string[] },
    newest: DigestedEvent,
    by: Actor,
  ): Promise<string>;
  /** Undoes one of the issue's corrections; answers which issue it was about, undefined if there is no such correction. */
  undo(issueId: string, correctionId: string, by: Actor): Promise<string | undefined>;
}

export interface Retention {
  /** Lets a little go of what is too old or too much; false when there is nothing to do. */
  step(settings: RetentionSettings, now: number): Promise<boolean>;
}

export interface Settling {
  /** Stores a few of the newest events in less space, or gives free space back; false when there is nothing to do. */
  step(): Promise<boolean>;
}

/** Place of an event in its issue: when it happened, then its seq. */
export type EventPlace = [happenedAt: number, seq: number];

/** An event ready to be kept as it came. */
export interface Arrival<Json = Uint8Array> {
  id: string;
  receivedAt: number;
  happenedAt: number;
  /** The scrubbed event as JSON, UTF-8: bytes are not looked through for garbage, and go between threads without a copy. */
  json: Json;
}

/** What one batch brings. */
export interface ArrivedBatch<Json = Uint8Array> {
  projectId: string;
  arrivals: Arrival<Json>[];
  log?: ArrivedLog;
  dropped: Dropped[];
  /** When it came, ms. */
  receivedAt: number;
}

/** An event as it is kept. */
export interface KeptEvent {
  /** Position in the order of arrival. */
  seq: number;
  projectId: string;
  receivedAt: number;
  happenedAt: number;
  event: Event;
  /** The same as it arrived, for one that is not digested yet; and the block that it was appended in. */
  json?: Uint8Array;
  block?: number;
}

/** What is written of an event beside what was found out about it. */
export type EventToFile = Omit<KeptEvent, 'event'> & { id: string; session?: string | undefined };

export interface EventStore {
  /** Appends all batches in one commit; answers with the number of ids known before, by batch. */
  append(batches: ArrivedBatch[]): Promise<number[]>;
  /** The oldest events not yet digested, or those that follow one of them. */
  undigested(limit: number, after?: number): Promise<KeptEvent[]>;
  /** How many events wait for the digest. */
  backlog(): number;
  /** By id; event ids are unique per project only: nobody can put a later one in front of the first. */
  find(id: string, projectId?: string, filter?: ValueTerm[]): Promise<FoundEvent | undefined>;
  /** Of one issue, in the order in which they happened, newest first: before a place, and with the values of `filter`. */
  ofIssue(issueId: string, limit: number, which?: WhichEvents): Promise<KeptEvent[]>;
  /** The same, but fewer than `limit` where they are scattered so widely that they take long to read. */
  page(issueId: string, limit: number, which?: WhichEvents): Promise<{ events: KeptEvent[]; hasMore: boolean }>;
  /** How often an issue happened with these values, as far as it is kept; `hours` from `firstHour` on, as [hour, count]. */
  matches(
    issueId: string,
    filter: ValueTerm[],
    firstHour: number,
  ): Promise<{ events: number; latestEventId: string | null; hours: [number, number][] }>;
  /** Kept whole, of one session of a page, oldest first. */
  ofSession(session: string, limit: number, projectId?: string): Promise<(KeptEvent & { issueId: string })[]>;
  /** The newest kept event of each of a project's latest issues. */
  latestOfIssues(projectId: string, limit: number): Promise<(KeptEvent & { issueId: string; title: string })[]>;
  /** The newest kept events of a project that came since a time, at most `limit`; oldest first. */
  recent(projectId: string, since: number, limit: number): Promise<(KeptEvent & { issueId: string })[]>;
  /** Summed up by reason, from the day of `since` on if given. */
  dropped(projectId: string, since?: number): Promise<Dropped[]>;
}

export interface WhichEvents {
  before?: EventPlace | undefined;
  filter?: ValueTerm[];
}

export interface FoundEvent extends KeptEvent {
  issueId: string;
  /** Neighbours in the issue, in the order in which they happened; with a filter, the nearest that fit it. */
  previousId: string | null;
  nextId: string | null;
}

/** What the digest found out about an event. */
export interface DigestedEvent {
  seq: number;
  projectId: string;
  happenedAt: number;
  count: number;
  level: Level;
  title: string;
  culprit: string;
  release: string | undefined;
  /** Fingerprint that decides which issue it belongs to. */
  fingerprint: string;
  /** Others by which that issue may be known already. */
  aliases: string[];
  /** What earlier versions of grouping call it: asked first, never noted. */
  earlier: string[];
  /** What kind of event it is within its issue: people may split by it. */
  variant: string;
  /** Each leads to an issue if to one only. Asked for events that are not sure where they belong, else noted. */
  hints: string[];
  isSure: boolean;
  /** An issue that begins with it is ignored. */
  isIgnored: boolean;
  /** Leads to the issue from before its source file was renamed. */
  moved: MovedHint | undefined;
  grouping: { version: string; reasons: string[] };
  /** Number that stands for the user it happened to; undefined if nothing tells users apart. */
  user: number | undefined;
  /** Property and value pairs that are counted per issue. */
  values: [string, string][];
  /** Last path segments of scripts whose frames no map could resolve. */
  unresolvedFiles: string[];
  /** Words to find it by. */
  text: string;
}

/** The same line in another file is the same bug if that file is gone. */
export interface MovedHint {
  hint: string;
  file: string;
  /** Whether a file is among the sources of the event's build. */
  isPresent(file: string): boolean;
}

/** Where an event went. */
export interface Filed {
  issueId: string;
  /** Its details were kept; false if it was only counted. */
  isKept: boolean;
  isNew: boolean;
  /** The issue was resolved, and this event opened it again. */
  isRegression: boolean;
  /** The issue was snoozed until so many events or users, or until a time, and this event ended that. */
  isWoken: boolean;
  /** The issue had not happened to its user before. */
  isNewUser: boolean;
}

export const issueSorts = ['lastSeen', 'firstSeen', 'events', 'users', 'trend'] as const;
export type IssueSort = (typeof issueSorts)[number];

export interface IssueQuery extends SearchTerms {
  projectId?: string;
  status?: IssueStatus;
  sort: IssueSort;
  limit: number;
  /** Sort value and id of the last issue of the page before. */
  after?: [number, number];
  now: number;
}

export interface FoundIssue extends IssueSummary {
  /** The newest first. */
  corrections: Correction[];
  resolution: Resolution | null;
  snooze: Snooze | null;
  latestEventId: string;
  sampled: number;
  grouping: { version: string; reasons: string[] };
}

/** Who does something. A token is no person: it has a name only. */
export interface Actor {
  id: string | null;
  name: string;
}

/** What a project has in sum. Hours are hours since 1970. */
export interface OverviewStore {
  /** Remembers that a person looks at a project. */
  look(personId: string, projectId: string, now: number): Promise<void>;
  /** The end of the person's visit before this one; null for none. */
  visitBefore(personId: string, projectId: string): Promise<number | null>;
  /** Issues that began, and those that came back after they had been resolved, since a time. */
  changedIssues(
    projectId: string,
    since: number,
    limit: number,
    now: number,
  ): Promise<{ fresh: IssueSummary[]; freshCount: number; back: IssueSummary[]; backCount: number }>;
  /** Unresolved issues with the most events from an hour on. */
  busiestIssues(projectId: string, fromHour: number, limit: number, now: number): Promise<IssueSummary[]>;
  /** Events of each hour from `fromHour` on, as [hour, count]. */
  projectHours(projectId: string, fromHour: number): Promise<[number, number][]>;
  /** The hour of the first event. */
  firstHour(projectId: string): Promise<number | undefined>;
  /** Most frequent pages, browsers and systems since the day of a time. */
  projectValues(projectId: string, since: number): Promise<{ property: string; value: string; count: number }[]>;
}

export type FoundRelease = ReleaseSummary;

export interface ReleaseStore {
  /** Newest first, older than `after`: time of the first event, and name. */
  releases(projectId: string, limit: number, after?: [number, string]): Promise<FoundRelease[]>;
  release(projectId: string, name: string): Promise<FoundRelease | undefined>;
  /** Name of the one that came before. */
  releaseBefore(projectId: string, release: FoundRelease): Promise<string | undefined>;
  /** What began with a release, what came back with it, and what the one before had and it has not. */
  releaseIssues(
    projectId: string,
    name: string,
    before: string | undefined,
    limit: number,
    now: number,
  ): Promise<Pick<ReleaseDetail, 'brought' | 'back' | 'gone'>>;
  /** Files (last path segments) of its issues with frames that no map resolved. */
  unresolvedOf(projectId: string, name: string, limit: number): Promise<{ file: string; issues: number }[]>;
}

export interface SessionRecord {
  person: Person;
  /** Begun with a one-time token rather than a password. */
  byToken: boolean;
  expiresAt: number;
}

/** How the store tells what is a user's. */
export interface UserOf {
  isTheirs(event: Event): boolean;
  /** The title that an event gives its issue. */
  titleOf(event: Event): string;
  /** What an event was counted by. */
  valuesOf(event: Event): [string, string][];
}

/** A user of a project, by number, and how many events and records of theirs were deleted so far. */
export interface Forgetting {
  projectId: string;
  user: number;
  deleted: number;
}

/** Deleting what is known of a user. It is noted before it begins and until it has ended. */
export interface ForgetStore {
  /** Notes it; answers with what is noted of it already. */
  begin(projectId: string, user: number): Promise<Forgetting>;
  /** What has begun and not ended. */
  begun(): Promise<Forgetting[]>;
  /**
   * Deletes events and records of the user that are digested, and overwrites what it deleted. Each step takes some milliseconds
   * and answers how many it deleted; who leaves off may begin again, and who comes to the end has it no longer noted.
   */
  steps(projectId: string, user: number, of: UserOf): AsyncIterable<number>;
}

export interface RecordStore {
  projects(): Promise<Project[]>;
  addProject(name: string, key: string, now: number): Promise<Project>;

  /** `places` are the `after` of each issue. */
  issues(query: IssueQuery): Promise<{ issues: IssueSummary[]; total: number; places: [number, number][] }>;
  issue(id: string, now: number): Promise<FoundIssue | undefined>;
  /** Events of each hour from `firstHour` on, as [hour, count]; hours since 1970. */
  issueHours(id: string, firstHour: number): Promise<[number, number][]>;
  /** Most frequent values of each property. */
  issueValues(id: string): Promise<{ property: string; value: string; count: number }[]>;
  /** Of the project, first seen since, oldest first. */
  releasesSince(projectId: string, since: number): Promise<{ name: string; firstSeen: number }[]>;
  /** The id under which an issue is found that may have become part of another. */
  issueId(id: string): Promise<string | undefined>;
  /** Changes the issues that are there, and notes who did it; answers how many, and the deeds. False: no release is known. */
  changeIssues(ids: string[], change: IssueChange, by: Actor, now: number): Promise<IssuesChanged | false>;
  /** Puts issues back as they were before deeds, but for those that more has happened to since; answers which. */
  undoDeeds(deeds: string[], by: Actor, now: number): Promise<string[]>;
  /** Newest first. */
  activity(issueId: string, limit: number): Promise<Activity[]>;
  addComment(issueId: string, text: string, by: Actor, now: number): Promise<Activity>;
  /** Only one's own. */
  removeComment(issueId: string, id: string, by: Actor): Promise<boolean>;
  /** Values of a property that begin so, and in how many issues each occurs; most first. */
  knownValues(property: string, begin: string, limit: number, projectId?: string): Promise<KnownValue[]>;
  /** Names of all properties that have values. */
  knownProperties(): Promise<string[]>;
  /** One's own and those of everybody, by name. */
  searches(personId: string): Promise<SavedSearch[]>;
  addSearch(search: Pick<SavedSearch, 'name' | 'search' | 'isShared'>, personId: string): Promise<SavedSearch>;
  /** Only one's own, or with `isAdmin` any. */
  removeSearch(id: string, personId: string, isAdmin: boolean): Promise<boolean>;

  /** A JSON value by name; undefined if it was never set. */
  setting(name: string): Promise<unknown>;
  setSetting(name: string, value: unknown): Promise<void>;
  projectSettings(projectId: string): Promise<ProjectSettings>;
  renameProject(projectId: string, name: string): Promise<void>;
  setProjectSettings(projectId: string, settings: ProjectSettings): Promise<void>;

  people(): Promise<Person[]>;
  addPerson(name: string, role: Person['role'], now: number): Promise<Person>;
  /** Sets what is given; false if the e-mail address belongs to someone else. */
  updatePerson(id: string, change: { name: string; email: string; password: string }): Promise<boolean>;
  /** The stored password is a hash; null while none is set. */
  passwordOf(email: string): Promise<{ person: Person; password: string | null } | undefined>;
  hasPassword(personId: string): Promise<boolean>;

  addSignInToken(hash: string, personId: string, expiresAt: number): Promise<void>;
  /** Takes the token away; undefined if it is unknown, used or too old. */
  useSignInToken(hash: string, now: number): Promise<Person | undefined>;
  addSession(
    hash: string,
    session: { personId: string; byToken: boolean; browser: string },
    now: number,
    expiresAt: number,
  ): Promise<void>;
  /** Newest first; the id is the beginning of the hash. */
  sessionsOf(personId: string, now: number): Promise<PersonSession[]>;
  removeSessionOf(personId: string, id: string): Promise<boolean>;
  setRole(id: string, role: Person['role']): Promise<boolean>;
  /** Takes their sessions and links with them. */
  removePerson(id: string): Promise<boolean>;
  session(hash: string, now: number): Promise<SessionRecord | undefined>;
  removeSession(hash: string): Promise<void>;
  /** Ends every session of a person. */
  removeSessions(personId: string): Promise<void>;
  /** What a token may, and the project of one that may only upload; undefined for none. */
  apiToken(hash: string): Promise<{ scope: TokenScope; projectId: string | null } | undefined>;
  addApiToken(hash: string, token: Pick<ApiToken, 'name' | 'scope' | 'projectId'>, now: number): Promise<ApiToken>;
  apiTokens(): Promise<ApiToken[]>;
  removeApiToken(id: string): Promise<boolean>;
  addUploadToken(hash: string, projectId: string, name: string, now: number): Promise<UploadToken>;
  uploadTokens(projectId: string): Promise<UploadToken[]>;
  removeUploadToken(projectId: string, id: string): Promise<boolean>;
}
