import { computed, signal } from '@preact/signals';
import type { IssueList, IssueSummary, LiveMessage, Session } from '../../src/protocol/api.ts';
import { endpoint } from '../reporter.ts';

/** A line of the list. */
export interface Report {
  key: string;
  title: string;
  /** What is worth knowing beside the title: that it is new, or how often it happened. */
  remark: string;
  at: number;
  href: string;
  /** Arrived while the page was open. */
  live: boolean;
}

export type Connection = 'connecting' | 'signed-out' | 'open' | 'lost';

type Arrived = Report & { issueId: string; times: number };

const longestList = 60;

export const connection = signal<Connection>('connecting');
const arrived = signal<Arrived[]>([]);
const earlier = signal<IssueSummary[]>([]);

/** Newest first: what arrived while one looks, then the issues known before. */
export const reports = computed<Report[]>(() => {
  const shown = new Set(arrived.value.map((report) => report.issueId));
  return [...arrived.value, ...earlier.value.filter((issue) => !shown.has(issue.id)).map(fromIssue)];
});

const fromIssue = (issue: IssueSummary): Report => ({
  key: issue.id,
  title: issue.title,
  remark: issue.events === 1 ? 'once' : `${issue.events} times`,
  at: issue.lastSeen,
  href: `/issues/${encodeURIComponent(issue.id)}`,
  live: false,
});

const fromLive = (message: LiveMessage): Arrived => ({
  times: 1,
  key: message.eventId,
  issueId: message.issueId,
  title: message.title,
  remark: message.isNew ? 'new issue' : 'seen before',
  at: message.at,
  href: `/issues/${encodeURIComponent(message.issueId)}?event=${encodeURIComponent(message.eventId)}`,
  live: true,
});

/** The project whose key this page reports with; the list shows no other. */
function ownProject(session: Session): string {
  const key = endpoint.split('/').at(-1);
  return session.projects.find((project) => project.key === key)?.id ?? '';
}

async function loadEarlier(project: string): Promise<void> {
  const response = await fetch(`/api/issues?project=${encodeURIComponent(project)}&sort=lastSeen&limit=20`);
  if (response.ok) earlier.value = ((await response.json()) as IssueList).issues;
}

function receive(message: MessageEvent<string>): void {
  const report = fromLive(JSON.parse(message.data) as LiveMessage);
  if (arrived.value.some(({ key }) => key === report.key)) return;
  const [last, ...older] = arrived.value;
  // A storm of one bug is one line.
  const others = last?.issueId === report.issueId ? older : arrived.value;
  const times = others === older ? (last?.times ?? 1) + 1 : 1;
  const told = times > 1 ? { ...report, times, remark: `${times} times in a row` } : report;
  arrived.value = [told, ...others].slice(0, longestList);
}

function open(project: string): EventSource {
  const source = new EventSource(`/api/live?project=${encodeURIComponent(project)}`);
  // Also after a pause: what arrived in between is not sent again.
  source.onopen = () => {
    connection.value = 'open';
    void loadEarlier(project).catch(() => undefined);
  };
  source.onerror = () => {
    connection.value = 'lost';
  };
  source.addEventListener('event', receive);
  return source;
}

/** Chromium's back-forward cache would keep the connection of a page that was left, and a host has only six. */
function listen(project: string): void {
  let source = open(project);
  addEventListener('pagehide', () => source.close());
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) source = open(project);
  });
}

/** Shows what arrives, if somebody is signed in. Problems of this list are no problems of the shop. */
export async function followReports(): Promise<void> {
  try {
    const response = await fetch('/api/session');
    if (!response.ok) connection.value = 'signed-out';
    else listen(ownProject((await response.json()) as Session));
  } catch {
    connection.value = 'lost';
  }
}
