import type { StoredEvent } from '../../protocol/api.ts';
import type { Alert, Notice, Rule, ToldIssue, ToldRecord } from '../../protocol/notices.ts';
import { named } from '../group/values.ts';
import { pathOf } from '../group/title.ts';
import { oneLine } from '../lib/one-line.ts';
import type { FoundIssue, KeptEvent, Store } from '../store/store.ts';
import type { Symbolicate } from '../symbolicate/symbolicate.ts';
import { isOfRecords } from './find-records.ts';
import { toldRecord } from './told-record.ts';

export interface ComposeOptions {
  store: Pick<Store, 'records' | 'events' | 'logs'>;
  symbolicate: Symbolicate;
  /** Address of the viewer, without a slash at its end. */
  publicUrl(): string;
}

/** Issues, or records, that one notice describes. */
const maxDescribed = 5;

export type Compose = (
  project: Notice['project'],
  rule: Pick<Rule, 'id' | 'name' | 'trigger'>,
  alerts: { id: string; alert: Alert }[],
  now: number,
) => Promise<Notice | undefined>;

/** Puts alerts of one rule into one notice; nothing when their issues or records are ignored, snoozed or gone. */
export function createCompose({ store, symbolicate, publicUrl }: ComposeOptions): Compose {
  const toldIssue = async (issueId: string, now: number): Promise<ToldIssue | undefined> => {
    const issue = await store.records.issue(issueId, now);
    if (!issue || issue.status === 'ignored' || issue.status === 'snoozed') return undefined;
    const [kept] = await store.events.ofIssue(issue.id, 1);
    const frames = kept ? await symbolicate(issue.projectId, kept.event) : [];
    return { ...describeIssue(issue, kept, frames), ...linksOf(publicUrl(), issue.id) };
  };
  const toldRecords = async (projectId: string, alerts: Alert[]) => {
    const found = alerts.slice(-maxDescribed).map(async ({ record = '', count }) => {
      const kept = await store.logs.find(record, projectId);
      return kept && toldRecord(kept, count, publicUrl());
    });
    return (await Promise.all(found)).filter((one) => one !== undefined);
  };
  return async (project, rule, alerts, now) => {
    const ofRecords = alerts.map(({ alert }) => alert).filter(({ record }) => record !== undefined);
    const records = await toldRecords(project.id, ofRecords);
    if (ofRecords.length > 0 && records.length === 0) return undefined;
    const ids = [...new Set(alerts.flatMap(({ alert }) => alert.issueId ?? []))];
    const issues = (await Promise.all(ids.slice(-maxDescribed).map((id) => toldIssue(id, now)))).filter(
      (one) => one !== undefined,
    );
    if (ids.length > 0 && issues.length === 0) return undefined;
    const [first] = alerts;
    if (!first) return undefined;
    const isOne = alerts.length === 1;
    return {
      id: `pf_${rule.id}_${first.id}`,
      at: now,
      project,
      rule: rule.name,
      kind: isOne ? first.alert.kind : 'roll-up',
      headline: isOne
        ? headlineOf(first.alert, {
            issue: issues[0],
            record: records[0],
            project: project.name,
            trigger: rule.trigger,
          })
        : rollUpOf(
            alerts.map(({ alert }) => alert),
            project.name,
          ),
      issues,
      ...(records.length > 0 && { records }),
      more: Math.max(0, ids.length - issues.length) + ofRecords.length - records.length,
      link: (isOne ? (issues[0] ?? records[0])?.link : undefined) ?? overviewOf(publicUrl(), project.id, rule.trigger),
    };
  };
}

/** Where all of it can be seen. */
function overviewOf(url: string, project: string, trigger: Rule['trigger']): string {
  return isOfRecords(trigger) ? `${url}/logs?${new URLSearchParams({ project, query: trigger.search })}` : `${url}/`;
}

function linksOf(url: string, id: string): Pick<ToldIssue, 'link' | 'resolveLink' | 'snoozeLink'> {
  const link = `${url}/issues/${id}`;
  return { link, resolveLink: `${link}?ask=resolve`, snoozeLink: `${link}?ask=snooze` };
}

function describeIssue(
  issue: FoundIssue,
  kept: KeptEvent | undefined,
  frames: StoredEvent['frames'],
): Omit<ToldIssue, 'link' | 'resolveLink' | 'snoozeLink'> {
  const { id, number, title, culprit, level, events, users } = issue;
  const event = kept?.event;
  return {
    id,
    number,
    title: oneLine(title),
    culprit: oneLine(culprit),
    level,
    events,
    users,
    release: event?.release ?? issue.lastRelease,
    browser: named(event?.browser),
    os: named(event?.os),
    page: event?.page ? oneLine(pathOf(event.page.url)) : '',
    line: lineOf(frames),
    breadcrumbs: (event?.breadcrumbs ?? []).slice(-3).map(({ kind, text }) => ({ kind, text: oneLine(text) })),
  };
}

/** Of the site's own code if there is any of it. */
function lineOf([frames = []]: StoredEvent['frames']): ToldIssue['line'] {
  const frame = frames.find(({ inApp, source }) => inApp && source) ?? frames.find(({ inApp }) => inApp) ?? frames[0];
  if (!frame?.filename) return null;
  const text = (frame.source?.line ?? '').trim().slice(0, 200);
  return { file: oneLine(frame.filename), number: frame.lineno ?? 0, text };
}

const number = (value: number) => Math.round(value).toLocaleString('en');
const rate = (value: number) => value.toLocaleString('en', { maximumSignificantDigits: 3 });

interface About {
  issue: ToldIssue | undefined;
  record: ToldRecord | undefined;
  project: string;
  trigger: Rule['trigger'];
}

/** What a rule that can be over has counted. */
function measured(count: number, limit: number, trigger: Rule['trigger']): string {
  if (trigger.kind === 'share') return `${rate(count)} events for 100 visits, the limit is ${rate(limit)}`;
  const within = trigger.kind === 'rate' ? `in ${trigger.minutes} min` : 'this hour';
  return `${number(count)} events ${within}, the limit is ${number(limit)}`;
}

function headlineOf(
  { kind, count, limit, release, issueId }: Alert,
  { issue, record, project, trigger }: About,
): string {
  if (record)
    return `${count > 1 ? `${number(count)} times: ` : ''}${record.level} of ${record.logger}: ${record.text}`;
  const what = issueId === null ? project : (issue?.title ?? 'an issue that is gone');
  switch (kind) {
    case 'new':
      return `New: ${what}`;
    case 'regression':
      return `Back again: ${what}`;
    case 'count':
      return `${number(limit)} times: ${what}`;
    case 'users':
      return `${number(limit)} users: ${what}`;
    case 'rate':
      return `More than ${number(limit)} events: ${what}`;
    case 'spike':
      return `Spike: ${number(count)} events this hour in ${what}, ${number(limit)} are usual`;
    case 'share':
      return `Error rate: ${rate(count)} events for 100 visits of ${what}, more than ${rate(limit)}`;
    case 'release':
      return `First event of release ${oneLine(release ?? '')}: ${what}`;
    case 'recovered':
      return `Over: ${what} is below its limit again: ${measured(count, limit, trigger)}`;
    case 'search':
    case 'any':
      return what;
  }
}

const kindWords: Record<Alert['kind'], string> = {
  new: 'new',
  regression: 'back again',
  count: 'at a round number',
  users: 'with more users',
  rate: 'above a rate',
  share: 'error rates',
  spike: 'spikes',
  release: 'first of a release',
  recovered: 'over',
  search: 'found by a search',
  any: 'matching',
};

function rollUpOf(alerts: Alert[], project: string): string {
  const counts = new Map<Alert['kind'], number>();
  const weigh = ({ record, count }: Alert) => (record === undefined ? 1 : count);
  for (const alert of alerts) counts.set(alert.kind, (counts.get(alert.kind) ?? 0) + weigh(alert));
  const sum = [...counts.values()].reduce((all, each) => all + each, 0);
  const parts = [...counts].map(([kind, count]) => `${number(count)} ${kindWords[kind]}`);
  return `${number(sum)} alerts in ${project}: ${parts.join(', ')}`;
}
