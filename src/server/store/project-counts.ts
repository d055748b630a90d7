import type { Database } from './database.ts';
import { hourMs } from './issue-totals.ts';
import type { Seen } from './seen.ts';
import type { DigestedEvent } from './store.ts';

export const dayMs = 24 * hourMs;

/** What is counted a day and project, beside releases, which have lines of their own. */
const properties = new Set(['browser', 'os', 'url']);
/** Different values a day; the rest is counted as `(others)`. */
const maxValues = 200;

/** Sums up what has the same words, so that a burst of like events is one write. */
function sums() {
  const counts = new Map<string, { key: (number | string)[]; count: number }>();
  return {
    add(count: number, ...key: (number | string)[]) {
      const id = JSON.stringify(key);
      const entry = counts.get(id) ?? { key, count: 0 };
      entry.count += count;
      counts.set(id, entry);
    },
    write: (run: (count: number, ...key: (number | string)[]) => void) =>
      counts.forEach(({ key, count }) => run(count, ...key)),
  };
}

/** Counts events for their projects, once each: what is filed again later is not counted again. In a transaction. */
export function countInProjects(database: Database, digested: DigestedEvent[], seen: Seen): void {
  const [hours, values, releases] = [sums(), sums(), sums()];
  for (const event of digested) {
    const [project, day] = [Number(event.projectId), Math.floor(event.happenedAt / dayMs)];
    hours.add(event.count, project, Math.floor(event.happenedAt / hourMs));
    for (const [property, value] of event.values) {
      if (properties.has(property)) values.add(event.count, day, project, property, value);
    }
    if (event.release !== undefined) {
      addRelease(database, project, event.release, event, seen);
      releases.add(event.count, project, event.release);
    }
  }
  hours.write((count, ...key) =>
    database.run(
      'INSERT INTO project_hours VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count',
      ...key,
      count,
    ),
  );
  values.write((count, ...key) => addValue(database, key, count));
  releases.write((count, ...key) =>
    database.run('UPDATE releases SET events = events + ? WHERE project_id = ? AND name = ?', count, ...key),
  );
}

function addRelease(
  database: Database,
  project: number,
  release: string,
  { happenedAt, user }: DigestedEvent,
  seen: Seen,
): void {
  // Once a minute is exact enough for when it was seen last.
  if (seen.isNew('release', project, release, Math.floor(happenedAt / 60_000))) {
    database.run(
      `INSERT INTO releases (project_id, name, first_seen, last_seen) VALUES (?1, ?2, ?3, ?3) ON CONFLICT DO UPDATE
       SET last_seen = max(last_seen, ?3), first_seen = min(first_seen, ?3)`,
      project,
      release,
      happenedAt,
    );
  }
  if (user === undefined || !seen.isNew('release user', project, release, user)) return;
  const { changes } = database.run(
    'INSERT INTO release_users VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    project,
    release,
    user,
  );
  if (changes)
    database.run('UPDATE releases SET users = users + 1 WHERE project_id = ? AND name = ?', project, release);
}

function addValue(database: Database, [day, project, property, value]: (number | string)[], count: number): void {
  database.run(
    `INSERT INTO project_values SELECT ?1, ?2, ?3, CASE WHEN
       (SELECT count(*) FROM project_values WHERE day = ?1 AND project_id = ?2 AND property = ?3) < ?6
       OR EXISTS (SELECT 1 FROM project_values WHERE day = ?1 AND project_id = ?2 AND property = ?3 AND value = ?4)
     THEN ?4 ELSE '(others)' END, ?5 WHERE true
     ON CONFLICT DO UPDATE SET count = count + excluded.count`,
    day ?? 0,
    project ?? 0,
    property ?? '',
    value ?? '',
    count,
    maxValues,
  );
}
