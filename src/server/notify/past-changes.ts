import { titleOf } from '../group/title.ts';
import { userNumber, valuesOf } from '../group/values.ts';
import type { Transition } from '../store/notice-store.ts';
import type { KeptEvent, Store } from '../store/store.ts';

type IssueEvent = KeptEvent & { issueId: string };
type Stores = Pick<Store, 'events' | 'records' | 'releases'>;

/** Events that are looked at: each has to be unpacked, and nothing else is answered meanwhile. */
const maxEvents = 1_000;
const maxActivities = 200;
const maxReleases = 100;

/** What is known of an issue before the next event. */
interface Totals {
  events: number;
  users: number;
  known: Set<number>;
  /** Times of the events that opened it again. */
  backAt: Set<number>;
}

/**
 * What rules would have looked at, made of the events that are kept: for the time before anything was noted for rules, and
 * for values that are noted only when a rule asks for them. Of an issue that is sampled, only what was kept is seen.
 */
export async function pastChanges(
  { events, records, releases }: Stores,
  projectId: string,
  since: number,
  until: number,
): Promise<Transition[]> {
  const kept = await events.recent(projectId, since, maxEvents);
  const totals = new Map<string, Totals>();
  for (const issueId of new Set(kept.map((one) => one.issueId))) {
    const those = kept.filter((one) => one.issueId === issueId);
    totals.set(issueId, await totalsBefore(records, issueId, those, until));
  }
  const known = await releases.releases(projectId, maxReleases);
  const fresh = new Set(known.filter(({ firstSeen }) => firstSeen >= since).map(({ name }) => name));
  return kept
    .map((one) => {
      const { release } = one.event;
      const newRelease = release !== undefined && fresh.delete(release) ? { newRelease: release } : {};
      return { ...changeOf(one, totals.get(one.issueId)), ...newRelease };
    })
    .filter(({ at }) => at < until);
}

async function totalsBefore(
  records: Stores['records'],
  issueId: string,
  those: IssueEvent[],
  now: number,
): Promise<Totals> {
  const issue = await records.issue(issueId, now);
  const sum = those.reduce((all, { event }) => all + event.count, 0);
  const users = new Set(those.map(({ event }) => userNumber(event)).filter((user) => user !== undefined));
  const activity = await records.activity(issueId, maxActivities);
  const back = activity.filter(({ kind }) => kind === 'regressed' || kind === 'woke');
  const isWhole = those.some(({ happenedAt }) => happenedAt <= (issue?.firstSeen ?? 0));
  return {
    events: isWhole ? 0 : Math.max(1, (issue?.events ?? 0) - sum),
    users: isWhole ? 0 : Math.max(0, (issue?.users ?? 0) - users.size),
    known: new Set(),
    backAt: new Set(back.map(({ at }) => at)),
  };
}

/** Moves the totals on. */
function changeOf({ seq, projectId, issueId, event, receivedAt, happenedAt }: IssueEvent, known?: Totals): Transition {
  const totals = known ?? { events: 0, users: 0, known: new Set(), backAt: new Set() };
  const [events, users] = [totals.events, totals.users];
  const user = userNumber(event);
  totals.events += event.count;
  if (user !== undefined) {
    totals.users += Number(!totals.known.has(user));
    totals.known.add(user);
  }
  return {
    id: seq,
    projectId,
    issueId,
    seq,
    at: receivedAt,
    count: event.count,
    title: titleOf(event),
    isNew: events === 0,
    isBack: totals.backAt.has(happenedAt),
    events: [events, totals.events],
    users: [users, totals.users],
    values: valuesOf(event),
  };
}
