import type { IssueDetail } from '../../protocol/api.ts';
import { countOf, formatNumber } from './format.ts';

const dayMs = 86_400_000;
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

/** Whether it is getting worse: the last 24 hours against the average day of the week before. */
export function trend(issue: IssueDetail, now: number): string {
  const today = sum(issue.hourly);
  if (now - issue.firstSeen < dayMs) return issue.events > 1 ? 'New in the last 24 hours.' : '';
  if (today === 0) return 'Quiet for 24 hours.';
  const before = issue.daily.slice(-8, -1);
  const usual = Math.round(sum(before) / Math.max(1, Math.min(before.length, (now - issue.firstSeen) / dayMs)));
  const compared = `${countOf(today, 'event')} in the last 24 hours, about ${formatNumber(usual)} a day before.`;
  if (today >= 5 && today > usual * 2) return `Getting worse: ${compared}`;
  if (today * 2 < usual) return `Fading: ${compared}`;
  return `Steady: ${countOf(today, 'event')} in the last 24 hours.`;
}
