import type { IssueStatus, IssueSummary } from '../../protocol/api.ts';
import type { Level } from '../../protocol/event.ts';
import type { Database, Row, Value } from './database.ts';
import { hourMs } from './issue-totals.ts';
import type { FoundIssue, IssueQuery, IssueSort, RecordStore } from './store.ts';

type IssueRecords = Pick<RecordStore, 'issues' | 'issue' | 'issueHours' | 'issueValues' | 'setIssueStatus'>;

const sortColumns: Record<IssueSort, string> = {
  lastSeen: 'last_seen',
  firstSeen: 'first_seen',
  events: 'events',
  users: 'users',
};

export function createIssueRecords(database: Database): IssueRecords {
  const summary = (row: Row, now: number) => issueSummary(database, row, now);

  return {
    async issues(query) {
      const { where, values } = conditions(query);
      const total = Number(database.get(`SELECT count(*) AS total FROM issues WHERE ${where}`, ...values)?.['total']);
      const column = sortColumns[query.sort];
      const after = query.after ? `AND (${column}, id) < (?, ?)` : '';
      const rows = database.all(
        `SELECT * FROM issues WHERE ${where} ${after} ORDER BY ${column} DESC, id DESC LIMIT ?`,
        ...values,
        ...(query.after ?? []),
        query.limit,
      );
      return { issues: rows.map((row) => summary(row, query.now)), total };
    },

    async issue(id, now) {
      const row = database.get(
        `SELECT issues.*, events.id AS latest_event_id FROM issues LEFT JOIN events ON events.seq = latest_seq
         WHERE issues.id = coalesce((SELECT issue_id FROM issue_aliases WHERE id = ?1), ?1)`,
        Number(id),
      );
      return row && foundIssue(row, summary(row, now));
    },

    async issueHours(id, firstHour) {
      return hoursOf(database, Number(id), firstHour);
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

    async setIssueStatus(id, status) {
      const resolvedAt = status === 'resolved' ? Date.now() : null;
      return (
        database.run('UPDATE issues SET status = ?, resolved_at = ? WHERE id = ?', status, resolvedAt, Number(id))
          .changes > 0
      );
    },
  };
}

const hoursOf = (database: Database, id: number, firstHour: number) =>
  database
    .all('SELECT hour, count FROM issue_hours WHERE issue_id = ? AND hour >= ? ORDER BY hour', id, firstHour)
    .map((row): [number, number] => [Number(row['hour']), Number(row['count'])]);

/** A row of `issues` as lists show it. */
export function issueSummary(database: Database, row: Row, now: number): IssueSummary {
  const firstHour = Math.floor(now / hourMs) - 23;
  const hourly = Array.from({ length: 24 }, () => 0);
  for (const [hour, count] of hoursOf(database, Number(row['id']), firstHour)) {
    if (hour - firstHour < 24) hourly[hour - firstHour] = count;
  }
  return { ...issue(row), hourly };
}

function conditions({ projectId, status, words, values: pairs }: IssueQuery): { where: string; values: Value[] } {
  const where = ['true'];
  const values: Value[] = [];
  const add = (sql: string, ...more: Value[]) => {
    where.push(sql);
    values.push(...more);
  };
  if (projectId !== undefined) add('project_id = ?', Number(projectId));
  if (status) add('status = ?', status);
  if (words.length > 0) {
    // Quoted, a word is only a word to FTS5, whatever characters it has.
    const match = words.map((word) => `"${word.replaceAll('"', '""')}"*`).join(' ');
    add(
      `id IN (SELECT issue_id FROM issue_texts WHERE id IN (SELECT rowid FROM issue_search WHERE issue_search MATCH ?))`,
      match,
    );
  }
  for (const [property, value] of pairs) {
    add(
      'EXISTS (SELECT 1 FROM issue_values WHERE issue_id = issues.id AND property = ? AND value LIKE ? ESCAPE ?)',
      property,
      `${value.replace(/[\\%_]/g, '\\$&')}%`,
      '\\',
    );
  }
  return { where: where.join(' AND '), values };
}

function issue(row: Row): Omit<IssueSummary, 'hourly'> {
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

function foundIssue(row: Row, summary: IssueSummary): FoundIssue {
  return {
    ...summary,
    latestEventId: String(row['latest_event_id'] ?? ''),
    sampled: Number(row['sampled']),
    grouping: {
      version: String(row['grouping_version']),
      reasons: JSON.parse(String(row['reasons'])) as string[],
    },
  };
}
