import type { RuleSettings, RuleTrial } from '../../protocol/notices.ts';
import type { NoticeStore } from '../store/notice-store.ts';
import { fits } from './fits.ts';
import { readHour, type HourCounts } from './look.ts';
import { see, type RuleState } from './triggers.ts';

const dayMs = 86_400_000;
const maxChanges = 50_000;
const maxAlerts = 100;

/** What a rule would have told within the last day: the same changes, in the same order, by the same code. */
export async function tryRule(
  { notices, overview }: { notices: NoticeStore; overview: HourCounts },
  projectId: string,
  rule: RuleSettings,
  now: number,
): Promise<RuleTrial> {
  const changes = await notices.transitionsSince(projectId, now - dayMs, maxChanges);
  const state: RuleState = {};
  const none = { start: 0, count: 0, usual: undefined };
  const alerts = changes
    .filter((change) => fits(change, rule.filter))
    .flatMap((change) => see(rule, [change], state, { now: change.at, hour: none }));
  const hour = await readHour(overview, projectId, now);
  alerts.push(...see(rule, [], state, { now, hour }));
  return {
    alerts: alerts.slice(-maxAlerts).map(({ alert }) => alert),
    looked: changes.length,
    since: changes[0]?.at ?? now,
  };
}
