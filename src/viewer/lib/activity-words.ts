import type { Activity, Snooze } from '../../protocol/api.ts';
import { countOf } from './format.ts';

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** `until 10 more events or 2 more users`. */
export function snoozeWords({ until, events, users }: Snooze): string {
  const ends = [
    until !== undefined && moment.format(until),
    events !== undefined && countOf(events, 'more event'),
    users !== undefined && countOf(users, 'more user'),
  ];
  return `until ${ends.filter(Boolean).join(' or ')}`;
}

const inRelease = ({ release, isNext }: Activity) =>
  release === undefined ? '' : ` in ${isNext ? 'the release after ' : ''}${release}`;

/** What somebody did, after their name. */
export function deedWords(activity: Activity): string {
  switch (activity.kind) {
    case 'resolved':
      return `resolved it${inRelease(activity)}`;
    case 'reopened':
      return 'opened it again';
    case 'ignored':
      return 'ignored it';
    case 'snoozed':
      return `snoozed it ${snoozeWords(activity.snooze ?? {})}`;
    case 'assigned':
      return `assigned it to ${activity.assignee ?? 'nobody'}`;
    case 'commented':
      return 'wrote';
    case 'regressed':
      return `It happened again${inRelease(activity)}`;
    case 'woke':
      return 'The snooze has ended';
  }
}
