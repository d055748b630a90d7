import type { Event } from '../../protocol/event.ts';
import type { Database } from './database.ts';
import { partsBelow } from './head-of.ts';
import { subtractEvent } from './issue-sums.ts';
import { hourMs } from './issue-totals.ts';
import { dayMs } from './project-counts.ts';
import { others } from './value-counts.ts';

/** An event that is about to be deleted, and what it was counted by. */
export interface CountedEvent {
  projectId: number;
  issueId: number;
  /** The merged issue by which it came; null for none. */
  part: number | null;
  happenedAt: number;
  event: Event;
  values: [string, string][];
}

/** Takes an event out of all counts, and with it the values that nothing else had. In a transaction. */
export function forgetCounts(database: Database, counted: CountedEvent): void {
  const { event, happenedAt, values } = counted;
  for (const id of [...partsBelow(database, counted.part), counted.issueId])
    subtractEvent(database, id, { count: event.count, happenedAt, values });
  forgetInProject(database, counted);
}

function forgetInProject(database: Database, { projectId, event, happenedAt, values }: CountedEvent): void {
  const { count, release } = event;
  const [hour, day] = [Math.floor(happenedAt / hourMs), Math.floor(happenedAt / dayMs)];
  database.run(
    'UPDATE project_hours SET count = max(0, count - ?) WHERE project_id = ? AND hour = ?',
    count,
    projectId,
    hour,
  );
  const where = 'WHERE day = ? AND project_id = ? AND property = ? AND value = ?';
  const take = (property: string, value: string) =>
    database.run(`UPDATE project_values SET count = count - ? ${where}`, count, day, projectId, property, value)
      .changes > 0;
  for (const [property, value] of values) {
    if (!take(property, value)) take(property, others);
    database.run(`DELETE FROM project_values ${where} AND count <= 0`, day, projectId, property, value);
  }
  if (release === undefined) return;
  const sql = 'UPDATE releases SET events = max(0, events - ?) WHERE project_id = ? AND name = ?';
  database.run(sql, count, projectId, release);
}
