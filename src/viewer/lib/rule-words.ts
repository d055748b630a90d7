import type { Alert, ChannelKind, RuleFilter, RuleSettings, Trigger, TriggerKind } from '../../protocol/notices.ts';
import { capital } from './words.ts';

export const channelWords: Record<ChannelKind, string> = {
  email: 'E-mail',
  slack: 'Slack',
  discord: 'Discord',
  teams: 'Microsoft Teams',
  pagerduty: 'PagerDuty',
  webhook: 'Webhook',
};

/** What a rule waits for, as a choice. */
export const triggerWords: Record<TriggerKind, string> = {
  new: 'A new issue',
  regression: 'An issue that comes back',
  count: 'The 10th, 100th, 1,000th … event of an issue',
  rate: 'More events than a limit',
  share: 'An error rate: events for 100 visits',
  spike: 'Many more events than usual',
  users: 'An issue that reaches so many users',
  release: 'The first event of a release',
  search: 'An event or a log record that a search finds',
  any: 'Any event that fits',
};

/** What a rule waits for, as a sentence begins. */
export function triggerWord(trigger: Trigger): string {
  switch (trigger.kind) {
    case 'rate':
      return `More than ${trigger.events} events in ${trigger.minutes} min of ${trigger.of === 'issue' ? 'an issue' : 'the project'}`;
    case 'share':
      return `More than ${trigger.percent} events for 100 visits in ${trigger.minutes} min, from ${trigger.floor} visits on`;
    case 'search':
      return `${trigger.in === 'records' ? 'A log record' : 'An event'} that “${trigger.search}” finds`;
    case 'spike':
      return `${trigger.factor} times as many events in an hour as usual, and at least ${trigger.floor}`;
    case 'users':
      return `An issue that reaches ${trigger.users} users`;
    default:
      return triggerWords[trigger.kind];
  }
}

function filterWord({ level, release, environment, page, tag, words }: RuleFilter): string {
  const parts = [
    level && `${level} or worse`,
    release && `release ${release}`,
    environment && `in ${environment}`,
    page && `on ${page}`,
    tag && `${tag.name} is ${tag.value}`,
    words && `“${words}” in the title`,
  ];
  return parts.filter(Boolean).join(', ');
}

function paceWord({ pace, atMostEvery, quiet }: RuleSettings): string {
  const parts = [
    pace === 'now' ? 'at once' : pace === 'hourly' ? 'each hour' : 'each morning',
    atMostEvery > 0 && `at most every ${atMostEvery} min`,
    quiet && `not from ${quiet.from} to ${quiet.to} o’clock`,
  ];
  return parts.filter(Boolean).join(', ');
}

export function ruleWord(rule: RuleSettings): string {
  return [triggerWord(rule.trigger), filterWord(rule.filter), capital(paceWord(rule))].filter(Boolean).join(' · ');
}

export const alertWords: Record<Alert['kind'], string> = {
  new: 'New',
  regression: 'Back again',
  count: 'Round number',
  rate: 'Above the limit',
  share: 'Error rate',
  spike: 'Spike',
  users: 'Users',
  release: 'First of a release',
  search: 'Found',
  any: 'Fits',
  recovered: 'Over',
};
