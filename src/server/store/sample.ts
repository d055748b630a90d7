import type { Database } from './database.ts';
import { sampledAway } from './body.ts';
import { hourMs } from './issue-totals.ts';
import { readProjectSettings } from './settings.ts';
import type { DigestedEvent } from './store.ts';

/** Decides which events of a busy issue keep their details; the others have been counted, and that is all. */
export interface Sample {
  /** False once the event's details have been removed. */
  keep(issueId: number, event: DigestedEvent): boolean;
}

/** One for each transaction: it remembers how many events an issue has in the hour. */
export function createSample(database: Database): Sample {
  const counts = new Map<string, number>();
  const limits = new Map<string, number | null>();
  return {
    keep(issueId, { projectId, happenedAt, seq }) {
      let limit = limits.get(projectId);
      if (limit === undefined)
        limits.set(projectId, (limit = readProjectSettings(database, projectId).keptPerIssueHour));
      if (limit === null) return true;
      const hour = Math.floor(happenedAt / hourMs);
      const key = `${issueId} ${hour}`;
      const count = 1 + (counts.get(key) ?? countIn(database, issueId, hour));
      counts.set(key, count);
      if (count % stepAt(count, limit) === 0) return true;
      database.run(`UPDATE events SET encoding = ${sampledAway}, body = x'' WHERE seq = ?`, seq);
      database.run('UPDATE issues SET sampled = sampled + 1 WHERE id = ?', issueId);
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
