import type { Alert, RuleSettings, Trigger, TriggerKind } from '../../protocol/notices.ts';
import type { Transition, KeyedAlert } from '../store/notice-store.ts';
import { count, countByMinute, type Window } from './windows.ts';

const minuteMs = 60_000;

/** What a rule remembers from one look to the next; plain data. */
export interface RuleState {
  /** By issue, or `''` for the project. */
  windows?: Record<string, Window>;
  /** Since when the limit has been passed, by the same. */
  open?: Record<string, { since: number; limit: number }>;
}

export interface Look {
  now: number;
  /** Events of the running hour of the project, and what is usual for it; undefined while no other day is known. */
  hour: { start: number; count: number; usual: number | undefined };
  /** Visits of the project within the rule's minutes. */
  visits: number;
}

type See<Kind extends TriggerKind> = (
  trigger: Extract<Trigger, { kind: Kind }>,
  changes: Transition[],
  state: RuleState,
  look: Look,
) => KeyedAlert[];

/** Issues that one rule keeps a window for; of more, those of the newest issues. */
const maxWindows = 2_000;

const seen: { [Kind in TriggerKind]: See<Kind> } = {
  new: (_, changes) =>
    changes.filter(({ isNew }) => isNew).map((change) => about(change, 'new', `new:${change.issueId}`, change.count)),
  regression: (_, changes) =>
    changes
      .filter(({ isBack }) => isBack)
      .map((change) => about(change, 'regression', `regression:${change.issueId}:${change.id}`, change.count)),
  count: (_, changes) =>
    changes.flatMap((change) => {
      const [before, after] = change.events;
      const power = 10 ** Math.floor(Math.log10(after) + 1e-9);
      const isPassed = power >= 10 && before < power && power <= after;
      return isPassed ? [about(change, 'count', `count:${change.issueId}:${power}`, after, power)] : [];
    }),
  users: ({ users }, changes) =>
    changes
      .filter((change) => change.users[0] < users && users <= change.users[1])
      .map((change) => about(change, 'users', `users:${change.issueId}:${users}`, change.users[1], users)),
  release: (_, changes) =>
    changes.flatMap((change) => {
      const { newRelease: release } = change;
      if (release === undefined) return [];
      const found = about(change, 'release', `release:${release}`, change.count);
      return [{ ...found, alert: { ...found.alert, release } }];
    }),
  // Those that the search has found are all that come here.
  search: (_, changes) => changes.map((change) => about(change, 'search', `search:${change.id}`, change.count)),
  any: (_, changes) => changes.map((change) => about(change, 'any', `any:${change.id}`, change.count)),
  rate: seeRate,
  share: seeShare,
  spike: seeSpike,
};

/** What a rule has to tell about these changes and this moment. Changes the state. */
export function see(
  { trigger }: Pick<RuleSettings, 'trigger'>,
  changes: Transition[],
  state: RuleState,
  look: Look,
): KeyedAlert[] {
  return (seen[trigger.kind] as See<TriggerKind>)(trigger as never, changes, state, look);
}

function about(change: Transition, kind: Alert['kind'], key: string, count: number, limit = 0): KeyedAlert {
  return { key, alert: { kind, at: change.at, issueId: change.issueId, count, limit } };
}

function seeRate(
  { events, minutes, of }: Extract<Trigger, { kind: 'rate' }>,
  changes: Transition[],
  state: RuleState,
  { now }: Look,
): KeyedAlert[] {
  const windowMs = minutes * minuteMs;
  const windows = (state.windows ??= {});
  const open = (state.open ??= {});
  const alerts: KeyedAlert[] = [];
  for (const change of changes) {
    const scope = of === 'issue' ? change.issueId : '';
    const sum = count((windows[scope] ??= []), windowMs, change.at, change.count);
    if (sum <= events || open[scope]) continue;
    open[scope] = { since: change.at, limit: events };
    const issueId = scope || null;
    alerts.push({
      key: `rate:${scope}:${change.id}`,
      alert: { kind: 'rate', at: change.at, issueId, count: sum, limit: events },
    });
  }
  for (const [scope, window] of Object.entries(windows)) {
    const sum = count(window, windowMs, now, 0);
    if (window.length === 0) delete windows[scope];
    if (sum <= events) alerts.push(...recover(open, scope, sum, now));
  }
  for (const scope of Object.keys(windows).slice(0, -maxWindows)) if (!open[scope]) delete windows[scope];
  return alerts;
}

/**
 * Visits are counted by the minute, so an error rate looks back to the beginning of one, over its minutes and the one that
 * is running: events and visits of the same time.
 */
export const firstShareMinute = (minutes: number, now: number): number => Math.floor(now / minuteMs) - minutes;

function seeShare(
  { percent, minutes, floor }: Extract<Trigger, { kind: 'share' }>,
  changes: Transition[],
  state: RuleState,
  { now, visits }: Look,
): KeyedAlert[] {
  const first = firstShareMinute(minutes, now);
  const window = ((state.windows ??= {})[''] ??= []);
  for (const change of changes) countByMinute(window, first, change.at, change.count);
  const events = countByMinute(window, first, now, 0);
  const open = (state.open ??= {});
  const share = (100 * events) / Math.max(1, visits, floor);
  if (share <= percent) return recover(open, '', share, now);
  if (visits < floor || open['']) return [];
  open[''] = { since: now, limit: percent };
  // By the minute: who looks at the same moment, a clock apart, sees the same alert.
  const key = `share:${Math.floor(now / minuteMs)}`;
  return [{ key, alert: { kind: 'share', at: now, issueId: null, count: share, limit: percent } }];
}

function seeSpike(
  { factor, floor }: Extract<Trigger, { kind: 'spike' }>,
  _changes: Transition[],
  state: RuleState,
  { now, hour }: Look,
): KeyedAlert[] {
  if (hour.usual === undefined) return [];
  const open = (state.open ??= {});
  const limit = Math.max(floor, factor * hour.usual);
  const isAbove = hour.count >= limit;
  const known = open[''];
  if (isAbove && !known) {
    open[''] = { since: hour.start, limit };
    const alert: Alert = { kind: 'spike', at: now, issueId: null, count: hour.count, limit: hour.usual };
    return [{ key: `spike:${hour.start}`, alert }];
  }
  // A running hour begins with nothing: only a later one that stays below for half its length says that it is over.
  const isOver = known && !isAbove && hour.start > known.since && now - hour.start > 1_800_000;
  return isOver ? recover(open, '', hour.count, now) : [];
}

function recover(open: NonNullable<RuleState['open']>, scope: string, count: number, now: number): KeyedAlert[] {
  const known = open[scope];
  if (!known) return [];
  delete open[scope];
  const alert: Alert = { kind: 'recovered', at: now, issueId: scope || null, count, limit: known.limit };
  return [{ key: `recovered:${scope}:${known.since}`, alert }];
}
