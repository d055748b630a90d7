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

const undoneWords: Record<string, string> = {
  resolved: 'resolved',
  reopened: 'opened again',
  ignored: 'ignored',
  snoozed: 'snoozed',
  assigned: 'assigned',
};

/** What somebody did, after their name; the issue that it was done to, if it is another one, follows. */
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
    case 'undone':
      return `took back that it was ${undoneWords[activity.deed ?? ''] ?? 'changed'}`;
    case 'merged':
      return 'merged into this one';
    case 'unmerged':
      return 'took out again';
    case 'split':
      return 'split off';
    case 'unsplit':
      return 'put back';
    case 'split-off':
      return 'split this one off';
  }
}
