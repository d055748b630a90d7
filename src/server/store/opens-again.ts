import type { Database, Row } from './database.ts';
import { compareReleases, firstSeenOf } from './release-order.ts';
import type { DigestedEvent } from './store.ts';

/** Whether an event opens again what was resolved: it happened later and, where a release was named, in that or a later one. */
export function opensAgain(database: Database, issue: Row, event: DigestedEvent): boolean {
  if (issue['status'] !== 'resolved' || event.happenedAt <= Number(issue['resolved_at'])) return false;
  const fixedIn = issue['resolved_release'] as string | null;
  if (fixedIn === null) return true;
  // A page that does not say its release may be as old as it likes.
  if (event.release === undefined) return false;
  const firstSeen = firstSeenOf(database, Number(event.projectId), event.happenedAt);
  const order = compareReleases(event.release, fixedIn, firstSeen);
  return issue['resolved_next'] === 1 ? order > 0 : order >= 0;
}

/** Whether so many events and users end a snooze, or the time of one of them. */
export function wakes(issue: Row, { events, users, at }: { events: number; users: number; at: number }): boolean {
  if (issue['status'] !== 'snoozed') return false;
  const isReached = (column: string, value: number) => issue[column] !== null && value >= Number(issue[column]);
  return (
    isReached('snoozed_events', Number(issue['events']) + events) ||
    isReached('snoozed_users', Number(issue['users']) + users) ||
    isReached('snoozed_until', at)
  );
}
