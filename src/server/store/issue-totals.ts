import { levels, type Level } from '../../protocol/event.ts';
import type { Database, Row } from './database.ts';
import { addActivity } from './issue-activity.ts';
import { open } from './issue-changes.ts';
import { opensAgain, wakes } from './opens-again.ts';
import type { DigestedEvent, Filed } from './store.ts';

export const hourMs = 3_600_000;

/** Of an issue of which nothing is left, until it happens again. */
export const forgottenTitle = '(deleted with the user that it happened to)';

/** What the events of one transaction change in their issues: a burst of one bug is one update, not hundreds. */
export interface IssueTotals {
  /** Counts an event, and answers whether it opened the issue. `known` is the issue's row, undefined for a new one. */
  add(
    id: number,
    event: DigestedEvent,
    known: Row | undefined,
    isNewUser: boolean,
  ): Pick<Filed, 'isRegression' | 'isWoken'>;
  write(): void;
  /** To be called when the transaction has ended, well or not. */
  forget(): void;
}

interface Total {
  events: number;
  users: number;
  level: number;
  firstSeen: number;
  /** Of the event that happened first. */
  firstRelease: string | null;
  lastSeen: number;
  /** Of the newest event that says one. */
  release: string | null;
  releaseAt: number;
  /** The event that opened it, and what it was until then. */
  opened: { kind: 'regressed' | 'woke'; by: DigestedEvent } | undefined;
  /** Of an issue whose own was deleted with a user. */
  title: string | undefined;
  hours: Map<number, number>;
  /** What others know of the issue. */
  row: Row | undefined;
}

export function createIssueTotals(database: Database): IssueTotals {
  const totals = new Map<number, Total>();
  return {
    add(id, event, known, isNewUser) {
      const { happenedAt, count, release } = event;
      const total = totals.get(id) ?? noEvents(known);
      totals.set(id, total);
      total.row ??= known;
      total.events += count;
      total.users += Number(isNewUser);
      total.level = Math.max(total.level, levels.indexOf(event.level));
      if (happenedAt < total.firstSeen) [total.firstSeen, total.firstRelease] = [happenedAt, release ?? null];
      total.lastSeen = Math.max(total.lastSeen, happenedAt);
      if (release !== undefined && happenedAt >= total.releaseAt) {
        [total.release, total.releaseAt] = [release, happenedAt];
      }
      if (known?.['title'] === forgottenTitle) total.title = event.title;
      const hour = Math.floor(happenedAt / hourMs);
      total.hours.set(hour, (total.hours.get(hour) ?? 0) + count);
      if (!known || total.opened) return { isRegression: false, isWoken: false };
      const isRegression = opensAgain(database, known, event);
      const isWoken = wakes(known, { events: total.events, users: total.users, at: happenedAt });
      if (isRegression || isWoken) total.opened = { kind: isRegression ? 'regressed' : 'woke', by: event };
      return { isRegression, isWoken };
    },
    write() {
      for (const [id, total] of totals) writeTotal(database, id, total);
      database.insert(
        'INSERT INTO issue_hours VALUES * ON CONFLICT DO UPDATE SET count = count + excluded.count',
        [...totals].flatMap(([id, { hours }]) => Array.from(hours, ([hour, count]) => [id, hour, count])),
      );
    },
    forget: () => totals.clear(),
  };
}

const noEvents = (known: Row | undefined): Total => ({
  events: 0,
  users: 0,
  level: known ? levels.indexOf(known['level'] as Level) : -1,
  firstSeen: Number.MAX_SAFE_INTEGER,
  firstRelease: null,
  lastSeen: 0,
  release: null,
  releaseAt: known ? Number(known['last_seen']) : 0,
  opened: undefined,
  title: undefined,
  hours: new Map(),
  row: known,
});

function writeTotal(database: Database, id: number, total: Total): void {
  const level = levels[total.level] ?? 'error';
  database.run(
    `UPDATE issues SET events = events + ?, users = users + ?, level = ?,
     last_release = coalesce(?, last_release), last_seen = max(last_seen, ?) WHERE id = ?`,
    total.events,
    total.users,
    level,
    total.release,
    total.lastSeen,
    id,
  );
  // Seldom: its index need not be written each time.
  if (!total.row || total.firstSeen < Number(total.row['first_seen'])) {
    database.run(
      'UPDATE issues SET first_seen = min(first_seen, ?), first_release = coalesce(?, first_release) WHERE id = ?',
      total.firstSeen,
      total.firstRelease,
      id,
    );
  }
  if (total.title !== undefined) database.run('UPDATE issues SET title = ? WHERE id = ?', total.title, id);
  if (total.opened) noteOpened(database, id, total.opened);
  if (total.row) keepUp(total.row, total);
}

/** The row is known to those who ask for the issue next. */
function keepUp(row: Row, { events, users, level, firstSeen, lastSeen, opened, title }: Total): void {
  row['events'] = Number(row['events']) + events;
  row['users'] = Number(row['users']) + users;
  row['level'] = levels[level] ?? 'error';
  row['first_seen'] = Math.min(Number(row['first_seen']), firstSeen);
  row['last_seen'] = Math.max(Number(row['last_seen']), lastSeen);
  if (opened) row['status'] = 'unresolved';
  if (title !== undefined) row['title'] = title;
}

function noteOpened(database: Database, id: number, { kind, by }: NonNullable<Total['opened']>): void {
  open(database, id);
  if (kind === 'regressed') {
    database.run(
      'UPDATE issues SET reopened_at = ?, reopened_release = ? WHERE id = ?',
      by.happenedAt,
      by.release ?? null,
      id,
    );
  }
  const release = kind === 'regressed' && by.release !== undefined ? { release: by.release } : {};
  addActivity(database, id, { at: by.happenedAt, kind, ...release }, null);
}
