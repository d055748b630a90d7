import type { IssueDetail } from '../../protocol/api.ts';
import { countOf, formatNumber } from './format.ts';

const dayMs = 86_400_000;
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

export interface Trend {
  kind: 'new' | 'quiet' | 'worse' | 'fading' | 'steady';
  /** Empty where there is nothing to compare. */
  words: string;
}

/** Whether it is getting worse: the last 24 hours against the usual day before them. */
export function trend(issue: Pick<IssueDetail, 'hourly' | 'usual' | 'firstSeen' | 'events'>, now: number): Trend {
  const today = sum(issue.hourly);
  if (now - issue.firstSeen < dayMs) {
    return { kind: 'new', words: issue.events > 1 ? 'New in the last 24 hours.' : '' };
  }
  if (today === 0) return { kind: 'quiet', words: 'Quiet for 24 hours.' };
  const usual = Math.round(issue.usual);
  const compared = `${countOf(today, 'event')} in the last 24 hours, ${usual ? `about ${formatNumber(usual)} a day` : 'hardly any'} before.`;
  if (today >= 5 && today > issue.usual * 2) return { kind: 'worse', words: `Getting worse: ${compared}` };
  if (today * 2 < issue.usual) return { kind: 'fading', words: `Fading: ${compared}` };
  return { kind: 'steady', words: `Steady: ${countOf(today, 'event')} in the last 24 hours.` };
}
