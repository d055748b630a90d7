import type { Database } from './database.ts';
import { hourMs } from './issue-totals.ts';
import { readProjectSettings } from './settings.ts';
import type { DigestedEvent } from './store.ts';

/** Decides which events of a busy issue keep their details; the others have been counted, and that is all. */
export interface Sample {
  /** False when the event's details are not to be kept. The first of its issues decides; the others are parts of it. */
  keep(issueIds: number[], event: DigestedEvent): boolean;
  /** Adds what was only counted to what the project dropped. */
  write(): void;
  /** To be called when the transaction has ended, well or not. */
  forget(): void;
}

/** Reason under which such events are counted. */
export const sampledReason = 'sampled by the collector';

/** During a transaction it remembers how many events an issue has in the hour. */
export function createSample(database: Database): Sample {
  const counts = new Map<string, number>();
  const limits = new Map<string, number | null>();
  const dropped = new Map<string, number>();
  return {
    write() {
      const today = Math.floor(Date.now() / 86_400_000);
      for (const [projectId, count] of dropped) {
        database.run(
          `INSERT INTO dropped (project_id, day, reason, count) VALUES (?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET count = count + excluded.count`,
          Number(projectId),
          today,
          sampledReason,
          count,
        );
      }
    },
    forget() {
      for (const known of [counts, limits, dropped]) known.clear();
    },
    keep(issueIds, { projectId, happenedAt }) {
      const [issueId = 0] = issueIds;
      let limit = limits.get(projectId);
      if (limit === undefined)
        limits.set(projectId, (limit = readProjectSettings(database, projectId).keptPerIssueHour));
      if (limit === null) return true;
      const hour = Math.floor(happenedAt / hourMs);
      const key = `${issueId} ${hour}`;
      const count = 1 + (counts.get(key) ?? countIn(database, issueId, hour));
      counts.set(key, count);
      if (count % stepAt(count, limit) === 0) return true;
      for (const id of issueIds) database.run('UPDATE issues SET sampled = sampled + 1 WHERE id = ?', id);
      dropped.set(projectId, 1 + (dropped.get(projectId) ?? 0));
      return false;
    },
  };
}

/** All up to the limit, one of ten up to ten times as many, then one of a hundred. */
function stepAt(count: number, limit: number): number {
  if (count <= limit) return 1;
  return count <= 10 * limit ? 10 : 100;
}

function countIn(database: Database, issueId: number, hour: number): number {
  const row = database.get('SELECT count FROM issue_hours WHERE issue_id = ? AND hour = ?', issueId, hour);
  return Number(row?.['count'] ?? 0);
}
