import type { IssueStatus, IssueSummary, Resolution, Snooze } from '../../protocol/api.ts';
import type { Level } from '../../protocol/event.ts';
import { correctionsOf } from './corrections-of.ts';
import type { Database, Row } from './database.ts';
import { headOf } from './head-of.ts';
import { issueConditions } from './issue-conditions.ts';
import { newestSeq } from './issue-order.ts';
import { hourMs } from './issue-totals.ts';
import type { FoundIssue, IssueSort, RecordStore } from './store.ts';
import type { Trends } from './trends.ts';

type IssueRecords = Pick<RecordStore, 'issues' | 'issue' | 'issueHours' | 'issueValues' | 'releasesSince'>;

const dayHours = 24;
const weekHours = 7 * dayHours;

const sortColumns: Record<Exclude<IssueSort, 'trend'>, string> = {
  lastSeen: 'last_seen',
  firstSeen: 'first_seen',
  events: 'events',
  users: 'users',
};

export function createIssueRecords(database: Database, trends: Trends): IssueRecords {
  return {
    async issues(query) {
      const { where, values } = issueConditions(database, query);
      const count = () =>
        Number(
          database.get(`SELECT count(*) AS total FROM shown_issues AS issues WHERE ${where}`, ...values)?.['total'],
        );
      // To look for words and values costs more than to count the rows that come with them; without it is the other way round.
      const isLookedUp = query.words.length + query.values.length > 0;
      const present = Math.floor(query.now / hourMs);
      trends.begin(present);
      const [column, bound] = query.sort === 'trend' ? [trends.sql, [present]] : [sortColumns[query.sort], []];
      const after = query.after ? `(sort_value, top) < (?, ?)` : 'true';
      // Ids alone are sorted first: whole rows take three times as long. A trend would be computed for each use of it.
      const rows = database.all(
        `WITH found AS ${isLookedUp || query.sort === 'trend' ? 'MATERIALIZED' : 'NOT MATERIALIZED'} (
           SELECT id AS top, ${column} AS sort_value FROM shown_issues AS issues WHERE ${where})
         SELECT issues.*, sort_value, ${isLookedUp ? '(SELECT count(*) FROM found)' : 'NULL'} AS total FROM (
           SELECT * FROM found WHERE ${after} ORDER BY sort_value DESC, top DESC LIMIT ?)
         CROSS JOIN issues ON issues.id = top ORDER BY sort_value DESC, top DESC`,
        ...bound,
        ...values,
        ...(query.after ?? []),
        query.limit,
      );
      return {
        issues: issueSummaries(database, rows, query.now),
        total: Number(rows[0]?.['total'] ?? (isLookedUp && !query.after ? 0 : count())),
        places: rows.map((row): [number, number] => [Number(row['sort_value']), Number(row['id'])]),
      };
    },

    async issue(id, now) {
      const row = database.get(
        `SELECT issues.*, events.id AS latest_event_id FROM issues LEFT JOIN events ON events.seq = (${newestSeq})
         WHERE issues.id = ?`,
        headOf(database, Number(id)) ?? null,
      );
      const [summary] = row ? issueSummaries(database, [row], now) : [];
      return row && summary && { ...foundIssue(row, summary), corrections: correctionsOf(database, Number(row['id'])) };
    },

    async issueHours(id, firstHour) {
      return database
        .all(
          'SELECT hour, count FROM issue_hours WHERE issue_id = ? AND hour >= ? ORDER BY hour',
          Number(id),
          firstHour,
        )
        .map((row): [number, number] => [Number(row['hour']), Number(row['count'])]);
    },

    async issueValues(id) {
      return database
        .all(
          `SELECT property, value, count FROM issue_values WHERE issue_id = ? ORDER BY property, count DESC, value`,
          Number(id),
        )
        .map((row) => ({
          property: String(row['property']),
          value: String(row['value']),
          count: Number(row['count']),
        }));
    },

    async releasesSince(projectId, since) {
      return database
        .all(
          'SELECT name, first_seen FROM releases WHERE project_id = ? AND first_seen >= ? ORDER BY first_seen LIMIT 100',
          Number(projectId),
          since,
        )
        .map((row) => ({ name: String(row['name']), firstSeen: Number(row['first_seen']) }));
    },
  };
}

/** Rows of `issues` as lists show them. The hours of all are asked for at once: a page has up to 500 of them. */
export function issueSummaries(database: Database, rows: Row[], now: number): IssueSummary[] {
  const firstHour = Math.floor(now / hourMs) - dayHours + 1;
  const found = database.all(
    `SELECT issue_id, sum(count) FILTER (WHERE hour < ?1) AS before,
       group_concat((hour - ?1) || ':' || count) FILTER (WHERE hour >= ?1) AS hours FROM issue_hours
     WHERE issue_id IN (SELECT value FROM json_each(?2)) AND hour >= ?1 - ${weekHours} GROUP BY issue_id`,
    firstHour,
    JSON.stringify(rows.map(({ id }) => id)),
  );
  const counted = new Map(found.map((row) => [row['issue_id'], row]));
  return rows.map((row) => {
    const { before = null, hours = null } = counted.get(row['id'] ?? null) ?? {};
    const hourly = Array.from({ length: dayHours }, () => 0);
    for (const pair of hours === null ? [] : String(hours).split(',')) {
      const [hour = 0, count = 0] = pair.split(':').map(Number);
      if (hour < dayHours) hourly[hour] = count;
    }
    const usual = usualDay(Number(before), firstHour, Number(row['first_seen']));
    return { ...issue(row), hourly, usual, assignee: assigneeOf(database, row) };
  });
}

/** Events of a day in the week before `firstHour`, or in as much of it as the issue has seen. */
function usualDay(events: number, firstHour: number, firstSeen: number): number {
  const days = Math.min(7, Math.max(1, (firstHour - firstSeen / hourMs) / dayHours));
  return Math.round((10 * events) / days) / 10;
}

function assigneeOf(database: Database, { assignee_id: id = null }: Row): IssueSummary['assignee'] {
  const row = id === null ? undefined : database.get('SELECT id, name FROM people WHERE id = ?', id);
  return row ? { id: String(row['id']), name: String(row['name']) } : null;
}

function issue(row: Row): Omit<IssueSummary, 'hourly' | 'usual' | 'assignee'> {
  return {
    id: String(row['id']),
    number: Number(row['number']),
    projectId: String(row['project_id']),
    title: String(row['title']),
    culprit: String(row['culprit']),
    level: row['level'] as Level,
    status: row['status'] as IssueStatus,
    events: Number(row['events']),
    users: Number(row['users']),
    firstSeen: Number(row['first_seen']),
    lastSeen: Number(row['last_seen']),
    firstRelease: row['first_release'] as string | null,
    lastRelease: row['last_release'] as string | null,
  };
}

function foundIssue(row: Row, summary: IssueSummary): Omit<FoundIssue, 'corrections'> {
  return {
    ...summary,
    resolution: summary.status === 'resolved' ? resolution(row) : null,
    snooze: summary.status === 'snoozed' ? snooze(row) : null,
    latestEventId: String(row['latest_event_id'] ?? ''),
    sampled: Number(row['sampled']),
    grouping: {
      version: String(row['grouping_version']),
      reasons: JSON.parse(String(row['reasons'])) as string[],
    },
  };
}

const resolution = (row: Row): Resolution => ({
  at: Number(row['resolved_at']),
  release: row['resolved_release'] as string | null,
  isNext: row['resolved_next'] === 1,
});

function snooze(row: Row): Snooze {
  const left = (column: string, counted: string) =>
    row[column] === null ? {} : { [counted]: Math.max(0, Number(row[column]) - Number(row[counted])) };
  const until = row['snoozed_until'];
  return {
    ...(until == null ? {} : { until: Number(until) }),
    ...left('snoozed_events', 'events'),
    ...left('snoozed_users', 'users'),
  };
}
