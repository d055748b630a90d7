import type { KeyedAlert, NoticeStore, StoredRule, Transition } from '../store/notice-store.ts';
import type { KeptRecord, LogStore } from '../store/log-store.ts';
import type { OverviewStore } from '../store/store.ts';
import { findRecords, isOfRecords } from './find-records.ts';
import { fits } from './fits.ts';
import { meeting } from './meeting.ts';
import { firstShareMinute, see, type Look, type RuleState } from './triggers.ts';
import { firstHourFor, usual } from './usual.ts';

export type HourCounts = Pick<OverviewStore, 'projectHours'>;

const hourMs = 3_600_000;
/** Changes, and records, that share one transaction. */
const maxAtOnce = 2_000;
/** How long the counts of a project's hours are believed, ms. */
const hoursMs = 15_000;

export interface Looker {
  /** Lets rules look at what has changed, and remember it; false when there was nothing new. */
  look(now: number): Promise<boolean>;
}

export function createLooker(store: NoticeStore, logs: Pick<LogStore, 'noted'>, overview: HourCounts): Looker {
  const hours = createHours(overview);
  const lookBy = async (rule: StoredRule, changes: Transition[], records: KeptRecord[], now: number) => {
    const { trigger, projectId } = rule;
    if (isOfRecords(trigger)) {
      const alerts = findRecords(
        rule,
        records.filter((record) => record.projectId === projectId),
      );
      return { rule, ruleId: rule.id, state: rule.state, alerts, isNews: alerts.length > 0 };
    }
    const state = structuredClone(rule.state) as RuleState;
    const hour = trigger.kind === 'spike' ? await hours(projectId, now) : noHour;
    const visits = trigger.kind === 'share' ? await readVisits(store, projectId, trigger.minutes, now) : 0;
    const fitting = changes.filter((change) => change.projectId === projectId && fits(change, rule.filter));
    const wanted = trigger.kind === 'search' ? await meeting(store, trigger.search, fitting) : fitting;
    const alerts: KeyedAlert[] = see(rule, wanted, state, { now, hour, visits });
    return { rule, ruleId: rule.id, state, alerts, isNews: alerts.length > 0 || !isSame(state, rule.state) };
  };
  return {
    async look(now) {
      // Before the rules, so that what they remember is not older than the mark: who else looks moves it on.
      const from = await store.lookedUpTo();
      const rules = (await store.rules()).filter(({ isEnabled }) => isEnabled);
      const changes = await store.newTransitions(maxAtOnce);
      const noted = await logs.noted(from.records, maxAtOnce);
      const looks = await Promise.all(rules.map((rule) => lookBy(rule, changes, noted.records, now)));
      const found = looks.filter(({ isNews }) => isNews);
      const upTo = { changes: changes.at(-1)?.id ?? from.changes, records: noted.upTo };
      const isFurther = upTo.changes > from.changes || upTo.records > from.records;
      if (found.length === 0 && !isFurther) return false;
      await store.keepAlerts(from, upTo, found);
      return isFurther;
    },
  };
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const noHour: Look['hour'] = { start: 0, count: 0, usual: undefined };

async function readVisits(store: NoticeStore, projectId: string, minutes: number, now: number): Promise<number> {
  const counts = await store.visits(projectId, firstShareMinute(minutes, now), Math.floor(now / 60_000));
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** The running hour of a project beside the same hour of other days. */
function createHours(overview: HourCounts) {
  const known = new Map<string, { until: number; hour: Look['hour'] }>();
  return async (projectId: string, now: number): Promise<Look['hour']> => {
    const found = known.get(projectId);
    if (found && now < found.until) return found.hour;
    const hour = await readHour(overview, projectId, now);
    known.set(projectId, { until: now + hoursMs, hour });
    return hour;
  };
}

export async function readHour(overview: HourCounts, projectId: string, now: number): Promise<Look['hour']> {
  const running = Math.floor(now / hourMs);
  const counts = new Map(await overview.projectHours(projectId, firstHourFor(running)));
  return { start: running * hourMs, count: counts.get(running) ?? 0, usual: usual(counts, running) };
}
