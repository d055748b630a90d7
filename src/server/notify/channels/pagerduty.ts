import type { EventPayloadV2 } from '@pagerduty/pdjs/build/src/events.js';
import type { Level } from '../../../protocol/event.ts';
import { factsOf, json, placeOf, recordFactsOf, recordLineOf, trailOf, type Channel } from './channel.ts';

const defaultUrl = 'https://events.pagerduty.com/v2/enqueue';
const maxSummary = 1_024;

/** https://developer.pagerduty.com/docs/send-alert-event */
const severities: Record<Level, 'critical' | 'error' | 'warning' | 'info'> = {
  trace: 'info',
  debug: 'info',
  info: 'info',
  notice: 'info',
  warning: 'warning',
  error: 'error',
  critical: 'critical',
};

/** What its API takes beside what its own library knows. */
interface Client {
  client: string;
  client_url: string;
}

/** Events API v2 of PagerDuty: a notice triggers, and the one that says that it is over resolves the same incident. */
export const pagerduty: Channel = (notice, { url = defaultUrl, secret = '' }) => {
  const { issues, records = [] } = notice;
  const [[issue], [record]] = [issues, records];
  const dedup = { routing_key: secret, dedup_key: `pagefault-${notice.project.id}-${issue?.id ?? notice.rule}` };
  if (notice.kind === 'recovered') return json(url, { ...dedup, event_action: 'resolve' });
  const incident: EventPayloadV2 & Client = {
    ...dedup,
    event_action: 'trigger',
    client: 'Pagefault',
    client_url: notice.link,
    links: [{ href: notice.link, text: 'Open in Pagefault' }],
    payload: {
      summary: notice.headline.slice(0, maxSummary),
      source: notice.project.name,
      severity: severities[(issue ?? record)?.level ?? 'error'],
      timestamp: new Date(notice.at).toISOString(),
      ...(issue && {
        component: placeOf(issue).slice(0, 200),
        custom_details: { facts: factsOf(issue), trail: trailOf(issue), rule: notice.rule },
      }),
      ...(record && {
        component: record.logger.slice(0, 200),
        custom_details: { facts: recordFactsOf(record), trail: records.map(recordLineOf), rule: notice.rule },
      }),
    },
  };
  return json(url, incident);
};
