import type { KeyedAlert, NoticeStore, StoredRule } from '../store/notice-store.ts';
import type { OverviewStore } from '../store/store.ts';
import { fits } from './fits.ts';
import { see, type Look, type RuleState } from './triggers.ts';
import { firstHourFor, usual } from './usual.ts';

export type HourCounts = Pick<OverviewStore, 'projectHours'>;

const hourMs = 3_600_000;
/** Changes that share one transaction. */
const maxChanges = 2_000;
/** How long the counts of a project's hours are believed, ms. */
const hoursMs = 15_000;

export interface Looker {
  /** Lets all rules look at what has changed; false when there was nothing new. */
  look(now: number): Promise<boolean>;
}

export function createLooker(store: NoticeStore, overview: HourCounts): Looker {
  const hours = createHours(overview);
  const lookBy = async (rule: StoredRule, changes: Parameters<typeof see>[1], now: number) => {
    const state = structuredClone(rule.state) as RuleState;
    const hour = rule.trigger.kind === 'spike' ? await hours(rule.projectId, now) : noHour;
    const wanted = changes.filter((change) => change.projectId === rule.projectId && fits(change, rule.filter));
    const alerts: KeyedAlert[] = see(rule, wanted, state, { now, hour });
    return { ruleId: rule.id, state, alerts, isNews: alerts.length > 0 || !isSame(state, rule.state) };
  };
  return {
    async look(now) {
      const from = await store.lookedUpTo();
      const changes = await store.newTransitions(maxChanges);
      const rules = (await store.rules()).filter(({ isEnabled }) => isEnabled);
      const found = (await Promise.all(rules.map((rule) => lookBy(rule, changes, now)))).filter(({ isNews }) => isNews);
      const upTo = changes.at(-1)?.id ?? from;
      if (found.length > 0 || upTo > from) await store.keepAlerts(from, upTo, found);
      return changes.length > 0;
    },
  };
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
const noHour: Look['hour'] = { start: 0, count: 0, usual: undefined };

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
