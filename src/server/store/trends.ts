import type { Database } from './database.ts';
import { hourMs } from './issue-totals.ts';

const dayHours = 24;
const weekHours = 7 * dayHours;

/** Some 6 MB. */
const maxKnown = 50_000;

export interface Trends {
  /** How many more events there were in the last 24 hours than on a day of the week before, times seven; `?1` is `present`. */
  sql: string;
  /** To be called before each question, with the present hour. */
  begin(present: number): void;
  forget(): void;
}

/**
 * The hours of ten thousand issues are a hundred thousand rows, half of the time that a list by trend takes. So a trend is
 * remembered while the hour lasts, and computed again for those issues only that something was counted of since. Most others
 * had nothing in all that time, and their hours need not be read.
 */
export function createTrends(database: Database): Trends {
  const known = new Map<number, { events: number; lastSeen: number; trend: number }>();
  let hour = 0;
  database.define('known_trend', (id, events, lastSeen) => {
    const one = known.get(Number(id));
    return one && one.events === events && one.lastSeen === lastSeen ? one.trend : null;
  });
  database.define('keep_trend', (id, events, lastSeen, trend) => {
    if (known.size >= maxKnown) known.clear();
    known.set(Number(id), { events: Number(events), lastSeen: Number(lastSeen), trend: Number(trend) });
    return Number(trend);
  });
  return {
    sql: `CASE WHEN last_seen < (?1 - ${dayHours + weekHours}) * ${hourMs} THEN 0 ELSE
      coalesce(known_trend(id, events, last_seen), keep_trend(id, events, last_seen,
        (SELECT coalesce(8 * coalesce(sum(count) FILTER (WHERE hour > ?1 - ${dayHours}), 0) - sum(count), 0) FROM issue_hours
         WHERE issue_id = issues.id AND hour > ?1 - ${dayHours + weekHours} AND hour <= ?1))) END`,
    begin(present) {
      if (present !== hour) known.clear();
      hour = present;
    },
    forget: () => known.clear(),
  };
}
