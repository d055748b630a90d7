import { levels, type Level } from '../../protocol/event.ts';
import type { Database, Row } from './database.ts';
import type { DigestedEvent } from './store.ts';

export const hourMs = 3_600_000;

/** What the events of one transaction change in their issues: a burst of one bug is one update, not hundreds. */
export interface IssueTotals {
  /** Counts an event; true if it opened again what was resolved. `known` is the issue's row, undefined for a new one. */
  add(
    id: number,
    event: DigestedEvent,
    known: Row | undefined,
    details: { isNewUser: boolean; isKept: boolean },
  ): boolean;
  write(): void;
}

interface Total {
  events: number;
  users: number;
  level: number;
  latestSeq: number;
  firstSeen: number;
  lastSeen: number;
  /** Of the newest event that says one. */
  release: string | null;
  releaseAt: number;
  isReopened: boolean;
  reopenedAt: number | null;
  reopenedRelease: string | null;
  hours: Map<number, number>;
}

export function createIssueTotals(database: Database): IssueTotals {
  const totals = new Map<number, Total>();
  return {
    add(id, event, known, { isNewUser, isKept }) {
      const { happenedAt, count, seq, release } = event;
      const total = totals.get(id) ?? noEvents(known);
      totals.set(id, total);
      total.events += count;
      total.users += Number(isNewUser);
      total.level = Math.max(total.level, levels.indexOf(event.level));
      if (isKept) total.latestSeq = Math.max(total.latestSeq, seq);
      total.firstSeen = Math.min(total.firstSeen, happenedAt);
      total.lastSeen = Math.max(total.lastSeen, happenedAt);
      if (release !== undefined && happenedAt >= total.releaseAt) {
        [total.release, total.releaseAt] = [release, happenedAt];
      }
      const hour = Math.floor(happenedAt / hourMs);
      total.hours.set(hour, (total.hours.get(hour) ?? 0) + count);
      const isRegression =
        !total.isReopened && known?.['status'] === 'resolved' && happenedAt > Number(known['resolved_at']);
      if (isRegression) {
        total.isReopened = true;
        [total.reopenedAt, total.reopenedRelease] = [happenedAt, release ?? null];
      }
      return isRegression;
    },
    write() {
      for (const [id, total] of totals) writeTotal(database, id, total);
    },
  };
}

const noEvents = (known: Row | undefined): Total => ({
  events: 0,
  users: 0,
  level: known ? levels.indexOf(known['level'] as Level) : -1,
  latestSeq: 0,
  firstSeen: Number.MAX_SAFE_INTEGER,
  lastSeen: 0,
  release: null,
  releaseAt: known ? Number(known['last_seen']) : 0,
  isReopened: false,
  reopenedAt: null,
  reopenedRelease: null,
  hours: new Map(),
});

function writeTotal(database: Database, id: number, total: Total): void {
  database.run(
    `UPDATE issues SET events = events + ?1, users = users + ?2, level = ?3, latest_seq = max(latest_seq, ?4),
     first_seen = min(first_seen, ?5), last_release = coalesce(?6, last_release), last_seen = max(last_seen, ?7),
     status = CASE WHEN ?8 THEN 'unresolved' ELSE status END, reopened_at = coalesce(?9, reopened_at),
     reopened_release = CASE WHEN ?8 THEN ?10 ELSE reopened_release END WHERE id = ?11`,
    total.events,
    total.users,
    levels[total.level] ?? 'error',
    total.latestSeq,
    total.firstSeen,
    total.release,
    total.lastSeen,
    Number(total.isReopened),
    total.reopenedAt,
    total.reopenedRelease,
    id,
  );
  for (const [hour, count] of total.hours) {
    database.run(
      'INSERT INTO issue_hours VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count',
      id,
      hour,
      count,
    );
  }
}
