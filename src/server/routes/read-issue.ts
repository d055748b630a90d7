import type { Distribution, IssueDetail } from '../../protocol/api.ts';
import { notFound } from '../http/errors.ts';
import type { RecordStore } from '../store/store.ts';

const hourMs = 3_600_000;
const hoursOfChart = 30 * 24;
const shownValues = 25;

/** All that an issue's page says of it. Throws 404. */
export async function readIssue(records: RecordStore, issueId: string): Promise<IssueDetail> {
  const now = Date.now();
  const issue = await records.issue(issueId, now);
  if (!issue) throw notFound('issue');
  const firstHour = firstHourOfChart(now);
  return {
    ...issue,
    daily: daysOf(await records.issueHours(issue.id, firstHour), firstHour),
    releases: await records.releasesSince(issue.projectId, firstHour * hourMs),
    distributions: distributions(await records.issueValues(issue.id)),
  };
}

/** Charts of 30 days begin with this hour. */
export const firstHourOfChart = (now: number) => Math.floor(now / hourMs) - hoursOfChart + 1;

/** The last 24 of them. */
export function hoursOfDay(hours: [number, number][], firstHour: number): number[] {
  const counts = Array.from({ length: 24 }, () => 0);
  for (const [hour, count] of hours) {
    const at = hour - firstHour - (hoursOfChart - 24);
    if (at >= 0 && at < counts.length) counts[at] = count;
  }
  return counts;
}

/** Days of 24 hours that end with the present hour. */
export function daysOf(hours: [number, number][], firstHour: number): number[] {
  const days = Array.from({ length: hoursOfChart / 24 }, () => 0);
  for (const [hour, count] of hours) {
    const day = Math.floor((hour - firstHour) / 24);
    if (day < days.length) days[day] = (days[day] ?? 0) + count;
  }
  return days;
}

/** The store has sorted them: by property, the most frequent value first. */
function distributions(values: { property: string; value: string; count: number }[]): Distribution[] {
  const all: Distribution[] = [];
  for (const { property, value, count } of values) {
    if (all.at(-1)?.property !== property) all.push({ property, values: [] });
    const shown = all.at(-1)?.values ?? [];
    if (shown.length < shownValues) shown.push({ value, count });
  }
  return all;
}
