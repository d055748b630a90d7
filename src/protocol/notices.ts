import type { Level } from './event.ts';

/** Types of the JSON API about being told. Times are milliseconds since 1970 by the collector's clock. */

/** What a rule waits for. */
export type Trigger =
  /** The first event of an issue. */
  | { kind: 'new' }
  /** An event of an issue that was resolved, or that ends its snooze. */
  | { kind: 'regression' }
  /** The 10th, 100th, 1,000th ... event of an issue. */
  | { kind: 'count' }
  /** More than so many events within so many minutes, of one issue or of the whole project. Told again when it is over. */
  | { kind: 'rate'; events: number; minutes: number; of: 'issue' | 'project' }
  /** An hour of the project with `factor` times as many events as that hour of other days, and at least `floor`. */
  | { kind: 'spike'; factor: number; floor: number }
  /**
   * An error rate: more than `percent` events for 100 visits within so many minutes and the one that is running, once there
   * were `floor` visits. Visits are those that the site counts (`POST /in/<key>/visits`). Told again when it is over.
   */
  | { kind: 'share'; percent: number; minutes: number; floor: number }
  /** An issue that has happened to so many users. */
  | { kind: 'users'; users: number }
  /** The first event of a release. */
  | { kind: 'release' }
  /**
   * An event that a search of the list of issues finds: its own values, and the words and state of its issue. With `in` as
   * `records`, a log record that a search of the logs finds; default `events`.
   */
  | { kind: 'search'; search: string; in?: 'events' | 'records' }
  /** Any event: to be narrowed by the filter. */
  | { kind: 'any' };

export type TriggerKind = Trigger['kind'];

/** All that are given must fit; `*` stands for anything. */
export interface RuleFilter {
  /** At least as serious. */
  level?: Level;
  release?: string;
  environment?: string;
  /** Path of the page. */
  page?: string;
  tag?: { name: string; value: string };
  /** Words of the title, or of a record's text, that must all occur. */
  words?: string;
}

/** Who is told of what, and when. */
export interface RuleSettings {
  name: string;
  trigger: Trigger;
  filter: RuleFilter;
  /** Ids. */
  channels: string[];
  /** `now`, or gathered and told at the full hour, or at eight in the morning. */
  pace: 'now' | 'hourly' | 'daily';
  /** Minutes between two notices of the rule; what happens between them is told together. 0 for no limit. */
  atMostEvery: number;
  /** Hours of the day, in `timeZone`, in which nothing is told; it is told together afterwards. Null for none. */
  quiet: { from: number; to: number } | null;
  /** IANA name of a time zone, for quiet hours and for the morning. */
  timeZone: string;
  isEnabled: boolean;
}

export interface Rule extends RuleSettings {
  id: string;
  projectId: string;
}

/** Something that a rule has waited for. */
export interface Alert {
  kind: TriggerKind | 'recovered';
  at: number;
  /** Null for one of the whole project. */
  issueId: string | null;
  /** Id of a log record, of a search of them: the first of those that say the same. */
  record?: string;
  /** What was counted: events, records, users, events within the window, events for 100 visits. */
  count: number;
  /** What `count` is held against: the threshold, or the usual number. */
  limit: number;
  /** Of a first event of a release. */
  release?: string;
}

/** `POST /api/projects/:id/rules/try`: what the rule would have told within the last day. */
export interface RuleTrial {
  alerts: Alert[];
  /** Changes of issues that were looked at, or records that the search found, and since when. */
  looked: number;
  since: number;
}

/** Where people can be told. */
export const channelKinds = ['email', 'slack', 'discord', 'teams', 'pagerduty', 'webhook'] as const;
export type ChannelKind = (typeof channelKinds)[number];

export interface ChannelSettings {
  name: string;
  kind: ChannelKind;
  /** E-mail addresses, of `email`. */
  to?: string[];
  /** Where to post to: of all but `email`; PagerDuty has a default. Shown without its secret part. */
  url?: string;
  /** The routing key of PagerDuty, or what a webhook's signature is made with. Never shown again. */
  secret?: string;
}

export interface Channel extends ChannelSettings {
  id: string;
  createdAt: number;
}

/** One attempt-series to tell one channel of one notice. */
export interface Delivery {
  id: string;
  channelId: string;
  channelName: string;
  headline: string;
  state: 'waiting' | 'sent' | 'failed';
  attempts: number;
  /** Of the next attempt, or of the last change when there is none. */
  at: number;
  /** What was sent last, without secrets; empty before the first attempt. */
  request: string;
  /** What came back: status and beginning of the answer, or why none came. */
  answer: string;
}

/** An issue as a message tells it. */
export interface ToldIssue {
  id: string;
  number: number;
  title: string;
  culprit: string;
  level: Level;
  events: number;
  users: number;
  release: string | null;
  browser: string;
  os: string;
  page: string;
  /** The line that failed, in the author's source if a map told it. */
  line: { file: string; number: number; text: string } | null;
  /** The last three breadcrumbs, oldest first. */
  breadcrumbs: { kind: string; text: string }[];
  link: string;
  /** Pages that ask before they do anything. */
  resolveLink: string;
  snoozeLink: string;
}

/** A log record as a message tells it. */
export interface ToldRecord {
  id: string;
  at: number;
  level: Level;
  logger: string;
  text: string;
  /** How many said the same. */
  count: number;
  release: string | null;
  environment: string | null;
  page: string;
  /** The record in the viewer's logs. */
  link: string;
}

/** What a channel puts into words: also the body of the generic webhook. */
export interface Notice {
  /** The same at every attempt, so that a receiver can tell a repetition. */
  id: string;
  at: number;
  project: { id: string; name: string };
  rule: string;
  kind: Alert['kind'] | 'roll-up' | 'test';
  headline: string;
  /** At most five; `more` says how many are left out. */
  issues: ToldIssue[];
  /** Of a search of records, instead of issues; at most five. */
  records?: ToldRecord[];
  more: number;
  link: string;
}
