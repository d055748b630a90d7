import { levels, type Event, type Level } from '../../protocol/event.ts';
import type { Database, Row, Value } from './database.ts';
import { newestFirst, oldestFirst } from './issue-order.ts';
import { hourMs } from './issue-totals.ts';
import type { DigestedEvent } from './store.ts';
import { others, valueNumber } from './value-counts.ts';

/** Adds what was counted for one issue to another. `isPart`: it stays a part, and may be taken away again. */
export function addSums(database: Database, to: number, from: number, isPart: boolean): void {
  database.run(
    `INSERT INTO issue_hours SELECT ?1, hour, count FROM issue_hours WHERE issue_id = ?2
     ON CONFLICT DO UPDATE SET count = count + excluded.count`,
    to,
    from,
  );
  database.run(
    `INSERT INTO value_counts SELECT ?1, value_id, count FROM value_counts WHERE issue_id = ?2
     ON CONFLICT DO UPDATE SET count = count + excluded.count`,
    to,
    from,
  );
  for (const [table, column] of [
    ['issue_users', 'user'],
    ['issue_texts', 'text, number'],
  ]) {
    database.run(
      `INSERT INTO ${table} (issue_id, ${column}, is_of_part)
       SELECT ?1, ${column}, CASE WHEN ?3 THEN 1 ELSE is_of_part END FROM ${table} WHERE issue_id = ?2
       ON CONFLICT DO UPDATE SET is_of_part = min(is_of_part, excluded.is_of_part)`,
      to,
      from,
      Number(isPart),
    );
  }
  database.run(
    `INSERT INTO unresolved_files SELECT project_id, basename, ?1 FROM unresolved_files WHERE issue_id = ?2
     ON CONFLICT DO NOTHING`,
    to,
    from,
  );
  addRow(database, to, from);
}

function addRow(database: Database, to: number, from: number): void {
  const [issue, other] = [rowOf(database, to), rowOf(database, from)];
  const isEarlier = Number(other['first_seen']) < Number(issue['first_seen']);
  const isLater = Number(other['last_seen']) > Number(issue['last_seen']);
  const level = Math.max(levels.indexOf(issue['level'] as Level), levels.indexOf(other['level'] as Level));
  database.run(
    `UPDATE issues SET events = events + ?, sampled = sampled + ?, first_seen = min(first_seen, ?),
     last_seen = max(last_seen, ?), first_release = ?, last_release = ?, level = ?,
     users = (SELECT count(*) FROM issue_users WHERE issue_id = issues.id) WHERE id = ?`,
    other['events'] ?? 0,
    other['sampled'] ?? 0,
    other['first_seen'] ?? 0,
    other['last_seen'] ?? 0,
    (isEarlier ? other : issue)['first_release'] ?? null,
    (isLater ? other : issue)['last_release'] ?? null,
    levels[level] ?? 'error',
    to,
  );
}

/** Takes the sums of a part away from an issue that it is no longer part of. */
export function subtractPart(database: Database, from: number, part: number): void {
  const { events, sampled } = rowOf(database, part);
  for (const { hour, count } of database.all('SELECT hour, count FROM issue_hours WHERE issue_id = ?', part)) {
    subtractHour(database, from, Number(hour), Number(count));
  }
  for (const { property, value, count } of database.all(
    'SELECT property, value, count FROM issue_values WHERE issue_id = ?',
    part,
  )) {
    subtractValue(database, from, [String(property), String(value)], Number(count));
  }
  // What other parts have brought too stays.
  for (const [table, column] of [
    ['issue_users', 'user'],
    ['issue_texts', 'text'],
  ]) {
    database.run(
      `DELETE FROM ${table} WHERE issue_id = ?1 AND is_of_part AND ${column} IN (SELECT ${column} FROM ${table} WHERE issue_id = ?2)
       AND ${column} NOT IN (SELECT ${column} FROM ${table} WHERE issue_id IN (SELECT id FROM issues WHERE merged_into = ?1))`,
      from,
      part,
    );
  }
  database.run(
    'UPDATE issues SET events = max(0, events - ?), sampled = max(0, sampled - ?) WHERE id = ?',
    events ?? 0,
    sampled ?? 0,
    from,
  );
}

/** Takes away what one event, which has been filed elsewhere, was counted for. Whom it happened to is not known to go. */
export function subtractEvent(
  database: Database,
  from: number,
  { count, happenedAt, values }: Pick<DigestedEvent, 'count' | 'happenedAt' | 'values'>,
): void {
  subtractHour(database, from, Math.floor(happenedAt / hourMs), count);
  for (const pair of values) subtractValue(database, from, pair, count);
  database.run('UPDATE issues SET events = max(0, events - ?) WHERE id = ?', count, from);
}

function subtractHour(database: Database, issueId: number, hour: number, count: number): void {
  database.run('UPDATE issue_hours SET count = count - ? WHERE issue_id = ? AND hour = ?', count, issueId, hour);
  database.run('DELETE FROM issue_hours WHERE issue_id = ? AND hour = ? AND count <= 0', issueId, hour);
}

function subtractValue(database: Database, issueId: number, [property, value]: [string, string], count: number): void {
  const subtract = (counted: string) =>
    database.run(
      `UPDATE value_counts SET count = count - ? WHERE issue_id = ?
       AND value_id = (${valueNumber})`,
      count,
      issueId,
      property,
      counted,
      counted,
    ).changes > 0;
  if (!subtract(value)) subtract(others);
  database.run('DELETE FROM value_counts WHERE issue_id = ? AND count <= 0', issueId);
}

/** Finds out anew what cannot be subtracted: users, level, first and last event. */
export function recount(database: Database, issueId: number, readEvent: (row: Row) => Event): void {
  const firstIn = (order: string) => {
    const row = database.get(
      `SELECT seq, events.id, events.happened_at, encoding, body, block FROM issue_events JOIN events USING (seq)
       WHERE issue_id = ? ${order} LIMIT 1`,
      issueId,
    );
    return row && { at: Number(row['happened_at']), release: readEvent(row).release ?? null };
  };
  const hours = database.get(
    'SELECT min(hour) AS first, max(hour) AS last FROM issue_hours WHERE issue_id = ?',
    issueId,
  );
  if (hours?.['first'] == null) return;
  const [first, last] = [firstIn(oldestFirst), firstIn(newestFirst)];
  // Of events that are no longer kept, the hour is known.
  const isKept = (at: number | undefined, hour: Value | undefined) => Math.floor((at ?? 0) / hourMs) === Number(hour);
  const at = { first: Number(hours['first']) * hourMs, last: Number(hours['last']) * hourMs };
  database.run(
    `UPDATE issues SET users = (SELECT count(*) FROM issue_users WHERE issue_id = issues.id), level = ?,
     first_seen = ?, first_release = CASE WHEN ? THEN ? ELSE first_release END,
     last_seen = ?, last_release = coalesce(?, last_release) WHERE id = ?`,
    highestLevel(database, issueId),
    first && isKept(first.at, hours['first']) ? first.at : at.first,
    Number(first !== undefined && isKept(first.at, hours['first'])),
    first?.release ?? null,
    last && isKept(last.at, hours['last']) ? last.at : at.last,
    last?.release ?? null,
    issueId,
  );
}

function highestLevel(database: Database, issueId: number): string {
  const known = database
    .all(`SELECT value FROM issue_values WHERE issue_id = ? AND property = 'level'`, issueId)
    .map(({ value }) => levels.indexOf(value as Level));
  return levels[Math.max(...known)] ?? 'error';
}

export function rowOf(database: Database, issueId: number): Row {
  const row = database.get('SELECT * FROM issues WHERE id = ?', issueId);
  if (!row) throw new Error(`there is no issue ${issueId}`);
  return row;
}
