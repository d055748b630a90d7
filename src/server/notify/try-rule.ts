import type { RuleSettings, RuleTrial } from '../../protocol/notices.ts';
import type { Transition } from '../store/notice-store.ts';
import type { Store } from '../store/store.ts';
import { parseLogQuery } from '../routes/parse-log-query.ts';
import type { KeptRecord } from '../store/log-store.ts';
import { findRecords, isOfRecords } from './find-records.ts';
import { fits } from './fits.ts';
import { readHour } from './look.ts';
import { meeting } from './meeting.ts';
import { pastChanges } from './past-changes.ts';
import { firstShareMinute, see, type Look, type RuleState } from './triggers.ts';

export type TryStore = Pick<Store, 'notices' | 'overview' | 'events' | 'records' | 'releases' | 'logs'>;

const [dayMs, minuteMs] = [86_400_000, 60_000];
const maxChanges = 50_000;
const maxAlerts = 100;
const maxRecords = 1_000;

/** What a rule would have told within the last day: the same changes, in the same order, by the same code. */
export async function tryRule(store: TryStore, projectId: string, rule: RuleSettings, now: number): Promise<RuleTrial> {
  const { trigger } = rule;
  if (isOfRecords(trigger)) return tryOnRecords(store, projectId, rule, now);
  const changes = await changesSince(store, projectId, rule, now);
  const visitsAt = await createVisitsAt(store, projectId, rule, now);
  const state: RuleState = {};
  const none: Look['hour'] = { start: 0, count: 0, usual: undefined };
  const fitting = changes.filter((change) => fits(change, rule.filter));
  const wanted = trigger.kind === 'search' ? await meeting(store.notices, trigger.search, fitting) : fitting;
  const alerts = wanted.flatMap((change) =>
    see(rule, [change], state, { now: change.at, hour: none, visits: visitsAt(change.at) }),
  );
  const hour = await readHour(store.overview, projectId, now);
  alerts.push(...see(rule, [], state, { now, hour, visits: visitsAt(now) }));
  return {
    alerts: alerts.slice(-maxAlerts).map(({ alert }) => alert),
    looked: changes.length,
    since: changes[0]?.at ?? now,
  };
}

/** Of records the newest that the search finds. */
async function tryOnRecords(
  { logs }: TryStore,
  projectId: string,
  rule: RuleSettings,
  now: number,
): Promise<RuleTrial> {
  const since = now - dayMs;
  const list = async (query: string, limit: number) => {
    const found: KeptRecord[] = [];
    for (let before: number | undefined = Infinity; before !== undefined && found.length < limit;) {
      const isFirst = before === Infinity;
      const bounds = { projectId, since, limit: limit - found.length, ...(!isFirst && { before }) };
      const { records, next } = await logs.list({ ...parseLogQuery(query), ...bounds });
      found.push(...records);
      before = next;
    }
    return found.reverse();
  };
  const found = await list(isOfRecords(rule.trigger) ? rule.trigger.search : '', maxRecords);
  const any = found.length > 0 ? found : await list('', 1);
  const alerts = found.flatMap((record) => findRecords(rule, [record])).map(({ alert }) => alert);
  return { alerts: alerts.slice(-maxAlerts), looked: any.length, since };
}

/** What was noted; and for the time before the first channel or rule, and for searches, what the kept events say. */
async function changesSince(store: TryStore, projectId: string, { trigger }: RuleSettings, now: number) {
  const since = now - dayMs;
  const noted: Transition[] =
    trigger.kind === 'search' ? [] : await store.notices.transitionsSince(projectId, since, maxChanges);
  if (noted.length === maxChanges) return noted;
  const past = await pastChanges(store, projectId, since, noted[0]?.at ?? now);
  return [...past.filter((change) => !isNoted(change, noted)), ...noted];
}

/** It is noted a little later than the event arrived: what was noted first may be among what came before. */
function isNoted({ issueId, events: [, after] }: Transition, noted: Transition[]): boolean {
  const first = noted.find((change) => change.issueId === issueId);
  return first !== undefined && after > first.events[0];
}

/** Visits that an error rate at a time is held against. */
async function createVisitsAt({ notices }: TryStore, projectId: string, { trigger }: RuleSettings, now: number) {
  if (trigger.kind !== 'share') return () => 0;
  const last = Math.floor(now / minuteMs);
  const first = firstShareMinute(trigger.minutes, now - dayMs) - 1;
  const counts = await notices.visits(projectId, first, last);
  let sum = 0;
  const sums = Array.from({ length: last - first + 1 }, (_, i) => (sum += counts.get(first + i) ?? 0));
  return (at: number) => {
    const before = firstShareMinute(trigger.minutes, at) - 1;
    return (sums[Math.floor(at / minuteMs) - first] ?? sum) - (sums[before - first] ?? 0);
  };
}
