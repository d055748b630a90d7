import type { Database, Value } from './database.ts';
import { hourMs } from './issue-totals.ts';
import type { Seen } from './seen.ts';
import type { DigestedEvent } from './store.ts';

export const dayMs = 24 * hourMs;

/** What is counted a day and project, beside releases, which have lines of their own. */
const properties = new Set(['browser', 'os', 'url']);
/** Different values a day; the rest is counted as `(others)`. */
const maxValues = 200;

/** Counts events for their projects, once each: what is filed again later is not counted again. In a transaction. */
export function countInProjects(database: Database, digested: DigestedEvent[], seen: Seen): void {
  const [hours, values, releases] = [createSums(), createSums(), createSums()];
  const users: Value[][] = [];
  for (const event of digested) {
    const [project, day] = [Number(event.projectId), Math.floor(event.happenedAt / dayMs)];
    hours.add(event.count, project, Math.floor(event.happenedAt / hourMs));
    for (const [property, value] of event.values) {
      if (properties.has(property)) {
        values.add(event.count, day, project, property, countedAs(database, seen, day, project, property, value));
      }
    }
    const { release, user } = event;
    if (release === undefined) continue;
    addRelease(database, project, release, event.happenedAt, seen);
    releases.add(event.count, project, release);
    if (user !== undefined && seen.isNew(seen.keys, `${project} ${user} ${release}`)) {
      users.push([project, release, user]);
    }
  }
  const adding = 'ON CONFLICT DO UPDATE SET count = count + excluded.count';
  database.insert(`INSERT INTO project_hours VALUES * ${adding}`, hours.rows());
  database.insert(`INSERT INTO project_values VALUES * ${adding}`, values.rows());
  const added = createSums();
  const insertUsers = 'INSERT INTO release_users VALUES * ON CONFLICT DO NOTHING RETURNING project_id, release';
  for (const row of database.insert(insertUsers, users)) added.add(1, row['project_id'] ?? 0, row['release'] ?? '');
  const add = (column: string, rows: Value[][]) => {
    for (const [project = 0, name = '', count = 0] of rows) {
      database.run(
        `UPDATE releases SET ${column} = ${column} + ? WHERE project_id = ? AND name = ?`,
        count,
        project,
        name,
      );
    }
  };
  add('events', releases.rows());
  add('users', added.rows());
}

/** Sums up what has the same words, so that a burst of like events is one write. */
function createSums() {
  const sums = new Map<string, Value[]>();
  return {
    add(count: number, ...key: Value[]) {
      const id = key.join('\0');
      const row = sums.get(id);
      if (row) row[key.length] = Number(row[key.length]) + count;
      else sums.set(id, [...key, count]);
    },
    /** The words, and their sum. */
    rows: () => [...sums.values()],
  };
}

function addRelease(database: Database, project: number, release: string, happenedAt: number, seen: Seen): void {
  // Once a minute is exact enough for when it was seen last.
  if (!seen.isNew(seen.keys, `minute ${Math.floor(happenedAt / 60_000)} ${project} ${release}`)) return;
  database.run(
    `INSERT INTO releases (project_id, name, first_seen, last_seen) VALUES (?1, ?2, ?3, ?3) ON CONFLICT DO UPDATE
     SET last_seen = max(last_seen, ?3), first_seen = min(first_seen, ?3)`,
    project,
    release,
    happenedAt,
  );
}

/** The value, or what stands for all that are too many. */
function countedAs(
  database: Database,
  seen: Seen,
  day: number,
  project: number,
  property: string,
  value: string,
): string {
  const known = seen.texts(`${day} ${project} ${property}`, () =>
    database
      .all('SELECT value FROM project_values WHERE day = ? AND project_id = ? AND property = ?', day, project, property)
      .map((row) => String(row['value'])),
  );
  if (known.has(value)) return value;
  if (known.size >= maxValues) return '(others)';
  known.add(value);
  return value;
}
